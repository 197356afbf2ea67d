/* Formats of pictures: how gnuplot is told to make them, and how a whole one looks. */
#ifndef VCI_FORMAT_INTERNAL_H
#define VCI_FORMAT_INTERNAL_H

#include "chart/script_internal.h"
#include "vitalcast/chart.h"

/*
 * The family that texts of a format are set in: office programs show an EMF in a font of
 * theirs, all else is set in `font`, which is here.
 */
const char *vci_format_font(vc_chart_format format, const char *font);

/* The line `set terminal`; width and height are CSS pixels. */
void vci_format_terminal(vc_chart_format format, int width, int height, const char *font,
                         vci_script *script);

#endif
