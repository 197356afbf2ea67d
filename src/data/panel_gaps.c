/* What is not there: late starts are data, gaps and early ends are told. */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

static bool any_event(const vc_panel *panel, size_t cell) {
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (panel->count[event] && !isnan(panel->count[event][cell])) return true;
    return false;
}

static vci_period_label label_of(const vc_panel *panel, size_t period) {
    return vci_period_label_of(panel->first + (vc_period)period, panel->frequency);
}

/* The place of a unit's row in a period; the whole file if there is none. */
static vci_place row_place(const vci_panel_reader *reader, const uint32_t *row_at,
                           size_t cell) {
    const vci_source *source = &reader->monthly;
    if (row_at[cell] == 0) return (vci_place){source->table.file, 0, 0};
    return vci_cell_place(&source->table, vci_row_unit_cell(source, row_at[cell] - 1));
}

/* The place of the period in a unit's row. */
static vci_place period_place(const vci_panel_reader *reader, const uint32_t *row_at,
                              size_t cell) {
    const vci_source *source = &reader->monthly;
    size_t row = row_at[cell] - 1;
    return vci_cell_place(&source->table,
                          vci_table_cell(&source->table, row, source->period_wish));
}

/* First reported period of each leaf, and the last period of all. */
static void find_starts(vci_panel_reader *reader) {
    vc_panel *panel = reader->panel;
    reader->last_event = VC_NO_PERIOD;
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        for (size_t t = 0; t < panel->n_periods; t++) {
            if (!any_event(panel, unit * panel->n_periods + t)) continue;
            vc_period period = panel->first + (vc_period)t;
            if (panel->starts[unit] == VC_NO_PERIOD) panel->starts[unit] = period;
            if (period > reader->last_event) reader->last_event = period;
        }
}

/*
 * More than a year in which no unit has a row: a month written wrongly, such as 2031-07 for
 * 2013-07, would otherwise move the end of all series (M02).
 */
static vc_status check_lonely(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    size_t n_empty = 0, unit = 0;
    bool begun = false;
    if (panel->frequency == VC_YEARLY) goto out;
    for (size_t t = 0; t < panel->n_periods; t++) {
        for (unit = 0; unit < panel->tree.n; unit++)
            if (row_at[unit * panel->n_periods + t] != 0) break;
        if (unit == panel->tree.n) {
            n_empty += begun;
            continue;
        }
        if (n_empty >= (size_t)panel->frequency)
            VC_TRY(vci_finding_add(
                reader->findings, VC_FAULT, "M02",
                period_place(reader, row_at, unit * panel->n_periods + t),
                vci_text_get(VCI_TEXT_PANEL_LONELY_REMEDY, reader->findings->language),
                VCI_TEXT_PANEL_LONELY, label_of(panel, t - n_empty).text,
                label_of(panel, t - 1).text, label_of(panel, t).text));
        n_empty = 0;
        begun = true;
    }
out:
    return st;
}

static vc_status tell_gap(vci_panel_reader *reader, const uint32_t *row_at, size_t unit,
                          size_t begin, size_t end) {
    const vc_panel *panel = reader->panel;
    size_t last = (size_t)(reader->last_event - panel->first);
    vci_place place = {reader->monthly.table.file, 0, 0};
    if (begin > 0) place = row_place(reader, row_at, unit * panel->n_periods + begin - 1);
    vci_unit_label label = vci_unit_label_of(&panel->tree, unit);
    if (end > last)
        return vci_finding_add(reader->findings, VC_WARNING, "M09", place, NULL,
                               VCI_TEXT_PANEL_ENDS, label.text,
                               label_of(panel, begin - 1).text, label_of(panel, last).text);
    bool is_long = end - begin > (size_t)panel->frequency;
    return vci_finding_add(reader->findings, VC_WARNING, "M09", place, NULL,
                           is_long ? VCI_TEXT_PANEL_LONG_GAP : VCI_TEXT_PANEL_GAP,
                           label.text, label_of(panel, begin).text,
                           label_of(panel, end - 1).text, end - begin);
}

/*
 * From when on a unit's figures are due although none is there yet: a successor is there
 * from the end of the first unit that it took over. VC_NO_PERIOD for any other unit.
 */
static vc_period due_from(const vci_panel_reader *reader, size_t unit) {
    const vc_panel *panel = reader->panel;
    vc_period due = VC_NO_PERIOD;
    for (size_t i = 0; i < panel->n_changes; i++) {
        vc_period next = panel->tree.units[panel->changes[i].from].valid_to + 1;
        if (panel->changes[i].to != unit || next <= panel->first) continue;
        if (due == VC_NO_PERIOD || next < due) due = next;
    }
    return due == VC_NO_PERIOD || due > reader->last_event ? VC_NO_PERIOD : due;
}

/* The last period in which a unit's figures are due. */
static vc_period due_until(const vci_panel_reader *reader, size_t unit) {
    vc_period end = reader->panel->tree.units[unit].valid_to;
    return end != VC_NO_PERIOD && end < reader->last_event ? end : reader->last_event;
}

static vc_status find_gaps(vci_panel_reader *reader, const uint32_t *row_at, size_t unit) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    vc_period last = due_until(reader, unit);
    for (vc_period period = panel->starts[unit]; period <= last; period++) {
        size_t begin = (size_t)(period - panel->first), t = begin;
        while (period <= last && !any_event(panel, unit * panel->n_periods + t)) {
            t++;
            period++;
        }
        if (t > begin) VC_TRY(tell_gap(reader, row_at, unit, begin, t));
    }
out:
    return st;
}

/* A unit of another time than the data has nothing to report. */
static vc_status tell_no_data(vci_panel_reader *reader, size_t unit) {
    const vc_unit *u = &reader->panel->tree.units[unit];
    if (u->valid_from != VC_NO_PERIOD && u->valid_from > reader->last_event) return VC_OK;
    if (u->valid_to != VC_NO_PERIOD && u->valid_to < reader->panel->first) return VC_OK;
    return vci_finding_add(reader->findings, VC_WARNING, "U01",
                           (vci_place){reader->units.file, reader->units.lines[unit], 0},
                           NULL, VCI_TEXT_PANEL_NO_DATA,
                           vci_unit_label_of(&reader->panel->tree, unit).text,
                           reader->monthly.table.file);
}

/* What the population series of all units lack, each kind told once with its number. */
typedef struct population_gaps {
    size_t n_early, early_unit, early_end; /* series that end before the events do */
    size_t n_inside, inside_unit, inside_at;
    size_t n_without, without_unit; /* leaves without any, though others have some */
} population_gaps;

static void scan_population(const vci_panel_reader *reader, size_t unit,
                            population_gaps *gaps) {
    const vc_panel *panel = reader->panel;
    const double *population = panel->population + unit * panel->n_periods;
    size_t begin = 0, end = panel->n_periods;
    while (end > 0 && isnan(population[end - 1])) end--;
    while (begin < end && isnan(population[begin])) begin++;
    if (end == 0) {
        bool counts = panel->tree.units[unit].leaf && panel->starts[unit] != VC_NO_PERIOD;
        if (counts && gaps->n_without++ == 0) gaps->without_unit = unit;
        return;
    }
    if (panel->first + (vc_period)end <= due_until(reader, unit)) {
        if (gaps->n_early++ == 0 || end < gaps->early_end) {
            gaps->early_end = end;
            gaps->early_unit = unit;
        }
    }
    for (size_t t = begin; t < end; t++) {
        if (!isnan(population[t])) continue;
        if (gaps->n_inside++ > 0) continue;
        gaps->inside_unit = unit;
        gaps->inside_at = t;
    }
}

static vc_status tell_population(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    vc_findings *findings = reader->findings;
    vci_place place = {reader->monthly.table.file, 0, 0};
    population_gaps gaps = {0};
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        scan_population(reader, unit, &gaps);
    if (gaps.n_early > 0) {
        size_t last = (size_t)(reader->last_event - panel->first);
        VC_TRY(vci_finding_add(
            findings, VC_WARNING, "M10",
            row_place(reader, row_at,
                      gaps.early_unit * panel->n_periods + gaps.early_end - 1),
            NULL, VCI_TEXT_PANEL_POPULATION_ENDS, gaps.n_early,
            label_of(panel, gaps.early_end - 1).text,
            vci_unit_label_of(&panel->tree, gaps.early_unit).text,
            label_of(panel, last).text));
    }
    if (gaps.n_inside > 0)
        VC_TRY(vci_finding_add(findings, VC_WARNING, "M09", place, NULL,
                               VCI_TEXT_PANEL_POPULATION_GAP, gaps.n_inside,
                               vci_unit_label_of(&panel->tree, gaps.inside_unit).text,
                               label_of(panel, gaps.inside_at).text));
    if (gaps.n_without > 0)
        VC_TRY(vci_finding_add(findings, VC_WARNING, "C05", place, NULL,
                               VCI_TEXT_PANEL_POPULATION_NONE, gaps.n_without,
                               vci_unit_label_of(&panel->tree, gaps.without_unit).text));
out:
    return st;
}

vc_status vci_gaps_find(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    find_starts(reader);
    VC_TRY(check_lonely(reader, row_at));
    for (size_t k = 0; k < panel->tree.n_leaves; k++) {
        size_t unit = panel->tree.leaves[k];
        bool silent = panel->starts[unit] == VC_NO_PERIOD;
        vc_period due = due_from(reader, unit);
        if (due != VC_NO_PERIOD && (silent || due < panel->starts[unit]))
            panel->starts[unit] = due;
        if (silent)
            VC_TRY(tell_no_data(reader, unit));
        else
            VC_TRY(find_gaps(reader, row_at, unit));
    }
    if (panel->population && reader->last_event != VC_NO_PERIOD)
        VC_TRY(tell_population(reader, row_at));
out:
    return st;
}
