#include "office/totals_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "office/layout_internal.h"
#include "office/total_rows_internal.h"

/* A sheet while its totals are compared. */
typedef struct comparing {
    vci_reading *r;
    vci_total_rows rows;
    size_t n_columns;
    double *values;      /* [rows.n][n_columns] as read; NaN: no figure */
    unsigned char *fine; /* [n_columns] most decimals of a column */
} comparing;

/* A total beside the sum of the rows that it stands for. */
typedef struct pair {
    double total, sum;
    size_t n, n_blank; /* rows with a figure, and without one */
    bool agrees;
} pair;

/* Decimals of a figure as it is written. */
static unsigned char decimals(const vci_cell *cell) {
    const char *point = cell ? memchr(cell->text, '.', cell->n) : NULL;
    size_t n = 0;
    while (point && point + n + 1 < cell->text + cell->n && point[n + 1] >= '0' &&
           point[n + 1] <= '9' && n < 15)
        n++;
    return (unsigned char)n;
}

static const vci_mapping *mapping_at(const comparing *c, size_t i) {
    return &c->r->sheet_settings->columns[i];
}

static const vci_cell *cell_at(const comparing *c, size_t row, size_t i) {
    return vci_worksheet_cell(c->r->sheet, c->rows.first + row, mapping_at(c, i)->column);
}

static vc_status read_values(comparing *c, size_t begin) {
    vc_status st = VC_OK;
    c->n_columns = c->r->sheet_settings->n_columns;
    VC_NEW(c->values, c->rows.n * c->n_columns);
    VC_NEW(c->fine, c->n_columns);
    for (size_t i = 0; i < c->rows.n * c->n_columns; i++) c->values[i] = NAN;
    for (size_t k = begin; k < c->r->figures->n; k++) {
        const vci_figure *figure = &c->r->figures->list[k];
        size_t row = figure->row - c->rows.first;
        for (size_t i = 0; i < c->n_columns; i++) {
            if (mapping_at(c, i)->column != figure->column) continue;
            unsigned char own = decimals(cell_at(c, row, i));
            c->values[row * c->n_columns + i] = figure->value;
            if (own > c->fine[i]) c->fine[i] = own;
        }
    }
out:
    return st;
}

/* The figure of a total; a separator of thousands or a footnote needs no declaration. */
static bool read_total(const comparing *c, size_t row, size_t i, double *value) {
    const vci_figure_text look = vci_figure_look(cell_at(c, row, i));
    *value = look.value * mapping_at(c, i)->times;
    return look.number && vci_mapping_is_count(mapping_at(c, i));
}

/* In 万人 each row and the total are rounded by themselves; people are exact. */
static double slack(const comparing *c, size_t row, size_t i, size_t n) {
    const double times = mapping_at(c, i)->times;
    if (times <= 1) return 1e-6;
    return times * (0.5000001 * (double)n * pow(10, -c->fine[i]) +
                    0.5000001 * pow(10, -decimals(cell_at(c, row, i))));
}

/* False where the column has no total, or none of the rows a figure. */
static bool compare(const comparing *c, size_t row, vci_scope scope, size_t i, pair *p) {
    *p = (pair){.n = 0};
    if (!read_total(c, row, i, &p->total)) return false;
    const size_t begin = vci_total_rows_begin(&c->rows, row, scope);
    const size_t end = scope == VCI_SCOPE_ABOVE ? row : c->rows.n;
    for (size_t k = begin; k < end; k++) {
        if (!vci_total_rows_has(&c->rows, row, scope, k)) continue;
        const double value = c->values[k * c->n_columns + i];
        const bool known = !isnan(value);
        p->n += known;
        p->n_blank += !known;
        p->sum += known ? value : 0;
    }
    p->agrees = fabs(p->total - p->sum) <= slack(c, row, i, p->n);
    return p->n > 0;
}

static bool agrees(const comparing *c, size_t row, vci_scope scope) {
    pair p;
    for (size_t i = 0; i < c->n_columns; i++)
        if (compare(c, row, scope, i, &p) && !p.agrees) return false;
    return true;
}

/* Each column adds up to twice its total: every unit stands there a second time, as a part
 * of the one above it. */
static bool is_double(const comparing *c, size_t row) {
    size_t n = 0;
    pair p;
    for (size_t i = 0; i < c->n_columns; i++) {
        if (!compare(c, row, VCI_SCOPE_ALL, i, &p) || p.total == 0) continue;
        if (fabs(p.sum - 2 * p.total) > slack(c, row, i, p.n)) return false;
        n++;
    }
    return n > 0;
}

/* That subtotals stand below their groups is a guess by the order of rows, which several of
 * them must not all contradict. */
static void check_direction(comparing *c) {
    size_t n = 0, n_agree = 0;
    for (size_t i = 0; i < c->rows.n && c->rows.downward; i++) {
        if (c->rows.list[i].total < VCI_TOTAL_GROUP ||
            vci_total_rows_scope(&c->rows, i) != VCI_SCOPE_ABOVE)
            continue;
        n++;
        n_agree += agrees(c, i, VCI_SCOPE_ABOVE);
    }
    if (n > 1 && n_agree == 0) c->rows.downward = false;
}

static vc_status warn(comparing *c, size_t row, size_t i, const pair *p) {
    vc_findings *findings = c->r->findings;
    const vci_cell *label =
        vci_worksheet_cell(c->r->sheet, c->rows.first + row, c->rows.list[row].column);
    vci_quoted quoted = vci_quote(label ? label->text : "", label ? label->n : 0);
    size_t column = mapping_at(c, i)->column;
    vci_reference at =
        vci_worksheet_reference(c->r->sheet, c->rows.first + row, column, true);
    vci_place place = vci_worksheet_place(c->r->sheet, c->rows.first + row, column);
    const char *remedy = vci_text_get(VCI_TEXT_IMPORT_TOTAL_REMEDY, findings->language);
    if (p->n_blank > 0)
        return vci_finding_add(findings, VC_WARNING, "I16", place, remedy,
                               VCI_TEXT_IMPORT_TOTAL_BLANK, at.text, quoted.text, p->total,
                               p->n, p->sum, p->total - p->sum, p->n_blank);
    return vci_finding_add(findings, VC_WARNING, "I16", place, remedy,
                           VCI_TEXT_IMPORT_TOTAL, at.text, quoted.text, p->total, p->n,
                           p->sum, p->total - p->sum);
}

static vc_status compare_total(comparing *c, size_t row) {
    vc_status st = VC_OK;
    vci_totals *tally = &c->r->figures->totals;
    const vci_scope scope = vci_total_rows_scope(&c->rows, row);
    pair p;
    if (scope == VCI_SCOPE_UNSURE || (scope == VCI_SCOPE_ALL && is_double(c, row))) {
        tally->n_unsure++;
        goto out;
    }
    for (size_t i = 0; i < c->n_columns; i++) {
        if (!compare(c, row, scope, i, &p)) continue;
        tally->n_agree += p.agrees;
        tally->n_differ += !p.agrees;
        if (!p.agrees) VC_TRY(warn(c, row, i, &p));
    }
out:
    return st;
}

vc_status vci_totals_compare(vci_reading *r, size_t begin) {
    vc_status st = VC_OK;
    comparing c = {.r = r};
    if (begin == r->figures->n) goto out;
    VC_TRY(vci_total_rows_read(r, begin, &c.rows));
    VC_TRY(read_values(&c, begin));
    check_direction(&c);
    for (size_t i = 0; i < c.rows.n; i++)
        if (c.rows.list[i].total >= VCI_TOTAL_GROUP) VC_TRY(compare_total(&c, i));
out:
    vci_total_rows_free(&c.rows);
    vci_free(c.values);
    vci_free(c.fine);
    return st;
}

vc_status vci_totals_say(const vci_reading *r) {
    const vci_totals *t = &r->figures->totals;
    if (t->n_agree + t->n_differ + t->n_unsure == 0) return VC_OK;
    return vci_finding_add(r->findings, VC_INFO, "I16",
                           (vci_place){r->settings->file, 0, 0}, NULL,
                           VCI_TEXT_IMPORT_TOTALS, t->n_agree, t->n_differ, t->n_unsure);
}
