#include "office/when_internal.h"

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "support/harness.h"

static vci_when when;

static bool finds(const char *text) {
    char *plain = NULL;
    ck_assert_int_eq(vci_text_normalise(text, strlen(text), &plain), VC_OK);
    bool found = vci_when_find(plain, &when, NULL);
    vci_free(plain);
    return found;
}

static bool reads(const char *text, vci_bare bare) {
    char *plain = NULL;
    ck_assert_int_eq(vci_text_normalise(text, strlen(text), &plain), VC_OK);
    bool found = vci_when_read(plain, bare, &when);
    vci_free(plain);
    return found;
}

static void is(int year, int first, int last) {
    ck_assert_int_eq(when.year, year);
    ck_assert_int_eq(when.first, first);
    ck_assert_int_eq(when.last, last);
}

START_TEST(titles_say_months_and_ranges) {
    static const struct {
        const char *text;
        int year, first, last;
    } cases[] = {{"2024年7月出生情况", 2024, 7, 7},
                 {"示例县２０２４年１—７月累计", 2024, 1, 7},
                 {"2024 年 1 - 7 月份", 2024, 1, 7},
                 {"2024年1月～7月", 2024, 1, 7},
                 {"2024年上半年", 2024, 1, 6},
                 {"2024年前三季度", 2024, 1, 9},
                 {"2024年全年", 2024, 1, 12},
                 {"2024年度统计", 2024, 0, 0},
                 {"十二月", 0, 12, 12},
                 {"1-2月", 0, 1, 2},
                 {"报表2024-07", 2024, 7, 7},
                 {"2024/7/1", 2024, 7, 7},
                 {"2024.10", 2024, 10, 10}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(finds(cases[i].text), "%s", cases[i].text);
        is(cases[i].year, cases[i].first, cases[i].last);
    }
}
END_TEST

START_TEST(quarters_are_told_from_months) {
    static const struct {
        const char *text;
        int year, first, last;
        bool quarter;
    } cases[] = {
        {"2013年第2季度统计", 2013, 4, 6, true}, {"2013年第二季度", 2013, 4, 6, true},
        {"2013年四季度", 2013, 10, 12, true},    {"一季度", 0, 1, 3, true},
        {"2013-Q3", 2013, 7, 9, true},           {"2013Q3", 2013, 7, 9, true},
        {"2013年Q1", 2013, 1, 3, true},          {"2013年１－３季度", 2013, 1, 9, true},
        {"2013年前两季度", 2013, 1, 6, true},    {"2013年前三季度", 2013, 1, 9, true},
        {"第一至第三季度", 0, 1, 9, true},       {"2013-3季度", 2013, 7, 9, true},
        {"2013年1-3月", 2013, 1, 3, false},      {"2013年上半年", 2013, 1, 6, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(finds(cases[i].text), "%s", cases[i].text);
        ck_assert_msg(when.quarter == cases[i].quarter, "%s", cases[i].text);
        is(cases[i].year, cases[i].first, cases[i].last);
        ck_assert(vci_when_is_whole(&when));
    }
    ck_assert(finds("2013年1-2月"));
    ck_assert(!vci_when_is_whole(&when));
    ck_assert(finds("2013年2-3月"));
    ck_assert(!vci_when_is_whole(&when));
    ck_assert(reads("3", VCI_BARE_QUARTER));
    is(0, 7, 9);
    ck_assert(!reads("5", VCI_BARE_QUARTER));
}
END_TEST

START_TEST(what_is_no_time_is_not_taken_for_one) {
    static const char *const texts[] = {"出生人数", "17",   "本月",  "990101", "13月",
                                        "0月",      "1",    "第3表", "45292",  "",
                                        "四季青镇", "faq3", "q31",   "q5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!finds(texts[i]), "%s", texts[i]);
}
END_TEST

START_TEST(cells_are_read_whole) {
    ck_assert(reads("7", VCI_BARE_MONTH));
    is(0, 7, 7);
    ck_assert(!reads("7", VCI_BARE_NOTHING));
    ck_assert(!reads("7月出生", VCI_BARE_MONTH));
    ck_assert(!reads("45292", VCI_BARE_MONTH));
    ck_assert(!reads("13", VCI_BARE_MONTH));
    ck_assert(reads("2024-07-01", VCI_BARE_NOTHING));
    is(2024, 7, 7);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(titles_say_months_and_ranges), VCT(quarters_are_told_from_months),
        VCT(what_is_no_time_is_not_taken_for_one), VCT(cells_are_read_whole)};
    return vct_run("office/when", tests, VCT_COUNT(tests));
}
