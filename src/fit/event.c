/*
 * Dated steps and pulses; zodiac years. Chinese New Year, days after 1 January, 1900 to
 * 2100: Chinese calendar of ICU 78.2 (Unicode, unicode-org/icu).
 */
#include "fit/event_internal.h"

#define FIRST_YEAR 1900
#define YEARS 201

static const unsigned char NEW_YEAR[YEARS] = {
    30, 49, 38, 28, 46, 34, 24, 43, 32, 21, 40, 29, 48, 36, 25, 44, 33, 22, 41, 31, 50,
    38, 27, 46, 35, 23, 43, 32, 22, 40, 29, 47, 36, 25, 44, 34, 23, 41, 30, 49, 38, 26,
    45, 35, 24, 43, 32, 21, 40, 28, 47, 36, 26, 44, 34, 23, 42, 30, 48, 38, 27, 45, 35,
    24, 43, 32, 20, 39, 29, 47, 36, 26, 45, 33, 22, 41, 30, 48, 37, 27, 46, 35, 24, 43,
    32, 50, 39, 28, 47, 36, 26, 45, 34, 22, 40, 30, 49, 37, 27, 46, 35, 23, 42, 31, 21,
    39, 28, 48, 37, 25, 44, 33, 22, 40, 30, 49, 38, 27, 46, 35, 24, 42, 31, 21, 40, 28,
    47, 37, 25, 43, 32, 22, 41, 30, 49, 38, 27, 45, 34, 23, 42, 31, 21, 40, 29, 47, 36,
    25, 44, 32, 22, 41, 31, 49, 38, 27, 45, 34, 23, 42, 32, 20, 39, 28, 47, 35, 25, 44,
    33, 22, 41, 30, 49, 37, 26, 45, 35, 23, 42, 32, 21, 39, 28, 47, 36, 25, 44, 33, 23,
    40, 29, 48, 37, 26, 45, 35, 24, 42, 31, 20, 39};

/* Days from 1970-01-01 to the first day of a Chinese year. */
static int32_t new_year(int year) {
    int at = year < FIRST_YEAR            ? 0
             : year >= FIRST_YEAR + YEARS ? YEARS - 1
                                          : year - FIRST_YEAR;
    return vc_period_first_day(year, VC_YEARLY) + NEW_YEAR[at];
}

/* Share of a period's days that lie in Chinese years of an animal; 1900 was a rat. */
static double zodiac_share(int animal, vc_frequency frequency, vc_period period) {
    int32_t from = vc_period_first_day(period, frequency), days = 0;
    int32_t to = vc_period_first_day(period + 1, frequency);
    int year = vc_period_year(period, frequency);
    for (int y = year - 1; y <= year; y++) {
        if (((y - FIRST_YEAR) % 12 + 12) % 12 != animal) continue;
        int32_t begin = new_year(y), end = new_year(y + 1);
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
