/*
 * Cells that hold a period: one form is read, the others are told apart to explain the
 * refusal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/remedy_internal.h"
#include "data/table_parts_internal.h"

#define LONGEST 64
#define EARLIEST_YEAR 1500
#define LATEST_YEAR 2300

/* Reads digits at *at; how many there were, at most 8. */
static int scan_digits(const char **at, int *number) {
    int n = 0;
    for (*number = 0; **at >= '0' && **at <= '9' && n < 8; n++)
        *number = 10 * *number + (*(*at)++ - '0');
    return n;
}

static bool scan_text(const char **at, const char *text) {
    size_t n = strlen(text);
    if (strncmp(*at, text, n) != 0) return false;
    *at += n;
    return true;
}

/* 2013年7月, 2013年3季度, 2013年第3季度, 2013年. place is 1-based in the year. */
static bool parse_chinese(const char *at, vc_frequency frequency, int *year, int *place) {
    *place = 1;
    if (scan_digits(&at, year) != 4 || !scan_text(&at, "年")) return false;
    if (frequency == VC_YEARLY) return *at == '\0';
    if (frequency == VC_QUARTERLY) scan_text(&at, "第");
    int n = scan_digits(&at, place);
    if (n < 1 || n > 2) return false;
    return scan_text(&at, frequency == VC_MONTHLY ? "月" : "季度") && *at == '\0';
}

static bool parse_period(const char *text, vc_frequency frequency, vc_period *period) {
    if (vc_period_parse(text, frequency, period)) {
        int year = vc_period_year(*period, frequency);
        return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
    }
    int year = 0, place = 0;
    if (!parse_chinese(text, frequency, &year, &place)) return false;
    if (year < EARLIEST_YEAR || year > LATEST_YEAR || place < 1 || place > (int)frequency)
        return false;
    *period = year * (int)frequency + place - 1;
    return true;
}

static bool holds_any(const char *text, size_t n, const char *const *parts) {
    for (size_t i = 0; i < n; i++)
        if (strstr(text, parts[i])) return true;
    return false;
}

/* A year of another calendar: 民国113年, 113-03, 令和6年, 2567-01. */
static bool is_other_era(const char *text) {
    static const char *const eras[] = {"民国", "民國", "令和", "平成",
                                       "昭和", "农历", "農曆"};
    if (holds_any(text, sizeof eras / sizeof *eras, eras)) return true;
    const char *at = text;
    int year = 0, n = scan_digits(&at, &year);
    if (n < 2 || *at == '\0') return false;
    if (n == 4) return (*at == '-' || scan_text(&at, "年")) && year > LATEST_YEAR;
    return n <= 3 && (scan_text(&at, "年") || (n == 3 && *at == '-'));
}

/* A month outside 1..12, a quarter outside 1..4, or a day as well: 2013-13, 2013-07-01. */
static bool is_off_the_year(const char *text, vc_frequency frequency) {
    const char *at = text;
    int year = 0, place = 0, largest = frequency == VC_QUARTERLY ? 4 : 12;
    if (scan_digits(&at, &year) != 4) return false;
    if (*at != '-' && *at != '/' && *at != '.' && !scan_text(&at, "年")) return false;
    if (*at == '-' || *at == '/' || *at == '.') at++;
    if (frequency == VC_QUARTERLY && !scan_text(&at, "Q")) scan_text(&at, "第");
    int n = scan_digits(&at, &place);
    if (n < 1 || n > 2) return false;
    if (place < 1 || place > largest) return true;
    if (*at != '-' && *at != '/' && *at != '.' && !scan_text(&at, "月")) return false;
    while (*at == '-' || *at == '/' || *at == '.') at++;
    return scan_digits(&at, &place) >= 1;
}

static bool is_other_frequency(const char *text) {
    static const vc_frequency all[] = {VC_YEARLY, VC_QUARTERLY, VC_MONTHLY};
    vc_period period = 0;
    for (size_t i = 0; i < 3; i++)
        if (parse_period(text, all[i], &period)) return true;
    bool has_letter = false;
    for (const char *at = text; *at; at++)
        has_letter = has_letter || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
    return has_letter || strstr(text, "季") || strstr(text, "周");
}

static bool is_day_number(const char *text) {
    const char *at = text;
    int number = 0;
    return scan_digits(&at, &number) == 5 && (*at == '\0' || *at == '.');
}

typedef struct refusal {
    const char *kind;
    vci_text message;
} refusal;

static refusal explain(const char *text, vc_frequency frequency) {
    if (is_other_era(text)) return (refusal){"M05", VCI_TEXT_PERIOD_ERA};
    if (is_off_the_year(text, frequency)) return (refusal){"M01", VCI_TEXT_PERIOD_OFF};
    if (is_day_number(text)) return (refusal){"M04", VCI_TEXT_PERIOD_DAY_NUMBER};
    if (is_other_frequency(text)) return (refusal){"M06", VCI_TEXT_PERIOD_FREQUENCY};
    return (refusal){"M03", VCI_TEXT_PERIOD_FORM};
}

bool vci_table_period(const vci_table *table, size_t row, size_t wish,
                      vc_frequency frequency, vc_findings *findings, vc_period *period,
                      vc_status *st) {
    const vci_cell *cell = vci_table_cell(table, row, wish);
    *period = VC_NO_PERIOD;
    if (!cell || cell->n == 0) return true;
    char text[LONGEST];
    snprintf(text, sizeof text, "%.*s", (int)(cell->n < LONGEST ? cell->n : LONGEST),
             cell->text);
    if (cell->n < LONGEST && parse_period(text, frequency, period)) return true;
    *period = VC_NO_PERIOD;
    refusal why = explain(text, frequency);
    const char *expected = frequency == VC_MONTHLY     ? "2013-07"
                           : frequency == VC_QUARTERLY ? "2013-Q3"
                                                       : "2013";
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_PERIOD_EXPECTED, expected);
    vc_status added =
        vci_finding_add(findings, VC_FAULT, why.kind, vci_cell_place(table, cell),
                        remedy.text, why.message, vci_quote(cell->text, cell->n).text);
    if (*st == VC_OK) *st = added;
    return false;
}
