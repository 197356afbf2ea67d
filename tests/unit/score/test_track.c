/* The track record: sums, skill by year, uniformity, alarms. */
#include "vitalcast/track.h"

#include <math.h>

#include "support/harness.h"
#include "support/small_world.h"

static void begin(vc_track *track) {
    static const char *const indicators[] = {"births", "deaths"};
    static vc_track_target targets[] = {
        {.id = (char *)(uintptr_t) "last_year", .indicator = 0},
        {.id = (char *)(uintptr_t) "last_year", .indicator = 1}};
    ck_assert_int_eq(vc_track_init(2, indicators, 2, targets, track), VC_OK);
}

/* n forecasts of one year with a CRPS. */
static void add(vc_track *track, vc_forecaster who, int year, size_t n, double crps) {
    vc_track_cell key = {.forecaster = who, .level = 2, .year = year, .observed = 7};
    vc_track_cell *cell;
    ck_assert_int_eq(vc_track_cell_of(track, &key, &cell), VC_OK);
    for (size_t i = 0; i < n; i++) {
        vc_score score = {.crps = crps, .pit = 0.5};
        vc_track_add(cell, &score);
    }
}

static const vc_track_part PACE = {VC_BY_PACE,     0, 2, VC_ANY, VC_ANY, VC_ANY,
                                   VC_TRACK_FIGURE};

START_TEST(parts_add_up) {
    vc_track track;
    vc_track_hits hits[2];
    vc_track_cell sum;
    begin(&track);
    add(&track, VC_BY_PACE, 2021, 3, 10);
    add(&track, VC_BY_PACE, 2019, 1, 2);
    vc_track_part part = PACE;
    vc_track_sum(&track, &part, hits, &sum);
    ck_assert_uint_eq(sum.n, 4);
    CHECK_CLOSE(sum.crps, 32, 1e-15, 0);
    part.year = 2021;
    vc_track_sum(&track, &part, hits, &sum);
    ck_assert_uint_eq(sum.n, 3);
    part.level = 1;
    vc_track_sum(&track, &part, hits, &sum);
    ck_assert_uint_eq(sum.n, 0);
    ck_assert_uint_eq(track.n_years, 2);
    ck_assert_int_eq(track.years[0], 2019);
    ck_assert_int_eq(track.years[1], 2021);
    vc_track_free(&track);
}
END_TEST

/*
 * By hand: differences -1, -3, -2 in three years of equal size: mean -2, standard error
 * sd / sqrt(3) = 1 / sqrt(3).
 */
START_TEST(years_are_the_sample_of_skill) {
    vc_track track;
    vc_skill skill;
    begin(&track);
    const double ours[] = {9, 6, 4}, other[] = {10, 9, 6};
    for (int y = 0; y < 3; y++) {
        add(&track, VC_BY_VITALCAST, 2019 + y, 50, ours[y]);
        add(&track, VC_BY_PACE, 2019 + y, 50, other[y]);
    }
    ck_assert_int_eq(vc_track_skill(&track, &PACE, &skill), VC_OK);
    ck_assert_uint_eq(skill.n_years, 3);
    ck_assert_uint_eq(skill.n_better, 3);
    CHECK_CLOSE(skill.difference, -2, 1e-14, 0);
    CHECK_CLOSE(skill.se, 1 / sqrt(3), 1e-14, 0);
    vc_track_free(&track);
}
END_TEST

START_TEST(a_single_year_has_no_standard_error) {
    vc_track track;
    vc_skill skill;
    begin(&track);
    add(&track, VC_BY_VITALCAST, 2019, 5, 1);
    add(&track, VC_BY_PACE, 2019, 5, 2);
    add(&track, VC_BY_PACE, 2020, 5, 2);
    ck_assert_int_eq(vc_track_skill(&track, &PACE, &skill), VC_OK);
    ck_assert_uint_eq(skill.n_years, 1);
    ck_assert(isnan(skill.se));
    vc_track_free(&track);
}
END_TEST

START_TEST(tenths_take_the_nearest) {
    vc_track track;
    vc_track_cell key = {.forecaster = VC_BY_VITALCAST, .year = 2020}, *cell;
    begin(&track);
    ck_assert_int_eq(vc_track_cell_of(&track, &key, &cell), VC_OK);
    vc_track_add_hit(&track, cell, 0, 0.7, true);
    vc_track_add_hit(&track, cell, 0, 0.66, false);
    vc_track_add_hit(&track, cell, 0, 0.64, true);
    vc_track_add_hit(&track, cell, 0, 1, true);
    vc_track_add_hit(&track, cell, 0, 0, false);
    ck_assert_uint_eq(cell->hits[0].count[7], 2);
    ck_assert_uint_eq(cell->hits[0].met[7], 1);
    CHECK_CLOSE(cell->hits[0].p[7], 1.36, 1e-14, 0);
    ck_assert_uint_eq(cell->hits[0].count[6], 1);
    ck_assert_uint_eq(cell->hits[0].count[10], 1);
    ck_assert_uint_eq(cell->hits[0].count[0], 1);
    vc_track_free(&track);
}
END_TEST

/* Years of n forecasts whose PIT is shift + spread (u - 1/2) around 1/2. */
static double uniform_p(unsigned seed, int years, size_t n, double shift, double spread) {
    vc_track track;
    double p;
    vc_track_part part = {VC_BY_VITALCAST, 0,      VC_ANY,         VC_ANY,
                          VC_ANY,          VC_ANY, VC_TRACK_FIGURE};
    begin(&track);
    for (int y = 0; y < years; y++) {
        /* What all units of a year share. */
        double common = 0.2 * (vct_random(&seed) - 0.5);
        vc_track_cell key = {.forecaster = VC_BY_VITALCAST, .year = 2000 + y}, *cell;
        ck_assert_int_eq(vc_track_cell_of(&track, &key, &cell), VC_OK);
        for (size_t i = 0; i < n; i++) {
            double x = 0.5 + shift + common + spread * (vct_random(&seed) - 0.5);
            vc_score score = {.pit = fmin(fmax(x, 0), 0.999)};
            vc_track_add(cell, &score);
        }
    }
    ck_assert_int_eq(vc_track_uniform(&track, &part, &p), VC_OK);
    vc_track_free(&track);
    return p;
}

START_TEST(uniform_pits_pass_and_others_do_not) {
    ck_assert(uniform_p(1, 10, 500, 0, 1) > 0.05);
    ck_assert(uniform_p(2, 6, 500, 0, 1) > 0.05);
    ck_assert(uniform_p(3, 10, 500, 0.25, 0.5) < 0.01);
    ck_assert(uniform_p(4, 10, 500, 0, 0.3) < 0.01);
    ck_assert(isnan(uniform_p(5, 2, 500, 0, 1)));
}
END_TEST

static void hit(vc_track *track, vc_tracked what, int year, size_t n, size_t met,
                double p) {
    vc_track_cell key = {.forecaster = VC_BY_VITALCAST, .year = year, .what = what}, *cell;
    ck_assert_int_eq(vc_track_cell_of(track, &key, &cell), VC_OK);
    for (size_t i = 0; i < n; i++) vc_track_add_hit(track, cell, 0, p, i < met);
}

/*
 * By hand: 10 of 10 at 0.7, then 4 of 10: together 0.7 of 20. Excess met - p of the years
 * 3 and -3, residuals the same: se = sqrt((9 + 9) 2 / 1) / 20 = 0.3. Ranks do not count.
 */
START_TEST(years_are_the_sample_of_reliability) {
    vc_track track;
    vc_calibration c;
    vc_track_part part = {VC_BY_VITALCAST, 0,      VC_ANY,         VC_ANY,
                          VC_ANY,          VC_ANY, VC_TRACK_FIGURE};
    begin(&track);
    hit(&track, VC_TRACK_FIGURE, 2019, 10, 10, 0.7);
    hit(&track, VC_TRACK_FIGURE, 2020, 10, 4, 0.7);
    hit(&track, VC_TRACK_RANK, 2020, 3, 0, 0.7);
    ck_assert_int_eq(vc_track_calibration(&track, &part, 0, 7, &c), VC_OK);
    ck_assert_uint_eq(c.n, 20);
    ck_assert_uint_eq(c.n_years, 2);
    CHECK_CLOSE(c.mean_p, 0.7, 1e-14, 0);
    CHECK_CLOSE(c.frequency, 0.7, 1e-14, 0);
    CHECK_CLOSE(c.se, 0.3, 1e-14, 0);
    part.what = VC_TRACK_RANK;
    ck_assert_int_eq(vc_track_calibration(&track, &part, 0, 7, &c), VC_OK);
    ck_assert_uint_eq(c.n, 3);
    ck_assert(isnan(c.se));
    ck_assert_int_eq(vc_track_calibration(&track, &part, 0, 6, &c), VC_OK);
    ck_assert(c.n == 0 && isnan(c.frequency));
    vc_track_free(&track);
}
END_TEST

START_TEST(alarms_are_counted_by_how_the_year_ended) {
    vc_track track;
    const double calm[] = {0.7, 0.8, 0.9}, late[] = {0.7, 0.3, 0.1},
                 nervous[] = {0.3, 0.7, 0.3};
    const unsigned left[] = {9, 5, 1};
    begin(&track);
    ck_assert_int_eq(vc_track_add_alarms(&track, 0, 2, 2020, 3, calm, left, true), VC_OK);
    ck_assert_int_eq(vc_track_add_alarms(&track, 0, 2, 2020, 3, calm, left, false), VC_OK);
    ck_assert_int_eq(vc_track_add_alarms(&track, 0, 2, 2020, 3, late, left, false), VC_OK);
    ck_assert_int_eq(vc_track_add_alarms(&track, 0, 2, 2020, 3, nervous, left, true),
                     VC_OK);
    const vc_track_alarm *a = &track.alarms[0];
    const int at = 2; /* below 40 % */
    ck_assert_uint_eq(track.n_alarms, 1);
    ck_assert_uint_eq(a->n_met, 2);
    ck_assert_uint_eq(a->n_missed, 2);
    ck_assert_uint_eq(a->n_false[at], 1);
    ck_assert_uint_eq(a->n_silent[at], 1);
    ck_assert_uint_eq(a->n_flips[at], 3);
    ck_assert_uint_eq(a->n_lead[at], 1);
    CHECK_CLOSE(a->lead[at], 5, 0, 0);
    ck_assert_uint_eq(a->n_lead[1], 1); /* below 20 %: only at the end */
    CHECK_CLOSE(a->lead[1], 1, 0, 0);
    vc_track_free(&track);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(parts_add_up),
                                     VCT(years_are_the_sample_of_skill),
                                     VCT(a_single_year_has_no_standard_error),
                                     VCT(tenths_take_the_nearest),
                                     VCT(years_are_the_sample_of_reliability),
                                     VCT(uniform_pits_pass_and_others_do_not),
                                     VCT(alarms_are_counted_by_how_the_year_ended)};
    return vct_run("score/track", tests, VCT_COUNT(tests));
}
