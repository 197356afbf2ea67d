/* What was counted: events, population, progress and plain values per unit and period. */
#ifndef VITALCAST_PANEL_H
#define VITALCAST_PANEL_H

#include "vitalcast/api.h"
#include "vitalcast/event.h"
#include "vitalcast/finding.h"
#include "vitalcast/indicator.h"
#include "vitalcast/others.h"
#include "vitalcast/peers.h"
#include "vitalcast/period.h"
#include "vitalcast/unit.h"

VC_BEGIN_DECLS

typedef enum vc_record_status { VC_ABSENT, VC_PROVISIONAL, VC_FINAL } vc_record_status;

/* quota: cumulative share of a yearly quota; stock: share of a stock; survey: a score */
typedef enum vc_progress_kind { VC_QUOTA, VC_STOCK, VC_SURVEY } vc_progress_kind;

/* One indicator of progress.csv. Parents' numerators are sums where they were not given. */
typedef struct vc_progress {
    char *indicator;
    vc_progress_kind kind;
    char *department;    /* NULL if none was given */
    double *numerator;   /* [n_units][n_periods], NaN missing; quota: since year start */
    double *denominator; /* same */
    double *sample_size; /* same, surveys only, else NULL */
} vc_progress;

/* One indicator of values.csv: plain numbers. Parents hold only what was given for them. */
typedef struct vc_value_series {
    char *indicator;
    double *value; /* [n_units][n_periods], NaN missing */
} vc_value_series;

/*
 * What became of a leaf that ends with its valid_to: another leaf takes a share of its
 * history over. Changes of one unit stand together, in the order of their declaration.
 */
typedef struct vc_change {
    size_t from, to;
    double share; /* in (0, 1]; those of one unit add up to 1 */
    size_t line;  /* of units.csv */
} vc_change;

/* One of several reports about a unit and period. */
typedef struct vc_vintage {
    size_t unit;
    vc_period period, reported; /* reported: a month, whatever the frequency */
    size_t line;                /* of monthly.csv */
    double count[VC_EVENTS];    /* NaN missing */
} vc_vintage;

/* Months after the end of a period in which reports of it are followed. */
#define VC_DELAYS 24

/*
 * Reporting triangle of an event, leaves added up: of those whose figure was reported by d
 * months after the period's end, the sum as known then and a month later, and the sums of
 * squares and products of the units' figures and their changes in between.
 * [n_periods][VC_DELAYS]; NaN: not known. NULL: no event, or nothing was revised.
 */
typedef struct vc_triangle {
    double *seen, *next, *seen_square, *seen_change, *change_square;
} vc_triangle;

/* Periods at most that may still be incomplete. */
#define VC_LATE 6

/*
 * All arrays are [n_units][n_periods], row-major, periods first .. first + n_periods - 1.
 * NaN is missing and nothing else. A leaf counts from its first reported period on, or
 * from the end of a unit that it took over: what lies before is `not yet there` and adds
 * nothing to its parents; a gap after that is missing, in the leaf and in the sums above
 * it. After its valid_to a leaf adds nothing either. Population is at the end of the
 * period; a parent's is its own where given, else the sum of its children where all of
 * them have one.
 */
typedef struct vc_panel {
    vc_unit_tree tree;
    vc_frequency frequency;
    vc_period first;
    size_t n_periods;
    bool has[VC_EVENTS];
    double *count[VC_EVENTS]; /* NULL where has[] is false */
    double *population;       /* NULL if no population was given at all */
    unsigned char *status;    /* vc_record_status of the leaf's record */
    vc_period *starts;        /* [n_units] first reported period; VC_NO_PERIOD if none */
    int year_end_in_year;     /* 0-based place in the year where quotas' years end */
    size_t n_progress;
    vc_progress *progress;
    size_t n_values;
    vc_value_series *values;
    size_t n_indicators;
    vc_indicator *indicators; /* what the workspace declares about them; owns */
    /*
     * Months from a period's end to its first report, as most rows have it; 0 without a
     * column `reported`.
     */
    vc_period report_delay;
    /*
     * Every report about units and periods that were reported more than once, by unit,
     * period and month of report; figures are those of the latest. Only as read: runs and
     * panels whose changes were applied have none.
     */
    size_t n_reports;
    vc_vintage *reports;
    vc_triangle triangle[VC_EVENTS];
    vc_period reported_until; /* the month up to which reports are known */
    size_t n_changes;
    vc_change *changes; /* declared and not yet applied: vc_crosswalk_apply */
    char *changes_file; /* where they were declared; NULL if there are none */
    /*
     * Share of the last n_late periods' events that has been reported, the last one first.
     * An event with mean 1 and sd 0 is complete.
     */
    size_t n_late;
    double late_mean[VC_EVENTS][VC_LATE], late_sd[VC_EVENTS][VC_LATE];
    double late_removed[VC_EVENTS]
                       [VC_LATE]; /* share of what was reported that goes again */
    bool late_corrects; /* more may have been reported than there will be: shares above 1 */
    /*
     * What monthly.csv has rows of: bit 0 registered, bit 1 resident population; 0: it does
     * not say, or the panel was not read from tables.
     */
    unsigned bases;
    /*
     * Where the header of monthly.csv names an event. Only as read: copies and loaded runs
     * have line 0.
     */
    char *events_file;
    size_t event_line[VC_EVENTS], event_column[VC_EVENTS];
    vc_peers peers;     /* units outside the workspace */
    vc_others others;   /* what other offices count of the same events */
    uint8_t digest[32]; /* SHA-256 over the canonical content: equal data, equal digest */
} vc_panel;

/** Cuts everything after as_of off, as if not known. VC_BAD_ARGUMENT before `first`. */
VC_API VC_CHECKED vc_status vc_panel_truncate(vc_panel *panel, vc_period as_of);

/** Last period in which any event, progress record or value was reported. */
VC_API vc_period vc_panel_last(const vc_panel *panel);

VC_API void vc_panel_free(vc_panel *panel);

VC_END_DECLS

#endif
