/* monthly.csv into the arrays of the panel. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_cumulative_internal.h"
#include "data/panel_reports_internal.h"

static const vci_column_wish wishes[VCI_MONTHLY_COLUMNS] = {
    [VCI_MONTHLY_UNIT] = {"unit", "单位", false},
    [VCI_MONTHLY_NAME] = {"name", "单位名称", false},
    [VCI_MONTHLY_PERIOD] = {"month", "月份", VCI_ONE_OF},
    [VCI_MONTHLY_REGISTRATION] = {"registration_month", "登记月份", VCI_ONE_OF},
    [VCI_MONTHLY_EVENT] = {"event_month", "发生月份", VCI_ONE_OF},
    [VCI_MONTHLY_BASIS] = {"basis", "口径", false},
    [VCI_MONTHLY_BIRTHS_MALE] = {"births_male", "出生男婴", false},
    [VCI_MONTHLY_BIRTHS_FEMALE] = {"births_female", "出生女婴", false},
    [VCI_MONTHLY_BIRTHS] = {"births", "出生人数", false},
    [VCI_MONTHLY_COMPLIANT] = {"births_compliant", "符合政策出生人数", false},
    [VCI_MONTHLY_FIRST] = {"births_first", "一孩出生人数", false},
    [VCI_MONTHLY_SECOND] = {"births_second", "二孩出生人数", false},
    [VCI_MONTHLY_THIRD] = {"births_third_up", "三孩及以上出生人数", false},
    [VCI_MONTHLY_STILL] = {"stillbirths", "死胎死产数", false},
    [VCI_MONTHLY_DEATHS] = {"deaths", "死亡人数", false},
    [VCI_MONTHLY_DEATHS_MALE] = {"deaths_male", "男性死亡人数", false},
    [VCI_MONTHLY_DEATHS_FEMALE] = {"deaths_female", "女性死亡人数", false},
    [VCI_MONTHLY_ARRIVALS] = {"arrivals", "迁入人数", false},
    [VCI_MONTHLY_DEPARTURES] = {"departures", "迁出人数", false},
    [VCI_MONTHLY_POPULATION] = {"population", "期末人口数", false},
    [VCI_MONTHLY_STATUS] = {"status", "数据状态", false},
    [VCI_MONTHLY_REPORTED] = {"reported", "上报月份", false},
    [VCI_MONTHLY_SOURCE] = {"source", "数据来源", false}};

const vci_column_wish *vci_monthly_column(size_t wish) { return &wishes[wish]; }

size_t vci_event_wish(vc_event event) {
    static const size_t columns[VC_EVENTS] = {[VC_BIRTHS] = VCI_MONTHLY_BIRTHS,
                                              [VC_BIRTHS_MALE] = VCI_MONTHLY_BIRTHS_MALE,
                                              [VC_BIRTHS_FEMALE] =
                                                  VCI_MONTHLY_BIRTHS_FEMALE,
                                              [VC_BIRTHS_COMPLIANT] = VCI_MONTHLY_COMPLIANT,
                                              [VC_DEATHS] = VCI_MONTHLY_DEATHS,
                                              [VC_ARRIVALS] = VCI_MONTHLY_ARRIVALS,
                                              [VC_DEPARTURES] = VCI_MONTHLY_DEPARTURES};
    return columns[event];
}

const vci_column_wish *vci_event_column(vc_event event) {
    return &wishes[vci_event_wish(event)];
}

const vci_cell *vci_event_cell(const vci_table *table, size_t row, vc_event event) {
    const vci_cell *cell = vci_table_cell(table, row, vci_event_wish(event));
    if (cell) return cell;
    return vci_table_cell(table, row,
                          event == VC_BIRTHS   ? VCI_MONTHLY_BIRTHS_MALE
                          : event == VC_DEATHS ? VCI_MONTHLY_DEATHS_MALE
                                               : VCI_MONTHLY_BIRTHS);
}

/* What is known of duplicate rows while the table is walked. */
typedef struct filler {
    vci_panel_reader *reader;
    uint32_t *row_at;     /* [n_units][n_periods] row + 1; 0 none */
    vc_period *report_at; /* same: month of report; NULL if there is no such column */
    vci_reports reports;
    vc_period until; /* later reports do not count; VC_NO_PERIOD: all do */
    size_t n_unheard, unheard_row;
    size_t n_revised, revised_row;
} filler;

/* At least one event must be counted; a table that could not be read has said why. */
static vc_status check_events(vci_panel_reader *reader) {
    const vci_table *table = &reader->monthly.table;
    if (table->n_rows == 0) return VC_OK;
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (vci_record_has(table, (vc_event)event)) return VC_OK;
    return vci_finding_add(
        reader->findings, VC_FAULT, "T05", (vci_place){table->file, 1, 0},
        vci_text_get(VCI_TEXT_PANEL_EVENTS_REMEDY, reader->findings->language),
        VCI_TEXT_PANEL_NO_EVENTS);
}

vc_status vci_monthly_open(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    const vc_units_from_columns *from = &reader->workspace->units_from;
    vci_source *source = &reader->monthly;
    size_t n = VCI_MONTHLY_COLUMNS + 2 * from->n;
    vci_column_wish *all = NULL;
    source->role = VC_TABLE_MONTHLY;
    source->options = &reader->workspace->tables[VC_TABLE_MONTHLY];
    source->unit_columns = (vci_level_columns){1, VCI_MONTHLY_UNIT, VCI_MONTHLY_NAME};
    VC_NEW(all, n);
    memcpy(all, wishes, sizeof wishes);
    all[VCI_MONTHLY_UNIT].required = from->n == 0;
    n = VCI_MONTHLY_COLUMNS;
    for (size_t k = 0; k < from->n; k++)
        all[n++] = (vci_column_wish){from->codes[k], NULL, true};
    for (size_t k = 0; from->names && k < from->n; k++)
        all[n++] = (vci_column_wish){from->names[k], NULL, true};
    if (from->n > 0)
        source->unit_columns = (vci_level_columns){
            from->n, VCI_MONTHLY_COLUMNS,
            from->names ? VCI_MONTHLY_COLUMNS + from->n : VCI_NO_COLUMN};
    VC_TRY(vci_table_read(reader->workspace, VC_TABLE_MONTHLY, n, all, from->n == 0,
                          reader->findings, &source->table, &source->present));
    if (!source->present) goto out;
    VC_NEW(source->keys, source->table.n_rows);
    VC_TRY(check_events(reader));
    VC_TRY(vci_dating_choose(reader));
    VC_TRY(vci_basis_choose(reader));
out:
    vci_free(all);
    return st;
}

static void place_record(filler *f, size_t row, const vci_record *record) {
    vc_panel *panel = f->reader->panel;
    const vci_row_key *key = &f->reader->monthly.keys[row];
    size_t cell = vci_panel_cell(panel, key->unit, key->period);
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (panel->count[event]) panel->count[event][cell] = record->count[event];
    if (panel->population) panel->population[cell] = record->population;
    panel->status[cell] = record->status;
    if (f->report_at) f->report_at[cell] = record->reported;
    f->row_at[cell] = (uint32_t)row + 1;
}

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool same_figures(const vc_panel *panel, size_t cell, const vci_record *record) {
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (panel->count[event] &&
            !same_number(panel->count[event][cell], record->count[event]))
            return false;
    return !panel->population || same_number(panel->population[cell], record->population);
}

/* Keeps a report; before the second one of a unit and period, the first one too. */
static vc_status keep_report(filler *f, size_t row, size_t cell, const vci_record *record) {
    vc_status st = VC_OK;
    const vc_panel *panel = f->reader->panel;
    const vci_source *source = &f->reader->monthly;
    vc_vintage report = {.unit = source->keys[row].unit,
                         .period = source->keys[row].period,
                         .reported = f->report_at[cell],
                         .line = vci_row_unit_cell(source, f->row_at[cell] - 1)->line};
    for (size_t event = 0; event < VC_EVENTS; event++)
        report.count[event] = panel->count[event] ? panel->count[event][cell] : (double)NAN;
    if (!f->reports.listed[cell]) VC_TRY(vci_reports_add(&f->reports, &report));
    report.reported = record->reported;
    report.line = vci_row_unit_cell(source, row)->line;
    memcpy(report.count, record->count, sizeof report.count);
    VC_TRY(vci_reports_add(&f->reports, &report));
out:
    return st;
}

/* A second row of one unit and period: the same (M07), a revision, or a contradiction. */
static vc_status place_duplicate(filler *f, size_t row, size_t cell,
                                 const vci_record *record) {
    vc_panel *panel = f->reader->panel;
    vc_findings *findings = f->reader->findings;
    const vci_source *source = &f->reader->monthly;
    const vci_row_key *key = &source->keys[row];
    const vci_cell *first = vci_row_unit_cell(source, f->row_at[cell] - 1);
    vc_period before = f->report_at ? f->report_at[cell] : VC_NO_PERIOD;
    if (before != VC_NO_PERIOD && record->reported != VC_NO_PERIOD &&
        before != record->reported) {
        if (f->n_revised++ == 0) f->revised_row = row;
        vc_status st = keep_report(f, row, cell, record);
        if (st == VC_OK && record->reported > before) place_record(f, row, record);
        return st;
    }
    bool same = same_figures(panel, cell, record);
    const char *remedy = vci_text_get(VCI_TEXT_PANEL_DUPLICATE_REMEDY, findings->language);
    if (same && record->status > panel->status[cell]) {
        panel->status[cell] = record->status;
        f->row_at[cell] = (uint32_t)row + 1;
    }
    return vci_finding_add(
        findings, same ? VC_WARNING : VC_FAULT, same ? "M07" : "M08",
        vci_cell_place(&source->table, vci_row_unit_cell(source, row)),
        same ? NULL : remedy, same ? VCI_TEXT_PANEL_DUPLICATE : VCI_TEXT_PANEL_CONFLICT,
        vci_unit_label_of(&f->reader->units.tree, key->unit).text,
        vci_period_label_of(key->period, panel->frequency).text, first->line);
}

/* Had the row been written when the tables are to be seen as they stood? */
static bool known_then(filler *f, size_t row, const vci_record *record) {
    const vc_workspace *w = f->reader->workspace;
    vc_period period = f->reader->monthly.keys[row].period;
    if (w->known_period && period > w->known_period) return false;
    if (f->until == VC_NO_PERIOD || record->reported == VC_NO_PERIOD ||
        record->reported <= f->until)
        return true;
    if (period <= w->seen_as_of && f->n_unheard++ == 0) f->unheard_row = row;
    return false;
}

static vc_status fill_row(filler *f, size_t row) {
    vc_status st = VC_OK;
    vci_record record = {0};
    VC_TRY(vci_record_read(f->reader, row, &record));
    const vci_row_key *key = &f->reader->monthly.keys[row];
    size_t cell = vci_panel_cell(f->reader->panel, key->unit, key->period);
    if (!known_then(f, row, &record)) goto out;
    if (f->row_at[cell] == 0) {
        place_record(f, row, &record);
    } else {
        VC_TRY(place_duplicate(f, row, cell, &record));
    }
out:
    return st;
}

static vc_status tell_revised(const filler *f) {
    vc_status st = VC_OK;
    vc_findings *findings = f->reader->findings;
    const vci_table *table = &f->reader->monthly.table;
    const vci_cell *cell = vci_table_cell(table, f->revised_row, VCI_MONTHLY_REPORTED);
    if (f->n_revised > 0)
        VC_TRY(vci_finding_add(findings, VC_INFO, "M08", vci_cell_place(table, cell), NULL,
                               VCI_TEXT_PANEL_REVISED, f->n_revised));
    cell = vci_table_cell(table, f->unheard_row, VCI_MONTHLY_REPORTED);
    if (f->n_unheard > 0)
        VC_TRY(vci_finding_add(findings, VC_INFO, "M08", vci_cell_place(table, cell), NULL,
                               VCI_TEXT_PANEL_UNHEARD, f->n_unheard,
                               vci_period_label_of(f->until, VC_MONTHLY).text));
out:
    return st;
}

static bool any_number(const double *array, size_t n) {
    for (size_t i = 0; array && i < n; i++)
        if (!isnan(array[i])) return true;
    return false;
}

/* Columns in which nothing stands are as good as absent. */
static void drop_empty(vc_panel *panel) {
    size_t n = panel->tree.n * panel->n_periods;
    for (size_t event = 0; event < VC_EVENTS; event++) {
        panel->has[event] = any_number(panel->count[event], n);
        if (panel->has[event]) continue;
        vci_free(panel->count[event]);
        panel->count[event] = NULL;
    }
    if (any_number(panel->population, n)) return;
    vci_free(panel->population);
    panel->population = NULL;
}

/* Births of so many say what the rate is; no place has more or fewer per 1,000 people. */
#define BIRTHS_ENOUGH 500
#define HIGHEST_RATE 100.0
#define LOWEST_RATE 0.1

/* C06: the rate of the whole table tells a population in thousands from one in persons. */
static vc_status check_scale(vci_panel_reader *reader) {
    const vc_panel *panel = reader->panel;
    const vci_table *table = &reader->monthly.table;
    double births = 0, years = 0; /* of all leaves, person-years */
    for (size_t k = 0; panel->count[VC_BIRTHS] && k < panel->tree.n_leaves; k++)
        for (size_t t = 0; panel->population && t < panel->n_periods; t++) {
            size_t cell = panel->tree.leaves[k] * panel->n_periods + t;
            if (isnan(panel->count[VC_BIRTHS][cell] + panel->population[cell])) continue;
            births += panel->count[VC_BIRTHS][cell];
            years += panel->population[cell] / (double)panel->frequency;
        }
    double rate = 1000 * births / years;
    if (births < BIRTHS_ENOUGH || (rate >= LOWEST_RATE && rate <= HIGHEST_RATE))
        return VC_OK;
    return vci_finding_add(
        reader->findings, VC_FAULT, "C06",
        vci_cell_place(table, vci_table_cell(table, 0, VCI_MONTHLY_POPULATION)), NULL,
        VCI_TEXT_PANEL_SCALE, rate);
}

vc_status vci_monthly_fill(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vci_source *source = &reader->monthly;
    vc_panel *panel = reader->panel;
    size_t n = panel->tree.n * panel->n_periods;
    filler f = {.reader = reader, .reports.panel = panel, .until = VC_NO_PERIOD};
    vci_cumulative cumulative = {0};
    bool totals;
    VC_NEW(f.row_at, n);
    f.until =
        reader->workspace->known_report ? reader->workspace->known_report : VC_NO_PERIOD;
    if (source->table.n_sources[VCI_MONTHLY_REPORTED] > 0) {
        VC_NEW(f.report_at, n);
        VC_NEW(f.reports.listed, n);
        VC_TRY(vci_reports_delay(reader, &panel->report_delay));
        if (f.until == VC_NO_PERIOD) f.until = vci_reports_until(reader);
    }
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (vci_record_has(&source->table, (vc_event)event))
            VC_TRY(vci_panel_array(panel, &panel->count[event]));
    if (vci_record_has_population(&source->table))
        VC_TRY(vci_panel_array(panel, &panel->population));
    for (size_t row = 0; row < source->table.n_rows; row++)
        if (source->keys[row].unit < panel->tree.n) VC_TRY(fill_row(&f, row));
    VC_TRY(tell_revised(&f));
    VC_TRY(vci_reports_finish(&f.reports, reader));
    drop_empty(panel);
    if (source->options->cumulative_from == 0)
        VC_TRY(vci_triangles_fill(panel, f.report_at, f.until));
    VC_TRY(vci_cumulative_begin(reader, f.row_at, &cumulative));
    VC_TRY(check_scale(reader));
    VC_TRY(vci_validity_check(reader, f.row_at));
    VC_TRY(vci_gaps_find(reader, f.row_at));
    VC_TRY(vci_pattern_totals(reader, f.row_at, &totals));
    if (!totals) VC_TRY(vci_late_find(reader, f.row_at));
    if (!totals) VC_TRY(vci_patterns_find(reader, f.row_at));
    VC_TRY(vci_sums_fill(reader, f.row_at));
    VC_TRY(vci_totals_check(reader));
    VC_TRY(vci_cumulative_settle(&cumulative));
    VC_TRY(vci_history_place(reader));
out:
    vci_cumulative_free(&cumulative);
    vci_free(f.row_at);
    vci_free(f.report_at);
    vci_free(f.reports.listed);
    return st;
}
