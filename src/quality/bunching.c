/*
 * Years of units just below a limit that they should not exceed, against those just above.
 * Given that a year's figure is within 2 % of the limit, it is below with a probability
 * that follows from its own law: males are binomial given the births; births are binomial
 * given those of the years beside it. The number below is a sum of such coin tosses, whose
 * law is exact: McCrary's (2008, Journal of Econometrics 142) question put to whole
 * numbers, where what can stand just below and just above differs from unit to unit.
 */
#include <math.h>
#include <string.h>

#include "data/standard_internal.h"
#include "num/binomial_internal.h"
#include "quality/checks_internal.h"
#include "quality/sum_law_internal.h"

/* Width of the window on either side, of the limit; tosses that a test needs. */
#define WIDTH 0.02
#define LEAST_TOSSES 10

/* A side with a smaller probability can as well not be there. */
#define NEGLIGIBLE 1e-12

typedef enum measure { SEX_RATIO, BIRTH_RATE } measure;

typedef struct limit {
    measure figure;
    double value;
    unsigned level; /* of the units */
    size_t end;     /* place in the year where the years end */
    double share;   /* males of all births of the level; BIRTH_RATE: not used */
} limit;

/* A year's figure and its law: k of n with probability p, judged per `base`. */
typedef struct coin {
    double k, n, p, base;
} coin;

/*
 * Largest k that does not exceed a ratio: k males per n - k females, or k births per base
 * people. The small amount keeps 10.7 x 10 on the right side.
 */
static double most(measure figure, const coin *t, double ratio) {
    double x = figure == SEX_RATIO ? ratio * t->n / (100 + ratio) : ratio * t->base / 1000;
    return floor(x + 1e-9);
}

static double between(const coin *t, double low, double high) {
    return vci_binomial_at_most((int64_t)high, (int64_t)t->n, t->p) -
           vci_binomial_at_most((int64_t)low, (int64_t)t->n, t->p);
}

/* Adds a year if it is within the window and could have been on either side. */
static vc_status add_toss(const limit *l, const coin *t, vci_sum_law *law, size_t *seen) {
    double at = most(l->figure, t, l->value);
    double low = most(l->figure, t, l->value * (1 - WIDTH));
    double high = most(l->figure, t, l->value * (1 + WIDTH));
    if (!(t->k > low && t->k <= high)) return VC_OK;
    double below = between(t, low, at), above = between(t, at, high);
    if (!(below > NEGLIGIBLE && above > NEGLIGIBLE)) return VC_OK;
    double p[2] = {above / (below + above), below / (below + above)};
    *seen += t->k <= at;
    return vci_sum_law_add(law, 1, p);
}

/* Average population of the year that begins with period t. */
static double average_of(const vci_checks *checks, size_t unit, size_t t) {
    const vc_panel *panel = checks->panel;
    size_t f = (size_t)panel->frequency;
    const double *people = panel->population + unit * panel->n_periods;
    if (checks->average == VC_MID_YEAR) return people[t + (f - 1) / 2];
    if (checks->average == VC_TWO_YEAR_ENDS)
        return t > 0 ? (people[t - 1] + people[t + f - 1]) / 2 : (double)NAN;
    return vci_check_sum(f, people + t) / (double)f;
}

static double year_of(const vc_panel *panel, vc_event event, size_t unit, size_t t) {
    return vci_check_sum((size_t)panel->frequency,
                         vci_check_series(panel, event, unit) + t);
}

static bool ratio_toss(const vci_checks *checks, const limit *l, size_t unit, size_t t,
                       coin *toss) {
    toss->k = year_of(checks->panel, VC_BIRTHS_MALE, unit, t);
    toss->n = toss->k + year_of(checks->panel, VC_BIRTHS_FEMALE, unit, t);
    toss->p = l->share;
    return toss->n > 0;
}

/* Births of a year among those of it and the years beside it, as all units share them. */
static bool rate_toss(const vci_checks *checks, size_t unit, size_t t, coin *toss) {
    const vc_panel *panel = checks->panel;
    size_t f = (size_t)panel->frequency;
    double all = 0, own = 0;
    toss->n = 0;
    toss->k = year_of(panel, VC_BIRTHS, unit, t);
    for (int i = -1; i <= 1; i++) {
        if ((i < 0 && t < f) || (i > 0 && t + 2 * f > panel->n_periods)) continue;
        size_t from = i < 0 ? t - f : t + (size_t)i * f;
        double births = year_of(panel, VC_BIRTHS, unit, from);
        double whole = year_of(panel, VC_BIRTHS, panel->tree.root, from);
        toss->n += births;
        all += whole;
        own = i == 0 ? whole : own;
    }
    toss->p = own / all;
    toss->base = average_of(checks, unit, t);
    return toss->n > 0 && toss->p > 0 && toss->p < 1 && toss->base > 0;
}

static double share_of_males(const vc_panel *panel, unsigned level) {
    double males = 0, births = 0;
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        for (size_t t = 0; t < panel->n_periods; t++) {
            double m = vci_check_series(panel, VC_BIRTHS_MALE, unit)[t];
            double f = vci_check_series(panel, VC_BIRTHS_FEMALE, unit)[t];
            if (panel->tree.units[unit].level != level || isnan(m + f)) continue;
            males += m;
            births += m + f;
        }
    return births > 0 ? males / births : (double)NAN;
}

static vc_status sum_tosses(const vci_checks *checks, const limit *l, vci_sum_law *law,
                            size_t *seen) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    size_t f = (size_t)panel->frequency;
    size_t in_year = (size_t)vc_period_in_year(panel->first, panel->frequency);
    size_t first = (l->end + 1 + f - in_year) % f;
    VC_TRY(vci_sum_law_start(law));
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        for (size_t t = first; t + f <= panel->n_periods; t += f) {
            coin toss = {0};
            bool known = panel->tree.units[unit].level == l->level &&
                         (l->figure == SEX_RATIO ? ratio_toss(checks, l, unit, t, &toss)
                                                 : rate_toss(checks, unit, t, &toss));
            if (known) VC_TRY(add_toss(l, &toss, law, seen));
        }
out:
    return st;
}

static vc_status check_limit(vci_checks *checks, const limit *l) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    vci_sum_law law = {0};
    size_t seen = 0;
    VC_TRY(sum_tosses(checks, l, &law, &seen));
    if (law.n < LEAST_TOSSES) goto out;
    vc_quality_check check = {.kind = VC_QUALITY_BUNCHING,
                              .unit = panel->tree.root,
                              .event = l->figure == SEX_RATIO ? VC_BIRTHS_MALE : VC_BIRTHS,
                              .first = panel->first,
                              .last = vci_check_period(panel, panel->n_periods - 1),
                              .n = law.n,
                              .limit = l->value,
                              .seen = (double)seen,
                              .expected = vci_sum_law_mean(&law),
                              .low = vci_sum_law_quantile(&law, 0.025),
                              .high = vci_sum_law_quantile(&law, 0.975),
                              .p = vci_sum_law_above(&law, seen)};
    VC_TRY(vci_check_add(checks, &check));
out:
    vci_sum_law_free(&law);
    return st;
}

/* At every level and end of years. */
static vc_status check_value(vci_checks *checks, measure figure, double value) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    limit l = {.figure = figure, .value = value};
    for (l.level = 0; l.level < panel->tree.n_levels; l.level++) {
        if (figure == SEX_RATIO) l.share = share_of_males(panel, l.level);
        if (figure == SEX_RATIO && !(l.share > 0 && l.share < 1)) continue;
        for (l.end = 0; l.end < (size_t)panel->frequency; l.end++)
            if (checks->year_end[l.end]) VC_TRY(check_limit(checks, &l));
    }
out:
    return st;
}

static const struct {
    const char *indicator;
    double usual; /* limit that is looked at even without a target */
} figures[] = {
    [SEX_RATIO] = {"sex_ratio_at_birth", 107}, [BIRTH_RATE] = {"birth_rate", 12.5}};

/* The limit of an at_most target for a figure; NaN if it is none. */
static double limit_of(const vc_target *target, measure figure) {
    const vci_standard *standard = vci_standard_find(target->indicator);
    if (!standard || strcmp(standard->name, figures[figure].indicator) != 0) return NAN;
    if (target->direction != VC_AT_MOST || target->value.kind != VC_FIXED) return NAN;
    return (double)target->value.value.num / (double)target->value.value.den;
}

static vc_status check_figure(vci_checks *checks, measure figure) {
    vc_status st = VC_OK;
    const vc_targets *targets = checks->targets;
    VC_TRY(check_value(checks, figure, figures[figure].usual));
    for (size_t i = 0; targets && i < targets->n; i++) {
        double value = limit_of(&targets->list[i], figure);
        bool seen = isnan(value) || value == figures[figure].usual;
        for (size_t j = 0; j < i && !seen; j++)
            seen = limit_of(&targets->list[j], figure) == value;
        if (!seen) VC_TRY(check_value(checks, figure, value));
    }
out:
    return st;
}

vc_status vci_check_bunching(vci_checks *checks) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    if (panel->count[VC_BIRTHS_MALE] && panel->count[VC_BIRTHS_FEMALE])
        VC_TRY(check_figure(checks, SEX_RATIO));
    if (panel->count[VC_BIRTHS] && panel->population)
        VC_TRY(check_figure(checks, BIRTH_RATE));
out:
    return st;
}
