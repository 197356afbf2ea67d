/* Scenario files: what is read, and every fault with its place. */
#include "data/scenario_internal.h"

#include <math.h>

#include "support/hand_panel.h"
#include "support/services.h"
#include "unit/data/world.h"

#define JULY (2020 * 12 + 6)

typedef struct scene {
    vc_panel panel;
    vc_targets targets;
    vc_findings findings;
    vc_scenario scenario;
} scene;

/* Township 1 is "1"; its records are those of support/services.h. */
static vc_status read_text(const char *text, scene *s) {
    static char path[600];
    *s = (scene){.targets = {.n = 2, .list = calloc(8, sizeof(vc_target))}};
    vct_hand_panel(VCT_SERVICE_MONTHS, &s->panel);
    vct_services_add(&s->panel, &s->targets);
    vc_findings_init(&s->findings, VC_ENGLISH);
    put("scenario.yaml", text);
    snprintf(path, sizeof path, "%s/scenario.yaml", vct_scratch());
    return vc_scenario_read(path, &s->panel, JULY, JULY + 5, &s->findings, &s->scenario);
}

static void scene_free(scene *s) {
    vc_scenario_free(&s->scenario);
    vc_findings_free(&s->findings);
    vc_targets_free(&s->targets);
    vc_panel_free(&s->panel);
}

static const char *code(const scene *s, size_t unit) {
    return s->panel.tree.units[unit].code;
}

START_TEST(reads_names_units_periods_and_sizes) {
    scene s;
    char text[1024];
    vct_hand_panel(1, &s.panel);
    snprintf(text, sizeof text,
             "name: 补录加强\ndescription: from August on\neffects:\n"
             "  - {indicator: entry, unit: \"%s\", from: 2020-08, to: 2020-10, add: -2.5}\n"
             "  - {indicator: 出生率, from: 2020-12, to: 2020-12, times: 1.02}\n",
             code(&s, 2));
    vc_panel_free(&s.panel);
    ck_assert_int_eq(read_text(text, &s), VC_OK);
    ck_assert_uint_eq(s.findings.n, 0);
    ck_assert_str_eq(s.scenario.name, "补录加强");
    ck_assert_str_eq(s.scenario.description, "from August on");
    ck_assert_str_eq(s.scenario.text, text);
    ck_assert_uint_eq(s.scenario.n, 2);
    const vc_effect *e = s.scenario.effects;
    ck_assert_str_eq(e[0].indicator, "entry");
    ck_assert(e[0].unit == 2 && e[0].first == JULY + 1 && e[0].last == JULY + 3);
    ck_assert(e[0].kind == VC_EFFECT_ADD && e[0].amount == -2.5);
    ck_assert_str_eq(e[1].indicator, "birth_rate");
    ck_assert(e[1].unit == 0 && e[1].first == JULY + 5 && e[1].kind == VC_EFFECT_TIMES);
    ck_assert(vci_scenario_sound(&s.scenario, &s.panel, JULY, JULY + 5));
    ck_assert(!vci_scenario_sound(&s.scenario, &s.panel, JULY, JULY + 4));
    ck_assert(!vci_scenario_sound(&s.scenario, &s.panel, JULY + 1, JULY + 5));
    scene_free(&s);
}
END_TEST

/* One effect each, at line 3 of the file; T1 stands for the code of township 1. */
static const struct {
    const char *effect, *kind;
    size_t column;
    const char *says;
} FAULTS[] = {
    {"indicator: entry, from: 2020-07, to: 2020-09, add: 1", "S14", 30,
     "2020-08 to 2020-12"},
    {"indicator: entry, from: 2020-08, to: 2021-01, add: 1", "S14", 43,
     "2020-08 to 2020-12"},
    {"indicator: entry, from: 2020-10, to: 2020-09, add: 1", "S14", 43, "before it begins"},
    {"indicator: entry, from: soon, to: 2020-09, add: 1", "S01", 30, "2013-12"},
    {"indicator: entry, from: 2020-08, add: 1", "S14", 5, "`to`"},
    {"indicator: entry, from: 2020-08, to: 2020-09", "S14", 5, "no size"},
    {"indicator: entry, from: 2020-08, to: 2020-09, add: 1, times: 2", "S14", 67,
     "two sizes"},
    {"indicator: entry, from: 2020-08, to: 2020-09, add: 101", "S14", 57, "100 points"},
    {"indicator: entry, from: 2020-08, to: 2020-09, times: -1", "S14", 59, "0 to 10"},
    {"indicator: births, from: 2020-08, to: 2020-09, add: 1", "S14", 58,
     "`times`, not `add`"},
    {"indicator: natural_growth_rate, from: 2020-08, to: 2020-09, times: 1", "S14", 17,
     "several events"},
    {"indicator: entrie, from: 2020-08, to: 2020-09, add: 1", "S14", 17, "entry"},
    {"from: 2020-08, to: 2020-09, add: 1", "S14", 5, "`indicator`"},
    {"indicator: entry, unit: X9, from: 2020-08, to: 2020-09, add: 1", "S14", 30, "X9"},
    {"indicator: satisfied, unit: T2, from: 2020-08, to: 2020-09, add: 1", "S14", 34,
     "no records"},
    {"indicator: entry, form: 1, from: 2020-08, to: 2020-09, add: 1", "S01", 24, "from"},
};

/* T1 and T2 become codes of the hand-made panel, which have as many letters. */
static void write_effect(const char *effect, char *text, size_t size) {
    vc_panel panel;
    vct_hand_panel(1, &panel);
    snprintf(text, size, "name: x\neffects:\n  - {%s}\n", effect);
    for (size_t u = 1; u < 3; u++) {
        char *at = strstr(text, u == 1 ? "T1" : "T2");
        ck_assert_uint_ge(strlen(panel.tree.units[u].code), 2);
        if (!at) continue;
        const char *c = panel.tree.units[u].code;
        memmove(at + strlen(c), at + 2, strlen(at + 2) + 1);
        memcpy(at, c, strlen(c));
    }
    vc_panel_free(&panel);
}

START_TEST(faults_have_their_places) {
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        scene s;
        char text[512];
        write_effect(FAULTS[i].effect, text, sizeof text);
        ck_assert_int_eq(read_text(text, &s), VC_BAD_INPUT);
        const vc_finding *f = &s.findings.list[0];
        char *whole = vc_finding_format(f, VC_ENGLISH);
        ck_assert_msg(s.findings.n == 1 && !strcmp(f->kind, FAULTS[i].kind) &&
                          f->line == 3 && f->column == FAULTS[i].column &&
                          strstr(whole, FAULTS[i].says),
                      "%s: %s", FAULTS[i].effect, whole);
        free(whole);
        scene_free(&s);
    }
}
END_TEST

START_TEST(overlaps_name_both_places) {
    scene s;
    ck_assert_int_eq(
        read_text("name: x\neffects:\n"
                  "  - {indicator: births, from: 2020-08, to: 2020-10, times: 1.1}\n"
                  "  - {indicator: deaths, from: 2020-08, to: 2020-10, times: 1.1}\n"
                  "  - {indicator: birth_rate, from: 2020-10, to: 2020-12, times: 1.1}\n"
                  "  - {indicator: births, from: 2020-11, to: 2020-11, times: 1.1}\n",
                  &s),
        VC_BAD_INPUT);
    ck_assert_uint_eq(s.findings.n_faults, 2); /* 5 with 3, 6 with 5 */
    ck_assert_uint_eq(s.findings.list[0].line, 5);
    expect_in("line 3, column 5", s.findings.list[0].message);
    ck_assert_uint_eq(s.findings.list[1].line, 6);
    expect_in("line 5, column 5", s.findings.list[1].message);
    scene_free(&s);
}
END_TEST

/* DESIGN.md section 7, boundary 2: refused, and the message says why. */
START_TEST(vital_events_below_the_top_are_a_boundary) {
    static const char *const vital[] = {"births",
                                        "birth_rate",
                                        "出生率",
                                        "deaths",
                                        "death_rate",
                                        "出生人口性别比",
                                        "sex_ratio_at_birth",
                                        "policy_compliance_rate",
                                        "arrivals",
                                        "departures"};
    for (size_t i = 0; i < sizeof vital / sizeof *vital; i++) {
        scene s;
        char effect[256], text[512];
        snprintf(effect, sizeof effect,
                 "indicator: %s, unit: T1, from: 2020-08, to: 2020-09, times: 1.1",
                 vital[i]);
        write_effect(effect, text, sizeof text);
        ck_assert_int_eq(read_text(text, &s), VC_BAD_INPUT);
        ck_assert_uint_eq(s.findings.n, 1);
        ck_assert_str_eq(s.findings.list[0].kind, "S14");
        expect_in("boundary 2", s.findings.list[0].message);
        scene_free(&s);
    }
}
END_TEST

/* A service that bears a vital event's name is taken for the event. */
START_TEST(names_do_not_get_around_the_boundary) {
    scene s;
    char text[512];
    write_effect("indicator: entry, unit: T1, from: 2020-08, to: 2020-09, add: 1", text,
                 sizeof text);
    ck_assert_int_eq(read_text(text, &s), VC_OK);
    ck_assert(vci_scenario_permits(&s.panel, "entry", 1));
    vci_free(s.panel.progress[VCT_STOCK].indicator);
    s.panel.progress[VCT_STOCK].indicator = vci_text_copy("出生率", strlen("出生率"));
    ck_assert(!vci_scenario_permits(&s.panel, "出生率", 1));
    ck_assert(vci_scenario_permits(&s.panel, "出生率", 0));
    scene_free(&s);
}
END_TEST

START_TEST(files_that_are_no_scenario) {
    static const char *const texts[] = {"- a\n",
                                        "name: x\n",
                                        "name: x\neffects: []\n",
                                        "name: x\neffects: 3\n",
                                        "name: x\neffects: [3]\n",
                                        "effects: &a\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        scene s;
        ck_assert_int_eq(read_text(texts[i], &s), VC_BAD_INPUT);
        ck_assert_uint_ge(s.findings.list[0].line, 1);
        scene_free(&s);
    }
    scene s;
    ck_assert_int_eq(read_text("name: x\n", &s), VC_BAD_INPUT);
    vc_scenario_free(&s.scenario);
    ck_assert_int_eq(vc_scenario_read("/nowhere/s.yaml", &s.panel, JULY, JULY + 5,
                                      &s.findings, &s.scenario),
                     VC_BAD_INPUT);
    scene_free(&s);
}
END_TEST

START_TEST(survives_every_failed_allocation) {
    char text[512];
    write_effect("indicator: entry, unit: T1, from: 2020-08, to: 2020-09, add: 1", text,
                 sizeof text);
    for (long calls = 0;; calls++) {
        scene s;
        ck_assert_int_eq(read_text(text, &s), VC_OK);
        vc_scenario_free(&s.scenario);
        char path[600];
        snprintf(path, sizeof path, "%s/scenario.yaml", vct_scratch());
        vci_memory_fail_at(calls);
        vc_status st =
            vc_scenario_read(path, &s.panel, JULY, JULY + 5, &s.findings, &s.scenario);
        vci_memory_fail_at(-1);
        scene_free(&s);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        if (st == VC_OK) break;
        ck_assert_int_lt(calls, 1000);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_names_units_periods_and_sizes),
                                     VCT(faults_have_their_places),
                                     VCT(overlaps_name_both_places),
                                     VCT(vital_events_below_the_top_are_a_boundary),
                                     VCT(names_do_not_get_around_the_boundary),
                                     VCT(files_that_are_no_scenario),
                                     VCT(survives_every_failed_allocation)};
    return vct_run("data/scenario", tests, VCT_COUNT(tests));
}
