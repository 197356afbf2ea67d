/* vitalcast backtest DIR: what this tool would have said in past years, scored. */
#include <string.h>

#include "cli/datadirs_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/options_internal.h"
#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/stored_internal.h"
#include "cli/track_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/backtest.h"

/* Runs of origins lie below the workspace's own runs. */
#define ORIGINS VCI_STORE "/backtest"

static bool take_lists(const vci_cli *cli, vc_frequency frequency,
                       vc_backtest_options *options) {
    int months[VC_BACKTEST_MONTHS];
    bool good = vci_options_list(cli, VCI_OPTION_YEARS, cli->years, 1000, 2999,
                                 VC_BACKTEST_YEARS, options->years, &options->n_years) &&
                vci_options_list(cli, VCI_OPTION_MONTHS, cli->months, 0, (int)frequency - 1,
                                 VC_BACKTEST_MONTHS, months, &options->n_months);
    for (size_t i = 0; good && i < options->n_months; i++)
        options->months[i] = (unsigned)months[i];
    return good;
}

static char *store_of(const vci_cli *cli) {
    const char *dir = cli->words[0];
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/') n--;
    return cli->store ? vci_text_copy(cli->store, strlen(cli->store))
                      : vci_text_format("%.*s/" ORIGINS, (int)n, dir);
}

static vc_status replay(const vci_cli *cli, vci_input *input, vc_backtest_options *options,
                        vc_track *track) {
    vc_status st = VC_OK;
    vci_datadirs datadirs = {0};
    vci_progress progress;
    size_t printed = input->findings.n;
    char *store = store_of(cli);
    vci_progress_init(&progress, cli->language, cli->quiet);
    vc_observer observer = vci_progress_observer(&progress);
    if (!store) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(vci_datadirs_find(input->workspace.dir, &datadirs));
    options->store = store;
    options->ahead = cli->ahead;
    options->run.seed = cli->run.seed;
    options->run.threads = cli->run.threads;
    if (cli->draws_given) options->run.draws = cli->run.draws;
    VC_TRY(vc_backtest_run(&input->workspace, &datadirs.dirs, options, &observer,
                           &input->findings, track));
out:
    vci_progress_clear(&progress);
    vci_findings_print(stderr, &input->findings, printed, VC_FAULT);
    vci_datadirs_free(&datadirs);
    vci_free(store);
    return st;
}

static void print_notes(const vci_cli *cli, const vci_input *input) {
    fputc('\n', stdout);
    if (input->workspace.synthetic)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_SYNTHETIC);
    if (input->workspace.source)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_SOURCE,
                     input->workspace.source);
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_BOUNDARY);
}

/* --out: charts of the record. */
static vc_status draw(const vci_cli *cli, const vci_input *input, const vc_track *track) {
    vc_status st = VC_OK;
    vci_datadirs datadirs = {0};
    bool png = strcmp(cli->format, "png") == 0;
    vci_track_charts charts = {.track = track,
                               .options = vc_chart_options_default(),
                               .out = cli->out,
                               .extension = png ? "png" : "svg"};
    VC_TRY(vci_datadirs_find(input->workspace.dir, &datadirs));
    charts.options.language = cli->language;
    charts.options.format = png ? VC_PNG : VC_SVG;
    charts.options.dirs = datadirs.dirs;
    VC_TRY(vci_track_draw(&charts));
out:
    vci_datadirs_free(&datadirs);
    return st;
}

static vc_status print(const vci_cli *cli, const vci_input *input, const vc_track *track) {
    vc_status st = VC_OK;
    vci_json json = {.out = stdout};
    if (!cli->json) {
        VC_TRY(vci_track_print(track, cli->language, stdout));
        print_notes(cli, input);
        if (cli->out) VC_TRY(draw(cli, input, track));
        goto out;
    }
    vci_json_object(&json, NULL, true);
    vci_json_text(&json, "workspace", input->workspace.name);
    vci_json_flag(&json, "synthetic", input->workspace.synthetic);
    vci_json_text(&json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, cli->language));
    VC_TRY(vci_track_json(track, &json));
    vci_json_close(&json);
out:
    return st;
}

int vci_verb_backtest(vci_cli *cli) {
    vci_input input;
    vc_track track = {0};
    vc_backtest_options options = vc_backtest_options_default();
    bool wrong;
    vci_signal_catch();
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (st == VC_OK) wrong = !take_lists(cli, input.workspace.frequency, &options);
    if (!wrong)
        vci_findings_print(stderr, &input.findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
    if (!wrong && st == VC_OK) st = replay(cli, &input, &options, &track);
    if (!wrong && st == VC_OK) st = print(cli, &input, &track);
    if (st == VC_BAD_INPUT)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, input.findings.n_faults);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    vc_track_free(&track);
    vci_input_free(&input);
    return code;
}
