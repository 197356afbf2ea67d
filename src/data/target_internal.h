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

#endif
