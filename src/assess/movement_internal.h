/*
 * Did a unit's rank by its figure to date move in the last period, and could chance alone
 * have moved it?
 *
 * Chance: within a unit (ratios), or within the class (counts and rates), each event of the
 * year to date is as likely as any other to be one of the newest period's. Given what was
 * counted to date this fixes the distribution of the figures one period before,
 * hypergeometric, without any parameter. So the ranks that were observed one period before
 * are one more draw like those made by shuffling, and a unit stands out when its rank lies
 * further from its mean over all of these, in standard deviations, than the furthest of any
 * unit does in all but 5 % of them (single-step maxT): of a class in which nobody moved
 * beyond chance, anybody is said to have in at most 5 %.
 *
 * Source: Westfall and Young (1993), Resampling-based multiple testing, sections 2.3 and
 * 2.6; Fisher's exact test for the shuffling. Checked by:
 * tests/unit/assess/test_movement.c
 */
#ifndef VCI_MOVEMENT_INTERNAL_H
#define VCI_MOVEMENT_INTERNAL_H

#include "fit/population_internal.h"
#include "vitalcast/run.h"

/* Shuffled years; the observed one is added to them. */
#define VCI_SHUFFLES 999

/*
 * rank_before, rank_now and p_movement of a ranking's units. Nothing where the year has
 * only begun or is over, by points, and for figures that are not formed of events. Peers
 * publish no monthly figures and are not among the ranks here.
 */
vc_status vci_movement_find(const vc_run *run, const vci_population *population,
                            vc_ranking *ranking);

#endif
