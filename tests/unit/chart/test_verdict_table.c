#include <math.h>

#include "chart/verdict_internal.h"
#include "core/memory_internal.h"
#include "sample_run.h"
#include "support/harness.h"

#define DECEMBER (2013 * 12 + 11)

START_TEST(rows_are_units_and_columns_targets) {
    vc_run run;
    vci_verdict_map v;
    sample_run(13, &run);
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_rows, 14);
    ck_assert_uint_eq(v.n_columns, 4);
    for (size_t row = 0; row < 14; row++) {
        ck_assert_uint_eq(v.unit[row], row);
        for (size_t column = 0; column < 4; column++) {
            ck_assert_uint_eq(v.target[column], column);
            ck_assert_uint_eq(v.result[row * 4 + column], column * 14 + row);
        }
    }
    ck_assert_uint_eq(v.n_assessed, 42); /* not the entry rate */
    size_t likely = 0;
    for (size_t r = 0; r < 42; r++) likely += run.results[r].p_met > 0.5;
    ck_assert_uint_eq(v.n_likely, likely);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

/* The county's row of targets.csv and the townships' one. */
START_TEST(targets_that_say_the_same_share_a_column) {
    vc_run run;
    vci_verdict_map v;
    sample_run(3, &run);
    free(run.targets.list[1].indicator);
    run.targets.list[1].indicator = sample_copy("births");
    run.targets.list[1].value.value.num = 5600;
    run.targets.list[1].decimals = 0;
    size_t kept = 0; /* target 0 for the county alone, target 1 for the townships */
    for (size_t r = 0; r < run.n_results; r++) {
        bool out = (r / 4 == 0 && r % 4 > 0) || (r / 4 == 1 && r % 4 == 0);
        if (out)
            free(run.results[r].path);
        else
            run.results[kept++] = run.results[r];
    }
    run.n_results = kept;
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_columns, 3);
    ck_assert_uint_eq(run.results[v.result[0]].target, 0);
    ck_assert_uint_eq(run.results[v.result[3]].target, 1);
    vci_verdict_map_free(&v);

    run.targets.list[1].direction = VC_AT_MOST; /* the same number, another meaning */
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_columns, 4);
    ck_assert_uint_eq(v.result[1], VCI_NO_RESULT);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

/* One of the townships is put below another one. */
START_TEST(too_many_rows_leave_the_lower_levels_out) {
    vc_run run;
    vci_verdict_map v;
    sample_run(VCI_VERDICT_ROWS, &run);
    run.panel.tree.units[5].level = 2;
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_rows, VCI_VERDICT_ROWS);
    ck_assert_uint_eq(v.n_left_out, 1);
    ck_assert_uint_eq(v.unit[4], 4);
    ck_assert_uint_eq(v.unit[5], 6);
    ck_assert_uint_eq(v.n_assessed, 3 * VCI_VERDICT_ROWS);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
    sample_run(VCI_VERDICT_ROWS - 1, &run);
    run.panel.tree.units[5].level = 2;
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_rows, VCI_VERDICT_ROWS);
    ck_assert_uint_eq(v.n_left_out, 0);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

START_TEST(two_equal_targets_of_a_unit_have_two_columns) {
    vc_run run;
    vci_verdict_map v;
    sample_run(3, &run);
    free(run.targets.list[1].indicator);
    run.targets.list[1].indicator = sample_copy("births");
    run.targets.list[1].value.value.num = 5600;
    run.targets.list[1].decimals = 0;
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert_uint_eq(v.n_columns, 4);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_column_is_validated_when_all_of_it_is) {
    vc_run run;
    vci_verdict_map v;
    sample_run(3, &run);
    run.results[4 + 2].validated = false;
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER, &v), VC_OK);
    ck_assert(v.validated[0] && !v.validated[1] && v.validated[2]);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_year_end_without_targets_is_empty) {
    vc_run run;
    vci_verdict_map v;
    sample_run(3, &run);
    ck_assert_int_eq(vci_verdict_map_collect(&run, DECEMBER + 12, &v), VC_OK);
    ck_assert_uint_eq(v.n_rows + v.n_columns + v.n_assessed, 0);
    vci_verdict_map_free(&v);
    vc_run_free(&run);
}
END_TEST

START_TEST(lack_of_memory_is_told) {
    vc_run run;
    sample_run(3, &run);
    for (long calls = 0; calls < 5; calls++) {
        vci_verdict_map v;
        vci_memory_fail_at(calls);
        vc_status st = vci_verdict_map_collect(&run, DECEMBER, &v);
        vci_memory_fail_at(-1);
        ck_assert_int_eq(st, VC_NO_MEMORY);
        vci_verdict_map_free(&v);
    }
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(rows_are_units_and_columns_targets),
                                     VCT(targets_that_say_the_same_share_a_column),
                                     VCT(too_many_rows_leave_the_lower_levels_out),
                                     VCT(two_equal_targets_of_a_unit_have_two_columns),
                                     VCT(a_column_is_validated_when_all_of_it_is),
                                     VCT(a_year_end_without_targets_is_empty),
                                     VCT(lack_of_memory_is_told)};
    return vct_run("chart/verdict_table", tests, VCT_COUNT(tests));
}
