#include "cli/revisions_internal.h"

#include <math.h>

#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/word_internal.h"

static const vc_event EVENTS[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
enum { N_EVENTS = sizeof EVENTS / sizeof *EVENTS };

static const vci_text COLUMNS[] = {VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_REVISIONS_PERIOD,
                                   VCI_TEXT_CLI_COLUMN_INDICATOR, VCI_TEXT_REVISIONS_FIRST,
                                   VCI_TEXT_REVISIONS_REPORTS};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

/* The reports from begin on about the same unit and period. */
static size_t end_of(const vc_panel *panel, size_t begin) {
    const vc_vintage *r = panel->reports;
    size_t end = begin + 1;
    while (end < panel->n_reports && r[end].unit == r[begin].unit &&
           r[end].period == r[begin].period)
        end++;
    return end;
}

static bool changed(const vc_panel *panel, size_t begin, size_t end, vc_event event) {
    const vc_vintage *r = panel->reports;
    for (size_t i = begin + 1; panel->has[event] && i < end; i++) {
        double a = r[begin].count[event], b = r[i].count[event];
        if (a != b && !(isnan(a) && isnan(b))) return true;
    }
    return false;
}

/* --- text ------------------------------------------------------------------------------
 */

typedef struct figure_label {
    char text[32];
} figure_label;

static figure_label label_of(double count, double min_cell) {
    figure_label label;
    if (isnan(count))
        snprintf(label.text, sizeof label.text, VCI_NO_FIGURE);
    else if (count > 0 && count < min_cell)
        snprintf(label.text, sizeof label.text, "<%.0f", min_cell);
    else
        snprintf(label.text, sizeof label.text, "%.0f", count);
    return label;
}

/* "2013-08: 12, 2013-10: 14"; owned by the caller, NULL when there is no memory. */
static char *reports_text(const vc_panel *panel, size_t begin, size_t end, vc_event event,
                          double min_cell, vc_language language) {
    char *list = vci_text_copy("", 0);
    for (size_t i = begin; list && i < end; i++) {
        const vc_vintage *r = &panel->reports[i];
        char *longer = vci_text_format(
            "%s%s%s: %s", list,
            i > begin ? vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, language) : "",
            vci_period_label_of(r->reported, VC_MONTHLY).text,
            label_of(r->count[event], min_cell).text);
        vci_free(list);
        list = longer;
    }
    return list;
}

static vc_status add_row(const vc_panel *panel, size_t begin, size_t end, vc_event event,
                         double min_cell, vc_language language, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_vintage *r = &panel->reports[begin];
    vci_period_label period = vci_period_label_of(r->period, panel->frequency);
    figure_label first = label_of(r->count[event], min_cell);
    char *reports = reports_text(panel, begin, end, event, min_cell, language);
    if (!reports) VC_FAIL(VC_NO_MEMORY, "text");
    const char *cells[N_COLUMNS] = {panel->tree.units[r->unit].name, period.text,
                                    vci_column_word(vci_event_column(event), language),
                                    first.text, reports};
    for (size_t c = 0; c < N_COLUMNS; c++) VC_TRY(vci_grid_add(grid, cells[c]));
out:
    vci_free(reports);
    return st;
}

vc_status vci_revisions_print(FILE *out, const vc_panel *panel, double min_cell,
                              vc_language language) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = N_COLUMNS, .right = 1u << 3};
    size_t n = 0;
    for (size_t c = 0; c < N_COLUMNS; c++)
        VC_TRY(vci_grid_add(&grid, vci_text_get(COLUMNS[c], language)));
    for (size_t begin = 0, end; begin < panel->n_reports; begin = end) {
        end = end_of(panel, begin);
        for (size_t e = 0; e < N_EVENTS; e++) {
            if (!changed(panel, begin, end, EVENTS[e])) continue;
            VC_TRY(add_row(panel, begin, end, EVENTS[e], min_cell, language, &grid));
            n++;
        }
    }
    if (n > 0)
        vci_grid_print(&grid, out);
    else
        vci_say_line(out, language, VCI_TEXT_REVISIONS_NONE);
out:
    vci_grid_free(&grid);
    return st;
}

/* --- JSON ------------------------------------------------------------------------------
 */

static void figure_json(vci_json *json, const char *key, double count, double min_cell) {
    bool small = count > 0 && count < min_cell;
    vci_json_number(json, key, small ? (double)NAN : count);
}

static void row_json(vci_json *json, const vc_panel *panel, size_t begin, size_t end,
                     vc_event event, double min_cell) {
    const vc_vintage *r = panel->reports;
    vci_json_object(json, NULL, false);
    vci_json_text(json, "unit", panel->tree.units[r[begin].unit].code);
    vci_json_text(json, "period",
                  vci_period_label_of(r[begin].period, panel->frequency).text);
    vci_json_text(json, "event", vc_event_name(event));
    figure_json(json, "first", r[begin].count[event], min_cell);
    vci_json_array(json, "reports", false);
    for (size_t i = begin; i < end; i++) {
        vci_json_object(json, NULL, false);
        vci_json_text(json, "reported",
                      vci_period_label_of(r[i].reported, VC_MONTHLY).text);
        figure_json(json, "count", r[i].count[event], min_cell);
        vci_json_close(json);
    }
    vci_json_close(json);
    vci_json_close(json);
}

void vci_revisions_json(vci_json *json, const vc_panel *panel, double min_cell) {
    vci_json_array(json, "revisions", true);
    for (size_t begin = 0, end; begin < panel->n_reports; begin = end) {
        end = end_of(panel, begin);
        for (size_t e = 0; e < N_EVENTS; e++)
            if (changed(panel, begin, end, EVENTS[e]))
                row_json(json, panel, begin, end, EVENTS[e], min_cell);
    }
    vci_json_close(json);
}
