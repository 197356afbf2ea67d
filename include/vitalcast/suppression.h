/*
 * Small cells (DESIGN.md section 7, boundary 3): which figures of vital events may leave a
 * run. One pass gives one answer for everything that prints, exports or draws it.
 */
#ifndef VITALCAST_SUPPRESSION_H
#define VITALCAST_SUPPRESSION_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/*
 * Counts that are told or withheld together. Boys and girls are one of them, as each is the
 * births less the other; so are births in line with policy and other births.
 */
typedef enum vc_cell_group {
    VC_CELLS_BIRTHS,
    VC_CELLS_DEATHS,
    VC_CELLS_ARRIVALS,
    VC_CELLS_DEPARTURES,
    VC_CELLS_SEX,
    VC_CELLS_COMPLIANCE,
    VC_CELL_GROUPS
} vc_cell_group;

/*
 * How closely a unit's record is told. Who is told in one of them is told in those before
 * it, and never less than min_cell events between any two points of time that it reveals.
 */
typedef enum vc_detail {
    VC_DETAIL_YEARS,   /* one, three and five years up to the as-of period */
    VC_DETAIL_TO_DATE, /* years to date, the same spans a year before, whole years */
    VC_DETAIL_PERIOD,  /* the as-of period alone, incomplete ones; windows within a year */
    VC_DETAIL_EACH_PERIOD, /* every period since last year began */
    VC_DETAILS
} vc_detail;

/* The periods that a figure covers. */
typedef enum vc_span {
    VC_SPAN_PERIOD,        /* the as-of period, or the year's last one */
    VC_SPAN_TO_DATE,       /* the year so far */
    VC_SPAN_LAST_YEAR,     /* the same periods a year before */
    VC_SPAN_PREVIOUS_YEAR, /* the whole year before */
    VC_SPAN_YEARS,         /* one, three or five years up to the last one so far */
    VC_SPAN_EACH_PERIOD    /* any period since last year began, and any sum of them */
} vc_span;

typedef enum vc_mark {
    VC_MARK_SHOWN,
    VC_MARK_BELOW,   /* withheld; that it is below min_cell may be told: "<10" */
    VC_MARK_WITHHELD /* withheld, nothing may be told: "*" */
} vc_mark;

/* Units whose cells were looked at, by what became of them. */
typedef struct vc_suppression_count {
    size_t units;
    size_t small;    /* fewer events than min_cell, or their part */
    size_t low;      /* below the township level */
    size_t protects; /* withheld for the sake of others */
} vc_suppression_count;

typedef struct vc_suppression {
    const vc_run *run;                      /* borrowed */
    unsigned char *told[VC_CELL_GROUPS];    /* [n_units] how many details are told */
    unsigned char *covered[VC_CELL_GROUPS]; /* [n_units] bit d: a large sibling hides too */
    /* [n_periods + 1] first detail with a figure that begins or ends before the period */
    unsigned char *cut;
    vc_suppression_count count[VC_CELL_GROUPS][VC_DETAILS];
} vc_suppression;

/**
 * Decides what of a run may be told.
 *
 * run          borrowed as long as the suppression is used
 * suppression  [out] release with vc_suppression_free, also after a failure
 *
 * A unit's counts are withheld where one of them is below min_cell or the unit lies below
 * the township level. Then the smallest siblings, or the parent, are too, until whoever
 * knows all sums and all that is told still finds 0 to min_cell - 1 possible for each small
 * count.
 *
 * Returns VC_OK; VC_NO_MEMORY.  Cost: O(units * periods), about 1 ms for 400 units.
 * Source: Willenborg and de Waal (2001), Elements of Statistical Disclosure Control, ch. 6;
 * Fischetti and Salazar (2001), Operations Research 49, 819-829 (the protection levels).
 */
VC_API VC_CHECKED vc_status vc_suppression_find(const vc_run *run,
                                                vc_suppression *suppression);

/**
 * May an indicator's figure of a unit be told? Services, records and plain values always.
 *
 * window  the year, or other periods of a target, that the span belongs to
 */
VC_API vc_mark vc_suppression_shows(const vc_suppression *suppression,
                                    const char *indicator, size_t unit, vc_span span,
                                    vc_year window);

/** The same of a result's bound: it tells last year where it is taken from it. */
VC_API vc_mark vc_suppression_bound(const vc_suppression *suppression, size_t result);

/**
 * The same of the quantiles of the year-end figure. It is never below what has been
 * counted so far, so that late in the year it would tell that.
 */
VC_API vc_mark vc_suppression_forecast(const vc_suppression *suppression, size_t result);

/** May the figure of an indicator, or of an event by its name, be told over any periods? */
VC_API bool vc_suppression_tells(const vc_suppression *suppression, const char *indicator,
                                 size_t unit, vc_period first, vc_period last);

/**
 * The same of any periods, those before last year began too, which no detail reaches: there
 * nothing is told of the units below the top, so that the top unit's figures can be told
 * where it is told in every detail and each of their counts reaches min_cell.
 */
VC_API bool vc_suppression_history(const vc_suppression *suppression, const char *indicator,
                                   size_t unit, vc_period first, vc_period last);

/** Are the counts of a group told in a detail? */
VC_API bool vc_suppression_group(const vc_suppression *suppression, vc_cell_group group,
                                 size_t unit, vc_detail detail);

VC_API void vc_suppression_free(vc_suppression *suppression);

VC_END_DECLS

#endif
