/*
 * Families: Poisson; negative binomial with variance mu + d^2 mu^2 (Lawless 1987, Canadian
 * Journal of Statistics 15, equation 2.1); binomial with logit link; normal; log-normal.
 * All are log-concave in eta, so Newton with step halving always gets there.
 */
#include "fit/likelihood_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "num/elementary_internal.h"

/* Beyond this the counts are not tabulated but taken one by one. */
#define TABLE_LIMIT 4000000.0

typedef struct cell {
    double value, gradient, weight;
} cell;

static cell poisson(double y, double eta) {
    double mu = vci_exp(eta);
    return (cell){y * eta - mu, y - mu, mu};
}

static cell negative_binomial(double y, double eta, double size) {
    double mu = vci_exp(eta), sum = size + mu;
    double value = y * eta - (y + size) * log1p(mu / size);
    /* Written so that size up to 1e12 loses no digits. */
    return (cell){value, (y - mu) * (size / sum), (y + size) * (mu / sum) * (size / sum)};
}

static cell binomial(double m, double n, double eta) {
    double p = 1 / (1 + vci_exp(-eta));
    double log_odds_part = eta > 0 ? eta + log1p(vci_exp(-eta)) : log1p(vci_exp(eta));
    return (cell){m * eta - n * log_odds_part, m - n * p, n * p * (1 - p)};
}

static cell normal(double y, double eta, double sd) {
    double r = (y - eta) / sd;
    return (cell){-0.5 * r * r, r / sd, 1 / (sd * sd)};
}

double vci_likelihood_row(const vci_field *field, size_t leaf, double sd, const double *eta,
                          double *gradient, double *weight) {
    const vc_observations *o = field->observations;
    const double *y = o->y + leaf * field->n;
    const double *off = o->log_exposure + leaf * (field->n + field->h);
    const double *trials = o->trials ? o->trials + leaf * field->n : NULL;
    double sum = 0, size = sd > 0 ? 1 / (sd * sd) : 0;
    for (size_t t = 0; t < field->n; t++) {
        cell c = {0, 0, 0};
        if (!isnan(y[t])) switch (field->model->family) {
            case VC_POISSON:
                c = poisson(y[t], eta[t] + off[t]);
                break;
            case VC_NEGATIVE_BINOMIAL:
                c = negative_binomial(y[t], eta[t] + off[t], size);
                break;
            case VC_BINOMIAL:
                c = binomial(y[t], trials[t], eta[t]);
                break;
            case VC_NORMAL:
                c = normal(y[t] / vci_exp(off[t]), eta[t], sd);
                break;
            case VC_LOG_NORMAL:
                c = normal(vci_log(y[t]), eta[t], sd);
                break;
            }
        sum += c.value;
        gradient[t] = c.gradient;
        weight[t] = c.weight;
    }
    return sum;
}

static double largest(const vc_observations *o) {
    double high = 0;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > high) high = o->y[i];
    return high;
}

vc_status vci_likelihood_counts(const vci_field *field, double **y_above, size_t *n_above) {
    vc_status st = VC_OK;
    const vc_observations *o = field->observations;
    *y_above = NULL;
    *n_above = 0;
    if (field->model->family != VC_NEGATIVE_BINOMIAL || largest(o) > TABLE_LIMIT) goto out;
    *n_above = (size_t)largest(o) + 1;
    VC_NEW(*y_above, *n_above);
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > 0) (*y_above)[(size_t)o->y[i] - 1] += 1;
    for (size_t k = *n_above - 1; k-- > 0;) (*y_above)[k] += (*y_above)[k + 1];
out:
    return st;
}

/*
 * sum over cells of log(Gamma(y + size) / (Gamma(size) size^y)) = sum over k of N(y > k)
 * log1p(k/size).
 */
static double rising(const vci_field *field, const double *y_above, size_t n_above,
                     double size) {
    const vc_observations *o = field->observations;
    double sum = 0;
    for (size_t k = 1; k < n_above; k++)
        if (y_above[k] > 0) sum += y_above[k] * log1p((double)k / size);
    if (n_above > 0) return sum;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > 0) sum += lgamma(o->y[i] + size) - lgamma(size) - o->y[i] * log(size);
    return sum;
}

static double n_observed(const vc_observations *o) {
    double n = 0;
    for (size_t i = 0; i < o->n_leaves * o->n; i++) n += !isnan(o->y[i]);
    return n;
}

double vci_likelihood_constant(const vci_field *field, const double *y_above,
                               size_t n_above, double sd) {
    switch (field->model->family) {
    case VC_NEGATIVE_BINOMIAL:
        return rising(field, y_above, n_above, 1 / (sd * sd));
    case VC_NORMAL:
    case VC_LOG_NORMAL:
        return -n_observed(field->observations) * log(sd);
    case VC_POISSON:
    case VC_BINOMIAL:
        break;
    }
    return 0;
}

/*
 * The likelihood's constant is smooth and cheap, so a difference is as good as a formula.
 */
double vci_likelihood_constant_slope(const vci_field *field, const double *y_above,
                                     size_t n_above, double sd) {
    const double step = 1e-4;
    double up = vci_likelihood_constant(field, y_above, n_above, sd * exp(step));
    double down = vci_likelihood_constant(field, y_above, n_above, sd * exp(-step));
    return (up - down) / (2 * step);
}

/* d weight / d eta, then the derivatives in log sd of value, gradient and weight. */
typedef struct slopes {
    double weight_eta, value, gradient, weight;
} slopes;

/* With size = 1 / sd^2, d / d log sd = -2 d / d log size. */
static slopes negative_binomial_slopes(double y, double eta, double size) {
    double mu = vci_exp(eta), sum = size + mu, share = size / sum, rest = mu / sum;
    double weight = (y + size) * rest * share;
    return (slopes){
        weight * (share - rest), -2 * ((y + size) * rest - size * log1p(mu / size)),
        -2 * (y - mu) * share * rest, -2 * weight * (size / (y + size) + 1 - 2 * share)};
}

static slopes binomial_slopes(double n, double eta) {
    double p = 1 / (1 + vci_exp(-eta));
    return (slopes){n * p * (1 - p) * (1 - 2 * p), 0, 0, 0};
}

static slopes normal_slopes(double y, double eta, double sd) {
    double r = (y - eta) / sd;
    return (slopes){0, r * r, -2 * r / sd, -2 / (sd * sd)};
}

static slopes slopes_of(const vc_model *model, double y, double trials, double off,
                        double eta, double sd) {
    switch (model->family) {
    case VC_POISSON:
        return (slopes){vci_exp(eta + off), 0, 0, 0};
    case VC_NEGATIVE_BINOMIAL:
        return negative_binomial_slopes(y, eta + off, 1 / (sd * sd));
    case VC_BINOMIAL:
        return binomial_slopes(trials, eta);
    case VC_NORMAL:
        return normal_slopes(y / vci_exp(off), eta, sd);
    case VC_LOG_NORMAL:
        break;
    }
    return normal_slopes(vci_log(y), eta, sd);
}

double vci_likelihood_slopes(const vci_field *field, size_t leaf, double sd,
                             const double *eta, const double *variance, double *skew,
                             double *pull) {
    const vc_observations *o = field->observations;
    double sum = 0;
    for (size_t t = 0; t < field->n; t++) {
        size_t at = leaf * field->n + t;
        skew[t] = pull[t] = 0;
        if (isnan(o->y[at])) continue;
        double off = o->log_exposure[leaf * (field->n + field->h) + t];
        slopes s = slopes_of(field->model, o->y[at], o->trials ? o->trials[at] : 0, off,
                             eta[t], sd);
        skew[t] = -0.5 * variance[t] * s.weight_eta;
        pull[t] = s.gradient;
        sum += s.value - 0.5 * variance[t] * s.weight;
    }
    return sum;
}
