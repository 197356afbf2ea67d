/* Cells of tables: kinds N of the catalogue, and the exactness of numbers. */
#include <math.h>

#include "data/number_internal.h"
#include "spoiled.h"

/* A table of one row; the cell under test is births_male, in line 2 at character 14. */
static void read_cell(spoiled *s, const char *cell) {
    char text[512];
    snprintf(text, sizeof text,
             "unit,month,births_male,births_female,population\n1001,2013-01,%s,0,0\n",
             cell);
    spoiled_read(s, text);
}

static void refuse(const char *cell, const char *kind) {
    spoiled s;
    spoiled_init(&s);
    read_cell(&s, cell);
    expect_finding(&s.findings, VC_FAULT, kind, 2, 14);
    expect_numbers(&s.findings, 1, 0);
    spoiled_free(&s);
}

static void accept_as(const char *cell, double want, size_t n_warnings) {
    spoiled s;
    spoiled_init(&s);
    read_cell(&s, cell);
    expect_numbers(&s.findings, 0, n_warnings);
    CHECK_CLOSE(s.sum, want, 0, 0);
    spoiled_free(&s);
}

START_TEST(reads_counts) {
    accept_as("0", 0, 0);
    accept_as("+12", 12, 0);
    accept_as("12.0", 12, 0);
    accept_as("9007199254740991", 9007199254740991.0, 0);
}
END_TEST

START_TEST(n01_thousands) {
    refuse("\"1,234\"", "N01");
    refuse("\"1,234,567\"", "N01");
    refuse("1 234", "N01");
    refuse("1'234", "N01");
    refuse("1.234.567", "N01");
    spoiled s;
    spoiled_init(&s);
    read_cell(&s, "\"1,234\"");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "N01", 2, 14);
    ck_assert_ptr_nonnull(strstr(finding->remedy, "thousands: yes"));
    spoiled_free(&s);
}
END_TEST

START_TEST(n01_once_per_column) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n1,2013-01,\"1,234\"\n1,2013-02,\"1,235\"\n");
    expect_numbers(&s.findings, 1, 0);
    CHECK_CLOSE(s.sum, 0, 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(n01_declared) {
    spoiled s;
    spoiled_init(&s);
    s.options->thousands = true;
    read_cell(&s, "\"1,234,567\"");
    expect_numbers(&s.findings, 0, 0);
    CHECK_CLOSE(s.sum, 1234567, 0, 0);
    spoiled_free(&s);
    spoiled_init(&s);
    s.options->thousands = true;
    read_cell(&s, "\"12,34\"");
    expect_finding(&s.findings, VC_FAULT, "N02", 2, 14);
    spoiled_free(&s);
}
END_TEST

START_TEST(n02_decimal_comma) { refuse("\"12,5\"", "N02"); }
END_TEST

START_TEST(n03_full_width) {
    accept_as("１２３", 123, 0);
    refuse("一百二十", "N03");
    spoiled s;
    spoiled_init(&s);
    read_cell(&s, "１２３");
    expect_finding(&s.findings, VC_INFO, "N03", 2, 14);
    spoiled_free(&s);
}
END_TEST

START_TEST(n05_error_values) {
    static const char *const cells[] = {"NaN",  "nan",     "Inf",  "-inf",
                                        "#N/A", "#DIV/0!", "#REF!"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) refuse(cells[i], "N05");
}
END_TEST

START_TEST(n06_marks) {
    static const char *const cells[] = {"-", "—", "…", "..", "x", "n/a", "缺", "NULL"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) refuse(cells[i], "N06");
}
END_TEST

START_TEST(n06_declared) {
    static char dash[] = "-", long_dash[] = "—";
    char *missing[] = {dash}, *zero[] = {long_dash};
    spoiled s;
    spoiled_init(&s);
    s.options->n_missing = s.options->n_zero = 1;
    s.options->missing = missing;
    s.options->zero = zero;
    spoiled_read(&s, "unit,month,births_male,births_female\n1001,2013-01,-,—\n");
    expect_numbers(&s.findings, 0, 0);
    double male = 0, female = 1;
    vc_status st = VC_OK;
    ck_assert(vci_table_count(&s.table, s.options, 0, MALE, &s.findings, &male, &st));
    ck_assert(vci_table_count(&s.table, s.options, 0, FEMALE, &s.findings, &female, &st));
    CHECK_CLOSE(male, nan(""), 0, 0);
    CHECK_CLOSE(female, 0, 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(n06_blank_is_missing) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n1,2013-01,3\n1,2013-02,\n1,2013-03,\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_WARNING, "N06", 3, 11);
    ck_assert_ptr_nonnull(strstr(finding->message, "2"));
    expect_numbers(&s.findings, 0, 1);
    spoiled_free(&s);
}
END_TEST

START_TEST(sums_are_missing_when_a_part_is) {
    static char male[] = "births_male", a[] = "m1", b[] = "m2";
    char *two[] = {a, b};
    vc_column_map map = {male, 2, two, 7};
    spoiled s;
    spoiled_init(&s);
    s.options->columns = &map;
    s.options->n_columns = 1;
    spoiled_read(&s, "unit,month,m1,m2\n1,2013-01,3,\n");
    CHECK_CLOSE(s.sum, 0, 0, 0);
    expect_numbers(&s.findings, 0, 1);
    spoiled_free(&s);
}
END_TEST

START_TEST(n09_to_n13) {
    refuse("1234.5", "N09");
    refuse("1.2E+05", "N10");
    refuse("0x1F", "N11");
    refuse("9007199254740992", "N11");
    refuse("9007199254740993", "N11");
    refuse("twelve", "N12");
    refuse("12人", "N12");
    refuse("5%", "N13");
    refuse("5‰", "N13");
    refuse("-3", "C01");
}
END_TEST

START_TEST(n11_leading_zeros) { accept_as("007", 7, 1); }
END_TEST

START_TEST(long_cells_are_no_numbers) {
    char cell[300];
    memset(cell, '1', sizeof cell - 1);
    cell[sizeof cell - 1] = '\0';
    refuse(cell, "N12");
}
END_TEST

START_TEST(numbers_are_not_counts) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n1,2013-01,0\n");
    s.findings.n_warnings = 0;
    spoiled_free(&s);
    static const vci_column_wish wishes[] = {{"unit", NULL, true}, {"value", NULL, true}};
    spoiled_init(&s);
    write_bytes("monthly.csv", "unit,value\n1,-12.25\n", 20);
    ck_assert_int_eq(vci_table_read(&s.workspace, VC_TABLE_MONTHLY, 2, wishes, false,
                                    &s.findings, &s.table, &s.present),
                     VC_OK);
    double number = 0;
    vc_status st = VC_OK;
    ck_assert(vci_table_number(&s.table, s.options, 0, 1, &s.findings, &number, &st));
    CHECK_CLOSE(number, -12.25, 0, 0);
    spoiled_free(&s);
}
END_TEST

/* Expected: the C library's strtod in the C locale. */
START_TEST(numbers_are_rounded_correctly) {
    static const char *const texts[] = {"0.1",
                                        "2.385",
                                        "123456789.125",
                                        "1e22",
                                        "1e-22",
                                        "1e23",
                                        "0.30000000000000004",
                                        "4.35",
                                        "-17.005",
                                        "100.",
                                        ".5",
                                        "179769313486231570000e288"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double got = 0;
        ck_assert_msg(vci_number_parse(texts[i], strlen(texts[i]), &got), "%s", texts[i]);
        CHECK_CLOSE(got, strtod(texts[i], NULL), 0, 0);
    }
}
END_TEST

START_TEST(refuses_what_is_no_number) {
    static const char *const texts[] = {"",      "-",     ".",   "1e",   "e5",
                                        "1.2.3", "0x1p3", "inf", "nan",  "1 ",
                                        " 1",    "1_000", "--1", "1e999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double got = 0;
        ck_assert_msg(!vci_number_parse(texts[i], strlen(texts[i]), &got), "\"%s\"",
                      texts[i]);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_counts),
                                     VCT(n01_thousands),
                                     VCT(n01_once_per_column),
                                     VCT(n01_declared),
                                     VCT(n02_decimal_comma),
                                     VCT(n03_full_width),
                                     VCT(n05_error_values),
                                     VCT(n06_marks),
                                     VCT(n06_declared),
                                     VCT(n06_blank_is_missing),
                                     VCT(sums_are_missing_when_a_part_is),
                                     VCT(n09_to_n13),
                                     VCT(n11_leading_zeros),
                                     VCT(long_cells_are_no_numbers),
                                     VCT(numbers_are_not_counts),
                                     VCT(numbers_are_rounded_correctly),
                                     VCT(refuses_what_is_no_number)};
    return vct_run("data/table_cell", tests, VCT_COUNT(tests));
}
