/* 4.1 File and encoding. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/harness.h"
#include "support/spoil.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static int some_sheet(vct_world *w) { return (int)vct_below(w, VCT_SHEETS); }

static void replace(vct_world *w, vct_sheet *s, const char *bytes, size_t n) {
    s->bytes = vct_room(w, n + 1);
    memcpy(s->bytes, bytes, n);
    s->n = n;
}

/* Line and column of a byte of UTF-8 text, by all three line ends. */
static void place_of(const char *bytes, size_t at, size_t *line, size_t *column) {
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        bool ends = bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
        if (ends) {
            ++*line;
            *column = 1;
        } else if (bytes[i] != '\r' && ((unsigned char)bytes[i] & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

/* The byte at a line and column. */
static size_t byte_of(const vct_sheet *s, size_t line, size_t column) {
    for (size_t at = 0; at < s->n; at++) {
        size_t l = 0, c = 0;
        if (((unsigned char)s->bytes[at] & 0xC0) == 0x80) continue;
        place_of(s->bytes, at, &l, &c);
        if (l == line && c == column) return at;
    }
    return s->n;
}

/* Where text ceases to be UTF-8, by iconv. */
static size_t first_bad(vct_world *w, const char *bytes, size_t n) {
    iconv_t cd = iconv_open("UTF-32LE", "UTF-8");
    char *in = (char *)(uintptr_t)bytes, *out = vct_room(w, 4 * n + 8);
    size_t left = n, room = 4 * n + 8;
    iconv(cd, &in, &left, &out, &room);
    iconv_close(cd);
    return n - left;
}

/* From one encoding to another; what cannot be converted becomes U+FFFD. */
static void convert(vct_world *w, vct_sheet *s, size_t begin, const char *to,
                    const char *from) {
    iconv_t cd = iconv_open(to, from);
    ck_assert(cd != (iconv_t)-1);
    size_t left = s->n - begin, room = begin + 4 * left + 8;
    char *bytes = vct_room(w, room), *in = s->bytes + begin;
    char *out = mempcpy(bytes, s->bytes, begin);
    room -= begin;
    while (left > 0 && iconv(cd, &in, &left, &out, &room) == (size_t)-1) {
        out = mempcpy(out, "\xEF\xBF\xBD", 3);
        room -= 3;
        in++;
        left--;
    }
    iconv_close(cd);
    s->bytes = bytes;
    s->n = (size_t)(out - bytes);
}

void vct_spoil_empty(vct_world *w) {
    int k = some_sheet(w);
    vct_sheet *s = &w->sheet[k];
    static const char *const bytes[] = {"", " \n\n  \n", "\xEF\xBB\xBF", "\r\n"};
    if (w->turn % 5 == 4)
        s->n_rows = 1;
    else
        replace(w, s, bytes[w->turn % 5], strlen(bytes[w->turn % 5]));
    snprintf(w->note, sizeof w->note, "%s, form %zu", s->file, w->turn % 5);
    vct_expect_at(w, VC_FAULT, "F01", k, 0, 0);
}

static const char *odd_file(vct_world *w, size_t variant) {
    static const char *const names[] = {"nowhere.csv", "folder.csv", "fifo.csv",
                                        "device.csv",  "loop.csv",   "locked.csv"};
    const char *name = names[variant], *path = vct_text(w, "%s/%s", vct_scratch(), name);
    int done = 0;
    if (variant == 1) done = mkdir(path, 0700);
    if (variant == 2) done = mkfifo(path, 0600);
    if (variant == 3) done = symlink("/dev/null", path);
    if (variant == 4) done = symlink(name, path);
    if (variant == 5) {
        FILE *file = fopen(path, "w");
        done = file ? fclose(file) : 0;
        done = chmod(path, 0) ? -1 : done;
    }
    (void)done; /* a later turn finds it there */
    return name;
}

/* A file that only its owner's administrator can read is readable to the administrator. */
void vct_spoil_unreadable(vct_world *w) {
    int k = some_sheet(w);
    size_t variant = w->turn % (geteuid() == 0 ? 5 : 6);
    const char *name = odd_file(w, variant);
    vct_option(w, k, vct_text(w, "file: %s", name));
    snprintf(w->note, sizeof w->note, "%s", name);
    vct_expect_at(w, VC_FAULT, "F02", k, 0, 0)->file = name;
}

void vct_spoil_wrong_kind(vct_world *w) {
    static const char *const beginnings[] = {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                                             "PK\x03\x04",
                                             "%PDF-1.4\n",
                                             "<!DOCTYPE html>\n",
                                             "\r\n<table border=1>\n",
                                             "<?xml version=\"1.0\"?>\n",
                                             "\x1F\x8B\x08",
                                             "<HTML>\n"};
    int k = some_sheet(w);
    const char *begin = beginnings[w->turn % COUNT(beginnings)];
    size_t n = strlen(begin);
    char bytes[512];
    memcpy(bytes, begin, n);
    for (size_t i = n; i < sizeof bytes; i++) bytes[i] = (char)vct_below(w, 256);
    replace(w, &w->sheet[k], bytes, sizeof bytes);
    snprintf(w->note, sizeof w->note, "form %zu", w->turn % COUNT(beginnings));
    vct_expect_at(w, VC_FAULT, "F03", k, 0, 0);
}

void vct_spoil_mark(vct_world *w) { w->sheet[some_sheet(w)].mark = true; }

void vct_spoil_utf16(vct_world *w) {
    w->sheet[some_sheet(w)].encoding = w->turn % 2 ? "UTF-16LE" : "UTF-16BE";
}

/* units.csv with names that the encoding has. */
static void rename_units(vct_world *w, const char *const names[4]) {
    vct_sheet *s = &w->sheet[VCT_UNITS];
    static const char *const header[] = {"code", "name", "parent", "class"};
    for (size_t k = 0; k < 4; k++) s->cell[0][k] = header[k];
    for (size_t i = 1; i < s->n_rows; i++)
        s->cell[i][VCT_U_NAME] = vct_text(w, "%s%c", names[i % 4], (int)('A' + i));
    vct_remember(w);
}

static void expect_bad_byte(vct_world *w, int k, const char *kind) {
    size_t line = 0, column = 0, at = first_bad(w, w->sheet[k].bytes, w->sheet[k].n);
    place_of(w->sheet[k].bytes, at, &line, &column);
    vct_expect_at(w, VC_FAULT, kind, k, line, column);
}

void vct_spoil_encoding(vct_world *w) {
    static const char *const taiwan[] = {"高橋鄉", "柳林鎮", "石門鄉", "龍泉鎮"};
    static const char *const japan[] = {"東町", "西村", "南市", "北区"};
    size_t variant = w->turn % 4;
    int k = variant < 2 ? some_sheet(w) : VCT_UNITS;
    static const char *const encodings[] = {"GB18030", "GBK", "BIG5", "SHIFT-JIS"};
    if (variant == 2) rename_units(w, taiwan);
    if (variant == 3) rename_units(w, japan);
    w->sheet[k].encoding = encodings[variant];
    vct_render(w, &w->sheet[k]);
    snprintf(w->note, sizeof w->note, "%s in %s", w->sheet[k].file, encodings[variant]);
    expect_bad_byte(w, k, "F06");
    if (variant < 2)
        vct_pastes(w, k, "encoding: gb18030");
    else
        vct_pastes(w, k, variant == 2 ? "encoding: big5" : "encoding: shift-jis");
    if (variant >= 2) w->expected[0].remedy = "encoding: ";
}

void vct_spoil_garbled(vct_world *w) {
    int k = w->turn % 2 ? VCT_UNITS : VCT_MONTHLY;
    vct_sheet *s = &w->sheet[k];
    size_t line = 0, column = 0, at = 0;
    if (w->turn % 3 == 2) {
        size_t row = vct_some_row(w, s);
        s->cell[row][s->n_fields - 1] = "ab\uFFFDc";
        vct_render(w, s);
    } else {
        vct_render(w, s);
        convert(w, s, 0, "UTF-8", "GBK");
    }
    const char *lost = memmem(s->bytes, s->n, "\uFFFD", 3);
    while (at < s->n && (unsigned char)s->bytes[at] < 0x80) at++;
    place_of(s->bytes, lost ? (size_t)(lost - s->bytes) : at, &line, &column);
    snprintf(w->note, sizeof w->note, "%s", s->file);
    vct_expect_at(w, VC_FAULT, "F07", k, line, column);
}

void vct_spoil_mixed_encodings(vct_world *w) {
    vct_sheet *s = &w->sheet[VCT_UNITS];
    size_t row = vct_some_row(w, s);
    vct_render(w, s);
    convert(w, s, byte_of(s, s->line[row][0], 1), "GB18030", "UTF-8");
    snprintf(w->note, sizeof w->note, "GB18030 from row %zu", row);
    expect_bad_byte(w, VCT_UNITS, "F08");
}

void vct_spoil_control(vct_world *w) {
    static const char bytes[] = {0, 1, 7, 0x0B, 0x0C, 0x1B, 0x1A, 0x7F};
    int k = some_sheet(w);
    vct_sheet *s = &w->sheet[k];
    size_t row = vct_some_row(w, s), field = vct_below(w, s->n_fields);
    bool final = w->turn % 5 == 4;
    if (!final) s->cell[row][field] = vct_text(w, "x\x02%s", s->cell[row][field]);
    vct_render(w, s);
    if (final) {
        char *longer = vct_room(w, s->n + 1);
        memcpy(longer, s->bytes, s->n);
        longer[s->n++] = 0x1A;
        s->bytes = longer;
        return;
    }
    char *at = memchr(s->bytes, 2, s->n);
    *at = bytes[w->turn % sizeof bytes];
    snprintf(w->note, sizeof w->note, "byte %d in %s", *at, s->file);
    bool quoted = s->quoted || at[-2] == '"';
    vct_expect_at(w, VC_FAULT, "F09", k, s->line[row][field],
                  s->column[row][field] + 1 + quoted);
}

void vct_spoil_line_ends(vct_world *w) {
    vct_sheet *s = &w->sheet[some_sheet(w)];
    s->ends = (vct_line_end)(w->turn % 4);
    s->open_end = w->turn / 4 % 2;
    snprintf(w->note, sizeof w->note, "%s, ends %d", s->file, (int)s->ends);
}

void vct_spoil_cut(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t row = vct_some_row(w, s);
    if (w->turn % 2) {
        s->as_is[row] = true;
        vct_set(w, row, VCT_NAME, vct_text(w, "\"%s", vct_get(w, row, VCT_NAME)));
        snprintf(w->note, sizeof w->note, "a quote opened in row %zu", row);
        vct_expect_count(w, VC_FAULT, "F11", row, VCT_NAME);
        return;
    }
    size_t field = vct_below(w, s->n_fields - 1);
    vct_render(w, s);
    size_t at = byte_of(s, s->line[row][field], s->column[row][field]);
    s->n = at + (field == 0 || vct_below(w, 2) ? strlen(s->cell[row][field]) : 0);
    snprintf(w->note, sizeof w->note, "cut in field %zu of row %zu", field, row);
    vct_expect(w, VC_FAULT, "F11", VCT_MONTHLY, row, 0);
}

void vct_spoil_invisible(vct_world *w) {
    static const char *const marks[] = {"\u200B", "\u00AD", "\u200F", "\u2060"};
    static const char *const blanks[] = {"\u00A0", "\u3000", "\u200B", " ", "\u2003"};
    static const size_t columns[] = {VCT_NAME, VCT_UNIT, VCT_MONTH, VCT_POPULATION};
    size_t row = vct_some_row(w, vct_monthly(w)), column = columns[w->turn % 4];
    const char *text = vct_get(w, row, column);
    snprintf(w->note, sizeof w->note, "column %zu, row %zu", column, row);
    if (w->turn / 4 % 2) {
        vct_set(
            w, row, column,
            vct_text(w, "%s%s%s", blanks[vct_below(w, 5)], text, blanks[vct_below(w, 5)]));
        return;
    }
    int n = (unsigned char)text[0] < 0x80 ? 1 : 3;
    vct_set(w, row, column,
            vct_text(w, "%.*s%s%s", n, text, marks[vct_below(w, 4)], text + n));
    vct_expect_count(w, VC_WARNING, "F12", row, column);
}

void vct_spoil_alike(vct_world *w) {
    static const char *const pairs[][2] = {
        {"Holme-3", "Ｈolme-3"},   {"Holme-3", "holme-3"},
        {"高桥一村", "高桥 一村"}, {"Vall\u00E9e", "Valle\u0301e"},
        {"１号村", "1号村"},       {"Stra\u00DFe \u00D6", "Stra\u00DFe O\u0308"}};
    vct_sheet *s = &w->sheet[VCT_UNITS];
    size_t last = s->n_rows - 1, to = s->n_rows, i = w->turn % (COUNT(pairs) + 1);
    vct_insert_row(s, to);
    memcpy(s->cell[to], s->cell[last], sizeof s->cell[to]);
    if (i == COUNT(pairs)) {
        s->cell[to][VCT_U_CODE] = vct_text(w, "%.*s ０%s", 1, s->cell[last][VCT_U_CODE],
                                           s->cell[last][VCT_U_CODE] + 1);
        s->cell[last][VCT_U_CODE] =
            vct_text(w, "%c0%s", *s->cell[last][VCT_U_CODE], s->cell[last][VCT_U_CODE] + 1);
        s->cell[to][VCT_U_NAME] = "other";
        w->more_faults = true; /* rows of the code that was changed are strangers */
    } else {
        s->cell[to][VCT_U_CODE] = "88-Y";
        s->cell[last][VCT_U_NAME] = pairs[i][0];
        s->cell[to][VCT_U_NAME] = pairs[i][1];
    }
    snprintf(w->note, sizeof w->note, "pair %zu", i);
    vct_expect(w, VC_FAULT, "F13", VCT_UNITS, to, VCT_U_CODE);
}

static void too_many_fields(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t row = vct_some_row(w, s), n = s->n_fields;
    vct_set(w, row, VCT_SOURCE, "");
    const char *text = vct_row_text(w, s, row);
    char *whole = vct_room(w, strlen(text) + 10000), *to = stpcpy(whole, text);
    for (size_t i = n; i < 4200; i++)
        to = stpcpy(stpcpy(to, (char[]){s->separator, '\0'}), "x");
    s->whole[row] = whole;
    vct_render(w, s);
    size_t line = s->line[row][0], extra = 0;
    for (const char *c = text; *c; c++) extra += ((unsigned char)*c & 0xC0) != 0x80;
    vct_expect_at(w, VC_FAULT, "F14", VCT_MONTHLY, line, extra + 2 + 2 * (4096 - n));
    vct_expect_at(w, VC_FAULT, "T02", VCT_MONTHLY, line, extra + 2);
}

void vct_spoil_limits(vct_world *w) {
    size_t variant = w->turn % 3;
    snprintf(w->note, sizeof w->note, "limit %zu", variant);
    if (variant == 0) {
        too_many_fields(w);
    } else if (variant == 1) {
        size_t row = vct_some_row(w, vct_monthly(w)), n = 1100000;
        char *text = vct_room(w, n + 1);
        memset(text, 'x', n);
        text[n] = '\0';
        vct_set(w, row, VCT_SOURCE, text);
        vct_expect_count(w, VC_FAULT, "F14", row, VCT_SOURCE);
    } else {
        const char *path = vct_text(w, "%s/big.csv", vct_scratch());
        FILE *file = fopen(path, "wb");
        ck_assert(file != NULL && ftruncate(fileno(file), ((off_t)2 << 30) + 1) == 0);
        ck_assert_int_eq(fclose(file), 0);
        vct_option(w, VCT_MONTHLY, "file: big.csv");
        vct_expect_at(w, VC_FAULT, "F14", VCT_MONTHLY, 0, 0)->file = "big.csv";
    }
}
