/* What a target is judged by: year end, period and deadline; and in which population. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "data/target_internal.h"

static const char *words_of(const vci_target_reader *r, vci_text text) {
    return vci_text_get(text, r->findings->language);
}

/* --- the period ----------------------------------------------------------------------- */

static bool is_one_of(const char *text, size_t n, const char *const *words) {
    for (; *words; words++)
        if (strlen(*words) == n && memcmp(*words, text, n) == 0) return true;
    return false;
}

/* Whole years such as "3 years" or "3年"; 0: it is none. */
static int parse_years(const char *text, size_t n) {
    static const char *const units[] = {"year", "years", "年", "年度", NULL};
    size_t digits = 0;
    int years = 0;
    for (; digits < n && digits < 3 && text[digits] >= '0' && text[digits] <= '9'; digits++)
        years = 10 * years + (text[digits] - '0');
    size_t unit = digits;
    while (unit < n && text[unit] == ' ') unit++;
    return digits > 0 && is_one_of(text + unit, n - unit, units) ? years : 0;
}

int vci_target_months_parse(const char *text, size_t n) {
    static const char *const months[] = {"month", "月", "月度", NULL};
    static const char *const quarters[] = {"quarter", "季", "季度", NULL};
    static const char *const halves[] = {"half", "半年", "半年度", NULL};
    static const char *const years[] = {"year", "年", "年度", "全年", NULL};
    if (is_one_of(text, n, months)) return 1;
    if (is_one_of(text, n, quarters)) return 3;
    if (is_one_of(text, n, halves)) return 6;
    if (is_one_of(text, n, years)) return 12;
    int several = parse_years(text, n);
    return several >= 1 && several <= VC_MOST_YEARS ? 12 * several : 0;
}

static vc_status read_length(vci_target_reader *r, vc_target *target) {
    if (vci_target_blank(r, VCI_TARGET_PERIOD)) return VC_OK;
    const vci_cell *cell = vci_target_cell(r, VCI_TARGET_PERIOD);
    int months = vci_target_months_parse(cell->text, cell->n);
    int each = 12 / (int)r->workspace->frequency;
    target->length = months == 12 ? 0 : months / each;
    if (months == 0)
        return vci_finding_add(
            r->findings, VC_FAULT, "V01", vci_target_place(r, VCI_TARGET_PERIOD),
            words_of(r, VCI_TEXT_TARGET_PERIOD_REMEDY), VCI_TEXT_TARGET_PERIOD, r->id.text,
            vci_target_quoted(r, VCI_TARGET_PERIOD).text, VC_MOST_YEARS);
    if (months % each != 0)
        return vci_finding_add(r->findings, VC_FAULT, "S04",
                               vci_target_place(r, VCI_TARGET_PERIOD), NULL,
                               VCI_TEXT_TARGET_PERIOD_SHORT, r->id.text,
                               vci_target_quoted(r, VCI_TARGET_PERIOD).text, each);
    return VC_OK;
}

/* --- the year end --------------------------------------------------------------------- */

/* "2013-09, 2013-12" of workspace.yaml. */
static char *year_ends_text(const vci_target_reader *r) {
    char *text = vci_text_format("%s", "");
    for (size_t i = 0; text && i < r->workspace->n_year_ends; i++) {
        vci_period_label label =
            vci_period_label_of(r->workspace->year_ends[i], r->workspace->frequency);
        char *longer = vci_text_format(
            "%s%s%s", text, i > 0 ? vci_list_separator(r->findings->language) : "",
            label.text);
        vci_free(text);
        text = longer;
    }
    return text;
}

/* A month or quarter ends within one of the years, everything longer with one of them. */
static bool ends_with_year(const vc_workspace *w, const vc_target *target) {
    vc_period year = (vc_period)w->frequency, end = target->year_end;
    bool within = target->length > 0 && target->length < year;
    if (w->n_year_ends == 0) return true;
    for (size_t i = 0; i < w->n_year_ends; i++) {
        vc_period last = w->year_ends[i];
        if (end == last || (within && end > last - year && end < last)) return true;
    }
    return false;
}

/* S04 as far as it can be judged without knowing the as-of period. */
static vc_status check_year_end(vci_target_reader *r, const vc_target *target) {
    vc_status st = VC_OK;
    const vc_workspace *w = r->workspace;
    char *list = NULL;
    vc_period end = target->year_end;
    vc_period last = r->panel->first + (vc_period)r->panel->n_periods - 1;
    vci_period_label shown = vci_period_label_of(end, w->frequency);
    vci_place place = vci_target_place(r, VCI_TARGET_YEAR_END);
    if (!ends_with_year(w, target)) {
        list = year_ends_text(r);
        if (!list) VC_FAIL(VC_NO_MEMORY, "year ends");
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S04", place, NULL,
                               VCI_TEXT_TARGET_YEAR_ENDS, r->id.text, shown.text, list));
    } else if (end < r->panel->first) {
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S04", place, NULL,
                               VCI_TEXT_TARGET_BEFORE_DATA, r->id.text, shown.text,
                               vci_period_label_of(r->panel->first, w->frequency).text));
    } else if (end > last + VC_MOST_YEARS * (vc_period)w->frequency) {
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S04", place, NULL,
                               VCI_TEXT_TARGET_FAR, r->id.text, shown.text, VC_MOST_YEARS,
                               vci_period_label_of(last, w->frequency).text));
    }
out:
    vci_free(list);
    return st;
}

/* A deadline lies within the periods that are judged. */
static vc_status check_deadline(vci_target_reader *r, const vc_target *target) {
    vc_frequency f = r->workspace->frequency;
    vc_year term = vc_target_term(target, f);
    if (target->deadline == VC_NO_PERIOD ||
        (target->deadline >= term.first && target->deadline <= term.end))
        return VC_OK;
    vci_period_label first = vci_period_label_of(term.first, f),
                     end = vci_period_label_of(term.end, f);
    vci_remedy remedy =
        vci_remedy_make(r->findings, VCI_TEXT_TARGET_DEADLINE_REMEDY, first.text, end.text);
    return vci_finding_add(
        r->findings, VC_FAULT, "S04", vci_target_place(r, VCI_TARGET_DEADLINE), remedy.text,
        VCI_TEXT_TARGET_DEADLINE, r->id.text, vci_period_label_of(target->deadline, f).text,
        first.text, end.text);
}

vc_status vci_target_read_period(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    vc_frequency f = r->workspace->frequency;
    vci_table_period(&r->table, r->row, VCI_TARGET_YEAR_END, f, r->findings,
                     &target->year_end, &st);
    vci_table_period(&r->table, r->row, VCI_TARGET_DEADLINE, f, r->findings,
                     &target->deadline, &st);
    VC_TRY(st);
    VC_TRY(read_length(r, target));
    if (target->year_end == VC_NO_PERIOD) goto out;
    VC_TRY(check_year_end(r, target));
    VC_TRY(check_deadline(r, target));
    if (target->deadline == target->year_end) target->deadline = VC_NO_PERIOD;
out:
    return st;
}

/*
 * Sums over several years that begin before the data would be too small, and nobody would
 * see it; a year that does is as it always was: what is there counts.
 */
vc_status vci_target_check_begin(vci_target_reader *r, const vc_target *target) {
    vc_frequency f = r->workspace->frequency;
    if (target->length <= (vc_period)f || target->year_end == VC_NO_PERIOD) return VC_OK;
    vc_period first = vc_target_term(target, f).first;
    if (first >= r->panel->first || vci_indicator_is_state(r->panel, target->indicator))
        return VC_OK;
    return vci_finding_add(
        r->findings, VC_FAULT, "S04", vci_target_place(r, VCI_TARGET_PERIOD), NULL,
        VCI_TEXT_TARGET_BEGINS_BEFORE, r->id.text, vci_period_label_of(first, f).text,
        vci_period_label_of(r->panel->first, f).text);
}

/* --- the population ------------------------------------------------------------------- */

static const char *const bases[][2] = {{"registered", "户籍"}, {"resident", "常住"}};

/* Have the data the rows of a basis: is it said by them, or by workspace.yaml? */
static bool basis_known(const vci_target_reader *r, size_t basis) {
    const char *declared = r->workspace->basis;
    if (r->panel->bases & 1u << basis) return true;
    return r->panel->bases == 0 && declared && strcmp(declared, bases[basis][0]) == 0;
}

/* The basis of this panel: chosen, or the only one that its rows have; 2: not said. */
static size_t basis_of_panel(const vci_target_reader *r) {
    for (size_t basis = 0; basis < 2; basis++)
        if (r->workspace->basis ? strcmp(r->workspace->basis, bases[basis][0]) == 0
                                : r->panel->bases == 1u << basis)
            return basis;
    return 2;
}

vc_status vci_target_read_basis(vci_target_reader *r, const vci_column_wish *column,
                                bool *elsewhere) {
    *elsewhere = false;
    if (vci_target_blank(r, VCI_TARGET_BASIS)) return VC_OK;
    const vci_cell *cell = vci_target_cell(r, VCI_TARGET_BASIS);
    size_t basis = vci_word_find(cell, 2, bases);
    if (basis == 2) return vci_word_fault(&r->table, cell, column, 2, bases, r->findings);
    if (!basis_known(r, basis))
        return vci_finding_add(
            r->findings, VC_FAULT, "S05", vci_target_place(r, VCI_TARGET_BASIS),
            words_of(r, VCI_TEXT_TARGET_BASIS_REMEDY), VCI_TEXT_TARGET_BASIS, r->id.text,
            vci_target_quoted(r, VCI_TARGET_BASIS).text);
    *elsewhere = basis != basis_of_panel(r);
    return VC_OK;
}
