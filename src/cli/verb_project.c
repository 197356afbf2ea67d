/* vitalcast project DIR: the main job. */
#include <string.h>
#include <unistd.h>

#include "cli/datadirs_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/signal_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/store.h"

/* Findings from number first on: with --quiet faults only. */
static size_t print_findings(const vci_cli *cli, const vc_findings *findings,
                             size_t first) {
    return vci_findings_print(stderr, findings, first, cli->quiet ? VC_FAULT : VC_INFO);
}

static unsigned thread_count(const vci_cli *cli) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (cli->run.threads > 0) return cli->run.threads;
    return cores > 0 ? (unsigned)cores : 1;
}

/* Fits, simulates, assesses; findings of the input have been printed before. */
static vc_status compute(const vci_cli *cli, vci_input *input, vc_run *run) {
    vci_datadirs datadirs;
    vci_progress progress;
    vc_run_options options = cli->run;
    size_t printed = input->findings.n;
    vc_status st = vci_datadirs_find(input->workspace.dir, &datadirs);
    options.as_of = input->as_of;
    vci_progress_init(&progress, cli->language, cli->quiet);
    vc_observer observer = vci_progress_observer(&progress);
    if (st == VC_OK)
        st = vc_run_compute(&input->workspace, &input->panel, &input->targets,
                            &datadirs.dirs, &options, &observer, &input->findings, run);
    vci_progress_clear(&progress);
    print_findings(cli, &input->findings, printed);
    vci_datadirs_free(&datadirs);
    return st;
}

/* --store, else DIR/runs. */
static char *store_dir(const vci_cli *cli) {
    const char *dir = cli->store ? cli->store : cli->words[0];
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/') n--;
    return cli->store ? vci_text_copy(dir, n)
                      : vci_text_format("%.*s/" VCI_STORE, (int)n, dir);
}

static vc_status store(const vci_cli *cli, vc_run *run, double seconds, bool *already) {
    vc_status st = VC_OK;
    char *dir = store_dir(cli);
    if (!dir) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vc_store_save(dir, run, thread_count(cli), seconds, already));
out:
    vci_free(dir);
    return st;
}

/* Run id, file, and what to type next. */
static vc_status print_run(const vci_cli *cli, const vc_run *run, bool already) {
    vc_status st = VC_OK;
    char *word = vci_shell_word(run->file);
    if (!word) VC_FAIL(VC_NO_MEMORY, "text");
    fputc('\n', stdout);
    vci_say_line(stdout, cli->language,
                 already ? VCI_TEXT_CLI_RUN_ALREADY : VCI_TEXT_CLI_RUN_STORED, run->id,
                 run->file);
    if (cli->quiet) goto out;
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NEXT);
    fputs("  vitalcast show ", stdout);
    vci_say_plain(stdout, word);
    fputs("\n  vitalcast plot ", stdout);
    vci_say_plain(stdout, word);
    fputc('\n', stdout);
out:
    vci_free(word);
    return st;
}

static vc_status print(const vci_cli *cli, const vc_run *run, bool already) {
    vc_status st = VC_OK;
    vci_sheet sheet;
    VC_TRY(vci_sheet_init(run, cli->language, cli->all, &sheet));
    if (cli->json) {
        vci_json json = {.out = stdout};
        vci_sheet_json(&sheet, &json);
    } else {
        VC_TRY(vci_sheet_print(&sheet, stdout));
        VC_TRY(vci_sheet_print_notes(&sheet, stdout));
        VC_TRY(print_run(cli, run, already));
    }
out:
    vci_sheet_free(&sheet);
    return st;
}

/* An interrupt counts until the run is being stored: then it is as good as done. */
static vc_status work(const vci_cli *cli, vci_input *input, vc_run *run) {
    vc_status st = VC_OK;
    double begun = vci_seconds();
    bool already = false;
    if (vci_signal_pending(NULL)) return VC_INTERRUPTED;
    VC_TRY(compute(cli, input, run));
    if (vci_signal_pending(NULL)) return VC_INTERRUPTED;
    VC_TRY(store(cli, run, vci_seconds() - begun, &already));
    VC_TRY(print(cli, run, already));
out:
    return st;
}

int vci_verb_project(vci_cli *cli) {
    vci_input input;
    vc_run run;
    bool wrong;
    memset(&run, 0, sizeof run);
    vci_signal_catch();
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (!wrong) print_findings(cli, &input.findings, 0);
    if (!wrong && st == VC_OK) st = work(cli, &input, &run);
    if (st == VC_BAD_INPUT)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, input.findings.n_faults);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    vc_run_free(&run);
    vci_input_free(&input);
    return code;
}
