#include "backtest/origin_rank_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/text_map_internal.h"

/* Draws that are ranked at a time. */
#define BLOCK 1024

vc_status vci_groups_find(const vc_unit_tree *tree, size_t *group) {
    vc_status st = VC_OK;
    vci_text_map classes = {0};
    for (size_t u = 0; u < tree->n; u++) {
        const vc_unit *unit = &tree->units[u];
        size_t number;
        group[u] = unit->parent == VC_NO_UNIT ? tree->n : unit->parent;
        if (!unit->class_name) continue;
        VC_TRY(vci_text_map_add(&classes, unit->class_name, strlen(unit->class_name),
                                &number));
        group[u] = tree->n + 1 + number;
    }
out:
    vci_text_map_free(&classes);
    return st;
}

/* Moves the draws in which everybody has a figure to the front; how many they are. */
static size_t keep_whole(size_t m, vci_contender *c, size_t n) {
    size_t kept = 0;
    for (size_t d = 0; d < n; d++) {
        bool whole = true;
        for (size_t i = 0; i < m && whole; i++) whole = !isnan(c[i].draw[d]);
        for (size_t i = 0; i < m && whole; i++) c[i].draw[kept] = c[i].draw[d];
        kept += whole;
    }
    return kept;
}

/* Both ends of a group: who has a place from the highest down, and from the lowest up. */
typedef struct ends {
    vci_ranks top, bottom;
    const double **row; /* [m] of the block being added */
} ends;

static vc_status begin(size_t m, size_t n, ends *e) {
    vc_status st = VC_OK;
    size_t places = (m * VCI_TOP_PERCENT + 99) / 100, capacity = n < BLOCK ? n : BLOCK;
    VC_TRY(vci_ranks_init(m, places, false, n + 1, capacity, &e->top));
    VC_TRY(vci_ranks_init(m, places, true, n + 1, capacity, &e->bottom));
    VC_NEW(e->row, m);
out:
    return st;
}

static vc_status add(ends *e, size_t n) {
    vc_status st = VC_OK;
    VC_TRY(vci_ranks_add(&e->top, e->top.n, n, e->row, NULL));
    VC_TRY(vci_ranks_add(&e->bottom, e->bottom.n, n, e->row, NULL));
out:
    return st;
}

static vc_status rank_what_came(size_t m, const vci_contender *c, ends *e,
                                vci_compared *compared) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < m; i++) e->row[i] = &c[i].came;
    VC_TRY(add(e, 1));
    for (size_t i = 0; i < m; i++) {
        size_t at = i * e->bottom.capacity;
        compared[i].rank = 0.5 * e->bottom.half[at];
        compared[i].top = e->top.place[at];
        compared[i].bottom = e->bottom.place[at];
    }
out:
    return st;
}

static vc_status rank_draws(size_t m, vci_contender *c, size_t first, size_t n, ends *e,
                            vci_compared *compared) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < m; i++) e->row[i] = c[i].draw + first;
    VC_TRY(add(e, n));
    for (size_t i = 0; i < m; i++)
        for (size_t d = 0; d < n; d++) {
            size_t at = i * e->bottom.capacity + d;
            c[i].draw[first + d] = 0.5 * e->bottom.half[at];
            compared[i].p_top += e->top.place[at];
            compared[i].p_bottom += e->bottom.place[at];
        }
out:
    return st;
}

vc_status vci_ranks_compare(size_t m, vci_contender *contenders, size_t n,
                            vci_compared *compared) {
    vc_status st = VC_OK;
    ends e = {0};
    size_t kept = keep_whole(m, contenders, n);
    for (size_t i = 0; i < m; i++) compared[i] = (vci_compared){.n = kept};
    if (kept == 0) goto out;
    VC_TRY(begin(m, kept, &e));
    VC_TRY(rank_what_came(m, contenders, &e, compared));
    for (size_t at = 0; at < kept; at += BLOCK)
        VC_TRY(rank_draws(m, contenders, at, kept - at < BLOCK ? kept - at : BLOCK, &e,
                          compared));
    for (size_t i = 0; i < m; i++) {
        compared[i].p_top /= (double)kept;
        compared[i].p_bottom /= (double)kept;
    }
out:
    vci_ranks_free(&e.top);
    vci_ranks_free(&e.bottom);
    vci_free(e.row);
    return st;
}
