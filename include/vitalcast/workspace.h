/* A workspace: the folder that an analyst edits. */
#ifndef VITALCAST_WORKSPACE_H
#define VITALCAST_WORKSPACE_H

#include "vitalcast/api.h"
#include "vitalcast/commendation.h"
#include "vitalcast/finding.h"
#include "vitalcast/grade_rule.h"
#include "vitalcast/indicator.h"
#include "vitalcast/panel.h"
#include "vitalcast/period.h"
#include "vitalcast/role.h"
#include "vitalcast/target.h"
#include "vitalcast/warning.h"

VC_BEGIN_DECLS

typedef enum vc_average_population {
    VC_TWO_YEAR_ENDS, /* mean of the population at the year's beginning and end (default) */
    VC_MID_YEAR,      /* population at the middle of the year */
    VC_MONTHLY_MEAN   /* mean of the year's period ends */
} vc_average_population;

typedef enum vc_dating { VC_BY_REGISTRATION, VC_BY_EVENT } vc_dating;

/* Roles of tables: X(constant, key in workspace.yaml and default file without ".csv"). */
#define VC_TABLE_LIST(X)                                                                   \
    X(VC_TABLE_UNITS, "units")                                                             \
    X(VC_TABLE_MONTHLY, "monthly")                                                         \
    X(VC_TABLE_VALUES, "values")                                                           \
    X(VC_TABLE_PROGRESS, "progress")                                                       \
    X(VC_TABLE_TARGETS, "targets")                                                         \
    X(VC_TABLE_PEERS, "peers")                                                             \
    X(VC_TABLE_SOURCES, "sources")

typedef enum vc_table_role {
#define X(name, key) name,
    VC_TABLE_LIST(X)
#undef X
        VC_TABLES
} vc_table_role;

/* `column: source` or `column: [source, source]` (summed) of a table's `columns:`. */
typedef struct vc_column_map {
    char *column; /* our name: births_male, unit, month … */
    size_t n_sources;
    char **sources; /* header names in the file */
    size_t line;    /* in workspace.yaml */
} vc_column_map;

/* What becomes of a figure of cumulative tables that several periods have in common. */
typedef enum vc_joint {
    VC_JOINT_ASK,    /* nothing is declared: a fault */
    VC_JOINT_SPLIT,  /* divided by days, whole numbers */
    VC_JOINT_MISSING /* its periods are not known */
} vc_joint;

/* How one table is to be read; every member has a default. */
typedef struct vc_table_options {
    char *file;        /* relative to the workspace, or absolute; default <role>.csv */
    char *encoding;    /* NULL: UTF-8 (or UTF-16 with a byte-order mark) */
    char separator;    /* 0: found from the header, must be unique */
    size_t header_row; /* 1-based line of the header; default 1 */
    bool thousands;    /* "1,234" is 1234 */
    size_t n_columns;
    vc_column_map *columns; /* empty: the file's own names are ours */
    size_t n_missing;
    char **missing; /* cell texts that mean `missing` */
    size_t n_zero;
    char **zero; /* cell texts that mean 0 */
    size_t n_total_rows;
    char **total_rows;   /* unit texts whose rows are totals, left out (checked against the
                            sum) */
    int cumulative_from; /* monthly: 1-based month from which figures add up; 0: they do not
                          */
    bool said_monthly;   /* `cumulative_from: no`: so somebody was asked, and said */
    vc_joint joint;
    bool given; /* the table stands in workspace.yaml */
} vc_table_options;

/*
 * units: {from_columns: [county_code, town_code], names: [county, town]}: the tree from a
 * table.
 */
typedef struct vc_units_from_columns {
    size_t n; /* levels below the root; 0: units come from units.csv */
    char **codes;
    char **names; /* [n], or NULL */
} vc_units_from_columns;

/* A rule of `scoring:`, by its name. */
typedef struct vc_named_scoring {
    char *name;
    vc_scoring scoring;
} vc_named_scoring;

typedef struct vc_workspace {
    char *dir;
    char *name;     /* of the whole, and of a root that has to be made */
    bool synthetic; /* invented data: every chart and table says so */
    char *source;   /* data source for provenance lines; NULL if none */
    vc_language language;
    vc_frequency frequency;
    size_t n_year_ends;
    vc_period *year_ends; /* sorted; empty: those of the targets */
    int year_end_in_year; /* 0-based place in the year of the default year end (11 =
                             December) */
    char *basis;          /* "registered" or "resident"; NULL: the only one in the table */
    bool both_bases;      /* the table must hold both; the caller reads a panel for each */
    vc_dating dating;
    vc_average_population average_population;
    double completeness_mean[6],
        completeness_sd[6]; /* of the last months; see n_completeness */
    size_t n_completeness;
    vc_warning_rules warnings;
    double min_cell;        /* smallest printed count of vital events, default 10 */
    vc_grade_rules grade;   /* what is normal and what is clearly off */
    char *models[VC_ROLES]; /* files of specifications; NULL: the standard one */
    size_t n_scoring;
    vc_named_scoring *scoring;
    double total_points; /* of a unit's targets of one year end; 0: not declared */
    size_t total_points_line, total_points_column; /* in workspace.yaml */
    size_t n_indicators;
    vc_indicator *indicators; /* `indicators:`, in their order */
    size_t n_sources;
    vc_other_source *sources; /* `sources:`, in their order */
    vc_units_from_columns units_from;
    vc_table_options tables[VC_TABLES];
    size_t n_commendations;
    vc_commendation *commendations;
    /*
     * To see the tables as they stood: rows of monthly.csv about later periods, or reported
     * in a later month, do not count. 0 (as read): all do.
     */
    vc_period known_period;
    vc_period known_report; /* month */
    /*
     * Where this is earlier than the last period of monthly.csv, only reports up to its
     * end and the usual delay of a first report count, about any period. 0: all do.
     */
    vc_period seen_as_of;
    char *text; /* workspace.yaml as read, for the run file */
    size_t text_size;
} vc_workspace;

/**
 * Reads DIR/workspace.yaml, strictly: unknown keys (nearest known one named), duplicate
 * keys, wrong types, anchors, tags are faults with line and column.
 *
 * findings  [in,out] initialised; gets every fault
 * workspace [out] release with vc_workspace_free, also after a failure
 *
 * Returns VC_OK; VC_BAD_INPUT when findings holds at least one fault; VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_workspace_read(const char *dir, vc_findings *findings,
                                              vc_workspace *workspace);
VC_API void vc_workspace_free(vc_workspace *workspace);

/**
 * Reads the tables of a workspace: units, monthly, progress, values into a panel; all
 * faults of all files in one pass. Returns as vc_workspace_read.
 */
VC_API VC_CHECKED vc_status vc_panel_read(const vc_workspace *workspace,
                                          vc_findings *findings, vc_panel *panel);

/** Reads targets.csv against a panel (units, indicators, periods must exist). */
VC_API VC_CHECKED vc_status vc_targets_read(const vc_workspace *workspace,
                                            const vc_panel *panel, vc_findings *findings,
                                            vc_targets *targets);

/**
 * What can only be judged once the as-of period is known: targets before the last data,
 * series that end early or are too short to learn a season from, targets of the previous
 * year without a previous year. Adds findings.
 */
VC_API VC_CHECKED vc_status vc_targets_check(const vc_targets *targets,
                                             const vc_panel *panel, vc_period as_of,
                                             vc_findings *findings);

VC_END_DECLS

#endif
