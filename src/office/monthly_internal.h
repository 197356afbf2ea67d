/* Figures of any times to figures of months. */
#ifndef VCI_MONTHLY_INTERNAL_H
#define VCI_MONTHLY_INTERNAL_H

#include "office/figures_internal.h"

typedef enum vci_how {
    VCI_HOW_READ,       /* as it stands */
    VCI_HOW_DIFFERENCE, /* less the figures of other cells */
    VCI_HOW_SPLIT,      /* a part of several months together */
    VCI_HOW_CORRECTED   /* a later negative figure was taken off it */
} vci_how;

/* The figure of a month, ready for its table. */
typedef struct vci_month {
    vci_figure figure; /* first == last */
    vci_how how;
    size_t
        less; /* figure that it is the difference to; VCI_NO_FIGURE if to none or several */
} vci_month;

typedef struct vci_months {
    size_t n, capacity;
    vci_month *list; /* by period, unit, basis, column, indicator */
} vci_months;

/*
 * Sums since a month become the differences to the sums before them. Faults: I11 (two cells
 * say different things of one time), I12 (months that cannot be told apart), I13
 * (negative).
 */
vc_status vci_months_form(const vci_settings *settings, const vci_figures *figures,
                          vc_findings *findings, vci_months *months);
void vci_months_free(vci_months *months);

#endif
