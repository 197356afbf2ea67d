/*
 * peers: who they are and what they published, and in peers/posterior the fits of their
 * yearly figures. Absent without peers.
 */
#include <math.h>

#include "assess/peer_internal.h"
#include "core/memory_internal.h"
#include "store/groups_internal.h"

/* Year ends further off than this are no periods. */
#define LATEST_YEAR 10000

#define AT(member) offsetof(vc_peer, member)
static const vci_column PEERS[] = {
    {"peer_code", VCI_MEMBER_TEXT, AT(code), NULL, "code of the peer", "对照单位代码"},
    {"peer_name", VCI_MEMBER_TEXT, AT(name), NULL, "name of the peer", "对照单位名称"},
    {"peer_class", VCI_MEMBER_TEXT_OR_NONE, AT(class_name), NULL, "class", "考核类别"},
    {"peer_second_class", VCI_MEMBER_TEXT_OR_NONE, AT(second_class), NULL,
     "class of the second division", "第二类别"},
};
#undef AT
#define N_PEERS (sizeof PEERS / sizeof *PEERS)

#define AT(member) offsetof(vc_peer_figure, member)
static const vci_column FIGURES[] = {
    {"figure_peer", VCI_MEMBER_SIZE, AT(peer), NULL, "index of the peer", "对照单位序号"},
    {"figure_indicator", VCI_MEMBER_SIZE, AT(indicator), NULL, "index of the indicator",
     "指标序号"},
    {"figure_year_end", VCI_MEMBER_INT, AT(year_end), NULL,
     "year end, counted in periods from year 0", "考核年度截止期（自公元 0 年起的期数）"},
    {"figure_as_of", VCI_MEMBER_INT, AT(as_of), NULL,
     "published as of, counted in periods from year 0", "数据截至（自公元 0 年起的期数）"},
    {"figure_value", VCI_MEMBER_DOUBLE, AT(value), NULL, "published figure", "公布数值"},
    {"figure_rank", VCI_MEMBER_DOUBLE, AT(rank), NULL, "published rank, NaN: none",
     "公布名次，NaN 为无"},
};
#undef AT
#define N_FIGURES (sizeof FIGURES / sizeof *FIGURES)

static const vci_column INDICATOR = {
    "indicator", VCI_MEMBER_TEXT, 0, NULL, "indicators of the figures", "指标"};

vc_status vci_peers_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1, posterior = -1;
    const vc_peers *p = &run->panel.peers;
    if (p->n == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "peers", &group));
    VC_TRY(vci_h5_dimension(group, "peer", p->n));
    VC_TRY(vci_h5_dimension(group, "peer_indicator", p->n_indicators));
    VC_TRY(vci_h5_dimension(group, "figure", p->n_figures));
    VC_TRY(
        vci_columns_write(group, "peer", N_PEERS, PEERS, p->n, sizeof *p->list, p->list));
    VC_TRY(vci_columns_write(group, "peer_indicator", 1, &INDICATOR, p->n_indicators,
                             sizeof *p->indicators, p->indicators));
    VC_TRY(vci_columns_write(group, "figure", N_FIGURES, FIGURES, p->n_figures,
                             sizeof *p->figures, p->figures));
    VC_TRY(vci_h5_group_create(group, "posterior", &posterior));
    VC_TRY(vci_fits_write(group, posterior, run->n_peer_fits, run->peer_fits));
out:
    vci_h5_close(posterior);
    vci_h5_close(group);
    return st;
}

vc_status vci_peers_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1, posterior = -1;
    vc_peers *p = &run->panel.peers;
    if (!vci_h5_has(file, "peers")) goto out;
    VC_TRY(vci_h5_group_open(file, "peers", &group));
    VC_TRY(vci_h5_length(group, "peer_code", &p->n));
    VC_NEW(p->list, p->n);
    VC_TRY(vci_columns_read(group, N_PEERS, PEERS, p->n, sizeof *p->list, p->list));
    VC_TRY(vci_h5_length(group, "indicator", &p->n_indicators));
    VC_NEW(p->indicators, p->n_indicators);
    VC_TRY(vci_columns_read(group, 1, &INDICATOR, p->n_indicators, sizeof *p->indicators,
                            p->indicators));
    VC_TRY(vci_h5_length(group, "figure_peer", &p->n_figures));
    VC_NEW(p->figures, p->n_figures);
    VC_TRY(vci_columns_read(group, N_FIGURES, FIGURES, p->n_figures, sizeof *p->figures,
                            p->figures));
    VC_TRY(vci_h5_group_open(group, "posterior", &posterior));
    VC_TRY(vci_fits_read(group, posterior, &run->n_peer_fits, &run->peer_fits));
out:
    vci_h5_close(posterior);
    vci_h5_close(group);
    return st;
}

static bool is_figure(const vc_peers *p, const vc_peer_figure *f, vc_frequency frequency) {
    vc_period most = LATEST_YEAR * (vc_period)frequency;
    return f->peer < p->n && f->indicator < p->n_indicators && f->year_end >= 0 &&
           f->year_end < most && f->as_of >= 0 && f->as_of < most && isfinite(f->value);
}

vc_status vci_peers_check(const vc_run *run) {
    vc_status st = VC_OK;
    vci_peer_panel years = {0};
    const vc_peers *p = &run->panel.peers;
    for (size_t i = 0; i < p->n_figures; i++)
        if (!is_figure(p, &p->figures[i], run->panel.frequency))
            VC_FAIL(VC_STORE_DAMAGED, "figure %zu of the peers", i);
    if (run->n_peer_fits == 0) goto out;
    VC_TRY(vci_peer_panel_init(run, &years));
    VC_TRY(vci_fits_check(&years.panel, run->n_peer_fits, run->peer_fits));
out:
    vci_peer_panel_free(&years);
    return st;
}
