/*
 * Numbers with at most 15 digits and a small power of ten are the correctly rounded
 * quotient or product of two exact doubles (Clinger 1990, How to read floating point
 * numbers accurately, section 3); the rest go to strtod in the C locale.
 */
#include "data/number_internal.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EXACT_DIGITS 15
#define EXACT_POWER 22
#define LONGEST 400

typedef struct decimal {
    bool negative;
    double digits;   /* exact while n_digits <= EXACT_DIGITS */
    size_t n_digits; /* without leading zeros */
    int power;       /* of ten, from the digits after the point and the exponent */
} decimal;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t read_digits(const char *text, size_t n, size_t i, decimal *number) {
    while (i < n && is_digit(text[i])) {
        if (number->n_digits > 0 || text[i] != '0') number->n_digits++;
        number->digits = 10 * number->digits + (text[i] - '0');
        i++;
    }
    return i;
}

/* The exponent after e; 0 when it is malformed, else the index after it. */
static size_t read_exponent(const char *text, size_t n, size_t i, decimal *number) {
    bool negative = i < n && text[i] == '-';
    if (i < n && (text[i] == '-' || text[i] == '+')) i++;
    size_t begin = i;
    int exponent = 0;
    for (; i < n && is_digit(text[i]); i++)
        if (exponent < 10000) exponent = 10 * exponent + (text[i] - '0');
    if (i == begin) return 0;
    number->power += negative ? -exponent : exponent;
    return i;
}

static bool parse_decimal(const char *text, size_t n, decimal *number) {
    size_t i = 0;
    if (i < n && (text[i] == '-' || text[i] == '+')) number->negative = text[i++] == '-';
    size_t begin = i;
    i = read_digits(text, n, i, number);
    size_t n_mantissa = i - begin;
    if (i < n && text[i] == '.') {
        begin = ++i;
        i = read_digits(text, n, i, number);
        n_mantissa += i - begin;
        number->power = -(int)(i - begin);
    }
    if (n_mantissa == 0) return false;
    if (i < n && (text[i] == 'e' || text[i] == 'E')) {
        i = read_exponent(text, n, i + 1, number);
        if (i == 0) return false;
    }
    return i == n;
}

static bool parse_slowly(const char *text, size_t n, double *number) {
    char copy[LONGEST + 1];
    memcpy(copy, text, n);
    copy[n] = '\0';
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) return false;
    *number = strtod_l(copy, NULL, c_locale);
    freelocale(c_locale);
    return isfinite(*number);
}

bool vci_number_parse(const char *text, size_t n, double *number) {
    static const double tens[EXACT_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    decimal parsed = {0};
    if (n > LONGEST || !parse_decimal(text, n, &parsed)) return false;
    if (parsed.n_digits > EXACT_DIGITS || abs(parsed.power) > EXACT_POWER)
        return parse_slowly(text, n, number);
    double magnitude = parsed.power < 0 ? parsed.digits / tens[-parsed.power]
                                        : parsed.digits * tens[parsed.power];
    *number = parsed.negative ? -magnitude : magnitude;
    return true;
}
