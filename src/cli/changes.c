#include "cli/changes_internal.h"

#include <math.h>
#include <string.h>

#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/role.h"

/* --- may they be compared? ---------------------------------------------------------------
 */

static const char *or_dash(const char *text) { return text ? text : "—"; }

static void say_refusal(const vci_cli *cli, vc_comparable why, const vc_run *before,
                        const char *workspace, const char *basis, vc_frequency frequency,
                        vc_period as_of) {
    char one[VC_PERIOD_TEXT], other[VC_PERIOD_TEXT];
    const char *id = before->id;
    vc_period_format(before->as_of, before->panel.frequency, one);
    vc_period_format(as_of, frequency, other);
    switch (why) {
    case VC_OTHER_WORKSPACE:
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_OTHER_WORKSPACE, id,
                     or_dash(before->settings.name), or_dash(workspace));
        break;
    case VC_OTHER_FREQUENCY:
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_OTHER_FREQUENCY, id,
                     (int)before->panel.frequency, (int)frequency);
        break;
    case VC_OTHER_BASIS:
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_OTHER_BASIS, id,
                     or_dash(before->settings.basis), or_dash(basis));
        break;
    case VC_SCENARIO_RUN:
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_SCENARIO_RUN, id);
        break;
    case VC_EARLIER_AS_OF:
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_EARLIER_AS_OF, id, one, other);
        break;
    case VC_COMPARABLE:
        break;
    }
}

bool vci_changes_accept(const vci_cli *cli, const vc_run *before, const char *workspace,
                        const char *basis, vc_frequency frequency, vc_period as_of) {
    vc_comparable why = vc_changes_comparable(before, workspace, basis, frequency, as_of);
    if (why == VC_COMPARABLE) return true;
    say_refusal(cli, why, before, workspace, basis, frequency, as_of);
    return false;
}

/* --- making them -------------------------------------------------------------------------
 */

/* The result of the earlier run that a change is about; SIZE_MAX if there is none. */
static size_t find_before(const vc_run *before, const vc_run *after, size_t result) {
    const vc_result *r = &after->results[result];
    const vc_target *t = &after->targets.list[r->target];
    const char *code = after->panel.tree.units[r->unit].code;
    for (size_t i = 0; i < before->n_results; i++) {
        const vc_result *b = &before->results[i];
        const vc_target *u = &before->targets.list[b->target];
        if (u->year_end == t->year_end && u->length == t->length &&
            strcmp(u->id, t->id) == 0 &&
            strcmp(before->panel.tree.units[b->unit].code, code) == 0)
            return i;
    }
    return SIZE_MAX;
}

static void forget_median(vc_changed *changed) {
    changed->median_before = NAN;
    for (int s = 0; s < VC_CHANGE_STEPS; s++) changed->median_step[s] = NAN;
}

static vc_status hide_small(const vc_run *before, vc_run *after) {
    vc_status st = VC_OK;
    vci_small_cells cells = {0};
    VC_TRY(vci_small_cells_find(before, &cells));
    for (size_t i = 0; i < after->changes.n; i++) {
        vc_changed *changed = &after->changes.list[i];
        size_t r = find_before(before, after, changed->result);
        if (r == SIZE_MAX || cells.state[r][VCI_CELL_YEAR_END] != VCI_SHOWN)
            forget_median(changed);
    }
out:
    vci_small_cells_free(&cells);
    return st;
}

vc_status vci_changes_make(const vci_cli *cli, const vc_run *before, vc_run *after) {
    vc_status st = VC_OK;
    vci_progress progress;
    vci_progress_init(&progress, cli->language, cli->quiet);
    vc_observer observer = vci_progress_observer(&progress);
    vc_changes_free(&after->changes);
    VC_TRY(vc_changes_find(before, after, cli->run.threads, &observer, &after->changes));
    VC_TRY(hide_small(before, after));
out:
    vci_progress_clear(&progress);
    return st;
}

/* --- small counts ------------------------------------------------------------------------
 */

/* An indicator that tells what a count of the event would. */
static const char *told_by(vc_event event) {
    static const char *const names[VC_EVENTS] = {[VC_BIRTHS] = "births",
                                                 [VC_BIRTHS_MALE] = "sex_ratio_at_birth",
                                                 [VC_BIRTHS_FEMALE] = "sex_ratio_at_birth",
                                                 [VC_BIRTHS_COMPLIANT] =
                                                     "policy_compliance_rate",
                                                 [VC_DEATHS] = "deaths",
                                                 [VC_ARRIVALS] = "arrivals",
                                                 [VC_DEPARTURES] = "departures"};
    return names[event];
}

void vci_changes_hidden_news(const vc_run *run, const vc_suppression *suppression,
                             bool *hidden) {
    for (size_t i = 0; i < run->changes.n_news; i++) {
        const vc_news *news = &run->changes.news[i];
        hidden[i] = !vc_suppression_tells(suppression, told_by(news->event),
                                          run->panel.tree.root, news->period, news->period);
    }
}

/* --- runs diff ---------------------------------------------------------------------------
 */

static vc_status print(const vci_cli *cli, const vc_run *after) {
    vc_status st = VC_OK;
    vci_sheet sheet;
    vci_json json = {.out = stdout};
    VC_TRY(vci_sheet_init(after, cli->language, cli->all, &sheet));
    if (!cli->json) {
        VC_TRY(vci_sheet_print_changes(&sheet, stdout));
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_BOUNDARY);
        goto out;
    }
    vci_json_object(&json, NULL, true);
    vci_json_text(&json, "run", after->id);
    vci_json_text(&json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, cli->language));
    vci_sheet_changes_json(&sheet, &json);
    vci_json_close(&json);
out:
    vci_sheet_free(&sheet);
    return st;
}

static bool is_known(const vc_run *before, const vc_run *after) {
    return after->changes.before && strcmp(after->changes.before, before->id) == 0;
}

int vci_runs_diff(vci_cli *cli) {
    vc_run before = {0}, after = {0};
    vc_status st = vci_stored_load(cli, cli->words[1], &before);
    if (st == VC_OK) st = vci_stored_load(cli, cli->words[2], &after);
    int code = vc_status_exit_code(st); /* said already */
    if (st != VC_OK) goto out;
    if (after.scenario.n > 0) {
        vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_SCENARIO_RUN, after.id);
        code = vc_status_exit_code(VC_BAD_INPUT);
    } else if (vci_changes_accept(cli, &before, after.settings.name, after.settings.basis,
                                  after.panel.frequency, after.as_of)) {
        if (!is_known(&before, &after)) st = vci_changes_make(cli, &before, &after);
        if (st == VC_OK) st = print(cli, &after);
        code = vci_say_failure(cli->language, st);
    } else {
        code = vc_status_exit_code(VC_BAD_INPUT);
    }
out:
    vc_run_free(&before);
    vc_run_free(&after);
    return code;
}
