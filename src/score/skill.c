/* How much better than a baseline, and how sure that is when years are the sample. */
#include <math.h>

#include "core/memory_internal.h"
#include "vitalcast/track.h"

vc_status vc_track_skill(const vc_track *track, const vc_track_part *part,
                         vc_skill *skill) {
    vc_status st = VC_OK;
    vc_track_hits *hits = NULL;
    double *difference = NULL, *n = NULL, total = 0, squares = 0;
    *skill = (vc_skill){.se = NAN};
    VC_NEW(hits, track->n_targets);
    VC_NEW(difference, track->n_years);
    VC_NEW(n, track->n_years);
    for (size_t i = 0; i < track->n_years; i++) {
        vc_track_cell ours, other;
        vc_track_part year = *part;
        year.year = track->years[i];
        vc_track_sum(track, &year, hits, &other);
        year.forecaster = VC_BY_VITALCAST;
        vc_track_sum(track, &year, hits, &ours);
        if (ours.n == 0 || other.n == 0) continue;
        double a = ours.crps / (double)ours.n, b = other.crps / (double)other.n;
        size_t k = skill->n_years++;
        n[k] = (double)ours.n;
        difference[k] = a - b;
        skill->n += ours.n;
        skill->ours += ours.crps;
        skill->other += b * n[k];
        skill->n_better += a < b;
        total += n[k];
    }
    if (skill->n_years == 0) goto out;
    skill->ours /= total;
    skill->other /= total;
    skill->difference = skill->ours - skill->other;
    for (size_t k = 0; k < skill->n_years; k++) {
        double e = n[k] * (difference[k] - skill->difference) / total;
        squares += e * e;
    }
    double years = (double)skill->n_years;
    if (skill->n_years > 1) skill->se = sqrt(squares * years / (years - 1));
out:
    vci_free(hits);
    vci_free(difference);
    vci_free(n);
    return st;
}

/* --- reliability of one tenth ------------------------------------------------------- */

vc_status vc_track_calibration(const vc_track *track, const vc_track_part *part,
                               size_t target, size_t tenth, vc_calibration *c) {
    vc_status st = VC_OK;
    vc_track_hits *hits = NULL;
    vc_track_cell cell;
    double *n = NULL, *excess = NULL, squares = 0, all = 0, p = 0, met = 0;
    *c = (vc_calibration){0, 0, NAN, NAN, NAN};
    VC_REQUIRE(target < track->n_targets && tenth < VC_TENTHS, "target %zu, tenth %zu",
               target, tenth);
    VC_NEW(hits, track->n_targets);
    VC_NEW(n, track->n_years);
    VC_NEW(excess, track->n_years);
    vc_track_sum(track, part, hits, &cell);
    c->n = hits[target].count[tenth];
    p = hits[target].p[tenth];
    met = (double)hits[target].met[tenth];
    for (size_t i = 0; i < track->n_years; i++) {
        vc_track_part year = *part;
        year.year = track->years[i];
        vc_track_sum(track, &year, hits, &cell);
        const vc_track_hits *h = &hits[target];
        if (h->count[tenth] == 0) continue;
        n[c->n_years] = (double)h->count[tenth];
        excess[c->n_years++] = (double)h->met[tenth] - h->p[tenth];
    }
    if (c->n == 0) goto out;
    all = (double)c->n;
    c->mean_p = p / all;
    c->frequency = met / all;
    for (size_t k = 0; k < c->n_years; k++) {
        double e = excess[k] - (met - p) / all * n[k];
        squares += e * e;
    }
    double years = (double)c->n_years;
    if (c->n_years > 1) c->se = sqrt(squares * years / (years - 1)) / all;
out:
    vci_free(hits);
    vci_free(n);
    vci_free(excess);
    return st;
}

/* --- uniformity of the PIT --------------------------------------------------------- */

#define FEWEST_YEARS 3
#define ALL_UP_TO 7
#define RESAMPLES 4096

/* Sum over bins of the squared distance of two distribution functions, times n. */
static double distance(const double *pit, const double *centre, double stretch) {
    double sum = 0, at = 0;
    for (size_t b = 0; b < VC_PIT_BINS; b++) {
        at += pit[b] - centre[b];
        sum += stretch * at * at;
    }
    return sum;
}

/* Shares of the bins when the years are taken `times` times each. */
static void mix(size_t n, const size_t (*counts)[VC_PIT_BINS], const unsigned *times,
                double *pit) {
    double total = 0;
    for (size_t b = 0; b < VC_PIT_BINS; b++) {
        pit[b] = 0;
        for (size_t y = 0; y < n; y++) pit[b] += times[y] * (double)counts[y][b];
        total += pit[b];
    }
    for (size_t b = 0; b < VC_PIT_BINS; b++) pit[b] /= total;
}

/* Resample number k: its digits to base n, or those of a mixed k where there are many. */
static void resample(size_t n, uint64_t k, unsigned *times) {
    for (size_t y = 0; y < n; y++) times[y] = 0;
    for (size_t y = 0; y < n; y++) {
        if (n <= ALL_UP_TO) {
            times[k % n]++;
            k /= n;
            continue;
        }
        /* Steps of Weyl's sequence are spread evenly enough for this. */
        k = k * 6364136223846793005u + 1442695040888963407u;
        times[(k >> 33) % n]++;
    }
}

static double share_beyond(size_t n, const size_t (*counts)[VC_PIT_BINS], unsigned *times) {
    double uniform[VC_PIT_BINS], seen[VC_PIT_BINS], pit[VC_PIT_BINS];
    uint64_t resamples = 1, beyond = 0;
    for (size_t y = 0; y < n && n <= ALL_UP_TO; y++) resamples *= n;
    if (n > ALL_UP_TO) resamples = RESAMPLES;
    for (size_t y = 0; y < n; y++) times[y] = 1;
    for (size_t b = 0; b < VC_PIT_BINS; b++) uniform[b] = 1.0 / VC_PIT_BINS;
    mix(n, counts, times, seen);
    double observed = distance(seen, uniform, 1), few = (double)n / ((double)n - 1);
    for (uint64_t k = 0; k < resamples; k++) {
        resample(n, k, times);
        mix(n, counts, times, pit);
        beyond += distance(pit, seen, few) >= observed;
    }
    return ((double)beyond + 1) / ((double)resamples + 1);
}

vc_status vc_track_uniform(const vc_track *track, const vc_track_part *part, double *p) {
    vc_status st = VC_OK;
    size_t n = 0;
    vc_track_hits *hits = NULL;
    unsigned *times = NULL;
    size_t(*counts)[VC_PIT_BINS] = NULL;
    *p = NAN;
    VC_NEW(hits, track->n_targets);
    VC_NEW(times, track->n_years);
    VC_NEW(counts, track->n_years);
    for (size_t i = 0; i < track->n_years; i++) {
        vc_track_cell cell;
        vc_track_part year = *part;
        year.year = track->years[i];
        vc_track_sum(track, &year, hits, &cell);
        if (cell.n == 0) continue;
        memcpy(counts[n++], cell.pit, sizeof cell.pit);
    }
    if (n >= FEWEST_YEARS)
        *p = share_beyond(n, (const size_t(*)[VC_PIT_BINS])counts, times);
out:
    vci_free(hits);
    vci_free(times);
    vci_free(counts);
    return st;
}
