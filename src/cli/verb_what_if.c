/* vitalcast what-if RUN: the same draws under a declared change, or the change to a goal.
 */
#include <stdlib.h>
#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/options_internal.h"
#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/stored_internal.h"
#include "cli/what_if_sheet_internal.h"
#include "core/memory_internal.h"
#include "core/status_internal.h"
#include "vitalcast/store.h"

#define DEFAULT_PROBABILITY 0.8

/* --- scenario ------------------------------------------------------------------------- */

/* --store, else the folder of the run that is changed. */
static char *store_dir(const vci_cli *cli, const vc_run *base) {
    const char *slash = strrchr(base->file, '/');
    if (cli->store) return vci_text_copy(cli->store, strlen(cli->store));
    return slash ? vci_text_copy(base->file, (size_t)(slash - base->file))
                 : vci_text_copy(".", 1);
}

static vc_status compute(const vci_cli *cli, vc_scenario *scenario, vc_run *run) {
    vci_progress progress;
    vci_progress_init(&progress, cli->language, cli->quiet);
    vc_observer observer = vci_progress_observer(&progress);
    vc_status st = vc_run_what_if(run, scenario, cli->run.threads, &observer);
    vci_progress_clear(&progress);
    return st;
}

static vc_status store(const vci_cli *cli, const vc_run *base, double seconds, vc_run *run,
                       bool *already) {
    vc_status st = VC_OK;
    char *dir = NULL;
    if (cli->no_store) goto out;
    dir = store_dir(cli, base);
    if (!dir) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vc_store_save(dir, run, vci_thread_count(cli), seconds, already));
out:
    vci_free(dir);
    return st;
}

static void say_stored(const vci_cli *cli, const vc_run *run, bool already) {
    fputc('\n', stdout);
    if (cli->no_store)
        vci_say_line(stdout, cli->language, VCI_TEXT_SCENARIO_NOT_STORED);
    else
        vci_say_line(stdout, cli->language,
                     already ? VCI_TEXT_CLI_RUN_ALREADY : VCI_TEXT_CLI_RUN_STORED, run->id,
                     run->file);
}

static vc_status show(const vci_cli *cli, const vc_run *base, const vc_run *run,
                      bool already) {
    vc_status st = VC_OK;
    vci_what_if both;
    VC_TRY(vci_what_if_init(base, run, cli->language, cli->all, &both));
    if (cli->json) {
        vci_json json = {.out = stdout};
        vci_what_if_json(&both, &json);
    } else {
        VC_TRY(vci_what_if_print(&both, stdout));
        say_stored(cli, run, already);
    }
out:
    vci_what_if_free(&both);
    return st;
}

/* run: the base, loaded once more. */
static vc_status suppose(const vci_cli *cli, const vc_run *base, vc_scenario *scenario,
                         vc_run *run) {
    vc_status st = VC_OK;
    double begun = vci_seconds();
    bool already = false;
    VC_TRY(vc_store_load("", base->file, run));
    VC_TRY(compute(cli, scenario, run));
    if (vci_signal_pending(NULL)) VC_FAIL(VC_INTERRUPTED, "before storing");
    VC_TRY(store(cli, base, vci_seconds() - begun, run, &already));
    VC_TRY(show(cli, base, run, already));
out:
    return st;
}

/* Returns the exit code. */
static int run_scenario(const vci_cli *cli, const vc_run *base) {
    vc_findings findings;
    vc_scenario scenario;
    vc_run run = {0};
    vc_findings_init(&findings, cli->language);
    vc_status st = vc_scenario_read(cli->scenario, &base->panel, base->as_of,
                                    vc_run_horizon(base), &findings, &scenario);
    vci_findings_print(stderr, &findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
    if (st == VC_OK) st = suppose(cli, base, &scenario, &run);
    if (st == VC_BAD_INPUT)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, findings.n_faults);
    int code = vci_say_failure(cli->language, st);
    vc_scenario_free(&scenario);
    vc_findings_free(&findings);
    vc_run_free(&run);
    return code;
}

/* --- goal seek ------------------------------------------------------------------------ */

static bool take_probability(const vci_cli *cli, double *probability) {
    char *end = NULL;
    *probability = DEFAULT_PROBABILITY;
    if (!cli->probability) return true;
    *probability = strtod(cli->probability, &end);
    if (end != cli->probability && !*end && *probability > 0 && *probability < 1)
        return true;
    vci_usage_error(cli, VCI_TEXT_SCENARIO_BAD_PROBABILITY, cli->probability);
    return false;
}

/* The result that is meant; run->n_results when there is none, which has been said. */
static size_t find_result(const vci_cli *cli, const vc_run *run) {
    size_t best = run->n_results;
    bool named = false;
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_unit *unit = &run->panel.tree.units[run->results[r].unit];
        if (strcmp(run->targets.list[run->results[r].target].id, cli->goal_seek) != 0)
            continue;
        named = true;
        if (cli->unit && strcmp(unit->code, cli->unit) != 0) continue;
        if (best == run->n_results ||
            unit->level < run->panel.tree.units[run->results[best].unit].level)
            best = r;
    }
    if (best == run->n_results && named)
        vci_usage_error(cli, VCI_TEXT_SCENARIO_NO_RESULT, cli->goal_seek, cli->unit);
    else if (best == run->n_results)
        vci_usage_error(cli, VCI_TEXT_SCENARIO_NO_TARGET, cli->goal_seek);
    return best;
}

/* False when no goal is sought for it, and why not has been said. */
static bool may_seek(const vci_cli *cli, const vc_run *run, size_t result) {
    const vc_target *target = &run->targets.list[run->results[result].target];
    char *name = NULL;
    switch (vc_goal_open(run, result)) {
    case VC_GOAL_OPEN:
        return true;
    case VC_GOAL_BOUNDARY:
        name = vci_indicator_text(run, target->indicator, cli->language);
        vci_usage_error(cli, VCI_TEXT_GOAL_BOUNDARY, target->id,
                        name ? name : target->indicator);
        vci_free(name);
        break;
    case VC_GOAL_TWO_ENDS:
        vci_usage_error(cli, VCI_TEXT_GOAL_BETWEEN, target->id);
        break;
    case VC_GOAL_CLASS_MEAN:
        vci_usage_error(cli, VCI_TEXT_GOAL_CLASS_MEAN, target->id);
        break;
    case VC_GOAL_OVER:
        vci_usage_error(cli, VCI_TEXT_GOAL_OVER, target->id);
        break;
    }
    return false;
}

/* Returns the exit code. */
static int seek(const vci_cli *cli, double probability, const vc_run *run) {
    vc_goal goal;
    size_t result = find_result(cli, run);
    if (result == run->n_results || !may_seek(cli, run, result))
        return VCI_WRONG_COMMAND_LINE;
    vc_status st = vc_goal_seek(run, result, probability, cli->run.threads, &goal);
    if (st == VC_OK && cli->json) {
        vci_json json = {.out = stdout};
        st = vci_goal_json(run, cli->language, &goal, &json);
    } else if (st == VC_OK) {
        st = vci_goal_print(run, cli->language, &goal, stdout);
    }
    return vci_say_failure(cli->language, st);
}

int vci_verb_what_if(vci_cli *cli) {
    vc_run run = {0};
    double probability;
    int code;
    if (!cli->scenario == !cli->goal_seek)
        return vci_usage_error(cli, VCI_TEXT_SCENARIO_ONE_OF);
    if (!take_probability(cli, &probability)) return VCI_WRONG_COMMAND_LINE;
    vci_signal_catch();
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    if (st != VC_OK)
        code = vc_status_exit_code(st); /* said already */
    else if (run.scenario.n > 0)
        code =
            vci_usage_error(cli, VCI_TEXT_SCENARIO_ON_SCENARIO, run.id, run.scenario.base);
    else
        code = cli->scenario ? run_scenario(cli, &run) : seek(cli, probability, &run);
    vc_run_free(&run);
    return code;
}
