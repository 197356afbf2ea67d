/* Interrupts: a first SIGINT or SIGTERM asks the work to end, a second one ends it. */
#ifndef VCI_SIGNAL_INTERNAL_H
#define VCI_SIGNAL_INTERNAL_H

#include <stdbool.h>

/*
 * From now on SIGINT and SIGTERM are remembered. Unless they were ignored by whoever
 * started the program (nohup and the like): that stays.
 */
void vci_signal_catch(void);

/* A closed pipe is a write error, found when the output is flushed, not a sudden end. */
void vci_signal_ignore_pipe(void);

/* Has one come? (The form of vc_observer.cancelled.) */
bool vci_signal_pending(void *context);

/* 130 or 143, by the signal that came. */
int vci_signal_exit_code(void);

#endif
