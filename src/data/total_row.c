/* Rows that are totals of other rows: known by declaration, suspected by their wording. */
#include <string.h>

#include "data/unit_internal.h"

#define LONGEST 64

bool vci_total_declared(const vc_table_options *options, const vci_cell *cell) {
    for (size_t i = 0; cell && i < options->n_total_rows; i++)
        if (strlen(options->total_rows[i]) == cell->n &&
            memcmp(options->total_rows[i], cell->text, cell->n) == 0)
            return true;
    return false;
}

/* Without blanks, which people put between the two characters of 合计, in lower case. */
static void squeeze(const vci_cell *cell, char text[LONGEST]) {
    static const char wide_blank[] = "\u3000";
    size_t n = 0;
    for (size_t i = 0; i < cell->n && n + 1 < LONGEST; i++) {
        char c = cell->text[i];
        if (cell->n - i >= 3 && memcmp(cell->text + i, wide_blank, 3) == 0)
            i += 2;
        else if (c != ' ')
            text[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    text[n] = '\0';
}

bool vci_total_worded(const vci_cell *cell) {
    static const char *const words[] = {
        "合计",  "合計",     "总计",      "總計",       "小计", "小計", "共计",
        "共計",  "总数",     "總數",      "全县",       "全縣", "全市", "全区",
        "全區",  "全省",     "全国",      "全國",       "全镇", "全鄉", "全乡",
        "total", "subtotal", "sub-total", "grandtotal", "sum"};
    static const char *const beginnings[] = {"其中", "ofwhich"};
    char text[LONGEST];
    if (!cell || cell->n == 0 || cell->n >= LONGEST) return false;
    squeeze(cell, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0) return true;
    return false;
}
