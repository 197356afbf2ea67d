/* Texts as JSON strings in the small files of a store. */
#ifndef VCI_QUOTED_INTERNAL_H
#define VCI_QUOTED_INTERNAL_H

/* A JSON string with its quotes; owned by the caller; NULL when there is no memory. */
char *vci_quoted(const char *text);

/*
 * The character that an escape stands for; *from moves to its last one. Ours are \u00XX,
 * quotes and backslashes.
 */
char vci_unescaped(const char **from);

#endif
