/* Input files read with suspicion, result files written all or nothing. */
#include "core/file_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "support/harness.h"

#define LIMIT ((size_t)1 << 20)

static const char *in_scratch(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    return path;
}

static const char *put(const char *name, const char *bytes, size_t n) {
    const char *path = in_scratch(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    fclose(file);
    return path;
}

static void refused(const char *path, size_t limit, const char *kind, const char *says) {
    vc_findings findings;
    unsigned char *bytes;
    size_t n;
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_file_read(path, limit, &findings, &bytes, &n), VC_OK);
    ck_assert_ptr_null(bytes);
    ck_assert_uint_eq(n, 0);
    ck_assert_uint_eq(findings.n_faults, 1);
    ck_assert_str_eq(findings.list[0].kind, kind);
    ck_assert_str_eq(findings.list[0].file, path);
    ck_assert_msg(strstr(findings.list[0].message, says), "\"%s\" says nothing of \"%s\"",
                  findings.list[0].message, says);
    vc_findings_free(&findings);
}

static void accepted(const char *path, size_t limit, const char *want, size_t n_want) {
    vc_findings findings;
    unsigned char *bytes;
    size_t n;
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_file_read(path, limit, &findings, &bytes, &n), VC_OK);
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(n, n_want);
    ck_assert_mem_eq(bytes, want, n);
    ck_assert_uint_eq(bytes[n], 0);
    vci_free(bytes);
    vc_findings_free(&findings);
}

START_TEST(reads_all_of_a_file) {
    accepted(put("a.csv", "a\0b\n", 4), LIMIT, "a\0b\n", 4);
    accepted(put("empty.csv", "", 0), LIMIT, "", 0);
    accepted(put("full.csv", "1234", 4), 4, "1234", 4);
    refused(put("over.csv", "12345", 5), 4, "F14", "4 bytes");
}
END_TEST

START_TEST(what_is_no_file_is_refused) {
    refused(in_scratch("missing.csv"), LIMIT, "F02", "no such file");
    refused(vct_scratch(), LIMIT, "F02", "folder");
    refused("/dev/zero", LIMIT, "F02", "device");
    /* A pipe without a writer: reading it would wait for ever. */
    ck_assert_int_eq(mkfifo(in_scratch("pipe"), 0600), 0);
    refused(in_scratch("pipe"), LIMIT, "F02", "device");
    ck_assert_int_eq(symlink("loop", in_scratch("loop")), 0);
    refused(in_scratch("loop"), LIMIT, "F02", "symbolic links");
}
END_TEST

/* A writer that makes the file longer and shorter all the time is caught within seconds. */
START_TEST(a_changing_file_is_refused) {
    static char big[LIMIT];
    memset(big, 'x', sizeof big);
    const char *path = put("growing.csv", big, sizeof big);
    pid_t writer = vct_fork();
    while (writer == 0)
        if (truncate(path, LIMIT / 2) || truncate(path, LIMIT)) _exit(1);
    bool caught = false;
    for (time_t end = time(NULL) + 20; !caught && time(NULL) < end;) {
        vc_findings findings;
        unsigned char *bytes;
        size_t n;
        vc_findings_init(&findings, VC_ENGLISH);
        ck_assert_int_eq(vci_file_read(path, LIMIT, &findings, &bytes, &n), VC_OK);
        caught = findings.n_faults == 1;
        ck_assert(caught == !bytes);
        if (caught) {
            ck_assert_str_eq(findings.list[0].kind, "F02");
            ck_assert_ptr_nonnull(strstr(findings.list[0].message, "changed while"));
        }
        vci_free(bytes);
        vc_findings_free(&findings);
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    ck_assert(caught);
}
END_TEST

START_TEST(what_may_not_be_read_is_refused) {
    put("secret.csv", "a\n", 2);
    ck_assert_int_eq(chmod(in_scratch("secret.csv"), 0), 0);
    /* Root may read everything; this test is a process of its own and becomes nobody. */
    bool root = geteuid() == 0;
    if (root) ck_assert_int_eq(seteuid(65534), 0);
    refused(in_scratch("secret.csv"), LIMIT, "F02", "cannot be read");
    /* The leak check at the end has to look at a process that is its own again. */
    if (root) ck_assert_int_eq(seteuid(0) | prctl(PR_SET_DUMPABLE, 1), 0);
}
END_TEST

START_TEST(other_kinds_are_known_by_content) {
    static const struct {
        const char *bytes;
        size_t n;
        const char *says;
    } cases[] = {
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12, ".xls"},
        {"PK\x03\x04....", 8, ".xlsx"},
        {"%PDF-1.7\n", 9, "PDF"},
        {"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", 55, "web page"},
        {"<HTML>", 6, "web page"},
        {"\xEF\xBB\xBF\r\n <!doctype html>", 20, "web page"},
        {"\n<Table><tr>", 12, "web page"},
        {"<?xml version=\"1.0\"?><Workbook>", 31, "XML"},
        {"\x1F\x8B\x08....", 7, "zip"},
        {"\x89HDF\r\n\x1A\n....", 12, "run file"}};
    for (size_t i = 0; i < VCT_COUNT(cases); i++)
        refused(put("table.csv", cases[i].bytes, cases[i].n), LIMIT, "F03", cases[i].says);
    accepted(put("short.csv", "PK", 2), LIMIT, "PK", 2);
    accepted(put("name.csv", "<5,1\n", 5), LIMIT, "<5,1\n", 5);
}
END_TEST

START_TEST(failed_allocations_are_told) {
    const char *path = put("a.csv", "a\n", 2);
    for (long at = 0; at < 8; at++) {
        vc_findings findings;
        unsigned char *bytes;
        size_t n;
        vc_findings_init(&findings, VC_ENGLISH);
        vci_memory_fail_at(at);
        vc_status st = vci_file_read(path, at % 2 ? 1 : LIMIT, &findings, &bytes, &n);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || (st == VC_NO_MEMORY && !bytes));
        if (at < 2) ck_assert_int_eq(st, VC_NO_MEMORY);
        vci_free(bytes);
        vc_findings_free(&findings);
    }
}
END_TEST

static size_t count_entries(const char *folder) {
    size_t n = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *d = readdir(dir); d; d = readdir(dir))
        n += strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
    closedir(dir);
    return n;
}

START_TEST(writes_whole_files) {
    static char big[300000];
    memset(big, 'x', sizeof big);
    ck_assert_int_eq(vci_file_write_atomic(in_scratch("r.bin"), "old", 3), VC_OK);
    accepted(in_scratch("r.bin"), LIMIT, "old", 3);
    ck_assert_int_eq(vci_file_write_atomic(in_scratch("r.bin"), big, sizeof big), VC_OK);
    accepted(in_scratch("r.bin"), LIMIT, big, sizeof big);
    ck_assert_int_eq(vci_file_write_atomic(in_scratch("none"), "", 0), VC_OK);
    accepted(in_scratch("none"), LIMIT, "", 0);
    ck_assert_uint_eq(count_entries(vct_scratch()), 2);
}
END_TEST

START_TEST(a_failure_leaves_the_old_file_and_nothing_else) {
    static char big[300000];
    ck_assert_int_eq(vci_file_write_atomic(in_scratch("r.bin"), "old", 3), VC_OK);
    /* No file may grow beyond 100 kB: write(2) stops in the middle, then fails. */
    struct rlimit limit, before;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    vc_status st = vci_file_write_atomic(in_scratch("r.bin"), big, sizeof big);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_int_eq(st, VC_NO_SPACE);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "r.bin"));
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), strerror(EFBIG)));
    accepted(in_scratch("r.bin"), LIMIT, "old", 3);
    ck_assert_uint_eq(count_entries(vct_scratch()), 1);
}
END_TEST

START_TEST(what_cannot_be_written_is_told) {
    const char *missing = in_scratch("no/such/folder/r.bin");
    ck_assert_int_eq(vci_file_write_atomic(missing, "x", 1), VC_IO_FAILED);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), strerror(ENOENT)));
    /* A folder has the name already. */
    ck_assert_int_eq(mkdir(in_scratch("r.bin"), 0700), 0);
    ck_assert_int_eq(vci_file_write_atomic(in_scratch("r.bin"), "x", 1), VC_IO_FAILED);
    ck_assert_uint_eq(count_entries(vct_scratch()), 1);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_all_of_a_file),
                                     VCT(what_is_no_file_is_refused),
                                     VCT(a_changing_file_is_refused),
                                     VCT(what_may_not_be_read_is_refused),
                                     VCT(other_kinds_are_known_by_content),
                                     VCT(failed_allocations_are_told),
                                     VCT(writes_whole_files),
                                     VCT(a_failure_leaves_the_old_file_and_nothing_else),
                                     VCT(what_cannot_be_written_is_told)};
    return vct_run("core/file", tests, VCT_COUNT(tests));
}
