#include "cli/version_internal.h"

#include <cblas.h>
#include <gsl/gsl_version.h>
#include <string.h>
#include <yaml.h>

#include "store/library_internal.h"
#include "vitalcast/api.h"

void vci_version_print(FILE *out) {
    const char *blas = openblas_get_config(); /* "OpenBLAS 0.3.21 DYNAMIC_ARCH ..." */
    const char *number = strchr(blas, ' ');
    const char *rest = number ? strchr(number + 1, ' ') : NULL;
    unsigned hdf5[3];
    vci_hdf5_version(hdf5);
    fprintf(out, "vitalcast %s\n", VC_VERSION_STRING);
    fprintf(out, "GSL %s\n", gsl_version);
    fprintf(out, "%.*s\n", rest ? (int)(rest - blas) : (int)strlen(blas), blas);
    fprintf(out, "HDF5 %u.%u.%u\n", hdf5[0], hdf5[1], hdf5[2]);
    fprintf(out, "libyaml %s\n", yaml_get_version_string());
}
