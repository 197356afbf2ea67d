/* The workbook read back from its XML: figures, texts, what is withheld. */
#include "vitalcast/workbook.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "support/harness.h"
#include "unit/chart/sample_run.h"

#define MOST (1 << 24)
#define RESULT(target, unit) ((target)*14 + (unit))

static const char *book_path(const char *name) {
    static char path[2][512];
    static unsigned next;
    char *p = path[next++ % 2];
    snprintf(p, sizeof path[0], "%s/%s", vct_scratch(), name);
    return p;
}

/* What a command prints. */
static char *output_of(const char *command) {
    FILE *out = popen(command, "r");
    ck_assert_ptr_nonnull(out);
    char *text = calloc(1, MOST);
    size_t n = fread(text, 1, MOST - 1, out);
    ck_assert_msg(pclose(out) == 0 && n > 0, "%s", command);
    return text;
}

/* Members of a workbook, one behind the other; pattern as of unzip. */
static char *members(const char *path, const char *pattern) {
    char command[1200];
    snprintf(command, sizeof command, "unzip -p '%s' '%s'", path, pattern);
    return output_of(command);
}

/* The number in a cell such as "K5"; NaN if it holds none. */
static double number_in(const char *sheet, const char *cell) {
    char begin[40];
    snprintf(begin, sizeof begin, "<c r=\"%s\"", cell);
    const char *at = strstr(sheet, begin);
    const char *end = at ? strchr(at, '>') : NULL;
    if (!end || strncmp(end, "><v>", 4) != 0 ||
        memmem(at, (size_t)(end - at), "t=\"s\"", 5))
        return (double)NAN;
    return strtod(end + 4, NULL);
}

static void write_book(const vc_run *run, vc_language language, const char *path) {
    ck_assert_msg(vc_workbook_write(run, language, path) == VC_OK, "%s",
                  vc_status_detail());
}

static const char *const languages[] = {"en", "zh"};

START_TEST(cells_hold_the_figures) {
    for (int language = 0; language < VC_LANGUAGES; language++) {
        vc_run run;
        const char *path = book_path(languages[language]);
        sample_run(13, &run);
        run.results[RESULT(4, 0)].to_date = 118.4375;
        run.results[RESULT(4, 0)].monte_carlo_se = 0.001953125;
        write_book(&run, (vc_language)language, path);
        /* the year that ends first stands first: the sex ratio of September */
        char *sheet = members(path, "xl/worksheets/sheet1.xml");
        const vc_result *first = &run.results[RESULT(4, 0)];
        CHECK_CLOSE(number_in(sheet, "E5"), 118.4375, 0, 0);
        CHECK_CLOSE(number_in(sheet, "H5"), 107, 0, 0);
        CHECK_CLOSE(number_in(sheet, "K5"), 0.004, 0, 0);
        CHECK_CLOSE(number_in(sheet, "L5"), 0.001953125, 0, 0);
        CHECK_CLOSE(number_in(sheet, "N5"), first->quantile[VC_MEDIAN], 1e-15, 0);
        CHECK_CLOSE(number_in(sheet, "R5"), first->quantile[VC_Q975], 1e-15, 0);
        CHECK_CLOSE(number_in(sheet, "K7"), run.results[RESULT(4, 2)].p_met, 1e-15, 0);
        free(sheet);
        vc_run_free(&run);
    }
}
END_TEST

/* 2013-01 of the county: the number, that of a year and of a month before, the changes. */
START_TEST(periods_are_compared) {
    vc_run run;
    const char *path = book_path("periods.xlsx");
    sample_run(13, &run);
    const double *births = run.panel.count[VC_BIRTHS];
    write_book(&run, VC_CHINESE, path);
    char *sheet = members(path, "xl/worksheets/sheet2.xml");
    /* from 2012-10 on, the year that ends in September: row 5 + 3 */
    CHECK_CLOSE(number_in(sheet, "D8"), births[24], 0, 0);
    CHECK_CLOSE(number_in(sheet, "E8"), births[12], 0, 0);
    CHECK_CLOSE(number_in(sheet, "F8"), 100 * (births[24] / births[12] - 1), 1e-13, 0);
    CHECK_CLOSE(number_in(sheet, "G8"), births[23], 0, 0);
    CHECK_CLOSE(number_in(sheet, "H8"), 100 * (births[24] / births[23] - 1), 1e-13, 0);
    free(sheet);
    vc_run_free(&run);
}
END_TEST

static const char *const HOSTILE[] = {
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"//h/x\",\"y\")",
    "<script>alert(1)</script>",
    "]]><!ENTITY x>",
    "'\"&lt;",
    "_x0041_",
    "&L&P&F",
    "../../canary",
    "http://h/x",
};

/* As in XML text; the escape of the format itself is escaped, too. */
static void escape(const char *text, char *escaped) {
    if (strncmp(text, "_x", 2) == 0) escaped += sprintf(escaped, "_x005F");
    for (; *text; text++) {
        const char *as = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : NULL;
        if (*text == '>') as = "&gt;";
        if (as)
            escaped += sprintf(escaped, "%s", as);
        else
            *escaped++ = *text;
    }
    *escaped = '\0';
}

START_TEST(hostile_texts_are_texts) {
    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
        vc_run run;
        char shown[512], escaped[400];
        const char *path = book_path("hostile.xlsx");
        sample_run(2, &run);
        for (size_t u = 0; u < 3; u++) sample_name(&run, u, HOSTILE[i]);
        free(run.settings.name);
        free(run.settings.source);
        run.settings.name = sample_copy(HOSTILE[i]);
        run.settings.source = sample_copy(HOSTILE[i]);
        free(run.panel.progress[0].indicator);
        run.panel.progress[0].indicator = sample_copy(HOSTILE[i]);
        free(run.targets.list[3].indicator);
        run.targets.list[3].indicator = sample_copy(HOSTILE[i]);
        write_book(&run, VC_ENGLISH, path);
        char *texts = members(path, "xl/sharedStrings.xml");
        char *sheets = members(path, "xl/worksheets/*.xml");
        char *charts = members(path, "xl/charts/*.xml");
        escape(HOSTILE[i], escaped);
        snprintf(shown, sizeof shown, "<t>%s</t>", escaped);
        ck_assert_msg(strstr(texts, shown), "%s", shown);
        ck_assert_ptr_null(strstr(sheets, "<f>"));
        ck_assert_ptr_null(strstr(sheets, "<f "));
        for (const char *f = charts; (f = strstr(f, "<c:f>")); f++)
            ck_assert_msg(strncmp(f, "<c:f>paths!$", 12) == 0, "%.60s", f);
        free(texts);
        free(sheets);
        free(charts);
        vc_run_free(&run);
    }
}
END_TEST

/* A unit with two births a month and figures that nothing else has. */
static void small_unit(double min_cell, vc_run *run) {
    sample_run(13, run);
    run->settings.min_cell = min_cell;
    for (size_t t = 0; t < run->panel.n_periods; t++) {
        size_t at = 5 * run->panel.n_periods + t;
        run->panel.count[VC_BIRTHS][t] += 2 - run->panel.count[VC_BIRTHS][at];
        run->panel.count[VC_BIRTHS][at] = 2;
        run->panel.count[VC_BIRTHS_MALE][t] += 1 - run->panel.count[VC_BIRTHS_MALE][at];
        run->panel.count[VC_BIRTHS_MALE][at] = 1;
        run->panel.count[VC_BIRTHS_FEMALE][t] += 1 - run->panel.count[VC_BIRTHS_FEMALE][at];
        run->panel.count[VC_BIRTHS_FEMALE][at] = 1;
    }
    for (size_t target = 0; target < 5; target++) {
        vc_result *r = &run->results[RESULT(target, 5)];
        if (target == 3) continue; /* a service */
        r->to_date = r->current = r->same_period_last_year = r->gap = r->change =
            7.0009765625;
        for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = 7.0009765625;
        for (size_t p = 0; p < r->path_n * VC_QUANTILES; p++) r->path[p] = 7.0009765625;
    }
}

static size_t times(const char *text, const char *word) {
    size_t n = 0;
    for (; (text = strstr(text, word)); text++) n++;
    return n;
}

START_TEST(what_is_withheld_stands_nowhere) {
    for (int language = 0; language < VC_LANGUAGES; language++) {
        vc_run run;
        const char *path = book_path(languages[language]);
        small_unit(10, &run);
        write_book(&run, (vc_language)language, path);
        char *all = members(path, "xl/*.xml");
        ck_assert_uint_eq(times(all, "7.0009765625"), 0);
        free(all);
        vc_run_free(&run);
        small_unit(0, &run);
        write_book(&run, (vc_language)language, path);
        all = members(path, "xl/*.xml");
        ck_assert_uint_gt(times(all, "7.0009765625"), 40);
        free(all);
        vc_run_free(&run);
    }
}
END_TEST

/* The place of a text in the table of texts. */
static size_t text_place(const char *texts, const char *text) {
    char item[100];
    size_t n = 0;
    snprintf(item, sizeof item, "<t>%s</t>", text);
    const char *end = strstr(texts, item);
    ck_assert_ptr_nonnull(end);
    for (const char *at = texts; (at = strstr(at, "<si>")) && at < end; at++) n++;
    return n - 1;
}

/* Rows of the sheet of periods that are a unit's and have a number. */
static size_t rows_with_number(const char *path, const char *name) {
    char *sheet = members(path, "xl/worksheets/sheet2.xml");
    char *texts = members(path, "xl/sharedStrings.xml");
    size_t n = 0, place = text_place(texts, name);
    for (unsigned row = 5; row < 2000; row++) {
        char cell[16], begin[16], wanted[40];
        snprintf(begin, sizeof begin, "<c r=\"A%u\"", row);
        snprintf(cell, sizeof cell, "D%u", row);
        snprintf(wanted, sizeof wanted, "t=\"s\"><v>%zu</v>", place);
        const char *at = strstr(sheet, begin), *found = at ? strstr(at, wanted) : NULL;
        if (found && found - at < 30) n += isnan(number_in(sheet, cell)) ? 0 : 1;
    }
    free(sheet);
    free(texts);
    return n;
}

/* Births, boys, girls and deaths of ten months; of the small unit deaths alone. */
START_TEST(small_counts_of_a_period_have_no_number) {
    vc_run run;
    const char *path = book_path("small.xlsx");
    small_unit(10, &run);
    write_book(&run, VC_ENGLISH, path);
    ck_assert_uint_eq(rows_with_number(path, run.panel.tree.units[5].name), 10);
    ck_assert_uint_eq(rows_with_number(path, run.panel.tree.units[0].name), 40);
    vc_run_free(&run);
    small_unit(0, &run);
    write_book(&run, VC_ENGLISH, path);
    ck_assert_uint_eq(rows_with_number(path, run.panel.tree.units[5].name), 40);
    vc_run_free(&run);
}
END_TEST

START_TEST(the_same_run_gives_the_same_bytes) {
    vc_run run;
    char command[1400];
    const char *one = book_path("one.xlsx");
    sample_run(13, &run);
    write_book(&run, VC_CHINESE, one);
    sleep(2); /* times of files have steps of two seconds in an archive */
    const char *two = book_path("two.xlsx");
    write_book(&run, VC_CHINESE, two);
    snprintf(command, sizeof command, "cmp '%s' '%s' && echo same", one, two);
    free(output_of(command));
    vc_run_free(&run);
}
END_TEST

START_TEST(a_failure_leaves_nothing_behind) {
    vc_run run;
    char path[600];
    sample_run(2, &run);
    snprintf(path, sizeof path, "%s/nowhere/book.xlsx", vct_scratch());
    ck_assert_int_eq(vc_workbook_write(&run, VC_ENGLISH, path), VC_IO_FAILED);
    size_t n = 0;
    DIR *dir = opendir(vct_scratch());
    while (readdir(dir)) n++;
    closedir(dir);
    ck_assert_uint_eq(n, 2);
    vc_run_free(&run);
}
END_TEST

/* Where temporary files may not grow, sheets break off: then there is no workbook. */
START_TEST(a_full_disk_is_told) {
    vc_run run;
    struct stat info;
    const char *path = book_path("full.xlsx");
    sample_run(13, &run);
    write_book(&run, VC_CHINESE, path);
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(unlink(path), 0);
    rlim_t limit =
        (rlim_t)info.st_size + 1000; /* sheets are larger than all of it, packed */
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, RLIM_INFINITY});
    vc_status st = vc_workbook_write(&run, VC_CHINESE, path);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    ck_assert_int_eq(st, VC_NO_SPACE);
    ck_assert_int_ne(access(path, F_OK), 0);
    vc_run_free(&run);
}
END_TEST

/* Nothing is written, nothing leaks, whichever allocation fails. */
START_TEST(memory_may_end_anywhere) {
    vc_run run;
    const char *path = book_path("memory.xlsx");
    sample_run(2, &run);
    vc_status st = VC_NO_MEMORY;
    for (long n = 0; st != VC_OK; n += 1 + n / 6) {
        ck_assert_int_lt(n, 1000000);
        vci_memory_fail_at(n);
        st = vc_workbook_write(&run, VC_CHINESE, path);
        vci_memory_fail_at(-1);
        ck_assert_msg(st == VC_OK || st == VC_NO_MEMORY, "allocation %ld: %s", n,
                      vc_status_detail());
        ck_assert_int_eq(access(path, F_OK) == 0, st == VC_OK);
    }
    vc_run_free(&run);
}
END_TEST

START_TEST(a_yearly_series_has_its_sheets) {
    vc_run run;
    const char *path = book_path("yearly.xlsx");
    sample_yearly_run(&run);
    write_book(&run, VC_CHINESE, path);
    char *sheet = members(path, "xl/worksheets/sheet8.xml");
    const vc_result *r = &run.results[0];
    /* 1994 to 2030: the last row is the year of the target */
    CHECK_CLOSE(number_in(sheet, "E5"), run.panel.values[0].value[34], 1e-15, 0);
    CHECK_CLOSE(number_in(sheet, "J41"), r->quantile[VC_MEDIAN], 1e-15, 0);
    free(sheet);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(cells_hold_the_figures),
        VCT(periods_are_compared),
        VCT(hostile_texts_are_texts),
        VCT(what_is_withheld_stands_nowhere),
        VCT(small_counts_of_a_period_have_no_number),
        VCT(the_same_run_gives_the_same_bytes),
        VCT(a_failure_leaves_nothing_behind),
        VCT(a_full_disk_is_told),
        VCT(memory_may_end_anywhere),
        VCT(a_yearly_series_has_its_sheets),
    };
    return vct_run("report/workbook", tests, VCT_COUNT(tests));
}
