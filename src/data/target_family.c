/*
 * Counts add up: what the units below one must have, or may have, against what it may have
 * or must. From the leaves upwards, in whole numbers.
 */
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "data/target_internal.h"

/* Larger than any count; sums of such bounds stay inside 64 bits. */
#define UNBOUNDED INT64_C(1000000000000)

/* The counts that a unit's target, or those below it, leave; and the target that says so.
 */
typedef struct range {
    int64_t low, high;
    size_t low_by, high_by; /* target + 1; 0: nothing bounds */
} range;

typedef struct family {
    const vc_targets *targets;
    const vc_panel *panel;
    vc_findings *findings;
    range *own, *all; /* [n_units] by its own targets; with those below it */
    size_t told;      /* target + 1 that was told last */
} family;

static int64_t clamp(int64_t x) {
    return x > UNBOUNDED ? UNBOUNDED : x < -UNBOUNDED ? -UNBOUNDED : x;
}

static int64_t floor_of(vc_fraction f) {
    int64_t whole = f.num / f.den;
    return clamp(whole - (f.num % f.den < 0));
}

static int64_t ceiling_of(vc_fraction f) {
    int64_t whole = f.num / f.den;
    return clamp(whole + (f.num % f.den > 0));
}

/* What is a difference of events may be below 0; it and the events add up over units. */
static bool adds_up(const vc_panel *panel, const char *indicator, bool *negative) {
    const vc_formula *formula = vci_formula_find(panel, indicator);
    if (!formula || vci_values_named(panel, indicator) ||
        vci_progress_named(panel, indicator))
        return false;
    *negative = formula->minus != VC_EVENTS;
    return formula->kind == VC_INDICATOR_COUNT;
}

static void bound_by(family *f, size_t at, size_t unit) {
    const vc_target *target = &f->targets->list[at];
    const vc_fraction *low = vci_target_low(target), *high = vci_target_high(target);
    range *own = &f->own[unit];
    if (low && ceiling_of(*low) > own->low) {
        own->low = ceiling_of(*low);
        own->low_by = at + 1;
    }
    if (high && floor_of(*high) < own->high) {
        own->high = floor_of(*high);
        own->high_by = at + 1;
    }
}

/* What the children leave together; one without a bound leaves the sum without one. */
static range add_children(const family *f, size_t unit) {
    const vc_unit_tree *tree = &f->panel->tree;
    bool low_open = false, high_open = false;
    range sum = {0, 0, 0, 0};
    for (size_t i = tree->child_begin[unit]; i < tree->child_begin[unit + 1]; i++) {
        const range *child = &f->all[tree->children[i]];
        low_open = low_open || child->low == -UNBOUNDED;
        high_open = high_open || child->high == UNBOUNDED;
        sum.low += child->low;
        sum.high += child->high;
        if (!sum.low_by) sum.low_by = child->low_by;
        if (!sum.high_by) sum.high_by = child->high_by;
    }
    sum.low = low_open ? -UNBOUNDED : clamp(sum.low);
    sum.high = high_open ? UNBOUNDED : clamp(sum.high);
    return sum;
}

/* Do two targets exclude each other in some unit that both are about? */
static bool exclude(const family *f, const vc_target *a, const vc_target *b) {
    const vc_unit_tree *tree = &f->panel->tree;
    const vc_fraction *low = vci_target_low(b), *high = vci_target_high(a);
    bool apart = low && high && vci_bounds_compare(*low, *high) > 0;
    low = vci_target_low(a);
    high = vci_target_high(b);
    apart = apart || (low && high && vci_bounds_compare(*low, *high) > 0);
    for (size_t unit = 0; apart && unit < tree->n; unit++)
        if (vc_target_selects(a, tree, unit) && vc_target_selects(b, tree, unit))
            return true;
    return false;
}

/* Once for a target of the parent, with the first unit and child that it is about. */
static vc_status tell(family *f, size_t parent, size_t child, size_t unit, vci_text text,
                      int64_t bound, int64_t sum) {
    const vc_target *target = &f->targets->list[parent - 1];
    const vc_target *other = &f->targets->list[child - 1];
    if (f->told == parent || exclude(f, target, other)) return VC_OK; /* told already */
    f->told = parent;
    return vci_finding_add(
        f->findings, VC_FAULT, "S06", (vci_place){f->targets->file, target->line, 0}, NULL,
        text, vci_quote(target->id, strlen(target->id)).text,
        vci_unit_label_of(&f->panel->tree, unit).text, (long long)bound, (long long)sum,
        vci_quote(other->id, strlen(other->id)).text, other->line);
}

static vc_status compare_unit(family *f, size_t unit) {
    vc_status st = VC_OK;
    range *all = &f->all[unit], below;
    *all = f->own[unit];
    if (f->panel->tree.units[unit].leaf) goto out;
    below = add_children(f, unit);
    if (all->high_by && below.low_by && below.low > all->high)
        VC_TRY(tell(f, all->high_by, below.low_by, unit, VCI_TEXT_TARGET_CHILDREN_MORE,
                    all->high, below.low));
    if (all->low_by && below.high_by && below.high < all->low)
        VC_TRY(tell(f, all->low_by, below.high_by, unit, VCI_TEXT_TARGET_CHILDREN_FEWER,
                    all->low, below.high));
    if (below.low > all->low) {
        all->low = below.low;
        all->low_by = below.low_by;
    }
    if (below.high < all->high) {
        all->high = below.high;
        all->high_by = below.high_by;
    }
out:
    return st;
}

/* All targets of one count and window, of which `first` is the first. */
static vc_status compare_figure(family *f, size_t first, bool negative) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &f->panel->tree;
    for (size_t unit = 0; unit < tree->n; unit++)
        f->own[unit] = (range){negative ? -UNBOUNDED : 0, UNBOUNDED, 0, 0};
    for (size_t i = first; i < f->targets->n; i++) {
        const vc_target *target = &f->targets->list[i];
        if (!vci_target_whole(target) ||
            !vc_target_same_figure(target, &f->targets->list[first]))
            continue;
        for (size_t unit = 0; unit < tree->n; unit++)
            if (vc_target_selects(target, tree, unit)) bound_by(f, i, unit);
    }
    for (size_t i = tree->n; i-- > 0;) VC_TRY(compare_unit(f, tree->down[i]));
out:
    return st;
}

vc_status vci_targets_compare_family(const vc_targets *targets, const vc_panel *panel,
                                     vc_findings *findings) {
    vc_status st = VC_OK;
    family f = {.targets = targets, .panel = panel, .findings = findings};
    VC_NEW(f.own, panel->tree.n);
    VC_NEW(f.all, panel->tree.n);
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *target = &targets->list[i];
        bool negative, done = false;
        if (!vci_target_whole(target) || !adds_up(panel, target->indicator, &negative))
            continue;
        for (size_t k = 0; k < i && !done; k++)
            done = vci_target_whole(&targets->list[k]) &&
                   vc_target_same_figure(&targets->list[k], target);
        if (!done) VC_TRY(compare_figure(&f, i, negative));
    }
out:
    vci_free(f.own);
    vci_free(f.all);
    return st;
}
