/* Observations of one role: the window of history, exposures, the time axis. */
#include "fit/observations_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "fit/calendar_internal.h"
#include "fit/family_internal.h"
#include "fit/progress_internal.h"
#include "fit/scope_internal.h"
#include "num/elementary_internal.h"

/* Days of a mean year in the Julian sense: exposures are in population * mean months. */
static const double MEAN_YEAR = 365.25;

/* What of all leaves is fitted. */
typedef struct source {
    const vc_panel *panel;
    const vci_role *role;
    const vci_scope *scope;
    double scale; /* quotas: see vci_progress_scale */
} source;

static size_t unit_of(const source *s, size_t leaf) {
    return s->scope->unit[s->scope->tree->leaves[leaf]];
}

static vci_observed observe(const source *s, size_t leaf, size_t t) {
    return vci_role_observe(s->panel, s->role, s->scale, unit_of(s, leaf), t);
}

/* First period with any observation; n_periods if there is none. */
static size_t first_observed(const source *s, size_t n_leaves) {
    for (size_t t = 0; t < s->panel->n_periods; t++)
        for (size_t i = 0; i < n_leaves; i++)
            if (!isnan(observe(s, i, t).y)) return t;
    return s->panel->n_periods;
}

static void fill_row(const source *s, size_t leaf, size_t from, vc_observations *o) {
    for (size_t t = 0; t < o->n; t++) {
        vci_observed observed = observe(s, leaf, from + t);
        o->y[leaf * o->n + t] = observed.y;
        if (o->trials) o->trials[leaf * o->n + t] = observed.trials;
    }
}

/* A unit without a quota has no observations either: its exposure is 1. */
static double quota_exposure(const source *s, size_t unit, size_t t) {
    double quota = vci_progress_whole(s->panel, s->role->series, unit, t);
    if (isnan(quota)) return 0;
    return vci_log(quota * s->scale / (double)s->panel->frequency);
}

static void fill_exposure(const source *s, const vc_model *model,
                          const vci_population *population, size_t leaf, size_t from,
                          vc_observations *o) {
    size_t length = o->n + o->h, unit = unit_of(s, leaf);
    bool heads = model->exposure == VC_EXPOSURE_POPULATION && population->complete;
    for (size_t t = 0; t < length; t++) {
        double *e = &o->log_exposure[leaf * length + t];
        vc_period period = o->first + (vc_period)t;
        *e = 0;
        if (model->exposure == VC_EXPOSURE_NONE) continue;
        if (model->exposure == VC_EXPOSURE_QUOTA) {
            *e = quota_exposure(s, unit, from + t);
            if (t < o->n) *e += vci_log(observe(s, leaf, from + t).periods);
            continue;
        }
        *e = vci_log(vc_period_days(period, o->frequency) * (double)o->frequency /
                     MEAN_YEAR);
        if (heads)
            *e += population->log_level[unit * (population->n + population->h) + from + t];
    }
}

/* The normal family works on y / scale; the scale is the spread of the series itself. */
static void fill_scale(vc_observations *o) {
    double sum = 0, square = 0, n = 0;
    for (size_t t = 0; t < o->n; t++) {
        if (isnan(o->y[t])) continue;
        sum += o->y[t];
        square += o->y[t] * o->y[t];
        n += 1;
    }
    double variance = n > 1 ? (square - sum * sum / n) / (n - 1) : 0;
    double scale = variance > 0 ? sqrt(variance) : fmax(fabs(sum / n), 1);
    for (size_t t = 0; t < o->n + o->h; t++) o->log_exposure[t] = vci_log(scale);
}

/* A share whose log is known to a millionth is known. */
#define LEAST_LATE_SD 1e-6

/* Incomplete periods of counted events: exposures by the mean share reported. */
static void fill_late(const vc_panel *panel, const vci_role *role, vc_observations *o) {
    size_t length = o->n + o->h;
    if (role->event == VC_EVENTS || role->trials != VC_EVENTS) return;
    o->n_late = panel->n_late < o->n ? panel->n_late : o->n;
    for (size_t k = 0; k < o->n_late; k++) {
        double mean = panel->late_mean[role->event][k];
        o->late_sd[k] = fmax(panel->late_sd[role->event][k] / mean, LEAST_LATE_SD);
        for (size_t i = 0; i < o->n_leaves; i++)
            o->log_exposure[i * length + o->n - 1 - k] += vci_log(mean);
    }
}

double vci_observations_calendar_sd(const vc_model *model, const vc_observations *o,
                                    vc_calendar_term term) {
    if (!model->calendar[term] || o->frequency != VC_MONTHLY) return 0;
    return o->by_event ? model->calendar_event_sd[term] : model->calendar_sd[term];
}

static void fill_axis(const vc_model *model, vc_dating dating, vc_observations *o) {
    size_t length = o->n + o->h;
    for (size_t t = 0; t < length; t++) {
        o->years[t] = ((double)t - (double)(o->n - 1)) / (double)o->frequency;
        o->season[t] =
            (unsigned char)vc_period_in_year(o->first + (vc_period)t, o->frequency);
    }
    o->by_event = dating == VC_BY_EVENT;
    for (size_t k = 0; k < VC_CALENDAR_TERMS; k++)
        if (vci_observations_calendar_sd(model, o, (vc_calendar_term)k) > 0)
            vci_calendar_fill((vc_calendar_term)k, o->first, length,
                              o->calendar + k * length);
}

static vc_status allocate(bool trials, vc_observations *o) {
    vc_status st = VC_OK;
    size_t length = o->n + o->h;
    VC_NEW(o->y, o->n_leaves * o->n);
    if (trials) VC_NEW(o->trials, o->n_leaves * o->n);
    VC_NEW(o->log_exposure, o->n_leaves * length);
    VC_NEW(o->years, length);
    VC_NEW(o->season, length);
    VC_NEW(o->calendar, VC_CALENDAR_TERMS * length);
out:
    return st;
}

vc_status vci_observations_build(const vc_panel *panel, vci_role role,
                                 const vc_model *model, const vci_population *population,
                                 vc_dating dating, size_t h, vc_observations *o) {
    vc_status st = VC_OK;
    vci_scope scope = {0};
    source s = {panel, &role, &scope, 1};
    size_t most = (size_t)model->history_years * (size_t)panel->frequency;
    *o = (vc_observations){.frequency = panel->frequency, .h = h};
    VC_TRY(vci_scope_init(panel, &role, &scope));
    size_t leaves = o->n_leaves = scope.tree->n_leaves;
    if (role.id == VC_ROLE_QUOTA) s.scale = vci_progress_scale(panel, role.series);
    size_t from = first_observed(&s, leaves);
    if (from == panel->n_periods) VC_FAIL(VC_TOO_FEW_DATA, "%s", vc_role_name(role.id));
    if (most && panel->n_periods - from > most) from = panel->n_periods - most;
    o->n = panel->n_periods - from;
    o->first = panel->first + (vc_period)from;
    VC_TRY(allocate(vci_family_of(model->family)->trials, o));
    for (size_t i = 0; i < leaves; i++) {
        fill_row(&s, i, from, o);
        if (role.id != VC_ROLE_VALUE) fill_exposure(&s, model, population, i, from, o);
    }
    fill_late(panel, &role, o);
    if (model->family == VC_NORMAL) fill_scale(o);
    fill_axis(model, dating, o);
out:
    vci_scope_free(&scope);
    if (st != VC_OK) vc_observations_free(o);
    return st;
}

void vc_observations_free(vc_observations *o) {
    vci_free(o->y);
    vci_free(o->trials);
    vci_free(o->log_exposure);
    vci_free(o->years);
    vci_free(o->season);
    vci_free(o->calendar);
    *o = (vc_observations){0};
}
