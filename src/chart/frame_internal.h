/* What every chart carries around its picture: headings, notices, provenance, boundary. */
#ifndef VCI_FRAME_INTERNAL_H
#define VCI_FRAME_INTERNAL_H

#include "chart/script_internal.h"
#include "chart/wording_internal.h"

/*
 * Sets heading, subheading, notice (synthetic data; "" if not), caveat (a note such as
 * "model not back-tested"; "" if none), provenance and boundary for the plot script.
 */
void vci_frame_set(vci_script *script, const vc_run *run, vc_language language,
                   const char *heading, const char *subheading, const char *caveat);

/* The same for a chart that is not one of a run. */
void vci_frame_lines(vci_script *script, bool synthetic, vc_language language,
                     const char *heading, const char *subheading, const char *caveat,
                     const char *provenance);

/* Adds a part to a line, with a middle dot between parts; nothing for "". */
void vci_frame_join(vci_label *line, const char *part);

/* The number of a page (0-based), where there are several. */
void vci_frame_join_page(vci_label *line, size_t page, size_t n_pages,
                         vc_language language);

#endif
