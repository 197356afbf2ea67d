/* vitalcast import FILE... --into DIR: workbooks, first as a proposal, then as tables. */
#include "cli/cli_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "vitalcast/import.h"

/* What was seen: the proposal itself, and what it would give. */
static void print_proposal(const vci_cli *cli, const vc_import *import) {
    vci_say_plain(stdout, import->text);
    fputc('\n', stdout);
    if (!import->written)
        vci_say_line(stdout, cli->language, VCI_TEXT_IMPORT_PROPOSED, import->settings);
}

static void print_outcome(const vci_cli *cli, const vc_import *import, size_t n_faults) {
    if (n_faults > 0) {
        if (import->text)
            vci_say_line(stderr, cli->language, VCI_TEXT_IMPORT_OPEN, n_faults,
                         import->settings);
        return;
    }
    if (!import->written) {
        vci_say_line(stdout, cli->language, VCI_TEXT_IMPORT_WOULD, import->monthly,
                     import->values, import->progress, import->units, import->record);
        vci_say_line(stdout, cli->language, VCI_TEXT_IMPORT_NEXT);
        return;
    }
    vci_say_line(stdout, cli->language, VCI_TEXT_IMPORT_DONE, cli->into, import->monthly,
                 import->values, import->progress, import->units, import->record);
    if (import->workspace)
        vci_say_line(stdout, cli->language, VCI_TEXT_IMPORT_MADE_WORKSPACE,
                     import->workspace);
}

int vci_verb_import(vci_cli *cli) {
    const vc_import_options options = {.encoding = cli->encoding, .accept = cli->accept};
    vc_findings findings;
    vc_import import = {.settings = NULL};
    if (!cli->into) return vci_usage_error(cli, VCI_TEXT_IMPORT_INTO_MISSING);
    vc_findings_init(&findings, cli->language);
    vc_status st =
        vc_import_files(cli->n_words, cli->words, cli->into, &options, &findings, &import);
    if (import.proposed && !cli->quiet) print_proposal(cli, &import);
    vci_findings_print(stderr, &findings, 0, cli->quiet ? VC_FAULT : VC_INFO);
    if ((st == VC_OK || st == VC_BAD_INPUT) && !cli->quiet)
        print_outcome(cli, &import, findings.n_faults);
    int code = vci_say_failure(cli->language, st);
    vc_import_free(&import);
    vc_findings_free(&findings);
    return code;
}
