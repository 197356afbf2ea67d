/* Piecewise cubics: see the header for the source. */
#include "fit/profile_internal.h"

void vci_profile_add(vci_profile *p, double x, double value, double slope) {
    size_t at = p->n;
    if (p->n == VCI_PROFILE_MOST) return;
    for (; at > 0 && p->x[at - 1] > x; at--) {
        p->x[at] = p->x[at - 1];
        p->value[at] = p->value[at - 1];
        p->slope[at] = p->slope[at - 1];
    }
    p->x[at] = x;
    p->value[at] = value;
    p->slope[at] = slope;
    p->n++;
}

/* Beyond an end it rises like a parabola, and never falls. */
static double beyond(const vci_profile *p, size_t k, double x, double *slope) {
    double away = x - p->x[k], sign = away < 0 ? -1 : 1;
    double outwards = sign * p->slope[k] > 0 ? p->slope[k] : 0;
    *slope = outwards + away;
    return p->value[k] + outwards * away + 0.5 * away * away;
}

double vci_profile_value(const vci_profile *p, double x, double *slope) {
    size_t k = 0;
    if (x <= p->x[0]) return beyond(p, 0, x, slope);
    if (x >= p->x[p->n - 1]) return beyond(p, p->n - 1, x, slope);
    while (p->x[k + 1] < x) k++;
    double h = p->x[k + 1] - p->x[k], t = (x - p->x[k]) / h;
    double rise = p->value[k + 1] - p->value[k], a = h * p->slope[k] - rise;
    double b = rise - h * p->slope[k + 1];
    /* value = line + t (1 - t) (a (1 - t) + b t) */
    *slope = (rise + (1 - 2 * t) * (a * (1 - t) + b * t) + t * (1 - t) * (b - a)) / h;
    return p->value[k] + rise * t + t * (1 - t) * (a * (1 - t) + b * t);
}
