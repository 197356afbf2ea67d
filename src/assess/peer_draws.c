/* Peers drawn beside the units: the same machinery on a panel of years. */
#include "assess/peer_internal.h"

vc_status vci_peer_draws_init(const vc_run *run, size_t capacity, unsigned threads,
                              vci_peer_draws *p) {
    vc_status st = VC_OK;
    *p = (vci_peer_draws){0};
    VC_TRY(vci_peer_panel_init(run, &p->years));
    if (p->years.panel.n_periods == 0) goto out;
    VC_TRY(vci_simulation_init(&p->simulation, &p->years.panel, run->n_peer_fits,
                               run->peer_fits, &run->population, run->settings.dating,
                               run->seed, p->years.wanted, p->years.horizon, threads));
    p->simulation.block = capacity;
    VC_TRY(vci_draws_init(&p->simulation, &p->draws));
out:
    return st;
}

void vci_peer_draws_free(vci_peer_draws *p) {
    vc_draws_free(&p->draws);
    vci_simulation_free(&p->simulation);
    vci_peer_panel_free(&p->years);
    *p = (vci_peer_draws){0};
}

vc_status vci_peer_draws_block(vci_peer_draws *p, size_t first_draw, size_t n) {
    if (p->draws.capacity == 0) return VC_OK;
    return vci_simulation_block(&p->simulation, first_draw, n, &p->draws);
}

const double *vci_peer_draws_row(const vci_peer_draws *p, const vc_run *run, size_t peer,
                                 const char *indicator, vc_period year_end) {
    vc_frequency frequency = run->panel.frequency;
    size_t series =
        vci_peer_series(&p->years, &run->panel.peers, frequency, indicator, year_end);
    if (p->draws.capacity == 0 || series == SIZE_MAX) return NULL;
    size_t year = (size_t)(vc_period_year(year_end, frequency) - p->draws.first);
    size_t row = year * p->draws.n_units + peer + 1;
    return p->draws.value[series] + row * p->draws.n_draws;
}
