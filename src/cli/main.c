#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/version_internal.h"

#define SHOWN                                                                              \
    (VCI_BIT(VCI_OPTION_LANG) | VCI_BIT(VCI_OPTION_JSON) | VCI_BIT(VCI_OPTION_QUIET))
#define STORED (SHOWN | VCI_BIT(VCI_OPTION_STORE))
#define COMPUTED                                                                           \
    (VCI_BIT(VCI_OPTION_AS_OF) | VCI_BIT(VCI_OPTION_SEED) | VCI_BIT(VCI_OPTION_DRAWS) |    \
     VCI_BIT(VCI_OPTION_KEEP) | VCI_BIT(VCI_OPTION_THREADS))
#define CHOSEN                                                                             \
    (VCI_BIT(VCI_OPTION_KIND) | VCI_BIT(VCI_OPTION_UNIT) | VCI_BIT(VCI_OPTION_INDICATOR) | \
     VCI_BIT(VCI_OPTION_TARGET) | VCI_BIT(VCI_OPTION_YEAR_END) |                           \
     VCI_BIT(VCI_OPTION_FORMAT) | VCI_BIT(VCI_OPTION_OUT))

const vci_verb vci_verbs[] = {
    {"init", "DIR", 1, 1, VCI_BIT(VCI_OPTION_LANG) | VCI_BIT(VCI_OPTION_QUIET),
     VCI_TEXT_CLI_ABOUT_INIT, vci_verb_init},
    {"import", "FILE...", 1, VCI_WORDS,
     VCI_BIT(VCI_OPTION_INTO) | VCI_BIT(VCI_OPTION_ACCEPT) | VCI_BIT(VCI_OPTION_ENCODING) |
         VCI_BIT(VCI_OPTION_LANG) | VCI_BIT(VCI_OPTION_QUIET),
     VCI_TEXT_IMPORT_ABOUT, vci_verb_import},
    {"check", "DIR", 1, 1,
     SHOWN | VCI_BIT(VCI_OPTION_AS_OF) | VCI_BIT(VCI_OPTION_BASIS) |
         VCI_BIT(VCI_OPTION_REVISIONS),
     VCI_TEXT_CLI_ABOUT_CHECK, vci_verb_check},
    {"project", "DIR", 1, 1,
     STORED | COMPUTED | VCI_BIT(VCI_OPTION_ALL) | VCI_BIT(VCI_OPTION_BASIS) |
         VCI_BIT(VCI_OPTION_COLOR) | VCI_BIT(VCI_OPTION_SINCE),
     VCI_TEXT_CLI_ABOUT_PROJECT, vci_verb_project},
    {"fit", "DIR", 1, 1,
     SHOWN | VCI_BIT(VCI_OPTION_AS_OF) | VCI_BIT(VCI_OPTION_THREADS) |
         VCI_BIT(VCI_OPTION_BASIS),
     VCI_TEXT_CLI_ABOUT_FIT, vci_verb_fit},
    {"backtest", "DIR", 1, 1,
     STORED | VCI_BIT(VCI_OPTION_YEARS) | VCI_BIT(VCI_OPTION_MONTHS) |
         VCI_BIT(VCI_OPTION_AHEAD) | VCI_BIT(VCI_OPTION_SEED) | VCI_BIT(VCI_OPTION_DRAWS) |
         VCI_BIT(VCI_OPTION_KEEP) | VCI_BIT(VCI_OPTION_THREADS) |
         VCI_BIT(VCI_OPTION_BASIS) | VCI_BIT(VCI_OPTION_OUT) | VCI_BIT(VCI_OPTION_FORMAT),
     VCI_TEXT_CLI_ABOUT_BACKTEST, vci_verb_backtest},
    {"show", "RUN", 1, 1, STORED | VCI_BIT(VCI_OPTION_ALL) | VCI_BIT(VCI_OPTION_COLOR),
     VCI_TEXT_CLI_ABOUT_SHOW, vci_verb_show},
    {"what-if", "RUN", 1, 1,
     STORED | VCI_BIT(VCI_OPTION_SCENARIO) | VCI_BIT(VCI_OPTION_NO_STORE) |
         VCI_BIT(VCI_OPTION_GOAL_SEEK) | VCI_BIT(VCI_OPTION_PROBABILITY) |
         VCI_BIT(VCI_OPTION_UNIT) | VCI_BIT(VCI_OPTION_THREADS) | VCI_BIT(VCI_OPTION_ALL),
     VCI_TEXT_SCENARIO_ABOUT, vci_verb_what_if},
    {"plot", "RUN", 1, 1, STORED | CHOSEN, VCI_TEXT_CLI_ABOUT_PLOT, vci_verb_plot},
    {"report", "RUN", 1, 1, STORED | VCI_BIT(VCI_OPTION_TO) | VCI_BIT(VCI_OPTION_OUTPUT),
     VCI_TEXT_REPORT_ABOUT, vci_verb_report},
    {"runs", "list|verify|clean [DIR] | export RUN | diff RUN RUN", 1, 3,
     STORED | VCI_BIT(VCI_OPTION_WHAT) | VCI_BIT(VCI_OPTION_ALL) |
         VCI_BIT(VCI_OPTION_THREADS),
     VCI_TEXT_CLI_ABOUT_RUNS, vci_verb_runs},
    {"inspect", "", 0, 0,
     SHOWN | VCI_BIT(VCI_OPTION_VILLAGES) | VCI_BIT(VCI_OPTION_SAMPLE) |
         VCI_BIT(VCI_OPTION_AFFECTED) | VCI_BIT(VCI_OPTION_PROBABILITY) |
         VCI_BIT(VCI_OPTION_FOUND) | VCI_BIT(VCI_OPTION_RECORDS) |
         VCI_BIT(VCI_OPTION_OMITTED_SHARE) | VCI_BIT(VCI_OPTION_CORRELATION),
     VCI_TEXT_INSPECT_ABOUT, vci_verb_inspect},
    {"generate", "bash|zsh|fish|man", 1, 1, VCI_BIT(VCI_OPTION_LANG), VCI_TEXT_MANUAL_ABOUT,
     vci_verb_generate},
};
const size_t vci_n_verbs = sizeof vci_verbs / sizeof *vci_verbs;

const vci_verb *vci_verb_find(const char *name) {
    for (size_t i = 0; i < vci_n_verbs; i++)
        if (strcmp(vci_verbs[i].name, name) == 0) return &vci_verbs[i];
    return NULL;
}

/* vitalcast help [VERB] */
static int help(vci_cli *cli, const char *name) {
    const vci_verb *verb = name ? vci_verb_find(name) : NULL;
    if (name && !verb) return vci_usage_error(cli, VCI_TEXT_CLI_NO_VERB, name);
    vci_help_print(stdout, verb, cli->language);
    return 0;
}

static int dispatch(vci_cli *cli, int argc, char **argv) {
    int i = 1;
    while (i < argc && strncmp(argv[i], "--lang", 6) == 0) /* read before */
        i += strcmp(argv[i], "--lang") == 0 ? 2 : 1;
    if (i >= argc) {
        vci_help_print(stderr, NULL, cli->language);
        return VCI_WRONG_COMMAND_LINE;
    }
    if (strcmp(argv[i], "--version") == 0) {
        vci_version_print(stdout);
        return 0;
    }
    if (strcmp(argv[i], "--help") == 0) return help(cli, NULL);
    if (strcmp(argv[i], "help") == 0) {
        const char *name = i + 1 < argc && argv[i + 1][0] != '-' ? argv[i + 1] : NULL;
        return help(cli, name);
    }
    cli->verb = vci_verb_find(argv[i]);
    if (!cli->verb) return vci_usage_error(cli, VCI_TEXT_CLI_NO_VERB, argv[i]);
    vci_options_parse(cli, argc - i, argv + i);
    return cli->verb->run(cli);
}

/* A reader that has seen enough (vitalcast show RUN | head) has closed its end. */
static bool reader_gone(void) {
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) == 1 && (output.revents & POLLERR);
}

/* That is no failure; a full disk behind a redirection is. */
static int flush(const vci_cli *cli, int code) {
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    if (!failed || code != 0 || reader_gone()) return code;
    vci_say_line(stderr, cli->language, VCI_TEXT_CLI_ERROR_DETAIL,
                 vc_status_text(VC_IO_FAILED, cli->language), "stdout");
    return vc_status_exit_code(VC_IO_FAILED);
}

int main(int argc, char **argv) {
    vci_cli cli = {.run = vc_run_options_default(),
                   .format = "svg",
                   .villages = VCI_NOT_GIVEN,
                   .sample = VCI_NOT_GIVEN,
                   .affected = VCI_NOT_GIVEN,
                   .found = VCI_NOT_GIVEN,
                   .records = VCI_NOT_GIVEN};
    vci_signal_ignore_pipe();
    vci_cli_guess_language(&cli, argc, argv);
    return flush(&cli, dispatch(&cli, argc, argv));
}
