/* Sums over a, a + 1, …, a + m - 1: what ratios of gamma functions come to. */
#ifndef VCI_RISING_INTERNAL_H
#define VCI_RISING_INTERNAL_H

typedef struct vci_rising {
    double log;      /* sum of log(a + k) = log Gamma(a + m) - log Gamma(a) */
    double power[4]; /* [j]: sum of (a + k)^-j for j = 1 .. 3; [0] is m */
} vci_rising;

/*
 * a > 0, m a whole number >= 0. Sums of positive terms: no digits are lost however large a
 * is, as they would be in differences of gamma functions. Plain C: the same bits
 * everywhere. Cost: at most about 60 terms. Source: Euler and Maclaurin's formula (NIST
 * DLMF 2.10.1).
 */
vci_rising vci_rising_sums(double a, double m);

#endif
