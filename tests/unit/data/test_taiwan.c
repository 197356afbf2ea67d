/* Real data: 182 townships of 11 Taiwanese counties, 105 months (../shared/data). */
#include <math.h>
#include <time.h>

#include "world.h"

static const char *townships(void) {
    return vct_shared("data/taiwan_township_monthly/townships_dev.csv");
}

static bool read_taiwan(world *w) {
    const char *path = townships();
    char settings[1024];
    if (!path) {
        vct_skip("shared data are not there");
        return false;
    }
    snprintf(settings, sizeof settings,
             "name: 台湾\nunits: {from_columns: [county_code, town_code], names: [county, "
             "town]}\n"
             "tables:\n  monthly:\n    file: %s\n    columns:\n      month: ym\n"
             "      births_male: births_m\n      births_female: births_f\n"
             "      deaths: [deaths_m, deaths_f]\n      population: [pop_m, pop_f]\n",
             path);
    put("workspace.yaml", settings);
    vc_status st = world_read(w, VC_CHINESE);
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w->findings));
    return true;
}

START_TEST(has_its_units_and_months) {
    world w;
    if (!read_taiwan(&w)) return;
    const vc_panel *p = &w.panel;
    size_t n_counties = 0;
    for (size_t i = 0; i < p->tree.n; i++) n_counties += p->tree.units[i].level == 1;
    ck_assert_uint_eq(p->tree.n_leaves, 182);
    ck_assert_uint_eq(n_counties, 11);
    ck_assert_uint_eq(p->tree.n, 194);
    ck_assert_uint_eq(p->tree.root, 0);
    ck_assert_str_eq(p->tree.units[0].name, "台湾");
    ck_assert_uint_eq(p->n_periods, 105);
    ck_assert_int_eq(p->first, 2014 * 12 + 3);
    ck_assert_int_eq(vc_panel_last(p), 2022 * 12 + 11);
    ck_assert_str_eq(p->tree.units[vc_unit_find(&p->tree, "1000401")].name, "竹北市");
    world_free(&w);
}
END_TEST

/*
 * The population ends nine months early: one warning, and one for each of its two columns.
 * One true zero stands where eight deaths are usual (左鎮區, 2017-12; 1 in 38,220 figures).
 */
START_TEST(tells_of_the_population_once) {
    world w;
    if (!read_taiwan(&w)) return;
    size_t n_ends = 0;
    for (size_t i = 0; i < w.findings.n; i++)
        n_ends += strcmp(w.findings.list[i].kind, "M10") == 0;
    ck_assert_uint_eq(n_ends, 1);
    expect_in("2022-03", found(&w, VC_WARNING, "M10")->message);
    expect_in("2017-12", found(&w, VC_WARNING, "C08")->message);
    expect_numbers(&w, 0, 4);
    world_free(&w);
}
END_TEST

/*
 * Against the county table of the same source: births by sex, deaths, population of 2019.
 */
START_TEST(agrees_with_the_county_table) {
    world w;
    const char *path = vct_shared("data/taiwan_township_monthly/counties_dev.csv");
    if (!read_taiwan(&w)) return;
    FILE *file = path ? fopen(path, "r") : NULL;
    ck_assert_ptr_nonnull(file);
    char line[512], month[32], code[16];
    double male, female, deaths_male, deaths_female, people_male, people_female;
    double total[3] = {0, 0, 0};
    size_t n_rows = 0;
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "2019-", 5) != 0) continue;
        int n =
            sscanf(line, "%31[^,],%15[^,],%*[^,],%*[^,],%lf,%lf,%lf,%lf,%*f,%*f,%lf,%lf",
                   month, code, &male, &female, &deaths_male, &deaths_female, &people_male,
                   &people_female);
        ck_assert_int_eq(n, 8);
        const vc_panel *p = &w.panel;
        CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], code, month), male, 0, 0);
        CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_FEMALE], code, month), female, 0, 0);
        CHECK_CLOSE(figure(&w, p->count[VC_DEATHS], code, month),
                    deaths_male + deaths_female, 0, 0);
        CHECK_CLOSE(figure(&w, p->population, code, month), people_male + people_female, 0,
                    0);
        total[0] += male;
        total[1] += female;
        total[2] += deaths_male + deaths_female;
        n_rows++;
    }
    fclose(file);
    ck_assert_uint_eq(n_rows, 11 * 12);
    double sum[3] = {0, 0, 0};
    for (int k = 1; k <= 12; k++) {
        snprintf(month, sizeof month, "2019-%02d", k);
        sum[0] += figure(&w, w.panel.count[VC_BIRTHS_MALE], "root", month);
        sum[1] += figure(&w, w.panel.count[VC_BIRTHS_FEMALE], "root", month);
        sum[2] += figure(&w, w.panel.count[VC_DEATHS], "root", month);
    }
    for (size_t k = 0; k < 3; k++) CHECK_CLOSE(sum[k], total[k], 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "root", "2022-04"), NAN, 0, 0);
    world_free(&w);
}
END_TEST

/* 19,110 rows are read in well under a second, even under the sanitizers. */
START_TEST(is_read_quickly) {
    world w;
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    if (!read_taiwan(&w)) return;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    double seconds = (double)(after.tv_sec - before.tv_sec) +
                     1e-9 * (double)(after.tv_nsec - before.tv_nsec);
    ck_assert_msg(seconds < (getenv("VCT_SANITIZE") ? 3.0 : 0.3), "%.3f s", seconds);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(has_its_units_and_months), VCT(tells_of_the_population_once),
        VCT(agrees_with_the_county_table), VCT(is_read_quickly)};
    return vct_run("data/taiwan", tests, VCT_COUNT(tests));
}
