/* What a store says about itself, before and after somebody has been at its files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/small_run.h"
#include "unit/store/made_run.h"
#include "vitalcast/store.h"

typedef struct shelf {
    char dir[512], file[600], sidecar[600], id[VC_RUN_ID];
} shelf;

/* A store with one run of a seed more. */
static shelf store(uint32_t seed) {
    shelf s;
    vc_run run;
    bool already;
    snprintf(s.dir, sizeof s.dir, "%s/runs", vct_scratch());
    made_run(seed, &run);
    ck_assert_int_eq(vc_store_save(s.dir, &run, 1, 0, &already), VC_OK);
    ck_assert(!already);
    snprintf(s.id, sizeof s.id, "%s", run.id);
    snprintf(s.file, sizeof s.file, "%s", run.file);
    snprintf(s.sidecar, sizeof s.sidecar, "%s/%s.json", s.dir, s.id);
    vc_run_free(&run);
    return s;
}

static size_t listed(const char *dir) {
    vc_store_list list;
    ck_assert_int_eq(vc_store_runs(dir, &list), VC_OK);
    size_t n = list.n;
    for (size_t i = 0; i < n; i++) ck_assert_int_eq(list.entries[i].state, VC_OK);
    vc_store_list_free(&list);
    return n;
}

/* The state of the only run that verifying meets; VC_NO_RUN if it meets none. */
static vc_status verified(const char *dir) {
    vc_store_list list;
    ck_assert_int_eq(vc_store_verify(dir, &list), VC_OK);
    ck_assert_uint_le(list.n, 1);
    vc_status state = list.n ? list.entries[0].state : VC_NO_RUN;
    vc_store_list_free(&list);
    return state;
}

START_TEST(runs_are_listed_in_order) {
    vc_store_list list;
    shelf s = store(0);
    for (uint32_t seed = 1; seed < 6; seed++) store(seed);
    ck_assert_int_eq(vc_store_runs(s.dir, &list), VC_OK);
    ck_assert_uint_eq(list.n, 6);
    for (size_t i = 1; i < 6; i++)
        ck_assert_int_lt(strcmp(list.entries[i - 1].id, list.entries[i].id), 0);
    for (size_t i = 0; i < 6; i++) {
        struct stat info;
        ck_assert_int_eq(stat(list.entries[i].file, &info), 0);
        ck_assert_uint_eq(list.entries[i].bytes, (uint64_t)info.st_size);
        ck_assert_uint_eq(strlen(list.entries[i].created), 20);
        ck_assert(!strncmp(list.entries[i].workspace, "示例县", strlen("示例县")));
    }
    vc_store_list_free(&list);
}
END_TEST

START_TEST(other_files_are_none_of_its_business) {
    shelf s = store(0);
    vct_write_file(s.dir, "notes.h5", "mine");
    vct_write_file(s.dir, "a-b.h5", "mine");
    vct_write_file(s.dir, "2013-07-0123456789ab.txt", "mine");
    vct_write_file(s.dir, "2013-07-0123456789AB.h5", "mine");
    vct_write_file(s.dir, "2013-07-0123456789ab.json", "left by a killed process");
    ck_assert_uint_eq(listed(s.dir), 1);
    ck_assert_int_eq(verified(s.dir), VC_OK);
    ck_assert_uint_eq(listed("/nowhere"), 0);
}
END_TEST

static void flip(const char *path, long at, int bit) {
    FILE *f = fopen(path, "r+");
    ck_assert_ptr_nonnull(f);
    fseek(f, at, SEEK_SET);
    int c = fgetc(f);
    fseek(f, at, SEEK_SET);
    fputc(c ^ (1 << bit), f);
    fclose(f);
}

START_TEST(every_flipped_bit_is_found) {
    vc_run back;
    struct stat info;
    shelf s = store(0);
    const char *factor = getenv("VC_TEST_MULTIPLIER");
    long n = 500 * (factor && atol(factor) > 0 ? atol(factor) : 1);
    if (getenv("VCT_SANITIZE")) n = 50;
    ck_assert_int_eq(stat(s.file, &info), 0);
    for (long i = 0; i < n; i++) {
        long at = (i * 7919) % info.st_size;
        int bit = (int)((i * 5 + at) % 8);
        flip(s.file, at, bit);
        ck_assert_int_eq(verified(s.dir), VC_STORE_DAMAGED);
        if (i % 10 == 0)
            ck_assert_int_eq(vc_store_load(s.dir, s.id, &back), VC_STORE_DAMAGED);
        flip(s.file, at, bit);
    }
    ck_assert_int_eq(verified(s.dir), VC_OK);
}
END_TEST

/* No flip in a sidecar goes unseen or makes a sound run load as something else. */
START_TEST(flips_in_the_sidecar_do_no_harm) {
    vc_run back;
    struct stat info;
    shelf s = store(0);
    ck_assert_int_eq(stat(s.sidecar, &info), 0);
    for (long at = 0; at < info.st_size; at += getenv("VCT_SANITIZE") ? 8 : 1) {
        flip(s.sidecar, at, (int)(at % 8));
        vc_status state = verified(s.dir);
        ck_assert(state == VC_OK || state == VC_STORE_DAMAGED);
        vc_status st = vc_store_load(s.dir, s.id, &back);
        ck_assert(st == VC_OK || st == VC_STORE_DAMAGED);
        if (st == VC_OK) ck_assert_str_eq(back.id, s.id);
        vc_run_free(&back);
        flip(s.sidecar, at, (int)(at % 8));
    }
}
END_TEST

START_TEST(a_truncated_run_is_damaged) {
    vc_run back;
    struct stat info;
    shelf s = store(0);
    ck_assert_int_eq(stat(s.file, &info), 0);
    for (long size = info.st_size - 1; size >= 0; size = size / 3 - 1) {
        ck_assert_int_eq(truncate(s.file, size), 0);
        ck_assert_uint_eq(listed(s.dir), 0);
        ck_assert_int_eq(verified(s.dir), VC_STORE_DAMAGED);
        ck_assert_int_eq(vc_store_load(s.dir, s.id, &back), VC_STORE_DAMAGED);
        vc_run_free(&back);
    }
}
END_TEST

START_TEST(a_run_without_sidecar_is_foreign) {
    vc_run back;
    shelf s = store(0);
    ck_assert_int_eq(unlink(s.sidecar), 0);
    ck_assert_uint_eq(listed(s.dir), 0);
    ck_assert_int_eq(verified(s.dir), VC_STORE_FOREIGN);
    ck_assert_int_eq(vc_store_load(s.dir, s.id, &back), VC_STORE_FOREIGN);
    ck_assert_int_eq(vc_store_load("elsewhere", s.file, &back), VC_STORE_FOREIGN);
}
END_TEST

START_TEST(a_sidecar_alone_is_nothing) {
    vc_run back;
    shelf s = store(0);
    ck_assert_int_eq(unlink(s.file), 0);
    ck_assert_uint_eq(listed(s.dir), 0);
    ck_assert_int_eq(verified(s.dir), VC_NO_RUN);
    ck_assert_int_eq(vc_store_load(s.dir, s.id, &back), VC_NO_RUN);
}
END_TEST

START_TEST(swapped_sidecars_are_damage) {
    vc_store_list list;
    vc_run back;
    char aside[700];
    shelf s = store(0), other = store(1);
    snprintf(aside, sizeof aside, "%s.aside", s.sidecar);
    rename(s.sidecar, aside);
    rename(other.sidecar, s.sidecar);
    rename(aside, other.sidecar);
    ck_assert_uint_eq(listed(s.dir), 0);
    ck_assert_int_eq(vc_store_verify(s.dir, &list), VC_OK);
    ck_assert_uint_eq(list.n, 2);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(list.entries[i].state, VC_STORE_DAMAGED);
    vc_store_list_free(&list);
    ck_assert_int_eq(vc_store_load(s.dir, s.id, &back), VC_STORE_DAMAGED);
}
END_TEST

/* A renamed run is not the run that its name says. */
START_TEST(a_renamed_run_is_damage) {
    char name[700];
    shelf s = store(0);
    snprintf(name, sizeof name, "%s/2013-07-0123456789ab.h5", s.dir);
    rename(s.file, name);
    snprintf(name, sizeof name, "%s/2013-07-0123456789ab.json", s.dir);
    rename(s.sidecar, name);
    ck_assert_uint_eq(listed(s.dir), 0);
    ck_assert_int_eq(verified(s.dir), VC_STORE_DAMAGED);
}
END_TEST

START_TEST(lack_of_memory_is_an_answer) {
    shelf s = store(0);
    store(1);
    vc_status st = VC_NO_MEMORY;
    vc_store_list list;
    for (long calls = 0; st != VC_OK; calls++) {
        vci_memory_fail_at(calls);
        st = vc_store_verify(s.dir, &list);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        if (st == VC_OK) ck_assert_uint_eq(list.n, 2);
        for (size_t i = 0; st == VC_OK && i < list.n; i++)
            ck_assert_int_eq(list.entries[i].state, VC_OK);
        vc_store_list_free(&list);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(runs_are_listed_in_order),   VCT(other_files_are_none_of_its_business),
        VCT(every_flipped_bit_is_found), VCT(flips_in_the_sidecar_do_no_harm),
        VCT(a_truncated_run_is_damaged), VCT(a_run_without_sidecar_is_foreign),
        VCT(a_sidecar_alone_is_nothing), VCT(swapped_sidecars_are_damage),
        VCT(a_renamed_run_is_damage),    VCT(lack_of_memory_is_an_answer)};
    return vct_run("store/listing", tests, VCT_COUNT(tests));
}
