/* Heat map units x targets of the probability that the target is met. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/axis_internal.h"
#include "chart/kind_internal.h"
#include "chart/verdict_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/grade.h"

#define PAGE_ROWS VCI_VERDICT_ROWS
#define PAGE_COLUMNS 12
#define NAME_COLUMNS 30            /* longest unit name */
#define HEADING_COLUMNS 20         /* the same in the heading */
#define INDENT_PIXELS 12           /* per level */
#define PIXELS_PER_COLUMN 6.2      /* of a unit name */
#define HEAD_PIXELS_PER_COLUMN 6.5 /* of a column head */

/* The places of a page, in CSS pixels. */
#define SIDE 18
#define HEAD 71   /* headings */
#define NOTICE 20 /* a line below them */
#define HEAD_LINE 15
#define HEAD_TARGET 32 /* last lines of the column heads */
#define FOOT 76
#define CELL_NARROWEST 100
#define CELL_WIDEST 150
#define NARROWEST 720
#define HATCH 8 /* between lines */

typedef struct page {
    const vc_run *run;
    const vci_verdict_map *verdict;
    vc_language language;
    size_t number, n_pages;
    size_t first_row, n_rows, first_column, n_columns;
    int name_width;         /* pixels */
    const vc_grade *grades; /* of all results */
    bool has_dash, has_blank, has_mark, has_second_line, has_hatch;
} page;

static int row_height(const page *p) { return p->n_rows > 30 ? 21 : 26; }

/* Few columns share the width, many widen the page. */
static int cell_width(const page *p) {
    int columns = p->n_columns > 0 ? (int)p->n_columns : 1;
    int width = (NARROWEST - 2 * SIDE - p->name_width) / columns;
    return width < CELL_NARROWEST ? CELL_NARROWEST
           : width > CELL_WIDEST  ? CELL_WIDEST
                                  : width;
}

static int page_width(const page *p) {
    int width = 2 * SIDE + p->name_width + cell_width(p) * (int)p->n_columns;
    return width > NARROWEST ? width : NARROWEST;
}

static int head_height(const page *p) {
    bool notice = p->run->settings.synthetic || p->run->scenario.n > 0;
    return HEAD + (notice ? NOTICE : 0) + HEAD_TARGET +
           (p->has_second_line ? HEAD_LINE : 0);
}

static int page_height(const page *p) {
    int rows = p->n_rows > 0 ? (int)p->n_rows : 2;
    return head_height(p) + rows * row_height(p) + FOOT;
}

static size_t result_at(const page *p, size_t row, size_t column) {
    const vci_verdict_map *v = p->verdict;
    return v->result[(p->first_row + row) * v->n_columns + p->first_column + column];
}

static const vc_unit *unit_at(const page *p, size_t row) {
    return &p->run->panel.tree.units[p->verdict->unit[p->first_row + row]];
}

/* Too few vital events to decide, and within chance; or no back-test behind it. */
static bool is_hatched(const page *p, size_t result) {
    const vc_grade *grade = &p->grades[result];
    bool small = grade->level == VC_GRADE_NOT_DECIDABLE && !vc_grade_coloured(grade);
    const vc_result *r = &p->run->results[result];
    if (isnan(r->p_met) || vci_result_is_known(p->run, r)) return false;
    return small || !r->validated;
}

/* The highest level among the rows stands at the margin. */
static unsigned indent_of(const page *p, size_t row) {
    unsigned least = UINT32_MAX;
    for (size_t i = 0; i < p->verdict->n_rows; i++) {
        unsigned level = p->run->panel.tree.units[p->verdict->unit[i]].level;
        if (level < least) least = level;
    }
    return unit_at(p, row)->level - least;
}

/* --- words ------------------------------------------------------------------------- */

static vci_label make_heading(const page *p) {
    const vc_unit_tree *tree = &p->run->panel.tree;
    vci_label name = vci_label_fit(tree->units[tree->root].name, HEADING_COLUMNS);
    if (p->verdict->n_assessed == 0)
        return vci_chart_say(p->language, VCI_TEXT_CHART_VERDICT_NOTHING, name.text);
    return vci_chart_say(p->language, VCI_TEXT_CHART_VERDICT_HEADING, name.text,
                         p->verdict->n_assessed, p->verdict->n_likely);
}

static vci_label make_subheading(const page *p, vc_period year_end) {
    vc_frequency frequency = p->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(p->run->as_of, frequency, p->language);
    vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_VERDICT_WHAT, p->language));
    vci_frame_join(&line, vci_year_words(year_end, frequency, p->language).text);
    vci_frame_join(&line,
                   vci_chart_say(p->language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    vci_frame_join_page(&line, p->number, p->n_pages, p->language);
    return line;
}

static vci_label make_caveat(const page *p) {
    vci_label line = {""};
    if (p->has_hatch)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_NOTE_HATCHED, p->language));
    else if (p->has_mark)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_NOTE_NOT_VALIDATED, p->language));
    if (p->has_dash)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_NOTE_NO_P, p->language));
    if (p->has_blank)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_NOTE_BLANK, p->language));
    if (p->verdict->n_left_out > 0)
        vci_frame_join(&line, vci_chart_say(p->language, VCI_TEXT_CHART_NOTE_LEFT_OUT,
                                            p->verdict->n_left_out)
                                  .text);
    return line;
}

static vci_label cell_text(const page *p, const vc_result *result) {
    if (!isnan(result->p_met) && vci_result_is_known(p->run, result))
        return vci_chart_say(p->language, result->p_met > 0.5 ? VCI_TEXT_CHART_MET
                                                              : VCI_TEXT_CHART_NOT_MET);
    return vci_probability_signs(result->p_met);
}

/* The head of a column: the indicator in two lines at most, then the target. */
typedef struct column_head {
    vci_label first, second, target;
} column_head;

static column_head head_of(const page *p, size_t column) {
    column_head head;
    const vci_verdict_map *v = p->verdict;
    const vc_target *target = &p->run->targets.list[v->target[p->first_column + column]];
    size_t columns = (size_t)(cell_width(p) / HEAD_PIXELS_PER_COLUMN);
    vci_label name = vci_indicator_name(p->run, target->indicator, p->language);
    const char *rest = name.text;
    head.first = vci_label_take_line(&rest, columns);
    rest += strspn(rest, " ");
    head.second = vci_label_fit(rest, columns);
    double bound = target->value.kind == VC_FIXED ? 0 : (double)NAN; /* NaN: the rule */
    vci_label signs = vci_target_signs(p->run, target, bound, bound, p->language);
    snprintf(head.target.text, sizeof head.target.text, "%.200s%s", signs.text,
             v->validated[p->first_column + column] ? "" : " †");
    return head;
}

/* What of the page depends on its words. */
static void measure(page *p) {
    for (size_t row = 0; row < p->n_rows; row++) {
        vci_label name = vci_label_fit(unit_at(p, row)->name, NAME_COLUMNS);
        int width = (int)(PIXELS_PER_COLUMN * (double)vci_label_width(name.text)) + 18 +
                    INDENT_PIXELS * (int)indent_of(p, row);
        if (width > p->name_width) p->name_width = width;
        for (size_t column = 0; column < p->n_columns; column++) {
            size_t r = result_at(p, row, column);
            if (r == VCI_NO_RESULT)
                p->has_blank = true;
            else if (isnan(p->run->results[r].p_met))
                p->has_dash = true;
            else if (is_hatched(p, r))
                p->has_hatch = true;
        }
    }
    for (size_t c = 0; c < p->n_columns; c++)
        p->has_mark = p->has_mark || !p->verdict->validated[p->first_column + c];
    for (size_t c = 0; c < p->n_columns; c++)
        p->has_second_line = p->has_second_line || *head_of(p, c).second.text;
}

/* --- the script -------------------------------------------------------------------- */

static void set_rows(const page *p, vci_script *script) {
    size_t n = p->n_rows > 0 ? p->n_rows : 1;
    vci_script_add(script, "n_rows = %zu\narray row_text[%zu]\narray row_indent[%zu]\n",
                   p->n_rows, n, n);
    for (size_t row = 0; row < p->n_rows; row++) {
        vci_axis_set_element(script, "row_text", row,
                             vci_label_fit(unit_at(p, row)->name, NAME_COLUMNS).text);
        vci_script_add(script, "row_indent[%zu] = %u\n", row + 1, indent_of(p, row));
    }
}

static void set_column(const page *p, size_t column, vci_script *script) {
    column_head head = head_of(p, column);
    vci_axis_set_element(script, "column_first", column, head.first.text);
    vci_axis_set_element(script, "column_second", column, head.second.text);
    vci_axis_set_element(script, "column_target", column, head.target.text);
}

static void set_columns(const page *p, vci_script *script) {
    size_t n = p->n_columns > 0 ? p->n_columns : 1;
    vci_script_add(script,
                   "n_columns = %zu\narray column_first[%zu]\narray column_second[%zu]\n"
                   "array column_target[%zu]\n",
                   p->n_columns, n, n, n);
    for (size_t column = 0; column < p->n_columns; column++) set_column(p, column, script);
}

/* Cells with a target; the probability is -1 where there is none. */
static void set_cells(const page *p, vci_script *script) {
    size_t n = 0, most = p->n_rows * p->n_columns;
    if (most == 0) most = 1;
    vci_script_add(script,
                   "array cell_row[%zu]\narray cell_column[%zu]\narray cell_p[%zu]\n"
                   "array cell_text[%zu]\n",
                   most, most, most, most);
    for (size_t row = 0; row < p->n_rows; row++)
        for (size_t column = 0; column < p->n_columns; column++) {
            size_t r = result_at(p, row, column);
            if (r == VCI_NO_RESULT) continue;
            const vc_result *result = &p->run->results[r];
            vci_axis_set_element(script, "cell_text", n++, cell_text(p, result).text);
            vci_script_add(script,
                           "cell_row[%zu] = %zu\ncell_column[%zu] = %zu\ncell_p[%zu] = ", n,
                           row + 1, n, column + 1, n);
            vci_script_number(script, isnan(result->p_met) ? -1 : result->p_met);
            vci_script_add(script, "\n");
        }
    vci_script_add(script, "n_cells = %zu\n", n);
}

/* Diagonals of a cell, in pixels: place, way, and how dark the cell is. */
static void hatch_cell(const page *p, size_t row, size_t column, double dark,
                       vci_script *script) {
    int x = SIDE + p->name_width + cell_width(p) * (int)column + 1,
        y = head_height(p) + row_height(p) * (int)row + 1, w = cell_width(p) - 2,
        h = row_height(p) - 2;
    for (int k = HATCH; k < w + h; k += HATCH) {
        int from_x = k <= w ? k : w, from_y = k <= w ? 0 : k - w;
        int to_x = k <= h ? 0 : k - h, to_y = k <= h ? k : h;
        vci_script_row(
            script, 5,
            (double[]){x + from_x, y + from_y, to_x - from_x, to_y - from_y, dark});
    }
}

static void set_hatches(const page *p, vci_script *script) {
    vci_script_begin_data(script, "hatches");
    for (size_t row = 0; row < p->n_rows; row++)
        for (size_t column = 0; column < p->n_columns; column++) {
            size_t r = result_at(p, row, column);
            if (r != VCI_NO_RESULT && is_hatched(p, r))
                hatch_cell(p, row, column, p->run->results[r].p_met, script);
        }
    vci_script_add(script, "NaN NaN NaN NaN NaN\n"); /* there is always a row */
    vci_script_end_data(script);
}

static void write_script(const page *p, vci_script *script) {
    const char *nothing =
        p->n_rows > 0 ? "" : vci_text_get(VCI_TEXT_CHART_NO_TARGETS, p->language);
    vci_script_add(
        script, "side = %d\nhead = %d\nname_width = %d\ncell_width = %d\nrow_height = %d\n",
        SIDE, head_height(p), p->name_width, cell_width(p), row_height(p));
    vci_script_set_text(script, "nothing", nothing);
    set_rows(p, script);
    set_columns(p, script);
    set_cells(p, script);
    set_hatches(p, script);
}

/* --- pages ------------------------------------------------------------------------- */

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Pages go down the units first, then to the next columns. */
static page make_page(const vc_run *run, const vci_verdict_map *v, vc_language language,
                      size_t number) {
    size_t down = v->n_rows > 0 ? (v->n_rows + PAGE_ROWS - 1) / PAGE_ROWS : 1;
    size_t across = v->n_columns > 0 ? (v->n_columns + PAGE_COLUMNS - 1) / PAGE_COLUMNS : 1;
    page p = {.run = run, .verdict = v, .language = language, .number = number};
    p.n_pages = down * across;
    p.first_row = number % down * PAGE_ROWS;
    p.n_rows = smaller(PAGE_ROWS, v->n_rows - p.first_row);
    p.first_column = number / down * PAGE_COLUMNS;
    p.n_columns = smaller(PAGE_COLUMNS, v->n_columns - p.first_column);
    return p;
}

/* --- the kind ------------------------------------------------------------------------ */

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    vci_verdict_map verdict = {0};
    vc_grade *grades = NULL;
    VC_NEW(grades, view->run->n_results);
    vc_run_grades(view->run, grades);
    VC_TRY(vci_verdict_map_collect(view->run, view->chart->year_end, &verdict));
    page p = make_page(view->run, &verdict, view->language, view->page);
    p.grades = grades;
    measure(&p);
    plate->n_pages = p.n_pages;
    plate->width = page_width(&p);
    plate->height = page_height(&p);
    plate->heading = make_heading(&p);
    plate->subheading = make_subheading(&p, view->chart->year_end);
    plate->caveat = make_caveat(&p);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_VERDICT, view->language));
    write_script(&p, &plate->body);
out:
    vci_free(grades);
    vci_verdict_map_free(&verdict);
    return st;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    vc_chart chart = vci_chart_blank(VC_CHART_VERDICT);
    for (size_t i = 0; i < listing->run->n_year_ends; i++) {
        chart.year_end = listing->run->year_ends[i];
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_verdict = {list, compose};

vc_status vc_chart_verdict(const vc_run *run, vc_period year_end,
                           const vc_chart_options *options, const char *path) {
    vc_chart chart = vci_chart_blank(VC_CHART_VERDICT);
    chart.year_end = year_end;
    return vc_chart_draw(run, &chart, options, path, NULL);
}
