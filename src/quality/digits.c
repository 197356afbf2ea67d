/*
 * Last digits. Poisson counts of a mean of 30 have last digits that are uniform but for
 * 2 exp(-2 pi^2 30 / 100) = 0.5 % (the characteristic function of a normal law at 2 pi /
 * 10), and with 50 figures or more Pearson's statistic is near its limit law (Cochran 1954,
 * Biometrics 10: five expected in a cell).
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "quality/checks_internal.h"

#define LEAST_MEAN 30
#define LEAST_FIGURES 50
#define DIGITS 10

static vc_status check_unit(vci_checks *checks, vc_event event, size_t unit) {
    const vc_panel *panel = checks->panel;
    const double *figure = vci_check_series(panel, event, unit);
    double cell[DIGITS] = {0}, n = 0, sum = 0, chi_square = 0;
    for (size_t t = 0; t < panel->n_periods; t++) {
        if (isnan(figure[t])) continue;
        cell[(int)fmod(figure[t], DIGITS)]++;
        sum += figure[t];
        n++;
    }
    if (n < LEAST_FIGURES || sum < LEAST_MEAN * n) return VC_OK;
    for (int digit = 0; digit < DIGITS; digit++)
        chi_square += (cell[digit] - n / DIGITS) * (cell[digit] - n / DIGITS);
    chi_square /= n / DIGITS;
    vc_quality_check check = {.kind = VC_QUALITY_LAST_DIGITS,
                              .unit = unit,
                              .event = event,
                              .first = panel->first,
                              .last = vci_check_period(panel, panel->n_periods - 1),
                              .n = (size_t)n,
                              .limit = NAN,
                              .seen = chi_square,
                              .expected = DIGITS - 1,
                              .low = gsl_cdf_chisq_Pinv(0.025, DIGITS - 1),
                              .high = gsl_cdf_chisq_Pinv(0.975, DIGITS - 1),
                              .p = gsl_cdf_chisq_Q(chi_square, DIGITS - 1)};
    return vci_check_add(checks, &check);
}

vc_status vci_check_digits(vci_checks *checks) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
    vc_status st = VC_OK;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        for (size_t unit = 0; unit < checks->panel->tree.n; unit++)
            if (checks->panel->count[events[i]])
                VC_TRY(check_unit(checks, events[i], unit));
out:
    return st;
}
