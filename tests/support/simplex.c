#include "support/simplex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TINY 1e-7
#define MANY 400 /* pivots by the steepest column before Bland's rule takes over */

void vct_simplex_init(vct_simplex *s, size_t n) { *s = (vct_simplex){.n = n}; }

double *vct_simplex_row(vct_simplex *s) {
    size_t width = s->n + 1;
    if (s->m == s->capacity) {
        s->capacity = s->capacity ? 2 * s->capacity : 64;
        s->row = realloc(s->row, s->capacity * width * sizeof *s->row);
    }
    double *row = s->row + s->m++ * width;
    memset(row, 0, width * sizeof *row);
    return row;
}

static void subtract(double *row, const double *pivot, double times, size_t width) {
    if (fabs(times) < 1e-13) return;
    for (size_t j = 0; j < width; j++) row[j] -= times * pivot[j];
}

static void pivot_on(vct_simplex *s, double *cost, size_t r, size_t c) {
    size_t width = s->n + 1;
    double *pivot = s->row + r * width, by = pivot[c];
    for (size_t j = 0; j < width; j++) pivot[j] /= by;
    for (size_t i = 0; i < s->m; i++)
        if (i != r) subtract(s->row + i * width, pivot, s->row[i * width + c], width);
    if (cost) subtract(cost, pivot, cost[c], width);
    s->basis[r] = c;
}

static size_t entering(const vct_simplex *s, const double *cost, bool bland) {
    size_t best = s->n;
    double least = -TINY;
    for (size_t j = 0; j < s->n; j++)
        if (cost[j] < least) {
            best = j;
            if (bland) break;
            least = cost[j];
        }
    return best;
}

static size_t leaving(const vct_simplex *s, size_t c) {
    size_t width = s->n + 1, best = s->m;
    double least = INFINITY;
    for (size_t i = 0; i < s->m; i++) {
        const double *row = s->row + i * width;
        if (row[c] < TINY) continue;
        double ratio = fmax(0, row[s->n]) / row[c];
        if (ratio < least - 1e-10 ||
            (ratio < least + 1e-10 && best < s->m && s->basis[i] < s->basis[best])) {
            least = ratio;
            best = i;
        }
    }
    return best;
}

/* cost [n + 1] is reduced to the basis; its last place is minus the value. */
static bool descend(vct_simplex *s, double *cost) {
    for (size_t i = 0;; i++) {
        size_t c = entering(s, cost, i > MANY);
        if (c == s->n) return true;
        size_t r = leaving(s, c);
        if (r == s->m) return false;
        pivot_on(s, cost, r, c);
    }
}

/* Rows without a vertex of their own get an unknown that must go to 0 (basis n). */
bool vct_simplex_start(vct_simplex *s) {
    size_t width = s->n + 1, kept = 0;
    double *cost = calloc(width, sizeof *cost);
    s->basis = malloc((s->m + 1) * sizeof *s->basis);
    for (size_t i = 0; i < s->m; i++) {
        double *row = s->row + i * width;
        s->basis[i] = s->n;
        if (row[s->n] < 0)
            for (size_t j = 0; j < width; j++) row[j] = -row[j];
        for (size_t j = 0; j < width; j++) cost[j] -= row[j];
    }
    descend(s, cost);
    bool feasible = cost[s->n] > -1e-5;
    free(cost);
    for (size_t i = 0; i < s->m; i++) { /* what is left in the basis at 0 */
        double *row = s->row + i * width;
        size_t c = 0;
        if (s->basis[i] < s->n) continue;
        for (size_t j = 0; j < s->n; j++)
            if (fabs(row[j]) > fabs(row[c])) c = j;
        if (fabs(row[c]) > 1e-6) pivot_on(s, NULL, i, c);
    }
    for (size_t i = 0; i < s->m; i++) { /* rows that say nothing new */
        if (s->basis[i] == s->n) continue;
        memmove(s->row + kept * width, s->row + i * width, width * sizeof *s->row);
        s->basis[kept++] = s->basis[i];
    }
    s->m = kept;
    return feasible;
}

double vct_simplex_least(vct_simplex *s, const double *form) {
    size_t width = s->n + 1;
    double *cost = calloc(width, sizeof *cost), least = -INFINITY;
    memcpy(cost, form, s->n * sizeof *cost);
    for (size_t i = 0; i < s->m; i++)
        subtract(cost, s->row + i * width, cost[s->basis[i]], width);
    if (descend(s, cost)) least = -cost[s->n];
    free(cost);
    return least;
}

void vct_simplex_free(vct_simplex *s) {
    free(s->row);
    free(s->basis);
    *s = (vct_simplex){0};
}
