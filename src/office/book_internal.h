/* A file that is imported: a workbook or a text file of values, as its sheets. */
#ifndef VCI_BOOK_INTERNAL_H
#define VCI_BOOK_INTERNAL_H

#include "office/worksheet_internal.h"

typedef struct vci_book {
    char *file;      /* as the user wrote it */
    char sha256[65]; /* of its bytes */
    char *encoding; /* of a text file: declared, or the only one whose words are ours; NULL:
                       UTF-8, or a workbook */
    char separator; /* of a text file; 0: a workbook */
    size_t n_sheets, capacity;
    vci_worksheet *sheets; /* blank ones are left out */
} vci_book;

/*
 * Reads a file. encoding: declared by the caller, or NULL. Faults (those of core/file and
 * core/encoding, I01 to I05, T01) leave it without sheets. VC_NO_XLSX2CSV if the program
 * that reads workbooks is not installed. source: zeroed before, vci_book_free after.
 */
vc_status vci_book_read(const char *file, const char *encoding, vc_findings *findings,
                        vci_book *source);
void vci_book_free(vci_book *source);

/*
 * Adds a sheet of a text, which it takes over (also after a failure); one without any
 * character but blanks is left out.
 */
vc_status vci_book_add(vci_book *source, const char *name, char *text, size_t n,
                       char separator, vc_findings *findings);

/* Adds the sheets of a workbook, whose bytes are given, by way of xlsx2csv. */
vc_status vci_workbook_read(vci_book *source, const unsigned char *bytes, size_t n,
                            vc_findings *findings);

#endif
