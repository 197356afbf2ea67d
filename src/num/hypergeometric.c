/* Hypergeometric numbers by inversion. */
#include "num/hypergeometric_internal.h"

#define NEGLIGIBLE 1e-18

/* P(x + 1) / P(x). */
static double rise(int64_t total, int64_t marked, int64_t taken, int64_t x) {
    return ((double)(marked - x) * (double)(taken - x)) /
           ((double)(x + 1) * (double)(total - marked - taken + x + 1));
}

/* Support and mode. */
typedef struct range {
    int64_t least, most, mode;
} range;

static range range_of(int64_t total, int64_t marked, int64_t taken) {
    range r = {taken - (total - marked), marked < taken ? marked : taken, 0};
    if (r.least < 0) r.least = 0;
    r.mode = (int64_t)((double)(marked + 1) * (double)(taken + 1) / (double)(total + 2));
    if (r.mode < r.least) r.mode = r.least;
    if (r.mode > r.most) r.mode = r.most;
    return r;
}

/* Weights from the mode outwards, added up at or below x and above it. */
double vci_hypergeometric_at_most(int64_t x, int64_t total, int64_t marked, int64_t taken) {
    range r = range_of(total, marked, taken);
    double side[2] = {0}, weight = 1;
    for (int64_t k = r.mode; k <= r.most && weight > 0; k++) {
        side[k > x] += weight;
        weight *= k < r.most ? rise(total, marked, taken, k) : 0;
    }
    weight = 1;
    for (int64_t k = r.mode; k > r.least && weight > 0; k--) {
        weight /= rise(total, marked, taken, k - 1);
        side[k - 1 > x] += weight;
    }
    return side[0] / (side[0] + side[1]);
}

int64_t vci_hypergeometric(double u, int64_t total, int64_t marked, int64_t taken) {
    range r = range_of(total, marked, taken);
    int64_t least = r.least, most = r.most, mode = r.mode;
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
