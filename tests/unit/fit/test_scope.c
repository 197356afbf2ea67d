/* Who reports a series, and the tree it is fitted on. */
#include <math.h>

#include "core/memory_internal.h"
#include "fit/scope_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

/*
 * 0 county, 1 and 2 towns, 3 and 4 villages of 1, 5 village of 2. Reports of one month, by
 * unit.
 */
static const size_t parents[] = {SIZE_MAX, 0, 0, 1, 1, 2};

static void make_panel(vc_progress_kind kind, const double *reports, vc_panel *panel) {
    *panel = (vc_panel){.frequency = VC_MONTHLY, .n_periods = 1};
    vct_tree(6, parents, &panel->tree);
    panel->progress = vci_alloc(1, sizeof *panel->progress);
    panel->n_progress = 1;
    panel->progress[0] = (vc_progress){.kind = kind};
    panel->progress[0].numerator = vci_alloc(6, sizeof(double));
    panel->progress[0].denominator = vci_alloc(6, sizeof(double));
    for (size_t u = 0; u < 6; u++) {
        panel->progress[0].numerator[u] = reports[u];
        panel->progress[0].denominator[u] = 100;
    }
}

static void expect(vc_progress_kind kind, const double *reports,
                   const unsigned char *expected) {
    vc_panel panel;
    unsigned char standing[6];
    make_panel(kind, reports, &panel);
    vci_standing_find(&panel, 0, standing);
    for (size_t u = 0; u < 6; u++) ck_assert_uint_eq(standing[u], expected[u]);
    vc_panel_free(&panel);
}

START_TEST(the_lowest_who_report_are_reporters) {
    static const double towns[] = {NAN, 50, 60, NAN, NAN, NAN};
    static const unsigned char of_towns[] = {VCI_SUM,    VCI_REPORTER, VCI_REPORTER,
                                             VCI_SILENT, VCI_SILENT,   VCI_SILENT};
    static const double mixed[] = {40, 50, NAN, 30, NAN, 20};
    static const unsigned char of_mixed[] = {VCI_SUM,      VCI_SUM,    VCI_SUM,
                                             VCI_REPORTER, VCI_SILENT, VCI_REPORTER};
    expect(VC_QUOTA, towns, of_towns);
    expect(VC_STOCK, mixed, of_mixed);
}
END_TEST

START_TEST(surveys_do_not_add_up) {
    static const double reports[] = {NAN, 50, NAN, 30, NAN, 20};
    static const unsigned char expected[] = {VCI_ABOVE,    VCI_ALONE,  VCI_ABOVE,
                                             VCI_REPORTER, VCI_SILENT, VCI_REPORTER};
    expect(VC_SURVEY, reports, expected);
}
END_TEST

START_TEST(the_tree_ends_with_the_reporters) {
    static const double reports[] = {NAN, NAN, 60, 30, NAN, NAN};
    vc_panel panel;
    vci_scope scope;
    vci_role role = vci_role_series(VC_ROLE_QUOTA, 0, VC_NO_UNIT);
    make_panel(VC_QUOTA, reports, &panel);
    ck_assert_int_eq(vci_scope_init(&panel, &role, &scope), VC_OK);
    ck_assert_uint_eq(scope.tree->n, 4);
    ck_assert_uint_eq(scope.tree->n_leaves, 2);
    ck_assert_uint_eq(scope.unit[scope.tree->leaves[0]], 2);
    ck_assert_uint_eq(scope.unit[scope.tree->leaves[1]], 3);
    ck_assert_str_eq(scope.tree->units[scope.tree->leaves[1]].code, "u3");
    ck_assert_uint_eq(scope.tree->units[scope.tree->leaves[1]].level, 2);
    vci_scope_free(&scope);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(events_have_the_whole_tree_and_nobody_is_too_few) {
    static const double nobody[] = {NAN, NAN, NAN, NAN, NAN, NAN};
    vc_panel panel;
    vci_scope scope;
    vci_role births = vci_role_of(VC_ROLE_BIRTHS);
    vci_role quota = vci_role_series(VC_ROLE_QUOTA, 0, VC_NO_UNIT);
    vci_role alone = vci_role_series(VC_ROLE_SURVEY, 0, 4);
    make_panel(VC_QUOTA, nobody, &panel);
    ck_assert_int_eq(vci_scope_init(&panel, &births, &scope), VC_OK);
    ck_assert_ptr_eq(scope.tree, &panel.tree);
    ck_assert_uint_eq(scope.unit[5], 5);
    vci_scope_free(&scope);
    ck_assert_int_eq(vci_scope_init(&panel, &quota, &scope), VC_TOO_FEW_DATA);
    ck_assert_int_eq(vci_scope_init(&panel, &alone, &scope), VC_OK);
    ck_assert_uint_eq(scope.tree->n, 1);
    ck_assert_uint_eq(scope.unit[0], 4);
    ck_assert(scope.tree->units[0].leaf);
    vci_scope_free(&scope);
    vc_panel_free(&panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(the_lowest_who_report_are_reporters),
                                     VCT(surveys_do_not_add_up),
                                     VCT(the_tree_ends_with_the_reporters),
                                     VCT(events_have_the_whole_tree_and_nobody_is_too_few)};
    return vct_run("fit/scope", tests, VCT_COUNT(tests));
}
