/*
 * A zero where seven or more are usual is more likely a late upload than a fact (C08): with
 * a mean of 7 it is one Poisson count in 1,097. Unless the record says `final`, the figure
 * becomes missing.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

/* From this mean on a zero is not believed. */
#define USUAL 7

/* One month of 7 says little of what is usual, three do. */
#define FEWEST 3

/* The years, up to and with the period itself, in which the mean is formed. */
#define YEARS 2

double vci_usual_at(const double *row, size_t t, vc_frequency frequency) {
    size_t n_window = YEARS * (size_t)frequency;
    double sum = 0, n = 0;
    for (size_t k = t + 1 > n_window ? t + 1 - n_window : 0; k < t; k++) {
        if (isnan(row[k])) continue;
        sum += row[k];
        n++;
    }
    return n >= FEWEST ? sum / n : (double)NAN;
}

/* `final` must have been written: a blank status is final only where nothing speaks
 * against. */
static bool said_final(const vci_panel_reader *reader, size_t row, unsigned char status) {
    const vci_cell *cell = vci_table_cell(&reader->monthly.table, row, VCI_MONTHLY_STATUS);
    return cell && cell->n > 0 && status == VC_FINAL;
}

static vc_status tell(vci_panel_reader *reader, size_t row, vc_event event, double usual,
                      bool final) {
    vc_findings *findings = reader->findings;
    const vci_table *table = &reader->monthly.table;
    const vci_row_key *key = &reader->monthly.keys[row];
    return vci_finding_add(
        findings, VC_WARNING, "C08",
        vci_cell_place(table, vci_event_cell(table, row, event)),
        final ? NULL : vci_text_get(VCI_TEXT_PANEL_LATE_REMEDY, findings->language),
        final ? VCI_TEXT_PANEL_ZERO_FINAL : VCI_TEXT_PANEL_LATE,
        vci_column_word(vci_event_column(event), findings->language),
        vci_unit_label_of(&reader->panel->tree, key->unit).text,
        vci_period_label_of(key->period, reader->panel->frequency).text, usual);
}

/* Is a figure of the period in the next one's, where the table holds running totals? */
static bool made_up_later(const vci_panel_reader *reader, const uint32_t *row_at,
                          size_t unit, size_t t) {
    const vc_panel *panel = reader->panel;
    if (reader->monthly.options->cumulative_from == 0) return false;
    vc_period year = vci_year_start(reader->workspace, panel->first + (vc_period)t);
    for (size_t k = t + 1; k < panel->n_periods; k++)
        if (row_at[unit * panel->n_periods + k] != 0)
            return vci_year_start(reader->workspace, panel->first + (vc_period)k) == year;
    return row_at[unit * panel->n_periods + t] == 0;
}

/* A figure goes with its parts. */
static void forget(vc_panel *panel, vc_event event, size_t cell) {
    static const vc_event parts[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS_COMPLIANT};
    panel->count[event][cell] = NAN;
    for (size_t i = 0; event == VC_BIRTHS && i < sizeof parts / sizeof *parts; i++)
        if (panel->count[parts[i]]) panel->count[parts[i]][cell] = NAN;
}

/* Judged by the figures as they were reported, whatever becomes of earlier zeros. */
static vc_status find_in(vci_panel_reader *reader, const uint32_t *row_at, vc_event event,
                         size_t unit, double *usual) {
    vc_status st = VC_OK;
    vc_panel *panel = reader->panel;
    size_t begin = unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++)
        usual[t] = vci_usual_at(panel->count[event] + begin, t, panel->frequency);
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = begin + t;
        if (panel->count[event][cell] != 0 || !(usual[t] >= USUAL) ||
            made_up_later(reader, row_at, unit, t))
            continue;
        size_t row = row_at[cell] - 1;
        bool final = said_final(reader, row, panel->status[cell]);
        VC_TRY(tell(reader, row, event, usual[t], final));
        if (!final) forget(panel, event, cell);
    }
out:
    return st;
}

vc_status vci_late_find(vci_panel_reader *reader, const uint32_t *row_at) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    double *usual = NULL;
    VC_NEW(usual, panel->n_periods);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        for (size_t k = 0; panel->count[events[i]] && k < panel->tree.n_leaves; k++)
            VC_TRY(find_in(reader, row_at, events[i], panel->tree.leaves[k], usual));
out:
    vci_free(usual);
    return st;
}
