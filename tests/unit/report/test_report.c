#include "vitalcast/report.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "support/harness.h"
#include "support/listed_run.h"
#include "support/small_run.h"

/* A report of a run without results: it has no figures, so that nothing is drawn. */
typedef struct made {
    vc_run run;
    vc_report *report;
    const char *folder;
    char path[512];
} made;

static void make(const char *program, double seconds, made *m) {
    static const char *dirs[1];
    vc_findings findings;
    vc_report_options options = vc_report_options_default();
    dirs[0] = vct_source(".");
    vc_findings_init(&findings, VC_ENGLISH);
    vct_listed_run(&m->run);
    options.dirs = (vc_datadirs){1, dirs};
    options.pandoc = options.weasyprint = program;
    options.timeout_seconds = seconds;
    ck_assert_int_eq(vc_report_create(&m->run, &options, NULL, &findings, &m->report),
                     VC_OK);
    m->folder = vct_scratch();
    snprintf(m->path, sizeof m->path, "%s/report", m->folder);
    vc_findings_free(&findings);
}

static void release(made *m) {
    vc_report_free(m->report);
    vc_run_free(&m->run);
}

/* A program that does as a shell script says; it lies in the test's own folder. */
static const char *program_of(const char *commands) {
    static char path[512];
    snprintf(path, sizeof path, "%s/program", vct_scratch());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "#!/bin/sh\n%s\n", commands);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, 0700), 0);
    return path;
}

static void check_nothing_written(const made *m) {
    ck_assert_int_ne(access(m->path, F_OK), 0);
}

START_TEST(formats_have_names) {
    vc_report_format format;
    for (int f = 0; f < VC_REPORT_FORMATS; f++) {
        const char *name = vc_report_format_name((vc_report_format)f);
        ck_assert(vc_report_format_parse(name, strlen(name), &format));
        ck_assert_int_eq(format, f);
    }
    ck_assert(!vc_report_format_parse("htm", 3, &format));
    ck_assert(!vc_report_format_parse("", 0, &format));
    ck_assert(vc_report_format_parse("pdf,docx", 3, &format));
    ck_assert_int_eq(format, VC_REPORT_PDF);
}
END_TEST

START_TEST(html_needs_no_other_program) {
    made m = {0};
    make("/nonexistent/program", 5, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_HTML, m.path), VC_OK);
    ck_assert_int_eq(access(m.path, F_OK), 0);
    release(&m);
}
END_TEST

START_TEST(a_program_that_is_not_there) {
    made m = {0};
    make("/nonexistent/program", 5, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_DOCX, m.path), VC_NO_PANDOC);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_PPTX, m.path), VC_NO_PANDOC);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_PDF, m.path), VC_NO_WEASYPRINT);
    ck_assert_ptr_nonnull(strstr(vc_status_text(VC_NO_PANDOC, VC_CHINESE), "pandoc"));
    check_nothing_written(&m);
    release(&m);
}
END_TEST

START_TEST(a_program_that_fails_is_quoted) {
    made m = {0};
    make(program_of("echo first >&2; echo the last word >&2; exit 3"), 5, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_DOCX, m.path), VC_REPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "the last word"));
    check_nothing_written(&m);
    release(&m);
}
END_TEST

START_TEST(a_program_that_leaves_nothing) {
    made m = {0};
    make(program_of("exit 0"), 5, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_PDF, m.path), VC_REPORT_FAILED);
    check_nothing_written(&m);
    release(&m);
}
END_TEST

START_TEST(a_program_that_hangs_is_ended) {
    made m = {0};
    time_t begin = time(NULL);
    make(program_of("sleep 60"), 0.2, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_PDF, m.path), VC_REPORT_FAILED);
    ck_assert(time(NULL) - begin < 20);
    check_nothing_written(&m);
    release(&m);
}
END_TEST

/* What a program wrote is the report, whatever it is; it sees its files and no more. */
START_TEST(the_program_gets_what_it_needs) {
    made m = {0};
    char bytes[200] = "";
    make(program_of("ls >report; echo \"$HOME\" | grep -c vitalcast >>report; env | "
                    "grep -c . >>report"),
         5, &m);
    ck_assert_int_eq(vc_report_write(m.report, VC_REPORT_DOCX, m.path), VC_OK);
    FILE *file = fopen(m.path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_gt(fread(bytes, 1, sizeof bytes - 1, file), 0);
    fclose(file);
    ck_assert_ptr_nonnull(strstr(bytes, "reference\nreport\nreport.json\n1\n"));
    release(&m);
}
END_TEST

START_TEST(without_sentences_there_is_no_report) {
    static const char *dirs[1];
    vc_findings findings;
    vc_report *report = NULL;
    vc_run run;
    vc_report_options options = vc_report_options_default();
    dirs[0] = vct_scratch();
    options.dirs = (vc_datadirs){1, dirs};
    vc_findings_init(&findings, VC_ENGLISH);
    vct_listed_run(&run);
    ck_assert_int_eq(vc_report_create(&run, &options, NULL, &findings, &report),
                     VC_REPORT_FAILED);
    ck_assert_ptr_null(report);
    vc_run_free(&run);
    vc_findings_free(&findings);
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(formats_have_names),
                              VCT(html_needs_no_other_program),
                              VCT(a_program_that_is_not_there),
                              VCT(a_program_that_fails_is_quoted),
                              VCT(a_program_that_leaves_nothing),
                              VCT(a_program_that_hangs_is_ended),
                              VCT(the_program_gets_what_it_needs),
                              VCT(without_sentences_there_is_no_report)};
    return vct_run("report/report", tests, VCT_COUNT(tests));
}
