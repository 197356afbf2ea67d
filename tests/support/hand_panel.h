/* A small monthly panel made by hand: one county, two townships, every figure known. */
#ifndef VCT_HAND_PANEL_H
#define VCT_HAND_PANEL_H

#include "vitalcast/panel.h"

/*
 * Unit 0 is the county, 1 and 2 its townships; `months` months from 2019-01. Township 1: 10
 * boys, 9 girls, 7 deaths a month, 10,000 people growing by 10 a month; township 2: 2 boys,
 * 1 girl, 1 death, 1,000 people. VC_BIRTHS.. VC_DEATHS are filled in, the county by sums.
 */
void vct_hand_panel(size_t months, vc_panel *panel);

/*
 * Changes one township's boys in a month (0-based), county and totals with it; NaN: all
 * events missing.
 */
void vct_hand_set_boys(vc_panel *panel, size_t township, size_t month, double boys);

#endif
