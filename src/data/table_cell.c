/* Cells that hold counts and other numbers; whatever else stands there is named. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "core/normalise_internal.h"
#include "data/number_internal.h"
#include "data/remedy_internal.h"
#include "data/table_parts_internal.h"

#define LONGEST 64
#define COUNT_LIMIT                                                                        \
    9007199254740992.0 /* 2^53: from here on neighbours are not told apart */

/* What has been told about a field already: such findings come once per column. */
enum { TOLD_BLANK = 1, TOLD_THOUSANDS = 2, TOLD_WIDE = 4, TOLD_ZEROS = 8 };

/* One cell while it is read. */
typedef struct reading {
    const vci_table *table;
    const vc_table_options *options;
    const vci_cell *cell;
    size_t field;
    bool whole;        /* a count */
    bool blank_warned; /* a blank cell is worth a warning */
    vc_findings *findings;
    char
        text[LONGEST]; /* the cell in plain ASCII where it has wide forms; "" if too long */
    vc_status st;
} reading;

static void keep_status(reading *r, vc_status st) {
    if (r->st == VC_OK) r->st = st;
}

static bool told_before(reading *r, unsigned char what) {
    bool before = (r->table->told[r->field] & what) != 0;
    r->table->told[r->field] |= what;
    return before;
}

static void add_fault(reading *r, const char *kind, const char *remedy, vci_text message) {
    keep_status(r, vci_finding_add(r->findings, VC_FAULT, kind,
                                   vci_cell_place(r->table, r->cell), remedy, message,
                                   vci_quote(r->cell->text, r->cell->n).text));
}

static const char *plain_remedy(const reading *r, vci_text text) {
    return vci_text_get(text, r->findings->language);
}

static bool declared(size_t n, char *const *marks, const vci_cell *cell) {
    for (size_t i = 0; i < n; i++)
        if (vci_cell_is(cell, marks[i])) return true;
    return false;
}

/* Three bytes that stand for one of plain ASCII; 0 if they do not. */
static char plain_form(const unsigned char *from, bool first) {
    if (from[0] == 0xEF && from[1] == 0xBC && from[2] >= 0x81)
        return (char)(from[2] - 0x80 + 0x20);
    if (from[0] == 0xEF && from[1] == 0xBD && from[2] <= 0x9E)
        return (char)(from[2] - 0x80 + 0x60);
    if (from[0] == 0xE2 && from[1] == 0x88 && from[2] == 0x92) return '-';
    if (from[0] == 0xE2 && from[1] == 0x80 && from[2] == 0x93) return first ? '-' : 0;
    return from[0] == 0xE2 && from[1] == 0x80 && from[2] == 0x99 ? '\'' : 0;
}

/*
 * Full-width ASCII (U+FF01..U+FF5E: EF BC 81 .. EF BD 9E), the true minus (U+2212), a dash
 * in front (U+2013) and the typographic apostrophe (U+2019) as plain ASCII; true if there
 * was any. Cells too long for a number become "".
 */
static bool fold_width(const vci_cell *cell, char text[LONGEST]) {
    const unsigned char *from = (const unsigned char *)cell->text;
    size_t n = 0, i = 0;
    bool folded = false;
    for (; i < cell->n && n + 1 < LONGEST; n++) {
        char plain =
            from[i] >= 0xE2 && i + 2 < cell->n ? plain_form(from + i, i == 0) : '\0';
        text[n] = plain ? plain : (char)from[i];
        folded = folded || plain;
        i += plain ? 3 : 1;
    }
    text[i == cell->n ? n : 0] = '\0';
    return folded;
}

/* A blank cell in a column of data: one warning for the column, with the number of them. */
static void warn_blank(reading *r) {
    if (!r->blank_warned || told_before(r, TOLD_BLANK)) return;
    size_t n_blank = 0;
    for (size_t row = 0; row < r->table->n_rows; row++)
        n_blank += r->table->cells[row * r->table->n_fields + r->field].n == 0;
    const vci_cell *header = &r->table->header[r->field];
    keep_status(r, vci_finding_add(r->findings, VC_WARNING, "N06",
                                   vci_cell_place(r->table, r->cell), NULL,
                                   VCI_TEXT_NUMBER_BLANK,
                                   vci_quote(header->text, header->n).text, n_blank));
}

/* 1,234,567 or with another mark between groups of three; the mark, or 0. */
static char thousands_mark(const char *text) {
    const char *at = text + (*text == '-' || *text == '+');
    size_t n = strspn(at, "0123456789");
    if (n < 1 || n > 3 || !strchr(",' .", at[n]) || at[n] == '\0') return 0;
    char mark = at[n];
    size_t n_groups = 0;
    for (at += n; *at == mark; at += 4, n_groups++)
        if (strspn(at + 1, "0123456789") != 3) return 0;
    bool ends =
        *at == '\0' || (*at == '.' && strspn(at + 1, "0123456789") == strlen(at + 1));
    return ends && (mark != '.' || n_groups > 1) ? mark : 0;
}

static void drop_commas(char *text) {
    char *to = text;
    for (const char *from = text; *from; from++)
        if (*from != ',') *to++ = *from;
    *to = '\0';
}

static bool is_error_cell(const char *text) {
    static const char *const words[] = {"nan",    "inf",     "infinity",
                                        "1.#inf", "1.#qnan", "1.#ind"};
    const char *at = text + (*text == '-' || *text == '+');
    if (*at == '#') return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(at, words[i]) == 0) return true;
    return false;
}

static bool is_mark(const vci_cell *cell, const char *text) {
    static const char *const marks[] = {
        "—",   "–",    "――",   "——",   "…",    "……",      "缺",
        "无",  "無",   "暂无", "未报", "不详", "x",       "na",
        "n/a", "n.a.", "null", "none", "nil",  "missing", "not available"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (vci_cell_is(cell, marks[i]) || strcasecmp(text, marks[i]) == 0) return true;
    return text[0] != '\0' && strspn(text, "-.*/\\?_~") == strlen(text);
}

static bool is_chinese_numeral(const vci_cell *cell) {
    static const char *const numerals[] = {"零", "〇", "一", "二", "两", "三", "四", "五",
                                           "六", "七", "八", "九", "十", "百", "千", "万",
                                           "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌",
                                           "玖", "拾", "佰", "仟", "廿", "卅"};
    if (cell->n == 0 || cell->n % 3 != 0) return false;
    for (size_t i = 0; i < cell->n; i += 3) {
        bool known = false;
        for (size_t k = 0; k < sizeof numerals / sizeof *numerals && !known; k++)
            known = memcmp(cell->text + i, numerals[k], 3) == 0;
        if (!known) return false;
    }
    return true;
}

/* Digits of another script than ours. */
static bool is_other_digit(const vci_cell *cell) {
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50};
    uint32_t c = 0;
    vci_code_point(cell->text, cell->n, &c);
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (c >= zeros[i] && c < zeros[i] + 10) return true;
    return false;
}

/* Small counts that were withheld: "<5", "0–4", "c". */
static bool is_suppressed(const vci_cell *cell, const char *text) {
    size_t n = strspn(text, "0123456789");
    const char *dash = text + n;
    bool range = n > 0 && (!strncmp(dash, "–", 3) || !strncmp(dash, "—", 3)) &&
                 strspn(dash + 3, "0123456789") > 0;
    return *text == '<' || range || vci_cell_is(cell, "c") ||
           (cell->n > 3 && memcmp(cell->text, "≤", 3) == 0);
}

/* A number with a mark behind it, or in parentheses: 1234p, 1234 (r), 1234[1], (1,234). */
static bool is_marked(const char *text) {
    static const char *const marks[] = {"*", "[", "(", "†", "‡", "①", "②", "③",
                                        "¹", "²", "³", "p", "r", "e", "b", "f"};
    bool enclosed = *text == '(';
    const char *at = text + enclosed;
    size_t n = strspn(at, "0123456789.,");
    if (n == 0) return false;
    if (enclosed) return at[n] == ')' && at[n + 1] == '\0';
    at += n + strspn(at + n, " ");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        bool open = *at == '[' || *at == '(';
        if (strncmp(at, marks[i], length) == 0 && (open || at[length] == '\0')) return true;
    }
    return false;
}

/* 12,5; also 1.234,5 and 1 234,5. */
static bool is_decimal_comma(const char *text) {
    const char *at = text + (*text == '-' || *text == '+');
    size_t n = strspn(at, "0123456789. ");
    if (n == 0 || at[n] != ',') return false;
    size_t n_after = strspn(at + n + 1, "0123456789");
    return n_after > 0 && at[n + 1 + n_after] == '\0';
}

static void fault_thousands(reading *r, char mark) {
    if (told_before(r, TOLD_THOUSANDS)) return;
    const char *role = vci_role_key(r->table->role);
    vci_remedy remedy = vci_remedy_make(r->findings,
                                        mark == ',' ? VCI_TEXT_NUMBER_THOUSANDS_PASTE
                                                    : VCI_TEXT_NUMBER_THOUSANDS_REMOVE,
                                        role);
    add_fault(r, "N01", remedy.text, VCI_TEXT_NUMBER_THOUSANDS);
}

/* A mark is declared as it stands. */
static void fault_mark(reading *r, const char *kind, vci_text message) {
    const char *role = vci_role_key(r->table->role);
    vci_quoted mark = vci_quote(r->cell->text, r->cell->n);
    vci_remedy remedy =
        vci_remedy_make(r->findings, VCI_TEXT_NUMBER_MARK_PASTE, role, mark.text);
    add_fault(r, kind, remedy.text, message);
}

/* A text that is no number at all. */
static void explain(reading *r) {
    const char *text = r->text;
    char mark = thousands_mark(text);
    if (is_error_cell(text))
        add_fault(r, "N05", plain_remedy(r, VCI_TEXT_NUMBER_ERROR_REMEDY),
                  VCI_TEXT_NUMBER_ERROR);
    else if (is_mark(r->cell, text))
        fault_mark(r, "N06", VCI_TEXT_NUMBER_MARK);
    else if (is_suppressed(r->cell, text))
        fault_mark(r, "N07", VCI_TEXT_NUMBER_SUPPRESSED);
    else if (mark)
        fault_thousands(r, mark);
    else if (is_decimal_comma(text))
        add_fault(r, "N02", plain_remedy(r, VCI_TEXT_NUMBER_COMMA_REMEDY),
                  VCI_TEXT_NUMBER_COMMA);
    else if (strchr(text, '%') || memmem(r->cell->text, r->cell->n, "‰", strlen("‰")))
        add_fault(r, "N13", plain_remedy(r, VCI_TEXT_NUMBER_PERCENT_REMEDY),
                  VCI_TEXT_NUMBER_PERCENT);
    else if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        add_fault(r, "N11", NULL, VCI_TEXT_NUMBER_HEX);
    else if (is_chinese_numeral(r->cell))
        add_fault(r, "N03", NULL, VCI_TEXT_NUMBER_NUMERAL);
    else if (is_other_digit(r->cell))
        add_fault(r, "N04", NULL, VCI_TEXT_NUMBER_NUMERAL);
    else if (is_marked(text))
        add_fault(r, "N08", NULL, VCI_TEXT_NUMBER_MARKED);
    else
        add_fault(r, "N12", NULL, VCI_TEXT_NUMBER_TEXT);
}

/* A number that is not a count. */
static bool check_count(reading *r, double number) {
    if (number < 0) {
        add_fault(r, "C01", NULL, VCI_TEXT_NUMBER_NEGATIVE);
    } else if (number >= COUNT_LIMIT) {
        add_fault(r, "N11", NULL, VCI_TEXT_NUMBER_LARGE);
    } else if (strpbrk(r->text, "eE")) {
        add_fault(r, "N10", plain_remedy(r, VCI_TEXT_NUMBER_SCIENTIFIC_REMEDY),
                  VCI_TEXT_NUMBER_SCIENTIFIC);
    } else if (number != floor(number)) {
        add_fault(r, "N09", plain_remedy(r, VCI_TEXT_NUMBER_FRACTION_REMEDY),
                  VCI_TEXT_NUMBER_FRACTION);
    } else {
        return true;
    }
    return false;
}

static void note_form(reading *r, bool wide) {
    vci_place place = vci_cell_place(r->table, r->cell);
    vci_quoted shown = vci_quote(r->cell->text, r->cell->n);
    if (wide && !told_before(r, TOLD_WIDE))
        keep_status(r, vci_finding_add(r->findings, VC_INFO, "N03", place, NULL,
                                       VCI_TEXT_NUMBER_WIDE, shown.text));
    bool zeros = r->text[0] == '0' && isdigit((unsigned char)r->text[1]);
    if (zeros && !told_before(r, TOLD_ZEROS))
        keep_status(r, vci_finding_add(r->findings, VC_WARNING, "N11", place, NULL,
                                       VCI_TEXT_NUMBER_ZEROS, shown.text));
}

/* Declared as missing or zero; an error value stays one, whatever is declared. */
static bool read_declared(const reading *r, double *number) {
    bool zero = declared(r->options->n_zero, r->options->zero, r->cell);
    if (!zero && !declared(r->options->n_missing, r->options->missing, r->cell))
        return false;
    *number = zero ? 0 : (double)NAN;
    char text[LONGEST];
    fold_width(r->cell, text);
    return !is_error_cell(text);
}

static bool read_number(reading *r, double *number) {
    const vci_cell *cell = r->cell;
    *number = nan("");
    if (read_declared(r, number)) return true;
    if (cell->n == 0) {
        warn_blank(r);
        return true;
    }
    bool wide = fold_width(cell, r->text);
    if (r->options->thousands && thousands_mark(r->text) == ',') drop_commas(r->text);
    if (!vci_number_parse(r->text, strlen(r->text), number)) {
        explain(r);
        *number = nan("");
        return false;
    }
    if (r->whole && !check_count(r, *number)) return false;
    note_form(r, wide);
    return true;
}

/* Blanks in optional columns of other tables mean "not said" and are no news. */
static bool blank_is_news(const vci_table *table, size_t wish) {
    if (table->role == VC_TABLE_MONTHLY) return true;
    return table->required[wish] && table->role != VC_TABLE_TARGETS;
}

static bool sum_sources(const vci_table *table, const vc_table_options *options, size_t row,
                        size_t wish, bool whole, vc_findings *findings, double *sum,
                        vc_status *st) {
    bool good = true;
    *sum = table->n_sources[wish] > 0 ? 0 : nan("");
    for (size_t i = 0; i < table->n_sources[wish]; i++) {
        size_t field = table->sources[wish][i];
        reading r = {.table = table,
                     .options = options,
                     .field = field,
                     .whole = whole,
                     .cell = &table->cells[row * table->n_fields + field],
                     .blank_warned = blank_is_news(table, wish),
                     .findings = findings};
        double number = nan("");
        good = read_number(&r, &number) && good;
        *sum += number;
        if (*st == VC_OK) *st = r.st;
    }
    if (!good) *sum = nan("");
    return good;
}

bool vci_table_count(const vci_table *table, const vc_table_options *options, size_t row,
                     size_t wish, vc_findings *findings, double *count, vc_status *st) {
    return sum_sources(table, options, row, wish, true, findings, count, st);
}

bool vci_table_number(const vci_table *table, const vc_table_options *options, size_t row,
                      size_t wish, vc_findings *findings, double *number, vc_status *st) {
    return sum_sources(table, options, row, wish, false, findings, number, st);
}
