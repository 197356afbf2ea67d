/* Programs that turn a report into office documents and PDF. */
#include <stdlib.h>

#include "chart/label_internal.h"
#include "core/child_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/writer_internal.h"

#define LARGEST_RESULT (1u << 29)
#define LONGEST_COMPLAINT (1u << 20)

/* The last line that the program wrote, as the detail of a failure. */
static vc_status explain(const vci_tool *tool) {
    char *path = vci_text_format("%s/err", tool->folder), *text = NULL;
    size_t n;
    const char *line = "";
    if (path && vci_folder_read(path, LONGEST_COMPLAINT, &text, &n) == VC_OK) {
        while (n > 0 && strchr(" \t\r\n", text[n - 1])) text[--n] = '\0';
        char *last = strrchr(text, '\n');
        line = last ? last + 1 : text;
    }
    vc_status st =
        vci_fail(VC_REPORT_FAILED, __FILE__, __LINE__, "%s: %s", tool->arguments[0],
                 vci_label_fit(*line ? line : "no message", 110).text);
    vci_free(path);
    vci_free(text);
    return st;
}

static vc_status take_result(const vci_tool *tool, vci_markup *out) {
    vc_status st = VC_OK;
    char *bytes = NULL, *path = vci_text_format("%s/%s", tool->folder, tool->result);
    size_t n;
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    st = vci_folder_read(path, LARGEST_RESULT, &bytes, &n);
    if (st == VC_IO_FAILED || (st == VC_OK && n == 0))
        VC_FAIL(VC_REPORT_FAILED, "%s left nothing", tool->arguments[0]);
    VC_TRY(st);
    vci_markup_raw(out, bytes, n);
out:
    vci_free(path);
    vci_free(bytes);
    return st;
}

vc_status vci_tool_run(const vci_tool *tool, vci_markup *out) {
    vc_status st = VC_OK;
    vci_child child = {
        .arguments = tool->arguments, .folder = tool->folder, .seconds = tool->seconds};
    vci_child_end end;
    VC_TRY(vci_child_run(&child, &end));
    switch (end) {
    case VCI_CHILD_DONE:
        break;
    case VCI_CHILD_ABSENT:
        VC_FAIL(tool->absent, "%s", tool->arguments[0]);
    case VCI_CHILD_FAILED:
        VC_TRY(explain(tool));
        break;
    case VCI_CHILD_LATE:
        VC_FAIL(VC_REPORT_FAILED, "%s took more than %g s", tool->arguments[0],
                tool->seconds);
    }
    VC_TRY(take_result(tool, out));
out:
    return st;
}
