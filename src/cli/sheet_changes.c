/* What changed since an earlier run, as tables that a waterfall can be drawn from. */
#include <math.h>
#include <stdio.h>

#include "assess/change_internal.h"
#include "chart/indicator_text_internal.h"
#include "chart/wording_internal.h"
#include "cli/changes_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"

#define BIT(step) (1u << (step))
#define NO_CHANGE SIZE_MAX

static const char *step_text(const vci_sheet *sheet, vc_change_step step) {
    return vci_text_get(vci_change_words(step, sheet->run->panel.frequency),
                        sheet->language);
}

/* Steps that have a column: those that differ, and what nothing explains if it is there. */
static unsigned shown_steps(const vc_changes *c) {
    unsigned steps = c->differs;
    for (size_t i = 0; i < c->n; i++)
        if (c->list[i].p_step[VC_CHANGE_OTHER] != 0) steps |= BIT(VC_CHANGE_OTHER);
    return steps;
}

static size_t change_of(const vc_changes *c, size_t result) {
    for (size_t i = 0; i < c->n; i++)
        if (c->list[i].result == result) return i;
    return NO_CHANGE;
}

static unsigned level_of(const vc_run *run, size_t result) {
    return run->panel.tree.units[run->results[result].unit].level;
}

/* The deepest level that is shown: without --all, the highest that was compared. */
static unsigned deepest(const vci_sheet *sheet) {
    const vc_run *run = sheet->run;
    unsigned level = run->panel.tree.n_levels;
    for (size_t i = 0; !sheet->all && i < run->changes.n; i++)
        if (level_of(run, run->changes.list[i].result) < level)
            level = level_of(run, run->changes.list[i].result);
    return level;
}

/* --- tables ------------------------------------------------------------------------------
 */

/* One digit more than elsewhere, so that steps can be followed. */
static vci_figure p_text(double p) {
    bool end = p < 0.001 || p > 0.999;
    return end ? vci_figure_format_probability(p) : vci_figure_format_percent(100 * p, 1);
}

static vc_status add_place(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_target *target = &run->targets.list[run->results[r].target];
    char end[VC_PERIOD_TEXT];
    char *name = vci_indicator_text(run, target->indicator, sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(target->year_end, run->panel.frequency, end);
    VC_TRY(vci_grid_add(grid, run->panel.tree.units[run->results[r].unit].name));
    VC_TRY(vci_grid_add(grid, name));
    VC_TRY(vci_grid_add(grid, end));
out:
    vci_free(name);
    return st;
}

static vc_status add_heading(const vci_sheet *sheet, vci_text before, unsigned steps,
                             vci_grid *grid) {
    vc_status st = VC_OK;
    const vci_text first[] = {VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_CLI_COLUMN_INDICATOR,
                              VCI_TEXT_WARNING_COLUMN_YEAR_END, before};
    grid->n_columns = 5;
    for (unsigned s = 0; s < VC_CHANGE_STEPS; s++) grid->n_columns += steps >> s & 1;
    grid->right = ~7u;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        VC_TRY(vci_grid_add(grid, vci_text_get(first[i], sheet->language)));
    for (unsigned s = 0; s < VC_CHANGE_STEPS; s++)
        if (steps & BIT(s)) VC_TRY(vci_grid_add(grid, step_text(sheet, (vc_change_step)s)));
    VC_TRY(vci_grid_add(grid, vci_text_get(VCI_TEXT_CHANGE_COLUMN_NOW, sheet->language)));
out:
    return st;
}

static vc_status add_p(const vci_sheet *sheet, const vc_changed *x, unsigned steps,
                       vci_grid *grid) {
    vc_status st = VC_OK;
    VC_TRY(add_place(sheet, x->result, grid));
    VC_TRY(vci_grid_add(grid, p_text(x->p_before).text));
    for (unsigned s = 0; s < VC_CHANGE_STEPS; s++)
        if (steps & BIT(s))
            VC_TRY(
                vci_grid_add(grid, vci_figure_format_signed(100 * x->p_step[s], 1).text));
    VC_TRY(vci_grid_add(grid, p_text(sheet->run->results[x->result].p_met).text));
out:
    return st;
}

static bool median_shown(const vci_sheet *sheet, const vc_changed *x) {
    return !isnan(x->median_before) &&
           sheet->cells.state[x->result][VCI_CELL_YEAR_END] == VCI_SHOWN;
}

static vc_status add_median(const vci_sheet *sheet, const vc_changed *x, unsigned steps,
                            vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_result *r = &run->results[x->result];
    int digits = vci_indicator_digits(run, &run->targets.list[r->target]);
    if (!median_shown(sheet, x)) goto out;
    VC_TRY(add_place(sheet, x->result, grid));
    VC_TRY(vci_grid_add(grid, vci_figure_format(x->median_before, digits).text));
    for (unsigned s = 0; s < VC_CHANGE_STEPS; s++)
        if (steps & BIT(s))
            VC_TRY(vci_grid_add(grid,
                                vci_figure_format_signed(x->median_step[s], digits).text));
    VC_TRY(vci_grid_add(grid, vci_figure_format(r->quantile[VC_MEDIAN], digits).text));
out:
    return st;
}

static vc_status print_table(const vci_sheet *sheet, bool medians, unsigned steps,
                             FILE *out) {
    vc_status st = VC_OK;
    const vc_changes *c = &sheet->run->changes;
    unsigned level = deepest(sheet);
    vci_grid grid = {0};
    VC_TRY(add_heading(
        sheet, medians ? VCI_TEXT_CHANGE_COLUMN_MEDIAN : VCI_TEXT_CHANGE_COLUMN_BEFORE,
        steps, &grid));
    for (size_t i = 0; i < sheet->n_rows; i++) {
        size_t k = change_of(c, sheet->rows[i]);
        if (k == NO_CHANGE || level_of(sheet->run, sheet->rows[i]) > level) continue;
        if (medians)
            VC_TRY(add_median(sheet, &c->list[k], steps, &grid));
        else
            VC_TRY(add_p(sheet, &c->list[k], steps, &grid));
    }
    if (grid.n <= grid.n_columns) goto out;
    if (medians) vci_say_line(out, sheet->language, VCI_TEXT_CHANGE_MEDIANS);
    vci_grid_print(&grid, out);
    fputc('\n', out);
out:
    vci_grid_free(&grid);
    return st;
}

/* --- words -------------------------------------------------------------------------------
 */

/* A list in words that grows by one item; takes the item over. */
static vc_status append(const vci_sheet *sheet, vci_text between, char *item, char **list) {
    vc_status st = VC_OK;
    char *longer = NULL;
    if (!item) VC_FAIL(VC_NO_MEMORY, "text");
    longer = vci_text_format("%s%s%s", *list ? *list : "",
                             *list ? vci_text_get(between, sheet->language) : "", item);
    if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
    vci_free(*list);
    *list = longer;
out:
    vci_free(item);
    return st;
}

/* Names the steps of a set; nothing for none. */
static vc_status say_steps(const vci_sheet *sheet, unsigned steps, vci_text text,
                           FILE *out) {
    vc_status st = VC_OK;
    char *list = NULL;
    for (unsigned s = 0; s < VC_CHANGE_OTHER; s++) {
        const char *name = step_text(sheet, (vc_change_step)s);
        if (steps & BIT(s))
            VC_TRY(append(sheet, VCI_TEXT_CLI_LIST_SEPARATOR,
                          vci_text_copy(name, strlen(name)), &list));
    }
    if (list) vci_say_line(out, sheet->language, text, list);
out:
    vci_free(list);
    return st;
}

/* Owned by the caller; NULL when there is no memory. */
static char *news_text(const vci_sheet *sheet, const vc_news *news, bool hidden) {
    static const vci_text events[VC_EVENTS] = {[VC_BIRTHS] = VCI_TEXT_CHANGE_BIRTHS,
                                               [VC_BIRTHS_MALE] = VCI_TEXT_CHANGE_BOYS,
                                               [VC_DEATHS] = VCI_TEXT_CHANGE_DEATHS,
                                               [VC_ARRIVALS] = VCI_TEXT_CHANGE_ARRIVALS,
                                               [VC_DEPARTURES] =
                                                   VCI_TEXT_CHANGE_DEPARTURES};
    const char *event = vci_text_get(events[news->event], sheet->language);
    if (hidden) return vci_text_say(sheet->language, VCI_TEXT_CHANGE_NEWS_HIDDEN, event);
    return vci_text_say(
        sheet->language,
        news->incomplete ? VCI_TEXT_CHANGE_NEWS_INCOMPLETE : VCI_TEXT_CHANGE_NEWS_ITEM,
        event, news->observed, round(news->expected), news->low_80, news->high_80);
}

/* One line per new period. */
static vc_status print_news(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_changes *c = &run->changes;
    char *list = NULL, period[VC_PERIOD_TEXT];
    for (size_t i = 0; i < c->n_news; i++) {
        VC_TRY(append(sheet, VCI_TEXT_CHANGE_SEPARATOR,
                      news_text(sheet, &c->news[i], sheet->news_hidden[i]), &list));
        if (i + 1 < c->n_news && c->news[i + 1].period == c->news[i].period) continue;
        vc_period_format(c->news[i].period, run->panel.frequency, period);
        vci_say_line(out, sheet->language, VCI_TEXT_CHANGE_NEWS, period,
                     run->panel.tree.units[run->panel.tree.root].name, list);
        vci_free(list);
        list = NULL;
    }
out:
    vci_free(list);
    return st;
}

static vc_status print_notes(const vci_sheet *sheet, unsigned steps, FILE *out) {
    vc_status st = VC_OK;
    const vc_changes *c = &sheet->run->changes;
    vc_language language = sheet->language;
    unsigned same = ~steps;
    if (steps)
        vci_say_line(out, language, VCI_TEXT_CHANGE_ORDER);
    else
        vci_say_line(out, language, VCI_TEXT_CHANGE_NOTHING);
    /* The tree never differs but when it does; then these two are in its step. */
    if (!(steps & BIT(VC_CHANGE_UNITS)))
        same &= ~BIT(VC_CHANGE_UNITS);
    else
        same &= ~(BIT(VC_CHANGE_CORRECTIONS) | BIT(VC_CHANGE_POPULATION));
    if (steps) VC_TRY(say_steps(sheet, same, VCI_TEXT_CHANGE_EXACT, out));
    VC_TRY(say_steps(sheet, c->merged, VCI_TEXT_CHANGE_MERGED, out));
    if (steps & BIT(VC_CHANGE_UNITS))
        vci_say_line(out, language, VCI_TEXT_CHANGE_UNITS_NOTE);
    if (c->n_new) vci_say_line(out, language, VCI_TEXT_CHANGE_ONLY_NOW, c->n_new);
    if (c->n_gone) vci_say_line(out, language, VCI_TEXT_CHANGE_ONLY_BEFORE, c->n_gone);
    if (c->n_fitted + c->n_simulated > 0)
        vci_say_line(out, language, VCI_TEXT_CHANGE_COST, c->n_fitted, c->n_simulated);
out:
    return st;
}

vc_status vci_sheet_print_changes(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_changes *c = &run->changes;
    char as_of[VC_PERIOD_TEXT];
    if (!c->before) goto out;
    unsigned steps = shown_steps(c);
    vc_period_format(c->as_of, run->panel.frequency, as_of);
    vci_say_line(out, sheet->language, VCI_TEXT_CHANGE_HEADING, c->before, as_of);
    VC_TRY(print_news(sheet, out));
    if (steps) VC_TRY(print_table(sheet, false, steps, out));
    if (steps) VC_TRY(print_table(sheet, true, steps, out));
    VC_TRY(print_notes(sheet, steps, out));
    fputc('\n', out);
out:
    return st;
}

/* --- JSON --------------------------------------------------------------------------------
 */

static void put_steps(vci_json *json, const char *key, bool hidden,
                      const double step[VC_DIM(VC_CHANGE_STEPS)]) {
    vci_json_object(json, key, false);
    for (int s = 0; s < VC_CHANGE_STEPS; s++)
        vci_json_number(json, vc_change_step_name((vc_change_step)s),
                        hidden ? (double)NAN : step[s]);
    vci_json_close(json);
}

static void put_period(vci_json *json, const char *key, const vc_run *run,
                       vc_period period) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(period, run->panel.frequency, text);
    vci_json_text(json, key, text);
}

static void put_place(vci_json *json, const vc_run *run, size_t result) {
    const vc_result *r = &run->results[result];
    vci_json_text(json, "target_id", run->targets.list[r->target].id);
    vci_json_text(json, "unit", run->panel.tree.units[r->unit].code);
    put_period(json, "year_end", run, run->targets.list[r->target].year_end);
}

static void put_changed(const vci_sheet *sheet, const vc_changed *x, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_result *r = &run->results[x->result];
    bool hidden = !median_shown(sheet, x);
    vci_json_object(json, NULL, false);
    put_place(json, run, x->result);
    vci_json_number(json, "p_before", x->p_before);
    put_steps(json, "p_steps", false, x->p_step);
    vci_json_number(json, "p_met", r->p_met);
    vci_json_number(json, "median_before", hidden ? (double)NAN : x->median_before);
    put_steps(json, "median_steps", hidden, x->median_step);
    vci_json_number(json, "median", hidden ? (double)NAN : r->quantile[VC_MEDIAN]);
    vci_json_close(json);
}

static void put_step_names(vci_json *json, const char *key, unsigned steps) {
    vci_json_array(json, key, false);
    for (int s = 0; s < VC_CHANGE_STEPS; s++)
        if (steps & BIT(s))
            vci_json_text(json, NULL, vc_change_step_name((vc_change_step)s));
    vci_json_close(json);
}

static void put_news(const vci_sheet *sheet, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_changes *c = &run->changes;
    const bool *hidden = sheet->news_hidden;
    vci_json_array(json, "new_periods", true);
    for (size_t i = 0; i < c->n_news; i++) {
        const vc_news *news = &c->news[i];
        const double unknown = NAN;
        vci_json_object(json, NULL, false);
        put_period(json, "period", run, news->period);
        vci_json_text(json, "event", vc_event_name(news->event));
        vci_json_number(json, "observed", hidden[i] ? unknown : news->observed);
        vci_json_number(json, "expected", hidden[i] ? unknown : news->expected);
        vci_json_number(json, "q10", hidden[i] ? unknown : news->low_80);
        vci_json_number(json, "q90", hidden[i] ? unknown : news->high_80);
        vci_json_flag(json, "incomplete", news->incomplete);
        vci_json_close(json);
    }
    vci_json_close(json);
}

/* Results that only one of the runs has. */
static void put_unpaired(const vc_run *run, vci_json *json) {
    const vc_changes *c = &run->changes;
    vci_json_array(json, "only_now", true);
    for (size_t i = 0; i < c->n_new; i++) {
        vci_json_object(json, NULL, false);
        put_place(json, run, c->new_results[i]);
        vci_json_close(json);
    }
    vci_json_close(json);
    vci_json_array(json, "only_before", true);
    for (size_t i = 0; i < c->n_gone; i++) {
        vci_json_object(json, NULL, false);
        vci_json_text(json, "target_id", c->gone[i].target);
        vci_json_text(json, "unit", c->gone[i].unit);
        put_period(json, "year_end", run, c->gone[i].year_end);
        vci_json_close(json);
    }
    vci_json_close(json);
}

void vci_sheet_changes_json(const vci_sheet *sheet, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_changes *c = &run->changes;
    if (!c->before) return;
    vci_json_object(json, "changes", true);
    vci_json_text(json, "before", c->before);
    put_period(json, "before_as_of", run, c->as_of);
    put_step_names(json, "order", (1u << VC_CHANGE_STEPS) - 1);
    put_step_names(json, "differs", c->differs);
    put_step_names(json, "merged", c->merged);
    vci_json_whole(json, "runs_fitted", c->n_fitted);
    vci_json_whole(json, "runs_simulated", c->n_simulated);
    vci_json_array(json, "results", true);
    for (size_t i = 0; i < c->n; i++) put_changed(sheet, &c->list[i], json);
    vci_json_close(json);
    put_unpaired(run, json);
    put_news(sheet, json);
    vci_json_close(json);
}
