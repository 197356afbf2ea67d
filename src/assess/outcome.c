#include "assess/outcome_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

vc_status vci_outcomes_init(size_t n_results, const bool wanted[VC_DIM(n_results)],
                            size_t capacity, vci_outcomes *o) {
    vc_status st = VC_OK;
    *o = (vci_outcomes){.n_results = n_results, .capacity = capacity};
    VC_NEW(o->row, n_results);
    for (size_t i = 0; i < n_results; i++) o->row[i] = wanted[i] ? o->n_rows++ : VCI_NO_ROW;
    VC_NEW(o->figure, o->n_rows * capacity);
    VC_NEW(o->met, o->n_rows * capacity);
    for (size_t i = 0; i < n_results; i++) vci_outcomes_settle(o, i, NAN, NAN);
out:
    return st;
}

void vci_outcomes_free(vci_outcomes *o) {
    vci_free(o->row);
    vci_free(o->figure);
    vci_free(o->met);
    memset(o, 0, sizeof *o);
}

void vci_outcomes_lend(vci_outcomes *o, size_t result, vci_tally *tally) {
    if (o->row[result] == VCI_NO_ROW) return;
    tally->figure = o->figure + o->row[result] * o->capacity;
    tally->met = o->met + o->row[result] * o->capacity;
}

void vci_outcomes_settle(vci_outcomes *o, size_t result, double figure, double p_met) {
    int met = isnan(p_met) ? VCI_OPEN : p_met >= 1 ? VCI_MET : VCI_NOT_MET;
    if (o->row[result] == VCI_NO_ROW) return;
    size_t at = o->row[result] * o->capacity;
    memset(o->met + at, met, o->capacity);
    for (size_t d = 0; d < o->capacity; d++) o->figure[at + d] = figure;
}
