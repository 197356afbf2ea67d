/* vitalcast plot RUN: charts of a stored run. */
#include <stdlib.h>
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
    vc_charts charts; /* all that the run has something for */
    vc_chart_options options;
    const char *out;
    size_t unit;        /* of the kinds that show one */
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

/* An event is drawn, too, where it has no target. */
static bool names_indicator(const plot *p, const char *indicator) {
    for (size_t i = 0; i < p->charts.n; i++)
        if (p->charts.list[i].indicator && !strcmp(p->charts.list[i].indicator, indicator))
            return true;
    return names_target(p->run, NULL, indicator);
}

static bool names_year_end(const plot *p) {
    for (size_t i = 0; i < p->run->targets.n; i++)
        if (p->run->targets.list[i].year_end == p->year_end) return true;
    return p->year_end == VC_NO_PERIOD;
}

/* The options against the run; false, with the message said, if it has no such thing. */
static bool choose(const vci_cli *cli, const plot *p) {
    bool known = true;
    if (cli->target && !names_target(p->run, cli->target, NULL)) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_TARGET, cli->target);
        known = false;
    } else if (cli->indicator && !names_indicator(p, cli->indicator)) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_INDICATOR, cli->indicator);
        known = false;
    } else if (!names_year_end(p)) {
        vci_usage_error(cli, VCI_TEXT_CLI_NO_YEAR_END, cli->year_end);
        known = false;
    }
    return known;
}

static const vc_target *target_of(const plot *p, const vc_chart *chart) {
    if (chart->result == SIZE_MAX) return NULL;
    return &p->run->targets.list[p->run->results[chart->result].target];
}

static bool wanted_kind(const vci_cli *cli, vc_chart_kind kind) {
    bool picked = cli->unit || cli->target || cli->indicator;
    const char *wanted = cli->kind ? cli->kind : picked ? "fan" : "all";
    return !strcmp(wanted, "all") || !strcmp(wanted, vc_chart_kind_name(kind));
}

static bool wanted(const plot *p, const vc_chart *chart) {
    const vci_cli *cli = p->cli;
    const vc_target *target = target_of(p, chart);
    return wanted_kind(cli, chart->kind) &&
           (p->year_end == VC_NO_PERIOD || chart->year_end == VC_NO_PERIOD ||
            p->year_end == chart->year_end) &&
           (!cli->target || (target && !strcmp(cli->target, target->id))) &&
           (!cli->indicator ||
            (chart->indicator && !strcmp(cli->indicator, chart->indicator)));
}

/* What is missing among the fan charts is said, and why. */
static bool too_small(const plot *p, size_t r) {
    const unsigned char *state = p->cells.state[r];
    return state[VCI_CELL_TO_DATE] != VCI_SHOWN || state[VCI_CELL_LAST_YEAR] != VCI_SHOWN ||
           state[VCI_CELL_BOUND] != VCI_SHOWN || state[VCI_CELL_YEAR_END] != VCI_SHOWN;
}

static void say_small(plot *p) {
    for (size_t r = 0; r < p->run->n_results; r++) {
        const vc_result *result = &p->run->results[r];
        const vc_target *target = &p->run->targets.list[result->target];
        vc_chart fan = {.kind = VC_CHART_FAN,
                        .indicator = target->indicator,
                        .year_end = target->year_end,
                        .result = r};
        if (result->unit != p->unit || !result->path || !wanted(p, &fan)) continue;
        if (!too_small(p, r)) continue;
        vci_say_line(stderr, p->cli->language, VCI_TEXT_CLI_CHART_SMALL, target->id,
                     p->run->panel.tree.units[result->unit].name);
        p->n_small++;
    }
}

/* --- drawing ------------------------------------------------------------------------- */

static vc_status say_path(plot *p, const char *path, size_t page) {
    vc_status st = VC_OK;
    char *full = NULL;
    VC_TRY(vc_chart_page_path(path, page, &full));
    if (p->cli->json) {
        vci_json_text(&p->json, NULL, full);
    } else {
        vci_say_plain(stdout, full);
        fputc('\n', stdout);
    }
out:
    free(full);
    return st;
}

/* One chart that fails is reported and does not keep the others back. */
static vc_status finish(plot *p, const char *path, size_t n_pages, vc_status st) {
    if (st == VC_CHART_FAILED) {
        vci_say_failure(p->options.language, st);
        p->n_failed++;
        return VC_OK;
    }
    if (st == VC_OK) p->n_drawn++;
    for (size_t page = 0; st == VC_OK && page < n_pages; page++)
        st = say_path(p, path, page);
    return st;
}

static vc_status draw_charts(plot *p) {
    vc_status st = VC_OK;
    char *path = NULL;
    for (size_t i = 0; i < p->charts.n; i++) {
        const vc_chart *chart = &p->charts.list[i];
        char name[VC_CHART_NAME];
        size_t n_pages = 0;
        if (!wanted(p, chart)) continue;
        if (vci_signal_pending(NULL)) VC_FAIL(VC_INTERRUPTED, "%s", "");
        vci_free(path);
        vc_chart_file_name(p->run, chart, p->options.format, name);
        path = vci_text_format("%s/%s", p->out, name);
        if (!path) VC_FAIL(VC_NO_MEMORY, "text");
        vc_status drawn = vc_chart_draw(p->run, chart, &p->options, path, &n_pages);
        VC_TRY(finish(p, path, n_pages, drawn));
    }
out:
    vci_free(path);
    return st;
}

static vc_status draw(plot *p) {
    vc_status st = VC_OK;
    VC_TRY(vci_folder_make(p->out));
    if (p->cli->json) {
        vci_json_object(&p->json, NULL, true);
        vci_json_text(&p->json, "run", p->run->id);
        vci_json_array(&p->json, "charts", true);
    }
    say_small(p);
    VC_TRY(draw_charts(p));
out:
    while (p->json.depth > 0) vci_json_close(&p->json);
    return st;
}

/* Unit and year end as indexes; false, with the message said, if there are none. */
static bool read_options(plot *p) {
    const vci_cli *cli = p->cli;
    const vc_panel *panel = &p->run->panel;
    p->unit = cli->unit ? vc_unit_find(&panel->tree, cli->unit) : panel->tree.root;
    if (p->unit == VC_NO_UNIT) vci_usage_error(cli, VCI_TEXT_CLI_NO_UNIT, cli->unit);
    return p->unit != VC_NO_UNIT &&
           vci_options_period(cli, VCI_OPTION_YEAR_END, cli->year_end, panel->frequency,
                              &p->year_end);
}

static int plot_run(const vci_cli *cli, const vc_run *run) {
    plot p = {.cli = cli, .run = run, .options = vc_chart_options_default()};
    vci_datadirs datadirs = {0};
    vc_chart_font font;
    char *workspace = NULL;
    int code = VCI_WRONG_COMMAND_LINE;
    p.json.out = stdout;
    p.out = cli->out ? cli->out : CHARTS;
    if (!read_options(&p)) return code;
    vc_status st = vc_charts_find(run, p.unit, &p.charts);
    if (st == VC_OK && !choose(cli, &p)) goto out;
    if (st == VC_OK) st = vci_stored_workspace(run, &workspace);
    if (st == VC_OK) st = vci_datadirs_find(workspace, &datadirs);
    if (st == VC_OK) st = vci_small_cells_find(run, &p.cells);
    if (st == VC_OK) st = vc_chart_font_find(p.options.timeout_seconds, &font);
    p.options.font = &font;
    p.options.language = cli->language;
    (void)vc_chart_format_parse(cli->format, &p.options.format); /* one of the words */
    p.options.dirs = datadirs.dirs;
    if (st == VC_OK) st = draw(&p);
    code = vci_say_failure(cli->language, st);
    if (code == 0 && p.n_failed > 0)
        code = vc_status_exit_code(VC_CHART_FAILED);
    else if (code == 0 && p.n_drawn == 0 && p.n_small == 0)
        code = vci_usage_error(cli, VCI_TEXT_CLI_NO_CHART);
out:
    vci_datadirs_free(&datadirs);
    vci_small_cells_free(&p.cells);
    vc_charts_free(&p.charts);
    vci_free(workspace);
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
