/* Which fields of a table hold the columns that a reader asks for. */
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/table_parts_internal.h"

#define MAX_WORDS 256

bool vci_cell_is(const vci_cell *cell, const char *text) {
    return strlen(text) == cell->n && memcmp(cell->text, text, cell->n) == 0;
}

bool vci_wish_named(const vci_column_wish *wish, const vci_cell *cell) {
    return vci_cell_is(cell, wish->name) ||
           (wish->chinese && vci_cell_is(cell, wish->chinese));
}

const char *vci_role_key(vc_table_role role) {
    static const char *const keys[] = {
#define X(name, key) key,
        VC_TABLE_LIST(X)
#undef X
    };
    return keys[role];
}

const vc_column_map *vci_column_map(const vc_table_options *options, const char *column) {
    for (size_t i = 0; i < options->n_columns; i++)
        if (strcmp(options->columns[i].column, column) == 0) return &options->columns[i];
    return NULL;
}

static bool is_source(const vc_column_map *map, const vci_cell *cell) {
    for (size_t i = 0; map && i < map->n_sources; i++)
        if (vci_cell_is(cell, map->sources[i])) return true;
    return false;
}

/* Does any wish take the field? */
static bool is_wanted(const vci_search *search, const vci_cell *cell) {
    for (size_t i = 0; i < search->options->n_columns; i++)
        if (is_source(&search->options->columns[i], cell)) return true;
    for (size_t i = 0; i < search->n_wishes; i++)
        if (!vci_column_map(search->options, search->wishes[i].name) &&
            vci_wish_named(&search->wishes[i], cell))
            return true;
    return false;
}

static vc_status add_source(vci_table *table, size_t wish, size_t field) {
    vc_status st = VC_OK;
    size_t n = table->n_sources[wish];
    size_t *grown = vci_realloc(table->sources[wish], n + 1, sizeof *grown);
    if (!grown) VC_FAIL(VC_NO_MEMORY, "columns");
    grown[n] = field;
    table->sources[wish] = grown;
    table->n_sources[wish] = n + 1;
out:
    return st;
}

/* The nearest header to a name that was not found there, in words; "" if none is near. */
static vci_remedy nearest_header(const vci_search *search, const char *name) {
    const char *words[MAX_WORDS] = {NULL};
    char *copies[MAX_WORDS];
    vci_remedy remedy = {.text = ""};
    size_t n = 0;
    for (size_t i = 0; i < search->table->n_fields && n < MAX_WORDS; i++) {
        const vci_cell *cell = &search->table->header[i];
        copies[n] = vci_text_copy(cell->text, cell->n);
        if (copies[n]) words[n] = copies[n], n++;
    }
    const char *nearest = vci_nearest(name, strlen(name), words, n);
    if (nearest)
        remedy = vci_remedy_make(search->findings, VCI_TEXT_TABLE_MEANT,
                                 vci_quote(nearest, strlen(nearest)).text);
    for (size_t i = 0; i < n; i++) vci_free(copies[i]);
    return remedy;
}

/* The sources that `columns:` names; a name that is not in the header is a fault there. */
static vc_status find_mapped(vci_search *search, size_t wish, const vc_column_map *map) {
    vc_status st = VC_OK;
    char *settings = NULL;
    for (size_t k = 0; k < map->n_sources; k++) {
        size_t before = search->table->n_sources[wish];
        for (size_t i = 0; i < search->table->n_fields; i++)
            if (vci_cell_is(&search->table->header[i], map->sources[k]))
                VC_TRY(add_source(search->table, wish, i));
        if (search->table->n_sources[wish] > before) continue;
        settings = vci_text_format("%s/workspace.yaml", search->workspace->dir);
        if (!settings) VC_FAIL(VC_NO_MEMORY, "path");
        vci_remedy remedy = nearest_header(search, map->sources[k]);
        VC_TRY(vci_finding_add(
            search->findings, VC_FAULT, "T05", (vci_place){settings, map->line, 0},
            remedy.text[0] ? remedy.text : NULL, VCI_TEXT_TABLE_NO_SOURCE, map->column,
            vci_quote(map->sources[k], strlen(map->sources[k])).text, search->table->file));
        vci_free(settings);
        settings = NULL;
    }
out:
    vci_free(settings);
    return st;
}

/* Is a wish that was not found to be told? Of several that replace each other the first. */
static bool is_lacking(const vci_search *search, size_t wish) {
    if (search->wishes[wish].required != VCI_ONE_OF) return search->wishes[wish].required;
    for (size_t i = 0; i < search->n_wishes; i++) {
        if (search->wishes[i].required != VCI_ONE_OF) continue;
        if (i < wish || vci_column_map(search->options, search->wishes[i].name))
            return false;
        for (size_t f = 0; f < search->table->n_fields; f++)
            if (vci_wish_named(&search->wishes[i], &search->table->header[f])) return false;
    }
    return true;
}

static vc_status find_wish(vci_search *search, size_t wish) {
    vc_status st = VC_OK;
    vci_table *table = search->table;
    const vci_column_wish *want = &search->wishes[wish];
    const vc_column_map *map = vci_column_map(search->options, want->name);
    if (map) {
        VC_TRY(find_mapped(search, wish, map));
        goto out;
    }
    for (size_t i = 0; i < table->n_fields; i++)
        if (vci_wish_named(want, &table->header[i])) VC_TRY(add_source(table, wish, i));
    if (table->n_sources[wish] > 0 || !is_lacking(search, wish)) goto out;
    vci_remedy remedy = nearest_header(search, want->name);
    VC_TRY(vci_finding_add(search->findings, VC_FAULT, "T05",
                           (vci_place){table->file, table->header[0].line, 0},
                           remedy.text[0] ? remedy.text : NULL, VCI_TEXT_TABLE_ABSENT,
                           want->name, want->chinese ? want->chinese : want->name));
out:
    return st;
}

/* A wanted column that stands in the header twice. */
static vc_status check_twice(vci_search *search, size_t field) {
    const vci_cell *cell = &search->table->header[field];
    for (size_t other = 0; other < field; other++) {
        const vci_cell *first = &search->table->header[other];
        bool same = first->n == cell->n && memcmp(first->text, cell->text, cell->n) == 0;
        for (size_t i = 0; i < search->n_wishes && !same; i++)
            same = !vci_column_map(search->options, search->wishes[i].name) &&
                   vci_wish_named(&search->wishes[i], first) &&
                   vci_wish_named(&search->wishes[i], cell);
        if (!same) continue;
        return vci_finding_add(
            search->findings, VC_FAULT, "T05", vci_cell_place(search->table, cell),
            vci_text_get(VCI_TEXT_TABLE_TWICE_REMEDY, search->findings->language),
            VCI_TEXT_TABLE_TWICE, vci_quote(cell->text, cell->n).text, first->column);
    }
    return VC_OK;
}

/* A column that nobody asked for; the nearest name is offered with the line to paste. */
static vc_status unknown_column(vci_search *search, const vci_cell *cell) {
    const char *words[2 * MAX_WORDS];
    size_t n = 0;
    for (size_t i = 0; i < search->n_wishes && n + 1 < 2 * MAX_WORDS; i++) {
        words[n++] = search->wishes[i].name;
        if (search->wishes[i].chinese) words[n++] = search->wishes[i].chinese;
    }
    const char *nearest = vci_nearest(cell->text, cell->n, words, n);
    const char *key = vci_role_key(search->role);
    vci_quoted shown = vci_quote(cell->text, cell->n);
    vci_remedy remedy =
        nearest ? vci_remedy_make(search->findings, VCI_TEXT_TABLE_UNKNOWN_NEAR, nearest,
                                  key, nearest, shown.text)
                : vci_remedy_make(search->findings, VCI_TEXT_TABLE_UNKNOWN_FAR, key);
    return vci_finding_add(search->findings, VC_FAULT, "T05",
                           vci_cell_place(search->table, cell), remedy.text,
                           VCI_TEXT_TABLE_UNKNOWN, shown.text);
}

static vc_status check_fields(vci_search *search) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < search->table->n_fields; i++) {
        const vci_cell *cell = &search->table->header[i];
        bool wanted = is_wanted(search, cell);
        if (wanted) VC_TRY(check_twice(search, i));
        if (!wanted && search->options->n_columns == 0) {
            if (cell->n > 0)
                VC_TRY(unknown_column(search, cell));
            else
                VC_TRY(vci_finding_add(search->findings, VC_FAULT, "T05",
                                       vci_cell_place(search->table, cell), NULL,
                                       VCI_TEXT_TABLE_NAMELESS));
        }
    }
out:
    return st;
}

/* Our columns in workspace.yaml that this table does not have. */
static vc_status check_map(vci_search *search) {
    vc_status st = VC_OK;
    char *settings = NULL;
    const char *words[MAX_WORDS];
    size_t n = 0;
    for (; n < search->n_wishes && n < MAX_WORDS; n++) words[n] = search->wishes[n].name;
    settings = vci_text_format("%s/workspace.yaml", search->workspace->dir);
    if (!settings) VC_FAIL(VC_NO_MEMORY, "path");
    for (size_t i = 0; i < search->options->n_columns; i++) {
        const vc_column_map *map = &search->options->columns[i];
        bool known = false;
        for (size_t k = 0; k < n && !known; k++) known = strcmp(words[k], map->column) == 0;
        if (known) continue;
        const char *nearest = vci_nearest(map->column, strlen(map->column), words, n);
        vci_remedy remedy = {.text = ""};
        if (nearest)
            remedy = vci_remedy_make(search->findings, VCI_TEXT_TABLE_MEANT, nearest);
        VC_TRY(vci_finding_add(
            search->findings, VC_FAULT, "T05", (vci_place){settings, map->line, 0},
            nearest ? remedy.text : NULL, VCI_TEXT_TABLE_MAP_UNKNOWN,
            vci_quote(map->column, strlen(map->column)).text, vci_role_key(search->role)));
    }
out:
    vci_free(settings);
    return st;
}

size_t vci_columns_count(const vci_search *search, size_t n, const vci_cell *cells) {
    size_t n_wanted = 0;
    for (size_t i = 0; i < n; i++) n_wanted += is_wanted(search, &cells[i]);
    return n_wanted;
}

vc_status vci_columns_wide(const vci_search *search, bool *wide) {
    const vci_table *table = search->table;
    const vci_cell *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < table->n_fields; i++) {
        const vci_cell *cell = &table->header[i];
        if (!vci_period_named(cell, search->workspace->frequency) ||
            is_wanted(search, cell))
            continue;
        if (n++ == 0) first = cell;
    }
    *wide = n >= 2 && vci_columns_count(search, table->n_fields, table->header) > 0;
    if (!*wide) return VC_OK;
    return vci_finding_add(search->findings, VC_FAULT, "T06", vci_cell_place(table, first),
                           NULL, VCI_TEXT_TABLE_WIDE, n);
}

vc_status vci_columns_find(vci_search *search, bool *found) {
    vc_status st = VC_OK;
    vci_table *table = search->table;
    *found = vci_columns_count(search, table->n_fields, table->header) > 0;
    if (!*found) goto out;
    for (size_t i = 0; i < search->n_wishes; i++) VC_TRY(find_wish(search, i));
    VC_TRY(check_map(search));
    VC_TRY(check_fields(search));
out:
    return st;
}
