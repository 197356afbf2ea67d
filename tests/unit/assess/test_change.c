/*
 * What changed, on the hand-made county. The runs in between are computed here a second
 * time as runs of their own, from inputs put together by hand, by the way of every run.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"
#include "support/small_run.h"

#define BIT(step) (1u << (step))

/* What of the later run's inputs a run has. */
typedef struct plan {
    bool sampling, targets, model, corrections, population;
    bool blocks, month;    /* the as-of period moves on; its figures are known */
    bool code, class_name; /* of township 2 */
    bool formula;          /* of the declared indicator */
} plan;

static plan current; /* of the run that is being made */

/* Standard deviations that are given: nothing to search for, and a fit takes no time. */
#define PLAIN_MODEL(drift)                                                                 \
    "name: plain\nfamily: poisson\nexposure: population\n"                                 \
    "level: {mean: auto, sd: 2}\ndrift: {sd: " drift "}\n"                                 \
    "units: {leaf: {level: {fixed: 0.5}, step: {fixed: 0.1}}}\n"

static void rename_unit(vc_panel *panel, const char *code) {
    free(panel->tree.units[2].code);
    panel->tree.units[2].code = strdup(code);
}

/* A month without figures would not be the last: a value of something else makes it so. */
static void mask_last(vc_panel *panel) {
    size_t n = panel->n_periods;
    for (size_t u = 0; u < 3; u++) {
        if (u > 0) vct_hand_set_boys(panel, u, n - 1, (double)NAN);
        panel->population[u * n + n - 1] = NAN;
    }
    panel->n_values = 1;
    panel->values = calloc(1, sizeof *panel->values);
    panel->values->indicator = strdup("something else");
    panel->values->value = calloc(3 * n, sizeof(double));
    for (size_t i = 0; i < 3 * n - 1; i++) panel->values->value[i] = NAN;
}

/* Boys less girls of the year, as a workspace may declare it. */
static void declare(vc_panel *panel) {
    panel->n_indicators = 1;
    panel->indicators = calloc(1, sizeof *panel->indicators);
    *panel->indicators = (vc_indicator){
        .name = strdup("more_boys"),
        .declared = VC_DECLARED_FORMULA,
        .formula = {VC_INDICATOR_COUNT, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_EVENTS, 1}};
    panel->indicators->formula.plus = current.formula ? VC_DEATHS : VC_BIRTHS_MALE;
}

static void change(vc_panel *panel, vc_targets *targets) {
    size_t n = panel->n_periods;
    char models[256];
    targets->n = 5;
    targets->list[2] = vct_target_at_most("births2", "births", current.targets ? 231 : 227);
    targets->list[3] = vct_target_at_most("rate", "birth_rate", 23);
    targets->list[4] = vct_target_at_most("declared", "more_boys", 24);
    declare(panel);
    snprintf(models, sizeof models, "%s/models", vct_scratch());
    vct_write_file(models, "deaths.yaml", PLAIN_MODEL("0.05"));
    vct_write_file(models, "births.yaml",
                   current.model ? PLAIN_MODEL("0.3") : PLAIN_MODEL("0.05"));
    if (current.corrections) vct_hand_set_boys(panel, 1, 15, 14);
    for (size_t u = 0; current.population && u < 3; u++)
        for (size_t t = 12; t < 19; t++) panel->population[u * n + t] *= 1.03;
    if (current.blocks && current.month) vct_hand_set_boys(panel, 1, 19, 17);
    if (current.blocks && !current.month) mask_last(panel);
    if (current.code) rename_unit(panel, "u9");
    if (current.class_name) panel->tree.units[2].class_name = strdup("乡");
}

static void make(plan wanted, vc_run *run) {
    vct_small small = {.months = wanted.blocks ? 20 : 19,
                       .draws = wanted.sampling ? 700 : 600,
                       .seed = wanted.sampling ? 7 : 0,
                       .change = change};
    current = wanted;
    vct_small_run(&small, run);
}

static const vc_result *find(const vc_run *run, const char *target, const char *unit) {
    for (size_t i = 0; i < run->n_results; i++) {
        const vc_result *r = &run->results[i];
        if (strcmp(run->targets.list[r->target].id, target) == 0 &&
            strcmp(run->panel.tree.units[r->unit].code, unit) == 0)
            return r;
    }
    return NULL;
}

static const vc_result *same_result(const vc_run *run, const vc_run *after, size_t result) {
    const vc_result *r = &after->results[result];
    return find(run, after->targets.list[r->target].id,
                after->panel.tree.units[r->unit].code);
}

static void check_sums(const vc_changes *c, const vc_run *before, const vc_run *after) {
    for (size_t i = 0; i < c->n; i++) {
        const vc_changed *x = &c->list[i];
        const vc_result *b = same_result(before, after, x->result);
        const vc_result *a = &after->results[x->result];
        double p = x->p_before, median = x->median_before;
        ck_assert(x->p_before == b->p_met);
        for (int s = 0; s < VC_CHANGE_STEPS; s++) p += x->p_step[s];
        for (int s = 0; s < VC_CHANGE_STEPS; s++) median += x->median_step[s];
        CHECK_CLOSE(p, a->p_met, 0, 1e-12);
        CHECK_CLOSE(median, a->quantile[VC_MEDIAN], 1e-12, 0);
    }
}

/* Runs that differ in one respect: that step is the whole change, all others exactly 0. */
static void check_alone(plan other, vc_change_step step) {
    vc_run before, after;
    vc_changes c;
    bool moved = false;
    make((plan){0}, &before);
    make(other, &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.differs, BIT(step));
    ck_assert_uint_eq(c.n, 15);
    ck_assert_uint_eq(c.n_fitted + c.n_simulated, 0);
    check_sums(&c, &before, &after);
    for (size_t i = 0; i < c.n; i++)
        for (int s = 0; s < VC_CHANGE_STEPS; s++) {
            if (s != (int)step) ck_assert(c.list[i].p_step[s] == 0);
            if (s != (int)step) ck_assert(c.list[i].median_step[s] == 0);
            moved = moved || c.list[i].p_step[s] != 0;
        }
    ck_assert(moved);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}

START_TEST(sampling_alone) { check_alone((plan){.sampling = true}, VC_CHANGE_SAMPLING); }
END_TEST
START_TEST(targets_alone) { check_alone((plan){.targets = true}, VC_CHANGE_TARGETS); }
END_TEST
START_TEST(model_alone) { check_alone((plan){.model = true}, VC_CHANGE_MODEL); }
END_TEST
/* How an indicator is formed belongs to the model. */
START_TEST(formula_alone) { check_alone((plan){.formula = true}, VC_CHANGE_MODEL); }
END_TEST
START_TEST(corrections_alone) {
    check_alone((plan){.corrections = true}, VC_CHANGE_CORRECTIONS);
}
END_TEST
START_TEST(population_alone) {
    check_alone((plan){.population = true}, VC_CHANGE_POPULATION);
}
END_TEST

START_TEST(identical_runs_give_zeros) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){0}, &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.differs, 0);
    ck_assert_uint_eq(c.n, 15);
    ck_assert_uint_eq(c.n_new + c.n_gone + c.n_news + c.n_fitted + c.n_simulated, 0);
    for (size_t i = 0; i < c.n; i++)
        for (int s = 0; s < VC_CHANGE_STEPS; s++)
            ck_assert(c.list[i].p_step[s] == 0 && c.list[i].median_step[s] == 0);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

/* The steps in their order, and what each adds to the inputs. */
static plan after_step(vc_change_step step) {
    return (plan){.sampling = true,
                  .targets = step >= VC_CHANGE_TARGETS,
                  .model = step >= VC_CHANGE_MODEL,
                  .corrections = step >= VC_CHANGE_CORRECTIONS,
                  .population = step >= VC_CHANGE_POPULATION,
                  .blocks = step >= VC_CHANGE_BLOCKS,
                  .month = step >= VC_CHANGE_PERIODS};
}

static void check_step(const vc_changes *c, vc_change_step step, const vc_run *from,
                       const vc_run *to, const vc_run *after) {
    for (size_t i = 0; i < c->n; i++) {
        const vc_result *x = same_result(from, after, c->list[i].result);
        const vc_result *y = same_result(to, after, c->list[i].result);
        CHECK_CLOSE(c->list[i].p_step[step], y->p_met - x->p_met, 0, 1e-12);
        CHECK_CLOSE(c->list[i].median_step[step],
                    y->quantile[VC_MEDIAN] - x->quantile[VC_MEDIAN], 0, 1e-9);
    }
}

START_TEST(each_step_of_all_is_the_difference_of_two_runs) {
    static const vc_change_step steps[] = {
        VC_CHANGE_SAMPLING,   VC_CHANGE_TARGETS, VC_CHANGE_MODEL,  VC_CHANGE_CORRECTIONS,
        VC_CHANGE_POPULATION, VC_CHANGE_BLOCKS,  VC_CHANGE_PERIODS};
    vc_run before, after, from, to;
    vc_changes c;
    unsigned all = 0;
    make((plan){0}, &before);
    make(after_step(VC_CHANGE_PERIODS), &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.n, 15);
    ck_assert_uint_eq(c.merged, 0);
    ck_assert_uint_eq(c.n_fitted, 4);
    ck_assert_uint_eq(c.n_simulated, 2);
    check_sums(&c, &before, &after);
    make((plan){0}, &from);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        make(after_step(steps[i]), &to);
        check_step(&c, steps[i], &from, &to, &after);
        vc_run_free(&from);
        from = to;
        all |= BIT(steps[i]);
    }
    ck_assert_uint_eq(c.differs, all);
    vc_run_free(&from);
    vc_run_free(&before);
    vc_run_free(&after);
    vc_changes_free(&c);
}
END_TEST

/* Root counts of the new month in the draws of a run that does not know it. */
typedef struct expected {
    size_t n;
    double births;
} expected;

static vc_status add_births(void *context, const vc_draws *d) {
    expected *e = context;
    size_t month = (size_t)(2020 * 12 + 7 - d->first);
    for (size_t i = 0; i < d->n_draws; i++)
        e->births += (double)d->count[VC_BIRTHS][month * d->n_units * d->n_draws + i];
    e->n += d->n_draws;
    return VC_OK;
}

START_TEST(the_new_month_stands_beside_what_was_expected) {
    vc_run before, after, masked;
    vc_changes c;
    expected e = {0};
    make((plan){0}, &before);
    make((plan){.blocks = true, .month = true}, &after);
    make((plan){.blocks = true}, &masked);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.differs, BIT(VC_CHANGE_BLOCKS) | BIT(VC_CHANGE_PERIODS));
    ck_assert_uint_eq(c.n_fitted, 1);
    check_sums(&c, &before, &after);
    ck_assert_int_eq(vc_run_replay(&masked, 0, 600, 1, add_births, &e), VC_OK);
    ck_assert_uint_eq(c.n_news, 3);
    ck_assert_int_eq(c.news[0].event, VC_BIRTHS);
    ck_assert_int_eq(c.news[0].period, 2020 * 12 + 7);
    CHECK_CLOSE(c.news[0].observed, 17 + 9 + 3, 0, 0); /* seven more boys than usual */
    CHECK_CLOSE(c.news[0].expected, e.births / (double)e.n, 1e-12, 0);
    ck_assert(c.news[0].low_80 < c.news[0].expected);
    ck_assert(c.news[0].high_80 > c.news[0].expected);
    ck_assert_int_eq(c.news[2].event, VC_DEATHS);
    CHECK_CLOSE(c.news[2].observed, 8, 0, 0);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
    vc_run_free(&masked);
}
END_TEST

START_TEST(threads_never_change_a_bit) {
    vc_run before, after;
    vc_changes one, two;
    make((plan){0}, &before);
    make(after_step(VC_CHANGE_PERIODS), &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 1, NULL, &one), VC_OK);
    ck_assert_int_eq(vc_changes_find(&before, &after, 3, NULL, &two), VC_OK);
    ck_assert_uint_eq(one.n, two.n);
    ck_assert_mem_eq(one.list, two.list, one.n * sizeof *one.list);
    ck_assert_uint_eq(one.n_news, two.n_news);
    for (size_t i = 0; i < one.n_news; i++) {
        ck_assert(one.news[i].expected == two.news[i].expected);
        ck_assert(one.news[i].low_80 == two.news[i].low_80);
    }
    vc_changes_free(&one);
    vc_changes_free(&two);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

/* A unit with another code is another unit; the rest of the county is still compared. */
START_TEST(another_code_is_another_unit) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){.code = true, .corrections = true}, &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.differs, BIT(VC_CHANGE_UNITS));
    ck_assert_uint_eq(c.n, 10);
    ck_assert_uint_eq(c.n_new, 5);
    ck_assert_uint_eq(c.n_gone, 5);
    ck_assert_str_eq(c.gone[0].unit, "u2");
    ck_assert_int_eq(c.gone[0].year_end, 2020 * 12 + 11);
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(after.results[c.new_results[i]].unit, 2);
    check_sums(&c, &before, &after);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

/* Classes differ and the month is new: the step of the units is computed, and is nothing.
 */
START_TEST(a_class_alone_moves_nothing) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){.class_name = true, .blocks = true, .month = true}, &after);
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.n_fitted, 2);
    ck_assert(c.differs & BIT(VC_CHANGE_UNITS));
    for (size_t i = 0; i < c.n; i++) ck_assert(c.list[i].p_step[VC_CHANGE_UNITS] == 0);
    check_sums(&c, &before, &after);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

/* Of a program that gave another answer from the same inputs. */
START_TEST(what_nothing_explains_is_other) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){0}, &after);
    before.results[0].p_met = before.results[0].p_met / 2 + 0.1;
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    check_sums(&c, &before, &after);
    ck_assert(c.list[0].p_step[VC_CHANGE_OTHER] != 0);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

START_TEST(an_unknown_probability_is_not_compared) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){0}, &after);
    before.results[0].p_met = after.results[1].p_met = NAN;
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert_uint_eq(c.n, 13);
    ck_assert_uint_eq(c.n_new, 1);
    ck_assert_uint_eq(c.new_results[0], 0);
    ck_assert_uint_eq(c.n_gone, 1);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

START_TEST(a_half_known_median_has_no_steps) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make((plan){0}, &after);
    after.results[0].quantile[VC_MEDIAN] = NAN;
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert(isnan(c.list[0].median_before) && isnan(c.list[0].median_step[0]));
    ck_assert(c.list[0].p_step[0] == 0);
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

/* The whole change falls to the next step, and is said to. */
START_TEST(a_run_that_cannot_be_computed_is_passed_over) {
    vc_run before, after;
    vc_changes c;
    make((plan){0}, &before);
    make(after_step(VC_CHANGE_PERIODS), &after);
    before.as_of = before.panel.first - 1; /* nothing of that time is known to the later */
    before.panel.n_periods = 0;
    ck_assert_int_eq(vc_changes_find(&before, &after, 2, NULL, &c), VC_OK);
    ck_assert(c.merged & BIT(VC_CHANGE_CORRECTIONS));
    check_sums(&c, &before, &after);
    for (size_t i = 0; i < c.n; i++)
        ck_assert(c.list[i].p_step[VC_CHANGE_CORRECTIONS] == 0);
    before.panel.n_periods = 19;
    vc_changes_free(&c);
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

START_TEST(runs_that_cannot_be_compared) {
    vc_run a, b;
    vc_changes c;
    make((plan){0}, &a);
    make((plan){0}, &b);
    ck_assert_int_eq(vc_changes_comparable(&a, "示例县", NULL, VC_MONTHLY, a.as_of),
                     VC_COMPARABLE);
    ck_assert_int_eq(vc_changes_comparable(&a, "别县", NULL, VC_MONTHLY, a.as_of),
                     VC_OTHER_WORKSPACE);
    ck_assert_int_eq(vc_changes_comparable(&a, "示例县", "resident", VC_MONTHLY, a.as_of),
                     VC_OTHER_BASIS);
    ck_assert_int_eq(vc_changes_comparable(&a, "示例县", NULL, VC_YEARLY, a.as_of),
                     VC_OTHER_FREQUENCY);
    ck_assert_int_eq(vc_changes_comparable(&a, "示例县", NULL, VC_MONTHLY, a.as_of - 1),
                     VC_EARLIER_AS_OF);
    b.as_of--;
    ck_assert_int_eq(vc_changes_find(&a, &b, 1, NULL, &c), VC_BAD_INPUT);
    a.scenario.n = 1;
    ck_assert_int_eq(vc_changes_comparable(&a, "示例县", NULL, VC_MONTHLY, a.as_of),
                     VC_SCENARIO_RUN);
    a.scenario.n = 0;
    vc_changes_free(&c);
    b.as_of++;
    vc_run_free(&a);
    vc_run_free(&b);
}
END_TEST

/* A sample of the allocations, each failing once: the status says so, nothing is lost. */
START_TEST(without_memory) {
    vc_run before, after;
    vc_changes c;
    vc_status st = VC_NO_MEMORY;
    make((plan){0}, &before);
    make((plan){.corrections = true, .targets = true, .blocks = true, .month = true},
         &after);
    for (long n = 0; st != VC_OK; n = n < 40 ? n + 1 : n + n / 7) {
        vci_memory_fail_at(n);
        st = vc_changes_find(&before, &after, 1, NULL, &c);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_NO_MEMORY || st == VC_OK);
        vc_changes_free(&c);
    }
    vc_run_free(&before);
    vc_run_free(&after);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(sampling_alone),
        VCT(targets_alone),
        VCT(model_alone),
        VCT(formula_alone),
        VCT(corrections_alone),
        VCT(population_alone),
        VCT(identical_runs_give_zeros),
        VCT(each_step_of_all_is_the_difference_of_two_runs),
        VCT(the_new_month_stands_beside_what_was_expected),
        VCT(threads_never_change_a_bit),
        VCT(another_code_is_another_unit),
        VCT(a_class_alone_moves_nothing),
        VCT(what_nothing_explains_is_other),
        VCT(an_unknown_probability_is_not_compared),
        VCT(a_half_known_median_has_no_steps),
        VCT(a_run_that_cannot_be_computed_is_passed_over),
        VCT(runs_that_cannot_be_compared),
        VCT(without_memory),
    };
    return vct_run("assess/change", tests, VCT_COUNT(tests));
}
