/* Who is ranked under a rule: units of a class, and its peers from outside. */
#include <math.h>
#include <string.h>

#include "assess/commendation_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "data/workspace_internal.h"

/* A series of fewer yearly figures has nothing to extrapolate, as in values.csv. */
#define FEWEST_YEARS 3

static vc_ranked nothing_known(size_t unit, size_t peer, size_t target) {
    return (vc_ranked){.unit = unit,
                       .peer = peer,
                       .target = target,
                       .result = SIZE_MAX,
                       .p_ranked = (double)NAN,
                       .mean = (double)NAN,
                       .median = (double)NAN,
                       .low_80 = (double)NAN,
                       .high_80 = (double)NAN,
                       .low_95 = (double)NAN,
                       .high_95 = (double)NAN,
                       .set_low = (double)NAN,
                       .set_high = (double)NAN,
                       .p_quota = (double)NAN,
                       .monte_carlo_se = (double)NAN,
                       .p_first = (double)NAN,
                       .p_veto = (double)NAN,
                       .p_quota_moved = (double)NAN,
                       .rank_before = (double)NAN,
                       .rank_now = (double)NAN,
                       .p_movement = (double)NAN};
}

static vc_status tell(const vc_run *run, const vc_ranking *ranking, const vc_peer *peer,
                      size_t years, vc_findings *findings) {
    vci_quoted name = vci_quote(peer->name, strlen(peer->name));
    vci_quoted rule = vci_quote(ranking->name, strlen(ranking->name));
    char year_end[VC_PERIOD_TEXT];
    vc_period_format(ranking->year_end, run->panel.frequency, year_end);
    return vci_finding_add(findings, VC_WARNING, "M09", (vci_place){0}, NULL,
                           VCI_TEXT_PEERS_FEW, rule.text, name.text, years, year_end,
                           (size_t)FEWEST_YEARS);
}

/*
 * Peers of the class whose figure of the year is final, or whose past is long enough to
 * forecast from. One that is left out takes no place and is not counted for the quota.
 */
static vc_status add_peers(const vc_commendation *rule, const vc_run *run,
                           vc_findings *findings, vc_ranking *ranking) {
    vc_status st = VC_OK;
    const vc_peers *peers = &run->panel.peers;
    size_t indicator = vc_peers_indicator(peers, ranking->by);
    for (size_t p = 0; p < peers->n; p++) {
        if (!vci_peer_in_class(rule, &peers->list[p], ranking->class_name)) continue;
        size_t years =
            vc_peers_history(peers, p, indicator, ranking->year_end, run->panel.frequency);
        const vc_peer_figure *now = vc_peers_latest(peers, p, indicator, ranking->year_end);
        bool final = now && now->as_of >= now->year_end;
        if (years >= FEWEST_YEARS || final)
            ranking->units[ranking->n++] = nothing_known(SIZE_MAX, p, SIZE_MAX);
        else
            VC_TRY(tell(run, ranking, &peers->list[p], years, findings));
    }
out:
    return st;
}

static vc_status add_units(const vc_commendation *rule, const vc_run *run, bool *any,
                           vc_ranking *ranking) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    bool points = vc_commendation_by_points(rule);
    for (size_t u = 0; u < tree->n; u++) {
        if (!vci_in_class(rule, &tree->units[u], ranking->class_name)) continue;
        size_t target =
            points ? SIZE_MAX : vci_commendation_target(rule, tree, &run->targets, u);
        ranking->units[ranking->n++] = nothing_known(u, SIZE_MAX, target);
        if (target == SIZE_MAX) continue;
        *any = true;
        if (!ranking->by) VC_COPY_TEXT(ranking->by, run->targets.list[target].indicator);
    }
    ranking->n_units = ranking->n;
out:
    return st;
}

/* One ranking; left out when no unit of the class has a figure to be ranked by. */
static vc_status declare(const vc_commendation *rule, const char *class_name,
                         vc_findings *findings, vc_run *run) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    vc_ranking *ranking = &run->rankings[run->n_rankings];
    bool any = vc_commendation_by_points(rule);
    size_t n = run->panel.peers.n;
    *ranking = (vc_ranking){.year_end = rule->year_end,
                            .low_is_best = rule->low_is_best,
                            .second_class = rule->second_class,
                            .rounding = rule->rounding,
                            .quota_percent = NAN,
                            .weights = rule->weights,
                            .p_winners_change = NAN};
    run->n_rankings++;
    if (rule->share.num > 0)
        ranking->quota_percent = 100 * (double)rule->share.num / (double)rule->share.den;
    for (size_t u = 0; u < tree->n; u++)
        n += vci_in_class(rule, &tree->units[u], class_name);
    VC_NEW(ranking->units, n);
    VC_COPY_TEXT(ranking->name, rule->name);
    VC_COPY_TEXT(ranking->class_name, class_name);
    VC_COPY_TEXT(ranking->compare_with, rule->compare_with);
    VC_TRY(add_units(rule, run, &any, ranking));
    if (!any) {
        run->n_rankings--;
        vc_ranking_free(ranking);
        goto out;
    }
    VC_TRY(add_peers(rule, run, findings, ranking));
    size_t places = vc_commendation_places(rule, ranking->n);
    ranking->quota = places < ranking->n ? places : ranking->n;
out:
    return st;
}

static vc_status declare_classes(const vc_commendation *rule, vc_findings *findings,
                                 vc_run *run) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    bool all = strcmp(rule->class_name, "*") == 0;
    for (size_t u = 0; u < tree->n; u++) {
        const char *name = vci_commendation_class(rule, &tree->units[u]);
        bool seen = false;
        if (!name || (!all && strcmp(name, rule->class_name) != 0)) continue;
        for (size_t v = 0; v < u && !seen; v++)
            seen = vci_in_class(rule, &tree->units[v], name);
        if (!seen) VC_TRY(declare(rule, name, findings, run));
    }
out:
    return st;
}

vc_status vci_rankings_declare(const vc_workspace *workspace, vc_findings *findings,
                               vc_run *run) {
    vc_status st = VC_OK;
    if (workspace->n_commendations == 0) goto out;
    VC_NEW(run->rankings, workspace->n_commendations * run->panel.tree.n);
    for (size_t i = 0; i < workspace->n_commendations; i++)
        VC_TRY(declare_classes(&workspace->commendations[i], findings, run));
out:
    return st;
}

double vci_ranked_to_date(const vc_run *run, const vc_ranking *ranking,
                          const vc_ranked *ranked) {
    const vc_peers *peers = &run->panel.peers;
    if (ranked->peer == SIZE_MAX)
        return ranked->result == SIZE_MAX ? (double)NAN
                                          : run->results[ranked->result].to_date;
    const vc_peer_figure *figure = vc_peers_latest(
        peers, ranked->peer, vc_peers_indicator(peers, ranking->by), ranking->year_end);
    return figure ? figure->value : (double)NAN;
}
