/* Parts of the suppression of small cells. */
#ifndef VCI_SUPPRESSION_INTERNAL_H
#define VCI_SUPPRESSION_INTERNAL_H

#include "vitalcast/suppression.h"

/* --- points of time ------------------------------------------------------------------ */

/*
 * Where the spans that are told begin and end: detail[i] is the first detail in which the
 * beginning of period first + i is such a point; VC_DETAILS if none.
 */
typedef struct vci_cuts {
    vc_period first;
    size_t n;              /* periods */
    unsigned char *detail; /* [n + 1] */
} vci_cuts;

vc_status vci_cuts_find(const vc_run *run, vci_cuts *cuts);
void vci_cuts_free(vci_cuts *cuts);

/* Stretches between neighbouring points of a detail. */
size_t vci_cuts_count(const vci_cuts *cuts, vc_detail detail);

/*
 * Known events of each stretch; NaN where no period of it is known.
 *
 * series  [cuts->n] NaN missing
 * sum     [out] [vci_cuts_count]
 */
void vci_cuts_sum(const vci_cuts *cuts, vc_detail detail, const double *series,
                  double *sum);

/* A place of cuts->detail; what lies outside of what is known is at its ends. */
size_t vci_cuts_place(vc_period first, size_t n, vc_period at);

/*
 * Can what a unit loses in a stretch of a fine detail always be gained elsewhere in the
 * stretch of a detail that is told? Of two parts of a told sum one gains what the other
 * loses: does it have enough? Both [cuts->n], NaN missing.
 */
bool vci_cuts_balance(const vci_cuts *cuts, vc_detail told, vc_detail fine,
                      const double *part, const double *other, double min_cell);

/* The periods of a span of a window; first > end where there are none. */
vc_year vci_span_periods(const vc_run *run, vc_span span, vc_year window);

/* --- one detail of one group, over the whole tree ---------------------------------------
 */

/* Why a unit is withheld; those that come later overrule the ones before. */
typedef enum vci_reason {
    VCI_TOLD,
    VCI_PROTECTS, /* complement of a sibling, sum that would tell a child, birth total */
    VCI_SMALL,
    VCI_LOW /* below the township level */
} vci_reason;

typedef struct vci_cover {
    const vc_unit_tree *tree;
    double min_cell;
    size_t n;           /* counts of a unit */
    size_t half;        /* n / 2 where the second half is the rest of a told sum; else n */
    const double *cell; /* [n_units][n] NaN: there is none */
    const bool *free;   /* [n_units] is nothing told in any detail before? */
    vci_reason *reason; /* [n_units] [in,out] */
    double *carried; /* [n_units] zero before: how far a child needs its parent to move */
    bool *bound;     /* [n_units] false before: does it have to move with a child? */
    double *sum;     /* [n] workspace */
} vci_cover;

/* Marks what is small, then withholds complements until nothing small can be worked out. */
void vci_cover_small(vci_cover *cover);
void vci_cover_protect(vci_cover *cover);

/* Is every count of a unit that there is at least min_cell? */
bool vci_cover_large(const vci_cover *cover, size_t unit);

/* --- the whole ----------------------------------------------------------------------- */

/* complementary: false leaves the small cells unprotected (tests of the attack). */
vc_status vci_suppression_find(const vc_run *run, bool complementary,
                               vc_suppression *suppression);

#endif
