/*
 * The sheet of paths: figures to date at the end of each period, observed and simulated;
 * and the charts of the top unit's, which point at its cells.
 */
#include <math.h>
#include <xlsxwriter.h>

#include "chart/fan_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"

/* Columns of the sheet. */
enum {
    COLUMN_PERIOD = 3,
    COLUMN_OBSERVED,
    COLUMN_LAST_YEAR,
    COLUMN_LOW_95,
    COLUMN_MEDIAN = COLUMN_LOW_95 + VC_MEDIAN,
    COLUMN_HIGH_95 = COLUMN_LOW_95 + VC_Q975,
    COLUMN_TARGET,
    COLUMN_TARGET_HIGH
};

/* Rows of the sheet that are one chart's. */
typedef struct block {
    size_t result;
    unsigned first, last;
    vci_range y;
    bool has_last_year;
} block;

/* A number, or an empty cell: a chart would take any text for zero. */
static void add_point(vci_page *page, double number, const char *format) {
    if (isnan(number))
        vci_page_skip(page);
    else
        vci_page_number(page, number, format);
}

/* The figure of a point or a band at a period; NaN if there is none. */
static double point_at(const vci_point *points, size_t n, long x) {
    double y = (double)NAN;
    for (size_t i = 0; i < n; i++)
        if (lround(points[i].x) == x) y = points[i].y;
    return y;
}

static const vci_band *band_at(const vci_fan *fan, long x) {
    const vci_band *band = NULL;
    for (size_t i = 0; i < fan->n_bands; i++)
        if (lround(fan->bands[i].x) == x) band = &fan->bands[i];
    return band;
}

static vc_status add_period(vci_page *page, const vci_fan *fan, size_t result, long x) {
    vc_status st = VC_OK;
    char text[VC_PERIOD_TEXT];
    const char *format = vci_page_digits(fan->digits, false);
    const vci_band *band = band_at(fan, x);
    vc_period_format((vc_period)(fan->origin + x), fan->run->panel.frequency, text);
    VC_TRY(vci_page_names(page, result));
    vci_page_text(page, text);
    add_point(page, point_at(fan->observed, fan->n_observed, x), format);
    add_point(page, point_at(fan->last_year, fan->n_last_year, x), format);
    for (size_t q = 0; q < VC_QUANTILES; q++)
        add_point(page, band ? band->quantile[q] : (double)NAN, format);
    add_point(page, fan->result->bound, format);
    if (vci_book_has_range(page->book)) add_point(page, fan->result->bound_high, format);
    vci_page_next(page);
out:
    return st;
}

/* The periods that a fan has anything to say of. */
static void find_span(const vci_fan *fan, long *first, long *last) {
    *first = fan->yearly ? lround(ceil(fan->x_low)) : fan->year.first - fan->origin;
    *last = fan->year.end - fan->origin;
    if (fan->n_observed > 0 && lround(fan->observed[0].x) < *first)
        *first = lround(fan->observed[0].x);
}

static vc_status add_result(vci_page *page, size_t result, block *where) {
    vc_status st = VC_OK;
    vci_fan fan = {.run = NULL};
    long first, last;
    *where = (block){.result = result, .first = page->row, .last = page->row};
    VC_TRY(vci_fan_collect(page->book->run, result, &fan));
    if (fan.small) {
        VC_TRY(vci_page_names(page, result));
        vci_page_skip(page);
        vci_page_figure(page, VC_MARK_WITHHELD, 0, "0");
        vci_page_next(page);
        goto out;
    }
    where->y = fan.y;
    where->has_last_year = fan.n_last_year > 0;
    find_span(&fan, &first, &last);
    for (long x = first; x <= last; x++) VC_TRY(add_period(page, &fan, result, x));
out:
    if (page->row > where->first) where->last = page->row - 1;
    vci_fan_free(&fan);
    return st;
}

/* --- charts ----------------------------------------------------------------------------
 */

#define CHARTS_ACROSS 2
#define CHART_WIDTH 600 /* pixels */
#define CHART_HEIGHT 330
#define CHART_ROWS 19    /* of a sheet, with its heading */
#define CHART_COLUMNS 10 /* the same */
#define CHARTS_DOWN 2    /* on a printed page */
#define PRINT_SCALE 60   /* percent */
#define MOST_PAGES 100

/* A line of a chart: its column, colour, width and dashes. */
typedef struct line {
    int column;
    lxw_color_t colour;
    double width;
    uint8_t dash;
} line;

/* Okabe and Ito's colours; what is simulated is blue, told apart by dashes as well. */
static const line lines[] = {
    {COLUMN_OBSERVED, 0x222222, 2.5, LXW_CHART_LINE_DASH_SOLID},
    {COLUMN_LAST_YEAR, 0x999999, 1.5, LXW_CHART_LINE_DASH_SOLID},
    {COLUMN_MEDIAN, 0x0072B2, 2.25, LXW_CHART_LINE_DASH_SOLID},
    {COLUMN_LOW_95 + VC_Q10, 0x0072B2, 1.25, LXW_CHART_LINE_DASH_DASH},
    {COLUMN_LOW_95 + VC_Q90, 0x0072B2, 1.25, LXW_CHART_LINE_DASH_DASH},
    {COLUMN_LOW_95, 0x56B4E9, 1.0, LXW_CHART_LINE_DASH_ROUND_DOT},
    {COLUMN_HIGH_95, 0x56B4E9, 1.0, LXW_CHART_LINE_DASH_ROUND_DOT},
    {COLUMN_TARGET, 0xD55E00, 1.5, LXW_CHART_LINE_DASH_LONG_DASH},
    {COLUMN_TARGET_HIGH, 0xD55E00, 1.5, LXW_CHART_LINE_DASH_LONG_DASH},
};

static bool has_line(const vci_book *book, const block *b, int column) {
    if (column == COLUMN_LAST_YEAR) return b->has_last_year;
    return column != COLUMN_TARGET_HIGH || !isnan(book->run->results[b->result].bound_high);
}

/* Names come from the headings' cells: a name by itself could be taken for a formula. */
static void add_line(lxw_chart *chart, const vci_page *paths, const block *b,
                     const line *style) {
    lxw_chart_line drawn = {
        .color = style->colour, .width = (float)style->width, .dash_type = style->dash};
    lxw_col_t column = (lxw_col_t)style->column;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, paths->name, b->first, COLUMN_PERIOD, b->last,
                                COLUMN_PERIOD);
    chart_series_set_values(series, paths->name, b->first, column, b->last, column);
    chart_series_set_name_range(series, paths->name, paths->head, column);
    chart_series_set_line(series, &drawn);
}

/* Axes as the fan chart has them: round steps around what is drawn. */
static void set_looks(lxw_chart *chart, const block *b) {
    lxw_chart_line grid = {.color = 0xDDDDDD, .width = 0.5f};
    lxw_chart_font font = {.size = 8, .rotation = -45};
    chart_title_off(chart);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_RIGHT);
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_min(chart->y_axis, b->y.step * floor(b->y.low / b->y.step));
    chart_axis_set_max(chart->y_axis, b->y.step * ceil(b->y.high / b->y.step));
    chart_axis_set_major_unit(chart->y_axis, b->y.step);
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
}

static vc_status insert_chart(vci_page *page, const vci_page *paths, const block *b,
                              size_t place) {
    vc_status st = VC_OK;
    lxw_chart *chart = workbook_add_chart(page->book->file, LXW_CHART_LINE);
    lxw_chart_options options = {.object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    unsigned row = page->head + 1 + CHART_ROWS * (unsigned)(place / CHARTS_ACROSS);
    lxw_col_t column = (lxw_col_t)(CHART_COLUMNS * (place % CHARTS_ACROSS));
    if (!chart) VC_FAIL(VC_NO_MEMORY, "chart");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (has_line(page->book, b, lines[i].column)) add_line(chart, paths, b, &lines[i]);
    set_looks(chart, b);
    options.x_scale = CHART_WIDTH / 480.0; /* of the library's own size */
    options.y_scale = CHART_HEIGHT / 288.0;
    if (worksheet_insert_chart_opt(page->sheet, row + 1, column, chart, &options))
        page->book->failed = true;
out:
    return st;
}

/* A heading in the cell above each chart. */
static vc_status add_chart(vci_page *page, const vci_page *paths, const block *b,
                           size_t place) {
    vc_status st = VC_OK;
    const vci_book *book = page->book;
    const vc_target *target = vci_book_target_of(book, b->result);
    char term[3 * VC_PERIOD_TEXT], *heading = NULL;
    vci_label unit = vci_label_fit(vci_book_unit_of(book, b->result), 30);
    vci_label name = vci_indicator_name(book->run, target->indicator, book->language);
    vci_label what = vci_indicator_unit(book->run, target->indicator, book->language);
    vci_book_term(book, target, term);
    heading = vci_text_say(book->language, VCI_TEXT_BOOK_CHART, unit.text, name.text, term,
                           what.text);
    if (!heading) VC_FAIL(VC_NO_MEMORY, "text");
    page->row = page->head + 1 + CHART_ROWS * (unsigned)(place / CHARTS_ACROSS);
    page->column = CHART_COLUMNS * (place % CHARTS_ACROSS);
    vci_page_label(page, heading);
    VC_TRY(insert_chart(page, paths, b, place));
    page->row += CHART_ROWS;
out:
    vci_free(heading);
    return st;
}

/* Pages end between charts. */
static void break_pages(vci_page *page, size_t n) {
    lxw_row_t breaks[MOST_PAGES + 1];
    size_t n_pages = (n + CHARTS_ACROSS * CHARTS_DOWN - 1) / (CHARTS_ACROSS * CHARTS_DOWN);
    size_t n_breaks = 0;
    for (size_t i = 1; i < n_pages && n_breaks < MOST_PAGES; i++)
        breaks[n_breaks++] = page->head + 1 + CHART_ROWS * CHARTS_DOWN * (lxw_row_t)i;
    breaks[n_breaks] = 0;
    worksheet_set_print_scale(page->sheet, PRINT_SCALE);
    if (n_breaks > 0) worksheet_set_h_pagebreaks(page->sheet, breaks);
}

/* --- the two sheets --------------------------------------------------------------------
 */

static vc_status add_charts(vci_book *book, const vci_page *paths, size_t n,
                            const block *blocks) {
    vc_status st = VC_OK;
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_CHARTS, 0, NULL, &page));
    for (size_t i = 0; i < n; i++) VC_TRY(add_chart(&page, paths, &blocks[i], i));
    break_pages(&page, n);
    if (n == 0) vci_page_say_note(&page, VCI_TEXT_BOOK_NOTHING);
out:
    return st;
}

/* Of the top unit, and not withheld: several periods. */
static bool is_drawn(const vci_book *book, const block *b) {
    return book->run->results[b->result].unit == book->run->panel.tree.root &&
           b->last > b->first;
}

vc_status vci_book_add_paths(vci_book *book) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 16},  {VCI_TEXT_CLI_COLUMN_INDICATOR, 24},
        {VCI_TEXT_BOOK_TERM, 19},        {VCI_TEXT_BOOK_PERIOD, 10},
        {VCI_TEXT_BOOK_OBSERVED, 10},    {VCI_TEXT_BOOK_PATH_LAST_YEAR, 10},
        {VCI_TEXT_BOOK_LOW_95, 10},      {VCI_TEXT_BOOK_LOW_80, 10},
        {VCI_TEXT_BOOK_LOW_50, 10},      {VCI_TEXT_CLI_COLUMN_MEDIAN, 10},
        {VCI_TEXT_BOOK_HIGH_50, 10},     {VCI_TEXT_BOOK_HIGH_80, 10},
        {VCI_TEXT_BOOK_HIGH_95, 10},     {VCI_TEXT_CLI_COLUMN_TARGET, 10},
        {VCI_TEXT_BOOK_TARGET_HIGH, 12},
    };
    vci_page page;
    size_t n = 0;
    block *blocks = NULL;
    VC_NEW(blocks, book->run->n_results + 1);
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_PATHS,
                          sizeof columns / sizeof *columns - !vci_book_has_range(book),
                          columns, &page));
    for (size_t i = 0; i < book->run->n_results; i++) {
        size_t r = book->rows[i];
        if (!book->run->results[r].path) continue;
        VC_TRY(add_result(&page, r, &blocks[n]));
        if (is_drawn(book, &blocks[n])) n++;
    }
    vci_page_end(&page, 4);
    vci_page_say_note(&page, VCI_TEXT_BOOK_PATHS_NOTE);
    VC_TRY(add_charts(book, &page, n, blocks));
out:
    vci_free(blocks);
    return st;
}
