#include "office/when_internal.h"

#include <string.h>

static int digits(const char **at, int most, int *number) {
    int n = 0;
    for (*number = 0; **at >= '0' && **at <= '9' && n < most; n++)
        *number = 10 * *number + (*(*at)++ - '0');
    return n;
}

static bool skip(const char **at, const char *text) {
    size_t n = strlen(text);
    if (strncmp(*at, text, n) != 0) return false;
    *at += n;
    return true;
}

static bool skip_any(const char **at, const char *const *texts) {
    for (size_t i = 0; texts[i]; i++)
        if (skip(at, texts[i])) return true;
    return false;
}

static bool skip_dash(const char **at) {
    static const char *const dashes[] = {"——", "—", "–", "－", "-", "~", "～", "至", NULL};
    return skip_any(at, dashes);
}

/* A month in figures or words, 1 to 12. */
static bool month(const char **at, int *number) {
    static const char *const words[] = {"十二", "十一", "十", "一", "二", "三",
                                        "四",   "五",   "六", "七", "八", "九"};
    static const int numbers[] = {12, 11, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const char *start = *at;
    for (size_t i = 0; i < 12; i++)
        if (skip(at, words[i])) {
            *number = numbers[i];
            return true;
        }
    int n = digits(at, 2, number);
    if (n > 0 && *number >= 1 && *number <= 12 && !(**at >= '0' && **at <= '9'))
        return true;
    *at = start;
    return false;
}

/* 7月, 1-7月, 1月-7月, 7月份. */
static bool months(const char **at, vci_when *when) {
    const char *start = *at;
    if (!month(at, &when->first)) return false;
    bool named = skip(at, "月");
    if (named) skip(at, "份");
    when->last = when->first;
    const char *behind = *at;
    if (skip_dash(at) && month(at, &when->last) && skip(at, "月")) {
        skip(at, "份");
        if (when->last > when->first) return true;
    }
    when->last = when->first;
    *at = named ? behind : start;
    if (!named) when->first = when->last = 0;
    return named;
}

/* A part of a year by its name. */
static bool part(const char **at, vci_when *when) {
    static const struct {
        const char *text;
        int first, last;
    } parts[] = {{"上半年", 1, 6},   {"前三季度", 1, 9}, {"一至三季度", 1, 9},
                 {"1-3季度", 1, 9},  {"下半年", 7, 12},  {"第一季度", 1, 3},
                 {"一季度", 1, 3},   {"二季度", 4, 6},   {"三季度", 7, 9},
                 {"四季度", 10, 12}, {"全年", 1, 12}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (skip(at, parts[i].text)) {
            when->first = parts[i].first;
            when->last = parts[i].last;
            return true;
        }
    return false;
}

/* 2013-07, 2013.7, 2013/7/1: a month and perhaps a day behind the same sign. */
static bool figures(const char **at, vci_when *when) {
    char sign = **at;
    int number = 0;
    if (sign != '-' && sign != '.' && sign != '/') return false;
    ++*at;
    int n = digits(at, 2, &when->first);
    if (n == 0 || when->first < 1 || when->first > 12) return false;
    when->last = when->first;
    if (**at == sign) {
        const char *day = *at + 1;
        if (digits(&day, 2, &number) > 0 && number >= 1 && number <= 31) *at = day;
    }
    return !(**at >= '0' && **at <= '9');
}

/* A year of four figures, and what follows it. */
static bool year_first(const char **at, vci_when *when) {
    if (digits(at, 4, &when->year) != 4 || when->year < 1900 || when->year > 2199)
        return false;
    if (**at >= '0' && **at <= '9') return false;
    if (skip(at, "年度") || skip(at, "年")) {
        const char *behind = *at;
        if (!part(at, when) && !months(at, when)) *at = behind;
        return true;
    }
    return figures(at, when);
}

static bool find_at(const char **at, bool after_digit, vci_when *when) {
    const char *start = *at;
    memset(when, 0, sizeof *when);
    if (!after_digit && year_first(at, when)) return true;
    *at = start;
    memset(when, 0, sizeof *when);
    if (part(at, when)) return true;
    *at = start;
    return !after_digit && months(at, when);
}

bool vci_when_find(const char *plain, vci_when *when, const char **rest) {
    bool after_digit = false;
    for (const char *at = plain; *at; at++) {
        const char *end = at;
        if (find_at(&end, after_digit, when)) {
            if (rest) *rest = end;
            return true;
        }
        after_digit = *at >= '0' && *at <= '9';
    }
    memset(when, 0, sizeof *when);
    return false;
}

bool vci_when_read(const char *plain, bool month_ok, vci_when *when) {
    const char *rest = plain;
    if (find_at(&rest, false, when) && *rest == '\0') return true;
    memset(when, 0, sizeof *when);
    rest = plain;
    if (!month_ok || !month(&rest, &when->first) || *rest) return false;
    when->last = when->first;
    return true;
}
