/* 4.6 Units and hierarchy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

static vct_sheet *units_of(vct_world *w) { return &w->sheet[VCT_UNITS]; }

/* Row of units.csv of a leaf. */
static size_t unit_row(vct_world *w, size_t leaf) {
    return units_of(w)->n_rows - w->n_leaves + leaf;
}

static const char *code_of(vct_world *w, size_t leaf) {
    return units_of(w)->cell[unit_row(w, leaf)][VCT_U_CODE];
}

/* Row of units.csv of the town above a leaf. */
static size_t town_row(vct_world *w, size_t leaf) {
    const char *parent = units_of(w)->cell[unit_row(w, leaf)][VCT_U_PARENT];
    size_t row = 1;
    while (units_of(w)->cell[row][VCT_U_CODE] != parent) row++;
    return row;
}

void vct_spoil_stranger(vct_world *w) {
    vct_sheet *units = units_of(w);
    if (w->turn % 2) {
        size_t row = vct_some_row(w, vct_monthly(w));
        vct_set(w, row, VCT_UNIT, "77-X");
        snprintf(w->note, sizeof w->note, "77-X in row %zu", row);
        vct_expect_count(w, VC_FAULT, "U01", row, VCT_UNIT);
        return;
    }
    size_t row = units->n_rows;
    vct_insert_row(units, row);
    units->cell[row][VCT_U_CODE] = "88-Y";
    units->cell[row][VCT_U_NAME] = w->chinese ? "新增村" : "Newly";
    units->cell[row][VCT_U_PARENT] = units->cell[row - 1][VCT_U_PARENT];
    units->cell[row][VCT_U_CLASS] = "";
    vct_expect(w, VC_WARNING, "U01", VCT_UNITS, row, VCT_WHOLE_ROW);
    w->other_data = true;
}

void vct_spoil_other_name(vct_world *w) {
    vct_sheet *units = units_of(w);
    size_t row = vct_some_row(w, vct_monthly(w));
    if (w->turn % 2) {
        vct_set(w, row, VCT_NAME, w->chinese ? "某某村" : "Elsewhere");
        vct_expect_count(w, VC_FAULT, "U02", row, VCT_NAME);
        return;
    }
    size_t from = 2 + vct_below(w, units->n_rows - 2), to = units->n_rows;
    vct_insert_row(units, to);
    memcpy(units->cell[to], units->cell[from], sizeof units->cell[to]);
    units->cell[to][VCT_U_NAME] = w->chinese ? "某某村" : "Elsewhere";
    snprintf(w->note, sizeof w->note, "unit of row %zu again in %zu", from, to);
    vct_expect(w, VC_FAULT, "U02", VCT_UNITS, to, VCT_U_CODE);
}

void vct_spoil_lost_zeros(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), first = vct_row_of(w, leaf, 0);
    const char *code = code_of(w, leaf);
    bool scientific = w->turn % 3 == 2;
    const char *lost = scientific ? vct_text(w, "%c.%cE+03", code[1], code[2]) : code + 1;
    for (size_t row = 1; row < vct_monthly(w)->n_rows; row++)
        if (strcmp(vct_get(w, row, VCT_UNIT), code) == 0) vct_set(w, row, VCT_UNIT, lost);
    snprintf(w->note, sizeof w->note, "%s for %s", lost, code);
    vct_expected *e = vct_expect_count(w, VC_FAULT, "U03", first, VCT_UNIT);
    if (!scientific) e->message = code;
}

void vct_spoil_hierarchy(vct_world *w) {
    vct_sheet *units = units_of(w);
    size_t leaf = vct_below(w, w->n_leaves), row = unit_row(w, leaf),
           town = town_row(w, leaf);
    static const char *const notes[] = {"own parent", "unknown parent", "cycle",
                                        "two parents"};
    size_t to = units->n_rows, variant = w->turn % 4;
    snprintf(w->note, sizeof w->note, "%s, row %zu", notes[variant], row);
    if (variant == 0) {
        units->cell[row][VCT_U_PARENT] = units->cell[row][VCT_U_CODE];
        vct_expect(w, VC_FAULT, "U04", VCT_UNITS, row, VCT_U_PARENT);
    } else if (variant == 1) {
        units->cell[row][VCT_U_PARENT] = "ZZZ";
        vct_expect(w, VC_FAULT, "U04", VCT_UNITS, row, VCT_U_PARENT);
    } else if (variant == 2) {
        units->cell[town][VCT_U_PARENT] = units->cell[row][VCT_U_CODE];
        vct_expect(w, VC_FAULT, "U04", VCT_UNITS, town, VCT_U_CODE)->message =
            vct_text(w, "%s → %s → %s", units->cell[town][VCT_U_CODE],
                     units->cell[row][VCT_U_CODE], units->cell[town][VCT_U_CODE]);
    } else {
        vct_insert_row(units, to);
        memcpy(units->cell[to], units->cell[row], sizeof units->cell[to]);
        units->cell[to][VCT_U_PARENT] = units->cell[1][VCT_U_CODE];
        vct_expect(w, VC_FAULT, "U04", VCT_UNITS, to, VCT_U_CODE);
    }
}

/* A row of the town above a leaf for one month, with the sums of its leaves; the row. */
static size_t town_total(vct_world *w, size_t leaf, size_t month) {
    vct_sheet *s = vct_monthly(w);
    size_t town = town_row(w, leaf), to = s->n_rows;
    const char *code = units_of(w)->cell[town][VCT_U_CODE];
    long sums[VCT_COLUMNS] = {0};
    for (size_t k = 0; k < w->n_leaves; k++) {
        if (town_row(w, k) != town) continue;
        for (size_t c = VCT_MALE; c <= VCT_POPULATION; c++)
            if (vct_has(w, c)) sums[c] += vct_figure(w, vct_row_of(w, k, month), c);
    }
    vct_insert_row(s, to);
    memcpy(s->cell[to], s->cell[vct_row_of(w, leaf, month)], sizeof s->cell[to]);
    vct_set(w, to, VCT_UNIT, code);
    if (vct_has(w, VCT_NAME)) vct_set(w, to, VCT_NAME, units_of(w)->cell[town][VCT_U_NAME]);
    for (size_t c = VCT_MALE; c <= VCT_POPULATION; c++)
        if (vct_has(w, c)) vct_set(w, to, c, vct_text(w, "%ld", sums[c]));
    return to;
}

void vct_spoil_parent_sum(vct_world *w) {
    size_t row = town_total(w, vct_below(w, w->n_leaves), vct_below(w, w->n_months));
    long sum = vct_figure(w, row, VCT_DEATHS), by = 1 + (long)vct_below(w, 20);
    vct_set(w, row, VCT_DEATHS,
            vct_text(w, "%ld",
                     w->turn % 2 ? sum + by
                     : sum > by  ? sum - by
                                 : 0));
    snprintf(w->note, sizeof w->note, "town with %ld, not %ld",
             vct_figure(w, row, VCT_DEATHS), sum);
    vct_expect_count(w, VC_FAULT, "U05", row, VCT_UNIT);
}

void vct_spoil_parent_part(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), n = 1 + vct_below(w, 4);
    for (size_t k = 0; k < n; k++) {
        size_t row = town_total(w, leaf, k);
        if (k == 0) vct_expect_count(w, VC_INFO, "U05", row, VCT_UNIT);
        if (k + 1 == n && vct_has(w, VCT_POPULATION))
            vct_expect_count(w, VC_WARNING, "M10", row, VCT_UNIT);
    }
    w->other_data = vct_has(w, VCT_POPULATION);
}

void vct_spoil_renamed(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves), from = 1 + vct_below(w, w->n_months - 1);
    const char *name = w->chinese ? "改名村" : "Renamed";
    for (size_t month = from; month < w->n_months; month++)
        vct_set(w, vct_row_of(w, leaf, month), VCT_NAME, name);
    snprintf(w->note, sizeof w->note, "leaf %zu renamed in month %zu", leaf, from);
    vct_expect_count(w, VC_FAULT, "U02", vct_row_of(w, leaf, from), VCT_NAME)->remedy =
        "former_names";
}

/* units.csv with another column, blank but for one unit; its field. */
static size_t add_field(vct_world *w, const char *header, size_t row, const char *text) {
    vct_sheet *units = units_of(w);
    size_t field = units->n_fields++;
    units->cell[0][field] = header;
    for (size_t i = 1; i < units->n_rows; i++) units->cell[i][field] = i == row ? text : "";
    return field;
}

void vct_spoil_territory(vct_world *w) {
    static const char *const bad_shares[] = {"0.6;0.5", "0.6", "0.5;0.4999", "1.2;-0.2",
                                             "a;b"};
    size_t leaf = w->n_leaves - 1, row = unit_row(w, leaf), variant = w->turn % 4;
    const char *last = vct_month_text(w, w->n_months - 1, w->old_months);
    const char *inside = vct_month_text(w, w->n_months - 4, w->old_months);
    size_t to = add_field(w, "valid_to", row, variant == 1 || variant == 2 ? inside : last);
    static const char *const notes[] = {"shares", "figures after the end", "no heir",
                                        "dates"};
    snprintf(w->note, sizeof w->note, "%s", notes[variant]);
    if (variant == 0) {
        add_field(w, "became", row, vct_text(w, "%s;%s", code_of(w, 0), code_of(w, 1)));
        size_t share = add_field(w, "share", row, bad_shares[w->turn / 4 % 5]);
        vct_expect(w, VC_FAULT, "U07", VCT_UNITS, row, share);
    } else if (variant == 1) {
        add_field(w, "became", row, code_of(w, 0));
        vct_expect_count(w, VC_FAULT, "U07", vct_row_of(w, leaf, w->n_months - 3),
                         VCT_UNIT);
    } else if (variant == 2) {
        for (size_t month = w->n_months; month-- > w->n_months - 3;)
            vct_delete_row(vct_monthly(w), vct_row_of(w, leaf, month));
        vct_expect(w, VC_FAULT, "U07", VCT_UNITS, row, VCT_WHOLE_ROW)->remedy = "became";
    } else {
        add_field(w, "valid_from", row, vct_month_text(w, w->n_months + 3, w->old_months));
        vct_expect(w, VC_FAULT, "U07", VCT_UNITS, row, to);
    }
}

/* Two towns have a village of one name, and the rows give names only. */
void vct_spoil_namesakes(vct_world *w) {
    vct_sheet *units = units_of(w);
    const char *name = w->chinese ? "朝阳村" : "Chaoyang";
    units->cell[unit_row(w, 0)][VCT_U_NAME] = units->cell[unit_row(w, 1)][VCT_U_NAME] =
        name;
    size_t leaf = vct_below(w, 2), month = vct_below(w, w->n_months);
    size_t row = vct_row_of(w, leaf, month);
    vct_set(w, row, VCT_UNIT, name);
    snprintf(w->note, sizeof w->note, "a name of two units in row %zu", row);
    vct_expected *e = vct_expect_count(w, VC_FAULT, "U08", row, VCT_UNIT);
    e->remedy = code_of(w, leaf);
}

void vct_spoil_mistyped(vct_world *w) {
    size_t leaf = vct_below(w, w->n_leaves),
           row = vct_row_of(w, leaf, vct_below(w, w->n_months));
    const char *code = code_of(w, leaf),
               *name = units_of(w)->cell[unit_row(w, leaf)][VCT_U_NAME];
    const char *text = vct_text(w, "%sX", code);
    if (w->turn % 4 == 1) text = name;
    if (w->turn % 4 == 2)
        text = vct_text(w, "%.*s", (int)strlen(name) - (w->chinese ? 3 : 8), name);
    if (w->turn % 4 == 3) {
        vct_set(w, row, VCT_UNIT, vct_text(w, " %s\u3000", code));
        return;
    }
    vct_set(w, row, VCT_UNIT, text);
    snprintf(w->note, sizeof w->note, "\"%s\" for %s in row %zu", text, code, row);
    vct_expect_count(w, VC_FAULT, "U01", row, VCT_UNIT)->remedy = code;
}

/* The tree from two columns of monthly.csv; a village has its town's code. */
void vct_spoil_two_levels(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t field = s->n_fields++, leaf = vct_below(w, w->n_leaves);
    vct_top(w, "units: {from_columns: [upper, lower]}");
    s->cell[0][field] = "upper";
    s->cell[0][w->at[VCT_UNIT]] = "lower";
    for (size_t k = 0; k < w->n_leaves; k++)
        for (size_t month = 0; month < w->n_months; month++) {
            size_t row = vct_row_of(w, k, month);
            s->cell[row][field] = units_of(w)->cell[town_row(w, k)][VCT_U_CODE];
        }
    size_t row = vct_row_of(w, leaf, vct_below(w, w->n_months));
    s->cell[row][w->at[VCT_UNIT]] = s->cell[row][field];
    snprintf(w->note, sizeof w->note, "the town's code in row %zu", row);
    vct_expect_count(w, VC_FAULT, "U10", row, VCT_UNIT);
    w->more_faults = true; /* the row now counts for the town as well */
}
