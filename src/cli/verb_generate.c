/* vitalcast generate bash|zsh|fish|man: what installers put beside the program. */
#include <string.h>

#include "cli/generate_internal.h"
#include "cli/options_internal.h"

int vci_verb_generate(vci_cli *cli) {
    const char *what = cli->words[0];
    if (strcmp(what, "bash") == 0)
        vci_completion_bash(stdout);
    else if (strcmp(what, "zsh") == 0)
        vci_completion_zsh(stdout, cli->language);
    else if (strcmp(what, "fish") == 0)
        vci_completion_fish(stdout, cli->language);
    else if (strcmp(what, "man") == 0)
        vci_manual_print(stdout, cli->language);
    else
        return vci_usage_error(cli, VCI_TEXT_MANUAL_WHAT, what);
    return 0;
}
