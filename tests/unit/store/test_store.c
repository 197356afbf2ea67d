/* A run to its file and back: nothing lost, nothing added, nothing half-written. */
#include <dirent.h>
#include <fcntl.h>
#include <hdf5.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/harness.h"
#include "support/small_run.h"
#include "unit/store/made_run.h"
#include "unit/store/same_run.h"
#include "vitalcast/store.h"

static const vct_small estimated = {.months = 19, .draws = 600, .estimated = true};

static void store_dir(char dir[512]) { snprintf(dir, 512, "%s/runs", vct_scratch()); }

static void same_text(const char *a, const char *b) { ck_assert_str_eq(a, b); }

START_TEST(nothing_is_lost) {
    vc_run run, back;
    char dir[512];
    bool already;
    store_dir(dir);
    vct_small_run(&estimated, &run);
    ck_assert_uint_gt(run.n_results, 0);
    ck_assert_int_eq(vc_store_save(dir, &run, 2, 1.5, &already), VC_OK);
    ck_assert(!already);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_OK);
    same_run(&run, &back);
    same_text(run.id, back.id);
    same_text(run.file, back.file);
    vc_run_free(&back);
    vc_run_free(&run);
}
END_TEST

/* Compares replayed draws with the kept ones. */
static vc_status compare(void *context, const vc_draws *draws) {
    const vc_run *run = context;
    static const vc_event events[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE,
                                      VC_DEATHS};
    for (size_t e = 0; e < 4; e++)
        for (size_t p = 0; p < draws->n_periods; p++)
            for (size_t u = 0; u < draws->n_units; u++)
                for (size_t d = 0; d < draws->n_draws; d++)
                    ck_assert_int_eq(
                        draws->count[events[e]]
                                    [(p * draws->n_units + u) * draws->n_draws + d],
                        run->kept.count[events[e]]
                                       [((draws->first_draw + d) * draws->n_units + u) *
                                            draws->n_periods +
                                        p]);
    return VC_OK;
}

START_TEST(a_loaded_run_makes_its_draws_again) {
    vc_run run, back;
    char dir[512], models[512];
    bool already;
    store_dir(dir);
    vct_small_run(&estimated, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    snprintf(models, sizeof models, "rm -r %s/models", vct_scratch());
    ck_assert_int_eq(system(models), 0);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_OK);
    vc_run_free(&run);
    ck_assert_int_eq(vc_run_replay(&back, 0, 50, 1, compare, &back), VC_OK);
    ck_assert_int_eq(vc_run_replay(&back, 17, 30, 2, compare, &back), VC_OK);
    vc_run_free(&back);
}
END_TEST

START_TEST(an_identical_run_is_stored_once) {
    vc_run run, again;
    char dir[512], id[VC_RUN_ID];
    bool already;
    vc_store_list list;
    store_dir(dir);
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0.25, &already), VC_OK);
    snprintf(id, sizeof id, "%s", run.id);
    vct_small_run(NULL, &again);
    ck_assert_int_eq(vc_store_save(dir, &again, 2, 7, &already), VC_OK);
    ck_assert(already);
    same_text(again.id, id);
    ck_assert_int_eq(vc_store_runs(dir, &list), VC_OK);
    ck_assert_uint_eq(list.n, 1);
    same_text(list.entries[0].workspace, "示例县");
    vc_store_list_free(&list);
    vc_run_free(&again);
    vc_run_free(&run);
}
END_TEST

static size_t count_files(const char *dir) {
    size_t n = 0;
    DIR *folder = opendir(dir);
    if (!folder) return 0;
    for (struct dirent *d = readdir(folder); d; d = readdir(folder))
        n += strcmp(d->d_name, ".") && strcmp(d->d_name, "..");
    closedir(folder);
    return n;
}

/* After cleaning nothing but runs and sidecars may be there. */
static void empty_folder(const char *dir) {
    char path[1024];
    DIR *folder = opendir(dir);
    for (struct dirent *d = folder ? readdir(folder) : NULL; d; d = readdir(folder)) {
        if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, "..")) continue;
        ck_assert_msg(!strstr(d->d_name, ".tmp."), "%s", d->d_name);
        snprintf(path, sizeof path, "%s/%s", dir, d->d_name);
        unlink(path);
    }
    if (folder) closedir(folder);
}

/* The limit is above the sidecar's size and below the run's. */
START_TEST(no_room_leaves_no_litter) {
    vc_run run;
    char dir[512];
    bool already;
    struct rlimit limit = {4096, RLIM_INFINITY};
    store_dir(dir);
    made_run(0, &run);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_NO_SPACE);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), run.id));
    ck_assert_uint_eq(count_files(dir), 0);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert(!already);
    ck_assert_uint_eq(count_files(dir), 2);
    vc_run_free(&run);
}
END_TEST

/* root may write anywhere, so the test becomes somebody else. */
START_TEST(a_folder_that_is_read_only_is_said) {
    vc_run run;
    char dir[512], inside[600];
    bool already;
    store_dir(dir);
    made_run(0, &run);
    ck_assert_int_eq(mkdir(dir, 0555), 0);
    if (geteuid() == 0) ck_assert_int_eq(seteuid(65534), 0);
    snprintf(inside, sizeof inside, "%s/deeper", dir);
    ck_assert_int_eq(vc_store_save(inside, &run, 1, 0, &already), VC_IO_FAILED);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_IO_FAILED);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), dir));
    if (getuid() == 0) ck_assert_int_eq(seteuid(0), 0);
    ck_assert_uint_eq(count_files(dir), 0);
    chmod(dir, 0755);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_store_that_is_a_file_is_said) {
    vc_run run;
    char dir[512];
    bool already;
    store_dir(dir);
    made_run(0, &run);
    vct_write_file(vct_scratch(), "runs", "not a folder");
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_IO_FAILED);
    vc_run_free(&run);
}
END_TEST

/* What a process killed while saving left is gone after the next saving. */
START_TEST(saving_cleans_up_after_the_dead) {
    vc_run run;
    char dir[512];
    bool already;
    store_dir(dir);
    made_run(0, &run);
    mkdir(dir, 0755);
    vct_write_file(dir, ".2013-07-0123456789ab.h5.tmp.999999999", "half");
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert_uint_eq(count_files(dir), 2);
    vc_run_free(&run);
}
END_TEST

/* A run whose file or sidecar was spoiled is stored again, not taken for stored. */
START_TEST(a_damaged_run_is_stored_again) {
    vc_run run;
    char dir[512];
    bool already;
    store_dir(dir);
    made_run(0, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert_int_eq(truncate(run.file, 1000), 0);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert(!already);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert(already);
    vc_run_free(&run);
}
END_TEST

START_TEST(what_is_not_there_is_no_run) {
    vc_run back;
    char dir[512];
    store_dir(dir);
    ck_assert_int_eq(vc_store_load(dir, "2013-07-0123456789ab", &back), VC_NO_RUN);
    ck_assert_int_eq(vc_store_load(dir, "nowhere/x.h5", &back), VC_NO_RUN);
    ck_assert_int_eq(vc_store_load(".", vct_scratch(), &back), VC_NO_RUN);
}
END_TEST

START_TEST(another_hdf5_file_is_foreign) {
    vc_run back;
    char path[512];
    snprintf(path, sizeof path, "%s/other.h5", vct_scratch());
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    ck_assert_int_eq(vc_store_load(".", path, &back), VC_STORE_FOREIGN);
}
END_TEST

/* A child that saves a run and stops at every system call. */
static pid_t start_saver(const char *dir, vc_run *run) {
    int status;
    pid_t child = vct_fork();
    if (child == 0) {
        bool already;
        mallopt(M_MMAP_THRESHOLD, 1 << 30); /* few system calls but those on files */
        mallopt(M_TRIM_THRESHOLD, 1 << 30);
        mallopt(M_TOP_PAD, 64 << 20);
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) _exit(2);
        raise(SIGSTOP);
        _exit(vc_store_save(dir, run, 1, 0, &already) == VC_OK ? 0 : 1);
    }
    waitpid(child, &status, 0);
    ck_assert(WIFSTOPPED(status));
    return child;
}

/* Lets it go on to the next stop; false if it came through. */
static bool next_stop(pid_t child) {
    int status;
    ptrace(PTRACE_SYSCALL, child, NULL, NULL);
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) ck_assert_int_eq(WEXITSTATUS(status), 0);
    return WIFSTOPPED(status);
}

/* The last stop at which the store is as it was. */
static long last_idle_stop(const char *dir, vc_run *run) {
    size_t n = count_files(dir);
    long stop = 0;
    pid_t child = start_saver(dir, run);
    while (count_files(dir) == n && next_stop(child)) stop++;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return stop - 1;
}

/* True if the child came through before its k-th stop. */
static bool save_and_kill(const char *dir, vc_run *run, long k) {
    pid_t child = start_saver(dir, run);
    for (long stop = 0; stop < k; stop++)
        if (!next_stop(child)) return true;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return false;
}

/*
 * Killed before and after every system call of saving (RELIABILITY.md R1): the run is there
 * whole or not at all, the run that was there before stays, cleaning leaves no trace.
 */
START_TEST(a_killed_saver_leaves_a_whole_run_or_none) {
    vc_run first, run;
    char dir[512];
    bool already, through = false;
    size_t removed, half = 0, none = 0, whole = 0;
    store_dir(dir);
    made_run(1, &first);
    made_run(2, &run);
    ck_assert_int_eq(vc_store_save(dir, &first, 1, 0, &already), VC_OK);
    /* A child under the sanitizers is slow to start: every eighth call, all of them
     * without. */
    long begin = last_idle_stop(dir, &run), step = getenv("VCT_SANITIZE") ? 8 : 1;
    ck_assert_int_eq(vc_store_clean(dir, &removed), VC_OK);
    for (long k = begin; !through; k += step) {
        vc_store_list list;
        ck_assert_int_eq(vc_store_save(dir, &first, 1, 0, &already), VC_OK);
        through = save_and_kill(dir, &run, k);
        ck_assert_int_eq(vc_store_verify(dir, &list), VC_OK);
        ck_assert(list.n == 1 || list.n == 2);
        for (size_t i = 0; i < list.n; i++)
            ck_assert_msg(list.entries[i].state == VC_OK, "stop %ld: %s", k,
                          list.entries[i].id);
        half += count_files(dir) > 2 * list.n;
        none += list.n == 1;
        whole += list.n == 2;
        vc_store_list_free(&list);
        ck_assert_int_eq(vc_store_clean(dir, &removed), VC_OK);
        empty_folder(dir);
    }
    ck_assert_uint_gt(half, 10 / (size_t)step);
    ck_assert_uint_gt(none, 10 / (size_t)step);
    /*
     * The sanitizers' allocator makes calls of its own, now more, now fewer: the shortest
     * child ends the loop, and the calls after the last rename may not come up.
     */
    ck_assert_uint_gt(whole, step > 1 ? 0 : 2);
    vc_run_free(&first);
    vc_run_free(&run);
}
END_TEST

static vc_status save_and_load(vc_run *run, const char *dir, bool *saved) {
    vc_run back;
    bool already;
    vc_status st = vc_store_save(dir, run, 1, 0, &already);
    *saved = st == VC_OK;
    if (st != VC_OK) return st;
    st = vc_store_load(dir, run->id, &back);
    if (st == VC_OK) same_run(run, &back);
    vc_run_free(&back);
    return st;
}

START_TEST(lack_of_memory_is_an_answer) {
    vc_run run;
    char dir[512];
    bool saved;
    vc_status st = VC_NO_MEMORY;
    store_dir(dir);
    made_run(0, &run);
    for (long calls = 0; st != VC_OK;
         calls += 1 + calls / (getenv("VCT_SANITIZE") ? 10 : 40)) {
        vci_memory_fail_at(calls);
        st = save_and_load(&run, dir, &saved);
        vci_memory_fail_at(-1);
        ck_assert_msg(st == VC_OK || st == VC_NO_MEMORY, "%s", vc_status_name(st));
        ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    }
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(nothing_is_lost),
                                     VCT(a_loaded_run_makes_its_draws_again),
                                     VCT(an_identical_run_is_stored_once),
                                     VCT(no_room_leaves_no_litter),
                                     VCT(a_folder_that_is_read_only_is_said),
                                     VCT(a_store_that_is_a_file_is_said),
                                     VCT(saving_cleans_up_after_the_dead),
                                     VCT(a_damaged_run_is_stored_again),
                                     VCT(what_is_not_there_is_no_run),
                                     VCT(another_hdf5_file_is_foreign),
                                     VCT(a_killed_saver_leaves_a_whole_run_or_none),
                                     VCT(lack_of_memory_is_an_answer)};
    return vct_run("store/store", tests, VCT_COUNT(tests));
}
