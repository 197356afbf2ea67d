/* A run as bytes and back; what other files with an HDF5 signature may try. */
#include <hdf5.h>
#include <malloc.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "store/image_internal.h"
#include "unit/store/made_run.h"
#include "unit/store/same_run.h"

/* An image that a test may spoil through HDF5's own calls. */
static void make_image(unsigned char **bytes, size_t *n) {
    vc_run run;
    made_run(0, &run);
    ck_assert_int_eq(vci_image_write(&run, bytes, n), VC_OK);
    vc_run_free(&run);
}

START_TEST(every_member_comes_back) {
    vc_run run, back;
    unsigned char *bytes;
    size_t n;
    made_run(0, &run);
    ck_assert_int_eq(vci_image_write(&run, &bytes, &n), VC_OK);
    ck_assert_int_eq(vci_image_read(bytes, n, &back), VC_OK);
    same_run(&run, &back);
    ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    vci_free(bytes);
    vc_run_free(&back);
    vc_run_free(&run);
}
END_TEST

/* Neither what memory held before (two patterns) nor the time (two seconds) must show. */
START_TEST(equal_runs_have_equal_bytes) {
    unsigned char *bytes[2];
    size_t n[2];
    for (int i = 0; i < 2; i++) {
        time_t now = time(NULL);
        mallopt(M_PERTURB, i ? 0x5a : 0xa5);
        make_image(&bytes[i], &n[i]);
        while (i == 0 && time(NULL) == now) usleep(10000);
    }
    mallopt(M_PERTURB, 0);
    ck_assert_uint_eq(n[0], n[1]);
    ck_assert_mem_eq(bytes[0], bytes[1], n[0]);
    for (int i = 0; i < 2; i++) vci_free(bytes[i]);
}
END_TEST

static bool holds(const unsigned char *bytes, size_t n, const char *text) {
    return memmem(bytes, n, text, strlen(text)) != NULL;
}

/* A host name of one letter would be found by chance. */
START_TEST(nothing_tells_where_or_when) {
    unsigned char *bytes;
    char host[256] = "", folder[4096];
    size_t n;
    make_image(&bytes, &n);
    ck_assert_int_eq(gethostname(host, sizeof host - 1), 0);
    ck_assert(strlen(host) < 4 || !holds(bytes, n, host));
    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    ck_assert(!holds(bytes, n, folder));
    vci_free(bytes);
}
END_TEST

/* As long as the YAML of a workspace allows. */
START_TEST(long_texts_come_back) {
    vc_run run, back;
    unsigned char *bytes;
    size_t n, length = 200000;
    char *text = vci_alloc(length + 1, 1);
    made_run(0, &run);
    for (size_t i = 0; i < length; i++) text[i] = (char)('a' + i % 26);
    vci_free(run.settings.source);
    vci_free(run.panel.values[0].indicator);
    run.settings.source = text;
    run.panel.values[0].indicator = vci_text_copy(text, length);
    ck_assert_int_eq(vci_image_write(&run, &bytes, &n), VC_OK);
    ck_assert_int_eq(vci_image_read(bytes, n, &back), VC_OK);
    same_run(&run, &back);
    vci_free(bytes);
    vc_run_free(&back);
    vc_run_free(&run);
}
END_TEST

/* Every call; under the sanitizers, where one takes ten times as long, fewer of the later.
 */
static long after(long calls) {
    return calls + 1 + (getenv("VCT_SANITIZE") ? calls / 20 : 0);
}

START_TEST(lack_of_memory_is_an_answer) {
    vc_run run, back;
    unsigned char *bytes;
    size_t n;
    vc_status st = VC_NO_MEMORY;
    made_run(0, &run);
    long calls = 0;
    for (; st != VC_OK; calls = after(calls)) {
        vci_memory_fail_at(calls);
        st = vci_image_write(&run, &bytes, &n);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    }
    ck_assert_int_gt(calls, 20);
    st = VC_NO_MEMORY;
    for (calls = 0; st != VC_OK; calls = after(calls)) {
        vci_memory_fail_at(calls);
        st = vci_image_read(bytes, n, &back);
        vci_memory_fail_at(-1);
        ck_assert_msg(st == VC_OK || st == VC_NO_MEMORY, "%s at %ld", vc_status_name(st),
                      calls);
        ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
        if (st != VC_OK) vc_run_free(&back);
    }
    ck_assert_int_gt(calls, 200);
    same_run(&run, &back);
    vci_free(bytes);
    vc_run_free(&back);
    vc_run_free(&run);
}
END_TEST

/*
 * --- files that are not what they seem -------------------------------------------------
 */

/* A sound image on disk, open for spoiling. */
static hid_t open_spoilable(const char *path) {
    unsigned char *bytes;
    size_t n;
    make_image(&bytes, &n);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    fclose(f);
    vci_free(bytes);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
}

static vc_status read_file(const char *path) {
    static unsigned char bytes[4 << 20];
    vc_run run;
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    vc_status st = vci_image_read(bytes, n, &run);
    vc_run_free(&run);
    ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    return st;
}

/* Spoils a sound file and expects an answer. */
static void refuse(void (*spoil)(hid_t file), vc_status expected) {
    char path[512];
    snprintf(path, sizeof path, "%s/spoiled.h5", vct_scratch());
    hid_t file = open_spoilable(path);
    ck_assert_int_ge(file, 0);
    spoil(file);
    H5Fclose(file);
    ck_assert_int_eq(read_file(path), expected);
}

static void nothing(hid_t file) { (void)file; }

static void soft_link(hid_t file) {
    H5Ldelete(file, "observed_data/births", H5P_DEFAULT);
    H5Lcreate_soft("/constant_data/population", file, "observed_data/births", H5P_DEFAULT,
                   H5P_DEFAULT);
}

static void external_link(hid_t file) {
    H5Ldelete(file, "observed_data", H5P_DEFAULT);
    H5Lcreate_external("spoiled.h5", "constant_data", file, "observed_data", H5P_DEFAULT,
                       H5P_DEFAULT);
}

/* A member of constant_data made anew by its own creation list. */
static void replace(hid_t file, const char *name, hid_t type, hsize_t n, hid_t create) {
    hid_t space = H5Screate_simple(1, &n, NULL);
    H5Ldelete(file, name, H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, create, H5P_DEFAULT);
    ck_assert_int_ge(dataset, 0);
    H5Dclose(dataset);
    H5Sclose(space);
}

/* Would make H5Dread return bytes of a file of the reader's. */
static void external_storage(hid_t file) {
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(create, "/etc/hostname", 0, 5 * sizeof(int32_t));
    replace(file, "constant_data/unit_starts", H5T_STD_I32LE, 5, create);
    H5Pclose(create);
}

static void virtual_storage(hid_t file) {
    hsize_t n = 5;
    hid_t create = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, &n, NULL);
    H5Pset_virtual(create, space, "other.h5", "x", space);
    replace(file, "constant_data/unit_starts", H5T_STD_I32LE, 5, create);
    H5Sclose(space);
    H5Pclose(create);
}

static void foreign_filter(hid_t file) {
    hsize_t n = 5;
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(create, 1, &n);
    H5Pset_fletcher32(create);
    replace(file, "constant_data/unit_starts", H5T_STD_I32LE, 5, create);
    H5Pclose(create);
}

/* Says that it holds 10^12 units. */
static void declared_size(hid_t file) {
    hsize_t chunk = 1 << 16;
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(create, 1, &chunk);
    replace(file, "constant_data/unit_level", H5T_STD_I32LE, 1000000000000, create);
    replace(file, "constant_data/unit_leaf", H5T_STD_I32LE, 1000000000000, create);
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    H5Tset_cset(text, H5T_CSET_UTF8);
    replace(file, "constant_data/unit_code", text, 1000000000000, create);
    H5Tclose(text);
    H5Pclose(create);
}

static void other_type(hid_t file) {
    replace(file, "constant_data/unit_starts", H5T_IEEE_F32LE, 5, H5P_DEFAULT);
}

static void absent_births(hid_t file) {
    H5Ldelete(file, "observed_data/births", H5P_DEFAULT);
}

static void absent(hid_t file) { H5Ldelete(file, "assessment/p_met", H5P_DEFAULT); }

static void write_numbers(hid_t file, const char *name, hid_t type, const void *numbers) {
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers), 0);
    H5Dclose(dataset);
}

static void circle(hid_t file) {
    static const int64_t parents[] = {3, 2, -1, 4, 3};
    write_numbers(file, "constant_data/unit_parent", H5T_NATIVE_INT64, parents);
}

static void two_roots(hid_t file) {
    static const int64_t parents[] = {3, 2, -1, 2, -1};
    write_numbers(file, "constant_data/unit_parent", H5T_NATIVE_INT64, parents);
}

static void far_parent(hid_t file) {
    static const int64_t parents[] = {3, 2, -1, 2, 5};
    write_numbers(file, "constant_data/unit_parent", H5T_NATIVE_INT64, parents);
}

static void far_result(hid_t file) {
    static const int64_t units[] = {0, 1, 2, 3, 4, 5};
    write_numbers(file, "assessment/unit", H5T_NATIVE_INT64, units);
}

/* The plain value of a unit below the top: no scenario may change it (boundary 2). */
static void supposed_below_the_top(hid_t file) {
    static const int64_t units[] = {0, 0};
    write_numbers(file, "scenario/unit", H5T_NATIVE_INT64, units);
}

static void zero_denominator(hid_t file) {
    static const int64_t dens[] = {1, 0, 1};
    write_numbers(file, "targets/value_factor_den", H5T_NATIVE_INT64, dens);
}

static void long_path(hid_t file) {
    static const int64_t lengths[] = {9, 9, 9, 9, 9, 9};
    write_numbers(file, "assessment/path_n", H5T_NATIVE_INT64, lengths);
}

/* An attribute with more values than there is room for. */
static void many_values(hid_t file) {
    hsize_t n = 1000;
    uint64_t seeds[1000] = {1};
    hid_t space = H5Screate_simple(1, &n, NULL);
    H5Adelete(file, "seed");
    hid_t attribute =
        H5Acreate2(file, "seed", H5T_STD_U64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Awrite(attribute, H5T_NATIVE_UINT64, seeds), 0);
    H5Aclose(attribute);
    H5Sclose(space);
}

static void write_attribute(hid_t object, const char *name, hid_t type, const void *value) {
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    ck_assert_int_ge(H5Awrite(attribute, type, value), 0);
    H5Aclose(attribute);
}

static void newer_format(hid_t file) {
    static const int32_t format = 7;
    write_attribute(file, "format", H5T_NATIVE_INT32, &format);
}

static void other_program(hid_t file) { H5Adelete(file, "program"); }

static void far_series(hid_t file) {
    static const int64_t series = 2;
    hid_t group = H5Gopen2(file, "posterior/fit_1", H5P_DEFAULT);
    write_attribute(group, "series", H5T_NATIVE_INT64, &series);
    H5Gclose(group);
}

static void negative_count(hid_t file) {
    static const int64_t n = -1;
    hid_t group = H5Gopen2(file, "observed_data", H5P_DEFAULT);
    write_attribute(group, "n_values", H5T_NATIVE_INT64, &n);
    H5Gclose(group);
}

START_TEST(a_sound_file_is_read) { refuse(nothing, VC_OK); }
END_TEST

START_TEST(links_elsewhere_are_refused) {
    refuse(soft_link, VC_STORE_DAMAGED);
    refuse(external_link, VC_STORE_DAMAGED);
}
END_TEST

START_TEST(data_elsewhere_are_refused) {
    refuse(external_storage, VC_STORE_DAMAGED);
    refuse(virtual_storage, VC_STORE_DAMAGED);
    refuse(foreign_filter, VC_STORE_DAMAGED);
}
END_TEST

START_TEST(other_shapes_are_refused) {
    refuse(declared_size, VC_STORE_DAMAGED);
    refuse(other_type, VC_STORE_DAMAGED);
    refuse(absent, VC_STORE_DAMAGED);
    refuse(many_values, VC_STORE_DAMAGED);
    refuse(negative_count, VC_STORE_DAMAGED);
}
END_TEST

START_TEST(parts_that_do_not_fit_are_refused) {
    refuse(circle, VC_STORE_DAMAGED);
    refuse(two_roots, VC_STORE_DAMAGED);
    refuse(far_parent, VC_STORE_DAMAGED);
    refuse(far_result, VC_STORE_DAMAGED);
    refuse(supposed_below_the_top, VC_STORE_DAMAGED);
    refuse(zero_denominator, VC_STORE_DAMAGED);
    refuse(long_path, VC_STORE_DAMAGED);
    refuse(far_series, VC_STORE_DAMAGED);
    refuse(absent_births, VC_STORE_DAMAGED);
}
END_TEST

START_TEST(other_programs_files_are_foreign) {
    refuse(newer_format, VC_STORE_FOREIGN);
    refuse(other_program, VC_STORE_FOREIGN);
}
END_TEST

START_TEST(what_is_no_hdf5_is_damaged) {
    vc_run run;
    char text[] = "code,name\n1,x\n";
    ck_assert_int_eq(vci_image_read(text, sizeof text, &run), VC_STORE_DAMAGED);
    vc_run_free(&run);
    ck_assert_int_eq(vci_image_read(text, 0, &run), VC_STORE_DAMAGED);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(every_member_comes_back),          VCT(equal_runs_have_equal_bytes),
        VCT(nothing_tells_where_or_when),      VCT(long_texts_come_back),
        VCT(lack_of_memory_is_an_answer),      VCT(a_sound_file_is_read),
        VCT(links_elsewhere_are_refused),      VCT(data_elsewhere_are_refused),
        VCT(other_shapes_are_refused),         VCT(parts_that_do_not_fit_are_refused),
        VCT(other_programs_files_are_foreign), VCT(what_is_no_hdf5_is_damaged)};
    return vct_run("store/image", tests, VCT_COUNT(tests));
}
