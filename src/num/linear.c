/* OpenBLAS's thread switch. */
#include "num/linear_internal.h"

#include <cblas.h>

void vci_one_blas_thread(void) { openblas_set_num_threads(1); }
