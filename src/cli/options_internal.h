/* The command line of a verb. */
#ifndef VCI_OPTIONS_INTERNAL_H
#define VCI_OPTIONS_INTERNAL_H

#include <stdio.h>

#include "cli/cli_internal.h"

/* The language of --lang wherever it stands, else that of the environment. */
void vci_cli_guess_language(vci_cli *cli, int argc, char **argv);

/* The language of a workspace or run, unless --lang was given. */
void vci_cli_take_language(vci_cli *cli, vc_language language);

/*
 * Parses the words behind a verb (argv[0] is the verb) into cli; ends the program with a
 * message and 64 when they are wrong, or with 0 after --help.
 */
void vci_options_parse(vci_cli *cli, int argc, char **argv);

/* Says what is wrong with the command line, and where help is; returns 64. */
int vci_usage_error(const vci_cli *cli, vci_text text, ...);

/*
 * A period of the command line in a frequency; NULL gives VC_NO_PERIOD. False, with the
 * message said, if it has another form: the verb then ends with 64.
 */
/*
 * Whole numbers low .. high of a list such as 3,6,7 or 2019-2022, ascending and each once;
 * *n is 0 for NULL. False (and a message) for anything else, or more than `most`.
 */
bool vci_options_list(const vci_cli *cli, vci_option option, const char *text, int low,
                      int high, size_t most, int *numbers, size_t *n);

bool vci_options_period(const vci_cli *cli, vci_option option, const char *text,
                        vc_frequency frequency, vc_period *period);

/* The help of a verb, or of the program when verb is NULL. */
void vci_help_print(FILE *out, const vci_verb *verb, vc_language language);

/* The name of an option, that of its value (NULL: it has none), its help. */
const char *vci_option_name(vci_option option);
const char *vci_option_value(vci_option option);
vci_text vci_option_help(vci_option option);

#endif
