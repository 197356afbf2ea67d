/*
 * `widen: yes` of a source: where another office counts more events than its definition and
 * chance explain, ours may lack them. The share of the last periods' events that we have
 * then lies anywhere between what its figure says and 1: uniform, with that mean and sd, on
 * top of what is known of late reports.
 */
#include "assess/widen_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"

/* Standard errors that a lack must have to be more than chance. */
#define BEYOND_CHANCE 1.96

/* Share that ours lacks by a source, in the last whole year of the top unit; 0: none. */
static double lack_of(const vc_panel *panel, size_t source, vc_event event) {
    const vc_other_source *s = &panel->others.list[source];
    size_t f = (size_t)panel->frequency, n = panel->n_periods, root = panel->tree.root;
    double ours = 0, theirs;
    if (!s->widens || isnan(s->ratio[event]) || !panel->count[event] || n < f) return 0;
    for (size_t t = n - f; t < n; t++) ours += panel->count[event][root * n + t];
    theirs = vc_others_sum(&panel->others, &panel->tree, source, event, root,
                           panel->first + (vc_period)(n - f), f);
    if (!(ours > 0 && theirs > 0)) return 0;
    double excess = log(theirs / ours / s->ratio[event]);
    double relative = s->sd[event] / s->ratio[event];
    double se = sqrt(relative * relative + 1 / ours + 1 / theirs);
    return excess > BEYOND_CHANCE * se ? 1 - exp(-excess) : 0;
}

/* As many periods as there are shares of, within a year. */
static size_t widened(vc_frequency frequency) {
    return (size_t)frequency < VC_LATE ? (size_t)frequency : VC_LATE;
}

/* Periods of which nothing was known are complete. */
static void lengthen(vc_settings *s, size_t n) {
    for (size_t k = s->n_completeness; k < n; k++)
        for (int e = 0; e < VC_EVENTS; e++) {
            s->completeness_mean[e][k] = 1;
            s->completeness_sd[e][k] = s->completeness_removed[e][k] = 0;
        }
    if (s->n_completeness < n) s->n_completeness = n;
}

static void widen_event(vc_settings *s, vc_event event, size_t n, double lack) {
    for (size_t k = 0; k < n; k++) {
        double *mean = &s->completeness_mean[event][k], *sd = &s->completeness_sd[event][k];
        *sd = hypot(*sd * (1 - lack / 2), *mean * lack / sqrt(12));
        *mean *= 1 - lack / 2;
    }
}

static vc_status tell(const vc_run *run, size_t source, vc_event event, double lack,
                      vc_findings *findings) {
    const char *name = run->panel.others.list[source].name;
    const vci_standard *standard = vci_standard_find(vc_event_name(event));
    return vci_finding_add(findings, VC_WARNING, "C16", (vci_place){0}, NULL,
                           VCI_TEXT_SOURCES_WIDENED, vci_quote(name, strlen(name)).text,
                           vci_text_get(standard->text, findings->language), 100 * lack,
                           widened(run->panel.frequency));
}

vc_status vci_run_widen(vc_run *run, vc_findings *findings) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
    vc_status st = VC_OK;
    size_t n = widened(run->panel.frequency);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        double most = 0;
        size_t by = 0;
        for (size_t source = 0; source < run->panel.others.n; source++) {
            double lack = lack_of(&run->panel, source, events[i]);
            if (lack > most) most = lack, by = source;
        }
        if (most == 0) continue;
        lengthen(&run->settings, n);
        for (int e = 0; e < VC_EVENTS; e++)
            if (e == (int)events[i] || vci_event_within((vc_event)e, events[i]))
                widen_event(&run->settings, (vc_event)e, n, most);
        VC_TRY(tell(run, by, events[i], most, findings));
    }
out:
    return st;
}
