/* Series too short for a season: which column, how many periods, how many are needed. */
#include "unit/data/world.h"

/* A workspace of a period ("month"), with a monthly.csv of n rows of one unit. */
static void put_rows(const char *period, const char *header, const char *figures, int n) {
    char settings[128], text[8192];
    int used = snprintf(text, sizeof text, "unit,month,%s\n", header);
    for (int t = 0; t < n; t++) {
        char when[32];
        if (*period == 'm')
            snprintf(when, sizeof when, "%d-%02d", 2011 + t / 12, 1 + t % 12);
        else if (*period == 'q')
            snprintf(when, sizeof when, "%d-Q%d", 2011 + t / 4, 1 + t % 4);
        else
            snprintf(when, sizeof when, "%d", 2011 + t);
        used +=
            snprintf(text + used, sizeof text - (size_t)used, "A,%s,%s\n", when, figures);
    }
    snprintf(settings, sizeof settings, "name: x\nperiod: %s\n", period);
    put("workspace.yaml", settings);
    put("units.csv", "code\nA\n");
    put("monthly.csv", text);
}

/* Judges with the k-th period as the as-of. */
static void judge(world *w, int k) {
    ck_assert_int_eq(world_read(w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(vc_targets_check(&w->targets, &w->panel,
                                      w->panel.first + (vc_period)k - 1, &w->findings),
                     VC_OK);
}

START_TEST(two_years_of_months_and_quarters_and_three_years) {
    static const struct {
        const char *period;
        int enough;
        const char *says;
    } cases[] = {{"month", 24, "23 periods with data, 24"},
                 {"quarter", 8, "7 periods with data, 8"},
                 {"year", 3, "2 periods with data, 3"}};
    for (size_t i = 0; i < VCT_COUNT(cases); i++) {
        world w;
        put_rows(cases[i].period, "births", "7", cases[i].enough);
        judge(&w, cases[i].enough);
        ck_assert_ptr_null(found(&w, VC_WARNING, "S09"));
        world_free(&w);
        put_rows(cases[i].period, "births", "7", cases[i].enough - 1);
        judge(&w, cases[i].enough - 1);
        expect_in(cases[i].says,
                  expect(&w, VC_WARNING, "S09", "monthly.csv", 1, 12)->message);
        world_free(&w);
    }
}
END_TEST

START_TEST(what_is_after_the_as_of_is_not_known) {
    world w;
    put_rows("month", "births", "7", 30);
    judge(&w, 20);
    expect_in("20 periods with data",
              expect(&w, VC_WARNING, "S09", "monthly.csv", 1, 12)->message);
    world_free(&w);
}
END_TEST

START_TEST(each_column_is_judged_once) {
    world w;
    put_rows("month", "deaths_male,deaths_female,births_male,births_female", "1,2,3,4", 9);
    judge(&w, 9);
    ck_assert_uint_eq(w.findings.n_warnings, 3); /* births by sex, and deaths at men's */
    expect(&w, VC_WARNING, "S09", "monthly.csv", 1, 38);
    expect_in("deaths", w.findings.list[w.findings.n - 1].message);
    ck_assert_uint_eq(w.findings.list[w.findings.n - 1].column, 12);
    world_free(&w);
}
END_TEST

/* A copy was read from no table: there is no place to point at. */
START_TEST(panels_without_a_table_are_left_alone) {
    world w;
    put_rows("month", "births", "7", 9);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    memset(w.panel.event_line, 0, sizeof w.panel.event_line);
    ck_assert_int_eq(
        vc_targets_check(&w.targets, &w.panel, vc_panel_last(&w.panel), &w.findings),
        VC_OK);
    ck_assert_uint_eq(w.findings.n_warnings, 0);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(two_years_of_months_and_quarters_and_three_years),
                                     VCT(what_is_after_the_as_of_is_not_known),
                                     VCT(each_column_is_judged_once),
                                     VCT(panels_without_a_table_are_left_alone)};
    return vct_run("data/panel_history", tests, VCT_COUNT(tests));
}
