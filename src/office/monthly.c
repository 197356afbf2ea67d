#include "office/monthly_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/remedy_internal.h"

/* All figures of one unit, basis and column, by their ends, then their beginnings. */
typedef struct series {
    const vci_settings *settings;
    const vci_figures *figures;
    vc_findings *findings;
    size_t n;
    const size_t *order; /* [n] numbers of figures */
    vci_months *months;
    size_t begin; /* where its months begin in the list */
} series;

static int compare_numbers(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int compare_series(const vci_figure *a, const vci_figure *b) {
    int order = compare_numbers((int64_t)a->unit, (int64_t)b->unit);
    if (!order) order = compare_numbers(a->basis, b->basis);
    if (!order) order = compare_numbers(a->to, b->to);
    if (!order) order = compare_numbers((int64_t)a->indicator, (int64_t)b->indicator);
    return order;
}

static int compare_figures(const void *first, const void *second, void *list) {
    const vci_figure *a = (const vci_figure *)list + *(const size_t *)first;
    const vci_figure *b = (const vci_figure *)list + *(const size_t *)second;
    int order = compare_series(a, b);
    if (!order) order = compare_numbers(a->last, b->last);
    if (!order) order = compare_numbers(b->first, a->first); /* months before sums */
    if (!order)
        order = compare_numbers(*(const size_t *)first > *(const size_t *)second, 0);
    return order;
}

static int compare_months(const void *first, const void *second) {
    const vci_figure *a = &((const vci_month *)first)->figure;
    const vci_figure *b = &((const vci_month *)second)->figure;
    int order = compare_numbers(a->last, b->last);
    return order ? order : compare_series(a, b);
}

void vci_months_free(vci_months *months) {
    vci_free(months->list);
    memset(months, 0, sizeof *months);
}

static const vci_figure *figure_at(const series *s, size_t i) {
    return &s->figures->list[s->order[i]];
}

static vci_reference reference(const vci_figure *figure) {
    return vci_worksheet_reference(figure->sheet, figure->row, figure->column, true);
}

static vci_place place(const vci_figure *figure) {
    return vci_worksheet_place(figure->sheet, figure->row, figure->column);
}

static vc_status add_month(series *s, const vci_figure *figure, vc_period period,
                           double value, vci_how how, size_t less) {
    vc_status st = VC_OK;
    vci_months *months = s->months;
    VC_GROW(months->list, months->n, months->capacity);
    vci_month month = {.figure = *figure, .how = how, .less = less};
    month.figure.first = month.figure.last = period;
    month.figure.value = value;
    months->list[months->n++] = month;
out:
    return st;
}

/* The month of a period that is already known; NULL if it is not. */
static vci_month *known_month(const series *s, vc_period period) {
    for (size_t i = s->begin; i < s->months->n; i++)
        if (s->months->list[i].figure.last == period) return &s->months->list[i];
    return NULL;
}

static vc_status disagree(series *s, const vci_figure *a, const vci_figure *b, double va,
                          double vb) {
    return vci_finding_add(s->findings, VC_FAULT, "I11", place(b),
                           vci_text_get(VCI_TEXT_IMPORT_TWO_REMEDY, s->findings->language),
                           VCI_TEXT_IMPORT_TWO, reference(a).text, va, reference(b).text,
                           vb);
}

/* The same time twice: once is enough when the figures are equal. */
static vc_status is_repeated(series *s, size_t i, bool *repeated) {
    const vci_figure *own = figure_at(s, i);
    *repeated = false;
    for (size_t k = 0; k < i; k++) {
        const vci_figure *other = figure_at(s, k);
        if (other->first != own->first || other->last != own->last) continue;
        *repeated = true;
        if (other->value == own->value) return VC_OK;
        return disagree(s, other, own, other->value, own->value);
    }
    return VC_OK;
}

/* The longest earlier sum that begins with the same month; VCI_NO_FIGURE if there is none.
 */
static size_t sum_before(const series *s, size_t i) {
    const vci_figure *own = figure_at(s, i);
    size_t best = VCI_NO_FIGURE;
    for (size_t k = 0; k < i; k++)
        if (figure_at(s, k)->first == own->first && figure_at(s, k)->last < own->last)
            best = k;
    return best;
}

/* --- several months together ------------------------------------------------------------
 */

/* Whole parts by days, the largest remainders first; months that are known get nothing. */
static vc_status split(series *s, const vci_figure *figure, vc_period first, double rest) {
    vc_status st = VC_OK;
    double days = 0, left = rest, share[12], part[12];
    for (vc_period m = first; m <= figure->last; m++)
        days += known_month(s, m) ? 0 : vc_period_days(m, s->figures->frequency);
    size_t n = (size_t)(figure->last - first) + 1;
    for (size_t i = 0; i < n; i++) {
        bool known = known_month(s, first + (vc_period)i);
        share[i] =
            known
                ? -1
                : rest * vc_period_days(first + (vc_period)i, s->figures->frequency) / days;
        part[i] = known ? 0 : floor(share[i]);
        left -= part[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++)
            if (share[i] - part[i] > share[best] - part[best]) best = i;
        part[best]++;
    }
    for (size_t i = 0; i < n; i++)
        if (share[i] >= 0)
            VC_TRY(add_month(s, figure, first + (vc_period)i, part[i], VCI_HOW_SPLIT,
                             VCI_NO_FIGURE));
out:
    return st;
}

static vc_status joint(series *s, const vci_figure *figure, vc_period first, double rest) {
    char from[VC_PERIOD_TEXT], to[VC_PERIOD_TEXT];
    if (s->settings->joint == VCI_JOINT_LEAVE_OUT) return VC_OK;
    if (s->settings->joint == VCI_JOINT_SPLIT && rest >= 0 &&
        figure->last - first < (vc_period)s->figures->frequency)
        return split(s, figure, first, rest);
    vc_period_format(first, s->figures->frequency, from);
    vc_period_format(figure->last, s->figures->frequency, to);
    return vci_finding_add(
        s->findings, VC_FAULT, "I12", place(figure),
        vci_text_get(VCI_TEXT_IMPORT_JOINT_REMEDY, s->findings->language),
        VCI_TEXT_IMPORT_JOINT, reference(figure).text, from, to);
}

/*
 * What is left of a sum from `first` on, when the sum before it was taken off: less the
 * months that are known, it is one month, several, or nothing that is new.
 */
static vc_status take_rest(series *s, size_t i, vc_period first, double rest, size_t less) {
    const vci_figure *figure = figure_at(s, i);
    vc_period unknown = VC_NO_PERIOD;
    size_t n_unknown = 0;
    double whole = rest;
    bool alone = first == figure->last;
    for (vc_period m = first; m <= figure->last; m++) {
        const vci_month *month = known_month(s, m);
        if (month) {
            rest -= month->figure.value;
            alone = false;
        } else {
            unknown = m;
            n_unknown++;
        }
    }
    if (n_unknown == 0)
        return rest == 0 ? VC_OK
                         : disagree(s, &known_month(s, figure->last)->figure, figure,
                                    whole - rest, whole);
    if (n_unknown > 1) return joint(s, figure, first, rest);
    bool read = alone && figure->first == figure->last;
    return add_month(s, figure, unknown, rest, read ? VCI_HOW_READ : VCI_HOW_DIFFERENCE,
                     less);
}

static vc_status take_figure(series *s, size_t i) {
    vc_status st = VC_OK;
    const vci_figure *own = figure_at(s, i);
    bool repeated = false;
    VC_TRY(is_repeated(s, i, &repeated));
    if (repeated) goto out;
    size_t before = sum_before(s, i);
    if (before == VCI_NO_FIGURE) {
        VC_TRY(take_rest(s, i, own->first, own->value, VCI_NO_FIGURE));
    } else {
        const vci_figure *sum = figure_at(s, before);
        VC_TRY(take_rest(s, i, sum->last + 1, own->value - sum->value, s->order[before]));
    }
out:
    return st;
}

/* --- negative months --------------------------------------------------------------------
 */

/* Takes what is below zero off the months before it, the latest first. */
static bool correct(series *s, vci_month *negative) {
    vc_period period = negative->figure.last;
    double owed = -negative->figure.value;
    negative->figure.value = 0;
    negative->how = VCI_HOW_CORRECTED;
    while (owed > 0) {
        vci_month *month = known_month(s, --period);
        if (!month) return false;
        double taken = month->figure.value < owed ? month->figure.value : owed;
        if (taken <= 0) continue;
        month->figure.value -= taken;
        month->how = VCI_HOW_CORRECTED;
        owed -= taken;
    }
    return true;
}

static int by_period(const void *first, const void *second) {
    return compare_numbers(((const vci_month *)first)->figure.last,
                           ((const vci_month *)second)->figure.last);
}

static vc_status check_negative(series *s) {
    vc_status st = VC_OK;
    size_t n = s->months->n - s->begin;
    if (n == 0) goto out;
    qsort(s->months->list + s->begin, n, sizeof *s->months->list, by_period);
    for (size_t i = s->begin; i < s->months->n; i++) {
        vci_month *month = &s->months->list[i];
        const vci_figure figure = month->figure;
        if (figure.value >= 0 || figure.to == VCI_TO_VALUE) continue;
        if (s->settings->negative == VCI_NEGATIVE_EARLIER && correct(s, month)) continue;
        char period[VC_PERIOD_TEXT];
        vc_period_format(figure.last, s->figures->frequency, period);
        VC_TRY(vci_finding_add(
            s->findings, VC_FAULT, "I13", place(&figure),
            vci_text_get(VCI_TEXT_IMPORT_NEGATIVE_REMEDY, s->findings->language),
            VCI_TEXT_IMPORT_NEGATIVE, reference(&figure).text, period, figure.value));
    }
out:
    return st;
}

vc_status vci_months_form(const vci_settings *settings, const vci_figures *figures,
                          vc_findings *findings, vci_months *months) {
    vc_status st = VC_OK;
    size_t *order = NULL;
    VC_NEW(order, figures->n);
    for (size_t i = 0; i < figures->n; i++) order[i] = i;
    if (figures->n > 0)
        qsort_r(order, figures->n, sizeof *order, compare_figures, figures->list);
    for (size_t begin = 0, end; begin < figures->n; begin = end) {
        for (end = begin + 1; end < figures->n; end++)
            if (compare_series(&figures->list[order[begin]], &figures->list[order[end]]))
                break;
        series s = {settings,      figures, findings, end - begin,
                    order + begin, months,  months->n};
        for (size_t i = 0; i < s.n; i++) VC_TRY(take_figure(&s, i));
        VC_TRY(check_negative(&s));
    }
    if (months->n > 0) qsort(months->list, months->n, sizeof *months->list, compare_months);
out:
    vci_free(order);
    return st;
}
