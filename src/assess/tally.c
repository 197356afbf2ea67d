/*
 * Figures to date along the path of every draw, and on which side of the target they end.
 */
#include "assess/tally_internal.h"

#include <math.h>

#include "assess/outcome_internal.h"
#include "assess/quota_internal.h"
#include "simulate/sampler_internal.h"

/* Running sums of one block. */
typedef struct running {
    int64_t *plus, *over, *population;
    double *value;
} running;

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

/* Population at a period's end: drawn, or observed when it lies before the draws. */
static int64_t heads(const vci_tally *t, const vc_draws *draws, vc_period period,
                     size_t d) {
    if (period >= draws->first)
        return row_of(draws, draws->population, (size_t)(period - draws->first),
                      t->unit)[d];
    vc_period before = t->year.first - 1;
    return t->population[period > before ? period - before : 0];
}

/* Denominator and factor of a rate: events * 1000 * count / sum. */
static vc_fraction rate_in_window(const vci_tally *t, const vc_draws *draws,
                                  const running *r, size_t period, size_t d) {
    vc_period last = draws->first + (vc_period)period;
    int64_t events = r->plus[d] * t->indicator.scale;
    switch (t->rule) {
    case VC_TWO_YEAR_ENDS:
        return (vc_fraction){events * 2, heads(t, draws, t->year.first - 1, d) +
                                             heads(t, draws, last, d)};
    case VC_MID_YEAR:
        return (vc_fraction){
            events, heads(t, draws, t->year.first - 1 + (last - t->year.first + 2) / 2, d)};
    case VC_MONTHLY_MEAN:
        break;
    }
    return (vc_fraction){events * (last - t->year.first + 1), r->population[d]};
}

static vc_fraction figure(const vci_tally *t, const vc_draws *draws, const running *r,
                          size_t period, size_t d) {
    if (t->indicator.kind == VC_INDICATOR_RATE)
        return vci_per_year(&t->indicator, rate_in_window(t, draws, r, period, d),
                            t->per_year);
    return vci_indicator_capped(&t->indicator,
                                (vc_fraction){r->plus[d] * t->indicator.scale, r->over[d]});
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

/*
 * Values of the defined draws, packed; counts the targets met when it is the last period.
 */
static size_t collect(vci_tally *t, const vc_draws *draws, const running *r, size_t period,
                      bool last) {
    size_t n = 0;
    for (size_t d = 0; d < draws->n_draws; d++) {
        vc_fraction f = figure(t, draws, r, period, d);
        bool decided = f.den != 0 && t->bound.den != 0;
        if (last)
            end(t, draws, d, vci_fraction_value(f),
                !decided                ? VCI_OPEN
                : vci_tally_meets(t, f) ? VCI_MET
                                        : VCI_NOT_MET);
        if (f.den != 0) r->value[n++] = vci_fraction_value(f);
    }
    if (last) t->n_defined += n;
    return n;
}

static void add_values(vci_tally *t, const vc_draws *draws, const running *r) {
    const vci_indicator *i = &t->indicator;
    double low = vci_fraction_value(t->bound), high = vci_fraction_value(t->bound_high);
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p, n = 0;
        size_t at = (period * draws->n_units + t->unit) * draws->n_draws;
        for (size_t d = 0; d < draws->n_draws; d++) {
            double x = draws->value[i->series][at + d];
            if (i->less != SIZE_MAX) x -= draws->value[i->less][at + d];
            bool decided = !isnan(x) && t->bound.den != 0;
            if (p + 1 == t->path_n)
                end(t, draws, d, x,
                    !decided                                  ? VCI_OPEN
                    : vci_target_met(t->target, low, high, x) ? VCI_MET
                                                              : VCI_NOT_MET);
            if (!isnan(x)) r->value[n++] = x;
        }
        if (p + 1 == t->path_n) t->n_defined += n;
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
            size_t n = collect(t, draws, r, period, q == t->year.end);
            vci_histogram_add(&t->path[q - t->path_first], n, r->value);
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
        size_t n = collect(t, draws, r, period, p + 1 == t->path_n);
        vci_histogram_add(&t->path[p], n, r->value);
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
        for (size_t d = 0; mean && d < draws->n_draws; d++)
            r->population[d] += row_of(draws, draws->population, period, t->unit)[d];
        size_t n = collect(t, draws, r, period, p + 1 == t->path_n);
        vci_histogram_add(&t->path[p], n, r->value);
    }
}

void vci_tally_add(vci_tally *t, const vc_draws *draws, double *scratch) {
    size_t n = draws->n_draws;
    running r = {(int64_t *)scratch, (int64_t *)scratch + n, (int64_t *)scratch + 2 * n,
                 scratch + 3 * n};
    t->n += n;
    if (t->indicator.kind == VC_INDICATOR_VALUE)
        add_values(t, draws, &r);
    else if (t->within)
        add_within(t, draws, &r);
    else if (t->indicator.kind == VC_INDICATOR_PROGRESS)
        add_progress(t, draws, &r);
    else
        add_counts(t, draws, &r);
}
