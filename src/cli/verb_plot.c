/* vitalcast plot RUN: charts of a stored run. */
#include <string.h>

#include "cli/chart_file_internal.h"
#include "cli/datadirs_internal.h"
#include "cli/json_internal.h"
#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/small_cell_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/chart.h"

#define CHARTS "charts"

/* What of a run is to be drawn, and where to. */
typedef struct plot {
    const vci_cli *cli;
    const vc_run *run;
    vc_chart_options options;
    const char *out;
    size_t unit;        /* of the fan charts */
    vc_period year_end; /* VC_NO_PERIOD: all */
    vci_small_cells cells;
    size_t n_drawn, n_failed, n_small;
    vci_json json;
} plot;

/* --- what is asked for --------------------------------------------------------------- */

static bool names_target(const vc_run *run, const char *id, const char *indicator) {
    for (size_t i = 0; i < run->targets.n; i++)
        if ((!id || strcmp(run->targets.list[i].id, id) == 0) &&
            (!indicator || strcmp(run->targets.list[i].indicator, indicator) == 0))
            return true;
    return false;
}

/* The options against the run; false, with the message said, if it has no such thing. */
static bool choose(const vci_cli *cli, plot *p) {
    const vc_run *run = p->run;
    bool known_end = cli->year_end == NULL;
    p->unit = cli->unit ? vc_unit_find(&run->panel.tree, cli->unit) : run->panel.tree.root;
    if (p->unit == VC_NO_UNIT) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_UNIT, cli->unit);
        return false;
    }
    if (cli->target && !names_target(run, cli->target, NULL)) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_TARGET, cli->target);
        return false;
    }
    if (cli->indicator && !names_target(run, NULL, cli->indicator)) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_INDICATOR, cli->indicator);
        return false;
    }
    if (!vci_options_period(cli, VCI_OPTION_YEAR_END, cli->year_end, run->panel.frequency,
                            &p->year_end))
        return false;
    for (size_t i = 0; i < run->targets.n; i++)
        known_end = known_end || run->targets.list[i].year_end == p->year_end;
    if (!known_end) vci_usage_error(cli, VCI_TEXT_CLI_NO_YEAR_END, cli->year_end);
    return known_end;
}

static bool wanted(const plot *p, const vc_result *result) {
    const vci_cli *cli = p->cli;
    const vc_target *target = &p->run->targets.list[result->target];
    return result->unit == p->unit && result->path &&
           (p->year_end == VC_NO_PERIOD || p->year_end == target->year_end) &&
           (!cli->target || strcmp(cli->target, target->id) == 0) &&
           (!cli->indicator || strcmp(cli->indicator, target->indicator) == 0);
}

/*
 * A fan chart shows the year so far, last year and the year end: it is not drawn where one
 * of them is too small to be printed.
 */
static bool too_small(plot *p, size_t r) {
    const unsigned char *state = p->cells.state[r];
    const vc_result *result = &p->run->results[r];
    if (state[VCI_CELL_TO_DATE] == VCI_SHOWN && state[VCI_CELL_LAST_YEAR] == VCI_SHOWN &&
        state[VCI_CELL_BOUND] == VCI_SHOWN && state[VCI_CELL_YEAR_END] == VCI_SHOWN)
        return false;
    vci_say_line(stderr, p->cli->language, VCI_TEXT_CLI_CHART_SMALL,
                 p->run->targets.list[result->target].id,
                 p->run->panel.tree.units[result->unit].name);
    p->n_small++;
    return true;
}

/* --- files --------------------------------------------------------------------------- */

static const char *extension(const plot *p) {
    return p->options.format == VC_PNG ? "png" : "svg";
}

/*
 * charts/fan-2013-12-sex-ratio-990101.svg; the result's number tells changed names apart.
 */
static char *fan_path(const plot *p, size_t r) {
    const vc_result *result = &p->run->results[r];
    const vc_target *target = &p->run->targets.list[result->target];
    char end[VC_PERIOD_TEXT], id[VCI_NAME_PART + 1], code[VCI_NAME_PART + 1],
        number[24] = "";
    bool exact = vci_name_part(target->id, id);
    exact = vci_name_part(p->run->panel.tree.units[result->unit].code, code) && exact;
    if (!exact) snprintf(number, sizeof number, "-%zu", r);
    vc_period_format(target->year_end, p->run->panel.frequency, end);
    return vci_text_format("%s/fan-%s-%s-%s%s.%s", p->out, end, id, code, number,
                           extension(p));
}

static char *verdict_path(const plot *p, vc_period year_end) {
    char end[VC_PERIOD_TEXT];
    vc_period_format(year_end, p->run->panel.frequency, end);
    return vci_text_format("%s/verdict-%s.%s", p->out, end, extension(p));
}

/* --- drawing ------------------------------------------------------------------------- */

/* One chart that fails is reported and does not keep the others back. */
static vc_status finish(plot *p, const char *path, vc_status st) {
    if (st == VC_CHART_FAILED) {
        vci_say_failure(p->options.language, st);
        p->n_failed++;
        return VC_OK;
    }
    if (st != VC_OK) return st;
    p->n_drawn++;
    if (p->cli->json) {
        vci_json_text(&p->json, NULL, path);
    } else {
        vci_say_plain(stdout, path);
        fputc('\n', stdout);
    }
    return VC_OK;
}

static vc_status draw_fans(plot *p) {
    vc_status st = VC_OK;
    char *path = NULL;
    for (size_t r = 0; r < p->run->n_results; r++) {
        if (!wanted(p, &p->run->results[r]) || too_small(p, r)) continue;
        if (vci_signal_pending(NULL)) VC_FAIL(VC_INTERRUPTED, "%s", "");
        vci_free(path);
        path = fan_path(p, r);
        if (!path) VC_FAIL(VC_NO_MEMORY, "text");
        VC_TRY(finish(p, path, vc_chart_fan(p->run, r, &p->options, path)));
    }
out:
    vci_free(path);
    return st;
}

static vc_status draw_verdicts(plot *p) {
    vc_status st = VC_OK;
    char *path = NULL;
    for (size_t i = 0; i < p->run->n_year_ends; i++) {
        vc_period end = p->run->year_ends[i];
        if (p->year_end != VC_NO_PERIOD && p->year_end != end) continue;
        if (vci_signal_pending(NULL)) VC_FAIL(VC_INTERRUPTED, "%s", "");
        vci_free(path);
        path = verdict_path(p, end);
        if (!path) VC_FAIL(VC_NO_MEMORY, "text");
        VC_TRY(finish(p, path, vc_chart_verdict(p->run, end, &p->options, path)));
    }
out:
    vci_free(path);
    return st;
}

static vc_status draw(plot *p) {
    vc_status st = VC_OK;
    const vci_cli *cli = p->cli;
    bool picked = cli->unit || cli->target || cli->indicator;
    const char *kind = cli->kind ? cli->kind : picked ? "fan" : "all";
    VC_TRY(vci_folder_make(p->out));
    if (cli->json) {
        vci_json_object(&p->json, NULL, true);
        vci_json_text(&p->json, "run", p->run->id);
        vci_json_array(&p->json, "charts", true);
    }
    if (strcmp(kind, "verdict") != 0) VC_TRY(draw_fans(p));
    if (strcmp(kind, "fan") != 0) VC_TRY(draw_verdicts(p));
out:
    while (p->json.depth > 0) vci_json_close(&p->json);
    return st;
}

static int plot_run(const vci_cli *cli, const vc_run *run) {
    plot p = {.cli = cli, .run = run, .options = vc_chart_options_default()};
    vci_datadirs datadirs = {0};
    char *workspace = NULL;
    p.json.out = stdout;
    p.out = cli->out ? cli->out : CHARTS;
    if (!choose(cli, &p)) return VCI_WRONG_COMMAND_LINE;
    vc_status st = vci_stored_workspace(run, &workspace);
    if (st == VC_OK) st = vci_datadirs_find(workspace, &datadirs);
    if (st == VC_OK) st = vci_small_cells_find(run, &p.cells);
    p.options.language = cli->language;
    p.options.format = strcmp(cli->format, "png") == 0 ? VC_PNG : VC_SVG;
    p.options.dirs = datadirs.dirs;
    if (st == VC_OK) st = draw(&p);
    int code = vci_say_failure(cli->language, st);
    vci_datadirs_free(&datadirs);
    vci_small_cells_free(&p.cells);
    vci_free(workspace);
    if (code == 0 && p.n_failed > 0) return vc_status_exit_code(VC_CHART_FAILED);
    if (code == 0 && p.n_drawn == 0 && p.n_small == 0)
        return vci_usage_error(cli, VCI_TEXT_CLI_NO_CHART);
    return code;
}

int vci_verb_plot(vci_cli *cli) {
    vc_run run;
    memset(&run, 0, sizeof run);
    vci_signal_catch();
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    int code = st == VC_OK ? plot_run(cli, &run) : vc_status_exit_code(st);
    vc_run_free(&run);
    return code;
}
