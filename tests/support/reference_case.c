#include "support/reference_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulation_internal.h"
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
        tree->units[u] =
            (vc_unit){strdup(code), strdup(code),    NULL,         root ? VC_NO_UNIT : 0,
                      root ? 0 : 1, n == 1 || !root, VC_NO_PERIOD, VC_NO_PERIOD};
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
    p->population = calloc(p->tree.n * fitted, sizeof(double));
}

void vct_case_read(const char *name, vct_case *c) {
    size_t units = 0, fitted = 0, births = 0, heads = 0;
    vc_period first = 0;
    char path[256], *line = NULL;
    size_t room = 0;
    *c = (vct_case){0};
    snprintf(path, sizeof path, "tests/known/%s", name);
    FILE *f = fopen(vct_source(path), "r");
    ck_assert_ptr_nonnull(f);
    while (getline(&line, &room, f) > 0) {
        char *key = strtok(line, " "), *rest = strtok(NULL, "\n");
        if (!strcmp(key, "first")) ck_assert(vc_period_parse(rest, VC_MONTHLY, &first));
        if (!strcmp(key, "units")) units = strtoul(rest, NULL, 10);
        if (!strcmp(key, "fitted")) fitted = strtoul(rest, NULL, 10);
        if (!strcmp(key, "ahead")) c->ahead = strtoul(rest, NULL, 10);
        if (!strcmp(key, "codes")) make_panel(c, units, fitted, first);
        if (!strcmp(key, "births")) read_row(rest, c, c->panel.count[VC_BIRTHS], births++);
        if (!strcmp(key, "population")) read_row(rest, c, c->panel.population, heads++);
        if (!strcmp(key, "unit_p") || !strcmp(key, "sum_p")) {
            vct_answer *a = &c->answers[c->n_answers++];
            a->unit = !strcmp(key, "unit_p") ? strtoul(rest, &rest, 10) : SIZE_MAX;
            a->bound = strtod(rest, &rest);
            a->p = strtod(rest, &rest);
            a->mcse = strtod(rest, &rest);
        }
    }
    free(line);
    fclose(f);
    ck_assert_uint_eq(births, fitted);
    ck_assert_uint_eq(heads, fitted);
    ck_assert_uint_gt(c->n_answers, 0);
}

void vct_case_free(vct_case *c) { vc_panel_free(&c->panel); }

/* Observed births of the year's part that lies before the draws. */
static double to_date(const vct_case *c, size_t unit) {
    const vc_panel *p = &c->panel;
    double sum = 0;
    for (size_t t = p->n_periods - (12 - c->ahead); t < p->n_periods; t++)
        sum += p->count[VC_BIRTHS][unit * p->n_periods + t];
    return sum;
}

static void count_block(const vct_case *c, const vc_draws *draws, double *met) {
    const vc_unit_tree *tree = &c->panel.tree;
    for (size_t a = 0; a < c->n_answers; a++) {
        const vct_answer *answer = &c->answers[a];
        size_t unit = answer->unit == SIZE_MAX ? tree->root : tree->leaves[answer->unit];
        double before = to_date(c, unit);
        for (size_t d = 0; d < draws->n_draws; d++) {
            double total = before;
            for (size_t p = 0; p < draws->n_periods; p++)
                total +=
                    (double)draws->count[VC_BIRTHS]
                                        [(p * draws->n_units + unit) * draws->n_draws + d];
            met[a] += total <= answer->bound;
        }
    }
}

void vct_case_probabilities(const vct_case *c, const vc_model *model, size_t draws,
                            uint64_t seed, double *p) {
    const vc_panel *panel = &c->panel;
    vc_model hold = {.history_years = 0};
    vci_population population;
    vc_observations o;
    vc_fit fit;
    vci_simulation simulation;
    vc_draws block;
    vc_period end = panel->first + (vc_period)panel->n_periods;
    ck_assert_int_eq(vci_population_fill(panel, &hold, 0, &population), VC_OK);
    ck_assert_int_eq(vci_observations_build(panel, &vci_role_births, model, &population,
                                            VC_BY_EVENT, 0, &o),
                     VC_OK);
    ck_assert_int_eq(vc_fit_run("births", model, &panel->tree, &o, NULL, NULL, &fit),
                     VC_OK);
    ck_assert_int_eq(vc_fit_weigh(&fit, &panel->tree, &o, NULL), VC_OK);
    ck_assert_int_eq(vci_simulation_init(&simulation, panel, 1, &fit, &hold, VC_BY_EVENT,
                                         seed, end, end + (vc_period)c->ahead - 1, 2),
                     VC_OK);
    ck_assert_int_eq(vci_draws_init(&simulation, &block), VC_OK);
    for (size_t a = 0; a < c->n_answers; a++) p[a] = 0;
    for (size_t at = 0; at < draws; at += simulation.block) {
        size_t n = draws - at < simulation.block ? draws - at : simulation.block;
        ck_assert_int_eq(vci_simulation_block(&simulation, at, n, &block), VC_OK);
        count_block(c, &block, p);
    }
    for (size_t a = 0; a < c->n_answers; a++) p[a] /= (double)draws;
    vc_draws_free(&block);
    vci_simulation_free(&simulation);
    vc_fit_free(&fit);
    vc_observations_free(&o);
    vci_population_free(&population);
}
