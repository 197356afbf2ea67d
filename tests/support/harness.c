#include "support/harness.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What the child of a test tells its parent; the parent maps it before the fork. */
typedef struct note {
    bool skipped;
    char reason[256];
} note;

static note *shared_note;

/* Made before a test's child is, so that all processes of the test see the same one. */
static char scratch[4096];

bool vct_close(double got, double want, double rel, double abs) {
    if (isnan(got) || isnan(want)) return isnan(got) && isnan(want);
    if (isinf(got) || isinf(want))
        return isinf(got) && isinf(want) && (got > 0) == (want > 0);
    return fabs(got - want) <= fmax(abs, rel * fabs(want));
}

void vct_skip(const char *reason) {
    shared_note->skipped = true;
    snprintf(shared_note->reason, sizeof shared_note->reason, "%s", reason);
}

/* folder/relative if it is there. */
static const char *path_below(const char *folder, const char *relative) {
    static char paths[8][4096];
    static unsigned next;
    char *path = paths[next++ % 8];
    int length = snprintf(path, sizeof paths[0], "%s/%s", folder, relative);
    if (length < 0 || (size_t)length >= sizeof paths[0]) return NULL;
    return access(path, F_OK) == 0 ? path : NULL;
}

const char *vct_source(const char *relative) {
    const char *source = getenv("VCT_SOURCE");
    return path_below(source ? source : ".", relative);
}

const char *vct_shared(const char *relative) {
    const char *shared = getenv("VITALCAST_SHARED");
    char folder[4096];
    if (shared) return path_below(shared, relative);
    shared = vct_source("../shared");
    if (!shared) return NULL;
    snprintf(folder, sizeof folder, "%s", shared);
    return path_below(folder, relative);
}

const char *vct_scratch(void) { return scratch; }

pid_t vct_fork(void) {
    pid_t child = fork();
    if (child < 0) ck_abort_msg("no process can be started");
    return child;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *place) {
    (void)info, (void)kind, (void)place;
    return remove(path);
}

static bool make_scratch(void) {
    const char *folder = getenv("TMPDIR");
    snprintf(scratch, sizeof scratch, "%s/vitalcast-test-XXXXXX", folder ? folder : "/tmp");
    return mkdtemp(scratch) != NULL;
}

static double timeout_seconds(void) {
    const char *text = getenv("VCT_TIMEOUT_FACTOR");
    double factor = text ? strtod(text, NULL) : 1;
    return 60 * (factor > 0 ? factor : 1);
}

/* Runs one test in a child and prints its line; true if it did not fail. */
static bool run_one(const char *module, const vct_test *test) {
    if (!make_scratch()) {
        printf("not ok %s/%s: no folder %s can be made\n", module, test->name, scratch);
        return false;
    }
    Suite *suite = suite_create(module);
    TCase *tcase = tcase_create(test->name);
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(tcase, timeout_seconds());
    tcase_add_test(tcase, *test->test);
    SRunner *runner = srunner_create(suite);
    *shared_note = (note){0};
    fflush(stdout);
    srunner_run_all(runner, CK_SILENT);
    bool passed = srunner_ntests_failed(runner) == 0;
    TestResult **results = srunner_results(runner);
    if (!passed)
        printf("not ok %s/%s: %s:%d: %s\n", module, test->name, tr_lfile(results[0]),
               tr_lno(results[0]), tr_msg(results[0]));
    else if (shared_note->skipped)
        printf("skipped %s/%s: %s\n", module, test->name, shared_note->reason);
    else
        printf("ok %s/%s\n", module, test->name);
    fflush(stdout);
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(results);
    srunner_free(runner);
    return passed;
}

int vct_run(const char *module, const vct_test tests[], size_t n) {
    shared_note = mmap(NULL, sizeof *shared_note, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared_note == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    bool passed = true;
    for (size_t i = 0; i < n; i++) passed = run_one(module, &tests[i]) && passed;
    munmap(shared_note, sizeof *shared_note);
    return passed ? 0 : 1;
}
