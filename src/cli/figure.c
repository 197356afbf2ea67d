#include "cli/figure_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/wording_internal.h"
#include "cli/say_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"

/* A name with the unit that its formula gives it. */
static char *with_unit(const char *name, const vc_formula *f, vc_language language) {
    if (f->kind == VC_INDICATOR_SHARE || (f->kind == VC_INDICATOR_RATE && f->scale == 100))
        return vci_say_text(language, VCI_TEXT_CLI_PERCENT_OF, name);
    if (f->kind == VC_INDICATOR_RATE && f->scale == 1000)
        return vci_say_text(language, VCI_TEXT_INDICATOR_PER_THOUSAND, name);
    if (f->kind == VC_INDICATOR_RATE || f->kind == VC_INDICATOR_RATIO)
        return vci_say_text(language, VCI_TEXT_INDICATOR_PER, name, (long long)f->scale);
    return vci_text_copy(name, strlen(name));
}

char *vci_standard_text(const char *indicator, vc_language language) {
    const vci_standard *standard = vci_standard_find(indicator);
    bool named = standard && strcmp(standard->name, indicator) == 0;
    const char *text = named ? vci_text_get(standard->text, language) : indicator;
    return vci_text_copy(text, strlen(text));
}

char *vci_indicator_text(const vc_run *run, const char *indicator, vc_language language) {
    const char *label = vc_run_label(run, indicator, language);
    const vc_formula *formula = vci_formula_find(&run->panel, indicator);
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    bool own = declared && declared->declared == VC_DECLARED_FORMULA;
    if (formula && !own && !label) return vci_standard_text(indicator, language);
    if (!label) label = indicator;
    if (formula) return with_unit(label, formula, language);
    if (vc_run_indicator_kind(run, indicator) == VC_INDICATOR_PROGRESS)
        return vci_say_text(language, VCI_TEXT_CLI_PERCENT_OF, label);
    return vci_text_copy(label, strlen(label));
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
