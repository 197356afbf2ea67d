/*
 * Where a panel's figures deserve a second look: what does not add up, and what honest
 * figures would hardly show. A check says where to look, never why.
 */
#ifndef VITALCAST_QUALITY_H
#define VITALCAST_QUALITY_H

#include "vitalcast/api.h"
#include "vitalcast/panel.h"
#include "vitalcast/target.h"
#include "vitalcast/workspace.h"

VC_BEGIN_DECLS

/*
 * Kinds: X(constant, key in JSON). `seen` and what stands beside it are:
 *   population_sum    a parent's own population less the sum of its children, persons
 *   stock_flow        change of the population less births - deaths + arrivals - departures
 *   even_counts       chi-square over its mean of the periods within years, given siblings
 *   even_sex_ratio    the same of males among the births of all periods
 *   even_unit_ratios  the same of males in the years of all children of a parent
 *   bunching          years of units just below a limit, of those close to it
 *   last_digits       chi-square of last digits, 9 degrees of freedom
 *   shift             first figure of an assessment year over the last one before
 *   zeros             periods without any event, given siblings
 *   source            another office's figure of a year, per 100 of ours
 *
 * The first two are plain comparisons, without p and q.
 */
#define VC_QUALITY_KIND_LIST(X)                                                            \
    X(VC_QUALITY_POPULATION_SUM, "population_sum")                                         \
    X(VC_QUALITY_STOCK_FLOW, "stock_flow")                                                 \
    X(VC_QUALITY_EVEN_COUNTS, "even_counts")                                               \
    X(VC_QUALITY_EVEN_SEX_RATIO, "even_sex_ratio")                                         \
    X(VC_QUALITY_EVEN_UNIT_RATIOS, "even_unit_ratios")                                     \
    X(VC_QUALITY_BUNCHING, "bunching")                                                     \
    X(VC_QUALITY_LAST_DIGITS, "last_digits")                                               \
    X(VC_QUALITY_SHIFT, "shift")                                                           \
    X(VC_QUALITY_ZEROS, "zeros")                                                           \
    X(VC_QUALITY_SOURCE, "source")

typedef enum vc_quality_kind {
#define X(name, key) name,
    VC_QUALITY_KIND_LIST(X)
#undef X
        VC_QUALITY_KINDS
} vc_quality_kind;

/* Of the findings at most this share is expected to be chance. */
#define VC_QUALITY_FALSE_DISCOVERIES 0.05

typedef struct vc_quality_check {
    vc_quality_kind kind;
    size_t unit;           /* what it is about, or the parent of what it is about */
    vc_event event;        /* VC_EVENTS: none in particular */
    const char *source;    /* borrowed from the panel; NULL: of no other office */
    vc_period first, last; /* the periods that it looked at */
    size_t n;              /* figures that it rests on; comparisons: that differ */
    double limit;          /* of bunching, else NaN */
    double seen, expected; /* what stands there; what honest figures show on average */
    double low, high;      /* between these honest figures lie 95 times of 100 */
    double p;              /* NaN: a comparison */
    double q;              /* smallest share of false discoveries that lists it */
    bool found;            /* it deserves a look */
} vc_quality_check;

/* In the order of kinds. */
typedef struct vc_quality {
    size_t n, capacity;
    vc_quality_check *checks;
    size_t n_tests; /* checks with a p */
    size_t n_found;
} vc_quality;

typedef struct vc_quality_options {
    int year_end_in_year; /* 0-based place in the year where years end unless targets say
                             otherwise; -1 (default): the last one */
    vc_average_population average; /* of a year, for the birth rate; VC_TWO_YEAR_ENDS */
} vc_quality_options;

VC_API vc_quality_options vc_quality_options_default(void);

/**
 * Checks a panel that has been read without faults and whose changes of units have been
 * applied. Deterministic: no random numbers.
 *
 * targets  at_most targets of a fixed birth rate or sex ratio add limits; their year ends
 *          are the boundaries over which events might be shifted; NULL or none: year ends
 *          of the options, limits 107 and 12.5 only
 * options  NULL means vc_quality_options_default()
 * quality  [out] release with vc_quality_free
 *
 * Returns VC_OK; VC_NO_MEMORY. Missing values: years or periods with one are left out.
 * Source: docs/METHODS.md, "Data quality". Checked by: tests/unit/quality,
 * tests/statistical/test_quality.c
 */
VC_API VC_CHECKED vc_status vc_quality_find(const vc_panel *panel,
                                            const vc_targets *targets,
                                            const vc_quality_options *options,
                                            vc_quality *quality);

VC_API void vc_quality_free(vc_quality *quality);

/** The key of a kind, as in JSON. */
VC_API const char *vc_quality_kind_key(vc_quality_kind kind);

VC_END_DECLS

#endif
