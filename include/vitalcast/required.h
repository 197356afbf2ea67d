/*
 * What the rest of the year would have to be: the average of the remaining periods with
 * which the year-end figure is exactly the target. P(met) says how likely it comes by
 * itself. Vital events: boundary.h says where; never a number of births left.
 */
#ifndef VITALCAST_REQUIRED_H
#define VITALCAST_REQUIRED_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"
#include "vitalcast/task.h"

VC_BEGIN_DECLS

/* What an average is an average of: X(constant, name in JSON). */
#define VC_REQUIRED_LIST(X)                                                                \
    X(VC_REQUIRED_COUNT, "events_per_period")                                              \
    X(VC_REQUIRED_RATE, "annual_rate") /* per 1000 of the year's average population */     \
    X(VC_REQUIRED_RATIO, "ratio_of_the_rest")                                              \
    X(VC_REQUIRED_NUMERATOR, "numerator_per_period")

typedef enum vc_required_basis {
#define X(constant, name) constant,
    VC_REQUIRED_LIST(X)
#undef X
        VC_REQUIRED_BASES
} vc_required_basis;

typedef enum vc_required_state {
    VC_REQUIRED_OPEN,        /* an average decides */
    VC_REQUIRED_SURE,        /* whatever comes meets the target */
    VC_REQUIRED_OUT_OF_REACH /* nothing that can come does */
} vc_required_state;

typedef struct vc_required {
    size_t result; /* index into run->results */
    vc_required_basis basis;
    vc_required_state state;
    double average;      /* of the remaining periods: at most or at least this, as the
                            target has it; NaN unless open */
    double average_high; /* upper end of a `between` target, else NaN */
    double so_far;       /* the periods before them, on the same basis; NaN if none */
    vc_period first;     /* first remaining period: not fully observed */
    size_t n;            /* remaining periods */
} vc_required;

typedef struct vc_requireds {
    size_t n;
    vc_required *list; /* in the order of run->results */
} vc_requireds;

/** "events_per_period", ... and "open", "sure", "out_of_reach". */
VC_API const char *vc_required_basis_name(vc_required_basis basis);
VC_API const char *vc_required_state_name(vc_required_state state);

/**
 * The averages of all results that have periods left and may have one.
 *
 * decidable  [run->n_results] as of vc_boundary_decidable, or NULL
 * tasks      of the same run: services and records have theirs
 * requireds  [out] release with vc_requireds_free, also after a failure
 *
 * Counts: (target - so far) / periods. Rates: the same of the events, over the year's
 * average population by the run's rule (its expected path), times days of the year / days
 * of the rest. Ratios (target met at T, rest of N births expected in the kept draws): sex
 * ratio m / (N - m) with (M + m) / (F + N - m) = T, shares (T (B + N) - C) / N; none
 * without kept draws. Services: the remaining numerator by period. Plain values and surveys
 * stand for themselves and have none. The target is compared exactly, without the half
 * digit that its published rounding forgives (services have their goal's). Returns VC_OK;
 * VC_NO_MEMORY. Checked by: tests/unit/assess/test_required.c
 */
VC_API VC_CHECKED vc_status vc_requireds_find(const vc_run *run, const bool *decidable,
                                              const vc_tasks *tasks,
                                              vc_requireds *requireds);

VC_API void vc_requireds_free(vc_requireds *requireds);

VC_END_DECLS

#endif
