/*
 * How the tables of a workspace become a panel. First every row finds its unit and its
 * period (panel_rows.c), which gives the axes; then the figures are filled in.
 */
#ifndef VCI_PANEL_INTERNAL_H
#define VCI_PANEL_INTERNAL_H

#include "data/unit_internal.h"
#include "data/word_internal.h"
#include "vitalcast/panel.h"

/* Longest axis: a period far off the others is a slip of the pen, not data. */
#define VCI_MOST_YEARS 300

/* Instead of a unit: the row has a fault or another basis; or is a declared total. */
#define VCI_ROW_SKIPPED UINT32_MAX
#define VCI_ROW_TOTAL (UINT32_MAX - 1)

typedef struct vci_row_key {
    uint32_t unit;
    vc_period period;
} vci_row_key;

/* A table on its way into the panel. */
typedef struct vci_source {
    vc_table_role role;
    bool present;
    vci_table table;
    const vc_table_options *options; /* borrows */
    size_t period_wish;
    vci_level_columns unit_columns; /* one level: a single column of unit codes */
    vci_row_key *keys;              /* [table.n_rows] */
    vc_period first, last;          /* of the rows that count; VC_NO_PERIOD if none */
    size_t first_row, last_row;     /* where these stand */
} vci_source;

typedef struct vci_panel_reader {
    const vc_workspace *workspace;
    vc_findings *findings;
    vci_units units;
    vci_source monthly, progress, values, others;
    vc_panel *panel;
    vc_period last_event; /* last period with any event; VC_NO_PERIOD if none */
} vci_panel_reader;

void vci_source_free(vci_source *source);

/*
 * Finds unit and period of every row that has no key of VCI_ROW_SKIPPED yet. Faults: U01,
 * U02, U03, T09, N06 and those of the period.
 */
vc_status vci_rows_resolve(vci_panel_reader *reader, vci_source *source);

/* The cell that names a row's unit: its code, or the wording of a total beside a blank. */
const vci_cell *vci_row_unit_cell(const vci_source *source, size_t row);

/* A place of the panel's arrays: unit * n_periods + period. */
size_t vci_panel_cell(const vc_panel *panel, size_t unit, vc_period period);

/* Has a leaf started and not ended in a period, or one of the leaves below a parent? */
bool vci_unit_there(const vc_panel *panel, size_t unit, vc_period period);

/* The unit that goes on under a new code as this one; VC_NO_UNIT if none or not alone. */
size_t vci_renamed_from(const vc_panel *panel, size_t unit);

/* An array over units and periods, all missing. */
vc_status vci_panel_array(const vc_panel *panel, double **array);

/* "code (name)", or the code alone where the name is the same; for messages. */
typedef struct vci_unit_label {
    char text[2 * sizeof(vci_quoted) + 4];
} vci_unit_label;
vci_unit_label vci_unit_label_of(const vc_unit_tree *tree, size_t unit);

/* A period for messages. */
typedef struct vci_period_label {
    char text[VC_PERIOD_TEXT];
} vci_period_label;
vci_period_label vci_period_label_of(vc_period period, vc_frequency frequency);

/* monthly.csv: the table, then (with the axes known) its figures. */
vc_status vci_monthly_open(vci_panel_reader *reader);
vc_status vci_monthly_fill(vci_panel_reader *reader);

/* A row of monthly.csv; NaN missing. */
typedef struct vci_record {
    double count[VC_EVENTS];
    double population;
    unsigned char status; /* vc_record_status */
    vc_period reported;   /* month; VC_NO_PERIOD if not given */
} vci_record;

/* Reads a row and checks it in itself. Faults: C02, C03, C05, C11, V01; warning C12. */
vc_status vci_record_read(vci_panel_reader *reader, size_t row, vci_record *record);

/* Does the table have what an event needs? */
bool vci_record_has(const vci_table *table, vc_event event);
bool vci_record_has_population(const vci_table *table);

/* Wishes of monthly.csv; the columns of the levels follow. */
enum {
    VCI_MONTHLY_UNIT,
    VCI_MONTHLY_NAME,
    VCI_MONTHLY_PERIOD,
    VCI_MONTHLY_REGISTRATION,
    VCI_MONTHLY_EVENT,
    VCI_MONTHLY_BASIS,
    VCI_MONTHLY_BIRTHS_MALE,
    VCI_MONTHLY_BIRTHS_FEMALE,
    VCI_MONTHLY_BIRTHS,
    VCI_MONTHLY_COMPLIANT,
    VCI_MONTHLY_FIRST, /* of the births, by the mother's number of them */
    VCI_MONTHLY_SECOND,
    VCI_MONTHLY_THIRD,
    VCI_MONTHLY_STILL,
    VCI_MONTHLY_DEATHS,
    VCI_MONTHLY_DEATHS_MALE,
    VCI_MONTHLY_DEATHS_FEMALE,
    VCI_MONTHLY_ARRIVALS,
    VCI_MONTHLY_DEPARTURES,
    VCI_MONTHLY_POPULATION,
    VCI_MONTHLY_STATUS,
    VCI_MONTHLY_REPORTED,
    VCI_MONTHLY_SOURCE,
    VCI_MONTHLY_COLUMNS
};

/* One of these columns; the number of an event's, and that column. */
const vci_column_wish *vci_monthly_column(size_t wish);
size_t vci_event_wish(vc_event event);
const vci_column_wish *vci_event_column(vc_event event);

/*
 * Which column says the months: `month`, or one that says by its name whether it is the
 * month of registration or of the event. Both and none chosen, or another one than
 * `dating` says: M13. A fault leaves no row to be read.
 */
vc_status vci_dating_choose(vci_panel_reader *reader);

/* Rows of another basis than the workspace's are skipped; several and none chosen: V03. */
vc_status vci_basis_choose(vci_panel_reader *reader);

/* Figures outside a unit's validity, units that ended and have no successor: U07. */
vc_status vci_validity_check(vci_panel_reader *reader, const uint32_t *row_at);

/*
 * What series lack: late starts, gaps and early ends (M09, M10), units without data (U01).
 * row_at [n_units][n_periods] row + 1 of monthly.csv.
 */
vc_status vci_gaps_find(vci_panel_reader *reader, const uint32_t *row_at);

/* Zeros that are likely late uploads (C08) become missing, with the parts of the figure. */
vc_status vci_late_find(vci_panel_reader *reader, const uint32_t *row_at);

/* Mean of the known figures of the two years before t; NaN if there are fewer than three.
 */
double vci_usual_at(const double *row, size_t t, vc_frequency frequency);

/* Running totals in a table that does not say so (M12): then nothing else is asked. */
vc_status vci_pattern_totals(vci_panel_reader *reader, const uint32_t *row_at, bool *found);

/*
 * Warnings of series that may have been filled in wrongly: M15, C04, C07, C09, C10, C14. At
 * most one of a kind for each series.
 */
vc_status vci_patterns_find(vci_panel_reader *reader, const uint32_t *row_at);

/* Keeps where monthly.csv names the events. */
vc_status vci_history_place(vci_panel_reader *reader);

/*
 * Warnings of events that have fewer known periods up to the as-of than a season needs
 * (S09): of those that were read from a table.
 */
vc_status vci_history_check(const vc_panel *panel, vc_period as_of, vc_findings *findings);

/* The cell of an event in a row; of its first part, or the whole, where it has no column.
 */
const vci_cell *vci_event_cell(const vci_table *table, size_t row, vc_event event);

/* Parents become sums; their own rows are compared (U05). */
vc_status vci_sums_fill(vci_panel_reader *reader, const uint32_t *row_at);

/* All parents of a panel as sums of its leaves; their population is left as it is. */
void vci_panel_sum_up(vc_panel *panel);

/*
 * A parent's population in a period as the sum of the children that are there; NaN if one
 * of them has none.
 */
double vci_panel_population_sum(const vc_panel *panel, size_t unit, size_t t);

/*
 * A figure as monthly.csv gives it: of the period alone, or since the year began where
 * the table holds running totals. Leading gaps add nothing.
 */
double vci_cumulative_figure(const vci_panel_reader *reader, vc_event event, size_t unit,
                             vc_period period);

/* First period of the year that running totals of a period add up. */
vc_period vci_year_start(const vc_workspace *workspace, vc_period period);

/* Declared total rows are compared with the sums (T09). */
vc_status vci_totals_check(vci_panel_reader *reader);

vc_status vci_progress_open(vci_panel_reader *reader);
vc_status vci_progress_fill(vci_panel_reader *reader);
vc_status vci_values_open(vci_panel_reader *reader);
vc_status vci_values_fill(vci_panel_reader *reader);

/*
 * Takes over what the workspace declares about indicators. Faults V02 name or kind taken,
 * S05 not in the tables, S01 a cap where there is none.
 */
vc_status vci_panel_indicators(vci_panel_reader *reader);

/* peers.csv into panel->peers; the tree and its classes are known. */
vc_status vci_peers_fill(vci_panel_reader *reader);

/* sources.csv; its rows have found their units. Faults: N06 blank, S05 nothing there. */
vc_status vci_others_open(vci_panel_reader *reader);
vc_status vci_others_fill(vci_panel_reader *reader);

/* Sets panel->digest from its content. */
vc_status vci_panel_digest(vc_panel *panel);

/*
 * SHA-256 over the figures of the periods up to `last`, by the codes of the units: later
 * months, names and the status of records leave no trace.
 */
vc_status vci_panel_digest_until(const vc_panel *panel, vc_period last, uint8_t digest[32]);

#endif
