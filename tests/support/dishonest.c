#include "support/dishonest.h"

#include <math.h>

#include "support/honest_county.h"

static double *males(vc_panel *p, size_t unit) {
    return p->count[VC_BIRTHS_MALE] + unit * p->n_periods;
}

static double *females(vc_panel *p, size_t unit) {
    return p->count[VC_BIRTHS_FEMALE] + unit * p->n_periods;
}

/* Every k-th of what could be touched, so that a share is. */
static bool turn(size_t k, double share) {
    return floor((double)(k + 1) * share) > floor((double)k * share);
}

void vct_smooth(vc_panel *p, size_t unit, double share) {
    double *m = males(p, unit), *f = females(p, unit);
    for (size_t begin = 0; begin < p->n_periods; begin += 12) {
        double mean = 0;
        for (size_t t = begin; t < begin + 12; t++) mean += (m[t] + f[t]) / 12;
        for (size_t t = begin; t < begin + 12; t++) {
            double births = m[t] + f[t], other = round(births + share * (mean - births));
            double boys = births > 0 ? round(other * m[t] / births) : round(other / 2);
            m[t] = boys;
            f[t] = other - boys;
        }
    }
    vct_honest_sum_up(p);
}

void vct_even_sexes(vc_panel *p, size_t unit, double ratio) {
    double *m = males(p, unit), *f = females(p, unit);
    for (size_t t = 0; t < p->n_periods; t++) {
        double births = m[t] + f[t];
        m[t] = round(births * ratio / (100 + ratio));
        f[t] = births - m[t];
    }
    vct_honest_sum_up(p);
}

static double year_sum(const double *figure) {
    double sum = 0;
    for (size_t t = 0; t < 12; t++) sum += figure[t];
    return sum;
}

void vct_bunch(vc_panel *p, double limit, double share) {
    size_t touched = 0;
    for (size_t unit = 1; unit < p->tree.n; unit++)
        for (size_t begin = 0; begin < p->n_periods; begin += 12) {
            double *m = males(p, unit) + begin, *f = females(p, unit) + begin;
            double ratio = 100 * year_sum(m) / year_sum(f);
            if (!(ratio > limit && ratio <= 1.02 * limit) || !turn(touched++, share))
                continue;
            for (size_t t = 0; 100 * year_sum(m) > limit * year_sum(f); t = (t + 1) % 12) {
                if (m[t] == 0) continue;
                m[t]--;
                f[t]++;
            }
        }
    vct_honest_sum_up(p);
}

void vct_shift(vc_panel *p, size_t unit, int year, double share) {
    double *m = males(p, unit), *f = females(p, unit);
    for (size_t t = 11; t + 1 < p->n_periods; t += 12) {
        if (year >= 0 && (size_t)year != t / 12) continue;
        double boys = round(share * m[t]), girls = round(share * f[t]);
        m[t] -= boys;
        m[t + 1] += boys;
        f[t] -= girls;
        f[t + 1] += girls;
    }
    vct_honest_sum_up(p);
}

void vct_heap(vc_panel *p, size_t unit, double share) {
    double *m = males(p, unit), *f = females(p, unit);
    for (size_t t = 0; t < p->n_periods; t++)
        if (turn(t, share)) m[t] = fmax(0, 5 * round((m[t] + f[t]) / 5) - f[t]);
    vct_honest_sum_up(p);
}

void vct_late(vc_panel *p, size_t unit, size_t every) {
    double *m = males(p, unit), *f = females(p, unit);
    for (size_t t = every - 1; t + 1 < p->n_periods; t += every) {
        m[t + 1] += m[t];
        f[t + 1] += f[t];
        m[t] = f[t] = 0;
    }
    vct_honest_sum_up(p);
}
