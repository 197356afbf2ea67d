/*
 * Tests of calibration: ranks of truths among posterior draws must be uniform (Talts,
 * Betancourt, Simpson, Vehtari and Gelman 2018, arXiv 1804.06788), stated probabilities
 * must come true as often as they say. Every test gives a p value, so that one family-wise
 * level can be kept over all of them.
 */
#ifndef VCT_CALIBRATION_H
#define VCT_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

/* Place of a truth among n draws, ties and the place itself made continuous by u. */
double vct_place(size_t n, const double draws[], double truth, double u);

/*
 * The same among weighted points of a distribution function that is linear between them.
 * Half the weight of an outermost point lies beyond it, but never more than 2.5 %: points
 * that are too few or too close must show.
 */
double vct_place_among(size_t n, const double points[], const double weights[],
                       double truth, double u);

/* What a test says: its statistic and the probability of one as extreme by chance. */
typedef struct vct_verdict {
    double statistic, p;
} vct_verdict;

/* Are n places uniform? Every cumulative count within simultaneous binomial bounds. */
vct_verdict vct_uniform(size_t n, const double places[]);

/*
 * Are places, as normal deviates, spread by 1? Draws that are too wide or too narrow show
 * here with half the worlds (Cook, Gelman and Rubin 2006, Journal of Computational and
 * Graphical Statistics 15, section 2.2: chi-square).
 */
vct_verdict vct_spread(size_t n, const double places[]);

/*
 * Do n events with stated probabilities (shares of `draws` draws) happen as often as said:
 * all together (standard normal), and in groups of like probability (chi-square)?
 */
vct_verdict vct_happens_in_sum(size_t n, const double p[], const bool happened[],
                               size_t draws);
vct_verdict vct_happens_in_groups(size_t n, const double p[], const bool happened[],
                                  size_t draws);

#endif
