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
    if (cli->keep_given) options->run.keep = cli->run.keep;
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

/* --out: charts of the record; of two bases each in a folder of its own. */
static vc_status draw(const vci_cli *cli, const vci_input *input, const vc_track *track,
                      bool both) {
    vc_status st = VC_OK;
    vci_datadirs datadirs = {0};
    vc_chart_font font;
    char *out = both ? vci_text_format("%s/%s", cli->out, input->workspace.basis)
                     : vci_text_copy(cli->out, strlen(cli->out));
    vci_track_charts charts = {
        .track = track, .options = vc_chart_options_default(), .out = out};
    if (!out) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(vci_datadirs_find(input->workspace.dir, &datadirs));
    charts.options.language = cli->language;
    (void)vc_chart_format_parse(cli->format, &charts.options.format);
    charts.options.dirs = datadirs.dirs;
    VC_TRY(vc_chart_font_find(charts.options.timeout_seconds, &font));
    charts.options.font = &font;
    VC_TRY(vci_track_draw(&charts));
out:
    vci_datadirs_free(&datadirs);
    vci_free(out);
    return st;
}

static vc_status print_words(const vci_cli *cli, const vci_input *input,
                             const vc_track *track, bool both) {
    vc_status st = VC_OK;
    if (input->workspace.basis)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_BASIS,
                     vci_basis_text(input->workspace.basis, cli->language));
    VC_TRY(vci_track_print(track, cli->language, stdout));
    print_notes(cli, input);
    if (cli->out) VC_TRY(draw(cli, input, track, both));
out:
    return st;
}

static vc_status print_json(const vci_cli *cli, const vci_input *input,
                            const vc_track *track, vci_json *json) {
    vc_status st = VC_OK;
    vci_json_object(json, NULL, true);
    vci_json_text(json, "workspace", input->workspace.name);
    if (input->workspace.basis) vci_json_text(json, "basis", input->workspace.basis);
    vci_json_flag(json, "synthetic", input->workspace.synthetic);
    vci_json_text(json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, cli->language));
    VC_TRY(vci_track_json(track, json));
    vci_json_close(json);
out:
    return st;
}

static vc_status work(const vci_cli *cli, vci_input *input, vc_backtest_options *options,
                      bool second, vci_json *json) {
    vc_status st = VC_OK;
    vc_track track = {0};
    VC_TRY(replay(cli, input, options, &track));
    if (input->more && cli->json) {
        vci_json_object(json, NULL, true);
        vci_json_array(json, "bases", true);
    }
    if (cli->json)
        VC_TRY(print_json(cli, input, &track, json));
    else
        VC_TRY(print_words(cli, input, &track, input->more || second));
out:
    vc_track_free(&track);
    return st;
}

/* One basis; returns the exit code. */
static int backtest_once(vci_cli *cli, bool second, vci_json *json, bool *more) {
    vci_input input;
    vc_backtest_options options = vc_backtest_options_default();
    bool wrong;
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (st == VC_OK) wrong = !take_lists(cli, input.workspace.frequency, &options);
    if (!wrong)
        vci_findings_print(stderr, &input.findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
    if (!wrong && st == VC_OK) st = work(cli, &input, &options, second, json);
    if (st == VC_BAD_INPUT)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, input.findings.n_faults);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    *more = input.more && code == 0;
    vci_input_free(&input);
    return code;
}

int vci_verb_backtest(vci_cli *cli) {
    vci_json json = {.out = stdout};
    bool more;
    vci_signal_catch();
    int code = backtest_once(cli, false, &json, &more);
    if (more) {
        if (!cli->json) fputc('\n', stdout);
        vci_input_next_basis(cli);
        code = backtest_once(cli, true, &json, &more);
    }
    while (json.depth > 0) vci_json_close(&json);
    return code;
}
