#include "vitalcast/backtest.h"

#include <math.h>
#include <string.h>

#include "backtest/origin_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "data/panel_internal.h"
#include "fit/population_internal.h"
#include "vitalcast/track_file.h"

#define DRAWS 2000
#define YEARS_BEFORE 4
#define FIGURES_BEFORE 10 /* of a yearly series */

vc_backtest_options vc_backtest_options_default(void) {
    vc_backtest_options options = {.run = vc_run_options_default()};
    options.run.draws = DRAWS;
    options.run.keep = 0;
    return options;
}

/* --- which origins -------------------------------------------------------------------- */

static void choose_months(vc_frequency frequency, vc_backtest_options *o) {
    static const unsigned monthly[] = {3, 6, 7, 9, 11}, quarterly[] = {1, 2, 3},
                          yearly[] = {0};
    const unsigned *months = frequency == VC_MONTHLY     ? monthly
                             : frequency == VC_QUARTERLY ? quarterly
                                                         : yearly;
    if (o->n_months) return;
    o->n_months = frequency == VC_MONTHLY ? 5 : frequency == VC_QUARTERLY ? 3 : 1;
    memcpy(o->months, months, o->n_months * sizeof *months);
}

static vc_year year_of(const vci_replay *replay, int year) {
    vc_frequency f = replay->panel.frequency;
    return vc_year_ending((vc_period)(year * (int)f + replay->plan.year_end_in_year), f);
}

static bool is_known(const vci_replay *replay, vc_year year) {
    vc_period back =
        (vc_period)(replay->options->ahead * (unsigned)replay->panel.frequency);
    return year.first - back > replay->panel.first &&
           year.end <= vc_panel_last(&replay->panel);
}

static void choose_years(const vci_replay *replay, vc_backtest_options *o) {
    vc_frequency f = replay->panel.frequency;
    vc_period before = f == VC_YEARLY ? FIGURES_BEFORE : YEARS_BEFORE * (vc_period)f;
    int from = vc_period_year(replay->panel.first, f);
    int to = vc_period_year(vc_panel_last(&replay->panel), f) + 1;
    if (o->n_years) return;
    for (int y = to; y >= from && o->n_years < VC_BACKTEST_YEARS; y--) {
        vc_year year = year_of(replay, y);
        if (!is_known(replay, year) || year.first - replay->panel.first < before) continue;
        o->years[o->n_years++] = y;
    }
    for (size_t i = 0; i < o->n_years / 2; i++) {
        int swap = o->years[i];
        o->years[i] = o->years[o->n_years - 1 - i];
        o->years[o->n_years - 1 - i] = swap;
    }
}

/* --- the walk --------------------------------------------------------------------------
 */

/* Stages of one origin say how far the whole is. */
typedef struct walk {
    vc_observer outer;
    size_t done, all;
} walk;

static void tell(void *context, const char *stage, double share) {
    walk *w = context;
    (void)stage;
    (void)share;
    if (w->outer.progress)
        w->outer.progress(w->outer.context, "backtest", (double)w->done / (double)w->all);
}

static bool ask(void *context) {
    const walk *w = context;
    return w->outer.cancelled && w->outer.cancelled(w->outer.context);
}

/* After the last origin of a year: what alarms would have been worth. */
static vc_status add_alarms(const vci_replay *replay, const vc_run *truth, size_t n,
                            const double *p, const unsigned *left, vc_track *track) {
    vc_status st = VC_OK;
    double *one = NULL;
    int year = vc_period_year(truth->as_of, truth->panel.frequency);
    VC_NEW(one, n);
    for (size_t i = 0; i < truth->n_results; i++) {
        const vc_result *came = &truth->results[i];
        bool any = false;
        for (size_t k = 0; k < n; k++) {
            one[k] = p[k * truth->n_results + i];
            any = any || !isnan(one[k]);
        }
        if (any)
            VC_TRY(vc_track_add_alarms(track, replay->plan.of[came->target],
                                       truth->panel.tree.units[came->unit].level, year, n,
                                       one, left, came->p_met > 0.5));
    }
out:
    vci_free(one);
    return st;
}

static vc_status name_model(vc_track *track, const char *role, const char *series,
                            const vc_model *model) {
    uint8_t digest[32];
    char hex[VC_TRACK_SHA256];
    vci_sha256(model->text, model->text_size, digest);
    vci_sha256_hex(digest, hex);
    return vc_track_add_model(track, role, series, model->name, hex);
}

/* What the forecasts were made with. */
static vc_status name_models(const vc_run *run, vc_track *track) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < run->n_fits; i++) {
        const vc_fit *fit = &run->fits[i];
        VC_TRY(name_model(track, fit->role, vc_run_fit_series(run, fit), &fit->model));
    }
out:
    return st;
}

/* The data of the years that were scored, as they stand today. */
static vc_status name_data(const vc_run *truth, vc_track *track) {
    vc_status st = VC_OK;
    uint8_t digest[32];
    if (track->data_sha256[0] && truth->as_of < track->last) goto out;
    VC_TRY(vci_panel_digest_until(&truth->panel, truth->as_of, digest));
    vci_sha256_hex(digest, track->data_sha256);
    track->last = truth->as_of;
out:
    return st;
}

static vc_status replay_origin(const vci_replay *replay, vc_year year, vc_period as_of,
                               const vc_run *truth, vc_track *track, double *p) {
    vc_run run = {0};
    vc_status st = vci_origin_run(replay, year, as_of, &run);
    if (st == VC_OK) st = name_models(&run, track);
    if (st == VC_OK) st = vci_origin_score(replay, year, &run, truth, track, p);
    vc_run_free(&run);
    return st;
}

static vc_status replay_year(const vci_replay *replay, vc_year year, walk *w,
                             vc_track *track) {
    vc_status st = VC_OK;
    const vc_backtest_options *o = replay->options;
    vc_run truth = {0};
    double *p = NULL;
    unsigned left[VC_BACKTEST_MONTHS];
    VC_TRY(vci_origin_truth(replay, year, &truth));
    VC_TRY(name_data(&truth, track));
    VC_NEW(p, o->n_months * truth.n_results);
    for (size_t i = 0; i < o->n_months; i++) {
        vc_period as_of = year.first + (vc_period)o->months[i] - 1 -
                          (vc_period)(o->ahead * (unsigned)replay->panel.frequency);
        if (ask(w)) VC_FAIL(VC_INTERRUPTED, "%zu origins are done", w->done);
        VC_TRY(replay_origin(replay, year, as_of, &truth, track, p + i * truth.n_results));
        left[i] = (unsigned)(year.end - as_of);
        w->done++;
        tell(w, NULL, 1);
    }
    VC_TRY(add_alarms(replay, &truth, o->n_months, p, left, track));
out:
    vci_free(p);
    vc_run_free(&truth);
    return st;
}

static vc_status begin_track(const vci_replay *replay, vc_track *track) {
    vc_status st = VC_OK;
    const vci_plan *plan = &replay->plan;
    const char **names = NULL;
    VC_NEW(names, plan->n_indicators);
    for (size_t i = 0; i < plan->n_indicators; i++)
        names[i] = plan->targets.list[i].indicator;
    VC_TRY(vc_track_init(plan->n_indicators, names, plan->n_tracked, plan->tracked, track));
    VC_COPY_TEXT(track->workspace, replay->workspace->name);
    VC_COPY_TEXT(track->source, replay->workspace->source);
    VC_COPY_TEXT(track->basis, replay->workspace->basis);
    VC_COPY_TEXT(track->version, VC_VERSION_STRING);
    track->frequency = replay->panel.frequency;
    track->draws = replay->options->run.draws;
    track->synthetic = replay->workspace->synthetic;
    track->seed = replay->options->run.seed;
out:
    vci_free(names);
    return st;
}

static vc_status read_all(vci_replay *replay) {
    vc_status st = VC_OK;
    vc_targets declared = {0};
    VC_TRY(vc_panel_read(replay->workspace, replay->findings, &replay->panel));
    VC_TRY(vc_targets_read(replay->workspace, &replay->panel, replay->findings, &declared));
    VC_TRY(vci_plan_make(replay->workspace, &replay->panel, &declared, &replay->plan));
out:
    vc_targets_free(&declared);
    return st;
}

/* Every year that was asked for must be there, and at least one. */
static vc_status check_years(const vci_replay *replay, const vc_backtest_options *o) {
    vc_status st = VC_OK;
    vc_findings *findings = replay->findings;
    vc_frequency f = replay->panel.frequency;
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    vc_period_format(replay->panel.first, f, first);
    vc_period_format(vc_panel_last(&replay->panel), f, last);
    if (o->n_years == 0)
        VC_TRY(vci_finding_add(findings, VC_FAULT, "S04", (vci_place){0}, NULL,
                               VCI_TEXT_BACKTEST_NO_YEAR, first, last,
                               f == VC_YEARLY ? FIGURES_BEFORE : YEARS_BEFORE));
    for (size_t i = 0; i < o->n_years; i++)
        if (!is_known(replay, year_of(replay, o->years[i])))
            VC_TRY(vci_finding_add(findings, VC_FAULT, "S04", (vci_place){0}, NULL,
                                   VCI_TEXT_BACKTEST_YEAR, o->years[i], first, last));
    if (findings->n_faults) VC_FAIL(VC_BAD_INPUT, "%zu faults", findings->n_faults);
out:
    return st;
}

vc_status vc_backtest_run(const vc_workspace *workspace, const vc_datadirs *dirs,
                          const vc_backtest_options *options, const vc_observer *observer,
                          vc_findings *findings, vc_track *track) {
    vc_status st = VC_OK;
    static const vc_observer nobody = {0};
    vc_backtest_options o = options ? *options : vc_backtest_options_default();
    walk w = {.outer = observer ? *observer : nobody};
    vc_observer inner = {&w, NULL, tell, ask};
    vci_replay replay = {.workspace = workspace,
                         .dirs = dirs,
                         .options = &o,
                         .observer = &inner,
                         .findings = findings};
    *track = (vc_track){0};
    VC_TRY(read_all(&replay));
    choose_months(replay.panel.frequency, &o);
    choose_years(&replay, &o);
    VC_TRY(check_years(&replay, &o));
    VC_TRY(begin_track(&replay, track));
    w.all = o.n_years * o.n_months;
    for (size_t i = 0; i < o.n_years; i++)
        VC_TRY(replay_year(&replay, year_of(&replay, o.years[i]), &w, track));
    /* Forecasts of years further ahead are another matter than those that reports give. */
    if (o.store && o.ahead == 0) VC_TRY(vc_track_file_save(o.store, track));
out:
    vci_plan_free(&replay.plan);
    vc_panel_free(&replay.panel);
    return st;
}
