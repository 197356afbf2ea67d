/*
 * Every member of two runs, bit for bit (but `file` of run and targets: where they lie is
 * no part of a run). Stops at the first difference.
 */
#ifndef VCT_SAME_RUN_H
#define VCT_SAME_RUN_H

#include <string.h>

#include "support/harness.h"
#include "vitalcast/run.h"

#define SAME(member) ck_assert_msg(a->member == b->member, #member " differs")
#define SAME_TEXT(member)                                                                  \
    ck_assert_msg(!a->member == !b->member &&                                              \
                      (!a->member || !strcmp(a->member, b->member)),                       \
                  #member " differs: %s, %s", a->member ? a->member : "none",              \
                  b->member ? b->member : "none")
#define SAME_NUMBER(member)                                                                \
    ck_assert_msg(!memcmp(&a->member, &b->member, sizeof a->member),                       \
                  #member " differs: %.17g, %.17g", a->member, b->member)
#define SAME_ARRAY(member, n)                                                              \
    ck_assert_msg(                                                                         \
        !a->member == !b->member &&                                                        \
            (!a->member || !memcmp(a->member, b->member, (n) * sizeof *a->member)),        \
        #member " differs")

static void same_settings(const vc_settings *a, const vc_settings *b) {
    SAME_TEXT(name);
    SAME_TEXT(source);
    SAME_TEXT(basis);
    SAME(synthetic);
    SAME(language);
    SAME(year_end_in_year);
    SAME(dating);
    SAME(average_population);
    SAME_NUMBER(min_cell);
    SAME(n_completeness);
    SAME(nowcast);
    ck_assert_mem_eq(a->completeness_mean, b->completeness_mean,
                     sizeof a->completeness_mean);
    ck_assert_mem_eq(a->completeness_sd, b->completeness_sd, sizeof a->completeness_sd);
    ck_assert_mem_eq(a->completeness_removed, b->completeness_removed,
                     sizeof a->completeness_removed);
    SAME_NUMBER(grade.normal);
    SAME_NUMBER(grade.off);
    ck_assert_mem_eq(a->grade.margin, b->grade.margin, sizeof a->grade.margin);
    SAME_TEXT(workspace_text);
}

static void same_unit(const vc_unit *a, const vc_unit *b) {
    SAME_TEXT(code);
    SAME_TEXT(name);
    SAME_TEXT(class_name);
    SAME_TEXT(second_class);
    SAME(parent);
    SAME(level);
    SAME(leaf);
    SAME(valid_from);
    SAME(valid_to);
}

static void same_tree(const vc_unit_tree *a, const vc_unit_tree *b) {
    SAME(n);
    SAME(root);
    SAME(n_leaves);
    SAME(n_levels);
    for (size_t u = 0; u < a->n; u++) same_unit(&a->units[u], &b->units[u]);
    SAME_ARRAY(down, a->n);
    SAME_ARRAY(leaves, a->n_leaves);
    SAME_ARRAY(child_begin, a->n + 1);
    SAME_ARRAY(children, a->n - 1);
}

static void same_progress(const vc_progress *a, const vc_progress *b, size_t cells) {
    SAME_TEXT(indicator);
    SAME(kind);
    SAME_TEXT(department);
    SAME_ARRAY(numerator, cells);
    SAME_ARRAY(denominator, cells);
    SAME_ARRAY(sample_size, cells);
}

static void same_indicator(const vc_indicator *a, const vc_indicator *b) {
    SAME_TEXT(name);
    SAME(declared);
    SAME(formula.kind);
    SAME(formula.plus);
    SAME(formula.minus);
    SAME(formula.over);
    SAME(formula.scale);
    SAME_TEXT(label[VC_ENGLISH]);
    SAME_TEXT(label[VC_CHINESE]);
    SAME_TEXT(department);
    SAME_NUMBER(cap);
    SAME_NUMBER(margin);
    SAME(line);
    SAME(column);
}

static void same_panel(const vc_panel *a, const vc_panel *b) {
    size_t cells = a->tree.n * a->n_periods;
    same_tree(&a->tree, &b->tree);
    SAME(frequency);
    SAME(first);
    SAME(n_periods);
    for (int e = 0; e < VC_EVENTS; e++) {
        SAME(has[e]);
        SAME_ARRAY(count[e], cells);
    }
    SAME_ARRAY(population, cells);
    SAME_ARRAY(status, cells);
    SAME_ARRAY(starts, a->tree.n);
    SAME(n_progress);
    for (size_t i = 0; i < a->n_progress; i++)
        same_progress(&a->progress[i], &b->progress[i], cells);
    SAME(n_values);
    for (size_t i = 0; i < a->n_values; i++) {
        SAME_TEXT(values[i].indicator);
        SAME_ARRAY(values[i].value, cells);
    }
    SAME(n_indicators);
    for (size_t i = 0; i < a->n_indicators; i++)
        same_indicator(&a->indicators[i], &b->indicators[i]);
    ck_assert_mem_eq(a->digest, b->digest, sizeof a->digest);
}

static void same_value(const vc_target_value *a, const vc_target_value *b) {
    SAME(kind);
    SAME(value.num);
    SAME(value.den);
    SAME(factor.num);
    SAME(factor.den);
    SAME(summand.num);
    SAME(summand.den);
}

static void same_rule(const vc_scoring *a, const vc_scoring *b) {
    SAME(rule);
    SAME(part);
    SAME_NUMBER(per);
    SAME_NUMBER(deduct);
    SAME_NUMBER(bonus);
    SAME_NUMBER(floor);
    SAME_NUMBER(cap);
    SAME(n_tiers);
    ck_assert_mem_eq(a->tier_to, b->tier_to, sizeof a->tier_to);
    ck_assert_mem_eq(a->tier_points, b->tier_points, sizeof a->tier_points);
}

static void same_target(const vc_target *a, const vc_target *b) {
    SAME_TEXT(id);
    SAME(year_end);
    SAME(selector);
    SAME(unit);
    SAME(level);
    SAME_TEXT(class_name);
    SAME_TEXT(indicator);
    SAME(direction);
    same_value(&a->value, &b->value);
    same_value(&a->value_high, &b->value_high);
    SAME(decimals);
    SAME_NUMBER(points);
    SAME_TEXT(scoring);
    same_rule(&a->rule, &b->rule);
    SAME(veto);
    SAME(length);
    SAME(deadline);
    SAME(line);
}

static void same_scale(const vc_scale *a, const vc_scale *b) {
    SAME(kind);
    SAME_NUMBER(start);
    SAME_NUMBER(upper);
    SAME_NUMBER(probability);
    SAME_NUMBER(spike);
    SAME_NUMBER(weight);
}

static void same_model(const vc_model *a, const vc_model *b) {
    SAME_TEXT(name);
    SAME(validated);
    SAME(family);
    SAME(exposure);
    SAME(history_years);
    SAME(level_auto);
    SAME_NUMBER(level_mean);
    SAME_NUMBER(level_sd);
    same_scale(&a->drift_sd, &b->drift_sd);
    same_scale(&a->season, &b->season);
    same_scale(&a->trend, &b->trend);
    SAME(trend_block);
    same_scale(&a->shock, &b->shock);
    for (int i = 0; i < VC_CALENDAR_TERMS; i++) {
        SAME(calendar[i]);
        SAME_NUMBER(calendar_mean[i]);
        SAME_NUMBER(calendar_sd[i]);
    }
    same_scale(&a->middle_level, &b->middle_level);
    same_scale(&a->middle_step, &b->middle_step);
    same_scale(&a->leaf_level, &b->leaf_level);
    same_scale(&a->leaf_step, &b->leaf_step);
    SAME(block);
    SAME(full_step);
    same_scale(&a->dispersion, &b->dispersion);
    SAME_TEXT(text);
    SAME(text_size);
}

static void same_fit(const vc_fit *a, const vc_fit *b) {
    SAME_TEXT(role);
    SAME(series);
    SAME(unit);
    same_model(&a->model, &b->model);
    SAME(frequency);
    SAME(first);
    SAME(n);
    SAME(h);
    SAME(n_units);
    SAME(n_node);
    SAME(n_theta);
    SAME(n_root);
    for (size_t k = 0; k < a->n_theta; k++) SAME_TEXT(theta_names[k]);
    SAME_ARRAY(optimum, a->n_theta);
    SAME(n_points);
    for (size_t i = 0; i < a->n_points; i++) {
        SAME_NUMBER(points[i].weight);
        SAME_ARRAY(points[i].theta, a->n_theta);
        SAME_ARRAY(points[i].root, a->n_root);
        SAME_ARRAY(points[i].node, a->n_units * a->n_node);
    }
    SAME_NUMBER(log_marginal);
    SAME_NUMBER(gradient_norm);
    SAME(iterations);
    SAME(evaluations);
    SAME(converged);
    SAME(confirmed);
    SAME_NUMBER(second_start);
    SAME_NUMBER(effective_points);
    SAME_NUMBER(surrogate_error);
    SAME_NUMBER(log_weight_sd);
    SAME_NUMBER(effective_share);
    SAME(pool_size);
    if (a->pool_size)
        ck_assert_mem_eq(a->pool, b->pool, a->n_points * a->pool_size * sizeof *a->pool);
}

static void same_ranking(const vc_ranking *a, const vc_ranking *b) {
    SAME_TEXT(name);
    SAME_TEXT(class_name);
    SAME_TEXT(by);
    SAME(year_end);
    SAME(low_is_best);
    SAME(quota);
    SAME(n);
    SAME(n_units);
    SAME(second_class);
    SAME_NUMBER(quota_percent);
    SAME(rounding);
    SAME_TEXT(compare_with);
    SAME_NUMBER(weights);
    SAME_NUMBER(p_winners_change);
    SAME_ARRAY(units, a->n);
}

static void same_peers(const vc_peers *a, const vc_peers *b) {
    SAME(n);
    for (size_t i = 0; i < a->n; i++) {
        SAME_TEXT(list[i].code);
        SAME_TEXT(list[i].name);
        SAME_TEXT(list[i].class_name);
        SAME_TEXT(list[i].second_class);
    }
    SAME(n_indicators);
    for (size_t i = 0; i < a->n_indicators; i++) SAME_TEXT(indicators[i]);
    SAME(n_figures);
    SAME_ARRAY(figures, a->n_figures); /* no padding */
}

static void same_others(const vc_others *a, const vc_others *b) {
    SAME(n);
    for (size_t i = 0; i < a->n; i++) {
        SAME_TEXT(list[i].name);
        SAME(list[i].widens);
        ck_assert_mem_eq(a->list[i].ratio, b->list[i].ratio, sizeof a->list[i].ratio);
        ck_assert_mem_eq(a->list[i].sd, b->list[i].sd, sizeof a->list[i].sd);
        ck_assert_mem_eq(a->list[i].common, b->list[i].common, sizeof a->list[i].common);
    }
    SAME(n_counts);
    for (size_t i = 0; i < a->n_counts; i++) {
        SAME(counts[i].source);
        SAME(counts[i].unit);
        SAME(counts[i].event);
        SAME(counts[i].period);
        SAME_NUMBER(counts[i].count);
    }
}

static void same_result(const vc_result *a, const vc_result *b) {
    SAME(target);
    SAME(unit);
    SAME_NUMBER(bound);
    SAME_NUMBER(bound_high);
    SAME_NUMBER(current);
    SAME_NUMBER(to_date);
    SAME_NUMBER(annual_basis);
    SAME_NUMBER(same_period_last_year);
    SAME_NUMBER(change);
    SAME_NUMBER(pace);
    SAME_NUMBER(gap);
    SAME_NUMBER(p_met);
    SAME_NUMBER(monte_carlo_se);
    SAME_NUMBER(p_undefined);
    ck_assert_mem_eq(a->quantile, b->quantile, sizeof a->quantile);
    SAME(path_n);
    SAME(path_first);
    SAME_ARRAY(path, a->path_n * VC_QUANTILES);
    SAME(validated);
    SAME(settled);
    SAME(method);
    SAME(history);
}

static void same_scorecard(const vc_scorecard *a, const vc_scorecard *b) {
    SAME(unit);
    SAME(year_end);
    SAME(length);
    SAME(n_items);
    SAME_NUMBER(points);
    SAME_NUMBER(p_all_met);
    SAME_NUMBER(p_open);
    SAME_NUMBER(p_veto);
    SAME_NUMBER(p_veto_open);
    SAME_NUMBER(p_total_open);
    SAME_NUMBER(expected);
    SAME_NUMBER(median);
    SAME_NUMBER(low80);
    SAME_NUMBER(high80);
    SAME_NUMBER(low95);
    SAME_NUMBER(high95);
    SAME_ARRAY(items, a->n_items); /* size_t and doubles: no padding */
}

static void same_changes(const vc_changes *a, const vc_changes *b) {
    SAME_TEXT(before);
    SAME(as_of);
    SAME(differs);
    SAME(merged);
    SAME(n_fitted);
    SAME(n_simulated);
    SAME(n);
    for (size_t i = 0; i < a->n; i++) { /* size_t and doubles: no padding */
        ck_assert_mem_eq(&a->list[i], &b->list[i], sizeof a->list[i]);
    }
    SAME(n_new);
    SAME_ARRAY(new_results, a->n_new);
    SAME(n_gone);
    for (size_t i = 0; i < a->n_gone; i++) {
        SAME_TEXT(gone[i].target);
        SAME(gone[i].year_end);
        SAME_TEXT(gone[i].unit);
    }
    SAME(n_news);
    for (size_t i = 0; i < a->n_news; i++) {
        SAME(news[i].event);
        SAME(news[i].period);
        SAME_NUMBER(news[i].observed);
        SAME_NUMBER(news[i].expected);
        SAME_NUMBER(news[i].low_80);
        SAME_NUMBER(news[i].high_80);
        SAME(news[i].incomplete);
    }
}

static void same_kept(const vc_kept *a, const vc_kept *b, size_t n_units) {
    size_t cells = a->n_draws * n_units * a->n_periods;
    SAME(n_draws);
    SAME(n_periods);
    SAME(first);
    for (int e = 0; e < VC_EVENTS; e++) SAME_ARRAY(count[e], cells);
    SAME_ARRAY(population, cells);
    SAME(n_values);
    for (size_t i = 0; i < a->n_values; i++) SAME_ARRAY(value[i], cells);
    SAME(n_progress);
    for (size_t i = 0; i < a->n_progress; i++) SAME_ARRAY(progress[i], cells);
}

static void same_scenario(const vc_scenario *a, const vc_scenario *b) {
    SAME(n);
    SAME_TEXT(name);
    SAME_TEXT(description);
    SAME_TEXT(text);
    ck_assert_str_eq(a->base, b->base);
    for (size_t i = 0; i < a->n; i++) {
        SAME_TEXT(effects[i].indicator);
        SAME(effects[i].unit);
        SAME(effects[i].first);
        SAME(effects[i].last);
        SAME(effects[i].kind);
        SAME_NUMBER(effects[i].amount);
    }
}

static void same_run(const vc_run *a, const vc_run *b) {
    same_settings(&a->settings, &b->settings);
    SAME(as_of);
    SAME(seed);
    SAME(n_draws);
    same_panel(&a->panel, &b->panel);
    SAME(targets.n);
    for (size_t i = 0; i < a->targets.n; i++)
        same_target(&a->targets.list[i], &b->targets.list[i]);
    SAME(n_year_ends);
    SAME_ARRAY(year_ends, a->n_year_ends);
    SAME(n_fits);
    for (size_t i = 0; i < a->n_fits; i++) same_fit(&a->fits[i], &b->fits[i]);
    same_peers(&a->panel.peers, &b->panel.peers);
    same_others(&a->panel.others, &b->panel.others);
    SAME(n_peer_fits);
    for (size_t i = 0; i < a->n_peer_fits; i++)
        same_fit(&a->peer_fits[i], &b->peer_fits[i]);
    same_model(&a->population, &b->population);
    SAME(n_results);
    for (size_t i = 0; i < a->n_results; i++) same_result(&a->results[i], &b->results[i]);
    SAME(n_scorecards);
    for (size_t c = 0; c < a->n_scorecards; c++)
        same_scorecard(&a->scorecards[c], &b->scorecards[c]);
    SAME(n_rankings);
    for (size_t i = 0; i < a->n_rankings; i++)
        same_ranking(&a->rankings[i], &b->rankings[i]);
    same_changes(&a->changes, &b->changes);
    same_kept(&a->kept, &b->kept, a->panel.tree.n);
    SAME(n_warnings);
    for (size_t i = 0; i < a->n_warnings; i++) SAME_TEXT(warnings[i].text);
    same_scenario(&a->scenario, &b->scenario);
}

#endif
