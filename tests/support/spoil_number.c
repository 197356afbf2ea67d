/* 4.3 Numbers. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The text of this turn into a cell of counts; its row. */
static size_t put(vct_world *w, size_t column, const char *text) {
    size_t row = vct_some_row(w, vct_monthly(w));
    snprintf(w->note, sizeof w->note, "\"%.60s\" in row %zu", text, row);
    vct_set(w, row, column, text);
    return row;
}

static void fault_in(vct_world *w, size_t column, const char *kind, const char *text) {
    size_t row = put(w, column, text);
    vct_expect_count(w, VC_FAULT, kind, row, column);
}

static void fault(vct_world *w, const char *kind, const char *text) {
    fault_in(w, vct_count_column(w), kind, text);
}

#define TURN(w, list) (list)[(w)->turn % COUNT(list)]

/* 12345 as 12,345 with any mark between. */
static const char *grouped(vct_world *w, const char *digits, const char *mark) {
    size_t n = strlen(digits);
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text =
            vct_text(w, "%s%s%c", text, i > 0 && (n - i) % 3 == 0 ? mark : "", digits[i]);
    return text;
}

void vct_spoil_thousands(vct_world *w) {
    static const char *const marks[] = {",", " ", "'", "，", "\u00A0", "\u2009", ".", "’"};
    const char *mark = TURN(w, marks);
    bool comma = strcmp(mark, ",") == 0 || strcmp(mark, "，") == 0;
    bool whole_column = w->turn % 3 == 0;
    size_t n = vct_monthly(w)->n_rows, row = vct_some_row(w, vct_monthly(w));
    snprintf(w->note, sizeof w->note, "mark \"%s\" from row %zu", mark, row);
    for (size_t i = row; i < (whole_column ? n : row + 1); i++) {
        const char *digits = vct_get(w, i, VCT_POPULATION);
        if (strcmp(mark, ".") == 0) digits = vct_text(w, "1%s00", digits);
        vct_set(w, i, VCT_POPULATION, grouped(w, digits, mark));
    }
    vct_expect_count(w, VC_FAULT, "N01", row, VCT_POPULATION);
    if (comma) vct_pastes(w, VCT_MONTHLY, "thousands: yes");
}

void vct_spoil_decimal_comma(vct_world *w) {
    static const char *const texts[] = {"12,5", "1234,5", "1.234,5", "0,75", "12，5"};
    fault(w, "N02", TURN(w, texts));
}

/* 123 as １２３. */
static const char *widened(vct_world *w, const char *digits) {
    char *text = vct_room(w, 3 * strlen(digits) + 1);
    char *to = text;
    for (; *digits; digits++) {
        *to++ = '\xEF';
        *to++ = '\xBC';
        *to++ = (char)(0x90 + (*digits - '0'));
    }
    *to = '\0';
    return text;
}

void vct_spoil_wide_digits(vct_world *w) {
    static const char *const numerals[] = {"一百二十", "〇",       "十二",
                                           "两百",     "壹佰贰拾", "三十五"};
    size_t column = vct_count_column(w), row = vct_some_row(w, vct_monthly(w));
    if (w->turn % 2) {
        fault_in(w, column, "N03", numerals[w->turn / 2 % COUNT(numerals)]);
        return;
    }
    vct_set(w, row, column, widened(w, vct_get(w, row, column)));
    vct_expect_count(w, VC_INFO, "N03", row, column);
}

void vct_spoil_other_digits(vct_world *w) {
    static const char *const texts[] = {"١٢", "۱۲", "१२", "๑๒", "১২"};
    fault(w, "N04", TURN(w, texts));
}

void vct_spoil_error_cells(vct_world *w) {
    static const char *const texts[] = {"#N/A",   "#DIV/0!", "#REF!", "#VALUE!",
                                        "#NAME?", "#NUM!",   "NaN",   "Infinity",
                                        "-inf",   "1.#INF"};
    const char *text = TURN(w, texts);
    /* An error never becomes missing, whatever is declared. */
    if (w->turn % 3 == 0)
        vct_option(w, VCT_MONTHLY, vct_text(w, "missing: [\"%s\"]", text));
    fault(w, "N05", text);
}

void vct_spoil_marks(vct_world *w) {
    static const char *const marks[] = {"-",    "—",    "…",    "..",   "x",    "n/a",
                                        "缺",   "NULL", "无",   "***",  "N.A.", "未报",
                                        "暂无", "/",    "None", "不详", "?"};
    const char *mark = TURN(w, marks);
    size_t row = vct_some_row(w, vct_monthly(w));
    bool zero = w->turn % 3 == 1, blank = w->turn % 7 == 6;
    const char *before = vct_get(w, row, VCT_DEATHS);
    vct_set(w, row, VCT_DEATHS, zero ? "0" : "");
    if (!blank) vct_remember(w);
    snprintf(w->note, sizeof w->note, "\"%s\" for %s in row %zu", mark, before, row);
    if (blank) {
        vct_set(w, row, VCT_DEATHS, "");
        vct_expect_count(w, VC_WARNING, "N06", row, VCT_DEATHS);
        w->other_data = true;
        return;
    }
    vct_set(w, row, VCT_DEATHS, mark);
    vct_expect_count(w, VC_FAULT, "N06", row, VCT_DEATHS);
    vct_pastes(w, VCT_MONTHLY, vct_text(w, "missing: [\"%s\"]", mark));
    if (zero) w->paste = vct_text(w, "zero: [\"%s\"]", mark);
}

void vct_spoil_suppressed(vct_world *w) {
    static const char *const texts[] = {"<5", "＜5", "≤3", "0–4", "c", "<10", "1—4"};
    const char *text = TURN(w, texts);
    size_t row = vct_some_row(w, vct_monthly(w));
    vct_set(w, row, VCT_DEATHS, "");
    vct_remember(w);
    vct_set(w, row, VCT_DEATHS, text);
    snprintf(w->note, sizeof w->note, "\"%s\" in row %zu", text, row);
    vct_expect_count(w, VC_FAULT, "N07", row, VCT_DEATHS);
    vct_pastes(w, VCT_MONTHLY, vct_text(w, "missing: [\"%s\"]", text));
}

void vct_spoil_marked(vct_world *w) {
    static const char *const texts[] = {"1234p", "1234*",   "1234 (r)", "(1,234)",
                                        "(12)",  "1234[1]", "12†",      "12r",
                                        "12①",   "12 (p)"};
    fault(w, "N08", TURN(w, texts));
}

void vct_spoil_fractions(vct_world *w) {
    static const char *const texts[] = {"1234.5", "12.34", "0.5", "1.234", "12．5"};
    fault(w, "N09", TURN(w, texts));
}

void vct_spoil_scientific(vct_world *w) {
    static const char *const texts[] = {"1.2E+05", "1E3", "1.5e+3", "12E0"};
    fault(w, "N10", TURN(w, texts));
}

void vct_spoil_sizes(vct_world *w) {
    static const char *const texts[] = {"9007199254740992", "123456789012345678", "0x1F",
                                        "0XFF"};
    size_t column = vct_count_column(w), row = vct_some_row(w, vct_monthly(w));
    if (w->turn % 3 < 2) {
        fault_in(w, column, "N11", texts[w->turn / 3 % COUNT(texts)]);
        return;
    }
    vct_set(w, row, column, vct_text(w, "00%s", vct_get(w, row, column)));
    vct_expect_count(w, VC_WARNING, "N11", row, column);
}

void vct_spoil_texts(vct_world *w) {
    static const char *const texts[] = {"abc",    "见附表", "3-4",   "4-Mar",
                                        "Mar-04", "3月4日", "12人",  "2013-03-04",
                                        "12 3",   "1O2",    "十分少"};
    if (w->turn % 5 == 4) {
        vct_monthly(w)->quoted = !vct_monthly(w)->quoted;
        return;
    }
    fault(w, "N12", TURN(w, texts));
}

void vct_spoil_percent(vct_world *w) {
    static const char *const texts[] = {"12%", "12‰", "12.5％", "5 %", "12.5‰"};
    fault(w, "N13", TURN(w, texts));
}

void vct_spoil_signs(vct_world *w) {
    static const char *const signs[] = {"+", "\u2212", "\uFF0D", "\u2013", "\uFF0B"};
    const char *sign = TURN(w, signs);
    size_t column = vct_count_column(w), row = vct_some_row(w, vct_monthly(w));
    bool plus = strcmp(sign, "+") == 0 || strcmp(sign, "\uFF0B") == 0;
    snprintf(w->note, sizeof w->note, "\"%s\" in row %zu", sign, row);
    vct_set(w, row, column, vct_text(w, "%s%s", sign, vct_get(w, row, column)));
    if (!plus) vct_expect_count(w, VC_FAULT, "C01", row, column);
}
