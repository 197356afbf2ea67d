/* peers.csv: published figures of units outside the workspace. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "num/random_internal.h"

enum { UNIT, NAME, CLASS, SECOND_CLASS, YEAR_END, AS_OF, INDICATOR, VALUE, RANK, COLUMNS };

static const vci_column_wish wishes[COLUMNS] = {
    [UNIT] = {"unit", "单位", true},
    [NAME] = {"name", "名称", false},
    [CLASS] = {"class", "类别", true},
    [SECOND_CLASS] = {"second_class", "第二类别", false},
    [YEAR_END] = {"year_end", "考核年度", true},
    [AS_OF] = {"as_of", "数据截至", true},
    [INDICATOR] = {"indicator", "指标", true},
    [VALUE] = {"value", "数值", true},
    [RANK] = {"rank", "名次", false}};

/* A figure on its way, with where it stands. */
typedef struct entry {
    vc_peer_figure figure;
    size_t row;
} entry;

typedef struct peers_reader {
    const vc_workspace *workspace;
    vc_findings *findings;
    vc_panel *panel;
    vci_table table;
    vci_text_map codes, indicators; /* numbers are those of the peers' lists */
    size_t *first_row;              /* [rows] of each peer */
    size_t capacity, n;
    entry *entries; /* [rows] */
} peers_reader;

static const vci_cell *cell_of(const peers_reader *r, size_t row, size_t wish) {
    return vci_table_cell(&r->table, row, wish);
}

static vci_place place_of(const peers_reader *r, size_t row, size_t wish) {
    return vci_cell_place(&r->table, cell_of(r, row, wish));
}

static vci_quoted shown(const vci_cell *cell) { return vci_quote(cell->text, cell->n); }

/* --- who ----------------------------------------------------------------------------- */

/* S05: no such name; the nearest of those that there are is offered. */
static vc_status tell_nearest(peers_reader *r, const vci_cell *cell, size_t n,
                              const char *const *names, vci_text message) {
    vci_remedy remedy = {.text = ""};
    const char *near = vci_nearest(cell->text, cell->n, names, n);
    if (near)
        remedy = vci_remedy_make(r->findings, VCI_TEXT_TARGET_USE,
                                 vci_quote(near, strlen(near)).text);
    return vci_finding_add(r->findings, VC_FAULT, "S05", vci_cell_place(&r->table, cell),
                           near ? remedy.text : NULL, message, shown(cell).text);
}

/* Figures of a class that no unit of the workspace is in compare with nobody. */
static vc_status check_class(peers_reader *r, size_t row, bool second) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &r->panel->tree;
    const vci_cell *cell = cell_of(r, row, second ? SECOND_CLASS : CLASS);
    const char **classes = NULL;
    size_t n = 0;
    if (!cell || cell->n == 0) return VC_OK;
    VC_NEW(classes, tree->n);
    for (size_t u = 0; u < tree->n; u++) {
        const char *name = second ? tree->units[u].second_class : tree->units[u].class_name;
        if (!name) continue;
        if (strlen(name) == cell->n && memcmp(name, cell->text, cell->n) == 0) goto out;
        classes[n++] = name;
    }
    VC_TRY(tell_nearest(r, cell, n, classes, VCI_TEXT_PEERS_NO_CLASS));
out:
    vci_free(classes);
    return st;
}

static vc_status add_peer(peers_reader *r, size_t row) {
    vc_status st = VC_OK;
    vc_peers *peers = &r->panel->peers;
    vc_peer *peer = &peers->list[peers->n];
    const vci_cell *code = cell_of(r, row, UNIT), *name = cell_of(r, row, NAME);
    r->first_row[peers->n++] = row;
    peer->code = vci_cell_copy(code, &st);
    peer->name = vci_cell_copy(name && name->n > 0 ? name : code, &st);
    peer->class_name = vci_cell_copy(cell_of(r, row, CLASS), &st);
    peer->second_class = vci_cell_copy(cell_of(r, row, SECOND_CLASS), &st);
    VC_TRY(st);
    if (vc_unit_find(&r->panel->tree, peer->code) != VC_NO_UNIT)
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "U02", place_of(r, row, UNIT), NULL,
                               VCI_TEXT_PEERS_OWN_UNIT, shown(code).text));
    VC_TRY(check_class(r, row, false));
    VC_TRY(check_class(r, row, true));
out:
    return st;
}

/* A later row of the same peer says the same of it. */
static vc_status compare_peer(peers_reader *r, size_t row, size_t first) {
    static const int same[] = {NAME, CLASS, SECOND_CLASS};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const vci_cell *a = cell_of(r, row, (size_t)same[i]);
        if (vci_cells_equal(a, cell_of(r, first, (size_t)same[i]))) continue;
        return vci_finding_add(r->findings, VC_FAULT, "U02", vci_cell_place(&r->table, a),
                               NULL, VCI_TEXT_PEERS_OTHERWISE,
                               shown(cell_of(r, row, UNIT)).text, wishes[same[i]].name,
                               cell_of(r, first, UNIT)->line);
    }
    return VC_OK;
}

static vc_status read_peer(peers_reader *r, size_t row, size_t *peer) {
    vc_status st = VC_OK;
    const vci_cell *code = cell_of(r, row, UNIT);
    VC_TRY(vci_text_map_add(&r->codes, code->text, code->n, peer));
    if (*peer == r->panel->peers.n)
        VC_TRY(add_peer(r, row));
    else
        VC_TRY(compare_peer(r, row, r->first_row[*peer]));
out:
    return st;
}

/* --- what ---------------------------------------------------------------------------- */

/* The name that targets.csv goes by; NULL if there is no such indicator. */
static const char *known_name(const peers_reader *r, const char *written) {
    static const char *const points[] = {"points", "得分", "score", "总分"};
    const vci_standard *standard = vci_standard_find(written);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (strcmp(points[i], written) == 0) return points[0];
    if (standard) return standard->name;
    return vci_indicator_available(r->panel, written) ? written : NULL;
}

static vc_status tell_unknown(peers_reader *r, size_t row) {
    vc_status st = VC_OK;
    const vci_cell *cell = cell_of(r, row, INDICATOR);
    const vc_panel *panel = r->panel;
    const char **names = NULL;
    size_t n = 0;
    VC_NEW(names,
           VCI_STANDARDS + panel->n_indicators + panel->n_progress + panel->n_values);
    n = vci_indicator_names(panel, names);
    VC_TRY(tell_nearest(r, cell, n, names, VCI_TEXT_PEERS_NO_INDICATOR));
out:
    vci_free(names);
    return st;
}

static vc_status read_indicator(peers_reader *r, size_t row, bool *good, size_t *number) {
    vc_status st = VC_OK;
    vc_peers *peers = &r->panel->peers;
    char *written = vci_cell_copy(cell_of(r, row, INDICATOR), &st);
    VC_TRY(st);
    const char *name = known_name(r, written);
    *good = name != NULL;
    if (!name) {
        VC_TRY(tell_unknown(r, row));
        goto out;
    }
    VC_TRY(vci_text_map_add(&r->indicators, name, strlen(name), number));
    if (*number == peers->n_indicators) {
        VC_GROW(peers->indicators, peers->n_indicators, r->capacity);
        VC_COPY_TEXT(peers->indicators[*number], name);
        peers->n_indicators++;
    }
out:
    vci_free(written);
    return st;
}

static vc_status read_figures(peers_reader *r, size_t row, vc_peer_figure *figure,
                              bool *good) {
    vc_status st = VC_OK;
    vc_frequency frequency = r->workspace->frequency;
    const vc_table_options *options = &r->workspace->tables[VC_TABLE_PEERS];
    figure->year_end = figure->as_of = VC_NO_PERIOD;
    figure->value = figure->rank = NAN;
    bool read = vci_table_period(&r->table, row, YEAR_END, frequency, r->findings,
                                 &figure->year_end, &st);
    read &= vci_table_period(&r->table, row, AS_OF, frequency, r->findings, &figure->as_of,
                             &st);
    read &=
        vci_table_number(&r->table, options, row, VALUE, r->findings, &figure->value, &st);
    if (cell_of(r, row, RANK))
        read &= vci_table_number(&r->table, options, row, RANK, r->findings, &figure->rank,
                                 &st);
    VC_TRY(st);
    *good = read && !isnan(figure->value);
    if (!*good) goto out;
    vc_period most = VCI_MOST_YEARS * (vc_period)frequency;
    if (labs((long)figure->year_end - r->panel->first) > most) {
        *good = false;
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "F14", place_of(r, row, YEAR_END),
                               NULL, VCI_TEXT_PEERS_FAR,
                               vci_period_label_of(figure->year_end, frequency).text,
                               VCI_MOST_YEARS));
    }
    if (figure->rank < 1) {
        *good = false;
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "N12", place_of(r, row, RANK), NULL,
                               VCI_TEXT_PEERS_RANK, figure->rank));
    }
out:
    return st;
}

/* A cell that must not be blank; a blank value is told once for its column (N06). */
static vc_status need(peers_reader *r, size_t row, size_t wish, bool *there) {
    const vci_cell *cell = cell_of(r, row, wish);
    if (!cell) {
        *there = false;
        return VC_OK;
    }
    if (cell->n > 0) return VC_OK;
    *there = false;
    return vci_finding_add(r->findings, VC_FAULT, "N06", vci_cell_place(&r->table, cell),
                           NULL, VCI_TEXT_PEERS_BLANK, wishes[wish].name);
}

static vc_status read_row(peers_reader *r, size_t row) {
    vc_status st = VC_OK;
    static const int needed[] = {UNIT, CLASS, YEAR_END, AS_OF, INDICATOR};
    entry *e = &r->entries[r->n];
    bool there = true, known = false, good = false;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        VC_TRY(need(r, row, (size_t)needed[i], &there));
    if (!there) goto out;
    *e = (entry){.row = row};
    VC_TRY(read_peer(r, row, &e->figure.peer));
    VC_TRY(read_indicator(r, row, &known, &e->figure.indicator));
    VC_TRY(read_figures(r, row, &e->figure, &good));
    if (known && good) r->n++;
out:
    return st;
}

/* --- all together -------------------------------------------------------------------- */

static int order(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int by_figure(const void *a, const void *b) {
    const entry *x = a, *y = b;
    const vc_peer_figure *f = &x->figure, *g = &y->figure;
    int c = order((int64_t)f->peer, (int64_t)g->peer);
    if (!c) c = order((int64_t)f->indicator, (int64_t)g->indicator);
    if (!c) c = order(f->year_end, g->year_end);
    if (!c) c = order(f->as_of, g->as_of);
    return c ? c : order((int64_t)x->row, (int64_t)y->row);
}

static bool same_key(const vc_peer_figure *f, const vc_peer_figure *g) {
    return f->peer == g->peer && f->indicator == g->indicator &&
           f->year_end == g->year_end && f->as_of == g->as_of;
}

static vc_status tell_twice(peers_reader *r, const entry *first, const entry *again) {
    bool same = first->figure.value == again->figure.value;
    const vc_peer_figure *figure = &again->figure;
    return vci_finding_add(
        r->findings, same ? VC_WARNING : VC_FAULT, same ? "M07" : "M08",
        place_of(r, again->row, UNIT),
        same ? NULL : vci_text_get(VCI_TEXT_PANEL_SERIES_REMEDY, r->findings->language),
        same ? VCI_TEXT_PANEL_DUPLICATE : VCI_TEXT_PANEL_CONFLICT,
        shown(cell_of(r, again->row, UNIT)).text,
        vci_period_label_of(figure->year_end, r->workspace->frequency).text,
        cell_of(r, first->row, UNIT)->line);
}

static vc_status keep_figures(peers_reader *r) {
    vc_status st = VC_OK;
    vc_peers *peers = &r->panel->peers;
    size_t n = 0;
    qsort(r->entries, r->n, sizeof *r->entries, by_figure);
    for (size_t i = 0; i < r->n; i++) {
        entry *last = n > 0 ? &r->entries[n - 1] : NULL;
        if (last && same_key(&last->figure, &r->entries[i].figure))
            VC_TRY(tell_twice(r, last, &r->entries[i]));
        else
            r->entries[n++] = r->entries[i];
    }
    r->n = n;
    VC_NEW(peers->figures, n);
    peers->n_figures = n;
    for (size_t i = 0; i < n; i++) peers->figures[i] = r->entries[i].figure;
out:
    return st;
}

/* One published table of ranks: same indicator, year end, as-of and class; best first. */
static int by_rank(const void *a, const void *b, void *context) {
    const entry *x = a, *y = b;
    const vc_peer_figure *f = &x->figure, *g = &y->figure;
    const vc_peer *list = context;
    int c = order((int64_t)f->indicator, (int64_t)g->indicator);
    if (!c) c = order(f->year_end, g->year_end);
    if (!c) c = order(f->as_of, g->as_of);
    if (!c) c = strcmp(list[f->peer].class_name, list[g->peer].class_name);
    if (!c) c = (f->rank > g->rank) - (f->rank < g->rank);
    return c ? c : order((int64_t)x->row, (int64_t)y->row);
}

static bool same_table(const peers_reader *r, const entry *a, const entry *b) {
    const vc_peer *list = r->panel->peers.list;
    const vc_peer_figure *f = &a->figure, *g = &b->figure;
    return f->indicator == g->indicator && f->year_end == g->year_end &&
           f->as_of == g->as_of &&
           strcmp(list[f->peer].class_name, list[g->peer].class_name) == 0;
}

/* Better ranks go with higher figures or with lower ones, not now with these, now those. */
static vc_status check_ranks(peers_reader *r) {
    vc_status st = VC_OK;
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!isnan(r->entries[i].figure.rank)) r->entries[n++] = r->entries[i];
    qsort_r(r->entries, n, sizeof *r->entries, by_rank, r->panel->peers.list);
    for (size_t i = 1, rises = 0, falls = 0, told = 0; i < n; i++) {
        const entry *a = &r->entries[i - 1], *b = &r->entries[i];
        if (!same_table(r, a, b)) {
            rises = falls = told = 0;
            continue;
        }
        if (b->figure.rank == a->figure.rank) continue;
        rises += b->figure.value > a->figure.value;
        falls += b->figure.value < a->figure.value;
        if (rises == 0 || falls == 0 || told++ > 0) continue;
        VC_TRY(vci_finding_add(
            r->findings, VC_WARNING, "C15", place_of(r, b->row, RANK), NULL,
            VCI_TEXT_PEERS_ORDER, shown(cell_of(r, b->row, UNIT)).text,
            shown(cell_of(r, a->row, UNIT)).text, cell_of(r, a->row, UNIT)->line));
    }
out:
    return st;
}

/* Two codes with one key would share all random numbers (F13). */
static vc_status check_keys(peers_reader *r) {
    vc_status st = VC_OK;
    const char **codes = NULL;
    size_t clash[2], n = r->panel->peers.n;
    VC_NEW(codes, n);
    for (size_t i = 0; i < n; i++) codes[i] = r->panel->peers.list[i].code;
    VC_TRY(vci_unit_keys_clash(n, codes, clash));
    if (clash[0] < n)
        VC_TRY(vci_finding_add(
            r->findings, VC_FAULT, "F13", place_of(r, r->first_row[clash[1]], UNIT), NULL,
            VCI_TEXT_PEERS_CLASH, shown(cell_of(r, r->first_row[clash[0]], UNIT)).text));
out:
    vci_free(codes);
    return st;
}

vc_status vci_peers_fill(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    bool present = false;
    peers_reader r = {.workspace = reader->workspace,
                      .findings = reader->findings,
                      .panel = reader->panel};
    VC_TRY(vci_table_read(r.workspace, VC_TABLE_PEERS, COLUMNS, wishes, true, r.findings,
                          &r.table, &present));
    if (!present) goto out;
    VC_NEW(r.panel->peers.list, r.table.n_rows);
    VC_NEW(r.first_row, r.table.n_rows);
    VC_NEW(r.entries, r.table.n_rows);
    for (size_t row = 0; row < r.table.n_rows; row++) VC_TRY(read_row(&r, row));
    VC_TRY(check_keys(&r));
    VC_TRY(keep_figures(&r));
    VC_TRY(check_ranks(&r));
out:
    vci_text_map_free(&r.codes);
    vci_text_map_free(&r.indicators);
    vci_free(r.first_row);
    vci_free(r.entries);
    vci_table_free(&r.table);
    return st;
}
