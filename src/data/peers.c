/* Peers: looking their figures up, forgetting those that were not published yet. */
#include "vitalcast/peers.h"

#include <string.h>

#include "core/memory_internal.h"

static const char POINTS[] = "points";

void vc_peers_truncate(vc_peers *peers, vc_period as_of) {
    size_t n = 0;
    for (size_t i = 0; i < peers->n_figures; i++)
        if (peers->figures[i].as_of <= as_of) peers->figures[n++] = peers->figures[i];
    peers->n_figures = n;
}

const vc_peer_figure *vc_peers_latest(const vc_peers *peers, size_t peer, size_t indicator,
                                      vc_period year_end) {
    const vc_peer_figure *latest = NULL;
    for (size_t i = 0; i < peers->n_figures; i++) {
        const vc_peer_figure *figure = &peers->figures[i];
        if (figure->peer == peer && figure->indicator == indicator &&
            figure->year_end == year_end)
            latest = figure;
    }
    return latest;
}

size_t vc_peers_indicator(const vc_peers *peers, const char *indicator) {
    const char *name = indicator ? indicator : POINTS;
    for (size_t i = 0; i < peers->n_indicators; i++)
        if (strcmp(peers->indicators[i], name) == 0) return i;
    return SIZE_MAX;
}

size_t vc_peers_history(const vc_peers *peers, size_t peer, size_t indicator,
                        vc_period year_end, vc_frequency frequency) {
    int place = vc_period_in_year(year_end, frequency);
    size_t n = 0;
    vc_period last = VC_NO_PERIOD;
    for (size_t i = 0; i < peers->n_figures; i++) {
        const vc_peer_figure *figure = &peers->figures[i];
        if (figure->peer != peer || figure->indicator != indicator ||
            figure->as_of < figure->year_end || figure->year_end == last ||
            vc_period_in_year(figure->year_end, frequency) != place)
            continue;
        last = figure->year_end;
        n++;
    }
    return n;
}

void vc_peers_free(vc_peers *peers) {
    for (size_t i = 0; peers->list && i < peers->n; i++) {
        vci_free(peers->list[i].code);
        vci_free(peers->list[i].name);
        vci_free(peers->list[i].class_name);
        vci_free(peers->list[i].second_class);
    }
    for (size_t i = 0; peers->indicators && i < peers->n_indicators; i++)
        vci_free(peers->indicators[i]);
    vci_free(peers->list);
    vci_free(peers->indicators);
    vci_free(peers->figures);
    *peers = (vc_peers){0};
}
