/* Registered or resident population: one of them makes a panel, never a mixture. */
#include <string.h>

#include "core/status_internal.h"
#include "data/panel_internal.h"

enum { REGISTERED, RESIDENT, BASES };

static const char *const words[BASES][2] = {{"registered", "户籍"}, {"resident", "常住"}};

/* The basis of every row: an index of words, or BASES when blank or unknown. */
static vc_status count_rows(vci_panel_reader *reader, size_t n_rows[BASES + 1]) {
    vc_status st = VC_OK;
    const vci_table *table = &reader->monthly.table;
    for (size_t row = 0; row < table->n_rows; row++) {
        const vci_cell *cell = vci_table_cell(table, row, VCI_MONTHLY_BASIS);
        size_t basis = vci_word_find(cell, BASES, words);
        n_rows[basis]++;
        if (basis == BASES && cell->n > 0)
            VC_TRY(vci_word_fault(table, cell, vci_monthly_column(VCI_MONTHLY_BASIS), BASES,
                                  words, reader->findings));
    }
out:
    return st;
}

static void keep_only(vci_source *source, size_t chosen) {
    for (size_t row = 0; row < source->table.n_rows; row++) {
        const vci_cell *cell = vci_table_cell(&source->table, row, VCI_MONTHLY_BASIS);
        if (vci_word_find(cell, BASES, words) != chosen)
            source->keys[row].unit = VCI_ROW_SKIPPED;
    }
}

static vc_status tell(vci_panel_reader *reader, const char *remedy, vci_text text) {
    const vci_table *table = &reader->monthly.table;
    const vci_cell *header = &table->header[table->sources[VCI_MONTHLY_BASIS][0]];
    return vci_finding_add(reader->findings, VC_FAULT, "V03", vci_cell_place(table, header),
                           remedy, text);
}

static vc_status tell_not_both(vci_panel_reader *reader) {
    const vci_table *table = &reader->monthly.table;
    return vci_finding_add(reader->findings, VC_FAULT, "V03",
                           (vci_place){table->file, 1, 0}, NULL,
                           VCI_TEXT_PANEL_NOT_BOTH_BASES);
}

vc_status vci_basis_choose(vci_panel_reader *reader) {
    const vc_workspace *workspace = reader->workspace;
    size_t n_rows[BASES + 1] = {0};
    if (reader->monthly.table.n_sources[VCI_MONTHLY_BASIS] == 0)
        return workspace->both_bases ? tell_not_both(reader) : VC_OK;
    vc_status st = count_rows(reader, n_rows);
    if (st != VC_OK) return st;
    for (size_t basis = 0; basis < BASES; basis++)
        if (n_rows[basis] > 0) reader->panel->bases |= 1u << basis;
    if (workspace->both_bases && (n_rows[REGISTERED] == 0 || n_rows[RESIDENT] == 0))
        return tell_not_both(reader);
    if (n_rows[REGISTERED] + n_rows[RESIDENT] == 0) return st;
    size_t n_kinds = 0;
    for (size_t basis = 0; basis <= BASES; basis++) n_kinds += n_rows[basis] > 0;
    if (n_kinds > 1 && !workspace->basis)
        return tell(reader,
                    vci_text_get(VCI_TEXT_PANEL_BASIS_PASTE, reader->findings->language),
                    VCI_TEXT_PANEL_BASES);
    if (!workspace->basis) return VC_OK;
    size_t chosen =
        strcmp(workspace->basis, words[RESIDENT][0]) == 0 ? RESIDENT : REGISTERED;
    if (n_rows[chosen] == 0) return tell(reader, NULL, VCI_TEXT_PANEL_NO_BASIS);
    keep_only(&reader->monthly, chosen);
    return VC_OK;
}
