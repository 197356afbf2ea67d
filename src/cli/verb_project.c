/* vitalcast project DIR: the main job. */
#include <string.h>

#include "cli/changes_internal.h"
#include "cli/datadirs_internal.h"
#include "cli/earlier_runs_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/input_internal.h"
#include "cli/options_internal.h"
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
    VC_TRY(vc_store_save(dir, run, vci_thread_count(cli), seconds, already));
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

/* What the verb has done so far: with both bases, two runs. */
typedef struct project {
    vci_cli *cli;
    size_t n;
    vc_run run[2];
    vc_run since; /* what --since means, for one of them */
    bool refused; /* it cannot be compared, and that was said */
    vci_json json;
} project;

static vc_status print(project *p, const vc_run *run, bool already) {
    vc_status st = VC_OK;
    const vci_cli *cli = p->cli;
    vci_sheet sheet;
    vci_run_track track = {0};
    VC_TRY(vci_sheet_init(run, cli->language, cli->all, &sheet));
    sheet.colour = vci_colour_wanted(cli);
    if (cli->json) {
        VC_TRY(vci_warning_history_find(run, &sheet.warnings));
        VC_TRY(vci_run_track_find(run, &track));
        sheet.track = &track;
        VC_TRY(vci_sheet_json(&sheet, &p->json));
    } else {
        VC_TRY(vci_sheet_print(&sheet, stdout));
        VC_TRY(vci_sheet_print_changes(&sheet, stdout));
        VC_TRY(vci_sheet_print_notes(&sheet, stdout));
        VC_TRY(print_run(cli, run, already));
    }
out:
    vci_sheet_free(&sheet);
    vci_run_track_free(&track);
    return st;
}

/* The two runs side by side. */
static vc_status print_both(const project *p) {
    vc_status st = VC_OK;
    vci_sheet one = {0}, other = {0};
    VC_TRY(vci_sheet_init(&p->run[0], p->cli->language, p->cli->all, &one));
    VC_TRY(vci_sheet_init(&p->run[1], p->cli->language, p->cli->all, &other));
    fputc('\n', stdout);
    VC_TRY(vci_sheet_print_beside(&one, &other, stdout));
out:
    vci_sheet_free(&one);
    vci_sheet_free(&other);
    return st;
}

/* The run that --since means, if it is comparable with what is to be computed. */
static vc_status load_since(project *p, const vci_input *input, bool *found) {
    vc_status st = VC_OK;
    const vci_cli *cli = p->cli;
    const vc_workspace *w = &input->workspace;
    vc_period as_of =
        input->as_of == VC_NO_PERIOD ? vc_panel_last(&input->panel) : input->as_of;
    char *dir = store_dir(cli);
    if (!dir) VC_FAIL(VC_NO_MEMORY, "text");
    if (strcmp(cli->since, "last") == 0) {
        VC_TRY(vci_earlier_run_last(dir, w->name, w->basis, w->frequency, as_of, &p->since,
                                    found));
        if (!*found) vci_say_line(stderr, cli->language, VCI_TEXT_CHANGE_NO_LAST);
        goto out;
    }
    VC_TRY(vc_store_load(dir, cli->since, &p->since));
    *found = true;
    p->refused =
        !vci_changes_accept(cli, &p->since, w->name, w->basis, w->frequency, as_of);
    if (p->refused) VC_FAIL(VC_BAD_INPUT, "%s", cli->since);
out:
    vci_free(dir);
    return st;
}

/* An interrupt counts until the run is being stored: then it is as good as done. */
static vc_status work(project *p, vci_input *input) {
    vc_status st = VC_OK;
    double begun = vci_seconds();
    bool already = false, compared = false;
    vc_run *run = &p->run[p->n++];
    if (vci_signal_pending(NULL)) return VC_INTERRUPTED;
    if (p->cli->since) VC_TRY(load_since(p, input, &compared));
    VC_TRY(compute(p->cli, input, run));
    if (compared) VC_TRY(vci_changes_make(p->cli, &p->since, run));
    if (vci_signal_pending(NULL)) return VC_INTERRUPTED;
    VC_TRY(store(p->cli, run, vci_seconds() - begun, &already));
    if (input->more && p->cli->json) {
        vci_json_object(&p->json, NULL, true);
        vci_json_array(&p->json, "bases", true);
    }
    if (p->n == 2 && !p->cli->json) fputc('\n', stdout);
    VC_TRY(print(p, run, already));
out:
    vc_run_free(&p->since);
    return st;
}

/* One basis; returns the exit code. */
static int project_once(project *p, bool *more) {
    vci_input input;
    bool wrong;
    vci_cli *cli = p->cli;
    vc_status st = vci_input_read(cli, cli->words[0], &input, &wrong);
    if (!wrong && input.more && cli->since && strcmp(cli->since, "last") != 0) {
        vci_usage_error(cli, VCI_TEXT_CHANGE_BAD_BOTH);
        wrong = true;
    }
    if (!wrong) print_findings(cli, &input.findings, 0);
    if (!wrong && st == VC_OK) st = work(p, &input);
    if (st == VC_BAD_INPUT && !p->refused)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_REFUSED, input.findings.n_faults);
    int code = wrong ? VCI_WRONG_COMMAND_LINE : vci_say_failure(cli->language, st);
    *more = input.more && code == 0;
    vci_input_free(&input);
    return code;
}

int vci_verb_project(vci_cli *cli) {
    project p = {.cli = cli, .json = {.out = stdout}};
    bool more;
    vci_signal_catch();
    int code = project_once(&p, &more);
    if (more) {
        vci_input_next_basis(cli);
        code = project_once(&p, &more);
        if (cli->json) vci_json_close(&p.json);
        if (cli->json) vci_json_close(&p.json);
        if (!cli->json && code == 0) code = vci_say_failure(cli->language, print_both(&p));
    }
    for (size_t i = 0; i < 2; i++) vc_run_free(&p.run[i]);
    return code;
}
