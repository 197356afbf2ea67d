/* Which unit a row is about. */
#ifndef VCI_UNIT_ROW_INTERNAL_H
#define VCI_UNIT_ROW_INTERNAL_H

#include "office/reading_internal.h"

/* The unit of a row; *found is false, and a fault added, where it is not said. */
vc_status vci_unit_row_read(vci_reading *r, size_t row, size_t *unit, vc_period period,
                            bool *found);

/* Asks where a name begins in the month after another one ended, without codes. */
vc_status vci_unit_rows_check_renamed(vci_reading *r);

#endif
