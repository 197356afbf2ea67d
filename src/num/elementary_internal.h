/*
 * exp, log and their kin in plain C, correct to about one unit in the last place: unlike
 * libm's, their bits are the same on every machine, compiler and path.
 */
#ifndef VCI_ELEMENTARY_INTERNAL_H
#define VCI_ELEMENTARY_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

double vci_exp(double x);
double vci_log(double x);

/* log(1 + x), to full relative precision for small x. */
double vci_log1p(double x);

/* log(k!) for k >= 0. */
double vci_log_factorial(int64_t k);

/* Standard normal quantile of u in (0, 1). */
double vci_normal_quantile(double u);

#endif
