/* PDF by weasyprint, from the HTML; its SVG does not know all that gnuplot writes. */
#include "chart/folder_internal.h"
#include "core/memory_internal.h"
#include "report/writer_internal.h"

vc_status vci_write_pdf(const vci_writing *w, vci_markup *out) {
    vc_status st = VC_OK;
    vci_markup html = {0};
    char *folder = NULL, *program = NULL;
    char input[] = "report.html", output[] = "report.pdf";
    VC_TRY(vci_write_html(w, &html));
    VC_TRY(vci_markup_check(&html));
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(vci_folder_write(folder, input, html.text, html.n));
    VC_COPY_TEXT(program, w->options->weasyprint ? w->options->weasyprint : "weasyprint");
    char *arguments[] = {program, input, output, NULL};
    vci_tool tool = {arguments, folder, output, w->options->timeout_seconds,
                     VC_NO_WEASYPRINT};
    VC_TRY(vci_tool_run(&tool, out));
out:
    vci_folder_remove(folder);
    vci_free(folder);
    vci_free(program);
    vci_markup_free(&html);
    return st;
}
