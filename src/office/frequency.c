#include "office/frequency_internal.h"

#include <unistd.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "data/yaml_internal.h"

#define MAX_WORKSPACE 1000000

static vc_status read_root(const char *file, vci_yaml *root, vc_findings *findings,
                           vc_frequency *frequency) {
    static const char *const periods[] = {"month", "quarter", "year"};
    static const vc_frequency frequencies[] = {VC_MONTHLY, VC_QUARTERLY, VC_YEARLY};
    vci_yaml_reader reader = {.file = file, .findings = findings};
    size_t word = 0;
    if (root->kind != VCI_MAPPING) return VC_OK;
    vci_yaml_choice(&reader, root, "period", 3, periods, &word);
    *frequency = frequencies[word];
    if (*frequency == VC_YEARLY)
        vci_yaml_fault(&reader, vci_yaml_get(root, "period"), "I17", NULL,
                       VCI_TEXT_IMPORT_NO_YEARS);
    return reader.st;
}

vc_status vci_frequency_read(const char *file, vc_findings *findings, bool *declared,
                             vc_frequency *frequency) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    char *text = NULL;
    size_t n = 0;
    vci_yaml root = {.kind = VCI_SCALAR};
    *frequency = VC_MONTHLY;
    *declared = access(file, F_OK) == 0;
    if (!*declared) goto out;
    VC_TRY(vci_file_read(file, MAX_WORKSPACE, findings, &bytes, &n));
    if (bytes) VC_TRY(vci_decode(file, bytes, n, NULL, findings, &text, &n));
    if (text) VC_TRY(vci_yaml_parse(file, text, n, findings, &root));
    VC_TRY(read_root(file, &root, findings, frequency));
out:
    vci_yaml_free(&root);
    vci_free(text);
    vci_free(bytes);
    return st;
}

static void write_line(const char *value, vci_text why, vc_language language,
                       vci_page *page) {
    vci_page_add(page, "period: %s  # %s\n", value, vci_text_get(why, language));
}

vc_status vci_frequency_propose(size_t n_sources, const vci_book *sources, bool declared,
                                vc_language language, vci_page *page,
                                vc_frequency *frequency) {
    vc_status st = VC_OK;
    vci_seen seen = {0};
    if (declared) {
        if (*frequency == VC_QUARTERLY)
            vci_page_add(page, "period: quarter  # workspace.yaml\n");
        goto out;
    }
    for (size_t i = 0; i < n_sources; i++)
        for (size_t k = 0; k < sources[i].n_sheets; k++)
            VC_TRY(vci_propose_seen(&sources[i], &sources[i].sheets[k], &seen));
    *frequency = VC_MONTHLY;
    if (seen.n_quarters > 0 && seen.n_months == 0) {
        *frequency = VC_QUARTERLY;
        write_line("quarter", VCI_TEXT_IMPORT_NOTE_QUARTERS, language, page);
    } else if (seen.n_quarters > 0 || (seen.n_whole > 0 && seen.n_months == 0)) {
        write_line("\"?\"", VCI_TEXT_IMPORT_ASK_FREQUENCY, language, page);
    }
out:
    return st;
}
