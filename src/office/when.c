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

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
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

/* A quarter in figures or words, 1 to 4. */
static bool quarter(const char **at, int *number) {
    const char *start = *at;
    if (month(at, number) && *number <= 4) return true;
    *at = start;
    return false;
}

/* Q3, which is no part of a word. */
static bool letter_quarter(const char **at, int *number) {
    const char *start = *at;
    bool found = skip(at, "q") && digits(at, 1, number) == 1 && *number >= 1 &&
                 *number <= 4 && !is_alphanumeric(**at);
    if (!found) *at = start;
    return found;
}

/* 第二季度, 2季度, 一至三季度, 前三季度, Q3. */
static bool quarters(const char **at, vci_when *when) {
    int first = 0, last = 0;
    bool named = letter_quarter(at, &last);
    if (named) {
        first = last;
    } else if (skip(at, "前")) {
        first = 1;
        if (skip(at, "两")) last = 2;
        named = (last || quarter(at, &last)) && skip(at, "季度");
    } else {
        skip(at, "第");
        if (!quarter(at, &first)) return false;
        named = skip(at, "季度");
        last = first;
        const char *behind = *at;
        bool to = skip_dash(at) && (skip(at, "第"), quarter(at, &last)) &&
                  skip(at, "季度") && last > first;
        if (!to) *at = behind;
        if (!to) last = first;
        named = named || to;
    }
    if (named) *when = (vci_when){when->year, 3 * first - 2, 3 * last, true};
    return named;
}

/* A part of a year by its name. */
static bool part(const char **at, vci_when *when) {
    static const struct {
        const char *text;
        int first, last;
    } parts[] = {{"上半年", 1, 6}, {"下半年", 7, 12}, {"全年", 1, 12}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (skip(at, parts[i].text)) {
            when->first = parts[i].first;
            when->last = parts[i].last;
            return true;
        }
    const char *start = *at;
    if (quarters(at, when)) return true;
    *at = start;
    return false;
}

/* 2013-07, 2013.7, 2013/7/1: a month and perhaps a day behind the same sign. */
static bool figures(const char **at, vci_when *when) {
    char sign = **at;
    int number = 0;
    if (sign != '-' && sign != '.' && sign != '/') return false;
    ++*at;
    const char *behind = *at;
    if (quarters(at, when)) return true;
    *at = behind;
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
    const char *behind = *at;
    if (quarters(at, when)) return true;
    *at = behind;
    return figures(at, when);
}

static bool find_at(const char **at, char before, vci_when *when) {
    const char *start = *at;
    bool after_digit = before >= '0' && before <= '9';
    memset(when, 0, sizeof *when);
    if (!after_digit && year_first(at, when)) return true;
    *at = start;
    memset(when, 0, sizeof *when);
    if (!(is_alphanumeric(before) && is_alphanumeric(*start)) && part(at, when))
        return true;
    *at = start;
    return !after_digit && months(at, when);
}

bool vci_when_find(const char *plain, vci_when *when, const char **rest) {
    char before = '\0';
    for (const char *at = plain; *at; at++) {
        const char *end = at;
        if (find_at(&end, before, when)) {
            if (rest) *rest = end;
            return true;
        }
        before = *at;
    }
    memset(when, 0, sizeof *when);
    return false;
}

bool vci_when_read(const char *plain, vci_bare bare, vci_when *when) {
    const char *rest = plain;
    int number = 0;
    if (find_at(&rest, '\0', when) && *rest == '\0') return true;
    memset(when, 0, sizeof *when);
    rest = plain;
    if (bare == VCI_BARE_NOTHING || !month(&rest, &number) || *rest) return false;
    if (bare == VCI_BARE_QUARTER && number > 4) return false;
    *when = bare == VCI_BARE_MONTH
                ? (vci_when){.first = number, .last = number}
                : (vci_when){.first = 3 * number - 2, .last = 3 * number, .quarter = true};
    return true;
}

bool vci_when_is_whole(const vci_when *when) {
    return when->first % 3 == 1 && when->last > 0 && when->last % 3 == 0;
}
