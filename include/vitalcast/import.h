/* An office's own workbooks to the tables of a workspace. */
#ifndef VITALCAST_IMPORT_H
#define VITALCAST_IMPORT_H

#include "vitalcast/api.h"
#include "vitalcast/finding.h"
#include "vitalcast/status.h"

VC_BEGIN_DECLS

/*
 * encoding  of text files that are not UTF-8; NULL: found by the words of their headers, or
 *           asked
 * accept    the settings are taken as they stand (default: only with `accepted: yes` in
 * them)
 */
typedef struct vc_import_options {
    const char *encoding;
    bool accept;
} vc_import_options;

typedef struct vc_import {
    char *settings;                                  /* path of import.yaml */
    char *text;                                      /* what stands in it */
    bool proposed;                                   /* it was written by this call */
    bool written;                                    /* the tables were written */
    size_t units, monthly, values, progress, record; /* rows of the tables made; 0: no
                                                        such table */
    char *workspace; /* path of a workspace.yaml made; NULL: none */
} vc_import;

/**
 * Reads workbooks (xlsx, by way of xlsx2csv) and text files of values as they are.
 *
 * files     [n] paths, n >= 1
 * dir       the workspace; made if it is not there
 * options   NULL means none
 * findings  every fault and question, with its cell; its language is that of the proposal
 * import    zeroed before, vc_import_free after, also after a failure
 *
 * Without dir/import.yaml it is written: what is read, how each column is taken, with the
 * header cells that say so, and "?" where the files do not tell. With it the files are read
 * by it. Once it is accepted and nothing is open, units.csv, monthly.csv, values.csv,
 * progress.csv and import-record.csv (the cell of every figure) are written, all or none,
 * and never over one that is there; units.csv and workspace.yaml only where there is none.
 * Months or quarters: as an existing workspace.yaml says, else as accepted. Sums since a
 * month become differences. Missing cells stay missing.
 *
 * Returns VC_OK; VC_BAD_INPUT (faults or questions: findings; no table is written);
 * VC_NO_XLSX2CSV; VC_IO_FAILED, VC_NO_SPACE, VC_NO_MEMORY.
 * Checked by: tests/cli/test_import.sh against tidy tables that the workbooks are made
 * from.
 */
VC_API VC_CHECKED vc_status vc_import_files(size_t n, const char *const files[VC_DIM(n)],
                                            const char *dir,
                                            const vc_import_options *options,
                                            vc_findings *findings, vc_import *import);

VC_API void vc_import_free(vc_import *import);

VC_END_DECLS

#endif
