/* Clean worlds of random layout, and their files. */
#include <iconv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

#define ARENA ((size_t)24 << 20)

static char arena[ARENA];
static size_t arena_used;

/* --- chance and texts ----------------------------------------------------------------- */

/* xorshift64* (Vigna 2016): enough to choose places. */
size_t vct_below(vct_world *w, size_t n) {
    w->state ^= w->state >> 12;
    w->state ^= w->state << 25;
    w->state ^= w->state >> 27;
    return (size_t)((w->state * 2685821657736338717u) >> 33) % n;
}

static bool by_chance(vct_world *w, size_t percent) { return vct_below(w, 100) < percent; }

char *vct_room(vct_world *w, size_t n) {
    (void)w;
    ck_assert_uint_lt(arena_used + n, ARENA);
    char *room = arena + arena_used;
    arena_used += n;
    return room;
}

const char *vct_text(vct_world *w, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = vct_room(w, (size_t)n + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return text;
}

/* --- the files ------------------------------------------------------------------------ */

typedef struct pen {
    char *at;
    size_t line, column;
} pen;

static void put(pen *p, const char *text, size_t n) {
    memcpy(p->at, text, n);
    p->at += n;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\n') {
            p->line++;
            p->column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            p->column++;
        }
    }
}

static void put_cell(const vct_sheet *s, const char *text, bool as_is, pen *p) {
    char separator[2] = {s->separator, '\0'};
    bool needed = strpbrk(text, "\"\n") || strstr(text, separator);
    if (as_is || !(needed || s->quoted)) {
        put(p, text, strlen(text));
        return;
    }
    put(p, "\"", 1);
    for (; *text; text++) {
        if (*text == '"') put(p, "\"", 1);
        put(p, text, 1);
    }
    put(p, "\"", 1);
}

static void put_row(vct_sheet *s, size_t row, pen *p) {
    for (size_t k = 0; k < s->n_fields; k++) {
        s->line[row][k] = p->line;
        s->column[row][k] = p->column;
        if (s->whole[row] || !s->cell[row][k]) continue;
        if (k > 0) {
            put(p, &s->separator, 1);
            s->column[row][k]++;
        }
        put_cell(s, s->cell[row][k], s->as_is[row], p);
    }
    if (s->whole[row]) put(p, s->whole[row], strlen(s->whole[row]));
}

static void put_end(const vct_sheet *s, size_t row, pen *p) {
    bool crlf = s->ends == VCT_CRLF || (s->ends == VCT_MIXED && row % 3 == 1);
    bool cr = s->ends == VCT_CR || (s->ends == VCT_MIXED && row % 3 == 2);
    if (crlf || cr) *p->at++ = '\r';
    if (!cr) *p->at++ = '\n';
    p->line++;
    p->column = 1;
}

static void encode(vct_world *w, vct_sheet *s) {
    iconv_t cd = iconv_open(s->encoding, "UTF-8");
    ck_assert_msg(cd != (iconv_t)-1, "no encoding %s", s->encoding);
    size_t room = 4 * s->n + 8, left = s->n, size = room;
    char *in = s->bytes, *begin = vct_room(w, room), *out = begin;
    bool wide = strncmp(s->encoding, "UTF-16", 6) == 0;
    if (wide) out = mempcpy(out, s->encoding[6] == 'L' ? "\xFF\xFE" : "\xFE\xFF", 2);
    size -= (size_t)(out - begin);
    ck_assert_msg(iconv(cd, &in, &left, &out, &size) != (size_t)-1, "%s cannot be %s",
                  s->file, s->encoding);
    iconv_close(cd);
    s->bytes = begin;
    s->n = (size_t)(out - begin);
}

static size_t room_for(const vct_sheet *s) {
    size_t n = strlen(s->above) + 16;
    for (size_t row = 0; row < s->n_rows; row++) {
        n += s->whole[row] ? strlen(s->whole[row]) : 0;
        for (size_t k = 0; k < s->n_fields && s->cell[row][k]; k++)
            n += 2 * strlen(s->cell[row][k]) + 3;
        n += 4;
    }
    return n;
}

void vct_render(vct_world *w, vct_sheet *s) {
    if (s->bytes) return;
    s->bytes = vct_room(w, room_for(s));
    pen p = {s->bytes, 1, 1};
    if (s->mark) p.at = mempcpy(p.at, "\xEF\xBB\xBF", 3);
    put(&p, s->above, strlen(s->above));
    for (size_t row = 0; row < s->n_rows; row++) {
        put_row(s, row, &p);
        if (row + 1 < s->n_rows || !s->open_end) put_end(s, row, &p);
    }
    s->n = (size_t)(p.at - s->bytes);
    if (strcmp(s->encoding, "UTF-8") != 0) encode(w, s);
}

const char *vct_settings(vct_world *w) {
    static const char *const keys[] = {"units", "monthly", "targets"};
    const char *text = "";
    bool any = false;
    for (size_t i = 0; i < w->n_top; i++) text = vct_text(w, "%s%s\n", text, w->top[i]);
    for (int k = 0; k < VCT_SHEETS; k++) {
        if (w->n_option[k] == 0) continue;
        text = vct_text(w, "%s%s  %s:\n", text, any ? "" : "tables:\n", keys[k]);
        any = true;
        for (size_t i = 0; i < w->n_option[k]; i++)
            text = vct_text(w, "%s    %s\n", text, w->option[k][i]);
    }
    return text;
}

size_t vct_top(vct_world *w, const char *line) {
    ck_assert_uint_lt(w->n_top, VCT_MOST_LINES);
    w->top[w->n_top++] = line;
    return w->n_top;
}

void vct_option(vct_world *w, int sheet, const char *line) {
    ck_assert_uint_lt(w->n_option[sheet], VCT_MOST_LINES);
    w->option[sheet][w->n_option[sheet]++] = line;
}

/* --- rows and cells ------------------------------------------------------------------- */

vct_sheet *vct_monthly(vct_world *w) { return &w->sheet[VCT_MONTHLY]; }

size_t vct_some_row(vct_world *w, const vct_sheet *s) {
    return 1 + vct_below(w, s->n_rows - 1);
}

bool vct_has(const vct_world *w, size_t column) { return w->at[column] < VCT_MOST_FIELDS; }

const char *vct_get(const vct_world *w, size_t row, size_t column) {
    ck_assert(vct_has(w, column));
    return w->sheet[VCT_MONTHLY].cell[row][w->at[column]];
}

long vct_figure(const vct_world *w, size_t row, size_t column) {
    return strtol(vct_get(w, row, column), NULL, 10);
}

void vct_set(vct_world *w, size_t row, size_t column, const char *text) {
    ck_assert(vct_has(w, column));
    w->sheet[VCT_MONTHLY].cell[row][w->at[column]] = text;
}

/* Counts that no other figure of the row must agree with. */
size_t vct_count_column(vct_world *w) {
    static const size_t free_ones[] = {VCT_DEATHS, VCT_POPULATION, VCT_BIRTHS, VCT_MALE,
                                       VCT_FEMALE};
    size_t n = 0, found[VCT_COLUMNS];
    for (size_t i = 0; i < sizeof free_ones / sizeof *free_ones; i++)
        if (vct_has(w, free_ones[i])) found[n++] = free_ones[i];
    return found[vct_below(w, n)];
}

static void move_rows(vct_sheet *s, size_t to, size_t from, size_t n) {
    memmove(s->cell[to], s->cell[from], n * sizeof s->cell[0]);
    memmove(&s->whole[to], &s->whole[from], n * sizeof s->whole[0]);
    memmove(&s->as_is[to], &s->as_is[from], n * sizeof s->as_is[0]);
}

void vct_insert_row(vct_sheet *s, size_t row) {
    ck_assert_uint_lt(s->n_rows, VCT_MOST_ROWS);
    move_rows(s, row + 1, row, s->n_rows - row);
    memset(s->cell[row], 0, sizeof s->cell[row]);
    s->whole[row] = NULL;
    s->as_is[row] = false;
    s->n_rows++;
}

void vct_delete_row(vct_sheet *s, size_t row) {
    move_rows(s, row, row + 1, s->n_rows - row - 1);
    s->n_rows--;
}

const char *vct_row_text(vct_world *w, const vct_sheet *s, size_t row) {
    char *text = vct_room(w, 4096);
    pen p = {text, 1, 1};
    for (size_t k = 0; k < s->n_fields; k++) {
        if (k > 0) put(&p, &s->separator, 1);
        put_cell(s, s->cell[row][k], false, &p);
    }
    *p.at = '\0';
    return text;
}

size_t vct_row_of(const vct_world *w, size_t leaf, size_t month) {
    return 1 + (w->by_month ? month * w->n_leaves + leaf : leaf * w->n_months + month);
}

const char *vct_month_text(vct_world *w, size_t month, bool chinese) {
    size_t m = (size_t)(w->first_month - 1) + month;
    int year = w->first_year + (int)(m / 12), in = (int)(m % 12) + 1;
    return chinese ? vct_text(w, "%d年%d月", year, in) : vct_text(w, "%d-%02d", year, in);
}

/* --- the clean world ------------------------------------------------------------------ */

static const char *const words[VCT_COLUMNS][3] = {
    [VCT_UNIT] = {"unit", "单位", "统计单元"},
    [VCT_NAME] = {"name", "单位名称", "单元名"},
    [VCT_MONTH] = {"month", "月份", "ym"},
    [VCT_MALE] = {"births_male", "出生男婴", "男孩"},
    [VCT_FEMALE] = {"births_female", "出生女婴", "女孩"},
    [VCT_BIRTHS] = {"births", "出生人数", "b_total"},
    [VCT_COMPLIANT] = {"births_compliant", "符合政策出生人数", "within policy"},
    [VCT_DEATHS] = {"deaths", "死亡人数", "d_total"},
    [VCT_POPULATION] = {"population", "期末人口数", "户籍人口"},
    [VCT_STATUS] = {"status", "数据状态", "state"},
    [VCT_REPORTED] = {"reported", "上报月份", "rep"},
    [VCT_SOURCE] = {"source", "数据来源", "src"},
    [VCT_EXTRA] = {"", "", "remark"}};

static const char *const place_names[][2] = {
    {"高桥", "Ashby"},     {"柳林", "Northfield"}, {"石门", "Fen End"},
    {"白云", "Holme"},     {"双河口", "Oakley"},   {"沙溪", "St Ives"},
    {"大湾", "Upper Rye"}, {"新店", "Kirkby"},     {"龙泉", "Marsh Lane"},
    {"青山", "Wold"},      {"长坪", "Elm Hill"},   {"东升", "Quay"}};

typedef struct column_choice {
    bool is[VCT_COLUMNS];
} column_choice;

static column_choice choose_columns(vct_world *w, uint64_t needs) {
    static const size_t percent[VCT_COLUMNS] = {
        [VCT_UNIT] = 100,  [VCT_NAME] = 40,      [VCT_MONTH] = 100, [VCT_MALE] = 70,
        [VCT_BIRTHS] = 40, [VCT_COMPLIANT] = 30, [VCT_DEATHS] = 60, [VCT_POPULATION] = 70,
        [VCT_STATUS] = 30, [VCT_REPORTED] = 20,  [VCT_SOURCE] = 30, [VCT_EXTRA] = 40};
    column_choice choice;
    for (size_t c = 0; c < VCT_COLUMNS; c++) {
        choice.is[c] = by_chance(w, percent[c]);
        if (needs & VCT_NEED(c)) choice.is[c] = true;
        if (needs & VCT_LACK(c)) choice.is[c] = false;
    }
    if (needs & VCT_NEED(VCT_FEMALE)) choice.is[VCT_MALE] = true;
    choice.is[VCT_FEMALE] = choice.is[VCT_MALE];
    if (!choice.is[VCT_MALE]) choice.is[VCT_BIRTHS] = true;
    if (!choice.is[VCT_BIRTHS] && !choice.is[VCT_MALE]) choice.is[VCT_COMPLIANT] = false;
    choice.is[VCT_EXTRA] = choice.is[VCT_EXTRA] && w->mapped;
    return choice;
}

/* A random order of the columns that are there; the source, which may hold line breaks,
 * last. */
static void place_columns(vct_world *w, const column_choice *choice) {
    vct_sheet *s = vct_monthly(w);
    size_t order[VCT_COLUMNS], n = 0;
    for (size_t c = 0; c < VCT_COLUMNS; c++) {
        w->at[c] = VCT_MOST_FIELDS;
        if (choice->is[c] && c != VCT_SOURCE) order[n++] = c;
    }
    for (size_t i = n; i > 1; i--) {
        size_t k = vct_below(w, i), other = order[i - 1];
        order[i - 1] = order[k];
        order[k] = other;
    }
    if (choice->is[VCT_SOURCE]) order[n++] = VCT_SOURCE;
    s->n_fields = n;
    for (size_t i = 0; i < n; i++) {
        bool renamed = w->mapped && (order[i] == VCT_MONTH || by_chance(w, 50));
        const char *word = words[order[i]][renamed ? 2 : w->chinese];
        if (order[i] == VCT_EXTRA) word = words[VCT_EXTRA][2];
        w->at[order[i]] = i;
        s->cell[0][i] = word;
        if (renamed && order[i] != VCT_EXTRA)
            vct_option(w, VCT_MONTHLY,
                       vct_text(w, "  %s: \"%s\"", words[order[i]][0], word));
    }
}

static void fill_figures(vct_world *w, size_t row, long people) {
    long male = 3 + (long)vct_below(w, 12), female = 3 + (long)vct_below(w, 12);
    long births = male + female;
    const long figures[VCT_COLUMNS] = {[VCT_MALE] = male,
                                       [VCT_FEMALE] = female,
                                       [VCT_BIRTHS] = births,
                                       [VCT_COMPLIANT] = births - (long)vct_below(w, 3),
                                       [VCT_DEATHS] = 2 + (long)vct_below(w, 14),
                                       [VCT_POPULATION] = people + (long)vct_below(w, 90)};
    for (size_t c = VCT_MALE; c <= VCT_POPULATION; c++)
        if (vct_has(w, c)) vct_set(w, row, c, vct_text(w, "%ld", figures[c]));
}

static void fill_row(vct_world *w, size_t row, size_t leaf, size_t month, long people) {
    static const char *const statuses[][2] = {
        {"final", "正式数"}, {"provisional", "快报数"}, {"", ""}};
    static const char *const sources[] = {"", "monthly return", "second form, page 2",
                                          "first line\nsecond line", "表\"甲\""};
    const vct_sheet *units = &w->sheet[VCT_UNITS];
    size_t unit = units->n_rows - w->n_leaves + leaf;
    vct_set(w, row, VCT_UNIT, units->cell[unit][VCT_U_CODE]);
    vct_set(w, row, VCT_MONTH, vct_month_text(w, month, w->old_months));
    if (vct_has(w, VCT_NAME)) vct_set(w, row, VCT_NAME, units->cell[unit][VCT_U_NAME]);
    if (vct_has(w, VCT_STATUS))
        vct_set(w, row, VCT_STATUS, statuses[vct_below(w, 3)][w->chinese]);
    if (vct_has(w, VCT_REPORTED))
        vct_set(w, row, VCT_REPORTED, vct_month_text(w, month + 1, w->old_months));
    if (vct_has(w, VCT_SOURCE)) vct_set(w, row, VCT_SOURCE, sources[vct_below(w, 5)]);
    if (vct_has(w, VCT_EXTRA)) vct_set(w, row, VCT_EXTRA, leaf % 2 ? "-" : "12,5 %");
    fill_figures(w, row, people);
}

static void fill_monthly(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    s->n_rows = 1 + w->n_leaves * w->n_months;
    for (size_t leaf = 0; leaf < w->n_leaves; leaf++) {
        long people = 12000 + (long)vct_below(w, 9000);
        for (size_t month = 0; month < w->n_months; month++)
            fill_row(w, vct_row_of(w, leaf, month), leaf, month, people);
    }
}

/* A root, two or three towns, the leaves below them last. */
static void fill_units(vct_world *w, uint64_t needs) {
    static const char *const header[][2] = {
        {"code", "代码"}, {"name", "名称"}, {"parent", "上级"}, {"class", "类别"}};
    vct_sheet *s = &w->sheet[VCT_UNITS];
    size_t n_towns = 2 + vct_below(w, 2), first = vct_below(w, 12);
    bool zeros = (needs & VCT_ZEROS) || by_chance(w, 30);
    w->n_leaves = 3 + vct_below(w, 2 * n_towns - 2);
    s->n_fields = 4;
    s->n_rows = 1 + 1 + n_towns + w->n_leaves;
    for (size_t k = 0; k < 4; k++) s->cell[0][k] = header[k][w->chinese];
    for (size_t i = 1; i < s->n_rows; i++) {
        bool root = i == 1, town = i > 1 && i < 2 + n_towns;
        size_t number = root ? 0 : town ? 10 * (i - 1) : 10 * (1 + (i - 2) % n_towns) + i;
        const char *name = place_names[(first + i) % 12][!w->chinese];
        size_t parent = root ? 0 : town ? 1 : 2 + (i - 2) % n_towns;
        s->cell[i][VCT_U_CODE] = vct_text(w, zeros ? "0%zu" : "9%zu", 9000 + number);
        s->cell[i][VCT_U_NAME] = vct_text(w, "%s%s", name,
                                          root          ? w->chinese ? "县" : " county"
                                          : town        ? w->chinese ? "镇" : " town"
                                          : !w->chinese ? " village"
                                                        : "村");
        s->cell[i][VCT_U_PARENT] = parent ? s->cell[parent][VCT_U_CODE] : "";
        s->cell[i][VCT_U_CLASS] = town ? "A" : "";
    }
}

static void fill_targets(vct_world *w) {
    static const char *const header[][2] = {{"id", "编号"},        {"year_end", "考核年度"},
                                            {"unit", "单位"},      {"indicator", "指标"},
                                            {"direction", "方向"}, {"value", "目标值"}};
    vct_sheet *s = &w->sheet[VCT_TARGETS];
    int last = w->first_year + (w->first_month - 1 + (int)w->n_months - 1) / 12;
    const char *end = vct_text(w, w->old_months ? "%d年12月" : "%d-12", last);
    s->n_fields = 6;
    s->n_rows = 4;
    for (size_t k = 0; k < 6; k++) s->cell[0][k] = header[k][w->chinese];
    const char *rows[3][6] = {{"t1", end, w->sheet[VCT_UNITS].cell[1][VCT_U_CODE],
                               w->chinese ? "出生人数" : "births",
                               w->chinese ? "不高于" : "at_most", "9000"},
                              {"t2", end, "level:1", "births", "at_least", "12.5"},
                              {"t3", end, "*", "births", "at_least", "1"}};
    for (size_t i = 0; i < 3; i++) memcpy(s->cell[i + 1], rows[i], sizeof rows[i]);
}

void vct_plain_layout(vct_sheet *s) {
    s->encoding = "UTF-8";
    s->mark = s->quoted = false;
    s->open_end = false;
}

/* The layout of a file; what the reader cannot find out by itself stands in the settings.
 */
static void lay_out(vct_world *w, int sheet, uint64_t needs) {
    static const char *const names[] = {"units.csv", "monthly.csv", "targets.csv"};
    vct_sheet *s = &w->sheet[sheet];
    size_t chance = vct_below(w, 100);
    s->file = names[sheet];
    s->above = "";
    s->encoding = chance < 70   ? "UTF-8"
                  : chance < 80 ? "UTF-16LE"
                  : chance < 90 ? "UTF-16BE"
                                : "GB18030";
    s->separator = ",\t;|"[by_chance(w, 60) ? 0 : vct_below(w, 4)];
    s->ends = (vct_line_end)(by_chance(w, 50) ? VCT_LF : vct_below(w, 4));
    s->mark = strcmp(s->encoding, "UTF-8") == 0 && by_chance(w, 30);
    s->open_end = by_chance(w, 30);
    s->quoted = by_chance(w, 25);
    if (needs & VCT_PLAIN) vct_plain_layout(s);
    if (needs & VCT_COMMA) s->separator = ',';
    if (strcmp(s->encoding, "GB18030") == 0) {
        s->separator = s->separator == '|' ? ',' : s->separator;
        /* ASCII alone is UTF-8 and GB18030: then nothing need be declared. */
        vct_option(w, sheet, "encoding: gb18030");
    }
}

/* Quoted line breaks and bare CR line ends do not go together. */
static void settle_ends(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    if (vct_has(w, VCT_SOURCE) && s->ends != VCT_LF) s->ends = VCT_CRLF;
}

/* --- what is read beside the tables ----------------------------------------------------
 */

size_t vct_other_add(vct_world *w, const char *line) {
    ck_assert_uint_lt(w->other.n_lines, VCT_MOST_LINES);
    w->other.line[w->other.n_lines++] = line;
    return w->other.n_lines;
}

size_t vct_other_find(const vct_world *w, const char *begin) {
    size_t i = 0;
    while (i < w->other.n_lines && strncmp(w->other.line[i], begin, strlen(begin)) != 0)
        i++;
    ck_assert_msg(i < w->other.n_lines, "no line \"%s\"", begin);
    return i + 1;
}

size_t vct_column_of(const char *line, const char *at) {
    size_t column = 1;
    const char *found = strstr(line, at);
    ck_assert_msg(found != NULL, "\"%s\" is not in \"%s\"", at, line);
    for (const char *c = line; c < found; c++) column += ((unsigned char)*c & 0xC0) != 0x80;
    return column;
}

const char *vct_path(vct_world *w, const char *name) {
    return vct_text(w, "%s/%s", vct_scratch(), name);
}

static void make_other(vct_world *w, uint64_t needs) {
    if (needs & VCT_MODEL) vct_model_make(w);
    if (needs & VCT_SCENARIO) vct_scenario_make(w);
    if (needs & VCT_RUN) vct_run_make(w);
    if (needs & VCT_COMMAND) vct_command_make(w);
}

void vct_world_make(vct_world *w, uint64_t seed, size_t turn, uint64_t needs) {
    memset(w, 0, sizeof *w);
    arena_used = 0;
    w->state = (seed + 1) * 0x9E3779B97F4A7C15u;
    w->turn = turn;
    w->as_of = VC_NO_PERIOD;
    for (size_t i = 0; i < 4; i++) vct_below(w, 2);
    w->chinese = (needs & VCT_CHINESE) || by_chance(w, 50);
    w->mapped = !(needs & VCT_UNMAPPED) && by_chance(w, 35);
    w->by_month = by_chance(w, 50);
    w->old_months = by_chance(w, 25);
    w->first_year = 2006 + (int)vct_below(w, 8);
    w->first_month = 1 + (int)vct_below(w, 12);
    w->n_months = 24 + vct_below(w, 14);
    for (int k = 0; k < VCT_SHEETS; k++) lay_out(w, k, needs);
    if (w->mapped) vct_option(w, VCT_MONTHLY, "columns:");
    vct_top(w, w->chinese ? "name: 示例县" : "name: Example");
    vct_top(w, "synthetic: yes");
    vct_top(w, by_chance(w, 50) ? "language: zh" : "language: en");
    fill_units(w, needs);
    column_choice choice = choose_columns(w, needs);
    place_columns(w, &choice);
    fill_monthly(w);
    fill_targets(w);
    settle_ends(w);
    make_other(w, needs);
    if (needs & VCT_JUDGED)
        w->as_of =
            (vc_period)(w->first_year * 12 + w->first_month - 1 + (int)w->n_months - 1);
}
