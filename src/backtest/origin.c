#include "backtest/origin_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_reports_internal.h"
#include "vitalcast/store.h"

vc_status vci_replay_read(const vci_replay *replay, vc_year year, vc_period as_of,
                          vc_panel *panel, vc_targets *targets) {
    vc_status st = VC_OK;
    vc_workspace then = *replay->workspace; /* borrows everything in it */
    vc_findings findings;
    vc_findings_init(&findings, replay->findings->language);
    then.known_period = as_of;
    then.known_report = vci_last_month(as_of, then.frequency) + replay->panel.report_delay;
    VC_TRY(vc_panel_read(&then, &findings, panel));
    VC_TRY(vci_plan_targets(&replay->plan, panel, year.end, as_of, targets));
out:
    vc_findings_free(&findings);
    return st;
}

vc_status vci_origin_truth(const vci_replay *replay, vc_year year, vc_run *run) {
    vc_status st = VC_OK;
    vc_panel panel = {0};
    vc_targets targets = {0};
    vc_findings findings;
    vc_run_options options = replay->options->run;
    vc_findings_init(&findings, replay->findings->language);
    options.as_of = year.end;
    VC_TRY(vc_panel_read(replay->workspace, &findings, &panel));
    VC_TRY(vci_plan_targets(&replay->plan, &panel, year.end, year.end, &targets));
    VC_TRY(vc_run_observe(replay->workspace, &panel, &targets, replay->dirs, &options,
                          &findings, run));
out:
    vc_findings_free(&findings);
    vc_panel_free(&panel);
    vc_targets_free(&targets);
    return st;
}

/* --- runs that are there already ----------------------------------------------------- */

static bool same_fraction(vc_fraction a, vc_fraction b) {
    return a.num == b.num && a.den == b.den;
}

static bool same_value(const vc_target_value *a, const vc_target_value *b) {
    return a->kind == b->kind && same_fraction(a->value, b->value) &&
           same_fraction(a->factor, b->factor) && same_fraction(a->summand, b->summand);
}

static bool same_name(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_target(const vc_target *a, const vc_target *b) {
    return same_name(a->id, b->id) && same_name(a->indicator, b->indicator) &&
           same_name(a->class_name, b->class_name) && vc_target_same_term(a, b) &&
           a->deadline == b->deadline && a->selector == b->selector && a->unit == b->unit &&
           a->level == b->level && a->direction == b->direction &&
           a->decimals == b->decimals && same_value(&a->value, &b->value) &&
           (a->direction != VC_BETWEEN || same_value(&a->value_high, &b->value_high));
}

static bool same_targets(const vc_targets *a, const vc_targets *b) {
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (!same_target(&a->list[i], &b->list[i])) return false;
    return true;
}

/* Would the calculation give this run again? */
static vc_status is_same(const vci_replay *replay, const vc_run *run, const vc_panel *panel,
                         const vc_targets *targets, vc_period as_of, bool *same) {
    const vc_workspace *w = replay->workspace;
    const vc_run_options *o = &replay->options->run;
    *same = run->as_of == as_of && run->seed == o->seed && run->n_draws == o->draws &&
            memcmp(run->panel.digest, panel->digest, sizeof panel->digest) == 0 &&
            same_name(run->settings.basis, w->basis) &&
            strcmp(run->settings.workspace_text, w->text ? w->text : "") == 0 &&
            same_targets(&run->targets, targets);
    if (!*same) return VC_OK;
    return vc_run_models_current(w, replay->dirs, replay->findings, run, same);
}

/* panel and targets are those of the origin, not yet cut. */
static vc_status find_stored(const vci_replay *replay, vc_panel *panel, vc_targets *targets,
                             vc_period as_of, vc_run *run, bool *found) {
    vc_status st = VC_OK;
    vc_store_list list = {0};
    char prefix[VC_PERIOD_TEXT];
    *found = false;
    vc_period_format(as_of, panel->frequency, prefix);
    VC_TRY(vc_store_runs(replay->options->store, &list));
    for (size_t i = 0; i < list.n && !*found; i++) {
        const vc_store_entry *entry = &list.entries[i];
        if (strncmp(entry->id, prefix, strlen(prefix)) != 0 || !entry->version ||
            strcmp(entry->version, VC_VERSION_STRING) != 0)
            continue;
        /* A damaged run is as good as none: it is computed again. */
        if (vc_store_load(replay->options->store, entry->id, run) == VC_OK)
            VC_TRY(is_same(replay, run, panel, targets, as_of, found));
        if (!*found) vc_run_free(run);
    }
out:
    vc_store_list_free(&list);
    return st;
}

static vc_status compute(const vci_replay *replay, vc_panel *panel, vc_targets *targets,
                         vc_period as_of, vc_run *run) {
    vc_status st = VC_OK;
    vc_findings findings;
    vc_run_options options = replay->options->run;
    bool already;
    vc_findings_init(&findings, replay->findings->language);
    options.as_of = as_of;
    st = vc_run_compute(replay->workspace, panel, targets, replay->dirs, &options,
                        replay->observer, &findings, run);
    if (st == VC_BAD_INPUT || st == VC_BAD_MODEL) {
        vc_findings swap = *replay->findings;
        *replay->findings = findings;
        findings = swap;
    }
    VC_TRY(st);
    if (replay->options->store)
        VC_TRY(vc_store_save(replay->options->store, run, options.threads, 0, &already));
out:
    vc_findings_free(&findings);
    return st;
}

vc_status vci_origin_run(const vci_replay *replay, vc_year year, vc_period as_of,
                         vc_run *run) {
    vc_status st = VC_OK;
    vc_panel panel = {0};
    vc_targets targets = {0};
    bool found = false;
    VC_TRY(vci_replay_read(replay, year, as_of, &panel, &targets));
    VC_TRY(vc_panel_truncate(&panel, as_of));
    if (replay->options->store)
        VC_TRY(find_stored(replay, &panel, &targets, as_of, run, &found));
    if (!found) VC_TRY(compute(replay, &panel, &targets, as_of, run));
out:
    vc_panel_free(&panel);
    vc_targets_free(&targets);
    return st;
}
