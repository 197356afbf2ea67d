/* Axes: ranges with round steps, tics of periods, lines as data blocks. */
#ifndef VCI_AXIS_INTERNAL_H
#define VCI_AXIS_INTERNAL_H

#include "chart/script_internal.h"
#include "vitalcast/period.h"
#include "vitalcast/text.h"

/* x, then a figure. */
typedef struct vci_point {
    double x, y;
} vci_point;

typedef struct vci_range {
    double low, high, step;
    int digits; /* of the step */
} vci_range;

/* low .. high (never empty) with about six round steps; whole ones for digits 0. */
vci_range vci_range_around(double low, double high, int digits);

/* Takes a figure into low .. high; both NaN: nothing yet; NaN adds nothing. */
void vci_range_widen(double y, double *low, double *high);

/*
 * The range of figures with some room around them, from 0 where that is near: figures
 * that cannot be negative are then not made to look more different than they are.
 */
vci_range vci_range_with_room(double low, double high, int digits);

/* y_low, y_high, y_step, y_digits; the same for x. axis is 'x' or 'y'. */
void vci_axis_set_range(vci_script *script, char axis, const vci_range *range);

/*
 * Names of the periods, twelve at most, at x = period - origin, with the year below the
 * first and every January: set xtics, n_years, year_x, year_text.
 */
void vci_axis_set_periods(vci_script *script, vc_year span, vc_period origin,
                          vc_frequency frequency, vc_language language);

/* Whole years, ten at most. */
void vci_axis_set_years(vci_script *script, double low, double high);

/* A data block of points; of NaN where there are none. */
void vci_axis_set_line(vci_script *script, const char *name, size_t n,
                       const vci_point *points);

/* array NAME[i] = text, 1-based. */
void vci_axis_set_element(vci_script *script, const char *array, size_t i,
                          const char *text);

#endif
