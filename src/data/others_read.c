/* sources.csv: what other offices count, by their name, unit and period. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/others_internal.h"
#include "data/panel_series_internal.h"
#include "data/remedy_internal.h"

enum {
    SOURCE = VCI_SERIES_INDICATOR,
    COUNTS = VCI_SERIES_OWN,
    COLUMNS = COUNTS + VC_EVENTS
};

typedef struct others_reader {
    vci_panel_reader *reader;
    vci_text_map names; /* numbers are those of the sources' list */
    size_t n_rows;
    uint32_t *row_of; /* [n_counts] of the table */
    size_t capacity;
} others_reader;

vc_status vci_others_open(vci_panel_reader *reader) {
    vci_column_wish wishes[COLUMNS] = {
        [VCI_SERIES_UNIT] = {"unit", "单位", true},
        [VCI_SERIES_PERIOD] = {"month", "月份", true},
        [SOURCE] = {"source", "来源", true},
    };
    for (int e = 0; e < VC_EVENTS; e++) {
        wishes[COUNTS + e] = *vci_event_column((vc_event)e);
        wishes[COUNTS + e].required = false;
    }
    return vci_series_open(reader, &reader->others, VC_TABLE_SOURCES, COLUMNS, wishes);
}

/* --- sources ------------------------------------------------------------------------- */

static vc_status declare(others_reader *r) {
    vc_status st = VC_OK;
    const vc_workspace *w = r->reader->workspace;
    vc_others *others = &r->reader->panel->others;
    VC_NEW(others->list, w->n_sources + r->n_rows);
    for (size_t i = 0; i < w->n_sources; i++) {
        vc_other_source *source = &others->list[others->n++];
        size_t number;
        *source = w->sources[i];
        source->name = NULL;
        VC_COPY_TEXT(source->name, w->sources[i].name);
        VC_TRY(vci_text_map_add(&r->names, source->name, strlen(source->name), &number));
    }
out:
    return st;
}

static vc_status find_source(others_reader *r, const vci_cell *cell, size_t *number) {
    vc_status st = VC_OK;
    vc_others *others = &r->reader->panel->others;
    VC_TRY(vci_text_map_add(&r->names, cell->text, cell->n, number));
    if (*number < others->n) goto out;
    vc_other_source *source = &others->list[others->n++];
    *source = (vc_other_source){.name = NULL};
    for (int e = 0; e < VC_EVENTS; e++) source->ratio[e] = NAN;
    source->name = vci_cell_copy(cell, &st);
out:
    return st;
}

/* A source that is declared and counts nothing is a slip in its name. */
static vc_status check_declared(others_reader *r) {
    vc_status st = VC_OK;
    const vc_others *others = &r->reader->panel->others;
    char *file = vci_text_format("%s/workspace.yaml", r->reader->workspace->dir);
    if (!file) VC_FAIL(VC_NO_MEMORY, "path");
    for (size_t i = 0; i < others->n; i++) {
        bool counts = false;
        for (size_t k = 0; k < others->n_counts && !counts; k++)
            counts = others->counts[k].source == i;
        if (counts || others->list[i].line == 0) continue;
        vci_quoted name = vci_quote(others->list[i].name, strlen(others->list[i].name));
        VC_TRY(vci_finding_add(
            r->reader->findings, VC_FAULT, "S05",
            (vci_place){file, others->list[i].line, 0},
            vci_text_get(VCI_TEXT_SOURCES_UNUSED_REMEDY, r->reader->findings->language),
            VCI_TEXT_SOURCES_UNUSED, name.text));
    }
out:
    vci_free(file);
    return st;
}

/* --- rows ---------------------------------------------------------------------------- */

static vc_status add_count(others_reader *r, size_t row, const vc_other_count *count) {
    vc_status st = VC_OK;
    vc_others *others = &r->reader->panel->others;
    size_t n = others->n_counts;
    VC_GROW(r->row_of, n, r->capacity);
    VC_GROW(others->counts, n, others->capacity);
    r->row_of[n] = (uint32_t)row;
    others->counts[others->n_counts++] = *count;
out:
    return st;
}

/* Births are boys and girls where they are not given themselves. */
static vc_status add_row(others_reader *r, size_t row, size_t source) {
    vc_status st = VC_OK;
    const vci_source *table = &r->reader->others;
    const vci_row_key *key = &table->keys[row];
    double counts[VC_EVENTS];
    for (int e = 0; e < VC_EVENTS; e++) {
        counts[e] = NAN;
        if (table->table.n_sources[COUNTS + e] > 0)
            vci_table_count(&table->table, table->options, row, (size_t)(COUNTS + e),
                            r->reader->findings, &counts[e], &st);
    }
    VC_TRY(st);
    if (isnan(counts[VC_BIRTHS]))
        counts[VC_BIRTHS] = counts[VC_BIRTHS_MALE] + counts[VC_BIRTHS_FEMALE];
    for (int e = 0; e < VC_EVENTS; e++) {
        vc_other_count count = {source, key->unit, (vc_event)e, key->period, counts[e]};
        if (!isnan(counts[e])) VC_TRY(add_count(r, row, &count));
    }
out:
    return st;
}

static vc_status read_row(others_reader *r, size_t row) {
    vc_status st = VC_OK;
    const vci_source *table = &r->reader->others;
    const vci_cell *cell = vci_table_cell(&table->table, row, SOURCE);
    size_t source = 0;
    if (!cell || table->keys[row].unit >= r->reader->units.tree.n) goto out;
    if (cell->n == 0) {
        VC_TRY(vci_finding_add(r->reader->findings, VC_FAULT, "N06",
                               vci_cell_place(&table->table, cell), NULL,
                               VCI_TEXT_SOURCES_BLANK));
        goto out;
    }
    VC_TRY(find_source(r, cell, &source));
    VC_TRY(add_row(r, row, source));
out:
    return st;
}

/* --- order --------------------------------------------------------------------------- */

static int by_count(const void *a, const void *b, void *context) {
    const size_t *x = a, *y = b;
    const vc_other_count *counts = context;
    int c = vci_others_compare(&counts[*x], &counts[*y]);
    return c ? c : (*x > *y) - (*x < *y);
}

/* Sorts the counts; a second one of the same thing is told (M07, M08). */
static vc_status arrange(others_reader *r) {
    vc_status st = VC_OK;
    vc_others *others = &r->reader->panel->others;
    size_t n = others->n_counts, kept = 0, *place = NULL;
    vc_other_count *sorted = NULL;
    VC_NEW(place, n);
    VC_NEW(sorted, n);
    for (size_t i = 0; i < n; i++) place[i] = i;
    qsort_r(place, n, sizeof *place, by_count, others->counts);
    for (size_t i = 0, last = 0; i < n; i++) {
        const vc_other_count *count = &others->counts[place[i]];
        if (kept > 0 && vci_others_compare(&sorted[kept - 1], count) == 0) {
            VC_TRY(vci_series_duplicate(r->reader, &r->reader->others, r->row_of[place[i]],
                                        r->row_of[last] + 1,
                                        sorted[kept - 1].count == count->count));
            continue;
        }
        sorted[kept++] = *count;
        last = place[i];
    }
    memcpy(others->counts, sorted, kept * sizeof *sorted);
    others->n_counts = kept;
out:
    vci_free(place);
    vci_free(sorted);
    return st;
}

vc_status vci_others_fill(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    others_reader r = {.reader = reader};
    r.n_rows = reader->others.present ? reader->others.table.n_rows : 0;
    if (r.n_rows == 0 && reader->workspace->n_sources == 0) return VC_OK;
    VC_TRY(declare(&r));
    for (size_t row = 0; row < r.n_rows; row++) VC_TRY(read_row(&r, row));
    if (reader->panel->others.n_counts > 0) VC_TRY(arrange(&r));
    VC_TRY(check_declared(&r));
out:
    vci_text_map_free(&r.names);
    vci_free(r.row_of);
    return st;
}
