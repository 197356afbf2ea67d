/* Keeping BLAS to one thread per call: our own loops are the parallel ones. */
#ifndef VCI_LINEAR_INTERNAL_H
#define VCI_LINEAR_INTERNAL_H

/* Other thread counts give other bits (OpenBLAS), so this comes before any call to BLAS. */
void vci_one_blas_thread(void);

/* Around calls to BLAS and LAPACK; _end gets what _begin returned. */
int vci_blas_begin(void);
void vci_blas_end(int threads);

#endif
