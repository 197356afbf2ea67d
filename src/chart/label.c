#include "chart/label_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/normalise_internal.h"

#define LONGEST_LABEL 120 /* columns */

typedef struct span {
    uint32_t first, last;
} span;

/*
 * C0, C1, soft hyphen, bidirectional controls, zero-width characters, line separators,
 * tags.
 */
static const span HIDDEN[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFD}, {0xE0000, 0xE0FFF},
};

/* East Asian wide and full-width blocks (Unicode 15, UAX 11), coarsely. */
static const span WIDE[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
};

static bool within(uint32_t code, const span *spans, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (code >= spans[i].first && code <= spans[i].last) return true;
    return false;
}

static size_t columns_of(uint32_t code) {
    if (code == 0) return 0;
    return within(code, WIDE, sizeof WIDE / sizeof *WIDE) ? 2 : 1;
}

/* The one length that UTF-8 allows: overlong forms are ways around a filter. */
static size_t bytes_of(uint32_t code) {
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

size_t vci_label_next(const char *text, size_t n, uint32_t *code) {
    size_t length = vci_code_point(text, n, code);
    bool noncharacter = (*code & 0xFFFE) == 0xFFFE || *code > 0x10FFFF;
    bool surrogate = *code >= 0xD800 && *code <= 0xDFFF;
    if (noncharacter || surrogate || bytes_of(*code) != length ||
        within(*code, HIDDEN, sizeof HIDDEN / sizeof *HIDDEN))
        *code = 0;
    return length;
}

size_t vci_label_width(const char *text) {
    size_t n = strlen(text), width = 0;
    for (size_t i = 0; i < n;) {
        uint32_t code;
        i += vci_label_next(text + i, n - i, &code);
        width += columns_of(code);
    }
    return width;
}

/*
 * Copies what is shown of text[n] up to a number of columns; *end is where it stopped, and
 * *blank the length of the label before its last blank (0: none).
 */
static size_t copy_columns(const char *text, size_t n, size_t columns, vci_label *label,
                           size_t *end, size_t *blank) {
    size_t i = 0, used = 0, width = 0;
    *blank = 0;
    while (i < n) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        if (width + columns_of(code) > columns) break;
        if (used + length + sizeof "…" > sizeof label->text) break;
        if (code == ' ') *blank = used;
        if (code != 0) {
            memcpy(label->text + used, text + i, length);
            used += length;
            width += columns_of(code);
        }
        i += length;
    }
    label->text[used] = '\0';
    *end = i;
    return used;
}

vci_label vci_label_fit(const char *text, size_t columns) {
    vci_label label;
    size_t n = strlen(text), end, blank;
    if (columns > LONGEST_LABEL - 1) columns = LONGEST_LABEL - 1;
    copy_columns(text, n, columns, &label, &end, &blank);
    if (end == n || vci_label_width(text + end) == 0) return label;
    copy_columns(text, n, columns > 1 ? columns - 1 : 1, &label, &end, &blank);
    strcat(label.text, "…");
    return label;
}

vci_label vci_label_take_line(const char **text, size_t columns) {
    vci_label label;
    size_t n = strlen(*text), end, blank;
    while (**text == ' ') (*text)++, n--;
    size_t used = copy_columns(*text, n, columns, &label, &end, &blank);
    if (end < n && (*text)[end] != ' ' && 2 * blank > used) {
        label.text[blank] = '\0';
        end -= used - blank;
    }
    *text += end;
    return label;
}

/* A locale may have written a comma. */
static void set_point(char *number) {
    number += strcspn(number, "0123456789");
    number += strspn(number, "0123456789");
    if (*number && *number != 'e') *number = '.';
}

vci_label vci_number_format(double number, int digits) {
    vci_label label = {"—"}, size;
    if (isnan(number)) return label;
    if (digits < 0)
        snprintf(size.text, sizeof size.text, "%.10g", fabs(number));
    else
        snprintf(size.text, sizeof size.text, "%.*f", digits, fabs(number));
    set_point(size.text);
    bool zero = size.text[strspn(size.text, "0.")] == '\0';
    snprintf(label.text, sizeof label.text, "%s%.370s", number < 0 && !zero ? "−" : "",
             size.text);
    return label;
}

vci_label vci_number_exact(double number) {
    vci_label label = {"NaN"};
    if (!isfinite(number)) return label;
    snprintf(label.text, sizeof label.text, "%.17g", number);
    set_point(label.text);
    return label;
}
