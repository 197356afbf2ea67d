/* progress.csv: numerators and denominators of service and record indicators. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_series_internal.h"

enum {
    KIND = VCI_SERIES_OWN,
    NUMERATOR,
    DENOMINATOR,
    SAMPLE_SIZE,
    CUMULATIVE,
    STATUS,
    DEPARTMENT,
    COLUMNS
};

static const vci_column_wish wishes[COLUMNS] = {
    [VCI_SERIES_UNIT] = {"unit", "单位", true},
    [VCI_SERIES_PERIOD] = {"month", "月份", true},
    [VCI_SERIES_INDICATOR] = {"indicator", "指标", true},
    [KIND] = {"kind", "类型", true},
    [NUMERATOR] = {"numerator", "分子", true},
    [DENOMINATOR] = {"denominator", "分母", false},
    [SAMPLE_SIZE] = {"sample_size", "样本量", false},
    [CUMULATIVE] = {"cumulative", "是否累计", false},
    [STATUS] = {"status", "数据状态", false},
    [DEPARTMENT] = {"department", "责任部门", false}};

static const char *const kinds[][2] = {
    {"quota", "定额"}, {"stock", "存量"}, {"survey", "调查"}};
static const char *const flags[][2] = {{"yes", "是"}, {"no", "否"}};
static const char *const statuses[][2] = {{"provisional", "快报数"}, {"final", "正式数"}};

enum { KINDS = 3 };

/* One indicator while its rows are read. */
typedef struct reading {
    vci_panel_reader *reader;
    vci_series *series;
    vc_progress *progress;
    bool *single; /* [n_units][n_periods] numerator of the period alone; NULL if none is */
} reading;

vc_status vci_progress_open(vci_panel_reader *reader) {
    return vci_series_open(reader, &reader->progress, VC_TABLE_PROGRESS, COLUMNS, wishes);
}

static const vci_cell *cell_of(const reading *r, size_t row, size_t wish) {
    return vci_table_cell(&r->reader->progress.table, row, wish);
}

static const char *word_of(const reading *r, size_t wish) {
    return vci_column_word(&wishes[wish], r->reader->findings->language);
}

/* One of some words; n when blank, absent, or (with a fault) anything else. */
static vc_status read_word(const reading *r, size_t row, size_t wish, size_t n,
                           const char *const words[][2], size_t *word) {
    const vci_cell *cell = cell_of(r, row, wish);
    *word = cell ? vci_word_find(cell, n, words) : n;
    if (*word < n || !cell || cell->n == 0) return VC_OK;
    return vci_word_fault(&r->reader->progress.table, cell, &wishes[wish], n, words,
                          r->reader->findings);
}

/* Every row of an indicator says the same kind. */
static vc_status check_kind(const reading *r, size_t row) {
    vc_status st = VC_OK;
    size_t kind = KINDS;
    const vci_table *table = &r->reader->progress.table;
    const vci_cell *cell = cell_of(r, row, KIND);
    VC_TRY(read_word(r, row, KIND, KINDS, kinds, &kind));
    if (!cell || kind == (size_t)r->progress->kind || (kind == KINDS && cell->n > 0))
        goto out;
    if (cell->n == 0)
        VC_TRY(
            vci_word_fault(table, cell, &wishes[KIND], KINDS, kinds, r->reader->findings));
    else
        VC_TRY(vci_finding_add(r->reader->findings, VC_FAULT, "V02",
                               vci_cell_place(table, cell), NULL, VCI_TEXT_PANEL_TWO_KINDS,
                               vci_quote(r->series->name, strlen(r->series->name)).text,
                               cell_of(r, r->series->row, KIND)->line));
out:
    return st;
}

static vc_status read_number(const reading *r, size_t row, size_t wish, double *number) {
    vc_status st = VC_OK;
    const vci_source *source = &r->reader->progress;
    *number = NAN;
    vci_table_number(&source->table, source->options, row, wish, r->reader->findings,
                     number, &st);
    VC_TRY(st);
    if (*number < 0)
        VC_TRY(vci_finding_add(r->reader->findings, VC_FAULT, "C01",
                               vci_cell_place(&source->table, cell_of(r, row, wish)), NULL,
                               VCI_TEXT_PANEL_NEGATIVE, word_of(r, wish), *number));
out:
    return st;
}

/* Of a quota one must know whether a numerator is that of the period alone. */
static vc_status read_cumulative(reading *r, size_t row, bool *single) {
    vc_status st = VC_OK;
    size_t flag = 2;
    const vci_table *table = &r->reader->progress.table;
    const vci_cell *cell = cell_of(r, row, CUMULATIVE);
    *single = false;
    VC_TRY(read_word(r, row, CUMULATIVE, 2, flags, &flag));
    if (r->progress->kind != VC_QUOTA) goto out;
    *single = flag == 1;
    if (!cell || cell->n == 0) {
        const vci_cell *at = cell ? cell : cell_of(r, row, NUMERATOR);
        VC_TRY(
            vci_finding_add(r->reader->findings, VC_FAULT, "V01",
                            at ? vci_cell_place(table, at) : (vci_place){table->file, 0, 0},
                            NULL, VCI_TEXT_PANEL_CUMULATIVE));
    }
out:
    return st;
}

static vc_status check_stock(const reading *r, size_t row, double numerator,
                             double denominator) {
    const vci_table *table = &r->reader->progress.table;
    const vci_row_key *key = &r->reader->progress.keys[row];
    if (r->progress->kind != VC_STOCK || !(numerator > denominator)) return VC_OK;
    return vci_finding_add(
        r->reader->findings, VC_FAULT, "C02",
        vci_cell_place(table, cell_of(r, row, NUMERATOR)), NULL, VCI_TEXT_PANEL_PART,
        word_of(r, NUMERATOR), numerator, word_of(r, DENOMINATOR), denominator,
        vci_unit_label_of(&r->reader->units.tree, key->unit).text,
        vci_period_label_of(key->period, r->reader->workspace->frequency).text);
}

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static vc_status fill_row(reading *r, size_t row) {
    vc_status st = VC_OK;
    double numerator = NAN, denominator = NAN, sample_size = NAN;
    size_t cell = 0, before = 0, status = 0;
    bool single = false;
    vc_progress *progress = r->progress;
    VC_TRY(check_kind(r, row));
    VC_TRY(read_number(r, row, NUMERATOR, &numerator));
    VC_TRY(read_number(r, row, DENOMINATOR, &denominator));
    VC_TRY(read_number(r, row, SAMPLE_SIZE, &sample_size));
    VC_TRY(read_cumulative(r, row, &single));
    VC_TRY(read_word(r, row, STATUS, 2, statuses, &status));
    VC_TRY(check_stock(r, row, numerator, denominator));
    VC_TRY(
        vci_series_place(r->reader, &r->reader->progress, r->series, row, &cell, &before));
    if (before > 0) {
        bool same = same_number(progress->numerator[cell], numerator) &&
                    same_number(progress->denominator[cell], denominator);
        VC_TRY(vci_series_duplicate(r->reader, &r->reader->progress, row, before, same));
        goto out;
    }
    progress->numerator[cell] = numerator;
    progress->denominator[cell] = denominator;
    if (progress->sample_size) progress->sample_size[cell] = sample_size;
    if (single && !r->single)
        VC_NEW(r->single, r->reader->panel->tree.n * r->reader->panel->n_periods);
    if (single) r->single[cell] = true;
    if (!progress->department) {
        progress->department = vci_cell_copy(cell_of(r, row, DEPARTMENT), &st);
        VC_TRY(st);
    }
out:
    return st;
}

static size_t first_known(const vc_panel *panel, const double *array, size_t unit) {
    size_t t = 0;
    while (t < panel->n_periods && isnan(array[unit * panel->n_periods + t])) t++;
    return t;
}

/* Did a renamed unit begin under its former code? Then *sum is what it had reached. */
static bool goes_on(const reading *r, size_t unit, size_t t, double *sum) {
    const vc_panel *panel = r->reader->panel;
    const double *numerator = r->progress->numerator;
    if (t == 0 || panel->tree.units[unit].valid_from != panel->first + (vc_period)t)
        return false;
    size_t from = vci_renamed_from(panel, unit);
    if (from == VC_NO_UNIT || first_known(panel, numerator, from) >= t) return false;
    *sum = numerator[from * panel->n_periods + t - 1];
    return true;
}

/*
 * Numerators of single periods become sums since the assessment year began; a unit counts
 * from its first record on, and a gap is missing until the year ends.
 */
static void accumulate(const reading *r, size_t unit) {
    const vc_panel *panel = r->reader->panel;
    int first_in_year =
        (r->reader->workspace->year_end_in_year + 1) % (int)panel->frequency;
    double sum = 0;
    bool begun = false;
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = unit * panel->n_periods + t;
        double *numerator = &r->progress->numerator[cell];
        vc_period period = panel->first + (vc_period)t;
        begun = goes_on(r, unit, t, &sum) || begun || !isnan(*numerator);
        if (!begun) continue;
        if (vc_period_in_year(period, panel->frequency) == first_in_year) sum = 0;
        sum = r->single[cell] || isnan(*numerator) ? sum + *numerator : *numerator;
        *numerator = sum;
    }
}

/* A parent's missing figures as sums of the children that have begun and not ended. */
static void add_children(const vc_panel *panel, double *array, const size_t *begin,
                         size_t unit) {
    const vc_unit_tree *tree = &panel->tree;
    for (size_t t = 0; t < panel->n_periods; t++) {
        double *own = &array[unit * panel->n_periods + t], sum = 0;
        bool any = false;
        if (!isnan(*own)) continue;
        for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++) {
            size_t child = tree->children[k];
            if (begin[child] > t ||
                vci_unit_ended(tree, child, panel->first + (vc_period)t))
                continue;
            sum += array[child * panel->n_periods + t];
            any = true;
        }
        if (any) *own = sum;
    }
}

/* Children without a record beside some with one: their parent's sum is without them. */
static size_t count_silent(const vc_panel *panel, const size_t *begin, size_t unit) {
    const vc_unit_tree *tree = &panel->tree;
    size_t n_silent = 0, n = tree->child_begin[unit + 1] - tree->child_begin[unit];
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++)
        n_silent += begin[tree->children[k]] == panel->n_periods;
    return n_silent < n ? n_silent : 0;
}

static vc_status add_parents(const reading *r) {
    vc_status st = VC_OK;
    const vc_panel *panel = r->reader->panel;
    const vc_unit_tree *tree = &panel->tree;
    size_t *begin = NULL, n_silent = 0;
    VC_NEW(begin, tree->n);
    for (size_t i = tree->n; i-- > 0;) {
        size_t unit = tree->down[i];
        if (!tree->units[unit].leaf) {
            n_silent += count_silent(panel, begin, unit);
            add_children(panel, r->progress->numerator, begin, unit);
            add_children(panel, r->progress->denominator, begin, unit);
        }
        begin[unit] = first_known(panel, r->progress->numerator, unit);
    }
    if (n_silent > 0)
        VC_TRY(vci_finding_add(r->reader->findings, VC_WARNING, "U01",
                               (vci_place){r->reader->progress.table.file, 0, 0}, NULL,
                               VCI_TEXT_PANEL_SILENT, n_silent,
                               vci_quote(r->series->name, strlen(r->series->name)).text));
out:
    vci_free(begin);
    return st;
}

static vc_status prepare(reading *r) {
    vc_status st = VC_OK;
    vc_progress *progress = r->progress;
    size_t kind = KINDS;
    const vci_cell *cell = cell_of(r, r->series->row, KIND);
    if (cell) kind = vci_word_find(cell, KINDS, kinds);
    progress->kind = kind < KINDS ? (vc_progress_kind)kind : VC_QUOTA;
    VC_COPY_TEXT(progress->indicator, r->series->name);
    VC_TRY(vci_panel_array(r->reader->panel, &progress->numerator));
    VC_TRY(vci_panel_array(r->reader->panel, &progress->denominator));
    if (progress->kind == VC_SURVEY)
        VC_TRY(vci_panel_array(r->reader->panel, &progress->sample_size));
out:
    return st;
}

static int by_begin(const void *a, const void *b, void *context) {
    const vc_unit *units = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (units[x].valid_from > units[y].valid_from) -
           (units[x].valid_from < units[y].valid_from);
}

/* A unit that was renamed comes before the one that it goes on as. */
static vc_status accumulate_all(const reading *r) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &r->reader->panel->tree;
    size_t *order = NULL;
    VC_NEW(order, tree->n);
    for (size_t i = 0; i < tree->n; i++) order[i] = i;
    qsort_r(order, tree->n, sizeof *order, by_begin, tree->units);
    for (size_t i = 0; i < tree->n; i++) accumulate(r, order[i]);
out:
    vci_free(order);
    return st;
}

static vc_status finish(const reading *r) {
    vc_status st = r->single ? accumulate_all(r) : VC_OK;
    return st != VC_OK || r->progress->kind == VC_SURVEY ? st : add_parents(r);
}

vc_status vci_progress_fill(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vc_panel *panel = reader->panel;
    vci_series_list list = {0};
    reading *readings = NULL;
    VC_TRY(vci_series_find(reader, &reader->progress, &list));
    VC_NEW(readings, list.n);
    VC_NEW(panel->progress, list.n);
    panel->n_progress = list.n;
    for (size_t i = 0; i < list.n; i++) {
        readings[i] = (reading){reader, &list.series[i], &panel->progress[i], NULL};
        VC_TRY(prepare(&readings[i]));
    }
    for (size_t row = 0; row < list.n_rows; row++)
        if (list.of_row[row] != VCI_NO_SERIES)
            VC_TRY(fill_row(&readings[list.of_row[row]], row));
    for (size_t i = 0; i < list.n; i++) VC_TRY(finish(&readings[i]));
out:
    for (size_t i = 0; readings && i < list.n; i++) vci_free(readings[i].single);
    vci_free(readings);
    vci_series_list_free(&list);
    return st;
}
