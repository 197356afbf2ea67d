/* Real registrations: 182 townships of 11 Taiwanese counties (../shared/data). */
#include <math.h>

#include "unit/data/world.h"
#include "vitalcast/quality.h"

static bool read_taiwan(world *w) {
    const char *path = vct_shared("data/taiwan_township_monthly/townships_dev.csv");
    char settings[1024];
    if (!path) {
        vct_skip("shared data are not there");
        return false;
    }
    snprintf(
        settings, sizeof settings,
        "name: Taiwan\nunits: {from_columns: [county_code, town_code], names: [county, "
        "town]}\n"
        "tables:\n  monthly:\n    file: %s\n    columns:\n      month: ym\n"
        "      births_male: births_m\n      births_female: births_f\n"
        "      deaths: [deaths_m, deaths_f]\n      population: [pop_m, pop_f]\n",
        path);
    put("workspace.yaml", settings);
    ck_assert_int_eq(world_read(w, VC_ENGLISH), VC_OK);
    return true;
}

/* More births were registered in December 2020 and far fewer in January 2021, everywhere
 * (STATISTICS.md: +14 %, -25 %). */
START_TEST(the_shift_of_january_2021_is_found) {
    world w;
    vc_quality quality;
    size_t n_counties = 0, n_other = 0;
    bool whole = false;
    if (!read_taiwan(&w)) return;
    ck_assert_int_eq(vc_quality_find(&w.panel, NULL, NULL, &quality), VC_OK);
    for (size_t i = 0; i < quality.n; i++) {
        const vc_quality_check *c = &quality.checks[i];
        if (c->kind != VC_QUALITY_SHIFT || !c->found) continue;
        if (c->first == 2020 * 12 + 11) {
            ck_assert_int_eq(c->event, VC_BIRTHS);
            ck_assert_double_lt(c->seen, c->low);
            n_counties += w.panel.tree.units[c->unit].level == 1;
            whole = whole || c->unit == w.panel.tree.root;
        } else {
            n_other++;
        }
    }
    ck_assert(whole);
    ck_assert_uint_ge(n_counties, 3);
    ck_assert_uint_eq(n_other, 0);
    vc_quality_free(&quality);
    world_free(&w);
}
END_TEST

/* Twelve targets whose years end in every month. */
static vc_targets every_month(vc_target *list) {
    static char indicator[] = "deaths";
    for (int m = 0; m < 12; m++)
        list[m] = (vc_target){.year_end = 2022 * 12 + m, .indicator = indicator};
    return (vc_targets){.n = 12, .list = list};
}

static bool shocked(const vc_quality_check *c) {
    return c->kind == VC_QUALITY_SHIFT && c->last >= 2020 * 12 + 11 &&
           c->first <= 2021 * 12 + 1;
}

/*
 * Townships, by kind: the share of p values up to 5 %, within one point, or four standard
 * errors where a kind has too few tests for that. Boundaries are those of all months but
 * the one above.
 */
START_TEST(errors_of_the_first_kind) {
    world w;
    vc_quality quality;
    vc_target list[12];
    double n[VC_QUALITY_KINDS] = {0}, wrong[VC_QUALITY_KINDS] = {0};
    if (!read_taiwan(&w)) return;
    vc_targets targets = every_month(list);
    ck_assert_int_eq(vc_quality_find(&w.panel, &targets, NULL, &quality), VC_OK);
    for (size_t i = 0; i < quality.n; i++) {
        const vc_quality_check *c = &quality.checks[i];
        bool township = w.panel.tree.units[c->unit].leaf;
        if (isnan(c->p) || !township || shocked(c)) continue;
        if (c->kind == VC_QUALITY_ZEROS && c->expected < 1) continue;
        n[c->kind]++;
        wrong[c->kind] += c->p <= 0.05;
    }
    for (int kind = 0; kind < VC_QUALITY_KINDS; kind++) {
        if (n[kind] < 20) continue;
        double rate = wrong[kind] / n[kind], noise = 4 * sqrt(0.05 * 0.95 / n[kind]);
        ck_assert_msg(fabs(rate - 0.05) <= fmax(0.01, noise), "%s: %.4f of %.0f",
                      vc_quality_kind_key((vc_quality_kind)kind), rate, n[kind]);
    }
    ck_assert_double_gt(n[VC_QUALITY_SHIFT], 15000);
    vc_quality_free(&quality);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(the_shift_of_january_2021_is_found),
                                     VCT(errors_of_the_first_kind)};
    return vct_run("quality/taiwan", tests, VCT_COUNT(tests));
}
