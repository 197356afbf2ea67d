/* Rules of commendation and the blocks of draws: who is compared, by which rows. */
#include "assess/commendation_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/workspace_internal.h"

/* --- what is to be ranked ------------------------------------------------------------- */

static vc_ranked nothing_known(size_t unit, size_t target) {
    return (vc_ranked){.unit = unit,
                       .target = target,
                       .result = SIZE_MAX,
                       .p_ranked = (double)NAN,
                       .mean = (double)NAN,
                       .median = (double)NAN,
                       .low_80 = (double)NAN,
                       .high_80 = (double)NAN,
                       .low_95 = (double)NAN,
                       .high_95 = (double)NAN,
                       .set_low = (double)NAN,
                       .set_high = (double)NAN,
                       .p_quota = (double)NAN,
                       .monte_carlo_se = (double)NAN,
                       .p_first = (double)NAN,
                       .p_veto = (double)NAN};
}

/* One ranking; left out when no unit of the class has a figure to be ranked by. */
static vc_status declare(const vc_commendation *rule, const char *class_name, vc_run *run) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    vc_ranking *ranking = &run->rankings[run->n_rankings];
    bool points = vc_commendation_by_points(rule), any = points;
    size_t n = 0;
    *ranking = (vc_ranking){.year_end = rule->year_end, .low_is_best = rule->low_is_best};
    run->n_rankings++;
    for (size_t u = 0; u < tree->n; u++) n += vci_in_class(&tree->units[u], class_name);
    VC_NEW(ranking->units, n);
    VC_COPY_TEXT(ranking->name, rule->name);
    VC_COPY_TEXT(ranking->class_name, class_name);
    for (size_t u = 0; u < tree->n; u++) {
        if (!vci_in_class(&tree->units[u], class_name)) continue;
        size_t target =
            points ? SIZE_MAX : vci_commendation_target(rule, tree, &run->targets, u);
        ranking->units[ranking->n++] = nothing_known(u, target);
        if (target == SIZE_MAX) continue;
        any = true;
        if (!ranking->by) VC_COPY_TEXT(ranking->by, run->targets.list[target].indicator);
    }
    size_t places = vc_commendation_places(rule, ranking->n);
    ranking->quota = places < ranking->n ? places : ranking->n;
    if (!any) {
        run->n_rankings--;
        vc_ranking_free(ranking);
    }
out:
    return st;
}

static vc_status declare_classes(const vc_commendation *rule, vc_run *run) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    bool all = strcmp(rule->class_name, "*") == 0;
    for (size_t u = 0; u < tree->n; u++) {
        const char *name = tree->units[u].class_name;
        bool seen = false;
        if (!name || (!all && strcmp(name, rule->class_name) != 0)) continue;
        for (size_t v = 0; v < u; v++) seen = seen || vci_in_class(&tree->units[v], name);
        if (!seen) VC_TRY(declare(rule, name, run));
    }
out:
    return st;
}

vc_status vci_rankings_declare(const vc_workspace *workspace, vc_run *run) {
    vc_status st = VC_OK;
    if (workspace->n_commendations == 0) goto out;
    VC_NEW(run->rankings, workspace->n_commendations * run->panel.tree.n);
    for (size_t i = 0; i < workspace->n_commendations; i++)
        VC_TRY(declare_classes(&workspace->commendations[i], run));
out:
    return st;
}

/* --- set up -------------------------------------------------------------------------- */

/* What of the results is about member k: its figure, and the targets that veto it. */
static void find_results(const vc_run *run, size_t n_results, const vci_tally *tallies,
                         const size_t *target, size_t k, vci_commendation *c) {
    vc_ranked *ranked = &c->ranking->units[k];
    for (size_t i = 0; i < n_results; i++) {
        const vc_target *t = &run->targets.list[target[i]];
        if (tallies[i].unit != ranked->unit) continue;
        if (target[i] == ranked->target) ranked->result = i;
        if (!t->veto || t->length > 0 || t->year_end != c->ranking->year_end) continue;
        c->vetoes[c->n_vetoes++] = (vci_veto){k, i};
        c->out[k] = c->vetoed + k * c->capacity;
    }
}

static vc_status begin(vc_run *run, size_t n_results, const vci_tally *tallies,
                       const size_t *target, size_t capacity, vci_commendation *c) {
    vc_status st = VC_OK;
    size_t n = c->ranking->n;
    c->capacity = capacity;
    VC_TRY(vci_ranks_init(n, c->ranking->quota, c->ranking->low_is_best, run->n_draws,
                          capacity, &c->ranks));
    VC_NEW(c->vetoes, n_results);
    VC_NEW(c->vetoed, n * capacity);
    VC_NEW(c->score, n);
    VC_NEW(c->out, n);
    for (size_t k = 0; k < n; k++) find_results(run, n_results, tallies, target, k, c);
out:
    return st;
}

vc_status vci_commendations_init(vc_run *run, size_t n_results, const vci_tally *tallies,
                                 const size_t *target, size_t capacity,
                                 vci_commendations *all) {
    vc_status st = VC_OK;
    *all = (vci_commendations){0};
    VC_NEW(all->list, run->n_rankings);
    for (size_t i = 0; i < run->n_rankings; i++) {
        if (run->rankings[i].n < 2) continue; /* nobody to be compared with */
        all->list[all->n].ranking = &run->rankings[i];
        VC_TRY(begin(run, n_results, tallies, target, capacity, &all->list[all->n++]));
    }
out:
    return st;
}

void vci_commendations_free(vci_commendations *all) {
    for (size_t i = 0; i < all->n; i++) {
        vci_commendation *c = &all->list[i];
        vci_ranks_free(&c->ranks);
        vci_free(c->vetoes);
        vci_free(c->vetoed);
        vci_free(c->score);
        vci_free(c->out);
    }
    vci_free(all->list);
    *all = (vci_commendations){0};
}

void vci_commendations_want(const vci_commendations *all, bool *wanted) {
    for (size_t i = 0; i < all->n; i++) {
        const vci_commendation *c = &all->list[i];
        for (size_t k = 0; k < c->ranking->n; k++)
            if (c->ranking->units[k].result != SIZE_MAX)
                wanted[c->ranking->units[k].result] = true;
        for (size_t v = 0; v < c->n_vetoes; v++) wanted[c->vetoes[v].result] = true;
    }
}

/* --- draws --------------------------------------------------------------------------- */

static size_t year_end_place(const vc_run *run, vc_period year_end) {
    size_t place = 0;
    while (place < run->n_year_ends && run->year_ends[place] != year_end) place++;
    return place;
}

/* The row that ranks member k in the block. */
static const double *row_of(const vci_commendation *c, const vc_run *run, size_t k,
                            const vci_outcomes *o, const double *const *points) {
    const vc_ranked *ranked = &c->ranking->units[k];
    size_t year = year_end_place(run, c->ranking->year_end);
    if (c->ranking->by)
        return ranked->result == SIZE_MAX
                   ? NULL
                   : o->figure + o->row[ranked->result] * o->capacity;
    return points && year < run->n_year_ends
               ? points[year * run->panel.tree.n + ranked->unit]
               : NULL;
}

/* A target whose outcome is open vetoes nobody. */
static void mark_vetoes(vci_commendation *c, const vci_outcomes *o) {
    memset(c->vetoed, 0, c->ranking->n * c->capacity);
    for (size_t v = 0; v < c->n_vetoes; v++) {
        const unsigned char *met = o->met + o->row[c->vetoes[v].result] * o->capacity;
        unsigned char *vetoed = c->vetoed + c->vetoes[v].member * c->capacity;
        for (size_t d = 0; d < o->n_draws; d++)
            if (met[d] == VCI_NOT_MET) vetoed[d] = 1;
    }
}

vc_status vci_commendations_add(vci_commendations *all, const vc_run *run,
                                const vci_outcomes *o, const double *const *points) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < all->n; i++) {
        vci_commendation *c = &all->list[i];
        for (size_t k = 0; k < c->ranking->n; k++)
            c->score[k] = row_of(c, run, k, o, points);
        mark_vetoes(c, o);
        VC_TRY(vci_ranks_add(&c->ranks, o->first_draw, o->n_draws, c->score, c->out));
    }
out:
    return st;
}

vc_status vci_commendations_finish(vci_commendations *all, const double *effective,
                                   double fewest_of_all) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < all->n; i++) {
        vc_ranking *ranking = all->list[i].ranking;
        double fewest = ranking->by ? (double)INFINITY : fewest_of_all;
        for (size_t k = 0; k < ranking->n; k++)
            if (ranking->units[k].result != SIZE_MAX)
                fewest = fmin(fewest, effective[ranking->units[k].result]);
        VC_TRY(vci_ranks_finish(&all->list[i].ranks, fewest, ranking->units));
    }
out:
    return st;
}
