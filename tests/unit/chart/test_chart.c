/* Whole charts, with the real gnuplot and with false ones. */
#include "vitalcast/chart.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sample_run.h"
#include "support/harness.h"

#define DECEMBER (2013 * 12 + 11)
#define RESULT(target, unit) ((target)*14 + (unit))

static char folder[512]; /* where the charts go; the private folders are beside it */

static vc_chart_options begin(void) {
    static const char *dirs[1];
    vc_chart_options options = vc_chart_options_default();
    dirs[0] = vct_source(".");
    ck_assert_ptr_nonnull(dirs[0]);
    options.dirs = (vc_datadirs){1, dirs};
    setenv("TMPDIR", vct_scratch(), 1);
    snprintf(folder, sizeof folder, "%s/charts", vct_scratch());
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    return options;
}

static const char *in_folder(const char *name) {
    static char paths[4][640];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static size_t entries(const char *path) {
    size_t n = 0;
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    while (readdir(dir)) n++;
    closedir(dir);
    return n - 2;
}

/* Only what was asked for is there: n charts, and `beside` things that the test made. */
static void end(size_t n, size_t beside) {
    ck_assert_uint_eq(entries(folder), n);
    ck_assert_uint_eq(entries(vct_scratch()), 1 + beside);
}

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    char *bytes = calloc(1, 1 << 22);
    *n = fread(bytes, 1, (1 << 22) - 1, file);
    fclose(file);
    return bytes;
}

static void draw(const vc_run *run, size_t result, const vc_chart_options *options,
                 const char *name) {
    vc_status st = vc_chart_fan(run, result, options, in_folder(name));
    ck_assert_msg(st == VC_OK, "%s: %s", vc_status_name(st), vc_status_detail());
}

/* A program in the scratch folder, and its path. */
static const char *false_gnuplot(const char *script) {
    static char path[512];
    snprintf(path, sizeof path, "%s/false-gnuplot", vct_scratch());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    ck_assert_int_eq(chmod(path, 0700), 0);
    return path;
}

/* --- pictures ------------------------------------------------------------------------ */

START_TEST(pictures_are_whole_and_the_same_each_time) {
    vc_chart_options options = begin();
    vc_run run;
    sample_run(13, &run);
    for (int language = 0; language < VC_LANGUAGES; language++)
        for (int format = 0; format < VC_CHART_FORMATS; format++) {
            size_t n, again;
            options.language = (vc_language)language;
            options.format = (vc_chart_format)format;
            draw(&run, RESULT(2, 0), &options, "a");
            draw(&run, RESULT(2, 0), &options, "b");
            char *a = read_file(in_folder("a"), &n), *b = read_file(in_folder("b"), &again);
            ck_assert_uint_eq(n, again);
            if (format != VC_PDF) ck_assert_mem_eq(a, b, n); /* PDF has the time in it */
            if (format == VC_SVG)
                ck_assert_ptr_nonnull(strstr(a + n - 10, "</svg>"));
            else if (format == VC_PNG)
                ck_assert_mem_eq(a + 33, "\0\0\0\x09pHYs\0\0\x27\x10\0\0\x27\x10\1", 17);
            free(a);
            free(b);
        }
    end(2, 0);
    vc_run_free(&run);
}
END_TEST

static void check_says(const char *svg, const char *text) {
    ck_assert_msg(strstr(svg, text) != NULL, "\"%s\" is missing", text);
}

START_TEST(the_fan_chart_says_what_it_must) {
    vc_chart_options options = begin();
    vc_run run;
    size_t n;
    sample_run(13, &run);
    run.results[RESULT(2, 0)].validated = false;
    options.language = VC_CHINESE;
    draw(&run, RESULT(2, 0), &options, "zh.svg");
    char *svg = read_file(in_folder("zh.svg"), &n);
    check_says(svg, "示例县　出生人口性别比：年度末达标可能性0.4%");
    check_says(svg, "<desc>扇形图（今年累计、至年度末的预测区间和目标）：示例县　出生");
    check_says(svg, "目标：不高于107.0");
    check_says(svg, "虚构数据，仅供演示");
    check_says(svg, "模型未经回溯检验");
    check_says(
        svg, "本结果用于研判形势和改进服务，不作为下达生育数量、否决、问责或评优的依据。");
    check_says(svg, "测算编号 2013-07-0123456789ab");
    check_says(svg, "资料来源：" SAMPLE_SOURCE);
    check_says(svg, "上年 ");
    free(svg);
    run.settings.synthetic = false;
    run.results[RESULT(2, 0)].validated = true;
    options.language = VC_ENGLISH;
    draw(&run, RESULT(2, 0), &options, "en.svg");
    svg = read_file(in_folder("en.svg"), &n);
    check_says(svg, "示例县, sex ratio at birth: 0.4% likely to meet the year-end target");
    check_says(svg, "not a basis for birth quotas");
    ck_assert_ptr_null(strstr(svg, "SYNTHETIC"));
    ck_assert_ptr_null(strstr(svg, "not back-tested"));
    free(svg);
    end(2, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_small_cell_shows_no_number) {
    vc_chart_options options = begin();
    vc_run run;
    size_t n;
    sample_run(13, &run);
    run.settings.min_cell = 100000;
    draw(&run, RESULT(0, 1), &options, "small.svg");
    char *svg = read_file(in_folder("small.svg"), &n);
    check_says(svg, "sample too small, not shown (fewer than 100000 events)");
    ck_assert_ptr_null(strstr(svg, "median"));
    ck_assert_ptr_null(strstr(svg, "5600"));
    ck_assert_ptr_null(strstr(svg, "Jan<"));
    free(svg);
    end(1, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(the_verdict_map_prints_every_chance) {
    vc_chart_options options = begin();
    vc_run run;
    size_t n;
    sample_run(13, &run);
    ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER, &options, in_folder("v.svg")), VC_OK);
    char *svg = read_file(in_folder("v.svg"), &n), expected[64];
    for (size_t unit = 1; unit < 14; unit++) {
        double p = run.results[RESULT(1, unit)].p_met;
        if (p >= 0.01 && p <= 0.99) {
            int digits = p < 0.1 || p > 0.9;
            snprintf(expected, sizeof expected, "<text>%.*f%%</text>", digits, 100 * p);
            check_says(svg, expected);
        }
    }
    check_says(svg, "<text>0.4%</text>");
    check_says(svg, "<text>—</text>");
    check_says(svg, "— not assessed");
    check_says(svg, "太和镇");
    ck_assert_ptr_null(strstr(svg, ">0%<"));
    ck_assert_ptr_null(strstr(svg, ">100%<"));
    free(svg);
    end(1, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(many_units_take_several_pages) {
    vc_chart_options options = begin();
    vc_run run;
    size_t n;
    sample_run(130, &run);
    ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER, &options, in_folder("v.1.svg")),
                     VC_OK);
    static const char *const names[] = {"v.1.svg", "v.1-2.svg", "v.1-3.svg"};
    static const char *const pages[] = {"page 1 of 3", "page 2 of 3", "page 3 of 3"};
    for (size_t i = 0; i < 3; i++) {
        char *svg = read_file(in_folder(names[i]), &n);
        check_says(svg, pages[i]);
        free(svg);
    }
    end(3, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(one_unit_and_a_year_without_targets_are_drawn) {
    vc_chart_options options = begin();
    vc_run run;
    sample_run(0, &run);
    options.format = VC_PNG;
    ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER, &options, in_folder("one.png")),
                     VC_OK);
    ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER + 1, &options, in_folder("none.png")),
                     VC_OK);
    end(2, 0);
    vc_run_free(&run);
}
END_TEST

/* --- hostile texts ------------------------------------------------------------------- */

/* As in the SVG: what must be escaped there is, the rest stands as it is. */
static void escape(const char *text, char *escaped) {
    for (; *text; text++) {
        const char *as = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : NULL;
        if (*text == '>') as = "&gt;";
        if (*text == '\n' || *text == '\r' || *text == '\x1B') continue;
        if (*text == '\\') as = "＼";
        if (as)
            escaped += sprintf(escaped, "%s", as);
        else
            *escaped++ = *text;
    }
    *escaped = '\0';
}

static const char *const HOSTILE[] = {
    "`touch %s`",
    "$(touch %s)",
    "'; !touch %s #",
    "\"; !touch %s #",
    "a\n!touch %s\n",
    "@a `touch %s`",
    "< touch %s",
    "| touch %s",
    "\\`touch %s",
    "\\\\'`touch %s",
    "%%s%%n%%d &<>",
    "_a^{b}@~&{c}/I",
    "{/=20 big}",
    "\x1B[31mred",
    "''';\n",
    "a''; !touch %s #",
    "'' . system('touch %s') . ''",
    "'",
    "x''''y",
};

START_TEST(hostile_texts_run_nothing_and_stand_literally) {
    vc_chart_options options = begin();
    char canary[64];
    snprintf(canary, sizeof canary, "/tmp/vcc%ld", (long)getpid());
    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
        vc_run run;
        char text[128], shown[512];
        size_t n;
        sample_run(2, &run);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
        snprintf(text, sizeof text, HOSTILE[i], canary);
#pragma GCC diagnostic pop
        sample_name(&run, 0, text);
        sample_name(&run, 1, text);
        free(run.settings.source);
        run.settings.source = sample_copy(text);
        free(run.panel.progress[0].indicator);
        run.panel.progress[0].indicator = sample_copy(text);
        free(run.targets.list[3].indicator);
        run.targets.list[3].indicator = sample_copy(text);
        draw(&run, 9, &options, "fan.svg"); /* the service indicator of the county */
        ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER, &options, in_folder("v.svg")),
                         VC_OK);
        escape(text, shown);
        char *fan = read_file(in_folder("fan.svg"), &n);
        char *verdict = read_file(in_folder("v.svg"), &n);
        check_says(fan, shown);
        check_says(verdict, shown);
        free(fan);
        free(verdict);
        ck_assert_msg(access(canary, F_OK) != 0, "ran: %s", text);
        vc_run_free(&run);
    }
    end(2, 0);
}
END_TEST

/*
 * gnuplot takes @heading for the text of the variable heading, as code, wherever it
 * believes itself outside single quotes.
 */
START_TEST(no_text_becomes_code_through_another) {
    static const char *const sources[] = {"@heading",   "'@heading",      "''@heading",
                                          "\"@heading", "'\"'@heading '", "\\'@heading",
                                          "# '@heading"};
    vc_chart_options options = begin();
    char canary[64], name[128];
    snprintf(canary, sizeof canary, "/tmp/v%ld", (long)getpid());
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        vc_run run;
        size_t n;
        sample_run(2, &run);
        snprintf(name, sizeof name, "'.system('touch %s').'", canary);
        sample_name(&run, 0, name);
        run.results[0].p_met = 0.31; /* a short message leaves room for the name */
        free(run.settings.source);
        run.settings.source = sample_copy(sources[i]);
        draw(&run, 0, &options, "fan.svg");
        ck_assert_msg(access(canary, F_OK) != 0, "ran through: %s", sources[i]);
        char *svg = read_file(in_folder("fan.svg"), &n);
        check_says(svg, name);
        check_says(svg, "@heading");
        free(svg);
        vc_run_free(&run);
    }
    end(1, 0);
}
END_TEST

START_TEST(long_and_broken_names_are_drawn) {
    vc_chart_options options = begin();
    vc_run run;
    char name[20001] = "";
    sample_run(2, &run);
    for (int i = 0; i < 60; i++) strcat(name, "内");
    sample_name(&run, 0, name);
    draw(&run, 0, &options, "long.svg");
    memset(name, 'x', 20000);
    name[20000] = '\0';
    sample_name(&run, 0, name);
    draw(&run, 0, &options, "longer.svg");
    sample_name(&run, 0, "\xFF\xFE\xE5\x9F'");
    draw(&run, 0, &options, "broken.svg");
    ck_assert_int_eq(vc_chart_verdict(&run, DECEMBER, &options, in_folder("v.svg")), VC_OK);
    end(4, 0);
    vc_run_free(&run);
}
END_TEST

/* --- failures ------------------------------------------------------------------------ */

/* What was there before stays; nothing is left beside it. */
static void fails(const vc_chart_options *options, vc_status expected, size_t beside) {
    vc_run run;
    size_t n;
    sample_run(2, &run);
    FILE *file = fopen(in_folder("old.svg"), "w");
    ck_assert_ptr_nonnull(file);
    fputs("old", file);
    fclose(file);
    vc_status fan = vc_chart_fan(&run, 0, options, in_folder("old.svg"));
    vc_status verdict = vc_chart_verdict(&run, DECEMBER, options, in_folder("old.svg"));
    ck_assert_msg(fan == expected, "%s: %s", vc_status_name(fan), vc_status_detail());
    ck_assert_int_eq(verdict, expected);
    char *old = read_file(in_folder("old.svg"), &n);
    ck_assert_str_eq(old, "old");
    free(old);
    end(1, beside);
    vc_run_free(&run);
}

START_TEST(no_gnuplot_is_told) {
    vc_chart_options options = begin();
    options.gnuplot = "/nonexistent/gnuplot";
    fails(&options, VC_NO_GNUPLOT, 0);
    options.gnuplot = NULL;
    setenv("PATH", "/nonexistent", 1);
    fails(&options, VC_NO_GNUPLOT, 0);
}
END_TEST

START_TEST(a_hanging_gnuplot_is_stopped) {
    vc_chart_options options = begin();
    struct timespec begun, ended;
    options.gnuplot = false_gnuplot("sleep 100");
    options.timeout_seconds = 1;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    fails(&options, VC_CHART_FAILED, 1);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    ck_assert_int_lt(ended.tv_sec - begun.tv_sec, 20);
    ck_assert_str_eq(vc_status_detail(), "gnuplot took more than 1 s");
}
END_TEST

START_TEST(a_truncated_picture_is_refused) {
    vc_chart_options options = begin();
    options.gnuplot = false_gnuplot("gnuplot \"$@\" || exit 1\nhead -c 5000 picture >cut\n"
                                    "mv cut picture");
    for (int format = 0; format < VC_CHART_FORMATS; format++) {
        options.format = (vc_chart_format)format;
        fails(&options, VC_CHART_FAILED, 1);
    }
}
END_TEST

START_TEST(an_empty_or_missing_picture_is_refused) {
    vc_chart_options options = begin();
    options.gnuplot = false_gnuplot("exit 0");
    fails(&options, VC_CHART_FAILED, 1);
    options.gnuplot = false_gnuplot(": >picture");
    fails(&options, VC_CHART_FAILED, 1);
    options.gnuplot = false_gnuplot("mkdir picture");
    fails(&options, VC_CHART_FAILED, 1);
}
END_TEST

START_TEST(a_missing_plot_script_or_folder_is_told) {
    vc_chart_options options = begin();
    vc_run run;
    sample_run(2, &run);
    ck_assert_int_eq(vc_chart_fan(&run, 0, &options, in_folder("no/such/folder.svg")),
                     VC_IO_FAILED);
    end(0, 0);
    options.dirs = (vc_datadirs){0, NULL};
    fails(&options, VC_CHART_FAILED, 0);
    ck_assert_str_eq(vc_status_detail(), "plots/verdict.gp is not found");
    vc_run_free(&run);
}
END_TEST

/* A person's own plot script is used; a fault in it is told with its line. */
START_TEST(plot_scripts_can_be_restyled) {
    vc_chart_options options = begin();
    const char *dirs[] = {vct_scratch(), vct_source(".")};
    char path[512];
    size_t n;
    vc_run run;
    sample_run(2, &run);
    options.dirs = (vc_datadirs){2, dirs};
    snprintf(path, sizeof path, "%s/plots", vct_scratch());
    ck_assert_int_eq(mkdir(path, 0700), 0);
    strcat(path, "/fan.gp");
    FILE *file = fopen(path, "w");
    fputs("set title heading.' restyled'\nplot $bands using 1:5 with lines\n", file);
    fclose(file);
    draw(&run, 0, &options, "own.svg");
    char *svg = read_file(in_folder("own.svg"), &n);
    check_says(svg, "restyled");
    free(svg);
    file = fopen(path, "w");
    fputs("\nset titel heading\n", file);
    fclose(file);
    ck_assert_int_eq(vc_chart_fan(&run, 0, &options, in_folder("own.svg")),
                     VC_CHART_FAILED);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "\"plot.gp\" line 2"));
    end(1, 1);
    vc_run_free(&run);
}
END_TEST

/* Names of files that chart.gp and plot.gp may not name. */
START_TEST(the_script_holds_only_our_file_names) {
    vc_chart_options options = begin();
    char script[600];
    size_t n;
    vc_run run;
    sample_run(2, &run);
    snprintf(script, sizeof script, "cp chart.gp '%s/seen'; exec gnuplot \"$@\"", folder);
    options.gnuplot = false_gnuplot(script);
    draw(&run, 0, &options, "fan.svg");
    char *seen = read_file(in_folder("seen"), &n);
    check_says(seen, "set output 'picture'\n");
    check_says(seen, "\nload 'plot.gp'\n");
    check_says(seen, "\nset termoption noenhanced\n");
    check_says(seen, "$bands << END_OF_NUMBERS\n6 ");
    ck_assert_ptr_null(strstr(seen, "`"));
    ck_assert_ptr_null(strstr(seen, folder));
    free(seen);
    end(2, 1);
    vc_run_free(&run);
}
END_TEST

START_TEST(without_a_chinese_font_labels_are_english) {
    vc_chart_options options = begin();
    char path[512];
    size_t n;
    vc_run run;
    sample_run(2, &run);
    snprintf(path, sizeof path, "%s/fc-match", vct_scratch());
    ck_assert_int_eq(symlink("/bin/true", path), 0); /* finds nothing; no fc-list there */
    options.gnuplot = false_gnuplot("exec gnuplot \"$@\"");
    setenv("PATH", vct_scratch(), 1);
    options.language = VC_CHINESE;
    draw(&run, 0, &options, "fan.svg");
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "no font with Chinese characters"));
    char *svg = read_file(in_folder("fan.svg"), &n);
    check_says(svg, "year-end target");
    free(svg);
    end(1, 2);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_result_that_does_not_exist_is_the_callers_mistake) {
    vc_chart_options options = begin();
    vc_run run;
    sample_run(2, &run);
    ck_assert_int_eq(vc_chart_fan(&run, run.n_results, &options, in_folder("x.svg")),
                     VC_BAD_ARGUMENT);
    end(0, 0);
    vc_run_free(&run);
}
END_TEST

/* Two years of 30 forecasts each: of those at 70 %, half came true. */
static void sample_track(vc_track *track) {
    static const char *const indicators[] = {"births"};
    const vc_track_target target = {.id = (char *)(uintptr_t) "at <most> 93%"};
    ck_assert_int_eq(vc_track_init(1, indicators, 1, &target, track), VC_OK);
    for (int year = 2020; year < 2022; year++)
        for (int who = VC_BY_VITALCAST; who <= VC_BY_PACE; who++) {
            vc_track_cell key = {
                .forecaster = (vc_forecaster)who, .level = 1, .year = year};
            vc_track_cell *cell;
            ck_assert_int_eq(vc_track_cell_of(track, &key, &cell), VC_OK);
            for (int i = 0; i < 30; i++) {
                vc_score score = {.crps = 1 + who * 0.5, .pit = 0.5};
                vc_track_add(cell, &score);
                vc_track_add_hit(track, cell, 0, 0.7, i % 2);
            }
        }
}

START_TEST(charts_of_a_track_record) {
    vc_chart_options options = begin();
    vc_track track;
    size_t n;
    sample_track(&track);
    ck_assert_int_eq(vc_chart_reliability(&track, 0, 1, &options, in_folder("r.svg")),
                     VC_OK);
    ck_assert_int_eq(vc_chart_skill(&track, 0, 1, &options, in_folder("s.svg")), VC_OK);
    char *reliability = read_file(in_folder("r.svg"), &n);
    ck_assert_ptr_nonnull(strstr(reliability, "of the cells at 70%, 50% came true"));
    ck_assert_ptr_nonnull(strstr(reliability, "at &lt;most&gt; 93%"));
    ck_assert_ptr_nonnull(strstr(reliability, "60"));
    char *skill = read_file(in_folder("s.svg"), &n);
    ck_assert_ptr_nonnull(strstr(skill, "error 33% lower than that of the straight line"));
    ck_assert_ptr_nonnull(strstr(skill, "better in 2 of 2 years"));
    /* Another level has nothing to show. */
    ck_assert_int_eq(vc_chart_skill(&track, 0, 0, &options, in_folder("n.svg")),
                     VC_BAD_ARGUMENT);
    free(reliability);
    free(skill);
    vc_track_free(&track);
    end(2, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(pictures_are_whole_and_the_same_each_time),
        VCT(the_fan_chart_says_what_it_must),
        VCT(charts_of_a_track_record),
        VCT(a_small_cell_shows_no_number),
        VCT(the_verdict_map_prints_every_chance),
        VCT(many_units_take_several_pages),
        VCT(one_unit_and_a_year_without_targets_are_drawn),
        VCT(hostile_texts_run_nothing_and_stand_literally),
        VCT(no_text_becomes_code_through_another),
        VCT(long_and_broken_names_are_drawn),
        VCT(no_gnuplot_is_told),
        VCT(a_hanging_gnuplot_is_stopped),
        VCT(a_truncated_picture_is_refused),
        VCT(an_empty_or_missing_picture_is_refused),
        VCT(a_missing_plot_script_or_folder_is_told),
        VCT(plot_scripts_can_be_restyled),
        VCT(the_script_holds_only_our_file_names),
        VCT(without_a_chinese_font_labels_are_english),
        VCT(a_result_that_does_not_exist_is_the_callers_mistake)};
    return vct_run("chart/chart", tests, VCT_COUNT(tests));
}
