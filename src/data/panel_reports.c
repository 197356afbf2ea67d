#include "data/panel_reports_internal.h"

#include <math.h>
#include <stdlib.h>

#include "core/memory_internal.h"

vc_period vci_last_month(vc_period period, vc_frequency frequency) {
    vc_period months = VC_MONTHLY / (vc_period)frequency;
    return period * months + months - 1;
}

vc_status vci_reports_add(vci_reports *reports, const vc_vintage *report) {
    vc_status st = VC_OK;
    vc_panel *panel = reports->panel;
    VC_GROW(panel->reports, panel->n_reports, reports->capacity);
    panel->reports[panel->n_reports++] = *report;
    reports->listed[vci_panel_cell(panel, report->unit, report->period)] = true;
out:
    return st;
}

static int by_place(const void *a, const void *b) {
    const vc_vintage *x = a, *y = b;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    if (x->period != y->period) return x->period < y->period ? -1 : 1;
    if (x->reported != y->reported) return x->reported < y->reported ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static bool same_report(const vc_vintage *a, const vc_vintage *b) {
    return a->unit == b->unit && a->period == b->period && a->reported == b->reported;
}

static bool same_counts(const vc_vintage *a, const vc_vintage *b) {
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (a->count[event] != b->count[event] &&
            !(isnan(a->count[event]) && isnan(b->count[event])))
            return false;
    return true;
}

static vc_status tell_conflict(const vci_panel_reader *reader, const vc_vintage *first,
                               const vc_vintage *second) {
    vc_findings *findings = reader->findings;
    return vci_finding_add(
        findings, VC_FAULT, "M08", (vci_place){reader->monthly.table.file, second->line, 0},
        vci_text_get(VCI_TEXT_PANEL_DUPLICATE_REMEDY, findings->language),
        VCI_TEXT_PANEL_CONFLICT, vci_unit_label_of(&reader->panel->tree, second->unit).text,
        vci_period_label_of(second->period, reader->panel->frequency).text, first->line);
}

vc_status vci_reports_finish(vci_reports *reports, const vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vc_panel *panel = reports->panel;
    vc_vintage *list = panel->reports;
    size_t n = 0;
    if (panel->n_reports == 0) goto out;
    qsort(list, panel->n_reports, sizeof *list, by_place);
    for (size_t i = 0; i < panel->n_reports; i++) {
        if (n > 0 && same_report(&list[n - 1], &list[i])) {
            if (!same_counts(&list[n - 1], &list[i]))
                VC_TRY(tell_conflict(reader, &list[n - 1], &list[i]));
            continue;
        }
        list[n++] = list[i];
    }
    panel->n_reports = n;
out:
    return st;
}

/* --- what was known then ---------------------------------------------------------------
 */

#define LONGEST_DELAY 36

/* Cells that are no months are told when the rows are read. */
vc_status vci_reports_delay(const vci_panel_reader *reader, vc_period *usual) {
    vc_status st = VC_OK, silent = VC_OK;
    const vc_panel *panel = reader->panel;
    const vci_source *source = &reader->monthly;
    size_t n_delayed[LONGEST_DELAY + 1] = {0}, n = panel->tree.n * panel->n_periods;
    vc_period *first = NULL;
    vc_findings unheard;
    vc_findings_init(&unheard, reader->findings->language);
    VC_NEW(first, n);
    for (size_t i = 0; i < n; i++) first[i] = VC_NO_PERIOD;
    for (size_t row = 0; row < source->table.n_rows; row++) {
        const vci_row_key *key = &source->keys[row];
        vc_period reported = VC_NO_PERIOD;
        if (key->unit >= panel->tree.n) continue;
        vci_table_period(&source->table, row, VCI_MONTHLY_REPORTED, VC_MONTHLY, &unheard,
                         &reported, &silent);
        size_t cell = vci_panel_cell(panel, key->unit, key->period);
        if (first[cell] == VC_NO_PERIOD || reported < first[cell]) first[cell] = reported;
    }
    for (size_t i = 0; i < n; i++) {
        vc_period end = vci_last_month(panel->first + (vc_period)(i % panel->n_periods),
                                       panel->frequency);
        if (first[i] >= end && first[i] - end <= LONGEST_DELAY) n_delayed[first[i] - end]++;
    }
    *usual = 0;
    for (vc_period d = 1; d <= LONGEST_DELAY; d++)
        if (n_delayed[d] > n_delayed[*usual]) *usual = d;
out:
    vc_findings_free(&unheard);
    vci_free(first);
    return st;
}

vc_period vci_reports_until(const vci_panel_reader *reader) {
    const vc_panel *panel = reader->panel;
    vc_period as_of = reader->workspace->seen_as_of;
    if (as_of == 0 || as_of >= reader->monthly.last) return VC_NO_PERIOD;
    return vci_last_month(as_of, panel->frequency) + panel->report_delay;
}
