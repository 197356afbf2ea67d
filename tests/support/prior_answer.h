/* What the engine says about a drawn world, beside what was true in it. */
#ifndef VCT_PRIOR_ANSWER_H
#define VCT_PRIOR_ANSWER_H

#include "support/prior_world.h"

/* Draws of an answer; targets are set from the first ones, judged by the others. */
enum { VCT_DRAWS = 256, VCT_TARGET_DRAWS = 64 };

/* Places of truths: standard deviations, fixed effects, then these. */
enum {
    VCT_ETA_NEXT = VCT_SDS + VCT_FIXED, /* of the first leaf, one month ahead */
    VCT_ETA_LAST,                       /* of the first leaf, at the horizon */
    VCT_FIGURES
};

/* The figures whose totals are compared; counts have four, plain series three. */
enum { VCT_MOST_FIGURES = 4, VCT_PLACES = VCT_FIGURES + VCT_MOST_FIGURES };

typedef struct vct_answer_to {
    bool failed; /* there is no answer at all */
    double place[VCT_PLACES];
    /* Targets on all figures but the first. */
    double p[VCT_MOST_FIGURES];
    bool met[VCT_MOST_FIGURES];
} vct_answer_to;

size_t vct_figures(const vct_prior *prior);

/* The name of a place, for people; NULL if the prior has no such thing to be placed. */
const char *vct_place_name(const vct_prior *prior, bool known_sds, size_t place);

/* Fits and simulates world `number`; known_sds: the fit is told the true ones. */
void vct_prior_answer(const vct_prior *prior, unsigned long seed, size_t number,
                      bool known_sds, vct_answer_to *answer);

#endif
