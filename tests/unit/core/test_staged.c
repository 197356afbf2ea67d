/* Files that appear whole or not at all, and what their dead writers leave. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "core/staged_internal.h"
#include "support/harness.h"

static void put(const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

static const char *get(const char *name) {
    static char text[64];
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    FILE *f = fopen(path, "r");
    if (!f) return NULL;
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

static size_t count_files(void) {
    size_t n = 0;
    DIR *folder = opendir(vct_scratch());
    for (struct dirent *d = readdir(folder); d; d = readdir(folder))
        n += strcmp(d->d_name, ".") && strcmp(d->d_name, "..");
    closedir(folder);
    return n;
}

static vc_status write_x(const void *bytes, size_t n) {
    char path[512];
    snprintf(path, sizeof path, "%s/x", vct_scratch());
    return vci_file_write_atomic(path, bytes, n);
}

START_TEST(a_file_gets_its_name_when_it_is_whole) {
    vci_staged staged = {0};
    put("x", "old");
    ck_assert_int_eq(vci_staged_write(vct_scratch(), "x", "new", 3, &staged), VC_OK);
    ck_assert_str_eq(get("x"), "old");
    ck_assert_uint_eq(count_files(), 2);
    ck_assert_int_eq(vci_staged_commit(&staged), VC_OK);
    ck_assert_str_eq(get("x"), "new");
    ck_assert_uint_eq(count_files(), 1);
    vci_staged_free(&staged);
    ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(what_is_not_committed_goes) {
    vci_staged staged = {0};
    ck_assert_int_eq(vci_staged_write(vct_scratch(), "x", "new", 3, &staged), VC_OK);
    vci_staged_free(&staged);
    ck_assert_uint_eq(count_files(), 0);
}
END_TEST

START_TEST(a_name_that_is_taken_leaves_no_litter) {
    char path[512];
    snprintf(path, sizeof path, "%s/x", vct_scratch());
    mkdir(path, 0755);
    put("x/y", "inside");
    ck_assert_int_eq(write_x("new", 3), VC_IO_FAILED);
    ck_assert_uint_eq(count_files(), 1);
    ck_assert_int_eq(vci_file_write_atomic("/nowhere/x", "new", 3), VC_IO_FAILED);
}
END_TEST

START_TEST(no_room_leaves_no_litter) {
    static const char large[5000];
    struct rlimit limit = {4096, 4096};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(write_x(large, sizeof large), VC_NO_SPACE);
    ck_assert_uint_eq(count_files(), 0);
}
END_TEST

/* As after a restart in a container, where process numbers come again. */
START_TEST(a_dead_writer_with_our_number_is_no_obstacle) {
    char name[64];
    snprintf(name, sizeof name, ".x.tmp.%ld", (long)getpid());
    put(name, "half");
    ck_assert_int_eq(write_x("new", 3), VC_OK);
    ck_assert_str_eq(get("x"), "new");
    ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(only_abandoned_files_are_cleaned) {
    size_t removed;
    vci_staged staged = {0};
    put(".a.tmp.999999999", "half");
    put(".b.h5.tmp.1", "its number is alive, its lock is not");
    put("c.tmp.1", "mine");
    put(".d.tmp.", "mine");
    put(".e.tmp.x", "mine");
    put(".f.tmp.1.bak", "mine");
    put(".tmp", "mine");
    ck_assert_int_eq(vci_staged_write(vct_scratch(), "x", "new", 3, &staged), VC_OK);
    ck_assert_int_eq(vci_staged_clean(vct_scratch(), &removed), VC_OK);
    ck_assert_uint_eq(removed, 2);
    ck_assert_uint_eq(count_files(), 6);
    ck_assert_int_eq(vci_staged_commit(&staged), VC_OK);
    ck_assert_str_eq(get("x"), "new");
    vci_staged_free(&staged);
    ck_assert_int_eq(vci_staged_clean("/nowhere", &removed), VC_OK);
    ck_assert_uint_eq(removed, 0);
}
END_TEST

/* A writer killed at any moment: its file is cleaned, as soon as it is dead. */
START_TEST(a_killed_writer_is_cleaned_up_after) {
    size_t removed;
    int ready[2];
    char c;
    ck_assert_int_eq(pipe(ready), 0);
    pid_t child = vct_fork();
    if (child == 0) {
        vci_staged staged = {0};
        vc_status st = vci_staged_write(vct_scratch(), "x", "new", 3, &staged);
        if (write(ready[1], "x", 1) != 1 || st != VC_OK) _exit(1);
        for (;;) pause();
    }
    ck_assert_int_eq(read(ready[0], &c, 1), 1);
    ck_assert_int_eq(vci_staged_clean(vct_scratch(), &removed), VC_OK);
    ck_assert_uint_eq(removed, 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ck_assert_int_eq(vci_staged_clean(vct_scratch(), &removed), VC_OK);
    ck_assert_uint_eq(removed, 1);
    ck_assert_uint_eq(count_files(), 0);
}
END_TEST

/* Writers of one name and cleaners at the same time: nobody fails, the file is whole. */
START_TEST(writers_and_cleaners_do_not_hurt_each_other) {
    enum { WRITERS = 3, ROUNDS = 60 };
    pid_t children[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        children[i] = vct_fork();
        if (children[i]) continue;
        for (int k = 0; k < ROUNDS; k++) {
            size_t removed;
            if (write_x("new", 3) != VC_OK) _exit(1);
            if (vci_staged_clean(vct_scratch(), &removed) != VC_OK) _exit(2);
        }
        _exit(0);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        waitpid(children[i], &status, 0);
        ck_assert_int_eq(status, 0);
    }
    ck_assert_str_eq(get("x"), "new");
    ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(lack_of_memory_is_an_answer) {
    vc_status st = VC_NO_MEMORY;
    for (long calls = 0; st != VC_OK; calls++) {
        vci_memory_fail_at(calls);
        st = write_x("new", 3);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        ck_assert_uint_eq(count_files(), st == VC_OK);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_file_gets_its_name_when_it_is_whole),
                                     VCT(what_is_not_committed_goes),
                                     VCT(a_name_that_is_taken_leaves_no_litter),
                                     VCT(no_room_leaves_no_litter),
                                     VCT(a_dead_writer_with_our_number_is_no_obstacle),
                                     VCT(only_abandoned_files_are_cleaned),
                                     VCT(a_killed_writer_is_cleaned_up_after),
                                     VCT(writers_and_cleaners_do_not_hurt_each_other),
                                     VCT(lack_of_memory_is_an_answer)};
    return vct_run("core/staged", tests, VCT_COUNT(tests));
}
