/* vitalcast check DIR: every finding, which is the result, on stdout. */
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/quality_print_internal.h"
#include "cli/revisions_internal.h"
#include "cli/say_internal.h"
#include "core/status_internal.h"

static void print_summary(const vci_cli *cli, const vci_input *input) {
    const vc_panel *panel = &input->panel;
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    if (input->findings.n_faults > 0) {
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_CHECKED_BAD,
                     input->findings.n_faults, input->findings.n_warnings);
        return;
    }
    vc_period_format(panel->first, panel->frequency, first);
    vc_period_format(vc_panel_last(panel), panel->frequency, last);
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_CHECKED_GOOD,
                 input->findings.n_warnings, panel->tree.n, panel->tree.n_leaves, first,
                 last, input->targets.n);
}

static void print_json(const vci_input *input, const vci_looks *looks) {
    vci_json json = {.out = stdout};
    vci_json_object(&json, NULL, true);
    vci_json_whole(&json, "faults", input->findings.n_faults);
    vci_json_whole(&json, "warnings", input->findings.n_warnings);
    vci_json_whole(&json, "not_listed", input->findings.n_more);
    vci_findings_json(&json, &input->findings);
    if (input->findings.n_faults == 0) vci_quality_json(&json, &input->panel, looks);
    vci_json_close(&json);
}

/* What the tables say of themselves; where they are sound, what their figures say. */
static vc_status print(const vci_cli *cli, const vci_input *input) {
    vc_status st = VC_OK;
    vci_looks looks = {0};
    const vc_quality_options options = {input->workspace.year_end_in_year,
                                        input->workspace.average_population};
    bool sound = input->findings.n_faults == 0;
    if (sound && (cli->json || !cli->quiet))
        VC_TRY(vci_looks_find(&input->panel, &input->targets, &options, NULL, &looks));
    if (cli->json) {
        print_json(input, &looks);
        goto out;
    }
    vci_findings_print(stdout, &input->findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
    if (cli->quiet) goto out;
    if (sound) VC_TRY(vci_quality_print(&input->panel, &looks, cli->language, stdout));
    print_summary(cli, input);
out:
    vci_looks_free(&looks);
    return st;
}

static vc_status show_revisions(const vci_cli *cli, const vci_input *input) {
    vci_json json = {.out = stdout};
    if (!cli->json)
        return vci_revisions_print(stdout, &input->panel, input->workspace.min_cell,
                                   cli->language);
    vci_json_object(&json, NULL, true);
    vci_revisions_json(&json, &input->panel, input->workspace.min_cell);
    vci_json_close(&json);
    return VC_OK;
}

static int check_once(vci_cli *cli, bool *more) {
    vci_input input;
    bool wrong;
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    bool revisions = cli->revisions && st == VC_OK && !wrong;
    if (revisions)
        st = show_revisions(cli, &input);
    else if (st == VC_OK && !wrong)
        st = vci_input_judge(&input);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    if (!wrong && !revisions && (st == VC_OK || st == VC_BAD_INPUT)) {
        st = print(cli, &input);
        if (st != VC_OK) code = vci_say_failure(cli->language, st);
    }
    *more = input.more && code == 0;
    vci_input_free(&input);
    return code;
}

/* With both bases the second one is read once the first is good. */
int vci_verb_check(vci_cli *cli) {
    bool more;
    int code = check_once(cli, &more);
    if (more) {
        vci_input_next_basis(cli);
        code = check_once(cli, &more);
    }
    return code;
}
