/*
 * The accumulator of the ranks of one class: init, add block, finish. It sees every draw
 * once, keeps one histogram of ranks per unit, and the ranks themselves of some draws for
 * the simultaneous set: never units x units.
 */
#ifndef VCI_RANKING_INTERNAL_H
#define VCI_RANKING_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/ranking.h"
#include "vitalcast/run.h"

/* What a peer has published about the year; of a unit its figure to date; NaN: nothing. */
double vci_ranked_to_date(const vc_run *run, const vc_ranking *ranking,
                          const vc_ranked *ranked);

/* Running sums of one unit. */
typedef struct vci_rank_sums {
    size_t n_ranked, n_vetoed;
    double rank, squared_rank;   /* in half ranks: whole numbers */
    double quota, first;         /* places */
    double group, squared_group; /* of the sampler's group being counted; of those done */
} vci_rank_sums;

typedef struct vci_ranks {
    size_t m, quota, capacity;
    bool low_is_best;
    size_t n, n_groups;
    vci_rank_sums *sums; /* [m] */
    size_t n_bins;
    uint32_t *bin; /* [m][n_bins] of half ranks 1 .. 2m */
    size_t stride; /* one draw in so many is kept */
    size_t n_kept, most_kept;
    uint32_t *kept; /* [m][most_kept] half ranks, 0: none */
    uint32_t *half; /* [m][capacity] of the last block */
    double *place;  /* [m][capacity] share of a place among the commended */
    double *first;  /* [m][capacity] */
} vci_ranks;

/*
 * m      units of the class
 * quota  places, at most m
 * draws  in all, capacity: most of a block. Blocks come in draw order from 0 on
 */
vc_status vci_ranks_init(size_t m, size_t quota, bool low_is_best, size_t draws,
                         size_t capacity, vci_ranks *ranks);
void vci_ranks_free(vci_ranks *ranks);

/*
 * Adds draws first_draw .. first_draw + n - 1.
 *
 * score  [m] rows of n; NaN: not ranked in that draw; a row may be NULL: in none
 * out    [m] rows of n, not 0: has a rank and no place; rows may be NULL, and so may out
 *
 * Same bits for any number of threads. Cost: O(n m), least-significant-digit radix sort.
 */
vc_status vci_ranks_add(vci_ranks *ranks, size_t first_draw, size_t n,
                        const double *const *score, const unsigned char *const *out);

/*
 * Summaries into units[m], all but unit and result. points: as in vci_tally_finish.
 *
 * Simultaneous set: the ranks whose distance from the mean is at most c standard
 * deviations, c being the level's quantile over the kept draws of the largest such distance
 * of any unit. A rank is a rounded figure: 1/12 is added to its variance.
 */
vc_status vci_ranks_finish(vci_ranks *ranks, double points, vc_ranked *units);

#endif
