/*
 * What every test program is made of. Each test runs in a child process of its own under
 * Check; one line per test goes to stdout:
 *
 *   ok core/period/reads_a_month
 *   not ok core/period/reads_a_year: tests/unit/core/test_period.c:31: message
 *   skipped store/run/opens_in_xarray: reason
 */
#ifndef VCT_HARNESS_H
#define VCT_HARNESS_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/close.h"

typedef struct vct_test {
    const char *name;
    const TTest *const *test;
} vct_test;

#define VCT(test)                                                                          \
    { #test, &(test) }
#define VCT_COUNT(tests) (sizeof(tests) / sizeof *(tests))

/*
 * Runs all tests of a program and returns its exit status: 0, or 1 if any failed. A test
 * may take 60 s, times $VCT_TIMEOUT_FACTOR.
 */
int vct_run(const char *module, const vct_test tests[], size_t n);

/* Marks the running test as skipped; the test then returns. */
void vct_skip(const char *reason);

/*
 * The path of a file of the shared data ("data/us_states_monthly/README.md"), below
 * $VITALCAST_SHARED or beside the source tree; NULL if it is not there. The text stays
 * valid for eight calls of vct_shared and vct_source.
 */
const char *vct_shared(const char *relative);

/* The path of a file of the source tree; NULL if it is not there. */
const char *vct_source(const char *relative);

/*
 * An empty folder for the running test; it is removed with all it holds when the test ends.
 */
const char *vct_scratch(void);

/* fork() that fails the test instead of giving -1, which kill() takes for everybody. */
pid_t vct_fork(void);

#endif
