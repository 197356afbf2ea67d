/* 4.4 and 4.5: series that were filled in otherwise than month by month. */
#include <stdio.h>

#include "support/harness.h"
#include "support/spoil.h"

/* Deaths of the clean world are 2 to 15 a month; these are far from them, and not yet a
 * step. */
#define PLAIN_RUN 20
#define LARGE 20

static void put(vct_world *w, size_t row, size_t column, long figure) {
    vct_set(w, row, column, vct_text(w, "%ld", figure));
}

/* A leaf whose deaths are many. */
static size_t large_leaf(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves);
    for (size_t month = 0; month < w->n_months; month++) {
        size_t row = vct_row_of(w, leaf, month);
        put(w, row, VCT_DEATHS, LARGE * vct_figure(w, row, VCT_DEATHS));
    }
    w->other_data = true;
    return leaf;
}

static void note(vct_world *w, const char *what, size_t leaf, size_t month) {
    snprintf(w->note, sizeof w->note, "%s: leaf %zu, month %zu", what, leaf, month);
}

/* Since January; the months before the table begins are in the first total. */
void vct_spoil_cumulative(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), first = (size_t)(13 - w->first_month) % 12;
    long total = w->first_month > 1 ? 60 : 0;
    if (first == 0) first = 12;
    for (size_t month = 0; month < w->n_months; month++) {
        size_t row = vct_row_of(w, leaf, month);
        if ((w->first_month - 1 + (int)month) % 12 == 0) total = 0;
        total += vct_figure(w, row, VCT_DEATHS);
        put(w, row, VCT_DEATHS, total);
    }
    note(w, "totals", leaf, first);
    vct_expect_count(w, VC_FAULT, "M12", vct_row_of(w, leaf, first), VCT_DEATHS)->remedy =
        "cumulative_from: no";
}

void vct_spoil_low_end(vct_world *w) {
    size_t leaf = large_leaf(w), row = vct_row_of(w, leaf, w->n_months - 1);
    put(w, row, VCT_DEATHS, 1 + (long)vct_below(w, 9));
    note(w, "low end", leaf, w->n_months - 1);
    vct_expect_count(w, VC_WARNING, "M15", row, VCT_DEATHS);
}

/* A slip of a digit, upwards or downwards. */
void vct_spoil_step(vct_world *w) {
    size_t month = 4 + vct_below(w, w->n_months - 5);
    bool down = w->turn % 2;
    size_t leaf = down ? large_leaf(w) : vct_below(w, w->n_leaves);
    size_t row = vct_row_of(w, leaf, month);
    put(w, row, VCT_DEATHS,
        down ? 1 + (long)vct_below(w, 9) : 120 + (long)vct_below(w, 900));
    w->other_data = true;
    note(w, down ? "step down" : "step up", leaf, month);
    vct_expect_count(w, VC_WARNING, "C09", row, VCT_DEATHS);
}

static void repeat(vct_world *w, size_t n, const char *kind) {
    size_t leaf = vct_below(w, w->n_leaves), from = vct_below(w, w->n_months - n + 1);
    long figure = PLAIN_RUN + (long)vct_below(w, 10);
    for (size_t k = 0; k < n; k++)
        put(w, vct_row_of(w, leaf, from + k), VCT_DEATHS, figure);
    w->other_data = true;
    note(w, "repeated", leaf, from);
    vct_expect_count(w, VC_WARNING, kind, vct_row_of(w, leaf, from), VCT_DEATHS);
}

void vct_spoil_year_repeated(vct_world *w) { repeat(w, 12 + vct_below(w, 3), "C07"); }
void vct_spoil_run(vct_world *w) { repeat(w, 8 + vct_below(w, 4), "C10"); }

/* Half as many boys again as girls, or the other way round: told with the thousandth birth.
 */
void vct_spoil_sex_ratio(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), told = 0;
    long births = 0;
    for (size_t month = 0; month < w->n_months; month++) {
        size_t row = vct_row_of(w, leaf, month);
        long more = 130 + (long)vct_below(w, 9), fewer = 70 + (long)vct_below(w, 9);
        put(w, row, VCT_MALE, w->turn % 2 ? more : fewer);
        put(w, row, VCT_FEMALE, w->turn % 2 ? fewer : more);
        if (vct_has(w, VCT_BIRTHS)) put(w, row, VCT_BIRTHS, more + fewer);
        births += more + fewer;
        if (births >= 1000 && told == 0) told = month;
    }
    w->other_data = true;
    note(w, "sex ratio", leaf, told);
    vct_expect_count(w, VC_WARNING, "C04", vct_row_of(w, leaf, told), VCT_MALE);
}

void vct_spoil_recount(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), from = 1 + vct_below(w, w->n_months - 1);
    long by = 3000 + (long)vct_below(w, 2000);
    for (size_t month = from; month < w->n_months; month++) {
        size_t row = vct_row_of(w, leaf, month);
        put(w, row, VCT_POPULATION,
            vct_figure(w, row, VCT_POPULATION) + (w->turn % 2 ? by : -by));
    }
    w->other_data = true;
    note(w, "recount", leaf, from);
    vct_expect_count(w, VC_WARNING, "C14", vct_row_of(w, leaf, from), VCT_POPULATION);
}

/* --- tables of running totals ------------------------------------------------------------
 */

/* All events of all leaves, each year's from the month that the table begins with. */
static void add_up(vct_world *w) {
    static const size_t events[] = {VCT_MALE, VCT_FEMALE, VCT_BIRTHS, VCT_COMPLIANT,
                                    VCT_DEATHS};
    for (size_t leaf = 0; leaf < w->n_leaves; leaf++)
        for (size_t e = 0; e < VCT_COUNT(events); e++) {
            long total = 0;
            for (size_t month = 0; month < w->n_months && vct_has(w, events[e]); month++) {
                size_t row = vct_row_of(w, leaf, month);
                total = (month % 12 ? total : 0) + vct_figure(w, row, events[e]);
                put(w, row, events[e], total);
            }
        }
    vct_option(w, VCT_MONTHLY, vct_text(w, "cumulative_from: %d", w->first_month));
}

/* A month is missing: the next total of the year holds both. */
void vct_spoil_joint(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), month = 1 + vct_below(w, 10);
    add_up(w);
    vct_delete_row(vct_monthly(w), vct_row_of(w, leaf, month));
    w->more_warnings = true;
    note(w, "joint", leaf, month);
    vct_expect_count(w, VC_FAULT, "M11", vct_row_of(w, leaf, month + 1) - 1, VCT_UNIT);
}

/* What was counted too much is taken off the total. */
void vct_spoil_falling(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), month = 3 + vct_below(w, 9);
    size_t row = vct_row_of(w, leaf, month);
    add_up(w);
    put(w, row, VCT_DEATHS,
        vct_figure(w, vct_row_of(w, leaf, month - 1), VCT_DEATHS) - 1 -
            (long)vct_below(w, 4));
    w->other_data = true;
    note(w, "falling", leaf, month);
    vct_expect_count(w, VC_WARNING, "C13", row, VCT_DEATHS);
}
