#include "store/track_text_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "store/quoted_internal.h"

typedef struct reader {
    const char *at, *end;
    vc_status st; /* the first failure; nothing is read after it */
} reader;

static void damaged(reader *r) {
    if (r->st == VC_OK) r->st = VC_STORE_DAMAGED;
}

static bool stands(const reader *r, const char *text) {
    size_t n = strlen(text);
    return r->st == VC_OK && (size_t)(r->end - r->at) >= n && !memcmp(r->at, text, n);
}

static bool skip(reader *r, const char *text) {
    if (!stands(r, text)) damaged(r);
    if (r->st == VC_OK) r->at += strlen(text);
    return r->st == VC_OK;
}

/* Is there one more row in a list that was begun with `"key": [`? Moves to it. */
static bool next_row(reader *r, size_t n) {
    if (stands(r, "\n],\n")) {
        skip(r, "\n],\n");
        return false;
    }
    return skip(r, n ? ",\n" : "\n");
}

/* Numbers begin with a digit or a minus: strtod would take more. */
static bool is_number(const reader *r) {
    const char *at = r->at + (r->at < r->end && *r->at == '-');
    return r->st == VC_OK && at < r->end && *at >= '0' && *at <= '9';
}

static long long take_whole(reader *r, long long least, long long most) {
    char *end = NULL;
    long long number = is_number(r) ? strtoll(r->at, &end, 10) : 0;
    if (!end || end > r->end || number < least || number > most) {
        damaged(r);
        return least;
    }
    r->at = end;
    return number;
}

static size_t take_size(reader *r, size_t most) {
    long long limit = most < INT64_MAX ? (long long)most : INT64_MAX;
    return (size_t)take_whole(r, 0, limit);
}

static int take_int(reader *r) { return (int)take_whole(r, INT32_MIN, INT32_MAX); }

static double take_number(reader *r) {
    char *end = NULL;
    double number = is_number(r) ? strtod(r->at, &end) : 0;
    if (!end || end > r->end || !isfinite(number)) {
        damaged(r);
        return 0;
    }
    r->at = end;
    return number;
}

static void take_sizes(reader *r, size_t n, size_t *sizes) {
    for (size_t i = 0; i < n; i++)
        if (skip(r, ",")) sizes[i] = take_size(r, SIZE_MAX);
}

static void take_numbers(reader *r, size_t n, double *numbers) {
    for (size_t i = 0; i < n; i++)
        if (skip(r, ",")) numbers[i] = take_number(r);
}

/* Fresh memory; NULL for null. */
static char *take_text(reader *r) {
    if (stands(r, "null")) {
        skip(r, "null");
        return NULL;
    }
    if (!skip(r, "\"")) return NULL;
    const char *end = r->at;
    while (end < r->end && *end != '"' && *end != '\n')
        end += *end == '\\' && end + 1 < r->end ? 2 : 1;
    if (end >= r->end || *end != '"') {
        damaged(r);
        return NULL;
    }
    char *text = vci_alloc((size_t)(end - r->at) + 1, 1), *to = text;
    if (!text) {
        r->st = VC_NO_MEMORY;
        return NULL;
    }
    for (; r->at < end; r->at++) *to++ = *r->at == '\\' ? vci_unescaped(&r->at) : *r->at;
    r->at = end + 1;
    return text;
}

/* A text that must be there. */
static char *take_name(reader *r) {
    char *text = take_text(r);
    if (!text) damaged(r);
    return text;
}

static void take_member(reader *r, const char *key, char **text) {
    skip(r, "\"");
    skip(r, key);
    if (skip(r, "\": ")) *text = take_text(r);
    skip(r, ",\n");
}

/* Digits of a digest, or none. */
static void keep_digest(reader *r, char *digits, char hex[VC_TRACK_SHA256]) {
    size_t n = digits ? strlen(digits) : 0;
    if (n != 0 && n != VC_TRACK_SHA256 - 1) damaged(r);
    if (r->st == VC_OK && n > 0) memcpy(hex, digits, VC_TRACK_SHA256);
    vci_free(digits);
}

static vc_status take_models(reader *r, vc_track *t) {
    vc_status st = VC_OK;
    skip(r, "\"models\": [");
    while (next_row(r, t->n_models)) {
        VC_GROW(t->models, t->n_models, t->model_capacity);
        vc_track_model *model = &t->models[t->n_models++];
        *model = (vc_track_model){0};
        if (skip(r, "[")) model->role = take_name(r);
        if (skip(r, ",")) model->series = take_text(r);
        if (skip(r, ",")) model->name = take_name(r);
        if (skip(r, ",")) keep_digest(r, take_name(r), model->sha256);
        skip(r, "]");
    }
out:
    return st;
}

static vc_status take_head(reader *r, vc_track *t) {
    char *digits = NULL;
    skip(r, VCI_TRACK_BEGIN);
    take_member(r, "version", &t->version);
    take_member(r, "workspace", &t->workspace);
    take_member(r, "basis", &t->basis);
    take_member(r, "source", &t->source);
    take_member(r, "data_sha256", &digits);
    keep_digest(r, digits, t->data_sha256);
    skip(r, "\"synthetic\": ");
    t->synthetic = stands(r, "true");
    skip(r, t->synthetic ? "true" : "false");
    if (skip(r, ",\n\"seed\": ") && is_number(r)) {
        char *end;
        t->seed = strtoull(r->at, &end, 10);
        r->at = end < r->end ? end : r->end;
    }
    if (skip(r, ",\n\"draws\": ")) t->draws = take_size(r, SIZE_MAX);
    if (skip(r, ",\n\"frequency\": "))
        t->frequency = (vc_frequency)take_whole(r, VC_YEARLY, VC_MONTHLY);
    if (t->frequency != VC_YEARLY && t->frequency != VC_QUARTERLY &&
        t->frequency != VC_MONTHLY)
        damaged(r);
    if (skip(r, ",\n\"last\": ")) t->last = take_int(r);
    skip(r, ",\n");
    return take_models(r, t);
}

static vc_status take_targets(reader *r, vc_track *t) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    skip(r, "\"targets\": [");
    while (next_row(r, t->n_targets)) {
        VC_GROW(t->targets, t->n_targets, capacity);
        vc_track_target *target = &t->targets[t->n_targets];
        *target = (vc_track_target){0};
        if (skip(r, "[")) target->indicator = take_size(r, t->n_indicators - 1);
        for (size_t k = 0; k < t->n_targets; k++)
            target->place += t->targets[k].indicator == target->indicator;
        t->n_targets++;
        if (skip(r, ",")) target->id = take_name(r);
        skip(r, "]");
    }
out:
    return st;
}

static vc_status take_ints(reader *r, const char *key, int **numbers, size_t *n) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    skip(r, key);
    while (next_row(r, *n)) {
        VC_GROW(*numbers, *n, capacity);
        (*numbers)[(*n)++] = take_int(r);
    }
out:
    return st;
}

static vc_status take_lists(reader *r, vc_track *t) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    skip(r, "\"indicators\": [");
    while (next_row(r, t->n_indicators)) {
        VC_GROW(t->indicators, t->n_indicators, capacity);
        t->indicators[t->n_indicators++] = take_name(r);
    }
    if (t->n_indicators == 0) damaged(r);
    if (r->st != VC_OK) goto out;
    VC_TRY(take_targets(r, t));
    VC_TRY(take_ints(r, "\"years\": [", &t->years, &t->n_years));
    VC_TRY(take_ints(r, "\"observed\": [", &t->observed, &t->n_observed));
out:
    return st;
}

static void take_cell(reader *r, const vc_track *t, vc_track_cell *c) {
    if (skip(r, "[")) c->forecaster = (vc_forecaster)take_whole(r, 0, VC_FORECASTERS - 1);
    if (skip(r, ",")) c->indicator = take_size(r, t->n_indicators - 1);
    if (skip(r, ",")) c->level = (unsigned)take_size(r, INT32_MAX);
    if (skip(r, ",")) c->size = (unsigned)take_size(r, VC_SIZES - 1);
    if (skip(r, ",")) c->year = take_int(r);
    if (skip(r, ",")) c->observed = take_int(r);
    if (skip(r, ",")) c->what = (vc_tracked)take_whole(r, 0, VC_TRACKED - 1);
    if (skip(r, ",")) c->n = take_size(r, SIZE_MAX);
    if (skip(r, ",")) c->crps = take_number(r);
    if (skip(r, ",")) c->error = take_number(r);
    take_sizes(r, VC_INTERVALS, c->inside);
    take_sizes(r, VC_PIT_BINS, c->pit);
    skip(r, "]");
}

static vc_status take_cells(reader *r, vc_track *t) {
    vc_status st = VC_OK;
    size_t *n_hits = NULL;
    VC_NEW(n_hits, t->n_indicators);
    for (size_t k = 0; k < t->n_targets; k++) n_hits[t->targets[k].indicator]++;
    skip(r, "\"cells\": [");
    while (next_row(r, t->n)) {
        VC_GROW(t->cells, t->n, t->capacity);
        vc_track_cell *c = &t->cells[t->n++];
        *c = (vc_track_cell){0};
        take_cell(r, t, c);
        VC_NEW(c->hits, n_hits[c->indicator]);
    }
out:
    vci_free(n_hits);
    return st;
}

static void take_hits(reader *r, vc_track *t) {
    size_t n = 0;
    skip(r, "\"hits\": [");
    for (; next_row(r, n); n++) {
        size_t cell = 0, target = 0;
        if (t->n == 0 || t->n_targets == 0) damaged(r);
        if (skip(r, "[")) cell = take_size(r, t->n - 1);
        if (skip(r, ",")) target = take_size(r, t->n_targets - 1);
        if (r->st != VC_OK) return;
        if (t->targets[target].indicator != t->cells[cell].indicator) damaged(r);
        if (!skip(r, ",")) return;
        vc_track_hits *h = &t->cells[cell].hits[t->targets[target].place];
        h->n = take_size(r, SIZE_MAX);
        if (skip(r, ",")) h->brier = take_number(r);
        if (skip(r, ",")) h->log_score = take_number(r);
        take_sizes(r, VC_TENTHS, h->count);
        take_sizes(r, VC_TENTHS, h->met);
        take_numbers(r, VC_TENTHS, h->p);
        skip(r, "]");
    }
}

static vc_status take_alarms(reader *r, vc_track *t) {
    vc_status st = VC_OK;
    skip(r, "\"alarms\": [");
    while (next_row(r, t->n_alarms)) {
        if (t->n_targets == 0) damaged(r);
        VC_GROW(t->alarms, t->n_alarms, t->alarm_capacity);
        vc_track_alarm *a = &t->alarms[t->n_alarms++];
        *a = (vc_track_alarm){0};
        if (skip(r, "[")) a->target = take_size(r, t->n_targets - 1);
        if (skip(r, ",")) a->level = (unsigned)take_size(r, INT32_MAX);
        if (skip(r, ",")) a->year = take_int(r);
        if (skip(r, ",")) a->n_met = take_size(r, SIZE_MAX);
        if (skip(r, ",")) a->n_missed = take_size(r, SIZE_MAX);
        take_sizes(r, VC_ALARMS, a->n_false);
        take_sizes(r, VC_ALARMS, a->n_silent);
        take_sizes(r, VC_ALARMS, a->n_flips);
        take_sizes(r, VC_ALARMS, a->n_lead);
        take_numbers(r, VC_ALARMS, a->lead);
        skip(r, "]");
    }
out:
    return st;
}

vc_status vci_track_text_read(const char *text, const char *end, vc_track *track) {
    vc_status st = VC_OK;
    reader r = {.at = text, .end = end};
    *track = (vc_track){0};
    VC_TRY(take_head(&r, track));
    VC_TRY(take_lists(&r, track));
    if (r.st == VC_OK) VC_TRY(take_cells(&r, track));
    take_hits(&r, track);
    VC_TRY(take_alarms(&r, track));
    if (r.at != r.end) damaged(&r);
    if (r.st != VC_OK) VC_FAIL(r.st, "a track record that cannot be read");
out:
    return st;
}
