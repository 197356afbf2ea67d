/*
 * What changed since an earlier run (变动构成): the difference of two probabilities taken
 * apart into steps that add up to it exactly.
 */
#ifndef VITALCAST_CHANGE_H
#define VITALCAST_CHANGE_H

#include "vitalcast/api.h"
#include "vitalcast/log.h"
#include "vitalcast/panel.h"
#include "vitalcast/period.h"

VC_BEGIN_DECLS

struct vc_run;

/*
 * Steps from the earlier run to the later one, in the order in which they are made, each on
 * top of those before it: X(constant, key in JSON and files).
 *   sampling     seed and number of draws
 *   targets      rows of targets.csv
 *   model        specifications; settings that the calculation uses
 *   units        the tree; corrections and population cannot be told apart from it then
 *   corrections  figures of periods that the earlier run knew, as they stand now
 *   population   the same for population
 *   blocks       the as-of period moves on, with nothing known of the new periods: blocks
 *                of random walks, which periods are incomplete
 *   periods      what the new periods brought
 *   other        what none of these explains: another version of the program
 */
#define VC_CHANGE_LIST(X)                                                                  \
    X(VC_CHANGE_SAMPLING, "sampling")                                                      \
    X(VC_CHANGE_TARGETS, "targets")                                                        \
    X(VC_CHANGE_MODEL, "model")                                                            \
    X(VC_CHANGE_UNITS, "units")                                                            \
    X(VC_CHANGE_CORRECTIONS, "corrections")                                                \
    X(VC_CHANGE_POPULATION, "population")                                                  \
    X(VC_CHANGE_BLOCKS, "blocks")                                                          \
    X(VC_CHANGE_PERIODS, "periods")                                                        \
    X(VC_CHANGE_OTHER, "other")

typedef enum vc_change_step {
#define X(name, key) name,
    VC_CHANGE_LIST(X)
#undef X
        VC_CHANGE_STEPS
} vc_change_step;

/** "sampling", "targets", ... */
VC_API const char *vc_change_step_name(vc_change_step step);

/* A result that both runs have. The later P(met) and median stand in the result itself. */
typedef struct vc_changed {
    size_t result; /* index into the later run's results */
    double p_before;
    double p_step[VC_CHANGE_STEPS]; /* they add up to p_met - p_before */
    /* The same of the year-end median; all NaN where either run has none. */
    double median_before;
    double median_step[VC_CHANGE_STEPS];
} vc_changed;

/* A result of the earlier run that the later one has not. */
typedef struct vc_gone {
    char *target; /* id */
    vc_period year_end;
    char *unit; /* code */
} vc_gone;

/* An event of the top unit in a new period, beside what was expected without knowing it. */
typedef struct vc_news {
    vc_event event;
    vc_period period;
    double observed;
    double expected;        /* mean of the draws */
    double low_80, high_80; /* prediction interval of the period's count */
    bool incomplete;        /* the settings say that reports are still to come */
} vc_news;

typedef struct vc_changes {
    char *before;     /* id of the earlier run; NULL: nothing was compared */
    vc_period as_of;  /* of the earlier run */
    unsigned differs; /* bit per step: something differs there; else its steps are 0 */
    unsigned merged;  /* bit per step: could not be computed; its part is in the next */
    size_t n_fitted, n_simulated; /* runs in between that it took, with and without fits */
    size_t n;
    vc_changed *list; /* [n] in the order of the later run's results */
    size_t n_new;
    size_t *new_results; /* [n_new] results of the later run that the earlier one has not */
    size_t n_gone;
    vc_gone *gone;
    size_t n_news;
    vc_news *news; /* by period, then event */
} vc_changes;

/* Can two runs be compared? */
typedef enum vc_comparable {
    VC_COMPARABLE,
    VC_OTHER_WORKSPACE,
    VC_OTHER_FREQUENCY,
    VC_OTHER_BASIS,
    VC_SCENARIO_RUN, /* what would be if: no forecast */
    VC_EARLIER_AS_OF /* the run meant to be later has the earlier as-of period */
} vc_comparable;

/** Is `before` an earlier run of the same workspace and basis as one that is made of these?
 */
VC_API vc_comparable vc_changes_comparable(const struct vc_run *before, const char *name,
                                           const char *basis, vc_frequency frequency,
                                           vc_period as_of);

/**
 * Takes the change of every P(met) and year-end median between two runs apart. Each step
 * that differs is one run in between, which has all earlier steps already made and none of
 * the later ones; all use the random numbers of the later run (from the first step on), so
 * that noise of the draws does not pose as change. Results are matched by target, year end
 * and unit code: a unit with a new code is another unit.
 *
 * before, after  borrowed; comparable, as of the same period or a later one
 * threads        0: all cores; never changes a bit of the result
 * observer       NULL: none
 * changes        [out] release with vc_changes_free, also after a failure
 *
 * Steps that differ in nothing are exactly 0 and cost nothing; the last that differs is the
 * later run itself. So at most four runs are fitted and three more simulated. A run in
 * between that does not converge is left out (`merged`).
 *
 * Returns VC_OK; VC_BAD_INPUT when they are not comparable; VC_INTERRUPTED; VC_NO_MEMORY.
 * Checked by: tests/unit/assess/test_change.c
 */
VC_API VC_CHECKED vc_status vc_changes_find(const struct vc_run *before,
                                            const struct vc_run *after, unsigned threads,
                                            const vc_observer *observer,
                                            vc_changes *changes);

VC_API void vc_changes_free(vc_changes *changes);

VC_END_DECLS

#endif
