/* Periods and assessment years. Days by the civil calendar (proleptic Gregorian). */
#include "vitalcast/period.h"

#include <stdio.h>
#include <string.h>

static bool digits(const char *text, size_t n, int *value) {
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

static bool parse_in_year(const char *text, vc_frequency frequency, int *in_year) {
    *in_year = 0;
    switch (frequency) {
    case VC_YEARLY:
        return *text == 0;
    case VC_QUARTERLY:
        if (strlen(text) != 3 || text[0] != '-' || text[1] != 'Q') return false;
        return digits(text + 2, 1, in_year) && *in_year >= 1 && (*in_year)-- <= 4;
    case VC_MONTHLY:
        if (strlen(text) != 3 || text[0] != '-') return false;
        return digits(text + 1, 2, in_year) && *in_year >= 1 && (*in_year)-- <= 12;
    }
    return false;
}

bool vc_period_parse(const char *text, vc_frequency frequency, vc_period *period) {
    int year, in_year;
    if (strlen(text) < 4 || !digits(text, 4, &year) || year < 1000 || year > 2999)
        return false;
    if (!parse_in_year(text + 4, frequency, &in_year)) return false;
    *period = year * (vc_period)frequency + in_year;
    return true;
}

int vc_period_year(vc_period period, vc_frequency frequency) {
    return period / (int)frequency;
}

int vc_period_in_year(vc_period period, vc_frequency frequency) {
    return period % (int)frequency;
}

void vc_period_format(vc_period period, vc_frequency frequency,
                      char text[VC_DIM(VC_PERIOD_TEXT)]) {
    int year = vc_period_year(period, frequency),
        in = vc_period_in_year(period, frequency) + 1;
    if (frequency == VC_MONTHLY)
        snprintf(text, VC_PERIOD_TEXT, "%04d-%02d", year, in);
    else if (frequency == VC_QUARTERLY)
        snprintf(text, VC_PERIOD_TEXT, "%04d-Q%d", year, in);
    else
        snprintf(text, VC_PERIOD_TEXT, "%04d", year);
}

/* Days from 1970-01-01 to the first of a month. */
static int32_t month_start(int year, int month) {
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    /* 719162 days lie between 0001-01-01 and 1970-01-01. */
    return (year - 1) * 365 + leaps - 719162 + before[month] + (leap && month > 1);
}

int32_t vc_period_first_day(vc_period period, vc_frequency frequency) {
    int months = 12 / (int)frequency;
    return month_start(vc_period_year(period, frequency),
                       vc_period_in_year(period, frequency) * months);
}

int vc_period_days(vc_period period, vc_frequency frequency) {
    return vc_period_first_day(period + 1, frequency) -
           vc_period_first_day(period, frequency);
}

vc_year vc_year_ending(vc_period end, vc_frequency frequency) {
    return (vc_year){end - (vc_period)frequency + 1, end};
}

int vc_period_span_days(vc_period first, vc_period last, vc_frequency frequency) {
    return vc_period_first_day(last + 1, frequency) - vc_period_first_day(first, frequency);
}
