#include "vitalcast/unit.h"

#include <string.h>

#include "core/memory_internal.h"
#include "data/unit_internal.h"

size_t vc_unit_find(const vc_unit_tree *tree, const char *code) {
    for (size_t i = 0; i < tree->n; i++)
        if (strcmp(tree->units[i].code, code) == 0) return i;
    return VC_NO_UNIT;
}

bool vci_unit_ended(const vc_unit_tree *tree, size_t unit, vc_period period) {
    const vc_unit *u = &tree->units[unit];
    if (u->leaf) return u->valid_to != VC_NO_PERIOD && u->valid_to < period;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++)
        if (!vci_unit_ended(tree, tree->children[k], period)) return false;
    return true;
}

void vc_unit_tree_free(vc_unit_tree *tree) {
    if (!tree) return;
    for (size_t i = 0; tree->units && i < tree->n; i++) {
        vci_free(tree->units[i].code);
        vci_free(tree->units[i].name);
        vci_free(tree->units[i].class_name);
        vci_free(tree->units[i].second_class);
    }
    vci_free(tree->units);
    vci_free(tree->down);
    vci_free(tree->leaves);
    vci_free(tree->child_begin);
    vci_free(tree->children);
    *tree = (vc_unit_tree){0};
}

/* Children by counting: child_begin[i + 1] first counts them, then moves while filling. */
static void fill_children(vc_unit_tree *tree) {
    size_t *begin = tree->child_begin;
    for (size_t i = 0; i < tree->n; i++)
        if (tree->units[i].parent != VC_NO_UNIT) begin[tree->units[i].parent + 1]++;
    for (size_t i = 0; i < tree->n; i++) begin[i + 1] += begin[i];
    for (size_t i = 0; i < tree->n; i++)
        if (tree->units[i].parent != VC_NO_UNIT)
            tree->children[begin[tree->units[i].parent]++] = i;
    for (size_t i = tree->n; i > 0; i--) begin[i] = begin[i - 1];
    begin[0] = 0;
}

/* Breadth first: down is the queue. */
static void fill_down(vc_unit_tree *tree) {
    size_t n = 0;
    tree->down[n++] = tree->root;
    for (size_t i = 0; i < n; i++) {
        size_t unit = tree->down[i];
        vc_unit *u = &tree->units[unit];
        u->level = u->parent == VC_NO_UNIT ? 0 : tree->units[u->parent].level + 1;
        u->leaf = tree->child_begin[unit] == tree->child_begin[unit + 1];
        for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++)
            tree->down[n++] = tree->children[k];
    }
    tree->n_levels = tree->units[tree->down[n - 1]].level + 1;
}

vc_status vci_unit_tree_arrange(vc_unit_tree *tree) {
    vc_status st = VC_OK;
    VC_REQUIRE(tree->n > 0, "a tree needs a unit");
    VC_NEW(tree->down, tree->n);
    VC_NEW(tree->leaves, tree->n);
    VC_NEW(tree->child_begin, tree->n + 1);
    VC_NEW(tree->children, tree->n);
    tree->root = VC_NO_UNIT;
    for (size_t i = 0; i < tree->n; i++)
        if (tree->units[i].parent == VC_NO_UNIT) tree->root = i;
    VC_REQUIRE(tree->root != VC_NO_UNIT, "a tree needs a root");
    fill_children(tree);
    fill_down(tree);
    for (size_t i = 0; i < tree->n; i++)
        if (tree->units[i].leaf) tree->leaves[tree->n_leaves++] = i;
out:
    return st;
}
