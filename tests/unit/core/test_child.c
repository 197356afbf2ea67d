#include "core/child_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"

static char *folder;

static void begin(void) {
    setenv("TMPDIR", vct_scratch(), 1);
    ck_assert_int_eq(vci_folder_create(&folder), VC_OK);
}

static void end(void) {
    vci_folder_remove(folder);
    ck_assert_int_ne(access(folder, F_OK), 0);
    vci_free(folder);
}

/* Runs a shell script as the child. */
static vci_child_end run(const char *script, double seconds) {
    char shell[] = "/bin/sh", option[] = "-c";
    char *text = vci_text_copy(script, strlen(script));
    char *arguments[] = {shell, option, text, NULL};
    vci_child child = {.arguments = arguments, .folder = folder, .seconds = seconds};
    vci_child_end how;
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    vci_free(text);
    return how;
}

/* What stands in a file of the folder. */
static char *printed(const char *name) {
    char path[512], *text;
    size_t n;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(vci_folder_read(path, 100000, &text, &n), VC_OK);
    return text;
}

START_TEST(the_status_is_told) {
    begin();
    ck_assert_int_eq(run("exit 0", 10), VCI_CHILD_DONE);
    ck_assert_int_eq(run("exit 3", 10), VCI_CHILD_FAILED);
    ck_assert_int_eq(run("kill -SEGV $$", 10), VCI_CHILD_FAILED);
    end();
}
END_TEST

START_TEST(output_goes_to_files) {
    begin();
    ck_assert_int_eq(run("pwd; echo bad >&2; cat", 10), VCI_CHILD_DONE);
    char *out = printed("out"), *err = printed("err");
    ck_assert_uint_eq(strlen(out), strlen(folder) + 1);
    ck_assert_int_eq(strncmp(out, folder, strlen(folder)), 0);
    ck_assert_str_eq(err, "bad\n");
    vci_free(out);
    vci_free(err);
    end();
}
END_TEST

START_TEST(the_environment_is_fixed) {
    begin();
    setenv("GNUPLOT_LIB", "/tmp", 1);
    setenv("GNUTERM", "dumb", 1);
    setenv("LANG", "de_DE.UTF-8", 1);
    char env[] = "env", *arguments[] = {env, NULL};
    vci_child child = {.arguments = arguments, .folder = folder, .seconds = 10};
    vci_child_end how;
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    ck_assert_int_eq(how, VCI_CHILD_DONE);
    char *out = printed("out"), expected[1024];
    snprintf(expected, sizeof expected,
             "HOME=%s/home\nLC_ALL=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\n", folder);
    ck_assert_str_eq(out, expected);
    vci_free(out);
    end();
}
END_TEST

START_TEST(no_shell_reads_the_arguments) {
    begin();
    char echo[] = "echo", text[] = "$(touch canary) `touch canary`; touch canary";
    char *arguments[] = {echo, text, NULL};
    vci_child child = {.arguments = arguments, .folder = folder, .seconds = 10};
    vci_child_end how;
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    char *out = printed("out");
    ck_assert_int_eq(strncmp(out, text, strlen(text)), 0);
    vci_free(out);
    end();
}
END_TEST

START_TEST(an_absent_program_is_told) {
    static const char *const names[] = {"/nonexistent/gnuplot", "no-such-program-here",
                                        "./none", "/etc/passwd"};
    begin();
    for (size_t i = 0; i < 4; i++) {
        char *name = vci_text_copy(names[i], strlen(names[i]));
        char *arguments[] = {name, NULL};
        vci_child child = {.arguments = arguments, .folder = folder, .seconds = 10};
        vci_child_end how;
        ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
        ck_assert_int_eq(how, VCI_CHILD_ABSENT);
        vci_free(name);
    }
    end();
}
END_TEST

/* A killed process may stay a zombie until its new parent looks. */
static bool is_running(long pid) {
    char path[64], state = 'X';
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return false;
    if (fscanf(file, "%*d %*s %c", &state) != 1) state = 'X';
    fclose(file);
    return state != 'Z' && state != 'X';
}

START_TEST(a_late_child_is_killed_with_its_children) {
    struct timespec begun, ended;
    begin();
    clock_gettime(CLOCK_MONOTONIC, &begun);
    ck_assert_int_eq(run("sleep 100 & echo $!; wait", 0.3), VCI_CHILD_LATE);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    ck_assert_int_lt(ended.tv_sec - begun.tv_sec, 10);
    char *out = printed("out");
    long pid = strtol(out, NULL, 10);
    ck_assert_int_gt(pid, 0);
    for (int i = 0; i < 100 && is_running(pid); i++) usleep(20000);
    ck_assert(!is_running(pid));
    vci_free(out);
    end();
}
END_TEST

START_TEST(files_and_memory_are_limited) {
    char shell[] = "/bin/sh", option[] = "-c";
    char text[] = "sleep 0.2; head -c 100000 /dev/zero";
    char *arguments[] = {shell, option, text, NULL};
    vci_child child = {
        .arguments = arguments, .folder = NULL, .seconds = 10, .file_bytes = 50000};
    vci_child_end how;
    begin();
    child.folder = folder;
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    ck_assert_int_eq(how, VCI_CHILD_FAILED);
    child.file_bytes = 0;
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    ck_assert_int_eq(how, VCI_CHILD_DONE);
    child.memory_bytes = 1; /* head cannot be started with so little */
    ck_assert_int_eq(vci_child_run(&child, &how), VC_OK);
    ck_assert_int_eq(how, VCI_CHILD_FAILED);
    end();
}
END_TEST

START_TEST(the_folder_is_private) {
    begin();
    ck_assert_int_eq(run("stat -c %a . && ls -A home", 10), VCI_CHILD_DONE);
    char *out = printed("out");
    ck_assert_str_eq(out, "700\n");
    vci_free(out);
    end();
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_status_is_told),           VCT(output_goes_to_files),
        VCT(the_environment_is_fixed),     VCT(no_shell_reads_the_arguments),
        VCT(an_absent_program_is_told),    VCT(a_late_child_is_killed_with_its_children),
        VCT(files_and_memory_are_limited), VCT(the_folder_is_private)};
    return vct_run("core/child", tests, VCT_COUNT(tests));
}
