/*
 * Series that are too short to learn from: a season needs every month twice. Nothing is
 * refused, since every prior is proper and small units lean on the tree; but what is not
 * learned from these data must be said to come from the model.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

#define YEARS_OF_SEASON 2
#define YEARS_OF_LEVEL 3 /* yearly data have no season */

static size_t fewest(vc_frequency frequency) {
    return frequency == VC_YEARLY ? YEARS_OF_LEVEL : YEARS_OF_SEASON * (size_t)frequency;
}

/* Periods up to the as-of in which at least one leaf has a figure. */
static size_t count_known(const vc_panel *panel, const double *counts, vc_period as_of) {
    size_t n = 0;
    for (size_t t = 0; t < panel->n_periods && panel->first + (vc_period)t <= as_of; t++) {
        size_t k = 0;
        while (k < panel->tree.n_leaves &&
               isnan(counts[panel->tree.leaves[k] * panel->n_periods + t]))
            k++;
        n += k < panel->tree.n_leaves;
    }
    return n;
}

/* The column of an event, of its first part where it has none; births by sex are events. */
static size_t wish_of(const vci_table *table, vc_event event) {
    size_t wish = vci_event_wish(event);
    bool parts = event == VC_DEATHS && table->n_sources[wish] == 0;
    return parts ? VCI_MONTHLY_DEATHS_MALE : wish;
}

vc_status vci_history_place(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vc_panel *panel = reader->panel;
    const vci_table *table = &reader->monthly.table;
    VC_COPY_TEXT(panel->events_file, table->file);
    for (int e = 0; e < VC_EVENTS; e++) {
        size_t wish = wish_of(table, (vc_event)e);
        if (!panel->count[e] || table->n_sources[wish] == 0) continue;
        const vci_cell *header = &table->header[table->sources[wish][0]];
        panel->event_line[e] = header->line;
        panel->event_column[e] = header->column;
    }
out:
    return st;
}

vc_status vci_history_check(const vc_panel *panel, vc_period as_of, vc_findings *findings) {
    vc_status st = VC_OK;
    size_t needed = fewest(panel->frequency);
    for (int e = 0; e < VC_EVENTS; e++) {
        vci_place place = {panel->events_file, panel->event_line[e],
                           panel->event_column[e]};
        if (!panel->count[e] || place.line == 0) continue;
        size_t known = count_known(panel, panel->count[e], as_of);
        if (known >= needed) continue;
        VC_TRY(vci_finding_add(
            findings, VC_WARNING, "S09", place,
            vci_text_get(VCI_TEXT_PANEL_SHORT_REMEDY, findings->language),
            VCI_TEXT_PANEL_SHORT,
            vci_column_word(vci_event_column((vc_event)e), findings->language), known,
            needed));
    }
out:
    return st;
}
