/* Figures of the hand-made panel, worked out by hand. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/indicator_internal.h"
#include "support/declared.h"
#include "support/hand_panel.h"
#include "support/harness.h"

static const vc_period JANUARY = 2020 * 12, JULY = 2020 * 12 + 6;

static double figure(vc_panel *panel, const char *name, size_t unit, vc_period first,
                     vc_period last, vc_average_population rule, bool *known) {
    vc_settings settings = {.average_population = rule};
    vc_model hold = {.history_years = 0};
    vci_population population;
    vci_indicator i;
    ck_assert_int_eq(vci_population_fill(panel, &hold, 0, &population), VC_OK);
    ck_assert(vci_indicator_find(panel, name, &i));
    vc_fraction f = vci_figure(&settings, panel, &population, &i, unit, first, last, known);
    vci_population_free(&population);
    return vci_fraction_value(f);
}

START_TEST(counts_and_ratios_come_from_sums) {
    vc_panel p;
    bool known;
    vct_hand_panel(24, &p);
    CHECK_CLOSE(figure(&p, "births", 0, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known), 154, 0,
                0);
    ck_assert(known);
    /* (10 + 2) boys to (9 + 1) girls: the ratio of sums, not the mean of 111.1 and 200. */
    CHECK_CLOSE(
        figure(&p, "sex_ratio_at_birth", 0, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known), 120,
        1e-15, 0);
    vc_panel_free(&p);
}
END_TEST

START_TEST(rates_use_the_declared_average_population) {
    vc_panel p;
    bool known;
    vct_hand_panel(24, &p);
    /* Township 1, January to July 2020: 133 births; December 2019 10,110, July 10,180. */
    CHECK_CLOSE(figure(&p, "birth_rate", 1, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known),
                1000 * 133 / 10145.0, 1e-14, 0);
    /* Middle of seven months: end of the fourth, April: 10,150. */
    CHECK_CLOSE(figure(&p, "birth_rate", 1, JANUARY, JULY, VC_MID_YEAR, &known),
                1000 * 133 / 10150.0, 1e-14, 0);
    CHECK_CLOSE(figure(&p, "birth_rate", 1, JANUARY, JULY, VC_MONTHLY_MEAN, &known),
                1000 * 133 / 10150.0, 1e-14, 0);
    /* The whole year: middle is the end of June, 10,170; births 228, deaths 84. */
    CHECK_CLOSE(
        figure(&p, "natural_growth_rate", 1, JANUARY, JANUARY + 11, VC_MID_YEAR, &known),
        1000 * 144 / 10170.0, 1e-14, 0);
    vc_panel_free(&p);
}
END_TEST

START_TEST(a_missing_month_is_not_a_zero) {
    vc_panel p;
    bool known;
    vct_hand_panel(24, &p);
    vct_hand_set_boys(&p, 2, 14, (double)NAN);
    ck_assert(isnan(figure(&p, "births", 2, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known)));
    ck_assert(!known);
    ck_assert(isnan(figure(&p, "births", 0, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known)));
    CHECK_CLOSE(figure(&p, "births", 1, JANUARY, JULY, VC_TWO_YEAR_ENDS, &known), 133, 0,
                0);
    vc_panel_free(&p);
}
END_TEST

START_TEST(beyond_the_data_is_unknown) {
    vc_panel p;
    bool known;
    vct_hand_panel(24, &p);
    figure(&p, "births", 1, JANUARY, JANUARY + 12, VC_TWO_YEAR_ENDS, &known);
    ck_assert(!known);
    vc_panel_free(&p);
}
END_TEST

START_TEST(an_indicator_needs_its_columns) {
    vc_panel p;
    vci_indicator i;
    vct_hand_panel(24, &p);
    ck_assert(!vci_indicator_find(&p, "no_such_thing", &i));
    p.has[VC_DEATHS] = false;
    ck_assert(!vci_indicator_find(&p, "natural_growth_rate", &i));
    ck_assert(vci_indicator_find(&p, "birth_rate", &i));
    free(p.population);
    p.population = NULL;
    ck_assert(!vci_indicator_find(&p, "birth_rate", &i));
    vc_panel_free(&p);
}
END_TEST

START_TEST(natural_growth_of_series_is_their_difference) {
    double births[] = {12.0, 11.5, 11.0}, deaths[] = {7.0, 7.25, 7.5};
    vc_value_series series[] = {{(char *)(uintptr_t) "birth_rate", births},
                                {(char *)(uintptr_t) "death_rate", deaths}};
    vc_panel p = {.frequency = VC_YEARLY, .first = 2020, .n_periods = 3, .n_values = 2};
    p.values = series;
    vci_indicator i;
    ck_assert(vci_indicator_find(&p, "natural_growth_rate", &i));
    CHECK_CLOSE(vci_value_at(&p, &i, 0, 2022), 3.5, 1e-15, 0);
    ck_assert(isnan(vci_value_at(&p, &i, 0, 2023)));
}
END_TEST

/* The same sums as above, formed otherwise: 12 boys, 10 girls, 8 deaths a month. */
START_TEST(declared_indicators_are_formed_as_they_say) {
    vc_panel p;
    bool known;
    vct_hand_panel(24, &p);
    vct_declare_formula(&p, "女男比", VCT_GIRLS_TO_BOYS);
    vct_declare_formula(&p, "出生死亡比", VCT_BIRTHS_TO_DEATHS);
    vct_declare_formula(&p, "男婴占比", VCT_BOYS_OF_BIRTHS);
    vct_declare_formula(&p, "万人自增率", VCT_GROWTH(10000));
    vct_declare_formula(&p, "女婴", VCT_COUNT_OF(VC_BIRTHS_FEMALE));
    CHECK_CLOSE(figure(&p, "女男比", 0, JANUARY, JULY, VC_MID_YEAR, &known), 1000 / 12.0,
                1e-15, 0);
    CHECK_CLOSE(figure(&p, "出生死亡比", 0, JANUARY, JULY, VC_MID_YEAR, &known), 275, 1e-15,
                0);
    CHECK_CLOSE(figure(&p, "男婴占比", 0, JANUARY, JULY, VC_MID_YEAR, &known), 1200 / 22.0,
                1e-15, 0);
    CHECK_CLOSE(figure(&p, "女婴", 0, JANUARY, JULY, VC_MID_YEAR, &known), 70, 0, 0);
    CHECK_CLOSE(figure(&p, "万人自增率", 1, JANUARY, JANUARY + 11, VC_MID_YEAR, &known),
                10000 * 144 / 10170.0, 1e-14, 0);
    vc_panel_free(&p);
}
END_TEST

/* A declared rate takes the difference of series just like the standard one. */
START_TEST(declared_growth_of_series_is_their_difference) {
    double births[] = {12.0, 11.5}, deaths[] = {7.0, 7.25};
    vc_value_series series[] = {{(char *)(uintptr_t) "birth_rate", births},
                                {(char *)(uintptr_t) "death_rate", deaths}};
    vc_indicator declared = {.name = (char *)(uintptr_t) "自增",
                             .declared = VC_DECLARED_FORMULA,
                             .formula = VCT_GROWTH(1000)};
    vc_panel p = {.frequency = VC_YEARLY, .first = 2020, .n_periods = 2, .n_values = 2};
    vci_indicator i;
    p.values = series;
    p.n_indicators = 1;
    p.indicators = &declared;
    ck_assert(vci_indicator_find(&p, "自增", &i));
    CHECK_CLOSE(vci_value_at(&p, &i, 0, 2021), 4.25, 1e-15, 0);
    declared.formula.scale = 10000; /* no series is per 10,000 */
    ck_assert(!vci_indicator_find(&p, "自增", &i));
}
END_TEST

/* 57 of 50 is 114 %: it counts 100.5 %, in the last record as in the draws. */
START_TEST(what_is_capped_counts_at_most_the_cap) {
    double part[] = {20, 57}, whole[] = {50, 50};
    vc_progress progress = {
        .indicator = (char *)(uintptr_t) "孕检", .numerator = part, .denominator = whole};
    vc_indicator declared = {.name = progress.indicator, .cap = 100.5};
    vc_panel p = {.frequency = VC_YEARLY, .first = 2020, .n_periods = 2, .n_progress = 1};
    vci_indicator i;
    p.progress = &progress;
    ck_assert(vci_indicator_find(&p, "孕检", &i));
    CHECK_CLOSE(vci_progress_at(&p, &i, 0, 2021, 2021), 114, 1e-15, 0);
    ck_assert_int_eq(vci_indicator_capped(&i, (vc_fraction){5700, 50}).den, 50);
    p.n_indicators = 1;
    p.indicators = &declared;
    ck_assert(vci_indicator_find(&p, "孕检", &i));
    CHECK_CLOSE(vci_progress_at(&p, &i, 0, 2021, 2021), 100.5, 1e-15, 0);
    CHECK_CLOSE(vci_progress_at(&p, &i, 0, 2020, 2020), 40, 1e-15, 0);
    vc_fraction f = vci_indicator_capped(&i, (vc_fraction){5700, 50});
    ck_assert(f.num == 100500000 && f.den == 1000000);
    ck_assert_int_eq(vci_indicator_capped(&i, (vc_fraction){5025, 50}).num, 5025);
    ck_assert_int_eq(vci_indicator_capped(&i, (vc_fraction){0, 0}).den, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(counts_and_ratios_come_from_sums),
                                     VCT(rates_use_the_declared_average_population),
                                     VCT(a_missing_month_is_not_a_zero),
                                     VCT(beyond_the_data_is_unknown),
                                     VCT(an_indicator_needs_its_columns),
                                     VCT(natural_growth_of_series_is_their_difference),
                                     VCT(declared_indicators_are_formed_as_they_say),
                                     VCT(declared_growth_of_series_is_their_difference),
                                     VCT(what_is_capped_counts_at_most_the_cap)};
    return vct_run("assess/indicator", tests, VCT_COUNT(tests));
}
