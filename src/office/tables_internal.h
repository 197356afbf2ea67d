/* Figures of months as the tables of a workspace. */
#ifndef VCI_TABLES_INTERNAL_H
#define VCI_TABLES_INTERNAL_H

#include "office/monthly_internal.h"
#include "office/page_internal.h"

typedef enum vci_output {
    VCI_OUTPUT_UNITS,
    VCI_OUTPUT_MONTHLY,
    VCI_OUTPUT_VALUES,
    VCI_OUTPUT_PROGRESS,
    VCI_OUTPUT_RECORD,
    VCI_OUTPUTS
} vci_output;

extern const char *const vci_output_names[VCI_OUTPUTS];

typedef struct vci_outputs {
    vci_page pages[VCI_OUTPUTS]; /* empty: nothing for it */
    size_t rows[VCI_OUTPUTS];
    bool both_bases;
} vci_outputs;

/* Makes all tables. outputs: zeroed before, vci_outputs_free after. */
vc_status vci_outputs_make(const vci_figures *figures, const vci_months *months,
                           vci_outputs *outputs);
void vci_outputs_free(vci_outputs *outputs);

#endif
