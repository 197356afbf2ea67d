/*
 * A report as pandoc's own document tree (its JSON form), so that no text is ever read as
 * markup. Pictures are named figure<block>-<page>.png.
 */
#ifndef VCI_TREE_INTERNAL_H
#define VCI_TREE_INTERNAL_H

#include "report/writer_internal.h"

/* The whole document, with the styles of plots/report/docx. */
vc_status vci_tree_document(const vci_document *document, vci_markup *out);

/*
 * Slides: a title, then a slide for the summary, each list, table and figure below the
 * headings that are marked for slides.
 */
vc_status vci_tree_slides(const vci_document *document, vci_markup *out);

/* The name of a picture. */
char *vci_tree_picture(size_t block, size_t page);

#endif
