#include "vitalcast/crosswalk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/crosswalk_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"

#define MOST_NAMED 5

typedef struct crosswalk {
    vc_panel *panel;
    vc_period as_of;
    vc_findings *findings;
    size_t n_handovers;
    vci_handover *handovers; /* in the order in which the units ended */
    bool *keep;              /* [n_units] is there as of the period */
    size_t *place;           /* [n_units] its number then */
} crosswalk;

static const vc_unit *unit_of(const crosswalk *c, size_t unit) {
    return &c->panel->tree.units[unit];
}

static vci_period_label label_of(const crosswalk *c, vc_period period) {
    return vci_period_label_of(period, c->panel->frequency);
}

/* --- which units hand over -------------------------------------------------------------
 */

static int by_end(const void *a, const void *b, void *context) {
    const vc_unit *units = context;
    size_t x = ((const vci_handover *)a)->from, y = ((const vci_handover *)b)->from;
    int order =
        (units[x].valid_to > units[y].valid_to) - (units[x].valid_to < units[y].valid_to);
    return order != 0 ? order : (x > y) - (x < y);
}

static vc_status collect(crosswalk *c) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->panel;
    VC_NEW(c->handovers, panel->n_changes);
    for (size_t i = 0; i < panel->n_changes;) {
        vci_handover h = {.from = panel->changes[i].from, .changes = &panel->changes[i]};
        for (; i < panel->n_changes && panel->changes[i].from == h.from; i++) h.n++;
        h.rename = vci_renamed_from(panel, h.changes[0].to) == h.from;
        if (unit_of(c, h.from)->valid_to < c->as_of) c->handovers[c->n_handovers++] = h;
    }
    qsort_r(c->handovers, c->n_handovers, sizeof *c->handovers, by_end, panel->tree.units);
out:
    return st;
}

/* Leaves that exist as of the period, and what is above them. */
static vc_status choose(crosswalk *c) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &c->panel->tree;
    VC_NEW(c->keep, tree->n);
    VC_NEW(c->place, tree->n);
    for (size_t i = 0; i < tree->n_leaves; i++) {
        vc_period begin = unit_of(c, tree->leaves[i])->valid_from;
        c->keep[tree->leaves[i]] = (begin == VC_NO_PERIOD || begin <= c->as_of) &&
                                   !vci_unit_ended(tree, tree->leaves[i], c->as_of);
    }
    for (size_t i = tree->n; i-- > 0;) {
        size_t unit = tree->down[i];
        if (c->keep[unit] && unit != tree->root) c->keep[tree->units[unit].parent] = true;
    }
    if (!c->keep[tree->root])
        VC_TRY(vci_finding_add(c->findings, VC_FAULT, "U07", (vci_place){0}, NULL,
                               VCI_TEXT_CROSSWALK_NOBODY, label_of(c, c->as_of).text));
out:
    return st;
}

/* --- what is said of it ----------------------------------------------------------------
 */

/* One more name in a list that grows; *n counts them, from MOST_NAMED on in silence. */
static vc_status add_name(const crosswalk *c, const char *name, size_t *n, char **list) {
    vc_status st = VC_OK;
    const char *separator = *n > 0 ? vci_list_separator(c->findings->language) : "";
    if (*n > MOST_NAMED) goto out;
    char *longer = vci_text_format("%s%s%s", *list ? *list : "", separator,
                                   *n < MOST_NAMED ? name : "…");
    if (!longer) VC_FAIL(VC_NO_MEMORY, "names");
    vci_free(*list);
    *list = longer;
    (*n)++;
out:
    return st;
}

static vc_status tell_apportioned(const crosswalk *c, const vci_handover *h) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->panel;
    char *names = NULL;
    size_t n = 0;
    for (size_t i = 0; i < h->n; i++)
        VC_TRY(add_name(c, vci_unit_label_of(&panel->tree, h->changes[i].to).text, &n,
                        &names));
    VC_TRY(vci_finding_add(c->findings, VC_WARNING, "U07",
                           (vci_place){panel->changes_file, h->changes[0].line, 0}, NULL,
                           VCI_TEXT_CROSSWALK_APPORTIONED, names,
                           label_of(c, unit_of(c, h->from)->valid_to + 1).text,
                           vci_unit_label_of(&panel->tree, h->from).text));
out:
    vci_free(names);
    return st;
}

static bool any_known(const vc_panel *panel, const double *array, size_t unit) {
    for (size_t t = 0; t < panel->n_periods; t++)
        if (!isnan(array[unit * panel->n_periods + t])) return true;
    return false;
}

static bool has_series(const vc_panel *panel, size_t unit) {
    for (size_t i = 0; i < panel->n_progress; i++)
        if (any_known(panel, panel->progress[i].numerator, unit)) return true;
    for (size_t i = 0; i < panel->n_values; i++)
        if (any_known(panel, panel->values[i].value, unit)) return true;
    return false;
}

static vc_status tell(const crosswalk *c) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->panel;
    for (size_t i = 0; i < c->n_handovers; i++) {
        const vci_handover *h = &c->handovers[i];
        if (h->n > 1) VC_TRY(tell_apportioned(c, h));
        if (!h->rename && has_series(panel, h->from))
            VC_TRY(vci_finding_add(c->findings, VC_WARNING, "U07",
                                   (vci_place){panel->changes_file, h->changes[0].line, 0},
                                   NULL, VCI_TEXT_CROSSWALK_SERIES_LOST,
                                   vci_unit_label_of(&panel->tree, h->from).text));
    }
    if (c->n_handovers > 0)
        VC_TRY(vci_finding_add(
            c->findings, VC_INFO, "U07", (vci_place){panel->changes_file, 0, 0}, NULL,
            VCI_TEXT_CROSSWALK_CARRIED, c->n_handovers, label_of(c, c->as_of).text));
out:
    return st;
}

/* --- targets ---------------------------------------------------------------------------
 */

/* The codes of the units that are there now in the place of one that ended. */
static vc_status list_heirs(const crosswalk *c, size_t unit, size_t *n, char **codes) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->panel;
    for (size_t i = 0; i < panel->n_changes; i++) {
        size_t to = panel->changes[i].to;
        if (panel->changes[i].from != unit) continue;
        const char *code = unit_of(c, to)->code;
        if (c->keep[to])
            VC_TRY(add_name(c, vci_quote(code, strlen(code)).text, n, codes));
        else
            VC_TRY(list_heirs(c, to, n, codes));
    }
out:
    return st;
}

static vc_status refuse_target(const crosswalk *c, const vc_target *target,
                               const char *file) {
    vc_status st = VC_OK;
    const vc_unit *unit = unit_of(c, target->unit);
    vci_place place = {file, target->line, 0};
    vci_quoted id = vci_quote(target->id, strlen(target->id));
    vci_unit_label label = vci_unit_label_of(&c->panel->tree, target->unit);
    vci_remedy remedy;
    char *codes = NULL;
    size_t n = 0;
    if (unit->valid_from != VC_NO_PERIOD && unit->valid_from > c->as_of) {
        vci_period_label begin = label_of(c, unit->valid_from);
        remedy = vci_remedy_make(c->findings, VCI_TEXT_CROSSWALK_TARGET_EARLY_REMEDY,
                                 begin.text);
        VC_TRY(vci_finding_add(c->findings, VC_FAULT, "S05", place, remedy.text,
                               VCI_TEXT_CROSSWALK_TARGET_EARLY, id.text, label.text,
                               begin.text, label_of(c, c->as_of).text));
        goto out;
    }
    VC_TRY(list_heirs(c, target->unit, &n, &codes));
    remedy = vci_remedy_make(c->findings, VCI_TEXT_CROSSWALK_TARGET_GONE_REMEDY,
                             codes ? codes : "");
    VC_TRY(vci_finding_add(c->findings, VC_FAULT, "S05", place, codes ? remedy.text : NULL,
                           VCI_TEXT_CROSSWALK_TARGET_GONE, id.text, label.text,
                           label_of(c, unit->valid_to).text));
out:
    vci_free(codes);
    return st;
}

static vc_status check_targets(const crosswalk *c, const vc_targets *targets) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *target = &targets->list[i];
        if (target->selector == VC_ONE_UNIT && target->unit != VC_NO_UNIT &&
            !c->keep[target->unit])
            VC_TRY(refuse_target(c, target, targets->file));
    }
out:
    return st;
}

static void renumber(const crosswalk *c, vc_targets *targets) {
    for (size_t i = 0; i < targets->n; i++)
        if (targets->list[i].unit != VC_NO_UNIT)
            targets->list[i].unit = c->place[targets->list[i].unit];
}

/* --- population of parents -------------------------------------------------------------
 */

static bool is_above(const vc_unit_tree *tree, size_t above, size_t unit) {
    while (unit != VC_NO_UNIT && unit != above) unit = tree->units[unit].parent;
    return unit == above;
}

/* Parents of one unit that are not above another: how many periods change for them. */
static void mark_parents(const vc_unit_tree *tree, size_t of, size_t other, size_t n,
                         size_t *n_changed) {
    for (size_t up = tree->units[of].parent; up != VC_NO_UNIT; up = tree->units[up].parent)
        if (n > n_changed[up] && !is_above(tree, up, other)) n_changed[up] = n;
}

/*
 * A parent keeps the population that was given for it, unless people came or went with a
 * unit: before that its population is the sum of what it has now.
 */
static vc_status change_population(const crosswalk *c) {
    vc_status st = VC_OK;
    vc_panel *panel = c->panel;
    const vc_unit_tree *tree = &panel->tree;
    size_t *n_changed = NULL;
    VC_NEW(n_changed, tree->n);
    for (size_t i = 0; i < c->n_handovers; i++) {
        const vci_handover *h = &c->handovers[i];
        vc_period end = unit_of(c, h->from)->valid_to;
        size_t n = end < panel->first ? 0 : (size_t)(end - panel->first) + 1;
        for (size_t k = 0; k < h->n; k++) {
            mark_parents(tree, h->from, h->changes[k].to, n, n_changed);
            mark_parents(tree, h->changes[k].to, h->from, n, n_changed);
        }
    }
    for (size_t i = tree->n; i-- > 0;) {
        size_t unit = tree->down[i];
        for (size_t t = 0; t < n_changed[unit]; t++)
            panel->population[unit * panel->n_periods + t] =
                vci_panel_population_sum(panel, unit, t);
    }
out:
    vci_free(n_changed);
    return st;
}

/* --- all of it -------------------------------------------------------------------------
 */

static vc_status carry_over(crosswalk *c) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < c->n_handovers; i++)
        VC_TRY(vci_handover_make(c->panel, &c->handovers[i]));
    if (c->n_handovers > 0) vci_panel_sum_up(c->panel);
    if (c->n_handovers > 0 && c->panel->population) VC_TRY(change_population(c));
    VC_TRY(vci_panel_keep(c->panel, c->keep, c->place));
    vci_free(c->panel->changes);
    vci_free(c->panel->changes_file);
    vci_free(c->panel->reports); /* they go by the units as read */
    c->panel->n_reports = 0;
    c->panel->reports = NULL;
    c->panel->n_changes = 0;
    c->panel->changes = NULL;
    c->panel->changes_file = NULL;
out:
    return st;
}

vc_status vc_crosswalk_apply(vc_panel *panel, vc_period as_of, vc_targets *targets,
                             vc_findings *findings) {
    vc_status st = VC_OK;
    size_t n_before = findings->n_faults;
    crosswalk c = {.panel = panel, .as_of = as_of, .findings = findings};
    VC_REQUIRE(as_of >= panel->first &&
                   panel->n_periods <= (size_t)(as_of - panel->first) + 1,
               "the panel must be truncated at the as-of period first");
    VC_TRY(collect(&c));
    VC_TRY(choose(&c));
    if (findings->n_faults == n_before) {
        VC_TRY(tell(&c));
        VC_TRY(check_targets(&c, targets));
        VC_TRY(carry_over(&c));
        renumber(&c, targets);
    }
    if (findings->n_faults > n_before)
        VC_FAIL(VC_BAD_INPUT, "%zu", findings->n_faults - n_before);
out:
    vci_free(c.handovers);
    vci_free(c.keep);
    vci_free(c.place);
    return st;
}
