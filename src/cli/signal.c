#include "cli/signal_internal.h"

#include <signal.h>
#include <stddef.h>

/* The one thing that a signal handler can reach. */
static volatile sig_atomic_t caught;

static void remember(int number) { caught = number; }

void vci_signal_catch(void) {
    static const int numbers[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction old, action = {.sa_handler = remember};
        /* The second one finds the default action: it ends the program at once. */
        action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
        sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

void vci_signal_ignore_pipe(void) {
    struct sigaction action = {.sa_handler = SIG_IGN};
    sigemptyset(&action.sa_mask);
    sigaction(SIGPIPE, &action, NULL);
}

bool vci_signal_pending(void *context) {
    (void)context;
    return caught != 0;
}

int vci_signal_exit_code(void) { return 128 + (caught ? (int)caught : SIGINT); }
