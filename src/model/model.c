/* Reading a model specification: models/README.md documents every key. */
#include "vitalcast/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "data/yaml_internal.h"
#include "model/event_internal.h"
#include "model/scale_read_internal.h"

/* A shock that stays for good is a trend. */
#define MOST_PERSISTENCE 0.95

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define NAME(constant, name, descriptor, dispersed) [constant] = name,
static const char *const FAMILIES[VC_FAMILIES] = {VC_FAMILY_LIST(NAME)};
#undef NAME
static const char *const EXPOSURES[] = {"none", "days", "population", "quota"};
static const char *const CALENDAR[VC_CALENDAR_TERMS] = {"log_weekdays", "lunar_new_year",
                                                        "saturdays"};

bool vc_family_dispersed(vc_family family) {
#define DISPERSED(constant, name, descriptor, dispersed) [constant] = dispersed,
    static const bool answers[VC_FAMILIES] = {VC_FAMILY_LIST(DISPERSED)};
#undef DISPERSED
    return answers[family];
}

static void read_level(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    static const char *const known[] = {"mean", "sd"};
    vci_yaml *node = vci_yaml_mapping(reader, root, "level");
    if (!node) {
        vci_yaml_fault(reader, root, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "level");
        return;
    }
    vci_yaml *mean = vci_yaml_get(node, "mean");
    model->level_auto = mean && mean->text && !mean->quoted && !strcmp(mean->text, "auto");
    if (!model->level_auto &&
        !vci_prior_number(reader, node, "mean", -100, 100, &model->level_mean) && !mean)
        vci_yaml_fault(reader, node, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "mean");
    if (!vci_prior_number(reader, node, "sd", 1e-6, 100, &model->level_sd) &&
        !vci_yaml_get(node, "sd"))
        vci_yaml_fault(reader, node, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "sd");
    vci_yaml_unknown(reader, node, COUNT(known), known);
}

/* A number, 0 for no drift, or a standard deviation that is estimated. */
static void read_drift_sd(vci_yaml_reader *reader, vci_yaml *drift, vc_scale *scale) {
    vci_yaml *node = vci_yaml_get(drift, "sd");
    if (node && node->kind == VCI_MAPPING) {
        vci_scale_read_form(reader, node, scale);
    } else if (vci_prior_number(reader, drift, "sd", 0, 10, &scale->start) &&
               scale->start > 0) {
        scale->kind = VC_SCALE_FIXED;
    }
}

static void read_drift(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    static const char *const known[] = {"sd", "change", "damping"};
    vci_yaml *node = vci_yaml_mapping(reader, root, "drift");
    if (!node) return;
    read_drift_sd(reader, node, &model->drift_sd);
    vci_scale_read(reader, node, "change", &model->drift_change);
    vci_yaml_number(reader, node, "damping", 0, 1, &model->drift_damping);
    vci_yaml_unknown(reader, node, COUNT(known), known);
}

static void read_calendar(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    static const char *const known[] = {"mean", "sd", "event_sd"};
    vci_yaml *node = vci_yaml_mapping(reader, root, "calendar");
    for (size_t i = 0; node && i < VC_CALENDAR_TERMS; i++) {
        vci_yaml *term = vci_yaml_mapping(reader, node, CALENDAR[i]);
        if (!term) continue;
        model->calendar[i] = true;
        vci_prior_number(reader, term, "mean", -10, 10, &model->calendar_mean[i]);
        vci_prior_number(reader, term, "sd", 1e-6, 10, &model->calendar_sd[i]);
        vci_prior_number(reader, term, "event_sd", 1e-6, 10, &model->calendar_event_sd[i]);
        if (!vci_yaml_get(term, "sd") && !vci_yaml_get(term, "event_sd"))
            vci_yaml_fault(reader, term, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "sd");
        vci_yaml_unknown(reader, term, COUNT(known), known);
    }
    if (node) vci_yaml_unknown(reader, node, COUNT(CALENDAR), CALENDAR);
}

static void read_unit_kind(vci_yaml_reader *reader, vci_yaml *units, const char *key,
                           vc_scale *level, vc_scale *step, vc_scale *season,
                           double *season_from) {
    static const char *const known[] = {"level", "step", "season", "season_from"};
    vci_yaml *node = vci_yaml_mapping(reader, units, key);
    if (!node) return;
    size_t faults = reader->findings->n_faults;
    vci_scale_read(reader, node, "level", level);
    bool sound = reader->findings->n_faults == faults; /* else what lacks is said */
    vci_scale_read(reader, node, "step", step);
    vci_scale_read(reader, node, "season", season);
    bool more = step->kind != VC_SCALE_ABSENT || season->kind != VC_SCALE_ABSENT;
    if (more && sound && level->kind == VC_SCALE_ABSENT)
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_STEP_WITHOUT_LEVEL);
    if (season_from) vci_yaml_number(reader, node, "season_from", 0, 1e9, season_from);
    vci_yaml_unknown(reader, node, season_from ? 4 : 3, known);
}

static void read_units(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    static const char *const known[] = {"block", "full_step", "middle", "leaf"};
    vci_yaml *node = vci_yaml_mapping(reader, root, "units");
    int64_t block = 12;
    if (!node) return;
    vci_yaml_integer(reader, node, "block", 1, 1200, &block);
    model->block = (unsigned)block;
    vci_yaml_flag(reader, node, "full_step", &model->full_step);
    read_unit_kind(reader, node, "middle", &model->middle_level, &model->middle_step,
                   &model->middle_season, NULL);
    read_unit_kind(reader, node, "leaf", &model->leaf_level, &model->leaf_step,
                   &model->leaf_season, &model->season_from);
    vci_yaml_unknown(reader, node, COUNT(known), known);
}

static void read_trend(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    int64_t block = 1, order = 1;
    vci_yaml *node = vci_yaml_get(root, "trend");
    if (node && node->kind == VCI_MAPPING) {
        vci_yaml_integer(reader, node, "block", 1, 1200, &block);
        vci_yaml_integer(reader, node, "order", 1, 2, &order);
        vci_yaml_number(reader, node, "damping", 0, 1, &model->trend_damping);
    }
    model->trend_block = (unsigned)block;
    model->trend_order = (unsigned)order;
    vci_scale_read(reader, root, "trend", &model->trend);
}

static void read_season(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    vci_yaml *node = vci_yaml_get(root, "season");
    if (node && node->kind == VCI_MAPPING)
        vci_scale_read(reader, node, "change", &model->season_change);
    vci_scale_read(reader, root, "season", &model->season);
}

static void read_shock_shape(vci_yaml_reader *reader, vci_yaml *node, vc_model *model) {
    int64_t tail = 0;
    if (vci_yaml_integer(reader, node, "tail", 2, 30, &tail) && tail % 2)
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_TAIL_EVEN);
    model->shock_tail = (unsigned)tail;
    bool stays = vci_yaml_number(reader, node, "persistence", 0, MOST_PERSISTENCE,
                                 &model->shock_persistence);
    model->shock_event_persistence = model->shock_persistence;
    stays |= vci_yaml_number(reader, node, "event_persistence", 0, MOST_PERSISTENCE,
                             &model->shock_event_persistence);
    if (stays && tail)
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_TAIL_PERSISTENCE);
}

static void read_shock(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    vci_yaml *node = vci_yaml_get(root, "shock");
    if (node && node->kind == VCI_MAPPING) read_shock_shape(reader, node, model);
    vci_scale_read(reader, root, "shock", &model->shock);
}

static void read_dispersion(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    vci_scale_read(reader, root, "dispersion", &model->dispersion);
    if (vc_family_dispersed(model->family) && model->dispersion.kind == VC_SCALE_ABSENT)
        vci_yaml_fault(reader, root, "S03", NULL, VCI_TEXT_MODEL_NO_DISPERSION,
                       FAMILIES[model->family]);
}

static vc_status read_root(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    vc_status st = VC_OK;
    static const char *const known[] = {
        "name",   "validated", "family", "exposure", "history_years", "level",      "drift",
        "season", "trend",     "shock",  "calendar", "units",         "dispersion", "steps",
        "pulses", "zodiac",    "cap"};
    const char *name = NULL;
    size_t family = VC_POISSON, exposure = VC_EXPOSURE_NONE;
    int64_t history = 0;
    if (vci_yaml_text(reader, root, "name", &name)) VC_COPY_TEXT(model->name, name);
    if (!name)
        vci_yaml_fault(reader, root, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "name");
    vci_yaml_flag(reader, root, "validated", &model->validated);
    if (!vci_yaml_choice(reader, root, "family", COUNT(FAMILIES), FAMILIES, &family))
        vci_yaml_fault(reader, root, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "family");
    model->family = (vc_family)family;
    vci_yaml_choice(reader, root, "exposure", COUNT(EXPOSURES), EXPOSURES, &exposure);
    model->exposure = (vc_exposure)exposure;
    vci_yaml_integer(reader, root, "history_years", 0, 1000, &history);
    model->history_years = (unsigned)history;
    read_level(reader, root, model);
    read_drift(reader, root, model);
    read_season(reader, root, model);
    read_trend(reader, root, model);
    read_shock(reader, root, model);
    vci_model_read_events(reader, root, model);
    read_calendar(reader, root, model);
    read_units(reader, root, model);
    read_dispersion(reader, root, model);
    vci_yaml_number(reader, root, "cap", 0.01, 100, &model->cap);
    vci_yaml_unknown(reader, root, COUNT(known), known);
out:
    return st;
}

vc_status vc_model_parse(const char *name, const char *text, size_t n,
                         vc_findings *findings, vc_model *model) {
    vc_status st = VC_OK;
    vci_yaml root = {0};
    size_t faults = findings->n_faults;
    vci_yaml_reader reader = {.file = name, .findings = findings, .st = VC_OK};
    *model = (vc_model){.block = 12, .trend_block = 1, .trend_order = 1};
    model->trend_damping = model->drift_damping = 1;
    model->text = vci_text_copy(text, n);
    if (!model->text) VC_FAIL(VC_NO_MEMORY, "model text");
    model->text_size = n;
    VC_TRY(vci_yaml_parse(name, text, n, findings, &root));
    if (findings->n_faults == faults) VC_TRY(read_root(&reader, &root, model));
    VC_TRY(reader.st);
    if (findings->n_faults > faults) VC_FAIL(VC_BAD_MODEL, "%s", name);
out:
    vci_yaml_free(&root);
    return st;
}

vc_status vc_model_read(const char *path, vc_findings *findings, vc_model *model) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    size_t n = 0, faults = findings->n_faults;
    *model = (vc_model){0};
    VC_TRY(vci_file_read(path, (size_t)1 << 20, findings, &bytes, &n));
    if (findings->n_faults > faults || !bytes) VC_FAIL(VC_BAD_MODEL, "%s", path);
    VC_TRY(vc_model_parse(path, (const char *)bytes, n, findings, model));
out:
    vci_free(bytes);
    return st;
}

vc_status vc_model_copy(const vc_model *from, vc_model *to) {
    vc_status st = VC_OK;
    *to = *from;
    to->name = to->text = NULL;
    VC_COPY_TEXT(to->name, from->name);
    to->text = vci_text_copy(from->text ? from->text : "", from->text_size);
    if (!to->text) VC_FAIL(VC_NO_MEMORY, "model text");
out:
    return st;
}

void vc_model_free(vc_model *model) {
    vci_free(model->name);
    vci_free(model->text);
    *model = (vc_model){0};
}
