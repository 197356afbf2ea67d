#include "quality/empty_internal.h"

#include <math.h>

/* log of (a over k), up to the k! that all have. */
static double log_choose(double a, double k) { return lgamma(a + 1) - lgamma(a - k + 1); }

/*
 * sum[k]: over all sets of k classes the probability that at least these are empty. The
 * sets are numbered by their bits; size_of holds what is outside of the set.
 */
static void sum_sets(size_t n, const double *size, double total, double taken,
                     double sum[VCI_EMPTY_MOST + 1]) {
    double all = log_choose(total, taken);
    for (size_t k = 0; k <= n; k++) sum[k] = 0;
    for (unsigned set = 0; set < 1u << n; set++) {
        double rest = total;
        size_t k = 0;
        for (size_t i = 0; i < n; i++) {
            if (!(set >> i & 1)) continue;
            rest -= size[i];
            k++;
        }
        if (rest >= taken) sum[k] += exp(log_choose(rest, taken) - all);
    }
}

void vci_empty_law(size_t n, const double *size, double taken, double *p) {
    double sum[VCI_EMPTY_MOST + 1], total = 0, choose;
    for (size_t i = 0; i < n; i++) total += size[i];
    sum_sets(n, size, total, taken, sum);
    for (size_t z = 0; z <= n; z++) {
        p[z] = 0;
        choose = 1;
        for (size_t k = z; k <= n; k++) {
            p[z] += ((k - z) % 2 ? -1 : 1) * choose * sum[k];
            choose *= (double)(k + 1) / (double)(k + 1 - z);
        }
        p[z] = fmax(p[z], 0);
    }
}
