/*
 * Chain ladder on the reporting triangle of all units together. With A what was known of a
 * period d months after its end, and B what was known of the same units a month later, the
 * share reported at age d is 1 / (f[d] f[d + 1] ...), f = sum B / sum A: above 1 where
 * corrections take away more than comes later.
 *
 * What comes and what goes is told apart by how units differ within a period. Of a unit's
 * figure S, Poisson with mean m, each event goes with probability r, and Poisson(a m) come:
 * f = 1 + a - r, and the change D has
 *
 *     var(D - (f - 1) S) = a m + r (1 - r) m + a^2 m = f (a + r) m
 *
 * How much shares differ between periods comes from those that are followed to the last
 * step, all steps at once, since a period that is late at first is late in what follows
 * (Mack 1993 takes steps as independent). With U = A times the steps of its own period, F
 * their common product, R what goes in all of them:
 *
 *     var(U - F A) = F (F - 1 + 2 R) A + tau^2 A^2
 *
 * The first part is chance in single reports, which the draws add for each unit; tau is
 * common to all.
 */
#include "fit/nowcast_internal.h"

#include <math.h>

#include "data/panel_reports_internal.h"

/* Fewer periods than this say nothing of how periods differ. */
#define FEWEST 6

/* Shares as near to 1 as this, and as sure, are complete. */
#define NEGLIGIBLE 0.001

/* A step whose changes have less than this variance per event ends what is followed. */
#define STILL 0.0005

/* One step of all periods together. */
typedef struct step {
    double factor;  /* what becomes of what was known */
    double removed; /* share of it that goes */
    bool moves;
} step;

/*
 * Sum of squares of the changes of a period's units about their common factor, and what it
 * is expected to be for a variance of 1 per event, the factor being estimated.
 */
static void add_spread(const vc_triangle *triangle, size_t at, double *spread,
                       double *expected) {
    double seen = triangle->seen[at], slope = triangle->next[at] / seen - 1;
    *spread += triangle->change_square[at] - 2 * slope * triangle->seen_change[at] +
               slope * slope * triangle->seen_square[at];
    *expected += seen - triangle->seen_square[at] / seen;
}

static bool find_step(const vc_triangle *triangle, size_t n_periods, size_t d, step *s) {
    double n = 0, seen = 0, next = 0, changed = 0, spread = 0, expected = 0;
    for (size_t t = 0; t < n_periods; t++) {
        size_t at = t * VC_DELAYS + d;
        if (!(triangle->seen[at] > 0)) continue;
        n++;
        seen += triangle->seen[at];
        next += triangle->next[at];
        changed += triangle->change_square[at];
        add_spread(triangle, at, &spread, &expected);
    }
    if (n < FEWEST || !(next > 0)) return false;
    double net = next / seen - 1;
    double gross = expected > 0 ? spread / expected / (1 + net) : 0; /* one unit: 0 */
    s->factor = 1 + net;
    s->removed = fmin((fmax(gross, fabs(net)) - net) / 2, 1);
    s->moves = changed > STILL * seen;
    return true;
}

/* A period from one age to another: what was known, and what became of it. */
static bool follow(const vc_triangle *triangle, size_t t, size_t from, size_t to,
                   double *seen, double *ultimate) {
    const double *s = triangle->seen + t * VC_DELAYS;
    const double *next = triangle->next + t * VC_DELAYS;
    *seen = *ultimate = s[from];
    for (size_t d = from; d < to; d++) {
        if (!(s[d] > 0)) return false;
        *ultimate *= next[d] / s[d];
    }
    return true;
}

/*
 * Variance of the log of a new period's factor: between periods, with the doubt about that
 * when they are few, (n - 1) / (n - 3) as in Student's t, and doubt about the factor.
 */
static bool find_variance(const vc_triangle *triangle, size_t n_periods, size_t from,
                          size_t to, const step *all, double *variance) {
    double n = 0, sum = 0, square = 0, off = 0, factor = all->factor;
    for (size_t t = 0; t < n_periods; t++) {
        double seen, ultimate;
        if (!follow(triangle, t, from, to, &seen, &ultimate)) continue;
        n++;
        sum += seen;
        square += seen * seen;
        off += (ultimate - factor * seen) * (ultimate - factor * seen);
    }
    if (n < FEWEST) return false;
    double chance = factor * (factor - 1 + 2 * all->removed) * sum;
    double between = fmax(off * n / (n - 1) - chance, 0) / square;
    double of_mean = (chance + square * between) / (sum * sum);
    *variance = (between * (n - 1) / (n - 3) + of_mean) / (factor * factor);
    return true;
}

bool vci_nowcast_share(const vc_panel *panel, vc_event event, vc_period age,
                       vci_nowcast *nowcast) {
    const vc_triangle *triangle = &panel->triangle[event];
    step all[VC_DELAYS + 1] = {{.factor = 1}}, one; /* the first n steps together */
    size_t from = (size_t)age, n = 0, last = 0;
    double variance = 0;
    if (!triangle->seen || age < 0) return false;
    while (from + n < VC_DELAYS && find_step(triangle, panel->n_periods, from + n, &one)) {
        all[n + 1].factor = all[n].factor * one.factor;
        all[n + 1].removed = 1 - (1 - all[n].removed) * (1 - one.removed);
        if (one.moves) last = n + 1;
        n++;
    }
    if (n == 0) return false;
    nowcast->share = 1 / all[n].factor;
    nowcast->removed = all[last].removed;
    while (last > 0 && !find_variance(triangle, panel->n_periods, from, from + last,
                                      &all[last], &variance))
        last--;
    nowcast->log_sd = sqrt(variance);
    return true;
}

/* Whether enough is missing, or not sure, to matter. */
static bool matters(const vci_nowcast *nowcast) {
    return fabs(log(nowcast->share)) > NEGLIGIBLE || nowcast->log_sd > NEGLIGIBLE ||
           nowcast->removed > NEGLIGIBLE;
}

size_t vci_nowcast_find(const vc_panel *panel, double mean[VC_EVENTS][VC_LATE],
                        double sd[VC_EVENTS][VC_LATE], double removed[VC_EVENTS][VC_LATE]) {
    size_t n = 0;
    vc_period end = panel->first + (vc_period)panel->n_periods - 1;
    bool any = false;
    for (size_t event = 0; event < VC_EVENTS; event++)
        any = any || panel->triangle[event].seen;
    if (!any) return 0;
    for (size_t event = 0; event < VC_EVENTS; event++)
        for (size_t k = 0; k < VC_LATE; k++) {
            static const vci_nowcast complete = {.share = 1};
            vci_nowcast c = complete;
            vc_period age = panel->reported_until -
                            vci_last_month(end - (vc_period)k, panel->frequency);
            bool known = k < panel->n_periods &&
                         vci_nowcast_share(panel, (vc_event)event, age, &c) && matters(&c);
            if (!known) c = complete;
            mean[event][k] = c.share;
            sd[event][k] = c.share * c.log_sd;
            removed[event][k] = c.removed;
            if (known && k >= n) n = k + 1;
        }
    return n;
}
