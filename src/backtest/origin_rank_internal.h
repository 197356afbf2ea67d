/*
 * Ranks of units among their like, as one origin foresaw them and as they came: units of
 * one class where units have classes, else of one parent, three or more together.
 */
#ifndef VCI_ORIGIN_RANK_INTERNAL_H
#define VCI_ORIGIN_RANK_INTERNAL_H

#include "assess/ranking_internal.h"
#include "vitalcast/unit.h"

/* Fewer units are not ranked. */
#define VCI_FEWEST_RANKED 3

/* Share of the places that `top` and `bottom` stand for, rounded up. */
#define VCI_TOP_PERCENT 30

/* One unit's figures of one indicator. */
typedef struct vci_contender {
    size_t group; /* see vci_groups_find */
    size_t unit;
    double came;  /* the figure that came about */
    double *draw; /* [n] figures, borrowed; ranks after vci_ranks_compare */
} vci_contender;

/* What became of one contender: ranks, and shares of a place at both ends. */
typedef struct vci_compared {
    size_t n;               /* draws in which all of its group have a figure */
    double rank;            /* from the lowest figure; ties have the mean of their ranks */
    double top, bottom;     /* share of a place that it took */
    double p_top, p_bottom; /* mean share over the draws */
} vci_compared;

/*
 * group[tree->n]: number of the units that each is compared with: those of its class, or
 * those without a class under the same parent.
 */
vc_status vci_groups_find(const vc_unit_tree *tree, size_t *group);

/*
 * Ranks the m contenders of one group, in n draws each; draws in which one of them has no
 * figure (NaN) are left out, as all had one in what came. Their `draw` then holds ranks.
 *
 * Memory: 48 bytes for each contender and draw of a block of 1,024.
 */
vc_status vci_ranks_compare(size_t m, vci_contender *contenders, size_t n,
                            vci_compared *compared);

#endif
