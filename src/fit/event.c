/* Dated steps and pulses; zodiac years. */
#include "fit/event_internal.h"

#include "core/lunar_internal.h"

#define RAT_YEAR 1900

/* Share of a period's days that lie in Chinese years of an animal. */
static double zodiac_share(int animal, vc_frequency frequency, vc_period period) {
    int32_t from = vc_period_first_day(period, frequency), days = 0;
    int32_t to = vc_period_first_day(period + 1, frequency);
    int year = vc_period_year(period, frequency);
    for (int y = year - 1; y <= year; y++) {
        if (((y - RAT_YEAR) % 12 + 12) % 12 != animal) continue;
        int32_t begin = vci_lunar_new_year(y), end = vci_lunar_new_year(y + 1);
        if (begin < from) begin = from;
        if (end > to) end = to;
        if (end > begin) days += end - begin;
    }
    return (double)days / (double)(to - from);
}

/* The first period that begins on or after the one that is written. */
static vc_period period_of(const char *text, vc_frequency frequency) {
    static const vc_frequency forms[] = {VC_MONTHLY, VC_QUARTERLY, VC_YEARLY};
    for (size_t i = 0; i < 3; i++) {
        vc_period p;
        if (!vc_period_parse(text, forms[i], &p)) continue;
        int32_t day = vc_period_first_day(p, forms[i]);
        vc_period q = vc_period_year(p, forms[i]) * (vc_period)frequency;
        while (vc_period_first_day(q, frequency) < day) q++;
        return q;
    }
    return VC_NO_PERIOD;
}

void vci_event_fill(const vc_model_event *event, vc_frequency frequency, vc_period first,
                    size_t n, double *x) {
    vc_period from = period_of(event->from, frequency);
    for (size_t t = 0; t < n; t++) {
        vc_period period = first + (vc_period)t;
        switch (event->kind) {
        case VC_STEP_EVENT:
            x[t] = period >= from;
            break;
        case VC_PULSE_EVENT:
            x[t] = period == from;
            break;
        case VC_ZODIAC_EVENT:
            x[t] = zodiac_share(event->animal, frequency, period);
            break;
        }
    }
}
