#include "vitalcast/quality.h"

#include <math.h>

#include "core/memory_internal.h"
#include "quality/checks_internal.h"

vc_status vci_check_add(vci_checks *checks, const vc_quality_check *check) {
    vc_status st = VC_OK;
    vc_quality *quality = checks->quality;
    VC_GROW(quality->checks, quality->n, quality->capacity);
    quality->checks[quality->n++] = *check;
    if (!isnan(check->p)) quality->n_tests++;
out:
    return st;
}

const double *vci_check_series(const vc_panel *panel, vc_event event, size_t unit) {
    return panel->count[event] ? panel->count[event] + unit * panel->n_periods : NULL;
}

size_t vci_check_years(const vc_panel *panel) {
    return panel->n_periods / (size_t)panel->frequency;
}

size_t vci_check_year(const vc_panel *panel, size_t b) {
    return panel->n_periods - (b + 1) * (size_t)panel->frequency;
}

double vci_check_sum(size_t n, const double *figure) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += figure[i];
    return sum;
}

vc_period vci_check_period(const vc_panel *panel, size_t t) {
    return panel->first + (vc_period)t;
}

/* Of the targets, else of the options. */
static void find_year_ends(vci_checks *checks, int otherwise) {
    const vc_targets *targets = checks->targets;
    vc_frequency frequency = checks->panel->frequency;
    for (size_t i = 0; targets && i < targets->n; i++)
        checks->year_end[vc_period_in_year(targets->list[i].year_end, frequency)] = true;
    if (!targets || targets->n == 0)
        checks->year_end[otherwise < 0 ? (int)frequency - 1 : otherwise] = true;
}

vc_quality_options vc_quality_options_default(void) {
    return (vc_quality_options){.year_end_in_year = -1, .average = VC_TWO_YEAR_ENDS};
}

vc_status vc_quality_find(const vc_panel *panel, const vc_targets *targets,
                          const vc_quality_options *options, vc_quality *quality) {
    static vc_status (*const kinds[])(vci_checks *) = {
        vci_check_populations, vci_check_flows,    vci_check_even_counts,
        vci_check_even_ratios, vci_check_bunching, vci_check_digits,
        vci_check_shifts,      vci_check_zeros,    vci_check_sources};
    vc_status st = VC_OK;
    vc_quality_options opt = options ? *options : vc_quality_options_default();
    *quality = (vc_quality){0};
    vci_checks checks = {
        .panel = panel, .targets = targets, .average = opt.average, .quality = quality};
    find_year_ends(&checks, opt.year_end_in_year);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) VC_TRY(kinds[i](&checks));
    VC_TRY(vci_check_discoveries(quality));
out:
    if (st != VC_OK) vc_quality_free(quality);
    return st;
}

void vc_quality_free(vc_quality *quality) {
    vci_free(quality->checks);
    *quality = (vc_quality){0};
}

const char *vc_quality_kind_key(vc_quality_kind kind) {
    static const char *const keys[] = {
#define X(name, key) key,
        VC_QUALITY_KIND_LIST(X)
#undef X
    };
    return keys[kind];
}
