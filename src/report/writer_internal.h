/* Writers of a composed report, and what they share. */
#ifndef VCI_WRITER_INTERNAL_H
#define VCI_WRITER_INTERNAL_H

#include "report/document_internal.h"
#include "report/markup_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/log.h"
#include "vitalcast/report.h"

/* What a writer needs to know; all borrowed. */
typedef struct vci_writing {
    const vci_document *document;
    const vc_report_options *options;
    vci_figure_format figures; /* format in which they were drawn */
    const char *style;         /* more of it for HTML; NULL: none */
} vci_writing;

/* Bytes of a written report. */
typedef vc_status (*vci_writer)(const vci_writing *writing, vci_markup *out);

vc_status vci_write_html(const vci_writing *writing, vci_markup *out);
vc_status vci_write_docx(const vci_writing *writing, vci_markup *out);
vc_status vci_write_pptx(const vci_writing *writing, vci_markup *out);
vc_status vci_write_pdf(const vci_writing *writing, vci_markup *out);

/* Draws the document's figures in the formats wanted, where that was not done before. */
vc_status vci_figures_draw(vci_document *document, const vc_run *run,
                           const vc_report_options *options, const vc_observer *observer,
                           const bool wanted[VCI_FIGURE_FORMATS]);

/* A file of plots/report/; VC_REPORT_FAILED where no folder has it. Owned by the caller. */
vc_status vci_report_file(const vc_report_options *options, const char *name, char **text,
                          size_t *n);

/*
 * Runs a program in a folder and takes the file that it leaves there. absent: the status
 * where it is not installed. package: for the message.
 */
typedef struct vci_tool {
    char *const *arguments; /* [0] the program; NULL at the end */
    const char *folder;
    const char *result; /* name of the file in the folder */
    double seconds;
    vc_status absent;
} vci_tool;
vc_status vci_tool_run(const vci_tool *tool, vci_markup *out);

#endif
