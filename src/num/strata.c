/* Strata by repeated halving, and low-discrepancy numbers to pick among them. */
#include "num/strata_internal.h"

#include <stdbool.h>

static size_t widest(size_t d, size_t n, const double *x, const size_t *order) {
    size_t best = 0;
    double most = -1;
    for (size_t v = 0; v < d; v++) {
        double sum = 0, square = 0, origin = x[order[0] * d + v];
        for (size_t i = 0; i < n; i++) {
            double r = x[order[i] * d + v] - origin;
            sum += r;
            square += r * r;
        }
        double spread = square - sum * sum / (double)n;
        if (spread > most) {
            most = spread;
            best = v;
        }
    }
    return best;
}

/* Equal values keep the order of their numbers, so that the result is one and the same. */
static bool before(const double *x, size_t d, size_t v, size_t a, size_t b) {
    double xa = x[a * d + v], xb = x[b * d + v];
    return xa < xb || (xa <= xb && a < b);
}

/* Places the n/2 smallest first (Hoare's selection). */
static void halve(size_t d, size_t v, size_t n, const double *x, size_t *order) {
    size_t low = 0, high = n - 1, middle = n / 2;
    while (low < high) {
        size_t pivot = order[(low + high) / 2], i = low, j = high;
        for (;;) {
            while (before(x, d, v, order[i], pivot)) i++;
            while (before(x, d, v, pivot, order[j])) j--;
            if (i >= j) break;
            size_t swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        if (j < middle) low = j + 1;
        if (j >= middle) high = j;
    }
}

void vci_strata_choose(size_t d, size_t n, const double *x, size_t k,
                       const vci_stream *stream, size_t *order, size_t *chosen) {
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t parts = 1; parts < k; parts *= 2) {
        size_t size = n / parts;
        for (size_t p = 0; p < parts; p++) {
            size_t *part = order + p * size;
            halve(d, widest(d, size, x, part), size, x, part);
        }
    }
    for (size_t i = 0; i < k; i++) {
        double u;
        vci_fill_uniform(stream, (uint32_t)i, 1, &u);
        chosen[i] = order[i * (n / k) + (size_t)(u * (double)(n / k))];
    }
}

double vci_spread(uint64_t i, unsigned base) {
    double place = 0, digit = 1.0 / base;
    for (i++; i > 0; i /= base) {
        place += (double)(i % base) * digit;
        digit /= base;
    }
    return place;
}
