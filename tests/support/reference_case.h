/*
 * Reading tests/known/case_*.txt into a panel, and the totals that the engine draws for it.
 */
#ifndef VCT_REFERENCE_CASE_H
#define VCT_REFERENCE_CASE_H

#include "vitalcast/fit.h"
#include "vitalcast/panel.h"

typedef struct vct_answer {
    size_t unit; /* SIZE_MAX: the sum of all units */
    double bound, p, mcse;
} vct_answer;

typedef struct vct_case {
    vc_panel panel; /* births and population, one root with the units below, or one unit */
    size_t ahead;
    size_t n_answers;
    vct_answer answers[128];
} vct_case;

/* Fails the test when the file is not as expected. */
void vct_case_read(const char *name, vct_case *reference);
void vct_case_free(vct_case *reference);

/*
 * Fits a births model and draws the year that ends with the last future month. p[i] = share
 * of draws with total <= bound of answer i.
 */
void vct_case_probabilities(const vct_case *reference, const vc_model *model, size_t draws,
                            uint64_t seed, double *p);

#endif
