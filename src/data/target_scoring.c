/* The scoring rule that a target names, and whether the points add up. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/target_internal.h"

/* Sums of decimals written by people. */
#define SUM_ERROR 1e-9

/* --- the rule of one target ------------------------------------------------------------
 */

static vc_status tell(vci_target_reader *r, size_t wish, vci_text message) {
    return vci_finding_add(r->findings, VC_FAULT, "S15", vci_target_place(r, wish), NULL,
                           message, r->id.text, vci_target_quoted(r, wish).text);
}

/* The rules of the workspace, cut where they would not fit. */
static void list_rules(const vci_target_reader *r, size_t size, char *list) {
    const char *comma = vci_list_separator(r->findings->language);
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < r->workspace->n_scoring; i++) {
        const char *name = r->workspace->scoring[i].name;
        vci_quoted shown = vci_quote(name, strlen(name));
        if (used + strlen(shown.text) + strlen(comma) + 1 > size) break;
        used +=
            (size_t)snprintf(list + used, size - used, "%s%s", i ? comma : "", shown.text);
    }
}

static vc_status tell_unknown(vci_target_reader *r) {
    char list[512];
    list_rules(r, sizeof list, list);
    vci_remedy remedy = vci_remedy_make(
        r->findings, list[0] ? VCI_TEXT_SCORING_KNOWN : VCI_TEXT_SCORING_NONE, list);
    return vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_SCORING), remedy.text,
                           VCI_TEXT_SCORING_UNKNOWN, r->id.text,
                           vci_target_quoted(r, VCI_TARGET_SCORING).text);
}

/* Tiers that cannot belong to this target. */
static vc_status check_tiers(vci_target_reader *r, const vc_target *t) {
    vc_status st = VC_OK;
    const vc_scoring *s = &t->rule;
    bool upwards = s->n_tiers > 1 && s->tier_to[1] > s->tier_to[0];
    bool downwards = s->n_tiers > 1 && s->tier_to[1] < s->tier_to[0];
    if (t->direction == VC_BETWEEN || (t->direction == VC_AT_MOST && downwards) ||
        (t->direction == VC_AT_LEAST && upwards))
        VC_TRY(tell(r, VCI_TARGET_SCORING, VCI_TEXT_SCORING_DIRECTION));
    if (s->n_tiers > 0 && s->tier_points[0] > t->points)
        VC_TRY(tell(r, VCI_TARGET_SCORING, VCI_TEXT_SCORING_BEYOND));
out:
    return st;
}

static vc_status check_rule(vci_target_reader *r, const vc_target *t) {
    if (isnan(t->points)) return tell(r, VCI_TARGET_SCORING, VCI_TEXT_SCORING_NO_POINTS);
    if (t->rule.rule == VC_TIERS) return check_tiers(r, t);
    if (t->rule.floor > t->points)
        return tell(r, VCI_TARGET_SCORING, VCI_TEXT_SCORING_FLOOR_BEYOND);
    return VC_OK;
}

vc_status vci_target_read_scoring(vci_target_reader *r, vc_target *t) {
    const vc_workspace *w = r->workspace;
    if (t->points < 0) return tell(r, VCI_TARGET_POINTS, VCI_TEXT_SCORING_NEGATIVE);
    if (!t->scoring) return VC_OK;
    for (size_t i = 0; i < w->n_scoring; i++) {
        if (strcmp(w->scoring[i].name, t->scoring) != 0) continue;
        t->rule = w->scoring[i].scoring;
        return check_rule(r, t);
    }
    return tell_unknown(r);
}

/* --- the points of a unit --------------------------------------------------------------
 */

typedef struct account {
    const vc_workspace *workspace;
    const vc_targets *targets;
    const vc_unit_tree *tree;
    vc_findings *findings;
} account;

/* Points of a unit's targets of a year, not those of its months or quarters; *last: the
 * last that has any. */
static double sum_points(const account *a, size_t unit, vc_period end, size_t *last) {
    double sum = NAN;
    for (size_t i = 0; i < a->targets->n; i++) {
        const vc_target *t = &a->targets->list[i];
        if (t->year_end != end || t->length > 0 || isnan(t->points)) continue;
        if (t->selector == VC_ONE_UNIT && t->unit == VC_NO_UNIT) continue;
        if (!vc_target_selects(t, a->tree, unit)) continue;
        sum = isnan(sum) ? t->points : sum + t->points;
        *last = i;
    }
    return sum;
}

/* One finding for each year end: the first unit whose points do not add up. */
static vc_status check_year(const account *a, vc_period end, vc_frequency frequency) {
    vc_status st = VC_OK;
    size_t n = 0, last = 0, first_unit = 0, first_last = 0;
    double first_sum = NAN;
    const vc_workspace *w = a->workspace;
    for (size_t unit = 0; unit < a->tree->n; unit++) {
        double sum = sum_points(a, unit, end, &last);
        if (isnan(sum) || fabs(sum - w->total_points) <= SUM_ERROR * w->total_points)
            continue;
        if (n++ > 0) continue;
        first_unit = unit;
        first_last = last;
        first_sum = sum;
    }
    if (n > 0)
        VC_TRY(vci_finding_add(
            a->findings, VC_FAULT, "S15",
            (vci_place){a->targets->file, a->targets->list[first_last].line, 0}, NULL,
            VCI_TEXT_SCORING_TOTAL, vci_unit_label_of(a->tree, first_unit).text,
            vci_period_label_of(end, frequency).text, first_sum, w->total_points,
            w->total_points_line, w->total_points_column, n));
out:
    return st;
}

vc_status vci_targets_total(const vc_workspace *workspace, const vc_targets *targets,
                            const vc_panel *panel, vc_findings *findings) {
    vc_status st = VC_OK;
    account a = {workspace, targets, &panel->tree, findings};
    if (!(workspace->total_points > 0)) goto out;
    for (size_t i = 0; i < targets->n; i++) {
        vc_period end = targets->list[i].year_end;
        bool done = end == VC_NO_PERIOD;
        for (size_t k = 0; k < i && !done; k++) done = targets->list[k].year_end == end;
        if (!done) VC_TRY(check_year(&a, end, panel->frequency));
    }
out:
    return st;
}
