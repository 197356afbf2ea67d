/*
 * What the assessment costs beyond the simulation; a figure of `make bench`.
 *
 *   bench_assess DIR    workspace DIR, fitted once; then draws alone and draws with
 * everything that is made of them, in turn
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "assess/commendation_internal.h"
#include "assess/run_internal.h"
#include "bench.h"
#include "core/memory_internal.h"
#include "vitalcast/datadir.h"

#define ROUNDS 5
#define MOST_SECONDS 2.0
#define THREADS 2

static void fit_run(const char *dir, const vc_run_options *options, vc_run *run) {
    vc_workspace workspace;
    vc_panel panel;
    vc_targets targets;
    vc_findings findings;
    const char *source = getenv("VCT_SOURCE") ? getenv("VCT_SOURCE") : ".";
    vc_datadirs dirs = {.n = 1, .dirs = &source};
    vc_findings_init(&findings, VC_ENGLISH);
    need(vc_workspace_read(dir, &findings, &workspace) == VC_OK);
    need(vc_panel_read(&workspace, &findings, &panel) == VC_OK);
    need(vc_targets_read(&workspace, &panel, &findings, &targets) == VC_OK);
    need(vc_run_fit(&workspace, &panel, &targets, &dirs, options, NULL, &findings, run) ==
         VC_OK);
    need(vci_rankings_declare(&workspace, &findings, run) == VC_OK);
    vc_workspace_free(&workspace);
    vc_findings_free(&findings);
}

static double drawing; /* seconds spent on blocks of draws */

vc_status __real_vci_simulation_block(vci_simulation *s, size_t first_draw, size_t n,
                                      vc_draws *draws);
vc_status __wrap_vci_simulation_block(vci_simulation *s, size_t first_draw, size_t n,
                                      vc_draws *draws);

vc_status __wrap_vci_simulation_block(vci_simulation *s, size_t first_draw, size_t n,
                                      vc_draws *draws) {
    double begin = seconds();
    vc_status st = __real_vci_simulation_block(s, first_draw, n, draws);
    drawing += seconds() - begin;
    return st;
}

/*
 * Seconds beyond the draws. Results go again, so that the next round finds the run as it
 * was.
 */
static double time_assessment(const vc_run_options *options, vc_run *run) {
    static const vc_observer nobody = {0};
    drawing = 0;
    double begin = seconds();
    need(vci_run_assess(options, &nobody, run) == VC_OK);
    double spent = seconds() - begin - drawing;
    for (size_t i = 0; i < run->n_results; i++) vci_free(run->results[i].path);
    vci_free(run->results);
    vc_scorecards_free(run->n_scorecards, run->scorecards);
    run->n_results = run->n_scorecards = 0;
    run->results = NULL;
    run->scorecards = NULL;
    return spent;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    vc_run run;
    vc_run_options options = vc_run_options_default();
    double beyond[ROUNDS], draws = 0;
    if (argc != 2) {
        fputs("usage: bench_assess DIR\n", stderr);
        return 64;
    }
    options.threads = THREADS;
    options.keep = 0;
    omp_set_num_threads(THREADS);
    fit_run(argv[1], &options, &run);
    for (int i = 0; i < ROUNDS; i++) {
        beyond[i] = time_assessment(&options, &run);
        draws += drawing / ROUNDS;
        printf("draws %.2f s, assessment %.2f s\n", drawing, beyond[i]);
    }
    qsort(beyond, ROUNDS, sizeof *beyond, by_size);
    printf(
        "assessment of %zu units, %zu targets, %zu draws: %.2f s beyond the simulation's "
        "%.2f s (median of %d)\n",
        run.panel.tree.n, run.targets.n, run.n_draws, beyond[ROUNDS / 2], draws, ROUNDS);
    vc_run_free(&run);
    return beyond[ROUNDS / 2] <= MOST_SECONDS ? 0 : 1;
}
