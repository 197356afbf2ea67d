/* Columns that a table may have more: months of another meaning, births by order, still
 * births. */
#include <stdio.h>

#include "support/harness.h"
#include "support/spoil.h"

/* A column at the end; its field. */
static size_t add_column(vct_world *w, const char *english, const char *chinese) {
    vct_sheet *s = vct_monthly(w);
    ck_assert_uint_lt(s->n_fields, VCT_MOST_FIELDS);
    s->cell[0][s->n_fields] = w->chinese ? chinese : english;
    return s->n_fields++;
}

static long births_of(const vct_world *w, size_t row) {
    if (vct_has(w, VCT_BIRTHS)) return vct_figure(w, row, VCT_BIRTHS);
    return vct_figure(w, row, VCT_MALE) + vct_figure(w, row, VCT_FEMALE);
}

/* The column of months says that it is the event's; or there are two, and none declared. */
void vct_spoil_two_datings(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t month = w->at[VCT_MONTH], other;
    bool by_event = w->turn % 3 < 2;
    if (by_event) s->cell[0][month] = w->chinese ? "发生月份" : "event_month";
    snprintf(w->note, sizeof w->note, "variant %zu", w->turn % 3);
    if (w->turn % 3 == 0) {
        vct_expect(w, VC_WARNING, "M13", VCT_MONTHLY, 0, month);
        return;
    }
    other = add_column(w, "registration_month", "登记月份");
    for (size_t row = 1; row < s->n_rows; row++)
        s->cell[row][other] = by_event ? "2013-01" : s->cell[row][month];
    vct_expect(w, VC_FAULT, "M13", VCT_MONTHLY, 0, by_event ? month : other);
    vct_pastes(w, VCT_MONTHLY,
               vct_text(w, "columns: {month: %s}", s->cell[0][by_event ? month : other]));
}

/* Births by order, right in all rows; then wrong in one, by all three columns or by two. */
void vct_spoil_orders(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t n = w->turn % 3 == 2 ? 2 : 3, field = s->n_fields;
    size_t bad = vct_some_row(w, s);
    add_column(w, "births_first", "一孩出生人数");
    add_column(w, "births_second", "二孩出生人数");
    if (n == 3) add_column(w, "births_third_up", "三孩及以上出生人数");
    for (size_t row = 1; row < s->n_rows; row++) {
        long births = births_of(w, row), first = births / 2, second = births / 3;
        s->cell[row][field] = vct_text(w, "%ld", first);
        s->cell[row][field + 1] = vct_text(w, "%ld", second);
        s->cell[row][field + 2] =
            n == 3 ? vct_text(w, "%ld", births - first - second) : NULL;
    }
    vct_remember(w);
    long by = n == 2 ? births_of(w, bad) : w->turn % 2 ? 1 : -1;
    s->cell[bad][field + 1] = vct_text(w, "%ld", births_of(w, bad) / 3 + by);
    snprintf(w->note, sizeof w->note, "%zu orders, row %zu, %+ld", n, bad, by);
    vct_expect(w, VC_FAULT, "C11", VCT_MONTHLY, bad, field);
}

/* The births of a row hold the still births too: the live ones are what they were. */
void vct_spoil_stillbirths(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t field = add_column(w, "stillbirths", "死胎死产数"), bad = vct_some_row(w, s);
    long still = 1 + (long)vct_below(w, 3);
    for (size_t row = 1; row < s->n_rows; row++)
        s->cell[row][field] = row % 7 == 0 ? "1" : "0";
    vct_remember(w);
    s->cell[bad][field] = vct_text(w, "%ld", still);
    vct_set(w, bad, VCT_BIRTHS, vct_text(w, "%ld", births_of(w, bad) + still));
    snprintf(w->note, sizeof w->note, "%ld still births in row %zu", still, bad);
    vct_expect_count(w, VC_WARNING, "C12", bad, VCT_BIRTHS);
}
