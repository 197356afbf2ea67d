/* Setting a simulation up: its parts, its window of periods, its blocks. */
#include "simulate/simulation_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

/*
 * A block is at most this large, so that one unit's draws of it stay in a core's cache; the
 * fewer blocks, the fewer times every histogram is fetched.
 */
#define BLOCK_BYTES ((size_t)64 << 20)
#define BLOCK_BATCHES 64

/* A row lacks a figure after its first one. */
static bool lacks(const double *row, size_t n, size_t t) {
    if (!isnan(row[t])) return false;
    for (size_t s = 0; s < n; s++)
        if (!isnan(row[s])) return s < t;
    return false;
}

/* Births were reported, and not how many of them were boys, or compliant. */
static bool lacks_share(const vc_panel *panel, vc_event event, size_t at) {
    bool share = event == VC_BIRTHS_MALE || event == VC_BIRTHS_COMPLIANT;
    return share && isnan(panel->count[event][at]) && panel->count[VC_BIRTHS][at] > 0;
}

static bool events_lack(const vc_panel *panel, size_t unit, size_t t) {
    size_t n = panel->n_periods;
    for (int e = 0; e < VC_EVENTS; e++)
        if (panel->has[e] && (lacks(panel->count[e] + unit * n, n, t) ||
                              lacks_share(panel, (vc_event)e, unit * n + t)))
            return true;
    return false;
}

/* Quotas accumulate: what is missing has to be drawn before what comes after it. */
static bool quotas_lack(const vc_panel *panel, size_t unit, size_t t) {
    size_t n = panel->n_periods;
    for (size_t i = 0; i < panel->n_progress; i++)
        if (panel->progress[i].kind == VC_QUOTA &&
            lacks(panel->progress[i].numerator + unit * n, n, t))
            return true;
    return false;
}

vc_period vci_first_unknown(const vc_panel *panel, vc_period window) {
    size_t n = panel->n_periods;
    size_t from = window > panel->first ? (size_t)(window - panel->first) : 0;
    size_t complete = n > panel->n_late ? n - panel->n_late : 0;
    for (size_t t = from; t < complete; t++)
        for (size_t u = 0; u < panel->tree.n; u++)
            if ((panel->tree.units[u].leaf && events_lack(panel, u, t)) ||
                quotas_lack(panel, u, t))
                return panel->first + (vc_period)t;
    if (complete < from) complete = from < n ? from : n;
    return panel->first + (vc_period)complete;
}

bool vci_simulation_draws(const vci_simulation *s, vc_event event) {
    bool births = s->role[VC_ROLE_BIRTHS] != NULL;
    switch (event) {
    case VC_BIRTHS:
        return births;
    case VC_BIRTHS_MALE:
    case VC_BIRTHS_FEMALE:
        return births && s->role[VC_ROLE_SEX];
    case VC_BIRTHS_COMPLIANT:
        return births && s->role[VC_ROLE_COMPLIANCE];
    case VC_DEATHS:
        return s->role[VC_ROLE_DEATHS];
    case VC_ARRIVALS:
        return s->role[VC_ROLE_ARRIVALS];
    case VC_DEPARTURES:
        return s->role[VC_ROLE_DEPARTURES];
    case VC_EVENTS:
        break;
    }
    return false;
}

/* Of a unit with records of its own, for one period. */
static int64_t denominator_at(const vc_panel *panel, size_t series, double scale,
                              size_t unit, size_t t) {
    const vc_progress *progress = &panel->progress[series];
    bool known =
        t < panel->n_periods && !isnan(progress->numerator[unit * panel->n_periods + t]);
    if (progress->kind == VC_SURVEY && !known)
        return (int64_t)vci_progress_sample(panel, series, unit);
    double whole = vci_progress_whole(panel, series, unit, t);
    return isnan(whole) ? 0 : (int64_t)round(whole * scale);
}

void vci_simulation_denominators(const vci_simulation *s, size_t series,
                                 int64_t *denominator) {
    const vc_unit_tree *tree = &s->panel->tree;
    const unsigned char *standing = s->standing[series];
    double scale = vci_progress_scale(s->panel, series);
    size_t before = (size_t)(s->first - s->panel->first);
    memset(denominator, 0, s->n_periods * tree->n * sizeof *denominator);
    for (size_t i = tree->n; i-- > 0;) {
        size_t u = tree->down[i];
        bool own = standing[u] == VCI_REPORTER || standing[u] == VCI_ALONE;
        for (size_t p = 0; p < s->n_periods; p++) {
            int64_t *cell = denominator + p * tree->n;
            if (own) cell[u] = denominator_at(s->panel, series, scale, u, before + p);
            if (standing[u] != VCI_SUM) continue;
            for (size_t c = tree->child_begin[u]; c < tree->child_begin[u + 1]; c++)
                cell[u] += cell[tree->children[c]];
        }
    }
}

static vc_status find_standings(vci_simulation *s) {
    vc_status st = VC_OK;
    const vc_panel *panel = s->panel;
    if (panel->n_progress == 0) goto out;
    VC_NEW(s->standing, panel->n_progress);
    for (size_t i = 0; i < panel->n_progress; i++) {
        VC_NEW(s->standing[i], panel->tree.n);
        vci_standing_find(panel, i, s->standing[i]);
    }
out:
    return st;
}

/* Parts of series have seeds of their own, by the name of the series. */
static void address(const vci_simulation *s, const vci_role *role, vci_part *part) {
    const vc_panel *panel = s->panel;
    part->number = (unsigned)role->id;
    part->seed = s->seed;
    part->scale = 1;
    if (vci_role_progress(role->id)) {
        part->seed = vci_mix_text(s->seed, panel->progress[role->series].indicator);
        part->scale = vci_progress_scale(panel, role->series);
    } else if (role->id == VC_ROLE_VALUE) {
        part->number = VCI_VALUE_ROLE;
        part->seed = vci_mix_text(s->seed, panel->values[role->series].indicator);
    }
}

static vc_status add_part(vci_simulation *s, const vc_fit *fit, vc_dating dating, size_t h,
                          vci_part *part) {
    vc_status st = VC_OK;
    vci_role role = vci_role_fitted(fit);
    VC_REQUIRE(role.id < VC_ROLES, "role %s", fit->role);
    address(s, &role, part);
    part->fit = fit;
    VC_TRY(vci_scope_init(s->panel, &role, &part->scope));
    VC_TRY(vci_observations_build(s->panel, role, &fit->model, &s->population, dating, h,
                                  &part->observations));
    VC_TRY(vci_sampler_init(&part->sampler, fit, part->scope.tree, &part->observations,
                            part->seed, part->number, s->first));
    if (role.event != VC_EVENTS) s->role[role.id] = part;
out:
    return st;
}

static vc_status add_benches(vci_simulation *s, unsigned threads) {
    vc_status st = VC_OK;
    VC_NEW(s->benches, threads);
    s->n_benches = threads;
    for (size_t b = 0; b < threads; b++) {
        vci_bench *bench = &s->benches[b];
        VC_NEW(bench->work, s->n_parts);
        VC_NEW(bench->eta, s->n_parts);
        for (size_t i = 0; i < s->n_parts; i++) {
            const vci_part *part = &s->parts[i];
            VC_TRY(vci_sampler_work_init(&part->sampler, &bench->work[i]));
            VC_NEW(bench->eta[i], part->scope.tree->n_leaves * s->n_periods * VCI_BATCH);
        }
    }
out:
    return st;
}

/* Whole batches, so that every thread has one. */
static size_t block_size(const vci_simulation *s, unsigned threads) {
    size_t per_draw = s->n_periods * s->panel->tree.n * 5 * sizeof(int64_t);
    size_t batches = BLOCK_BYTES / (per_draw * VCI_BATCH + 1);
    if (batches > BLOCK_BATCHES) batches = BLOCK_BATCHES;
    if (batches < threads) batches = threads;
    return batches * VCI_BATCH;
}

vc_status vci_simulation_init(vci_simulation *s, const vc_panel *panel, size_t n_fits,
                              const vc_fit *fits, const vc_model *population,
                              vc_dating dating, uint64_t seed, vc_period window,
                              vc_period horizon, unsigned threads) {
    vc_status st = VC_OK;
    vc_period end = panel->first + (vc_period)panel->n_periods;
    size_t h = horizon >= end ? (size_t)(horizon - end + 1) : 0;
    *s = (vci_simulation){.panel = panel, .seed = seed};
    s->first = vci_first_unknown(panel, window);
    if (s->first > horizon) s->first = horizon;
    s->n_periods = (size_t)(horizon - s->first + 1);
    s->growth_sd = population->drift_sd.start / (double)panel->frequency;
    VC_TRY(vci_population_fill(panel, population, h, &s->population));
    VC_TRY(find_standings(s));
    VC_NEW(s->parts, n_fits);
    for (size_t i = 0; i < n_fits; i++) {
        s->n_parts++;
        VC_TRY(add_part(s, &fits[i], dating, h, &s->parts[i]));
    }
    VC_TRY(add_benches(s, threads ? threads : 1));
    s->block = block_size(s, threads ? threads : 1);
out:
    if (st != VC_OK) vci_simulation_free(s);
    return st;
}

vc_status vci_simulation_run(vci_simulation *s, size_t first_draw, size_t n,
                             vc_draws_sink sink, void *context) {
    vc_status st = VC_OK;
    vc_draws draws = {0};
    VC_TRY(vci_draws_init(s, &draws));
    for (size_t at = 0; at < n; at += draws.n_draws) {
        size_t left = n - at;
        VC_TRY(vci_simulation_block(s, first_draw + at, left < s->block ? left : s->block,
                                    &draws));
        VC_TRY(sink(context, &draws));
    }
out:
    vc_draws_free(&draws);
    return st;
}

void vci_simulation_free(vci_simulation *s) {
    for (size_t b = 0; b < s->n_benches; b++) {
        for (size_t i = 0; i < s->n_parts; i++) {
            if (s->benches[b].work) vci_sampler_work_free(&s->benches[b].work[i]);
            if (s->benches[b].eta) vci_free(s->benches[b].eta[i]);
        }
        vci_free(s->benches[b].work);
        vci_free(s->benches[b].eta);
    }
    for (size_t i = 0; i < s->n_parts; i++) {
        vci_sampler_free(&s->parts[i].sampler);
        vc_observations_free(&s->parts[i].observations);
        vci_scope_free(&s->parts[i].scope);
        vci_free(s->parts[i].effects);
    }
    for (size_t i = 0; s->standing && i < s->panel->n_progress; i++)
        vci_free(s->standing[i]);
    vci_population_free(&s->population);
    vci_free(s->standing);
    vci_free(s->benches);
    vci_free(s->parts);
    *s = (vci_simulation){0};
}
