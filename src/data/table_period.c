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
    static const char *const eras[] = {"民国", "民國", "令和", "平成", "昭和",
                                       "农历", "農曆", "正月", "冬月", "腊月",
                                       "臘月", "闰",   "閏",   "พ.ศ."};
    if (holds_any(text, sizeof eras / sizeof *eras, eras)) return true;
    const char *at = text;
    int year = 0;
    if (strchr("MTSHR", *text) && *text) { /* H25.3: Heisei 25 */
        at++;
        int n_era = scan_digits(&at, &year);
        return (n_era == 1 || n_era == 2) && (*at == '.' || *at == '-' || *at == '/');
    }
    int n = scan_digits(&at, &year);
    if (n < 2 || *at == '\0') return false;
    if (n == 4)
        return (*at == '-' || scan_text(&at, "年")) &&
               (year > LATEST_YEAR || year < EARLIEST_YEAR);
    return n <= 3 && (scan_text(&at, "年") || (n == 3 && *at && strchr("-/.", *at)));
}

static bool is_month_name(const char *text) {
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncasecmp(text, names[i], 3) == 0)
            return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.") ==
                   strlen(text);
    return false;
}

/* A month that does not say of which year, or of which of two: 7月, 07, Mar, FY2013-04. */
static bool has_no_year(const char *text) {
    static const char *const names[] = {"一", "二", "三", "四", "五",   "六",
                                        "七", "八", "九", "十", "十一", "十二"};
    const char *at = text;
    int month = 0, second = 0, n = scan_digits(&at, &month);
    if (strncmp(text, "FY", 2) == 0 || is_month_name(text)) return true;
    if (n == 4 && *at == '/' && month < 2300) {
        at++;
        return scan_digits(&at, &second) == 2 && *at == '\0' && second > 12;
    }
    for (size_t i = sizeof names / sizeof *names; n == 0 && i > 0; i--)
        if (scan_text(&at, names[i - 1])) n = 1;
    if (n < 1 || n > 2) return false;
    return *at == '\0' || strcmp(at, "月") == 0 || strcmp(at, "月份") == 0;
}

/* Several periods in one: 2013年1-6月, 上半年, 2013年合计, 2013H1, Jan-Jun. */
static bool is_subtotal(const char *text) {
    static const char *const words[] = {"合计", "合計", "小计", "小計", "累计",
                                        "累計", "半年", "全年", "H1",   "H2",
                                        "YTD",  "otal", "~",    "至"};
    if (holds_any(text, sizeof words / sizeof *words, words)) return true;
    const char *dash = strchr(text, '-');
    if (!dash) return false;
    const char *from = dash, *to = dash + 1;
    while (from > text && from[-1] >= '0' && from[-1] <= '9') from--;
    size_t n_before = (size_t)(dash - from), n_after = strspn(to, "0123456789");
    bool months = n_before >= 1 && n_before <= 2 && n_after >= 1 && n_after <= 2;
    return (months && strncmp(to + n_after, "月", strlen("月")) == 0) ||
           (dash - text == 3 && strncasecmp(text, "jan", 3) == 0 && *to >= 'A');
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
    return has_letter || strstr(text, "季") || strstr(text, "周") || strstr(text, "月");
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

bool vci_period_named(const vci_cell *cell, vc_frequency frequency) {
    char text[LONGEST];
    vc_period period = 0;
    if (cell->n >= LONGEST) return false;
    snprintf(text, sizeof text, "%.*s", (int)cell->n, cell->text);
    return parse_period(text, frequency, &period);
}

/* Are there periods of the declared kind in the rows around? */
static bool among_periods(const vci_table *table, size_t row, size_t wish,
                          vc_frequency frequency) {
    const size_t rows[] = {row > 0 ? row - 1 : 1, row + 1, 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i] >= table->n_rows || rows[i] == row) continue;
        const vci_cell *cell = vci_table_cell(table, rows[i], wish);
        if (cell && vci_period_named(cell, frequency)) return true;
    }
    return false;
}

/* A longer period among the declared ones: 2013 or 2013-Q1 among months. */
static bool is_longer(const char *text, vc_frequency frequency) {
    static const vc_frequency all[] = {VC_YEARLY, VC_QUARTERLY};
    vc_period period = 0;
    for (size_t i = 0; i < 2; i++)
        if (all[i] < frequency && parse_period(text, all[i], &period)) return true;
    return false;
}

static refusal explain(const char *text, vc_frequency frequency, bool among) {
    if (is_other_era(text)) return (refusal){"M05", VCI_TEXT_PERIOD_ERA};
    if (is_subtotal(text) || (among && is_longer(text, frequency)))
        return (refusal){"T10", VCI_TEXT_PERIOD_SUBTOTAL};
    if (has_no_year(text)) return (refusal){"M14", VCI_TEXT_PERIOD_NO_YEAR};
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
    refusal why = explain(text, frequency, among_periods(table, row, wish, frequency));
    const char *expected = frequency == VC_MONTHLY     ? "2013-07"
                           : frequency == VC_QUARTERLY ? "2013-Q3"
                                                       : "2013";
    vci_remedy remedy = vci_remedy_make(findings,
                                        why.message == VCI_TEXT_PERIOD_SUBTOTAL
                                            ? VCI_TEXT_PERIOD_SUBTOTAL_REMEDY
                                            : VCI_TEXT_PERIOD_EXPECTED,
                                        expected);
    vc_status added =
        vci_finding_add(findings, VC_FAULT, why.kind, vci_cell_place(table, cell),
                        remedy.text, why.message, vci_quote(cell->text, cell->n).text);
    if (*st == VC_OK) *st = added;
    return false;
}
