#include "vitalcast/datadir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "support/harness.h"

/* Folders a and b in the scratch folder, each with plots/<name>. */
static void put(const char *folder, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/plots", vct_scratch(), folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/plots/%s", vct_scratch(), folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fclose(file);
}

/* Looks in a, then in b. */
static char *find(const char *name) {
    char a[512], b[512], *path;
    const char *list[] = {a, b};
    vc_datadirs dirs = {2, list};
    snprintf(a, sizeof a, "%s/a", vct_scratch());
    snprintf(b, sizeof b, "%s/b", vct_scratch());
    ck_assert_int_eq(vc_datadirs_find(&dirs, name, &path), VC_OK);
    return path;
}

START_TEST(the_first_folder_wins) {
    char expected[512];
    put("a", "fan.gp");
    put("b", "fan.gp");
    char *path = find("plots/fan.gp");
    snprintf(expected, sizeof expected, "%s/a/plots/fan.gp", vct_scratch());
    ck_assert_str_eq(path, expected);
    free(path);
}
END_TEST

START_TEST(the_next_folder_helps_out) {
    char expected[512];
    put("a", "fan.gp");
    put("b", "verdict.gp");
    char *path = find("plots/verdict.gp");
    snprintf(expected, sizeof expected, "%s/b/plots/verdict.gp", vct_scratch());
    ck_assert_str_eq(path, expected);
    free(path);
}
END_TEST

/* Who cannot read the file that was meant must hear so, and not get another one. */
START_TEST(a_file_that_cannot_be_read_is_found_too) {
    char expected[512];
    put("a", "verdict.gp");
    put("b", "fan.gp");
    snprintf(expected, sizeof expected, "%s/a/plots/fan.gp", vct_scratch());
    ck_assert_int_eq(symlink("fan.gp", expected), 0);
    char *path = find("plots/fan.gp");
    ck_assert_str_eq(path, expected);
    free(path);
}
END_TEST

START_TEST(what_is_nowhere_is_null) {
    ck_assert_ptr_null(find("plots/fan.gp"));
    char *path;
    ck_assert_int_eq(vc_datadirs_find(&(vc_datadirs){0, NULL}, "plots/fan.gp", &path),
                     VC_OK);
    ck_assert_ptr_null(path);
}
END_TEST

START_TEST(lack_of_memory_is_told) {
    const char *list[] = {"/nowhere"};
    char *path;
    vci_memory_fail_at(0);
    ck_assert_int_eq(vc_datadirs_find(&(vc_datadirs){1, list}, "x", &path), VC_NO_MEMORY);
    vci_memory_fail_at(-1);
    ck_assert_ptr_null(path);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_first_folder_wins), VCT(the_next_folder_helps_out),
        VCT(a_file_that_cannot_be_read_is_found_too), VCT(what_is_nowhere_is_null),
        VCT(lack_of_memory_is_told)};
    return vct_run("core/datadir", tests, VCT_COUNT(tests));
}
