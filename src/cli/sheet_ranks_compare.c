/* An old rule of commendation and a new one side by side, unit by unit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_ranks_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"

static bool same_member(const vc_ranked *a, const vc_ranked *b) {
    return a->unit == b->unit && a->peer == b->peer;
}

const vc_ranked *vci_ranked_before(const vc_run *run, const vc_ranking *ranking,
                                   const vc_ranked *ranked) {
    for (size_t i = 0; ranking->compare_with && i < run->n_rankings; i++) {
        const vc_ranking *old = &run->rankings[i];
        if (strcmp(old->name, ranking->compare_with) != 0) continue;
        for (size_t k = 0; k < old->n; k++)
            if (same_member(&old->units[k], ranked)) return &old->units[k];
    }
    return NULL;
}

/* A member under both rules; old NULL: the old one did not rank it. */
typedef struct pair {
    const vc_ranked *old, *new;
    size_t place;
} pair;

static double old_chance(const pair *p) { return p->old ? p->old->p_quota : (double)NAN; }

static double change(const pair *p) { return p->new->p_quota - old_chance(p); }

static vc_rank_band band(double p_quota) { return vc_rank_band_of(p_quota); }

static bool changes_band(const pair *p) {
    return !isnan(change(p)) && band(old_chance(p)) != band(p->new->p_quota);
}

/* The largest change first; what cannot be compared last. */
static int by_change(const void *a, const void *b) {
    const pair *x = a, *y = b;
    double p = isnan(change(x)) ? -1 : fabs(change(x));
    double q = isnan(change(y)) ? -1 : fabs(change(y));
    if (p != q) return p > q ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static vc_status add_bands(const vci_sheet *sheet, const pair *p, vci_grid *grid) {
    vc_status st = VC_OK;
    char *text = NULL;
    const char *old = vci_band_text(old_chance(p), sheet->language);
    const char *new = vci_band_text(p->new->p_quota, sheet->language);
    if (!changes_band(p)) return vci_grid_add(grid, new);
    text = vci_text_say(sheet->language, VCI_TEXT_RANKS_FROM_TO, old, new);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, text));
out:
    vci_free(text);
    return st;
}

static vc_status add_pair(const vci_sheet *sheet, const pair *p, vci_grid *grid) {
    vc_status st = VC_OK;
    VC_TRY(vci_grid_add(grid, vci_ranked_name(sheet, p->new)));
    VC_TRY(vci_grid_add(grid, vci_figure_format_probability(old_chance(p)).text));
    VC_TRY(vci_grid_add(grid, vci_figure_format_probability(p->new->p_quota).text));
    VC_TRY(vci_grid_add(grid, vci_figure_format_signed(100 * change(p), 0).text));
    VC_TRY(add_bands(sheet, p, grid));
out:
    return st;
}

static vc_status fill(const vci_sheet *sheet, size_t n, const pair *pairs, vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_RANKS_COLUMN_OLD, VCI_TEXT_RANKS_COLUMN_NEW,
        VCI_TEXT_RANKS_COLUMN_CHANGE, VCI_TEXT_RANKS_COLUMN_BAND};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        VC_TRY(vci_grid_add(grid, vci_text_get(columns[c], sheet->language)));
    for (size_t k = 0; k < n && k < VCI_ROWS; k++) VC_TRY(add_pair(sheet, &pairs[k], grid));
out:
    return st;
}

vc_status vci_sheet_print_compared(const vci_sheet *sheet, const vc_ranking *ranking,
                                   FILE *out) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = 5, .right = 0xe};
    pair *pairs = NULL;
    size_t n_changed = 0;
    VC_NEW(pairs, ranking->n);
    for (size_t k = 0; k < ranking->n; k++) {
        const vc_ranked *new = &ranking->units[k];
        pairs[k] = (pair){vci_ranked_before(sheet->run, ranking, new), new, k};
        n_changed += changes_band(&pairs[k]);
    }
    qsort(pairs, ranking->n, sizeof *pairs, by_change);
    vci_say_line(out, sheet->language, VCI_TEXT_RANKS_COMPARED, ranking->compare_with,
                 ranking->name, n_changed, ranking->n);
    VC_TRY(fill(sheet, ranking->n, pairs, &grid));
    vci_grid_print(&grid, out);
out:
    vci_grid_free(&grid);
    vci_free(pairs);
    return st;
}

void vci_sheet_compared_json(const vci_sheet *sheet, const vc_ranking *ranking,
                             const vc_ranked *ranked, vci_json *json) {
    const vc_ranked *old = vci_ranked_before(sheet->run, ranking, ranked);
    double before = old ? old->p_quota : (double)NAN;
    if (!ranking->compare_with) return;
    vci_json_number(json, "p_quota_before", before);
    vci_json_number(json, "p_quota_change", ranked->p_quota - before);
    vci_json_text(json, "band_before",
                  isnan(before) ? NULL : vc_rank_band_name(band(before)));
}
