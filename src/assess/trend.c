/* All years of an indicator, beside their expected figures in draws of the latent values.
 */
#include "vitalcast/trend.h"

#include <math.h>

#include "assess/indicator_internal.h"
#include "assess/learned_internal.h"
#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "fit/family_internal.h"

#define B VCI_BATCH
#define DRAWS ((size_t)512)

/* What is summed up over the cells of one fit. */
typedef struct expected {
    double *sum;    /* [n_years][DRAWS] events, or the value */
    double *trials; /* [n_years] of shares */
    bool found;     /* there is such a fit */
} expected;

typedef struct setting {
    const vc_run *run;
    vci_indicator form;
    size_t unit;
    vc_trend *trend;
    vci_simulation simulation;
    expected plus, minus;
} setting;

/* The year of the trend that a period belongs to; n if it is none of them. */
static size_t year_of(const setting *s, vc_period p) {
    vc_period length = (vc_period)s->run->panel.frequency;
    const vc_trend *trend = s->trend;
    if (trend->n == 0 || p > trend->years[trend->n - 1].end) return trend->n;
    vc_period back = trend->years[trend->n - 1].end - p;
    size_t years = (size_t)(back / length);
    return years < trend->n ? trend->n - 1 - years : trend->n;
}

static bool is_below(const vc_unit_tree *tree, size_t unit, size_t top) {
    while (unit != VC_NO_UNIT && unit != top) unit = tree->units[unit].parent;
    return unit == top;
}

/* --- one fit ------------------------------------------------------------------------- */

/* Expected events (or the value) of a cell in a batch of draws. */
static void add_cell(const vci_part *part, size_t leaf, size_t t, const double *eta,
                     double *sum) {
    const vc_observations *o = &part->observations;
    const vci_family *family = vci_family_of(part->fit->model.family);
    double offset = o->log_exposure[leaf * (o->n + o->h) + t];
    for (size_t d = 0; d < B; d++)
        if (family->trials)
            sum[d] += o->trials[leaf * o->n + t] / (1 + exp(-eta[d]));
        else
            sum[d] +=
                family->natural ? family->natural(eta[d], offset) : exp(eta[d] + offset);
}

/* Cells that were not observed add nothing: their year has no figure either. */
static void add_batch(const setting *s, const vci_part *part, const vci_sampler *sampler,
                      const double *eta, size_t first, expected *e) {
    const vc_observations *o = &part->observations;
    const vc_unit_tree *tree = part->scope.tree;
    bool value = s->form.kind == VC_INDICATOR_VALUE;
    for (size_t leaf = 0; leaf < tree->n_leaves; leaf++) {
        size_t unit = part->scope.unit[tree->leaves[leaf]];
        if (!is_below(&s->run->panel.tree, unit, s->unit)) continue;
        for (size_t t = 0; t < o->n; t++) {
            size_t year = year_of(s, o->first + (vc_period)t);
            if (year == s->trend->n || isnan(o->y[leaf * o->n + t])) continue;
            if (value && o->first + (vc_period)t != s->trend->years[year].end) continue;
            if (o->trials && first == 0) e->trials[year] += o->trials[leaf * o->n + t];
            add_cell(part, leaf, t, eta + (leaf * sampler->n_periods + t) * B,
                     e->sum + year * DRAWS + first);
        }
    }
}

static vc_status add_part(const setting *s, const vci_part *part, expected *e) {
    vc_status st = VC_OK;
    vci_sampler sampler = {0};
    vci_sampler_work work = {0};
    double *eta = NULL;
    VC_TRY(vci_sampler_init(&sampler, part->fit, part->scope.tree, &part->observations,
                            part->seed, part->number, part->observations.first));
    VC_TRY(vci_sampler_work_init(&sampler, &work));
    VC_NEW(eta, part->scope.tree->n_leaves * sampler.n_periods * B);
    VC_NEW(e->sum, s->trend->n * DRAWS);
    VC_NEW(e->trials, s->trend->n);
    for (size_t first = 0; first < DRAWS; first += B) {
        VC_TRY(vci_sampler_draw(&sampler, &work, (uint32_t)first, B, eta));
        add_batch(s, part, &sampler, eta, first, e);
    }
    e->found = true;
out:
    vci_free(eta);
    vci_sampler_work_free(&work);
    vci_sampler_free(&sampler);
    return st;
}

/* The fit of an event, or of the unit's series; NULL if there is none. */
static const vci_part *part_of(const setting *s, vc_event event) {
    for (size_t i = 0; i < s->simulation.n_parts; i++) {
        const vci_part *part = &s->simulation.parts[i];
        vci_role role = vci_role_fitted(part->fit);
        bool series = s->form.kind == VC_INDICATOR_VALUE && role.id == VC_ROLE_VALUE &&
                      role.series == s->form.series && role.unit == s->unit;
        if (series || (event != VC_EVENTS && role.event == event)) return part;
    }
    return NULL;
}

/* --- years --------------------------------------------------------------------------- */

static vc_status add_years(setting *s, const char *indicator, vc_period year_end) {
    vc_status st = VC_OK;
    const vc_run *run = s->run;
    vc_period length = (vc_period)run->panel.frequency, end = year_end;
    while (end > run->as_of) end -= length;
    while (end + length <= run->as_of) end += length;
    vc_period first = end;
    while (first - length - length + 1 >= run->panel.first) first -= length;
    if (end - length + 1 < run->panel.first) goto out;
    s->trend->n = (size_t)((end - first) / length) + 1;
    VC_NEW(s->trend->years, s->trend->n);
    for (size_t i = 0; i < s->trend->n; i++) {
        vc_trend_year *year = &s->trend->years[i];
        year->end = first + (vc_period)i * length;
        year->figure =
            vc_run_figure(run, indicator, s->unit, year->end - length + 1, year->end);
        year->fitted.mean = (double)NAN;
    }
out:
    return st;
}

/* Do the fitted periods cover a year? */
static bool is_covered(const vci_part *part, vc_period first) {
    return part->observations.first <= first;
}

/* Figure of one draw; NaN where it has none. */
static double figure_of(const setting *s, size_t year, size_t d, double per_event) {
    size_t at = year * DRAWS + d;
    double x = s->plus.sum[at] - (s->minus.found ? s->minus.sum[at] : 0);
    double scale = (double)s->form.scale;
    switch (s->form.kind) {
    case VC_INDICATOR_RATE:
        return x * per_event;
    case VC_INDICATOR_RATIO:
        return scale * x / (s->plus.trials[year] - x);
    case VC_INDICATOR_SHARE:
        return 100 * x / s->plus.trials[year];
    case VC_INDICATOR_COUNT:
    case VC_INDICATOR_VALUE:
    case VC_INDICATOR_PROGRESS:
        break;
    }
    return x;
}

/* Of a rate: its figure by the events that were counted. */
static double rate_per_event(const setting *s, const vc_trend_year *year) {
    int64_t plus = 0, minus = 0;
    const vc_panel *panel = &s->run->panel;
    vc_period first = year->end - (vc_period)panel->frequency + 1;
    if (s->form.kind != VC_INDICATOR_RATE) return 1;
    bool known = vci_event_sum(panel, s->form.plus, s->unit, first, year->end, &plus);
    if (s->form.minus != VC_EVENTS)
        known =
            vci_event_sum(panel, s->form.minus, s->unit, first, year->end, &minus) && known;
    return known && plus != minus ? year->figure / (double)(plus - minus) : (double)NAN;
}

static vc_status tell_years(const setting *s, const vci_part *plus, const vci_part *minus) {
    vc_status st = VC_OK;
    double *draws = NULL;
    VC_NEW(draws, DRAWS);
    for (size_t i = 0; i < s->trend->n; i++) {
        vc_trend_year *year = &s->trend->years[i];
        vc_period first = year->end - (vc_period)s->run->panel.frequency + 1;
        double per_event = rate_per_event(s, year);
        if (isnan(year->figure) || isnan(per_event) || !is_covered(plus, first) ||
            (minus && !is_covered(minus, first)))
            continue;
        for (size_t d = 0; d < DRAWS; d++) draws[d] = figure_of(s, i, d, per_event);
        VC_TRY(vci_estimate_make(DRAWS, draws, NULL, &year->fitted));
        s->trend->n_fitted++;
    }
out:
    vci_free(draws);
    return st;
}

static vc_status fit_years(setting *s) {
    vc_status st = VC_OK;
    const vc_run *run = s->run;
    VC_TRY(vci_simulation_init(&s->simulation, &run->panel, run->n_fits, run->fits,
                               &run->population, run->settings.dating, run->seed,
                               run->as_of, run->as_of, 1));
    const vci_part *plus = part_of(s, s->form.plus), *minus = NULL;
    if (s->form.minus != VC_EVENTS) minus = part_of(s, s->form.minus);
    if (!plus || (s->form.minus != VC_EVENTS && !minus)) goto out;
    VC_TRY(add_part(s, plus, &s->plus));
    if (minus) VC_TRY(add_part(s, minus, &s->minus));
    VC_TRY(tell_years(s, plus, minus));
out:
    return st;
}

static bool has_fit(const vci_indicator *form) {
    return form->kind != VC_INDICATOR_PROGRESS &&
           (form->kind != VC_INDICATOR_VALUE || form->less == SIZE_MAX);
}

vc_status vc_trend_find(const vc_run *run, const char *indicator, size_t unit,
                        vc_period year_end, vc_trend *trend) {
    vc_status st = VC_OK;
    setting s = {.run = run, .unit = unit, .trend = trend};
    *trend = (vc_trend){.n = 0};
    VC_REQUIRE(unit < run->panel.tree.n, "unit %zu of %zu", unit, run->panel.tree.n);
    if (!vci_indicator_find(&run->panel, indicator, &s.form)) goto out;
    VC_TRY(add_years(&s, indicator, year_end));
    if (trend->n > 0 && run->n_fits > 0 && has_fit(&s.form)) VC_TRY(fit_years(&s));
out:
    vci_simulation_free(&s.simulation);
    vci_free(s.plus.sum);
    vci_free(s.plus.trials);
    vci_free(s.minus.sum);
    vci_free(s.minus.trials);
    return st;
}

void vc_trend_free(vc_trend *trend) {
    vci_free(trend->years);
    *trend = (vc_trend){.n = 0};
}
