/* Figures as texts, or the marks of what may not be told. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/verdict_internal.h"
#include "chart/wording_internal.h"
#include "data/standard_internal.h"
#include "report/facts_internal.h"

/* P(met) from and up to which a cell that may be coloured is. */
#define GOOD_FROM 0.8
#define BAD_UP_TO 0.2

#define NAME_COLUMNS 60

vci_text vci_fact_heading(vci_fact fact) {
    static const vci_text headings[VCI_FACTS] = {
#define X(constant, heading) heading,
        VCI_FACT_LIST(X)
#undef X
    };
    return headings[fact];
}

/* --- what may be told --------------------------------------------------------------- */

vc_mark vci_fact_mark(const vci_facts *facts, size_t r, vc_span span) {
    const vc_target *target = vci_fact_target(facts, r);
    return vc_suppression_shows(&facts->suppression, target->indicator,
                                vci_fact_result(facts, r)->unit, span,
                                vc_target_window(target, facts->run->panel.frequency));
}

static vc_mark both(vc_mark one, vc_mark other) {
    return one != VC_MARK_SHOWN ? one : other;
}

vc_mark vci_fact_gap_mark(const vci_facts *facts, size_t r) {
    return both(vci_fact_mark(facts, r, VC_SPAN_TO_DATE),
                vc_suppression_bound(&facts->suppression, r));
}

vc_mark vci_fact_size_mark(const vci_facts *facts, size_t r) {
    return both(vci_fact_mark(facts, r, VC_SPAN_TO_DATE),
                vc_suppression_forecast(&facts->suppression, r));
}

/* --- names -------------------------------------------------------------------------- */

/* A name with the unit that its formula gives it. */
static vci_label with_unit(vci_label name, const vc_formula *f, vc_language language) {
    if (f->kind == VC_INDICATOR_SHARE || (f->kind == VC_INDICATOR_RATE && f->scale == 100))
        return vci_chart_say(language, VCI_TEXT_CLI_PERCENT_OF, name.text);
    if (f->kind == VC_INDICATOR_RATE && f->scale == 1000)
        return vci_chart_say(language, VCI_TEXT_INDICATOR_PER_THOUSAND, name.text);
    if (f->kind == VC_INDICATOR_RATE || f->kind == VC_INDICATOR_RATIO)
        return vci_chart_say(language, VCI_TEXT_INDICATOR_PER, name.text,
                             (long long)f->scale);
    return name;
}

vci_label vci_fact_indicator(const vci_facts *facts, const char *indicator) {
    const vc_run *run = facts->run;
    vc_language language = facts->language;
    const char *label = vc_run_label(run, indicator, language);
    const vc_formula *formula = vci_formula_find(&run->panel, indicator);
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    const vci_standard *standard = vci_standard_find(indicator);
    bool own = declared && declared->declared == VC_DECLARED_FORMULA;
    if (formula && !own && !label && standard)
        return vci_label_fit(vci_text_get(standard->text, language), NAME_COLUMNS);
    vci_label name = vci_label_fit(label ? label : indicator, NAME_COLUMNS);
    if (formula) return with_unit(name, formula, language);
    if (vc_run_indicator_kind(run, indicator) == VC_INDICATOR_PROGRESS)
        return vci_chart_say(language, VCI_TEXT_CLI_PERCENT_OF, name.text);
    return name;
}

vci_label vci_fact_term(const vci_facts *facts, const vc_target *target) {
    vc_frequency f = facts->run->panel.frequency;
    return vci_span_words(vc_target_term(target, f), f, facts->language);
}

vci_label vci_fact_unit(const vci_facts *facts, size_t unit) {
    return vci_label_fit(facts->run->panel.tree.units[unit].name, NAME_COLUMNS);
}

/* --- figures ------------------------------------------------------------------------ */

static vci_label plain(const char *text) { return vci_label_fit(text, NAME_COLUMNS); }

static vci_label say(const vci_facts *facts, vci_text text) {
    return vci_chart_say(facts->language, text);
}

/* "<10" where the figure is itself a count of events, "*" where it is not. */
static vci_label marked(const vci_facts *facts, size_t r, vc_mark mark, bool is_signed) {
    const vc_run *run = facts->run;
    bool count = vc_run_indicator_kind(run, vci_fact_target(facts, r)->indicator) ==
                 VC_INDICATOR_COUNT;
    vci_label label = {"*"};
    if (mark == VC_MARK_BELOW && count && !is_signed)
        snprintf(label.text, sizeof label.text, "<%.0f", run->settings.min_cell);
    return label;
}

static vci_label signed_number(double number, int digits) {
    vci_label label = vci_number_format(number, digits), plus;
    if (!(number >= 0.5 * pow(10, -digits))) return label;
    snprintf(plus.text, sizeof plus.text, "+%.100s", label.text);
    return plus;
}

/* The mark stands for what is no number as well: a ratio's dash would tell a zero. */
static vci_label figure(const vci_facts *facts, size_t r, vc_mark mark, double number,
                        bool is_signed) {
    int digits = vci_indicator_digits(facts->run, vci_fact_target(facts, r));
    if (mark != VC_MARK_SHOWN) return marked(facts, r, mark, is_signed);
    return is_signed ? signed_number(number, digits) : vci_number_format(number, digits);
}

/* Counts change by percent, everything else by points. */
static vci_label change_text(const vci_facts *facts, size_t r) {
    const vc_target *target = vci_fact_target(facts, r);
    double change = vci_fact_result(facts, r)->change;
    vc_mark mark = both(vci_fact_mark(facts, r, VC_SPAN_TO_DATE),
                        vci_fact_mark(facts, r, VC_SPAN_LAST_YEAR));
    if (mark != VC_MARK_SHOWN || isnan(change) ||
        vc_run_indicator_kind(facts->run, target->indicator) != VC_INDICATOR_COUNT)
        return figure(facts, r, mark, change, true);
    vci_label label = signed_number(change, 1);
    strcat(label.text, "%");
    return label;
}

static vci_label target_text(const vci_facts *facts, size_t r) {
    const vc_result *result = vci_fact_result(facts, r);
    vc_mark mark = vc_suppression_bound(&facts->suppression, r);
    if (mark != VC_MARK_SHOWN) return marked(facts, r, mark, false);
    return vci_target_signs(facts->run, vci_fact_target(facts, r), result->bound,
                            result->bound_high, facts->language);
}

static vci_label interval_text(const vci_facts *facts, size_t r, vci_text between) {
    const double *quantile = vci_fact_result(facts, r)->quantile;
    vc_mark mark = vc_suppression_forecast(&facts->suppression, r);
    vci_label low = figure(facts, r, mark, quantile[VC_Q10], false);
    vci_label high = figure(facts, r, mark, quantile[VC_Q90], false);
    if (mark != VC_MARK_SHOWN || isnan(quantile[VC_Q10])) return low;
    return vci_chart_say(facts->language, between, low.text, high.text);
}

static vci_label p_text(const vci_facts *facts, size_t r) {
    const vc_result *result = vci_fact_result(facts, r);
    if (result->settled && (result->p_met >= 1 || result->p_met <= 0))
        return say(facts, result->p_met >= 1 ? VCI_TEXT_CLI_MET : VCI_TEXT_CLI_NOT_MET);
    return vci_probability_signs(result->p_met);
}

static vci_label verdict_text(const vci_facts *facts, size_t r) {
    return say(facts, vci_verdict_words(vci_fact_result(facts, r)));
}

/* --- grades ------------------------------------------------------------------------- */

static vci_label grade_text(const vci_facts *facts, size_t r) {
    static const vci_text texts[] = {[VC_GRADE_NOT_DECIDABLE] =
                                         VCI_TEXT_GRADE_NOT_DECIDABLE,
                                     [VC_GRADE_WEAK] = VCI_TEXT_GRADE_WEAK,
                                     [VC_GRADE_DECIDABLE] = VCI_TEXT_GRADE_DECIDABLE};
    vc_grade_level level = facts->grades[r].level;
    return level == VC_GRADE_NONE ? plain("—") : say(facts, texts[level]);
}

static vci_label size_text(const vci_facts *facts, size_t r, double number, bool percent) {
    if (facts->grades[r].level == VC_GRADE_NONE || isnan(number)) return plain("—");
    if (vci_fact_size_mark(facts, r) != VC_MARK_SHOWN) return plain("*");
    if (percent && number < 0.5) return plain("< 1%"); /* an error is never impossible */
    vci_label label = vci_number_format(number, 0);
    if (percent) strcat(label.text, "%");
    return label;
}

/* --- services and records ----------------------------------------------------------- */

static vci_label amount(int64_t whole, int64_t scale) {
    int digits = 0;
    for (int64_t s = scale; s > 1; s /= 10) digits++;
    return vci_number_format((double)whole / (double)scale, digits);
}

static vci_label task_text(const vci_facts *facts, size_t r, vci_fact fact) {
    const vc_task *task = vci_fact_task(facts, r);
    if (!task) return plain("—");
    const char *department = facts->run->panel.progress[task->series].department;
    if (fact == VCI_FACT_DEPARTMENT) return plain(department ? department : "—");
    if (fact == VCI_FACT_STATUS)
        return say(facts, task->closed ? VCI_TEXT_LISTS_CLOSED : VCI_TEXT_LISTS_OPEN);
    if (!task->counted) return plain("—");
    return amount(fact == VCI_FACT_DONE   ? task->done
                  : fact == VCI_FACT_GOAL ? task->goal
                                          : task->remaining,
                  task->scale);
}

/* Where the last periods are incomplete the average would tell them by difference. */
static vc_mark rest_mark(const vci_facts *facts, size_t r) {
    const vc_result *result = vci_fact_result(facts, r);
    vc_mark mark = vci_fact_gap_mark(facts, r);
    if (mark != VC_MARK_SHOWN || result->path_n == 0 ||
        result->path_first > facts->run->as_of)
        return mark;
    return vci_fact_mark(facts, r, VC_SPAN_PERIOD);
}

vci_label vci_fact_average(const vci_facts *facts, const vc_required *q) {
    bool counts = q->basis == VC_REQUIRED_COUNT || q->basis == VC_REQUIRED_NUMERATOR;
    int digits =
        counts ? 1 : vci_indicator_digits(facts->run, vci_fact_target(facts, q->result));
    vci_label low = vci_number_format(q->average, digits);
    if (isnan(q->average_high)) return low;
    return vci_chart_say(facts->language, VCI_TEXT_CLI_RANGE, low.text,
                         vci_number_format(q->average_high, digits).text);
}

vci_label vci_fact_required(const vci_facts *facts, const vc_required *q) {
    const vc_target *target = vci_fact_target(facts, q->result);
    vci_label label;
    if (rest_mark(facts, q->result) != VC_MARK_SHOWN) return plain("*");
    if (q->state != VC_REQUIRED_OPEN)
        return say(facts, q->state == VC_REQUIRED_SURE ? VCI_TEXT_LISTS_SURE
                                                       : VCI_TEXT_LISTS_LOST);
    vci_label average = vci_fact_average(facts, q);
    if (!isnan(q->average_high)) return average;
    snprintf(label.text, sizeof label.text, "%s %.100s",
             target->direction == VC_AT_MOST ? "≤" : "≥", average.text);
    return label;
}

/* --- all ---------------------------------------------------------------------------- */

vci_label vci_fact_text(const vci_facts *facts, size_t r, vci_fact fact) {
    const vc_result *result = vci_fact_result(facts, r);
    const vc_grade *grade = &facts->grades[r];
    switch (fact) {
    case VCI_FACT_UNIT:
        return vci_fact_unit(facts, result->unit);
    case VCI_FACT_YEAR_END:
        return vci_period_words(
            vc_target_term(vci_fact_target(facts, r), facts->run->panel.frequency).end,
            facts->run->panel.frequency, facts->language);
    case VCI_FACT_INDICATOR:
        return vci_fact_indicator(facts, vci_fact_target(facts, r)->indicator);
    case VCI_FACT_TO_DATE:
        return figure(facts, r, vci_fact_mark(facts, r, VC_SPAN_TO_DATE), result->to_date,
                      false);
    case VCI_FACT_LAST_YEAR:
        return figure(facts, r, vci_fact_mark(facts, r, VC_SPAN_LAST_YEAR),
                      result->same_period_last_year, false);
    case VCI_FACT_CHANGE:
        return change_text(facts, r);
    case VCI_FACT_TARGET:
        return target_text(facts, r);
    case VCI_FACT_GAP:
        return figure(facts, r, vci_fact_gap_mark(facts, r), result->gap, true);
    case VCI_FACT_MEDIAN:
        return figure(facts, r, vc_suppression_forecast(&facts->suppression, r),
                      result->quantile[VC_MEDIAN], false);
    case VCI_FACT_80:
        return interval_text(facts, r, VCI_TEXT_CLI_RANGE);
    case VCI_FACT_P_MET:
        return p_text(facts, r);
    case VCI_FACT_VERDICT:
        return verdict_text(facts, r);
    case VCI_FACT_GRADE:
        return grade_text(facts, r);
    case VCI_FACT_EVENTS:
        return size_text(facts, r, grade->n, false);
    case VCI_FACT_ALPHA:
        return size_text(facts, r, 100 * grade->alpha, true);
    case VCI_FACT_BETA:
        return size_text(facts, r, 100 * grade->beta, true);
    case VCI_FACT_NEEDED:
        return size_text(facts, r, grade->needed, false);
    case VCI_FACT_RECORD:
        return grade->level == VC_GRADE_NONE ? plain("—")
               : grade->beyond_chance        ? say(facts, VCI_TEXT_GRADE_BEYOND)
                                             : say(facts, VCI_TEXT_REPORT_WITHIN_CHANCE);
    case VCI_FACT_DEPARTMENT:
    case VCI_FACT_DONE:
    case VCI_FACT_GOAL:
    case VCI_FACT_REMAINING:
    case VCI_FACT_STATUS:
        return task_text(facts, r, fact);
    case VCI_FACTS:
        break;
    }
    return plain("");
}

vci_label vci_fact_words(const vci_facts *facts, size_t r, vci_fact fact) {
    const vc_result *result = vci_fact_result(facts, r);
    bool bound_shown = vc_suppression_bound(&facts->suppression, r) == VC_MARK_SHOWN;
    if (fact == VCI_FACT_80) return interval_text(facts, r, VCI_TEXT_CHART_BETWEEN);
    if (fact == VCI_FACT_P_MET && !result->settled && result->p_met == result->p_met)
        return vci_probability_words(result->p_met, facts->language);
    if (fact == VCI_FACT_TARGET && bound_shown)
        return vci_target_words(facts->run, result, facts->language);
    if (fact == VCI_FACT_TARGET)
        return vci_chart_say(facts->language, VCI_TEXT_CHART_TARGET,
                             target_text(facts, r).text);
    return vci_fact_text(facts, r, fact);
}

vci_tone vci_fact_tone(const vci_facts *facts, size_t r, vci_fact fact) {
    const vc_result *result = vci_fact_result(facts, r);
    bool coloured = vc_grade_coloured(&facts->grades[r]);
    bool by_p = fact == VCI_FACT_P_MET || fact == VCI_FACT_VERDICT;
    if (fact == VCI_FACT_RECORD && facts->grades[r].beyond_chance) return VCI_TONE_BAD;
    if (!coloured || (!by_p && fact != VCI_FACT_GAP)) return VCI_TONE_PLAIN;
    if (by_p)
        return result->p_met >= GOOD_FROM   ? VCI_TONE_GOOD
               : result->p_met <= BAD_UP_TO ? VCI_TONE_BAD
                                            : VCI_TONE_PLAIN;
    if (isnan(result->gap) || vci_fact_gap_mark(facts, r) != VC_MARK_SHOWN)
        return VCI_TONE_PLAIN;
    return result->gap > 0 ? VCI_TONE_BAD : VCI_TONE_GOOD;
}
