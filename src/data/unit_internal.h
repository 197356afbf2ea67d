/* How the unit tree is read: drafts from a table, checked, then arranged as a tree. */
#ifndef VCI_UNIT_INTERNAL_H
#define VCI_UNIT_INTERNAL_H

#include "data/table_internal.h"
#include "data/text_map_internal.h"
#include "vitalcast/panel.h"

/* A unit as it stands in a table, before the tree is known to be one. */
typedef struct vci_unit_draft {
    char *code, *name;                              /* owns */
    char *class_name, *second_class, *former_names; /* owns; NULL if none */
    size_t parent;                                  /* draft, VC_NO_UNIT at the top */
    unsigned level;                                 /* its column, if from columns */
    vc_period valid_from, valid_to;
    size_t row, line, column;
    bool told; /* a contradiction about it has been reported */
} vci_unit_draft;

typedef struct vci_unit_drafts {
    size_t n, capacity;
    vci_unit_draft *list;
    const char *file; /* for messages; borrows */
} vci_unit_drafts;

void vci_unit_drafts_free(vci_unit_drafts *drafts);

/* The tree and what else is known of its units while the other tables are read. */
typedef struct vci_units {
    vc_unit_tree tree;
    char *file;          /* the table that they come from */
    size_t n;            /* tree.n, also after the tree was moved away */
    size_t *lines;       /* [n] there; 0 for a root that was made */
    char **former_names; /* [n] as written; NULL if none */
    vci_text_map codes;  /* code i belongs to unit i */
    size_t n_changes;
    vc_change *changes; /* owns; NULL after they were moved into the panel */
} vci_units;

void vci_units_free(vci_units *units);

/*
 * Reads units.csv. Faults: U02, U04, U07, F13 and those of the table; *units then still
 * holds a tree, so that the other tables can be checked in the same pass (tree.n is 0 if
 * there is nothing to go on).
 */
vc_status vci_units_from_list(const vc_workspace *workspace, vc_findings *findings,
                              vci_units *units);

/* Wishes of the columns that say what became of a unit. */
typedef struct vci_change_columns {
    size_t became, share;
} vci_change_columns;

/* Fills units->changes from units.csv, whose drafts were arranged before. Faults: U07. */
vc_status vci_changes_read(const vci_table *table, const vci_change_columns *columns,
                           const vci_unit_drafts *drafts, vc_frequency frequency,
                           vc_findings *findings, vci_units *units);

/* Columns that hold a code for each level, from the top, and perhaps a name. */
typedef struct vci_level_columns {
    size_t n;
    size_t first_code; /* wish of the top level's code; the others follow */
    size_t first_name; /* same for names; VCI_NO_COLUMN if there are none */
} vci_level_columns;

/*
 * The tree from columns of a table, in the order of the codes. Faults: U02, U04, U10, F13.
 * Rows that are totals are left out.
 */
vc_status vci_units_from_columns(const vc_workspace *workspace, const vci_table *table,
                                 const vc_table_options *options,
                                 const vci_level_columns *columns, vc_findings *findings,
                                 vci_units *units);

/* Checks drafts (U04 cycle, F13), makes a root if needed, moves them into units. */
vc_status vci_units_arrange(const vc_workspace *workspace, vci_unit_drafts *drafts,
                            vc_findings *findings, vci_units *units);

/* Fills levels, order, leaves and children of a tree whose parents are set and sound. */
vc_status vci_unit_tree_arrange(vc_unit_tree *tree);

/* Did a leaf end before a period? A parent did when all leaves below it did. */
bool vci_unit_ended(const vc_unit_tree *tree, size_t unit, vc_period period);

/* Is a row's unit text a total, declared in workspace.yaml or by its wording? */
bool vci_total_declared(const vc_table_options *options, const vci_cell *cell);
bool vci_total_worded(const vci_cell *cell);

/* A copy of a cell's text; NULL for a blank or absent cell (or when there is no memory). */
char *vci_cell_copy(const vci_cell *cell, vc_status *st);

/* Equal cells; absent ones are blank. */
bool vci_cells_equal(const vci_cell *a, const vci_cell *b);

#endif
