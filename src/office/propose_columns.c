/* Each column of a sheet: what it is read to, and the header that says so. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "office/propose_internal.h"

#define FEWEST_STEPS 6

static bool has_events(const vci_layout *layout) {
    for (size_t c = 0; c < layout->n_columns; c++)
        if (vci_to_is_event(layout->meanings[c].to)) return true;
    return false;
}

/* A sum since January beside the figure of the month. */
static bool has_twin(const vci_layout *layout, size_t column) {
    const vci_meaning *own = &layout->meanings[column];
    for (size_t c = 0; c < layout->n_columns; c++) {
        const vci_meaning *other = &layout->meanings[c];
        if (other->to == own->to && other->basis == own->basis && !other->cumulative &&
            other->when.last == own->when.last && c != column)
            return true;
    }
    return false;
}

/* 本季 in a workspace of months is of three: which ones must be known. */
static bool knows_quarter(const vci_proposing *p) {
    bool doubt = false;
    const vci_when when = vci_propose_sheet_time(p, &doubt);
    return !p->month_column && !p->months_in_columns && !doubt && when.last % 3 == 0;
}

/* What a column is read to: its meaning, seen together with the other columns. */
static vci_to decide(const vci_proposing *p, size_t column, vci_text *why) {
    const vci_meaning *m = &p->layout.meanings[column];
    *why = VCI_TEXTS;
    bool month = p->frequency == VC_MONTHLY;
    if (p->services[column].share == VCI_SHARE_RATE) *why = VCI_TEXT_IMPORT_NOTE_FORMED;
    if (p->services[column].share == VCI_SHARE_TWIN)
        *why = VCI_TEXT_IMPORT_NOTE_MONTH_ALONE;
    if (m->to == VCI_TO_NUMERATOR && (month ? m->this_quarter : m->this_month))
        return VCI_TO_UNKNOWN;
    if (m->to == VCI_TO_UNKNOWN && m->when.last > 0) return p->event;
    if (vci_to_is_event(m->to) && m->cumulative && has_twin(&p->layout, column)) {
        *why = VCI_TEXT_IMPORT_NOTE_TWIN;
        return VCI_TO_IGNORE;
    }
    if (vci_to_is_event(m->to) && m->cumulative && !p->cumulative) return VCI_TO_UNKNOWN;
    if (vci_to_is_event(m->to) && m->this_month && !month) return VCI_TO_UNKNOWN;
    if (vci_to_is_event(m->to) && m->this_quarter && month && !knows_quarter(p))
        return VCI_TO_UNKNOWN;
    if (m->to == VCI_TO_VALUE && m->formed && has_events(&p->layout)) {
        *why = VCI_TEXT_IMPORT_NOTE_FORMED;
        return VCI_TO_IGNORE;
    }
    return m->to;
}

static bool has_any_figure(const vci_proposing *p, size_t column) {
    for (size_t row = p->layout.first_row; row <= p->layout.last_row; row++)
        if (vci_figure_look(vci_worksheet_cell(p->sheet, row, column)).number) return true;
    return false;
}

/* Percent that may be stored as a part of 1: nothing above it, and no whole numbers alone.
 */
static bool is_fraction(const vci_proposing *p, size_t column) {
    bool parts = false;
    for (size_t row = p->layout.first_row; row <= p->layout.last_row; row++) {
        vci_figure_text look = vci_figure_look(vci_worksheet_cell(p->sheet, row, column));
        if (!look.number || p->layout.rows[row] != VCI_ROW_FIGURES) continue;
        if (look.value > 1 || look.value < 0) return false;
        parts = parts || floor(look.value) != look.value;
    }
    return parts;
}

static bool is_of_three(const vci_proposing *p, const vci_meaning *m) {
    return p->frequency == VC_MONTHLY && m->this_quarter && m->when.last == 0 &&
           vci_to_is_event(m->to);
}

/* Header of a plain value without its unit of measure. */
static size_t indicator_bytes(const char *head) {
    const char *open = strstr(head, "（"), *plain = strchr(head, '(');
    if (!open || (plain && plain < open)) open = plain;
    return open && open > head ? (size_t)(open - head) : strlen(head);
}

static void write_period(vci_proposing *p, const vci_meaning *m, vci_to to) {
    bool doubt = false;
    vci_when when = m->when;
    if (is_of_three(p, m)) {
        when = vci_propose_sheet_time(p, &doubt);
        when.first = when.last - 2;
    }
    int year = when.year ? when.year : p->year;
    if (when.last == 0) return;
    if (!vci_propose_is_whole(p, &when, !vci_to_is_event(to) || p->cumulative)) {
        vci_page_add(p->page, ", period: \"?\"");
        return;
    }
    if (vci_propose_is_range(p, &when)) {
        vci_page_add(p->page, ", from: ");
        vci_propose_write_period(p, year, when.first);
    }
    vci_page_add(p->page, ", period: ");
    vci_propose_write_period(p, year, when.last);
}

/* Is the numerator of a quota a sum since the year began? "?" where nothing says so. */
static const char *sum_of(const vci_proposing *p, const vci_meaning *m) {
    bool doubt = false;
    vci_when when = m->when.last ? m->when : vci_propose_sheet_time(p, &doubt);
    bool from_january = (m->when.last || !p->month_column) && !doubt && when.first == 1 &&
                        vci_propose_is_range(p, &when);
    if (m->this_period) return "no";
    return m->cumulative || p->cumulative || from_january ? "yes" : "\"?\"";
}

/* The indicator of progress.csv that a column is a part of. Returns what is to be asked
 * about it; VCI_TEXTS if nothing is. */
static vci_text write_service(vci_proposing *p, size_t column, vci_to to) {
    const vci_service *s = &p->services[column];
    vci_text ask = s->indicator ? VCI_TEXTS : VCI_TEXT_IMPORT_ASK_INDICATOR;
    vci_page_add(p->page, ", indicator: ");
    if (s->indicator)
        vci_page_yaml(p->page, s->indicator, strlen(s->indicator));
    else
        vci_page_add(p->page, "\"?\"");
    if (to == VCI_TO_DENOMINATOR) return ask;
    bool known = s->kind != VCI_KIND_NONE;
    vci_page_add(p->page, ", kind: %s", known ? vci_kind_words[s->kind] : "\"?\"");
    if (!known) ask = VCI_TEXT_IMPORT_ASK_KIND;
    if (known && s->kind != VCI_KIND_QUOTA) return ask;
    const char *sum = sum_of(p, &p->layout.meanings[column]);
    vci_page_add(p->page, ", cumulative: %s", sum);
    return ask == VCI_TEXTS && sum[0] == '"' ? VCI_TEXT_IMPORT_ASK_SUM : ask;
}

/* The long form {to: …}; *ask is what is asked about it. */
static void write_details(vci_proposing *p, size_t column, vci_to to, vci_text *ask) {
    const vci_meaning *m = &p->layout.meanings[column];
    const char *head = p->layout.heads[column];
    double times = m->times > 1 ? m->times : p->times;
    vci_page_add(p->page, "{to: %s", vci_to_words[to]);
    if (m->basis != VCI_BASIS_NONE && m->basis != p->basis)
        vci_page_add(p->page, ", basis: %s", vci_basis_words[m->basis]);
    write_period(p, m, to);
    if (to == VCI_TO_VALUE) {
        vci_page_add(p->page, ", indicator: ");
        vci_page_yaml(p->page, head, indicator_bytes(head));
        if (m->percent && is_fraction(p, column)) vci_page_add(p->page, ", times: \"?\"");
    }
    if (vci_to_is_progress(to)) *ask = write_service(p, column, to);
    if (to != VCI_TO_VALUE && times > 1) vci_page_add(p->page, ", times: %.0f", times);
    vci_page_add(p->page, "}");
}

static void write_column(vci_proposing *p, size_t column) {
    const vci_meaning *m = &p->layout.meanings[column];
    char letters[8];
    vci_text why;
    vci_to to = decide(p, column, &why);
    if (to == VCI_TO_UNKNOWN && !has_any_figure(p, column)) to = VCI_TO_IGNORE;
    vci_letters_write(column, letters);
    vci_page_add(p->page, "      %s: ", letters);
    bool figures = vci_to_is_figure(to);
    bool plain = (!figures || vci_to_is_monthly(to)) && m->basis == VCI_BASIS_NONE &&
                 m->when.last == 0 && !is_of_three(p, m) && m->times <= 1 &&
                 (p->times <= 1 || !figures);
    if (to == VCI_TO_UNKNOWN)
        vci_page_add(p->page, "\"?\"");
    else if (figures && !plain)
        write_details(p, column, to, &why);
    else
        vci_page_add(p->page, "%s", vci_to_words[to]);
    vci_quoted head = vci_quote(p->layout.heads[column], strlen(p->layout.heads[column]));
    vci_reference at =
        vci_worksheet_reference(p->sheet, p->layout.head_rows[column], column, false);
    if (why != VCI_TEXTS)
        vci_propose_note(p, why, at.text, head.text);
    else
        vci_page_add(p->page, "  # %s %s\n", at.text, head.text);
}

vc_status vci_propose_columns(vci_proposing *p) {
    vci_page_add(p->page, "    columns:\n");
    for (size_t c = 0; c < p->layout.n_columns; c++)
        if (p->layout.heads[c][0] || has_any_figure(p, c)) write_column(p, c);
    return p->page->failed
               ? vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", p->source->file)
               : VC_OK;
}

/* --- figures that never fall --------------------------------------------------------- */

typedef struct course {
    size_t n_steps;
    bool falls, running;
    double last, sum_first, sum_last; /* over all courses */
} course;

static void take_figure(course *c, const vci_cell *cell) {
    vci_figure_text look = vci_figure_look(cell);
    if (!look.number) return;
    if (c->running) {
        c->n_steps++;
        c->falls = c->falls || look.value < c->last;
        c->sum_last += look.value - c->last;
    } else {
        c->sum_first += look.value;
        c->sum_last += look.value;
    }
    c->running = true;
    c->last = look.value;
}

/* Months side by side: a course is the columns of one event in a row. */
static void across(const vci_proposing *p, course *c) {
    const vci_layout *layout = &p->layout;
    for (int to = VCI_TO_BIRTHS_MALE; to < VCI_TO_POPULATION; to++)
        for (size_t row = layout->first_row; row <= layout->last_row; row++) {
            c->running = false;
            for (size_t k = 0; k < layout->n_columns; k++) {
                const vci_meaning *m = &layout->meanings[k];
                int own = m->to == VCI_TO_UNKNOWN ? (int)p->event : (int)m->to;
                if (own == to && m->when.last > 0 && layout->rows[row] == VCI_ROW_FIGURES)
                    take_figure(c, vci_worksheet_cell(p->sheet, row, k));
            }
        }
}

static bool same_unit(const vci_proposing *p, size_t row) {
    for (size_t k = 0; k < p->layout.n_columns; k++) {
        vci_to to = p->layout.meanings[k].to;
        const vci_cell *a = vci_worksheet_cell(p->sheet, row - 1, k);
        const vci_cell *b = vci_worksheet_cell(p->sheet, row, k);
        if ((to != VCI_TO_UNIT && to != VCI_TO_NAME) || !b) continue;
        if (!a || a->n != b->n || memcmp(a->text, b->text, a->n) != 0) return false;
    }
    return true;
}

/* A column of months: a course is the rows of one unit that follow each other. */
static void downwards(const vci_proposing *p, course *c) {
    const vci_layout *layout = &p->layout;
    for (size_t k = 0; k < layout->n_columns; k++) {
        if (!vci_to_is_event(layout->meanings[k].to)) continue;
        for (size_t row = layout->first_row; row <= layout->last_row; row++) {
            if (row == layout->first_row || layout->rows[row] != VCI_ROW_FIGURES ||
                !same_unit(p, row))
                c->running = false;
            if (layout->rows[row] == VCI_ROW_FIGURES)
                take_figure(c, vci_worksheet_cell(p->sheet, row, k));
        }
    }
}

bool vci_propose_steady(const vci_proposing *p) {
    course c = {.falls = false};
    if (p->cumulative) return false;
    if (p->months_in_columns) across(p, &c);
    if (p->month_column) downwards(p, &c);
    return !c.falls && c.n_steps >= FEWEST_STEPS && c.sum_first > 0 &&
           c.sum_last >= 2 * c.sum_first;
}
