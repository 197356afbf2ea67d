/*
 * Words of tables in both languages: column names, and cells that hold one of a few words.
 */
#ifndef VCI_WORD_INTERNAL_H
#define VCI_WORD_INTERNAL_H

#include "data/table_internal.h"

/* A column's name in a language, and what stands between the items of a list. */
const char *vci_column_word(const vci_column_wish *column, vc_language language);
const char *vci_list_separator(vc_language language);

/* Which of n words a cell is, in either language: its index, or n if none. */
size_t vci_word_find(const vci_cell *cell, size_t n, const char *const words[][2]);

/* Fault V01: the cell of a column must be one of the words. */
vc_status vci_word_fault(const vci_table *table, const vci_cell *cell,
                         const vci_column_wish *column, size_t n,
                         const char *const words[][2], vc_findings *findings);

#endif
