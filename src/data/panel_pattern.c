/*
 * How a table was filled in, told from the pattern of its figures. The limits are such that
 * honest counts of a table of 10,000 cells reach one of them less than once in 100 tables;
 * what honest figures show more often is for the tests of src/quality.
 */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

/* Rises within years of running totals: so many without a fall are one order in 8!. */
#define FEWEST_RISES 8

/* A step: so many times what is usual, from so many events on. */
#define STEP 7
#define STEP_EVENTS 35
#define STEP_USUAL 70

/*
 * The latest month: four standard deviations below six tenths of what is usual, and less
 * than half of every other figure.
 */
#define LATEST_SHARE 0.6
#define LATEST_SDS 4

/* Equal figures in a row, and from which size on. */
#define EQUAL_RUN 8
#define EQUAL_FROM 10

/* A sex ratio of so many births, and what is believed of it. */
#define RATIO_BIRTHS 1000
#define RATIO_LOW 0.8
#define RATIO_HIGH 1.4

/* A jump of the population. */
#define JUMP_SHARE 0.1
#define JUMP_PEOPLE 500

typedef struct series {
    vci_panel_reader *reader;
    const uint32_t *row_at;
    vc_event event;
    size_t unit, n;
    const double *x;
} series;

static series series_of(vci_panel_reader *reader, const uint32_t *row_at, int event,
                        size_t unit) {
    const vc_panel *panel = reader->panel;
    size_t n = panel->n_periods;
    return (series){reader, row_at, (vc_event)event,
                    unit,   n,      panel->count[event] + unit * n};
}

static vci_period_label label_at(const series *s, size_t t) {
    const vc_panel *panel = s->reader->panel;
    return vci_period_label_of(panel->first + (vc_period)t, panel->frequency);
}

/* The cell of period t. */
static vci_place place_at(const series *s, size_t t) {
    const vci_table *table = &s->reader->monthly.table;
    size_t row = s->row_at[s->unit * s->n + t];
    if (row == 0) return (vci_place){table->file, 0, 0};
    return vci_cell_place(table, vci_event_cell(table, row - 1, s->event));
}

static const char *column_of(const series *s) {
    return vci_column_word(vci_event_column(s->event), s->reader->findings->language);
}

static const char *remedy(const series *s, vci_text text) {
    return vci_text_get(text, s->reader->findings->language);
}

/* A warning of a figure, in the words "column, unit, period, figure, another number". */
static vc_status warn(const series *s, const char *kind, size_t t, vci_text text,
                      vci_text what_to_do, double figure, double other) {
    return vci_finding_add(s->reader->findings, VC_WARNING, kind, place_at(s, t),
                           remedy(s, what_to_do), text, column_of(s),
                           vci_unit_label_of(&s->reader->panel->tree, s->unit).text,
                           label_at(s, t).text, figure, other);
}

/* --- running totals ------------------------------------------------------------------- */

/* Period at which the series begins anew for the first time; 0: it is none of totals. */
static size_t begins_anew(const series *s) {
    size_t rises = 0, first = 0;
    for (size_t t = 1; t < s->n; t++) {
        if (isnan(s->x[t]) || isnan(s->x[t - 1])) continue;
        bool same_month = first == 0 || (t - first) % 12 == 0;
        if (s->x[t] < s->x[t - 1]) {
            if (!same_month || 2 * s->x[t] > s->x[t - 1]) return 0;
            if (first == 0) first = t;
        }
        rises += s->x[t] > s->x[t - 1];
    }
    return rises >= FEWEST_RISES ? first : 0;
}

/* One finding for the table: who gives totals in one series gives them in the others. */
vc_status vci_pattern_totals(vci_panel_reader *reader, const uint32_t *row_at,
                             bool *found) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    const vc_table_options *options = reader->monthly.options;
    *found = false;
    if (options->cumulative_from > 0 || options->said_monthly ||
        panel->frequency != VC_MONTHLY)
        goto out;
    for (int e = 0; e < VC_EVENTS && !*found; e++)
        for (size_t k = 0; panel->count[e] && k < panel->tree.n_leaves && !*found; k++) {
            size_t unit = panel->tree.leaves[k];
            series s = series_of(reader, row_at, e, unit);
            size_t t = begins_anew(&s);
            if (t == 0) continue;
            *found = true;
            VC_TRY(vci_finding_add(reader->findings, VC_FAULT, "M12", place_at(&s, t),
                                   remedy(&s, VCI_TEXT_PANEL_TOTALS_REMEDY),
                                   VCI_TEXT_PANEL_TOTALS, column_of(&s),
                                   vci_unit_label_of(&panel->tree, unit).text,
                                   label_at(&s, t).text));
        }
out:
    return st;
}

/* --- one series of events ------------------------------------------------------------- */

/* Far above or below what is usual, by the first period that is. */
static vc_status find_step(const series *s) {
    for (size_t t = 0; t < s->n; t++) {
        double usual = vci_usual_at(s->x, t, s->reader->panel->frequency);
        bool up = s->x[t] >= STEP * usual && s->x[t] >= STEP_EVENTS;
        bool down =
            s->x[t] > 0 && STEP * s->x[t] <= usual && usual >= STEP_USUAL && t + 1 < s->n;
        if (up || down)
            return warn(s, "C09", t, VCI_TEXT_PANEL_STEP, VCI_TEXT_PANEL_STEP_REMEDY,
                        s->x[t], usual);
    }
    return VC_OK;
}

static vc_status find_low_end(const series *s) {
    size_t t = s->n - 1;
    double usual = vci_usual_at(s->x, t, s->reader->panel->frequency);
    double expected = LATEST_SHARE * usual, least = INFINITY;
    for (size_t k = 0; k < t; k++) least = fmin(least, s->x[k]);
    if (!(s->x[t] < expected - LATEST_SDS * sqrt(expected)) || 2 * s->x[t] >= least)
        return VC_OK;
    return warn(s, "M15", t, VCI_TEXT_PANEL_LOW_END, VCI_TEXT_PANEL_LOW_END_REMEDY, s->x[t],
                usual);
}

/* A run of equal figures; of a whole year: the year's figure, given for each month. */
static vc_status find_run(const series *s) {
    for (size_t begin = 0, end; begin < s->n; begin = end) {
        for (end = begin + 1; end < s->n && s->x[end] == s->x[begin]; end++) continue;
        size_t n = end - begin, f = (size_t)s->reader->panel->frequency;
        bool year = n >= f && f == (size_t)VC_MONTHLY;
        if (n < EQUAL_RUN || !(s->x[begin] >= EQUAL_FROM)) continue;
        return warn(s, year ? "C07" : "C10", begin,
                    year ? VCI_TEXT_PANEL_YEAR_REPEATED : VCI_TEXT_PANEL_RUN,
                    year ? VCI_TEXT_PANEL_YEAR_REPEATED_REMEDY : VCI_TEXT_PANEL_RUN_REMEDY,
                    s->x[begin], (double)n);
    }
    return VC_OK;
}

/* Boys to girls, over as many periods as have a thousand births. */
static vc_status find_ratio(const series *s) {
    const double *girls = s->reader->panel->count[VC_BIRTHS_FEMALE] + s->unit * s->n;
    double m = 0, f = 0;
    for (size_t t = 0; t < s->n; t++) {
        if (isnan(s->x[t]) || isnan(girls[t])) continue;
        m += s->x[t];
        f += girls[t];
        if (m + f < RATIO_BIRTHS) continue;
        if (m < RATIO_LOW * f || m > RATIO_HIGH * f)
            return warn(s, "C04", t, VCI_TEXT_PANEL_RATIO, VCI_TEXT_PANEL_RATIO_REMEDY, m,
                        f);
        m = f = 0;
    }
    return VC_OK;
}

static vc_status find_in_events(const series *s) {
    vc_status st = VC_OK;
    bool ratio = s->event == VC_BIRTHS_MALE && s->reader->panel->count[VC_BIRTHS_FEMALE];
    if (s->event == VC_BIRTHS || s->event == VC_DEATHS) {
        VC_TRY(find_step(s));
        VC_TRY(find_low_end(s));
        VC_TRY(find_run(s));
    }
    if (ratio) VC_TRY(find_ratio(s));
out:
    return st;
}

/* --- the population ------------------------------------------------------------------- */

static vc_status find_jump(vci_panel_reader *reader, const uint32_t *row_at, size_t unit) {
    const vc_panel *panel = reader->panel;
    const vci_table *table = &reader->monthly.table;
    size_t n = panel->n_periods;
    const double *x = panel->population + unit * n;
    for (size_t t = 1; t < n; t++) {
        double jump = fabs(x[t] - x[t - 1]);
        size_t row = row_at[unit * n + t];
        if (row == 0 || !(jump >= JUMP_PEOPLE) || !(jump > JUMP_SHARE * x[t - 1])) continue;
        return vci_finding_add(
            reader->findings, VC_WARNING, "C14",
            vci_cell_place(table, vci_table_cell(table, row - 1, VCI_MONTHLY_POPULATION)),
            vci_text_get(VCI_TEXT_PANEL_JUMP_REMEDY, reader->findings->language),
            VCI_TEXT_PANEL_JUMP, vci_unit_label_of(&panel->tree, unit).text,
            vci_period_label_of(panel->first + (vc_period)t, panel->frequency).text, x[t],
            x[t - 1]);
    }
    return VC_OK;
}

vc_status vci_patterns_find(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    for (size_t k = 0; k < panel->tree.n_leaves; k++) {
        size_t unit = panel->tree.leaves[k];
        for (int e = 0; e < VC_EVENTS; e++) {
            if (!panel->count[e]) continue;
            series s = series_of(reader, row_at, e, unit);
            VC_TRY(find_in_events(&s));
        }
        if (panel->population) VC_TRY(find_jump(reader, row_at, unit));
    }
out:
    return st;
}
