/* Patterns of latent values: see the header. */
#include "fit/pattern_internal.h"

#include "core/memory_internal.h"

vc_status vci_pattern_init(size_t n_values, size_t n_periods, size_t n_maps,
                           vci_pattern *p) {
    vc_status st = VC_OK;
    *p = (vci_pattern){.n_values = n_values, .n_periods = n_periods, .n_maps = n_maps};
    for (size_t m = 0; m < n_maps; m++) {
        VC_NEW(p->map[m], n_periods);
        for (size_t t = 0; t < n_periods; t++) p->map[m][t] = VCI_NONE;
    }
    for (size_t k = 0; k < VCI_LAGS; k++) {
        VC_NEW(p->lag[k], n_values);
        VC_NEW(p->pull[k], n_values);
        for (size_t i = 0; i < n_values; i++) p->lag[k][i] = VCI_NONE;
    }
    VC_NEW(p->kind, n_values);
out:
    return st;
}

void vci_pattern_free(vci_pattern *p) {
    for (size_t m = 0; m < VCI_MAPS; m++) vci_free(p->map[m]);
    for (size_t k = 0; k < VCI_LAGS; k++) {
        vci_free(p->lag[k]);
        vci_free(p->pull[k]);
    }
    vci_free(p->kind);
    *p = (vci_pattern){0};
}

void vci_pattern_follow(vci_pattern *p, size_t i, size_t from, int kind) {
    p->lag[0][i] = (int)from;
    p->pull[0][i] = 1;
    p->kind[i] = (unsigned char)kind;
}

double vci_pattern_innovation(const vci_pattern *p, size_t i, const double *x) {
    double value = x[i];
    for (size_t k = 0; k < VCI_LAGS; k++)
        if (p->lag[k][i] != VCI_NONE) value -= p->pull[k][i] * x[p->lag[k][i]];
    return value;
}

size_t vci_pattern_blocks(size_t n, size_t length) { return (n + length - 1) / length; }

int vci_pattern_block_of(size_t t, size_t n, size_t length) {
    return (int)(vci_pattern_blocks(n, length) - 1 - (n - 1 - t) / length);
}
