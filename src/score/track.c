#include "vitalcast/track.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

const char *vc_forecaster_name(vc_forecaster forecaster) {
    static const char *const names[] = {
#define X(constant, name) name,
        VC_FORECASTER_LIST(X)
#undef X
    };
    return names[forecaster];
}

const char *vc_tracked_name(vc_tracked what) {
    static const char *const names[VC_TRACKED] = {"year_end", "rank"};
    return names[what];
}

vc_status vc_track_init(size_t n_indicators, const char *const *indicators,
                        size_t n_targets, const vc_track_target *targets, vc_track *track) {
    vc_status st = VC_OK;
    *track = (vc_track){0};
    VC_NEW(track->indicators, n_indicators);
    for (; track->n_indicators < n_indicators; track->n_indicators++)
        VC_COPY_TEXT(track->indicators[track->n_indicators],
                     indicators[track->n_indicators]);
    VC_NEW(track->targets, n_targets);
    for (; track->n_targets < n_targets; track->n_targets++) {
        const vc_track_target *from = &targets[track->n_targets];
        track->targets[track->n_targets].indicator = from->indicator;
        for (size_t t = 0; t < track->n_targets; t++)
            track->targets[track->n_targets].place +=
                track->targets[t].indicator == from->indicator;
        VC_COPY_TEXT(track->targets[track->n_targets].id, from->id);
    }
out:
    return st;
}

void vc_track_free(vc_track *track) {
    if (!track) return;
    for (size_t i = 0; i < track->n_indicators; i++) vci_free(track->indicators[i]);
    for (size_t i = 0; i < track->n_targets; i++) vci_free(track->targets[i].id);
    for (size_t i = 0; i < track->n; i++) vci_free(track->cells[i].hits);
    for (size_t i = 0; i < track->n_models; i++) {
        vci_free(track->models[i].role);
        vci_free(track->models[i].series);
        vci_free(track->models[i].name);
    }
    vci_free(track->models);
    vci_free(track->basis);
    vci_free(track->version);
    vci_free(track->workspace);
    vci_free(track->source);
    vci_free(track->indicators);
    vci_free(track->targets);
    vci_free(track->years);
    vci_free(track->observed);
    vci_free(track->cells);
    vci_free(track->alarms);
    *track = (vc_track){0};
}

static bool same_key(const vc_track_cell *a, const vc_track_cell *b) {
    return a->forecaster == b->forecaster && a->indicator == b->indicator &&
           a->level == b->level && a->size == b->size && a->year == b->year &&
           a->observed == b->observed && a->what == b->what;
}

/* Keeps a list of what has come up ascending and without repetition. */
static vc_status note_year(vc_track *track, int year) {
    vc_status st = VC_OK;
    size_t at = 0;
    while (at < track->n_years && track->years[at] < year) at++;
    if (at < track->n_years && track->years[at] == year) goto out;
    int *grown = vci_realloc(track->years, track->n_years + 1, sizeof *grown);
    if (!grown) VC_FAIL(VC_NO_MEMORY, "years");
    track->years = grown;
    memmove(grown + at + 1, grown + at, (track->n_years - at) * sizeof *grown);
    grown[at] = year;
    track->n_years++;
out:
    return st;
}

static vc_status note_observed(vc_track *track, int observed) {
    vc_status st = VC_OK;
    size_t at = 0;
    while (at < track->n_observed && track->observed[at] < observed) at++;
    if (at < track->n_observed && track->observed[at] == observed) goto out;
    int *grown = vci_realloc(track->observed, track->n_observed + 1, sizeof *grown);
    if (!grown) VC_FAIL(VC_NO_MEMORY, "origins");
    track->observed = grown;
    memmove(grown + at + 1, grown + at, (track->n_observed - at) * sizeof *grown);
    grown[at] = observed;
    track->n_observed++;
out:
    return st;
}

static size_t targets_of(const vc_track *track, size_t indicator) {
    size_t n = 0;
    for (size_t t = 0; t < track->n_targets; t++)
        n += track->targets[t].indicator == indicator;
    return n;
}

/* The latest cells are the likeliest. */
vc_status vc_track_cell_of(vc_track *track, const vc_track_cell *key,
                           vc_track_cell **cell) {
    vc_status st = VC_OK;
    for (size_t i = track->n; i-- > 0;)
        if (same_key(&track->cells[i], key)) {
            *cell = &track->cells[i];
            return VC_OK;
        }
    VC_TRY(note_year(track, key->year));
    VC_TRY(note_observed(track, key->observed));
    VC_GROW(track->cells, track->n, track->capacity);
    vc_track_cell *made = &track->cells[track->n];
    *made = (vc_track_cell){.forecaster = key->forecaster,
                            .indicator = key->indicator,
                            .level = key->level,
                            .size = key->size,
                            .year = key->year,
                            .observed = key->observed,
                            .what = key->what};
    VC_NEW(made->hits, targets_of(track, key->indicator));
    track->n++;
    *cell = made;
out:
    return st;
}

void vc_track_add(vc_track_cell *cell, const vc_score *score) {
    size_t bin = (size_t)(score->pit * VC_PIT_BINS);
    cell->n++;
    cell->crps += score->crps;
    cell->error += score->error;
    for (size_t i = 0; i < VC_INTERVALS; i++) cell->inside[i] += score->inside[i];
    cell->pit[bin < VC_PIT_BINS ? bin : VC_PIT_BINS - 1]++;
}

void vc_track_add_hit(const vc_track *track, vc_track_cell *cell, size_t target, double p,
                      bool met) {
    vc_track_hits *hits = &cell->hits[track->targets[target].place];
    size_t tenth = (size_t)(p * (VC_TENTHS - 1) + 0.5);
    hits->n++;
    hits->brier += vc_score_brier(p, met);
    hits->log_score += vc_score_log(p, met);
    hits->count[tenth]++;
    hits->met[tenth] += met;
    hits->p[tenth] += p;
}

static bool belongs(const vc_track_cell *cell, const vc_track_part *part) {
    return cell->forecaster == part->forecaster && cell->indicator == part->indicator &&
           cell->what == part->what &&
           (part->level == VC_ANY || cell->level == (unsigned)part->level) &&
           (part->size == VC_ANY || cell->size == (unsigned)part->size) &&
           (part->year == VC_ANY || cell->year == part->year) &&
           (part->observed == VC_ANY || cell->observed == part->observed);
}

static void add_hits(const vc_track_hits *from, vc_track_hits *to) {
    to->n += from->n;
    to->brier += from->brier;
    to->log_score += from->log_score;
    for (size_t i = 0; i < VC_TENTHS; i++) {
        to->count[i] += from->count[i];
        to->met[i] += from->met[i];
        to->p[i] += from->p[i];
    }
}

void vc_track_sum(const vc_track *track, const vc_track_part *part, vc_track_hits *hits,
                  vc_track_cell *cell) {
    *cell = (vc_track_cell){
        .forecaster = part->forecaster, .indicator = part->indicator, .what = part->what};
    cell->hits = hits;
    memset(hits, 0, track->n_targets * sizeof *hits);
    for (size_t i = 0; i < track->n; i++) {
        const vc_track_cell *from = &track->cells[i];
        if (!belongs(from, part)) continue;
        cell->n += from->n;
        cell->crps += from->crps;
        cell->error += from->error;
        for (size_t k = 0; k < VC_INTERVALS; k++) cell->inside[k] += from->inside[k];
        for (size_t k = 0; k < VC_PIT_BINS; k++) cell->pit[k] += from->pit[k];
        for (size_t k = 0; k < track->n_targets; k++)
            if (track->targets[k].indicator == from->indicator)
                add_hits(&from->hits[track->targets[k].place], &hits[k]);
    }
}

/* --- models ------------------------------------------------------------------------ */

static bool same_name(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

const vc_track_model *vc_track_find_model(const vc_track *track, const char *role,
                                          const char *series) {
    for (size_t i = 0; i < track->n_models; i++)
        if (same_name(track->models[i].role, role) &&
            same_name(track->models[i].series, series))
            return &track->models[i];
    return NULL;
}

vc_status vc_track_add_model(vc_track *track, const char *role, const char *series,
                             const char *name, const char *sha256) {
    vc_status st = VC_OK;
    if (vc_track_find_model(track, role, series)) goto out;
    VC_GROW(track->models, track->n_models, track->model_capacity);
    vc_track_model *model = &track->models[track->n_models++];
    *model = (vc_track_model){0};
    VC_COPY_TEXT(model->role, role);
    VC_COPY_TEXT(model->series, series);
    VC_COPY_TEXT(model->name, name);
    memcpy(model->sha256, sha256, VC_TRACK_SHA256);
out:
    return st;
}

/* --- alarms ------------------------------------------------------------------------ */

static vc_status alarm_of(vc_track *track, size_t target, unsigned level, int year,
                          vc_track_alarm **alarm) {
    vc_status st = VC_OK;
    for (size_t i = track->n_alarms; i-- > 0;) {
        vc_track_alarm *a = &track->alarms[i];
        if (a->target != target || a->level != level || a->year != year) continue;
        *alarm = a;
        return VC_OK;
    }
    VC_GROW(track->alarms, track->n_alarms, track->alarm_capacity);
    *alarm = &track->alarms[track->n_alarms++];
    **alarm = (vc_track_alarm){.target = target, .level = level, .year = year};
out:
    return st;
}

static void add_alarm(vc_track_alarm *a, size_t k, double limit, size_t n, const double *p,
                      const unsigned *left, bool met) {
    bool any = false, now = false, before = false;
    unsigned since = 0, n_seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(p[i])) continue;
        now = p[i] < limit;
        if (n_seen++ > 0 && now != before) a->n_flips[k]++;
        if (now && !before) since = left[i];
        any = any || now;
        before = now;
    }
    if (met && any) a->n_false[k]++;
    if (!met && !any) a->n_silent[k]++;
    if (met || !now) return;
    a->n_lead[k]++;
    a->lead[k] += since;
}

vc_status vc_track_add_alarms(vc_track *track, size_t target, unsigned level, int year,
                              size_t n, const double p[VC_DIM(n)],
                              const unsigned left[VC_DIM(n)], bool met) {
    vc_status st = VC_OK;
    static const double limits[VC_ALARMS] = VC_ALARM_LEVELS;
    vc_track_alarm *alarm = NULL;
    VC_TRY(alarm_of(track, target, level, year, &alarm));
    *(met ? &alarm->n_met : &alarm->n_missed) += 1;
    for (size_t k = 0; k < VC_ALARMS; k++) add_alarm(alarm, k, limits[k], n, p, left, met);
out:
    return st;
}
