/*
 * How a group of latent values enters eta and hangs together: an indicator of periods, and
 * a prior written as independent innovations.
 */
#ifndef VCI_PATTERN_INTERNAL_H
#define VCI_PATTERN_INTERNAL_H

#include <stddef.h>

#include "core/status_internal.h"

#define VCI_NONE (-1)

/* Which of a group's standard deviations an innovation has. */
enum { VCI_FIRST, VCI_STEP, VCI_SEASONAL, VCI_KINDS };

/* A period's eta is a sum of at most two of the group's values. */
enum { VCI_MAPS = 2, VCI_LAGS = 2 };

/*
 * innovation[i] = x[i] - pull[0][i] x[lag[0][i]] - pull[1][i] x[lag[1][i]]; lags point to
 * earlier values. So Q = D' diag(precisions) D with D unit triangular and log |Q| is the
 * sum of the innovations' log precisions.
 */
typedef struct vci_pattern {
    size_t n_values, n_periods, n_maps;
    int *map[VCI_MAPS];     /* [n_periods] value that enters, or VCI_NONE */
    int *lag[VCI_LAGS];     /* [n_values] or VCI_NONE */
    double *pull[VCI_LAGS]; /* [n_values] */
    unsigned char *kind;    /* [n_values] */
} vci_pattern;

/* Independent values of kind VCI_FIRST that enter nowhere yet. */
vc_status vci_pattern_init(size_t n_values, size_t n_periods, size_t n_maps,
                           vci_pattern *pattern);
void vci_pattern_free(vci_pattern *pattern);

/* Value i follows value `from`: innovation x[i] - x[from], of a kind. */
void vci_pattern_follow(vci_pattern *pattern, size_t i, size_t from, int kind);

/* The innovation of value i at x. */
double vci_pattern_innovation(const vci_pattern *pattern, size_t i, const double *x);

/*
 * Blocks of `length` periods counted back from the last of n; the oldest may be shorter.
 */
size_t vci_pattern_blocks(size_t n, size_t length);
int vci_pattern_block_of(size_t t, size_t n, size_t length);

#endif
