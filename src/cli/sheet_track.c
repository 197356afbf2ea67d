/* How right we have been: the record of the back-test, beside the run that it stands for.
 */
#include <math.h>
#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/input_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/track_internal.h"
#include "core/memory_internal.h"

/* Is this the first target of the run with its indicator? */
static bool is_first(const vc_run *run, size_t target) {
    for (size_t i = 0; i < target; i++)
        if (!strcmp(run->targets.list[i].indicator, run->targets.list[target].indicator))
            return false;
    return true;
}

static vc_status each_line(const vci_sheet *sheet, void *context,
                           vc_status (*call)(const vci_sheet *sheet,
                                             const vci_track_line *line, void *context)) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_track *track = &sheet->track->track;
    for (size_t i = 0; i < run->targets.n; i++) {
        size_t indicator = vci_track_indicator(track, run->targets.list[i].indicator);
        if (indicator == SIZE_MAX || !is_first(run, i)) continue;
        for (unsigned level = 0; level < vci_track_levels(track); level++) {
            vci_track_line line;
            VC_TRY(vci_track_line_find(track, run, indicator, level, &line));
            if (line.n > 0) VC_TRY(call(sheet, &line, context));
        }
    }
out:
    return st;
}

/* --- for people ---------------------------------------------------------------------- */

static void print_said(const vci_sheet *sheet, const vci_track_line *line, FILE *out) {
    const vc_calibration *c = &line->calibration;
    fputs("    ", out);
    vci_say_line(out, sheet->language, VCI_TEXT_TRACK_RELIABILITY, c->n_years,
                 (int)(10 * line->tenth), sheet->track->track.targets[line->target].id,
                 100 * c->frequency, (size_t)(c->frequency * (double)c->n + 0.5), c->n);
}

static vc_status print_line(const vci_sheet *sheet, const vci_track_line *line,
                            void *context) {
    vc_status st = VC_OK;
    FILE *out = context;
    const vc_track *track = &sheet->track->track;
    char *name =
        vci_indicator_text(sheet->run, track->indicators[line->indicator], sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    fputs("  ", out);
    if (line->compared) {
        double change = 100 * line->skill.difference / line->skill.other;
        vci_say_line(out, sheet->language,
                     change <= 0 ? VCI_TEXT_TRACK_PROOF_LOWER : VCI_TEXT_TRACK_PROOF_HIGHER,
                     name, line->level, line->skill.n_years, fabs(change),
                     vci_forecaster_text(line->rule, sheet->language),
                     line->skill.n_better);
    } else {
        vci_say_line(out, sheet->language, VCI_TEXT_TRACK_PROOF_ALONE, name, line->level,
                     line->n_years);
    }
    if (line->said) print_said(sheet, line, out);
out:
    vci_free(name);
    return st;
}

static void print_changes(const vci_sheet *sheet, FILE *out) {
    const vci_run_track *found = sheet->track;
    char last[VC_PERIOD_TEXT];
    vc_period_format(found->track.last, found->track.frequency, last);
    if (found->data_changed)
        vci_say_line(out, sheet->language, VCI_TEXT_TRACK_PROOF_DATA, last);
    if (found->models_changed)
        vci_say_line(out, sheet->language, VCI_TEXT_TRACK_PROOF_MODELS);
    if (found->version_changed)
        vci_say_line(out, sheet->language, VCI_TEXT_TRACK_PROOF_VERSION,
                     found->track.version ? found->track.version : "?");
}

vc_status vci_sheet_print_track(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vci_run_track *found = sheet->track;
    const vc_track *track = &found->track;
    if (found->state != VCI_TRACK_THERE || track->n_years == 0) {
        vci_say_line(out, sheet->language,
                     found->state == VCI_TRACK_DAMAGED ? VCI_TEXT_TRACK_PROOF_DAMAGED
                                                       : VCI_TEXT_TRACK_PROOF_MISSING);
        goto out;
    }
    vci_say_line(out, sheet->language, VCI_TEXT_TRACK_PROOF, track->n_years,
                 track->years[0], track->years[track->n_years - 1]);
    VC_TRY(each_line(sheet, out, print_line));
    print_changes(sheet, out);
out:
    fputc('\n', out);
    return st;
}

void vci_sheet_print_alarms(const vci_sheet *sheet, FILE *out) {
    if (!sheet->track || sheet->track->state != VCI_TRACK_THERE) return;
    for (int level = VC_WARNING_YELLOW; level < VC_WARNING_LEVELS; level++) {
        vci_alarm_worth w = vci_track_alarms(&sheet->track->track, sheet->run,
                                             sheet->run->settings.warnings.below[level]);
        if (w.n_met + w.n_missed == 0) continue;
        vci_say_line(out, sheet->language,
                     w.n_stood ? VCI_TEXT_TRACK_PROOF_ALARM
                               : VCI_TEXT_TRACK_PROOF_ALARM_SHORT,
                     vci_warning_level_text((vc_warning_level)level, sheet->language),
                     100 * w.below, w.n_false, w.n_met, w.n_silent, w.n_missed, w.lead);
    }
}

/* --- for programs -------------------------------------------------------------------- */

static vc_status line_object(const vci_sheet *sheet, const vci_track_line *line,
                             void *context) {
    vci_json *json = context;
    const vc_track *track = &sheet->track->track;
    const vc_skill *s = &line->skill;
    const vc_calibration *c = &line->calibration;
    vci_json_object(json, NULL, false);
    vci_json_text(json, "indicator", track->indicators[line->indicator]);
    vci_json_whole(json, "level", line->level);
    vci_json_whole(json, "years", line->n_years);
    vci_json_whole(json, "n", line->n);
    vci_json_number(json, "crps", line->crps);
    vci_json_text(json, "model", line->compared ? vc_forecaster_name(line->rule) : NULL);
    vci_json_number(json, "crps_model", line->compared ? s->other : (double)NAN);
    vci_json_number(json, "difference", line->compared ? s->difference : (double)NAN);
    vci_json_number(json, "se_by_year", line->compared ? s->se : (double)NAN);
    vci_json_number(json, "years_better",
                    line->compared ? (double)s->n_better : (double)NAN);
    if (line->said) {
        vci_json_text(json, "target", track->targets[line->target].id);
        vci_json_number(json, "bin", (double)line->tenth / (VC_TENTHS - 1));
        vci_json_whole(json, "n_bin", c->n);
        vci_json_number(json, "mean_p", c->mean_p);
        vci_json_number(json, "frequency", c->frequency);
    }
    vci_json_close(json);
    return VC_OK;
}

static void alarm_objects(const vci_sheet *sheet, vci_json *json) {
    vci_json_array(json, "alarms", false);
    for (int level = VC_WARNING_YELLOW; level < VC_WARNING_LEVELS; level++) {
        vci_alarm_worth w = vci_track_alarms(&sheet->track->track, sheet->run,
                                             sheet->run->settings.warnings.below[level]);
        if (w.n_met + w.n_missed == 0) continue;
        vci_json_object(json, NULL, false);
        vci_json_text(json, "level", vc_warning_level_name((vc_warning_level)level));
        vci_json_number(json, "below", sheet->run->settings.warnings.below[level]);
        vci_json_number(json, "p_below", w.below);
        vci_json_whole(json, "met", w.n_met);
        vci_json_whole(json, "missed", w.n_missed);
        vci_json_whole(json, "false_alarms", w.n_false);
        vci_json_whole(json, "silent_misses", w.n_silent);
        vci_json_number(json, "months_ahead", w.lead);
        vci_json_close(json);
    }
    vci_json_close(json);
}

static vc_status record_members(const vci_sheet *sheet, vci_json *json) {
    vc_status st = VC_OK;
    const vci_run_track *found = sheet->track;
    const vc_track *track = &found->track;
    char last[VC_PERIOD_TEXT];
    vc_period_format(track->last, track->frequency, last);
    vci_json_text(json, "version", track->version);
    vci_json_text(json, "last", last);
    vci_json_text(json, "data_sha256", track->data_sha256);
    if (found->data_known)
        vci_json_flag(json, "data_changed", found->data_changed);
    else
        vci_json_text(json, "data_changed", NULL);
    vci_json_flag(json, "models_changed", found->models_changed);
    vci_json_flag(json, "version_changed", found->version_changed);
    vci_json_array(json, "years", false);
    for (size_t i = 0; i < track->n_years; i++)
        vci_json_number(json, NULL, track->years[i]);
    vci_json_close(json);
    vci_json_array(json, "models", false);
    for (size_t i = 0; i < track->n_models; i++) {
        vci_json_object(json, NULL, false);
        vci_json_text(json, "role", track->models[i].role);
        if (track->models[i].series)
            vci_json_text(json, "indicator", track->models[i].series);
        vci_json_text(json, "name", track->models[i].name);
        vci_json_text(json, "sha256", track->models[i].sha256);
        vci_json_close(json);
    }
    vci_json_close(json);
    vci_json_array(json, "indicators", true);
    VC_TRY(each_line(sheet, json, line_object));
    vci_json_close(json);
    alarm_objects(sheet, json);
out:
    return st;
}

vc_status vci_sheet_track_json(const vci_sheet *sheet, vci_json *json) {
    vc_status st = VC_OK;
    static const char *const states[] = {"missing", "damaged", "there"};
    if (!sheet->track) goto out;
    vci_json_object(json, "track", true);
    vci_json_text(json, "state", states[sheet->track->state]);
    if (sheet->track->state == VCI_TRACK_THERE) VC_TRY(record_members(sheet, json));
    vci_json_close(json);
out:
    return st;
}
