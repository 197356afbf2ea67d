/* The registry of terms, and the random numbers of their futures. */
#include "fit/term_internal.h"

#define ENTRY(place, descriptor) [place] = &descriptor,
const vci_term *const vci_terms[VCI_TERMS] = {VCI_TERM_LIST(ENTRY)};
#undef ENTRY

/* The place's period holds the term in its upper bits. */
static vci_stream stream_of(const vci_future *f, int term, size_t j) {
    uint32_t period = (uint32_t)term << 20 | ((uint32_t)j & 0xFFFFF);
    return vci_stream_make(f->seed, f->code, VCI_PLACE(f->role, VCI_FOR_FUTURE), period);
}

void vci_future_normals(const vci_future *f, int term, size_t j, double *z) {
    vci_stream stream = stream_of(f, term, j);
    vci_fill_normal(&stream, f->first_draw, f->n, 1, z);
    for (size_t d = f->n; d < VCI_BATCH; d++) z[d] = 0;
}

void vci_future_uniforms(const vci_future *f, int term, size_t j, double *u) {
    vci_stream stream = stream_of(f, term, j);
    vci_fill_uniform(&stream, f->first_draw, f->n, u);
    for (size_t d = f->n; d < VCI_BATCH; d++) u[d] = 0.5;
}
