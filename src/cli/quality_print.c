#include "cli/quality_print_internal.h"

#include <math.h>

#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"
#include "quality/words_internal.h"

/* Rows of a kind that a table shows. */
#define MOST_ROWS 10

static vc_status add_heading(vci_grid *grid, vc_language language) {
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,     VCI_TEXT_QUALITY_COLUMN_PERIOD,
        VCI_TEXT_QUALITY_COLUMN_SEEN, VCI_TEXT_QUALITY_COLUMN_HONEST,
        VCI_TEXT_QUALITY_COLUMN_P,    VCI_TEXT_QUALITY_COLUMN_Q,
        VCI_TEXT_QUALITY_COLUMN_WHAT};
    vc_status st = VC_OK;
    grid->n_columns = sizeof columns / sizeof *columns;
    for (size_t i = 0; i < grid->n_columns; i++)
        VC_TRY(vci_grid_add(grid, vci_text_get(columns[i], language)));
out:
    return st;
}

static vc_status add_row(vci_grid *grid, const vc_panel *panel,
                         const vc_quality_check *check, bool told, vc_language language) {
    static const char withheld[] = "*";
    vc_status st = VC_OK;
    vci_quality_figures f = vci_quality_figures_make(check, panel->frequency);
    const char *const cells[] = {f.period, told ? f.seen : withheld,
                                 told ? f.honest : withheld, told ? f.p : withheld,
                                 told ? f.q : withheld};
    char *words = vci_quality_words(check, language);
    if (!words) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, panel->tree.units[check->unit].name));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        VC_TRY(vci_grid_add(grid, cells[i]));
    VC_TRY(vci_grid_add(grid, words));
out:
    vci_free(words);
    return st;
}

static vc_status print_table(const vc_panel *panel, const vci_looks *looks,
                             vc_language language, FILE *out) {
    vc_status st = VC_OK;
    vci_grid grid = {.right = 1u << 2};
    size_t shown[VC_QUALITY_KINDS] = {0}, n_more = 0;
    if (looks->n == 0) goto out;
    VC_TRY(add_heading(&grid, language));
    for (size_t i = 0; i < looks->n; i++)
        if (shown[looks->list[i]->kind]++ < MOST_ROWS)
            VC_TRY(add_row(&grid, panel, looks->list[i], looks->told[i], language));
        else
            n_more++;
    vci_grid_print(&grid, out);
    if (n_more > 0) vci_say_line(out, language, VCI_TEXT_QUALITY_MORE, n_more);
out:
    vci_grid_free(&grid);
    return st;
}

vc_status vci_quality_print(const vc_panel *panel, const vci_looks *looks,
                            vc_language language, FILE *out) {
    vc_status st = VC_OK;
    const vc_quality *quality = &looks->quality;
    if (quality->n_found == 0) {
        if (quality->n > 0)
            vci_say_line(out, language, VCI_TEXT_QUALITY_NONE, quality->n_tests);
        goto out;
    }
    vci_say_line(out, language, VCI_TEXT_QUALITY_HEADING, quality->n_found,
                 quality->n_tests);
    VC_TRY(print_table(panel, looks, language, out));
    if (looks->n_withheld > 0)
        vci_say_line(out, language, VCI_TEXT_QUALITY_WITHHELD, looks->n_withheld);
    vci_say_line(out, language, VCI_TEXT_QUALITY_NOTE);
out:
    return st;
}

static void check_json(vci_json *json, const vc_panel *panel, const vc_quality_check *check,
                       bool told) {
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    vc_period_format(check->first, panel->frequency, first);
    vc_period_format(check->last, panel->frequency, last);
    vci_json_object(json, NULL, false);
    vci_json_text(json, "kind", vc_quality_kind_key(check->kind));
    vci_json_text(json, "unit", panel->tree.units[check->unit].code);
    vci_json_text(json, "event",
                  check->event < VC_EVENTS ? vc_event_name(check->event) : NULL);
    vci_json_text(json, "source", check->source);
    vci_json_text(json, "first", first);
    vci_json_text(json, "last", last);
    vci_json_number(json, "n", told ? (double)check->n : (double)NAN);
    vci_json_number(json, "limit", check->limit);
    vci_json_number(json, "seen", told ? check->seen : (double)NAN);
    vci_json_number(json, "expected", told ? check->expected : (double)NAN);
    vci_json_number(json, "low", told ? check->low : (double)NAN);
    vci_json_number(json, "high", told ? check->high : (double)NAN);
    vci_json_number(json, "p", told ? check->p : (double)NAN);
    vci_json_number(json, "q", told ? check->q : (double)NAN);
    vci_json_close(json);
}

void vci_quality_json(vci_json *json, const vc_panel *panel, const vci_looks *looks) {
    vci_json_object(json, "quality", true);
    vci_json_whole(json, "tests", looks->quality.n_tests);
    vci_json_whole(json, "withheld", looks->n_withheld);
    vci_json_array(json, "found", true);
    for (size_t i = 0; i < looks->n; i++)
        check_json(json, panel, looks->list[i], looks->told[i]);
    vci_json_close(json);
    vci_json_close(json);
}
