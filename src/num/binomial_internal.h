/* Exact tails of the binomial distribution, for numbers of births. */
#ifndef VCI_BINOMIAL_INTERNAL_H
#define VCI_BINOMIAL_INTERNAL_H

#include <stdint.h>

/*
 * P(X <= k) and P(X > k) of n trials with probability p in (0, 1); any k, n >= 1. Relative
 * error of the smaller of both below 1e-13 up to n = 10^7: GSL's goes by a log beta that
 * has lost eleven digits there.
 */
double vci_binomial_at_most(int64_t k, int64_t n, double p);
double vci_binomial_above(int64_t k, int64_t n, double p);

/* P(X = k); 0 for k outside of 0 .. n. */
double vci_binomial_probability(int64_t k, int64_t n, double p);

#endif
