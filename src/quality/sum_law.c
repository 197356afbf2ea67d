#include "quality/sum_law_internal.h"

#include "core/memory_internal.h"

static vc_status make_room(vci_sum_law *law, size_t n) {
    vc_status st = VC_OK;
    if (n > law->capacity) {
        double *grown = vci_realloc(law->p, 2 * n, sizeof *law->p);
        if (!grown) VC_FAIL(VC_NO_MEMORY, "%zu items", 2 * n);
        law->p = grown;
        law->capacity = 2 * n;
    }
out:
    return st;
}

vc_status vci_sum_law_start(vci_sum_law *law) {
    vc_status st = VC_OK;
    VC_TRY(make_room(law, 1));
    law->n = 0;
    law->p[0] = 1;
out:
    return st;
}

/* From the top down, so that each place is read before it is written. */
vc_status vci_sum_law_add(vci_sum_law *law, size_t m, const double *more) {
    vc_status st = VC_OK;
    size_t n = law->n + m;
    VC_TRY(make_room(law, n + 1));
    for (size_t k = n + 1; k-- > 0;) {
        double sum = 0;
        for (size_t j = 0; j <= m && j <= k; j++)
            if (k - j <= law->n) sum += more[j] * law->p[k - j];
        law->p[k] = sum;
    }
    law->n = n;
out:
    return st;
}

double vci_sum_law_mean(const vci_sum_law *law) {
    double mean = 0;
    for (size_t k = 1; k <= law->n; k++) mean += (double)k * law->p[k];
    return mean;
}

double vci_sum_law_quantile(const vci_sum_law *law, double level) {
    double below = 0;
    size_t k = 0;
    for (; k < law->n; k++)
        if ((below += law->p[k]) >= level) break;
    return (double)k;
}

double vci_sum_law_above(const vci_sum_law *law, size_t k) {
    double above = k <= law->n ? law->p[k] / 2 : 0;
    for (size_t j = k + 1; j <= law->n; j++) above += law->p[j];
    return above;
}

void vci_sum_law_free(vci_sum_law *law) {
    vci_free(law->p);
    *law = (vci_sum_law){0};
}
