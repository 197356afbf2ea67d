/* vitalcast check DIR: every finding, which is the result, on stdout. */
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/say_internal.h"

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

static void print_json(const vci_input *input) {
    vci_json json = {.out = stdout};
    vci_json_object(&json, NULL, true);
    vci_json_whole(&json, "faults", input->findings.n_faults);
    vci_json_whole(&json, "warnings", input->findings.n_warnings);
    vci_json_whole(&json, "not_listed", input->findings.n_more);
    vci_findings_json(&json, &input->findings);
    vci_json_close(&json);
}

static int check_once(vci_cli *cli, bool *more) {
    vci_input input;
    bool wrong;
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (st == VC_OK && !wrong) st = vci_input_judge(&input);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    if (!wrong && (st == VC_OK || st == VC_BAD_INPUT)) {
        if (cli->json) {
            print_json(&input);
        } else {
            vci_findings_print(stdout, &input.findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
            if (!cli->quiet) print_summary(cli, &input);
        }
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
