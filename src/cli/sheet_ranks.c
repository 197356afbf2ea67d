#include "cli/sheet_ranks_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/ranking_internal.h"
#include "chart/indicator_text_internal.h"
#include "chart/wording_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/boundary.h"

/*
 * Where a figure is left out its rank is too: between two neighbours' figures it would tell
 * the figure. Probabilities stay, as P(met) does.
 */
static bool is_shown(const vci_sheet *sheet, const vc_ranking *ranking,
                     const vc_ranked *ranked) {
    const vc_suppression *s = &sheet->cells.suppression;
    if (ranked->peer != SIZE_MAX) return true; /* published elsewhere */
    if (ranked->result != SIZE_MAX) {
        const unsigned char *state = sheet->cells.state[ranked->result];
        return state[VCI_CELL_TO_DATE] == VCI_SHOWN &&
               state[VCI_CELL_YEAR_END] == VCI_SHOWN;
    }
    return !ranking->by ||
           vc_suppression_shows(
               s, ranking->by, ranked->unit, VC_SPAN_TO_DATE,
               vc_year_ending(ranking->year_end, sheet->run->panel.frequency)) ==
               VC_MARK_SHOWN;
}

static bool is_vital(const vc_run *run, const vc_ranking *ranking) {
    if (!ranking->by || !vc_boundary_vital(run, ranking->by)) return false;
    vc_indicator_kind kind = vc_run_indicator_kind(run, ranking->by);
    return kind != VC_INDICATOR_PROGRESS;
}

/* --- table --------------------------------------------------------------------------- */

const char *vci_ranked_name(const vci_sheet *sheet, const vc_ranked *ranked) {
    const vc_panel *panel = &sheet->run->panel;
    return ranked->peer != SIZE_MAX ? panel->peers.list[ranked->peer].name
                                    : panel->tree.units[ranked->unit].name;
}

const char *vci_band_text(double p_quota, vc_language language) {
    vc_rank_band band = vc_rank_band_of(p_quota);
    static const vci_text texts[] = {
        [VC_BAND_UNLIKELY] = VCI_TEXT_RANKS_UNLIKELY,
        [VC_BAND_TOSS_UP] = VCI_TEXT_RANKS_TOSS_UP,
        [VC_BAND_LIKELY] = VCI_TEXT_RANKS_LIKELY,
        [VC_BAND_CERTAIN] = VCI_TEXT_RANKS_CERTAIN,
    };
    return band == VC_BAND_NONE ? VCI_NO_FIGURE : vci_text_get(texts[band], language);
}

static vci_figure figure_now(const vci_sheet *sheet, const vc_ranking *ranking,
                             const vc_ranked *ranked) {
    vci_figure hidden = {.text = "*"};
    if (ranked->peer != SIZE_MAX)
        return vci_figure_format(vci_ranked_to_date(sheet->run, ranking, ranked),
                                 vci_ranking_digits(sheet->run, ranking));
    if (ranked->result == SIZE_MAX) return vci_figure_format(NAN, 0);
    if (!is_shown(sheet, ranking, ranked)) return hidden;
    return vci_figure_format(
        sheet->run->results[ranked->result].to_date,
        vci_indicator_digits(sheet->run, &sheet->run->targets.list[ranked->target]));
}

static vc_status add_ranks(const vci_sheet *sheet, bool shown, double low, double high,
                           vci_grid *grid) {
    vc_status st = VC_OK;
    char *text = NULL;
    if (isnan(low)) return vci_grid_add(grid, VCI_NO_FIGURE);
    if (!shown) return vci_grid_add(grid, "*");
    vci_figure from = vci_figure_format(low, 0), to = vci_figure_format(high, 0);
    if (low == high) return vci_grid_add(grid, from.text);
    text = vci_text_say(sheet->language, VCI_TEXT_CLI_RANGE, from.text, to.text);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, text));
out:
    vci_free(text);
    return st;
}

static vc_status add_row(const vci_sheet *sheet, const vc_ranking *ranking,
                         const vc_ranked *ranked, vci_grid *grid) {
    vc_status st = VC_OK;
    bool shown = is_shown(sheet, ranking, ranked);
    VC_TRY(vci_grid_add(grid, vci_ranked_name(sheet, ranked)));
    VC_TRY(vci_grid_add(grid, figure_now(sheet, ranking, ranked).text));
    VC_TRY(add_ranks(sheet, shown, ranked->low_95, ranked->high_95, grid));
    VC_TRY(add_ranks(sheet, shown, ranked->set_low, ranked->set_high, grid));
    VC_TRY(vci_grid_add(grid, vci_figure_format_probability(ranked->p_quota).text));
    if (ranking->weights > 0)
        VC_TRY(
            vci_grid_add(grid, vci_figure_format_probability(ranked->p_quota_moved).text));
    VC_TRY(vci_grid_add(grid, vci_band_text(ranked->p_quota, sheet->language)));
out:
    return st;
}

/* The likeliest first; alike ones in unit order. */
static int by_chance(const void *a, const void *b) {
    const vc_ranked *x = *(const vc_ranked *const *)a, *y = *(const vc_ranked *const *)b;
    if (x->p_quota != y->p_quota) return x->p_quota > y->p_quota ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->peer > y->peer) - (x->peer < y->peer);
}

static vc_status fill(const vci_sheet *sheet, const vc_ranking *ranking, vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_CLI_COLUMN_TO_DATE, VCI_TEXT_RANKS_COLUMN_95,
        VCI_TEXT_RANKS_COLUMN_SET, VCI_TEXT_RANKS_COLUMN_QUOTA};
    const vc_ranked **order = NULL;
    VC_NEW(order, ranking->n);
    for (size_t k = 0; k < ranking->n; k++) order[k] = &ranking->units[k];
    qsort(order, ranking->n, sizeof *order, by_chance);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        VC_TRY(vci_grid_add(grid, vci_text_get(columns[c], sheet->language)));
    if (ranking->weights > 0)
        VC_TRY(
            vci_grid_add(grid, vci_text_get(VCI_TEXT_RANKS_COLUMN_MOVED, sheet->language)));
    VC_TRY(vci_grid_add(grid, vci_text_get(VCI_TEXT_RANKS_COLUMN_BAND, sheet->language)));
    for (size_t k = 0; k < ranking->n && k < VCI_ROWS; k++)
        VC_TRY(add_row(sheet, ranking, order[k], grid));
out:
    vci_free(order);
    return st;
}

/* How the places came about, and who of those ranked is from outside. */
static void say_places(const vci_sheet *sheet, const vc_ranking *ranking, FILE *out) {
    static const vci_text roundings[] = {[VC_ROUND_DOWN] = VCI_TEXT_RANKS_DOWN,
                                         [VC_ROUND_UP] = VCI_TEXT_RANKS_UP,
                                         [VC_ROUND_NEAREST] = VCI_TEXT_RANKS_NEAREST};
    vc_language language = sheet->language;
    if (ranking->n < 2) return;
    if (!isnan(ranking->quota_percent))
        vci_say_line(out, language, VCI_TEXT_RANKS_QUOTA, ranking->quota_percent,
                     ranking->n, vci_text_get(roundings[ranking->rounding], language),
                     ranking->quota);
    if (ranking->n > ranking->n_units)
        vci_say_line(out, language, VCI_TEXT_RANKS_PEERS, ranking->n - ranking->n_units);
}

static vc_status print_heading(const vci_sheet *sheet, const vc_ranking *ranking,
                               FILE *out) {
    vc_status st = VC_OK;
    vc_language language = sheet->language;
    char year_end[VC_PERIOD_TEXT];
    char *by = ranking->by ? vci_indicator_text(sheet->run, ranking->by, language)
                           : vci_text_say(language, VCI_TEXT_RANKS_POINTS);
    if (!by) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(ranking->year_end, sheet->run->panel.frequency, year_end);
    vci_say_line(
        out, language, VCI_TEXT_RANKS_HEADING, ranking->name, ranking->class_name, year_end,
        by, ranking->quota, ranking->n,
        vci_text_get(ranking->low_is_best ? VCI_TEXT_RANKS_LOW : VCI_TEXT_RANKS_HIGH,
                     language));
    say_places(sheet, ranking, out);
    if (ranking->n >= 2 && is_vital(sheet->run, ranking))
        vci_say_line(out, language, VCI_TEXT_RANKS_VITAL);
out:
    vci_free(by);
    return st;
}

/* Ranks to date, among the units that are shown. */
typedef struct shown_ranks {
    double before, now;
} shown_ranks;

/* By how many places a unit that is left out stands before another. */
static double ahead(double rank, double other) {
    return rank < other ? 1 : rank == other ? 0.5 : 0;
}

/*
 * A rank that a unit left out would fill shows as a gap between its neighbours, and their
 * figures would enclose its own: those shown are counted by themselves.
 */
static shown_ranks ranks_shown(const vci_sheet *sheet, const vc_ranking *ranking,
                               const vc_ranked *ranked) {
    shown_ranks ranks = {ranked->rank_before, ranked->rank_now};
    if (!is_shown(sheet, ranking, ranked)) return (shown_ranks){(double)NAN, (double)NAN};
    for (size_t k = 0; k < ranking->n_units; k++) {
        const vc_ranked *other = &ranking->units[k];
        if (isnan(other->rank_now) || is_shown(sheet, ranking, other)) continue;
        ranks.before -= ahead(other->rank_before, ranked->rank_before);
        ranks.now -= ahead(other->rank_now, ranked->rank_now);
    }
    return ranks;
}

static bool is_said_to_move(const vc_ranked *ranked, const shown_ranks *ranks) {
    return vc_ranked_moved(ranked) && ranks->before != ranks->now;
}

/* Who moved beyond chance since the period before; ranks that are left out stay so. */
static void say_movements(const vci_sheet *sheet, const vc_ranking *ranking, FILE *out) {
    const vc_run *run = sheet->run;
    char before[VC_PERIOD_TEXT], now[VC_PERIOD_TEXT];
    size_t n = 0, known = 0;
    vc_period_format(run->as_of - 1, run->panel.frequency, before);
    vc_period_format(run->as_of, run->panel.frequency, now);
    for (size_t k = 0; k < ranking->n_units; k++) {
        const vc_ranked *ranked = &ranking->units[k];
        known += isnan(ranked->p_movement) ? 0 : 1;
        if (!vc_ranked_moved(ranked) || !is_shown(sheet, ranking, ranked)) continue;
        shown_ranks ranks = ranks_shown(sheet, ranking, ranked);
        if (!is_said_to_move(ranked, &ranks)) continue;
        n++;
        vci_say_line(out, sheet->language, VCI_TEXT_RANKS_MOVED,
                     vci_ranked_name(sheet, ranked), before, ranks.before, now, ranks.now);
    }
    if (known > 0 && n == 0)
        vci_say_line(out, sheet->language, VCI_TEXT_RANKS_NOT_MOVED, before, now);
}

static vc_status print_ranking(const vci_sheet *sheet, const vc_ranking *ranking,
                               FILE *out) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = 6, .right = 0x1e};
    if (ranking->weights > 0) grid = (vci_grid){.n_columns = 7, .right = 0x3e};
    VC_TRY(print_heading(sheet, ranking, out));
    if (ranking->n < 2) {
        vci_say_line(out, sheet->language, VCI_TEXT_RANKS_NO_PEERS, ranking->class_name);
    } else {
        VC_TRY(fill(sheet, ranking, &grid));
        vci_grid_print(&grid, out);
        if (ranking->n > VCI_ROWS)
            vci_say_line(out, sheet->language, VCI_TEXT_RANKS_MORE, ranking->n - VCI_ROWS);
        if (ranking->weights > 0)
            vci_say_line(out, sheet->language, VCI_TEXT_RANKS_WEIGHTS,
                         100 * ranking->weights,
                         vci_figure_format_probability(ranking->p_winners_change).text);
        say_movements(sheet, ranking, out);
        if (ranking->compare_with) VC_TRY(vci_sheet_print_compared(sheet, ranking, out));
    }
    fputc('\n', out);
out:
    vci_grid_free(&grid);
    return st;
}

vc_status vci_sheet_print_ranks(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    bool compared = false;
    for (size_t i = 0; i < run->n_rankings; i++) {
        VC_TRY(print_ranking(sheet, &run->rankings[i], out));
        compared = compared || run->rankings[i].n >= 2;
    }
    if (compared)
        vci_say_line(out, sheet->language, VCI_TEXT_RANKS_NOTE, 100 * VC_RANK_SET_LEVEL);
out:
    return st;
}

/* --- JSON ---------------------------------------------------------------------------- */

static void rank_member(vci_json *json, const char *key, bool shown, double rank) {
    vci_json_number(json, key, shown ? rank : (double)NAN);
}

static void movement_members(const vci_sheet *sheet, const vc_ranking *ranking,
                             const vc_ranked *ranked, bool shown, vci_json *json) {
    shown_ranks ranks = ranks_shown(sheet, ranking, ranked);
    bool moved = shown && is_said_to_move(ranked, &ranks);
    rank_member(json, "rank_before", shown, ranks.before);
    rank_member(json, "rank_now", shown, ranks.now);
    rank_member(json, "p_movement", shown, ranked->p_movement);
    vci_json_text(json, "moved", !moved ? NULL : ranks.now < ranks.before ? "up" : "down");
}

static void ranked_object(const vci_sheet *sheet, const vc_ranking *ranking,
                          const vc_ranked *ranked, vci_json *json) {
    const vc_run *run = sheet->run;
    bool peer = ranked->peer != SIZE_MAX;
    bool shown = is_shown(sheet, ranking, ranked);
    vc_rank_band band = vc_rank_band_of(ranked->p_quota);
    vci_json_object(json, NULL, false);
    vci_json_text(json, "unit",
                  peer ? run->panel.peers.list[ranked->peer].code
                       : run->panel.tree.units[ranked->unit].code);
    vci_json_text(json, "name", vci_ranked_name(sheet, ranked));
    vci_json_flag(json, "peer", peer);
    rank_member(json, "to_date", shown, vci_ranked_to_date(sheet->run, ranking, ranked));
    rank_member(json, "mean_rank", shown, ranked->mean);
    rank_member(json, "median_rank", shown, ranked->median);
    rank_member(json, "rank_q10", shown, ranked->low_80);
    rank_member(json, "rank_q90", shown, ranked->high_80);
    rank_member(json, "rank_q025", shown, ranked->low_95);
    rank_member(json, "rank_q975", shown, ranked->high_95);
    rank_member(json, "rank_set_low", shown, ranked->set_low);
    rank_member(json, "rank_set_high", shown, ranked->set_high);
    vci_json_number(json, "p_ranked", ranked->p_ranked);
    vci_json_number(json, "p_quota", ranked->p_quota);
    vci_json_number(json, "monte_carlo_se", ranked->monte_carlo_se);
    vci_json_number(json, "p_first", ranked->p_first);
    vci_json_number(json, "p_veto", ranked->p_veto);
    vci_json_text(json, "band", band == VC_BAND_NONE ? NULL : vc_rank_band_name(band));
    if (ranking->weights > 0) vci_json_number(json, "p_quota_moved", ranked->p_quota_moved);
    if (!peer) movement_members(sheet, ranking, ranked, shown, json);
    vci_sheet_compared_json(sheet, ranking, ranked, json);
    if (!shown) vci_json_flag(json, "suppressed", true);
    vci_json_close(json);
}

/* How the places came about, and what the rule asks for beyond ranks. */
static void rule_members(const vc_ranking *ranking, vci_json *json) {
    static const char *const roundings[] = {
        [VC_ROUND_DOWN] = "down", [VC_ROUND_UP] = "up", [VC_ROUND_NEAREST] = "nearest"};
    bool share = !isnan(ranking->quota_percent);
    vci_json_number(json, "quota_percent", ranking->quota_percent);
    vci_json_text(json, "rounding", share ? roundings[ranking->rounding] : NULL);
    vci_json_text(json, "classes", ranking->second_class ? "second" : "first");
    vci_json_whole(json, "members", ranking->n);
    vci_json_whole(json, "peers", ranking->n - ranking->n_units);
    if (ranking->compare_with) vci_json_text(json, "compare_with", ranking->compare_with);
    if (!(ranking->weights > 0)) return;
    vci_json_number(json, "weights_percent", 100 * ranking->weights);
    vci_json_number(json, "p_winners_change", ranking->p_winners_change);
}

void vci_sheet_ranks_json(const vci_sheet *sheet, vci_json *json) {
    const vc_run *run = sheet->run;
    vci_json_array(json, "rankings", true);
    for (size_t i = 0; i < run->n_rankings; i++) {
        const vc_ranking *ranking = &run->rankings[i];
        char year_end[VC_PERIOD_TEXT];
        vc_period_format(ranking->year_end, run->panel.frequency, year_end);
        vci_json_object(json, NULL, true);
        vci_json_text(json, "name", ranking->name);
        vci_json_text(json, "class", ranking->class_name);
        vci_json_text(json, "year_end", year_end);
        vci_json_text(json, "by", ranking->by ? ranking->by : "points");
        vci_json_text(json, "better", ranking->low_is_best ? "low" : "high");
        vci_json_whole(json, "quota", ranking->quota);
        rule_members(ranking, json);
        vci_json_flag(json, "compared", ranking->n >= 2);
        vci_json_array(json, "units", true);
        for (size_t k = 0; k < ranking->n; k++)
            ranked_object(sheet, ranking, &ranking->units[k], json);
        vci_json_close(json);
        vci_json_close(json);
    }
    vci_json_close(json);
}
