/* 4.2 Table form. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TURN(w, list) (list)[(w)->turn % COUNT(list)]

void vct_spoil_separator(vct_world *w) {
    static const char separators[] = {';', '\t', '|'};
    static const char *const words[] = {"semicolon", "tab", "pipe"};
    int k = (int)vct_below(w, VCT_SHEETS);
    size_t i = w->turn % 3;
    w->sheet[k].separator = separators[i];
    if (w->turn % 2) {
        vct_expect_at(w, VC_INFO, "T01", k, 1, 0);
        return;
    }
    vct_sheet *s = &w->sheet[VCT_UNITS];
    s->separator = separators[i];
    s->as_is[0] = true;
    s->cell[0][VCT_U_CLASS] = "class, second";
    vct_option(w, VCT_UNITS, "columns: {class: \"class, second\"}");
    vct_expect_at(w, VC_FAULT, "T01", VCT_UNITS, 1, 0);
    vct_pastes(w, VCT_UNITS, vct_text(w, "separator: %s", words[i]));
    w->expected[0].remedy = "separator: ";
}

void vct_spoil_fields(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t row = 1 + vct_below(w, s->n_rows - 2), variant = w->turn % 3;
    snprintf(w->note, sizeof w->note, "variant %zu, row %zu", variant, row);
    if (variant == 0) {
        s->cell[row][1 + vct_below(w, s->n_fields - 1)] = NULL;
        vct_expect(w, VC_FAULT, "T02", VCT_MONTHLY, row, 0);
        return;
    }
    s->as_is[row] = true;
    if (variant == 1) {
        vct_set(w, row, VCT_NAME, w->chinese ? "甲村,乙村" : "Ashby, North");
        vct_render(w, s);
        /* One field too many: the last one, or what stands behind the comma in it. */
        bool last = w->at[VCT_NAME] == s->n_fields - 1;
        vct_expect_at(w, VC_FAULT, "T02", VCT_MONTHLY, s->line[row][0],
                      s->column[row][s->n_fields - 1] +
                          (last ? (w->chinese ? 3u : 7u) : 0u));
    } else {
        const char *people = vct_get(w, row, VCT_POPULATION);
        vct_set(w, row, VCT_POPULATION,
                vct_text(w, "%.*s,%s", (int)strlen(people) - 3, people,
                         people + strlen(people) - 3));
        vct_expect_count(w, VC_FAULT, "T02", row, VCT_POPULATION);
    }
}

void vct_spoil_stray_quote(vct_world *w) {
    static const char *const texts[] = {"form \"A\" of May", "5\" rule", "x\"", "表\"甲"};
    vct_sheet *s = vct_monthly(w);
    size_t row = vct_some_row(w, s), before = 0;
    const char *text = TURN(w, texts);
    s->as_is[row] = true;
    vct_set(w, row, VCT_SOURCE, text);
    for (const char *c = text; *c != '"'; c++) before += ((unsigned char)*c & 0xC0) != 0x80;
    vct_render(w, s);
    size_t field = w->at[VCT_SOURCE];
    snprintf(w->note, sizeof w->note, "%s in row %zu", text, row);
    vct_expect_at(w, VC_FAULT, "T03", VCT_MONTHLY, s->line[row][field],
                  s->column[row][field] + before);
}

void vct_spoil_header(vct_world *w) {
    static const char *const above[] = {"示例县人口月报\n", "Monthly return\n\n",
                                        "示例县人口月报\n2013年\n单位：人\n", "\n",
                                        "Table 7\nPersons\n"};
    int k = (int)vct_below(w, VCT_SHEETS);
    snprintf(w->note, sizeof w->note, "variant %zu of %s", w->turn % 2, w->sheet[k].file);
    if (w->turn % 2) {
        vct_delete_row(&w->sheet[k], 0);
        vct_expect_at(w, VC_FAULT, "T04", k, 1, 0);
        return;
    }
    const char *lines = above[w->turn / 2 % COUNT(above)];
    size_t n = 1;
    for (const char *c = lines; *c; c++) n += *c == '\n';
    w->sheet[k].above = lines;
    vct_expect_at(w, VC_FAULT, "T04", k, 1, 0);
    vct_pastes(w, k, vct_text(w, "header_row: %zu", n));
}

void vct_spoil_columns(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t variant = w->turn % 5, field = s->n_fields;
    snprintf(w->note, sizeof w->note, "variant %zu", variant);
    if (variant < 2) {
        s->n_fields++;
        for (size_t row = 0; row < s->n_rows; row++)
            s->cell[row][field] = variant ? s->cell[row][w->at[VCT_DEATHS]] : "7";
        if (variant == 0) s->cell[0][field] = w->chinese ? "备用" : "spare";
        vct_expect(w, VC_FAULT, "T05", VCT_MONTHLY, 0, field);
    } else if (variant == 2) {
        vct_set(w, 0, VCT_DEATHS, w->chinese ? "死忘人数" : "deatsh");
        vct_expect_count(w, VC_FAULT, "T05", 0, VCT_DEATHS)->remedy =
            w->chinese ? "死亡人数" : "deaths";
    } else if (variant == 3) {
        vct_set(w, 0, VCT_DEATHS, "Deaths");
        vct_expect_count(w, VC_FAULT, "T05", 0, VCT_DEATHS)->remedy = "deaths";
    } else {
        for (size_t row = 0; row < s->n_rows; row++)
            memmove(&s->cell[row][w->at[VCT_MONTH]], &s->cell[row][w->at[VCT_MONTH] + 1],
                    (s->n_fields - w->at[VCT_MONTH]) * sizeof s->cell[row][0]);
        s->n_fields--;
        vct_expect_at(w, VC_FAULT, "T05", VCT_MONTHLY, 1, 0);
    }
}

/* A row for each unit, a column for each month. */
void vct_spoil_wide(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    const char *unit = vct_get(w, 0, VCT_UNIT);
    static const char *grid[VCT_MOST_ROWS][VCT_MOST_FIELDS];
    size_t n = w->n_months < 14 ? w->n_months : 14;
    memset(grid, 0, sizeof grid);
    grid[0][0] = unit;
    for (size_t month = 0; month < n; month++)
        grid[0][1 + month] = vct_month_text(w, month, w->old_months);
    for (size_t leaf = 0; leaf < w->n_leaves; leaf++) {
        grid[1 + leaf][0] = vct_get(w, vct_row_of(w, leaf, 0), VCT_UNIT);
        for (size_t month = 0; month < n; month++)
            grid[1 + leaf][1 + month] = vct_get(w, vct_row_of(w, leaf, month), VCT_DEATHS);
    }
    memcpy(s->cell, grid, sizeof grid);
    s->n_rows = 1 + w->n_leaves;
    s->n_fields = 1 + n;
    vct_expect(w, VC_FAULT, "T06", VCT_MONTHLY, 0, 1);
}

void vct_spoil_blank_rows(vct_world *w) {
    int k = (int)vct_below(w, VCT_SHEETS);
    vct_sheet *s = &w->sheet[k];
    size_t variant = w->turn % 4, n = s->n_rows;
    size_t row = variant < 2 ? 1 + vct_below(w, n - 1) : n;
    snprintf(w->note, sizeof w->note, "variant %zu, row %zu of %s", variant, row, s->file);
    if (variant == 3) {
        for (size_t i = 0; i < n; i++)
            s->cell[i][s->n_fields] = s->cell[i][s->n_fields + 1] = "";
        s->n_fields += 2;
        return;
    }
    /* CR and LF around an empty line would be one line end. */
    if (s->ends == VCT_MIXED) s->ends = VCT_CRLF;
    vct_insert_row(s, row);
    if (variant == 1)
        for (size_t i = 0; i < s->n_fields; i++) s->cell[row][i] = "";
    else
        s->whole[row] = variant == 0 ? "" : "  ";
    if (row < n) vct_expect(w, VC_WARNING, "T07", k, row, VCT_WHOLE_ROW);
}

void vct_spoil_notes(vct_world *w) {
    static const char *const texts[] = {
        "注：本表为快报数",        "数据来源：统计局",       "Note: provisional",
        "Source: monthly returns", "填报人：某某  审核：某", "说明：含流动人口",
        "* revised figures",       "End of table",           "单位：人"};
    int k = (int)vct_below(w, VCT_SHEETS);
    vct_sheet *s = &w->sheet[k];
    size_t row = s->n_rows;
    const char *text = TURN(w, texts);
    if (s->ends == VCT_CR || s->ends == VCT_MIXED) s->ends = VCT_LF;
    vct_insert_row(s, row);
    if (w->turn % 2)
        s->whole[row] = text;
    else
        for (size_t i = 0; i < s->n_fields; i++) s->cell[row][i] = i ? "" : text;
    snprintf(w->note, sizeof w->note, "\"%s\" below %s", text, s->file);
    vct_expect(w, VC_FAULT, "T08", k, row, 0);
}

/* A row with the sums of all leaves in a month, under the name of a total. */
static size_t total_row(vct_world *w, const char *name) {
    vct_sheet *s = vct_monthly(w);
    size_t to = s->n_rows, month = vct_below(w, w->n_months);
    long sums[VCT_COLUMNS] = {0};
    for (size_t leaf = 0; leaf < w->n_leaves; leaf++)
        for (size_t c = VCT_MALE; c <= VCT_POPULATION; c++)
            if (vct_has(w, c)) sums[c] += vct_figure(w, vct_row_of(w, leaf, month), c);
    vct_insert_row(s, to);
    memcpy(s->cell[to], s->cell[vct_row_of(w, 0, month)], sizeof s->cell[to]);
    vct_set(w, to, VCT_UNIT, name);
    if (vct_has(w, VCT_NAME)) vct_set(w, to, VCT_NAME, "");
    for (size_t c = VCT_MALE; c <= VCT_POPULATION; c++)
        if (vct_has(w, c)) vct_set(w, to, c, vct_text(w, "%ld", sums[c]));
    return to;
}

void vct_spoil_totals(vct_world *w) {
    static const char *const names[] = {"合计", "Total",      "全县", "合 计",
                                        "总计", "其中：城镇", "TOTAL"};
    const char *name = TURN(w, names), *declared = vct_text(w, "total_rows: [%s]", name);
    size_t variant = w->turn % 3, row = total_row(w, name);
    snprintf(w->note, sizeof w->note, "%s, variant %zu", name, variant);
    if (variant == 0) {
        vct_expect_count(w, VC_FAULT, "T09", row, VCT_UNIT);
        vct_pastes(w, VCT_MONTHLY, declared);
        return;
    }
    vct_option(w, VCT_MONTHLY, declared);
    if (variant == 1)
        vct_set(w, row, VCT_DEATHS, vct_text(w, "%ld", vct_figure(w, row, VCT_DEATHS) + 3));
    vct_expect_count(w, variant == 1 ? VC_FAULT : VC_WARNING, "T09", row, VCT_UNIT);
}

void vct_spoil_subtotals(vct_world *w) {
    static const char *const forms[] = {
        "%d",       "%d年",       "%d-Q1",       "%d年1季度", "%d年1-6月",
        "%d年合计", "%d年上半年", "%dH1",        "%d年全年",  "Jan-Jun %d",
        "1-6月",    "上半年",     "%d-01~%d-06", "合计"};
    char text[64];
    const char *form = TURN(w, forms), *at = form;
    size_t n = 0, row = vct_some_row(w, vct_monthly(w));
    while (*at && n + 8 < sizeof text) {
        if (strncmp(at, "%d", 2) == 0) {
            n += (size_t)sprintf(text + n, "%d", w->first_year);
            at += 2;
        } else {
            text[n++] = *at++;
        }
    }
    text[n] = '\0';
    vct_set(w, row, VCT_MONTH, vct_text(w, "%s", text));
    snprintf(w->note, sizeof w->note, "\"%s\" in row %zu", text, row);
    vct_expect_count(w, VC_FAULT, "T10", row, VCT_MONTH);
}

void vct_spoil_second_header(vct_world *w) {
    static const char *const other[][2] = {{"单位", "unit"},
                                           {"单位名称", "name"},
                                           {"月份", "month"},
                                           {"出生男婴", "births_male"},
                                           {"出生女婴", "births_female"},
                                           {"出生人数", "births"},
                                           {"符合政策出生人数", "births_compliant"},
                                           {"死亡人数", "deaths"},
                                           {"期末人口数", "population"},
                                           {"数据状态", "status"},
                                           {"上报月份", "reported"},
                                           {"数据来源", "source"}};
    vct_sheet *s = vct_monthly(w);
    size_t row = 1 + vct_below(w, s->n_rows - 1);
    vct_insert_row(s, row);
    memcpy(s->cell[row], s->cell[0], sizeof s->cell[row]);
    snprintf(w->note, sizeof w->note, "header again in row %zu", row);
    if (w->turn % 2 == 0) {
        vct_expect(w, VC_WARNING, "T11", VCT_MONTHLY, row, VCT_WHOLE_ROW);
        return;
    }
    for (size_t c = 0; c < COUNT(other); c++)
        if (vct_has(w, c)) vct_set(w, row, c, other[c][w->chinese]);
    vct_expect(w, VC_FAULT, "T11", VCT_MONTHLY, row, VCT_WHOLE_ROW);
}

void vct_spoil_order(vct_world *w) {
    vct_sheet *s = &w->sheet[w->turn % 2 ? VCT_MONTHLY : VCT_TARGETS];
    const char *row[VCT_MOST_FIELDS];
    for (size_t i = s->n_rows - 1; i > 1; i--) {
        size_t k = 1 + vct_below(w, i);
        memcpy(row, s->cell[i], sizeof row);
        memcpy(s->cell[i], s->cell[k], sizeof row);
        memcpy(s->cell[k], row, sizeof row);
    }
}

/* Below a blank row another table begins. */
void vct_spoil_second_table(vct_world *w) {
    vct_sheet *s = vct_monthly(w);
    size_t row = s->n_rows;
    char separator[2] = {s->separator, '\0'};
    if (s->ends == VCT_MIXED) s->ends = VCT_CRLF;
    for (size_t i = 0; i < 4; i++) vct_insert_row(s, row + i);
    s->whole[row] = "";
    s->whole[row + 1] = vct_text(w, "unit%smonth%sarrivals", separator, separator);
    for (size_t i = 2; i < 4; i++)
        s->whole[row + i] = vct_text(w, "%s%s%s%s7", vct_get(w, 1, VCT_UNIT), separator,
                                     vct_month_text(w, i, false), separator);
    vct_expect(w, VC_FAULT, "T13", VCT_MONTHLY, row + 1, VCT_WHOLE_ROW);
}

/* What was merged stands in the first row of its block only. */
void vct_spoil_merged(vct_world *w) {
    size_t column = w->by_month ? VCT_MONTH : VCT_UNIT, first = 0;
    size_t block = w->by_month ? w->n_leaves : w->n_months;
    for (size_t row = 1; row < vct_monthly(w)->n_rows; row++) {
        if ((row - 1) % block == 0) continue;
        vct_set(w, row, column, "");
        if (first == 0) first = row;
    }
    vct_expect_count(w, VC_FAULT, "T14", first, column);
}
