/*
 * Points of time at which a span that is told begins or ends. Whoever knows the sums of
 * spans can work out the sum between any two such points that they link, so that what may
 * not be small is the stretch between neighbours.
 */
#include <math.h>

#include "assess/suppression_internal.h"
#include "core/memory_internal.h"

vc_year vci_span_periods(const vc_run *run, vc_span span, vc_year window) {
    vc_period length = (vc_period)run->panel.frequency;
    vc_period last = run->as_of < window.end ? run->as_of : window.end;
    switch (span) {
    case VC_SPAN_PERIOD:
        return (vc_year){last, last};
    case VC_SPAN_TO_DATE:
        return (vc_year){window.first, last};
    case VC_SPAN_LAST_YEAR:
        return (vc_year){window.first - length, last - length};
    case VC_SPAN_PREVIOUS_YEAR:
        return (vc_year){window.first - length, window.end - length};
    case VC_SPAN_YEARS:
    case VC_SPAN_EACH_PERIOD:
        break;
    }
    return (vc_year){last - length + 1, last};
}

size_t vci_cuts_place(vc_period first, size_t n, vc_period at) {
    if (at < first) return 0;
    return (size_t)(at - first) < n ? (size_t)(at - first) : n;
}

static void cut(vci_cuts *cuts, vc_period at, vc_detail detail) {
    size_t place = vci_cuts_place(cuts->first, cuts->n, at);
    if (cuts->detail[place] > detail) cuts->detail[place] = (unsigned char)detail;
}

static void cut_span(vci_cuts *cuts, vc_year span, vc_detail detail) {
    if (span.first > span.end) return;
    cut(cuts, span.first, detail);
    cut(cuts, span.end + 1, detail);
}

/* One, three and five years together up to a period. */
static void cut_years(vci_cuts *cuts, vc_period last, vc_period length, vc_detail detail) {
    for (vc_period years = 1; years <= 5; years += 2)
        cut_span(cuts, (vc_year){last - years * length + 1, last}, detail);
}

/* Months, quarters and halves of a year are told in more detail than the year. */
static void cut_target(const vc_run *run, vci_cuts *cuts, const vc_target *target) {
    static const vc_span spans[] = {VC_SPAN_TO_DATE, VC_SPAN_LAST_YEAR,
                                    VC_SPAN_PREVIOUS_YEAR};
    vc_frequency frequency = run->panel.frequency;
    vc_period length = (vc_period)frequency;
    vc_year window = vc_target_window(target, frequency);
    bool part = target->length > 0 && target->length < length;
    vc_detail detail = part ? VC_DETAIL_PERIOD : VC_DETAIL_TO_DATE;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        cut_span(cuts, vci_span_periods(run, spans[i], window), detail);
    if (window.end < run->as_of) cut_years(cuts, window.end, length, detail);
    cut_span(cuts, vci_span_periods(run, VC_SPAN_PERIOD, window), VC_DETAIL_PERIOD);
    vc_period from = vc_year_ending(target->year_end, frequency).first - length;
    if (length == 1) from = cuts->first;
    for (vc_period p = from; p <= run->as_of; p++) cut(cuts, p, VC_DETAIL_EACH_PERIOD);
}

vc_status vci_cuts_find(const vc_run *run, vci_cuts *cuts) {
    vc_status st = VC_OK;
    *cuts = (vci_cuts){run->panel.first, run->panel.n_periods, NULL};
    VC_NEW(cuts->detail, cuts->n + 1);
    for (size_t i = 0; i <= cuts->n; i++) cuts->detail[i] = VC_DETAILS;
    cut_years(cuts, run->as_of, (vc_period)run->panel.frequency, VC_DETAIL_YEARS);
    for (size_t i = 0; i < run->targets.n; i++)
        cut_target(run, cuts, &run->targets.list[i]);
    /* a required average tells the year before the first incomplete period */
    for (size_t r = 0; r < run->n_results; r++)
        if (run->results[r].path_n > 0 && run->results[r].path_first <= run->as_of)
            cut(cuts, run->results[r].path_first, VC_DETAIL_PERIOD);
out:
    return st;
}

void vci_cuts_free(vci_cuts *cuts) {
    vci_free(cuts->detail);
    *cuts = (vci_cuts){0};
}

size_t vci_cuts_count(const vci_cuts *cuts, vc_detail detail) {
    size_t n = 0;
    for (size_t i = 0; i <= cuts->n; i++) n += cuts->detail[i] <= detail;
    return n > 0 ? n - 1 : 0;
}

void vci_cuts_sum(const vci_cuts *cuts, vc_detail detail, const double *series,
                  double *sum) {
    size_t at = 0, n = vci_cuts_count(cuts, detail);
    bool begun = false;
    for (size_t i = 0; i < n; i++) sum[i] = NAN;
    for (size_t i = 0; i < cuts->n && at < n; i++) {
        if (cuts->detail[i] <= detail) {
            at += begun;
            begun = true;
        }
        if (!begun || at >= n || isnan(series[i])) continue;
        sum[at] = isnan(sum[at]) ? series[i] : sum[at] + series[i];
    }
}

static double known(const double *series, size_t begin, size_t end) {
    double sum = 0;
    for (size_t i = begin; i < end; i++)
        if (!isnan(series[i])) sum += series[i];
    return sum;
}

/* The next point of a detail after a place; n + 1 if there is none. */
static size_t next_cut(const vci_cuts *cuts, vc_detail detail, size_t place) {
    do place++;
    while (place <= cuts->n && cuts->detail[place] > detail);
    return place;
}

/* The same within one stretch that is told: any sum of neighbours in it that is small. */
static bool balances(const vci_cuts *cuts, size_t begin, size_t end, vc_detail fine,
                     const double *part, const double *other, double min_cell) {
    double all = known(other, begin, end);
    for (size_t first = begin; first < end; first = next_cut(cuts, fine, first))
        for (size_t last = next_cut(cuts, fine, first); last <= end;
             last = next_cut(cuts, fine, last)) {
            double lost = known(part, first, last);
            if (lost >= min_cell) break;
            if (all - known(other, first, last) < lost) return false;
        }
    return true;
}

bool vci_cuts_balance(const vci_cuts *cuts, vc_detail told, vc_detail fine,
                      const double *part, const double *other, double min_cell) {
    size_t begin = 0, end;
    while (begin <= cuts->n && cuts->detail[begin] > told) begin++;
    for (; (end = next_cut(cuts, told, begin)) <= cuts->n; begin = end)
        if (!balances(cuts, begin, end, fine, part, other, min_cell)) return false;
    return true;
}
