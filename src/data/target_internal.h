/* What the target_*.c files share. */
#ifndef VCI_TARGET_INTERNAL_H
#define VCI_TARGET_INTERNAL_H

#include "data/unit_internal.h"
#include "vitalcast/target.h"

/* Columns of targets.csv. */
enum {
    VCI_TARGET_ID,
    VCI_TARGET_YEAR_END,
    VCI_TARGET_UNIT,
    VCI_TARGET_INDICATOR,
    VCI_TARGET_DIRECTION,
    VCI_TARGET_VALUE,
    VCI_TARGET_VALUE_HIGH,
    VCI_TARGET_DECIMALS,
    VCI_TARGET_POINTS,
    VCI_TARGET_SCORING,
    VCI_TARGET_VETO,
    VCI_TARGET_DEADLINE,
    VCI_TARGET_PERIOD,
    VCI_TARGET_BASIS,
    VCI_TARGET_COLUMNS
};

/* One row while it is read. */
typedef struct vci_target_reader {
    const vc_workspace *workspace;
    const vc_panel *panel;
    vc_findings *findings;
    const vc_table_options *options;
    vci_table table;
    vci_text_map codes; /* of the units: text i is unit i */
    vci_text_map ids;   /* text i belongs to target i */
    size_t capacity;
    vc_targets *targets;
    size_t row;
    vci_quoted id;
    size_t n_elsewhere; /* rows of the other basis */
} vci_target_reader;

const vci_cell *vci_target_cell(const vci_target_reader *reader, size_t wish);
bool vci_target_blank(const vci_target_reader *reader, size_t wish);
vci_place vci_target_place(const vci_target_reader *reader, size_t wish);
vci_quoted vci_target_quoted(const vci_target_reader *reader, size_t wish);

/* Fault S05: what the cell names does not exist; the nearest is offered. */
vc_status vci_target_read_unit(vci_target_reader *reader, vc_target *target);
vc_status vci_target_read_indicator(vci_target_reader *reader, vc_target *target);
/* S06: a capped indicator that is to be above its cap. */
vc_status vci_target_check_cap(vci_target_reader *reader, const vc_target *target);

/* Year end, period and deadline: faults S04 and V01; the period against the data: S04. */
vc_status vci_target_read_period(vci_target_reader *reader, vc_target *target);
vc_status vci_target_check_begin(vci_target_reader *reader, const vc_target *target);

/* Months of "quarter", "季", "3 years", "3年"; 0: none of them. */
int vci_target_months_parse(const char *text, size_t n);

/*
 * Does the row belong to the run of the other basis? Faults: V01, and S05 where the data
 * are not of its basis.
 */
vc_status vci_target_read_basis(vci_target_reader *reader, const vci_column_wish *column,
                                bool *elsewhere);

/*
 * What the scoring cell names, after points, direction and value: faults S05 and S15. The
 * points of each unit and year end against `total_points:`.
 */
vc_status vci_target_read_scoring(vci_target_reader *reader, vc_target *target);
vc_status vci_targets_total(const vc_workspace *workspace, const vc_targets *targets,
                            const vc_panel *panel, vc_findings *findings);

/* A decimal such as -12.50 as an exact, reduced fraction; at most 18 digits. */
bool vci_fraction_parse(const char *text, size_t n, vc_fraction *fraction);

/* Below 0, 0 or above: a against b. */
int vci_bounds_compare(vc_fraction a, vc_fraction b);

/* "107", "previous_year*1.02", "上年-0.5", "class_mean"; blanks do not count. */
bool vci_target_value_parse(const char *text, size_t n, vc_target_value *value);

/* Fixed bounds that no figure can satisfy together (S06). file: targets.csv. */
vc_status vci_targets_compare(const vc_targets *targets, const vc_panel *panel,
                              vc_findings *findings);

/* Is a target complete enough to be compared with others? */
bool vci_target_whole(const vc_target *target);

/* Its fixed bound from below, from above; NULL: it has none. */
const vc_fraction *vci_target_low(const vc_target *target);
const vc_fraction *vci_target_high(const vc_target *target);

/* Counts of children that cannot add up to what their parent's target allows (S06). */
vc_status vci_targets_compare_family(const vc_targets *targets, const vc_panel *panel,
                                     vc_findings *findings);

/* class_mean of units without a class (S03), or alone in it (S05). */
vc_status vci_targets_check_class(const vc_targets *targets, const vc_panel *panel,
                                  vc_findings *findings);

#endif
