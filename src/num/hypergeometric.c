/* Hypergeometric numbers by inversion. */
#include "num/hypergeometric_internal.h"

#define NEGLIGIBLE 1e-18

/* P(x + 1) / P(x). */
static double rise(int64_t total, int64_t marked, int64_t taken, int64_t x) {
    return ((double)(marked - x) * (double)(taken - x)) /
           ((double)(x + 1) * (double)(total - marked - taken + x + 1));
}

int64_t vci_hypergeometric(double u, int64_t total, int64_t marked, int64_t taken) {
    int64_t least = taken - (total - marked), most = marked < taken ? marked : taken;
    if (least < 0) least = 0;
    int64_t mode =
        (int64_t)((double)(marked + 1) * (double)(taken + 1) / (double)(total + 2));
    if (mode < least) mode = least;
    if (mode > most) mode = most;
    double sum = 1, weight = 1;
    for (int64_t x = mode; x < most && weight > NEGLIGIBLE; x++)
        sum += weight *= rise(total, marked, taken, x);
    int64_t low = mode;
    for (weight = 1; low > least && weight > NEGLIGIBLE; low--)
        sum += weight /= rise(total, marked, taken, low - 1);
    double below = weight, wanted = u * sum;
    while (below < wanted && low < most) {
        weight *= rise(total, marked, taken, low++);
        below += weight;
    }
    return low;
}
