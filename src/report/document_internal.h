/*
 * A report as a list of blocks, made once and written by every writer: headings,
 * paragraphs, items, tables, figures, page breaks. All texts in it are fit to be shown.
 */
#ifndef VCI_DOCUMENT_INTERNAL_H
#define VCI_DOCUMENT_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/text.h"

typedef enum vci_block_kind {
    VCI_BLOCK_HEADING,   /* level 1 or 2 */
    VCI_BLOCK_PARAGRAPH, /* level 1: what the page is about, 2: a note in small print */
    VCI_BLOCK_ITEM,      /* of a numbered list; items that follow each other are one list */
    VCI_BLOCK_TABLE,
    VCI_BLOCK_FIGURE,
    VCI_BLOCK_PAGE /* what follows begins a new page */
} vci_block_kind;

/* Never of what chance explains (vc_grade_coloured). */
typedef enum vci_tone { VCI_TONE_PLAIN, VCI_TONE_GOOD, VCI_TONE_BAD } vci_tone;

typedef struct vci_table_cell {
    char *text;
    vci_tone tone;
} vci_table_cell;

typedef struct vci_table {
    char *title, *unit; /* unit (单位) may be NULL */
    size_t n_columns;
    unsigned left; /* bit per column: flush left; the others are numbers, flush right */
    size_t n, capacity;
    vci_table_cell *cells; /* [n] row by row, the first row is the heading */
} vci_table;

/* Bytes of a picture in one format. */
typedef struct vci_figure_bytes {
    char *bytes;
    size_t n;
} vci_figure_bytes;

#define VCI_FIGURE_PAGES 8
typedef enum vci_figure_format {
    VCI_FIGURE_SVG,
    VCI_FIGURE_PNG,
    VCI_FIGURE_FORMATS
} vci_figure_format;

typedef struct vci_drawn {
    char *title, *alt;
    vc_chart chart; /* what it shows; borrows from the run */
    /* Of each format, once it was drawn: pictures that follow each other. */
    size_t n_pages[VCI_FIGURE_FORMATS];
    vci_figure_bytes page[VCI_FIGURE_FORMATS][VCI_FIGURE_PAGES];
} vci_drawn;

typedef struct vci_block {
    vci_block_kind kind;
    unsigned level;
    bool slide; /* of a heading: what stands below it goes to the slides too */
    char *text;
    vci_table table;
    vci_drawn figure;
} vci_block;

typedef struct vci_document {
    vc_language language;
    char *title, *subtitle;
    char *boundary; /* the line on every page */
    char *notice;   /* above everything: invented data, a scenario; NULL if none */
    size_t n, capacity;
    vci_block *blocks;
    vc_status st; /* of the first call that failed; the next ones do nothing */
} vci_document;

/*
 * Texts are taken over (released with the document, also after a failure); NULL is out of
 * memory, for they come fresh from formatting.
 */
void vci_document_heading(vci_document *document, unsigned level, char *text);
void vci_document_paragraph(vci_document *document, unsigned level, char *text);
void vci_document_item(vci_document *document, char *text);
void vci_document_page(vci_document *document);
/* alt: NULL where it is said later, before anything is written. */
vci_drawn *vci_document_figure(vci_document *document, char *title, char *alt);

/* A table without rows; NULL after a failure. left: see vci_table. */
vci_table *vci_document_table(vci_document *document, size_t n_columns, unsigned left,
                              char *title);

/* The last table gets one more cell; its text is copied and made fit to be shown. */
void vci_document_cell(vci_document *document, const char *text);
void vci_document_toned(vci_document *document, const char *text, vci_tone tone);

void vci_document_free(vci_document *document);

/*
 * A text without what is not to be shown (see vci_label_next), line ends as blanks, at most
 * `most` characters, then "…". NULL when there is no memory.
 */
char *vci_text_shown(const char *text, size_t most);

#endif
