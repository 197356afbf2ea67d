/*
 * An attacker on the small cells of a run: knows all sums, the counts that are told, the
 * marks, and that no count is below 0; works out how large a withheld count can be.
 */
#ifndef VCT_ATTACK_H
#define VCT_ATTACK_H

#include "support/simplex.h"
#include "vitalcast/suppression.h"

#define VCT_OTHER_BIRTHS VC_EVENTS /* births that are not in line with policy */

/* A count of a unit over periods first .. end. */
typedef struct vct_count {
    vc_event event;
    size_t unit;
    vc_year periods;
} vct_count;

typedef struct vct_attack {
    const vc_run *run; /* borrowed */
    vct_simplex lp;
    size_t kinds; /* unknowns of a leaf and stretch */
    size_t n_stretches;
    vc_period *begin; /* [n_stretches + 1] */
    double *form;     /* [lp.n] */
} vct_attack;

/* Does what is told by the suppression, for births by sex and in line, or for deaths. */
void vct_attack_init(const vc_suppression *suppression, bool deaths, vct_attack *attack);

double vct_attack_true(const vct_attack *attack, vct_count count);
void vct_attack_range(vct_attack *attack, vct_count count, double *low, double *high);

void vct_attack_free(vct_attack *attack);

/* Every span of a year that some output tells, as suppression.h names them. */
typedef struct vct_told {
    vc_span span;
    vc_year window;
    vc_year periods;
} vct_told;
bool vct_attack_shows(const vc_suppression *suppression, const char *indicator, size_t unit,
                      vct_told told);
size_t vct_spans_told(const vc_run *run, vct_told *told, size_t room);

#endif
