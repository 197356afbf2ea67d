/*
 * Figures to date along the path of every draw, and on which side of the target they end.
 */
#include "assess/tally_internal.h"

#include <math.h>
#include <string.h>

#include "assess/outcome_internal.h"
#include "assess/quota_internal.h"
#include "simulate/sampler_internal.h"

/* Draws that are worked on together: their running sums stay in the first-level cache. */
#define CHUNK 512

/*
 * Draws first .. first + n - 1 of a block: running sums, and the figures of a period, as
 * fractions and as values.
 */
typedef struct running {
    const vc_draws *draws;
    size_t first, n;
    int64_t plus[CHUNK], over[CHUNK], population[CHUNK], num[CHUNK], den[CHUNK];
    double value[CHUNK];
    unsigned char outcome[CHUNK];
} running;

static size_t place_of(const running *r, size_t period, size_t unit) {
    return (period * r->draws->n_units + unit) * r->draws->n_draws + r->first;
}

static const int64_t *row_of(const running *r, const int64_t *array, size_t period,
                             size_t unit) {
    return array + place_of(r, period, unit);
}

static void add_events(const vci_tally *t, size_t period, running *r) {
    const vci_indicator *i = &t->indicator;
    const vc_draws *draws = r->draws;
    const int64_t *plus = row_of(r, draws->count[i->plus], period, t->unit);
    for (size_t d = 0; d < r->n; d++) r->plus[d] += plus[d];
    if (i->minus != VC_EVENTS) {
        const int64_t *minus = row_of(r, draws->count[i->minus], period, t->unit);
        for (size_t d = 0; d < r->n; d++) r->plus[d] -= minus[d];
    }
    if (i->over != VC_EVENTS) {
        const int64_t *over = row_of(r, draws->count[i->over], period, t->unit);
        for (size_t d = 0; d < r->n; d++) r->over[d] += over[d];
    }
}

/* Adds the population at a period's end: drawn, or observed when it lies before the draws.
 */
static void add_heads(const vci_tally *t, const running *r, vc_period period,
                      int64_t *sum) {
    const vc_draws *draws = r->draws;
    if (period >= draws->first) {
        const int64_t *heads =
            row_of(r, draws->population, (size_t)(period - draws->first), t->unit);
        for (size_t d = 0; d < r->n; d++) sum[d] += heads[d];
    } else {
        vc_period before = t->year.first - 1;
        int64_t heads = t->population[period > before ? period - before : 0];
        for (size_t d = 0; d < r->n; d++) sum[d] += heads;
    }
}

/* Populations summed into r->den; returns of how many periods' ends they are the sum. */
static int64_t add_population(const vci_tally *t, size_t period, running *r) {
    vc_period before = t->year.first - 1, last = r->draws->first + (vc_period)period;
    memset(r->den, 0, r->n * sizeof *r->den);
    switch (t->rule) {
    case VC_TWO_YEAR_ENDS:
        add_heads(t, r, before, r->den);
        add_heads(t, r, last, r->den);
        return 2;
    case VC_MID_YEAR:
        add_heads(t, r, before + (last - before + 1) / 2, r->den);
        return 1;
    case VC_MONTHLY_MEAN:
        break;
    }
    memcpy(r->den, r->population, r->n * sizeof *r->den);
    return last - before;
}

/* events * 1000 * (periods' ends) / sum, per year. */
static void find_rates(const vci_tally *t, size_t period, running *r) {
    int64_t times = add_population(t, period, r) * t->indicator.scale;
    times *= t->per_year.num;
    for (size_t d = 0; d < r->n; d++) r->num[d] = r->plus[d] * times;
    for (size_t d = 0; d < r->n; d++) r->den[d] *= t->per_year.den;
}

static void find_ratios(const vci_tally *t, running *r) {
    for (size_t d = 0; d < r->n; d++) r->num[d] = r->plus[d] * t->indicator.scale;
    memcpy(r->den, r->over, r->n * sizeof *r->den);
    for (size_t d = 0; t->indicator.cap.den && d < r->n; d++) {
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

void vci_tally_count(vci_tally *t, size_t group, size_t n_met) {
    if (group != t->group) {
        vci_tally_end_group(t);
        t->group = group;
    }
    t->n_met += n_met;
    t->group_met += n_met;
}

/* Draws that are open count nowhere. */
static void count_met(vci_tally *t, const running *r) {
    size_t first = r->draws->first_draw + r->first;
    for (size_t d = 0; d < r->n;) {
        size_t group = (first + d) / VCI_BATCH, n_met = 0, n_open = 0, begin = d;
        for (; d < r->n && (first + d) / VCI_BATCH == group; d++) {
            n_met += r->outcome[d] == VCI_MET;
            n_open += r->outcome[d] == VCI_OPEN;
        }
        if (n_open < d - begin) vci_tally_count(t, group, n_met);
    }
}

/* The draws have come to their year end. */
static void end(vci_tally *t, const running *r) {
    if (t->figure) memcpy(t->figure + r->first, r->value, r->n * sizeof *r->value);
    if (t->met) memcpy(t->met + r->first, r->outcome, r->n);
    count_met(t, r);
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

/* How many of the draws a period's quantiles are made of. */
static size_t drawn_here(const running *r, bool last) {
    size_t first = r->draws->first_draw + r->first;
    if (last || first + r->n <= VCI_PATH_DRAWS) return r->n;
    return first < VCI_PATH_DRAWS ? VCI_PATH_DRAWS - first : 0;
}

/* The first n draws' values into a period's histogram, as far as they are defined. */
static void collect_values(vci_tally *t, running *r, size_t n, size_t at) {
    size_t n_defined = 0;
    for (size_t d = 0; d < n; d++) {
        double x = r->value[d];
        r->value[n_defined] = x;
        n_defined += isnan(x) ? 0 : 1;
    }
    if (at + 1 == t->path_n) t->n_defined += n_defined;
    vci_histogram_add(&t->path[at], n_defined, r->value);
}

/* Figures of a period, from the running sums. */
static void collect(vci_tally *t, running *r, size_t period) {
    size_t at = period - (size_t)(t->path_first - r->draws->first);
    bool last = at + 1 == t->path_n;
    size_t n = drawn_here(r, last);
    if (n == 0) return;
    if (t->indicator.kind == VC_INDICATOR_RATE)
        find_rates(t, period, r);
    else
        find_ratios(t, r);
    for (size_t d = 0; d < n; d++)
        r->value[d] = vci_fraction_value((vc_fraction){r->num[d], r->den[d]});
    for (size_t d = 0; last && d < n; d++)
        r->outcome[d] =
            (unsigned char)outcome_of(t, (vc_fraction){r->num[d], r->den[d]}, r->value[d]);
    if (last) end(t, r);
    collect_values(t, r, n, at);
}

static vci_outcome outcome_of_value(const vci_tally *t, double low, double high, double x) {
    if (isnan(x) || t->bound.den == 0) return VCI_OPEN;
    return vci_target_met(t->target, low, high, x) ? VCI_MET : VCI_NOT_MET;
}

static void add_values(vci_tally *t, running *r) {
    const vci_indicator *i = &t->indicator;
    const vc_draws *draws = r->draws;
    double low = vci_fraction_value(t->bound), high = vci_fraction_value(t->bound_high);
    for (size_t p = 0; p < t->path_n; p++) {
        size_t at = place_of(r, (size_t)(t->path_first - draws->first) + p, t->unit);
        bool last = p + 1 == t->path_n;
        for (size_t d = 0; d < r->n; d++) {
            double x = draws->value[i->series][at + d];
            if (i->less != SIZE_MAX) x -= draws->value[i->less][at + d];
            r->value[d] = x;
            if (last) r->outcome[d] = (unsigned char)outcome_of_value(t, low, high, x);
        }
        if (last) end(t, r);
        collect_values(t, r, drawn_here(r, last), p);
    }
}

/* Sums begin anew with a quota's year: what was done before the window, or in years over.
 */
static void carry(const vci_tally *t, vc_period q, const int64_t *done, running *r) {
    bool before = q < t->year.first;
    if (q == t->year.end || before == vci_quota_begins(t->panel, q + 1)) return;
    for (size_t d = 0; d < r->n; d++) r->population[d] += before ? -done[d] : done[d];
}

/* Quotas of a window: see quota_internal.h. */
static void add_within(vci_tally *t, running *r) {
    const vc_draws *draws = r->draws;
    size_t series = t->indicator.series;
    vc_period q = t->year.first - 1 > draws->first ? t->year.first - 1 : draws->first;
    for (size_t d = 0; d < r->n; d++) r->population[d] = t->plus;
    for (; q <= t->year.end; q++) {
        size_t period = (size_t)(q - draws->first);
        const int64_t *done = row_of(r, draws->numerator[series], period, t->unit);
        int64_t whole = draws->denominator[series][period * draws->n_units + t->unit];
        if (q >= t->path_first) {
            for (size_t d = 0; d < r->n; d++) {
                r->plus[d] = r->population[d] + done[d];
                r->over[d] = t->whole ? t->whole : whole;
            }
            collect(t, r, period);
        }
        carry(t, q, done, r);
    }
}

/* Shares of services and records stand for themselves in every period. */
static void add_progress(vci_tally *t, running *r) {
    const vc_draws *draws = r->draws;
    size_t series = t->indicator.series;
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p;
        int64_t whole = draws->denominator[series][period * draws->n_units + t->unit];
        const int64_t *part = row_of(r, draws->numerator[series], period, t->unit);
        for (size_t d = 0; d < r->n; d++) {
            r->plus[d] = part[d];
            r->over[d] = whole;
        }
        collect(t, r, period);
    }
}

static void add_counts(vci_tally *t, running *r) {
    const vc_draws *draws = r->draws;
    bool ratio = t->indicator.over != VC_EVENTS,
         mean = t->rule == VC_MONTHLY_MEAN && t->indicator.kind == VC_INDICATOR_RATE;
    for (size_t d = 0; d < r->n; d++) {
        r->plus[d] = t->plus - t->minus;
        r->over[d] = ratio ? t->over : 1;
        r->population[d] = t->population_sum;
    }
    for (size_t p = 0; p < t->path_n; p++) {
        size_t period = (size_t)(t->path_first - draws->first) + p;
        add_events(t, period, r);
        if (mean) add_heads(t, r, draws->first + (vc_period)period, r->population);
        collect(t, r, period);
    }
}

void vci_tally_add(vci_tally *t, const vc_draws *draws) {
    running r; /* not set to zero: it is large, and filled before it is read */
    r.draws = draws;
    for (r.first = 0; r.first < draws->n_draws; r.first += r.n) {
        size_t left = draws->n_draws - r.first;
        r.n = left < CHUNK ? left : CHUNK;
        if (t->indicator.kind == VC_INDICATOR_VALUE)
            add_values(t, &r);
        else if (t->within)
            add_within(t, &r);
        else if (t->indicator.kind == VC_INDICATOR_PROGRESS)
            add_progress(t, &r);
        else
            add_counts(t, &r);
    }
    t->n += draws->n_draws;
}
