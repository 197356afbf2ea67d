/* Every kind of chart: found, described, composed; the scripts are looked at, not pixels.
 */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chart/kind_internal.h"
#include "core/memory_internal.h"
#include "sample_kinds.h"
#include "support/harness.h"

#define DECEMBER (2013 * 12 + 11)

static const vci_kind *const kinds[] = {
#define X(constant, key) &vci_kind_##key,
    VC_CHART_LIST(X)
#undef X
};

/* The first chart of a kind, whether or not it would be listed. */
static vc_chart chart_of(const vc_run *run, vc_chart_kind kind) {
    vc_chart chart = {.kind = kind,
                      .indicator = run->targets.list[0].indicator,
                      .year_end = DECEMBER,
                      .result = 0,
                      .subject = 0};
    if (kind == VC_CHART_VERDICT || kind == VC_CHART_RANKS || kind == VC_CHART_TORNADO)
        chart.result = SIZE_MAX;
    if (kind == VC_CHART_FUNNEL) {
        chart.indicator = "sex_ratio_at_birth";
        chart.result = SIZE_MAX;
        chart.subject = 1;
    }
    if (kind == VC_CHART_SEASONAL) {
        chart.indicator = "births";
        chart.result = SIZE_MAX;
    }
    return chart;
}

/* The body of a page; release with free(). */
static char *body_of(const vc_run *run, const vc_chart *chart, vc_language language,
                     size_t page) {
    vc_suppression suppression;
    vci_plate plate = {0};
    ck_assert_int_eq(vc_suppression_find(run, &suppression), VC_OK);
    vci_view view = {run, chart, &suppression, language, page};
    vc_status st = kinds[chart->kind]->compose(&view, &plate);
    ck_assert_msg(st == VC_OK, "%s: %s", vc_chart_kind_name(chart->kind),
                  vc_status_detail());
    ck_assert_int_eq(vci_script_check(&plate.body), VC_OK);
    char *body = strdup(plate.body.text);
    vci_plate_free(&plate);
    vc_suppression_free(&suppression);
    return body;
}

static void has(const char *text, const char *part) {
    ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is missing in:\n%s", part, text);
}

static void lacks(const char *text, const char *part) {
    ck_assert_msg(strstr(text, part) == NULL, "\"%s\" stands in:\n%s", part, text);
}

static bool is_listed(const vc_charts *charts, vc_chart_kind kind) {
    for (size_t i = 0; i < charts->n; i++)
        if (charts->list[i].kind == kind) return true;
    return false;
}

/* --- finding ------------------------------------------------------------------------- */

START_TEST(a_run_with_everything_has_every_kind) {
    vc_run run;
    vc_charts charts;
    sample_run_of_all_kinds(13, &run);
    ck_assert_int_eq(vc_charts_find(&run, 0, &charts), VC_OK);
    for (int kind = 0; kind < VC_CHART_KINDS; kind++)
        ck_assert_msg(kind == VC_CHART_TREND || is_listed(&charts, (vc_chart_kind)kind),
                      "no %s", vc_chart_kind_name((vc_chart_kind)kind));
    /* two whole years are no trend */
    ck_assert(!is_listed(&charts, VC_CHART_TREND));
    for (size_t i = 1; i < charts.n; i++)
        ck_assert_int_le(charts.list[i - 1].kind, charts.list[i].kind);
    vc_charts_free(&charts);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_unit_alone_has_no_funnel_and_nothing_to_compare) {
    vc_run run;
    vc_charts charts;
    sample_run(0, &run);
    ck_assert_int_eq(vc_charts_find(&run, 0, &charts), VC_OK);
    ck_assert(!is_listed(&charts, VC_CHART_FUNNEL));
    ck_assert(!is_listed(&charts, VC_CHART_RANKS));
    ck_assert(!is_listed(&charts, VC_CHART_TORNADO));
    ck_assert(!is_listed(&charts, VC_CHART_CHANGES));
    ck_assert(is_listed(&charts, VC_CHART_VERDICT));
    vc_charts_free(&charts);
    ck_assert_int_eq(vc_charts_find(&run, 1, &charts), VC_BAD_ARGUMENT);
    vc_run_free(&run);
}
END_TEST

START_TEST(what_may_not_be_told_has_no_chart) {
    vc_run run;
    vc_charts charts;
    sample_run_of_all_kinds(13, &run);
    run.settings.min_cell = 1e6;
    ck_assert_int_eq(vc_charts_find(&run, 0, &charts), VC_OK);
    ck_assert(!is_listed(&charts, VC_CHART_FAN));
    for (size_t i = 0; i < charts.n; i++) /* a service has one */
        ck_assert(charts.list[i].kind != VC_CHART_PACE ||
                  strcmp(charts.list[i].indicator, "births") != 0);
    ck_assert(!is_listed(&charts, VC_CHART_FUNNEL));
    ck_assert(!is_listed(&charts, VC_CHART_SEASONAL));
    ck_assert(is_listed(&charts, VC_CHART_VERDICT)); /* probabilities are always told */
    vc_charts_free(&charts);
    vc_run_free(&run);
}
END_TEST

/* --- words --------------------------------------------------------------------------- */

START_TEST(every_kind_says_what_it_shows_in_both_languages) {
    vc_run run;
    sample_run_of_all_kinds(13, &run);
    for (int kind = 0; kind < VC_CHART_KINDS; kind++) {
        vc_chart chart = chart_of(&run, (vc_chart_kind)kind);
        vc_chart_words words[VC_LANGUAGES];
        for (int l = 0; l < VC_LANGUAGES; l++) {
            ck_assert_int_eq(vc_chart_say(&run, &chart, (vc_language)l, &words[l]), VC_OK);
            ck_assert_uint_eq(words[l].n_pages, 1);
            ck_assert_uint_gt(strlen(words[l].title), 10);
            ck_assert_ptr_nonnull(strstr(words[l].alt, words[l].title));
            ck_assert_uint_gt(strlen(words[l].alt), strlen(words[l].title) + 10);
        }
        ck_assert_str_ne(words[0].title, words[1].title);
        ck_assert_ptr_nonnull(strstr(words[VC_CHINESE].alt, "。"));
    }
    vc_run_free(&run);
}
END_TEST

START_TEST(headings_say_the_message) {
    static const struct {
        vc_chart_kind kind;
        const char *title;
    } expected[] = {
        {VC_CHART_RANKS, "“honours”: for 2 of 13 units a place among the first 2 is open"},
        {VC_CHART_TORNADO,
         "示例县: most at stake in sex ratio at birth, 10.0 of 30 points"},
        {VC_CHART_CHANGES,
         "示例县, births: chance of meeting the target from 25% to 0.4%, most by: new "
         "month"},
    };
    vc_run run;
    vc_chart_words words;
    sample_run_of_all_kinds(13, &run);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        vc_chart chart = chart_of(&run, expected[i].kind);
        ck_assert_int_eq(vc_chart_say(&run, &chart, VC_ENGLISH, &words), VC_OK);
        ck_assert_str_eq(words.title, expected[i].title);
    }
    vc_run_free(&run);
}
END_TEST

START_TEST(file_names_say_kind_unit_and_subject) {
    static const struct {
        vc_chart_kind kind;
        const char *name;
    } expected[] = {
        {VC_CHART_VERDICT, "verdict-2013-12.svg"},
        {VC_CHART_FAN, "fan-2013-12-births-0.svg"},
        {VC_CHART_RANKS, "ranks-2013-12-honours-towns.svg"},
        {VC_CHART_TORNADO, "tornado-2013-12-births-0.svg"},
    };
    vc_run run;
    char name[VC_CHART_NAME];
    sample_run_of_all_kinds(3, &run);
    free(run.panel.tree.units[0].code);
    run.panel.tree.units[0].code = sample_copy("0");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        vc_chart chart = chart_of(&run, expected[i].kind);
        if (chart.kind == VC_CHART_VERDICT || chart.kind == VC_CHART_RANKS) {
            chart.unit = SIZE_MAX;
            chart.indicator = NULL;
        }
        vc_chart_file_name(&run, &chart, VC_SVG, name);
        ck_assert_str_eq(name, expected[i].name);
    }
    vc_chart fan = chart_of(&run, VC_CHART_FAN);
    free(run.targets.list[0].id);
    run.targets.list[0].id = sample_copy("../../x;y");
    vc_chart_file_name(&run, &fan, VC_EMF, name);
    ck_assert_str_eq(name, "fan-2013-12-______x_y-0-0.emf");
    vc_run_free(&run);
}
END_TEST

/* --- numbers ------------------------------------------------------------------------- */

START_TEST(ranks_are_drawn_from_the_likeliest_on) {
    vc_run run;
    sample_run_of_all_kinds(13, &run);
    vc_chart chart = chart_of(&run, VC_CHART_RANKS);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    has(body, "row_text[1] = '城关镇'");
    has(body, "row_note[1] = '98.0% · likely'");
    has(body, "row_note[2] = '50% · toss-up'");
    has(body, "\n1 1 1 1 2 2\n2 1 1 2 3 3\n");
    has(body, "quota = 2\n");
    free(body);
    /* A rank would tell the figure that it follows from: only the chance is told. */
    run.settings.min_cell = 1e6;
    body = body_of(&run, &chart, VC_ENGLISH, 0);
    has(body, "row_note[1] = '98.0% · likely · too small to be shown'");
    has(body, "\n1 NaN NaN NaN NaN NaN\n");
    free(body);
    vc_run_free(&run);
}
END_TEST

START_TEST(the_most_at_stake_stands_on_top) {
    vc_run run;
    sample_run_of_all_kinds(3, &run);
    vc_chart chart = chart_of(&run, VC_CHART_TORNADO);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    has(body, "\n1 33 53\n2 44 52\n");
    has(body, "row_note[2] = 'at stake 4.0 of 30 · 0.4%'");
    has(body, "row_text[1] = 'sex ratio at birth ≤ 107.0'");
    has(body, "row_note[1] = 'at stake 10.0 of 30 · 0.4%'");
    has(body, "expected = 50\n");
    free(body);
    /* Points by tiers follow the figure, which may not be told. */
    run.targets.list[2].rule.rule = VC_TIERS;
    run.settings.min_cell = 1e6;
    vc_chart_words words;
    ck_assert_int_eq(vc_chart_say(&run, &chart, VC_ENGLISH, &words), VC_BAD_ARGUMENT);
    vc_run_free(&run);
}
END_TEST

START_TEST(changes_lead_from_before_to_now) {
    vc_run run;
    char expected[96];
    sample_run_of_all_kinds(3, &run);
    vc_chart chart = chart_of(&run, VC_CHART_CHANGES);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    has(body, "n_rows = 4\n"); /* steps in which nothing differs are left out */
    has(body, "row_note[1] = '25%'");
    has(body, "row_note[2] = '▲ +1.0'");
    has(body, "row_note[3] = '▼ −26.0'");
    has(body, "row_note[4] = '0.4%'");
    snprintf(expected, sizeof expected, "\n1 %.17g %.17g\n2 %.17g ", 100 * 0.254,
             100 * 0.254, 100 * 0.254);
    has(body, expected);
    free(body);
    vc_run_free(&run);
}
END_TEST

START_TEST(seasons_lie_over_each_other) {
    vc_run run;
    char expected[64];
    sample_run(13, &run);
    vc_chart chart = chart_of(&run, VC_CHART_SEASONAL);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    const double *births = run.panel.count[VC_BIRTHS];
    for (size_t t = 0; t < 31; t++) { /* place in the year, births, years back */
        snprintf(expected, sizeof expected, "\n%zu %g %zu\n", t % 12, births[t],
                 2 - t / 12);
        has(body, expected);
    }
    has(body, "\n7 NaN 0\n"); /* not there yet */
    snprintf(expected, sizeof expected, "\n3 %.17g\n", (births[3] + births[15]) / 2);
    has(body, expected);
    free(body);
    run.settings.min_cell = 1e6;
    body = body_of(&run, &chart, VC_ENGLISH, 0);
    snprintf(expected, sizeof expected, " %g ", births[0]);
    lacks(body, expected);
    free(body);
    vc_run_free(&run);
}
END_TEST

/* Three townships are told, each point of the funnel with its size and figure. */
START_TEST(a_funnel_shows_what_may_be_told) {
    vc_run run;
    char expected[64];
    sample_run(13, &run);
    vc_chart chart = chart_of(&run, VC_CHART_FUNNEL);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    double males = 0, females = 0;
    for (size_t t = 19; t < 31; t++) {
        males += run.panel.count[VC_BIRTHS_MALE][31 + t];
        females += run.panel.count[VC_BIRTHS_FEMALE][31 + t];
    }
    snprintf(expected, sizeof expected, "\n%g %.17g 0\n", males + females,
             100 * males / females);
    has(body, expected);
    free(body);
    vc_run_free(&run);
}
END_TEST

/* The years of the panel, without fits: points alone. */
START_TEST(a_trend_without_fits_shows_the_years) {
    vc_run run;
    char expected[64];
    sample_run(13, &run);
    vc_chart chart = chart_of(&run, VC_CHART_TREND);
    char *body = body_of(&run, &chart, VC_ENGLISH, 0);
    double sum = 0;
    for (size_t t = 12; t < 24; t++) sum += run.panel.count[VC_BIRTHS][t];
    snprintf(expected, sizeof expected, "\n2012 %.17g\n", sum);
    has(body, expected);
    has(body, "n_fitted = 0\n");
    has(body, "$fitted << END_OF_NUMBERS\nNaN ");
    has(body, "$forecast << END_OF_NUMBERS\n2013 ");
    free(body);
    vc_run_free(&run);
}
END_TEST

/* 131 units: pages of 60, 60 and 11 rows, each its own file. */
START_TEST(more_than_sixty_rows_take_pages) {
    const char *dirs[] = {vct_source(".")};
    vc_run run;
    vc_chart_words words;
    char path[512], *full;
    size_t n_pages;
    vc_chart_options options = vc_chart_options_default();
    options.dirs = (vc_datadirs){1, dirs};
    setenv("TMPDIR", vct_scratch(), 1);
    sample_run(130, &run);
    vc_chart chart = chart_of(&run, VC_CHART_CATERPILLAR);
    ck_assert_int_eq(vc_chart_say(&run, &chart, VC_ENGLISH, &words), VC_OK);
    ck_assert_uint_eq(words.n_pages, 3);
    char *body = body_of(&run, &chart, VC_ENGLISH, 2);
    has(body, "n_rows = 11\n");
    free(body);
    snprintf(path, sizeof path, "%s/c.1.svg", vct_scratch());
    ck_assert_int_eq(vc_chart_draw(&run, &chart, &options, path, &n_pages), VC_OK);
    ck_assert_uint_eq(n_pages, 3);
    for (size_t page = 0; page < 3; page++) {
        ck_assert_int_eq(vc_chart_page_path(path, page, &full), VC_OK);
        ck_assert_msg(access(full, R_OK) == 0, "no %s", full);
        free(full);
    }
    ck_assert_int_eq(vc_chart_page_path(path, 2, &full), VC_OK);
    ck_assert_str_eq(full + strlen(vct_scratch()), "/c.1-3.svg");
    free(full);
    vc_run_free(&run);
}
END_TEST

/* The n-th allocation fails, for every n there is: told, and nothing is lost. */
START_TEST(lack_of_memory_is_told_by_every_kind) {
    vc_run run;
    vc_suppression suppression;
    sample_run_of_all_kinds(4, &run);
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
    for (int kind = 0; kind < VC_CHART_KINDS; kind++) {
        vc_chart chart = chart_of(&run, (vc_chart_kind)kind);
        vci_view view = {&run, &chart, &suppression, VC_ENGLISH, 0};
        vc_status st = VC_NO_MEMORY;
        for (long n = 0; st == VC_NO_MEMORY && n < 1000; n++) {
            vci_plate plate = {0};
            vci_memory_fail_at(n);
            st = kinds[kind]->compose(&view, &plate);
            if (st == VC_OK) st = vci_script_check(&plate.body);
            vci_memory_fail_at(-1);
            ck_assert_msg(st == VC_OK || (st == VC_NO_MEMORY && n < 999), "%s, %ld: %s",
                          vc_chart_kind_name(chart.kind), n, vc_status_name(st));
            vci_plate_free(&plate);
        }
    }
    vc_suppression_free(&suppression);
    vc_run_free(&run);
}
END_TEST

/* --- hostile texts ------------------------------------------------------------------- */

static void name_all(vc_run *run, const char *text) {
    for (size_t u = 0; u < run->panel.tree.n; u++) sample_name(run, u, text);
    free(run->settings.source);
    run->settings.source = sample_copy(text);
    free(run->rankings[0].name);
    run->rankings[0].name = sample_copy(text);
    free(run->rankings[0].class_name);
    run->rankings[0].class_name = sample_copy(text);
}

START_TEST(hostile_texts_run_nothing_in_any_kind) {
    static const char *const hostile[] = {"`touch %s`", "'; !touch %s #", "a\n!touch %s\n",
                                          "'' . system('touch %s') . ''",
                                          "'@heading `touch %s`"};
    const char *dirs[] = {vct_source(".")};
    char canary[64], text[128], path[512];
    vc_chart_options options = vc_chart_options_default();
    options.dirs = (vc_datadirs){1, dirs};
    setenv("TMPDIR", vct_scratch(), 1);
    snprintf(canary, sizeof canary, "/tmp/vck%ld", (long)getpid());
    snprintf(path, sizeof path, "%s/chart.svg", vct_scratch());
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        vc_run run;
        sample_run_of_all_kinds(4, &run);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(text, sizeof text, hostile[i], canary);
#pragma GCC diagnostic pop
        name_all(&run, text);
        for (int kind = 0; kind < VC_CHART_KINDS; kind++) {
            vc_chart chart = chart_of(&run, (vc_chart_kind)kind);
            vc_status st = vc_chart_draw(&run, &chart, &options, path, NULL);
            ck_assert_msg(st == VC_OK, "%s: %s", vc_chart_kind_name(chart.kind),
                          vc_status_detail());
            ck_assert_msg(access(canary, F_OK) != 0, "%s ran: %s",
                          vc_chart_kind_name(chart.kind), text);
        }
        vc_run_free(&run);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_run_with_everything_has_every_kind),
                                     VCT(a_unit_alone_has_no_funnel_and_nothing_to_compare),
                                     VCT(what_may_not_be_told_has_no_chart),
                                     VCT(every_kind_says_what_it_shows_in_both_languages),
                                     VCT(headings_say_the_message),
                                     VCT(file_names_say_kind_unit_and_subject),
                                     VCT(ranks_are_drawn_from_the_likeliest_on),
                                     VCT(the_most_at_stake_stands_on_top),
                                     VCT(changes_lead_from_before_to_now),
                                     VCT(seasons_lie_over_each_other),
                                     VCT(a_funnel_shows_what_may_be_told),
                                     VCT(a_trend_without_fits_shows_the_years),
                                     VCT(more_than_sixty_rows_take_pages),
                                     VCT(lack_of_memory_is_told_by_every_kind),
                                     VCT(hostile_texts_run_nothing_in_any_kind)};
    return vct_run("chart/kinds", tests, VCT_COUNT(tests));
}
