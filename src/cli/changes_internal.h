/* What changed since an earlier run: found, made fit to be shown, shown. */
#ifndef VCI_CHANGES_INTERNAL_H
#define VCI_CHANGES_INTERNAL_H

#include "cli/cli_internal.h"
#include "cli/sheet_internal.h"

/*
 * Says on stderr why a run cannot be compared with one of this workspace, basis, frequency
 * and as-of period; true if it can.
 */
bool vci_changes_accept(const vci_cli *cli, const vc_run *before, const char *workspace,
                        const char *basis, vc_frequency frequency, vc_period as_of);

/*
 * after->changes since `before`, with progress on stderr. Medians of cells that are small
 * in the earlier run are left out: the later one cannot know.
 */
vc_status vci_changes_make(const vci_cli *cli, const vc_run *before, vc_run *after);

/* Nothing where nothing was compared. */
vc_status vci_sheet_print_changes(const vci_sheet *sheet, FILE *out);

/* Member "changes"; no member where nothing was compared. */
void vci_sheet_changes_json(const vci_sheet *sheet, vci_json *json);

/* hidden[n_news]: the count of that event of a new period may not be told. */
void vci_changes_hidden_news(const vc_run *run, const vc_suppression *suppression,
                             bool *hidden);

/* vitalcast runs diff RUN RUN: the earlier one first. Returns the exit code. */
int vci_runs_diff(vci_cli *cli);

#endif
