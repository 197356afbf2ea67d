/* Every figure of the sheets, with the cell that it stands in. */
#ifndef VCI_FIGURES_INTERNAL_H
#define VCI_FIGURES_INTERNAL_H

#include "data/text_map_internal.h"
#include "office/book_internal.h"
#include "office/settings_internal.h"

#define VCI_NO_FIGURE SIZE_MAX

typedef struct vci_import_unit {
    char *name;            /* as of the latest figures; borrowed code where there is none */
    char *parent;          /* NULL if none */
    char *former;          /* other names, with ; between; NULL if none */
    vc_period named;       /* the latest period under this name */
    vc_period first, last; /* of its figures */
    bool coded;            /* it has a code beside its name */
    const vci_worksheet *sheet; /* where it stands first */
    size_t row, column;
} vci_import_unit;

typedef struct vci_figure {
    size_t unit;
    vci_basis basis;
    vci_to to;             /* any that is a figure */
    size_t indicator;      /* of values and progress */
    vci_kind kind;         /* of progress */
    bool cumulative;       /* of the numerator of a quota */
    vc_period first, last; /* periods that it counts; equal for one, and for states */
    double value;
    const vci_worksheet *sheet; /* borrowed from the source */
    size_t row, column;
    double times; /* by which the cell was multiplied */
} vci_figure;

/* Figures in rows of totals, beside the sums of the rows that were read. */
typedef struct vci_totals {
    size_t n_agree, n_differ;
    size_t n_unsure; /* rows of which it is not certain what they stand for */
} vci_totals;

typedef struct vci_figures {
    vci_text_map codes; /* code i belongs to unit i */
    size_t n_units, unit_capacity;
    vci_import_unit *units;
    vci_text_map indicators;
    vc_frequency frequency; /* of all periods */
    size_t n, capacity;
    vci_figure *list;
    vci_totals totals;
} vci_figures;

/* Codes and names of units that are there already; zeroed: none. */
typedef struct vci_known_units {
    vci_text_map codes, names; /* names: also former ones */
    size_t capacity;
    size_t *code_of_name; /* [names.n]; VCI_NO_TEXT where several units have the name */
} vci_known_units;

/* Reads units.csv of a workspace. known: zeroed before, vci_known_units_free after. */
vc_status vci_known_units_read(const char *file, vc_findings *findings,
                               vci_known_units *known);
void vci_known_units_free(vci_known_units *known);

/*
 * Reads all sheets by their settings. Faults: I08 (the file is another one), I09 (no
 * number), I10 (no unit or time), I14 (a unit ends where another begins); warnings I16
 * (a total that is not the sum of its rows). Figures zeroed
 * before, vci_figures_free after; they borrow from the sources.
 */
vc_status vci_figures_read(const vci_settings *settings, const vci_known_units *known,
                           size_t n_sources, const vci_book *sources, vc_findings *findings,
                           vci_figures *figures);
void vci_figures_free(vci_figures *figures);

#endif
