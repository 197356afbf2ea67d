/*
 * Figures to date along the path of every draw, and on which side of the target they end.
 */
#include "assess/tally_internal.h"

#include <math.h>
#include <string.h>

#include "assess/outcome_internal.h"
#include "assess/quota_internal.h"
#include "simulate/sampler_internal.h"

/* Running sums of one block, and the figures of a period: fractions and values. */
typedef struct running {
    int64_t *plus, *over, *population, *num, *den;
    double *value;
} running;

static running in_scratch(size_t n, double *scratch) {
    int64_t *whole = (int64_t *)scratch;
    return (running){whole,         whole + n,     whole + 2 * n,
                     whole + 3 * n, whole + 4 * n, scratch + 5 * n};
}

static const int64_t *row_of(const vc_draws *draws, const int64_t *array, size_t period,
                             size_t unit) {
    return array + (period * draws->n_units + unit) * draws->n_draws;
}

static void add_events(const vci_tally *t, const vc_draws *draws, size_t period,
                       running *r) {
    const vci_indicator *i = &t->indicator;
    const int64_t *plus = row_of(draws, draws->count[i->plus], period, t->unit);
    for (size_t d = 0; d < draws->n_draws; d++) r->plus[d] += plus[d];
    if (i->minus != VC_EVENTS) {
        const int64_t *minus = row_of(draws, draws->count[i->minus], period, t->unit);
        for (size_t d = 0; d < draws->n_draws; d++) r->plus[d] -= minus[d];
    }
    if (i->over != VC_EVENTS) {
        const int64_t *over = row_of(draws, draws->count[i->over], period, t->unit);
        for (size_t d = 0; d < draws->n_draws; d++) r->over[d] += over[d];
    }
}

/* Adds the population at a period's end: drawn, or observed when it lies before the draws.
 */
static void add_heads(const vci_tally *t, const vc_draws *draws, vc_period period,
                      int64_t *sum) {
    if (period >= draws->first) {
        const int64_t *heads =
            row_of(draws, draws->population, (size_t)(period - draws->first), t->unit);
        for (size_t d = 0; d < draws->n_draws; d++) sum[d] += heads[d];
    } else {
        vc_period before = t->year.first - 1;
        int64_t heads = t->population[period > before ? period - before : 0];
        for (size_t d = 0; d < draws->n_draws; d++) sum[d] += heads;
    }
}

/* Populations summed into r->den; returns of how many periods' ends they are the sum. */
static int64_t add_population(const vci_tally *t, const vc_draws *draws, size_t period,
                              const running *r) {
    vc_period before = t->year.first - 1, last = draws->first + (vc_period)period;
    memset(r->den, 0, draws->n_draws * sizeof *r->den);
    switch (t->rule) {
    case VC_TWO_YEAR_ENDS:
        add_heads(t, draws, before, r->den);
        add_heads(t, draws, last, r->den);
        return 2;
    case VC_MID_YEAR:
        add_heads(t, draws, before + (last - before + 1) / 2, r->den);
        return 1;
    case VC_MONTHLY_MEAN:
        break;
    }
    memcpy(r->den, r->population, draws->n_draws * sizeof *r->den);
    return last - before;
}

/* events * 1000 * (periods' ends) / sum, per year. */
static void find_rates(const vci_tally *t, const vc_draws *draws, size_t period,
                       const running *r) {
    int64_t times = add_population(t, draws, period, r) * t->indicator.scale;
    times *= t->per_year.num;
    for (size_t d = 0; d < draws->n_draws; d++) r->num[d] = r->plus[d] * times;
    for (size_t d = 0; d < draws->n_draws; d++) r->den[d] *= t->per_year.den;
}

static void find_ratios(const vci_tally *t, size_t n, const running *r) {
    for (size_t d = 0; d < n; d++) r->num[d] = r->plus[d] * t->indicator.scale;
    memcpy(r->den, r->over, n * sizeof *r->den);
    for (size_t d = 0; t->indicator.cap.den && d < n; d++) {
        vc_fraction f =
            vci_indicator_capped(&t->indicator, (vc_fraction){r->num[d], r->den[d]});
        r->num[d] = f.num;
        r->den[d] = f.den;
    }
}

bool vci_tally_meets(const vci_tally *t, vc_fraction f) {
    f = vci_fraction_published(f, t->target->decimals);
    switch (t->target->direction) {
    case VC_AT_MOST:
        return vci_fraction_compare(f, t->bound) <= 0;
    case VC_AT_LEAST:
        return vci_fraction_compare(f, t->bound) >= 0;
    case VC_BETWEEN:
        break;
    }
    return vci_fraction_compare(f, t->bound) >= 0 &&
           vci_fraction_compare(f, t->bound_high) <= 0;
}

bool vci_target_met(const vc_target *target, double low, double high, double x) {
    if (target->decimals >= 0) {
        double scale = pow(10, target->decimals);
        x = round(x * scale) / scale;
    }
    switch (target->direction) {
    case VC_AT_MOST:
        return x <= low;
    case VC_AT_LEAST:
        return x >= low;
    case VC_BETWEEN:
        break;
    }
    return x >= low && x <= high;
}

void vci_tally_end_group(vci_tally *t) {
    t->squared_met += (double)t->group_met * (double)t->group_met;
    t->n_groups += 1;
    t->group_met = 0;
}

void vci_tally_count(vci_tally *t, size_t draw, bool met) {
    size_t group = draw / VCI_BATCH;
    if (group != t->group) {
        vci_tally_end_group(t);
        t->group = group;
    }
    t->n_met += met;
    t->group_met += met;
}

/* Draw d of the block has come to its year end. */
static void end(vci_tally *t, const vc_draws *draws, size_t d, double x,
                vci_outcome outcome) {
    if (outcome != VCI_OPEN) vci_tally_count(t, draws->first_draw + d, outcome == VCI_MET);
    if (t->figure) t->figure[d] = x;
    if (t->met) t->met[d] = (unsigned char)outcome;
}

static vci_outcome outcome_of(const vci_tally *t, vc_fraction f, double x) {
    if (f.den == 0 || t->bound.den == 0) return VCI_OPEN;
    if (!t->bounds_fit) return vci_tally_meets(t, f) ? VCI_MET : VCI_NOT_MET;
    bool met = true;
    if (t->target->direction != VC_AT_LEAST)
        met = vci_threshold_at_most_holds(&t->most, f, x);
    if (met && t->target->direction != VC_AT_MOST)
        met = vci_threshold_at_least_holds(&t->least, f, x);
    return met ? VCI_MET : VCI_NOT_MET;
}

/* How many of the block's draws a period's quantiles are made of. */
static size_t drawn_here(const vc_draws *draws, bool last) {
    if (last || draws->first_draw + draws->n_draws <= VCI_PATH_DRAWS) return draws->n_draws;
    return draws->first_draw < VCI_PATH_DRAWS ? VCI_PATH_DRAWS - draws->first_draw : 0;
}

/*
 * Values of the defined draws into the period's histogram; counts the targets met when it
 * is the last period.
 */
static void collect(vci_tally *t, const vc_draws *draws, const running *r, size_t period) {
    size_t at = period - (size_t)(t->path_first - draws->first), n = 0;
    bool last = at + 1 == t->path_n;
    size_t n_draws = drawn_here(draws, last);
    if (n_draws == 0) return;
    if (t->indicator.kind == VC_INDICATOR_RATE)
        find_rates(t, draws, period, r);
    else
        find_ratios(t, draws->n_draws, r);
    for (size_t d = 0; d < n_draws; d++) {
        vc_fraction f = {r->num[d], r->den[d]};
        double x = vci_fraction_value(f);
        if (last) end(t, draws, d, x, outcome_of(t, f, x));
        if (f.den != 0) r->value[n++] = x;
    }
    if (last) t->n_defined += n;
    vci_histogram_add(&t->path[at], n, r->value);
}

static void add_values(vci_tally *t, const vc_draws *draws, const running *r) {
    const vci_indicator *i = &t->indicator;
    double low = vci_fraction_value(t->bound), high = vci_fraction_value(t->bound_high);
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p, n = 0;
        size_t at = (period * draws->n_units + t->unit) * draws->n_draws;
        bool last = p + 1 == t->path_n;
        size_t n_draws = drawn_here(draws, last);
        for (size_t d = 0; d < n_draws; d++) {
            double x = draws->value[i->series][at + d];
            if (i->less != SIZE_MAX) x -= draws->value[i->less][at + d];
            bool decided = !isnan(x) && t->bound.den != 0;
            if (last)
                end(t, draws, d, x,
                    !decided                                  ? VCI_OPEN
                    : vci_target_met(t->target, low, high, x) ? VCI_MET
                                                              : VCI_NOT_MET);
            if (!isnan(x)) r->value[n++] = x;
        }
        if (last) t->n_defined += n;
        vci_histogram_add(&t->path[p], n, r->value);
    }
}

/* Sums begin anew with a quota's year: what was done before the window, or in years over.
 */
static void carry(const vci_tally *t, const vc_draws *draws, vc_period q,
                  const int64_t *done, running *r) {
    bool before = q < t->year.first;
    if (q == t->year.end || before == vci_quota_begins(t->panel, q + 1)) return;
    for (size_t d = 0; d < draws->n_draws; d++)
        r->population[d] += before ? -done[d] : done[d];
}

/* Quotas of a window: see quota_internal.h. */
static void add_within(vci_tally *t, const vc_draws *draws, running *r) {
    size_t series = t->indicator.series;
    vc_period q = t->year.first - 1 > draws->first ? t->year.first - 1 : draws->first;
    for (size_t d = 0; d < draws->n_draws; d++) r->population[d] = t->plus;
    for (; q <= t->year.end; q++) {
        size_t period = (size_t)(q - draws->first);
        const int64_t *done = row_of(draws, draws->numerator[series], period, t->unit);
        int64_t whole = draws->denominator[series][period * draws->n_units + t->unit];
        if (q >= t->path_first) {
            for (size_t d = 0; d < draws->n_draws; d++) {
                r->plus[d] = r->population[d] + done[d];
                r->over[d] = t->whole ? t->whole : whole;
            }
            collect(t, draws, r, period);
        }
        carry(t, draws, q, done, r);
    }
}

/* Shares of services and records stand for themselves in every period. */
static void add_progress(vci_tally *t, const vc_draws *draws, running *r) {
    size_t series = t->indicator.series;
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p;
        int64_t whole = draws->denominator[series][period * draws->n_units + t->unit];
        const int64_t *part = row_of(draws, draws->numerator[series], period, t->unit);
        for (size_t d = 0; d < draws->n_draws; d++) {
            r->plus[d] = part[d];
            r->over[d] = whole;
        }
        collect(t, draws, r, period);
    }
}

static void add_counts(vci_tally *t, const vc_draws *draws, running *r) {
    bool ratio = t->indicator.over != VC_EVENTS,
         mean = t->rule == VC_MONTHLY_MEAN && t->indicator.kind == VC_INDICATOR_RATE;
    for (size_t d = 0; d < draws->n_draws; d++) {
        r->plus[d] = t->plus - t->minus;
        r->over[d] = ratio ? t->over : 1;
        r->population[d] = t->population_sum;
    }
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p;
        add_events(t, draws, period, r);
        if (mean) add_heads(t, draws, draws->first + (vc_period)period, r->population);
        collect(t, draws, r, period);
    }
}

void vci_tally_add(vci_tally *t, const vc_draws *draws, double *scratch) {
    running r = in_scratch(draws->n_draws, scratch);
    t->n += draws->n_draws;
    if (t->indicator.kind == VC_INDICATOR_VALUE)
        add_values(t, draws, &r);
    else if (t->within)
        add_within(t, draws, &r);
    else if (t->indicator.kind == VC_INDICATOR_PROGRESS)
        add_progress(t, draws, &r);
    else
        add_counts(t, draws, &r);
}
