#include "quality/empty_internal.h"

#include <math.h>
#include <stdbool.h>

/* Sums that have their ratio in a table: as many as there are sets of twelve classes. */
#define IN_TABLE (1 << VCI_EMPTY_MOST)

/* log of (a over k), up to the k! that all have. */
static double log_choose(double a, double k) { return lgamma(a + 1) - lgamma(a - k + 1); }

/* ratio[a] of (a over k) to (total over k), from the total downwards; 0 below k. */
static void fill_ratios(size_t total, double k, double *ratio) {
    ratio[total] = 1;
    for (size_t a = total; a > 0; a--)
        ratio[a - 1] = ratio[a] * fmax((double)a - k, 0) / (double)a;
}

/*
 * sum[k]: over all sets of k classes the probability that at least these are empty. The
 * sets are numbered by their bits; rest[set] lies outside of the set: that of the set
 * without its lowest class, less this one.
 */
static void sum_sets(size_t n, const double *size, double total, double taken,
                     double sum[VCI_EMPTY_MOST + 1]) {
    double all = log_choose(total, taken), ratio[IN_TABLE], rest[1 << VCI_EMPTY_MOST];
    bool small = total < IN_TABLE;
    if (small) fill_ratios((size_t)total, taken, ratio);
    for (size_t k = 0; k <= n; k++) sum[k] = 0;
    rest[0] = total;
    for (unsigned set = 0; set < 1u << n; set++) {
        if (set > 0) rest[set] = rest[set & (set - 1)] - size[__builtin_ctz(set)];
        double *of_size = &sum[__builtin_popcount(set)];
        if (small)
            *of_size += ratio[(size_t)rest[set]];
        else if (rest[set] >= taken)
            *of_size += exp(log_choose(rest[set], taken) - all);
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
