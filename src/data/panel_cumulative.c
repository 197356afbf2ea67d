#include "data/panel_cumulative_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/remedy_internal.h"

static const vc_table_options *options_of(const vci_panel_reader *reader) {
    return reader->monthly.options;
}

/* --- which figures belong together ---------------------------------------------------- */

/* The unit that goes on as this one under a new code; VC_NO_UNIT if none. */
static size_t renamed_to(const vc_panel *panel, size_t unit) {
    for (size_t i = 0; i < panel->n_changes; i++)
        if (panel->changes[i].from == unit &&
            vci_renamed_from(panel, panel->changes[i].to) == unit)
            return panel->changes[i].to;
    return VC_NO_UNIT;
}

bool vci_chain_follow(const vc_panel *panel, size_t unit, vci_chain *chain) {
    if (vci_renamed_from(panel, unit) != VC_NO_UNIT) return false;
    size_t next = renamed_to(panel, unit);
    chain->head = unit;
    for (size_t t = 0; t < panel->n_periods; t++) {
        vc_period period = panel->first + (vc_period)t;
        while (next != VC_NO_UNIT && period > panel->tree.units[unit].valid_to) {
            unit = next;
            next = renamed_to(panel, unit);
        }
        chain->cell[t] = unit * panel->n_periods + t;
    }
    return true;
}

vc_period vci_year_start(const vc_workspace *workspace, vc_period period) {
    vc_frequency frequency = workspace->frequency;
    int from = (workspace->tables[VC_TABLE_MONTHLY].cumulative_from - 1) /
               (VC_MONTHLY / (int)frequency);
    int place = vc_period_in_year(period, frequency) - from;
    return period - (place + (int)frequency) % (int)frequency;
}

vc_period vci_cumulative_start(const vci_panel_reader *reader, const vci_chain *chain,
                               vc_period period) {
    vc_period start = vci_year_start(reader->workspace, period);
    vc_period begin = reader->panel->tree.units[chain->head].valid_from;
    return begin != VC_NO_PERIOD && begin > start && begin <= period ? begin : start;
}

double vci_cumulative_figure(const vci_panel_reader *reader, vc_event event, size_t unit,
                             vc_period period) {
    const vc_panel *panel = reader->panel;
    const double *count = panel->count[event] + unit * panel->n_periods;
    size_t end = (size_t)(period - panel->first);
    if (options_of(reader)->cumulative_from == 0) return count[end];
    vc_period start = vci_year_start(reader->workspace, period);
    size_t t = start > panel->first ? (size_t)(start - panel->first) : 0;
    double sum = 0;
    while (t < end && isnan(count[t])) t++;
    for (; t <= end; t++) sum += count[t];
    return sum;
}

/* --- differences ---------------------------------------------------------------------- */

static bool there(const vci_cumulative *c, size_t cell, vc_period period) {
    const vc_panel *panel = c->reader->panel;
    const vc_unit *unit = &panel->tree.units[cell / panel->n_periods];
    return unit->valid_to == VC_NO_PERIOD || period <= unit->valid_to;
}

/* A total of periods from..t that came in one figure, divided by the days of each. */
static void divide(const vci_cumulative *c, const vci_chain *chain, vc_event event,
                   vc_period from, size_t t, double before) {
    vc_panel *panel = c->reader->panel;
    double *reached = c->reached[event], *count = panel->count[event], last = before;
    vc_period end = panel->first + (vc_period)t;
    double days = vc_period_span_days(from, end, panel->frequency);
    for (vc_period period = from; period <= end; period++) {
        size_t cell = chain->cell[period - panel->first];
        double passed = vc_period_span_days(from, period, panel->frequency);
        if (period < end)
            reached[cell] =
                before + floor((reached[chain->cell[t]] - before) * passed / days);
        count[cell] = reached[cell] - last;
        last = reached[cell];
        if (panel->status[cell] == VC_ABSENT)
            panel->status[cell] = panel->status[chain->cell[t]];
    }
}

/* A figure that its period has in common with those before it. */
static void join(const vci_cumulative *c, const vci_chain *chain, vc_event event,
                 vc_period from, size_t t, double before) {
    const vc_panel *panel = c->reader->panel;
    size_t cell = chain->cell[t];
    bool leaf = panel->tree.units[cell / panel->n_periods].leaf;
    if (!there(c, cell, panel->first + (vc_period)t)) return;
    c->joint[cell] = true;
    /* Sums of the units below come in the place of an upper unit's figure. */
    if (leaf && options_of(c->reader)->joint == VC_JOINT_SPLIT && from >= panel->first)
        divide(c, chain, event, from, t, before);
    else
        panel->count[event][cell] = NAN;
}

static void difference(const vci_cumulative *c, const vci_chain *chain, vc_event event) {
    vc_panel *panel = c->reader->panel;
    vc_period year = VC_NO_PERIOD, last = 0;
    double before = 0;
    for (size_t t = 0; t < panel->n_periods; t++) {
        vc_period period = panel->first + (vc_period)t;
        vc_period start = vci_cumulative_start(c->reader, chain, period);
        double now = c->reached[event][chain->cell[t]];
        if (start != year) {
            before = 0;
            last = start - 1;
        }
        year = start;
        if (isnan(now)) continue;
        panel->count[event][chain->cell[t]] = now - before;
        if (period > last + 1) join(c, chain, event, last + 1, t, before);
        before = now;
        last = period;
    }
}

/* --- what is said of joint figures ---------------------------------------------------- */

static vc_status tell_joint(const vci_cumulative *c, size_t cell, size_t n) {
    static const vci_text texts[] = {[VC_JOINT_ASK] = VCI_TEXT_CUMULATIVE_JOINT,
                                     [VC_JOINT_SPLIT] = VCI_TEXT_CUMULATIVE_SPLIT,
                                     [VC_JOINT_MISSING] = VCI_TEXT_CUMULATIVE_MISSING};
    vc_findings *findings = c->reader->findings;
    const vc_panel *panel = c->reader->panel;
    const vci_source *source = &c->reader->monthly;
    vc_joint joint = options_of(c->reader)->joint;
    bool ask = joint == VC_JOINT_ASK;
    return vci_finding_add(
        findings, ask ? VC_FAULT : VC_WARNING, "M11",
        vci_cell_place(&source->table, vci_row_unit_cell(source, c->row_at[cell] - 1)),
        ask ? vci_text_get(VCI_TEXT_CUMULATIVE_JOINT_PASTE, findings->language) : NULL,
        texts[joint], vci_unit_label_of(&panel->tree, cell / panel->n_periods).text,
        vci_period_label_of(panel->first + (vc_period)(cell % panel->n_periods),
                            panel->frequency)
            .text,
        n);
}

/* Each where nothing is declared; else the first one with their number. */
static vc_status tell_all(const vci_cumulative *c) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->reader->panel;
    size_t n = 0, first = 0;
    for (size_t cell = 0; cell < panel->tree.n * panel->n_periods; cell++) {
        if (!c->joint[cell] || !panel->tree.units[cell / panel->n_periods].leaf) continue;
        if (options_of(c->reader)->joint == VC_JOINT_ASK)
            VC_TRY(tell_joint(c, cell, 1));
        else if (n++ == 0)
            first = cell;
    }
    if (n > 0) VC_TRY(tell_joint(c, first, n));
out:
    return st;
}

vc_status vci_cumulative_begin(vci_panel_reader *reader, const uint32_t *row_at,
                               vci_cumulative *c) {
    vc_status st = VC_OK;
    const vc_panel *panel = reader->panel;
    size_t n = panel->tree.n * panel->n_periods;
    vci_chain chain = {0};
    *c = (vci_cumulative){.reader = reader, .row_at = row_at};
    if (options_of(reader)->cumulative_from == 0) goto out;
    VC_NEW(c->joint, n);
    VC_NEW(chain.cell, panel->n_periods);
    for (size_t event = 0; event < VC_EVENTS; event++) {
        if (!panel->count[event]) continue;
        VC_NEW(c->reached[event], n);
        memcpy(c->reached[event], panel->count[event], n * sizeof(double));
    }
    for (size_t unit = 0; unit < panel->tree.n; unit++) {
        if (!vci_chain_follow(panel, unit, &chain)) continue;
        for (size_t event = 0; event < VC_EVENTS; event++)
            if (c->reached[event]) difference(c, &chain, (vc_event)event);
    }
    VC_TRY(tell_all(c));
out:
    vci_free(chain.cell);
    return st;
}

void vci_cumulative_free(vci_cumulative *c) {
    for (size_t event = 0; event < VC_EVENTS; event++) vci_free(c->reached[event]);
    vci_free(c->joint);
}
