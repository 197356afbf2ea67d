/*
 * The report of a run for the meeting: composed once, written in several formats. Charts
 * are drawn by gnuplot; sentences, style sheet and office styles come from plots/report/.
 */
#ifndef VITALCAST_REPORT_H
#define VITALCAST_REPORT_H

#include "vitalcast/api.h"
#include "vitalcast/datadir.h"
#include "vitalcast/finding.h"
#include "vitalcast/log.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/* Formats: X(constant, name and file extension). */
#define VC_REPORT_FORMAT_LIST(X)                                                           \
    X(VC_REPORT_HTML,                                                                      \
      html) /* one file that needs nothing else, sortable, to be printed */                \
    X(VC_REPORT_DOCX, docx) /* by pandoc */                                                \
    X(VC_REPORT_PPTX, pptx) /* by pandoc: the leaders' page and the figures */             \
    X(VC_REPORT_PDF, pdf)   /* by weasyprint */                                            \
    X(VC_REPORT_XLSX, xlsx) /* vitalcast/workbook.h */

typedef enum vc_report_format {
#define X(constant, name) constant,
    VC_REPORT_FORMAT_LIST(X)
#undef X
        VC_REPORT_FORMATS
} vc_report_format;

/** "html", "docx", "pptx", "pdf" or "xlsx": name and file extension. */
VC_API const char *vc_report_format_name(vc_report_format format);

/** The reverse for a word of n bytes; false if it is none of them. */
VC_API bool vc_report_format_parse(const char *word, size_t n, vc_report_format *format);

typedef struct vc_report_options {
    vc_language language;
    vc_datadirs dirs; /* where plots/ is found; borrowed as long as the report lives */
    double timeout_seconds; /* of each program that is started; default 120 */
    const char *gnuplot, *pandoc, *weasyprint; /* programs; NULL: found on PATH */
} vc_report_options;

VC_API vc_report_options vc_report_options_default(void);

typedef struct vc_report vc_report;

/**
 * Composes the report of a run: a page for leaders, each indicator, ranks and lists, data
 * quality, how right we have been, method, provenance. What may not be told of small cells
 * (vitalcast/suppression.h) is not in it, in whatever format. Nothing is drawn or written
 * yet.
 *
 * run       borrowed as long as the report lives; where run->file is known, the track
 * record of the back-test beside it is told options   borrowed during the call, but for
 * dirs and the programs' names observer  borrowed as long as the report lives; NULL: none
 * findings  [in,out] of options->language; faults of plots/report/<language>.txt, kind R01
 * report    [out] release with vc_report_free; NULL after a failure
 *
 * Returns VC_OK; VC_BAD_INPUT (findings say why); VC_REPORT_FAILED (no sentences are
 * found); VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_report_create(const vc_run *run,
                                             const vc_report_options *options,
                                             const vc_observer *observer,
                                             vc_findings *findings, vc_report **report);

/** Title of the report as a file name without extension; borrowed. */
VC_API const char *vc_report_name(const vc_report *report);

/**
 * Writes the report to path, whole or not at all. Charts are drawn when a format needs them
 * first and kept for the next.
 *
 * Returns VC_OK; VC_NO_PANDOC or VC_NO_WEASYPRINT (not installed; other formats can still
 * be written); VC_REPORT_FAILED (such a program failed or took too long; the detail says
 * what it said); as vc_chart_fan; VC_IO_FAILED; VC_NO_SPACE; VC_INTERRUPTED.
 */
VC_API VC_CHECKED vc_status vc_report_write(vc_report *report, vc_report_format format,
                                            const char *path);

/**
 * Writes several formats side by side.
 *
 * path    where each is to go; NULL: it is not wanted
 * status  [out] what became of each, as of vc_report_write; the detail of a failure is told
 *         when that is called again
 *
 * Returns VC_OK also when a format failed; as vc_chart_fan and VC_INTERRUPTED while charts
 * are drawn, and then nothing was written.
 */
VC_API VC_CHECKED vc_status vc_report_write_all(vc_report *report,
                                                const char *const path[VC_REPORT_FORMATS],
                                                vc_status status[VC_REPORT_FORMATS]);

VC_API void vc_report_free(vc_report *report);

VC_END_DECLS

#endif
