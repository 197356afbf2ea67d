/*
 * What charts say: indicators, periods, probabilities, targets, and the lines of the frame.
 */
#ifndef VCI_WORDING_INTERNAL_H
#define VCI_WORDING_INTERNAL_H

#include "chart/label_internal.h"
#include "core/text_internal.h"
#include "vitalcast/run.h"

/*
 * A text of the table with its arguments, as a label (printf conversions as in the table).
 */
vci_label vci_chart_say(vc_language language, vci_text id, ...);

/* run: NULL where there is none to ask for what the workspace has it shown as. */
vci_label vci_indicator_name(const vc_run *run, const char *indicator,
                             vc_language language);

/* "males per 100 females, since the year began". */
vci_label vci_indicator_unit(const vc_run *run, const char *indicator,
                             vc_language language);

/* Does it add up over the year? Stocks, surveys and plain values stand for themselves. */
bool vci_indicator_adds_up(const vc_run *run, const char *indicator);

/* The same of the figure of a whole year: "males per 100 females". */
vci_label vci_indicator_year_unit(const vc_run *run, const char *indicator,
                                  vc_language language);

/* Digits after the point: counts 0, sex ratio 1, else 2; more where the target has more. */
int vci_indicator_digits(const vc_run *run, const vc_target *target);

/* The same of a class: by the target of its first unit that has one. */
int vci_ranking_digits(const vc_run *run, const vc_ranking *ranking);

/* "negative binomial". */
vci_text vci_family_text(vc_family family);

/* "Jul 2013", "2013年7月"; the month or quarter alone. */
vci_label vci_period_words(vc_period period, vc_frequency frequency, vc_language language);
vci_label vci_period_in_year_words(vc_period period, vc_frequency frequency,
                                   vc_language language);

/* "Jan 2013 to Dec 2013"; the year alone when the period is a year. */
vci_label vci_span_words(vc_year span, vc_frequency frequency, vc_language language);
vci_label vci_year_words(vc_period year_end, vc_frequency frequency, vc_language language);

/*
 * A simulated probability is never 0 or 1: whole percent, one digit more below 10 and above
 * 90, less than 0.1 % and more than 99.9 % at the ends. With words for a sentence, with
 * signs for a cell.
 */
vci_label vci_probability_words(double p, vc_language language);
vci_label vci_probability_signs(double p);

/*
 * "≤ 107", "95–105"; the bound is NaN where it is not resolved: then the rule, "≥ last
 * year".
 */
vci_label vci_target_signs(const vc_run *run, const vc_target *target, double bound,
                           double bound_high, vc_language language);

/* "target: at most 107". */
vci_label vci_target_words(const vc_run *run, const vc_result *result,
                           vc_language language);

/* "Unit, indicator: message"; the name of the unit has the room that the message leaves. */
vci_label vci_heading_words(const vc_run *run, size_t unit, const char *indicator,
                            const char *message, vc_language language);

/* Is the year over and its figure known? Then nothing is predicted. */
bool vci_result_is_known(const vc_run *run, const vc_result *result);

#endif
