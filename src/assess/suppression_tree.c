/*
 * Complementary suppression over a tree of sums. A withheld count is safe when there is
 * another world in which it is anything from 0 to min_cell - 1 and all that is told is the
 * same. Such worlds move events between siblings that are both withheld:
 *
 * - a child moves up by what its siblings together have to give (`needs`), down always, as
 *   what it loses goes to one of them. Where it is told in less detail, a move in one
 *   stretch of time has its reverse in another of the same span, so that its siblings have
 *   to give in each stretch what it may ever gain or lose;
 * - a parent that is withheld moves with its children: it takes what they need to its own
 *   siblings (`carried`), and what it has to give must lie in children that are withheld.
 *
 * Whatever is withheld in one detail is withheld in those after it. So the reverse move
 * finds the same families withheld.
 * Source: Willenborg and de Waal (2001), ch. 6 (suppression in hierarchical tables; safety
 * ranges); Fischetti and Salazar (2001), sections 1 and 2 (the attacker's problem).
 */
#include <math.h>

#include "assess/suppression_internal.h"

static double count_of(const vci_cover *c, size_t unit, size_t k) {
    double count = c->cell[unit * c->n + k];
    return isnan(count) ? 0 : count;
}

static bool is_there(const vci_cover *c, size_t unit) {
    for (size_t k = 0; k < c->n; k++)
        if (!isnan(c->cell[unit * c->n + k])) return true;
    return false;
}

static bool hidden(const vci_cover *c, size_t unit) { return c->reason[unit] != VCI_TOLD; }

bool vci_cover_large(const vci_cover *c, size_t unit) {
    for (size_t k = 0; k < c->n; k++)
        if (c->cell[unit * c->n + k] < c->min_cell) return false;
    return is_there(c, unit);
}

/* Are all counts small? Then those of the children are, too. */
static bool small_throughout(const vci_cover *c, size_t unit) {
    for (size_t k = 0; k < c->n; k++)
        if (c->cell[unit * c->n + k] >= c->min_cell) return false;
    return true;
}

void vci_cover_small(vci_cover *c) {
    for (size_t u = 0; u < c->tree->n; u++)
        if (c->reason[u] < VCI_SMALL && is_there(c, u) && !vci_cover_large(c, u))
            c->reason[u] = VCI_SMALL;
}

/*
 * How much the siblings of a withheld unit must be able to give. Of two parts of a told sum
 * one grows as the other shrinks, so that they have to give what it may lose, too.
 */
static double need(const vci_cover *c, size_t unit, size_t k, bool small) {
    const double *cell = c->cell + unit * c->n;
    double own = 0, least = c->min_cell - 1;
    if (isnan(cell[k])) return 0;
    if (small && c->free[unit]) {
        own = fmax(0, least - cell[k]);
        double other = c->half < c->n ? cell[(k + c->half) % c->n] : 0;
        if (other < c->min_cell) own = fmax(own, other);
    } else if (small) {
        own = least;
    }
    return fmax(own, c->carried[unit]);
}

/* What the withheld children of a unit lack, and how many there are. */
static double lack(const vci_cover *c, size_t parent, size_t *n_hidden) {
    const vc_unit_tree *tree = c->tree;
    const size_t *begin = tree->children + tree->child_begin[parent];
    const size_t *end = tree->children + tree->child_begin[parent + 1];
    double worst = 0;
    *n_hidden = 0;
    for (size_t k = 0; k < c->n; k++) c->sum[k] = 0;
    for (const size_t *u = begin; u < end; u++) {
        if (!hidden(c, *u) || !is_there(c, *u)) continue;
        ++*n_hidden;
        for (size_t k = 0; k < c->n; k++) c->sum[k] += count_of(c, *u, k);
    }
    for (const size_t *u = begin; u < end; u++) {
        if (!hidden(c, *u) || !is_there(c, *u)) continue;
        bool small = !vci_cover_large(c, *u);
        for (size_t k = 0; k < c->n; k++) {
            double needed = need(c, *u, k, small);
            if (c->sum[k] - count_of(c, *u, k) < needed) worst = fmax(worst, needed);
        }
    }
    return worst;
}

/* Withholds the child with the fewest events of those that are told; false: none is. */
static bool withhold_cheapest(vci_cover *c, size_t parent) {
    const vc_unit_tree *tree = c->tree;
    size_t best = VC_NO_UNIT;
    double least = INFINITY;
    for (size_t i = tree->child_begin[parent]; i < tree->child_begin[parent + 1]; i++) {
        size_t u = tree->children[i];
        double total = 0;
        if (hidden(c, u) || !is_there(c, u)) continue;
        for (size_t k = 0; k < c->n; k++) total += count_of(c, u, k);
        if (total < least) {
            least = total;
            best = u;
        }
    }
    if (best == VC_NO_UNIT) return false;
    c->reason[best] = VCI_PROTECTS;
    return true;
}

/* Children of a parent that is told balance each other; else the parent is not told. */
static void protect_children(vci_cover *c, size_t parent) {
    size_t n = 0;
    double worst = lack(c, parent, &n);
    if (n == 0) return;
    while (!hidden(c, parent) && (worst > 0 || n == 1)) {
        if (!withhold_cheapest(c, parent))
            c->reason[parent] = VCI_PROTECTS;
        else
            worst = lack(c, parent, &n);
    }
    if (!hidden(c, parent)) return;
    c->bound[parent] = worst > 0 || n == 1;
    if (!small_throughout(c, parent)) c->carried[parent] = worst;
}

/* A withheld parent has withheld children, with as much to give as it may have to. */
static void protect_parent(vci_cover *c, size_t parent) {
    bool open = true;
    while (open) {
        size_t n;
        (void)lack(c, parent, &n);
        open = n == 0;
        for (size_t k = 0; k < c->n; k++)
            open = open || c->sum[k] < fmin(c->min_cell - 1, count_of(c, parent, k));
        open = open && withhold_cheapest(c, parent);
    }
}

void vci_cover_protect(vci_cover *c) {
    const vc_unit_tree *tree = c->tree;
    for (size_t i = tree->n; i-- > 0;)
        if (!tree->units[tree->down[i]].leaf) protect_children(c, tree->down[i]);
    for (size_t i = 0; i < tree->n; i++) {
        size_t u = tree->down[i];
        if (!tree->units[u].leaf && hidden(c, u)) protect_parent(c, u);
    }
}
