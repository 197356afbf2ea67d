/*
 * Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
 * Medicine 24, 1185-1202.
 */
#include "vitalcast/funnel.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "assess/indicator_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/grade.h"

#define FEWEST_UNITS 3
#define ENDS 0.1     /* share of the z values that is drawn in at each end */
#define FARTHEST 8.0 /* z of a tail that is 0 in double */

/* --- tails --------------------------------------------------------------------------- */

/* P(X > x) or P(X <= x) at a size: each by itself, as 1 - p loses what is far out. */
static double tail_of(const vc_funnel *f, double size, double x, bool upper) {
    double mean = f->reference * size;
    unsigned n = (unsigned)lround(size), k = (unsigned)fmax(0, x);
    if (x < 0) return upper;
    if (!f->binomial)
        return upper ? gsl_cdf_poisson_Q(k, mean) : gsl_cdf_poisson_P(k, mean);
    return upper ? gsl_cdf_binomial_Q(k, f->reference, n)
                 : gsl_cdf_binomial_P(k, f->reference, n);
}

/* Of the mid-p value, from the smaller tail. */
static double z_of(const vc_funnel *f, double size, double x) {
    bool upper = x > f->reference * size;
    double mid = 0.5 * (tail_of(f, size, x, upper) + tail_of(f, size, x - 1, upper));
    double z = upper ? gsl_cdf_ugaussian_Qinv(mid) : gsl_cdf_ugaussian_Pinv(mid);
    return fmax(-FARTHEST, fmin(FARTHEST, z));
}

/* Figure of x events at a size. */
static double figure_of(const vc_funnel *f, double size, double x) {
    if (f->ratio) return f->scale * x / (size - x);
    return f->scale * x / size;
}

/* Is x at or beyond the quantile of the tail? */
static bool reaches(const vc_funnel *f, double size, double x, double tail, bool upper) {
    double p = tail_of(f, size, x, upper);
    return upper ? p <= tail : p >= tail;
}

/* The least x that reaches the quantile, between where none and where all do. */
static double quantile_of(const vc_funnel *f, double size, double tail, bool upper) {
    double low = -1, high = ceil(f->reference * size) + 1;
    while (!reaches(f, size, high, tail, upper)) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = floor(0.5 * (low + high));
        *(reaches(f, size, middle, tail, upper) ? &high : &low) = middle;
    }
    return high;
}

double vc_funnel_limit(const vc_funnel *f, double size, double tail, bool upper) {
    double left = gsl_cdf_ugaussian_Q(gsl_cdf_ugaussian_Qinv(tail) * sqrt(f->dispersion));
    if (f->binomial) size = (double)lround(size);
    double x = quantile_of(f, size, left, upper);
    double at = tail_of(f, size, x, upper), before = tail_of(f, size, x - 1, upper);
    double limit = figure_of(f, size, fmax(0, x - (left - at) / (before - at)));
    return limit >= 0 ? limit : (double)INFINITY; /* of a ratio without the other part */
}

/* --- points -------------------------------------------------------------------------- */

/* Events and size of a unit in the span; false where either is not known. */
static bool measure(const vc_run *run, const vci_indicator *form, const vc_funnel *f,
                    const char *indicator, size_t unit, double *x, double *size) {
    int64_t plus, over = 0;
    const vc_panel *panel = &run->panel;
    if (!vci_event_sum(panel, form->plus, unit, f->span.first, f->span.end, &plus))
        return false;
    *x = (double)plus;
    if (!f->binomial) {
        double rate = vc_run_figure(run, indicator, unit, f->span.first, f->span.end);
        *size = *x * f->scale / rate; /* person-years that the rate was made of */
        return isfinite(*size) && *size > 0;
    }
    if (!vci_event_sum(panel, form->over, unit, f->span.first, f->span.end, &over))
        return false;
    *size = (double)(f->ratio ? plus + over : over);
    return *size > 0;
}

/* What the funnel of an indicator is made of; false where it has none. */
static bool form_of(const vc_run *run, const char *indicator, vci_indicator *form,
                    vc_funnel *f) {
    if (!vc_grade_formed(run, indicator) ||
        !vci_indicator_find(&run->panel, indicator, form) || form->minus != VC_EVENTS)
        return false;
    f->binomial = form->kind == VC_INDICATOR_RATIO || form->kind == VC_INDICATOR_SHARE;
    f->ratio = form->kind == VC_INDICATOR_RATIO;
    f->scale = form->kind == VC_INDICATOR_SHARE ? 100 : (double)form->scale;
    return f->binomial || form->kind == VC_INDICATOR_RATE;
}

/* The top unit is the reference: it is told, and so tells nothing of withheld units. */
static void collect(const vc_run *run, const vc_suppression *s, const vci_indicator *form,
                    const char *indicator, unsigned level, vc_funnel *f) {
    double x, size;
    const vc_unit_tree *tree = &run->panel.tree;
    if (!measure(run, form, f, indicator, tree->root, &x, &size)) return;
    f->reference = x / size;
    for (size_t u = 0; u < tree->n; u++) {
        if (tree->units[u].level != level ||
            !measure(run, form, f, indicator, u, &x, &size))
            continue;
        if (vc_suppression_shows(s, indicator, u, VC_SPAN_YEARS, f->span) !=
            VC_MARK_SHOWN) {
            f->n_hidden++;
            continue;
        }
        f->points[f->n++] = (vc_funnel_point){u, size, figure_of(f, size, x), x, 0};
    }
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* By the limits as they are drawn, so that picture and list say the same. */
static void judge(const vc_funnel *f, vc_funnel_point *point) {
    double low = vc_funnel_limit(f, point->size, VC_FUNNEL_ACTION, false),
           high = vc_funnel_limit(f, point->size, VC_FUNNEL_ACTION, true);
    point->beyond = point->figure < low ? -1 : point->figure > high;
}

/* z holds the events until here. */
static vc_status find_dispersion(vc_funnel *f) {
    vc_status st = VC_OK;
    double *z = NULL, sum = 0;
    size_t drawn_in = (size_t)(ENDS * (double)f->n);
    VC_NEW(z, f->n);
    f->dispersion = 1;
    for (size_t i = 0; i < f->n; i++)
        z[i] = f->points[i].z = z_of(f, f->points[i].size, f->points[i].z);
    qsort(z, f->n, sizeof *z, by_size);
    for (size_t i = 0; i < f->n; i++) {
        double inside = fmax(z[drawn_in], fmin(z[f->n - 1 - drawn_in], z[i]));
        sum += inside * inside;
    }
    sum /= (double)f->n;
    if (sum > 1 + 2 * sqrt(2 / (double)f->n)) f->dispersion = sum;
    for (size_t i = 0; i < f->n; i++) f->points[i].z /= sqrt(f->dispersion);
    for (size_t i = 0; i < f->n; i++) judge(f, &f->points[i]);
out:
    vci_free(z);
    return st;
}

vc_status vc_funnel_find(const vc_run *run, const vc_suppression *suppression,
                         const char *indicator, unsigned level, vc_funnel *funnel) {
    vc_status st = VC_OK;
    vci_indicator form;
    const vc_panel *panel = &run->panel;
    *funnel = (vc_funnel){.dispersion = 1};
    funnel->span = (vc_year){run->as_of - (vc_period)panel->frequency + 1, run->as_of};
    if (!form_of(run, indicator, &form, funnel) ||
        vc_suppression_shows(suppression, indicator, panel->tree.root, VC_SPAN_YEARS,
                             funnel->span) != VC_MARK_SHOWN)
        goto out;
    VC_NEW(funnel->points, panel->tree.n);
    collect(run, suppression, &form, indicator, level, funnel);
    if (funnel->n < FEWEST_UNITS || !(funnel->reference > 0)) {
        funnel->n = 0;
        goto out;
    }
    VC_TRY(find_dispersion(funnel));
out:
    return st;
}

void vc_funnel_free(vc_funnel *funnel) {
    vci_free(funnel->points);
    *funnel = (vc_funnel){.n = 0};
}
