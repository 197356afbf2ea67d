/* Little history: late starts, units of zeros, a workspace of seven months. */
#include <math.h>

#include "world.h"

static void put_all(const char *units, const char *monthly) {
    put("workspace.yaml", "name: 县\nyear_end_month: 12\n");
    put("units.csv", units);
    put("monthly.csv", monthly);
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "a,2013-12,*,births,at_most,100\nb,2013-12,*,birth_rate,at_most,"
                       "12.5\nc,2013-12,*,sex_ratio_at_birth,at_most,107\n");
}

static void expect_sound(world *w, vc_period as_of, size_t n_warnings) {
    ck_assert_int_eq(world_read(w, VC_CHINESE), VC_OK);
    ck_assert_int_eq(world_targets(w), VC_OK);
    ck_assert_int_eq(vc_panel_truncate(&w->panel, as_of), VC_OK);
    ck_assert_int_eq(vc_targets_check(&w->targets, &w->panel, as_of, &w->findings), VC_OK);
    expect_numbers(w, 0, n_warnings);
}

START_TEST(seven_months_of_one_unit) {
    world w;
    put_all("code\nA\n",
            "unit,month,births_male,births_female,deaths,population\n"
            "A,2013-01,3,2,1,1000\nA,2013-02,0,4,0,1002\nA,2013-03,1,1,2,1002\n"
            "A,2013-04,0,0,1,1001\nA,2013-05,2,2,0,1004\nA,2013-06,1,0,0,1005\n"
            "A,2013-07,4,3,1,1010\n");
    expect_sound(&w, 2013 * 12 + 6, 3);
    expect(&w, VC_WARNING, "S09", "monthly.csv", 1, 12); /* and the two other columns */
    ck_assert_uint_eq(w.panel.n_periods, 7);
    ck_assert_uint_eq(w.panel.tree.n, 1);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-04"), 0, 0, 0);
    world_free(&w);
}
END_TEST

/* A unit whose reports begin this year is there from then on, and no gap before. */
START_TEST(a_unit_starts_this_year) {
    world w;
    char monthly[8192] = "unit,month,births_male,births_female,deaths,population\n";
    size_t used = strlen(monthly);
    for (int t = 0; t < 31; t++)
        for (int unit = 0; unit < 2; unit++)
            if (unit == 0 || t >= 26)
                used += (size_t)snprintf(monthly + used, sizeof monthly - used,
                                         "%c,%d-%02d,%d,5,4,%d\n", 'A' + unit,
                                         2011 + t / 12, 1 + t % 12, 5 + t % 2, 5000 + t);
    put_all("code,parent\nC,\nA,C\nB,C\n", monthly);
    expect_sound(&w, 2013 * 12 + 6, 0);
    ck_assert_int_eq(w.panel.starts[2], 2013 * 12 + 2);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_DEATHS], "C", "2013-02"), 4, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_DEATHS], "C", "2013-03"), 8, 0, 0);
    world_free(&w);
}
END_TEST

/* Zeros in a village, or in all of them, are figures. */
START_TEST(units_of_zeros) {
    world w;
    char monthly[8192] = "unit,month,births_male,births_female,deaths,population\n";
    size_t used = strlen(monthly);
    for (int t = 0; t < 31; t++)
        for (int unit = 0; unit < 2; unit++)
            used += (size_t)snprintf(monthly + used, sizeof monthly - used,
                                     "%c,%d-%02d,0,0,%d,60\n", 'A' + unit, 2011 + t / 12,
                                     1 + t % 12, unit == 1 && t == 17);
    put_all("code,parent\nC,\nA,C\nB,C\n", monthly);
    expect_sound(&w, 2013 * 12 + 6, 0);
    ck_assert(w.panel.has[VC_BIRTHS]);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-07"), 0, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_DEATHS], "C", "2012-06"), 1, 0, 0);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(seven_months_of_one_unit),
                                     VCT(a_unit_starts_this_year), VCT(units_of_zeros)};
    return vct_run("data/panel_gaps", tests, VCT_COUNT(tests));
}
