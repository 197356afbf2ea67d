#include "data/word_internal.h"

#include <string.h>

#include "data/remedy_internal.h"

size_t vci_word_find(const vci_cell *cell, size_t n, const char *const words[][2]) {
    for (size_t i = 0; i < n; i++)
        for (size_t language = 0; language < 2; language++) {
            const char *word = words[i][language];
            if (cell->n == strlen(word) && memcmp(cell->text, word, cell->n) == 0) return i;
        }
    return n;
}

const char *vci_column_word(const vci_column_wish *column, vc_language language) {
    return language == VC_CHINESE && column->chinese ? column->chinese : column->name;
}

const char *vci_list_separator(vc_language language) {
    return vci_text_get(VCI_TEXT_PANEL_LIST_SEPARATOR, language);
}

vc_status vci_word_fault(const vci_table *table, const vci_cell *cell,
                         const vci_column_wish *column, size_t n,
                         const char *const words[][2], vc_findings *findings) {
    char list[256] = "";
    char *end = list;
    for (size_t i = 0; i < n; i++) {
        const char *word = words[i][findings->language == VC_CHINESE];
        if ((size_t)(end - list) + strlen(word) + 4 > sizeof list) break;
        end =
            stpcpy(stpcpy(end, i > 0 ? vci_list_separator(findings->language) : ""), word);
    }
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_PANEL_WORDS, list);
    return vci_finding_add(findings, VC_FAULT, "V01", vci_cell_place(table, cell),
                           remedy.text, VCI_TEXT_PANEL_WORD,
                           vci_column_word(column, findings->language),
                           vci_quote(cell->text, cell->n).text);
}
