/*
 * Corrections of running totals (核减). A total that falls says that earlier figures were
 * too high, not which: it is taken off the earlier periods of its year, the last first.
 * That is to say that nothing was ever more than the least total from then on, so that the
 * settled totals are suffix minima; the year's total stays exactly what was last reported.
 *
 * Births are settled first. Boys, girls and births in line with policy then keep within
 * them: a part can neither fall nor rise by more than the births of a period.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_cumulative_internal.h"

/* --- what is said --------------------------------------------------------------------- */

/*
 * The cell of an event; NULL where it is formed of others, or no row is there. Deaths by
 * sex are told by their first part, as no event of ours tells of it.
 */
static const vci_cell *cell_of(const vci_cumulative *c, vc_event event, size_t cell) {
    const vci_table *table = &c->reader->monthly.table;
    size_t row = c->row_at[cell];
    if (row == 0) return NULL;
    if (event == VC_DEATHS) return vci_event_cell(table, row - 1, event);
    return vci_table_cell(table, row - 1, vci_event_wish(event));
}

static vc_status tell(const vci_cumulative *c, vci_text text, vc_event event, size_t cell,
                      size_t last, double before, double now) {
    const vc_panel *panel = c->reader->panel;
    vc_findings *findings = c->reader->findings;
    const vci_cell *at = cell_of(c, event, cell);
    if (!at) return VC_OK;
    return vci_finding_add(
        findings, VC_WARNING, "C13", vci_cell_place(&c->reader->monthly.table, at), NULL,
        text, vci_column_word(vci_event_column(event), findings->language),
        vci_unit_label_of(&panel->tree, cell / panel->n_periods).text, before,
        vci_period_label_of(panel->first + (vc_period)last, panel->frequency).text, now);
}

/* Births in line with policy that rise by more than the births: some were born before. */
static bool exceeds_births(const vci_cumulative *c, vc_event event, size_t cell,
                           size_t last, double rise) {
    const double *births = c->reached[VC_BIRTHS];
    return event == VC_BIRTHS_COMPLIANT && births && rise > births[cell] - births[last];
}

static vc_status tell_event(const vci_cumulative *c, const vci_chain *chain,
                            vc_event event) {
    vc_status st = VC_OK;
    const vc_panel *panel = c->reader->panel;
    vc_period year = VC_NO_PERIOD;
    size_t last = SIZE_MAX;
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = chain->cell[t];
        double now = c->reached[event][cell];
        vc_period start =
            vci_cumulative_start(c->reader, chain, panel->first + (vc_period)t);
        if (start != year) last = SIZE_MAX;
        year = start;
        if (isnan(now)) continue;
        double before = last < t ? c->reached[event][chain->cell[last]] : 0;
        if (now < before)
            VC_TRY(tell(c, VCI_TEXT_CUMULATIVE_FALLS, event, cell, last, before, now));
        else if (last < t &&
                 exceeds_births(c, event, cell, chain->cell[last], now - before))
            VC_TRY(tell(c, VCI_TEXT_CUMULATIVE_EXCEEDS, event, cell, last, before, now));
        last = t;
    }
out:
    return st;
}

/* --- what is done --------------------------------------------------------------------- */

/* The totals of a chain become the least of those that follow in their year. */
static void settle_whole(const vci_cumulative *c, const vci_chain *chain, double *reached) {
    const vc_panel *panel = c->reader->panel;
    vc_period year = VC_NO_PERIOD;
    double least = INFINITY;
    for (size_t t = panel->n_periods; t-- > 0;) {
        double *now = &reached[chain->cell[t]];
        vc_period start =
            vci_cumulative_start(c->reader, chain, panel->first + (vc_period)t);
        if (start != year) least = INFINITY;
        year = start;
        if (isnan(*now)) continue;
        *now = least = fmin(*now, least);
    }
}

/*
 * The total of a part, as near to what was given as the births allow: with x and b those of
 * part and births, and x', b' their next ones, max(0, x' - (b' - b)) <= x <= min(x', b).
 */
static void settle_part(const vci_cumulative *c, const vci_chain *chain, double *reached) {
    const vc_panel *panel = c->reader->panel;
    const double *births = c->reached[VC_BIRTHS];
    vc_period year = VC_NO_PERIOD;
    double next = INFINITY, next_births = NAN;
    for (size_t t = panel->n_periods; t-- > 0;) {
        double *now = &reached[chain->cell[t]];
        double whole = births ? births[chain->cell[t]] : (double)NAN;
        vc_period start =
            vci_cumulative_start(c->reader, chain, panel->first + (vc_period)t);
        if (start != year) {
            next = INFINITY;
            next_births = NAN;
        }
        year = start;
        if (isnan(*now)) continue;
        /* fmin and fmax pass over a NaN: what is not known sets no limit. */
        double least = fmax(0, next < (double)INFINITY ? next - (next_births - whole) : 0);
        next = *now = fmax(least, fmin(fmin(*now, next), whole));
        next_births = whole;
    }
}

/* Where births and boys are known, the others are girls. */
static void settle_girls(const vci_cumulative *c, const vci_chain *chain) {
    double *const *reached = c->reached;
    if (!reached[VC_BIRTHS] || !reached[VC_BIRTHS_MALE] || !reached[VC_BIRTHS_FEMALE])
        return;
    for (size_t t = 0; t < c->reader->panel->n_periods; t++) {
        size_t cell = chain->cell[t];
        double girls = reached[VC_BIRTHS][cell] - reached[VC_BIRTHS_MALE][cell];
        if (!isnan(girls) && !isnan(reached[VC_BIRTHS_FEMALE][cell]))
            reached[VC_BIRTHS_FEMALE][cell] = girls;
    }
}

/* Counts that are known become the differences of the settled totals. */
static void take_over(const vci_cumulative *c, const vci_chain *chain, vc_event event) {
    vc_panel *panel = c->reader->panel;
    vc_period year = VC_NO_PERIOD;
    double before = 0;
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = chain->cell[t];
        vc_period start =
            vci_cumulative_start(c->reader, chain, panel->first + (vc_period)t);
        if (start != year) before = 0;
        year = start;
        if (isnan(c->reached[event][cell])) continue;
        if (!isnan(panel->count[event][cell]))
            panel->count[event][cell] = c->reached[event][cell] - before;
        before = c->reached[event][cell];
    }
}

static vc_status settle_chain(const vci_cumulative *c, const vci_chain *chain) {
    static const vc_event wholes[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
    static const vc_event parts[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS_COMPLIANT};
    vc_status st = VC_OK;
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (c->reached[event]) VC_TRY(tell_event(c, chain, (vc_event)event));
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (c->reached[wholes[i]]) settle_whole(c, chain, c->reached[wholes[i]]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (c->reached[parts[i]]) settle_part(c, chain, c->reached[parts[i]]);
    settle_girls(c, chain);
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (c->reached[event]) take_over(c, chain, (vc_event)event);
out:
    return st;
}

vc_status vci_cumulative_settle(vci_cumulative *c) {
    vc_status st = VC_OK;
    vc_panel *panel = c->reader->panel;
    vci_chain chain = {0};
    if (!c->joint) goto out;
    VC_NEW(chain.cell, panel->n_periods);
    for (size_t i = 0; i < panel->tree.n_leaves; i++)
        if (vci_chain_follow(panel, panel->tree.leaves[i], &chain))
            VC_TRY(settle_chain(c, &chain));
    vci_panel_sum_up(panel);
out:
    vci_free(chain.cell);
    return st;
}
