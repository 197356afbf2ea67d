/* Months of registration or of the event: the column that says them must not be guessed. */
#include "core/status_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"

static const vci_cell *header_of(const vci_table *table, size_t wish) {
    return &table->header[table->sources[wish][0]];
}

static vci_quoted name_of(const vci_table *table, size_t wish) {
    if (table->n_sources[wish] == 0) wish = VCI_MONTHLY_PERIOD;
    const vci_cell *cell = header_of(table, wish);
    return vci_quote(cell->text, cell->n);
}

/* Several columns, and nothing says which counts: no row can be placed in time. */
static vc_status tell_several(vci_panel_reader *reader, size_t wish) {
    vci_source *source = &reader->monthly;
    const vci_table *table = &source->table;
    vci_remedy remedy = vci_remedy_make(reader->findings, VCI_TEXT_PANEL_DATING_REMEDY,
                                        name_of(table, VCI_MONTHLY_REGISTRATION).text,
                                        name_of(table, VCI_MONTHLY_EVENT).text);
    for (size_t row = 0; row < table->n_rows; row++)
        source->keys[row].unit = VCI_ROW_SKIPPED;
    return vci_finding_add(reader->findings, VC_FAULT, "M13",
                           vci_cell_place(table, header_of(table, wish)), remedy.text,
                           VCI_TEXT_PANEL_DATING_SEVERAL);
}

static vc_status tell_other(vci_panel_reader *reader, bool event) {
    const vci_table *table = &reader->monthly.table;
    size_t wish = event ? VCI_MONTHLY_EVENT : VCI_MONTHLY_REGISTRATION;
    return vci_finding_add(
        reader->findings, VC_WARNING, "M13", vci_cell_place(table, header_of(table, wish)),
        NULL, event ? VCI_TEXT_PANEL_DATING_EVENT : VCI_TEXT_PANEL_DATING_REGISTRATION);
}

vc_status vci_dating_choose(vci_panel_reader *reader) {
    static const size_t wishes[] = {VCI_MONTHLY_PERIOD, VCI_MONTHLY_REGISTRATION,
                                    VCI_MONTHLY_EVENT};
    vci_source *source = &reader->monthly;
    size_t n = 0, last = VCI_MONTHLY_PERIOD;
    source->period_wish = VCI_MONTHLY_PERIOD;
    const char *month = vci_monthly_column(VCI_MONTHLY_PERIOD)->name;
    if (vci_column_map(source->options, month)) return VC_OK;
    for (size_t i = 0; i < 3; i++) {
        if (source->table.n_sources[wishes[i]] == 0) continue;
        last = wishes[i];
        n++;
    }
    if (n > 1) return tell_several(reader, last);
    source->period_wish = last;
    bool event = reader->workspace->dating == VC_BY_EVENT;
    if (last == VCI_MONTHLY_EVENT && !event) return tell_other(reader, true);
    if (last == VCI_MONTHLY_REGISTRATION && event) return tell_other(reader, false);
    return VC_OK;
}
