/*
 * What became of units that ended: the columns became and share of units.csv. A list such
 * as "A;B" with "0.6;0.4" splits a unit; a rename or a merger names one successor.
 */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/number_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/unit_internal.h"

/* Shares are written with few digits: 0.33;0.33;0.33 is a slip, 0.333333;… is not. */
#define SHARE_SLACK 1e-6

typedef struct change_reader {
    const vci_table *table;
    const vci_change_columns *columns;
    const vci_unit_drafts *drafts; /* draft i is unit i */
    vc_frequency frequency;
    vc_findings *findings;
    vci_units *units;
    size_t capacity;
    size_t unit; /* whose row is read */
} change_reader;

static const vci_cell *cell_of(const change_reader *r, size_t unit, size_t wish) {
    if (r->units->lines[unit] == 0) return NULL;
    return vci_table_cell(r->table, r->drafts->list[unit].row, wish);
}

static bool blank(const vci_cell *cell) { return !cell || cell->n == 0; }

/* A fault in a cell of a unit's row; the arguments of the message follow. */
#define FAULT(r, unit, wish, remedy, ...)                                                  \
    vci_finding_add((r)->findings, VC_FAULT, "U07",                                        \
                    vci_cell_place((r)->table, cell_of((r), (unit), (wish))), (remedy),    \
                    __VA_ARGS__)

static const char *words(const change_reader *r, vci_text id) {
    return vci_text_get(id, r->findings->language);
}

static vci_quoted code_of(const change_reader *r, size_t unit) {
    const char *code = r->units->tree.units[unit].code;
    return vci_quote(code, strlen(code));
}

/* The next item of a list, without the blanks around it; *at moves behind its mark. */
static vci_cell next_item(const vci_cell *list, size_t *at) {
    static const char *const marks[] = {";", "；", "、"};
    size_t begin = *at, end = begin, n_mark = 0;
    for (; end < list->n && n_mark == 0; end += n_mark == 0)
        for (size_t i = 0; i < 3 && n_mark == 0; i++) {
            size_t n = strlen(marks[i]);
            if (end + n <= list->n && memcmp(list->text + end, marks[i], n) == 0)
                n_mark = n;
        }
    *at = end + n_mark;
    while (begin < end && list->text[begin] == ' ') begin++;
    while (begin < end && list->text[end - 1] == ' ') end--;
    return (vci_cell){list->text + begin, end - begin, list->line, list->column};
}

/* Fault: what is named is no unit; the nearest code is offered. */
static vc_status unknown(const change_reader *r, const vci_cell *item) {
    const vci_text_map *codes = &r->units->codes;
    vci_remedy remedy = {.text = ""};
    const char *nearest =
        vci_nearest(item->text, item->n, (const char *const *)codes->texts, codes->n);
    if (nearest)
        remedy = vci_remedy_make(r->findings, VCI_TEXT_UNIT_MEANT,
                                 vci_quote(nearest, strlen(nearest)).text);
    return FAULT(r, r->unit, r->columns->became, nearest ? remedy.text : NULL,
                 VCI_TEXT_CHANGE_UNKNOWN, code_of(r, r->unit).text,
                 vci_quote(item->text, item->n).text);
}

/* One successor; *good stays true if it can be one. */
static vc_status read_successor(change_reader *r, const vci_cell *item, size_t begin,
                                bool *good) {
    vc_status st = VC_OK;
    vci_units *units = r->units;
    size_t to = vci_text_map_find(&units->codes, item->text, item->n);
    *good = false;
    if (to == VCI_NO_TEXT) return unknown(r, item);
    bool twice = to == r->unit;
    for (size_t i = begin; i < units->n_changes; i++)
        twice = twice || units->changes[i].to == to;
    if (twice)
        return FAULT(r, r->unit, r->columns->became, NULL, VCI_TEXT_CHANGE_TWICE,
                     code_of(r, r->unit).text, code_of(r, to).text);
    if (!units->tree.units[to].leaf)
        return FAULT(r, r->unit, r->columns->became, words(r, VCI_TEXT_CHANGE_LEAF_REMEDY),
                     VCI_TEXT_CHANGE_NO_LEAF, code_of(r, to).text);
    VC_GROW(units->changes, units->n_changes, r->capacity);
    units->changes[units->n_changes++] = (vc_change){r->unit, to, 1, units->lines[r->unit]};
    *good = true;
out:
    return st;
}

/* The share of each successor; without a list a single one takes all. */
static vc_status read_shares(change_reader *r, size_t begin) {
    vc_status st = VC_OK;
    vc_change *changes = r->units->changes + begin;
    const vci_cell *list = cell_of(r, r->unit, r->columns->share);
    size_t n = r->units->n_changes - begin, n_items = 0;
    double sum = 0;
    bool good = true;
    if (blank(list) && n == 1) goto out;
    for (size_t at = 0; list && at < list->n; n_items++) {
        double share = NAN;
        vci_cell item = next_item(list, &at);
        good =
            vci_number_parse(item.text, item.n, &share) && share > 0 && share <= 1 && good;
        if (n_items < n) changes[n_items].share = share;
        sum += share;
    }
    if (!good || n_items != n || !(fabs(sum - 1) <= SHARE_SLACK)) {
        const vci_cell *at = list ? list : cell_of(r, r->unit, r->columns->became);
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "U07", vci_cell_place(r->table, at),
                               words(r, VCI_TEXT_CHANGE_SHARES_REMEDY),
                               VCI_TEXT_CHANGE_SHARES, code_of(r, r->unit).text, n));
    }
    for (size_t i = 0; i < n; i++) changes[i].share = n == 1 ? 1 : changes[i].share / sum;
out:
    return st;
}

static vc_status read_unit(change_reader *r) {
    vc_status st = VC_OK;
    const vc_unit *unit = &r->units->tree.units[r->unit];
    const vci_cell *became = cell_of(r, r->unit, r->columns->became);
    const vci_cell *share = cell_of(r, r->unit, r->columns->share);
    size_t begin = r->units->n_changes;
    bool all_good = true;
    if (blank(became)) {
        if (blank(share)) return VC_OK;
        return FAULT(r, r->unit, r->columns->share, NULL, VCI_TEXT_CHANGE_SHARE_ALONE,
                     code_of(r, r->unit).text);
    }
    if (!unit->leaf)
        return FAULT(r, r->unit, r->columns->became, words(r, VCI_TEXT_CHANGE_LEAF_REMEDY),
                     VCI_TEXT_CHANGE_NO_LEAF, code_of(r, r->unit).text);
    if (unit->valid_to == VC_NO_PERIOD)
        return FAULT(r, r->unit, r->columns->became, NULL, VCI_TEXT_CHANGE_NO_END,
                     code_of(r, r->unit).text);
    for (size_t at = 0; at < became->n;) {
        bool good = true;
        vci_cell item = next_item(became, &at);
        VC_TRY(read_successor(r, &item, begin, &good));
        all_good = all_good && good;
    }
    if (all_good) VC_TRY(read_shares(r, begin));
out:
    return st;
}

/* Does a unit begin right where one of its predecessors ends? */
static bool begins_after_another(const change_reader *r, size_t unit) {
    const vc_unit *list = r->units->tree.units;
    for (size_t i = 0; i < r->units->n_changes; i++) {
        const vc_change *change = &r->units->changes[i];
        if (change->to == unit && list[change->from].valid_to + 1 == list[unit].valid_from)
            return true;
    }
    return false;
}

/*
 * A successor outlives its predecessor (so that no chain can close to a circle) and begins
 * right after it, unless it was there already: without valid_from, or as the successor of
 * another unit.
 */
static vc_status check_dates(const change_reader *r, const vc_change *change) {
    const vc_unit *from = &r->units->tree.units[change->from];
    const vc_unit *to = &r->units->tree.units[change->to];
    vci_period_label end = vci_period_label_of(from->valid_to, r->frequency);
    if (to->valid_to != VC_NO_PERIOD && to->valid_to <= from->valid_to)
        return FAULT(r, change->from, r->columns->became, NULL, VCI_TEXT_CHANGE_ENDS_FIRST,
                     code_of(r, change->from).text, end.text, code_of(r, change->to).text,
                     vci_period_label_of(to->valid_to, r->frequency).text);
    if (to->valid_from == VC_NO_PERIOD || to->valid_from == from->valid_to + 1)
        return VC_OK;
    if (to->valid_from <= from->valid_to && begins_after_another(r, change->to))
        return VC_OK;
    return FAULT(r, change->from, r->columns->became, words(r, VCI_TEXT_CHANGE_SEAM_REMEDY),
                 VCI_TEXT_CHANGE_SEAM, code_of(r, change->from).text, end.text,
                 code_of(r, change->to).text,
                 vci_period_label_of(to->valid_from, r->frequency).text);
}

vc_status vci_changes_read(const vci_table *table, const vci_change_columns *columns,
                           const vci_unit_drafts *drafts, vc_frequency frequency,
                           vc_findings *findings, vci_units *units) {
    vc_status st = VC_OK;
    change_reader r = {.table = table,
                       .columns = columns,
                       .drafts = drafts,
                       .frequency = frequency,
                       .findings = findings,
                       .units = units};
    for (r.unit = 0; r.unit < units->tree.n; r.unit++) VC_TRY(read_unit(&r));
    for (size_t i = 0; i < units->n_changes; i++)
        VC_TRY(check_dates(&r, &units->changes[i]));
out:
    return st;
}
