/*
 * Exact samplers on Philox. Gamma: Marsaglia and Tsang (2000), ACM TOMS 26. Poisson and
 * binomial: inversion below a mean of 10, else transformed rejection with squeeze, Hoermann
 * (1993), Insurance: Mathematics and Economics 12 (PTRS) and Journal of Statistical
 * Computation and Simulation 46 (BTRS).
 */
#include "num/random_internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/elementary_internal.h"
#include "num/philox_internal.h"

#define INVERSION_BELOW 10.0
/* The inner counter of the one uniform that is not part of a rejection loop. */
#define APART UINT32_MAX
/* No mean that people count is larger, and beyond it k would lose digits. */
#define LARGEST_MEAN 1e15

/*
 * Finaliser of splitmix64 (Steele, Lea and Flood 2014): every input bit moves every output
 * bit.
 */
static uint64_t mix(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* FNV-1a, 64 bits (Fowler, Noll and Vo). */
static uint64_t hash_text(const char *text) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        hash = (hash ^ *c) * 0x100000001B3u;
    return hash;
}

uint64_t vci_mix_text(uint64_t seed, const char *text) {
    return mix(mix(seed) ^ hash_text(text));
}

uint64_t vci_unit_key(uint64_t seed, const char *code) { return vci_mix_text(seed, code); }

typedef struct hashed {
    uint64_t hash;
    size_t place;
} hashed;

/* The earlier place first, so that the answer does not depend on qsort. */
static int by_hash(const void *a, const void *b) {
    const hashed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash > y->hash ? 1 : -1;
    return (x->place > y->place) - (x->place < y->place);
}

/* What follows the hash is one to one, so that equal keys are equal hashes. */
vc_status vci_unit_keys_clash(size_t n, const char *const *codes, size_t clash[2]) {
    vc_status st = VC_OK;
    hashed *list = NULL;
    clash[0] = clash[1] = n;
    VC_NEW(list, n);
    for (size_t i = 0; i < n; i++) list[i] = (hashed){hash_text(codes[i]), i};
    qsort(list, n, sizeof *list, by_hash);
    for (size_t i = 1; i < n && clash[0] == n; i++) {
        size_t a = list[i - 1].place, b = list[i].place;
        if (list[i].hash != list[i - 1].hash || !strcmp(codes[a], codes[b])) continue;
        clash[0] = a;
        clash[1] = b;
    }
out:
    vci_free(list);
    return st;
}

vci_stream vci_stream_make(uint64_t seed, const char *code, uint32_t role_and_purpose,
                           uint32_t period) {
    uint64_t key = vci_unit_key(seed, code);
    return (vci_stream){{(uint32_t)key, (uint32_t)(key >> 32)},
                        role_and_purpose << 24 | (period & 0xFFFFFFu)};
}

typedef struct pair {
    double u, v;
} pair;

/*
 * 52 bits, centred in their interval so that neither 0 nor 1 occurs; with one bit more the
 * last number would round to 1.
 */
static double unit_interval(uint32_t high, uint32_t low) {
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
    return ((double)bits + 0.5) * 0x1p-52;
}

static pair uniforms(const vci_stream *s, uint32_t draw, uint32_t inner) {
    uint32_t counter[4] = {inner, draw, s->place, 0};
    vci_philox block = vci_philox_block(counter, s->key);
    return (pair){unit_interval(block.word[0], block.word[1]),
                  unit_interval(block.word[2], block.word[3])};
}

void vci_fill_uniform(const vci_stream *s, uint32_t first_draw, size_t n, double *u) {
    for (size_t d = 0; d < n; d++) u[d] = uniforms(s, first_draw + (uint32_t)d, 0).u;
}

void vci_fill_normal(const vci_stream *s, uint32_t first_draw, size_t n, size_t per_draw,
                     double *z) {
    for (size_t d = 0; d < n; d++)
        for (size_t i = 0; i < per_draw; i += 2) {
            pair p = uniforms(s, first_draw + (uint32_t)d, (uint32_t)(i / 2));
            z[d * per_draw + i] = vci_normal_quantile(p.u);
            if (i + 1 < per_draw) z[d * per_draw + i + 1] = vci_normal_quantile(p.v);
        }
}

/* Shape at least 1. */
static double gamma_large(const vci_stream *s, uint32_t draw, double shape) {
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (uint32_t inner = 0;; inner++) {
        pair p = uniforms(s, draw, inner);
        double x = vci_normal_quantile(p.u), root = 1 + c * x;
        if (root <= 0) continue;
        double v = root * root * root, x2 = x * x;
        if (p.v < 1 - 0.0331 * x2 * x2) return d * v;
        if (vci_log(p.v) < 0.5 * x2 + d * (1 - v + vci_log(v))) return d * v;
    }
}

void vci_fill_gamma(const vci_stream *s, uint32_t first_draw, size_t n, const double *shape,
                    double *g) {
    for (size_t d = 0; d < n; d++) {
        uint32_t draw = first_draw + (uint32_t)d;
        if (!(shape[d] > 0) || isinf(shape[d])) {
            g[d] = NAN;
        } else if (shape[d] >= 1) {
            g[d] = gamma_large(s, draw, shape[d]);
        } else {
            double u = uniforms(s, draw, APART).u;
            g[d] = gamma_large(s, draw, shape[d] + 1) * vci_exp(vci_log(u) / shape[d]);
        }
    }
}

/* Beyond this the sum of an inversion does not grow any more: u lies in its rounding. */
#define NO_MASS 0x1p-60

static int64_t poisson_small(double u, double mean) {
    double p = vci_exp(-mean), sum = p;
    int64_t k = 0;
    while (u > sum && ((double)k < mean || p > NO_MASS)) {
        k++;
        p *= mean / (double)k;
        sum += p;
    }
    return k;
}

static int64_t poisson_large(const vci_stream *s, uint32_t draw, double mean) {
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double log_inverse_alpha = vci_log(1.1239 + 1.1328 / (b - 3.4));
    double squeeze = 0.9277 - 3.6224 / (b - 2), log_mean = vci_log(mean);
    for (uint32_t inner = 0;; inner++) {
        pair p = uniforms(s, draw, inner);
        double u = p.u - 0.5, us = 0.5 - fabs(u);
        double x = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && p.v <= squeeze) return (int64_t)x;
        if (x < 0 || (us < 0.013 && p.v > us)) continue;
        int64_t k = (int64_t)x;
        if (vci_log(p.v) + log_inverse_alpha - vci_log(a / (us * us) + b) <=
            x * log_mean - mean - vci_log_factorial(k))
            return k;
    }
}

void vci_fill_poisson(const vci_stream *s, uint32_t first_draw, size_t n,
                      const double *mean, int64_t *k) {
    for (size_t d = 0; d < n; d++) {
        uint32_t draw = first_draw + (uint32_t)d;
        double m = mean[d] < LARGEST_MEAN ? mean[d] : LARGEST_MEAN;
        if (!(mean[d] > 0))
            k[d] = 0;
        else if (m < INVERSION_BELOW)
            k[d] = poisson_small(uniforms(s, draw, 0).u, m);
        else
            k[d] = poisson_large(s, draw, m);
    }
}

static int64_t binomial_small(double u, int64_t n, double p) {
    double odds = p / (1 - p), mass = vci_exp((double)n * vci_log(1 - p)), sum = mass;
    double mean = (double)n * p;
    int64_t k = 0;
    while (u > sum && k < n && ((double)k < mean || mass > NO_MASS)) {
        k++;
        mass *= odds * ((double)(n - k + 1) / (double)k);
        sum += mass;
    }
    return k;
}

/* p <= 1/2 and n p >= 10. */
static int64_t binomial_large(const vci_stream *s, uint32_t draw, int64_t n, double p) {
    double trials = (double)n, q = 1 - p, spread = sqrt(trials * p * q);
    double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = trials * p + 0.5, squeeze = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread, log_odds = vci_log(p / q);
    int64_t mode = (int64_t)floor((trials + 1) * p);
    double top = vci_log_factorial(mode) + vci_log_factorial(n - mode);
    for (uint32_t inner = 0;; inner++) {
        pair r = uniforms(s, draw, inner);
        double u = r.u - 0.5, us = 0.5 - fabs(u), x = floor((2 * a / us + b) * u + centre);
        if (us >= 0.07 && r.v <= squeeze) return (int64_t)x;
        if (x < 0 || x > trials) continue;
        int64_t k = (int64_t)x;
        if (vci_log(r.v * alpha / (a / (us * us) + b)) <= top - vci_log_factorial(k) -
                                                              vci_log_factorial(n - k) +
                                                              (double)(k - mode) * log_odds)
            return k;
    }
}

void vci_fill_binomial(const vci_stream *s, uint32_t first_draw, size_t n,
                       const int64_t *trials, const double *p, int64_t *k) {
    for (size_t d = 0; d < n; d++) {
        uint32_t draw = first_draw + (uint32_t)d;
        bool mirrored = p[d] > 0.5;
        double small = mirrored ? 1 - p[d] : p[d];
        int64_t count = 0;
        if (trials[d] > 0 && small > 0)
            count = (double)trials[d] * small < INVERSION_BELOW
                        ? binomial_small(uniforms(s, draw, 0).u, trials[d], small)
                        : binomial_large(s, draw, trials[d], small);
        k[d] = mirrored ? (trials[d] > 0 ? trials[d] : 0) - count : count;
    }
}
