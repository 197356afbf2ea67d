/* The tree of administrative units: leaves carry counts, parents are sums. */
#ifndef VITALCAST_UNIT_H
#define VITALCAST_UNIT_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"

VC_BEGIN_DECLS

#define VC_NO_UNIT SIZE_MAX

typedef struct vc_unit {
    char *code;         /* unique; random streams are keyed by it */
    char *name;         /* for people; the code when none was given */
    char *class_name;   /* units compared with each other; NULL if none */
    char *second_class; /* same by another division of the units; NULL if none */
    size_t parent;      /* index, VC_NO_UNIT at the root */
    unsigned level;     /* depth, root 0 */
    bool leaf;
    vc_period valid_from, valid_to; /* VC_NO_PERIOD where not limited */
} vc_unit;

/*
 * Units in the order of units.csv; a root that had to be made (several tops) is unit 0.
 * down lists all units, every parent before its children (children in unit order), so that
 * walking it backwards meets every child before its parent.
 */
typedef struct vc_unit_tree {
    size_t n;
    vc_unit *units; /* [n] */
    size_t root;
    size_t *down; /* [n] */
    size_t n_leaves;
    size_t *leaves;      /* [n_leaves], in unit order */
    size_t *child_begin; /* [n + 1] into children */
    size_t *children;    /* [n - 1] */
    unsigned n_levels;   /* deepest level + 1 */
} vc_unit_tree;

/** Index of the unit with a code; VC_NO_UNIT if there is none. Cost: O(n). */
VC_API size_t vc_unit_find(const vc_unit_tree *tree, const char *code);

VC_API void vc_unit_tree_free(vc_unit_tree *tree);

VC_END_DECLS

#endif
