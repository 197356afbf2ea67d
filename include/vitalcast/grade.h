/*
 * What the record of a place can say, apart from the probability that its target is met:
 * does the rule tell a normal place from a bad one at this size, and is the record itself
 * beyond chance? For vital events only.
 */
#ifndef VITALCAST_GRADE_H
#define VITALCAST_GRADE_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/* Both errors of the rule at most 0.10: decidable; at most 0.25: weak. */
typedef enum vc_grade_level {
    VC_GRADE_NONE, /* not graded */
    VC_GRADE_NOT_DECIDABLE,
    VC_GRADE_WEAK,
    VC_GRADE_DECIDABLE
} vc_grade_level;

/** "none", "not_decidable", "weak" or "decidable". */
VC_API const char *vc_grade_level_name(vc_grade_level level);

/* A figure of several years together, up to the as-of period; NaN where any is missing. */
typedef struct vc_pooled {
    double figure; /* ratio, or rate and count of an average year */
    double n;      /* births or deaths in it */
} vc_pooled;

/* Of one result; NaN means `not known`. r0 is `normal`, r1 is `off`. */
typedef struct vc_grade {
    vc_grade_level level;
    double normal, off; /* in the indicator's unit */
    double n;           /* births (deaths) of the year: to date and the expected rest */
    double alpha;       /* false alarm: P(wrong side of the target | normal) */
    double beta;        /* miss: P(right side of the target | off) */
    double needed;   /* n a year from which on it stays decidable; NaN: none below 10^7 */
    double years;    /* years of this size that together make as many */
    double p_value;  /* of the record to date against the reference, two-sided */
    double p_beyond; /* P(the place lies on the bad side of the reference | record) */
    bool beyond_chance;  /* p_beyond >= 0.99 */
    vc_pooled pooled[2]; /* of the last 3 and 5 years */
} vc_grade;

/**
 * Grades a result from the run alone.
 *
 * result  of the run
 * grade   [out]
 *
 * The reference of the record is `normal` for the sex ratio, the target for shares, and
 * for counts and rates the target times the elapsed share of the year's days. Natural
 * growth is judged by its births, deaths held as they are. A missing population is that of
 * the nearest earlier period.
 *
 * Returns false (level VC_GRADE_NONE) for indicators that vc_grade_formed says no to, for
 * plain values, for targets `between`, and where the target or the record is not known.
 * Cost: as of a search over some thousand exact tails.
 * Source: exact binomial and Poisson tails; Jeffreys' prior, Brown, Cai and DasGupta
 * (2001), Interval Estimation for a Binomial Proportion, section 3.1.
 * Checked by: tests/known/grade.txt, tests/unit/assess/test_grade.c
 */
VC_API bool vc_run_grade(const vc_run *run, const vc_result *result, vc_grade *grade);

/** All results of a run: grades[run->n_results]. What results share is searched once. */
VC_API void vc_run_grades(const vc_run *run, vc_grade *grades);

/**
 * Is an indicator formed so that chance in it is binomial or Poisson: counts and rates of
 * births or deaths, births less deaths, shares of births, births of one sex per births of
 * the other? All else has no grade.
 */
VC_API bool vc_grade_formed(const vc_run *run, const char *indicator);

/**
 * May the cell be coloured as good or bad? Only where the rule is decidable or the record
 * beyond chance: what chance explains is never coloured.
 */
VC_API bool vc_grade_coloured(const vc_grade *grade);

VC_END_DECLS

#endif
