/*
 * Sample inspection: what a random inspection of some of all villages can and cannot find
 * about omissions. Exact: no normal approximation anywhere.
 */
#ifndef VITALCAST_INSPECTION_H
#define VITALCAST_INSPECTION_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/* Villages at most. */
#define VC_INSPECTION_MOST 1000000

/**
 * Probability that a random sample holds at least one of the affected villages.
 * 0 <= affected, sample <= villages <= VC_INSPECTION_MOST. Hypergeometric. Checked by:
 * tests/known/inspection.txt
 */
VC_API double vc_inspection_finds(int64_t villages, int64_t affected, int64_t sample);

/**
 * The smallest sample that holds at least one of the affected (>= 1) villages with the
 * wanted probability, in (0, 1). Cost: O(log villages) probabilities.
 */
VC_API int64_t vc_inspection_sample(int64_t villages, int64_t affected, double probability);

/* Numbers of villages that a result is compatible with. */
typedef struct vc_inspection_bounds {
    int64_t low, high; /* two-sided */
    int64_t most;      /* one-sided: at most so many */
} vc_inspection_bounds;

/**
 * Exact confidence bounds of the number of affected villages when `found` of a sample are:
 * inversion of the hypergeometric tails, (1 - level) / 2 on either side and 1 - level for
 * `most`. 0 <= found <= sample <= villages, level in (0, 1). Source: Buonaccorsi (1987),
 * The American Statistician 41. Checked by: tests/known/inspection.txt
 */
VC_API vc_inspection_bounds vc_inspection_bound(int64_t villages, int64_t sample,
                                                int64_t found, double level);

/* What checking so many records in each village of a sample shows. */
typedef struct vc_inspection_records {
    double village_none; /* probability that a village shows no omitted record */
    double sample_none;  /* that none of the sample does */
    double mean, sd;     /* omitted records found in the sample */
} vc_inspection_records;

/**
 * The share of omitted records differs from village to village by a beta law of mean
 * `share`, in (0, 1), and intra-village correlation in [0, 1) (0: the same share
 * everywhere): omitted records among those of a village are beta-binomial. Source:
 * Skellam (1948), Journal of the Royal Statistical Society B 10.
 */
VC_API vc_inspection_records vc_inspection_record(int64_t sample, int64_t records,
                                                  double share, double correlation);

VC_END_DECLS

#endif
