/* A run to its file and back: nothing lost, nothing added, nothing half-written. */
#include <dirent.h>
#include <fcntl.h>
#include <hdf5.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/harness.h"
#include "support/small_run.h"
#include "vitalcast/store.h"

static void store_dir(char dir[512]) { snprintf(dir, 512, "%s/runs", vct_scratch()); }

static void same_doubles(size_t n, const double *a, const double *b) {
    for (size_t i = 0; i < n; i++) ck_assert(a[i] == b[i] || (isnan(a[i]) && isnan(b[i])));
}

static void same_text(const char *a, const char *b) {
    ck_assert((!a && !b) || (a && b && !strcmp(a, b)));
}

static void same_panel(const vc_panel *a, const vc_panel *b) {
    size_t cells = a->tree.n * a->n_periods;
    ck_assert_uint_eq(a->tree.n, b->tree.n);
    ck_assert_uint_eq(a->n_periods, b->n_periods);
    ck_assert_int_eq(a->first, b->first);
    ck_assert_mem_eq(a->digest, b->digest, 32);
    ck_assert_mem_eq(a->tree.down, b->tree.down, a->tree.n * sizeof(size_t));
    ck_assert_mem_eq(a->tree.child_begin, b->tree.child_begin,
                     (a->tree.n + 1) * sizeof(size_t));
    ck_assert_uint_eq(a->tree.n_levels, b->tree.n_levels);
    for (size_t u = 0; u < a->tree.n; u++) {
        same_text(a->tree.units[u].code, b->tree.units[u].code);
        same_text(a->tree.units[u].name, b->tree.units[u].name);
        same_text(a->tree.units[u].class_name, b->tree.units[u].class_name);
        ck_assert(a->tree.units[u].parent == b->tree.units[u].parent);
        ck_assert_int_eq(a->tree.units[u].valid_from, b->tree.units[u].valid_from);
    }
    for (int e = 0; e < VC_EVENTS; e++) {
        ck_assert(a->has[e] == b->has[e]);
        if (a->has[e]) same_doubles(cells, a->count[e], b->count[e]);
    }
    same_doubles(cells, a->population, b->population);
}

static void same_fits(const vc_run *a, const vc_run *b) {
    ck_assert_uint_eq(a->n_fits, b->n_fits);
    for (size_t i = 0; i < a->n_fits; i++) {
        const vc_fit *x = &a->fits[i], *y = &b->fits[i];
        same_text(x->role, y->role);
        same_text(x->model.text, y->model.text);
        ck_assert(x->unit == y->unit && x->n == y->n && x->n_blocks == y->n_blocks);
        ck_assert_uint_eq(x->iterations, y->iterations);
        same_doubles(1, &x->log_marginal, &y->log_marginal);
        same_doubles(x->n_theta, x->points[0].theta, y->points[0].theta);
        same_doubles(x->n_root, x->points[0].root, y->points[0].root);
        same_doubles(x->n_units * x->n_blocks, x->points[0].node, y->points[0].node);
        for (size_t k = 0; k < x->n_theta; k++)
            same_text(x->theta_names[k], y->theta_names[k]);
    }
}

static void same_results(const vc_run *a, const vc_run *b) {
    ck_assert_uint_eq(a->n_results, b->n_results);
    for (size_t i = 0; i < a->n_results; i++) {
        const vc_result *x = &a->results[i], *y = &b->results[i];
        ck_assert(x->target == y->target && x->unit == y->unit && x->path_n == y->path_n);
        same_doubles(1, &x->p_met, &y->p_met);
        same_doubles(1, &x->to_date, &y->to_date);
        same_doubles(VC_QUANTILES, x->quantile, y->quantile);
        same_doubles(x->path_n * VC_QUANTILES, x->path, y->path);
    }
}

START_TEST(nothing_is_lost) {
    vc_run run, back;
    char dir[512];
    bool already;
    store_dir(dir);
    vct_small_run(NULL, &run);
    ck_assert_uint_gt(run.n_results, 0);
    ck_assert_int_eq(vc_store_save(dir, &run, 2, 1.5, &already), VC_OK);
    ck_assert(!already);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_OK);
    same_panel(&run.panel, &back.panel);
    same_fits(&run, &back);
    same_results(&run, &back);
    same_text(run.settings.name, back.settings.name);
    same_text(run.settings.source, back.settings.source);
    same_text(run.settings.workspace_text, back.settings.workspace_text);
    same_text(run.targets.list[1].indicator, back.targets.list[1].indicator);
    ck_assert_int_eq(back.targets.list[0].value.value.num, 220);
    same_text(run.id, back.id);
    ck_assert_uint_eq(back.seed, run.seed);
    ck_assert_uint_eq(back.kept.n_draws, 50);
    ck_assert_mem_eq(run.kept.count[VC_DEATHS], back.kept.count[VC_DEATHS],
                     50 * 3 * run.kept.n_periods * sizeof(int32_t));
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
    vct_small_run(NULL, &run);
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

static void flip(const char *path, long at, int bit) {
    FILE *f = fopen(path, "r+");
    fseek(f, at, SEEK_SET);
    int c = fgetc(f);
    fseek(f, at, SEEK_SET);
    fputc(c ^ (1 << bit), f);
    fclose(f);
}

START_TEST(every_flipped_bit_is_found) {
    vc_run run;
    char dir[512];
    bool already;
    vc_store_list list;
    struct stat s;
    store_dir(dir);
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    stat(run.file, &s);
    for (long i = 0; i < 500; i++) {
        long at = (i * 7919) % s.st_size;
        vc_run back;
        flip(run.file, at, (int)(i % 8));
        ck_assert_int_eq(vc_store_verify(dir, &list), VC_OK);
        ck_assert_uint_eq(list.n, 1);
        ck_assert_int_eq(list.entries[0].state, VC_STORE_DAMAGED);
        ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_STORE_DAMAGED);
        vc_store_list_free(&list);
        vc_run_free(&back);
        flip(run.file, at, (int)(i % 8));
    }
    ck_assert_int_eq(vc_store_verify(dir, &list), VC_OK);
    ck_assert_int_eq(list.entries[0].state, VC_OK);
    vc_store_list_free(&list);
    vc_run_free(&run);
}
END_TEST

START_TEST(half_a_run_is_not_listed) {
    vc_run run, back;
    char dir[512], sidecar[600];
    bool already;
    vc_store_list list;
    store_dir(dir);
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert_int_eq(truncate(run.file, 1000), 0);
    ck_assert_int_eq(vc_store_runs(dir, &list), VC_OK);
    ck_assert_uint_eq(list.n, 0);
    vc_store_list_free(&list);
    snprintf(sidecar, sizeof sidecar, "%s/%s.json", dir, run.id);
    unlink(sidecar);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_STORE_FOREIGN);
    unlink(run.file);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_NO_RUN);
    vc_run_free(&run);
}
END_TEST

static size_t count_files(const char *dir) {
    size_t n = 0;
    DIR *folder = opendir(dir);
    for (struct dirent *d = readdir(folder); d; d = readdir(folder))
        n += strcmp(d->d_name, ".") && strcmp(d->d_name, "..");
    closedir(folder);
    return n;
}

START_TEST(no_room_leaves_no_litter) {
    vc_run run;
    char dir[512];
    bool already;
    struct rlimit limit = {4096, 4096};
    store_dir(dir);
    vct_small_run(NULL, &run);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_NO_SPACE);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), run.id));
    /* The sidecar is there, the run is not: nothing is listed. */
    vc_store_list list;
    ck_assert_int_eq(vc_store_runs(dir, &list), VC_OK);
    ck_assert_uint_eq(list.n, 0);
    ck_assert_uint_le(count_files(dir), 1);
    vc_store_list_free(&list);
    vc_run_free(&run);
}
END_TEST

START_TEST(abandoned_files_are_cleaned) {
    char dir[512], name[64];
    size_t removed;
    store_dir(dir);
    mkdir(dir, 0755);
    vct_write_file(dir, ".x.h5.tmp.999999999", "half");
    snprintf(name, sizeof name, ".y.h5.tmp.%ld", (long)getpid());
    vct_write_file(dir, name, "being written");
    vct_write_file(dir, "notes.tmp.1", "mine");
    ck_assert_int_eq(vc_store_clean(dir, &removed), VC_OK);
    ck_assert_uint_eq(removed, 1);
    ck_assert_uint_eq(count_files(dir), 2);
}
END_TEST

START_TEST(no_handle_stays_open) {
    vc_run run, back;
    char dir[512];
    bool already;
    store_dir(dir);
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_store_save(dir, &run, 1, 0, &already), VC_OK);
    ck_assert_int_eq(vc_store_load(dir, run.id, &back), VC_OK);
    ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    vc_run_free(&back);
    vc_run_free(&run);
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

int main(void) {
    static const vct_test tests[] = {VCT(nothing_is_lost),
                                     VCT(a_loaded_run_makes_its_draws_again),
                                     VCT(an_identical_run_is_stored_once),
                                     VCT(every_flipped_bit_is_found),
                                     VCT(half_a_run_is_not_listed),
                                     VCT(no_room_leaves_no_litter),
                                     VCT(abandoned_files_are_cleaned),
                                     VCT(no_handle_stays_open),
                                     VCT(another_hdf5_file_is_foreign)};
    return vct_run("store/store", tests, VCT_COUNT(tests));
}
