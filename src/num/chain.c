/* Random-walk Metropolis: see the header for the source. */
#include "num/chain_internal.h"

#include <math.h>
#include <string.h>

#define MOST VCI_CHAIN_MOST

/* Most steps are of the usual length; some are short, for ridges, some long, for tails. */
static double step_length(double u, size_t d) {
    double usual = 2.4 / sqrt((double)d);
    if (u < 0.15) return 0.25 * usual;
    return u < 0.85 ? usual : 2.5 * usual;
}

/* Three of the stream's draws per step: where to, how far, whether it is taken. */
static void propose(const vci_chain *c, uint32_t step, const double *x, double *next) {
    double z[MOST], u;
    vci_fill_normal(&c->stream, 3 * step, 1, c->d, z);
    vci_fill_uniform(&c->stream, 3 * step + 1, 1, &u);
    double length = step_length(u, c->d);
    for (size_t i = 0; i < c->d; i++) {
        double move = 0;
        for (size_t j = 0; j <= i; j++) move += c->factor[i * c->d + j] * z[j];
        next[i] = x[i] + length * move;
    }
}

double vci_chain_run(const vci_chain *c, vci_log_density density, void *context, double *x,
                     double *kept) {
    double next[MOST], now = density(context, x), u;
    size_t taken = 0, steps = c->burn + c->keep * c->thin;
    for (size_t i = 0; i < steps; i++) {
        propose(c, (uint32_t)i, x, next);
        double there = density(context, next);
        vci_fill_uniform(&c->stream, (uint32_t)(3 * i + 2), 1, &u);
        if (log(u) < there - now) {
            memcpy(x, next, c->d * sizeof *x);
            now = there;
            taken++;
        }
        if (i >= c->burn && (i - c->burn + 1) % c->thin == 0)
            memcpy(kept + (i - c->burn) / c->thin * c->d, x, c->d * sizeof *x);
    }
    return (double)taken / (double)steps;
}
