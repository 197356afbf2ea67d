/*
 * Reference case iii: sex ratio of 33 townships, beta-binomial on years, against quadrature
 * (source in the first line of case_iii.txt). The births of the rest of the year are known,
 * the males among them are drawn.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulation_internal.h"
#include "support/harness.h"
#include "support/reference_case.h"
#include "support/small_world.h"

#define UNITS 33
#define DRAWS 200000

/* SRB of at most 107 is a share of males of at most 107 / 207. */
#define SHARE_107 (107.0 / 207.0)

typedef struct sex_case {
    vc_panel panel;        /* the fitted years, then the rest of the last one */
    size_t fitted;         /* years */
    double p[UNITS + 1];   /* the last one is of all units */
    double mean[3], sd[3]; /* of the parameters */
    char name[3][VC_FIT_NAME];
} sex_case;

static void make_panel(size_t fitted, vc_period first, sex_case *c) {
    size_t parents[UNITS + 1] = {SIZE_MAX};
    vc_panel *p = &c->panel;
    vct_tree(UNITS + 1, parents, &p->tree);
    c->fitted = fitted;
    p->frequency = VC_YEARLY;
    p->first = first;
    p->n_periods = fitted + 1;
    for (int e = VC_BIRTHS; e < VC_EVENTS; e++) {
        if (e != VC_BIRTHS && e != VC_BIRTHS_MALE && e != VC_BIRTHS_FEMALE) continue;
        p->has[e] = true;
        p->count[e] = calloc(p->tree.n * p->n_periods, sizeof(double));
    }
}

/* The root, unit 0, gets the sum. */
static void read_row(char *text, double *array, size_t n, size_t t) {
    for (size_t u = 1; u <= UNITS; u++) {
        array[u * n + t] = strtod(text, &text);
        array[t] += array[u * n + t];
    }
}

static void read_line(const char *key, char *rest, sex_case *c, size_t rows[3]) {
    vc_panel *p = &c->panel;
    size_t n = p->n_periods;
    if (!strcmp(key, "births")) read_row(rest, p->count[VC_BIRTHS], n, rows[0]++);
    if (!strcmp(key, "males")) read_row(rest, p->count[VC_BIRTHS_MALE], n, rows[1]++);
    if (!strcmp(key, "births_rest")) read_row(rest, p->count[VC_BIRTHS], n, n - 1);
    if (!strcmp(key, "unit_p")) {
        size_t unit = strtoul(rest, &rest, 10);
        ck_assert_uint_lt(unit, UNITS);
        c->p[unit] = strtod(rest, NULL);
    }
    if (!strcmp(key, "sum_p")) c->p[UNITS] = strtod(rest, NULL);
    if (!strcmp(key, "parameter")) {
        size_t i = rows[2]++;
        ck_assert_uint_lt(i, 3);
        ck_assert_int_eq(sscanf(rest, "%39s %lf %lf", c->name[i], &c->mean[i], &c->sd[i]),
                         3);
    }
}

static void read_case(sex_case *c) {
    size_t rows[3] = {0}, fitted = 0, room = 0;
    vc_period first = 0;
    char *line = NULL;
    *c = (sex_case){0};
    FILE *f = fopen(vct_source("tests/known/case_iii.txt"), "r");
    ck_assert_ptr_nonnull(f);
    while (getline(&line, &room, f) > 0) {
        char *key = strtok(line, " "), *rest = strtok(NULL, "\n");
        if (!strcmp(key, "first")) ck_assert(vc_period_parse(rest, VC_YEARLY, &first));
        if (!strcmp(key, "fitted")) fitted = strtoul(rest, NULL, 10);
        if (!strcmp(key, "codes")) make_panel(fitted, first, c);
        read_line(key, rest, c, rows);
    }
    free(line);
    fclose(f);
    ck_assert_uint_eq(rows[0], fitted);
    ck_assert_uint_eq(rows[1], fitted);
    size_t n = fitted + 1;
    for (size_t u = 0; u <= UNITS; u++) {
        double *male = c->panel.count[VC_BIRTHS_MALE] + u * n;
        double *female = c->panel.count[VC_BIRTHS_FEMALE] + u * n;
        male[fitted] = NAN;
        for (size_t t = 0; t < n; t++)
            female[t] = c->panel.count[VC_BIRTHS][u * n + t] - male[t];
    }
}

static vc_scale pc(double upper, double start) {
    return (vc_scale){
        .kind = VC_SCALE_PC, .upper = upper, .probability = 0.01, .start = start};
}

static vc_model sex_model(void) {
    vc_model m = {.family = VC_BETA_BINOMIAL, .level_mean = 0.0733, .level_sd = 0.02};
    m.trend_block = m.trend_order = m.block = 1;
    m.leaf_level = pc(0.05, 0.01);
    m.dispersion = pc(0.05, 0.01);
    return m;
}

/* Nothing is drawn from it, since all births are known; but sex is a share of births. */
static vc_model births_model(void) {
    vc_model m = {.family = VC_POISSON, .level_auto = true, .level_sd = 1};
    m.trend_block = m.trend_order = m.block = 1;
    return m;
}

static void fit_case(const sex_case *c, vci_role role, const vc_model *model, vc_fit *fit) {
    static const vc_model hold = {.history_years = 0};
    vci_population population;
    vc_observations o;
    ck_assert_int_eq(vci_population_fill(&c->panel, &hold, 0, &population), VC_OK);
    ck_assert_int_eq(
        vci_observations_build(&c->panel, role, model, &population, VC_BY_EVENT, 0, &o),
        VC_OK);
    ck_assert_int_eq(
        vc_fit_run(vc_role_name(role.id), model, &c->panel.tree, &o, NULL, NULL, fit),
        VC_OK);
    vc_observations_free(&o);
    vci_population_free(&population);
}

/* Adds the draws of a block in which the year's share of males is at most 107 / 207. */
static void count_block(const sex_case *c, const vc_draws *block, size_t n, double *met) {
    const double *births = c->panel.count[VC_BIRTHS],
                 *male = c->panel.count[VC_BIRTHS_MALE];
    size_t years = c->panel.n_periods, now = c->fitted - 1;
    for (size_t i = 0; i <= UNITS; i++) {
        size_t u = i == UNITS ? c->panel.tree.root : c->panel.tree.leaves[i];
        double all = births[u * years + now] + births[u * years + now + 1];
        const int64_t *drawn = block->count[VC_BIRTHS_MALE] + u * block->n_draws;
        for (size_t d = 0; d < n; d++)
            met[i] +=
                male[u * years + now] + (double)drawn[d] <= floor(all * SHARE_107 + 1e-9);
    }
}

static void shares(const sex_case *c, const vc_fit fits[2], double *met) {
    static const vc_model hold = {.history_years = 0};
    vci_simulation simulation;
    vc_draws block;
    vc_period rest = c->panel.first + (vc_period)c->fitted;
    ck_assert_int_eq(vci_simulation_init(&simulation, &c->panel, 2, fits, &hold,
                                         VC_BY_EVENT, 1, rest, rest, 2),
                     VC_OK);
    ck_assert_int_eq(vci_draws_init(&simulation, &block), VC_OK);
    ck_assert_uint_eq(block.n_periods, 1);
    for (size_t at = 0; at < DRAWS; at += simulation.block) {
        size_t n = DRAWS - at < simulation.block ? DRAWS - at : simulation.block;
        ck_assert_int_eq(vci_simulation_block(&simulation, at, n, &block), VC_OK);
        count_block(c, &block, n, met);
    }
    for (size_t i = 0; i <= UNITS; i++) met[i] /= DRAWS;
    vc_draws_free(&block);
    vci_simulation_free(&simulation);
}

START_TEST(case_iii_sex_ratio) {
    sex_case c;
    vc_fit fits[2];
    double met[UNITS + 1] = {0}, worst = 0;
    vc_model births = births_model(), sex = sex_model();
    read_case(&c);
    fit_case(&c, vci_role_of(VC_ROLE_BIRTHS), &births, &fits[0]);
    fit_case(&c, vci_role_of(VC_ROLE_SEX), &sex, &fits[1]);
    shares(&c, fits, met);
    for (size_t i = 0; i <= UNITS; i++) worst = fmax(worst, fabs(met[i] - c.p[i]));
    printf("# case_iii.txt: largest error %.4f\n", worst);
    for (size_t i = 0; i < 3; i++) {
        double mean = vct_fit_mean(&fits[1], c.name[i]);
        printf("# case_iii.txt: %s %.5f, %.2f sd off\n", c.name[i], mean,
               (mean - c.mean[i]) / c.sd[i]);
        CHECK_CLOSE(mean, c.mean[i], 0, 0.1 * c.sd[i]);
    }
    vc_fit_free(&fits[0]);
    vc_fit_free(&fits[1]);
    vc_panel_free(&c.panel);
    ck_assert_double_lt(worst, 0.005);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(case_iii_sex_ratio)};
    setvbuf(stdout, NULL, _IOLBF, 0);
    return vct_run("known/case_iii", tests, VCT_COUNT(tests));
}
