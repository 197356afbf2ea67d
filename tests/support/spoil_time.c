/* 4.4 Time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TURN(w, list) (list)[(w)->turn % COUNT(list)]

/* A month cell of some row becomes `text`; the row. */
static size_t put(vct_world *w, const char *text) {
    size_t row = vct_some_row(w, vct_monthly(w));
    snprintf(w->note, sizeof w->note, "\"%.60s\" in row %zu", text, row);
    vct_set(w, row, VCT_MONTH, text);
    return row;
}

static void fault(vct_world *w, const char *kind, const char *text) {
    vct_expect_count(w, VC_FAULT, kind, put(w, text), VCT_MONTH);
}

void vct_spoil_month_off(vct_world *w) {
    static const char *const forms[] = {"%d-00",    "%d-13",    "%d-14",   "%d-07-15",
                                        "%d-02-30", "%d年13月", "%d年0月", "%d年7月15日"};
    char text[64];
    size_t i = w->turn % COUNT(forms);
    const char *at = strstr(forms[i], "%d") + 2;
    snprintf(text, sizeof text, "%d%s", w->first_year, at);
    fault(w, "M01", vct_text(w, "%s", text));
}

void vct_spoil_month_ahead(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), month = vct_below(w, w->n_months);
    size_t row = vct_row_of(w, leaf, month);
    size_t far = month + 12 * (6 + vct_below(w, 9));
    vct_set(w, row, VCT_MONTH, vct_month_text(w, far, w->old_months));
    snprintf(w->note, sizeof w->note, "row %zu of %s", row, vct_get(w, row, VCT_MONTH));
    vct_expect_count(w, VC_FAULT, "M02", row, VCT_MONTH);
}

void vct_spoil_month_ambiguous(vct_world *w) {
    static const char *const texts[] = {"03/04/2013", "01/02/03", "24-3",   "2013/7",
                                        "2013.7",     "7/2013",   "201307", "13.07"};
    fault(w, "M03", TURN(w, texts));
}

void vct_spoil_day_number(vct_world *w) {
    static const char *const texts[] = {"41456", "45352", "41456.5", "39995.25"};
    fault(w, "M04", TURN(w, texts));
}

void vct_spoil_other_era(vct_world *w) {
    static const char *const texts[] = {
        "102年3月",    "102-03",       "102/03",    "民国102年3月", "民國102年3月",
        "平成25年3月", "令和6年3月",   "H25.3",     "R6-03",        "2556-03",
        "พ.ศ. 2556",   "1392-03",      "1434-03",   "昭和60年3月",  "农历2013年3月",
        "2013年正月",  "2013年闰四月", "2013年腊月"};
    fault(w, "M05", TURN(w, texts));
}

/* The whole column in quarters; or one cell in words or weeks. */
void vct_spoil_other_periods(vct_world *w) {
    static const char *const texts[] = {"Mar 2013",   "2013-Mar",    "março 2013",
                                        "2013年三月", "2013年3月份", "2013年第5周",
                                        "2013-W05",   "三月2013年"};
    if (w->turn % 5 < 4) {
        fault(w, "M06", TURN(w, texts));
        return;
    }
    for (size_t row = 1; row < vct_monthly(w)->n_rows; row++)
        vct_set(w, row, VCT_MONTH,
                vct_text(w, w->old_months ? "%d年第%zu季度" : "%d-Q%zu", w->first_year,
                         1 + row % 4));
    vct_expect_count(w, VC_FAULT, "M06", 1, VCT_MONTH);
    w->more_faults = true;
}

/* A row again, right behind or at the end; the place of the copy. */
static size_t repeat(vct_world *w, size_t row) {
    vct_sheet *s = vct_monthly(w);
    size_t to = vct_below(w, 2) ? row + 1 : s->n_rows;
    vct_insert_row(s, to);
    memcpy(s->cell[to], s->cell[row], sizeof s->cell[to]);
    snprintf(w->note, sizeof w->note, "row %zu again in row %zu", row, to);
    return to;
}

void vct_spoil_repeated(vct_world *w) {
    size_t to = repeat(w, vct_some_row(w, vct_monthly(w)));
    vct_expect_count(w, VC_WARNING, "M07", to, VCT_UNIT);
}

void vct_spoil_revised(vct_world *w) {
    size_t row = vct_some_row(w, vct_monthly(w)), to = repeat(w, row);
    vct_set(w, to, VCT_DEATHS, vct_text(w, "%ld", vct_figure(w, to, VCT_DEATHS) + 1));
    if (!vct_has(w, VCT_REPORTED)) {
        vct_expect_count(w, VC_FAULT, "M08", to, VCT_UNIT)->remedy = "reported";
        return;
    }
    vct_set(w, to, VCT_REPORTED, vct_month_text(w, w->n_months + 6, w->old_months));
    w->other_data = true;
}

/* Rows of a leaf from month `begin` on, `n` of them, are gone; the row before them. */
static size_t cut_months(vct_world *w, size_t leaf, size_t begin, size_t n) {
    size_t before = begin > 0 ? vct_row_of(w, leaf, begin - 1) : 0, gone = 0;
    snprintf(w->note, sizeof w->note, "leaf %zu without months %zu to %zu", leaf, begin,
             begin + n - 1);
    for (size_t month = begin + n; month-- > begin;) {
        size_t row = vct_row_of(w, leaf, month);
        vct_delete_row(vct_monthly(w), row);
        gone += row < before;
    }
    w->other_data = w->more_warnings = true;
    return before - gone;
}

void vct_spoil_gap(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), n = 1 + vct_below(w, 3);
    size_t begin = 1 + vct_below(w, w->n_months - 4);
    if (w->turn % 3 == 1) begin = w->n_months - n; /* at the end */
    if (w->turn % 3 == 2 && w->n_months >= 17) {
        begin = 1 + vct_below(w, w->n_months - 15);
        n = 13;
    }
    size_t row = cut_months(w, leaf, begin, n);
    vct_expect_count(w, VC_WARNING, "M09", row, VCT_UNIT);
}

void vct_spoil_late_start(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), n = 1 + vct_below(w, 4);
    if (w->turn % 2) {
        cut_months(w, leaf, 0, n);
        w->more_warnings = false;
        return;
    }
    for (size_t month = w->n_months - n; month < w->n_months; month++)
        vct_set(w, vct_row_of(w, leaf, month), VCT_POPULATION, "");
    snprintf(w->note, sizeof w->note, "leaf %zu without its last %zu populations", leaf, n);
    size_t row = vct_row_of(w, leaf, w->n_months - n - 1);
    vct_expect_count(w, VC_WARNING, "M10", row, VCT_UNIT);
    w->other_data = w->more_warnings = true;
}

void vct_spoil_no_year(vct_world *w) {
    static const char *const texts[] = {"7月",    "07",        "7",      "3月份",
                                        "Mar",    "FY2013-04", "三月份", "2013/14",
                                        "十一月", "March"};
    fault(w, "M14", TURN(w, texts));
}
