/* A scenario on the draws: what stands behind a future figure is changed, then the figure.
 */
#ifndef VCI_EFFECT_INTERNAL_H
#define VCI_EFFECT_INTERNAL_H

#include "simulate/batch_internal.h"

/*
 * Tells a simulation its scenario (borrowed; sound). Periods up to as_of stay as they are,
 * and so does everything that no effect names: with a neutral scenario draws have the same
 * bits as without.
 */
vc_status vci_simulation_suppose(vci_simulation *simulation, const vc_scenario *scenario);

/* The effect on a part's leaf in a period of the simulation; NULL: none. */
const vc_effect *vci_effect_at(const vci_batch *batch, const vci_part *part, size_t leaf,
                               size_t period);

/* What a rate, a share in 0 .. 1, a share of boys, a plain value becomes. */
double vci_effect_rate(const vc_effect *effect, double rate);
double vci_effect_share(const vc_effect *effect, double share);
double vci_effect_boys(const vc_effect *effect, double share);
double vci_effect_value(const vc_effect *effect, double value);

/*
 * cell[n] drawn from Poisson(rate) becomes a draw of Poisson(other): what comes on top is
 * drawn, what goes is thinned. So no draw falls where its rate rises, nor the other way
 * round, whatever the sampler does.
 */
void vci_couple_poisson(const vci_stream *stream, uint32_t first_draw, size_t n,
                        const double *rate, const double *other, int64_t *cell);

/* The same for Binomial(trials, p) and Binomial(trials, other). */
void vci_couple_binomial(const vci_stream *stream, uint32_t first_draw, size_t n,
                         const int64_t *trials, const double *p, const double *other,
                         int64_t *cell);

/* Counts of a period, where there is an effect on them: drawn with `rate`. */
void vci_effect_count(const vci_batch *batch, const vci_part *part, size_t leaf,
                      size_t unit, size_t period, const double *rate, int64_t *cell);

/* What is a share of trials[n]: drawn with `share`. */
void vci_effect_among(const vci_batch *batch, const vci_part *part, size_t leaf,
                      size_t unit, size_t period, const int64_t *trials,
                      const double *share, int64_t *cell);

/* Boys and girls, drawn with rates boys[n] and girls[n]. */
void vci_effect_sexes(const vci_batch *batch, size_t leaf, size_t unit, size_t period,
                      const double *boys, const double *girls, int64_t *male,
                      int64_t *female);

/* A quota's cases done on top of a period's flow, of a whole; 0 without such an effect. */
int64_t vci_effect_cases(const vc_effect *effect, int64_t whole);

#endif
