/* Runs of any shape come back from their bytes as they were. */
#include <hdf5.h>
#include <stdlib.h>

#include "store/image_internal.h"
#include "unit/store/made_run.h"
#include "unit/store/same_run.h"

static unsigned rounds(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return (getenv("VCT_SANITIZE") ? 20 : 60) * (unsigned)(factor > 0 ? factor : 1);
}

START_TEST(any_run_comes_back) {
    for (uint32_t seed = 1; seed <= rounds(); seed++) {
        vc_run run, back;
        unsigned char *bytes = NULL;
        size_t n = 0;
        made_run(seed, &run);
        vc_status st = vci_image_write(&run, &bytes, &n);
        ck_assert_msg(st == VC_OK, "seed %u: %s", seed, vc_status_detail());
        st = vci_image_read(bytes, n, &back);
        ck_assert_msg(st == VC_OK, "seed %u: %s", seed, vc_status_detail());
        same_run(&run, &back);
        vci_free(bytes);
        vc_run_free(&back);
        vc_run_free(&run);
    }
    ck_assert_int_eq(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
}
END_TEST

/* The bytes of a run that was read are those that it was read from. */
START_TEST(a_second_writing_gives_the_same_bytes) {
    for (uint32_t seed = 0; seed <= rounds() / 4; seed++) {
        vc_run run, back;
        unsigned char *bytes = NULL, *again = NULL;
        size_t n = 0, n_again = 0;
        made_run(seed, &run);
        ck_assert_int_eq(vci_image_write(&run, &bytes, &n), VC_OK);
        ck_assert_int_eq(vci_image_read(bytes, n, &back), VC_OK);
        ck_assert_int_eq(vci_image_write(&back, &again, &n_again), VC_OK);
        ck_assert_msg(n == n_again && !memcmp(bytes, again, n), "seed %u", seed);
        vci_free(bytes);
        vci_free(again);
        vc_run_free(&back);
        vc_run_free(&run);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(any_run_comes_back),
                                     VCT(a_second_writing_gives_the_same_bytes)};
    return vct_run("property/run_file", tests, VCT_COUNT(tests));
}
