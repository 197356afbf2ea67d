#include "chart/caterpillar_internal.h"
#include "core/memory_internal.h"
#include "sample_run.h"
#include "support/harness.h"

#define UNITS 14
#define RESULT(target, unit) ((target)*UNITS + (unit))

static vc_run run;
static vc_suppression suppression;

static void begin(void) {
    sample_run(UNITS - 1, &run);
    run.settings.grade = vc_grade_rules_default();
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
}

static vci_caterpillar collect(size_t result) {
    vci_caterpillar c;
    ck_assert_int_eq(vci_caterpillar_collect(&run, result, &suppression, &c), VC_OK);
    return c;
}

static void end(vci_caterpillar *c) {
    vci_caterpillar_free(c);
    vc_suppression_free(&suppression);
    vc_run_free(&run);
}

static const vci_interval *row_of(const vci_caterpillar *c, size_t result) {
    for (size_t i = 0; i < c->n; i++)
        if (c->rows[i].result == result) return &c->rows[i];
    ck_abort_msg("no row of result %zu", result);
    return NULL;
}

START_TEST(the_top_stands_first_then_from_best_to_worst) {
    begin();
    vci_caterpillar c = collect(RESULT(2, 0)); /* sex ratio at most 107 */
    ck_assert_uint_eq(c.n, UNITS);
    ck_assert_uint_eq(c.rows[0].result, RESULT(2, 0));
    for (size_t i = 2; i < c.n; i++)
        ck_assert(c.rows[i - 1].quantile[VC_MEDIAN] <= c.rows[i].quantile[VC_MEDIAN]);
    ck_assert(c.one_bound && c.rows[0].bound == 107 && !c.relative);
    end(&c);

    begin();
    c = collect(RESULT(1, 0)); /* natural growth at least 9: the highest is the best */
    for (size_t i = 2; i < c.n; i++)
        ck_assert(c.rows[i - 1].quantile[VC_MEDIAN] >= c.rows[i].quantile[VC_MEDIAN]);
    end(&c);
}
END_TEST

START_TEST(counts_are_shown_as_shares_of_the_target) {
    begin();
    vci_caterpillar c = collect(RESULT(0, 0));
    ck_assert(c.relative);
    const vci_interval *row = row_of(&c, RESULT(0, 0));
    double share = 100 * run.results[RESULT(0, 0)].quantile[VC_MEDIAN] / 5600;
    ck_assert(fabs(row->quantile[VC_MEDIAN] - share) < 1e-12 * share);
    ck_assert(row->bound == 100);
    end(&c);
}
END_TEST

/* A township's births are too few to decide on a sex ratio: no side, whatever it says. */
START_TEST(chance_is_on_no_side) {
    begin();
    vc_result *far = &run.results[RESULT(2, 1)];
    for (size_t q = 0; q < VC_QUANTILES; q++) far->quantile[q] = 150 + (double)q;
    vci_caterpillar c = collect(RESULT(2, 0));
    ck_assert_int_eq(row_of(&c, RESULT(2, 1))->mark, VCI_INTERVAL_SMALL);
    ck_assert_uint_gt(c.n_small, 0);
    end(&c);
}
END_TEST

/* The same record a hundred times as large decides, on the side where the interval lies. */
START_TEST(a_large_record_stands_on_its_side) {
    static const struct {
        double from;
        vci_interval_mark mark;
    } cases[] = {
        {112, VCI_INTERVAL_WRONG}, {100, VCI_INTERVAL_RIGHT}, {104, VCI_INTERVAL_OPEN}};
    for (size_t i = 0; i < 3; i++) {
        sample_run(UNITS - 1, &run);
        run.settings.grade = vc_grade_rules_default();
        for (size_t j = 0; j < UNITS * 31; j++) {
            run.panel.count[VC_BIRTHS][j] *= 100;
            run.panel.count[VC_BIRTHS_MALE][j] *= 100;
            run.panel.count[VC_BIRTHS_FEMALE][j] *= 100;
        }
        ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
        for (size_t q = 0; q < VC_QUANTILES; q++)
            run.results[RESULT(2, 0)].quantile[q] = cases[i].from + (double)q;
        vci_caterpillar c = collect(RESULT(2, 0));
        ck_assert_int_eq(row_of(&c, RESULT(2, 0))->mark, cases[i].mark);
        end(&c);
    }
}
END_TEST

START_TEST(what_may_not_be_told_has_no_numbers_and_no_order) {
    sample_run(UNITS - 1, &run);
    run.settings.min_cell = 1e6;
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
    vci_caterpillar c = collect(RESULT(2, 0));
    ck_assert_uint_eq(c.n_hidden, UNITS);
    ck_assert(isnan(c.low));
    for (size_t i = 0; i < c.n; i++) {
        ck_assert_uint_eq(c.rows[i].result, RESULT(2, i)); /* unit order */
        ck_assert_int_eq(c.rows[i].mark, VCI_INTERVAL_HIDDEN);
        for (size_t q = 0; q < VC_QUANTILES; q++) ck_assert(isnan(c.rows[i].quantile[q]));
    }
    end(&c);
}
END_TEST

START_TEST(nothing_projected_is_drawn_last) {
    begin();
    vci_caterpillar c = collect(RESULT(3, 0)); /* the service has no results */
    ck_assert_uint_eq(c.n_assessed, 0);
    for (size_t i = 0; i < c.n; i++) ck_assert_int_eq(c.rows[i].mark, VCI_INTERVAL_NOTHING);
    end(&c);
}
END_TEST

START_TEST(lack_of_memory_is_told) {
    begin();
    vci_caterpillar c;
    vci_memory_fail_at(0);
    vc_status st = vci_caterpillar_collect(&run, 0, &suppression, &c);
    vci_memory_fail_at(-1);
    ck_assert_int_eq(st, VC_NO_MEMORY);
    end(&c);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(the_top_stands_first_then_from_best_to_worst),
                                     VCT(counts_are_shown_as_shares_of_the_target),
                                     VCT(chance_is_on_no_side),
                                     VCT(a_large_record_stands_on_its_side),
                                     VCT(what_may_not_be_told_has_no_numbers_and_no_order),
                                     VCT(nothing_projected_is_drawn_last),
                                     VCT(lack_of_memory_is_told)};
    return vct_run("chart/caterpillar_rows", tests, VCT_COUNT(tests));
}
