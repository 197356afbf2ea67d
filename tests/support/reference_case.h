/*
 * Reading tests/known/case_*.txt into a panel, and what the engine draws for it against the
 * answers there.
 */
#ifndef VCT_REFERENCE_CASE_H
#define VCT_REFERENCE_CASE_H

#include "vitalcast/fit.h"
#include "vitalcast/panel.h"

#define VCT_ALL_UNITS SIZE_MAX

typedef enum vct_answer_kind {
    VCT_TOTAL,    /* p = P(year total <= bound) */
    VCT_QUANTILE, /* P(year total < bound) <= p <= P(year total <= bound) */
    VCT_RANK,     /* p = P(rank = bound), rank 1 = highest rate */
    VCT_TOP       /* p = P(rank <= bound) */
} vct_answer_kind;

typedef struct vct_answer {
    vct_answer_kind kind;
    size_t unit; /* place among the leaves, or VCT_ALL_UNITS */
    double bound, p, mcse;
} vct_answer;

/* Posterior mean of a hyper-parameter under the engine's name, or of level or drift. */
typedef struct vct_parameter {
    char name[VC_FIT_NAME];
    double mean, sd, mcse;
} vct_parameter;

typedef struct vct_case {
    vc_panel panel; /* births, population; one root with the units below, or one unit */
    size_t ahead;
    double *rate_exposure; /* [n_leaves] what ranks divide the year's total by, or NULL */
    size_t n_answers, n_parameters;
    vct_answer *answers;
    vct_parameter parameters[8];
} vct_case;

/* Fails the test when the file is not as expected. */
void vct_case_read(const char *name, vct_case *reference);

/* Answers of a further file about the same data. */
void vct_case_read_more(const char *name, vct_case *reference);
void vct_case_free(vct_case *reference);

/* How far a fit goes. */
typedef enum vct_depth {
    VCT_MODE,       /* hyper-parameters at their optimum */
    VCT_CCD,        /* … at the 27 points of a central composite design */
    VCT_INTEGRATED, /* … integrated, the Gaussian step as it is */
    VCT_WEIGHED     /* … and the Gaussian step weighed: what the program does */
} vct_depth;

/* Fits a births model; the test fails when that does. */
void vct_case_fit(const vct_case *reference, const vc_model *model, vct_depth depth,
                  vc_fit *fit);

/*
 * Errors of a fit, one for each answer, over draws of the year that ends with the last
 * future month. error[i] = |share of draws - p|; of a quantile, by how far p lies outside
 * its two bounds.
 */
void vct_case_errors(const vct_case *reference, const vc_fit *fit, size_t draws,
                     uint64_t seed, double *error);

/* Mean of a parameter over the points of a fit, with their weights. */
double vct_fit_mean(const vc_fit *fit, const char *name);

#endif
