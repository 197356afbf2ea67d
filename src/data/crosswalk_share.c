/*
 * The history of a unit that ended, handed to its successors.
 *
 * Largest remainders (Hamilton's method) keep totals and whole numbers. Alone they would
 * give one birth a month of a village split 60:40 to the larger part for ever; so each
 * period's rest is owed to the next one, as in the diffusion of rounding errors.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "data/crosswalk_internal.h"
#include "data/panel_internal.h"

void vci_apportion(size_t n, const double share[], double total, double carry[],
                   double part[]) {
    double left = total;
    for (size_t i = 0; i < n; i++) {
        part[i] = isnan(total) ? total : floor(total * share[i]);
        if (isnan(total)) continue;
        carry[i] += total * share[i] - part[i];
        left -= part[i];
    }
    for (; left > 0; left--) {
        size_t most = 0;
        for (size_t i = 1; i < n; i++)
            if (carry[i] > carry[most]) most = i;
        part[most]++;
        carry[most]--;
    }
}

/* The parts of every event, [n successors][n_periods]; NULL where there is no such event.
 */
typedef struct parts {
    vc_panel *panel;
    const vci_handover *handover;
    double *of[VC_EVENTS], *population;
    double *share, *carry, *column; /* [n] work space */
} parts;

static void parts_free(parts *p) {
    for (size_t event = 0; event < VC_EVENTS; event++) vci_free(p->of[event]);
    vci_free(p->population);
    vci_free(p->share);
    vci_free(p->carry);
    vci_free(p->column);
}

static vc_status parts_init(parts *p) {
    vc_status st = VC_OK;
    size_t n = p->handover->n, n_cells = n * p->panel->n_periods;
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (p->panel->count[event]) VC_NEW(p->of[event], n_cells);
    if (p->panel->population) VC_NEW(p->population, n_cells);
    VC_NEW(p->share, n);
    VC_NEW(p->carry, n);
    VC_NEW(p->column, n);
out:
    return st;
}

static void put_column(const parts *p, double *of, size_t t) {
    for (size_t i = 0; i < p->handover->n; i++)
        of[i * p->panel->n_periods + t] = p->column[i];
}

/* An event, or a stock whose rest is not carried on. */
static void split(const parts *p, const double *array, bool carries, double *of) {
    const vci_handover *h = p->handover;
    const double *whole = array + h->from * p->panel->n_periods;
    for (size_t i = 0; i < h->n; i++) {
        p->share[i] = h->changes[i].share;
        p->carry[i] = 0;
    }
    for (size_t t = 0; t < p->panel->n_periods; t++) {
        for (size_t i = 0; i < h->n && !carries; i++) p->carry[i] = 0;
        vci_apportion(h->n, p->share, whole[t], p->carry, p->column);
        put_column(p, of, t);
    }
}

/* Births are the sum of their parts by sex, where these are known. */
static void add_sexes(const parts *p) {
    double *const *of = p->of;
    if (!of[VC_BIRTHS_MALE] || !of[VC_BIRTHS_FEMALE]) return;
    for (size_t i = 0; i < p->handover->n * p->panel->n_periods; i++) {
        double sum = of[VC_BIRTHS_MALE][i] + of[VC_BIRTHS_FEMALE][i];
        if (!isnan(sum)) of[VC_BIRTHS][i] = sum;
    }
}

/*
 * Compliant births follow the births, so that no part exceeds its births: a quota below a
 * whole number of births is rounded up to that number at most.
 */
static void split_compliant(const parts *p) {
    size_t n = p->handover->n, n_periods = p->panel->n_periods;
    const double *births = p->of[VC_BIRTHS];
    const double *whole =
        p->panel->count[VC_BIRTHS_COMPLIANT] + p->handover->from * n_periods;
    for (size_t t = 0; births && t < n_periods; t++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) sum += births[i * n_periods + t];
        if (!(sum > 0) || isnan(whole[t])) continue;
        for (size_t i = 0; i < n; i++) {
            p->share[i] = births[i * n_periods + t] / sum;
            p->carry[i] = 0;
        }
        vci_apportion(n, p->share, whole[t], p->carry, p->column);
        put_column(p, p->of[VC_BIRTHS_COMPLIANT], t);
    }
}

/* What a successor has already, and its part: either may not be there yet. */
static double join(double own, bool own_there, double part, bool part_there) {
    if (!part_there && isnan(part)) return own;
    if (!own_there && isnan(own)) return part;
    return own + part;
}

static void add_parts(const parts *p, double *array, const double *of) {
    const vc_panel *panel = p->panel;
    const vci_handover *h = p->handover;
    for (size_t i = 0; i < h->n; i++) {
        double *own = array + h->changes[i].to * panel->n_periods;
        const double *part = of + i * panel->n_periods;
        for (size_t t = 0; t < panel->n_periods; t++) {
            vc_period period = panel->first + (vc_period)t;
            own[t] = join(own[t], vci_unit_there(panel, h->changes[i].to, period), part[t],
                          vci_unit_there(panel, h->from, period));
        }
    }
}

/* A record is as final as the least final one in it. */
static void add_status(const vc_panel *panel, size_t from, size_t to) {
    const unsigned char *gone = panel->status + from * panel->n_periods;
    unsigned char *own = panel->status + to * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++)
        if (own[t] == VC_ABSENT || (gone[t] != VC_ABSENT && gone[t] < own[t]))
            own[t] = gone[t];
}

/* A series of plain numbers goes on under the new code. */
static void continue_series(const vc_panel *panel, double *array, size_t from, size_t to) {
    size_t n = panel->n_periods;
    for (size_t t = 0; array && t < n; t++)
        if (isnan(array[to * n + t])) array[to * n + t] = array[from * n + t];
}

static void rename_series(const vc_panel *panel, size_t from, size_t to) {
    for (size_t i = 0; i < panel->n_progress; i++) {
        continue_series(panel, panel->progress[i].numerator, from, to);
        continue_series(panel, panel->progress[i].denominator, from, to);
        continue_series(panel, panel->progress[i].sample_size, from, to);
    }
    for (size_t i = 0; i < panel->n_values; i++)
        continue_series(panel, panel->values[i].value, from, to);
}

static void add_start(const vc_panel *panel, size_t from, size_t to) {
    vc_period start = panel->starts[from];
    if (start != VC_NO_PERIOD &&
        (panel->starts[to] == VC_NO_PERIOD || panel->starts[to] > start))
        panel->starts[to] = start;
}

static void forget(vc_panel *panel, size_t unit) {
    size_t begin = unit * panel->n_periods, end = begin + panel->n_periods;
    for (size_t event = 0; event < VC_EVENTS; event++)
        for (size_t i = begin; panel->count[event] && i < end; i++)
            panel->count[event][i] = NAN;
    for (size_t i = begin; panel->population && i < end; i++) panel->population[i] = NAN;
    panel->starts[unit] = VC_NO_PERIOD;
}

vc_status vci_handover_make(vc_panel *panel, const vci_handover *handover) {
    vc_status st = VC_OK;
    parts p = {.panel = panel, .handover = handover};
    VC_TRY(parts_init(&p));
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (p.of[event]) split(&p, panel->count[event], true, p.of[event]);
    add_sexes(&p);
    if (p.of[VC_BIRTHS_COMPLIANT]) split_compliant(&p);
    if (p.population) split(&p, panel->population, false, p.population);
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (p.of[event]) add_parts(&p, panel->count[event], p.of[event]);
    if (p.population) add_parts(&p, panel->population, p.population);
    for (size_t i = 0; i < handover->n; i++) {
        size_t to = handover->changes[i].to;
        if (panel->status) add_status(panel, handover->from, to);
        if (handover->rename) rename_series(panel, handover->from, to);
        add_start(panel, handover->from, to);
    }
    forget(panel, handover->from);
out:
    parts_free(&p);
    return st;
}
