/*
 * Sentences of the report, which a person may edit: plots/report/<language>.txt. Numbers
 * and names are put in where the text has {placeholders}.
 */
#ifndef VCI_SENTENCE_INTERNAL_H
#define VCI_SENTENCE_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/datadir.h"
#include "vitalcast/finding.h"

/* X(constant, key in the file, placeholders that it may have). */
typedef enum vci_sentence {
#define X(id, key, placeholders) id,
#include "report/sentence.def"
#undef X
    VCI_SENTENCES
} vci_sentence;

typedef struct vci_sentences {
    char *text[VCI_SENTENCES];
} vci_sentences;

/* A key and the placeholders that it may have, with blanks between them. */
const char *vci_sentence_key(vci_sentence sentence);
const char *vci_sentence_placeholders(vci_sentence sentence);

/*
 * Reads the sentences of findings->language. Every key must be there once, with
 * placeholders that it may have; faults (kind R01) become findings with line and column,
 * and VC_BAD_INPUT is returned.
 */
vc_status vci_sentences_read(const vc_datadirs *dirs, vc_findings *findings,
                             vci_sentences *sentences);

/* The same from text[n] with an end mark; file is its name in findings. */
vc_status vci_sentences_parse(const char *file, char *text, size_t n, vc_findings *findings,
                              vci_sentences *sentences);

void vci_sentences_free(vci_sentences *sentences);

/*
 * A sentence with its placeholders filled: pairs of name and value, then NULL. Values are
 * made fit to be shown. Owned by the caller; NULL when there is no memory.
 */
char *vci_sentence_fill(const vci_sentences *sentences, vci_sentence sentence, ...)
    __attribute__((sentinel));

#endif
