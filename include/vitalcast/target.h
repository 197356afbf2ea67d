/* Year-end targets as data. */
#ifndef VITALCAST_TARGET_H
#define VITALCAST_TARGET_H

#include "vitalcast/api.h"
#include "vitalcast/panel.h"
#include "vitalcast/period.h"
#include "vitalcast/scoring.h"

VC_BEGIN_DECLS

typedef enum vc_direction { VC_AT_MOST, VC_AT_LEAST, VC_BETWEEN } vc_direction;

/* An exact fraction; den > 0. Targets are decimals in the table and stay exact. */
typedef struct vc_fraction {
    int64_t num, den;
} vc_fraction;

typedef enum vc_target_value_kind {
    VC_FIXED,         /* value */
    VC_PREVIOUS_YEAR, /* last year's figure * factor + summand */
    VC_CLASS_MEAN     /* mean of the unit's class in the same draw * factor + summand */
} vc_target_value_kind;

typedef struct vc_target_value {
    vc_target_value_kind kind;
    vc_fraction value;   /* VC_FIXED */
    vc_fraction factor;  /* else; 1/1 when not given */
    vc_fraction summand; /* else; 0/1 when not given */
} vc_target_value;

/* Which units a row of targets.csv means. */
typedef enum vc_selector_kind {
    VC_ONE_UNIT,
    VC_ALL_UNITS,
    VC_LEVEL,
    VC_CLASS
} vc_selector_kind;

typedef struct vc_target {
    char *id;
    vc_period year_end;
    vc_selector_kind selector;
    size_t unit;      /* VC_ONE_UNIT */
    unsigned level;   /* VC_LEVEL */
    char *class_name; /* VC_CLASS, else NULL */
    char *indicator;  /* name as in the table: births, sex_ratio_at_birth, 录入率 … */
    vc_direction direction;
    vc_target_value value;
    vc_target_value value_high; /* VC_BETWEEN: upper end */
    int decimals;               /* published digits after the point; -1: compare exactly */
    double points;              /* NaN if none */
    char *scoring;              /* name of the rule; NULL if none */
    vc_scoring rule;            /* what it names; all or none without one */
    bool veto;
    vc_period length;   /* periods that are judged, up to year_end; 0: a year */
    vc_period deadline; /* within them: the last that counts; VC_NO_PERIOD: year_end */
    size_t line;        /* in targets.csv, for messages */
} vc_target;

typedef struct vc_targets {
    size_t n;
    vc_target *list;
    char *file; /* as shown in messages; NULL if not read from a table */
} vc_targets;

VC_API void vc_targets_free(vc_targets *targets);

/** Does a target mean a unit? */
VC_API bool vc_target_selects(const vc_target *target, const vc_unit_tree *tree,
                              size_t unit);

/* Years that a target may span at most. */
#define VC_MOST_YEARS 10

/**
 * The periods that a target is judged by: `length` of them up to year_end, those after the
 * deadline left out. Events add up over them, stocks and values are those of the last.
 * Checked by: tests/property/test_window.c
 */
VC_API vc_year vc_target_window(const vc_target *target, vc_frequency frequency);

/** The same with the periods after the deadline: what belongs together on one page. */
VC_API vc_year vc_target_term(const vc_target *target, vc_frequency frequency);

/** Do two targets belong on one page: the same year end and length? */
VC_API bool vc_target_same_term(const vc_target *target, const vc_target *other);

/** The same indicator and window: is it one and the same figure, unit by unit? */
VC_API bool vc_target_same_figure(const vc_target *target, const vc_target *other);

/** Is a bound, of `between` one of the two, the mean of the unit's class? */
VC_API bool vc_target_by_class(const vc_target *target);

/** Units of one class and level: those whose mean `class_mean` is. */
VC_API bool vc_target_peers(const vc_unit_tree *tree, size_t unit, size_t other);

/**
 * What makes events per head in the window events per head and year: days of a year / days
 * of the window, reduced; 1/1 for a year. The year is that of year_end; of a target of
 * several years the mean one. `back`: as many periods earlier, as for last year's figure.
 */
VC_API vc_fraction vc_target_per_year(const vc_target *target, vc_frequency frequency,
                                      vc_period back);

VC_END_DECLS

#endif
