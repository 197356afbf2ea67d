/* Runs named on the command line. */
#ifndef VCI_STORED_INTERNAL_H
#define VCI_STORED_INTERNAL_H

#include "cli/cli_internal.h"
#include "vitalcast/run.h"

/* The folder of runs where --store names none. */
#define VCI_STORE "runs"

/*
 * Loads RUN: a path when it holds a slash or ends in .h5, else the id of a run in --store.
 * cli takes the run's language. A failure has been reported when it returns.
 */
vc_status vci_stored_load(vci_cli *cli, const char *name, vc_run *run);

/*
 * The workspace of a run, which lies in WORKSPACE/runs: it may hold plots of its own. Owned
 * by the caller.
 */
vc_status vci_stored_workspace(const vc_run *run, char **workspace);

/* Threads that --threads means. */
unsigned vci_thread_count(const vci_cli *cli);

/*
 * A text as one word for a shell: as it is, or in single quotes. Owned by the caller,
 * release with vci_free; NULL when there is no memory.
 */
char *vci_shell_word(const char *text);

#endif
