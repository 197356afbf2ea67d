/* Rules of commendation and the blocks of draws: by which rows a class is ranked. */
#include "assess/commendation_internal.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/memory_internal.h"

#define TILE 64 /* draws looked at together, so that rows are read along */

/* --- set up -------------------------------------------------------------------------- */

/* What of the results is about member k: its figure, and the targets that veto it. */
static void find_results(const vc_run *run, size_t n_results, const vci_tally *tallies,
                         const size_t *target, size_t k, vci_commendation *c) {
    vc_ranked *ranked = &c->ranking->units[k];
    for (size_t i = 0; i < n_results; i++) {
        const vc_target *t = &run->targets.list[target[i]];
        if (ranked->unit == SIZE_MAX || tallies[i].unit != ranked->unit) continue;
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
    if (!(c->ranking->weights > 0)) goto out;
    VC_TRY(vci_ranks_init(n, c->ranking->quota, c->ranking->low_is_best, run->n_draws,
                          capacity, &c->moved));
    VC_TRY(vci_moved_weights_init(run, c->ranking, n_results, tallies, target, capacity,
                                  &c->weights));
out:
    return st;
}

static bool any_peers(const vc_run *run) {
    for (size_t i = 0; i < run->n_rankings; i++)
        if (run->rankings[i].n > run->rankings[i].n_units) return true;
    return false;
}

vc_status vci_commendations_init(vc_run *run, size_t n_results, const vci_tally *tallies,
                                 const size_t *target, size_t capacity,
                                 vci_commendations *all) {
    vc_status st = VC_OK;
    *all = (vci_commendations){0};
    if (any_peers(run))
        VC_TRY(vci_peer_draws_init(run, capacity, (unsigned)omp_get_max_threads(),
                                   &all->peers));
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
        vci_ranks_free(&c->moved);
        vci_moved_weights_free(&c->weights);
        vci_free(c->vetoes);
        vci_free(c->vetoed);
        vci_free(c->score);
        vci_free(c->out);
    }
    vci_free(all->list);
    vci_peer_draws_free(&all->peers);
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
static const double *row_of(const vci_commendations *all, const vci_commendation *c,
                            const vc_run *run, size_t k, const vci_outcomes *o,
                            const double *const *points) {
    const vc_ranked *ranked = &c->ranking->units[k];
    if (ranked->peer != SIZE_MAX)
        return vci_peer_draws_row(&all->peers, run, ranked->peer, c->ranking->by,
                                  c->ranking->year_end);
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

/* Draws d .. end - 1 of the block in which somebody gains or loses by the moved weights. */
static size_t count_changes(const vci_commendation *c, size_t d, size_t end) {
    size_t n = 0;
    bool changed[TILE] = {false};
    for (size_t k = 0; k < c->ranking->n; k++) {
        const double *old = c->ranks.place + k * c->capacity,
                     *new = c->moved.place + k * c->capacity;
        for (size_t i = d; i < end; i++) changed[i - d] |= old[i] != new[i];
    }
    for (size_t i = d; i < end; i++) n += changed[i - d];
    return n;
}

/* The same draws under moved weights; what peers were given stays. */
static vc_status add_moved(vci_commendation *c, const vci_outcomes *o) {
    vc_status st = VC_OK;
    size_t n = o->n_draws;
    vci_moved_weights_block(&c->weights, o);
    for (size_t k = 0; k < c->ranking->n_units; k++)
        c->score[k] = vci_moved_weights_row(&c->weights, k);
    VC_TRY(vci_ranks_add(&c->moved, o->first_draw, n, c->score, c->out));
    for (size_t d = 0; d < n; d += TILE)
        c->n_changed += count_changes(c, d, d + TILE < n ? d + TILE : n);
out:
    return st;
}

vc_status vci_commendations_add(vci_commendations *all, const vc_run *run,
                                const vci_outcomes *o, const double *const *points) {
    vc_status st = VC_OK;
    VC_TRY(vci_peer_draws_block(&all->peers, o->first_draw, o->n_draws));
    for (size_t i = 0; i < all->n; i++) {
        vci_commendation *c = &all->list[i];
        for (size_t k = 0; k < c->ranking->n; k++)
            c->score[k] = row_of(all, c, run, k, o, points);
        mark_vetoes(c, o);
        VC_TRY(vci_ranks_add(&c->ranks, o->first_draw, o->n_draws, c->score, c->out));
        if (c->ranking->weights > 0) VC_TRY(add_moved(c, o));
    }
out:
    return st;
}

static vc_status finish_moved(vci_commendation *c, double points) {
    vc_status st = VC_OK;
    vc_ranked *moved = NULL;
    VC_NEW(moved, c->ranking->n);
    VC_TRY(vci_ranks_finish(&c->moved, points, moved));
    for (size_t k = 0; k < c->ranking->n; k++)
        c->ranking->units[k].p_quota_moved = moved[k].p_quota;
    c->ranking->p_winners_change = (double)c->n_changed / (double)c->moved.n;
out:
    vci_free(moved);
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
        if (ranking->n > ranking->n_units)
            for (size_t f = 0; f < all->peers.simulation.n_parts; f++)
                fewest = fmin(fewest, all->peers.simulation.parts[f].fit->effective_points);
        VC_TRY(vci_ranks_finish(&all->list[i].ranks, fewest, ranking->units));
        if (ranking->weights > 0) VC_TRY(finish_moved(&all->list[i], fewest));
    }
out:
    return st;
}
