#include "vitalcast/report.h"

#include <stdlib.h>

#include "core/file_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/compose_internal.h"
#include "report/writer_internal.h"
#include "vitalcast/workbook.h"

#define LARGEST_FILE (1u << 22)

struct vc_report {
    const vc_run *run;
    vc_report_options options;
    const vc_observer *observer;
    vci_facts facts;
    vci_sentences sentences;
    vci_run_track track;
    vci_document document;
    char *name;
};

/* A format is a row here; `all` means every row. save: it is not composed of blocks. */
static const struct {
    const char *name;
    vci_figure_format figures;
    vci_writer write;
    vc_status (*save)(const vc_run *run, vc_language language, const char *path);
} FORMATS[VC_REPORT_FORMATS] = {
    [VC_REPORT_HTML] = {"html", VCI_FIGURE_SVG, vci_write_html, NULL},
    [VC_REPORT_DOCX] = {"docx", VCI_FIGURE_PNG, vci_write_docx, NULL},
    [VC_REPORT_PPTX] = {"pptx", VCI_FIGURE_PNG, vci_write_pptx, NULL},
    [VC_REPORT_PDF] = {"pdf", VCI_FIGURE_PNG, vci_write_pdf, NULL},
    [VC_REPORT_XLSX] = {"xlsx", VCI_FIGURE_FORMATS, NULL, vc_workbook_write},
};

const char *vc_report_format_name(vc_report_format format) { return FORMATS[format].name; }

bool vc_report_format_parse(const char *word, size_t n, vc_report_format *format) {
    for (int f = 0; f < VC_REPORT_FORMATS; f++) {
        if (strlen(FORMATS[f].name) != n || strncmp(FORMATS[f].name, word, n) != 0)
            continue;
        *format = (vc_report_format)f;
        return true;
    }
    return false;
}

vc_report_options vc_report_options_default(void) {
    return (vc_report_options){.language = VC_ENGLISH, .timeout_seconds = 120};
}

vc_status vc_report_create(const vc_run *run, const vc_report_options *options,
                           const vc_observer *observer, vc_findings *findings,
                           vc_report **report) {
    vc_status st = VC_OK;
    vc_report *r = NULL;
    *report = NULL;
    VC_NEW(r, 1);
    r->run = run;
    r->options = *options;
    r->observer = observer;
    VC_TRY(vci_sentences_read(&r->options.dirs, findings, &r->sentences));
    VC_TRY(vci_run_track_find(run, &r->track));
    VC_TRY(vci_facts_find(run, options->language, &r->facts));
    VC_TRY(vci_report_compose(&r->facts, &r->sentences, &r->track, &r->document));
    r->name = vci_report_name(&r->facts, &r->sentences);
    if (!r->name) VC_FAIL(VC_NO_MEMORY, "text");
    *report = r;
    r = NULL;
out:
    vc_report_free(r);
    return st;
}

const char *vc_report_name(const vc_report *report) { return report->name; }

/* The pictures that formats need, as far as they are not there. */
static vc_status draw(vc_report *report, const bool formats[VC_REPORT_FORMATS]) {
    bool wanted[VCI_FIGURE_FORMATS] = {false};
    for (int f = 0; f < VC_REPORT_FORMATS; f++)
        if (formats[f] && !FORMATS[f].save) wanted[FORMATS[f].figures] = true;
    return vci_figures_draw(&report->document, report->run, &report->options,
                            report->observer, wanted);
}

static vc_status put(const vc_report *report, vc_report_format format, const char *path) {
    vc_status st = VC_OK;
    vci_markup bytes = {0};
    vci_writing writing = {.document = &report->document,
                           .options = &report->options,
                           .figures = FORMATS[format].figures};
    if (FORMATS[format].save)
        return FORMATS[format].save(report->run, report->options.language, path);
    VC_TRY(FORMATS[format].write(&writing, &bytes));
    VC_TRY(vci_markup_check(&bytes));
    VC_TRY(vci_file_write_atomic(path, bytes.text, bytes.n));
out:
    vci_markup_free(&bytes);
    return st;
}

vc_status vc_report_write(vc_report *report, vc_report_format format, const char *path) {
    vc_status st = VC_OK;
    bool wanted[VC_REPORT_FORMATS] = {false};
    wanted[format] = true;
    VC_TRY(draw(report, wanted));
    VC_TRY(put(report, format, path));
out:
    return st;
}

vc_status vc_report_write_all(vc_report *report, const char *const path[VC_REPORT_FORMATS],
                              vc_status status[VC_REPORT_FORMATS]) {
    vc_status st = VC_OK;
    bool wanted[VC_REPORT_FORMATS];
    for (int f = 0; f < VC_REPORT_FORMATS; f++) {
        status[f] = VC_OK;
        wanted[f] = path[f] != NULL;
    }
    VC_TRY(draw(report, wanted));
    /* each thread waits for its program; from behind, as PDF takes longest */
#pragma omp parallel for schedule(dynamic, 1)
    for (int i = 1; i <= VC_REPORT_FORMATS; i++) {
        int f = VC_REPORT_FORMATS - i;
        if (path[f]) status[f] = put(report, (vc_report_format)f, path[f]);
    }
out:
    return st;
}

void vc_report_free(vc_report *report) {
    if (!report) return;
    vci_document_free(&report->document);
    vci_run_track_free(&report->track);
    vci_facts_free(&report->facts);
    vci_sentences_free(&report->sentences);
    vci_free(report->name);
    vci_free(report);
}

vc_status vci_report_file(const vc_report_options *options, const char *name, char **text,
                          size_t *n) {
    vc_status st = VC_OK;
    char *path = NULL, *full = vci_text_format("plots/report/%s", name);
    *text = NULL;
    if (!full) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vc_datadirs_find(&options->dirs, full, &path));
    if (!path) VC_FAIL(VC_REPORT_FAILED, "%s is not found", full);
    VC_TRY(vci_folder_read(path, LARGEST_FILE, text, n));
out:
    free(path);
    vci_free(full);
    return st;
}
