#include "support/small_world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lehmer's generator with multiplier 48271 (Park and Miller 1993). */
double vct_random(unsigned *state) {
    *state = (unsigned)((uint64_t)(*state ? *state : 1) * 48271u % 2147483647u);
    return *state / 2147483647.0;
}

void vct_tree(size_t n, const size_t parents[], vc_unit_tree *tree) {
    *tree = (vc_unit_tree){.n = n};
    tree->units = calloc(n, sizeof *tree->units);
    tree->down = calloc(n, sizeof *tree->down);
    tree->leaves = calloc(n, sizeof *tree->leaves);
    tree->child_begin = calloc(n + 1, sizeof *tree->child_begin);
    tree->children = calloc(n, sizeof *tree->children);
    size_t placed = 0;
    for (size_t u = 0; u < n; u++) {
        char code[32];
        snprintf(code, sizeof code, "u%zu", u);
        vc_unit *unit = &tree->units[u];
        *unit = (vc_unit){.code = strdup(code), .name = strdup(code), .parent = parents[u]};
        unit->level = u == 0 ? 0 : tree->units[parents[u]].level + 1;
        unit->valid_from = unit->valid_to = VC_NO_PERIOD;
        if (unit->level + 1 > tree->n_levels) tree->n_levels = unit->level + 1;
        tree->down[u] = u;
        for (size_t c = u + 1; c < n; c++)
            if (parents[c] == u) tree->children[placed++] = c;
        tree->child_begin[u + 1] = placed;
        unit->leaf = tree->child_begin[u + 1] == tree->child_begin[u];
        if (unit->leaf) tree->leaves[tree->n_leaves++] = u;
    }
}

void vct_random_tree(unsigned seed, size_t n, unsigned deepest, vc_unit_tree *tree) {
    size_t *parents = calloc(n, sizeof *parents);
    unsigned *level = calloc(n, sizeof *level);
    parents[0] = SIZE_MAX;
    for (size_t u = 1; u < n; u++) {
        do parents[u] = (size_t)(vct_random(&seed) * (double)u);
        while (level[parents[u]] >= deepest);
        level[u] = level[parents[u]] + 1;
    }
    vct_tree(n, parents, tree);
    free(parents);
    free(level);
}

static double made_up_count(unsigned *state, double mean) {
    /* Sum of coin flips is near enough to a count here. */
    double sum = 0;
    for (int i = 0; i < 20; i++) sum += vct_random(state) < 0.5 ? 0 : mean / 10;
    return floor(sum + vct_random(state));
}

void vct_observations(unsigned seed, const vc_unit_tree *tree, size_t n, size_t h,
                      double mean, bool trials, vc_observations *o) {
    size_t leaves = tree->n_leaves;
    *o = (vc_observations){.frequency = VC_MONTHLY, .first = 2010 * 12 + 3};
    o->n = n;
    o->h = h;
    o->n_leaves = leaves;
    o->y = calloc(leaves * n, sizeof *o->y);
    o->trials = trials ? calloc(leaves * n, sizeof *o->trials) : NULL;
    o->log_exposure = calloc(leaves * (n + h), sizeof *o->log_exposure);
    o->years = calloc(n + h, sizeof *o->years);
    o->season = calloc(n + h, 1);
    o->calendar = calloc(VC_CALENDAR_TERMS * (n + h), sizeof *o->calendar);
    for (size_t i = 0; i < leaves; i++) {
        size_t late = vct_random(&seed) < 0.2 ? n / 3 : 0;
        for (size_t t = 0; t < n; t++) {
            double y = made_up_count(&seed, mean);
            bool gap = t < late || vct_random(&seed) < 0.05;
            o->y[i * n + t] = gap ? (double)NAN : y;
            if (trials) o->trials[i * n + t] = y + made_up_count(&seed, mean);
        }
        for (size_t t = 0; t < n + h; t++)
            o->log_exposure[i * (n + h) + t] = 0.3 * vct_random(&seed) - 0.15;
    }
    for (size_t t = 0; t < n + h; t++) {
        o->years[t] = ((double)t - (double)(n - 1)) / 12;
        o->season[t] = (unsigned char)((t + 3) % 12);
        o->calendar[t] = 0.1 * vct_random(&seed) - 0.05;
    }
}

static vc_scale pc(double upper) {
    return (vc_scale){
        .kind = VC_SCALE_PC, .upper = upper, .probability = 0.05, .start = upper / 4};
}

vc_model vct_full_model(vc_family family) {
    vc_model m = {.family = family, .exposure = VC_EXPOSURE_DAYS, .level_auto = true};
    m.level_sd = 2;
    m.drift_sd = (vc_scale){.kind = VC_SCALE_FIXED, .start = 0.05};
    m.season = pc(0.3);
    m.trend = pc(0.05);
    m.trend_block = 1;
    m.trend_order = 1;
    m.shock = pc(0.15);
    m.calendar[VC_LOG_WEEKDAYS] = true;
    m.calendar_mean[VC_LOG_WEEKDAYS] = 0.5;
    m.calendar_sd[VC_LOG_WEEKDAYS] = 0.5;
    m.middle_level = m.leaf_level = pc(1);
    m.middle_step = m.leaf_step = pc(0.1);
    m.block = 12;
    if (family == VC_NEGATIVE_BINOMIAL) m.dispersion = pc(0.3);
    if (family == VC_BETA_BINOMIAL) m.dispersion = pc(0.2);
    if (family == VC_NORMAL || family == VC_LOG_NORMAL || family == VC_LOGIT_NORMAL)
        m.dispersion = pc(1);
    return m;
}

vc_model vct_rich_model(vc_family family) {
    vc_model m = vct_full_model(family);
    m.season_change = pc(0.1);
    m.trend_order = 2;
    m.trend_damping = 0.8;
    m.drift_sd = pc(0.1);
    m.drift_change = pc(0.02);
    m.drift_damping = 0.95;
    m.middle_season = m.leaf_season = pc(0.2);
    m.n_events = 3;
    m.events[0] = (vc_model_event){VC_STEP_EVENT, "2011-02", 0, 0, 0.2};
    m.events[1] = (vc_model_event){VC_PULSE_EVENT, "2010-09", 0, 0.1, 0.3};
    m.events[2] = (vc_model_event){VC_ZODIAC_EVENT, "", 2, 0.05, 0.1};
    return m;
}
