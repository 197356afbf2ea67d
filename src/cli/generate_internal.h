/* What is made from the tables of verbs and options for other programs. */
#ifndef VCI_GENERATE_INTERNAL_H
#define VCI_GENERATE_INTERNAL_H

#include <stdio.h>

#include "cli/cli_internal.h"

/* The manual page in the form that scdoc reads. */
void vci_manual_print(FILE *out, vc_language language);

/* Completion of verbs, options and of the values that the tables name. */
void vci_completion_bash(FILE *out);
void vci_completion_zsh(FILE *out, vc_language language);
void vci_completion_fish(FILE *out, vc_language language);

#define VCI_FIXED_WORDS 200

/*
 * The words among alternatives such as "zh|en" or "list|verify [DIR] | export RUN": those
 * in small letters, with blanks between them. An empty text if there are none.
 */
void vci_fixed_words(const char *alternatives, char words[VC_DIM(VCI_FIXED_WORDS)]);

/* Does a value or argument name a folder (DIR), or a file (FILE, RUN)? */
bool vci_names_folder(const char *alternatives);
bool vci_names_file(const char *alternatives);

#endif
