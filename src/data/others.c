/* Other offices' counts: looking them up, forgetting later ones. */
#include "vitalcast/others.h"

#include <math.h>

#include "core/memory_internal.h"
#include "data/others_internal.h"

void vc_others_truncate(vc_others *others, vc_period last) {
    size_t n = 0;
    for (size_t i = 0; i < others->n_counts; i++)
        if (others->counts[i].period <= last) others->counts[n++] = others->counts[i];
    others->n_counts = n;
}

void vci_others_keep(vc_others *others, const size_t *place) {
    size_t n = 0;
    for (size_t i = 0; i < others->n_counts; i++) {
        vc_other_count *count = &others->counts[i];
        if (place[count->unit] == VC_NO_UNIT) continue;
        count->unit = place[count->unit];
        others->counts[n++] = *count;
    }
    others->n_counts = n;
}

static int order(int64_t a, int64_t b) { return (a > b) - (a < b); }

int vci_others_compare(const void *a, const void *b) {
    const vc_other_count *x = a, *y = b;
    int c = order((int64_t)x->source, (int64_t)y->source);
    if (!c) c = order((int64_t)x->unit, (int64_t)y->unit);
    if (!c) c = order((int64_t)x->event, (int64_t)y->event);
    return c ? c : order(x->period, y->period);
}

size_t vci_others_place(const vc_others *others, const vc_other_count *key) {
    size_t low = 0, high = others->n_counts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vci_others_compare(&others->counts[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Its own figures alone. */
static double own_sum(const vc_others *others, vc_other_count wanted, size_t n) {
    double sum = 0;
    size_t at = vci_others_place(others, &wanted);
    for (size_t k = 0; k < n; k++, at++, wanted.period++) {
        if (at == others->n_counts || vci_others_compare(&others->counts[at], &wanted) != 0)
            return NAN;
        sum += others->counts[at].count;
    }
    return sum;
}

double vc_others_sum(const vc_others *others, const vc_unit_tree *tree, size_t source,
                     vc_event event, size_t unit, vc_period first, size_t n) {
    vc_other_count key = {source, unit, event, first, 0};
    size_t begin = tree->child_begin[unit], end = tree->child_begin[unit + 1];
    double sum = own_sum(others, key, n);
    if (!isnan(sum) || begin == end) return sum;
    sum = 0;
    for (size_t k = begin; k < end && !isnan(sum); k++)
        sum += vc_others_sum(others, tree, source, event, tree->children[k], first, n);
    return sum;
}

void vc_others_free(vc_others *others) {
    for (size_t i = 0; others->list && i < others->n; i++) vci_free(others->list[i].name);
    vci_free(others->list);
    vci_free(others->counts);
    *others = (vc_others){0};
}
