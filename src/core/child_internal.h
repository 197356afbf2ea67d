/* Starting a program: by its arguments, without a shell, with a time limit. */
#ifndef VCI_CHILD_INTERNAL_H
#define VCI_CHILD_INTERNAL_H

#include "core/status_internal.h"

typedef enum vci_child_end {
    VCI_CHILD_DONE,   /* exit status 0 */
    VCI_CHILD_ABSENT, /* there is no such program */
    VCI_CHILD_FAILED, /* any other exit status, or a signal */
    VCI_CHILD_LATE    /* killed when its time was over */
} vci_child_end;

typedef struct vci_child {
    char *const *arguments; /* [0] is the program: a path, or a name to be found on PATH;
                               NULL at the end */
    const char *folder;  /* it works here; what it prints goes to `out` and `err` in it */
    double seconds;      /* time limit */
    size_t file_bytes;   /* largest file that it may write; 0: any */
    size_t memory_bytes; /* address space that it may take; 0: any */
} vci_child;

/*
 * Runs it to its end. Its environment is fixed: LC_ALL=C.UTF-8, HOME is folder/home, PATH
 * the system's, nothing else; standard input is empty; it is a process group of its own,
 * which is killed whole.
 */
vc_status vci_child_run(const vci_child *child, vci_child_end *end);

#endif
