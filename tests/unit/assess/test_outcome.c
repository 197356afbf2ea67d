/* Rows of outcomes: what a tally writes agrees with what it counts. */
#include "assess/outcome_internal.h"

#include <math.h>

#include "support/harness.h"

START_TEST(rows_that_take_no_part_have_no_room) {
    vci_outcomes o;
    const bool wanted[] = {false, true, false, true};
    ck_assert_int_eq(vci_outcomes_init(4, wanted, 8, &o), VC_OK);
    ck_assert_uint_eq(o.n_rows, 2);
    ck_assert_uint_eq(o.row[0], VCI_NO_ROW);
    ck_assert_uint_eq(o.row[3], 1);
    vci_tally tally = {0};
    vci_outcomes_lend(&o, 2, &tally);
    ck_assert_ptr_null(tally.met);
    vci_outcomes_lend(&o, 3, &tally);
    ck_assert_ptr_eq(tally.met, o.met + 8);
    vci_outcomes_free(&o);
}
END_TEST

START_TEST(a_known_figure_is_the_same_in_every_draw) {
    vci_outcomes o;
    const bool wanted[] = {true, true, true};
    ck_assert_int_eq(vci_outcomes_init(3, wanted, 5, &o), VC_OK);
    vci_outcomes_settle(&o, 1, 96.5, 1);
    vci_outcomes_settle(&o, 2, 80, 0);
    for (size_t d = 0; d < 5; d++) {
        ck_assert_int_eq(o.met[d], VCI_OPEN);
        ck_assert(isnan(o.figure[d]));
        ck_assert_int_eq(o.met[5 + d], VCI_MET);
        CHECK_CLOSE(o.figure[5 + d], 96.5, 0, 0);
        ck_assert_int_eq(o.met[10 + d], VCI_NOT_MET);
    }
    vci_outcomes_free(&o);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(rows_that_take_no_part_have_no_room),
                                     VCT(a_known_figure_is_the_same_in_every_draw)};
    return vct_run("assess/outcome", tests, VCT_COUNT(tests));
}
