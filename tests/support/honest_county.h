/*
 * Simulated counties whose figures are honest: a county and its townships, births by sex
 * and deaths by month, with the season, trend, drift, shocks and over-dispersion that
 * STATISTICS.md found in real registrations, and nothing else.
 */
#ifndef VCT_HONEST_COUNTY_H
#define VCT_HONEST_COUNTY_H

#include "vitalcast/quality.h"

typedef struct vct_county_options {
    size_t townships, years;
    double births;     /* a month of the median township */
    double spread;     /* sd of the log of their sizes */
    double dispersion; /* phi of the negative binomial; 0: Poisson */
} vct_county_options;

/* 12 townships, 8 years, 17 births, 1.1, 1000. */
vct_county_options vct_county_options_default(void);

/* Unit 0 is the county; years end in December; 2013-01 on. Another county for each seed. */
void vct_honest_county(const vct_county_options *options, unsigned seed, vc_panel *panel);

/* Sums of the county after a change of a township's figures, births from their sexes. */
void vct_honest_sum_up(vc_panel *panel);

#endif
