#include "cli/figure_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/say_internal.h"
#include "core/memory_internal.h"

static const struct {
    const char *name;
    vci_text text;
    int digits;
} vitals[VCI_VITALS] = {
    [VCI_BIRTHS] = {"births", VCI_TEXT_CLI_BIRTHS, 0},
    [VCI_DEATHS] = {"deaths", VCI_TEXT_CLI_DEATHS, 0},
    [VCI_INCREASE] = {"natural_increase", VCI_TEXT_CLI_INCREASE, 0},
    [VCI_BIRTH_RATE] = {"birth_rate", VCI_TEXT_CLI_BIRTH_RATE, 2},
    [VCI_DEATH_RATE] = {"death_rate", VCI_TEXT_CLI_DEATH_RATE, 2},
    [VCI_GROWTH_RATE] = {"natural_growth_rate", VCI_TEXT_CLI_GROWTH_RATE, 2},
    [VCI_SEX_RATIO] = {"sex_ratio_at_birth", VCI_TEXT_CLI_SEX_RATIO, 1},
    [VCI_COMPLIANCE] = {"policy_compliance_rate", VCI_TEXT_CLI_COMPLIANCE, 1},
    [VCI_ARRIVALS] = {"arrivals", VCI_TEXT_CLI_ARRIVALS, 0},
    [VCI_DEPARTURES] = {"departures", VCI_TEXT_CLI_DEPARTURES, 0},
    [VCI_NET_MIGRATION] = {"net_migration_rate", VCI_TEXT_CLI_NET_MIGRATION, 2},
};

int vci_vital_find(const char *indicator) {
    for (int i = 0; i < VCI_VITALS; i++)
        if (strcmp(vitals[i].name, indicator) == 0) return i;
    return -1;
}

char *vci_vital_text(const char *indicator, vc_language language) {
    int vital = vci_vital_find(indicator);
    const char *text = vital >= 0 ? vci_text_get(vitals[vital].text, language) : indicator;
    return vci_text_copy(text, strlen(text));
}

char *vci_indicator_text(const vc_run *run, const char *indicator, vc_language language) {
    if (vci_vital_find(indicator) < 0 &&
        vc_run_indicator_kind(run, indicator) == VC_INDICATOR_PROGRESS)
        return vci_say_text(language, VCI_TEXT_CLI_PERCENT_OF, indicator);
    return vci_vital_text(indicator, language);
}

int vci_figure_digits(const vc_run *run, const vc_target *target) {
    int vital = vci_vital_find(target->indicator);
    if (vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_COUNT) return 0;
    int digits = vital >= 0 ? vitals[vital].digits : 2;
    return target->decimals > digits ? target->decimals : digits;
}

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
        return vci_figure_format(bound, vci_figure_digits(run, target));
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
