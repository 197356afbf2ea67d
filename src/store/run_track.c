#include "store/run_track_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "data/panel_internal.h"
#include "vitalcast/track_file.h"

/* A tenth with fewer cases says nothing. */
#define FEWEST_CASES 20

/* The tenth that is told where it has cases enough: 70 %. */
#define TOLD_TENTH 7

static bool same_name(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_model(const vc_track *track, const vc_run *run, const vc_fit *fit) {
    uint8_t digest[32];
    char hex[VC_TRACK_SHA256];
    const vc_track_model *then =
        vc_track_find_model(track, fit->role, vc_run_fit_series(run, fit));
    if (!then) return true; /* a new indicator was not scored: nothing is said of it */
    vci_sha256(fit->model.text, fit->model.text_size, digest);
    vci_sha256_hex(digest, hex);
    return strcmp(hex, then->sha256) == 0;
}

static vc_status compare(const vc_run *run, vci_run_track *found) {
    vc_status st = VC_OK;
    const vc_track *track = &found->track;
    uint8_t digest[32];
    char hex[VC_TRACK_SHA256];
    for (size_t i = 0; i < run->n_fits; i++)
        if (!same_model(track, run, &run->fits[i])) found->models_changed = true;
    found->version_changed = !same_name(track->version, VC_VERSION_STRING);
    found->data_known = track->data_sha256[0] && run->as_of >= track->last &&
                        run->panel.frequency == track->frequency;
    if (!found->data_known) goto out;
    VC_TRY(vci_panel_digest_until(&run->panel, track->last, digest));
    vci_sha256_hex(digest, hex);
    found->data_changed = strcmp(hex, track->data_sha256) != 0;
out:
    return st;
}

vc_status vci_run_track_find(const vc_run *run, vci_run_track *found) {
    vc_status st = VC_OK;
    const char *slash = run->file ? strrchr(run->file, '/') : NULL;
    char *dir = slash
                    ? vci_text_format("%.*s/backtest", (int)(slash - run->file), run->file)
                    : vci_text_format("backtest");
    *found = (vci_run_track){0};
    if (!dir) VC_FAIL(VC_NO_MEMORY, "path");
    st = vc_track_file_load(dir, run->settings.basis, &found->track);
    if (st == VC_NO_MEMORY) goto out;
    found->state = st == VC_OK       ? VCI_TRACK_THERE
                   : st == VC_NO_RUN ? VCI_TRACK_MISSING
                                     : VCI_TRACK_DAMAGED;
    st = VC_OK;
    if (found->state != VCI_TRACK_THERE) goto out;
    if (!same_name(found->track.workspace, run->settings.name) ||
        !same_name(found->track.basis, run->settings.basis))
        found->state = VCI_TRACK_MISSING;
    else
        VC_TRY(compare(run, found));
out:
    vci_free(dir);
    return st;
}

void vci_run_track_free(vci_run_track *found) {
    vc_track_free(&found->track);
    *found = (vci_run_track){0};
}

const char *vci_forecaster_text(vc_forecaster forecaster, vc_language language) {
    static const vci_text names[VC_FORECASTERS] = {
        VCI_TEXT_TRACK_BY_VITALCAST,   VCI_TEXT_TRACK_BY_PACE,
        VCI_TEXT_TRACK_BY_OWN_SHARE,   VCI_TEXT_TRACK_BY_SHARED_SHARE,
        VCI_TEXT_TRACK_BY_PERSISTENCE, VCI_TEXT_TRACK_BY_SEASONAL_NAIVE,
        VCI_TEXT_TRACK_BY_CLIMATOLOGY, VCI_TEXT_TRACK_BY_DRIFT};
    return vci_text_get(names[forecaster], language);
}

unsigned vci_track_levels(const vc_track *track) {
    unsigned levels = 0;
    for (size_t i = 0; i < track->n; i++)
        if (track->cells[i].level >= levels) levels = track->cells[i].level + 1;
    return levels;
}

size_t vci_track_indicator(const vc_track *track, const char *indicator) {
    for (size_t i = 0; i < track->n_indicators; i++)
        if (strcmp(track->indicators[i], indicator) == 0) return i;
    return SIZE_MAX;
}

/* Was a target of the record declared in the run too? */
static bool is_declared(const vc_track *track, const vc_run *run, size_t target) {
    const vc_track_target *t = &track->targets[target];
    for (size_t i = 0; i < run->targets.n; i++)
        if (strcmp(run->targets.list[i].id, t->id) == 0 &&
            strcmp(run->targets.list[i].indicator, track->indicators[t->indicator]) == 0)
            return true;
    return false;
}

/* 70 % where it has cases enough, else the fullest one between 10 % and 90 %. */
static void choose_tenth(const vc_track_hits *hits, vci_track_line *line) {
    size_t best = TOLD_TENTH;
    if (hits->count[TOLD_TENTH] < FEWEST_CASES)
        for (size_t k = 1; k < VC_TENTHS - 1; k++)
            if (hits->count[k] > hits->count[best]) best = k;
    line->tenth = best;
    line->said = hits->count[best] >= FEWEST_CASES;
}

/* The first declared target with cases enough, else the first one at all. */
static void choose_target(const vc_track *track, const vc_run *run,
                          const vc_track_hits *hits, vci_track_line *line) {
    for (int declared = 1; declared >= 0; declared--)
        for (size_t t = 0; t < track->n_targets && !line->said; t++) {
            if (hits[t].n == 0 || (declared && !is_declared(track, run, t))) continue;
            line->target = t;
            choose_tenth(&hits[t], line);
        }
}

static vc_status compare_rules(const vc_track *track, vc_track_part part,
                               vci_track_line *line) {
    vc_status st = VC_OK;
    static const vc_forecaster rules[] = {VC_BY_PACE, VC_BY_PERSISTENCE};
    for (size_t i = 0; i < 2 && !line->compared; i++) {
        part.forecaster = line->rule = rules[i];
        VC_TRY(vc_track_skill(track, &part, &line->skill));
        line->compared = line->skill.n_years > 0 && line->skill.other > 0;
    }
out:
    return st;
}

static size_t years_of(const vc_track *track, vc_track_part part, vc_track_hits *hits) {
    size_t n = 0;
    for (size_t y = 0; y < track->n_years; y++) {
        vc_track_cell cell;
        part.year = track->years[y];
        vc_track_sum(track, &part, hits, &cell);
        n += cell.n > 0;
    }
    return n;
}

vc_status vci_track_line_find(const vc_track *track, const vc_run *run, size_t indicator,
                              unsigned level, vci_track_line *line) {
    vc_status st = VC_OK;
    vc_track_hits *hits = NULL;
    vc_track_cell cell;
    vc_track_part part = {.forecaster = VC_BY_VITALCAST,
                          .indicator = indicator,
                          .level = (int)level,
                          .size = VC_ANY,
                          .year = VC_ANY,
                          .observed = VC_ANY};
    *line = (vci_track_line){.indicator = indicator, .level = level};
    VC_NEW(hits, track->n_targets);
    line->n_years = years_of(track, part, hits);
    vc_track_sum(track, &part, hits, &cell);
    line->n = cell.n;
    if (cell.n == 0) goto out;
    line->crps = cell.crps / (double)cell.n;
    choose_target(track, run, hits, line);
    if (line->said)
        VC_TRY(vc_track_calibration(track, &part, line->target, line->tenth,
                                    &line->calibration));
    VC_TRY(compare_rules(track, part, line));
out:
    vci_free(hits);
    return st;
}

/* --- alarms -------------------------------------------------------------------------- */

static size_t nearest_limit(double below) {
    static const double limits[VC_ALARMS] = VC_ALARM_LEVELS;
    size_t best = 0;
    for (size_t k = 1; k < VC_ALARMS; k++)
        if (fabs(limits[k] - below) < fabs(limits[best] - below)) best = k;
    return best;
}

static bool is_of_run(const vc_track *track, const vc_run *run, size_t target) {
    const char *indicator = track->indicators[track->targets[target].indicator];
    for (size_t i = 0; i < run->targets.n; i++)
        if (strcmp(run->targets.list[i].indicator, indicator) == 0) return true;
    return false;
}

vci_alarm_worth vci_track_alarms(const vc_track *track, const vc_run *run, double below) {
    static const double limits[VC_ALARMS] = VC_ALARM_LEVELS;
    size_t k = nearest_limit(below);
    vci_alarm_worth worth = {.below = limits[k]};
    bool any = false;
    for (int declared = 1; declared >= 0 && !any; declared--)
        for (size_t i = 0; i < track->n_alarms; i++) {
            const vc_track_alarm *a = &track->alarms[i];
            if (declared ? !is_declared(track, run, a->target)
                         : !is_of_run(track, run, a->target))
                continue;
            any = true;
            worth.n_met += a->n_met;
            worth.n_missed += a->n_missed;
            worth.n_false += a->n_false[k];
            worth.n_silent += a->n_silent[k];
            worth.n_stood += a->n_lead[k];
            worth.lead += a->lead[k];
        }
    worth.lead = worth.n_stood ? worth.lead / (double)worth.n_stood : (double)NAN;
    return worth;
}
