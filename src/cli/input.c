#include "cli/input_internal.h"

#include <string.h>

#include "cli/options_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/crosswalk.h"

#define FIRST_BASIS "registered"
#define SECOND_BASIS "resident"

/*
 * The language of the messages stands in the file that is read: where it is another than
 * was expected, the file is read again.
 */
static vc_status read_workspace(vci_cli *cli, const char *dir, vci_input *input) {
    vc_findings_init(&input->findings, cli->language);
    vc_status st = vc_workspace_read(dir, &input->findings, &input->workspace);
    bool another = !cli->language_given && input->workspace.language != cli->language;
    if (!another || (st != VC_OK && !input->workspace.text)) return st;
    vci_cli_take_language(cli, input->workspace.language);
    vc_findings_free(&input->findings);
    vc_workspace_free(&input->workspace);
    vc_findings_init(&input->findings, cli->language);
    return vc_workspace_read(dir, &input->findings, &input->workspace);
}

/* --basis rules over the workspace; of both, the registered one comes first. */
static vc_status choose_basis(const vci_cli *cli, vci_input *input) {
    vc_status st = VC_OK;
    vc_workspace *w = &input->workspace;
    const char *basis = cli->basis;
    if (basis) w->both_bases = strcmp(basis, "both") == 0;
    input->more = w->both_bases;
    if (input->more) basis = FIRST_BASIS;
    if (!basis) goto out;
    vci_free(w->basis);
    VC_COPY_TEXT(w->basis, basis);
out:
    return st;
}

void vci_input_next_basis(vci_cli *cli) { cli->basis = SECOND_BASIS; }

const char *vci_basis_text(const char *basis, vc_language language) {
    if (!basis) return "";
    return vci_text_get(strcmp(basis, SECOND_BASIS) == 0 ? VCI_TEXT_CLI_RESIDENT
                                                         : VCI_TEXT_CLI_REGISTERED,
                        language);
}

vc_status vci_input_read(vci_cli *cli, const char *dir, vci_input *input, bool *wrong) {
    memset(input, 0, sizeof *input);
    input->as_of = VC_NO_PERIOD;
    *wrong = false;
    vc_status st = read_workspace(cli, dir, input);
    if (st == VC_OK) st = choose_basis(cli, input);
    if (st == VC_OK) {
        *wrong = !vci_options_period(cli, VCI_OPTION_AS_OF, cli->as_of,
                                     input->workspace.frequency, &input->as_of);
        if (*wrong) return VC_OK;
        if (input->as_of != VC_NO_PERIOD) input->workspace.seen_as_of = input->as_of;
        st = vc_panel_read(&input->workspace, &input->findings, &input->panel);
    }
    if (st == VC_OK)
        st = vc_targets_read(&input->workspace, &input->panel, &input->findings,
                             &input->targets);
    return st == VC_OK && input->findings.n_faults > 0 ? VC_BAD_INPUT : st;
}

/* A period without data cannot be the last one whose data are used. */
static vc_status refuse_as_of(vci_input *input, vc_period last) {
    vc_frequency frequency = input->panel.frequency;
    char asked[VC_PERIOD_TEXT], from[VC_PERIOD_TEXT], to[VC_PERIOD_TEXT];
    vc_period_format(input->as_of, frequency, asked);
    vc_period_format(input->panel.first, frequency, from);
    vc_period_format(last, frequency, to);
    vc_status st = vci_finding_add(&input->findings, VC_FAULT, "S04", (vci_place){0}, NULL,
                                   VCI_TEXT_RUN_AS_OF_OUTSIDE, asked, from, to);
    return st == VC_OK ? VC_BAD_INPUT : st;
}

vc_status vci_input_judge(vci_input *input) {
    vc_period last = vc_panel_last(&input->panel);
    vc_period as_of = input->as_of == VC_NO_PERIOD ? last : input->as_of;
    if (as_of < input->panel.first || as_of > last) return refuse_as_of(input, last);
    vc_status st = vc_panel_truncate(&input->panel, as_of);
    if (st == VC_OK)
        st = vc_crosswalk_apply(&input->panel, as_of, &input->targets, &input->findings);
    if (st == VC_OK)
        st = vc_targets_check(&input->targets, &input->panel, as_of, &input->findings);
    return st == VC_OK && input->findings.n_faults > 0 ? VC_BAD_INPUT : st;
}

void vci_input_free(vci_input *input) {
    vc_targets_free(&input->targets);
    vc_panel_free(&input->panel);
    vc_workspace_free(&input->workspace);
    vc_findings_free(&input->findings);
}
