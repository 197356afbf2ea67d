/*
 * Which of many tests deserve a look. Within a kind by Benjamini and Hochberg (1995),
 * Journal of the Royal Statistical Society B 57; over kinds by Benjamini and Bogomolov
 * (2014), same journal 76: kinds are chosen by Simes' p value of each, and in the R chosen
 * of m the level is R / m of the nominal one.
 */
#include <math.h>
#include <stdlib.h>

#include "core/memory_internal.h"
#include "quality/checks_internal.h"

/* Larger p first; the later place first among equals, for one answer on every machine. */
static int by_p(const void *a, const void *b) {
    const vc_quality_check *x = *(vc_quality_check *const *)a,
                           *y = *(vc_quality_check *const *)b;
    if (x->p != y->p) return x->p < y->p ? 1 : -1;
    return (x < y) - (x > y);
}

/* q of the sorted tests of one kind; returns the smallest: Simes' p value. */
static double adjust(size_t n, vc_quality_check **tests) {
    double least = 1;
    qsort(tests, n, sizeof *tests, by_p);
    for (size_t i = 0; i < n; i++) {
        double q = tests[i]->p * (double)n / (double)(n - i);
        least = q < least ? q : least;
        tests[i]->q = least;
    }
    return least;
}

/* How many of m p values Benjamini and Hochberg choose. */
static size_t chosen_of(size_t m, const double *p) {
    for (size_t r = m; r > 0; r--) {
        size_t n_below = 0;
        for (size_t i = 0; i < m; i++)
            n_below += p[i] <= VC_QUALITY_FALSE_DISCOVERIES * (double)r / (double)m;
        if (n_below >= r) return r;
    }
    return 0;
}

vc_status vci_check_discoveries(vc_quality *quality) {
    vc_status st = VC_OK;
    vc_quality_check **tests = NULL;
    double simes[VC_QUALITY_KINDS];
    size_t m = 0;
    VC_NEW(tests, quality->n);
    for (int kind = 0; kind < VC_QUALITY_KINDS; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < quality->n; i++)
            if ((int)quality->checks[i].kind == kind && !isnan(quality->checks[i].p))
                tests[n++] = &quality->checks[i];
        if (n > 0) simes[m++] = adjust(n, tests);
    }
    size_t chosen = chosen_of(m, simes);
    double factor = (double)m / (double)(chosen > 0 ? chosen : 1);
    for (size_t i = 0; i < quality->n; i++) {
        vc_quality_check *check = &quality->checks[i];
        if (isnan(check->p)) {
            check->found = true;
        } else {
            check->q = fmin(1, check->q * factor);
            check->found = check->q <= VC_QUALITY_FALSE_DISCOVERIES;
        }
        quality->n_found += check->found;
    }
out:
    vci_free(tests);
    return st;
}
