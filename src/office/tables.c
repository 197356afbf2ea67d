#include "office/tables_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "office/propose_internal.h"

const char *const vci_output_names[VCI_OUTPUTS] = {"units.csv", "monthly.csv", "values.csv",
                                                   "progress.csv", "import-record.csv"};

static const char *const hows[] = {"read", "difference", "split", "corrected"};

void vci_outputs_free(vci_outputs *outputs) {
    for (size_t i = 0; i < VCI_OUTPUTS; i++) vci_page_free(&outputs->pages[i]);
}

/* --- units.csv --------------------------------------------------------------------------
 */

/* Unit with a code or a name; SIZE_MAX if there is none. */
static size_t find_unit(const vci_figures *f, const char *text) {
    size_t code = vci_text_map_find(&f->codes, text, strlen(text));
    for (size_t i = 0; code == VCI_NO_TEXT && i < f->n_units; i++)
        if (strcmp(f->units[i].name, text) == 0) return i;
    return code;
}

static void write_unit(vci_page *page, const char *code, const char *name,
                       const char *parent, const char *former) {
    vci_page_csv(page, code);
    vci_page_add(page, ",");
    vci_page_csv(page, name);
    if (parent) {
        vci_page_add(page, ",");
        vci_page_csv(page, parent);
    }
    if (former) {
        vci_page_add(page, ",");
        vci_page_csv(page, former);
    }
    vci_page_add(page, "\n");
}

/* Parents that have no row of their own, each once, in the order in which they come. */
static vc_status write_parents(const vci_figures *f, bool former, vci_outputs *outputs) {
    vc_status st = VC_OK;
    vci_text_map seen = {0};
    size_t number = 0;
    for (size_t i = 0; i < f->n_units; i++) {
        const char *parent = f->units[i].parent;
        size_t known = seen.n;
        if (!parent || find_unit(f, parent) != VCI_NO_TEXT) continue;
        VC_TRY(vci_text_map_add(&seen, parent, strlen(parent), &number));
        if (seen.n == known) continue;
        write_unit(&outputs->pages[VCI_OUTPUT_UNITS], parent, parent, "",
                   former ? "" : NULL);
        outputs->rows[VCI_OUTPUT_UNITS]++;
    }
out:
    vci_text_map_free(&seen);
    return st;
}

static vc_status write_units(const vci_figures *f, vci_outputs *outputs) {
    vc_status st = VC_OK;
    vci_page *page = &outputs->pages[VCI_OUTPUT_UNITS];
    bool parents = false, former = false;
    for (size_t i = 0; i < f->n_units; i++) {
        parents = parents || f->units[i].parent;
        former = former || f->units[i].former;
    }
    vci_page_add(page, "code,name%s%s\n", parents ? ",parent" : "",
                 former ? ",former_names" : "");
    VC_TRY(write_parents(f, former, outputs));
    for (size_t i = 0; i < f->n_units; i++) {
        const vci_import_unit *u = &f->units[i];
        size_t above = u->parent ? find_unit(f, u->parent) : VCI_NO_TEXT;
        const char *parent = above != VCI_NO_TEXT ? f->codes.texts[above] : u->parent;
        write_unit(page, f->codes.texts[i], u->name,
                   parents ? (parent ? parent : "") : NULL,
                   former ? (u->former ? u->former : "") : NULL);
        outputs->rows[VCI_OUTPUT_UNITS]++;
    }
out:
    return st;
}

/* --- monthly.csv and values.csv ---------------------------------------------------------
 */

static void write_period(const vci_figures *f, vci_page *page, const vci_figure *figure) {
    char period[VC_PERIOD_TEXT];
    vc_period_format(figure->last, f->frequency, period);
    vci_page_add(page, ",%s", period);
}

static bool same_row(const vci_figure *a, const vci_figure *b) {
    return a->last == b->last && a->unit == b->unit && a->basis == b->basis;
}

typedef struct columns {
    bool has[VCI_TOS];
    bool basis;
} columns;

static columns find_columns(const vci_months *months, vci_outputs *outputs) {
    columns c = {.basis = false};
    bool bases[3] = {false};
    for (size_t i = 0; i < months->n; i++) {
        const vci_figure *figure = &months->list[i].figure;
        c.has[figure->to] = true;
        if (vci_to_is_monthly(figure->to)) bases[figure->basis] = true;
    }
    c.basis = bases[VCI_BASIS_REGISTERED] || bases[VCI_BASIS_RESIDENT];
    outputs->both_bases = bases[VCI_BASIS_REGISTERED] && bases[VCI_BASIS_RESIDENT];
    return c;
}

/* One row: the months from i on that belong to it. Returns the first one beyond. */
static size_t write_row(const vci_figures *f, const vci_months *months, size_t i,
                        const columns *c, vci_page *page) {
    const vci_figure *row = &months->list[i].figure;
    vci_page_csv(page, f->codes.texts[row->unit]);
    write_period(f, page, row);
    if (c->basis) vci_page_add(page, ",%s", vci_basis_words[row->basis]);
    for (int to = VCI_TO_BIRTHS_MALE; to <= VCI_TO_POPULATION; to++) {
        if (!c->has[to]) continue;
        vci_page_add(page, ",");
        const vci_figure *own = i < months->n ? &months->list[i].figure : NULL;
        if (!own || !same_row(own, row) || (int)own->to != to) continue;
        vci_page_add(page, "%.0f", own->value);
        i++;
    }
    vci_page_add(page, "\n");
    return i;
}

static void write_monthly(const vci_figures *f, const vci_months *months,
                          vci_outputs *outputs) {
    vci_page *page = &outputs->pages[VCI_OUTPUT_MONTHLY];
    columns c = find_columns(months, outputs);
    vci_page_add(page, "unit,month%s", c.basis ? ",basis" : "");
    for (int to = VCI_TO_BIRTHS_MALE; to <= VCI_TO_POPULATION; to++)
        if (c.has[to]) vci_page_add(page, ",%s", vci_to_words[to]);
    vci_page_add(page, "\n");
    for (size_t i = 0; i < months->n;) {
        if (!vci_to_is_monthly(months->list[i].figure.to)) {
            i++;
            continue;
        }
        i = write_row(f, months, i, &c, page);
        outputs->rows[VCI_OUTPUT_MONTHLY]++;
    }
}

/* Twelve figures hide what the binary form of a decimal leaves over. */
static void write_values(const vci_figures *f, const vci_months *months,
                         vci_outputs *outputs) {
    vci_page *page = &outputs->pages[VCI_OUTPUT_VALUES];
    vci_page_add(page, "unit,period,indicator,value\n");
    for (size_t i = 0; i < months->n; i++) {
        const vci_figure *figure = &months->list[i].figure;
        if (figure->to != VCI_TO_VALUE) continue;
        vci_page_csv(page, f->codes.texts[figure->unit]);
        write_period(f, page, figure);
        vci_page_add(page, ",");
        vci_page_csv(page, f->indicators.texts[figure->indicator]);
        vci_page_add(page, ",%.12g\n", figure->value);
        outputs->rows[VCI_OUTPUT_VALUES]++;
    }
}

/* --- progress.csv -----------------------------------------------------------------------
 */

static bool same_block(const vci_months *months, size_t a, size_t b) {
    const vci_figure *one = &months->list[a].figure, *other = &months->list[b].figure;
    return one->last == other->last && one->unit == other->unit;
}

/* The other part of an indicator in the same unit and period; NULL if there is none. */
static const vci_figure *find_part(const vci_months *months, size_t i, vci_to to) {
    size_t k = i;
    while (k > 0 && same_block(months, i, k - 1)) k--;
    for (; k < months->n && same_block(months, i, k); k++) {
        const vci_figure *other = &months->list[k].figure;
        if (other->to == to && other->indicator == months->list[i].figure.indicator)
            return other;
    }
    return NULL;
}

static void write_number(vci_page *page, const vci_figure *figure) {
    if (figure)
        vci_page_add(page, ",%.12g", figure->value);
    else
        vci_page_add(page, ",");
}

/* One row of an indicator; one part may be missing. */
static void write_share(const vci_figures *f, const vci_figure *numerator,
                        const vci_figure *denominator, vci_page *page) {
    const vci_figure *own = numerator ? numerator : denominator;
    vci_page_csv(page, f->codes.texts[own->unit]);
    write_period(f, page, own);
    vci_page_add(page, ",");
    vci_page_csv(page, f->indicators.texts[own->indicator]);
    vci_page_add(page, ",%s", vci_kind_words[own->kind]);
    write_number(page, numerator);
    write_number(page, denominator);
    bool sum = own->kind == VCI_KIND_QUOTA && (!numerator || numerator->cumulative);
    vci_page_add(page, ",%s\n", sum ? "yes" : "no");
}

static void write_progress(const vci_figures *f, const vci_months *months,
                           vci_outputs *outputs) {
    vci_page *page = &outputs->pages[VCI_OUTPUT_PROGRESS];
    vci_page_add(page, "unit,month,indicator,kind,numerator,denominator,cumulative\n");
    for (size_t i = 0; i < months->n; i++) {
        const vci_figure *own = &months->list[i].figure;
        if (!vci_to_is_progress(own->to)) continue;
        bool first = own->to == VCI_TO_NUMERATOR;
        const vci_figure *other =
            find_part(months, i, first ? VCI_TO_DENOMINATOR : VCI_TO_NUMERATOR);
        if (!first && other) continue;
        write_share(f, first ? own : NULL, first ? other : own, page);
        outputs->rows[VCI_OUTPUT_PROGRESS]++;
    }
}

/* --- import-record.csv ------------------------------------------------------------------
 */

/* ,file,sheet,cell */
static void write_cell(vci_page *page, const vci_figure *figure) {
    if (!figure) {
        vci_page_add(page, ",,,");
        return;
    }
    vci_page_add(page, ",");
    vci_page_csv(page, vci_base_name(figure->sheet->file));
    vci_page_add(page, ",");
    vci_page_csv(page, figure->sheet->name);
    vci_page_add(
        page, ",%s",
        vci_worksheet_reference(figure->sheet, figure->row, figure->column, false).text);
}

static void write_record(const vci_figures *f, const vci_months *months,
                         vci_outputs *outputs) {
    vci_page *page = &outputs->pages[VCI_OUTPUT_RECORD];
    vci_page_add(page, "table,unit,period,basis,column,value,how,times,file,sheet,cell,"
                       "less_file,less_sheet,less_cell\n");
    for (size_t i = 0; i < months->n; i++) {
        const vci_month *month = &months->list[i];
        const vci_figure *figure = &month->figure;
        bool monthly = vci_to_is_monthly(figure->to);
        if (vci_to_is_progress(figure->to))
            vci_page_add(page, "progress %s,", vci_to_words[figure->to]);
        else
            vci_page_add(page, "%s,", monthly ? "monthly" : "values");
        vci_page_csv(page, f->codes.texts[figure->unit]);
        write_period(f, page, figure);
        vci_page_add(page, ",%s,", vci_basis_words[figure->basis]);
        vci_page_csv(page, monthly ? vci_to_words[figure->to]
                                   : f->indicators.texts[figure->indicator]);
        vci_page_add(page, ",%.12g,%s,%.0f", figure->value, hows[month->how],
                     figure->times);
        write_cell(page, figure);
        write_cell(page, month->less == VCI_NO_FIGURE ? NULL : &f->list[month->less]);
        vci_page_add(page, "\n");
        outputs->rows[VCI_OUTPUT_RECORD]++;
    }
}

vc_status vci_outputs_make(const vci_figures *figures, const vci_months *months,
                           vci_outputs *outputs) {
    vc_status st = VC_OK;
    VC_TRY(write_units(figures, outputs));
    write_monthly(figures, months, outputs);
    write_values(figures, months, outputs);
    write_progress(figures, months, outputs);
    write_record(figures, months, outputs);
    for (size_t i = 0; i < VCI_OUTPUTS; i++) {
        if (outputs->pages[i].failed) VC_FAIL(VC_NO_MEMORY, "%s", vci_output_names[i]);
        if (outputs->rows[i] == 0) vci_page_free(&outputs->pages[i]);
    }
out:
    return st;
}
