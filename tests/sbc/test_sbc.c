/*
 * Simulation-based calibration of the engine (support/calibration.h): worlds drawn from the
 * prior of a model are fitted and simulated; among the draws, truths must lie anywhere with
 * equal probability, and targets be met as often as said.
 *
 *   test_sbc [FAMILY ... | all]      binomial, the quickest of counts, when none is named
 *
 * $VCT_SIMULATIONS worlds of each family (100). $VCT_SDS=known tells the fit the true
 * standard deviations: faults that remain are those of the latent field or the draws.
 *
 * The limit of every check is 0.01 / number of checks (Bonferroni), so that an engine
 * without fault goes red for one seed in a hundred; the seed is fixed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/calibration.h"
#include "support/prior_answer.h"
#include "support/prior_models.h"

#define FAMILY_WISE 0.01
#define SEED 20180418UL /* the day of Talts et al.'s preprint */

enum { MOST_CHECKS = VCT_PRIORS * (2 * VCT_PLACES + 2 * VCT_MOST_FIGURES) };

typedef struct check {
    char name[96];
    vct_verdict verdict;
} check;

typedef struct report {
    size_t n;
    check checks[MOST_CHECKS];
    size_t failed_worlds;
} report;

static void add(report *r, const vct_prior *prior, const char *what, const char *how,
                vct_verdict verdict) {
    check *c = &r->checks[r->n++];
    snprintf(c->name, sizeof c->name, "%s/%s_%s", prior->name, what, how);
    c->verdict = verdict;
}

static void add_targets(report *r, const vct_prior *prior, size_t figure, const char *name,
                        size_t n, const vct_answer_to *answers) {
    size_t draws = VCT_DRAWS - VCT_TARGET_DRAWS;
    double *p = malloc(n * sizeof *p);
    bool *met = malloc(n * sizeof *met);
    for (size_t i = 0; i < n; i++) {
        p[i] = answers[i].p[figure];
        met[i] = answers[i].met[figure];
    }
    add(r, prior, name, "met_in_sum", vct_happens_in_sum(n, p, met, draws));
    add(r, prior, name, "met_in_groups", vct_happens_in_groups(n, p, met, draws));
    free(p);
    free(met);
}

static void add_checks(report *r, const vct_prior *prior, bool known, size_t n,
                       const vct_answer_to *answers) {
    double *places = malloc(n * sizeof *places);
    for (size_t k = 0; k < VCT_PLACES; k++) {
        const char *name = vct_place_name(prior, known, k);
        if (!name) continue;
        for (size_t i = 0; i < n; i++) places[i] = answers[i].place[k];
        add(r, prior, name, "rank", vct_uniform(n, places));
        /* Weighted points have no tails to be judged. */
        if (k >= VCT_SDS) add(r, prior, name, "spread", vct_spread(n, places));
        if (k > VCT_FIGURES) add_targets(r, prior, k - VCT_FIGURES, name, n, answers);
    }
    free(places);
}

/* Every world has its own seed, so that threads change nothing. */
static void calibrate(report *r, const vct_prior *prior, bool known, size_t n) {
    vct_answer_to *answers = calloc(n, sizeof *answers), *kept = answers;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < n; i++) vct_prior_answer(prior, SEED, i, known, &answers[i]);
    for (size_t i = 0; i < n; i++)
        if (!answers[i].failed) *kept++ = answers[i];
    size_t n_kept = (size_t)(kept - answers);
    r->failed_worlds += n - n_kept;
    add_checks(r, prior, known, n_kept, answers);
    clock_gettime(CLOCK_MONOTONIC, &to);
    fprintf(stderr, "%s: %zu worlds in %ld s\n", prior->name, n,
            (long)(to.tv_sec - from.tv_sec));
    free(answers);
}

static int print(const report *r, size_t n_worlds) {
    double limit = FAMILY_WISE / (double)r->n;
    size_t failed = 0;
    for (size_t i = 0; i < r->n; i++) {
        const check *c = &r->checks[i];
        bool ok = c->verdict.p >= limit;
        failed += !ok;
        printf("%s sbc/%s: statistic %.4g, p %.3g, limit %.3g\n", ok ? "ok" : "not ok",
               c->name, c->verdict.statistic, c->verdict.p, limit);
    }
    bool all = r->failed_worlds == 0;
    failed += !all;
    printf("%s sbc/every_world_has_an_answer: %zu of %zu without\n", all ? "ok" : "not ok",
           r->failed_worlds, n_worlds);
    printf("%zu passed, %zu failed, 0 skipped\n", r->n + 1 - failed, failed);
    return failed > 0;
}

static bool is_named(const vct_prior *prior, int n, char *const names[]) {
    if (n == 0) return !strcmp(prior->name, "binomial");
    for (int i = 0; i < n; i++)
        if (!strcmp(names[i], "all") || !strcmp(names[i], prior->name)) return true;
    return false;
}

int main(int argc, char *argv[]) {
    const char *count = getenv("VCT_SIMULATIONS"), *sds = getenv("VCT_SDS");
    size_t n = count ? strtoul(count, NULL, 10) : 100, families = 0;
    bool known = sds && !strcmp(sds, "known");
    static report r;
    for (size_t i = 0; i < VCT_PRIORS && n >= 100; i++) {
        if (!is_named(&vct_priors[i], argc - 1, argv + 1)) continue;
        calibrate(&r, &vct_priors[i], known, n);
        families++;
    }
    if (families > 0) return print(&r, families * n);
    printf("not ok sbc/arguments: no such family, or fewer than 100 simulations\n");
    return 1;
}
