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

static bool reads(const char *text, bool month_ok) {
    char *plain = NULL;
    ck_assert_int_eq(vci_text_normalise(text, strlen(text), &plain), VC_OK);
    bool found = vci_when_read(plain, month_ok, &when);
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

START_TEST(what_is_no_time_is_not_taken_for_one) {
    static const char *const texts[] = {"出生人数", "17", "本月",  "990101", "13月",
                                        "0月",      "1",  "第3表", "45292",  ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!finds(texts[i]), "%s", texts[i]);
}
END_TEST

START_TEST(cells_are_read_whole) {
    ck_assert(reads("7", true));
    is(0, 7, 7);
    ck_assert(!reads("7", false));
    ck_assert(!reads("7月出生", true));
    ck_assert(!reads("45292", true));
    ck_assert(!reads("13", true));
    ck_assert(reads("2024-07-01", false));
    is(2024, 7, 7);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(titles_say_months_and_ranges),
                                     VCT(what_is_no_time_is_not_taken_for_one),
                                     VCT(cells_are_read_whole)};
    return vct_run("office/when", tests, VCT_COUNT(tests));
}
