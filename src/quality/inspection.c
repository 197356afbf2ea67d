#include "vitalcast/inspection.h"

#include <math.h>

#include "num/hypergeometric_internal.h"

double vc_inspection_finds(int64_t villages, int64_t affected, int64_t sample) {
    return 1 - vci_hypergeometric_at_most(0, villages, affected, sample);
}

/* 108 of 120 villages are a probability of 0.9, not just less. */
#define ROUNDING 1e-12

int64_t vc_inspection_sample(int64_t villages, int64_t affected, double probability) {
    int64_t low = 0, high = villages; /* too small, enough */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        double none = vci_hypergeometric_at_most(0, villages, affected, middle);
        if (none <= 1 - probability + ROUNDING)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/*
 * The largest number of affected villages with which so few are found with a probability
 * above `tail`: fewer are found the fewer there are, so that halving finds it.
 */
static int64_t highest(int64_t villages, int64_t sample, int64_t found, double tail) {
    int64_t low = found, high = villages - (sample - found) + 1;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (vci_hypergeometric_at_most(found, villages, middle, sample) > tail)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* By symmetry: villages without omissions, of which sample - found were seen. */
static int64_t lowest(int64_t villages, int64_t sample, int64_t found, double tail) {
    return villages - highest(villages, sample, sample - found, tail);
}

vc_inspection_bounds vc_inspection_bound(int64_t villages, int64_t sample, int64_t found,
                                         double level) {
    double tail = 1 - level;
    return (vc_inspection_bounds){lowest(villages, sample, found, tail / 2),
                                  highest(villages, sample, found, tail / 2),
                                  highest(villages, sample, found, tail)};
}

vc_inspection_records vc_inspection_record(int64_t sample, int64_t records, double share,
                                           double correlation) {
    double none = 0, n = (double)records, k = (double)sample;
    double a = correlation > 0 ? share * (1 / correlation - 1) : 0;
    double b = correlation > 0 ? (1 - share) * (1 / correlation - 1) : 0;
    for (int64_t i = 0; i < records && correlation > 0; i++)
        none += log1p(-a / (a + b + (double)i));
    if (!(correlation > 0)) none = n * log1p(-share);
    return (vc_inspection_records){
        .village_none = exp(none),
        .sample_none = exp(k * none),
        .mean = k * n * share,
        .sd = sqrt(k * n * share * (1 - share) * (1 + (n - 1) * correlation))};
}
