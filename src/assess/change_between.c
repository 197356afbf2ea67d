#include "assess/change_between_internal.h"

#include <math.h>
#include <string.h>

#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "data/panel_copy_internal.h"

#define BIT(step) (1u << (step))

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_fraction(vc_fraction a, vc_fraction b) {
    return a.num == b.num && a.den == b.den;
}

static bool same_value(const vc_target_value *a, const vc_target_value *b) {
    return a->kind == b->kind && same_fraction(a->value, b->value) &&
           same_fraction(a->factor, b->factor) && same_fraction(a->summand, b->summand);
}

/* A target's unit as its code: "" where it means several. */
static const char *code_of(const vc_run *run, const vc_target *t) {
    return t->selector == VC_ONE_UNIT ? run->panel.tree.units[t->unit].code : "";
}

/* Points and scoring do not bear on whether a target is met. */
static bool same_target(const vc_run *a, const vc_target *x, const vc_run *b,
                        const vc_target *y) {
    return strcmp(x->id, y->id) == 0 && x->year_end == y->year_end &&
           x->selector == y->selector && strcmp(code_of(a, x), code_of(b, y)) == 0 &&
           x->level == y->level && same_text(x->class_name, y->class_name) &&
           strcmp(x->indicator, y->indicator) == 0 && x->direction == y->direction &&
           same_value(&x->value, &y->value) &&
           (x->direction != VC_BETWEEN || same_value(&x->value_high, &y->value_high)) &&
           x->decimals == y->decimals && x->deadline == y->deadline &&
           x->length == y->length;
}

static bool same_targets(const vc_run *a, const vc_run *b) {
    if (a->targets.n != b->targets.n) return false;
    for (size_t i = 0; i < a->targets.n; i++)
        if (!same_target(a, &a->targets.list[i], b, &b->targets.list[i])) return false;
    return true;
}

/* Settings that observations and draws depend on. */
static bool same_fit_settings(const vc_settings *a, const vc_settings *b) {
    return a->year_end_in_year == b->year_end_in_year && a->dating == b->dating &&
           a->n_completeness == b->n_completeness && a->nowcast == b->nowcast &&
           memcmp(a->completeness_mean, b->completeness_mean,
                  sizeof a->completeness_mean) == 0 &&
           memcmp(a->completeness_sd, b->completeness_sd, sizeof a->completeness_sd) == 0 &&
           memcmp(a->completeness_removed, b->completeness_removed,
                  sizeof a->completeness_removed) == 0;
}

static bool needs_fit(const vc_run *before, const vc_run *after) {
    return !same_fit_settings(&before->settings, &after->settings) ||
           !vci_run_same_models(before, after) ||
           !vci_panel_same_indicators(&before->panel, &after->panel);
}

/* --- panels ----------------------------------------------------------------------------
 */

/* What the later run knows of the periods of the earlier one. */
static vc_status cut_panel(const vc_run *before, const vc_run *after, vc_panel *panel) {
    vc_status st = VC_OK;
    if (before->as_of < after->panel.first)
        VC_FAIL(VC_TOO_FEW_DATA, "the later run knows nothing of that time");
    VC_TRY(vci_panel_copy(&after->panel, panel));
    VC_TRY(vc_panel_truncate(panel, before->as_of));
out:
    return st;
}

static vc_status make_panel(const vc_run *before, const vc_run *after, vc_change_step last,
                            unsigned differs, vc_panel *panel) {
    vc_status st = VC_OK;
    if (last >= VC_CHANGE_BLOCKS) {
        VC_TRY(vci_panel_copy(&after->panel, panel));
        vci_panel_mask(panel, before->as_of);
        goto out;
    }
    VC_TRY(cut_panel(before, after, panel));
    if (last < VC_CHANGE_POPULATION && !(differs & BIT(VC_CHANGE_UNITS)))
        VC_TRY(vci_panel_take_population(panel, &before->panel));
out:
    return st;
}

vc_status vci_between_differs(const vc_run *before, const vc_run *after,
                              unsigned *differs) {
    vc_status st = VC_OK;
    vc_panel known = {0};
    unsigned d = 0;
    if (before->seed != after->seed || before->n_draws != after->n_draws)
        d |= BIT(VC_CHANGE_SAMPLING);
    if (!same_targets(before, after)) d |= BIT(VC_CHANGE_TARGETS);
    if (needs_fit(before, after) ||
        before->settings.average_population != after->settings.average_population)
        d |= BIT(VC_CHANGE_MODEL);
    if (before->as_of != after->as_of) d |= BIT(VC_CHANGE_BLOCKS) | BIT(VC_CHANGE_PERIODS);
    if (!vci_unit_trees_same(&before->panel.tree, &after->panel.tree)) {
        d |= BIT(VC_CHANGE_UNITS);
    } else if (before->as_of < after->panel.first) {
        d |= BIT(VC_CHANGE_CORRECTIONS);
    } else {
        VC_TRY(cut_panel(before, after, &known));
        if (!vci_panel_same_figures(&before->panel, &known))
            d |= BIT(VC_CHANGE_CORRECTIONS);
        if (!vci_panel_same_population(&before->panel, &known))
            d |= BIT(VC_CHANGE_POPULATION);
    }
    *differs = d;
out:
    vc_panel_free(&known);
    return st;
}

/* --- runs ------------------------------------------------------------------------------
 */

/* Later targets on a tree: those whose unit is not there are left out. */
static vc_status take_targets(const vc_run *from, vci_between *between) {
    vc_status st = VC_OK;
    vc_targets *to = &between->run.targets;
    VC_NEW(between->targets, from->targets.n);
    *to = (vc_targets){.list = between->targets};
    for (size_t i = 0; i < from->targets.n; i++) {
        vc_target target = from->targets.list[i];
        if (target.selector == VC_ONE_UNIT)
            target.unit = vc_unit_find(&between->run.panel.tree, code_of(from, &target));
        if (target.selector != VC_ONE_UNIT || target.unit != VC_NO_UNIT)
            to->list[to->n++] = target;
    }
    between->run.year_ends = from->year_ends;
    between->run.n_year_ends = from->n_year_ends;
out:
    return st;
}

/* What the run in between has of either; nothing but panel and targets is its own yet. */
static vc_status take_inputs(const vc_run *before, const vc_run *after, vc_change_step last,
                             unsigned differs, vci_between *between) {
    vc_status st = VC_OK;
    vc_run *run = &between->run;
    run->settings = last >= VC_CHANGE_MODEL ? after->settings : before->settings;
    run->as_of = last >= VC_CHANGE_BLOCKS ? after->as_of : before->as_of;
    run->seed = after->seed;
    run->n_draws = after->n_draws;
    run->panel = before->panel;
    between->owns_panel = last >= VC_CHANGE_UNITS;
    if (between->owns_panel) {
        run->panel = (vc_panel){0};
        VC_TRY(make_panel(before, after, last, differs, &run->panel));
    }
    if (last >= VC_CHANGE_MODEL && !between->owns_panel) {
        run->panel.n_indicators = after->panel.n_indicators;
        run->panel.indicators = after->panel.indicators;
    }
    vci_run_tell_panel(run);
    VC_TRY(take_targets(last >= VC_CHANGE_TARGETS ? after : before, between));
out:
    return st;
}

vc_status vci_between_make(const vc_run *before, const vc_run *after, vc_change_step last,
                           unsigned differs, unsigned threads, const vc_observer *observer,
                           bool *fitted, vci_between *between) {
    vc_status st = VC_OK;
    vc_run_options options = {.keep = 0, .threads = threads};
    vc_run *run = &between->run;
    *between = (vci_between){0};
    *fitted =
        last >= VC_CHANGE_UNITS || (last == VC_CHANGE_MODEL && needs_fit(before, after));
    VC_TRY(take_inputs(before, after, last, differs, between));
    if (*fitted) {
        between->owns_fits = true;
        VC_TRY(vci_run_fit_like(after, before, observer, run));
    } else {
        run->fits = before->fits;
        run->n_fits = before->n_fits;
        run->population = before->population;
    }
    VC_TRY(vci_run_assess(&options, observer, run));
out:
    return st;
}

void vci_between_free(vci_between *between) {
    vc_run *run = &between->run;
    run->settings = (vc_settings){0};
    if (!between->owns_panel) run->panel = (vc_panel){0};
    if (!between->owns_fits) {
        run->fits = NULL;
        run->n_fits = 0;
        run->population = (vc_model){0};
    }
    run->targets = (vc_targets){0};
    run->year_ends = NULL;
    vc_run_free(run);
    vci_free(between->targets);
    *between = (vci_between){0};
}
