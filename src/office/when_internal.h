/* Months and years as people write them in titles, headers and cells of office tables. */
#ifndef VCI_WHEN_INTERNAL_H
#define VCI_WHEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* What a text says of a time; 0 where it says nothing. */
typedef struct vci_when {
    int year;
    int first, last; /* months 1 to 12; equal unless the text is a range */
    bool quarter;    /* it says quarters, not months */
} vci_when;

/*
 * Looks for the first time in a normalised text (vci_text_normalise): 2013年7月, 2013-07,
 * 2013.7, 2013/7/1, 1-7月, 7月, 七月, 第2季度, 二季度, 2013-Q2, 1-3季度, 前三季度, 上半年,
 * 全年, 2013年. *rest is what stands behind it, NULL if not wanted. False if there is none.
 */
bool vci_when_find(const char *plain, vci_when *when, const char **rest);

/* What a plain number is, where nothing stands but it. */
typedef enum vci_bare { VCI_BARE_NOTHING, VCI_BARE_MONTH, VCI_BARE_QUARTER } vci_bare;

/* The whole text is a time. */
bool vci_when_read(const char *plain, vci_bare bare, vci_when *when);

/* Is it made of whole quarters? */
bool vci_when_is_whole(const vci_when *when);

#endif
