#include "support/hand_panel.h"

#include <math.h>
#include <stdlib.h>

#include "support/small_world.h"

static void set(vc_panel *p, vc_event e, size_t unit, size_t t, double x) {
    p->count[e][unit * p->n_periods + t] = x;
}

static double get(const vc_panel *p, vc_event e, size_t unit, size_t t) {
    return p->count[e][unit * p->n_periods + t];
}

static const vc_event EVENTS[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS, VC_DEATHS};

static void sum_up(vc_panel *p, size_t t) {
    for (size_t u = 1; u < 3; u++)
        set(p, VC_BIRTHS, u, t,
            get(p, VC_BIRTHS_MALE, u, t) + get(p, VC_BIRTHS_FEMALE, u, t));
    for (size_t i = 0; i < 4; i++)
        set(p, EVENTS[i], 0, t, get(p, EVENTS[i], 1, t) + get(p, EVENTS[i], 2, t));
}

void vct_hand_panel(size_t months, vc_panel *p) {
    static const size_t parents[] = {SIZE_MAX, 0, 0};
    static const double boys[] = {0, 10, 2}, girls[] = {0, 9, 1}, deaths[] = {0, 7, 1};
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = 2019 * 12, .n_periods = months};
    vct_tree(3, parents, &p->tree);
    for (size_t i = 0; i < 4; i++) {
        p->has[EVENTS[i]] = true;
        p->count[EVENTS[i]] = calloc(3 * months, sizeof(double));
    }
    p->population = calloc(3 * months, sizeof(double));
    p->status = calloc(3 * months, 1);
    p->starts = calloc(3, sizeof *p->starts);
    for (size_t t = 0; t < months; t++) {
        for (size_t u = 1; u < 3; u++) {
            set(p, VC_BIRTHS_MALE, u, t, boys[u]);
            set(p, VC_BIRTHS_FEMALE, u, t, girls[u]);
            set(p, VC_DEATHS, u, t, deaths[u]);
        }
        p->population[months + t] = 10000 + 10 * (double)t;
        p->population[2 * months + t] = 1000;
        p->population[t] = p->population[months + t] + 1000;
        sum_up(p, t);
    }
    for (size_t u = 0; u < 3; u++) p->starts[u] = p->first;
}

void vct_hand_set_boys(vc_panel *p, size_t township, size_t month, double x) {
    set(p, VC_BIRTHS_MALE, township, month, x);
    if (isnan(x)) {
        set(p, VC_BIRTHS_FEMALE, township, month, x);
        set(p, VC_DEATHS, township, month, x);
    }
    sum_up(p, month);
}
