/* Series that were filled in otherwise than month by month; honest ones are left in peace.
 */
#include <math.h>

#include "support/honest_county.h"
#include "world.h"

/* Counties of 12 townships and 96 months: 1,152 rows each. */
#define COUNTIES 24

static const char *const kinds[] = {"M12", "M15", "C04", "C07", "C09", "C10", "C14"};

static size_t count_kinds(const world *w) {
    size_t n = 0;
    for (size_t i = 0; i < w->findings.n; i++)
        for (size_t k = 0; k < VCT_COUNT(kinds); k++)
            n += strcmp(w->findings.list[i].kind, kinds[k]) == 0;
    return n;
}

static void write_units(const vc_panel *panel) {
    char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "code,name,parent\nC,county,\n");
    for (size_t u = 1; u < panel->tree.n; u++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "T%zu,town %zu,C\n", u, u);
    put("units.csv", text);
}

/* Township u's figures from `first` on: 2013-01 is month 0. */
static char *write_months(const vc_panel *panel) {
    size_t room = 64 * panel->n_periods * panel->tree.n, used = 0;
    char *text = malloc(room);
    ck_assert_ptr_nonnull(text);
    used += (size_t)snprintf(text, room, "unit,month,births_male,births_female,deaths\n");
    for (size_t u = 1; u < panel->tree.n; u++)
        for (size_t t = 0; t < panel->n_periods; t++) {
            size_t at = u * panel->n_periods + t;
            used += (size_t)snprintf(
                text + used, room - used, "T%zu,%zu-%02zu,%.0f,%.0f,%.0f\n", u,
                2013 + t / 12, t % 12 + 1, panel->count[VC_BIRTHS_MALE][at],
                panel->count[VC_BIRTHS_FEMALE][at], panel->count[VC_DEATHS][at]);
        }
    return text;
}

/* Townships of very different sizes, so that large and tiny series are among them. */
START_TEST(honest_counties_raise_nothing) {
    size_t found = 0;
    for (unsigned seed = 1; seed <= COUNTIES; seed++) {
        vct_county_options options = vct_county_options_default();
        vc_panel panel;
        world w;
        options.spread = 1.8;
        vct_honest_county(&options, seed, &panel);
        char *text = write_months(&panel);
        put("workspace.yaml", "name: county\n");
        write_units(&panel);
        put("monthly.csv", text);
        ck_assert_msg(world_read(&w, VC_ENGLISH) == VC_OK, "%s", all_findings(&w.findings));
        found += count_kinds(&w);
        ck_assert_msg(found == 0, "seed %u: %s", seed, all_findings(&w.findings));
        world_free(&w);
        vc_panel_free(&panel);
        free(text);
    }
}
END_TEST

/* Births of one unit from 2013-03 on. */
static vc_status read_births(world *w, size_t n, const int *births, const char *settings) {
    char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "unit,month,births\n");
    for (size_t t = 0; t < n; t++)
        used += (size_t)snprintf(text + used, sizeof text - used, "C,%zu-%02zu,%d\n",
                                 2013 + (t + 2) / 12, (t + 2) % 12 + 1, births[t]);
    put("workspace.yaml", settings);
    put("units.csv", "code,name,parent\nC,county,\n");
    put("monthly.csv", text);
    return world_read(w, VC_ENGLISH);
}

static const int TOTALS[] = {60,  75, 96, 110, 131, 150, 171, 188, 207,
                             225, 21, 40, 63,  80,  98,  121, 140, 162};

START_TEST(running_totals_are_asked_about) {
    world w;
    ck_assert_int_eq(read_births(&w, VCT_COUNT(TOTALS), TOTALS, "name: county\n"),
                     VC_BAD_INPUT);
    ck_assert_uint_eq(w.findings.n_faults, 1);
    ck_assert_str_eq(w.findings.list[0].kind, "M12");
    ck_assert_uint_eq(w.findings.list[0].line, 12); /* 2014-01 */
    world_free(&w);
}
END_TEST

/* Somebody was asked, and said that they are the months' own. */
START_TEST(the_answer_no_is_believed) {
    world w;
    vc_status st =
        read_births(&w, VCT_COUNT(TOTALS), TOTALS,
                    "name: county\ntables:\n  monthly:\n    cumulative_from: no\n");
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w.findings));
    CHECK_CLOSE(w.panel.count[VC_BIRTHS][9], 225, 0, 0);
    world_free(&w);
}
END_TEST

/* Months that rise for a year and then fall a little are months. */
START_TEST(a_rising_year_is_no_total) {
    static const int rising[] = {20, 21, 23, 24, 26, 27, 29, 30, 32,
                                 33, 20, 22, 24, 25, 27, 28, 30, 31};
    world w;
    vc_status st = read_births(&w, VCT_COUNT(rising), rising, "name: county\n");
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w.findings));
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(honest_counties_raise_nothing), VCT(running_totals_are_asked_about),
        VCT(the_answer_no_is_believed), VCT(a_rising_year_is_no_total)};
    return vct_run("data/panel_pattern", tests, VCT_COUNT(tests));
}
