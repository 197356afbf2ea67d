#include "cli/figure_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/wording_internal.h"

vci_figure vci_figure_format(double number, int digits) {
    vci_figure figure;
    double unit = pow(10, -digits);
    if (isnan(number))
        snprintf(figure.text, sizeof figure.text, "%s", VCI_NO_FIGURE);
    else /* adding 0 keeps "-0.0" away */
        snprintf(figure.text, sizeof figure.text, "%.*f", digits,
                 fabs(number) < 0.5 * unit ? 0.0 : number);
    return figure;
}

vci_figure vci_figure_format_signed(double number, int digits) {
    vci_figure figure = vci_figure_format(number, digits);
    if (!isnan(number) && number >= 0.5 * pow(10, -digits))
        snprintf(figure.text, sizeof figure.text, "%+.*f", digits, number);
    return figure;
}

/* A bound as it was declared, or with the digits of the figure when it was worked out. */
static vci_figure format_bound(const vc_run *run, const vc_target *target,
                               const vc_target_value *value, double bound) {
    vci_figure figure;
    if (value->kind != VC_FIXED || isnan(bound))
        return vci_figure_format(bound, vci_indicator_digits(run, target));
    if (target->decimals >= 0) return vci_figure_format(bound, target->decimals);
    snprintf(figure.text, sizeof figure.text, "%.10g", bound);
    return figure;
}

vci_figure vci_figure_format_target(const vc_run *run, const vc_result *result) {
    const vc_target *target = &run->targets.list[result->target];
    vci_figure low = format_bound(run, target, &target->value, result->bound), figure;
    if (isnan(result->bound)) return low;
    if (target->direction == VC_BETWEEN) {
        vci_figure high =
            format_bound(run, target, &target->value_high, result->bound_high);
        snprintf(figure.text, sizeof figure.text, "%.20s–%.20s", low.text, high.text);
    } else {
        snprintf(figure.text, sizeof figure.text, "%s %.40s",
                 target->direction == VC_AT_MOST ? "≤" : "≥", low.text);
    }
    return figure;
}

vci_figure vci_figure_format_probability(double p) {
    vci_figure figure;
    double percent = 100 * p;
    if (isnan(p))
        snprintf(figure.text, sizeof figure.text, "%s", VCI_NO_FIGURE);
    else if (percent < 0.1)
        snprintf(figure.text, sizeof figure.text, "< 0.1%%");
    else if (percent > 99.9)
        snprintf(figure.text, sizeof figure.text, "> 99.9%%");
    else
        snprintf(figure.text, sizeof figure.text, "%.*f%%",
                 percent < 9.95 || percent >= 90.05 ? 1 : 0, percent);
    return figure;
}

vci_figure vci_figure_format_percent(double percent, int digits) {
    vci_figure figure = vci_figure_format(percent, digits);
    if (!isnan(percent)) strcat(figure.text, "%");
    return figure;
}
