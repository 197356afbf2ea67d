/* Series with fewer months than a season needs. */
#include <stdio.h>

#include "support/harness.h"
#include "support/spoil.h"

#define NEEDED 24

/* Each column of events, or one alone, has so many months with figures. */
static void expect_short(vct_world *w, size_t only, size_t known) {
    static const size_t events[] = {VCT_MALE, VCT_FEMALE, VCT_BIRTHS, VCT_COMPLIANT,
                                    VCT_DEATHS};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (!vct_has(w, events[i]) || (only < VCT_COLUMNS && only != events[i])) continue;
        vct_expected *e = vct_expect_count(w, VC_WARNING, "S09", 0, events[i]);
        e->message = "24";
        e->said[VC_ENGLISH] = vct_text(w, " %zu periods", known);
        e->said[VC_CHINESE] = vct_text(w, " %zu 期", known);
    }
}

/* Months before the last `kept` ones go, of all units. */
static void drop_first_months(vct_world *w, size_t kept) {
    vct_sheet *s = vct_monthly(w);
    for (size_t row = s->n_rows; row-- > 1;) {
        size_t month = w->by_month ? (row - 1) / w->n_leaves : (row - 1) % w->n_months;
        if (month < w->n_months - kept) vct_delete_row(s, row);
    }
    w->other_data = true;
}

static void blank_deaths(vct_world *w, size_t kept) {
    for (size_t leaf = 0; leaf < w->n_leaves; leaf++)
        for (size_t month = 0; month < w->n_months - kept; month++)
            vct_set(w, vct_row_of(w, leaf, month), VCT_DEATHS, "");
    w->other_data = w->more_warnings = true;
}

/* An as-of month before so many are known; the records after it are told of too. */
static void go_back(vct_world *w, size_t kept) {
    w->as_of -= (vc_period)(w->n_months - kept);
    w->more_warnings = true;
}

void vct_spoil_short_history(vct_world *w) {
    size_t form = w->turn % 4, kept = NEEDED - 1 - vct_below(w, 14);
    if (w->turn % 8 >= 4) kept = NEEDED - 1;
    if (form == 3) kept = NEEDED; /* enough */
    if (form == 0 || form == 3) drop_first_months(w, kept);
    if (form == 1) blank_deaths(w, kept);
    if (form == 2) go_back(w, kept);
    if (form != 3) expect_short(w, form == 1 ? VCT_DEATHS : VCT_COLUMNS, kept);
    snprintf(w->note, sizeof w->note, "form %zu, %zu of %zu months", form, kept,
             w->n_months);
}
