/* Streaming quantiles: see the header for what is exact. */
#include "num/histogram_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void vci_histogram_init(vci_histogram *h, bool whole) {
    memset(h, 0, sizeof *h);
    h->whole = whole;
    h->least = INFINITY;
    h->most = -INFINITY;
}

/* Whatever x is, some bin has it. A place above 0 is cut to its bin's number. */
static inline size_t bin_of(double low, double width, double x) {
    double place = (x - low) / width, last = VCI_HISTOGRAM_BINS - 1;
    return (size_t)(int)(place > last ? last : place > 0 ? place : 0);
}

static void count(vci_histogram *h, double x) { h->u.bin[bin_of(h->low, h->width, x)]++; }

/* Bins as wide as the values seen, half as much again below and above. */
static void make_bins(vci_histogram *h) {
    double first[VCI_HISTOGRAM_EXACT], range = h->most - h->least;
    memcpy(first, h->u.value, sizeof first);
    memset(&h->u, 0, sizeof h->u);
    double span = range > 0 ? 2 * range : fabs(h->least) > 0 ? fabs(h->least) : 1;
    h->low = h->least - (span - range) / 2;
    h->width = span / VCI_HISTOGRAM_BINS;
    if (h->whole) {
        h->width = ceil(h->width);
        h->low = floor((h->least + h->most) / 2) - h->width * (VCI_HISTOGRAM_BINS / 2);
    }
    for (size_t i = 0; i < VCI_HISTOGRAM_EXACT; i++) count(h, first[i]);
}

/* The first values are kept, until there are too many; returns how many of x are. */
static size_t keep(vci_histogram *h, size_t n, const double *x) {
    size_t room = h->n < VCI_HISTOGRAM_EXACT ? VCI_HISTOGRAM_EXACT - h->n : 0;
    if (n < room) room = n;
    for (size_t i = 0; i < room; i++) {
        h->least = x[i] < h->least ? x[i] : h->least;
        h->most = x[i] > h->most ? x[i] : h->most;
        h->u.value[h->n++] = x[i];
    }
    return room;
}

/* The hot loop of the assessment: what it needs stands in local variables. */
void vci_histogram_add(vci_histogram *h, size_t n, const double *x) {
    size_t i = keep(h, n, x);
    if (i == n) return;
    if (h->n == VCI_HISTOGRAM_EXACT) make_bins(h);
    double least = h->least, most = h->most, low = h->low, width = h->width;
    uint32_t *bin = h->u.bin;
    h->n += n - i;
    for (; i < n; i++) {
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
        bin[bin_of(low, width, x[i])]++;
    }
    h->least = least;
    h->most = most;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of the values kept, sorted. */
static double exact_quantile(const vci_histogram *h, const double *sorted, double p) {
    if (h->whole) {
        double rank = ceil(p * (double)h->n);
        return sorted[rank < 1 ? 0 : (size_t)rank - 1];
    }
    double at = p * (double)(h->n - 1), below = floor(at);
    size_t i = (size_t)below, next = i + 1 < h->n ? i + 1 : i;
    return sorted[i] + (at - below) * (sorted[next] - sorted[i]);
}

static void exact_quantiles(const vci_histogram *h, size_t m, const double *p, double *q) {
    double sorted[VCI_HISTOGRAM_EXACT];
    memcpy(sorted, h->u.value, h->n * sizeof *sorted);
    qsort(sorted, h->n, sizeof *sorted, by_value);
    for (size_t i = 0; i < m; i++) q[i] = exact_quantile(h, sorted, p[i]);
}

/*
 * Where in a bin a share of its values lies below. The end bins reach out to the outliers
 * that they hold. Whole numbers stay whole, also where a bin holds several of them.
 */
static double within(const vci_histogram *h, size_t bin, double share) {
    double from = h->low + h->width * (double)bin, to = from + h->width;
    bool outliers =
        (bin == 0 && h->least < from) || (bin + 1 == VCI_HISTOGRAM_BINS && h->most >= to);
    if (h->whole && h->width == 1 && !outliers) return from;
    if (bin == 0) from = fmin(from, h->least);
    if (bin + 1 == VCI_HISTOGRAM_BINS) to = fmax(to, h->most);
    double x = from + (to - from) * share;
    if (h->whole) x = floor(x + 0.5);
    return x < h->least ? h->least : x > h->most ? h->most : x;
}

void vci_histogram_quantiles(const vci_histogram *h, size_t m, const double p[VC_DIM(m)],
                             double q[VC_DIM(m)]) {
    size_t bin = 0;
    double below = 0; /* values in the bins before */
    for (size_t i = 0; i < m && h->n == 0; i++) q[i] = NAN;
    if (h->n == 0) return;
    if (h->n <= VCI_HISTOGRAM_EXACT) {
        exact_quantiles(h, m, p, q);
        return;
    }
    for (size_t i = 0; i < m; i++) {
        double rank = p[i] * (double)h->n;
        if (h->whole) rank = ceil(rank);
        while (bin < VCI_HISTOGRAM_BINS &&
               (h->u.bin[bin] == 0 || below + h->u.bin[bin] < rank))
            below += h->u.bin[bin++];
        q[i] = p[i] <= 0 ? h->least
               : p[i] >= 1 || bin == VCI_HISTOGRAM_BINS
                   ? h->most
                   : within(h, bin, (rank - below) / h->u.bin[bin]);
    }
}

double vci_histogram_quantile(const vci_histogram *h, double p) {
    double q;
    vci_histogram_quantiles(h, 1, &p, &q);
    return q;
}
