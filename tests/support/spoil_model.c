/* Model specifications: priors that are none, or not those that were meant. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"
#include "vitalcast/model.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static vc_status read_model(const vct_world *w, const vc_panel *panel,
                            vc_findings *findings) {
    char path[512];
    vc_model model;
    (void)panel;
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), w->other.file);
    vc_status st = vc_model_read(path, findings, &model);
    vc_model_free(&model);
    return st;
}

/* Every kind of prior, in lines that a fault can take the place of. */
void vct_model_make(vct_world *w) {
    static const char *const lines[] = {
        "name: 试验",
        "family: negative_binomial",
        "exposure: population",
        "level: {mean: auto, sd: 2}",
        "drift: {sd: {mixture: {spike: 0.002, slab: 0.05}, weight: 0.5, start: 0.01}}",
        "season: {upper: 0.3, probability: 0.05, start: 0.07}",
        "shock: {half_normal: 0.1, start: 0.04}",
        "pulses:",
        "  - {in: 2013-01, mean: -0.1, sd: 0.05}",
        "calendar: {log_weekdays: {mean: 0.5, sd: 0.5}}",
        "units:",
        "  leaf:",
        "    level: {upper: 1, probability: 0.05}",
        "    step: {fixed: 0.03}",
        "dispersion: {upper: 0.2, probability: 0.01}"};
    w->other.file = "tried.yaml";
    w->other.read = read_model;
    w->other.refusal = VC_BAD_MODEL;
    for (size_t i = vct_below(w, 4); i > 0; i--) vct_other_add(w, "# 说明");
    for (size_t i = 0; i < COUNT(lines); i++) vct_other_add(w, lines[i]);
}

/* A line in place of the one that begins alike, with a fault where `at` stands in it. */
typedef struct bad_prior {
    const char *begin, *line, *at;
} bad_prior;

static const bad_prior negative[] = {
    {"season:", "season: {upper: -0.3, probability: 0.05}", "-0.3"},
    {"shock:", "shock: {half_normal: -0.1}", "-0.1"},
    {"    step:", "    step: {fixed: -0.03}", "-0.03"},
    {"level:", "level: {mean: auto, sd: -2}", "-2"},
    {"drift:", "drift: {sd: -0.1}", "-0.1"},
    {"  - {in:", "  - {in: 2013-01, mean: -0.1, sd: -0.05}", "-0.05"},
    {"season:", "season: {upper: 0.3, probability: 0.05, start: -0.07}", "-0.07"},
    {"calendar:", "calendar: {log_weekdays: {mean: 0.5, sd: -0.5}}", "-0.5}"}};

/* The narrow part wider than the wide one. */
static const bad_prior reversed[] = {
    {"drift:", "drift: {sd: {mixture: {spike: 0.05, slab: 0.002}, weight: 0.5}}", "0.05"},
    {"season:", "season: {mixture: {slab: 0.1, spike: 0.1}}", "0.1}"},
    {"    level:", "    level: {mixture: {spike: 2, slab: 0.05}, weight: 0.9}", "2,"}};

/* Without a finite mass, or with two of them. */
static const bad_prior improper[] = {
    {"season:", "season: {upper: 0.3}", "{"},
    {"dispersion:", "dispersion: {upper: 0.2, probability: 1}", "1}"},
    {"shock:", "shock: {half_normal: 0}", "0}"},
    {"    level:", "    level: {start: 0.1}", "{"},
    {"drift:", "drift: {sd: {mixture: {slab: 0.05}, weight: 0.5}}", "{slab"},
    {"level:", "level: {mean: auto, sd: 1000000}", "1000000"},
    {"shock:", "shock: {half_normal: 0.1, fixed: 0.2}", "0.1"},
    {"season:", "season: flat", "flat"}};

static const bad_prior outside[] = {
    {"season:", "season: {upper: 0.3, probability: 5}", "5}"},
    {"drift:", "drift: {sd: {mixture: {spike: 0.002, slab: 0.05}, weight: 1.5}}", "1.5"},
    {"level:", "level: {mean: 9000, sd: 2}", "9000"},
    {"    step:", "    step: {fixed: 30}", "30"},
    {"  - {in:", "  - {in: 2013-01, mean: -80, sd: 0.05}", "-80"},
    {"shock:", "shock: {half_normal: 10.5}", "10.5"}};

static const struct {
    const bad_prior *list;
    size_t n;
} groups[] = {{negative, COUNT(negative)},
              {reversed, COUNT(reversed)},
              {improper, COUNT(improper)},
              {outside, COUNT(outside)}};

void vct_spoil_prior(vct_world *w) {
    size_t group = w->turn % COUNT(groups);
    const bad_prior *bad = &groups[group].list[w->turn / COUNT(groups) % groups[group].n];
    size_t line = vct_other_find(w, bad->begin);
    w->other.line[line - 1] = bad->line;
    snprintf(w->note, sizeof w->note, "%s", bad->line);
    vct_expect_at(w, VC_FAULT, "S08", VCT_OTHER, line, vct_column_of(bad->line, bad->at));
}
