/* Rules of thumb for services and records (progress.csv). */
#ifndef VCI_BASELINE_PROGRESS_INTERNAL_H
#define VCI_BASELINE_PROGRESS_INTERNAL_H

#include "backtest/baseline_internal.h"

/*
 * Year-end figures [n], in percent, of a quota, a stock or a survey; false where the rule
 * does not apply or lacks what it needs.
 */
bool vci_baseline_progress(vci_baseline *baseline, vc_forecaster rule,
                           const vci_indicator *form, size_t unit, double *figure);

#endif
