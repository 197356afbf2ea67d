/* The bytes of a picture: is it whole, and what is put into it. */
#ifndef VCI_PICTURE_INTERNAL_H
#define VCI_PICTURE_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/chart.h"

typedef struct vci_picture {
    char *bytes;
    size_t n;
} vci_picture;

/*
 * Checks that a picture is whole: gnuplot exits with 0 on a full disk. PNG: every chunk by
 * its length and CRC up to IEND; SVG: from its first tag to </svg>; PDF: from its signature
 * to %%EOF; EMF: as long as its header says, with its last record. VC_CHART_FAILED.
 */
vc_status vci_picture_check(const vci_picture *picture, vc_chart_format format);

/* Gives a PNG its physical size (a pHYs chunk). */
vc_status vci_picture_set_scale(vci_picture *picture, uint32_t pixels_per_metre);

/*
 * What gnuplot leaves undone in an SVG: a title and description (for screen readers), bold
 * type (it writes font-family="NAME:Bold", which is no family) and the families for a
 * reader without `font`.
 */
vc_status vci_picture_finish(vci_picture *picture, const char *title, const char *alt,
                             const char *font);

void vci_picture_free(vci_picture *picture);

#endif
