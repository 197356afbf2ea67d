/*
 * How long fits take; the figures of `make bench`.
 *
 *   bench_fit scaling        generated townships, 182 and 5,000: seconds per unit
 *   bench_fit series FILE    the columns of FILE, 96 months: what glmmtmb_hier.R fits
 */
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "fit/observations_internal.h"
#include "num/random_internal.h"
#include "support/small_world.h"

#define SCALE_MONTHS 69
#define SERIES 100
#define SERIES_MONTHS 96

static double cpu_seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

static vc_model births_model(void) {
    vc_model model;
    vc_findings findings;
    char path[4096];
    const char *source = getenv("VCT_SOURCE");
    snprintf(path, sizeof path, "%s/models/births.yaml", source ? source : ".");
    vc_findings_init(&findings, VC_ENGLISH);
    need((vc_model_read(path, &findings, &model)) == VC_OK);
    vc_findings_free(&findings);
    return model;
}

typedef struct spent {
    double wall, cpu;
    unsigned evaluations;
    size_t points;
} spent;

/* Fit, integration and weighing. */
static spent time_fit(const vc_model *model, const vc_unit_tree *tree,
                      const vc_observations *o) {
    vc_fit fit;
    double wall = seconds(), cpu = cpu_seconds();
    need((vc_fit_run("births", model, tree, o, NULL, NULL, &fit)) == VC_OK);
    need((vc_fit_weigh(&fit, tree, o, NULL)) == VC_OK);
    spent s = {seconds() - wall, cpu_seconds() - cpu, fit.evaluations, fit.n_points};
    vc_fit_free(&fit);
    return s;
}

static void make_observations(size_t leaves, size_t n, vc_observations *o) {
    *o = (vc_observations){
        .frequency = VC_MONTHLY, .first = 2014 * 12 + 3, .n = n, .n_leaves = leaves};
    o->y = calloc(leaves * n, sizeof(double));
    o->log_exposure = calloc(leaves * n, sizeof(double));
    o->years = calloc(n, sizeof(double));
    o->calendar = calloc(VC_CALENDAR_TERMS * n, sizeof(double));
    o->season = calloc(n, 1);
    for (size_t t = 0; t < n; t++) {
        o->years[t] = ((double)t - (double)(n - 1)) / 12;
        o->season[t] = (unsigned char)((t + 3) % 12);
    }
}

/* --- generated townships ------------------------------------------------------------- */

/* Counties of about sixteen townships. */
static void make_tree(size_t townships, vc_unit_tree *tree) {
    size_t counties = (townships + 15) / 16, n = 1 + counties + townships;
    size_t *parents = malloc(n * sizeof *parents);
    parents[0] = SIZE_MAX;
    for (size_t c = 0; c < counties; c++) parents[1 + c] = 0;
    for (size_t u = 0; u < townships; u++) parents[1 + counties + u] = 1 + u % counties;
    vct_tree(n, parents, tree);
    free(parents);
}

static double normal(unsigned *seed) {
    double radius = sqrt(-2 * log(vct_random(seed)));
    return radius * cos(6.283185307179586 * vct_random(seed));
}

/* Births as in Taiwan: 10 to 300 a month, season 0.06, shocks 0.04, yearly steps 0.03. */
static void draw_births(size_t townships, vc_observations *o) {
    unsigned seed = 5;
    double common[SCALE_MONTHS], season[12];
    for (size_t m = 0; m < 12; m++) season[m] = 0.06 * normal(&seed);
    for (size_t t = 0; t < o->n; t++)
        common[t] = season[o->season[t]] - 0.03 * o->years[t] + 0.04 * normal(&seed);
    for (size_t u = 0; u < townships; u++) {
        double level = log(10) + 3.4 * vct_random(&seed);
        vci_stream stream = vci_stream_make(9, "bench", 0, (uint32_t)u);
        double mean[SCALE_MONTHS];
        int64_t count[SCALE_MONTHS];
        for (size_t t = 0; t < o->n; t++) {
            if (t % 12 == 0) level += 0.03 * normal(&seed);
            mean[t] = exp(level + common[t]);
        }
        vci_fill_poisson(&stream, 0, o->n, mean, count);
        for (size_t t = 0; t < o->n; t++) o->y[u * o->n + t] = (double)count[t];
    }
}

static spent time_townships(size_t townships) {
    vc_model model = births_model();
    vc_unit_tree tree;
    vc_observations o;
    make_tree(townships, &tree);
    make_observations(townships, SCALE_MONTHS, &o);
    draw_births(townships, &o);
    spent s = time_fit(&model, &tree, &o);
    printf("%5zu townships x %d months: %7.2f s wall, %7.2f s cpu, %u evaluations, %zu "
           "points; %.2f ms per township, %.4f ms per township and evaluation\n",
           townships, SCALE_MONTHS, s.wall, s.cpu, s.evaluations, s.points,
           1000 * s.wall / (double)townships,
           1000 * s.wall / (double)townships / s.evaluations);
    vc_observations_free(&o);
    vc_unit_tree_free(&tree);
    vc_model_free(&model);
    return s;
}

static int scaling(void) {
    spent small = time_townships(182), large = time_townships(5000);
    double ratio = large.wall / 5000 / (small.wall / 182);
    printf("time per unit, 5,000 against 182: ratio %.2f\n", ratio);
    return ratio <= 1.2 ? 0 : 1;
}

/* --- a table of series --------------------------------------------------------------- */

/* y[SERIES][SERIES_MONTHS] from a CSV of one column a series, one row a month. */
static void read_series(const char *path, vc_observations *o) {
    char *line = NULL;
    size_t room = 0;
    FILE *f = fopen(path, "r");
    need(f != NULL);
    need(getline(&line, &room, f) > 0);
    for (size_t t = 0; t < SERIES_MONTHS; t++) {
        need(getline(&line, &room, f) > 0);
        char *at = line;
        for (size_t u = 0; u < SERIES; u++) {
            o->y[u * SERIES_MONTHS + t] = strtod(at, &at);
            at += *at == ',';
        }
    }
    free(line);
    fclose(f);
}

/* As y ~ tt + mon + (1 + tt || u) + (1 | um), nbinom2; its slopes are walks here. */
static int series(const char *path) {
    vc_model model = births_model();
    vc_unit_tree tree;
    vc_observations o;
    size_t parents[SERIES + 1] = {SIZE_MAX};
    model.exposure = VC_EXPOSURE_NONE;
    model.calendar[VC_LOG_WEEKDAYS] = false;
    model.trend.kind = model.shock.kind = VC_SCALE_ABSENT;
    model.leaf_season = (vc_scale){VC_SCALE_PC, 0.05, 0.2, 0.05, 0, 0};
    vct_tree(SERIES + 1, parents, &tree);
    make_observations(SERIES, SERIES_MONTHS, &o);
    read_series(path, &o);
    spent s = time_fit(&model, &tree, &o);
    printf("vitalcast %d x %d: %.2f s wall, %.2f s cpu (%zu points, weighed)\n", SERIES,
           SERIES_MONTHS, s.wall, s.cpu, s.points);
    vc_observations_free(&o);
    vc_unit_tree_free(&tree);
    vc_model_free(&model);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "scaling")) return scaling();
    if (argc == 3 && !strcmp(argv[1], "series")) return series(argv[2]);
    fputs("usage: bench_fit scaling | series FILE\n", stderr);
    return 64;
}
