#include "support/listed_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/hand_panel.h"
#include "support/small_run.h"

#define MONTHS ((size_t)19)

void vct_listed_run(vc_run *run) {
    *run = (vc_run){.as_of = 2020 * 12 + 6};
    vct_hand_panel(MONTHS, &run->panel);
    run->panel.year_end_in_year = 11;
    run->settings.year_end_in_year = 11;
    run->settings.min_cell = 10;
}

size_t vct_listed_progress(vc_run *run, const char *indicator, vc_progress_kind kind,
                           double numerator, double denominator) {
    vc_panel *panel = &run->panel;
    size_t n = panel->tree.n * MONTHS, i = panel->n_progress++;
    panel->progress = realloc(panel->progress, panel->n_progress * sizeof *panel->progress);
    panel->progress[i] = (vc_progress){.indicator = strdup(indicator),
                                       .kind = kind,
                                       .department = strdup("服务站"),
                                       .numerator = malloc(n * sizeof(double)),
                                       .denominator = malloc(n * sizeof(double))};
    for (size_t at = 0; at < n; at++) {
        bool last = at % MONTHS == MONTHS - 1;
        panel->progress[i].numerator[at] = last ? numerator : (double)NAN;
        panel->progress[i].denominator[at] = last ? denominator : (double)NAN;
    }
    return i;
}

vc_target *vct_listed_result(vc_run *run, const char *indicator, vc_direction direction,
                             vc_fraction bound, size_t unit, double to_date, double p_met) {
    size_t t = run->targets.n++, r = run->n_results++;
    run->targets.list =
        realloc(run->targets.list, run->targets.n * sizeof *run->targets.list);
    run->results = realloc(run->results, run->n_results * sizeof *run->results);
    vc_target *target = &run->targets.list[t];
    *target = vct_target_at_most("target", indicator, 0);
    target->direction = direction;
    target->value.value = bound;
    double value = (double)bound.num / (double)bound.den;
    run->results[r] =
        (vc_result){.target = t,
                    .unit = unit,
                    .bound = value,
                    .bound_high = (double)NAN,
                    .annual_basis = (double)NAN,
                    .to_date = to_date,
                    .gap = direction == VC_AT_MOST ? to_date - value : value - to_date,
                    .p_met = p_met};
    return target;
}
