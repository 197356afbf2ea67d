/* Draws of a stored run made again from its posterior. */
#include <math.h>

#include "assess/peer_internal.h"
#include "assess/run_internal.h"
#include "assess/run_tallies_internal.h"
#include "core/memory_internal.h"

/* Where the year-end figures of some results go: [all.n][n]. */
typedef struct year_ends {
    vci_run_tallies all;
    size_t n;
    double *figure;
} year_ends;

static vc_status take_year_ends(void *context, const vc_draws *draws) {
    year_ends *y = context;
    for (size_t i = 0; i < y->all.n; i++)
        y->all.list[i].figure = y->figure + i * y->n + draws->first_draw;
    vci_run_tallies_add(&y->all, draws);
    return VC_OK;
}

vc_status vc_run_year_ends(const vc_run *run, size_t m, const size_t result[VC_DIM(m)],
                           size_t n, unsigned threads, double *figure) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    year_ends y = {.n = n, .figure = figure};
    VC_REQUIRE(n <= UINT32_MAX, "draws beyond 2^32");
    for (size_t i = 0; i < m * n; i++) figure[i] = NAN;
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_run_tallies_wanted(run, &simulation, m, result, &y.all));
    VC_TRY(vci_simulation_run(&simulation, 0, n, take_year_ends, &y));
out:
    vci_run_tallies_free(&y.all);
    vci_simulation_free(&simulation);
    return st;
}

static vc_status take_tallies(void *context, const vc_draws *draws) {
    vci_run_tallies_add(context, draws);
    return VC_OK;
}

vc_status vci_run_reassess(const vc_run *run, size_t result, unsigned threads,
                           double *p_met) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vci_run_tallies all = {0};
    vc_result again = {0};
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_run_tallies_wanted(run, &simulation, 1, &result, &all));
    VC_TRY(vci_simulation_run(&simulation, 0, run->n_draws, take_tallies, &all));
    VC_TRY(vci_tally_finish(&all.list[0], 1, &again));
    *p_met = again.p_met;
out:
    vci_free(again.path);
    vci_run_tallies_free(&all);
    vci_simulation_free(&simulation);
    return st;
}

vc_status vc_run_peer_year_ends(const vc_run *run, size_t peer, const char *indicator,
                                vc_period year_end, size_t n, unsigned threads,
                                double *figure) {
    vc_status st = VC_OK;
    vci_peer_draws peers = {0};
    VC_REQUIRE(peer < run->panel.peers.n, "peer %zu", peer);
    VC_REQUIRE(n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_peer_draws_init(run, VCI_BATCH * 8, vci_threads(threads), &peers));
    for (size_t at = 0; at < n;) {
        size_t more = n - at < VCI_BATCH * 8 ? n - at : VCI_BATCH * 8;
        VC_TRY(vci_peer_draws_block(&peers, at, more));
        const double *row = vci_peer_draws_row(&peers, run, peer, indicator, year_end);
        for (size_t d = 0; d < more; d++) figure[at + d] = row ? row[d] : (double)NAN;
        at += more;
    }
out:
    vci_peer_draws_free(&peers);
    return st;
}

vc_status vc_run_replay(const vc_run *run, size_t first_draw, size_t n, unsigned threads,
                        vc_draws_sink sink, void *context) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    VC_REQUIRE(first_draw + n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_simulation_run(&simulation, first_draw, n, sink, context));
out:
    vci_simulation_free(&simulation);
    return st;
}
