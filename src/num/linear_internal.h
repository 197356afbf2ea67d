/* Keeping BLAS to one thread per call: our own loops are the parallel ones. */
#ifndef VCI_LINEAR_INTERNAL_H
#define VCI_LINEAR_INTERNAL_H

/* Other thread counts give other bits (OpenBLAS), so this comes before any call to BLAS. */
void vci_one_blas_thread(void);

#endif
