/* Months and years as people write them in titles, headers and cells of office tables. */
#ifndef VCI_WHEN_INTERNAL_H
#define VCI_WHEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* What a text says of a time; 0 where it says nothing. */
typedef struct vci_when {
    int year;
    int first, last; /* months 1 to 12; equal unless the text is a range */
} vci_when;

/*
 * Looks for the first time in a normalised text (vci_text_normalise): 2013年7月, 2013-07,
 * 2013.7, 2013/7/1, 1-7月, 7月, 七月, 上半年, 前三季度, 全年, 2013年. *rest is what stands
 * behind it, NULL if not wanted. False if there is none.
 */
bool vci_when_find(const char *plain, vci_when *when, const char **rest);

/* The whole text is a time; month_ok: a plain number from 1 to 12 is a month. */
bool vci_when_read(const char *plain, bool month_ok, vci_when *when);

#endif
