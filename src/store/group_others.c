/* sources: what other offices count of the same events. Absent without. */
#include <math.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member, event) (offsetof(vc_other_source, member) + (event) * sizeof(double))
static const vci_column SOURCES[] = {
    {"source_name", VCI_MEMBER_TEXT, offsetof(vc_other_source, name), NULL,
     "name of the office", "来源名称"},
    {"source_widens", VCI_MEMBER_FLAG, offsetof(vc_other_source, widens), NULL,
     "does what it counts beyond its definition widen forecasts?",
     "超出口径差异的部分是否放宽预测"},
#define X(event, key)                                                                      \
    {key "_ratio",                                                                         \
     VCI_MEMBER_DOUBLE,                                                                    \
     AT(ratio, event),                                                                     \
     NULL,                                                                                 \
     "its figure over ours, as declared; NaN: not declared",                               \
     "申报的两数之比，NaN 为未申报"},                                                      \
        {key "_sd", VCI_MEMBER_DOUBLE, AT(sd, event),                                      \
         NULL,      "sd of the ratio", "两数之比的标准差"},                                \
        {key "_common",                                                                    \
         VCI_MEMBER_DOUBLE,                                                                \
         AT(common, event),                                                                \
         NULL,                                                                             \
         "share of ours that it counts too",                                               \
         "双方共有的比例"},
    VC_EVENT_LIST(X)
#undef X
};
#undef AT
#define N_SOURCES (sizeof SOURCES / sizeof *SOURCES)

#define AT(member) offsetof(vc_other_count, member)
static const vci_column COUNTS[] = {
    {"count_source", VCI_MEMBER_SIZE, AT(source), NULL, "index of the source", "来源序号"},
    {"count_unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit", "单位序号"},
    {"count_event", VCI_MEMBER_INT, AT(event), NULL, "event, in the order of this group",
     "事件（按本组次序）"},
    {"count_period", VCI_MEMBER_INT, AT(period), NULL, "counted in periods from year 0",
     "自公元 0 年起的期数"},
    {"count", VCI_MEMBER_DOUBLE, AT(count), NULL, "events", "例数"},
};
#undef AT
#define N_COUNTS (sizeof COUNTS / sizeof *COUNTS)

vc_status vci_others_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    const vc_others *o = &run->panel.others;
    if (o->n == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "sources", &group));
    VC_TRY(vci_h5_dimension(group, "source", o->n));
    VC_TRY(vci_h5_dimension(group, "source_count", o->n_counts));
    VC_TRY(vci_columns_write(group, "source", N_SOURCES, SOURCES, o->n, sizeof *o->list,
                             o->list));
    VC_TRY(vci_columns_write(group, "source_count", N_COUNTS, COUNTS, o->n_counts,
                             sizeof *o->counts, o->counts));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_others_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_others *o = &run->panel.others;
    if (!vci_h5_has(file, "sources")) goto out;
    VC_TRY(vci_h5_group_open(file, "sources", &group));
    VC_TRY(vci_h5_length(group, "source_name", &o->n));
    VC_NEW(o->list, o->n);
    VC_TRY(vci_columns_read(group, N_SOURCES, SOURCES, o->n, sizeof *o->list, o->list));
    VC_TRY(vci_h5_length(group, "count_source", &o->n_counts));
    VC_NEW(o->counts, o->n_counts);
    VC_TRY(vci_columns_read(group, N_COUNTS, COUNTS, o->n_counts, sizeof *o->counts,
                            o->counts));
out:
    vci_h5_close(group);
    return st;
}

static bool is_count(const vc_run *run, const vc_other_count *c) {
    const vc_panel *p = &run->panel;
    return c->source < p->others.n && c->unit < p->tree.n &&
           (unsigned)c->event < VC_EVENTS && isfinite(c->count) && c->count >= 0;
}

static bool is_share(double x, double most) { return x >= 0 && x <= most; }

vc_status vci_others_check(const vc_run *run) {
    vc_status st = VC_OK;
    const vc_others *o = &run->panel.others;
    for (size_t i = 0; i < o->n; i++)
        for (int e = 0; e < VC_EVENTS; e++) {
            const vc_other_source *s = &o->list[i];
            bool declared = !isnan(s->ratio[e]);
            if (declared && !(s->ratio[e] > 0 && s->ratio[e] <= 1000 &&
                              is_share(s->sd[e], 1) && is_share(s->common[e], s->ratio[e])))
                VC_FAIL(VC_STORE_DAMAGED, "source %zu", i);
        }
    for (size_t i = 0; i < o->n_counts; i++)
        if (!is_count(run, &o->counts[i]))
            VC_FAIL(VC_STORE_DAMAGED, "count %zu of the sources", i);
out:
    return st;
}
