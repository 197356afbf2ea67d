#include "vitalcast/suppression.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "assess/suppression_internal.h"
#include "support/attack.h"
#include "support/harness.h"
#include "support/small_run.h"
#include "support/small_world.h"

#define MIN_CELL 10

/* --- worlds ----------------------------------------------------------------------------
 */

static uint64_t state;

static unsigned below(unsigned n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((state >> 33) % n);
}

/* Poisson by uniform products; enough for means up to some tens. */
static double events(double mean) {
    double limit = exp(-mean), product = 1;
    int n = -1;
    do {
        product *= (below(1000000) + 0.5) / 1000000;
        n++;
    } while (product > limit);
    return n;
}

static void add_up(vc_run *run) {
    vc_panel *panel = &run->panel;
    for (size_t i = panel->tree.n; i-- > 1;) {
        size_t u = panel->tree.down[i], parent = panel->tree.units[u].parent;
        for (int e = 0; e < VC_EVENTS; e++)
            for (size_t t = 0; panel->has[e] && t < panel->n_periods; t++)
                panel->count[e][parent * panel->n_periods + t] +=
                    panel->count[e][u * panel->n_periods + t];
    }
}

static void empty_run(vc_frequency frequency, size_t n_units, const size_t *parents,
                      size_t periods, bool compliant, vc_run *run) {
    *run = (vc_run){.settings = {.min_cell = MIN_CELL}};
    run->panel = (vc_panel){
        .frequency = frequency, .first = 2000 * (vc_period)frequency, .n_periods = periods};
    run->as_of = run->panel.first + (vc_period)periods - 1;
    vct_tree(n_units, parents, &run->panel.tree);
    for (int e = 0; e <= VC_DEATHS; e++) {
        run->panel.has[e] = e != VC_BIRTHS_COMPLIANT || compliant;
        if (run->panel.has[e])
            run->panel.count[e] = calloc(n_units * periods, sizeof(double));
    }
}

static void assess_window(vc_run *run, vc_period year_end, vc_period length) {
    run->targets.list =
        realloc(run->targets.list, (run->targets.n + 1) * sizeof *run->targets.list);
    run->targets.list[run->targets.n++] = (vc_target){.id = strdup("t"),
                                                      .indicator = strdup("births"),
                                                      .unit = VC_NO_UNIT,
                                                      .length = length,
                                                      .deadline = VC_NO_PERIOD,
                                                      .year_end = year_end};
}

static void assess_year(vc_run *run, vc_period year_end) {
    assess_window(run, year_end, 0);
}

static void set(vc_run *run, vc_event event, size_t unit, size_t t, double y) {
    run->panel.count[event][unit * run->panel.n_periods + t] = y;
}

static void fill(vc_run *run, double size) {
    static const double sizes[] = {0.05, 0.4, 1, 1, 2.5};
    const vc_unit_tree *tree = &run->panel.tree;
    for (size_t l = 0; l < tree->n_leaves; l++) {
        double mean = size * sizes[below(5)], in_line = below(2) ? 0.9 : 0.6;
        for (size_t t = 0; t < run->panel.n_periods; t++) {
            double boys = events(mean / 2), girls = events(mean / 2), compliant = 0;
            for (int i = 0; i < (int)(boys + girls); i++)
                compliant += below(1000) < 1000 * in_line;
            set(run, VC_BIRTHS_MALE, tree->leaves[l], t, boys);
            set(run, VC_BIRTHS_FEMALE, tree->leaves[l], t, girls);
            set(run, VC_BIRTHS, tree->leaves[l], t, boys + girls);
            set(run, VC_DEATHS, tree->leaves[l], t, events(mean));
            if (run->panel.has[VC_BIRTHS_COMPLIANT])
                set(run, VC_BIRTHS_COMPLIANT, tree->leaves[l], t, compliant);
        }
    }
    add_up(run);
}

/* A county of up to three levels, quarterly, as of any quarter of its third or sixth year.
 */
static void random_run(uint64_t seed, vc_run *run) {
    static const double sizes[] = {4, 12, 25, 40};
    size_t parents[24], n = 1;
    state = seed * 7919 + 17;
    for (int i = 0; i < 5; i++) (void)below(2);
    parents[0] = VC_NO_UNIT;
    size_t towns = 1 + below(4);
    for (size_t i = 0; i < towns; i++) parents[n++] = 0;
    for (size_t i = 1; i <= towns && below(3) > 0; i++)
        for (unsigned k = below(4); k > 0; k--) parents[n++] = i;
    bool long_record = below(6) == 0;
    empty_run(VC_QUARTERLY, n, parents, (long_record ? 20u : 8u) + 1 + below(4),
              below(3) == 0, run);
    vc_period year_end = (run->as_of / 4) * 4 + 3;
    if (below(2)) assess_year(run, year_end - 1 - (vc_period)below(2));
    if (below(4) == 0) /* a quarter, half a year, three years */
        assess_window(run, run->as_of + (vc_period)below(2), 1 + (vc_period)below(2));
    if (below(8) == 0) assess_window(run, year_end, 12);
    assess_year(run, year_end);
    fill(run, sizes[below(4)]);
}

/* --- attack ----------------------------------------------------------------------------
 */

typedef struct tally {
    size_t attacked, narrowed, recovered, told;
} tally;

static const char *indicator_of(vc_event event) {
    return event == VC_DEATHS   ? "deaths"
           : event == VC_BIRTHS ? "births"
           : event == VC_BIRTHS_MALE || event == VC_BIRTHS_FEMALE
               ? "sex_ratio_at_birth"
               : "policy_compliance_rate";
}

/* A withheld small count may be 0 to 9 for all that is told; no withheld one is certain. */
static void attack_count(const vc_suppression *s, vct_attack *a, vct_told told, vc_event e,
                         size_t unit, tally *sum) {
    vct_count count = {e, unit, told.periods};
    double truth = vct_attack_true(a, count), low, high;
    if (vct_attack_shows(s, indicator_of(e), unit, told)) {
        ck_assert_double_ge(truth, MIN_CELL);
        sum->told++;
        return;
    }
    vct_attack_range(a, count, &low, &high);
    ck_assert(low < truth + 1e-4 && high > truth - 1e-4);
    sum->attacked++;
    sum->recovered += high - low < 0.5;
    sum->narrowed += truth < MIN_CELL && (low > 1e-4 || high < MIN_CELL - 1 - 1e-4);
}

static void attack_some(const vc_suppression *s, bool deaths, size_t n, tally *sum) {
    static const vc_event births[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE,
                                      VC_BIRTHS_COMPLIANT, VCT_OTHER_BIRTHS};
    vct_attack a;
    vct_told told[256];
    size_t n_told = vct_spans_told(s->run, told, 256);
    size_t n_kinds = s->run->panel.has[VC_BIRTHS_COMPLIANT] ? 5 : 3;
    vct_attack_init(s, deaths, &a);
    for (size_t i = 0; i < n; i++) {
        vct_told t = told[below((unsigned)n_told)];
        size_t unit = below((unsigned)s->run->panel.tree.n);
        vc_event e = deaths ? VC_DEATHS : births[below((unsigned)n_kinds)];
        attack_count(s, &a, t, e, unit, sum);
    }
    vct_attack_free(&a);
}

static tally attack_worlds(uint64_t first, uint64_t n, size_t cells, bool complementary) {
    tally sum = {0};
    for (uint64_t seed = first; seed < first + n; seed++) {
        vc_run run;
        vc_suppression s;
        size_t before = sum.narrowed + sum.recovered;
        random_run(seed, &run);
        ck_assert_int_eq(vci_suppression_find(&run, complementary, &s), VC_OK);
        attack_some(&s, false, cells, &sum);
        attack_some(&s, true, cells / 2, &sum);
        if (complementary && sum.narrowed + sum.recovered > before)
            printf("# world %llu: %zu\n", (unsigned long long)seed,
                   sum.narrowed + sum.recovered - before);
        vc_suppression_free(&s);
        vc_run_free(&run);
    }
    printf("# %llu worlds %s: %zu withheld counts attacked, %zu narrowed, %zu recovered; "
           "%zu told\n",
           (unsigned long long)n, complementary ? "protected" : "unprotected", sum.attacked,
           sum.narrowed, sum.recovered, sum.told);
    return sum;
}

START_TEST(no_withheld_count_can_be_worked_out) {
    const char *more = getenv("VCT_WORLDS");
    uint64_t n = more ? strtoull(more, NULL, 10) : 1000;
    tally sum = attack_worlds(1, n, 60, true);
    ck_assert_uint_eq(sum.recovered, 0);
    ck_assert_uint_eq(sum.narrowed, 0);
    ck_assert_uint_gt(sum.attacked, 10 * n);
    ck_assert_uint_gt(sum.told, 2 * n);
}
END_TEST

START_TEST(without_complements_counts_are_worked_out) {
    tally sum = attack_worlds(1, 200, 60, false);
    ck_assert_uint_gt(sum.recovered, 20);
    ck_assert_uint_gt(sum.narrowed, 40);
}
END_TEST

/* --- by hand ----------------------------------------------------------------------------
 */

/* Yearly births of a county's places, the same in three years; deaths are none. */
static void county_of(size_t n, const double births[], vc_run *run) {
    size_t parents[8] = {VC_NO_UNIT};
    empty_run(VC_YEARLY, n + 1, parents, 3, false, run);
    assess_year(run, run->as_of);
    for (size_t u = 1; u <= n; u++)
        for (size_t t = 0; t < 3; t++) {
            set(run, VC_BIRTHS, u, t, births[u - 1]);
            set(run, VC_BIRTHS_MALE, u, t, ceil(births[u - 1] / 2));
            set(run, VC_BIRTHS_FEMALE, u, t, floor(births[u - 1] / 2));
        }
    add_up(run);
}

static void check_marks(size_t n, const double births[], const vc_mark marks[]) {
    vc_run run;
    vc_suppression s;
    county_of(n, births, &run);
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    for (size_t u = 0; u <= n; u++)
        ck_assert_msg(vc_suppression_shows(&s, "births", u, VC_SPAN_TO_DATE,
                                           vc_year_ending(run.as_of, VC_YEARLY)) ==
                          marks[u],
                      "unit %zu of %g, ...", u, births[0]);
    vc_suppression_free(&s);
    vc_run_free(&run);
}

#define SHOWN VC_MARK_SHOWN
#define BELOW VC_MARK_BELOW
#define STAR VC_MARK_WITHHELD

START_TEST(the_smallest_sibling_protects) {
    /* 3 could be told from the sum: 40 goes, too, and "<10" says nothing of it */
    check_marks(3, (double[]){3, 40, 50}, (vc_mark[]){SHOWN, BELOW, STAR, SHOWN});
    check_marks(3, (double[]){0, 50, 40}, (vc_mark[]){SHOWN, BELOW, SHOWN, STAR});
    /* 5 and 3 add up to 8: both are below 9 then */
    check_marks(3, (double[]){5, 3, 40}, (vc_mark[]){SHOWN, BELOW, BELOW, STAR});
    check_marks(3, (double[]){10, 40, 50}, (vc_mark[]){SHOWN, SHOWN, SHOWN, SHOWN});
}
END_TEST

START_TEST(marks_do_not_tell) {
    /* "<10" twice under 18 would say 9 and 9 */
    check_marks(2, (double[]){9, 9}, (vc_mark[]){SHOWN, STAR, STAR});
    check_marks(3, (double[]){9, 9, 30}, (vc_mark[]){SHOWN, STAR, STAR, SHOWN});
    check_marks(2, (double[]){4, 3}, (vc_mark[]){BELOW, BELOW, BELOW});
}
END_TEST

START_TEST(a_parent_goes_with_what_nobody_can_protect) {
    check_marks(1, (double[]){9}, (vc_mark[]){BELOW, BELOW});
    check_marks(1, (double[]){12}, (vc_mark[]){SHOWN, SHOWN});
}
END_TEST

/* Services, plain values and unknown names hide nothing; parts of births their own cells.
 */
START_TEST(figures_rest_on_counts) {
    vc_run run;
    vc_suppression s;
    county_of(3, (double[]){12, 40, 50}, &run);
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    vc_period end = run.as_of;
    vc_year year = {end, end};
    ck_assert_int_eq(vc_suppression_shows(&s, "births", 1, VC_SPAN_TO_DATE, year), SHOWN);
    ck_assert_int_eq(vc_suppression_shows(&s, "sex_ratio_at_birth", 1, VC_SPAN_YEARS, year),
                     STAR); /* 6 and 6 */
    ck_assert_int_eq(vc_suppression_shows(&s, "sex_ratio_at_birth", 3, VC_SPAN_YEARS, year),
                     SHOWN);
    ck_assert_int_eq(vc_suppression_shows(&s, "natural_increase", 3, VC_SPAN_PERIOD, year),
                     STAR); /* no deaths */
    ck_assert_int_eq(vc_suppression_shows(&s, "录入率", 1, VC_SPAN_TO_DATE, year), SHOWN);
    ck_assert(!vc_suppression_tells(&s, "sex_ratio_at_birth", 1, end - 1, end));
    ck_assert(vc_suppression_tells(&s, "births", 1, end - 1, end));
    ck_assert(!vc_suppression_tells(&s, "births_male", 1, end - 1, end));
    ck_assert(!vc_suppression_tells(&s, "births_female", 1, end - 1, end));
    vc_suppression_free(&s);
    vc_run_free(&run);
}
END_TEST

/* Five years by month; two places of 20 births (12 boys) a month, in three months fewer. */
START_TEST(history_is_told_of_the_top_unit_where_it_is_large) {
    vc_run run;
    vc_suppression s;
    empty_run(VC_MONTHLY, 3, (size_t[]){VC_NO_UNIT, 0, 0}, 60, false, &run);
    assess_year(&run, run.as_of);
    for (size_t u = 1; u <= 2; u++)
        for (size_t t = 0; t < 60; t++) {
            double boys = t == 5 ? 1 : 12, girls = t == 5 ? 1 : t == 6 ? 2 : 8;
            if (t >= 36)
                boys = girls = 40; /* whoever is told now is told in every detail */
            set(&run, VC_BIRTHS, u, t, boys + girls);
            set(&run, VC_BIRTHS_MALE, u, t, boys);
            set(&run, VC_BIRTHS_FEMALE, u, t, girls);
        }
    add_up(&run);
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    vc_period first = run.panel.first;
    ck_assert(!vc_suppression_tells(&s, "births", 0, first + 3, first + 3));
    ck_assert(vc_suppression_history(&s, "births", 0, first + 3, first + 3));
    ck_assert(vc_suppression_history(&s, "sex_ratio_at_birth", 0, first + 3, first + 3));
    ck_assert(!vc_suppression_history(&s, "births", 1, first + 3, first + 3));
    ck_assert(!vc_suppression_history(&s, "births", 0, first + 5, first + 5)); /* 4 */
    ck_assert(vc_suppression_history(&s, "births", 0, first + 6, first + 6));  /* 28 */
    ck_assert(!vc_suppression_history(&s, "sex_ratio_at_birth", 0, first + 6, first + 6));
    ck_assert(vc_suppression_history(&s, "births", 0, first, first + 11));
    ck_assert(vc_suppression_history(&s, "births", 1, run.as_of, run.as_of));
    vc_suppression_free(&s);
    /* Small in the last year: nothing of before is told, as it could be worked out. */
    set(&run, VC_BIRTHS, 0, 58, 3);
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    ck_assert(!vc_suppression_history(&s, "births", 0, first + 3, first + 3));
    vc_suppression_free(&s);
    vc_run_free(&run);
}
END_TEST

/* A year-end count is never below the count to date: near it, it would tell that. */
START_TEST(a_forecast_near_the_count_is_withheld) {
    static const double low[] = {8, 3 + 9 - 0.5, 3 + 9};
    static const vc_mark marks[] = {STAR, STAR, SHOWN};
    vc_run run;
    vc_suppression s;
    size_t parents[] = {VC_NO_UNIT, 0, 0};
    empty_run(VC_QUARTERLY, 3, parents, 9, false, &run); /* the year's first quarter */
    assess_year(&run, run.as_of + 3);
    for (size_t u = 1; u < 3; u++)
        for (size_t t = 0; t < 9; t++) set(&run, VC_BIRTHS, u, t, t < 8 || u == 2 ? 30 : 3);
    add_up(&run);
    run.n_results = 1;
    run.results = calloc(1, sizeof *run.results);
    run.results[0] = (vc_result){.target = 0, .unit = 1, .to_date = 3};
    for (size_t i = 0; i < 3; i++) {
        run.results[0].quantile[VC_Q025] = low[i];
        ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
        ck_assert_int_ne(vc_suppression_shows(&s, "births", 1, VC_SPAN_TO_DATE,
                                              (vc_year){run.as_of, run.as_of + 3}),
                         SHOWN);
        ck_assert_int_eq(vc_suppression_forecast(&s, 0), marks[i]);
        vc_suppression_free(&s);
    }
    vc_run_free(&run);
}
END_TEST

/* --- real and realistic places -----------------------------------------------------------
 */

static void read_run(const char *dir, vc_period as_of, vc_run *run) {
    vc_workspace w;
    vc_findings findings;
    *run = (vc_run){.as_of = as_of};
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vc_workspace_read(dir, &findings, &w), VC_OK);
    ck_assert_int_eq(vc_panel_read(&w, &findings, &run->panel), VC_OK);
    ck_assert_int_eq(vc_targets_read(&w, &run->panel, &findings, &run->targets), VC_OK);
    ck_assert_int_eq(vc_panel_truncate(&run->panel, as_of), VC_OK);
    run->settings.min_cell = w.min_cell;
    vc_workspace_free(&w);
    vc_findings_free(&findings);
}

static void print_counts(const char *place, const vc_suppression *s) {
    static const char *const groups[VC_CELL_GROUPS] = {
        "births", "deaths", "arrivals", "departures", "sex", "compliance"};
    static const char *const details[VC_DETAILS] = {"years", "to date", "period",
                                                    "each period"};
    for (int g = 0; g < VC_CELL_GROUPS; g++)
        for (int d = 0; d < VC_DETAILS; d++) {
            const vc_suppression_count *c = &s->count[g][d];
            if (c->units > 0)
                printf("# %s %s %s: %zu units, %zu small, %zu low, %zu for others\n", place,
                       groups[g], details[d], c->units, c->small, c->low, c->protects);
        }
}

START_TEST(the_example_county_tells_what_a_meeting_needs) {
    vc_run run;
    vc_suppression s;
    read_run(vct_source("datasets/example-county"), 2013 * 12 + 6, &run);
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    print_counts("example county", &s);
    size_t n = 0;
    for (size_t u = 0; u < run.panel.tree.n; u++) {
        const vc_unit *unit = &run.panel.tree.units[u];
        bool shown =
            vc_suppression_shows(&s, "births", u, VC_SPAN_TO_DATE,
                                 (vc_year){2013 * 12, 2013 * 12 + 11}) == VC_MARK_SHOWN;
        if (unit->level < 2) ck_assert(shown);
        n += unit->level == 1;
        if (unit->level >= 2) ck_assert(!shown);
    }
    ck_assert_uint_eq(n, 13);
    vc_suppression_free(&s);
    vc_run_free(&run);
}
END_TEST

/* 182 townships of Taiwan, as of July 2019: what is withheld, and how long it takes. */
START_TEST(few_counts_of_taiwan_are_withheld_for_others) {
    const char *data = vct_shared("data/taiwan_township_monthly/townships_dev.csv");
    vc_run run;
    vc_suppression s;
    char link[512], place[4096];
    if (!data) {
        vct_skip("no data/taiwan_township_monthly in the shared folder");
        return;
    }
    snprintf(link, sizeof link, "%s/monthly.csv", vct_scratch());
    ck_assert(realpath(data, place) && symlink(place, link) == 0);
    vct_write_file(vct_scratch(), "workspace.yaml",
                   "name: t\nunits: {from_columns: [county_code, town_code]}\n"
                   "tables:\n  monthly:\n    columns: {month: ym, births_male: births_m,"
                   " births_female: births_f, deaths: [deaths_m, deaths_f],"
                   " population: [pop_m, pop_f]}\n");
    vct_write_file(vct_scratch(), "targets.csv",
                   "id,year_end,unit,indicator,direction,value,decimals\n"
                   "b,2019-12,*,births,at_most,previous_year,0\n");
    read_run(vct_scratch(), 2019 * 12 + 6, &run);
    clock_t begin = clock();
    ck_assert_int_eq(vc_suppression_find(&run, &s), VC_OK);
    printf("# Taiwan: %zu units, %.1f ms\n", run.panel.tree.n,
           1000.0 * (double)(clock() - begin) / CLOCKS_PER_SEC);
    print_counts("Taiwan", &s);
    const vc_suppression_count *births = &s.count[VC_CELLS_BIRTHS][VC_DETAIL_TO_DATE];
    ck_assert_uint_lt(10 * births->protects, births->units);
    vc_suppression_free(&s);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_smallest_sibling_protects),
        VCT(marks_do_not_tell),
        VCT(a_parent_goes_with_what_nobody_can_protect),
        VCT(figures_rest_on_counts),
        VCT(history_is_told_of_the_top_unit_where_it_is_large),
        VCT(a_forecast_near_the_count_is_withheld),
        VCT(no_withheld_count_can_be_worked_out),
        VCT(without_complements_counts_are_worked_out),
        VCT(the_example_county_tells_what_a_meeting_needs),
        VCT(few_counts_of_taiwan_are_withheld_for_others),
    };
    return vct_run("assess/suppression", tests, VCT_COUNT(tests));
}
