/* Draws of a stored run made again from its posterior. */
#include <math.h>

#include "assess/peer_internal.h"
#include "assess/run_internal.h"
#include "assess/run_tallies_internal.h"
#include "core/memory_internal.h"

vc_status vc_run_year_ends(const vc_run *run, size_t m, const size_t result[VC_DIM(m)],
                           size_t n, unsigned threads, double *figure) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vc_draws draws = {0};
    vci_run_tallies all = {0};
    VC_REQUIRE(n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_run_tallies_wanted(run, &simulation, m, result, &all));
    for (size_t i = 0; i < m * n; i++) figure[i] = NAN;
    VC_TRY(vci_draws_init(&simulation, &draws));
    for (size_t at = 0; at < n;) {
        size_t more = n - at < simulation.block ? n - at : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, at, more, &draws));
        for (size_t i = 0; i < m; i++) all.list[i].figure = figure + i * n + at;
        vci_run_tallies_add(&all, &draws);
        at += more;
    }
out:
    vc_draws_free(&draws);
    vci_run_tallies_free(&all);
    vci_simulation_free(&simulation);
    return st;
}

vc_status vci_run_reassess(const vc_run *run, size_t result, unsigned threads,
                           double *p_met) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vc_draws draws = {0};
    vci_run_tallies all = {0};
    vc_result again = {0};
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_run_tallies_wanted(run, &simulation, 1, &result, &all));
    VC_TRY(vci_draws_init(&simulation, &draws));
    for (size_t at = 0; at < run->n_draws; at += draws.n_draws) {
        size_t left = run->n_draws - at;
        size_t n = left < simulation.block ? left : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, at, n, &draws));
        vci_tally_add(&all.list[0], &draws);
    }
    VC_TRY(vci_tally_finish(&all.list[0], 1, &again));
    *p_met = again.p_met;
out:
    vci_free(again.path);
    vc_draws_free(&draws);
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
    vc_draws draws = {0};
    VC_REQUIRE(first_draw + n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_draws_init(&simulation, &draws));
    for (size_t at = 0; at < n;) {
        size_t m = n - at < simulation.block ? n - at : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, first_draw + at, m, &draws));
        VC_TRY(sink(context, &draws));
        at += m;
    }
out:
    vc_draws_free(&draws);
    vci_simulation_free(&simulation);
    return st;
}
