/* One pass over a run: which counts may be told, and what that means for its figures. */
#include "vitalcast/suppression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/suppression_internal.h"
#include "core/memory_internal.h"

/*
 * A level at depth 2 or more whose median unit has fewer events a year than this many times
 * min_cell is taken to be below the township.
 */
#define TOWNSHIP_CELLS 5

/* --- groups -------------------------------------------------------------------------- */

/* What a group counts: one event, or two that add up to the births. */
typedef struct group {
    vc_event event, other; /* VC_EVENTS: none; VC_BIRTHS: the births that are not `event` */
    bool of_births;        /* both tell the births */
} group;

static const group GROUPS[VC_CELL_GROUPS] = {
    [VC_CELLS_BIRTHS] = {VC_BIRTHS, VC_EVENTS, false},
    [VC_CELLS_DEATHS] = {VC_DEATHS, VC_EVENTS, false},
    [VC_CELLS_ARRIVALS] = {VC_ARRIVALS, VC_EVENTS, false},
    [VC_CELLS_DEPARTURES] = {VC_DEPARTURES, VC_EVENTS, false},
    [VC_CELLS_SEX] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, true},
    [VC_CELLS_COMPLIANCE] = {VC_BIRTHS_COMPLIANT, VC_BIRTHS, true},
};

static bool is_counted(const vc_panel *panel, const group *g) {
    return panel->has[g->event] && (g->other == VC_EVENTS || panel->has[g->other]);
}

/* --- the township level ----------------------------------------------------------------
 */

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double last_year_sum(const vc_run *run, vc_event event, size_t unit) {
    const vc_panel *panel = &run->panel;
    size_t length = (size_t)panel->frequency, n = panel->n_periods;
    double sum = NAN;
    for (size_t t = n > length ? n - length : 0; t < n; t++) {
        double y = panel->count[event][unit * n + t];
        if (!isnan(y)) sum = (isnan(sum) ? 0 : sum) + y;
    }
    return sum;
}

/* The first level below the township; n_levels if there is none. */
static vc_status find_villages(const vc_run *run, unsigned *first_low) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    vc_event event = run->panel.has[VC_BIRTHS] ? VC_BIRTHS : VC_DEATHS;
    double *sums = NULL;
    *first_low = tree->n_levels;
    if (!run->panel.has[event]) return VC_OK;
    VC_NEW(sums, tree->n);
    for (unsigned level = 2; level < *first_low; level++) {
        size_t n = 0;
        for (size_t u = 0; u < tree->n; u++) {
            if (tree->units[u].level != level) continue;
            double sum = last_year_sum(run, event, u);
            if (!isnan(sum)) sums[n++] = sum;
        }
        qsort(sums, n, sizeof *sums, by_size);
        if (n > 0 && sums[n / 2] < TOWNSHIP_CELLS * run->settings.min_cell)
            *first_low = level;
    }
out:
    vci_free(sums);
    return st;
}

/* --- the pass --------------------------------------------------------------------------
 */

typedef struct pass {
    const vc_run *run;
    vc_suppression *out;
    vci_cuts cuts;
    vci_cover cover;
    unsigned first_low;
    bool complementary;
    bool *free; /* [n_units] */
    /* [n_units] details that may be told at most; of births and their parts */
    unsigned char *limit[VC_CELL_GROUPS];
    double *other; /* [n_periods] */
    double *cell;  /* [n_units][...] as large as the last detail needs */
} pass;

/* Second part of a group. */
static void find_other(pass *p, const group *g, size_t unit) {
    const vc_panel *panel = &p->run->panel;
    const double *event = panel->count[g->event] + unit * panel->n_periods;
    const double *other = panel->count[g->other] + unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++)
        p->other[t] = g->other == VC_BIRTHS ? other[t] - event[t] : other[t];
}

static void fill_cells(pass *p, const group *g, vc_detail detail) {
    const vc_panel *panel = &p->run->panel;
    size_t stretches = vci_cuts_count(&p->cuts, detail);
    bool two = g->other != VC_EVENTS;
    p->cover.n = stretches * (two ? 2 : 1);
    p->cover.half = stretches;
    for (size_t u = 0; u < panel->tree.n; u++) {
        double *cell = p->cell + u * p->cover.n;
        vci_cuts_sum(&p->cuts, detail, panel->count[g->event] + u * panel->n_periods, cell);
        if (!two) continue;
        find_other(p, g, u);
        vci_cuts_sum(&p->cuts, detail, p->other, cell + stretches);
    }
}

static bool is_small(const pass *p, vc_detail detail, const double *series) {
    size_t n = vci_cuts_count(&p->cuts, detail);
    vci_cuts_sum(&p->cuts, detail, series, p->cover.sum);
    for (size_t i = 0; i < n; i++)
        if (p->cover.sum[i] < p->run->settings.min_cell) return true;
    return false;
}

/* Can both parts of what is told be anything where they are small in a finer detail? */
static bool leaves_room(pass *p, const double *event, int told, vc_detail fine) {
    double least = p->run->settings.min_cell;
    vc_detail detail = (vc_detail)told;
    return vci_cuts_balance(&p->cuts, detail, fine, event, p->other, least) &&
           vci_cuts_balance(&p->cuts, detail, fine, p->other, event, least);
}

/*
 * The details in which both parts of the births may be told, at most, so that they leave
 * room for the small ones among what is printed in finer details. Where they do not for
 * single periods, all births are not told by period: then the parts are free.
 */
static void find_limits(pass *p, vc_cell_group which) {
    const vc_panel *panel = &p->run->panel;
    const group *g = &GROUPS[which];
    for (size_t u = 0; u < panel->tree.n; u++) {
        const double *event = panel->count[g->event] + u * panel->n_periods;
        int limit = 0;
        find_other(p, g, u);
        while (limit < VC_DETAILS && !is_small(p, (vc_detail)limit, event) &&
               !is_small(p, (vc_detail)limit, p->other))
            limit++;
        for (int fine = limit; limit > 0 && fine < VC_DETAIL_EACH_PERIOD;)
            fine = leaves_room(p, event, limit - 1, (vc_detail)fine) ? fine + 1 : --limit;
        p->limit[which][u] = (unsigned char)limit;
        if (limit > 0 && limit < VC_DETAILS &&
            !leaves_room(p, event, limit - 1, VC_DETAIL_EACH_PERIOD))
            p->limit[VC_CELLS_BIRTHS][u] = VC_DETAIL_EACH_PERIOD;
    }
}

/*
 * Is there a withheld sibling that is large in all it counts in this detail, and does not
 * have to move itself? It can take what the unit gains or loses. Nothing at all may be told
 * of one that is to do so always.
 */
static bool is_covered(const pass *p, vc_cell_group which, size_t unit, bool always) {
    const vci_cover *cover = &p->cover;
    const vc_unit_tree *tree = cover->tree;
    size_t parent = tree->units[unit].parent;
    if (parent == VC_NO_UNIT) return true;
    for (size_t i = tree->child_begin[parent]; i < tree->child_begin[parent + 1]; i++) {
        size_t u = tree->children[i];
        if (u != unit && cover->reason[u] != VCI_TOLD && !cover->bound[u] &&
            vci_cover_large(cover, u) && !(always && p->out->told[which][u] > 0))
            return true;
    }
    return false;
}

static void keep_answer(pass *p, vc_cell_group which, vc_detail detail) {
    vc_suppression *out = p->out;
    vc_suppression_count *count = &out->count[which][detail];
    for (size_t u = 0; u < p->run->panel.tree.n; u++) {
        vci_reason reason = p->cover.reason[u];
        count->units++;
        count->small += reason == VCI_SMALL;
        count->low += reason == VCI_LOW;
        count->protects += reason == VCI_PROTECTS;
        if (reason == VCI_TOLD)
            out->told[which][u]++;
        else if (is_covered(p, which, u, detail == VC_DETAIL_EACH_PERIOD))
            out->covered[which][u] |= (unsigned char)(1u << detail);
    }
}

static void decide(pass *p, vc_cell_group which, vc_detail detail) {
    const vc_unit_tree *tree = &p->run->panel.tree;
    const group *g = &GROUPS[which];
    vci_cover *cover = &p->cover;
    fill_cells(p, g, detail);
    for (size_t u = 0; u < tree->n; u++) {
        p->free[u] = detail == VC_DETAIL_YEARS || p->out->told[which][u] == 0;
        if (cover->reason[u] == VCI_SMALL) cover->reason[u] = VCI_PROTECTS;
        cover->carried[u] = 0;
        cover->bound[u] = false;
        if (cover->reason[u] != VCI_TOLD) continue;
        bool limited = p->complementary && p->limit[which][u] <= detail;
        if (limited ||
            (g->of_births && !vc_suppression_group(p->out, VC_CELLS_BIRTHS, u, detail)))
            cover->reason[u] = VCI_PROTECTS;
        if (limited && !g->of_births) cover->carried[u] = cover->min_cell - 1;
    }
    vci_cover_small(cover);
    if (p->complementary) vci_cover_protect(cover);
    keep_answer(p, which, detail);
}

static void decide_group(pass *p, vc_cell_group which) {
    const vc_unit_tree *tree = &p->run->panel.tree;
    for (size_t u = 0; u < tree->n; u++)
        p->cover.reason[u] = tree->units[u].level >= p->first_low ? VCI_LOW : VCI_TOLD;
    for (int detail = 0; detail < VC_DETAILS; detail++) decide(p, which, (vc_detail)detail);
}

vc_status vci_suppression_find(const vc_run *run, bool complementary,
                               vc_suppression *suppression) {
    vc_status st = VC_OK;
    size_t n = run->panel.tree.n;
    pass p = {.run = run, .out = suppression, .complementary = complementary};
    memset(suppression, 0, sizeof *suppression);
    suppression->run = run;
    p.cover = (vci_cover){.tree = &run->panel.tree, .min_cell = run->settings.min_cell};
    for (int g = 0; g < VC_CELL_GROUPS; g++) {
        VC_NEW(suppression->told[g], n);
        VC_NEW(suppression->covered[g], n);
    }
    VC_TRY(find_villages(run, &p.first_low));
    VC_TRY(vci_cuts_find(run, &p.cuts));
    size_t most = 2 * vci_cuts_count(&p.cuts, VC_DETAIL_EACH_PERIOD);
    VC_NEW(p.cell, n * most);
    VC_NEW(p.cover.sum, most);
    VC_NEW(p.cover.reason, n);
    VC_NEW(p.cover.carried, n);
    VC_NEW(p.cover.bound, n);
    VC_NEW(p.free, n);
    for (int g = 0; g < VC_CELL_GROUPS; g++) {
        VC_NEW(p.limit[g], n);
        memset(p.limit[g], VC_DETAILS, n);
    }
    VC_NEW(p.other, run->panel.n_periods);
    p.cover.cell = p.cell;
    p.cover.free = p.free;
    for (int g = 0; g < VC_CELL_GROUPS; g++)
        if (GROUPS[g].of_births && is_counted(&run->panel, &GROUPS[g]))
            find_limits(&p, (vc_cell_group)g);
    for (int g = 0; g < VC_CELL_GROUPS; g++)
        if (is_counted(&run->panel, &GROUPS[g])) decide_group(&p, (vc_cell_group)g);
    suppression->cut = p.cuts.detail;
    p.cuts.detail = NULL;
out:
    vci_cuts_free(&p.cuts);
    for (int g = 0; g < VC_CELL_GROUPS; g++) vci_free(p.limit[g]);
    vci_free(p.other);
    vci_free(p.cell);
    vci_free(p.cover.sum);
    vci_free(p.cover.reason);
    vci_free(p.cover.carried);
    vci_free(p.cover.bound);
    vci_free(p.free);
    return st;
}

vc_status vc_suppression_find(const vc_run *run, vc_suppression *suppression) {
    return vci_suppression_find(run, true, suppression);
}

void vc_suppression_free(vc_suppression *suppression) {
    for (int g = 0; g < VC_CELL_GROUPS; g++) {
        vci_free(suppression->told[g]);
        vci_free(suppression->covered[g]);
    }
    vci_free(suppression->cut);
    memset(suppression, 0, sizeof *suppression);
}

bool vc_suppression_group(const vc_suppression *s, vc_cell_group which, size_t unit,
                          vc_detail detail) {
    return s->told[which][unit] > detail;
}
