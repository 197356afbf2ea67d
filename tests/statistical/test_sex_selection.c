/*
 * sex.yaml where there is sex selection and where there is none: 33 townships with 500
 * births a year, of which four years and seven months were reported. The bars are those of
 * vitalcast design, STATISTICS.md section A: 90 % intervals of the townships' deviations
 * cover 87 to 93 % when the truth comes from the model's own law (200 counties, 6,600
 * intervals: the bar is five standard errors wide even if three townships are worth one);
 * without deviations answers differ from those of a shared share by less than 0.01 on
 * average and 0.03 in nineteen of twenty cases.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/sampler_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define TOWNSHIPS 33
#define MONTHS 55 /* up to July */
#define REST 5
#define COUNTIES 200
#define DRAWS 2048
#define DEVIATION 0.065

typedef struct county {
    size_t townships;
    vc_unit_tree tree;
    vc_observations o;
    double deviation[TOWNSHIPS];
} county;

static vc_model shipped(const char *name) {
    vc_model model;
    vc_findings findings;
    char path[64];
    snprintf(path, sizeof path, "models/%s", name);
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vc_model_read(vct_source(path), &findings, &model), VC_OK);
    vc_findings_free(&findings);
    return model;
}

/* 500 births a year: 42 in eight of the months, 41 in four. */
static double births_of(size_t t) { return t % 3 == 2 ? 41 : 42; }

static double normal(unsigned *seed) {
    double radius = sqrt(-2 * log(vct_random(seed)));
    return radius * cos(6.283185307179586 * vct_random(seed));
}

static double binomial(unsigned *seed, double n, double p) {
    double k = 0;
    for (double i = 0; i < n; i++) k += vct_random(seed) < p;
    return k;
}

/* Level and yearly walk as sex.yaml has them, deviations with the given sd. */
static void draw_births(unsigned seed, double level, double walk, double sd, county *c) {
    double year[MONTHS / 12 + 1];
    for (size_t b = 0; b < MONTHS / 12 + 1; b++) year[b] = walk * normal(&seed);
    for (size_t i = 0; i < c->townships; i++) {
        c->deviation[i] = sd * normal(&seed);
        for (size_t t = 0; t < MONTHS; t++) {
            double eta = level + c->deviation[i];
            for (size_t b = 0; b < (MONTHS - 1 - t) / 12; b++) eta += year[b];
            c->o.trials[i * MONTHS + t] = births_of(t);
            c->o.y[i * MONTHS + t] = binomial(&seed, births_of(t), 1 / (1 + exp(-eta)));
        }
    }
}

static void make_county(size_t townships, county *c) {
    size_t parents[TOWNSHIPS + 1] = {SIZE_MAX};
    *c = (county){.townships = townships};
    vct_tree(townships + 1, parents, &c->tree);
    c->o = (vc_observations){.frequency = VC_MONTHLY,
                             .first = 2015 * 12,
                             .n = MONTHS,
                             .h = REST,
                             .n_leaves = townships};
    c->o.y = calloc(townships * MONTHS, sizeof(double));
    c->o.trials = calloc(townships * MONTHS, sizeof(double));
    c->o.log_exposure = calloc(townships * (MONTHS + REST), sizeof(double));
    c->o.years = calloc(MONTHS + REST, sizeof(double));
    c->o.calendar = calloc(VC_CALENDAR_TERMS * (MONTHS + REST), sizeof(double));
    c->o.season = calloc(MONTHS + REST, 1);
}

static void drop_county(county *c) {
    vc_observations_free(&c->o);
    vc_unit_tree_free(&c->tree);
}

/* deviation[townships][DRAWS] of the units (NULL: not wanted), eta[townships][DRAWS] of the
 * coming year. */
static void learn(const county *c, const vc_model *model, double *deviation, double *eta) {
    vc_fit fit;
    vci_sampler sampler;
    vci_sampler_work work;
    ck_assert_int_eq(vc_fit_run("sex", model, &c->tree, &c->o, NULL, NULL, &fit), VC_OK);
    ck_assert_int_eq(vc_fit_weigh(&fit, &c->tree, &c->o, NULL), VC_OK);
    ck_assert_int_eq(
        vci_sampler_init(&sampler, &fit, &c->tree, &c->o, 1, 1, c->o.first + MONTHS),
        VC_OK);
    ck_assert_int_eq(vci_sampler_work_init(&sampler, &work), VC_OK);
    double *batch = calloc(c->townships * REST * VCI_BATCH, sizeof *batch);
    work.root_out = calloc(fit.n_root * VCI_BATCH, sizeof(double));
    work.node_out = calloc(c->tree.n * fit.n_node * VCI_BATCH, sizeof(double));
    for (uint32_t at = 0; at < DRAWS; at += VCI_BATCH) {
        ck_assert_int_eq(vci_sampler_draw(&sampler, &work, at, VCI_BATCH, batch), VC_OK);
        for (size_t i = 0; i < c->townships; i++) {
            size_t unit = c->tree.leaves[i];
            if (deviation)
                memcpy(deviation + i * DRAWS + at,
                       work.node_out + unit * fit.n_node * VCI_BATCH,
                       VCI_BATCH * sizeof(double));
            memcpy(eta + i * DRAWS + at, batch + i * REST * VCI_BATCH,
                   VCI_BATCH * sizeof(double));
        }
    }
    free(batch);
    free(work.root_out);
    free(work.node_out);
    work.root_out = work.node_out = NULL;
    vci_sampler_work_free(&work);
    vci_sampler_free(&sampler);
    vc_fit_free(&fit);
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Is the truth between the 5 % and the 95 % quantile? */
static bool covers(double *draws, double truth) {
    qsort(draws, DRAWS, sizeof *draws, by_size);
    return truth >= draws[DRAWS / 20] && truth <= draws[DRAWS - DRAWS / 20];
}

START_TEST(intervals_of_deviations_cover) {
    vc_model model = shipped("sex.yaml");
    double *deviation = malloc(TOWNSHIPS * DRAWS * sizeof *deviation);
    double *eta = malloc(TOWNSHIPS * DRAWS * sizeof *eta);
    size_t n_covered = 0;
    for (unsigned k = 0; k < COUNTIES; k++) {
        county c;
        unsigned seed = 7000 + k;
        make_county(TOWNSHIPS, &c);
        draw_births(seed, 0.06 + 0.10 * normal(&seed), 0.02, DEVIATION, &c);
        learn(&c, &model, deviation, eta);
        for (size_t i = 0; i < TOWNSHIPS; i++)
            n_covered += covers(deviation + i * DRAWS, c.deviation[i]);
        drop_county(&c);
    }
    double share = (double)n_covered / (COUNTIES * TOWNSHIPS);
    printf("# 90 %% intervals of deviations cover %.4f\n", share);
    free(deviation);
    free(eta);
    vc_model_free(&model);
    ck_assert_double_gt(share, 0.87);
    ck_assert_double_lt(share, 0.93);
}
END_TEST

/* P(sex ratio of the year at most 107) of a township: exact for each draw. */
static double probability(const county *c, size_t i, const double *eta) {
    double all = 0, male = 0, rest = 0, p = 0;
    for (size_t t = MONTHS - 7; t < MONTHS; t++) {
        all += births_of(t);
        male += c->o.y[i * MONTHS + t];
    }
    for (size_t t = MONTHS; t < MONTHS + REST; t++) rest += births_of(t);
    double most = floor((all + rest) * 107 / 207 + 1e-9) - male;
    if (most < 0) return 0;
    for (size_t d = 0; d < DRAWS; d++)
        p += gsl_cdf_binomial_P((unsigned)most, 1 / (1 + exp(-eta[i * DRAWS + d])),
                                (unsigned)rest);
    return p / DRAWS;
}

/* The shared share is sex.yaml without the units' deviations: one share for all. */
START_TEST(without_selection_it_answers_as_a_shared_share) {
    vc_model wide = shipped("sex.yaml"), shared = shipped("sex.yaml");
    shared.middle_level.kind = shared.leaf_level.kind = VC_SCALE_ABSENT;
    double *deviation = malloc(TOWNSHIPS * DRAWS * sizeof *deviation);
    double *eta = malloc(TOWNSHIPS * DRAWS * sizeof *eta);
    double *p = malloc(COUNTIES * TOWNSHIPS * sizeof *p), mean = 0;
    size_t n = COUNTIES * TOWNSHIPS;
    for (unsigned k = 0; k < COUNTIES; k++) {
        county c;
        make_county(TOWNSHIPS, &c);
        draw_births(9000 + k, 0.0733, 0.008, 0, &c); /* SRB 107.6, as in Taiwan */
        learn(&c, &wide, deviation, eta);
        for (size_t i = 0; i < TOWNSHIPS; i++)
            p[k * TOWNSHIPS + i] = probability(&c, i, eta);
        learn(&c, &shared, NULL, eta);
        for (size_t i = 0; i < TOWNSHIPS; i++)
            p[k * TOWNSHIPS + i] = fabs(p[k * TOWNSHIPS + i] - probability(&c, i, eta));
        drop_county(&c);
    }
    for (size_t i = 0; i < n; i++) mean += p[i] / (double)n;
    qsort(p, n, sizeof *p, by_size);
    double high = p[n - n / 20];
    printf("# difference from a shared share: mean %.4f, 95 %% below %.4f\n", mean, high);
    free(p);
    free(deviation);
    free(eta);
    vc_model_free(&wide);
    vc_model_free(&shared);
    ck_assert_double_lt(mean, 0.01);
    ck_assert_double_lt(high, 0.03);
}
END_TEST

/* 122 boys per 100 girls in every month of every township, as near as whole births go. */
static double median_ratio(size_t townships, const vc_model *model) {
    county c;
    double *deviation = malloc(townships * DRAWS * sizeof *deviation);
    double *eta = malloc(townships * DRAWS * sizeof *eta), ratio[DRAWS];
    make_county(townships, &c);
    for (size_t i = 0; i < townships; i++) {
        double all = 0, male = 0;
        for (size_t t = 0; t < MONTHS; t++) {
            all += c.o.trials[i * MONTHS + t] = births_of(t);
            c.o.y[i * MONTHS + t] = round(all * 122 / 222) - male;
            male += c.o.y[i * MONTHS + t];
        }
    }
    learn(&c, model, deviation, eta);
    for (size_t d = 0; d < DRAWS; d++) {
        double share = 0;
        for (size_t i = 0; i < townships; i++)
            share += 1 / (1 + exp(-eta[i * DRAWS + d])) / (double)townships;
        ratio[d] = 100 * share / (1 - share);
    }
    qsort(ratio, DRAWS, sizeof *ratio, by_size);
    free(deviation);
    free(eta);
    drop_county(&c);
    return ratio[DRAWS / 2];
}

START_TEST(a_real_122_stays_above_120) {
    vc_model model = shipped("sex.yaml");
    double large = median_ratio(TOWNSHIPS, &model), small = median_ratio(6, &model);
    printf("# a history at 122: %.2f (33 townships), %.2f (6 townships)\n", large, small);
    vc_model_free(&model);
    ck_assert_double_gt(large, 120);
    ck_assert_double_gt(small, 120);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_real_122_stays_above_120),
                                     VCT(intervals_of_deviations_cover),
                                     VCT(without_selection_it_answers_as_a_shared_share)};
    setvbuf(stdout, NULL, _IOLBF, 0);
    return vct_run("statistical/sex_selection", tests, VCT_COUNT(tests));
}
