/* The Chinese year. */
#ifndef VCI_LUNAR_INTERNAL_H
#define VCI_LUNAR_INTERNAL_H

#include "vitalcast/period.h"

enum { VCI_LUNAR_FIRST = 1900, VCI_LUNAR_LAST = 2100 };

/*
 * Days from 1970-01-01 to the first day of the Chinese year that begins in a Gregorian
 * year; beyond the table the date of its nearest year.
 */
int32_t vci_lunar_new_year(int year);

#endif
