/*
 * Chain ladder on the reporting triangle of all units together. With A what was known of a
 * period d months after its end, and B what was known of the same units a month later, the
 * share reported at age d is 1 / (f[d] f[d + 1] ...), f = sum B / sum A: above 1 where
 * corrections take away more than comes later.
 *
 * How much it differs between periods comes from those that are followed to the last step,
 * all steps at once, since a period that is late at first is late in what follows (Mack
 * 1993 takes steps as independent). With U = A times the steps of its own period, F their
 * common product and G the changes in between, up and down:
 *
 *     U = F A + noise,   variance  G + tau^2 A^2
 *
 * G is chance in single reports, which the draws add for each unit; tau is common to all.
 */
#include "fit/nowcast_internal.h"

#include <math.h>

#include "data/panel_reports_internal.h"

/* Fewer periods than this say nothing of how periods differ. */
#define FEWEST 6

/* Shares as near to 1 as this, and as sure, are complete. */
#define NEGLIGIBLE 0.001

/* A step in which less than this share changes is the end of what is followed. */
#define STILL 0.0005

/* Factor of one step; *changes: share that it changes, up and down. */
static bool find_factor(const vc_triangle *triangle, size_t n_periods, size_t d,
                        double *factor, double *changes) {
    double n = 0, seen = 0, next = 0, changed = 0;
    for (size_t t = 0; t < n_periods; t++) {
        size_t at = t * VC_DELAYS + d;
        if (!(triangle->seen[at] > 0)) continue;
        n++;
        seen += triangle->seen[at];
        next += triangle->next[at];
        changed += triangle->changed[at];
    }
    if (n < FEWEST || !(next > 0)) return false;
    *factor = next / seen;
    *changes = changed / seen;
    return true;
}

/* A period from one age to another: what was known, what became of it, and the changes. */
static bool follow(const vc_triangle *triangle, size_t t, size_t from, size_t to,
                   double *seen, double *ultimate, double *changed) {
    const double *s = triangle->seen + t * VC_DELAYS;
    const double *next = triangle->next + t * VC_DELAYS;
    *seen = *ultimate = s[from];
    *changed = 0;
    for (size_t d = from; d < to; d++) {
        if (!(s[d] > 0)) return false;
        *changed += triangle->changed[t * VC_DELAYS + d] * *ultimate / s[d];
        *ultimate *= next[d] / s[d];
    }
    return true;
}

/*
 * Variance of the log of a new period's factor: between periods, with the doubt about that
 * when they are few, (n - 1) / (n - 3) as in Student's t, and doubt about the factor.
 */
static bool find_variance(const vc_triangle *triangle, size_t n_periods, size_t from,
                          size_t to, double factor, double *variance) {
    double n = 0, sum = 0, square = 0, chance = 0, off = 0;
    for (size_t t = 0; t < n_periods; t++) {
        double seen, ultimate, changed;
        if (!follow(triangle, t, from, to, &seen, &ultimate, &changed)) continue;
        n++;
        sum += seen;
        square += seen * seen;
        chance += changed;
        off += (ultimate - factor * seen) * (ultimate - factor * seen);
    }
    if (n < FEWEST) return false;
    double between = fmax(off * n / (n - 1) - chance, 0) / square;
    double of_mean = (chance + square * between) / (sum * sum);
    *variance = (between * (n - 1) / (n - 3) + of_mean) / (factor * factor);
    return true;
}

bool vci_nowcast_share(const vc_panel *panel, vc_event event, vc_period age, double *share,
                       double *log_sd) {
    const vc_triangle *triangle = &panel->triangle[event];
    double product[VC_DELAYS + 1] = {1}, factor, changes, variance = 0;
    size_t from = (size_t)age, n = 0, last = 0;
    if (!triangle->seen || age < 0) return false;
    while (from + n < VC_DELAYS &&
           find_factor(triangle, panel->n_periods, from + n, &factor, &changes)) {
        product[n + 1] = product[n] * factor;
        if (changes > STILL) last = n + 1;
        n++;
    }
    if (n == 0) return false;
    *share = 1 / product[n];
    while (last > 0 && !find_variance(triangle, panel->n_periods, from, from + last,
                                      product[last], &variance))
        last--;
    *log_sd = sqrt(variance);
    return true;
}

size_t vci_nowcast_find(const vc_panel *panel, double mean[VC_EVENTS][VC_LATE],
                        double sd[VC_EVENTS][VC_LATE]) {
    size_t n = 0;
    vc_period end = panel->first + (vc_period)panel->n_periods - 1;
    bool any = false;
    for (size_t event = 0; event < VC_EVENTS; event++)
        any = any || panel->triangle[event].seen;
    if (!any) return 0;
    for (size_t event = 0; event < VC_EVENTS; event++)
        for (size_t k = 0; k < VC_LATE; k++) {
            double share = 1, log_sd = 0;
            vc_period age = panel->reported_until -
                            vci_last_month(end - (vc_period)k, panel->frequency);
            bool known = k < panel->n_periods &&
                         vci_nowcast_share(panel, (vc_event)event, age, &share, &log_sd) &&
                         (fabs(log(share)) > NEGLIGIBLE || log_sd > NEGLIGIBLE);
            mean[event][k] = known ? share : 1;
            sd[event][k] = known ? share * log_sd : 0;
            if (known && k >= n) n = k + 1;
        }
    return n;
}
