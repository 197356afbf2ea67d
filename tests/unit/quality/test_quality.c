/* Checks of a panel's quality: what is planted is found, what is honest is not. */
#include "vitalcast/quality.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "quality/checks_internal.h"
#include "quality/words_internal.h"
#include "support/dishonest.h"
#include "support/hand_panel.h"
#include "support/harness.h"
#include "support/honest_county.h"

static void county(double births, double spread, unsigned seed, vc_panel *panel) {
    vct_county_options options = vct_county_options_default();
    options.births = births;
    options.spread = spread;
    vct_honest_county(&options, seed, panel);
}

static vc_quality look(const vc_panel *panel) {
    vc_quality quality;
    ck_assert_int_eq(vc_quality_find(panel, NULL, NULL, &quality), VC_OK);
    return quality;
}

/* The check of a kind for a unit and event (VC_EVENTS: any), with the smallest p. */
static const vc_quality_check *check_of(const vc_quality *quality, vc_quality_kind kind,
                                        size_t unit, vc_event event) {
    const vc_quality_check *best = NULL;
    for (size_t i = 0; i < quality->n; i++) {
        const vc_quality_check *c = &quality->checks[i];
        if (c->kind != kind || c->unit != unit) continue;
        if (event != VC_EVENTS && c->event != event) continue;
        if (!best || c->p < best->p) best = c;
    }
    ck_assert_msg(best != NULL, "no check %s of unit %zu", vc_quality_kind_key(kind), unit);
    return best;
}

static void expect_found(const vc_panel *panel, vc_quality_kind kind, size_t unit,
                         vc_event event) {
    vc_quality quality = look(panel);
    const vc_quality_check *c = check_of(&quality, kind, unit, event);
    ck_assert_msg(c->found, "%s: p %g, q %g, seen %g, expected %g (%g to %g)",
                  vc_quality_kind_key(kind), c->p, c->q, c->seen, c->expected, c->low,
                  c->high);
    vc_quality_free(&quality);
}

START_TEST(an_honest_county_has_nothing) {
    vc_panel panel;
    county(20, 0.8, 1, &panel);
    vc_quality quality = look(&panel);
    ck_assert_uint_gt(quality.n_tests, 150);
    ck_assert_uint_eq(quality.n_tests, quality.n);
    ck_assert_uint_eq(quality.n_found, 0);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(smoothed_months) {
    vc_panel panel;
    county(20, 0, 2, &panel);
    vct_smooth(&panel, 3, 0.6);
    expect_found(&panel, VC_QUALITY_EVEN_COUNTS, 3, VC_BIRTHS);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(even_sex_ratios) {
    vc_panel panel;
    county(20, 0, 3, &panel);
    vct_even_sexes(&panel, 5, 106);
    expect_found(&panel, VC_QUALITY_EVEN_SEX_RATIO, 5, VC_EVENTS);
    for (size_t unit = 1; unit < panel.tree.n; unit++) vct_even_sexes(&panel, unit, 106);
    expect_found(&panel, VC_QUALITY_EVEN_UNIT_RATIOS, 0, VC_EVENTS);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(years_just_below_the_limit) {
    vc_panel panel;
    county(80, 0.3, 4, &panel);
    vct_bunch(&panel, 107, 1);
    vc_quality quality = look(&panel);
    const vc_quality_check *c = check_of(&quality, VC_QUALITY_BUNCHING, 0, VC_BIRTHS_MALE);
    ck_assert(c->found);
    CHECK_CLOSE(c->limit, 107, 0, 0);
    CHECK_CLOSE(c->seen, (double)c->n, 0, 0);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(births_moved_over_the_year_end) {
    vc_panel panel;
    county(100, 0.2, 5, &panel);
    vct_shift(&panel, 2, 4, 0.3);
    vc_quality quality = look(&panel);
    const vc_quality_check *c = check_of(&quality, VC_QUALITY_SHIFT, 2, VC_BIRTHS);
    ck_assert(c->found);
    ck_assert_int_eq(c->first, 2017 * 12 + 11);
    ck_assert_double_gt(c->seen, c->high);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(rounded_figures) {
    vc_panel panel;
    county(60, 0, 6, &panel);
    vct_heap(&panel, 4, 0.7);
    expect_found(&panel, VC_QUALITY_LAST_DIGITS, 4, VC_BIRTHS);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(months_that_were_left_out) {
    vc_panel panel;
    county(3, 0, 7, &panel);
    vct_late(&panel, 1, 4);
    expect_found(&panel, VC_QUALITY_ZEROS, 1, VC_BIRTHS);
    vc_panel_free(&panel);
}
END_TEST

/* The hand panel: township 1 grows by 10 a month, its births less deaths are 12. */
START_TEST(stock_against_flow) {
    vc_panel panel;
    vct_hand_panel(24, &panel);
    for (int e = VC_ARRIVALS; e <= VC_DEPARTURES; e++) {
        panel.has[e] = true;
        panel.count[e] = vci_alloc(3 * 24, sizeof(double));
    }
    panel.count[VC_DEPARTURES][24 + 7] = 5;
    vc_quality quality = look(&panel);
    const vc_quality_check *c = check_of(&quality, VC_QUALITY_STOCK_FLOW, 1, VC_EVENTS);
    ck_assert(c->found && isnan(c->p));
    ck_assert_uint_eq(c->n, 23);
    CHECK_CLOSE(c->seen, 10, 0, 0);
    CHECK_CLOSE(c->expected, 7, 0, 0);
    ck_assert_int_eq(c->first, panel.first + 7);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(a_parents_own_population) {
    vc_panel panel;
    vct_hand_panel(24, &panel);
    panel.population[9] += 4;
    panel.population[11] -= 40;
    vc_quality quality = look(&panel);
    const vc_quality_check *c = check_of(&quality, VC_QUALITY_POPULATION_SUM, 0, VC_EVENTS);
    ck_assert_uint_eq(c->n, 2);
    ck_assert_int_eq(c->first, panel.first + 11);
    CHECK_CLOSE(c->seen - c->expected, -40, 0, 0);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

static vc_quality_check test_of(vc_quality_kind kind, double p) {
    return (vc_quality_check){.kind = kind, .p = p};
}

/*
 * The example of Benjamini and Hochberg (1995), section 4: 15 p values of which four are
 * chosen at 5 %; alone they are one kind.
 */
START_TEST(discoveries_of_the_published_example) {
    static const double p[] = {.0459, .3240, .0001, .0004, .0019, .0095, .0201, .0278,
                               .0298, .0344, .4262, .5719, .6528, .7590, 1.000};
    vc_quality_check checks[15];
    vc_quality quality = {.n = 15, .checks = checks};
    for (size_t i = 0; i < 15; i++) checks[i] = test_of(VC_QUALITY_ZEROS, p[i]);
    ck_assert_int_eq(vci_check_discoveries(&quality), VC_OK);
    ck_assert_uint_eq(quality.n_found, 4);
    for (size_t i = 0; i < 15; i++) ck_assert_int_eq(checks[i].found, p[i] <= .0095);
    CHECK_CLOSE(checks[2].q, .0015, 1e-12, 0);
    CHECK_CLOSE(checks[5].q, .0095 * 15 / 4, 1e-12, 0);
}
END_TEST

/* Two kinds, of which one is chosen: its level is half of the nominal one. */
START_TEST(discoveries_over_kinds) {
    vc_quality_check checks[] = {
        test_of(VC_QUALITY_ZEROS, .012), test_of(VC_QUALITY_ZEROS, .5),
        test_of(VC_QUALITY_SHIFT, .4), test_of(VC_QUALITY_SHIFT, .9),
        test_of(VC_QUALITY_STOCK_FLOW, NAN)};
    vc_quality quality = {.n = 5, .checks = checks};
    ck_assert_int_eq(vci_check_discoveries(&quality), VC_OK);
    CHECK_CLOSE(checks[0].q, .012 * 2 * 2, 1e-12, 0);
    ck_assert(checks[0].found && !checks[1].found && !checks[2].found);
    ck_assert_msg(checks[4].found, "a comparison is always worth a look");
    checks[0].p = .02;
    quality.n_found = 0;
    ck_assert_int_eq(vci_check_discoveries(&quality), VC_OK);
    ck_assert(!checks[0].found);
}
END_TEST

/* Every kind has words in both languages, and figures. */
START_TEST(every_kind_has_words) {
    for (int kind = 0; kind < VC_QUALITY_KINDS; kind++)
        for (int language = 0; language < VC_LANGUAGES; language++) {
            vc_quality_check c = {.kind = (vc_quality_kind)kind,
                                  .event = VC_BIRTHS,
                                  .source = "公安",
                                  .first = 2013 * 12,
                                  .last = 2013 * 12 + 1,
                                  .n = 7,
                                  .limit = 12.5,
                                  .p = 1e-7,
                                  .q = 0.0123};
            char *words = vci_quality_words(&c, (vc_language)language);
            vci_quality_figures f = vci_quality_figures_make(&c, VC_MONTHLY);
            ck_assert_uint_gt(strlen(words), 10);
            ck_assert_str_eq(f.period, "2013-01–2013-02");
            ck_assert_str_eq(f.p, "1e-07");
            ck_assert_str_eq(f.q, "0.012");
            vci_free(words);
        }
}
END_TEST

START_TEST(no_memory) {
    vc_panel panel;
    vc_quality quality;
    county(3, 0, 8, &panel);
    vc_status st = VC_NO_MEMORY;
    for (long calls = 0; st != VC_OK && calls < 40; calls++) {
        vci_memory_fail_at(calls);
        st = vc_quality_find(&panel, NULL, NULL, &quality);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        vci_memory_fail_at(-1);
    }
    ck_assert_int_eq(st, VC_OK);
    vc_quality_free(&quality);
    vc_panel_free(&panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(an_honest_county_has_nothing),
                                     VCT(smoothed_months),
                                     VCT(even_sex_ratios),
                                     VCT(years_just_below_the_limit),
                                     VCT(births_moved_over_the_year_end),
                                     VCT(rounded_figures),
                                     VCT(months_that_were_left_out),
                                     VCT(stock_against_flow),
                                     VCT(a_parents_own_population),
                                     VCT(discoveries_of_the_published_example),
                                     VCT(discoveries_over_kinds),
                                     VCT(every_kind_has_words),
                                     VCT(no_memory)};
    return vct_run("quality/quality", tests, VCT_COUNT(tests));
}
