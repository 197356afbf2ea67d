/* Periods (month, quarter, year) and assessment years, as plain integers on one axis. */
#ifndef VITALCAST_PERIOD_H
#define VITALCAST_PERIOD_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/* Number of periods in a year. */
typedef enum vc_frequency { VC_YEARLY = 1, VC_QUARTERLY = 4, VC_MONTHLY = 12 } vc_frequency;

/*
 * A period is counted from year 0: year * frequency + index in the year (0-based), so that
 * 2013-07 monthly is 2013 * 12 + 6. Differences are numbers of periods.
 */
typedef int32_t vc_period;

#define VC_NO_PERIOD INT32_MIN

/* Enough for "2013-07", "2013-Q3", "2013" and an end mark. */
#define VC_PERIOD_TEXT 32

/**
 * Reads "2013-07" (monthly), "2013-Q3" (quarterly) or "2013" (yearly); exactly that form,
 * years 1000 to 2999. False if it is anything else.
 */
VC_API bool vc_period_parse(const char *text, vc_frequency frequency, vc_period *period);

/** Writes a period in the form that vc_period_parse reads. */
VC_API void vc_period_format(vc_period period, vc_frequency frequency,
                             char text[VC_DIM(VC_PERIOD_TEXT)]);

/** Year of a period and its place in the year, 0-based. */
VC_API int vc_period_year(vc_period period, vc_frequency frequency);
VC_API int vc_period_in_year(vc_period period, vc_frequency frequency);

/** Days of a period (Gregorian). */
VC_API int vc_period_days(vc_period period, vc_frequency frequency);

/** Days from 1970-01-01 to the first day of a period (for time axes in files). */
VC_API int32_t vc_period_first_day(vc_period period, vc_frequency frequency);

/* An assessment year: the frequency periods that end with `end`; named by its end. */
typedef struct vc_year {
    vc_period first, end;
} vc_year;

/** The assessment year that ends with a period. */
VC_API vc_year vc_year_ending(vc_period end, vc_frequency frequency);

/** Days of the periods first..last, both included. */
VC_API int vc_period_span_days(vc_period first, vc_period last, vc_frequency frequency);

VC_END_DECLS

#endif
