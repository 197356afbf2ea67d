#include "cli/findings_print_internal.h"

#include <stdlib.h>
#include <string.h>

#include "cli/say_internal.h"

static void print_finding(FILE *out, const vc_finding *finding, vc_language language) {
    char *text = vc_finding_format(finding, language);
    if (!text) {
        vci_say_plain(out, vc_status_text(VC_NO_MEMORY, language));
        fputc('\n', out);
        return;
    }
    for (char *line = text, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        vci_say_plain(out, line);
        fputc('\n', out);
    }
    free(text);
}

size_t vci_findings_print(FILE *out, const vc_findings *findings, size_t first,
                          vc_severity least) {
    for (size_t i = first; i < findings->n; i++)
        if (findings->list[i].severity >= least)
            print_finding(out, &findings->list[i], findings->language);
    if (findings->n_more > 0 && findings->n > first)
        vci_say_line(out, findings->language, VCI_TEXT_CLI_FINDINGS_MORE, findings->n_more);
    return findings->n;
}

void vci_findings_json(vci_json *json, const vc_findings *findings) {
    static const char *const severities[] = {"info", "warning", "fault"};
    vci_json_array(json, "findings", true);
    for (size_t i = 0; i < findings->n; i++) {
        const vc_finding *finding = &findings->list[i];
        vci_json_object(json, NULL, false);
        vci_json_text(json, "severity", severities[finding->severity]);
        vci_json_text(json, "kind", finding->kind);
        vci_json_text(json, "file", *finding->file ? finding->file : NULL);
        vci_json_whole(json, "line", finding->line);
        vci_json_whole(json, "column", finding->column);
        vci_json_text(json, "message", finding->message);
        vci_json_text(json, "remedy", finding->remedy);
        vci_json_close(json);
    }
    vci_json_close(json);
}
