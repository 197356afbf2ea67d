/*
 * Families: how an observation depends on eta. A new one is a file family_<name>.c, a line
 * of VC_FAMILY_LIST (vitalcast/model.h), and the texts of its name.
 */
#ifndef VCI_FAMILY_INTERNAL_H
#define VCI_FAMILY_INTERNAL_H

#include "vitalcast/fit.h"

/* One observation that is there, and where eta stands. */
typedef struct vci_datum {
    double y, trials; /* trials: families with trials only */
    double offset;    /* log exposure; normal: log of the scale of y */
    double eta;       /* without offset */
    double sd;        /* dispersion; 0 for families without */
} vci_datum;

/* The observations of one leaf: arrays over n periods, NaN where y is missing. */
typedef struct vci_row {
    size_t n;
    const double *y, *trials, *offset; /* trials: NULL for families without */
    double sd;
} vci_row;

/* Log likelihood (without terms that do not depend on eta), d / d eta, - d2 / d eta2. */
typedef struct vci_cell {
    double value, gradient, weight;
} vci_cell;

/* d weight / d eta, then the derivatives in log sd of value, gradient and weight. */
typedef struct vci_cell_slopes {
    double weight_eta, value, gradient, weight;
} vci_cell_slopes;

typedef struct vci_family {
    bool trials;   /* y out of trials */
    bool gaussian; /* the Gaussian step is exact */
    /* y on the scale of eta, for families of plain values; NULL for counts. */
    double (*plain)(double y, double offset);
    double (*natural)(double x, double offset); /* its inverse, for draws */
    /* Sum of values over a row; the hot loop of weighing. */
    double (*values)(const vci_row *row, const double *eta);
    vci_cell (*cell)(const vci_datum *datum);
    vci_cell_slopes (*slopes)(const vci_datum *datum);
    /*
     * Terms that depend on the dispersion alone, summed over all observations; at_least[k]
     * of them are counts above k, for k < n. NULL: there are none.
     */
    double (*constant)(const vc_observations *observations, size_t n,
                       const double *at_least, double sd);
    bool counted; /* constant wants at_least */
} vci_family;

const vci_family *vci_family_of(vc_family family);

#define VCI_FAMILY_DECLARE(constant, name, descriptor, dispersed)                          \
    extern const vci_family descriptor;
VC_FAMILY_LIST(VCI_FAMILY_DECLARE)
#undef VCI_FAMILY_DECLARE

/* The number of observations that are there. */
double vci_family_observed(const vc_observations *observations);

#endif
