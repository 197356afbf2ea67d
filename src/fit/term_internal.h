/*
 * Terms of eta that all units have in common and that are more than a fixed effect. A new
 * one is a file term_<name>.c and a line of VCI_TERM_LIST.
 */
#ifndef VCI_TERM_INTERNAL_H
#define VCI_TERM_INTERNAL_H

#include "fit/field_internal.h"
#include "num/random_internal.h"

/* Draws that are made at a time. */
#define VCI_BATCH 32

/* Whose future it is: all that its random numbers are addressed by. */
typedef struct vci_future {
    uint64_t seed;
    const char *code; /* of the root unit */
    unsigned role;
    uint32_t first_draw;
    size_t n; /* draws, at most VCI_BATCH; the rest of a row is not used */
} vci_future;

typedef struct vci_term {
    const char *name;
    /*
     * Sets the group's pattern (through vci_field_pattern) and standard deviations, or
     * leaves it switched off.
     */
    vc_status (*build)(vci_field *field, vci_group *group);
    /*
     * eta[h][VCI_BATCH] += the term after the last fitted period, given its values
     * x[n_values][VCI_BATCH] and theta.
     */
    void (*future)(const vci_field *field, const vci_group *group, const double *theta,
                   const double *x, const vci_future *future, double *eta);
} vci_term;

extern const vci_term *const vci_terms[VCI_TERMS];

#define VCI_TERM_DECLARE(place, descriptor) extern const vci_term descriptor;
VCI_TERM_LIST(VCI_TERM_DECLARE)
#undef VCI_TERM_DECLARE

/* z[VCI_BATCH] standard normals of a term for future period j; u: uniforms. */
void vci_future_normals(const vci_future *future, int term, size_t j, double *z);
void vci_future_uniforms(const vci_future *future, int term, size_t j, double *u);

#endif
