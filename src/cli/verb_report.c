/* vitalcast report RUN: the report of a stored run, in one format or several. */
#include <string.h>
#include <sys/stat.h>

#include "cli/chart_file_internal.h"
#include "cli/datadirs_internal.h"
#include "cli/findings_print_internal.h"
#include "cli/json_internal.h"
#include "cli/options_internal.h"
#include "cli/own_input_internal.h"
#include "cli/progress_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/report.h"

#define REPORTS "reports" /* where --output names no other place */
#define ALL "all"

typedef struct reporting {
    const vci_cli *cli;
    bool wanted[VC_REPORT_FORMATS];
    size_t n_wanted;
    const char *folder, *file; /* one of them is NULL */
    vc_report *report;
    vci_progress progress;
    vci_json json;
    int code; /* of the first format that could not be written */
} reporting;

/* --to=docx,html or all. */
static bool choose_formats(reporting *r) {
    const char *word = r->cli->to ? r->cli->to : vc_report_format_name(VC_REPORT_HTML);
    for (;;) {
        size_t n = strcspn(word, ",");
        vc_report_format format;
        bool all = n == strlen(ALL) && strncmp(word, ALL, n) == 0;
        if (!all && !vc_report_format_parse(word, n, &format)) return false;
        for (int f = 0; f < VC_REPORT_FORMATS; f++)
            if (all || f == (int)format) r->wanted[f] = true;
        if (!word[n]) break;
        word += n + 1;
    }
    for (int f = 0; f < VC_REPORT_FORMATS; f++) r->n_wanted += r->wanted[f];
    return true;
}

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n > m && text[n - m - 1] == '.' && strcmp(text + n - m, end) == 0;
}

/* A name that ends like the only format is a file, any other one a folder. */
static void choose_place(reporting *r) {
    struct stat info;
    const char *output = r->cli->output ? r->cli->output : REPORTS;
    bool folder = stat(output, &info) == 0 && S_ISDIR(info.st_mode);
    for (int f = 0; f < VC_REPORT_FORMATS; f++)
        if (r->n_wanted == 1 && r->wanted[f] && !folder &&
            ends_with(output, vc_report_format_name((vc_report_format)f)))
            r->file = output;
    if (!r->file) r->folder = output;
}

static void say_written(reporting *r, const char *path) {
    if (r->cli->json) {
        vci_json_text(&r->json, NULL, path);
    } else {
        vci_say_plain(stdout, path);
        fputc('\n', stdout);
    }
}

static vc_status name_paths(const reporting *r, char *path[VC_REPORT_FORMATS]) {
    vc_status st = VC_OK;
    for (int f = 0; f < VC_REPORT_FORMATS; f++) {
        if (!r->wanted[f]) continue;
        path[f] = r->file
                      ? vci_text_copy(r->file, strlen(r->file))
                      : vci_text_format("%s/%s.%s", r->folder, vc_report_name(r->report),
                                        vc_report_format_name((vc_report_format)f));
        if (!path[f]) VC_FAIL(VC_NO_MEMORY, "text");
    }
out:
    return st;
}

/*
 * A format that failed is tried once more, by itself, to hear why. A program that is not
 * installed keeps only its own formats back.
 */
static vc_status tell_one(reporting *r, vc_report_format format, vc_status st,
                          const char *path) {
    if (st != VC_OK) st = vc_report_write(r->report, format, path);
    if (st == VC_OK) say_written(r, path);
    if (st == VC_NO_PANDOC || st == VC_NO_WEASYPRINT || st == VC_REPORT_FAILED) {
        int code = vci_say_failure(r->cli->language, st);
        vci_say_line(stderr, r->cli->language, VCI_TEXT_REPORT_NOT_WRITTEN, path);
        if (r->code == 0) r->code = code;
        st = VC_OK;
    }
    return st;
}

static vc_status write_all(reporting *r, const vc_run *run) {
    vc_status st = VC_OK, each[VC_REPORT_FORMATS];
    char *path[VC_REPORT_FORMATS] = {NULL};
    const char *to[VC_REPORT_FORMATS];
    if (r->folder) VC_TRY(vci_folder_make(r->folder));
    VC_TRY(name_paths(r, path));
    for (int f = 0; f < VC_REPORT_FORMATS; f++) to[f] = path[f];
    VC_TRY(vc_report_write_all(r->report, to, each));
    vci_progress_clear(&r->progress);
    if (r->cli->json) {
        vci_json_object(&r->json, NULL, true);
        vci_json_text(&r->json, "run", run->id);
        vci_json_array(&r->json, "files", true);
    }
    for (int f = 0; f < VC_REPORT_FORMATS; f++) {
        if (!path[f]) continue;
        if (vci_signal_pending(NULL)) VC_FAIL(VC_INTERRUPTED, "%s", "");
        VC_TRY(tell_one(r, (vc_report_format)f, each[f], path[f]));
    }
out:
    for (int f = 0; f < VC_REPORT_FORMATS; f++) vci_free(path[f]);
    while (r->json.depth > 0) vci_json_close(&r->json);
    return st;
}

static vc_status make(reporting *r, const vc_run *run) {
    vc_status st = VC_OK;
    vci_datadirs datadirs = {0};
    vc_findings findings;
    char *workspace = NULL;
    vc_report_options options = vc_report_options_default();
    vc_observer observer = vci_progress_observer(&r->progress);
    vc_findings_init(&findings, r->cli->language);
    VC_TRY(vci_stored_workspace(run, &workspace));
    VC_TRY(vci_datadirs_find(workspace, &datadirs));
    options.language = r->cli->language;
    options.dirs = datadirs.dirs;
    VC_TRY(vc_report_create(run, &options, &observer, &findings, &r->report));
    VC_TRY(write_all(r, run));
out:
    vci_progress_clear(&r->progress);
    vci_findings_print(stderr, &findings, 0, VC_FAULT);
    vc_report_free(r->report);
    vc_findings_free(&findings);
    vci_datadirs_free(&datadirs);
    vci_free(workspace);
    return st;
}

/* Would the report be written over something that the workspace reads? */
static vc_status is_own_input(const reporting *r, const vc_run *run, bool *own) {
    vc_status st = VC_OK;
    char *workspace = NULL;
    if (!r->file) goto out;
    VC_TRY(vci_stored_workspace(run, &workspace));
    VC_TRY(vci_own_input(workspace, r->file, own));
out:
    vci_free(workspace);
    return st;
}

static int report_run(const vci_cli *cli, const vc_run *run) {
    reporting r = {.cli = cli, .json.out = stdout};
    vci_progress_init(&r.progress, cli->language, cli->quiet);
    if (!choose_formats(&r))
        return vci_usage_error(cli, VCI_TEXT_CLI_BAD_CHOICE, vci_option_name(VCI_OPTION_TO),
                               "html, docx, pptx, pdf, xlsx, " ALL, cli->to);
    choose_place(&r);
    bool own = false;
    vc_status st = is_own_input(&r, run, &own);
    if (st != VC_OK) return vci_say_failure(cli->language, st);
    if (own) return vci_usage_error(cli, VCI_TEXT_CLI_OWN_INPUT, r.file);
    int code = vci_say_failure(cli->language, make(&r, run));
    return code != 0 ? code : r.code;
}

int vci_verb_report(vci_cli *cli) {
    vc_run run;
    memset(&run, 0, sizeof run);
    vci_signal_catch();
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    int code = st == VC_OK ? report_run(cli, &run) : vc_status_exit_code(st);
    vc_run_free(&run);
    return code;
}
