/* The unweighted mean of a class, draw by draw, in the order of the units. */
#include "assess/class_mean_internal.h"

#include <math.h>
#include <string.h>

#include "assess/method_internal.h"
#include "core/memory_internal.h"
#include "fit/term_internal.h"

/* Equal figures have a mean that may be off in the last digit. */
#define EQUAL 1e-12

double vci_class_bound(const vc_target_value *value, vc_fraction fixed, double mean) {
    if (value->kind != VC_CLASS_MEAN) return vci_fraction_value(fixed);
    return mean * vci_fraction_value(value->factor) + vci_fraction_value(value->summand);
}

/* --- who belongs together ------------------------------------------------------------- */

static bool same_class(const vc_unit_tree *tree, const vci_tally *a, const vci_tally *b) {
    return vc_target_peers(tree, a->unit, b->unit) &&
           vc_target_same_figure(a->target, b->target);
}

/* Several targets may be about one figure of a unit: it counts once. */
static vc_status collect(const vc_unit_tree *tree, size_t n, const vci_tally *tallies,
                         const vci_tally *one, bool *seen, vci_class *class) {
    vc_status st = VC_OK;
    VC_NEW(class->member, n);
    memset(seen, 0, tree->n * sizeof *seen);
    for (size_t i = 0; i < n; i++) {
        if (!same_class(tree, one, &tallies[i]) || seen[tallies[i].unit]) continue;
        seen[tallies[i].unit] = true;
        class->member[class->n++] = i;
    }
out:
    return st;
}

static size_t find_class(const vc_unit_tree *tree, const vci_tally *tallies,
                         const vci_tally *one, const vci_classes *classes) {
    for (size_t c = 0; c < classes->n; c++) {
        const vci_class *class = &classes->list[c];
        if (same_class(tree, one, &tallies[class->member[0]])) return c;
    }
    return classes->n;
}

vc_status vci_classes_init(const vc_unit_tree *tree, size_t n, vci_tally *tallies,
                           size_t capacity, vci_classes *classes) {
    vc_status st = VC_OK;
    bool *seen = NULL;
    *classes = (vci_classes){.n_results = n};
    VC_NEW(seen, tree->n);
    VC_NEW(classes->of, n);
    VC_NEW(classes->list, n);
    for (size_t i = 0; i < n; i++) {
        vci_tally *t = &tallies[i];
        classes->of[i] = VCI_NO_ROW;
        /* a unit without a class has no peers, not even itself */
        if (!t->by_class || !vc_target_peers(tree, t->unit, t->unit)) continue;
        size_t c = find_class(tree, tallies, t, classes);
        vci_class *class = &classes->list[c];
        if (c == classes->n) {
            classes->n++;
            VC_TRY(collect(tree, n, tallies, t, seen, class));
            VC_NEW(class->mean, capacity);
            vci_histogram_init(&class->means, false);
        }
        classes->of[i] = c;
        t->class_mean = class->mean;
    }
out:
    vci_free(seen);
    return st;
}

void vci_classes_free(vci_classes *classes) {
    for (size_t c = 0; c < classes->n; c++) {
        vci_free(classes->list[c].member);
        vci_free(classes->list[c].mean);
    }
    vci_free(classes->list);
    vci_free(classes->of);
    *classes = (vci_classes){0};
}

void vci_classes_want(const vci_classes *classes, bool *wanted) {
    for (size_t c = 0; c < classes->n; c++)
        for (size_t k = 0; k < classes->list[c].n; k++)
            wanted[classes->list[c].member[k]] = true;
}

/* --- draws ---------------------------------------------------------------------------- */

static double mean_of(size_t n, double sum) {
    return n >= 2 ? sum / (double)n : (double)NAN;
}

/* A ratio without denominator in a draw is left out of the mean of that draw. */
static void add_means(vci_class *class, size_t n, const vci_outcomes *o) {
    for (size_t d = 0; d < n; d++) {
        double sum = 0;
        size_t known = 0;
        for (size_t k = 0; k < class->n; k++) {
            double x = o->figure[o->row[class->member[k]] * o->capacity + d];
            if (isnan(x)) continue;
            sum += x;
            known++;
        }
        class->mean[d] = mean_of(known, sum);
        if (known >= 2) vci_histogram_add(&class->means, 1, &class->mean[d]);
    }
}

static vci_outcome judge(const vci_tally *t, double x, double mean) {
    double low = vci_class_bound(&t->target->value, t->fixed[0], mean), high = low;
    if (t->target->direction == VC_BETWEEN)
        high = vci_class_bound(&t->target->value_high, t->fixed[1], mean);
    if (isnan(x) || isnan(low) || isnan(high)) return VCI_OPEN;
    double below = EQUAL * fmax(1, fabs(low)), above = EQUAL * fmax(1, fabs(high));
    low += t->target->direction == VC_AT_MOST ? below : -below;
    return vci_target_met(t->target, low, high + above, x) ? VCI_MET : VCI_NOT_MET;
}

static void add_outcomes(vci_tally *t, size_t result, size_t first, size_t n,
                         vci_outcomes *o) {
    size_t at = o->row[result] * o->capacity;
    for (size_t d = 0; d < n; d++) {
        vci_outcome outcome = judge(t, o->figure[at + d], t->class_mean[d]);
        o->met[at + d] = (unsigned char)outcome;
        if (outcome != VCI_OPEN)
            vci_tally_count(t, (first + d) / VCI_BATCH, outcome == VCI_MET);
    }
    if (!t->drawn) t->n += n; /* else counted when it was drawn */
}

void vci_classes_add(vci_classes *classes, size_t first, size_t n, vci_tally *tallies,
                     vci_outcomes *outcomes) {
    if (classes->n == 0) return;
#pragma omp parallel for schedule(dynamic, 4)
    for (size_t c = 0; c < classes->n; c++) add_means(&classes->list[c], n, outcomes);
#pragma omp parallel for schedule(dynamic, 4)
    for (size_t i = 0; i < classes->n_results; i++)
        if (classes->of[i] != VCI_NO_ROW) add_outcomes(&tallies[i], i, first, n, outcomes);
}

/* --- the result ----------------------------------------------------------------------- */

static bool is_settled(const vci_class *class, const vc_panel *panel,
                       const vci_tally *tallies) {
    for (size_t k = 0; k < class->n; k++) {
        const vci_tally *t = &tallies[class->member[k]];
        vc_period end = panel->first + (vc_period)panel->n_periods;
        if (t->drawn || t->year.end >= end || !vci_method_settled(panel, t->unit, t->year))
            return false;
    }
    return true;
}

static void set_bounds(vci_tally *t, double mean) {
    t->mean_bound[0] = vci_class_bound(&t->target->value, t->fixed[0], mean);
    t->mean_bound[1] = t->target->direction == VC_BETWEEN
                           ? vci_class_bound(&t->target->value_high, t->fixed[1], mean)
                           : t->mean_bound[0];
    if (isnan(t->mean_bound[1]) || isnan(mean)) t->mean_bound[0] = NAN;
}

void vci_classes_finish(const vci_classes *classes, const vc_panel *panel,
                        vci_tally *tallies) {
    for (size_t i = 0; i < classes->n_results; i++) {
        if (classes->of[i] == VCI_NO_ROW) continue;
        const vci_class *class = &classes->list[classes->of[i]];
        set_bounds(&tallies[i], vci_histogram_quantile(&class->means, 0.5));
        tallies[i].class_settled = is_settled(class, panel, tallies);
    }
}

void vci_classes_settle(const vci_classes *classes, const vci_tally *tallies, vc_run *run) {
    for (size_t i = 0; i < classes->n_results; i++) {
        if (classes->of[i] == VCI_NO_ROW) continue;
        const vci_class *class = &classes->list[classes->of[i]];
        vc_result *r = &run->results[i];
        vci_tally t = tallies[i];
        double sum = 0;
        for (size_t k = 0; k < class->n; k++)
            sum += run->results[class->member[k]].quantile[VC_MEDIAN];
        double mean = mean_of(class->n, sum);
        vci_outcome outcome = judge(&t, r->quantile[VC_MEDIAN], mean);
        set_bounds(&t, mean);
        r->bound = t.mean_bound[0];
        r->bound_high = t.target->direction == VC_BETWEEN ? t.mean_bound[1] : (double)NAN;
        r->p_met = outcome == VCI_OPEN ? (double)NAN : outcome == VCI_MET;
        r->monte_carlo_se = outcome == VCI_OPEN ? (double)NAN : 0;
    }
}
