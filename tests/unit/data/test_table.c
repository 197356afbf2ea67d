/* Files and form of tables: kinds F and T of the catalogue (docs/FILE_FORMATS.md). */
#include <sys/stat.h>

#include "spoiled.h"

#define HEADER "unit,month,births_male,births_female,population\n"
#define ROW_1 "1001,2013-01,12,11,5000\n"
#define ROW_2 "1001,2013-02,9,10,5001\n"
#define ROW_3 "1002,2013-01,3,4,2000\n"
#define CLEAN HEADER ROW_1 ROW_2 ROW_3
#define CLEAN_SUM (12 + 11 + 5000 + 9 + 10 + 5001 + 3 + 4 + 2000)

static void expect_clean_cells(spoiled *s) {
    expect_numbers(&s->findings, 0, 0);
    ck_assert_uint_eq(s->table.n_rows, 3);
    ck_assert_uint_eq(s->n_months, 3);
    CHECK_CLOSE(s->sum, CLEAN_SUM, 0, 0);
    const vci_cell *unit = vci_table_cell(&s->table, 2, UNIT);
    ck_assert_uint_eq(unit->n, 4);
    ck_assert_mem_eq(unit->text, "1002", 4);
}

/* The same cells as the clean table, whatever the bytes. */
static void accept_bytes(const char *bytes, size_t n) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read_bytes(&s, bytes, n);
    expect_clean_cells(&s);
    spoiled_free(&s);
}

static void refuse_bytes(const char *bytes, size_t n, const char *kind) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read_bytes(&s, bytes, n);
    bool found = false;
    for (size_t i = 0; i < s.findings.n; i++)
        found = found || (s.findings.list[i].severity == VC_FAULT &&
                          strcmp(s.findings.list[i].kind, kind) == 0);
    ck_assert_msg(found, "no fault %s among:%s", kind, findings_text(&s.findings));
    spoiled_free(&s);
}

#define ACCEPT(text) accept_bytes((text), sizeof(text) - 1)
#define REFUSE(text, kind) refuse_bytes((text), sizeof(text) - 1, (kind))

START_TEST(reads_a_clean_table) { ACCEPT(CLEAN); }
END_TEST

START_TEST(knows_lines_and_columns) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n\"高桥\n镇\" , 2013-01 ,7\n");
    ck_assert_uint_eq(s.table.n_rows, 1);
    const vci_cell *cell = vci_table_cell(&s.table, 0, UNIT);
    ck_assert_uint_eq(cell->line, 2);
    cell = vci_table_cell(&s.table, 0, MONTH);
    ck_assert_uint_eq(cell->line, 3);
    ck_assert_uint_eq(cell->column, 6);
    ck_assert_ptr_null(vci_table_cell(&s.table, 0, FEMALE));
    spoiled_free(&s);
}
END_TEST

START_TEST(unquotes_fields) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n\"a \"\"b\"\", c\",\"2013-01\",\"7\"\n");
    expect_numbers(&s.findings, 0, 0);
    const vci_cell *cell = vci_table_cell(&s.table, 0, UNIT);
    ck_assert_uint_eq(cell->n, strlen("a \"b\", c"));
    ck_assert_mem_eq(cell->text, "a \"b\", c", cell->n);
    CHECK_CLOSE(s.sum, 7, 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(f01_empty) {
    spoil("", VC_FAULT, "F01", 0, 0);
    spoil(HEADER, VC_FAULT, "F01", 0, 0);
    spoil(HEADER "\n\n", VC_FAULT, "F01", 0, 0);
}
END_TEST

START_TEST(f02_missing) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read_file(&s);
    expect_finding(&s.findings, VC_FAULT, "F02", 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(f02_folder) {
    char path[512];
    snprintf(path, sizeof path, "%s/monthly.csv", vct_scratch());
    ck_assert_int_eq(mkdir(path, 0700), 0);
    spoiled s;
    spoiled_init(&s);
    spoiled_read_file(&s);
    expect_finding(&s.findings, VC_FAULT, "F02", 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(f02_pipe) {
    char path[512];
    snprintf(path, sizeof path, "%s/monthly.csv", vct_scratch());
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    spoiled s;
    spoiled_init(&s);
    spoiled_read_file(&s);
    expect_finding(&s.findings, VC_FAULT, "F02", 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(f03_other_files) {
    REFUSE("PK\003\004\024\000\000\000\010\000", "F03");
    REFUSE("%PDF-1.4\n%\342\343\317\323\n1 0 obj\n", "F03");
    REFUSE("\320\317\021\340\241\261\032\341\000\000\000\000", "F03");
    REFUSE("<html><head></head><body><table></table></body></html>", "F03");
}
END_TEST

START_TEST(f04_byte_order_mark) { ACCEPT("\xEF\xBB\xBF" CLEAN); }
END_TEST

START_TEST(f05_utf_16) {
    char wide[2 * sizeof CLEAN];
    for (int big = 0; big < 2; big++) {
        size_t n = 0;
        wide[n++] = big ? '\xFE' : '\xFF';
        wide[n++] = big ? '\xFF' : '\xFE';
        for (const char *c = CLEAN; *c; c++) {
            wide[n++] = big ? '\0' : *c;
            wide[n++] = big ? *c : '\0';
        }
        accept_bytes(wide, n);
    }
}
END_TEST

/* 高桥 in GB18030 is B8 DF C7 C5. */
#define GB_TABLE "unit,month,births_male\n\xB8\xDF\xC7\xC5,2013-01,7\n"

START_TEST(f06_gb18030) {
    REFUSE(GB_TABLE, "F06");
    spoiled s;
    static char encoding[] = "gb18030";
    spoiled_init(&s);
    s.options->encoding = encoding;
    spoiled_read(&s, GB_TABLE);
    expect_numbers(&s.findings, 0, 0);
    ck_assert_mem_eq(vci_table_cell(&s.table, 0, UNIT)->text, "高桥", strlen("高桥"));
    spoiled_free(&s);
}
END_TEST

START_TEST(f07_spoilt_by_conversion) { REFUSE(HEADER "高\uFFFD镇,2013-01,1,2,3\n", "F07"); }
END_TEST

START_TEST(f08_two_encodings) {
    REFUSE(HEADER "高桥镇,2013-01,1,2,3\n\xB8\xDF\xC7\xC5,2013-02,1,2,3\n", "F08");
}
END_TEST

START_TEST(f09_control_characters) {
    REFUSE(HEADER "10\00001,2013-01,1,2,3\n", "F09");
    REFUSE(HEADER "10\a01,2013-01,1,2,3\n", "F09");
    ACCEPT(CLEAN "\032");
}
END_TEST

START_TEST(f10_line_ends) {
    ACCEPT("unit,month,births_male,births_female,population\r\n1001,2013-01,12,11,5000\r\n"
           "1001,2013-02,9,10,5001\r\n1002,2013-01,3,4,2000\r\n");
    ACCEPT("unit,month,births_male,births_female,population\r1001,2013-01,12,11,5000\r"
           "1001,2013-02,9,10,5001\n1002,2013-01,3,4,2000");
}
END_TEST

START_TEST(f11_truncated) {
    spoil(HEADER ROW_1 "1001,2013-02,9", VC_FAULT, "F11", 3, 1);
    spoil(HEADER "\"1001,2013-01,9,1,2\n", VC_FAULT, "F11", 2, 1);
}
END_TEST

START_TEST(f11_hides_no_later_fault) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, HEADER "\"1001,2013-01,9,1,2\n1001,2013-02,x,3,4\n");
    expect_finding(&s.findings, VC_FAULT, "F11", 2, 1);
    expect_finding(&s.findings, VC_FAULT, "N06", 3, 14);
    expect_numbers(&s.findings, 2, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(f12_invisible) {
    ACCEPT("unit,month,births_male,births_female,population\n"
           "\u200B1001\u00A0,\u30002013-01,12,11,5000\n" ROW_2 ROW_3);
    spoil(HEADER "10\u200B01,2013-01,12,11,5000\n", VC_WARNING, "F12", 2, 1);
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, HEADER "10\u00AD0\u200B1,2013-01,12,11,5000\n");
    ck_assert_uint_eq(vci_table_cell(&s.table, 0, UNIT)->n, 4);
    ck_assert_mem_eq(vci_table_cell(&s.table, 0, UNIT)->text, "1001", 4);
    spoiled_free(&s);
}
END_TEST

START_TEST(f14_limits) {
    size_t n = 1100000, used = 0;
    char *big = malloc(n);
    ck_assert_ptr_nonnull(big);
    used = (size_t)snprintf(big, n, "%s", "unit,month,births_male\n");
    memset(big + used, 'a', 1000001);
    memcpy(big + used + 1000001, ",2013-01,7\n", 11);
    refuse_bytes(big, used + 1000001 + 11, "F14");
    memset(big, ',', 5000);
    refuse_bytes(big, 5000, "F14");
    free(big);
}
END_TEST

START_TEST(t01_other_separators) {
    spoiled s;
    static const char *const same[] = {
        "unit\tmonth\tbirths_male\tbirths_female\tpopulation\n1001\t2013-01\t12\t11\t5000\n"
        "1001\t2013-02\t9\t10\t5001\n1002\t2013-01\t3\t4\t2000\n",
        "unit;month;births_male;births_female;population\n1001;2013-01;12;11;5000\n"
        "1001;2013-02;9;10;5001\n1002;2013-01;3;4;2000\n"};
    for (size_t i = 0; i < 2; i++) {
        spoiled_init(&s);
        spoiled_read(&s, same[i]);
        expect_clean_cells(&s);
        expect_finding(&s.findings, VC_INFO, "T01", 1, 0);
        spoiled_free(&s);
    }
    spoil("unit;month,births_male\n1;2,3\n", VC_FAULT, "T01", 1, 0);
}
END_TEST

START_TEST(t01_declared_separator) {
    spoiled s;
    spoiled_init(&s);
    s.options->separator = ';';
    spoiled_read(&s, "unit;month;births_male\na,b;2013-01;3\n");
    expect_numbers(&s.findings, 0, 0);
    ck_assert_mem_eq(vci_table_cell(&s.table, 0, UNIT)->text, "a,b", 3);
    spoiled_free(&s);
}
END_TEST

START_TEST(t02_fields) {
    spoil(HEADER ROW_1 "1001,2013-02,9,10\n" ROW_3, VC_FAULT, "T02", 3, 1);
    spoil(HEADER "a,b,2013-02,9,10,5\n", VC_FAULT, "T02", 2, 18);
    spoil(HEADER "1001，2013-02,9,10,5\n", VC_FAULT, "T02", 2, 1);
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, HEADER "1001,2013-02,9,10,5,001\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "T02", 2, 19);
    ck_assert_ptr_nonnull(strstr(finding->remedy, "5001"));
    spoiled_free(&s);
}
END_TEST

START_TEST(t03_stray_quotes) {
    spoil(HEADER "10\"01,2013-02,9,10,5\n", VC_FAULT, "T03", 2, 3);
    spoil(HEADER "\"1001\"x,2013-02,9,10,5\n", VC_FAULT, "T03", 2, 7);
}
END_TEST

START_TEST(t04_header_elsewhere) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "Births; by township, and month\n\n" CLEAN);
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "T04", 1, 0);
    ck_assert_ptr_nonnull(strstr(finding->remedy, "header_row: 3"));
    spoiled_free(&s);
    spoiled_init(&s);
    s.options->header_row = 3;
    spoiled_read(&s, "Births; by township, and month\n\n" CLEAN);
    expect_clean_cells(&s);
    spoiled_free(&s);
}
END_TEST

START_TEST(t04_no_header) {
    spoil(ROW_1 ROW_2, VC_FAULT, "T04", 1, 0);
    spoiled s;
    spoiled_init(&s);
    s.options->header_row = 9;
    spoiled_read(&s, CLEAN);
    expect_finding(&s.findings, VC_FAULT, "T04", 9, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(t05_columns) {
    spoil("unit,month,births_male,births_femal\n1,2013-01,2,3\n", VC_FAULT, "T05", 1, 24);
    spoil("unit,month,Births_male\n1,2013-01,2\n", VC_FAULT, "T05", 1, 12);
    spoil("unit,month,births_male,births_male\n1,2013-01,2,2\n", VC_FAULT, "T05", 1, 24);
    spoil("unit,month,births_male,\n1,2013-01,2,3\n", VC_FAULT, "T02", 2, 13);
    spoil("unit,births_male\n1,2\n", VC_FAULT, "T05", 1, 0);
}
END_TEST

START_TEST(t05_offers_the_nearest) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,birth_males\n1,2013-01,2\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "T05", 1, 12);
    ck_assert_ptr_nonnull(
        strstr(finding->remedy, "columns: {births_male: \"birth_males\"}"));
    spoiled_free(&s);
}
END_TEST

START_TEST(t05_offers_the_line_for_letter_case) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,BIRTHS_MALE\n1,2013-01,2\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "T05", 1, 12);
    ck_assert_ptr_nonnull(
        strstr(finding->remedy, "columns: {births_male: \"BIRTHS_MALE\"}"));
    spoiled_free(&s);
}
END_TEST

START_TEST(reads_chinese_headers) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "单位,月份,出生男,出生女,人口数\n" ROW_1 ROW_2 ROW_3);
    expect_clean_cells(&s);
    spoiled_free(&s);
}
END_TEST

START_TEST(maps_and_sums_columns) {
    static char male[] = "births_male", a[] = "m1", b[] = "m2", month[] = "month",
                ym[] = "ym";
    char *two[] = {a, b}, *one[] = {ym};
    vc_column_map maps[] = {{male, 2, two, 7}, {month, 1, one, 8}};
    spoiled s;
    spoiled_init(&s);
    s.options->columns = maps;
    s.options->n_columns = 2;
    spoiled_read(&s, "ym,unit,m1,m2,note,births_female\n2013-01,1001,5,6,x,9\n");
    expect_numbers(&s.findings, 0, 0);
    CHECK_CLOSE(s.sum, 5 + 6 + 9, 0, 0);
    spoiled_free(&s);
    spoiled_init(&s);
    s.options->columns = maps;
    s.options->n_columns = 2;
    spoiled_read(&s, "ym,unit,m1,m3\n2013-01,1001,5,6\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "T05", 7, 0);
    ck_assert_ptr_nonnull(strstr(finding->file, "workspace.yaml"));
    spoiled_free(&s);
}
END_TEST

START_TEST(t07_blank_rows) {
    ACCEPT(CLEAN "\n,,,,\n  \n");
    spoil(HEADER ROW_1 ",,,,\n" ROW_2, VC_WARNING, "T07", 3, 0);
}
END_TEST

START_TEST(t07_blank_columns) {
    ACCEPT("unit,month,births_male,births_female,population,,\n1001,2013-01,12,11,5000,,\n"
           "1001,2013-02,9,10,5001\n1002,2013-01,3,4,2000,,\n");
}
END_TEST

START_TEST(t11_header_again) { spoil(HEADER ROW_1 HEADER ROW_2, VC_WARNING, "T11", 3, 0); }
END_TEST

START_TEST(p01_person_level) {
    REFUSE("unit,month,姓名,births_male\n1,2013-01,张三,1\n", "P01");
    REFUSE("id_number,month,births_male\n1,2013-01,1\n", "P01");
    REFUSE("unit,month,出生日期\n1,2013-01,1990-02-03\n", "P01");
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, "unit,month,births_male\n1,2013-01,1\n11010519491231002X,2013-01,1\n");
    const vc_finding *finding = expect_finding(&s.findings, VC_FAULT, "P01", 3, 1);
    ck_assert_ptr_null(strstr(finding->message, "1101"));
    ck_assert_uint_eq(s.table.n_rows, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(p01_leaves_aggregates_alone) {
    spoiled s;
    static char male[] = "births_male", count[] = "身份证号录入数";
    char *one[] = {count};
    vc_column_map map = {male, 1, one, 7};
    spoiled_init(&s);
    s.options->columns = &map;
    s.options->n_columns = 1;
    spoiled_read(&s, "unit,month,身份证号录入数\n1001,2013-01,5\n");
    expect_numbers(&s.findings, 0, 0);
    spoiled_free(&s);
}
END_TEST

START_TEST(reports_every_fault_in_one_pass) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, HEADER "1001,2013-13,12,11,5000\n1001,2013-02,9,NaN\n"
                            "1002,2013-01,#N/A,-4,2000\n");
    expect_finding(&s.findings, VC_FAULT, "M01", 2, 6);
    expect_finding(&s.findings, VC_FAULT, "T02", 3, 1);
    expect_finding(&s.findings, VC_FAULT, "N05", 4, 14);
    expect_finding(&s.findings, VC_FAULT, "C01", 4, 19);
    expect_numbers(&s.findings, 4, 0);
    spoiled_free(&s);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_a_clean_table),
                                     VCT(knows_lines_and_columns),
                                     VCT(unquotes_fields),
                                     VCT(f01_empty),
                                     VCT(f02_missing),
                                     VCT(f02_folder),
                                     VCT(f02_pipe),
                                     VCT(f03_other_files),
                                     VCT(f04_byte_order_mark),
                                     VCT(f05_utf_16),
                                     VCT(f06_gb18030),
                                     VCT(f07_spoilt_by_conversion),
                                     VCT(f08_two_encodings),
                                     VCT(f09_control_characters),
                                     VCT(f10_line_ends),
                                     VCT(f11_truncated),
                                     VCT(f11_hides_no_later_fault),
                                     VCT(f12_invisible),
                                     VCT(f14_limits),
                                     VCT(t01_other_separators),
                                     VCT(t01_declared_separator),
                                     VCT(t02_fields),
                                     VCT(t03_stray_quotes),
                                     VCT(t04_header_elsewhere),
                                     VCT(t04_no_header),
                                     VCT(t05_columns),
                                     VCT(t05_offers_the_nearest),
                                     VCT(t05_offers_the_line_for_letter_case),
                                     VCT(reads_chinese_headers),
                                     VCT(maps_and_sums_columns),
                                     VCT(t07_blank_rows),
                                     VCT(t07_blank_columns),
                                     VCT(t11_header_again),
                                     VCT(p01_person_level),
                                     VCT(p01_leaves_aggregates_alone),
                                     VCT(reports_every_fault_in_one_pass)};
    return vct_run("data/table", tests, VCT_COUNT(tests));
}
