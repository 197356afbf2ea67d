/* What the benches share. */
#ifndef VCT_BENCH_H
#define VCT_BENCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline void need(bool condition) {
    if (condition) return;
    fputs("bench: a step failed\n", stderr);
    exit(1);
}

static inline double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
