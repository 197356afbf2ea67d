#include "vitalcast/warning.h"

#include <math.h>

const char *vc_warning_reason_name(vc_warning_reason reason) {
    static const char *const names[] = {"unknown", "first",  "stays", "fell",
                                        "rose",    "margin", "time",  "watch"};
    return names[reason];
}

/* The worst level whose limit p lies below. */
static vc_warning_level level_of(const vc_warning_rules *rules, double p) {
    vc_warning_level level = VC_WARNING_NONE;
    for (int l = VC_WARNING_YELLOW; l < VC_WARNING_LEVELS; l++)
        if (p < rules->below[l]) level = (vc_warning_level)l;
    return level;
}

static void move(vc_warning *w, vc_warning_level level, vc_period as_of,
                 vc_warning_reason reason) {
    if (level != w->level || w->n == 0) w->since = as_of;
    w->level = level;
    w->reason = reason;
}

static void judge(const vc_warning_rules *rules, vc_period as_of, double p, vc_warning *w) {
    vc_warning_level now = level_of(rules, p), safely = level_of(rules, p - rules->margin);
    if (w->n == 0)
        move(w, now, as_of, VC_WARNING_FIRST);
    else if (now > w->level)
        move(w, now, as_of, VC_WARNING_FELL);
    else if (now == w->level)
        w->reason = VC_WARNING_STAYS;
    else if (safely >= w->level)
        w->reason = VC_WARNING_MARGIN;
    else if (as_of - w->since < rules->stands_for)
        w->reason = VC_WARNING_TIME;
    else
        move(w, safely, as_of, VC_WARNING_ROSE);
}

void vc_warning_next(const vc_warning_rules *rules, vc_period as_of, double p_met,
                     bool tellable, vc_warning *w) {
    if (!tellable || isnan(p_met)) {
        *w = (vc_warning){.reason = tellable ? VC_WARNING_UNKNOWN : VC_WARNING_WATCH,
                          .since = as_of};
        w->p_before = NAN;
    } else {
        w->before = w->level;
        w->p_before = w->n > 0 ? w->p_met : (double)NAN;
        judge(rules, as_of, p_met, w);
        w->n++;
    }
    w->p_met = p_met;
    w->as_of = as_of;
}
