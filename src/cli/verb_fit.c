/* vitalcast fit DIR: what the models learned. */
#include <string.h>

#include "cli/completeness_internal.h"
#include "cli/datadirs_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/learned_internal.h"
#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/small_cell_internal.h"
#include "core/memory_internal.h"

static void print_findings(const vci_cli *cli, const vc_findings *findings, size_t first) {
    vci_findings_print(stderr, findings, first, cli->quiet ? VC_FAULT : VC_INFO);
}

static vc_status fit(const vci_cli *cli, vci_input *input, vc_run *run) {
    vci_datadirs datadirs;
    vci_progress progress;
    vc_run_options options = cli->run;
    size_t printed = input->findings.n;
    vc_status st = vci_datadirs_find(input->workspace.dir, &datadirs);
    options.as_of = input->as_of;
    vci_progress_init(&progress, cli->language, cli->quiet);
    vc_observer observer = vci_progress_observer(&progress);
    if (st == VC_OK)
        st = vc_run_fit(&input->workspace, &input->panel, &input->targets, &datadirs.dirs,
                        &options, &observer, &input->findings, run);
    vci_progress_clear(&progress);
    print_findings(cli, &input->findings, printed);
    vci_datadirs_free(&datadirs);
    return st;
}

static vc_status show_fit(const vci_cli *cli, const vc_run *run, size_t i, vci_json *json) {
    vc_status st = VC_OK;
    vc_learned learned = {0};
    bool *hidden = NULL;
    VC_NEW(hidden, run->panel.tree.n);
    VC_TRY(vci_small_units_find(run, run->fits[i].role, hidden));
    VC_TRY(vc_learned_find(run, i, &learned));
    vci_lesson lesson = {run, &run->fits[i], &learned, hidden, cli->language};
    if (cli->json)
        vci_lesson_json(&lesson, json);
    else
        VC_TRY(vci_lesson_print(&lesson, stdout));
out:
    vc_learned_free(&learned);
    vci_free(hidden);
    return st;
}

static void begin_json(const vci_cli *cli, const vc_run *run, vci_json *json) {
    char as_of[VC_PERIOD_TEXT];
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    vci_json_object(json, NULL, true);
    vci_json_text(json, "workspace", run->settings.name);
    vci_json_text(json, "as_of", as_of);
    if (run->settings.basis) vci_json_text(json, "basis", run->settings.basis);
    vci_json_flag(json, "synthetic", run->settings.synthetic);
    vci_json_text(json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, cli->language));
    vci_completeness_json(json, run);
    vci_json_array(json, "fits", true);
}

static vc_status print_notes(const vci_cli *cli, const vc_run *run) {
    vc_status st = vci_completeness_print(stdout, run, cli->language);
    vci_say_line(stdout, cli->language, VCI_TEXT_LEARNED_CAUSES);
    if (run->settings.synthetic)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_SYNTHETIC);
    if (run->settings.source)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_SOURCE, run->settings.source);
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_BOUNDARY);
    return st;
}

static vc_status work(const vci_cli *cli, vci_input *input, vc_run *run) {
    vc_status st = VC_OK;
    vci_json json = {.out = stdout};
    VC_TRY(fit(cli, input, run));
    if (vci_signal_pending(NULL)) return VC_INTERRUPTED;
    if (cli->json) begin_json(cli, run, &json);
    if (!cli->json && run->settings.basis)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_BASIS,
                     vci_basis_text(run->settings.basis, cli->language));
    for (size_t i = 0; i < run->n_fits; i++) VC_TRY(show_fit(cli, run, i, &json));
    if (!cli->json) VC_TRY(print_notes(cli, run));
    if (cli->json) vci_json_close(&json);
    if (cli->json) vci_json_close(&json);
out:
    return st;
}

/* One basis; returns the exit code. */
static int fit_once(vci_cli *cli, bool *more) {
    vci_input input;
    vc_run run;
    bool wrong;
    memset(&run, 0, sizeof run);
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (!wrong) print_findings(cli, &input.findings, 0);
    if (!wrong && st == VC_OK) st = work(cli, &input, &run);
    if (st == VC_BAD_INPUT)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, input.findings.n_faults);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    *more = input.more && code == 0;
    vc_run_free(&run);
    vci_input_free(&input);
    return code;
}

int vci_verb_fit(vci_cli *cli) {
    bool more;
    vci_signal_catch();
    int code = fit_once(cli, &more);
    if (more) {
        vci_input_next_basis(cli);
        code = fit_once(cli, &more);
    }
    return code;
}
