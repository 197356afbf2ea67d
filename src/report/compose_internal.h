/* Composing a report: the sections write their blocks one after the other. */
#ifndef VCI_COMPOSE_INTERNAL_H
#define VCI_COMPOSE_INTERNAL_H

#include "report/document_internal.h"
#include "report/facts_internal.h"
#include "report/markup_internal.h"
#include "report/sentence_internal.h"
#include "store/run_track_internal.h"

typedef struct vci_composer {
    const vci_facts *facts;
    const vci_sentences *sentences;
    const vci_run_track *track;
    vci_document *document;
    size_t heading[2]; /* numbers of the last headings */
    size_t n_tables, n_figures;
    unsigned seasons; /* bit per event whose season was shown */
} vci_composer;

/* Everything that a run has to say. document: zeroed; release also after a failure. */
vc_status vci_report_compose(const vci_facts *facts, const vci_sentences *sentences,
                             const vci_run_track *track, vci_document *document);

/* "示例县2013年上半年人口形势分析" without what file names may not have; owned by the
 * caller. */
char *vci_report_name(const vci_facts *facts, const vci_sentences *sentences);

/* --- sections ----------------------------------------------------------------------- */

void vci_compose_leaders(vci_composer *c);
void vci_compose_indicators(vci_composer *c);
void vci_compose_ranks(vci_composer *c);
void vci_compose_lists(vci_composer *c);
void vci_compose_quality(vci_composer *c);
void vci_compose_track(vci_composer *c);
void vci_compose_method(vci_composer *c);
void vci_compose_provenance(vci_composer *c);

/* --- what sections share ------------------------------------------------------------ */

/* Blocks from sentences without placeholders; slide: see vci_block. */
void vci_compose_heading(vci_composer *c, unsigned level, char *text, bool slide);
void vci_compose_say(vci_composer *c, vci_sentence sentence);
void vci_compose_note(vci_composer *c, vci_sentence sentence);

/*
 * A paragraph that grows: adds a sentence (released; NULL is out of memory), with a blank
 * between Latin ones; then makes it a block.
 */
void vci_compose_join(const vci_composer *c, vci_markup *paragraph, char *sentence);
void vci_compose_close(vci_composer *c, vci_markup *paragraph);

/* The name of the whole: of the workspace, or of its root. */
vci_label vci_compose_place(const vci_facts *facts);

/* A table of facts: a column each, the heading row made. Owns title; unit may be NULL. */
vci_table *vci_compose_table(vci_composer *c, char *title, char *unit, size_t n,
                             const vci_fact *facts);
void vci_compose_row(vci_composer *c, size_t result, size_t n, const vci_fact *facts);

/* A numbered title of a table (0) or figure (1); takes the text. */
char *vci_compose_numbered(vci_composer *c, bool figure, char *text);

/* A figure with its title by kind of chart, and the words of the chart for who cannot see.
 */
void vci_compose_chart(vci_composer *c, const vc_chart *chart);

/* A list of names in words: adds one. */
void vci_compose_name(const vci_composer *c, vci_markup *list, const char *name);

/* Is the result one of the highest level? Is it a vital event's? */
bool vci_compose_leads(const vci_composer *c, size_t result);

#define VCI_LIKELY_FROM 0.8 /* P(met) from which a target counts as likely */

/* How many of the leading results of a term are likely, open, unlikely, not assessed. */
typedef struct vci_tally_of_term {
    size_t likely, open, unlikely, unknown;
} vci_tally_of_term;
vci_tally_of_term vci_compose_tally(const vci_composer *c, size_t begin, size_t end);

/* A whole number as a text. */
vci_label vci_compose_number(size_t number);

#endif
