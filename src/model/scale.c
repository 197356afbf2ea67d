/*
 * Priors of standard deviations. PC prior: exponential on the sd with P(sd > upper) =
 * probability (Simpson, Rue, Riebler, Martins and Sorbye 2017, Statistical Science 32,
 * section 3).
 */
#include "model/scale_internal.h"

#include <math.h>

/* log(2 / sqrt(2 pi)): the half-normal's constant. */
static const double LOG_HALF_NORMAL = -0.22579135264472743;

bool vci_scale_present(const vc_scale *scale) { return scale->kind != VC_SCALE_ABSENT; }

bool vci_scale_free(const vc_scale *scale) {
    return scale->kind != VC_SCALE_ABSENT && scale->kind != VC_SCALE_FIXED;
}

static double half_normal(double sd, double scale) {
    double ratio = sd / scale;
    return LOG_HALF_NORMAL - log(scale) - 0.5 * ratio * ratio;
}

static double mixture(const vc_scale *scale, double sd) {
    double near = log(scale->weight) + half_normal(sd, scale->spike);
    double far = log1p(-scale->weight) + half_normal(sd, scale->upper);
    double high = fmax(near, far);
    return high + log(exp(near - high) + exp(far - high));
}

double vci_scale_log_density(const vc_scale *scale, double theta) {
    double sd = exp(theta), rate;
    switch (scale->kind) {
    case VC_SCALE_PC:
        rate = -log(scale->probability) / scale->upper;
        return theta + log(rate) - rate * sd;
    case VC_SCALE_HALF_NORMAL:
        return theta + half_normal(sd, scale->upper);
    case VC_SCALE_MIXTURE:
        return theta + mixture(scale, sd);
    case VC_SCALE_ABSENT:
    case VC_SCALE_FIXED:
        break;
    }
    return 0;
}

/*
 * d log half-normal / d log sd = - (sd / scale)^2; the mixture weighs its parts by their
 * mass.
 */
static double mixture_slope(const vc_scale *scale, double sd) {
    double near = scale->weight * exp(half_normal(sd, scale->spike));
    double far = (1 - scale->weight) * exp(half_normal(sd, scale->upper));
    double a = sd / scale->spike, b = sd / scale->upper;
    return near + far > 0 ? -(near * a * a + far * b * b) / (near + far) : -b * b;
}

double vci_scale_log_slope(const vc_scale *scale, double theta) {
    double sd = exp(theta), ratio = sd / scale->upper;
    switch (scale->kind) {
    case VC_SCALE_PC:
        return 1 + log(scale->probability) / scale->upper * sd;
    case VC_SCALE_HALF_NORMAL:
        return 1 - ratio * ratio;
    case VC_SCALE_MIXTURE:
        return 1 + mixture_slope(scale, sd);
    case VC_SCALE_ABSENT:
    case VC_SCALE_FIXED:
        break;
    }
    return 0;
}
