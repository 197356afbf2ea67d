/* Quotas accumulate from the assessment year's first period on; their flow is modelled. */
#include "fit/progress_internal.h"

#include <math.h>

/* Decimals beyond the third are rounded off. */
#define MOST_SCALE 1000
#define WHOLE 1e-6

static bool is_whole(double x) { return isnan(x) || fabs(x - round(x)) < WHOLE; }

double vci_progress_scale(const vc_panel *panel, size_t series) {
    const vc_progress *p = &panel->progress[series];
    size_t cells = panel->tree.n * panel->n_periods;
    double scale = 1;
    while (scale < MOST_SCALE) {
        size_t i = 0;
        while (i < cells && is_whole(p->numerator[i] * scale) &&
               is_whole(p->denominator[i] * scale))
            i++;
        if (i == cells) break;
        scale *= 10;
    }
    return scale;
}

double vci_progress_whole(const vc_panel *panel, size_t series, size_t unit, size_t t) {
    size_t n = panel->n_periods;
    const double *row = panel->progress[series].denominator + unit * n;
    for (size_t s = t < n ? t + 1 : n; s-- > 0;)
        if (row[s] > 0) return row[s];
    for (size_t s = t; s < n; s++)
        if (row[s] > 0) return row[s];
    return NAN;
}

bool vci_progress_begins_year(const vc_panel *panel, size_t t) {
    int place = vc_period_in_year(panel->first + (vc_period)t, panel->frequency);
    return place == (panel->year_end_in_year + 1) % (int)panel->frequency;
}

/* Periods of the assessment year up to t, t included. */
static size_t elapsed(const vc_panel *panel, size_t t) {
    int place = vc_period_in_year(panel->first + (vc_period)t, panel->frequency);
    int begin = (panel->year_end_in_year + 1) % (int)panel->frequency;
    return (size_t)((place - begin + (int)panel->frequency) % (int)panel->frequency) + 1;
}

/* Numerators that were corrected downwards say that nothing was added. */
vci_flow vci_progress_flow(const vc_panel *panel, size_t series, size_t unit, size_t t) {
    const double *row = panel->progress[series].numerator + unit * panel->n_periods;
    size_t year = elapsed(panel, t);
    if (isnan(row[t])) return (vci_flow){NAN, 1};
    for (size_t back = 1; back < year && back <= t; back++)
        if (!isnan(row[t - back])) return (vci_flow){fmax(row[t] - row[t - back], 0), back};
    return (vci_flow){row[t], year};
}

double vci_progress_next(const vc_panel *panel, size_t series, size_t unit, size_t t) {
    const double *row = panel->progress[series].numerator + unit * panel->n_periods;
    for (size_t s = t + 1; s < panel->n_periods && !vci_progress_begins_year(panel, s); s++)
        if (!isnan(row[s])) return row[s];
    return NAN;
}

bool vci_progress_reports(const vc_panel *panel, size_t series, size_t unit) {
    const vc_progress *p = &panel->progress[series];
    for (size_t i = unit * panel->n_periods; i < (unit + 1) * panel->n_periods; i++)
        if (!isnan(p->numerator[i]) && p->denominator[i] > 0) return true;
    return false;
}

double vci_progress_sample(const vc_panel *panel, size_t series, size_t unit) {
    const vc_progress *p = &panel->progress[series];
    for (size_t t = panel->n_periods; t-- > 0;) {
        size_t at = unit * panel->n_periods + t;
        if (isnan(p->numerator[at]) || !(p->denominator[at] > 0)) continue;
        bool said = p->sample_size && p->sample_size[at] > 0;
        return round(said ? p->sample_size[at] : p->denominator[at]);
    }
    return 0;
}
