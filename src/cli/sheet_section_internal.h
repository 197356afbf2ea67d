/* Sections of `show` that have one table for each year end, and what their rows share. */
#ifndef VCI_SHEET_SECTION_INTERNAL_H
#define VCI_SHEET_SECTION_INTERNAL_H

#include "cli/sheet_internal.h"
#include "cli/table_print_internal.h"
#include "core/text_internal.h"

/* Rows begin .. end - 1 of the sheet are those of one year, or other period. */
typedef struct vci_section {
    vci_text heading; /* takes the period in words */
    /* Sets n_columns, adds the headings and the rows. */
    vc_status (*fill)(const vci_sheet *sheet, size_t begin, size_t end, vci_grid *grid);
    vc_status (*after)(const vci_sheet *sheet, size_t begin, size_t end, FILE *out);
    unsigned left; /* columns that are flush left */
    bool always;   /* also when it is empty; after may be NULL */
} vci_section;

vc_status vci_section_print(const vci_sheet *sheet, const vci_section *kind, FILE *out);

/* Of a result. */
const vc_result *vci_section_result(const vci_sheet *sheet, size_t r);
const vc_target *vci_section_target(const vci_sheet *sheet, size_t r);
const char *vci_section_unit(const vci_sheet *sheet, size_t r);

/* Cells. */
vc_status vci_section_add_words(const vci_sheet *sheet, vci_grid *grid, size_t n,
                                const vci_text *words);
vc_status vci_section_add_indicator(const vci_sheet *sheet, size_t r, vci_grid *grid);
vc_status vci_section_add_target(const vci_sheet *sheet, size_t r, vci_grid *grid);

/* Two cells: P(met) and its verdict. */
vc_status vci_section_add_p_met(const vci_sheet *sheet, size_t r, vci_grid *grid);

/* A whole number of 1/scale. */
vc_status vci_section_add_amount(vci_grid *grid, int64_t amount, int64_t scale);

#endif
