/* Which font the charts are set in. */
#ifndef VCI_FONT_INTERNAL_H
#define VCI_FONT_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/chart.h"

/* Its name needs no quoting anywhere: not in gnuplot, not in SVG. */
bool vci_font_is_plain(const vc_chart_font *font);

#endif
