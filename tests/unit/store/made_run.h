/*
 * Runs made up by hand, of every shape that a run can have; no fit stands behind them. Seed
 * 0: a county of two towns with two villages, two fits, gaps, kept draws. Other seeds:
 * anything. Numbers are awkward on purpose.
 */
#ifndef VCT_MADE_RUN_H
#define VCT_MADE_RUN_H

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/unit_internal.h"
#include "support/harness.h"
#include "vitalcast/run.h"

typedef struct made {
    uint32_t state;
    bool standard; /* every choice falls on the first alternative that is not empty */
} made;

static uint32_t made_next(made *m) {
    m->state = m->state * 1664525u + 1013904223u;
    return m->state >> 8;
}

/* A size in 0 .. most; the standard run has the one that is given. */
static size_t made_size(made *m, size_t standard, size_t most) {
    size_t size = made_next(m) % (most + 1);
    return m->standard ? standard : size;
}

static bool made_flag(made *m) { return made_size(m, 1, 1) == 1; }

static double made_number(made *m) {
    static const double awkward[] = {0,       -0.0,    2.385,        -1e-300,
                                     DBL_MAX, 1.0 / 3, DBL_TRUE_MIN, 4503599627370497};
    uint32_t pick = made_next(m);
    if (pick % 11 == 0) return (double)NAN;
    return pick % 5 == 0 ? awkward[pick / 5 % 8] : (double)made_next(m) / 37;
}

static double *made_numbers(made *m, size_t n) {
    double *numbers = vci_alloc(n, sizeof *numbers);
    for (size_t i = 0; i < n; i++) numbers[i] = made_number(m);
    return numbers;
}

static char *made_text(made *m, const char *start) {
    static const char *const ends[] = {
        "",           "松山區",  "录入率（％）", "a,b \"c\" 'd'",
        "line\nfeed", "\\u0041", "𠀀",           "`date` $(x)"};
    return vci_text_format("%s%s", start, ends[made_next(m) % 8]);
}

static char *made_text_or_none(made *m, const char *start) {
    return made_flag(m) ? made_text(m, start) : NULL;
}

static void made_settings(made *m, vc_settings *s) {
    s->name = made_text(m, "示例县");
    s->source = made_text_or_none(m, "手工数据");
    s->basis = made_text_or_none(m, "registered");
    s->synthetic = made_flag(m);
    s->language = made_flag(m) ? VC_CHINESE : VC_ENGLISH;
    s->dating = made_flag(m) ? VC_BY_EVENT : VC_BY_REGISTRATION;
    s->average_population = (vc_average_population)made_size(m, 1, 2);
    s->min_cell = made_number(m);
    s->n_completeness = made_size(m, 3, 6);
    for (size_t i = 0; i < VC_EVENTS * VC_LATE; i++) {
        s->completeness_mean[i / VC_LATE][i % VC_LATE] = made_number(m);
        s->completeness_sd[i / VC_LATE][i % VC_LATE] = made_number(m);
        s->completeness_removed[i / VC_LATE][i % VC_LATE] = made_number(m);
    }
    s->nowcast = made_flag(m);
    s->grade = vc_grade_rules_default();
    s->grade.off = made_number(m);
    s->grade.margin[VC_GRADED_DEATHS] = made_number(m);
    s->workspace_text = made_text(m, "# 工作区\nname: 示例县\nlanguage: zh\n");
}

/* Standard: unit 0 is a village, so that parents also come after their children. */
static void made_tree(made *m, vc_unit_tree *tree) {
    static const size_t parents[] = {3, 2, VC_NO_UNIT, 2, 3};
    static const char *const names[] = {"甲村", "东镇", "示例县", "西镇", "乙村"};
    tree->n = made_size(m, 5, 8);
    if (tree->n == 0) tree->n = 1;
    tree->units = vci_alloc(tree->n, sizeof *tree->units);
    for (size_t u = 0; u < tree->n; u++) {
        vc_unit *unit = &tree->units[u];
        unit->code = vci_text_format("61%03zu", u);
        unit->name = made_text(m, m->standard ? names[u] : "单位");
        unit->class_name = made_text_or_none(m, "一类");
        if (u % 2) unit->second_class = made_text_or_none(m, "城区");
        unit->parent = m->standard ? parents[u] : u ? made_next(m) % u : VC_NO_UNIT;
        unit->valid_from = made_flag(m) ? VC_NO_PERIOD : 2000 * 12;
        unit->valid_to = made_flag(m) ? 2030 * 12 : VC_NO_PERIOD;
    }
    ck_assert_int_eq(vci_unit_tree_arrange(tree), VC_OK);
}

static void made_series(made *m, vc_panel *p, size_t cells) {
    p->n_progress = made_size(m, 2, 2);
    p->progress = vci_alloc(p->n_progress, sizeof *p->progress);
    for (size_t i = 0; i < p->n_progress; i++) {
        vc_progress *progress = &p->progress[i];
        progress->indicator = made_text(m, "录入率/");
        progress->kind = (vc_progress_kind)made_size(m, i, 2);
        progress->department = made_text_or_none(m, "统计科");
        progress->numerator = made_numbers(m, cells);
        progress->denominator = made_numbers(m, cells);
        if (made_flag(m)) progress->sample_size = made_numbers(m, cells);
    }
    p->n_values = made_size(m, 2, 3);
    p->values = vci_alloc(p->n_values, sizeof *p->values);
    for (size_t i = 0; i < p->n_values; i++) {
        p->values[i].indicator = made_text(m, "满意度");
        p->values[i].value = made_numbers(m, cells);
    }
}

static void made_indicators(made *m, vc_panel *p) {
    p->n_indicators = made_size(m, 2, 3);
    p->indicators = vci_alloc(p->n_indicators, sizeof *p->indicators);
    for (size_t i = 0; i < p->n_indicators; i++)
        p->indicators[i] = (vc_indicator){
            .name = made_text(m, "女男比"),
            .declared = i ? (vc_declared)made_size(m, 3, 5) : VC_DECLARED_FORMULA,
            .formula = {VC_INDICATOR_RATIO, VC_BIRTHS_FEMALE, VC_EVENTS, VC_BIRTHS_MALE,
                        1 + (int64_t)made_size(m, 99, 999)},
            .label = {made_text_or_none(m, "girls"), made_text_or_none(m, "女婴")},
            .department = made_text_or_none(m, "妇保院"),
            .cap = (double)made_size(m, 100, 200) / 3,
            .margin = 1 + (double)made_size(m, 5, 20) / 7,
            .line = 3 + i,
            .column = made_size(m, 3, 9)};
}

static void made_panel(made *m, vc_panel *p) {
    static const vc_frequency frequencies[] = {VC_YEARLY, VC_QUARTERLY, VC_MONTHLY};
    made_tree(m, &p->tree);
    p->frequency = frequencies[made_size(m, 2, 2)];
    p->first = 2008 * (vc_period)p->frequency;
    p->n_periods = 1 + made_size(m, 30, 70);
    size_t cells = p->tree.n * p->n_periods;
    for (int e = 0; e < VC_EVENTS; e++) {
        p->has[e] = e != VC_ARRIVALS && made_flag(m);
        if (p->has[e]) p->count[e] = made_numbers(m, cells);
    }
    if (made_flag(m)) p->population = made_numbers(m, cells);
    if (made_flag(m)) p->status = vci_alloc(cells, 1);
    for (size_t i = 0; p->status && i < cells; i++)
        p->status[i] = (unsigned char)made_size(m, i % 3, 2);
    p->starts = vci_alloc(p->tree.n, sizeof *p->starts);
    for (size_t u = 0; u < p->tree.n; u++)
        p->starts[u] = made_flag(m) ? p->first + (vc_period)u : VC_NO_PERIOD;
    made_series(m, p, cells);
    made_indicators(m, p);
    for (size_t i = 0; i < 32; i++) p->digest[i] = (uint8_t)made_next(m);
}

static vc_target_value made_value(made *m) {
    int64_t far = (int64_t)made_next(m) << 30;
    return (vc_target_value){(vc_target_value_kind)made_size(m, 1, 2),
                             {-far, 1 + (int64_t)made_next(m)},
                             {9, 10},
                             {far, 1000000}};
}

static vc_scoring made_rule(made *m, size_t i) {
    vc_scoring rule = {.rule = (vc_scoring_rule)made_size(m, i % 4, VC_TIERS),
                       .part = (vc_scoring_part)made_size(m, i % 3, VC_PART_WHOLE),
                       .per = made_number(m),
                       .deduct = made_number(m),
                       .bonus = made_number(m),
                       .floor = made_number(m),
                       .cap = made_number(m),
                       .n_tiers = made_size(m, 3, VC_SCORING_TIERS)};
    for (size_t k = 0; k < VC_SCORING_TIERS; k++) {
        rule.tier_to[k] = made_number(m);
        rule.tier_points[k] = made_number(m);
    }
    return rule;
}

static void made_targets(made *m, vc_run *run) {
    vc_targets *t = &run->targets;
    t->n = made_size(m, 3, 4);
    t->list = vci_alloc(t->n, sizeof *t->list);
    for (size_t i = 0; i < t->n; i++) {
        vc_selector_kind selector = (vc_selector_kind)made_size(m, i, 3);
        t->list[i] = (vc_target){
            .id = made_text(m, "目标"),
            .year_end = run->as_of + (vc_period)i,
            .selector = selector,
            .unit = selector == VC_ONE_UNIT ? made_next(m) % run->panel.tree.n : VC_NO_UNIT,
            .level = (unsigned)made_size(m, 1, 3),
            .class_name = selector == VC_CLASS ? made_text(m, "一类") : NULL,
            .indicator = made_text(m, "sex_ratio_at_birth"),
            .direction = (vc_direction)made_size(m, i % 3, 2),
            .value = made_value(m),
            .value_high = made_value(m),
            .decimals = (int)made_size(m, 0, 3) - 1,
            .points = made_number(m),
            .scoring = made_text_or_none(m, "每低 1 个百分点扣 0.5 分"),
            .rule = made_rule(m, i),
            .veto = made_flag(m),
            .deadline = made_flag(m) ? VC_NO_PERIOD : run->as_of,
            .line = i + 2};
        t->list[i].length = (vc_period)(i % 3); /* a year, one period, two */
    }
    run->n_year_ends = made_size(m, 2, 3);
    run->year_ends = vci_alloc(run->n_year_ends, sizeof *run->year_ends);
    for (size_t i = 0; i < run->n_year_ends; i++)
        run->year_ends[i] = run->as_of + 12 * (vc_period)i;
}

static void made_model(bool second, vc_model *model) {
    static const char *const texts[] = {
        "# 出生\nname: births\nfamily: negative_binomial\nexposure: population\n"
        "level: {mean: auto, sd: 2}\ndrift: {sd: 0.05}\n"
        "season: {upper: 0.3, probability: 0.05}\n"
        "dispersion: {upper: 0.2, probability: 0.01}\n",
        "name: 满意度\nvalidated: yes\nfamily: log_normal\nhistory_years: 7\n"
        "level: {mean: 0.25, sd: 1}\ndispersion: {fixed: 0.001}\n"};
    vc_findings findings;
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(
        vc_model_parse("made", texts[second], strlen(texts[second]), &findings, model),
        VC_OK);
    vc_findings_free(&findings);
}

/* kind 0: births; 1: a series of values; 2: a survey of one unit. */
static void made_fit(made *m, const vc_run *run, int kind, vc_fit *fit) {
    static const char *const roles[] = {"births", "value", "survey"};
    bool value = kind > 0;
    snprintf(fit->role, sizeof fit->role, "%s", roles[kind]);
    fit->series = kind == 1   ? run->panel.n_values - 1
                  : kind == 2 ? run->panel.n_progress - 1
                              : 0;
    fit->unit = value ? run->panel.tree.n - 1 : VC_NO_UNIT;
    made_model(value, &fit->model);
    if (value) fit->model.family = VC_NORMAL; /* as for a series with negative figures */
    fit->frequency = run->panel.frequency;
    fit->first = run->panel.first;
    fit->n = run->panel.n_periods;
    fit->h = made_size(m, 5, 12);
    fit->n_units = value ? 1 : run->panel.tree.n;
    fit->n_node = made_size(m, 3, 6);
    fit->n_theta = made_size(m, 4, 6);
    fit->n_root = made_size(m, 17, 40);
    fit->theta_names = vci_alloc(fit->n_theta, sizeof *fit->theta_names);
    for (size_t i = 0; i < fit->n_theta; i++)
        snprintf(fit->theta_names[i], VC_FIT_NAME, "leaf_step_sd_%zu", i);
    fit->optimum = made_numbers(m, fit->n_theta);
    fit->n_points = 1 + made_size(m, 2, 3);
    fit->points = vci_alloc(fit->n_points, sizeof *fit->points);
    for (size_t i = 0; i < fit->n_points; i++)
        fit->points[i] = (vc_fit_point){1 + made_next(m) % 7, made_numbers(m, fit->n_theta),
                                        made_numbers(m, fit->n_root),
                                        made_numbers(m, fit->n_units * fit->n_node)};
    fit->log_marginal = made_number(m);
    fit->gradient_norm = made_number(m);
    fit->iterations = made_next(m);
    fit->evaluations = made_next(m);
    fit->converged = made_flag(m);
    fit->confirmed = made_flag(m);
    fit->second_start = made_number(m);
    fit->effective_points = made_number(m);
    fit->surrogate_error = made_number(m);
    fit->log_weight_sd = made_number(m);
    fit->effective_share = made_number(m);
    fit->pool_size = made_size(m, 2, 5) * made_flag(m);
    if (fit->pool_size)
        fit->pool = vci_alloc(fit->n_points * fit->pool_size, sizeof *fit->pool);
    for (size_t i = 0; i < fit->n_points * fit->pool_size; i++)
        fit->pool[i] = (int32_t)(made_next(m) % 512);
}

static void made_fits(made *m, vc_run *run) {
    made_model(true, &run->population);
    run->n_fits = run->panel.has[VC_BIRTHS] ? made_size(m, 3, 3) : 0;
    run->fits = vci_alloc(run->n_fits, sizeof *run->fits);
    for (size_t i = 0; i < run->n_fits; i++) {
        bool values = i == 1 && run->panel.n_values > 0;
        bool survey = i == 2 && run->panel.n_progress > 0;
        made_fit(m, run, values ? 1 : survey ? 2 : 0, &run->fits[i]);
    }
}

/* Two peers with three figures each, one of a year that is not over; a fit of the first. */
static void made_peers(made *m, vc_run *run) {
    vc_peers *p = &run->panel.peers;
    if (made_size(m, 1, 1) == 0) return;
    p->n = 2;
    p->list = vci_alloc(2, sizeof *p->list);
    p->n_indicators = 1;
    p->indicators = vci_alloc(1, sizeof *p->indicators);
    p->indicators[0] = vci_text_format("points");
    p->n_figures = 6;
    p->figures = vci_alloc(6, sizeof *p->figures);
    for (size_t i = 0; i < 2; i++) {
        p->list[i].code = vci_text_format("P%zu", i);
        p->list[i].name = made_text(m, "邻县");
        p->list[i].class_name = made_text_or_none(m, "一类");
        p->list[i].second_class = made_text_or_none(m, "城区");
        for (size_t k = 0; k < 3; k++) {
            vc_period end =
                run->as_of - (vc_period)(2 - k) * (vc_period)run->panel.frequency;
            p->figures[3 * i + k] = (vc_peer_figure){
                i, 0, end, k < 2 ? end : end - 1, 90.0 + (double)k, k ? (double)NAN : 1};
        }
    }
    if (run->n_year_ends == 0) return;
    run->n_peer_fits = 1;
    run->peer_fits = vci_alloc(1, sizeof *run->peer_fits);
    made_fit(m, run, 1, run->peer_fits);
    run->peer_fits[0].series = 0;
    run->peer_fits[0].unit = 1;
    run->peer_fits[0].frequency = VC_YEARLY;
}

/* Two offices; the second one is named by the table alone. */
static void made_others(made *m, vc_run *run) {
    vc_others *o = &run->panel.others;
    if (made_size(m, 1, 1) == 0) return;
    o->n = 2;
    o->list = vci_alloc(2, sizeof *o->list);
    for (size_t i = 0; i < 2; i++) {
        o->list[i].name = made_text(m, "公安");
        o->list[i].widens = made_flag(m);
        for (size_t e = 0; e < VC_EVENTS; e++) {
            o->list[i].ratio[e] = i == 0 && e < 2 ? 0.96 : (double)NAN;
            o->list[i].common[e] = i == 0 && e == 1 ? 0.9 : 0;
        }
    }
    o->n_counts = 3;
    o->counts = vci_alloc(3, sizeof *o->counts);
    for (size_t i = 0; i < 3; i++)
        o->counts[i] = (vc_other_count){i / 2, 0, (vc_event)(i % 2), run->as_of,
                                        (double)(made_next(m) % 1000)};
}

static void made_results(made *m, vc_run *run) {
    run->n_results = run->targets.n ? made_size(m, 6, 9) : 0;
    run->results = vci_alloc(run->n_results, sizeof *run->results);
    for (size_t i = 0; i < run->n_results; i++) {
        vc_result *r = &run->results[i];
        r->target = made_next(m) % run->targets.n;
        r->unit = made_next(m) % run->panel.tree.n;
        double *const numbers[] = {
            &r->bound,   &r->bound_high,     &r->current,
            &r->to_date, &r->annual_basis,   &r->same_period_last_year,
            &r->change,  &r->pace,           &r->gap,
            &r->p_met,   &r->monte_carlo_se, &r->p_undefined};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            *numbers[k] = made_number(m);
        for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = made_number(m);
        r->path_n = made_size(m, i % 3, 5);
        r->path_first = run->as_of + 1;
        if (i % 4) r->path = made_numbers(m, r->path_n * VC_QUANTILES);
        r->validated = made_flag(m);
        r->settled = made_flag(m);
        r->method = (vc_method)made_size(m, i % 5, 4);
        r->history = made_size(m, 7, 90);
    }
}

static void made_scorecard(made *m, const vc_run *run, vc_scorecard *card) {
    double *const numbers[] = {&card->points,   &card->p_all_met,   &card->p_open,
                               &card->p_veto,   &card->p_veto_open, &card->p_total_open,
                               &card->expected, &card->median,      &card->low80,
                               &card->high80,   &card->low95,       &card->high95};
    card->unit = made_next(m) % run->panel.tree.n;
    card->year_end = run->as_of;
    card->length = (vc_period)(run->n_scorecards % 3);
    card->n_items = 1 + made_size(m, 1, 4);
    card->items = vci_alloc(card->n_items, sizeof *card->items);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        *numbers[k] = made_number(m);
    for (size_t i = 0; i < card->n_items; i++) {
        vc_scorecard_item *item = &card->items[i];
        *item = (vc_scorecard_item){.result = made_next(m) % run->n_results,
                                    .expected = made_number(m),
                                    .at_stake = made_number(m),
                                    .total_if_met = made_number(m),
                                    .total_if_missed = made_number(m)};
        for (size_t k = 0; k <= VC_SCORING_TIERS; k++) item->tier[k] = made_number(m);
    }
}

static void made_scorecards(made *m, vc_run *run) {
    run->n_scorecards = run->n_results ? made_size(m, 2, 3) : 0;
    run->scorecards = vci_alloc(run->n_scorecards, sizeof *run->scorecards);
    for (size_t c = 0; c < run->n_scorecards; c++)
        made_scorecard(m, run, &run->scorecards[c]);
}

static void made_rankings(made *m, vc_run *run) {
    size_t n = made_size(m, 2, 3);
    if (run->n_results == 0) return;
    run->n_rankings = n;
    run->rankings = vci_alloc(n, sizeof *run->rankings);
    for (size_t i = 0; i < n; i++) {
        vc_ranking *ranking = &run->rankings[i];
        ranking->name = made_text(m, "表彰");
        ranking->class_name = made_text(m, "一类");
        ranking->by = made_text_or_none(m, "births");
        ranking->year_end = run->as_of + 5;
        ranking->low_is_best = made_flag(m);
        ranking->n = made_size(m, 3, 4);
        ranking->quota = made_size(m, ranking->n, ranking->n);
        ranking->n_units = ranking->n - (run->panel.peers.n && ranking->n ? 1 : 0);
        ranking->second_class = made_flag(m);
        ranking->quota_percent = made_number(m);
        ranking->rounding = (vc_rounding)made_size(m, 2, 2);
        ranking->compare_with = made_text_or_none(m, "旧办法");
        ranking->weights = made_number(m);
        ranking->p_winners_change = made_number(m);
        ranking->units = vci_alloc(ranking->n, sizeof *ranking->units);
        for (size_t k = 0; k < ranking->n; k++) {
            vc_ranked *r = &ranking->units[k];
            bool own = k < ranking->n_units;
            size_t unit = made_next(m) % run->panel.tree.n;
            *r = (vc_ranked){.unit = own ? unit : SIZE_MAX,
                             .peer = own ? SIZE_MAX : 1,
                             .target = made_next(m) % run->targets.n,
                             .result = made_next(m) % run->n_results};
            if (k % 3 == 2) r->target = r->result = SIZE_MAX;
            double *const numbers[] = {&r->p_ranked, &r->mean,          &r->median,
                                       &r->low_80,   &r->high_80,       &r->low_95,
                                       &r->high_95,  &r->set_low,       &r->set_high,
                                       &r->p_quota,  &r->p_first,       &r->monte_carlo_se,
                                       &r->p_veto,   &r->p_quota_moved, &r->rank_before,
                                       &r->rank_now, &r->p_movement};
            for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
                *numbers[j] = made_number(m);
        }
    }
}

static void made_changed(made *m, const vc_run *run, vc_changes *c) {
    c->n = run->n_results ? made_size(m, 2, 3) : 0;
    c->list = vci_alloc(c->n, sizeof *c->list);
    for (size_t i = 0; i < c->n; i++) {
        vc_changed *changed = &c->list[i];
        changed->result = made_next(m) % run->n_results;
        changed->p_before = made_number(m);
        changed->median_before = made_number(m);
        for (int s = 0; s < VC_CHANGE_STEPS; s++) changed->p_step[s] = made_number(m);
        for (int s = 0; s < VC_CHANGE_STEPS; s++) changed->median_step[s] = made_number(m);
    }
    c->n_new = run->n_results ? made_size(m, 1, 2) : 0;
    c->new_results = vci_alloc(c->n_new, sizeof *c->new_results);
    for (size_t i = 0; i < c->n_new; i++) c->new_results[i] = made_next(m) % run->n_results;
}

static void made_changes(made *m, vc_run *run) {
    vc_changes *c = &run->changes;
    if (!made_flag(m)) return;
    c->before = made_text(m, "2013-06-0123456789ab");
    c->as_of = run->as_of - 1;
    c->differs = made_next(m) % (1u << VC_CHANGE_STEPS);
    c->merged = made_next(m) % (1u << VC_CHANGE_STEPS);
    c->n_fitted = made_size(m, 4, 4);
    c->n_simulated = made_size(m, 2, 2);
    made_changed(m, run, c);
    c->n_gone = made_size(m, 2, 2);
    c->gone = vci_alloc(c->n_gone, sizeof *c->gone);
    for (size_t i = 0; i < c->n_gone; i++)
        c->gone[i] = (vc_gone){made_text(m, "目标"), run->as_of, made_text(m, "61")};
    c->n_news = made_size(m, 3, 4);
    c->news = vci_alloc(c->n_news, sizeof *c->news);
    for (size_t i = 0; i < c->n_news; i++)
        c->news[i] = (vc_news){.event = (vc_event)(made_next(m) % VC_EVENTS),
                               .period = run->as_of,
                               .observed = made_number(m),
                               .expected = made_number(m),
                               .low_80 = made_number(m),
                               .high_80 = made_number(m),
                               .incomplete = made_flag(m)};
}

static int32_t *made_counts(made *m, size_t n) {
    int32_t *counts = vci_alloc(n, sizeof *counts);
    for (size_t i = 0; i < n; i++) counts[i] = (int32_t)made_next(m) - (1 << 22);
    return counts;
}

static float **made_floats(made *m, size_t n, size_t cells) {
    float **arrays = n ? vci_alloc(n, sizeof *arrays) : NULL;
    for (size_t i = 0; i < n; i++) {
        arrays[i] = vci_alloc(cells, sizeof **arrays);
        for (size_t k = 0; k < cells; k++)
            arrays[i][k] = made_next(m) % 9 ? (float)made_next(m) / 7 : (float)NAN;
    }
    return arrays;
}

static void made_kept(made *m, const vc_panel *panel, vc_period first, vc_kept *kept) {
    kept->n_draws = made_size(m, 40, 50);
    kept->n_periods = 1 + made_size(m, 4, 6);
    kept->first = first;
    size_t cells = kept->n_draws * panel->tree.n * kept->n_periods;
    for (int e = 0; e < VC_EVENTS; e++)
        if (panel->has[e] && made_flag(m)) kept->count[e] = made_counts(m, cells);
    if (made_flag(m)) kept->population = made_counts(m, cells);
    kept->n_values = panel->n_values;
    kept->value = made_floats(m, kept->n_values, cells);
    kept->n_progress = panel->n_progress;
    kept->progress = made_floats(m, kept->n_progress, cells);
}

/* A service at any unit, and a plain value of the root; a forecast in every second run. */
static void made_scenario(made *m, vc_run *run) {
    vc_scenario *s = &run->scenario;
    bool wanted = made_flag(m) && run->panel.n_progress && run->n_year_ends > 1;
    if (!wanted) return;
    s->name = made_text(m, "补录加强");
    s->description = made_text_or_none(m, "8 月起");
    s->text = made_text(m, "name: 补录加强\neffects: []\n");
    snprintf(s->base, sizeof s->base, "2013-07-%012x", made_next(m));
    s->n = 1 + made_size(m, 1, 1) * (run->panel.n_values > 0);
    s->effects = vci_alloc(s->n, sizeof *s->effects);
    for (size_t i = 0; i < s->n; i++) {
        const char *name = i ? run->panel.values[run->panel.n_values - 1].indicator
                             : run->panel.progress[0].indicator;
        s->effects[i] =
            (vc_effect){.indicator = vci_text_copy(name, strlen(name)),
                        .unit = i ? run->panel.tree.root : made_next(m) % run->panel.tree.n,
                        .first = run->as_of + 1,
                        .last = run->as_of + 1 + (vc_period)made_size(m, 3, 4),
                        .kind = made_flag(m) ? VC_EFFECT_ADD : VC_EFFECT_TIMES,
                        .amount = (double)(made_next(m) % 900) / 101};
    }
}

static void made_run(uint32_t seed, vc_run *run) {
    made m = {seed, seed == 0};
    *run = (vc_run){0};
    made_settings(&m, &run->settings);
    made_panel(&m, &run->panel);
    run->settings.year_end_in_year = (int)run->panel.frequency - 1;
    run->as_of = run->panel.first + (vc_period)run->panel.n_periods - 1;
    run->seed = (uint64_t)made_next(&m) << 40 | made_next(&m);
    run->n_draws = 100 + made_next(&m);
    made_targets(&m, run);
    made_fits(&m, run);
    made_peers(&m, run);
    made_others(&m, run);
    made_results(&m, run);
    made_scorecards(&m, run);
    made_rankings(&m, run);
    made_changes(&m, run);
    made_kept(&m, &run->panel, run->as_of + 1, &run->kept);
    run->n_warnings = made_size(&m, 2, 2);
    run->warnings = vci_alloc(run->n_warnings, sizeof *run->warnings);
    for (size_t i = 0; i < run->n_warnings; i++)
        run->warnings[i].text = made_text(&m, "monthly.csv:7:3: warning M09: 缺报");
    made_scenario(&m, run);
}

#endif
