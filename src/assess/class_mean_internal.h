/*
 * Targets whose bound is the mean of the unit's class (class_mean): in every draw another,
 * made of the figures of that draw. Figures come first, who met the bound after them.
 */
#ifndef VCI_CLASS_MEAN_INTERNAL_H
#define VCI_CLASS_MEAN_INTERNAL_H

#include "assess/outcome_internal.h"

/* Units of one class and level with the same figure; the order of results. */
typedef struct vci_class {
    size_t n;
    size_t *member; /* [n] results; owns */
    double *mean;   /* [capacity] of the draws of a block; NaN: fewer than two figures */
    vci_histogram means;
} vci_class;

typedef struct vci_classes {
    size_t n, n_results;
    vci_class *list;
    size_t *of; /* [n_results] class of a result; VCI_NO_ROW: its bound is no mean */
} vci_classes;

/* Tells the tallies where the means of their classes will stand. */
vc_status vci_classes_init(const vc_unit_tree *tree, size_t n, vci_tally *tallies,
                           size_t capacity, vci_classes *classes);
void vci_classes_free(vci_classes *classes);

/* Adds the results whose figures are needed to `wanted` [n_results]. */
void vci_classes_want(const vci_classes *classes, bool *wanted);

/* Draws first .. first + n - 1, which the outcomes hold: their means, and who met them. */
void vci_classes_add(vci_classes *classes, size_t first, size_t n, vci_tally *tallies,
                     vci_outcomes *outcomes);

/* Bounds for people: of the median of the mean. */
void vci_classes_finish(const vci_classes *classes, const vc_panel *panel,
                        vci_tally *tallies);

/* Without draws: means of known figures, open where one of them is not known. */
void vci_classes_settle(const vci_classes *classes, const vci_tally *tallies, vc_run *run);

/* A bound when the mean of the class is known; fixed where it is none of it. */
double vci_class_bound(const vc_target_value *value, vc_fraction fixed, double mean);

#endif
