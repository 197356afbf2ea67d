/* Trend: an indicator's figures of all years, beside what the fits say was behind them. */
#ifndef VITALCAST_TREND_H
#define VITALCAST_TREND_H

#include "vitalcast/api.h"
#include "vitalcast/learned.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

typedef struct vc_trend_year {
    vc_period end;
    double figure;      /* observed; NaN: not fully known */
    vc_estimate fitted; /* of the expected figure; mean NaN: the fits do not reach it */
} vc_trend_year;

typedef struct vc_trend {
    size_t n;
    vc_trend_year *years; /* [n] whole years up to the as-of period, the oldest first */
    size_t n_fitted;
} vc_trend;

/**
 * Figures of the whole years that end in one place of the year, and their expected figures
 * in 512 draws of the fits' latent values: season, calendar, shocks and the units' walks
 * included, chance of the single events left out. Ratios and shares are expected given the
 * births that were counted. A rate's population is the observed one.
 *
 * year_end  a period; its place in the year counts
 * trend     [out] release with vc_trend_free, also after a failure
 *
 * Progress and differences of series have no fitted figures.
 * Returns VC_OK; VC_NO_MEMORY; VC_SINGULAR. Checked by: tests/unit/assess/test_trend.c
 */
VC_API VC_CHECKED vc_status vc_trend_find(const vc_run *run, const char *indicator,
                                          size_t unit, vc_period year_end, vc_trend *trend);

VC_API void vc_trend_free(vc_trend *trend);

VC_END_DECLS

#endif
