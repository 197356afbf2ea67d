#include "support/reference_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/ranking_internal.h"
#include "simulate/simulation_internal.h"
#include "support/ccd.h"
#include "support/harness.h"

static void make_tree(size_t n, vc_unit_tree *tree) {
    size_t units = n == 1 ? 1 : n + 1;
    *tree = (vc_unit_tree){.n = units, .n_leaves = n, .n_levels = n == 1 ? 1 : 2};
    tree->units = calloc(units, sizeof *tree->units);
    tree->down = calloc(units, sizeof *tree->down);
    tree->leaves = calloc(n, sizeof *tree->leaves);
    tree->child_begin = calloc(units + 1, sizeof *tree->child_begin);
    tree->children = calloc(units, sizeof *tree->children);
    for (size_t u = 0; u < units; u++) {
        bool root = u == 0;
        char code[32];
        snprintf(code, sizeof code, "unit%zu", u);
        tree->units[u] = (vc_unit){.code = strdup(code),
                                   .name = strdup(code),
                                   .parent = root ? VC_NO_UNIT : 0,
                                   .level = root ? 0 : 1,
                                   .leaf = n == 1 || !root,
                                   .valid_from = VC_NO_PERIOD,
                                   .valid_to = VC_NO_PERIOD};
        tree->down[u] = u;
        tree->child_begin[u + 1] = units - 1;
        if (n == 1 || !root) tree->leaves[n == 1 ? 0 : u - 1] = u;
        if (!root) tree->children[u - 1] = u;
    }
}

/* Numbers of a line into column t of the leaves' rows; the root gets the sum. */
static void read_row(char *numbers, vct_case *c, double *array, size_t t) {
    vc_panel *p = &c->panel;
    double sum = 0;
    for (size_t i = 0; i < p->tree.n_leaves; i++) {
        double x = strtod(numbers, &numbers);
        array[p->tree.leaves[i] * p->n_periods + t] = x;
        sum += x;
    }
    array[t] = sum;
}

static void make_panel(vct_case *c, size_t units, size_t fitted, vc_period first) {
    vc_panel *p = &c->panel;
    make_tree(units, &p->tree);
    p->frequency = VC_MONTHLY;
    p->first = first;
    p->n_periods = fitted;
    p->has[VC_BIRTHS] = true;
    p->count[VC_BIRTHS] = calloc(p->tree.n * fitted, sizeof(double));
}

static void read_population(char *rest, vct_case *c, size_t t) {
    vc_panel *p = &c->panel;
    if (!p->population) p->population = calloc(p->tree.n * p->n_periods, sizeof(double));
    read_row(rest, c, p->population, t);
}

static void read_answer(vct_answer_kind kind, bool all, char *rest, vct_case *c) {
    c->answers = realloc(c->answers, (c->n_answers + 1) * sizeof *c->answers);
    vct_answer *a = &c->answers[c->n_answers++];
    a->kind = kind;
    a->unit = all ? VCT_ALL_UNITS : strtoul(rest, &rest, 10);
    a->bound = strtod(rest, &rest);
    a->p = strtod(rest, &rest);
    a->mcse = strtod(rest, NULL);
}

static void read_parameter(char *rest, vct_case *c) {
    ck_assert_uint_lt(c->n_parameters, 8);
    vct_parameter *p = &c->parameters[c->n_parameters++];
    ck_assert_int_eq(sscanf(rest, "%39s %lf %lf %lf", p->name, &p->mean, &p->sd, &p->mcse),
                     4);
}

static void read_rate_exposure(char *rest, vct_case *c) {
    size_t leaves = c->panel.tree.n_leaves;
    if (!c->rate_exposure) c->rate_exposure = calloc(leaves, sizeof *c->rate_exposure);
    size_t unit = strtoul(rest, &rest, 10);
    ck_assert_uint_lt(unit, leaves);
    c->rate_exposure[unit] = strtod(rest, NULL);
}

/* A line of answers; false if it is none. */
static bool read_answers(const char *key, char *rest, vct_case *c) {
    static const struct {
        const char *key;
        vct_answer_kind kind;
        bool all;
    } keys[] = {{"unit_p", VCT_TOTAL, false},    {"sum_p", VCT_TOTAL, true},
                {"unit_q", VCT_QUANTILE, false}, {"sum_q", VCT_QUANTILE, true},
                {"rank", VCT_RANK, false},       {"top", VCT_TOP, false}};
    for (size_t i = 0; i < VCT_COUNT(keys); i++)
        if (!strcmp(key, keys[i].key)) {
            read_answer(keys[i].kind, keys[i].all, rest, c);
            return true;
        }
    if (!strcmp(key, "parameter"))
        read_parameter(rest, c);
    else if (!strcmp(key, "rate_exposure"))
        read_rate_exposure(rest, c);
    else
        return false;
    return true;
}

static FILE *open_case(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "tests/known/%s", name);
    FILE *f = fopen(vct_source(path), "r");
    ck_assert_ptr_nonnull(f);
    return f;
}

void vct_case_read_more(const char *name, vct_case *c) {
    FILE *f = open_case(name);
    char *line = NULL;
    size_t room = 0, before = c->n_answers;
    while (getline(&line, &room, f) > 0) {
        char *key = strtok(line, " "), *rest = strtok(NULL, "\n");
        read_answers(key, rest, c);
    }
    free(line);
    fclose(f);
    ck_assert_uint_gt(c->n_answers, before);
}

void vct_case_read(const char *name, vct_case *c) {
    size_t units = 0, fitted = 0, births = 0, heads = 0;
    vc_period first = 0;
    char *line = NULL;
    size_t room = 0;
    *c = (vct_case){0};
    FILE *f = open_case(name);
    while (getline(&line, &room, f) > 0) {
        char *key = strtok(line, " "), *rest = strtok(NULL, "\n");
        if (read_answers(key, rest, c)) continue;
        if (!strcmp(key, "first")) ck_assert(vc_period_parse(rest, VC_MONTHLY, &first));
        if (!strcmp(key, "units")) units = strtoul(rest, NULL, 10);
        if (!strcmp(key, "fitted")) fitted = strtoul(rest, NULL, 10);
        if (!strcmp(key, "ahead")) c->ahead = strtoul(rest, NULL, 10);
        if (!strcmp(key, "codes")) make_panel(c, units, fitted, first);
        if (!strcmp(key, "births")) read_row(rest, c, c->panel.count[VC_BIRTHS], births++);
        if (!strcmp(key, "population")) read_population(rest, c, heads++);
    }
    free(line);
    fclose(f);
    ck_assert_uint_eq(births, fitted);
    ck_assert(heads == 0 || heads == fitted);
    ck_assert_uint_gt(c->n_answers, 0);
}

void vct_case_free(vct_case *c) {
    vc_panel_free(&c->panel);
    free(c->answers);
    free(c->rate_exposure);
    *c = (vct_case){0};
}

/* Observed births of the year's part that lies before the draws. */
static double to_date(const vct_case *c, size_t unit) {
    const vc_panel *p = &c->panel;
    double sum = 0;
    for (size_t t = p->n_periods - (12 - c->ahead); t < p->n_periods; t++)
        sum += p->count[VC_BIRTHS][unit * p->n_periods + t];
    return sum;
}

/* Quotas that answers of kind VCT_TOP may ask for. */
#define MOST_PLACES 4

/* What is counted over the draws: [n_answers] hits, and of quantiles the draws below. */
typedef struct tally {
    double *at_most, *below;
    double *total;                  /* [n_units] of one draw */
    vci_ranks top[MOST_PLACES + 1]; /* of rates, by the places of the quota, from 1 on */
    double *rate;                   /* [n_leaves][draws in a block] */
} tally;

static void sum_year(const vct_case *c, const vc_draws *draws, size_t d,
                     const double *before, tally *t) {
    const int64_t *births = draws->count[VC_BIRTHS];
    for (size_t u = 0; u < c->panel.tree.n; u++) {
        t->total[u] = before[u];
        for (size_t p = 0; p < draws->n_periods; p++)
            t->total[u] += (double)births[(p * draws->n_units + u) * draws->n_draws + d];
    }
}

static void count_draw(const vct_case *c, tally *t) {
    const vc_unit_tree *tree = &c->panel.tree;
    for (size_t a = 0; a < c->n_answers; a++) {
        const vct_answer *answer = &c->answers[a];
        if (answer->kind >= VCT_RANK) continue;
        double total = t->total[answer->unit == VCT_ALL_UNITS ? tree->root
                                                              : tree->leaves[answer->unit]];
        t->at_most[a] += total <= answer->bound;
        t->below[a] += total < answer->bound;
    }
}

/* The engine's own ranks, rank 1 = highest rate. */
static void rank_block(size_t first_draw, size_t n, size_t stride, tally *t) {
    size_t m = t->top[1].m;
    const double **rows = calloc(m, sizeof *rows);
    for (size_t i = 0; i < m; i++) rows[i] = t->rate + i * stride;
    for (size_t quota = 1; quota <= MOST_PLACES; quota++)
        ck_assert_int_eq(vci_ranks_add(&t->top[quota], first_draw, n, rows, NULL), VC_OK);
    free(rows);
}

/* Shares of draws with a rank, or with a place, into the answers about them. */
static void count_ranks(const vct_case *c, size_t draws, tally *t) {
    size_t m = c->panel.tree.n_leaves;
    vc_ranked *units = calloc(m, sizeof *units);
    for (size_t quota = 1; quota <= MOST_PLACES; quota++) {
        const vci_ranks *r = &t->top[quota];
        ck_assert_int_eq(vci_ranks_finish(&t->top[quota], INFINITY, units), VC_OK);
        ck_assert_uint_eq(r->n_bins, 2 * m); /* one per half rank */
        for (size_t a = 0; a < c->n_answers; a++) {
            const vct_answer *answer = &c->answers[a];
            size_t half = 2 * (size_t)answer->bound;
            if (answer->kind == VCT_TOP && (size_t)answer->bound == quota)
                t->at_most[a] = units[answer->unit].p_quota * (double)draws;
            if (answer->kind == VCT_RANK && quota == 1)
                t->at_most[a] = r->bin[answer->unit * r->n_bins + half - 1];
        }
    }
    free(units);
}

static double error_of(const vct_answer *answer, double at_most, double below) {
    switch (answer->kind) {
    case VCT_QUANTILE:
        return fmax(0, fmax(answer->p - at_most, below - answer->p));
    case VCT_RANK:
        return fabs(at_most - below - answer->p);
    case VCT_TOTAL:
    case VCT_TOP:
        break;
    }
    return fabs(at_most - answer->p);
}

static void run_draws(const vct_case *c, vci_simulation *simulation, size_t draws,
                      tally *t) {
    vc_draws block;
    size_t units = c->panel.tree.n;
    double *before = calloc(units, sizeof *before);
    for (size_t u = 0; u < units; u++) before[u] = to_date(c, u);
    ck_assert_int_eq(vci_draws_init(simulation, &block), VC_OK);
    for (size_t at = 0; at < draws; at += simulation->block) {
        size_t n = draws - at < simulation->block ? draws - at : simulation->block;
        ck_assert_int_eq(vci_simulation_block(simulation, at, n, &block), VC_OK);
        for (size_t d = 0; d < n; d++) {
            sum_year(c, &block, d, before, t);
            count_draw(c, t);
            for (size_t i = 0; c->rate_exposure && i < c->panel.tree.n_leaves; i++)
                t->rate[i * simulation->block + d] =
                    t->total[c->panel.tree.leaves[i]] / c->rate_exposure[i];
        }
        if (c->rate_exposure) rank_block(at, n, simulation->block, t);
    }
    vc_draws_free(&block);
    free(before);
}

static const vc_model HOLD_POPULATION = {.history_years = 0};

void vct_case_fit(const vct_case *c, const vc_model *model, vct_depth depth, vc_fit *fit) {
    vc_fit_options options = {.points = depth <= VCT_CCD ? 1 : 0};
    vci_population population;
    vc_observations o;
    ck_assert_int_eq(vci_population_fill(&c->panel, &HOLD_POPULATION, 0, &population),
                     VC_OK);
    ck_assert_int_eq(vci_observations_build(&c->panel, vci_role_of(VC_ROLE_BIRTHS), model,
                                            &population, VC_BY_EVENT, 0, &o),
                     VC_OK);
    ck_assert_int_eq(vc_fit_run("births", model, &c->panel.tree, &o, &options, NULL, fit),
                     VC_OK);
    if (depth == VCT_CCD) vct_ccd(&c->panel.tree, &o, fit);
    if (depth == VCT_WEIGHED)
        ck_assert_int_eq(vc_fit_weigh(fit, &c->panel.tree, &o, NULL), VC_OK);
    vc_observations_free(&o);
    vci_population_free(&population);
}

void vct_case_errors(const vct_case *c, const vc_fit *fit, size_t draws, uint64_t seed,
                     double *error) {
    vci_simulation simulation;
    vc_period end = c->panel.first + (vc_period)c->panel.n_periods;
    tally t = {.at_most = calloc(c->n_answers, sizeof(double)),
               .below = calloc(c->n_answers, sizeof(double)),
               .total = calloc(c->panel.tree.n, sizeof(double))};
    ck_assert_int_eq(vci_simulation_init(&simulation, &c->panel, 1, fit, &HOLD_POPULATION,
                                         VC_BY_EVENT, seed, end,
                                         end + (vc_period)c->ahead - 1, 2),
                     VC_OK);
    t.rate = calloc(c->panel.tree.n_leaves * simulation.block, sizeof *t.rate);
    for (size_t quota = 1; quota <= MOST_PLACES; quota++)
        ck_assert_int_eq(vci_ranks_init(c->panel.tree.n_leaves, quota, false, draws,
                                        simulation.block, &t.top[quota]),
                         VC_OK);
    run_draws(c, &simulation, draws, &t);
    if (c->rate_exposure) count_ranks(c, draws, &t);
    for (size_t a = 0; a < c->n_answers; a++)
        error[a] = error_of(&c->answers[a], t.at_most[a] / (double)draws,
                            t.below[a] / (double)draws);
    vci_simulation_free(&simulation);
    free(t.at_most);
    free(t.below);
    free(t.total);
    free(t.rate);
    for (size_t quota = 1; quota <= MOST_PLACES; quota++) vci_ranks_free(&t.top[quota]);
}

static double point_value(const vc_fit *fit, const vc_fit_point *point, const char *name) {
    if (!strcmp(name, "level")) return point->root[0];
    if (!strcmp(name, "drift")) return point->root[1];
    for (size_t i = 0; i < fit->n_theta; i++)
        if (!strcmp(name, fit->theta_names[i])) return exp(point->theta[i]);
    ck_abort_msg("no parameter %s", name);
}

double vct_fit_mean(const vc_fit *fit, const char *name) {
    double sum = 0;
    for (size_t i = 0; i < fit->n_points; i++)
        sum += fit->points[i].weight * point_value(fit, &fit->points[i], name);
    return sum;
}
