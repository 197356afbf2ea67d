#include "chart/font_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/harness.h"

/* Puts a program first on PATH that prints a text. */
static void fake(const char *program, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), program);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "#!/bin/sh\ncat <<'END'\n%s\nEND\n", text);
    fclose(file);
    ck_assert_int_eq(chmod(path, 0700), 0);
    setenv("PATH", vct_scratch(), 1);
}

static vc_chart_font find(void) {
    vc_chart_font font;
    ck_assert_int_eq(vc_chart_font_find(10, &font), VC_OK);
    return font;
}

START_TEST(the_wanted_font_is_taken) {
    fake("fc-match", "Noto Sans CJK SC");
    vc_chart_font font = find();
    ck_assert_str_eq(font.name, "Noto Sans CJK SC");
    ck_assert(font.chinese);
}
END_TEST

START_TEST(else_the_first_of_the_list) {
    fake("fc-match", "DejaVu Sans");
    fake("fc-list", "WenQuanYi Zen Hei,文泉驛正黑\nAR PL UMing CN\n文泉驛點陣正黑\n");
    vc_chart_font font = find();
    ck_assert_str_eq(font.name, "AR PL UMing CN");
    ck_assert(font.chinese);
}
END_TEST

START_TEST(a_name_that_needs_quoting_is_not_taken) {
    fake("fc-match", "DejaVu Sans");
    fake("fc-list", "A' ; system('touch x') #\nB\"><script>\nC:Bold");
    vc_chart_font font = find();
    ck_assert_str_eq(font.name, "Sans");
    ck_assert(!font.chinese);
}
END_TEST

START_TEST(without_fontconfig_there_is_no_chinese) {
    setenv("PATH", "/nonexistent", 1);
    vc_chart_font font = find();
    ck_assert_str_eq(font.name, "Sans");
    ck_assert(!font.chinese);
}
END_TEST

START_TEST(only_a_plain_name_is_used) {
    static const vc_chart_font plain = {"Noto Serif CJK SC", true}, none = {"", true},
                               quote = {"A' ; system('touch x') #", true};
    ck_assert(vci_font_is_plain(&plain));
    ck_assert(!vci_font_is_plain(&none));
    ck_assert(!vci_font_is_plain(&quote));
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_wanted_font_is_taken), VCT(else_the_first_of_the_list),
        VCT(a_name_that_needs_quoting_is_not_taken),
        VCT(without_fontconfig_there_is_no_chinese), VCT(only_a_plain_name_is_used)};
    return vct_run("chart/font", tests, VCT_COUNT(tests));
}
