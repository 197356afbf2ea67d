#include "chart/wording_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/standard_internal.h"

#define NAME_COLUMNS 24
#define HEADING_COLUMNS 82 /* without the signs between its parts */
#define SHORTEST_NAME 12

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* a text of the table */
vci_label vci_chart_say(vc_language language, vci_text id, ...) {
    vci_label label;
    va_list arguments;
    va_start(arguments, id);
    vsnprintf(label.text, sizeof label.text, vci_text_get(id, language), arguments);
    va_end(arguments);
    return label;
}
#pragma GCC diagnostic pop

/* --- indicators -------------------------------------------------------------------- */

vci_label vci_indicator_name(const vc_run *run, const char *indicator,
                             vc_language language) {
    const vci_standard *standard = vci_standard_find(indicator);
    bool named = standard && strcmp(standard->name, indicator) == 0;
    const char *label = run ? vc_run_label(run, indicator, language) : NULL;
    if (!label) label = named ? vci_text_get(standard->chart, language) : indicator;
    return vci_label_fit(label, NAME_COLUMNS);
}

/* Quotas accumulate over the year; stocks and surveys stand for themselves. */
static bool is_quota(const vc_run *run, const char *indicator) {
    for (size_t i = 0; i < run->panel.n_progress; i++)
        if (!strcmp(run->panel.progress[i].indicator, indicator))
            return run->panel.progress[i].kind == VC_QUOTA;
    return false;
}

/* Of series that bear a standard indicator's name, and of all other series. */
static vci_label series_unit(const vc_run *run, const char *indicator,
                             vc_language language) {
    const vc_formula *f = vci_formula_find(&run->panel, indicator);
    switch (f ? f->kind : VC_INDICATOR_VALUE) {
    case VC_INDICATOR_COUNT:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_COUNT);
    case VC_INDICATOR_RATE:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_RATE);
    case VC_INDICATOR_RATIO:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_SEX_RATIO);
    case VC_INDICATOR_SHARE:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_PERCENT);
    case VC_INDICATOR_PROGRESS:
    case VC_INDICATOR_VALUE:
        break;
    }
    return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE);
}

static bool is_sex_ratio(const vc_formula *f) {
    return f->plus == VC_BIRTHS_MALE && f->over == VC_BIRTHS_FEMALE && f->scale == 100;
}

vci_label vci_indicator_unit(const vc_run *run, const char *indicator,
                             vc_language language) {
    const vc_formula *f = vci_formula_find(&run->panel, indicator);
    switch (vc_run_indicator_kind(run, indicator)) {
    case VC_INDICATOR_COUNT:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_COUNT);
    case VC_INDICATOR_RATE:
        if (f->scale == 1000) return vci_chart_say(language, VCI_TEXT_CHART_UNIT_RATE);
        return vci_chart_say(language, VCI_TEXT_INDICATOR_CHART_RATE, (long long)f->scale);
    case VC_INDICATOR_RATIO:
        if (is_sex_ratio(f)) return vci_chart_say(language, VCI_TEXT_CHART_UNIT_SEX_RATIO);
        return vci_chart_say(language, VCI_TEXT_INDICATOR_CHART_RATIO, (long long)f->scale);
    case VC_INDICATOR_SHARE:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_SHARE);
    case VC_INDICATOR_PROGRESS:
        return vci_chart_say(language, is_quota(run, indicator)
                                           ? VCI_TEXT_CHART_UNIT_QUOTA
                                           : VCI_TEXT_CHART_UNIT_PERCENT);
    case VC_INDICATOR_VALUE:
        break;
    }
    return series_unit(run, indicator, language);
}

bool vci_indicator_adds_up(const vc_run *run, const char *indicator) {
    return vci_formula_find(&run->panel, indicator) || is_quota(run, indicator);
}

vci_label vci_indicator_year_unit(const vc_run *run, const char *indicator,
                                  vc_language language) {
    const vc_formula *f = vci_formula_find(&run->panel, indicator);
    switch (vc_run_indicator_kind(run, indicator)) {
    case VC_INDICATOR_COUNT:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_COUNT);
    case VC_INDICATOR_RATE:
        if (f->scale == 1000)
            return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_RATE);
        break;
    case VC_INDICATOR_RATIO:
        if (is_sex_ratio(f))
            return vci_chart_say(language, VCI_TEXT_CHART_UNIT_VALUE_SEX_RATIO);
        break;
    case VC_INDICATOR_SHARE:
        return vci_chart_say(language, VCI_TEXT_CHART_UNIT_PERCENT);
    case VC_INDICATOR_PROGRESS:
    case VC_INDICATOR_VALUE:
        break;
    }
    return vci_indicator_unit(run, indicator, language);
}

int vci_indicator_digits(const vc_run *run, const vc_target *target) {
    const vc_formula *f = vci_formula_find(&run->panel, target->indicator);
    if (vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_COUNT) return 0;
    int digits = vci_kind_digits(f ? f->kind : VC_INDICATOR_VALUE);
    return target->decimals > digits ? target->decimals : digits;
}

int vci_ranking_digits(const vc_run *run, const vc_ranking *ranking) {
    for (size_t k = 0; k < ranking->n_units; k++)
        if (ranking->units[k].target != SIZE_MAX)
            return vci_indicator_digits(run, &run->targets.list[ranking->units[k].target]);
    return 2;
}

/* --- models ------------------------------------------------------------------------ */

vci_text vci_family_text(vc_family family) {
    static const vci_text texts[VC_FAMILIES] = {
        [VC_POISSON] = VCI_TEXT_CLI_FAMILY_POISSON,
        [VC_NEGATIVE_BINOMIAL] = VCI_TEXT_CLI_FAMILY_NEGATIVE_BINOMIAL,
        [VC_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BINOMIAL,
        [VC_BETA_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BETA_BINOMIAL,
        [VC_NORMAL] = VCI_TEXT_CLI_FAMILY_NORMAL,
        [VC_LOG_NORMAL] = VCI_TEXT_CLI_FAMILY_LOG_NORMAL,
        [VC_LOGIT_NORMAL] = VCI_TEXT_CLI_FAMILY_LOGIT_NORMAL,
    };
    return texts[family];
}

/* --- periods ----------------------------------------------------------------------- */

/* The n-th of words with blanks between them. */
static vci_label pick_word(const char *words, int n) {
    vci_label label;
    for (; n > 0; n--) words += strcspn(words, " ") + 1;
    snprintf(label.text, sizeof label.text, "%.*s", (int)strcspn(words, " "), words);
    return label;
}

vci_label vci_period_in_year_words(vc_period period, vc_frequency frequency,
                                   vc_language language) {
    vci_text words =
        frequency == VC_MONTHLY ? VCI_TEXT_CHART_MONTHS : VCI_TEXT_CHART_QUARTERS;
    if (frequency == VC_YEARLY)
        return vci_chart_say(language, VCI_TEXT_CHART_YEAR,
                             vc_period_year(period, frequency));
    return pick_word(vci_text_get(words, language), vc_period_in_year(period, frequency));
}

vci_label vci_period_words(vc_period period, vc_frequency frequency, vc_language language) {
    vci_label part = vci_period_in_year_words(period, frequency, language);
    if (frequency == VC_YEARLY) return part;
    return vci_chart_say(language, VCI_TEXT_CHART_PERIOD, part.text,
                         vc_period_year(period, frequency));
}

vci_label vci_span_words(vc_year span, vc_frequency frequency, vc_language language) {
    vci_label end = vci_period_words(span.end, frequency, language);
    if (span.first == span.end) return end;
    vci_label begin = vci_period_words(span.first, frequency, language);
    return vci_chart_say(language, VCI_TEXT_CHART_SPAN, begin.text, end.text);
}

vci_label vci_year_words(vc_period year_end, vc_frequency frequency, vc_language language) {
    return vci_span_words(vc_year_ending(year_end, frequency), frequency, language);
}

/* --- probabilities ----------------------------------------------------------------- */

/*
 * Whole percent, one digit more below 10 and above 90, and no further than 0.1 and 99.9.
 * Returns on which side of the printed percentage p is: -1 below, 1 above, 0 rounded.
 */
static int percentage(double p, vci_label *percent) {
    double x = 100 * p;
    int side = x < 0.1 ? -1 : x > 99.9 ? 1 : 0;
    int digits = x < 9.95 || x >= 90.05 ? 1 : 0;
    double rounded = digits > 0 ? round(10 * x) / 10 : round(x); /* as spreadsheets do */
    *percent = vci_number_format(side < 0 ? 0.1 : side > 0 ? 99.9 : rounded, digits);
    strcat(percent->text, "%");
    return side;
}

vci_label vci_probability_words(double p, vc_language language) {
    vci_label percent;
    int side = percentage(p, &percent);
    if (side == 0) return percent;
    return vci_chart_say(language,
                         side < 0 ? VCI_TEXT_CHART_LESS_THAN : VCI_TEXT_CHART_MORE_THAN,
                         percent.text);
}

vci_label vci_probability_signs(double p) {
    vci_label percent, signs = {"—"};
    if (isnan(p)) return signs;
    int side = percentage(p, &percent);
    const char *sign = side < 0 ? "< " : side > 0 ? "> " : "";
    snprintf(signs.text, sizeof signs.text, "%s%.8s", sign, percent.text);
    return signs;
}

/* --- targets ----------------------------------------------------------------------- */

static double fraction_value(vc_fraction f) { return (double)f.num / (double)f.den; }

/* "last year ×1.02 −0.5" */
static vci_label rule_words(const vc_target_value *value, vc_language language) {
    vci_label label, factor = {""}, summand = {""};
    bool mean = value->kind == VC_CLASS_MEAN;
    double times = fraction_value(value->factor), plus = fraction_value(value->summand);
    if (times != 1)
        snprintf(factor.text, sizeof factor.text, "×%.30s",
                 vci_number_format(times, VCI_FEW_DIGITS).text);
    if (plus != 0)
        snprintf(summand.text, sizeof summand.text, "%s%.30s", plus > 0 ? "+" : "",
                 vci_number_format(plus, VCI_FEW_DIGITS).text);
    snprintf(
        label.text, sizeof label.text, "%.60s%.40s%.40s",
        vci_text_get(mean ? VCI_TEXT_CHART_CLASS_MEAN : VCI_TEXT_CHART_LAST_YEAR, language),
        factor.text, summand.text);
    return label;
}

/* As declared when it was, with the indicator's digits when it was worked out. */
static vci_label bound_words(const vc_run *run, const vc_target *target,
                             const vc_target_value *value, double bound,
                             vc_language language) {
    if (value->kind != VC_FIXED)
        return isnan(bound) ? rule_words(value, language)
                            : vci_number_format(bound, vci_indicator_digits(run, target));
    return vci_number_format(fraction_value(value->value),
                             target->decimals >= 0 ? target->decimals : VCI_FEW_DIGITS);
}

vci_label vci_target_signs(const vc_run *run, const vc_target *target, double bound,
                           double bound_high, vc_language language) {
    vci_label low = bound_words(run, target, &target->value, bound, language), label;
    if (target->direction == VC_BETWEEN) {
        vci_label high =
            bound_words(run, target, &target->value_high, bound_high, language);
        snprintf(label.text, sizeof label.text, "%.120s–%.120s", low.text, high.text);
    } else {
        snprintf(label.text, sizeof label.text, "%s %.120s",
                 target->direction == VC_AT_MOST ? "≤" : "≥", low.text);
    }
    return label;
}

vci_label vci_target_words(const vc_run *run, const vc_result *result,
                           vc_language language) {
    const vc_target *target = &run->targets.list[result->target];
    vci_label low = bound_words(run, target, &target->value, result->bound, language);
    if (target->direction == VC_BETWEEN) {
        vci_label high =
            bound_words(run, target, &target->value_high, result->bound_high, language);
        low = vci_chart_say(language, VCI_TEXT_CHART_BETWEEN, low.text, high.text);
    } else {
        low = vci_chart_say(language,
                            target->direction == VC_AT_MOST ? VCI_TEXT_CHART_AT_MOST
                                                            : VCI_TEXT_CHART_AT_LEAST,
                            low.text);
    }
    return vci_chart_say(language, VCI_TEXT_CHART_TARGET, low.text);
}

/* --- headings ------------------------------------------------------------------------ */

vci_label vci_heading_words(const vc_run *run, size_t unit, const char *indicator,
                            const char *message, vc_language language) {
    vci_label name = vci_indicator_name(run, indicator, language);
    size_t taken = vci_label_width(name.text) + vci_label_width(message);
    size_t room =
        taken + SHORTEST_NAME < HEADING_COLUMNS ? HEADING_COLUMNS - taken : SHORTEST_NAME;
    return vci_chart_say(language, VCI_TEXT_CHART_FAN_HEADING,
                         vci_label_fit(run->panel.tree.units[unit].name, room).text,
                         name.text, message);
}

bool vci_result_is_known(const vc_run *run, const vc_result *result) {
    const double *quantile = result->quantile;
    vc_year window =
        vc_target_window(&run->targets.list[result->target], run->panel.frequency);
    return window.end <= run->as_of && !(quantile[VC_Q025] < quantile[VC_Q975]);
}
