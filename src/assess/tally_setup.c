/* Setting a tally up from the panel, and turning it into a result. */
#include <math.h>

#include "assess/quota_internal.h"
#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "fit/progress_internal.h"
#include "simulate/sampler_internal.h"

/*
 * Figures in the table are decimals: six digits hold them exactly enough to compare.
 */
static double plain_last_year(const vc_panel *panel, const vci_tally *t) {
    vc_period f = (vc_period)panel->frequency;
    vc_year year = {t->year.first - f, t->year.end - f};
    if (t->indicator.kind == VC_INDICATOR_VALUE)
        return vci_value_at(panel, &t->indicator, t->unit, year.end);
    if (!t->within)
        return vci_progress_at(panel, &t->indicator, t->unit, year.first, year.end);
    vci_quota quota = vci_quota_done(panel, t->target, t->indicator.series, t->unit,
                                     year.first, year.end);
    return quota.whole > 0 ? 100 * quota.done / quota.whole : (double)NAN;
}

/* The figure of the window a year before, as published, times factor plus summand. */
static vc_fraction previous_year(const vc_settings *settings, const vc_panel *panel,
                                 const vci_population *population, const vci_tally *t,
                                 const vc_target_value *value) {
    bool known = false;
    vc_period f = (vc_period)panel->frequency;
    vc_fraction last = VCI_UNDEFINED;
    if (t->indicator.kind == VC_INDICATOR_VALUE ||
        t->indicator.kind == VC_INDICATOR_PROGRESS) {
        double x = plain_last_year(panel, t);
        known = !isnan(x) && fabs(x) < 1e9;
        if (known) last = (vc_fraction){(int64_t)llround(x * 1e6), 1000000};
    } else {
        last = vci_per_year(&t->indicator,
                            vci_figure(settings, panel, population, &t->indicator, t->unit,
                                       t->year.first - f, t->year.end - f, &known),
                            vc_target_per_year(t->target, panel->frequency, f));
    }
    if (!known || last.den == 0) return VCI_UNDEFINED;
    last = vci_fraction_published(last, t->target->decimals);
    return vci_fraction_scale(last, value->factor, value->summand);
}

static vc_fraction resolve(const vc_settings *settings, const vc_panel *panel,
                           const vci_population *population, const vci_tally *t,
                           const vc_target_value *value) {
    switch (value->kind) {
    case VC_FIXED:
        return value->value;
    case VC_PREVIOUS_YEAR:
        return previous_year(settings, panel, population, t, value);
    case VC_CLASS_MEAN:
        break;
    }
    return VCI_UNDEFINED;
}

/*
 * Sum over the year's periods before `end`; what lies before a unit's first report is
 * nothing.
 */
static int64_t observed_sum(const vc_panel *panel, vc_event event, size_t unit,
                            vc_period first, vc_period end) {
    int64_t sum = 0;
    for (vc_period p = first < panel->first ? panel->first : first;
         event != VC_EVENTS && p < end; p++) {
        double figure =
            panel->count[event][unit * panel->n_periods + (size_t)(p - panel->first)];
        if (!isnan(figure)) sum += (int64_t)figure;
    }
    return sum;
}

static vc_status observe_population(const vc_panel *panel, const vci_population *population,
                                    vci_tally *t) {
    vc_status st = VC_OK;
    size_t n = (size_t)(t->path_first - t->year.first) + 1;
    VC_NEW(t->population, n);
    for (size_t i = 0; i < n; i++) {
        t->population[i] =
            vci_population_at(panel, population, t->unit, t->year.first - 1 + (vc_period)i);
        if (i > 0) t->population_sum += t->population[i];
    }
out:
    return st;
}

/* Progress goes on from its last record of the year, whoever else reported since then. */
static void begin_after_record(const vc_panel *panel, vci_tally *t) {
    vc_period end = panel->first + (vc_period)panel->n_periods;
    for (vc_period p = t->year.end < end ? t->year.end : end - 1; p >= t->path_first; p--)
        if (!isnan(vci_progress_at(panel, &t->indicator, t->unit, p, p))) {
            t->path_first = p + 1;
            return;
        }
}

/*
 * A quota that is judged within a window: what stands in the records before the draws.
 * Where one of them is not there nothing can be said.
 */
static void observe_quota(const vc_panel *panel, vc_period draws_first, vci_tally *t) {
    size_t series = t->indicator.series;
    double scale = vci_progress_scale(panel, series), sum = 0;
    vc_period last = draws_first - 1 < t->year.end ? draws_first - 1 : t->year.end;
    if (!vci_quota_begins(panel, t->year.first) && t->year.first - 1 <= last)
        sum -= vci_quota_record(panel, series, t->unit, t->year.first - 1);
    for (vc_period p = t->year.first; p <= last; p++)
        if (p < t->year.end && vci_quota_begins(panel, p + 1))
            sum += vci_quota_record(panel, series, t->unit, p);
    double whole = vci_quota_whole(panel, t->target, series, t->unit, t->year.end, 0);
    t->drawn = !isnan(sum) && whole > 0;
    if (!t->drawn) return;
    t->plus = (int64_t)llround(sum * scale);
    if (t->target->length >= 2 * (vc_period)panel->frequency)
        t->whole = (int64_t)llround(whole * scale);
}

/* What of the window is observed already. */
static vc_status observe(const vc_panel *panel, const vci_population *population,
                         vci_tally *t) {
    vc_period first = t->year.first, end = t->path_first;
    if (t->indicator.plus == VC_EVENTS) return VC_OK;
    t->plus = observed_sum(panel, t->indicator.plus, t->unit, first, end);
    t->minus = observed_sum(panel, t->indicator.minus, t->unit, first, end);
    t->over = observed_sum(panel, t->indicator.over, t->unit, first, end);
    return t->indicator.kind == VC_INDICATOR_RATE ? observe_population(panel, population, t)
                                                  : VC_OK;
}

/* Both bounds, or neither; those of the class are not known yet. */
static void set_bounds(const vc_settings *settings, const vc_panel *panel,
                       const vci_population *population, vci_tally *t) {
    const vc_target *target = t->target;
    t->bound = resolve(settings, panel, population, t, &target->value);
    t->bound_high = target->direction == VC_BETWEEN
                        ? resolve(settings, panel, population, t, &target->value_high)
                        : t->bound;
    t->by_class = vc_target_by_class(target);
    t->fixed[0] = t->bound;
    t->fixed[1] = t->bound_high;
    t->mean_bound[0] = t->mean_bound[1] = NAN;
    if (t->bound_high.den == 0) t->bound = VCI_UNDEFINED;
    if (t->bound.den == 0) return;
    bool between = target->direction == VC_BETWEEN;
    t->most = vci_threshold_at_most(between ? t->bound_high : t->bound, target->decimals);
    t->least = vci_threshold_at_least(t->bound, target->decimals);
    t->bounds_fit = t->most.at.den != 0 && t->least.at.den != 0;
}

vc_status vci_tally_init(vci_tally *t, const vc_settings *settings, const vc_panel *panel,
                         const vci_population *population, const vc_target *target,
                         size_t unit, vc_period draws_first, bool projected) {
    vc_status st = VC_OK;
    *t = (vci_tally){.target = target, .unit = unit, .rule = settings->average_population};
    VC_REQUIRE(vci_indicator_find(panel, target->indicator, &t->indicator),
               "no indicator %s", target->indicator);
    t->panel = panel;
    t->year = vc_target_window(target, panel->frequency);
    t->per_year = vc_target_per_year(target, panel->frequency, 0);
    t->within = vci_quota_within(panel, &t->indicator, target);
    set_bounds(settings, panel, population, t);
    t->drawn = projected && t->year.end >= draws_first;
    if (!t->drawn) goto out;
    t->path_first = draws_first > t->year.first ? draws_first : t->year.first;
    if (t->indicator.kind == VC_INDICATOR_PROGRESS) begin_after_record(panel, t);
    t->drawn = t->path_first <= t->year.end;
    if (t->drawn && t->within) observe_quota(panel, draws_first, t);
    if (!t->drawn) goto out;
    t->path_n = (size_t)(t->year.end - t->path_first + 1);
    VC_NEW(t->path, t->path_n);
    for (size_t p = 0; p < t->path_n; p++)
        vci_histogram_init(&t->path[p], t->indicator.kind == VC_INDICATOR_COUNT);
    VC_TRY(observe(panel, population, t));
out:
    return st;
}

void vci_tally_free(vci_tally *t) {
    vci_free(t->path);
    vci_free(t->population);
    *t = (vci_tally){0};
}

/*
 * Variance between the hyper-parameters' points, of which there are few, and within them.
 * The hits of a group of draws from one point vary by both; what they vary more than draws
 * from nowhere in common would is the first.
 */
double vci_share_error(double n, double sum, double groups, double squared, double points) {
    double m = VCI_BATCH, p = sum / n, whole = fmax(p * (1 - p), 0), between = 0;
    if (groups > 1) {
        double mean = sum / groups;
        double seen = (squared - groups * mean * mean) / (groups - 1) / (m * m);
        between = fmax((seen - whole / m) / (1 - 1 / m), 0);
    }
    between = fmin(between, whole);
    return sqrt(between / fmin(points, groups) + (whole - between) / n);
}

void vci_tally_share(vci_tally *t, double points, vc_result *r) {
    r->p_met = (double)t->n_met / (double)t->n;
    vci_tally_end_group(t);
    r->monte_carlo_se = vci_share_error((double)t->n, (double)t->n_met, t->n_groups,
                                        t->squared_met, points);
}

vc_status vci_tally_finish(vci_tally *t, double points, vc_result *r) {
    vc_status st = VC_OK;
    static const double levels[VC_QUANTILES] = VC_QUANTILE_LEVELS;
    r->path_n = t->path_n;
    r->path_first = t->path_first;
    VC_NEW(r->path, t->path_n * VC_QUANTILES);
    for (size_t p = 0; p < t->path_n; p++)
        vci_histogram_quantiles(&t->path[p], VC_QUANTILES, levels,
                                r->path + p * VC_QUANTILES);
    for (size_t q = 0; q < VC_QUANTILES; q++)
        r->quantile[q] = r->path[(t->path_n - 1) * VC_QUANTILES + q];
    r->p_undefined = 1 - (double)t->n_defined / (double)t->n;
    if (t->by_class ? !isnan(t->mean_bound[0]) : t->bound.den != 0)
        vci_tally_share(t, points, r);
out:
    return st;
}
