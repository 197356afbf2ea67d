/*
 * The fit against a second implementation: tests/known/second_fit.py, dense and in other
 * coordinates, wrote second_fit.txt.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit/marginal_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define MOST_UNITS 32
#define MOST_THETA 16

/* What the file says about one family. */
typedef struct answer {
    vc_family family;
    vc_unit_tree tree;
    vc_observations o;
    vc_model model;
    size_t n_theta, n_mode;
    char names[MOST_THETA][VC_FIT_NAME];
    double theta[MOST_THETA], second[MOST_THETA];
    double *mode, log_det, difference;
} answer;

static const char *name_of(vc_family family) {
#define NAME(constant, name, descriptor, dispersed) [constant] = name,
    static const char *const names[VC_FAMILIES] = {VC_FAMILY_LIST(NAME)};
#undef NAME
    return names[family];
}

static size_t read_numbers(char *text, size_t most, double *x) {
    size_t n = 0;
    char *end;
    for (double v = strtod(text, &end); end != text && n < most; v = strtod(text, &end)) {
        x[n++] = v;
        text = end;
    }
    return n;
}

static void read_names(char *text, answer *a) {
    for (char *name = strtok(text, " "); name; name = strtok(NULL, " ")) {
        ck_assert_uint_lt(a->n_theta, MOST_THETA);
        snprintf(a->names[a->n_theta++], VC_FIT_NAME, "%s", name);
    }
}

static void read_cells(const char *key, char *text, answer *a) {
    vc_observations *o = &a->o;
    size_t cells = o->n_leaves * o->n;
    if (!strcmp(key, "y")) ck_assert_uint_eq(read_numbers(text, cells, o->y), cells);
    if (!strcmp(key, "log_exposure"))
        ck_assert_uint_eq(read_numbers(text, cells, o->log_exposure), cells);
    if (!strcmp(key, "trials") && a->family == VC_BINOMIAL)
        ck_assert_uint_eq(read_numbers(text, cells, o->trials), cells);
    if (!strcmp(key, "calendar"))
        ck_assert_uint_eq(read_numbers(text, o->n, o->calendar), o->n);
}

static void read_answer_line(const char *key, char *text, answer *a) {
    read_cells(key, text, a);
    if (!strcmp(key, "names")) read_names(text, a);
    if (!strcmp(key, "level_mean")) read_numbers(text, 1, &a->model.level_mean);
    if (!strcmp(key, "theta")) read_numbers(text, MOST_THETA, a->theta);
    if (!strcmp(key, "second")) read_numbers(text, MOST_THETA, a->second);
    if (!strcmp(key, "mode")) {
        a->mode = calloc(1024, sizeof *a->mode);
        a->n_mode = read_numbers(text, 1024, a->mode);
    }
    if (!strcmp(key, "log_det")) read_numbers(text, 1, &a->log_det);
    if (!strcmp(key, "difference")) read_numbers(text, 1, &a->difference);
}

static void start_answer(const double *parents, size_t units, size_t periods, answer *a) {
    size_t up[MOST_UNITS];
    for (size_t u = 0; u < units; u++)
        up[u] = parents[u] < 0 ? SIZE_MAX : (size_t)parents[u];
    vct_tree(units, up, &a->tree);
    vct_observations(1, &a->tree, periods, 0, 5, a->family == VC_BINOMIAL, &a->o);
    a->model = vct_full_model(a->family);
    a->model.level_auto = false;
}

static void read_answer(vc_family family, answer *a) {
    double parents[MOST_UNITS], periods = 0;
    size_t units = 0, room = 0;
    bool mine = false;
    char *line = NULL;
    *a = (answer){.family = family};
    FILE *file = fopen(vct_source("tests/known/second_fit.txt"), "r");
    ck_assert_ptr_nonnull(file);
    while (getline(&line, &room, file) > 0) {
        char *key = strtok(line, " "), *rest = strtok(NULL, "\n");
        if (!strcmp(key, "parents")) units = read_numbers(rest, MOST_UNITS, parents);
        if (!strcmp(key, "periods")) read_numbers(rest, 1, &periods);
        if (!strcmp(key, "family")) {
            mine = !strcmp(rest, name_of(family));
            if (mine) start_answer(parents, units, (size_t)periods, a);
        } else if (mine) {
            read_answer_line(key, rest, a);
        }
    }
    free(line);
    fclose(file);
    ck_assert_ptr_nonnull(a->mode);
}

static void free_answer(answer *a) {
    vc_unit_tree_free(&a->tree);
    vc_observations_free(&a->o);
    free(a->mode);
}

/* The file's theta in the order of the engine. */
static void arrange(const vci_field *field, const answer *a, const double *from,
                    double *theta) {
    ck_assert_uint_eq(field->n_theta, a->n_theta);
    for (size_t c = 0; c < field->n_components; c++) {
        size_t i = 0;
        if (field->components[c].theta == VCI_NONE) continue;
        while (i < a->n_theta && strcmp(a->names[i], field->components[c].name)) i++;
        ck_assert_msg(i < a->n_theta, "%s is not in the file", field->components[c].name);
        theta[field->components[c].theta] = from[i];
    }
}

static void check_mode(const vci_field *f, const vci_solver *s, const answer *a) {
    size_t at = f->n_root;
    for (size_t i = 0; i < f->n_root; i++) CHECK_CLOSE(s->x.root[i], a->mode[i], 0, 1e-7);
    for (size_t u = 1; u < f->tree->n; u++)
        for (size_t b = 0; b < f->n_node; b++)
            CHECK_CLOSE(s->x.node[u * f->n_node + b], a->mode[at++], 0, 1e-7);
    ck_assert_uint_eq(at, a->n_mode);
    CHECK_CLOSE(s->log_det, a->log_det, 1e-7, 0);
}

static void check_family(vc_family family) {
    answer a;
    vci_field field;
    vci_marginal m;
    double theta[MOST_THETA], here, there;
    read_answer(family, &a);
    ck_assert_int_eq(vci_field_build(&a.model, &a.tree, &a.o, &field), VC_OK);
    ck_assert_int_eq(vci_marginal_init(&m, &field), VC_OK);
    arrange(&field, &a, a.theta, theta);
    ck_assert_int_eq(vci_marginal_value(&m, theta, &here), VC_OK);
    check_mode(&field, &m.solver, &a);
    arrange(&field, &a, a.second, theta);
    ck_assert_int_eq(vci_marginal_value(&m, theta, &there), VC_OK);
    CHECK_CLOSE(there - here, a.difference, 1e-7, 0);
    vci_marginal_free(&m);
    vci_field_free(&field);
    free_answer(&a);
}

START_TEST(poisson) { check_family(VC_POISSON); }
END_TEST

START_TEST(negative_binomial) { check_family(VC_NEGATIVE_BINOMIAL); }
END_TEST

START_TEST(binomial) { check_family(VC_BINOMIAL); }
END_TEST

START_TEST(normal) { check_family(VC_NORMAL); }
END_TEST

START_TEST(log_normal) { check_family(VC_LOG_NORMAL); }
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(poisson), VCT(negative_binomial), VCT(binomial),
                                     VCT(normal), VCT(log_normal)};
    return vct_run("known/second_fit", tests, VCT_COUNT(tests));
}
