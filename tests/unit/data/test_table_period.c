/* Period cells: one form is read, the others are refused by kind (M of the catalogue). */
#include "spoiled.h"

/* What a cell gives, as months (or quarters, years) since year 0. */
static vc_period read_period(const char *cell, vc_frequency frequency, const char *kind) {
    static const vci_column_wish wishes[] = {{"unit", NULL, true}, {"month", NULL, true}};
    char text[256];
    spoiled s;
    spoiled_init(&s);
    int n = snprintf(text, sizeof text, "unit,month\n1001,%s\n", cell);
    write_bytes("monthly.csv", text, (size_t)n);
    ck_assert_int_eq(vci_table_read(&s.workspace, VC_TABLE_MONTHLY, 2, wishes, false,
                                    &s.findings, &s.table, &s.present),
                     VC_OK);
    vc_period period = 0;
    vc_status st = VC_OK;
    bool good = vci_table_period(&s.table, 0, 1, frequency, &s.findings, &period, &st);
    ck_assert_int_eq(st, VC_OK);
    ck_assert_int_eq(good, kind == NULL);
    if (kind) expect_finding(&s.findings, VC_FAULT, kind, 2, 6);
    expect_numbers(&s.findings, kind != NULL, 0);
    spoiled_free(&s);
    return period;
}

START_TEST(reads_periods) {
    ck_assert_int_eq(read_period("2013-07", VC_MONTHLY, NULL), 2013 * 12 + 6);
    ck_assert_int_eq(read_period("2013年7月", VC_MONTHLY, NULL), 2013 * 12 + 6);
    ck_assert_int_eq(read_period("2013年07月", VC_MONTHLY, NULL), 2013 * 12 + 6);
    ck_assert_int_eq(read_period("2013-Q3", VC_QUARTERLY, NULL), 2013 * 4 + 2);
    ck_assert_int_eq(read_period("2013年第3季度", VC_QUARTERLY, NULL), 2013 * 4 + 2);
    ck_assert_int_eq(read_period("2013", VC_YEARLY, NULL), 2013);
    ck_assert_int_eq(read_period("2013年", VC_YEARLY, NULL), 2013);
    ck_assert_int_eq(read_period("", VC_MONTHLY, NULL), VC_NO_PERIOD);
}
END_TEST

static void refuse_months(const char *kind, size_t n, const char *const *cells) {
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(read_period(cells[i], VC_MONTHLY, kind), VC_NO_PERIOD);
}

#define REFUSE_MONTHS(kind, ...)                                                           \
    do {                                                                                   \
        static const char *const cells[] = {__VA_ARGS__};                                  \
        refuse_months((kind), sizeof cells / sizeof *cells, cells);                        \
    } while (0)

START_TEST(m01_off_the_year) {
    REFUSE_MONTHS("M01", "2013-00", "2013-13", "2013-14", "2013-07-01", "2024-02-30",
                  "2013/7/1", "2013年13月", "2013年7月1日");
    read_period("2013-Q5", VC_QUARTERLY, "M01");
}
END_TEST

START_TEST(m03_ambiguous) {
    REFUSE_MONTHS("M03", "2013-7", "2013/07", "201307", "03/04/2024", "24-3");
}
END_TEST

START_TEST(m14_without_a_year) { REFUSE_MONTHS("M14", "7", "7月", "Mar", "FY2013-04"); }
END_TEST

START_TEST(m04_day_number) { REFUSE_MONTHS("M04", "45352", "45352.5"); }
END_TEST

START_TEST(m05_other_era) {
    REFUSE_MONTHS("M05", "113年3月", "民国113年3月", "令和6年3月", "2567-01", "113-03",
                  "2567年1月");
}
END_TEST

START_TEST(m06_other_frequency) {
    REFUSE_MONTHS("M06", "2013", "2013-Q3", "Mar 2013", "2013年3季度");
    read_period("2013-07", VC_YEARLY, "M06");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_periods),      VCT(m01_off_the_year),
                                     VCT(m03_ambiguous),      VCT(m14_without_a_year),
                                     VCT(m04_day_number),     VCT(m05_other_era),
                                     VCT(m06_other_frequency)};
    return vct_run("data/table_period", tests, VCT_COUNT(tests));
}
