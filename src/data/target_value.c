/* Target values stay exact: decimals become fractions, never floating-point numbers. */
#include <string.h>

#include "data/target_internal.h"

#define MOST_DIGITS 18
#define LONGEST 64

static int64_t greatest_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool vci_fraction_parse(const char *text, size_t n, vc_fraction *fraction) {
    size_t i = n > 0 && (text[0] == '-' || text[0] == '+'), n_digits = 0, n_after = 0;
    int64_t num = 0, den = 1;
    bool point = false;
    for (; i < n; i++) {
        if (text[i] == '.' && !point && n_digits > 0) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || ++n_digits > MOST_DIGITS) return false;
        num = 10 * num + (text[i] - '0');
        if (point) den *= 10, n_after++;
    }
    if (n_digits == 0 || (point && n_after == 0)) return false;
    int64_t divisor = num == 0 ? den : greatest_divisor(num, den);
    fraction->num = (text[0] == '-' ? -num : num) / divisor;
    fraction->den = den / divisor;
    return true;
}

int vci_bounds_compare(vc_fraction a, vc_fraction b) {
    __extension__ typedef __int128 wide;
    wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

/* The text without blanks; false if it is too long to be a value. */
static bool squeeze(const char *text, size_t n, char plain[LONGEST]) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == ' ') continue;
        if (k + 1 == LONGEST) return false;
        plain[k++] = text[i];
    }
    plain[k] = '\0';
    return true;
}

static bool begins_with(const char **at, const char *word) {
    size_t n = strlen(word);
    if (strncmp(*at, word, n) != 0) return false;
    *at += n;
    return true;
}

bool vci_target_value_parse(const char *text, size_t n, vc_target_value *value) {
    char plain[LONGEST];
    const char *at = plain;
    *value = (vc_target_value){.value = {0, 1}, .factor = {1, 1}, .summand = {0, 1}};
    if (!squeeze(text, n, plain)) return false;
    if (begins_with(&at, "previous_year") || begins_with(&at, "上年"))
        value->kind = VC_PREVIOUS_YEAR;
    else if (begins_with(&at, "class_mean") || begins_with(&at, "同类平均"))
        value->kind = VC_CLASS_MEAN;
    else
        return vci_fraction_parse(plain, strlen(plain), &value->value);
    if (*at == '*') {
        size_t length = strspn(at + 1, "0123456789.");
        if (!vci_fraction_parse(at + 1, length, &value->factor)) return false;
        at += 1 + length;
    }
    if (*at == '\0') return true;
    return (*at == '+' || *at == '-') &&
           vci_fraction_parse(at, strlen(at), &value->summand);
}
