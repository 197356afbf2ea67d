/* Specifications: the shipped ones as they are, and what mistakes in them get. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "vitalcast/model.h"

static vc_findings findings;

static vc_status parse(const char *text, vc_model *model) {
    vc_findings_init(&findings, VC_ENGLISH);
    return vc_model_parse("m.yaml", text, strlen(text), &findings, model);
}

/* The text is refused with one fault at a line. */
static void refused(const char *text, const char *kind, size_t line) {
    vc_model model;
    ck_assert_int_eq(parse(text, &model), VC_BAD_MODEL);
    ck_assert_uint_eq(findings.n_faults, 1);
    ck_assert_str_eq(findings.list[0].kind, kind);
    ck_assert_uint_eq(findings.list[0].line, line);
    vc_model_free(&model);
    vc_findings_free(&findings);
}

/* Is a specification named among those with a back-test? */
static bool accuracy_names(const char *path) {
    char line[1024];
    bool named = false;
    FILE *file = fopen(vct_source("docs/ACCURACY.md"), "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) named = named || strstr(line, path);
    fclose(file);
    return named;
}

static void shipped(const char *name, vc_family family) {
    vc_model model;
    char path[64];
    snprintf(path, sizeof path, "models/%s", name);
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vc_model_read(vct_source(path), &findings, &model), VC_OK);
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_int_eq(model.family, family);
    /* Nothing is called back-tested before a back-test of this program says so. */
    ck_assert(model.validated == accuracy_names(path));
    vc_model_free(&model);
    vc_findings_free(&findings);
}

START_TEST(shipped_specifications_are_sound) {
    shipped("births.yaml", VC_NEGATIVE_BINOMIAL);
    shipped("deaths.yaml", VC_NEGATIVE_BINOMIAL);
    shipped("sex.yaml", VC_BINOMIAL);
    shipped("population.yaml", VC_LOG_NORMAL);
    shipped("annual.yaml", VC_LOG_NORMAL);
    shipped("value.yaml", VC_LOG_NORMAL);
    shipped("sex_shared.yaml", VC_BINOMIAL);
    shipped("compliance.yaml", VC_BETA_BINOMIAL);
    shipped("migration.yaml", VC_NEGATIVE_BINOMIAL);
    shipped("quota.yaml", VC_NEGATIVE_BINOMIAL);
    shipped("stock_ratio.yaml", VC_LOGIT_NORMAL);
    shipped("survey.yaml", VC_BETA_BINOMIAL);
}
END_TEST

START_TEST(quotas_have_an_exposure_and_a_cap) {
    vc_model m;
    ck_assert_int_eq(parse("name: x\nfamily: poisson\nexposure: quota\ncap: 1.1\n"
                           "level: {mean: auto, sd: 2}\n",
                           &m),
                     VC_OK);
    ck_assert_int_eq(m.exposure, VC_EXPOSURE_QUOTA);
    CHECK_CLOSE(m.cap, 1.1, 0, 0);
    vc_model_free(&m);
}
END_TEST

START_TEST(numbers_arrive_where_they_belong) {
    vc_model m;
    ck_assert_int_eq(parse("name: x\nfamily: negative_binomial\nexposure: days\n"
                           "level: {mean: -7.5, sd: 2}\ndrift: {sd: 0.1}\n"
                           "season: {upper: 0.3, probability: 0.05, start: 0.08}\n"
                           "trend: {fixed: 0.02, block: 12}\nshock: none\n"
                           "units:\n  block: 6\n  full_step: yes\n  leaf:\n"
                           "    level: {mixture: {spike: 0.01, slab: 0.2}, weight: 0.25}\n"
                           "    step: {half_normal: 0.05}\n"
                           "dispersion: {upper: 0.3, probability: 0.01}\n",
                           &m),
                     VC_OK);
    ck_assert(!m.level_auto && m.level_mean == -7.5 && m.level_sd == 2 &&
              m.drift_sd.kind == VC_SCALE_FIXED && m.drift_sd.start == 0.1);
    ck_assert(m.season.kind == VC_SCALE_PC && m.season.start == 0.08);
    ck_assert(m.trend.kind == VC_SCALE_FIXED && m.trend.start == 0.02 &&
              m.trend_block == 12);
    ck_assert(m.shock.kind == VC_SCALE_ABSENT && m.middle_level.kind == VC_SCALE_ABSENT);
    ck_assert(m.block == 6 && m.full_step);
    ck_assert(m.leaf_level.kind == VC_SCALE_MIXTURE && m.leaf_level.weight == 0.25);
    ck_assert(m.leaf_step.kind == VC_SCALE_HALF_NORMAL && m.leaf_step.upper == 0.05);
    vc_model_free(&m);
}
END_TEST

START_TEST(the_sd_of_the_drift_is_given_or_estimated) {
    static const struct {
        const char *text;
        vc_scale_kind kind;
        double start;
    } cases[] = {{"0.1", VC_SCALE_FIXED, 0.1},
                 {"0", VC_SCALE_ABSENT, 0},
                 {"{fixed: 0.2}", VC_SCALE_FIXED, 0.2},
                 {"{upper: 0.05, probability: 0.05, start: 0.01}", VC_SCALE_PC, 0.01}};
    for (size_t i = 0; i < VCT_COUNT(cases); i++) {
        vc_model m;
        char text[256];
        snprintf(text, sizeof text,
                 "name: x\nfamily: poisson\nlevel: {mean: 0, sd: 1}\ndrift: {sd: %s}\n",
                 cases[i].text);
        ck_assert_int_eq(parse(text, &m), VC_OK);
        ck_assert_int_eq(m.drift_sd.kind, cases[i].kind);
        CHECK_CLOSE(m.drift_sd.start, cases[i].start, 0, 0);
        vc_model_free(&m);
    }
}
END_TEST

START_TEST(every_component_can_be_asked_for) {
    vc_model m;
    ck_assert_int_eq(
        parse("name: x\nfamily: beta_binomial\nlevel: {mean: 0.06, sd: 0.1}\n"
              "drift: {sd: 0.1, change: {upper: 0.01, probability: 0.05}, damping: 0.95}\n"
              "season: {upper: 0.3, probability: 0.05, change: {half_normal: 0.02}}\n"
              "trend: {fixed: 0.02, order: 2, damping: 0.9}\n"
              "shock: {upper: 0.2, probability: 0.05, tail: 4}\n"
              "steps:\n  - {from: 2016-01, sd: 0.1}\n"
              "  - {from: 2014-Q3, mean: 0.2, sd: 0.3, name: new hospital}\n"
              "pulses:\n  - {in: 2020, mean: -0.1, sd: 0.05}\n"
              "zodiac: {animal: dragon, mean: 0.08, sd: 0.06}\n"
              "units:\n  middle:\n    level: {fixed: 0.1}\n    season: {fixed: 0.2}\n"
              "  leaf:\n    level: {fixed: 0.1}\n    season: {fixed: 0.3}\n"
              "dispersion: {fixed: 0.05}\n",
              &m),
        VC_OK);
    ck_assert(m.family == VC_BETA_BINOMIAL && m.drift_damping == 0.95);
    ck_assert(m.drift_change.kind == VC_SCALE_PC && m.drift_change.upper == 0.01);
    ck_assert(m.season_change.kind == VC_SCALE_HALF_NORMAL);
    ck_assert(m.trend_order == 2 && m.trend_damping == 0.9 && m.shock_tail == 4);
    ck_assert_uint_eq(m.n_events, 4);
    ck_assert(m.events[0].kind == VC_STEP_EVENT && m.events[0].mean == 0 &&
              m.events[0].sd == 0.1);
    ck_assert_str_eq(m.events[1].from, "2014-Q3");
    ck_assert(m.events[2].kind == VC_PULSE_EVENT && m.events[2].mean == -0.1);
    ck_assert(m.events[3].kind == VC_ZODIAC_EVENT && m.events[3].animal == 4);
    ck_assert(m.middle_season.start == 0.2 && m.leaf_season.start == 0.3);
    vc_model_free(&m);
}
END_TEST

#define HEAD "name: x\nfamily: poisson\nlevel: {mean: auto, sd: 2}\n"

START_TEST(mistakes_have_their_place) {
    refused(HEAD "sesaon: {fixed: 1}\n", "S01", 4);
    refused(HEAD "season: {upper: 0.3}\n", "S08", 4);
    refused(HEAD "season: 0.3\n", "S08", 4);
    refused(HEAD "season: {mixture: {spike: 0.2, slab: 0.1}}\n", "S08", 4);
    refused(HEAD "season: {fixed: 0.1, half_normal: 0.2}\n", "S08", 4);
    refused(HEAD "season: {fixed: 0.1, start: 0.2}\n", "S01", 4);
    refused(HEAD "season: {half_normal: 0.1, weight: 0.2}\n", "S01", 4);
    refused(HEAD "season: {half_normal: wide}\n", "S01", 4);
    refused(HEAD "shock: {fixed: 0.1, tail: 5}\n", "S08", 4);
    refused(HEAD "season: {fixed: 0.1, tail: 4}\n", "S01", 4);
    refused(HEAD "shock: {fixed: 0.1, tail: 4, persistence: 0.5}\n", "S08", 4);
    refused(HEAD "shock: {fixed: 0.1, persistence: 1}\n", "S01", 4);
    refused(HEAD "steps:\n  - {from: 2016-13, sd: 0.1}\n", "S08", 5);
    refused(HEAD "steps: {from: 2016-01, sd: 0.1}\n", "S08", 4);
    refused(HEAD "pulses:\n  - {in: 2016-01}\n", "S03", 5);
    refused(HEAD "zodiac: {animal: cat, sd: 0.1}\n", "S01", 4);
    refused(HEAD "units:\n  leaf: {season: {fixed: 0.1}}\n", "S08", 5);
    refused(HEAD "units:\n  leaf: {step: {fixed: 0.1}}\n", "S08", 5);
    refused("family: poisson\nlevel: {mean: auto, sd: 2}\n", "S03", 1);
    refused("name: x\nfamily: normal\nlevel: {mean: auto, sd: 2}\n", "S03", 1);
}
END_TEST

START_TEST(a_negative_scale_is_refused) {
    refused(HEAD "shock: {fixed: -1}\n", "S08", 4);
    refused(HEAD "pulses:\n  - {in: 2016-01, sd: -0.1}\n", "S08", 5);
    refused("name: x\nfamily: poisson\nlevel: {mean: auto, sd: -2}\n", "S08", 3);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(shipped_specifications_are_sound),
                                     VCT(quotas_have_an_exposure_and_a_cap),
                                     VCT(numbers_arrive_where_they_belong),
                                     VCT(the_sd_of_the_drift_is_given_or_estimated),
                                     VCT(every_component_can_be_asked_for),
                                     VCT(mistakes_have_their_place),
                                     VCT(a_negative_scale_is_refused)};
    return vct_run("model/model", tests, VCT_COUNT(tests));
}
