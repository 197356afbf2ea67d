/*
 * OpenBLAS's thread switch. Built on OpenMP it takes as many threads as OpenMP would, and
 * its own switch turns OpenMP's down for everybody: so ours is set around its calls.
 */
#include "num/linear_internal.h"

#include <cblas.h>
#include <omp.h>

void vci_one_blas_thread(void) {
    int threads = omp_get_max_threads();
    openblas_set_num_threads(1);
    omp_set_num_threads(threads);
}

int vci_blas_begin(void) {
    int threads = omp_get_max_threads();
    omp_set_num_threads(1);
    return threads;
}

void vci_blas_end(int threads) { omp_set_num_threads(threads); }
