/* workspace.yaml: every key, the defaults, and what is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "vitalcast/workspace.h"

static vc_findings findings;
static vc_workspace workspace;

static vc_status read_text(const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/workspace.yaml", vct_scratch());
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
    vc_findings_init(&findings, VC_ENGLISH);
    return vc_workspace_read(vct_scratch(), &findings, &workspace);
}

static void release(void) {
    vc_workspace_free(&workspace);
    vc_findings_free(&findings);
}

/* One fault at this place, with a word in its message or remedy. */
static void refuse(const char *text, const char *kind, size_t line, size_t column,
                   const char *word) {
    ck_assert_int_eq(read_text(text), VC_BAD_INPUT);
    ck_assert_uint_eq(findings.n_faults, 1);
    char *found = vc_finding_format(&findings.list[0], VC_ENGLISH);
    ck_assert_msg(strcmp(findings.list[0].kind, kind) == 0 &&
                      findings.list[0].line == line && findings.list[0].column == column &&
                      strstr(found, word),
                  "want %s %zu:%zu %s, got %s", kind, line, column, word, found);
    free(found);
    release();
}

START_TEST(takes_the_defaults) {
    ck_assert_int_eq(read_text("name: 示例县\n"), VC_OK);
    ck_assert_str_eq(workspace.name, "示例县");
    ck_assert(!workspace.synthetic);
    ck_assert_ptr_null(workspace.source);
    ck_assert_int_eq(workspace.language, VC_ENGLISH);
    ck_assert_int_eq(workspace.frequency, VC_MONTHLY);
    ck_assert_uint_eq(workspace.n_year_ends, 0);
    ck_assert_int_eq(workspace.year_end_in_year, 11);
    ck_assert_ptr_null(workspace.basis);
    ck_assert_int_eq(workspace.dating, VC_BY_REGISTRATION);
    ck_assert_int_eq(workspace.average_population, VC_TWO_YEAR_ENDS);
    ck_assert_uint_eq(workspace.n_completeness, 0);
    CHECK_CLOSE(workspace.min_cell, 10, 0, 0);
    CHECK_CLOSE(workspace.grade.normal, 106, 0, 0);
    CHECK_CLOSE(workspace.grade.off, 115, 0, 0);
    CHECK_CLOSE(workspace.grade.margin[VC_GRADED_DEATH_RATE], 5, 0, 0);
    ck_assert_ptr_null(workspace.models[VC_ROLE_BIRTHS]);
    ck_assert_uint_eq(workspace.units_from.n, 0);
    ck_assert_str_eq(workspace.tables[VC_TABLE_MONTHLY].file, "monthly.csv");
    ck_assert_uint_eq(workspace.tables[VC_TABLE_TARGETS].header_row, 1);
    ck_assert(!workspace.tables[VC_TABLE_MONTHLY].given);
    ck_assert_str_eq(workspace.text, "name: 示例县\n");
    release();
}
END_TEST

START_TEST(reads_every_key) {
    ck_assert_int_eq(
        read_text(
            "name: A\nsynthetic: yes\nsource: B\nlanguage: zh\nperiod: month\n"
            "year_ends: [2013-12, 2013-09]\nyear_end_month: 9\nbasis: resident\n"
            "dating: event\naverage_population: monthly_mean\n"
            "reporting_completeness: [[0.97, 0.01], [0.99, 0.005]]\nmin_cell: 5\n"
            "grade: {sex_ratio_at_birth: {normal: 105.5, off: 112},"
            " birth_rate: {margin: 2.5}}\n"
            "models: {births: b.yaml, deaths: d.yaml, sex: s.yaml, population: p.yaml,"
            " value: v.yaml}\n"
            "units: {from_columns: [county, town], names: [cn, tn]}\n"
            "tables:\n  monthly:\n    file: ../x.csv\n    encoding: gb18030\n"
            "    separator: tab\n    header_row: 3\n    thousands: yes\n"
            "    columns: {month: ym, deaths: [deaths_m, deaths_f]}\n"
            "    missing: [\"-\", 缺]\n    zero: \"—\"\n    total_rows: [合计]\n"
            "version: 1\n"),
        VC_OK);
    ck_assert(workspace.synthetic);
    ck_assert_str_eq(workspace.source, "B");
    ck_assert_int_eq(workspace.language, VC_CHINESE);
    ck_assert_uint_eq(workspace.n_year_ends, 2);
    ck_assert_int_eq(workspace.year_ends[0], 2013 * 12 + 8);
    ck_assert_int_eq(workspace.year_ends[1], 2013 * 12 + 11);
    ck_assert_int_eq(workspace.year_end_in_year, 8);
    ck_assert_str_eq(workspace.basis, "resident");
    ck_assert_int_eq(workspace.dating, VC_BY_EVENT);
    ck_assert_int_eq(workspace.average_population, VC_MONTHLY_MEAN);
    ck_assert_uint_eq(workspace.n_completeness, 2);
    CHECK_CLOSE(workspace.completeness_mean[1], 0.99, 0, 0);
    CHECK_CLOSE(workspace.completeness_sd[0], 0.01, 0, 0);
    CHECK_CLOSE(workspace.min_cell, 5, 0, 0);
    CHECK_CLOSE(workspace.grade.normal, 105.5, 0, 0);
    CHECK_CLOSE(workspace.grade.off, 112, 0, 0);
    CHECK_CLOSE(workspace.grade.margin[VC_GRADED_BIRTH_RATE], 2.5, 0, 0);
    CHECK_CLOSE(workspace.grade.margin[VC_GRADED_BIRTHS], 5, 0, 0);
    ck_assert_str_eq(workspace.models[VC_ROLE_BIRTHS], "b.yaml");
    ck_assert_str_eq(workspace.models[VC_ROLE_VALUE], "v.yaml");
    ck_assert_uint_eq(workspace.units_from.n, 2);
    ck_assert_str_eq(workspace.units_from.codes[1], "town");
    ck_assert_str_eq(workspace.units_from.names[0], "cn");
    const vc_table_options *options = &workspace.tables[VC_TABLE_MONTHLY];
    ck_assert(options->given && options->thousands);
    ck_assert_str_eq(options->file, "../x.csv");
    ck_assert_str_eq(options->encoding, "gb18030");
    ck_assert_int_eq(options->separator, '\t');
    ck_assert_uint_eq(options->header_row, 3);
    ck_assert_uint_eq(options->n_columns, 2);
    ck_assert_str_eq(options->columns[1].column, "deaths");
    ck_assert_uint_eq(options->columns[1].n_sources, 2);
    ck_assert_str_eq(options->columns[1].sources[1], "deaths_f");
    ck_assert_uint_eq(options->columns[1].line, 23);
    ck_assert_str_eq(options->missing[1], "缺");
    ck_assert_str_eq(options->zero[0], "—");
    ck_assert_str_eq(options->total_rows[0], "合计");
    release();
}
END_TEST

START_TEST(reads_quarters_and_years) {
    ck_assert_int_eq(
        read_text("name: A\nperiod: quarter\nyear_ends: 2013-Q3\nyear_end_month: 9\n"),
        VC_OK);
    ck_assert_int_eq(workspace.year_ends[0], 2013 * 4 + 2);
    ck_assert_int_eq(workspace.year_end_in_year, 2);
    release();
    ck_assert_int_eq(read_text("name: A\nperiod: year\nyear_ends: [2023]\n"), VC_OK);
    ck_assert_int_eq(workspace.year_ends[0], 2023);
    ck_assert_int_eq(workspace.year_end_in_year, 0);
    release();
}
END_TEST

START_TEST(one_pair_of_completeness) {
    ck_assert_int_eq(read_text("name: A\nreporting_completeness: [0.9, 0.02]\n"), VC_OK);
    ck_assert_uint_eq(workspace.n_completeness, 1);
    CHECK_CLOSE(workspace.completeness_mean[0], 0.9, 0, 0);
    release();
}
END_TEST

START_TEST(offers_init_without_a_workspace) {
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vc_workspace_read(vct_scratch(), &findings, &workspace), VC_BAD_INPUT);
    ck_assert_str_eq(findings.list[0].kind, "F02");
    ck_assert_ptr_nonnull(strstr(findings.list[0].remedy, "vitalcast init"));
    release();
}
END_TEST

START_TEST(f01_empty) { refuse("", "F01", 0, 0, "empty"); }
END_TEST

START_TEST(s01_refuses_wrong_values) {
    refuse("source: A\n", "S01", 1, 1, "name");
    refuse("name: A\nnames: B\n", "S01", 2, 1, "`name`");
    refuse("name: A\nsynthetic: maybe\n", "S01", 2, 12, "yes, no");
    refuse("name: A\nlanguage: de\n", "S01", 2, 11, "en, zh");
    refuse("name: A\nperiod: week\n", "S01", 2, 9, "month, quarter, year");
    refuse("name: A\nyear_ends: [2013]\n", "S01", 2, 13, "2013-12");
    refuse("name: A\nyear_ends: [2013-09, 2013-09]\n", "S01", 2, 22, "twice");
    refuse("name: A\nyear_end_month: 13\n", "S01", 2, 17, "12");
    refuse("name: A\nperiod: quarter\nyear_end_month: 8\n", "S01", 3, 17, "quarter");
    refuse("name: A\nbasis: census\n", "S01", 2, 8, "resident");
    refuse("name: A\nmin_cell: 0\n", "S01", 2, 11, "1");
    refuse("name: A\nreporting_completeness: 0.9\n", "S01", 2, 25, "[mean, sd]");
    refuse("name: A\nreporting_completeness: [97, 1]\n", "S01", 2, 26, "97");
    refuse("name: A\nmodels: {birth: b.yaml}\n", "S01", 2, 10, "`births`");
    refuse("name: A\nmodels: {births: ../b.yaml}\n", "S11", 2, 18, "models/");
    refuse("name: A\nmodels: {sex: /b.yaml}\n", "S11", 2, 15, "models/");
    refuse("name: A\nmodels: {sex: a/..}\n", "S11", 2, 15, "models/");
    refuse("version: 0\nname: A\n", "S01", 1, 10, "whole number");
    refuse("version: 2\nnom: A\n", "S12", 1, 10, "up to 1");
    refuse("name: A\nunits: {names: [a]}\n", "S01", 2, 8, "from_columns");
    refuse("name: A\nunits: {from_columns: [a], names: [a, b]}\n", "S01", 2, 35, "2");
    refuse("name:\n", "S01", 1, 6, "no value");
}
END_TEST

START_TEST(s01_refuses_wrong_table_options) {
    refuse("name: A\ntables: {montly: {file: x}}\n", "S01", 2, 10, "`monthly`");
    refuse("name: A\ntables: {monthly: {header_rows: 3}}\n", "S01", 2, 20, "`header_row`");
    refuse("name: A\ntables: {monthly: {separator: x}}\n", "S01", 2, 31, "semicolon");
    refuse("name: A\ntables: {monthly: {header_row: 0}}\n", "S01", 2, 32, "1");
    refuse("name: A\ntables: {monthly: {columns: {a: [b, b]}}}\n", "S01", 2, 33, "twice");
    refuse("name: A\ntables: {monthly: {columns: {a: \"\"}}}\n", "S01", 2, 33, "a");
    refuse("name: A\ntables: {monthly: x.csv}\n", "S01", 2, 19, "keys");
}
END_TEST

START_TEST(s01_reports_all_in_one_pass) {
    ck_assert_int_eq(read_text("nam: A\nperiod: week\nmin_cell: x\n"), VC_BAD_INPUT);
    ck_assert_uint_eq(findings.n_faults, 4);
    release();
}
END_TEST

START_TEST(s02_is_refused_here_too) {
    refuse("name: &a A\n", "S02", 1, 7, "anchors");
    refuse("- a\n- b\n", "S01", 1, 1, "settings");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(takes_the_defaults),
                                     VCT(reads_every_key),
                                     VCT(reads_quarters_and_years),
                                     VCT(one_pair_of_completeness),
                                     VCT(offers_init_without_a_workspace),
                                     VCT(f01_empty),
                                     VCT(s01_refuses_wrong_values),
                                     VCT(s01_refuses_wrong_table_options),
                                     VCT(s01_reports_all_in_one_pass),
                                     VCT(s02_is_refused_here_too)};
    return vct_run("data/workspace", tests, VCT_COUNT(tests));
}
