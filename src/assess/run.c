/* The main job: fit, simulate, assess. */
#include "vitalcast/run.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "assess/commendation_internal.h"
#include "assess/run_internal.h"
#include "assess/widen_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "fit/nowcast_internal.h"
#include "vitalcast/crosswalk.h"

#define DEFAULT_DRAWS 20000
#define DEFAULT_KEEP 1000

vc_run_options vc_run_options_default(void) {
    return (vc_run_options){.as_of = VC_NO_PERIOD,
                            .seed = 1,
                            .draws = DEFAULT_DRAWS,
                            .keep = DEFAULT_KEEP,
                            .threads = 0};
}

unsigned vci_threads(unsigned wanted) {
    unsigned most = (unsigned)omp_get_num_procs();
    return wanted ? wanted : most;
}

static vc_status copy_settings(const vc_workspace *w, vc_settings *s) {
    vc_status st = VC_OK;
    VC_COPY_TEXT(s->name, w->name);
    VC_COPY_TEXT(s->source, w->source);
    VC_COPY_TEXT(s->basis, w->basis);
    s->workspace_text = vci_text_copy(w->text ? w->text : "", w->text_size);
    if (!s->workspace_text) VC_FAIL(VC_NO_MEMORY, "workspace text");
    s->synthetic = w->synthetic;
    s->language = w->language;
    s->year_end_in_year = w->year_end_in_year;
    s->dating = w->dating;
    s->average_population = w->average_population;
    s->min_cell = w->min_cell;
    s->warnings = w->warnings;
    s->grade = w->grade;
    s->n_completeness = w->n_completeness;
    for (size_t event = 0; event < VC_EVENTS; event++) {
        memcpy(s->completeness_mean[event], w->completeness_mean,
               sizeof w->completeness_mean);
        memcpy(s->completeness_sd[event], w->completeness_sd, sizeof w->completeness_sd);
    }
out:
    return st;
}

/*
 * Cuts the panel at the as-of period and takes the units of that time; what is later is
 * said, never silently dropped.
 */
static vc_status cut_panel(const vc_run_options *options, vc_findings *findings,
                           vc_run *run) {
    vc_status st = VC_OK;
    char as_of[VC_PERIOD_TEXT], first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    vc_panel *panel = &run->panel;
    vc_period end = vc_panel_last(panel);
    run->as_of = options->as_of == VC_NO_PERIOD ? end : options->as_of;
    vc_period_format(run->as_of, panel->frequency, as_of);
    vc_period_format(panel->first, panel->frequency, first);
    vc_period_format(end, panel->frequency, last);
    if (run->as_of < panel->first || run->as_of > end) {
        VC_TRY(vci_finding_add(findings, VC_FAULT, "S04", (vci_place){0}, NULL,
                               VCI_TEXT_RUN_AS_OF_OUTSIDE, as_of, first, last));
        VC_FAIL(VC_BAD_INPUT, "as of %s", as_of);
    }
    if (end > run->as_of)
        VC_TRY(vci_finding_add(findings, VC_WARNING, "M02", (vci_place){0}, NULL,
                               VCI_TEXT_RUN_LATER_LEFT_OUT, (size_t)(end - run->as_of),
                               as_of));
    VC_TRY(vc_panel_truncate(panel, run->as_of));
    VC_TRY(vc_crosswalk_apply(panel, run->as_of, &run->targets, findings));
out:
    return st;
}

static int by_period(const void *a, const void *b) {
    vc_period x = *(const vc_period *)a, y = *(const vc_period *)b;
    return (x > y) - (x < y);
}

/* The ends of the years that the targets name, each once; not those of other periods. */
static vc_status collect_year_ends(vc_run *run) {
    vc_status st = VC_OK;
    size_t n = 0;
    VC_NEW(run->year_ends, run->targets.n + 1);
    for (size_t i = 0; i < run->targets.n; i++)
        if (run->targets.list[i].length == 0)
            run->year_ends[n++] = run->targets.list[i].year_end;
    qsort(run->year_ends, n, sizeof *run->year_ends, by_period);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || run->year_ends[i] != run->year_ends[i - 1])
            run->year_ends[run->n_year_ends++] = run->year_ends[i];
out:
    return st;
}

/* Files are named from the workspace on: equal runs in two places have equal bytes. */
static const char *within(const char *dir, const char *file) {
    size_t n = strlen(dir);
    if (n == 0 || strncmp(file, dir, n)) return file;
    file += n;
    while (*file == '/') file++;
    return file;
}

static vc_status copy_warnings(const char *dir, const vc_findings *findings, vc_run *run) {
    vc_status st = VC_OK;
    VC_NEW(run->warnings, findings->n + 1);
    for (size_t i = 0; i < findings->n; i++) {
        vc_finding finding = findings->list[i];
        if (finding.severity != VC_WARNING) continue;
        finding.file = (char *)(uintptr_t)within(dir, finding.file);
        char *text = vc_finding_format(&finding, findings->language);
        if (!text) VC_FAIL(VC_NO_MEMORY, "warning");
        run->warnings[run->n_warnings++].text = text;
    }
out:
    return st;
}

void vci_run_tell_panel(vc_run *run) {
    const vc_settings *s = &run->settings;
    run->panel.year_end_in_year = s->year_end_in_year;
    run->panel.n_late = s->n_completeness;
    memcpy(run->panel.late_mean, s->completeness_mean, sizeof s->completeness_mean);
    memcpy(run->panel.late_sd, s->completeness_sd, sizeof s->completeness_sd);
    memcpy(run->panel.late_removed, s->completeness_removed,
           sizeof s->completeness_removed);
    run->panel.late_corrects = s->nowcast;
}

/* What the workspace declares wins. */
static void find_completeness(vc_run *run) {
    vc_settings *s = &run->settings;
    if (s->n_completeness > 0) return;
    s->n_completeness = vci_nowcast_find(&run->panel, s->completeness_mean,
                                         s->completeness_sd, s->completeness_removed);
    s->nowcast = s->n_completeness > 0;
}

static vc_status prepare(const vc_workspace *workspace, const vc_run_options *options,
                         vc_findings *findings, vc_run *run) {
    vc_status st = VC_OK;
    VC_REQUIRE(options->draws >= 100 && options->draws <= 10000000,
               "draws must be 100 to 10,000,000, got %zu", options->draws);
    VC_TRY(copy_settings(workspace, &run->settings));
    run->seed = options->seed;
    run->n_draws = options->draws;
    VC_TRY(cut_panel(options, findings, run));
    VC_TRY(vc_targets_check(&run->targets, &run->panel, run->as_of, findings));
    find_completeness(run);
    VC_TRY(vci_run_widen(run, findings));
    vci_run_tell_panel(run);
    if (findings->n_faults) VC_FAIL(VC_BAD_INPUT, "%zu faults", findings->n_faults);
    VC_TRY(collect_year_ends(run));
out:
    return st;
}

/* How far a run goes. */
typedef enum stage { OBSERVE, FIT, ASSESS } stage;

static vc_status run_stages(const vc_workspace *workspace, vc_panel *panel,
                            vc_targets *targets, const vc_datadirs *dirs,
                            const vc_run_options *options, const vc_observer *observer,
                            stage until, vc_findings *findings, vc_run *run) {
    vc_status st = VC_OK;
    static const vc_observer nobody = {0};
    int threads = omp_get_max_threads();
    *run = (vc_run){.panel = *panel, .targets = *targets};
    *panel = (vc_panel){0};
    *targets = (vc_targets){0};
    if (!observer) observer = &nobody;
    omp_set_num_threads((int)vci_threads(options->threads));
    VC_TRY(prepare(workspace, options, findings, run));
    VC_TRY(vci_run_fit(workspace, dirs, observer, until > OBSERVE, findings, run));
    if (until == OBSERVE) VC_TRY(vci_run_settle(run));
    if (until == ASSESS) {
        VC_TRY(vci_rankings_declare(workspace, findings, run));
        VC_TRY(vci_run_fit_peers(workspace, dirs, observer, findings, run));
        VC_TRY(vci_run_assess(options, observer, run));
    }
    VC_TRY(copy_warnings(workspace->dir, findings, run));
out:
    omp_set_num_threads(threads);
    return st;
}

vc_status vc_run_compute(const vc_workspace *workspace, vc_panel *panel,
                         vc_targets *targets, const vc_datadirs *dirs,
                         const vc_run_options *options, const vc_observer *observer,
                         vc_findings *findings, vc_run *run) {
    return run_stages(workspace, panel, targets, dirs, options, observer, ASSESS, findings,
                      run);
}

vc_status vc_run_fit(const vc_workspace *workspace, vc_panel *panel, vc_targets *targets,
                     const vc_datadirs *dirs, const vc_run_options *options,
                     const vc_observer *observer, vc_findings *findings, vc_run *run) {
    return run_stages(workspace, panel, targets, dirs, options, observer, FIT, findings,
                      run);
}

vc_status vc_run_observe(const vc_workspace *workspace, vc_panel *panel,
                         vc_targets *targets, const vc_datadirs *dirs,
                         const vc_run_options *options, vc_findings *findings,
                         vc_run *run) {
    return run_stages(workspace, panel, targets, dirs, options, NULL, OBSERVE, findings,
                      run);
}

void vc_run_free(vc_run *run) {
    vc_settings *s = &run->settings;
    for (size_t i = 0; run->fits && i < run->n_fits; i++) vc_fit_free(&run->fits[i]);
    for (size_t i = 0; run->peer_fits && i < run->n_peer_fits; i++)
        vc_fit_free(&run->peer_fits[i]);
    for (size_t i = 0; run->results && i < run->n_results; i++)
        vci_free(run->results[i].path);
    for (size_t i = 0; run->warnings && i < run->n_warnings; i++)
        vci_free(run->warnings[i].text);
    vc_scorecards_free(run->n_scorecards, run->scorecards);
    for (size_t i = 0; run->rankings && i < run->n_rankings; i++)
        vc_ranking_free(&run->rankings[i]);
    vc_changes_free(&run->changes);
    vci_kept_free(&run->kept);
    vc_panel_free(&run->panel);
    vc_targets_free(&run->targets);
    vc_model_free(&run->population);
    vc_scenario_free(&run->scenario);
    vci_free(s->name);
    vci_free(s->source);
    vci_free(s->basis);
    vci_free(s->workspace_text);
    vci_free(run->file);
    vci_free(run->year_ends);
    vci_free(run->fits);
    vci_free(run->peer_fits);
    vci_free(run->results);
    vci_free(run->rankings);
    vci_free(run->warnings);
    *run = (vc_run){0};
}
