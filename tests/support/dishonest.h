/* What can be done to honest figures, for the power of the tests that look for it. */
#ifndef VCT_DISHONEST_H
#define VCT_DISHONEST_H

#include "vitalcast/panel.h"

/* Each month moves towards its year's mean by a share of its distance; the sexes as they
 * were. */
void vct_smooth(vc_panel *panel, size_t unit, double share);

/* Males of every month as near to a ratio per 100 females as whole numbers allow. */
void vct_even_sexes(vc_panel *panel, size_t unit, double ratio);

/* A share of the years of all townships with a ratio above a limit, but by less than 2 %,
 * gets males written as females until it is met. */
void vct_bunch(vc_panel *panel, double limit, double share);

/* A share of the births before each year's end is written into the next month; of one
 * year only if `year` is not negative. */
void vct_shift(vc_panel *panel, size_t unit, int year, double share);

/* A share of the months has its births rounded to a multiple of five. */
void vct_heap(vc_panel *panel, size_t unit, double share);

/* In every n-th month nothing is written; the next month takes it over. */
void vct_late(vc_panel *panel, size_t unit, size_t every);

#endif
