#include "cli/sheet_points_internal.h"

#include <math.h>
#include <string.h>

#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"

/* Shares of draws below this are not worth a line. */
#define OPEN_SHARE 0.0005
#define WITHHELD "*"
#define DIGITS 2

static const vc_target *target_of(const vc_run *run, size_t result) {
    return &run->targets.list[run->results[result].target];
}

/* --- small cells ------------------------------------------------------------------------
 */

/* Points that follow the figure would tell it; all or none tells no more than P(met). */
static bool graded(const vc_target *t) {
    return !isnan(t->points) && t->rule.rule != VC_ALL_OR_NONE;
}

static bool hides_item(const vci_sheet *sheet, size_t result) {
    return graded(target_of(sheet->run, result)) &&
           vci_small_cells_both(&sheet->cells, result, VCI_CELL_YEAR_END, VCI_CELL_BOUND) !=
               VCI_SHOWN;
}

/* A total is withheld with any of its parts. */
static bool hides_card(const vci_sheet *sheet, const vc_scorecard *card) {
    for (size_t i = 0; i < card->n_items; i++)
        if (hides_item(sheet, card->items[i].result)) return true;
    return false;
}

/* On a mock day any points tell on which side of the target the figure is. */
static bool hides_mock(const vci_sheet *sheet, size_t result) {
    return vci_small_cells_both(&sheet->cells, result, VCI_CELL_TO_DATE, VCI_CELL_BOUND) !=
           VCI_SHOWN;
}

/* --- tables -----------------------------------------------------------------------------
 */

/* Are the rows of a scorecard's unit shown? */
static bool is_shown(const vci_sheet *sheet, const vc_scorecard *card) {
    for (size_t i = 0; i < sheet->n_rows; i++)
        if (sheet->rows[i] == card->items[0].result) return true;
    return false;
}

static vc_status add_number(vci_grid *grid, bool hidden, double number) {
    vci_figure figure = vci_figure_format(number, DIGITS);
    return vci_grid_add(grid, hidden ? WITHHELD : figure.text);
}

static vc_status add_interval(const vci_sheet *sheet, const vc_scorecard *card, bool hidden,
                              vci_grid *grid) {
    vc_status st = VC_OK;
    char *text = NULL;
    vci_figure low = vci_figure_format(card->low80, DIGITS),
               high = vci_figure_format(card->high80, DIGITS);
    if (hidden || isnan(card->low80)) return add_number(grid, hidden, card->low80);
    text = vci_text_say(sheet->language, VCI_TEXT_CLI_RANGE, low.text, high.text);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, text));
out:
    vci_free(text);
    return st;
}

static vc_status add_card(const vci_sheet *sheet, const vc_scorecard *card,
                          vci_grid *grid) {
    vc_status st = VC_OK;
    bool hidden = hides_card(sheet, card);
    VC_TRY(vci_grid_add(grid, sheet->run->panel.tree.units[card->unit].name));
    VC_TRY(add_number(grid, false, card->points));
    VC_TRY(add_number(grid, hidden, card->expected));
    VC_TRY(add_interval(sheet, card, hidden, grid));
    VC_TRY(vci_grid_add(grid, vci_figure_format_probability(card->p_all_met).text));
    VC_TRY(vci_grid_add(grid, vci_figure_format_probability(card->p_veto).text));
out:
    return st;
}

static vc_status add_headings(const vci_sheet *sheet, size_t n, const vci_text *texts,
                              vci_grid *grid) {
    vc_status st = VC_OK;
    for (size_t c = 0; c < n; c++)
        VC_TRY(vci_grid_add(grid, vci_text_get(texts[c], sheet->language)));
out:
    return st;
}

/* Scorecards begin .. end - 1 are those of one year, or of one other period. */
static void note_open(const vci_sheet *sheet, size_t begin, size_t end, FILE *out) {
    const vc_run *run = sheet->run;
    for (size_t c = begin; c < end; c++) {
        const vc_scorecard *card = &run->scorecards[c];
        if (card->p_open >= OPEN_SHARE && is_shown(sheet, card))
            vci_say_line(out, sheet->language, VCI_TEXT_POINTS_OPEN,
                         run->panel.tree.units[card->unit].name, 100 * card->p_open);
    }
}

/* The year end, or another period in words. */
static char *term_of(const vci_sheet *sheet, const vc_scorecard *card) {
    vc_target target = {
        .year_end = card->year_end, .length = card->length, .deadline = VC_NO_PERIOD};
    return card->length > 0 ? vci_term_text(sheet->run, &target, sheet->language)
                            : vci_term_short(sheet->run, &target, sheet->language);
}

static vc_status print_cards(const vci_sheet *sheet, size_t begin, size_t end, FILE *out) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {VCI_TEXT_POINTS_UNIT,     VCI_TEXT_POINTS_OF,
                                       VCI_TEXT_POINTS_EXPECTED, VCI_TEXT_POINTS_80,
                                       VCI_TEXT_POINTS_ALL_MET,  VCI_TEXT_POINTS_VETO};
    const vc_run *run = sheet->run;
    vci_grid grid = {.n_columns = 6, .right = ~1u};
    char *term = term_of(sheet, &run->scorecards[begin]);
    bool year = run->scorecards[begin].length == 0;
    if (!term) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(add_headings(sheet, 6, columns, &grid));
    for (size_t c = begin; c < end; c++)
        if (is_shown(sheet, &run->scorecards[c]))
            VC_TRY(add_card(sheet, &run->scorecards[c], &grid));
    if (grid.n > grid.n_columns) {
        vci_say_line(out, sheet->language,
                     year ? VCI_TEXT_POINTS_HEADING : VCI_TEXT_POINTS_HEADING_TERM, term);
        vci_grid_print(&grid, out);
        vci_say_line(out, sheet->language, VCI_TEXT_POINTS_NOTE);
        note_open(sheet, begin, end, out);
        fputc('\n', out);
    }
out:
    vci_free(term);
    vci_grid_free(&grid);
    return st;
}

/* --- mock assessment day ----------------------------------------------------------------
 */

/* Unit (with its first target only), indicator, target, points, points now, veto. */
static vc_status add_mock(const vci_sheet *sheet, bool first, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    vc_mock mock = vc_run_mock(sheet->run, r);
    const vc_run *run = sheet->run;
    const vc_result *result = &run->results[r];
    const vc_target *target = target_of(run, r);
    bool hidden = hides_mock(sheet, r);
    vci_text veto = mock.met ? VCI_TEXT_POINTS_VETO_MET : VCI_TEXT_POINTS_VETO_MISSED;
    char *indicator = vci_target_text(run, target, sheet->language);
    if (!indicator) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, first ? run->panel.tree.units[result->unit].name : ""));
    VC_TRY(vci_grid_add(grid, indicator));
    VC_TRY(vci_grid_add(grid, sheet->cells.state[r][VCI_CELL_BOUND] == VCI_SHOWN
                                  ? vci_figure_format_target(run, result).text
                                  : WITHHELD));
    VC_TRY(add_number(grid, false, target->points));
    VC_TRY(add_number(grid, hidden && !isnan(target->points), mock.points));
    VC_TRY(vci_grid_add(grid, !target->veto ? ""
                              : hidden      ? WITHHELD
                              : mock.known  ? vci_text_get(veto, sheet->language)
                                            : VCI_NO_FIGURE));
out:
    vci_free(indicator);
    return st;
}

static vc_status add_sum(const vci_sheet *sheet, const vc_scorecard *card, bool hidden,
                         double total, vci_grid *grid) {
    vc_status st = VC_OK;
    VC_TRY(vci_grid_add(grid, ""));
    VC_TRY(vci_grid_add(grid, vci_text_get(VCI_TEXT_POINTS_SUM, sheet->language)));
    VC_TRY(vci_grid_add(grid, ""));
    VC_TRY(add_number(grid, false, card->points));
    VC_TRY(add_number(grid, hidden, total));
    VC_TRY(vci_grid_add(grid, ""));
out:
    return st;
}

/* The page of one scorecard. */
static vc_status add_mocks(const vci_sheet *sheet, const vc_scorecard *card,
                           vci_grid *grid) {
    vc_status st = VC_OK;
    bool hidden = false;
    for (size_t c = 0; grid->n > grid->n_columns && c < grid->n_columns; c++)
        VC_TRY(vci_grid_add(grid, ""));
    for (size_t i = 0; i < card->n_items; i++) {
        size_t r = card->items[i].result;
        hidden =
            hidden || (hides_mock(sheet, r) && !isnan(target_of(sheet->run, r)->points));
        VC_TRY(add_mock(sheet, i == 0, r, grid));
    }
    VC_TRY(add_sum(sheet, card, hidden, vc_run_mock_total(sheet->run, card), grid));
out:
    return st;
}

static vc_status print_mocks(const vci_sheet *sheet, size_t begin, size_t end, FILE *out) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {VCI_TEXT_POINTS_UNIT,   VCI_TEXT_POINTS_INDICATOR,
                                       VCI_TEXT_POINTS_TARGET, VCI_TEXT_POINTS_OF,
                                       VCI_TEXT_POINTS_NOW,    VCI_TEXT_POINTS_VETO};
    const vc_run *run = sheet->run;
    vci_grid grid = {.n_columns = 6, .right = 7u << 2};
    char *term = term_of(sheet, &run->scorecards[begin]), as_of[VC_PERIOD_TEXT];
    bool year = run->scorecards[begin].length == 0;
    if (!term) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    VC_TRY(add_headings(sheet, 6, columns, &grid));
    for (size_t c = begin; c < end; c++) {
        const vc_scorecard *card = &run->scorecards[c];
        if (!isnan(card->points) && is_shown(sheet, card))
            VC_TRY(add_mocks(sheet, card, &grid));
    }
    if (grid.n > grid.n_columns) {
        vci_say_line(out, sheet->language,
                     year ? VCI_TEXT_POINTS_MOCK_HEADING
                          : VCI_TEXT_POINTS_MOCK_HEADING_TERM,
                     term, as_of);
        vci_grid_print(&grid, out);
        fputc('\n', out);
    }
out:
    vci_free(term);
    vci_grid_free(&grid);
    return st;
}

vc_status vci_sheet_print_points(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_scorecard *cards = run->scorecards;
    for (size_t begin = 0, end; begin < run->n_scorecards; begin = end) {
        for (end = begin; end < run->n_scorecards; end++)
            if (cards[end].year_end != cards[begin].year_end ||
                cards[end].length != cards[begin].length)
                break;
        VC_TRY(print_cards(sheet, begin, end, out));
        VC_TRY(print_mocks(sheet, begin, end, out));
    }
out:
    return st;
}

/* --- JSON -------------------------------------------------------------------------------
 */

static void put(vci_json *json, const char *key, bool hidden, double number) {
    vci_json_number(json, key, hidden ? nan("") : number);
}

static void put_tiers(vci_json *json, const vc_target *target, bool hidden,
                      const vc_scorecard_item *item) {
    if (target->rule.rule != VC_TIERS || isnan(target->points)) return;
    vci_json_array(json, "p_tiers", false);
    for (size_t k = 0; k <= target->rule.n_tiers; k++)
        put(json, NULL, hidden, item->tier[k]);
    vci_json_close(json);
}

static void put_item(const vci_sheet *sheet, const vc_scorecard_item *item,
                     bool card_hidden, vci_json *json) {
    const vc_target *target = target_of(sheet->run, item->result);
    bool hidden = hides_item(sheet, item->result), today = hides_mock(sheet, item->result);
    vci_json_object(json, NULL, false);
    vci_json_text(json, "target_id", target->id);
    vci_json_number(json, "points", target->points);
    if (target->scoring) vci_json_text(json, "scoring", target->scoring);
    vci_json_flag(json, "veto", target->veto);
    put(json, "expected", hidden, item->expected);
    put(json, "at_stake", hidden, item->at_stake);
    put(json, "total_if_met", card_hidden, item->total_if_met);
    put(json, "total_if_missed", card_hidden, item->total_if_missed);
    put_tiers(json, target, hidden, item);
    put(json, "mock_points", today, vc_run_mock(sheet->run, item->result).points);
    vci_json_close(json);
}

static void put_card(const vci_sheet *sheet, const vc_scorecard *card, vci_json *json) {
    const vc_run *run = sheet->run;
    bool hidden = hides_card(sheet, card), today = false;
    char end[VC_PERIOD_TEXT];
    vc_period_format(card->year_end, run->panel.frequency, end);
    for (size_t i = 0; i < card->n_items; i++)
        today = today || hides_mock(sheet, card->items[i].result);
    vci_json_object(json, NULL, false);
    vci_json_text(json, "unit", run->panel.tree.units[card->unit].code);
    vci_json_text(json, "name", run->panel.tree.units[card->unit].name);
    vci_json_text(json, "year_end", end);
    vci_json_text(json, "period", vci_term_name(run, &(vc_target){.length = card->length}));
    vci_json_number(json, "points", card->points);
    put(json, "expected", hidden, card->expected);
    put(json, "median", hidden, card->median);
    put(json, "q025", hidden, card->low95);
    put(json, "q10", hidden, card->low80);
    put(json, "q90", hidden, card->high80);
    put(json, "q975", hidden, card->high95);
    vci_json_number(json, "p_all_met", card->p_all_met);
    vci_json_number(json, "p_open", card->p_open);
    vci_json_number(json, "p_veto", card->p_veto);
    vci_json_number(json, "p_veto_open", card->p_veto_open);
    vci_json_number(json, "p_total_open", card->p_total_open);
    put(json, "mock_total", today, vc_run_mock_total(run, card));
    vci_json_array(json, "targets", false);
    for (size_t i = 0; i < card->n_items; i++)
        put_item(sheet, &card->items[i], hidden, json);
    vci_json_close(json);
    vci_json_close(json);
}

void vci_sheet_points_json(const vci_sheet *sheet, vci_json *json) {
    const vc_run *run = sheet->run;
    if (run->n_scorecards == 0) return;
    vci_json_array(json, "scorecards", true);
    for (size_t c = 0; c < run->n_scorecards; c++)
        put_card(sheet, &run->scorecards[c], json);
    vci_json_close(json);
}
