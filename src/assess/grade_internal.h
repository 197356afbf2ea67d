/* The two errors of a rule at a size, and the size from which on both are small. */
#ifndef VCI_GRADE_INTERNAL_H
#define VCI_GRADE_INTERNAL_H

#include "vitalcast/grade.h"

#define VCI_DECIDABLE 0.10
#define VCI_WEAK 0.25
#define VCI_BEYOND_CHANCE 0.99

/*
 * A target as a rule on a whole number of events, decided in integers and rounded as it is
 * published. With trials the figure is scale * x / (n - x) (sex ratio: x males of n) or
 * scale * x / n (shares); else it is (x - less) * each.
 */
typedef struct vci_grade_rule {
    vc_target target;  /* direction and decimals; not `between` */
    vc_fraction bound; /* defined */
    bool trials, ratio;
    int64_t scale, less;
    vc_fraction each;
} vci_grade_rule;

/*
 * at_most: the most events that meet the target, -1 if none does; at_least: the fewest.
 * Found by stepping from a guess. n: trials; not read without them.
 */
int64_t vci_grade_limit(const vci_grade_rule *rule, int64_t n, int64_t guess);

/* Errors of a rule; normal and off are probabilities (trials) or expected events. */
typedef struct vci_grade_errors {
    double alpha, beta;
} vci_grade_errors;

vci_grade_errors vci_grade_test(const vci_grade_rule *rule, int64_t n, double normal,
                                double off);

vc_grade_level vci_grade_of(vci_grade_errors errors);

/*
 * The least n from which on the rule stays decidable; NaN if none below 10^7. With trials
 * normal and off are probabilities; without, n is what the bound expects and they are
 * shares of it (0.95 and 1.05).
 */
double vci_grade_needed(const vci_grade_rule *rule, double normal, double off);

/* Two-sided p values: twice the smaller tail, at most 1. */
double vci_grade_p_binomial(int64_t x, int64_t n, double p);
double vci_grade_p_poisson(int64_t x, double mean);

/* P(beyond the reference) with Jeffreys' prior; above: is the bad side above? */
double vci_grade_beyond_binomial(int64_t x, int64_t n, double p, bool above);
double vci_grade_beyond_poisson(int64_t x, double mean, bool above);

#endif
