/* Rows of totals, which are not read, against the rows that are. */
#ifndef VCI_TOTALS_INTERNAL_H
#define VCI_TOTALS_INTERNAL_H

#include "office/reading_internal.h"

/*
 * Compares the totals among the rows that a sheet skips with the sums of its rows, column
 * by column of counts: a warning I16 where they differ. Only where the layout says which
 * rows a total stands for; the others are counted. begin: the first figure of the sheet.
 */
vc_status vci_totals_compare(vci_reading *r, size_t begin);

/* What was compared, in one line; nothing where no sheet has a total. */
vc_status vci_totals_say(const vci_reading *r);

#endif
