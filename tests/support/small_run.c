#include "support/small_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/hand_panel.h"
#include "support/harness.h"

/*
 * Standard deviations are fixed where the search for them would begin (fix_sds), since to
 * integrate over them takes most of a test's time; two are free where a test is about what
 * is estimated.
 */
static const char MODEL[] =
    "name: births\nfamily: negative_binomial\nexposure: population\n"
    "level: {mean: auto, sd: 2}\ndrift: {sd: 0.05}\n"
    "season: {fixed: 0.07}\nshock: {upper: 0.15, probability: 0.05, start: 0.04}\n"
    "units:\n  leaf:\n    level: {fixed: 0.25}\n"
    "    step: {upper: 0.1, probability: 0.05, start: 0.03}\n"
    "dispersion: {fixed: 0.04}\n";
static const char SEX[] = "name: sex\nfamily: binomial\nlevel: {mean: 0.06, sd: 0.1}\n"
                          "units: {leaf: {level: {fixed: 0.07}}}\n";
static const char FREE_SEX[] = "name: sex\nfamily: binomial\nlevel: {mean: 0.06, sd: 0.1}\n"
                               "units: {leaf: {level: {half_normal: 0.1}}}\n";
static const char POPULATION[] = "name: population\nfamily: log_normal\nhistory_years: 1\n"
                                 "level: {mean: auto, sd: 1}\ndrift: {sd: 0.018}\n"
                                 "dispersion: {fixed: 0.001}\n";

void vct_write_file(const char *dir, const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

/* Of `text`, in place: {upper: u, probability: p, start: s} becomes {fixed: s}. */
static void fix_sds(char *text) {
    static const char upper[] = "upper: ", start[] = "start: ", fixed[] = "fixed: ";
    char *to = text;
    for (const char *from = text; *from;) {
        if (!strncmp(from, upper, sizeof upper - 1)) {
            from = strchr(strchr(from, ',') + 1, ',') + 2;
        } else if (!strncmp(from, start, sizeof start - 1)) {
            memcpy(to, fixed, sizeof fixed - 1);
            to += sizeof fixed - 1;
            from += sizeof start - 1;
        } else {
            *to++ = *from++;
        }
    }
    *to = 0;
}

/* The shipped models of shares, migration and services, with fixed standard deviations. */
static void write_service_models(const char *dir) {
    static const char *const names[] = {"compliance.yaml", "migration.yaml", "quota.yaml",
                                        "stock_ratio.yaml", "survey.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512], text[8192];
        snprintf(path, sizeof path, "models/%s", names[i]);
        FILE *f = fopen(vct_source(path), "r");
        ck_assert_ptr_nonnull(f);
        size_t size = fread(text, 1, sizeof text - 1, f);
        fclose(f);
        text[size] = 0;
        fix_sds(text);
        vct_write_file(dir, names[i], text);
    }
}

vc_target vct_target_at_most(const char *id, const char *indicator, int64_t value) {
    return (vc_target){.id = strdup(id),
                       .year_end = 2020 * 12 + 11,
                       .selector = VC_ALL_UNITS,
                       .unit = VC_NO_UNIT,
                       .indicator = strdup(indicator),
                       .direction = VC_AT_MOST,
                       .value = {VC_FIXED, {value, 1}, {1, 1}, {0, 1}},
                       .value_high = {VC_FIXED, {0, 1}, {1, 1}, {0, 1}},
                       .decimals = 1,
                       .points = (double)NAN,
                       .deadline = VC_NO_PERIOD,
                       .line = 2};
}

void vct_small_run(const vct_small *given, vc_run *run) {
    char models[256];
    static const vct_small standard = {.months = 19, .threads = 0, .draws = 600};
    const vct_small *small = given ? given : &standard;
    vc_panel panel;
    vc_targets targets = {.n = 2, .list = calloc(8, sizeof(vc_target))};
    vc_workspace workspace = {.dir = strdup(vct_scratch()),
                              .name = strdup("示例县"),
                              .source = strdup("手工数据"),
                              .min_cell = 10,
                              .frequency = VC_MONTHLY,
                              .text = strdup("name: 示例县\n"),
                              .text_size = 16,
                              .year_end_in_year = 11};
    vc_findings findings;
    const char *dirs[] = {workspace.dir, vct_source(".")};
    vc_datadirs list = {2, dirs};
    vc_run_options options = vc_run_options_default();
    options.draws = small->draws;
    options.threads = small->threads;
    options.keep = 50;
    if (small->seed) options.seed = small->seed;
    snprintf(models, sizeof models, "%s/models", workspace.dir);
    mkdir(models, 0755);
    char events[sizeof MODEL];
    memcpy(events, MODEL, sizeof MODEL);
    if (!small->estimated) fix_sds(events);
    vct_write_file(models, "births.yaml", events);
    vct_write_file(models, "deaths.yaml", events);
    vct_write_file(models, "sex.yaml", small->estimated ? FREE_SEX : SEX);
    vct_write_file(models, "population.yaml", POPULATION);
    write_service_models(models);
    vct_hand_panel(small->months, &panel);
    if (small->change) small->change(&panel, &targets);
    if (small->declare) small->declare(&workspace);
    targets.list[0] = vct_target_at_most("births", "births", 220);
    targets.list[1] = vct_target_at_most("srb", "sex_ratio_at_birth", 107);
    vc_findings_init(&findings, VC_CHINESE);
    ck_assert_int_eq(
        vc_run_compute(&workspace, &panel, &targets, &list, &options, NULL, &findings, run),
        VC_OK);
    vc_findings_free(&findings);
    vc_workspace_free(&workspace);
}
