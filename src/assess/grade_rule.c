/*
 * Errors of a rule by exact tails. They are not monotone in n, since events are whole:
 * the search for the n from which on both stay small goes downwards from where a normal
 * approximation, several events on the safe side, says that they are.
 */
#include <gsl/gsl_cdf.h>
#include <limits.h>
#include <math.h>

#include "assess/grade_internal.h"
#include "assess/tally_internal.h"
#include "num/binomial_internal.h"

#define MOST 1e7
/* Upper 10 % point of the normal distribution: VCI_DECIDABLE. */
#define NORMAL_POINT 1.2815515655446004
/* Where the limit's share of n is read off. */
#define LARGE 10000000

static bool at_most(const vci_grade_rule *rule) {
    return rule->target.direction == VC_AT_MOST;
}

static bool meets(const vci_grade_rule *rule, int64_t n, int64_t x) {
    vci_tally tally = {.target = &rule->target, .bound = rule->bound};
    vc_fraction f = {(x - rule->less) * rule->each.num, rule->each.den};
    if (rule->trials) f = (vc_fraction){rule->scale * x, rule->ratio ? n - x : n};
    if (f.den == 0) return !at_most(rule); /* males alone: above every bound */
    return vci_tally_meets(&tally, f);
}

int64_t vci_grade_limit(const vci_grade_rule *rule, int64_t n, int64_t guess) {
    int64_t step = at_most(rule) ? 1 : -1, most = rule->trials ? n : INT32_MAX, x = guess;
    if (x < 0) x = 0;
    if (x > most) x = most;
    while (x >= 0 && x <= most && !meets(rule, n, x)) x -= step;
    while (x + step >= 0 && x + step <= most && meets(rule, n, x + step)) x += step;
    return x;
}

/* P(X <= k) or P(X > k) of trials or of events with a mean. */
static double tail(bool trials, int64_t k, int64_t n, double at, bool above) {
    if (trials)
        return above ? vci_binomial_above(k, n, at) : vci_binomial_at_most(k, n, at);
    if (k < 0) return above;
    unsigned x = k < (int64_t)UINT_MAX ? (unsigned)k : UINT_MAX;
    return above ? gsl_cdf_poisson_Q(x, at) : gsl_cdf_poisson_P(x, at);
}

static vci_grade_errors errors_at(const vci_grade_rule *rule, int64_t n, int64_t limit,
                                  double normal, double off) {
    bool wrong_above = at_most(rule);
    int64_t k = wrong_above ? limit : limit - 1;
    return (vci_grade_errors){tail(rule->trials, k, n, normal, wrong_above),
                              tail(rule->trials, k, n, off, !wrong_above)};
}

/* Where figures of n trials would lie on the bound, were it exact. */
static int64_t first_guess(const vci_grade_rule *rule, int64_t n) {
    double bound = vci_fraction_value(rule->bound), scale = (double)rule->scale;
    double each = vci_fraction_value(rule->each);
    double x = (double)rule->less + bound / each;
    if (rule->trials) x = (double)n * bound / (rule->ratio ? scale + bound : scale);
    return x < 0 ? 0 : x > INT32_MAX ? INT32_MAX : (int64_t)x;
}

vci_grade_errors vci_grade_test(const vci_grade_rule *rule, int64_t n, double normal,
                                double off) {
    int64_t limit = vci_grade_limit(rule, n, first_guess(rule, n));
    return errors_at(rule, n, limit, normal, off);
}

vc_grade_level vci_grade_of(vci_grade_errors e) {
    if (!(e.alpha <= VCI_WEAK && e.beta <= VCI_WEAK)) return VC_GRADE_NOT_DECIDABLE;
    return e.alpha <= VCI_DECIDABLE && e.beta <= VCI_DECIDABLE ? VC_GRADE_DECIDABLE
                                                               : VC_GRADE_WEAK;
}

/* --- the size that decides ------------------------------------------------------------ */

/* The rule at size n: without trials the bound is what n events are. */
static vci_grade_rule at_size(const vci_grade_rule *rule, int64_t n) {
    vci_grade_rule sized = *rule;
    sized.less = 0;
    sized.each = (vc_fraction){rule->bound.num, rule->bound.den * n};
    return sized;
}

/* P(X <= k) of n trials, carried to n - 1 in a few steps where a sum has thousands. */
typedef struct walk {
    int64_t n, k;
    double p, below;
} walk;

static walk walk_begin(int64_t n, int64_t k, double p) {
    return (walk){n, k, p, vci_binomial_at_most(k, n, p)};
}

static void walk_down(walk *w, int64_t k) {
    w->n--;
    w->below += w->p * vci_binomial_probability(w->k, w->n, w->p);
    for (; w->k > k; w->k--) w->below -= vci_binomial_probability(w->k, w->n, w->p);
    for (; w->k < k; w->k++) w->below += vci_binomial_probability(w->k + 1, w->n, w->p);
}

static int64_t limit_at(const vci_grade_rule *rule, int64_t n, double share) {
    vci_grade_rule sized = at_size(rule, n);
    return vci_grade_limit(&sized, n, (int64_t)(share * (double)n));
}

/* The last n downwards at which the rule on trials is still decidable. */
static int64_t least_trials(const vci_grade_rule *rule, int64_t n, double share,
                            double normal, double off) {
    int64_t k = limit_at(rule, n, share) - !at_most(rule);
    walk good = walk_begin(n, k, normal), bad = walk_begin(n, k, off);
    while (n > 1) {
        k = limit_at(rule, n - 1, share) - !at_most(rule);
        walk_down(&good, k);
        walk_down(&bad, k);
        vci_grade_errors e = {at_most(rule) ? 1 - good.below : good.below,
                              at_most(rule) ? bad.below : 1 - bad.below};
        if (vci_grade_of(e) != VC_GRADE_DECIDABLE) break;
        n--;
    }
    return n;
}

/* The same of events, whose tails cost little. */
static int64_t least_events(const vci_grade_rule *rule, int64_t n, double share,
                            double normal, double off) {
    for (; n > 1; n--) {
        double size = (double)(n - 1);
        vci_grade_errors e =
            errors_at(rule, n - 1, limit_at(rule, n - 1, share), normal * size, off * size);
        if (vci_grade_of(e) != VC_GRADE_DECIDABLE) break;
    }
    return n;
}

/* n at which the normal approximation puts a limit at `share` its 10 % away from `at`. */
static double normal_size(bool trials, double share, double at) {
    double root = NORMAL_POINT * sqrt(trials ? at * (1 - at) : at) / fabs(share - at);
    return root * root;
}

double vci_grade_needed(const vci_grade_rule *rule, double normal, double off) {
    vci_grade_rule large = at_size(rule, LARGE);
    int64_t limit = vci_grade_limit(&large, LARGE, first_guess(&large, LARGE));
    double share = (double)limit / LARGE;
    if (!((normal < share && share < off) || (off < share && share < normal))) return NAN;
    double n = fmax(normal_size(rule->trials, share, normal),
                    normal_size(rule->trials, share, off));
    n = ceil(n + 8 * sqrt(n) + 20);
    if (!(n < MOST)) return NAN;
    return (double)(rule->trials ? least_trials : least_events)(rule, (int64_t)n, share,
                                                                normal, off);
}

/* --- the record ---------------------------------------------------------------------- */

static double two_sided(double at_most, double at_least) {
    return fmin(1, 2 * fmin(at_most, at_least));
}

double vci_grade_p_binomial(int64_t x, int64_t n, double p) {
    return two_sided(tail(true, x, n, p, false), tail(true, x - 1, n, p, true));
}

double vci_grade_p_poisson(int64_t x, double mean) {
    return two_sided(tail(false, x, 0, mean, false), tail(false, x - 1, 0, mean, true));
}

double vci_grade_beyond_binomial(int64_t x, int64_t n, double p, bool above) {
    double a = (double)x + 0.5, b = (double)(n - x) + 0.5;
    return above ? gsl_cdf_beta_Q(p, a, b) : gsl_cdf_beta_P(p, a, b);
}

double vci_grade_beyond_poisson(int64_t x, double mean, bool above) {
    double shape = (double)x + 0.5;
    return above ? gsl_cdf_gamma_Q(mean, shape, 1) : gsl_cdf_gamma_P(mean, shape, 1);
}
