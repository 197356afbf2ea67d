/*
 * A run made by hand for the tests of charts: one county with townships, monthly births and
 * deaths since 2011-01, data as of 2013-07, five targets at two year ends; or a yearly
 * series. Nothing in it comes from the engine, so that a chart's numbers can be foretold.
 */
#ifndef VCT_SAMPLE_RUN_H
#define VCT_SAMPLE_RUN_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_world.h"
#include "vitalcast/run.h"

#define SAMPLE_SOURCE "虚构的月报"

static inline char *sample_copy(const char *text) { return strdup(text); }

static inline void sample_name(vc_run *run, size_t unit, const char *name) {
    free(run->panel.tree.units[unit].name);
    run->panel.tree.units[unit].name = sample_copy(name);
}

static inline void sample_tree(size_t n_units, vc_unit_tree *tree) {
    static const char *const towns[] = {"城关镇", "东风镇", "新华街道", "白杨乡", "清水镇",
                                        "大河镇", "青山乡", "龙泉镇",   "石桥镇", "双河乡",
                                        "柳林镇", "安平镇", "太和镇"};
    size_t *parents = calloc(n_units, sizeof *parents);
    parents[0] = SIZE_MAX;
    vct_tree(n_units, parents, tree);
    free(parents);
    for (size_t u = 0; u < n_units; u++) {
        char name[64];
        free(tree->units[u].name);
        if (u > sizeof towns / sizeof *towns)
            snprintf(name, sizeof name, "第%zu镇", u);
        else
            snprintf(name, sizeof name, "%s", u == 0 ? "示例县" : towns[u - 1]);
        tree->units[u].name = sample_copy(name);
    }
}

/* Township u has about 20 + 2u births a month, 54 % boys. */
static inline void sample_counts(vc_panel *p) {
    static const vc_event events[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS,
                                      VC_DEATHS};
    unsigned state = 7;
    for (size_t e = 0; e < 4; e++) {
        p->has[events[e]] = true;
        p->count[events[e]] = calloc(p->tree.n * p->n_periods, sizeof(double));
    }
    p->population = calloc(p->tree.n * p->n_periods, sizeof(double));
    for (size_t u = 1; u < p->tree.n; u++)
        for (size_t t = 0; t < p->n_periods; t++) {
            size_t at = u * p->n_periods + t;
            double births = 20 + 2 * (double)(u % 14) + floor(8 * vct_random(&state));
            double males = floor(births * (0.5 + 0.08 * vct_random(&state)));
            p->count[VC_BIRTHS_MALE][at] = males;
            p->count[VC_BIRTHS_FEMALE][at] = births - males;
            p->count[VC_BIRTHS][at] = births;
            p->count[VC_DEATHS][at] = floor(12 + 6 * vct_random(&state));
            p->population[at] = 20000 + 10 * (double)t;
            for (size_t e = 0; e < 4; e++)
                p->count[events[e]][t] += p->count[events[e]][at];
            p->population[t] += p->population[at];
        }
}

static inline void sample_panel(size_t n_units, vc_panel *p) {
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = 2011 * 12, .n_periods = 31};
    sample_tree(n_units, &p->tree);
    sample_counts(p);
    p->n_progress = 1;
    p->progress = calloc(1, sizeof *p->progress);
    p->progress[0].indicator = sample_copy("身份证号录入率");
    p->progress[0].numerator = calloc(n_units * 31, sizeof(double));
    p->progress[0].denominator = calloc(n_units * 31, sizeof(double));
    for (size_t i = 0; i < n_units * 31; i++) {
        p->progress[0].denominator[i] = 1000;
        p->progress[0].numerator[i] = 800 + (double)(i % 31);
    }
    p->status = calloc(n_units * 31, 1);
    p->starts = calloc(n_units, sizeof *p->starts);
    for (size_t u = 0; u < n_units; u++) p->starts[u] = p->first;
}

static inline vc_target sample_target(const char *id, vc_period end, const char *indicator,
                                      vc_direction direction, int64_t value, int decimals) {
    vc_target target = {.year_end = end, .selector = VC_ALL_UNITS, .direction = direction};
    target.id = sample_copy(id);
    target.indicator = sample_copy(indicator);
    target.value = (vc_target_value){VC_FIXED, {value, 1}, {1, 1}, {0, 1}};
    target.value_high = target.value;
    target.decimals = decimals;
    target.points = (double)NAN;
    target.deadline = VC_NO_PERIOD;
    return target;
}

/* Quantiles of a normal distribution around the straight way on. */
static inline void sample_path(const vc_run *run, vc_result *r) {
    static const double normal[VC_QUANTILES] = {-1.96,  -1.2816, -0.6745, 0,
                                                0.6745, 1.2816,  1.96};
    const vc_target *target = &run->targets.list[r->target];
    vc_period first = vc_year_ending(target->year_end, VC_MONTHLY).first;
    bool grows = vc_run_indicator_kind(run, target->indicator) != VC_INDICATOR_RATIO;
    double now = vc_run_figure(run, target->indicator, r->unit, first, run->as_of);
    double elapsed = (double)(run->as_of - first + 1);
    r->path_first = run->as_of + 1;
    r->path_n = (size_t)(target->year_end - run->as_of);
    r->path = calloc(r->path_n * VC_QUANTILES, sizeof *r->path);
    for (size_t p = 0; p < r->path_n; p++)
        for (size_t q = 0; q < VC_QUANTILES; q++) {
            double ahead = (double)p + 1;
            double middle = grows ? now * (elapsed + ahead) / elapsed : now - 0.2 * ahead;
            double x = middle + normal[q] * 0.015 * now * sqrt(ahead);
            bool count = !strcmp(target->indicator, "births");
            r->path[p * VC_QUANTILES + q] = count ? floor(x) : x;
        }
    memcpy(r->quantile, r->path + (r->path_n - 1) * VC_QUANTILES, sizeof r->quantile);
}

static inline void sample_results(vc_run *run) {
    size_t n = run->panel.tree.n;
    run->n_results = run->targets.n * n;
    run->results = calloc(run->n_results, sizeof *run->results);
    for (size_t i = 0; i < run->n_results; i++) {
        vc_result *r = &run->results[i];
        *r = (vc_result){.target = i / n, .unit = i % n, .validated = true};
        const vc_target *target = &run->targets.list[r->target];
        r->bound = (double)target->value.value.num / (double)target->value.value.den;
        r->bound_high = (double)NAN;
        r->p_met = r->monte_carlo_se = (double)NAN;
        for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = (double)NAN;
        if (vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_PROGRESS)
            continue;
        sample_path(run, r);
        /* From one end of the scale to the other. */
        r->p_met =
            r->unit == 0 ? 0.004 : (double)((r->unit * 37 + r->target * 11) % 101) / 100;
    }
}

/* 1 + townships units; results are sorted by target, then unit. */
static inline void sample_run(size_t townships, vc_run *run) {
    *run = (vc_run){.as_of = 2013 * 12 + 6, .seed = 1, .n_draws = 20000};
    strcpy(run->id, "2013-07-0123456789ab");
    run->settings.name = sample_copy("示例县");
    run->settings.source = sample_copy(SAMPLE_SOURCE);
    run->settings.synthetic = true;
    run->settings.min_cell = 10;
    run->settings.year_end_in_year = 11;
    run->population.history_years = 3;
    sample_panel(townships + 1, &run->panel);
    vc_period december = 2013 * 12 + 11, september = 2013 * 12 + 8;
    run->targets.n = 5;
    run->targets.list = calloc(5, sizeof *run->targets.list);
    vc_target *list = run->targets.list;
    list[0] = sample_target("births", december, "births", VC_AT_LEAST, 5600, 0);
    list[1] = sample_target("growth", december, "natural_growth_rate", VC_AT_LEAST, 9, 2);
    list[2] = sample_target("ratio", december, "sex_ratio_at_birth", VC_AT_MOST, 107, 1);
    list[3] = sample_target("entry", december, "身份证号录入率", VC_AT_LEAST, 95, 2);
    list[4] =
        sample_target("ratio-09", september, "sex_ratio_at_birth", VC_AT_MOST, 107, 1);
    run->n_year_ends = 2;
    run->year_ends = calloc(2, sizeof *run->year_ends);
    run->year_ends[0] = september;
    run->year_ends[1] = december;
    sample_results(run);
}

/*
 * A yearly birth rate 1960-2023 of one unit, projected to 2030; kept draw d is d each year.
 */
static inline void sample_yearly_run(vc_run *run) {
    static const double normal[VC_QUANTILES] = {-1.96,  -1.2816, -0.6745, 0,
                                                0.6745, 1.2816,  1.96};
    *run = (vc_run){.as_of = 2023, .seed = 1, .n_draws = 20000};
    run->settings.name = sample_copy("中国");
    run->settings.source = sample_copy("联合国《世界人口展望2024》估计值");
    run->settings.min_cell = 10;
    vc_panel *p = &run->panel;
    *p = (vc_panel){.frequency = VC_YEARLY, .first = 1960, .n_periods = 64, .n_values = 1};
    sample_tree(1, &p->tree);
    sample_name(run, 0, "中国");
    p->values = calloc(1, sizeof *p->values);
    p->values[0].indicator = sample_copy("birth_rate");
    p->values[0].value = calloc(64, sizeof(double));
    for (size_t t = 0; t < 64; t++)
        p->values[0].value[t] = 40 * exp(-0.03 * (double)t) + 3 * sin((double)t / 5);
    double last = p->values[0].value[63];
    run->targets.n = 1;
    run->targets.list = calloc(1, sizeof *run->targets.list);
    run->targets.list[0] = sample_target("rate", 2030, "birth_rate", VC_AT_LEAST, 6, 2);
    run->n_results = 1;
    run->results = calloc(1, sizeof *run->results);
    vc_result *r = run->results;
    *r = (vc_result){.bound = 6,
                     .bound_high = (double)NAN,
                     .p_met = 0.62,
                     .path_first = 2030,
                     .path_n = 1};
    r->path = calloc(VC_QUANTILES, sizeof *r->path);
    for (size_t q = 0; q < VC_QUANTILES; q++) {
        r->path[q] = last + 0.5 * normal[q] * sqrt(7);
        r->quantile[q] = r->path[q];
    }
    run->kept = (vc_kept){.n_draws = 100, .n_periods = 7, .first = 2024, .n_values = 1};
    run->kept.value = calloc(1, sizeof *run->kept.value);
    run->kept.value[0] = calloc(700, sizeof(float));
    for (size_t d = 0; d < 100; d++)
        for (size_t t = 0; t < 7; t++) run->kept.value[0][d * 7 + t] = (float)d;
}

#endif
