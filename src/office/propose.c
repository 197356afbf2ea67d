#include "office/propose_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"

#define MOST_MARKS 8
#define MARK_BYTES 12

const char *vci_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void vci_propose_note(vci_proposing *p, vci_text text, ...) {
    va_list arguments;
    va_start(arguments, text);
    char *line = vci_text_say_list(p->language, text, arguments);
    va_end(arguments);
    if (line)
        vci_page_add(p->page, "  # %s\n", line);
    else
        p->page->failed = true;
    vci_free(line);
}

/* --- what the texts around the table say ---------------------------------------------- */

static void take_basis(vci_proposing *p, const char *plain) {
    if (p->basis == VCI_BASIS_NONE) p->basis = vci_basis_find(plain);
}

/* A line above the header: its time, basis, event, unit of measure. */
static void take_title(vci_proposing *p, const char *plain, size_t row, size_t column) {
    vci_when when;
    vci_meaning meaning = vci_meaning_read(plain);
    if (vci_when_find(plain, &when, NULL) && p->title.year == 0 && p->title.last == 0) {
        p->title = when;
        p->title_at = vci_worksheet_reference(p->sheet, row, column, false);
    }
    take_basis(p, plain);
    p->cumulative = p->cumulative || vci_cumulative_find(plain);
    if (strstr(plain, "单位:") && meaning.times > 1) p->times = meaning.times;
    if (p->event == VCI_TO_UNKNOWN && vci_to_is_monthly(meaning.to)) p->event = meaning.to;
}

static vc_status read_titles(vci_proposing *p) {
    vc_status st = VC_OK;
    char *plain = NULL;
    for (size_t row = 0; row < p->layout.header_first; row++)
        for (size_t c = 0; c < p->sheet->n_columns; c++) {
            const vci_cell *cell = vci_worksheet_cell(p->sheet, row, c);
            if (!cell) continue;
            VC_TRY(vci_cell_plain(cell, &plain));
            take_title(p, plain, row, c);
            vci_free(plain);
            plain = NULL;
        }
out:
    vci_free(plain);
    return st;
}

/* The names of sheet and file, which come after the lines of the sheet itself. */
static vc_status read_names(vci_proposing *p) {
    vc_status st = VC_OK;
    char *tab = NULL, *name = NULL;
    const char *base = vci_base_name(p->source->file);
    VC_TRY(vci_text_normalise(p->sheet->name, strlen(p->sheet->name), &tab));
    VC_TRY(vci_text_normalise(base, strlen(base), &name));
    vci_when_find(tab, &p->tab, NULL);
    vci_when_find(name, &p->name, NULL);
    p->cumulative = p->cumulative || vci_cumulative_find(tab);
    take_basis(p, tab);
    take_basis(p, name);
    if (p->event == VCI_TO_UNKNOWN) p->event = vci_meaning_read(tab).to;
    if (!vci_to_is_monthly(p->event)) p->event = VCI_TO_UNKNOWN;
out:
    vci_free(tab);
    vci_free(name);
    return st;
}

static void read_columns(vci_proposing *p) {
    size_t n_months = 0, n_cumulative = 0, n_events = 0;
    for (size_t c = 0; c < p->layout.n_columns; c++) {
        const vci_meaning *m = &p->layout.meanings[c];
        p->month_column = p->month_column || vci_to_is_time(m->to);
        bool event = vci_to_is_event(m->to);
        n_months +=
            m->when.last > 0 && (event || m->to == VCI_TO_UNKNOWN ||
                                 m->to == VCI_TO_POPULATION || vci_to_is_progress(m->to));
        n_events += event;
        n_cumulative += event && m->cumulative;
        p->this_period = p->this_period || (event && m->this_period);
    }
    p->months_in_columns = n_months > 0;
    p->cumulative =
        !p->this_period && (p->cumulative || (n_events > 0 && n_cumulative == n_events));
}

/* --- rows, marks ---------------------------------------------------------------------- */

/* Rows that are not read, each with what stands in it. */
static void write_skipped(vci_proposing *p) {
    size_t n = 0, column = 0;
    for (size_t row = p->layout.first_row; row < p->layout.n_rows; row++) {
        vci_row class = (vci_row)p->layout.rows[row];
        if (class != VCI_ROW_TOTAL && class != VCI_ROW_NOTE) continue;
        const vci_cell *cell = vci_worksheet_first(p->sheet, row, &column);
        vci_quoted quoted = vci_quote(cell ? cell->text : "", cell ? cell->n : 0);
        vci_page_add(p->page, "    #");
        vci_propose_note(
            p,
            class == VCI_ROW_TOTAL ? VCI_TEXT_IMPORT_NOTE_TOTAL : VCI_TEXT_IMPORT_NOTE_NOTE,
            vci_worksheet_reference(p->sheet, row, column, false).text, quoted.text);
    }
    for (size_t row = p->layout.first_row; row <= p->layout.last_row; row++) {
        vci_row class = (vci_row)p->layout.rows[row];
        if (class != VCI_ROW_TOTAL && class != VCI_ROW_NOTE) continue;
        vci_page_add(p->page, "%s%zu", n++ == 0 ? "    skip: [" : ", ", row + 1);
    }
    if (n > 0) vci_page_add(p->page, "]\n");
}

/* Is a cell of the column blank where the row has figures? */
static bool has_gaps(const vci_proposing *p, size_t column) {
    for (size_t row = p->layout.first_row + 1; row <= p->layout.last_row; row++)
        if (p->layout.rows[row] == VCI_ROW_FIGURES &&
            !vci_worksheet_cell(p->sheet, row, column))
            return true;
    return false;
}

/* Columns of units or months whose cells are merged over several rows. */
static void write_fill(vci_proposing *p) {
    size_t n_keys = 0, n = 0;
    for (size_t c = 0; c < p->layout.n_columns; c++)
        n_keys += vci_layout_is_key(&p->layout, c);
    for (size_t c = 0; c < p->layout.n_columns && n_keys > 1; c++) {
        char letters[8];
        if (!vci_layout_is_key(&p->layout, c) || !has_gaps(p, c)) continue;
        vci_letters_write(c, letters);
        vci_page_add(p->page, "%s%s", n++ == 0 ? "    fill_down: [" : ", ", letters);
    }
    if (n == 0) return;
    vci_page_add(p->page, "]");
    vci_propose_note(p, VCI_TEXT_IMPORT_NOTE_FILL);
}

/* What stands in cells beside plain numbers. */
typedef struct oddities {
    bool thousands;
    size_t n_foot, n_marks;
    const char *foot[MOST_MARKS], *marks[MOST_MARKS]; /* borrowed */
    size_t foot_bytes[MOST_MARKS], mark_bytes[MOST_MARKS];
    vci_reference at[MOST_MARKS]; /* where a mark stands first */
} oddities;

/* Remembers a text once; true when it is new. */
static bool remember(const char *text, size_t bytes, size_t *n, const char **texts,
                     size_t *sizes) {
    for (size_t i = 0; i < *n; i++)
        if (sizes[i] == bytes && memcmp(texts[i], text, bytes) == 0) return false;
    if (*n == MOST_MARKS) return false;
    texts[*n] = text;
    sizes[(*n)++] = bytes;
    return true;
}

static void look_at(const vci_proposing *p, size_t row, size_t column, oddities *odd) {
    const vci_cell *cell = vci_worksheet_cell(p->sheet, row, column);
    vci_to to = p->layout.meanings[column].to;
    if (!cell || to == VCI_TO_IGNORE || vci_to_is_time(to) || to == VCI_TO_BASIS) return;
    bool key = vci_layout_is_key(&p->layout, column);
    vci_figure_text look = vci_figure_look(cell);
    size_t n_foot = key ? vci_footnote_mark(cell->text, cell->n) : look.n_mark;
    if (n_foot > 0 && (key || look.number))
        remember(cell->text + cell->n - n_foot, n_foot, &odd->n_foot, odd->foot,
                 odd->foot_bytes);
    if (key) return;
    odd->thousands = odd->thousands || (look.number && look.thousands);
    if (look.number || cell->n > MARK_BYTES || cell->text[0] == '#') return;
    if (remember(cell->text, cell->n, &odd->n_marks, odd->marks, odd->mark_bytes))
        odd->at[odd->n_marks - 1] = vci_worksheet_reference(p->sheet, row, column, false);
}

/* A column whose cells are texts has no marks: it is not one of figures. */
static bool has_figures(const vci_proposing *p, size_t column) {
    for (size_t row = p->layout.first_row; row <= p->layout.last_row; row++)
        if (vci_figure_look(vci_worksheet_cell(p->sheet, row, column)).number) return true;
    return false;
}

static void write_oddities(vci_proposing *p) {
    oddities odd = {.thousands = false};
    for (size_t c = 0; c < p->layout.n_columns; c++)
        for (size_t row = p->layout.first_row; row <= p->layout.last_row; row++)
            if (p->layout.rows[row] == VCI_ROW_FIGURES &&
                (vci_layout_is_key(&p->layout, c) || has_figures(p, c)))
                look_at(p, row, c, &odd);
    if (odd.thousands) vci_page_add(p->page, "    thousands: yes\n");
    for (size_t i = 0; i < odd.n_foot; i++) {
        vci_page_add(p->page, i == 0 ? "    footnote_marks: [" : ", ");
        vci_page_yaml(p->page, odd.foot[i], odd.foot_bytes[i]);
    }
    if (odd.n_foot > 0) vci_page_add(p->page, "]\n");
    if (odd.n_marks > 0) vci_page_add(p->page, "    marks:\n");
    for (size_t i = 0; i < odd.n_marks; i++) {
        vci_page_add(p->page, "      ");
        vci_page_yaml(p->page, odd.marks[i], odd.mark_bytes[i]);
        vci_page_add(p->page, ": \"?\"");
        vci_propose_note(p, VCI_TEXT_IMPORT_ASK_MARK, odd.at[i].text);
    }
}

/* --- the whole ------------------------------------------------------------------------ */

static void write_source(vci_proposing *p) {
    const char *base = vci_base_name(p->source->file);
    vci_page_add(p->page, "  - file: ");
    vci_page_yaml(p->page, base, strlen(base));
    vci_page_add(p->page, "\n    sha256: %s\n", p->source->sha256);
    if (p->sheet->name[0]) {
        vci_page_add(p->page, "    sheet: ");
        vci_page_yaml(p->page, p->sheet->name, strlen(p->sheet->name));
        vci_page_add(p->page, "\n");
    }
    if (p->source->encoding) {
        vci_page_add(p->page, "    encoding: %s", p->source->encoding);
        vci_propose_note(p, VCI_TEXT_IMPORT_NOTE_ENCODING);
    }
    vci_page_add(p->page, "    rows: [%zu, %zu]", p->layout.first_row + 1,
                 p->layout.last_row + 1);
    vci_propose_note(p, VCI_TEXT_IMPORT_NOTE_HEADER, p->layout.header_first + 1,
                     p->layout.header_last + 1);
}

static vc_status write_sheet(vci_proposing *p) {
    vc_status st = VC_OK;
    write_source(p);
    write_skipped(p);
    write_fill(p);
    write_oddities(p);
    p->steady = vci_propose_steady(p);
    VC_TRY(vci_propose_time(p));
    if (p->basis != VCI_BASIS_NONE)
        vci_page_add(p->page, "    basis: %s\n", vci_basis_words[p->basis]);
    VC_TRY(vci_propose_columns(p));
out:
    return st;
}

/* What is due and what is done are no events, whatever they are called. */
static void take_services(vci_proposing *p) {
    static const vci_to tos[] = {[VCI_SHARE_DUE] = VCI_TO_DENOMINATOR,
                                 [VCI_SHARE_DONE] = VCI_TO_NUMERATOR,
                                 [VCI_SHARE_RATE] = VCI_TO_IGNORE,
                                 [VCI_SHARE_TWIN] = VCI_TO_IGNORE};
    for (size_t c = 0; c < p->layout.n_columns; c++)
        if (p->services[c].share) p->layout.meanings[c].to = tos[p->services[c].share];
}

/* What stands around and above the figures. */
static vc_status look(vci_proposing *p) {
    vc_status st = VC_OK;
    VC_TRY(vci_layout_find(p->sheet, &p->layout));
    if (!p->layout.found) goto out;
    VC_TRY(vci_services_find(&p->layout, &p->services));
    take_services(p);
    VC_TRY(read_titles(p));
    VC_TRY(read_names(p));
    read_columns(p);
out:
    return st;
}

vc_status vci_propose_seen(const vci_book *source, const vci_worksheet *sheet,
                           vci_seen *seen) {
    vc_status st = VC_OK;
    vci_proposing p = {.source = source, .sheet = sheet, .event = VCI_TO_UNKNOWN};
    VC_TRY(look(&p));
    if (p.layout.found) VC_TRY(vci_propose_times(&p, seen));
out:
    vci_services_free(p.layout.n_columns, p.services);
    vci_layout_free(&p.layout);
    return st;
}

vc_status vci_propose_sheet(const vci_book *source, const vci_worksheet *sheet,
                            vc_frequency frequency, vc_language language, vci_page *page,
                            bool *found) {
    vc_status st = VC_OK;
    vci_proposing p = {.source = source,
                       .sheet = sheet,
                       .frequency = frequency,
                       .language = language,
                       .page = page,
                       .event = VCI_TO_UNKNOWN,
                       .times = 1};
    VC_TRY(look(&p));
    *found = p.layout.found;
    if (!p.layout.found) {
        vci_page_add(page, "  #");
        vci_propose_note(
            &p, VCI_TEXT_IMPORT_NOTE_NO_TABLE,
            vci_quote(vci_base_name(source->file), strlen(vci_base_name(source->file)))
                .text,
            vci_quote(sheet->name, strlen(sheet->name)).text);
        goto out;
    }
    VC_TRY(write_sheet(&p));
    if (page->failed) VC_FAIL(VC_NO_MEMORY, "%s", source->file);
out:
    vci_services_free(p.layout.n_columns, p.services);
    vci_layout_free(&p.layout);
    return st;
}
