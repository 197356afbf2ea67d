#include "cli/colour_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool vci_colour_wanted(const vci_cli *cli) {
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (cli->color && strcmp(cli->color, "always") == 0) return true;
    if (cli->color && strcmp(cli->color, "never") == 0) return false;
    return isatty(STDOUT_FILENO) && !(none && *none) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

const char *vci_colour_begin(vci_shade shade) {
    static const char *const sequences[] = {"", "\033[32m", "\033[31m"};
    return sequences[shade];
}

const char *vci_colour_end(void) { return "\033[0m"; }
