/*
 * Ranks of a class draw by draw, and what they come to. Places: exactly the quota in every
 * draw, or as many as may be commended. The simultaneous set follows the studentised
 * maximum of Mogstad, Romano, Shaikh and Wilhelm (2023, Review of Economic Studies 91,
 * Inference for ranks) and what a set for institutions must hold of Al Mohamad, Goeman and
 * van Zwet (2022, Biometrics 78); theirs are about the true order and know only its
 * estimates, ours is about the order that will be published, whose joint draws are at hand.
 */
#include "assess/ranking_internal.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "fit/term_internal.h"

#define MOST_BINS 1024
#define MOST_KEPT ((size_t)1 << 23) /* half ranks of all units: 32 MiB */
#define TILE 8                      /* draws gathered at once: a cache line of scores */
#define DIGITS 8                    /* bytes of a key */
#define FEW 32                      /* entries that are faster sorted without counting */

/* One unit in one draw. */
typedef struct entry {
    uint64_t key; /* ascending: better first */
    uint32_t unit;
    bool out;
} entry;

/* --- set up -------------------------------------------------------------------------- */

vc_status vci_ranks_init(size_t m, size_t quota, bool low_is_best, size_t draws,
                         size_t capacity, vci_ranks *ranks) {
    vc_status st = VC_OK;
    size_t most = MOST_KEPT / (m ? m : 1);
    *ranks = (vci_ranks){.m = m,
                         .quota = quota < m ? quota : m,
                         .low_is_best = low_is_best,
                         .capacity = capacity,
                         .n_bins = 2 * m < MOST_BINS ? 2 * m : MOST_BINS};
    VC_REQUIRE(m <= MOST_KEPT, "%zu units in a class", m);
    ranks->stride = (draws + most - 1) / most;
    if (ranks->stride == 0) ranks->stride = 1;
    ranks->most_kept = (draws + ranks->stride - 1) / ranks->stride;
    VC_NEW(ranks->sums, m);
    VC_NEW(ranks->bin, m * ranks->n_bins);
    VC_NEW(ranks->kept, m * ranks->most_kept);
    VC_NEW(ranks->half, m * capacity);
    VC_NEW(ranks->place, m * capacity);
    VC_NEW(ranks->first, m * capacity);
out:
    return st;
}

void vci_ranks_free(vci_ranks *ranks) {
    vci_free(ranks->sums);
    vci_free(ranks->bin);
    vci_free(ranks->kept);
    vci_free(ranks->half);
    vci_free(ranks->place);
    vci_free(ranks->first);
    memset(ranks, 0, sizeof *ranks);
}

/* --- one draw ------------------------------------------------------------------------ */

/* Unsigned numbers in the order of the scores; 0 and -0 are alike. */
static uint64_t key_of(double score, bool low_is_best) {
    uint64_t bits, sign = (uint64_t)1 << 63;
    score += 0.0;
    memcpy(&bits, &score, sizeof bits);
    bits = bits & sign ? ~bits : bits | sign;
    return low_is_best ? bits : ~bits;
}

/* Keeps the order of equal keys, as the radix sort does. */
static entry *sort_few(size_t n, entry *a) {
    for (size_t i = 1; i < n; i++) {
        entry moved = a[i];
        size_t at = i;
        for (; at > 0 && a[at - 1].key > moved.key; at--) a[at] = a[at - 1];
        a[at] = moved;
    }
    return a;
}

/* Radix sort by bytes, lowest first; bytes that all keys share are passed over. */
static entry *sort_many(size_t n, entry *a, entry *spare) {
    uint32_t count[DIGITS][256] = {{0}};
    for (size_t i = 0; i < n; i++)
        for (int digit = 0; digit < DIGITS; digit++)
            count[digit][a[i].key >> 8 * digit & 255]++;
    for (int digit = 0; digit < DIGITS; digit++) {
        uint32_t at = 0;
        if (n == 0 || count[digit][a[0].key >> 8 * digit & 255] == n) continue;
        for (int b = 0; b < 256; b++) {
            uint32_t here = count[digit][b];
            count[digit][b] = at;
            at += here;
        }
        for (size_t i = 0; i < n; i++)
            spare[count[digit][a[i].key >> 8 * digit & 255]++] = a[i];
        entry *swap = a;
        a = spare;
        spare = swap;
    }
    return a;
}

/* First entry behind those that tie with entry i. */
static size_t tie_end(size_t n, const entry *sorted, size_t i) {
    size_t end = i + 1;
    while (end < n && sorted[end].key == sorted[i].key) end++;
    return end;
}

/* Places go from the best down; those that tie for the last ones share them. */
static void give_places(size_t n, const entry *sorted, size_t quota, size_t capacity,
                        double *place) {
    size_t left = quota;
    for (size_t i = 0, end; i < n && left > 0; i = end) {
        size_t tied = 0;
        end = tie_end(n, sorted, i);
        for (size_t k = i; k < end; k++) tied += !sorted[k].out;
        double share = tied > left ? (double)left / (double)tied : 1;
        for (size_t k = i; k < end; k++)
            if (!sorted[k].out) place[sorted[k].unit * capacity] = share;
        left -= tied < left ? tied : left;
    }
}

static void give_ranks(size_t n, const entry *sorted, size_t capacity, uint32_t *half) {
    for (size_t i = 0, end; i < n; i = end) {
        end = tie_end(n, sorted, i);
        for (size_t k = i; k < end; k++)
            half[sorted[k].unit * capacity] = (uint32_t)(i + 1 + end);
    }
}

/* --- one block ----------------------------------------------------------------------- */

/* Draws d .. end - 1 of the block; room[TILE + 1][m]. */
static void rank_tile(vci_ranks *r, size_t d, size_t end, const double *const *score,
                      const unsigned char *const *out, entry *room) {
    size_t n[TILE] = {0}, m = r->m;
    for (size_t u = 0; u < m; u++)
        for (size_t k = d; k < end; k++) {
            size_t at = u * r->capacity + k;
            r->half[at] = 0;
            r->place[at] = r->first[at] = 0;
            if (!score[u] || isnan(score[u][k])) continue;
            bool vetoed = out && out[u] && out[u][k];
            room[(k - d) * m + n[k - d]++] =
                (entry){key_of(score[u][k], r->low_is_best), (uint32_t)u, vetoed};
        }
    for (size_t k = d; k < end; k++) {
        entry *entries = room + (k - d) * m;
        const entry *sorted = n[k - d] > FEW ? sort_many(n[k - d], entries, room + TILE * m)
                                             : sort_few(n[k - d], entries);
        give_ranks(n[k - d], sorted, r->capacity, r->half + k);
        give_places(n[k - d], sorted, r->quota, r->capacity, r->place + k);
        give_places(n[k - d], sorted, 1, r->capacity, r->first + k);
    }
}

static void end_group(vci_rank_sums *s) {
    s->squared_group += s->group * s->group;
    s->group = 0;
}

/* Bin of a half rank; each has one of its own where there are not too many of them. */
static inline size_t bin_of(const vci_ranks *r, uint32_t half) {
    return r->n_bins == 2 * r->m ? half - 1 : (half - 1) * r->n_bins / (2 * r->m);
}

/* The block's draws of one unit, in order. */
static void sum_unit(vci_ranks *r, size_t u, size_t n, const unsigned char *out) {
    vci_rank_sums *s = &r->sums[u];
    size_t next_kept = (r->stride - r->n % r->stride) % r->stride;
    const uint32_t *half = r->half + u * r->capacity;
    const double *place = r->place + u * r->capacity, *first = r->first + u * r->capacity;
    uint32_t *bin = r->bin + u * r->n_bins;
    size_t kept = r->n_kept;
    for (size_t d = 0; d < n; d++) {
        if ((r->n + d) % VCI_BATCH == 0 && r->n + d > 0) end_group(s);
        if (d == next_kept) {
            r->kept[u * r->most_kept + kept++] = half[d];
            next_kept += r->stride;
        }
        s->quota += place[d];
        s->first += first[d];
        s->group += place[d];
        s->n_vetoed += out && out[d];
        if (half[d] == 0) continue;
        s->n_ranked++;
        s->rank += half[d];
        s->squared_rank += (double)half[d] * half[d];
        bin[bin_of(r, half[d])]++;
    }
}

vc_status vci_ranks_add(vci_ranks *r, size_t first_draw, size_t n,
                        const double *const *score, const unsigned char *const *out) {
    vc_status st = VC_OK;
    entry *room = NULL;
    size_t stride = (TILE + 1) * r->m;
    VC_REQUIRE(first_draw == r->n && n <= r->capacity, "draws %zu + %zu", first_draw, n);
    VC_NEW(room, stride * (size_t)omp_get_max_threads());
#pragma omp parallel for schedule(static)
    for (size_t d = 0; d < n; d += TILE)
        rank_tile(r, d, d + TILE < n ? d + TILE : n, score, out,
                  room + (size_t)omp_get_thread_num() * stride);
#pragma omp parallel for schedule(static)
    for (size_t u = 0; u < r->m; u++) sum_unit(r, u, n, out ? out[u] : NULL);
    for (size_t d = r->n; d < r->n + n; d++) {
        r->n_kept += d % r->stride == 0;
        r->n_groups += d % VCI_BATCH == 0;
    }
    r->n += n;
out:
    vci_free(room);
    return st;
}

/* --- what it comes to ---------------------------------------------------------------- */

/* Edges of a bin, in half ranks. */
static size_t lowest(const vci_ranks *r, size_t bin) {
    return (2 * r->m * bin + r->n_bins - 1) / r->n_bins + 1;
}

static size_t highest(const vci_ranks *r, size_t bin) { return lowest(r, bin + 1) - 1; }

/* The least bin with at least a share p of the unit's ranks in it or below. */
static size_t quantile_bin(const vci_ranks *r, size_t u, double p) {
    double below = 0, wanted = p * (double)r->sums[u].n_ranked;
    const uint32_t *bin = r->bin + u * r->n_bins;
    for (size_t b = 0; b < r->n_bins; b++) {
        below += bin[b];
        if (below > 0 && below >= wanted) return b;
    }
    return r->n_bins - 1;
}

/* Half ranks to whole ones, outwards. */
static double outwards_low(size_t half) { return (double)(half / 2); }
static double outwards_high(size_t half) { return (double)((half + 1) / 2); }

static void set_intervals(const vci_ranks *r, size_t u, vc_ranked *ranked) {
    size_t middle = quantile_bin(r, u, 0.5);
    ranked->median = 0.25 * (double)(lowest(r, middle) + highest(r, middle));
    ranked->low_80 = outwards_low(lowest(r, quantile_bin(r, u, 0.1)));
    ranked->high_80 = outwards_high(highest(r, quantile_bin(r, u, 0.9)));
    ranked->low_95 = outwards_low(lowest(r, quantile_bin(r, u, 0.025)));
    ranked->high_95 = outwards_high(highest(r, quantile_bin(r, u, 0.975)));
}

/* Mean and standard deviation of half ranks; a unit with one rank only has deviation 0. */
static void moments(const vci_rank_sums *s, double *mean, double *sd) {
    double n = (double)s->n_ranked;
    double squares = s->squared_rank - s->rank * s->rank / n;
    *mean = s->rank / n;
    *sd = squares > 0.5 ? sqrt(squares / n + 4.0 / 12) : 0;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/*
 * The distance that the largest of a draw stays within in a share of them; the rank of the
 * quantile counts one draw more, so that the next one is held with at least that share.
 */
static vc_status find_distance(const vci_ranks *r, double *distance) {
    vc_status st = VC_OK;
    double *most = NULL;
    VC_NEW(most, r->n_kept + 1);
    for (size_t u = 0; u < r->m; u++) {
        const uint32_t *half = r->kept + u * r->most_kept;
        double mean, sd;
        moments(&r->sums[u], &mean, &sd);
        for (size_t k = 0; k < r->n_kept && sd > 0; k++)
            if (half[k] > 0) most[k] = fmax(most[k], fabs(half[k] - mean) / sd);
    }
    qsort(most, r->n_kept, sizeof *most, by_size);
    size_t at = (size_t)ceil(VC_RANK_SET_LEVEL * (double)(r->n_kept + 1));
    *distance = r->n_kept > 0 ? most[at < r->n_kept ? at - 1 : r->n_kept - 1] : 0;
out:
    vci_free(most);
    return st;
}

/* The half ranks within the distance, as whole ranks. */
static void set_set(const vci_ranks *r, size_t u, double distance, vc_ranked *ranked) {
    double mean, sd;
    moments(&r->sums[u], &mean, &sd);
    double low = fmax(ceil(mean - distance * sd - 1e-9), 2),
           high = fmin(floor(mean + distance * sd + 1e-9), (double)(2 * r->m));
    ranked->set_low = floor(low / 2);
    ranked->set_high = ceil(high / 2);
}

static void forget_ranks(vc_ranked *ranked) {
    ranked->mean = ranked->median = NAN;
    ranked->low_80 = ranked->high_80 = ranked->low_95 = ranked->high_95 = NAN;
    ranked->set_low = ranked->set_high = NAN;
}

vc_status vci_ranks_finish(vci_ranks *r, double points, vc_ranked *units) {
    vc_status st = VC_OK;
    double distance = 0, n = (double)r->n;
    VC_REQUIRE(r->n > 0, "no draws");
    VC_TRY(find_distance(r, &distance));
    for (size_t u = 0; u < r->m; u++) {
        vci_rank_sums *s = &r->sums[u];
        vc_ranked *ranked = &units[u];
        end_group(s);
        ranked->p_ranked = (double)s->n_ranked / n;
        ranked->p_veto = (double)s->n_vetoed / n;
        ranked->p_quota = s->quota / n;
        ranked->p_first = s->first / n;
        ranked->monte_carlo_se =
            vci_share_error(n, s->quota, (double)r->n_groups, s->squared_group, points);
        forget_ranks(ranked);
        if (s->n_ranked == 0) continue;
        ranked->mean = 0.5 * s->rank / (double)s->n_ranked;
        set_intervals(r, u, ranked);
        set_set(r, u, distance, ranked);
    }
out:
    return st;
}

/* --- words --------------------------------------------------------------------------- */

vc_rank_band vc_rank_band_of(double p) {
    if (isnan(p)) return VC_BAND_NONE;
    if (p >= 0.99) return VC_BAND_CERTAIN;
    if (p > 0.70) return VC_BAND_LIKELY;
    return p >= 0.30 ? VC_BAND_TOSS_UP : VC_BAND_UNLIKELY;
}

const char *vc_rank_band_name(vc_rank_band band) {
    static const char *const names[] = {"none", "unlikely", "toss-up", "likely", "certain"};
    return names[band];
}

bool vc_ranked_moved(const vc_ranked *ranked) {
    return ranked->p_movement <= VC_MOVEMENT_LEVEL &&
           ranked->rank_before != ranked->rank_now;
}

void vc_ranking_free(vc_ranking *ranking) {
    vci_free(ranking->compare_with);
    vci_free(ranking->name);
    vci_free(ranking->class_name);
    vci_free(ranking->by);
    vci_free(ranking->units);
    *ranking = (vc_ranking){0};
}
