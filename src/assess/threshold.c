/*
 * With s = 10^decimals and round() away from zero at halves:
 *
 *   round(f s) <= B  where  f s < B + 1/2, or <= where that is negative (B = floor(bound
 * s)); round(f s) >= C  where  f s > C - 1/2, or >= where that is positive (C = ceil(bound
 * s)).
 */
#include "assess/threshold_internal.h"

#include <math.h>

/* Beyond twice the rounding error of two quotients and their difference. */
#define MARGIN 1e-14

__extension__ typedef __int128 wide;

static vci_threshold around(vc_fraction at, bool closed) {
    double x = vci_fraction_value(at), margin = MARGIN * fabs(x);
    return (vci_threshold){at, closed, x - margin, x + margin};
}

static wide floor_quotient(wide num, wide den) {
    return num / den - (num % den < 0 ? 1 : 0);
}

/* twice / (2 scale), if it fits. */
static vc_fraction half_step(wide twice, int64_t scale) {
    if (twice > INT64_MAX || twice < INT64_MIN) return VCI_UNDEFINED;
    return (vc_fraction){(int64_t)twice, 2 * scale};
}

vci_threshold vci_threshold_at_most(vc_fraction bound, int decimals) {
    if (decimals < 0) return around(bound, true);
    int64_t scale = vci_fraction_scale_of(decimals);
    wide twice = 2 * floor_quotient((wide)bound.num * scale, bound.den) + 1;
    return around(half_step(twice, scale), twice < 0);
}

vci_threshold vci_threshold_at_least(vc_fraction bound, int decimals) {
    if (decimals < 0) return around(bound, true);
    int64_t scale = vci_fraction_scale_of(decimals);
    wide twice = -2 * floor_quotient(-(wide)bound.num * scale, bound.den) - 1;
    return around(half_step(twice, scale), twice > 0);
}
