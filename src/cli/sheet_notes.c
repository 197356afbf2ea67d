#include <math.h>
#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/completeness_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/boundary.h"
#include "vitalcast/grade.h"
#include "vitalcast/precedent.h"

/* Shares below this are not worth a line. */
#define UNDEFINED_SHARE 0.0005

static const vc_target *target_of(const vc_run *run, size_t result) {
    return &run->targets.list[run->results[result].target];
}

/* Appends to a list that grows. */
static vc_status append_text(const vci_sheet *sheet, const char *text, char **list) {
    vc_status st = VC_OK;
    const char *comma = vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, sheet->language);
    char *longer = *list ? vci_text_format("%s%s%s", *list, comma, text)
                         : vci_text_copy(text, strlen(text));
    if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
    vci_free(*list);
    *list = longer;
out:
    return st;
}

/* Appends an indicator's name. */
static vc_status append_name(const vci_sheet *sheet, const char *indicator, char **list) {
    vc_status st = VC_OK;
    char *name = vci_indicator_text(sheet->run, indicator, sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(append_text(sheet, name, list));
out:
    vci_free(name);
    return st;
}

/* "name: department" the same way. */
static vc_status append_reporter(const vci_sheet *sheet, const char *indicator,
                                 const char *department, char **list) {
    vc_status st = VC_OK;
    char *pair = NULL, *name = NULL;
    name = vci_indicator_text(sheet->run, indicator, sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    pair = vci_text_say(sheet->language, VCI_TEXT_INDICATOR_REPORTER, name, department);
    if (!pair) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(append_text(sheet, pair, list));
out:
    vci_free(pair);
    vci_free(name);
    return st;
}

/* Does a row that is shown come before row i with the same indicator? */
static bool told_before(const vci_sheet *sheet, size_t i) {
    const char *indicator = target_of(sheet->run, sheet->rows[i])->indicator;
    for (size_t j = 0; j < i; j++)
        if (!strcmp(target_of(sheet->run, sheet->rows[j])->indicator, indicator))
            return true;
    return false;
}

/* Whoever answers for a service stands in the lists; of all else a department reports. */
static vc_status note_departments(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    char *list = NULL;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const char *indicator = target_of(run, sheet->rows[i])->indicator;
        const char *department = vc_run_department(run, indicator);
        if (!department || vc_boundary_service(run, indicator) || told_before(sheet, i))
            continue;
        VC_TRY(append_reporter(sheet, indicator, department, &list));
    }
    if (list) vci_say_line(out, sheet->language, VCI_TEXT_INDICATOR_REPORTS, list);
out:
    vci_free(list);
    return st;
}

/* Vital events whose formula has no grade, so that nobody looks for one. */
static vc_status note_ungraded(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    char *list = NULL;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const char *indicator = target_of(run, sheet->rows[i])->indicator;
        vc_indicator_kind kind = vc_run_indicator_kind(run, indicator);
        if (kind == VC_INDICATOR_PROGRESS || kind == VC_INDICATOR_VALUE ||
            vc_grade_formed(run, indicator) || told_before(sheet, i))
            continue;
        VC_TRY(append_name(sheet, indicator, &list));
    }
    if (list) vci_say_line(out, sheet->language, VCI_TEXT_INDICATOR_NO_GRADE, list);
out:
    vci_free(list);
    return st;
}

/* The indicators shown whose models have no back-test behind them. */
static vc_status note_models(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    char *list = NULL;
    for (size_t i = 0; i < run->targets.n; i++) {
        const char *indicator = run->targets.list[i].indicator;
        bool named = false, lacking = false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(run->targets.list[j].indicator, indicator) == 0) named = true;
        for (size_t r = 0; r < sheet->n_rows && !named && !lacking; r++) {
            const vc_result *result = &run->results[sheet->rows[r]];
            lacking = !result->validated && !isnan(result->p_met) &&
                      strcmp(run->targets.list[result->target].indicator, indicator) == 0;
        }
        if (lacking) VC_TRY(append_name(sheet, indicator, &list));
    }
    if (list) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_NOT_VALIDATED, list);
out:
    vci_free(list);
    return st;
}

static vc_status note_undefined(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        size_t r = sheet->rows[i];
        const vc_result *result = &run->results[r];
        if (!(result->p_undefined >= UNDEFINED_SHARE) ||
            sheet->cells.state[r][VCI_CELL_TO_DATE] != VCI_SHOWN)
            continue; /* it tells that there is no denominator so far */
        char *name = vci_target_text(run, target_of(run, r), sheet->language);
        if (!name) VC_FAIL(VC_NO_MEMORY, "text");
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_UNDEFINED,
                     run->panel.tree.units[result->unit].name, name,
                     100 * result->p_undefined);
        vci_free(name);
    }
out:
    return st;
}

static void note_history(const vci_sheet *sheet, FILE *out) {
    size_t n_short = 0, n_brief = 0;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        vc_method method = sheet->run->results[sheet->rows[i]].method;
        n_short += method == VC_METHOD_SHORT;
        n_brief += method == VC_METHOD_BRIEF;
    }
    if (n_short > 0) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_SHORT, n_short);
    if (n_brief > 0) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_BRIEF, n_brief);
}

/* The top unit's events of a year whose change is beyond those of earlier years. */
static vc_status note_unlike(const vci_sheet *sheet, vc_event event, size_t r, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_result *result = &run->results[r];
    vc_precedent p;
    char *name = NULL;
    if (!vc_run_precedent(run, event, result->unit, target_of(run, r)->year_end, &p) ||
        !p.unlike || p.fewest < run->settings.min_cell ||
        vci_small_cells_any(&sheet->cells, r))
        goto out;
    name = vci_indicator_text(run, vc_event_name(event), sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_UNLIKE, name, p.change, p.n,
                 p.least, p.most, p.straight_line, result->quantile[VC_MEDIAN]);
out:
    vci_free(name);
    return st;
}

/* Counts of births and deaths at the root, once for each year end. */
static vc_status note_precedents(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    const vc_run *run = sheet->run;
    for (size_t e = 0; e < 2; e++)
        for (size_t y = 0; y < run->n_year_ends; y++)
            for (size_t r = 0; r < run->n_results; r++) {
                const vc_target *target = target_of(run, r);
                if (run->results[r].unit != run->panel.tree.root ||
                    target->year_end != run->year_ends[y] || target->length > 0 ||
                    target->deadline != VC_NO_PERIOD ||
                    strcmp(target->indicator, vc_event_name(events[e])) != 0)
                    continue;
                VC_TRY(note_unlike(sheet, events[e], r, out));
                break;
            }
out:
    return st;
}

/* Has a row before row i the same indicator with the same digits? */
static bool is_told(const vci_sheet *sheet, size_t i) {
    const vc_target *target = target_of(sheet->run, sheet->rows[i]);
    for (size_t k = 0; k < i; k++) {
        const vc_target *other = target_of(sheet->run, sheet->rows[k]);
        if (other->decimals == target->decimals &&
            strcmp(other->indicator, target->indicator) == 0)
            return true;
    }
    return false;
}

/* Published digits of each indicator that has some; rows of one stand together. */
static vc_status note_rounded(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    char *list = NULL, *name = NULL, *item = NULL;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const vc_target *target = target_of(run, sheet->rows[i]);
        if (target->decimals < 0 || is_told(sheet, i)) continue;
        name = vci_indicator_text(run, target->indicator, sheet->language);
        if (!name) VC_FAIL(VC_NO_MEMORY, "text");
        item = vci_text_say(sheet->language, VCI_TEXT_CLI_ROUNDED_ITEM, name,
                            target->decimals);
        if (!item) VC_FAIL(VC_NO_MEMORY, "text");
        const char *comma = vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, sheet->language);
        char *longer = vci_text_format("%s%s%s", list ? list : "", list ? comma : "", item);
        if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(list);
        vci_free(name);
        vci_free(item);
        list = longer;
        name = item = NULL;
    }
    if (list) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_ROUNDED, list);
out:
    vci_free(list);
    vci_free(name);
    vci_free(item);
    return st;
}

/* What is other than a year's figure against a number. */
static void note_targets(const vci_sheet *sheet, FILE *out) {
    bool terms = false, means = false;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const vc_target *target = target_of(sheet->run, sheet->rows[i]);
        terms = terms || target->length > 0 || target->deadline != VC_NO_PERIOD;
        means = means || vc_target_by_class(target);
    }
    if (terms) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_TERMS);
    if (means) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NOTE_CLASS_MEAN);
}

vc_status vci_sheet_print_notes(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    vc_language language = sheet->language;
    bool small = false, unknown = false;
    for (size_t i = 0; i < sheet->n_rows; i++) {
        small = small || vci_small_cells_any(&sheet->cells, sheet->rows[i]);
        unknown = unknown || isnan(run->results[sheet->rows[i]].p_met);
    }
    if (sheet->n_hidden > 0)
        vci_say_line(out, language, VCI_TEXT_CLI_ROWS_LEFT_OUT, sheet->n_hidden);
    if (sheet->n_rows > 0) vci_say_line(out, language, VCI_TEXT_CLI_NOTE_READING);
    VC_TRY(note_rounded(sheet, out));
    note_targets(sheet, out);
    if (small) vci_say_line(out, language, VCI_TEXT_CLI_NOTE_SMALL, run->settings.min_cell);
    if (unknown) vci_say_line(out, language, VCI_TEXT_CLI_NOTE_NO_P);
    VC_TRY(note_undefined(sheet, out));
    note_history(sheet, out);
    VC_TRY(note_precedents(sheet, out));
    VC_TRY(note_ungraded(sheet, out));
    VC_TRY(note_departments(sheet, out));
    VC_TRY(note_models(sheet, out));
    VC_TRY(vci_completeness_print(out, run, language));
    if (run->settings.synthetic) vci_say_line(out, language, VCI_TEXT_CLI_NOTE_SYNTHETIC);
    if (run->settings.source)
        vci_say_line(out, language, VCI_TEXT_CLI_NOTE_SOURCE, run->settings.source);
    vci_say_line(out, language, VCI_TEXT_CLI_NOTE_BOUNDARY);
out:
    return st;
}
