/* Scores of one origin: our draws and the baselines' against what came. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/tally_internal.h"
#include "backtest/baseline_internal.h"
#include "backtest/origin_internal.h"
#include "backtest/origin_rank_internal.h"
#include "core/memory_internal.h"
#include "num/random_internal.h"

/* Rules of thumb need no more draws: a score of 1,000 is off by some tenths of a percent.
 */
#define MOST_BASELINE_DRAWS 1000

/* Draws of many results at a time: as much memory as this. */
#define MOST_BYTES ((size_t)256 << 20)

typedef struct scorer {
    const vci_replay *replay;
    vc_year year;
    const vc_run *run, *truth;
    vc_track *track;
    size_t *unit;    /* [units of the truth] their places in the run; VC_NO_UNIT: none */
    size_t *of;      /* [targets of the plan][units of the run] results of the run */
    double *figure;  /* [draws] of a baseline */
    double *defined; /* [draws] those that can be scored */
    vci_baseline baseline;
    /* Those of one indicator, until all of them are there. */
    size_t *group; /* [units of the truth] */
    size_t n_contenders, rank_draws, ranked_target;
    vci_contender *contenders; /* [units of the truth] */
    vci_compared *compared;    /* same */
    double *rank_draw;         /* [units of the truth][rank_draws] */
} scorer;

static vc_status match(scorer *s) {
    vc_status st = VC_OK;
    const vc_unit_tree *then = &s->run->panel.tree, *now = &s->truth->panel.tree;
    size_t n = s->run->targets.n * then->n;
    VC_NEW(s->unit, now->n);
    VC_NEW(s->of, n);
    for (size_t u = 0; u < now->n; u++)
        s->unit[u] = u < then->n && !strcmp(then->units[u].code, now->units[u].code)
                         ? u
                         : vc_unit_find(then, now->units[u].code);
    for (size_t i = 0; i < n; i++) s->of[i] = SIZE_MAX;
    for (size_t i = 0; i < s->run->n_results; i++) {
        const vc_result *r = &s->run->results[i];
        s->of[r->target * then->n + r->unit] = i;
    }
out:
    return st;
}

/* Births of the year before, or of what else the panel counts. */
static unsigned size_of(const scorer *s, size_t unit) {
    static const double limits[VC_SIZES - 1] = VC_SIZE_LIMITS;
    const vc_panel *panel = &s->truth->panel;
    vc_event event = VC_BIRTHS;
    double total = 0;
    unsigned size = 0;
    while (event < VC_EVENTS && !panel->has[event]) event++;
    if (event == VC_EVENTS) return 0;
    for (vc_period p = s->year.first - (vc_period)panel->frequency; p < s->year.first;
         p++) {
        if (p < panel->first) continue;
        double y =
            panel->count[event][unit * panel->n_periods + (size_t)(p - panel->first)];
        if (!isnan(y)) total += y;
    }
    while (size < VC_SIZES - 1 && total >= limits[size]) size++;
    return size;
}

static size_t result_of(const scorer *s, size_t target, size_t unit) {
    return unit == VC_NO_UNIT ? SIZE_MAX : s->of[target * s->run->panel.tree.n + unit];
}

static vc_track_cell key_of(const scorer *s, size_t target, size_t unit) {
    const vc_panel *panel = &s->truth->panel;
    const vci_plan *plan = &s->replay->plan;
    return (vc_track_cell){.forecaster = VC_BY_VITALCAST,
                           .indicator = plan->tracked[plan->of[target]].indicator,
                           .level = panel->tree.units[unit].level,
                           .size = size_of(s, unit),
                           .year = vc_period_year(s->year.end, panel->frequency),
                           .observed = s->run->as_of - s->year.first + 1};
}

static vc_status cell_of(const scorer *s, const vc_result *came, vc_forecaster forecaster,
                         vc_track_cell **cell) {
    vc_track_cell key = key_of(s, came->target, came->unit);
    key.forecaster = forecaster;
    return vc_track_cell_of(s->track, &key, cell);
}

/* Scores draws (NaN: undefined, left out) of one figure. */
static void score_draws(const scorer *s, size_t n, const double *draw,
                        const vc_result *came, vc_track_cell *cell) {
    vc_score score;
    double u;
    size_t defined = 0;
    const char *code = s->truth->panel.tree.units[came->unit].code;
    const char *indicator = s->truth->targets.list[came->target].indicator;
    vci_stream stream =
        vci_stream_make(vci_mix_text(s->run->seed, indicator), code,
                        VCI_PLACE(1, VCI_FOR_REST), (uint32_t)s->run->as_of);
    for (size_t d = 0; d < n; d++)
        if (!isnan(draw[d])) s->defined[defined++] = draw[d];
    if (defined == 0) return;
    vci_fill_uniform(&stream, 0, 1, &u);
    vc_score_draws(defined, s->defined, came->quantile[VC_MEDIAN], u, &score);
    vc_track_add(cell, &score);
}

/* --- ranks --------------------------------------------------------------------------- */

static vc_status begin_ranks(scorer *s) {
    vc_status st = VC_OK;
    size_t n = s->truth->panel.tree.n, most = MOST_BYTES / (n * sizeof(double)) + 1;
    s->rank_draws = s->run->n_draws < most ? s->run->n_draws : most;
    VC_NEW(s->group, n);
    VC_NEW(s->contenders, n);
    VC_NEW(s->compared, n);
    VC_NEW(s->rank_draw, n * s->rank_draws);
    VC_TRY(vci_groups_find(&s->truth->panel.tree, s->group));
out:
    return st;
}

/* Ties in what came are broken by chance, as the shares of places in the draws are. */
static vc_status score_rank(scorer *s, const vci_contender *c,
                            const vci_compared *compared) {
    vc_status st = VC_OK;
    vc_score score;
    vc_track_cell key = key_of(s, s->ranked_target, c->unit), *cell;
    size_t top = s->replay->plan.first_rank + 2 * key.indicator;
    double u[3];
    vci_stream stream =
        vci_stream_make(vci_mix_text(s->run->seed, s->track->indicators[key.indicator]),
                        s->truth->panel.tree.units[c->unit].code,
                        VCI_PLACE(2, VCI_FOR_REST), (uint32_t)s->run->as_of);
    key.what = VC_TRACK_RANK;
    VC_TRY(vc_track_cell_of(s->track, &key, &cell));
    vci_fill_uniform(&stream, 0, 3, u);
    vc_score_draws(compared->n, c->draw, compared->rank, u[0], &score);
    vc_track_add(cell, &score);
    vc_track_add_hit(s->track, cell, top, compared->p_top, u[1] < compared->top);
    vc_track_add_hit(s->track, cell, top + 1, compared->p_bottom, u[2] < compared->bottom);
out:
    return st;
}

static int by_group(const void *a, const void *b) {
    const vci_contender *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* All figures of one indicator are there: every group by itself. */
static vc_status score_ranks(scorer *s) {
    vc_status st = VC_OK;
    size_t n = s->n_contenders, end;
    vci_contender *c = s->contenders;
    qsort(c, n, sizeof *c, by_group);
    for (size_t i = 0; i < n; i = end) {
        for (end = i + 1; end < n && c[end].group == c[i].group;) end++;
        if (end - i < VCI_FEWEST_RANKED) continue;
        VC_TRY(vci_ranks_compare(end - i, c + i, s->rank_draws, s->compared + i));
        for (size_t k = i; k < end && s->compared[i].n > 0; k++)
            VC_TRY(score_rank(s, &c[k], &s->compared[k]));
    }
    s->n_contenders = 0;
out:
    return st;
}

/* Results come by target: the first of another one ends those before it. */
static vc_status keep_for_ranks(scorer *s, const vc_result *came, const double *draw) {
    vc_status st = VC_OK;
    if (s->n_contenders > 0 && s->ranked_target != came->target) VC_TRY(score_ranks(s));
    double *kept = s->rank_draw + s->n_contenders * s->rank_draws;
    memcpy(kept, draw, s->rank_draws * sizeof *kept);
    s->ranked_target = came->target;
    s->contenders[s->n_contenders++] =
        (vci_contender){s->group[came->unit], came->unit, came->quantile[VC_MEDIAN], kept};
out:
    return st;
}

/* --- ours ---------------------------------------------------------------------------- */

/* A figure is scored where it came about and was not known already. */
static const vc_result *forecast_of(const scorer *s, const vc_result *came) {
    size_t i = result_of(s, came->target, s->unit[came->unit]);
    if (isnan(came->quantile[VC_MEDIAN]) || i == SIZE_MAX) return NULL;
    return s->run->results[i].path_n > 0 ? &s->run->results[i] : NULL;
}

static vc_status score_ours(scorer *s) {
    vc_status st = VC_OK;
    size_t n = s->run->n_draws, m = 0, most = MOST_BYTES / (n * sizeof(double)) + 1;
    size_t *results = NULL;
    const vc_result **came = NULL;
    double *figure = NULL;
    most = most < s->truth->n_results ? most : s->truth->n_results + 1;
    VC_NEW(results, most);
    VC_NEW(came, most);
    VC_NEW(figure, most * n);
    for (size_t i = 0; i <= s->truth->n_results; i++) {
        bool end = i == s->truth->n_results ||
                   s->truth->results[i].target >= s->replay->plan.n_indicators;
        if ((end || m == most) && m > 0) {
            VC_TRY(vc_run_year_ends(s->run, m, results, n, s->replay->options->run.threads,
                                    figure));
            for (size_t k = 0; k < m; k++) {
                vc_track_cell *cell;
                VC_TRY(cell_of(s, came[k], VC_BY_VITALCAST, &cell));
                score_draws(s, n, figure + k * n, came[k], cell);
                VC_TRY(keep_for_ranks(s, came[k], figure + k * n));
            }
            m = 0;
        }
        if (end) break;
        const vc_result *forecast = forecast_of(s, &s->truth->results[i]);
        if (!forecast) continue;
        results[m] = (size_t)(forecast - s->run->results);
        came[m++] = &s->truth->results[i];
    }
    VC_TRY(score_ranks(s));
out:
    vci_free(results);
    vci_free(came);
    vci_free(figure);
    return st;
}

static vc_status hit_ours(const scorer *s, double *p) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < s->truth->n_results; i++) {
        const vc_result *came = &s->truth->results[i], *forecast = forecast_of(s, came);
        vc_track_cell *cell;
        p[i] = NAN;
        if (!forecast || isnan(came->p_met) || isnan(forecast->p_met)) continue;
        p[i] = forecast->p_met;
        VC_TRY(cell_of(s, came, VC_BY_VITALCAST, &cell));
        vc_track_add_hit(s->track, cell, s->replay->plan.of[came->target], p[i],
                         came->p_met > 0.5);
    }
out:
    return st;
}

/* --- baselines ------------------------------------------------------------------------ */

/* How often the baseline's figures meet a target of the same indicator and unit. */
static vc_status hit_baseline(const scorer *s, size_t target, size_t unit,
                              vc_track_cell *cell, const vc_result *came) {
    const vc_result *r = NULL;
    size_t i = result_of(s, target, unit), met = 0, n = 0;
    if (i != SIZE_MAX) r = &s->run->results[i];
    if (!r || isnan(r->bound) || isnan(came->p_met)) return VC_OK;
    double high = isnan(r->bound_high) ? r->bound : r->bound_high;
    for (size_t d = 0; d < s->baseline.n; d++) {
        if (isnan(s->figure[d])) continue;
        n++;
        met += vci_target_met(&s->run->targets.list[target], r->bound, high, s->figure[d]);
    }
    if (n == 0) return VC_OK;
    vc_track_add_hit(s->track, cell, s->replay->plan.of[target], (double)met / (double)n,
                     came->p_met > 0.5);
    return VC_OK;
}

static vc_status score_baseline(scorer *s, const vc_result *came, vc_forecaster rule,
                                const size_t *truth_of) {
    vc_status st = VC_OK;
    vc_track_cell *cell;
    bool made = false;
    const vc_targets *targets = &s->truth->targets;
    const char *indicator = targets->list[came->target].indicator;
    size_t unit = s->unit[came->unit], n_units = s->truth->panel.tree.n;
    VC_TRY(vci_baseline_draw(&s->baseline, rule, indicator, unit, s->figure, &made));
    if (!made) goto out;
    VC_TRY(cell_of(s, came, rule, &cell));
    score_draws(s, s->baseline.n, s->figure, came, cell);
    for (size_t t = 0; t < targets->n; t++) {
        size_t i = truth_of[t * n_units + came->unit];
        if (i == SIZE_MAX || strcmp(targets->list[t].indicator, indicator) != 0) continue;
        VC_TRY(hit_baseline(s, t, unit, cell, &s->truth->results[i]));
    }
out:
    return st;
}

static vc_status score_baselines(scorer *s) {
    vc_status st = VC_OK;
    size_t n_units = s->truth->panel.tree.n, n = s->truth->targets.n * n_units;
    size_t *truth_of = NULL;
    VC_NEW(truth_of, n);
    for (size_t i = 0; i < n; i++) truth_of[i] = SIZE_MAX;
    for (size_t i = 0; i < s->truth->n_results; i++)
        truth_of[s->truth->results[i].target * n_units + s->truth->results[i].unit] = i;
    for (size_t i = 0; i < s->truth->n_results; i++) {
        const vc_result *came = &s->truth->results[i];
        if (came->target >= s->replay->plan.n_indicators || !forecast_of(s, came)) continue;
        for (int rule = VC_BY_PACE; rule < VC_FORECASTERS; rule++)
            VC_TRY(score_baseline(s, came, (vc_forecaster)rule, truth_of));
    }
out:
    vci_free(truth_of);
    return st;
}

vc_status vci_origin_score(const vci_replay *replay, vc_year year, const vc_run *run,
                           const vc_run *truth, vc_track *track, double *p) {
    vc_status st = VC_OK;
    scorer s = {.replay = replay, .year = year, .run = run, .truth = truth, .track = track};
    size_t n = run->n_draws < MOST_BASELINE_DRAWS ? run->n_draws : MOST_BASELINE_DRAWS;
    VC_TRY(match(&s));
    VC_NEW(s.figure, n);
    VC_NEW(s.defined, run->n_draws);
    VC_TRY(vci_baseline_init(run, year, n, &s.baseline));
    VC_TRY(begin_ranks(&s));
    VC_TRY(score_ours(&s));
    VC_TRY(hit_ours(&s, p));
    VC_TRY(score_baselines(&s));
out:
    vci_baseline_free(&s.baseline);
    vci_free(s.unit);
    vci_free(s.of);
    vci_free(s.figure);
    vci_free(s.defined);
    vci_free(s.group);
    vci_free(s.contenders);
    vci_free(s.compared);
    vci_free(s.rank_draw);
    return st;
}
