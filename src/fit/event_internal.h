/* Dated steps and pulses, and the years of the Chinese zodiac. */
#ifndef VCI_EVENT_INTERNAL_H
#define VCI_EVENT_INTERNAL_H

#include "vitalcast/model.h"
#include "vitalcast/period.h"

/*
 * x[n] of an event for periods first, first + 1, …: 1 where it works, 0 where it does not,
 * the share of days for the zodiac. A period written at another frequency is taken at its
 * beginning.
 */
void vci_event_fill(const vc_model_event *event, vc_frequency frequency, vc_period first,
                    size_t n, double *x);

#endif
