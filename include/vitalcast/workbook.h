/* The workbook of a run: what `show` prints, for whoever calculates on (xlsx). */
#ifndef VITALCAST_WORKBOOK_H
#define VITALCAST_WORKBOOK_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/**
 * Writes a run as an xlsx workbook with the sheets verdict, periods (with the change on a
 * year and on the period before), ranks, problems, tasks, responsibilities, paths, charts,
 * notes. Figures are those of the run in full, shown rounded by their number format; what
 * vitalcast/suppression.h withholds stands nowhere in the file, charts included.
 *
 * path  of the file; written aside and renamed, in place of any file that has it
 *
 * No cell holds a formula: a text of the data is a text whatever it begins with. The same
 * run gives the same bytes.
 * Returns VC_OK; VC_NO_MEMORY; VC_NO_SPACE or VC_IO_FAILED: nothing is left behind.
 * Checked by: tests/unit/report/test_workbook.c, tests/cli/test_workbook.sh
 */
VC_API VC_CHECKED vc_status vc_workbook_write(const vc_run *run, vc_language language,
                                              const char *path);

VC_END_DECLS

#endif
