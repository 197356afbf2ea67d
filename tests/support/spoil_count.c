/* 4.5 Meaning of the counts. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

static void put(vct_world *w, size_t row, size_t column, long figure) {
    snprintf(w->note, sizeof w->note, "%ld in row %zu", figure, row);
    vct_set(w, row, column, vct_text(w, "%ld", figure));
}

void vct_spoil_negative(vct_world *w) {
    size_t row = vct_some_row(w, vct_monthly(w)), column = vct_count_column(w);
    put(w, row, column, -1 - (long)vct_below(w, 40));
    vct_expect_count(w, VC_FAULT, "C01", row, column);
}

void vct_spoil_part_above(vct_world *w) {
    static const size_t parts[] = {VCT_MALE, VCT_FEMALE, VCT_COMPLIANT};
    size_t row = vct_some_row(w, vct_monthly(w)), part = parts[w->turn % 3];
    put(w, row, part, vct_figure(w, row, VCT_BIRTHS) + 1 + (long)vct_below(w, 9));
    vct_expect_count(w, VC_FAULT, "C02", row, part);
}

void vct_spoil_sum(vct_world *w) {
    size_t row = vct_some_row(w, vct_monthly(w));
    long by = 1 + (long)vct_below(w, 3);
    put(w, row, VCT_BIRTHS, vct_figure(w, row, VCT_BIRTHS) + (w->turn % 2 ? by : -by));
    vct_expect_count(w, VC_FAULT, "C03", row, VCT_BIRTHS);
}

void vct_spoil_population(vct_world *w) {
    size_t row = vct_some_row(w, vct_monthly(w));
    if (w->turn % 3 < 2) {
        put(w, row, VCT_POPULATION, (long)(w->turn % 3));
        vct_expect_count(w, VC_FAULT, "C05", row, VCT_POPULATION);
        return;
    }
    vct_set(w, row, VCT_POPULATION, "");
    vct_expect_count(w, VC_WARNING, "N06", row, VCT_POPULATION);
    w->other_data = w->more_warnings = true;
}

/* Villages as large as towns: in thousands their people are still more than the births. */
void vct_spoil_scale(vct_world *w) {
    const vct_sheet *s = vct_monthly(w);
    bool small = w->turn % 2;
    for (size_t row = 1; row < s->n_rows; row++) {
        long people = vct_figure(w, row, VCT_POPULATION);
        vct_set(w, row, VCT_POPULATION,
                vct_text(w, "%ld", small ? people / 20 : people * 1000));
    }
    snprintf(w->note, sizeof w->note, "population %s",
             small ? "in twenties" : "times 1000");
    vct_expect_count(w, VC_FAULT, "C06", 1, VCT_POPULATION);
}

void vct_spoil_zero_births(vct_world *w) {
    static const size_t births[] = {VCT_MALE, VCT_FEMALE, VCT_BIRTHS, VCT_COMPLIANT};
    size_t leaf = vct_below(w, w->n_leaves), month = 4 + vct_below(w, w->n_months - 4);
    size_t row = vct_row_of(w, leaf, month);
    for (size_t i = 0; i < 4; i++)
        if (vct_has(w, births[i])) put(w, row, births[i], 0);
    vct_expect_count(w, VC_WARNING, "C08", row,
                     vct_has(w, VCT_BIRTHS) ? VCT_BIRTHS : VCT_MALE);
    w->other_data = true;
}
