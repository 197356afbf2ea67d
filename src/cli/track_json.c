/* The track record as JSON (docs/CLI.md, "backtest --json"). */
#include <math.h>

#include "cli/track_internal.h"
#include "core/memory_internal.h"

/* What is being written: the record and room for its sums. */
typedef struct writer {
    const vc_track *track;
    vci_json *json;
    vc_track_hits *hits; /* [n_targets] */
} writer;

static const char *const SIZES[VC_SIZES] = {"under_100", "100_to_300", "300_to_1000",
                                            "1000_and_more"};

/* Levels that occur lie below this. */
static int n_levels(const vc_track *track) {
    unsigned most = 0;
    for (size_t i = 0; i < track->n; i++)
        if (track->cells[i].level > most) most = track->cells[i].level;
    return (int)most + 1;
}

static void key(const writer *w, const vc_track_part *part) {
    vci_json_text(w->json, "model", vc_forecaster_name(part->forecaster));
    vci_json_text(w->json, "indicator", w->track->indicators[part->indicator]);
    vci_json_whole(w->json, "level", (uint64_t)part->level);
    if (part->year == VC_ANY)
        vci_json_text(w->json, "year", "all");
    else
        vci_json_whole(w->json, "year", (uint64_t)part->year);
    if (part->observed == VC_ANY)
        vci_json_text(w->json, "months_observed", "all");
    else
        vci_json_number(w->json, "months_observed", part->observed);
}

static void target_scores(const writer *w) {
    vci_json_array(w->json, "targets", false);
    for (size_t t = 0; t < w->track->n_targets; t++) {
        const vc_track_hits *hits = &w->hits[t];
        if (hits->n == 0) continue;
        vci_json_object(w->json, NULL, false);
        vci_json_text(w->json, "target", w->track->targets[t].id);
        vci_json_whole(w->json, "n", hits->n);
        vci_json_number(w->json, "brier", hits->brier / (double)hits->n);
        vci_json_number(w->json, "log_score", hits->log_score / (double)hits->n);
        vci_json_close(w->json);
    }
    vci_json_close(w->json);
}

/* One row: the mean scores of a part of the record; nothing where it is empty. */
static void row(const writer *w, const vc_track_part *part) {
    static const char *const covers[VC_INTERVALS] = {"cover50", "cover80", "cover95"};
    vc_track_cell cell;
    vc_track_sum(w->track, part, w->hits, &cell);
    if (cell.n == 0) return;
    double n = (double)cell.n;
    vci_json_object(w->json, NULL, false);
    key(w, part);
    if (part->size != VC_ANY) vci_json_text(w->json, "size", SIZES[part->size]);
    vci_json_whole(w->json, "n", cell.n);
    vci_json_number(w->json, "crps", cell.crps / n);
    vci_json_number(w->json, "mae", cell.error / n);
    for (size_t i = 0; i < VC_INTERVALS; i++)
        vci_json_number(w->json, covers[i], (double)cell.inside[i] / n);
    target_scores(w);
    vci_json_close(w->json);
}

/* All of a year's origins and each by itself. */
static void rows_of_year(const writer *w, vc_track_part part) {
    part.observed = VC_ANY;
    row(w, &part);
    for (size_t m = 0; m < w->track->n_observed; m++) {
        part.observed = w->track->observed[m];
        row(w, &part);
    }
}

static void rows(const writer *w, vc_track_part part) {
    part.year = VC_ANY;
    rows_of_year(w, part);
    for (size_t y = 0; y < w->track->n_years; y++) {
        part.year = w->track->years[y];
        rows_of_year(w, part);
    }
}

/* Calls once for every forecaster, indicator and level. */
static void each(const writer *w, void (*call)(const writer *w, vc_track_part part),
                 int from) {
    for (size_t i = 0; i < w->track->n_indicators; i++)
        for (int level = 0; level < n_levels(w->track); level++)
            for (int f = from; f < VC_FORECASTERS; f++)
                call(w, (vc_track_part){(vc_forecaster)f, i, level, VC_ANY, VC_ANY, VC_ANY,
                                        VC_TRACK_FIGURE});
}

static void ranks(const writer *w, vc_track_part part) {
    if (part.forecaster != VC_BY_VITALCAST) return;
    part.what = VC_TRACK_RANK;
    rows(w, part);
}

static void rows_by_size(const writer *w, vc_track_part part) {
    for (part.size = 0; part.size < VC_SIZES; part.size++) row(w, &part);
}

static vc_status reliability_row(const writer *w, const vc_track_part *part, size_t target,
                                 size_t tenth) {
    vc_status st = VC_OK;
    vc_calibration c;
    VC_TRY(vc_track_calibration(w->track, part, target, tenth, &c));
    if (c.n == 0) goto out;
    vci_json_object(w->json, NULL, false);
    vci_json_text(w->json, "indicator", w->track->indicators[part->indicator]);
    vci_json_text(w->json, "target", w->track->targets[target].id);
    vci_json_whole(w->json, "level", (uint64_t)part->level);
    vci_json_number(w->json, "bin", (double)tenth / (VC_TENTHS - 1));
    vci_json_whole(w->json, "n", c.n);
    vci_json_number(w->json, "mean_p", c.mean_p);
    vci_json_number(w->json, "frequency", c.frequency);
    vci_json_number(w->json, "se_by_year", c.se);
    vci_json_close(w->json);
out:
    return st;
}

/* Targets of figures, then the two ends of ranks. */
static vc_status reliabilities(const writer *w) {
    vc_status st = VC_OK;
    for (int what = 0; what < VC_TRACKED; what++)
        for (size_t i = 0; i < w->track->n_indicators; i++)
            for (int level = 0; level < n_levels(w->track); level++)
                for (size_t t = 0; t < w->track->n_targets; t++)
                    for (size_t k = 0; k < VC_TENTHS; k++) {
                        vc_track_part part = {.forecaster = VC_BY_VITALCAST,
                                              .indicator = i,
                                              .level = level,
                                              .size = VC_ANY,
                                              .year = VC_ANY,
                                              .observed = VC_ANY,
                                              .what = (vc_tracked)what};
                        if (w->track->targets[t].indicator == i)
                            VC_TRY(reliability_row(w, &part, t, k));
                    }
out:
    return st;
}

static vc_status skill_row(const writer *w, const vc_track_part *part) {
    vc_status st = VC_OK;
    vc_skill skill;
    VC_TRY(vc_track_skill(w->track, part, &skill));
    if (skill.n_years == 0) goto out;
    vci_json_object(w->json, NULL, false);
    vci_json_text(w->json, "model", vc_forecaster_name(part->forecaster));
    vci_json_text(w->json, "indicator", w->track->indicators[part->indicator]);
    vci_json_whole(w->json, "level", (uint64_t)part->level);
    vci_json_whole(w->json, "years", skill.n_years);
    vci_json_whole(w->json, "years_better", skill.n_better);
    vci_json_number(w->json, "crps", skill.ours);
    vci_json_number(w->json, "crps_model", skill.other);
    vci_json_number(w->json, "difference", skill.difference);
    vci_json_number(w->json, "se_by_year", skill.se);
    vci_json_close(w->json);
out:
    return st;
}

static vc_status skills(const writer *w) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < w->track->n_indicators; i++)
        for (int level = 0; level < n_levels(w->track); level++)
            for (int f = VC_BY_PACE; f < VC_FORECASTERS; f++) {
                vc_track_part part = {(vc_forecaster)f, i,      level,          VC_ANY,
                                      VC_ANY,           VC_ANY, VC_TRACK_FIGURE};
                VC_TRY(skill_row(w, &part));
            }
out:
    return st;
}

static vc_status uniformity_row(const writer *w, const vc_track_part *part) {
    vc_status st = VC_OK;
    vc_track_cell cell;
    double p;
    vc_track_sum(w->track, part, w->hits, &cell);
    if (cell.n == 0) goto out;
    VC_TRY(vc_track_uniform(w->track, part, &p));
    vci_json_object(w->json, NULL, false);
    vci_json_text(w->json, "indicator", w->track->indicators[part->indicator]);
    vci_json_text(w->json, "figure", vc_tracked_name(part->what));
    vci_json_whole(w->json, "level", (uint64_t)part->level);
    vci_json_number(w->json, "p_value", p);
    vci_json_array(w->json, "pit", false);
    for (size_t b = 0; b < VC_PIT_BINS; b++)
        vci_json_number(w->json, NULL, (double)cell.pit[b] / (double)cell.n);
    vci_json_close(w->json);
    vci_json_close(w->json);
out:
    return st;
}

static vc_status uniformity(const writer *w) {
    vc_status st = VC_OK;
    for (int what = 0; what < VC_TRACKED; what++)
        for (size_t i = 0; i < w->track->n_indicators; i++)
            for (int level = 0; level < n_levels(w->track); level++) {
                vc_track_part part = {.forecaster = VC_BY_VITALCAST,
                                      .indicator = i,
                                      .level = level,
                                      .size = VC_ANY,
                                      .year = VC_ANY,
                                      .observed = VC_ANY,
                                      .what = (vc_tracked)what};
                VC_TRY(uniformity_row(w, &part));
            }
out:
    return st;
}

static void alarms(const writer *w) {
    static const double limits[VC_ALARMS] = VC_ALARM_LEVELS;
    for (size_t i = 0; i < w->track->n_alarms; i++) {
        const vc_track_alarm *a = &w->track->alarms[i];
        const vc_track_target *target = &w->track->targets[a->target];
        for (size_t k = 0; k < VC_ALARMS; k++) {
            double n = (double)(a->n_met + a->n_missed);
            vci_json_object(w->json, NULL, false);
            vci_json_text(w->json, "indicator", w->track->indicators[target->indicator]);
            vci_json_text(w->json, "target", target->id);
            vci_json_whole(w->json, "level", a->level);
            vci_json_whole(w->json, "year", (uint64_t)a->year);
            vci_json_number(w->json, "p_below", limits[k]);
            vci_json_whole(w->json, "met", a->n_met);
            vci_json_whole(w->json, "missed", a->n_missed);
            vci_json_whole(w->json, "false_alarms", a->n_false[k]);
            vci_json_whole(w->json, "silent_misses", a->n_silent[k]);
            vci_json_number(w->json, "months_ahead",
                            a->n_lead[k] ? a->lead[k] / (double)a->n_lead[k] : (double)NAN);
            vci_json_number(w->json, "flips", (double)a->n_flips[k] / n);
            vci_json_close(w->json);
        }
    }
}

vc_status vci_track_json(const vc_track *track, vci_json *json) {
    vc_status st = VC_OK;
    writer w = {track, json, NULL};
    VC_NEW(w.hits, track->n_targets);
    vci_json_array(json, "scores", true);
    each(&w, rows, VC_BY_VITALCAST);
    vci_json_close(json);
    vci_json_array(json, "ranks", true);
    each(&w, ranks, VC_BY_VITALCAST);
    vci_json_close(json);
    vci_json_array(json, "by_size", true);
    each(&w, rows_by_size, VC_BY_VITALCAST);
    vci_json_close(json);
    vci_json_array(json, "reliability", true);
    VC_TRY(reliabilities(&w));
    vci_json_close(json);
    vci_json_array(json, "skill", true);
    VC_TRY(skills(&w));
    vci_json_close(json);
    vci_json_array(json, "uniformity", true);
    VC_TRY(uniformity(&w));
    vci_json_close(json);
    vci_json_array(json, "alarms", true);
    alarms(&w);
    vci_json_close(json);
out:
    vci_free(w.hits);
    return st;
}
