/* How figures of indicators are written for people. */
#ifndef VCI_FIGURE_INTERNAL_H
#define VCI_FIGURE_INTERNAL_H

#include "vitalcast/run.h"

/* A dash where there is no figure. */
#define VCI_NO_FIGURE "—"

typedef struct vci_figure {
    char text[48];
} vci_figure;

vci_figure vci_figure_format(double number, int digits);

/* With its sign, zero without. */
vci_figure vci_figure_format_signed(double number, int digits);

/* "≤ 107", "≥ 95.00", "95–105". */
vci_figure vci_figure_format_target(const vc_run *run, const vc_result *result);

/*
 * Whole percent, one digit more below 10 and above 90; "< 0.1 %" and "> 99.9 %" at the
 * ends, where the draws say no more.
 */
vci_figure vci_figure_format_probability(double p);

/* "62.5%"; a dash for NaN. */
vci_figure vci_figure_format_percent(double percent, int digits);

#endif
