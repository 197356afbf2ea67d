#include "store/track_text_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/memory_internal.h"
#include "store/quoted_internal.h"

typedef struct writer {
    char *text;
    size_t n, capacity;
    vc_status st; /* the first failure; nothing is written after it */
} writer;

__attribute__((format(printf, 2, 3))) static void put(writer *w, const char *format, ...) {
    va_list arguments;
    if (w->st != VC_OK) return;
    va_start(arguments, format);
    int n = vsnprintf(w->text + w->n, w->capacity - w->n, format, arguments);
    va_end(arguments);
    if ((size_t)n >= w->capacity - w->n) {
        size_t more = 2 * w->capacity + (size_t)n + 1;
        char *grown = vci_realloc(w->text, more, 1);
        if (!grown) {
            w->st = VC_NO_MEMORY;
            return;
        }
        w->text = grown;
        w->capacity = more;
        va_start(arguments, format);
        vsnprintf(w->text + w->n, w->capacity - w->n, format, arguments);
        va_end(arguments);
    }
    w->n += (size_t)n;
}

/* NULL is null. */
static void put_text(writer *w, const char *text) {
    char *quoted = text ? vci_quoted(text) : NULL;
    if (text && !quoted) w->st = VC_NO_MEMORY;
    put(w, "%s", quoted ? quoted : "null");
    vci_free(quoted);
}

static void put_member(writer *w, const char *key, const char *text) {
    put(w, "\"%s\": ", key);
    put_text(w, text);
    put(w, ",\n");
}

static void put_sizes(writer *w, size_t n, const size_t *sizes) {
    for (size_t i = 0; i < n; i++) put(w, ",%zu", sizes[i]);
}

static void put_numbers(writer *w, size_t n, const double *numbers) {
    for (size_t i = 0; i < n; i++) put(w, ",%.17g", numbers[i]);
}

static void put_head(writer *w, const vc_track *t) {
    put(w, VCI_TRACK_BEGIN);
    put_member(w, "version", t->version);
    put_member(w, "workspace", t->workspace);
    put_member(w, "basis", t->basis);
    put_member(w, "source", t->source);
    put_member(w, "data_sha256", t->data_sha256);
    put(w, "\"synthetic\": %s,\n\"seed\": %llu,\n\"draws\": %zu,\n",
        t->synthetic ? "true" : "false", (unsigned long long)t->seed, t->draws);
    put(w, "\"frequency\": %d,\n\"last\": %d,\n", (int)t->frequency, (int)t->last);
    put(w, "\"models\": [");
    for (size_t i = 0; i < t->n_models; i++) {
        put(w, i ? ",\n[" : "\n[");
        put_text(w, t->models[i].role);
        put(w, ",");
        put_text(w, t->models[i].series);
        put(w, ",");
        put_text(w, t->models[i].name);
        put(w, ",");
        put_text(w, t->models[i].sha256);
        put(w, "]");
    }
    put(w, "\n],\n");
}

static void put_lists(writer *w, const vc_track *t) {
    put(w, "\"indicators\": [");
    for (size_t i = 0; i < t->n_indicators; i++) {
        put(w, i ? ",\n" : "\n");
        put_text(w, t->indicators[i]);
    }
    put(w, "\n],\n\"targets\": [");
    for (size_t i = 0; i < t->n_targets; i++) {
        put(w, i ? ",\n[%zu," : "\n[%zu,", t->targets[i].indicator);
        put_text(w, t->targets[i].id);
        put(w, "]");
    }
    put(w, "\n],\n\"years\": [");
    for (size_t i = 0; i < t->n_years; i++) put(w, i ? ",\n%d" : "\n%d", t->years[i]);
    put(w, "\n],\n\"observed\": [");
    for (size_t i = 0; i < t->n_observed; i++) put(w, i ? ",\n%d" : "\n%d", t->observed[i]);
    put(w, "\n],\n");
}

static void put_cells(writer *w, const vc_track *t) {
    put(w, "\"cells\": [");
    for (size_t i = 0; i < t->n; i++) {
        const vc_track_cell *c = &t->cells[i];
        put(w, "%s[%d,%zu,%u,%u,%d,%d,%d,%zu", i ? ",\n" : "\n", (int)c->forecaster,
            c->indicator, c->level, c->size, c->year, c->observed, (int)c->what, c->n);
        put_numbers(w, 2, (double[]){c->crps, c->error});
        put_sizes(w, VC_INTERVALS, c->inside);
        put_sizes(w, VC_PIT_BINS, c->pit);
        put(w, "]");
    }
    put(w, "\n],\n");
}

static void put_hits(writer *w, const vc_track *t) {
    bool first = true;
    put(w, "\"hits\": [");
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < t->n_targets; k++) {
            if (t->targets[k].indicator != t->cells[i].indicator) continue;
            const vc_track_hits *h = &t->cells[i].hits[t->targets[k].place];
            if (h->n == 0) continue;
            put(w, "%s[%zu,%zu,%zu", first ? "\n" : ",\n", i, k, h->n);
            put_numbers(w, 2, (double[]){h->brier, h->log_score});
            put_sizes(w, VC_TENTHS, h->count);
            put_sizes(w, VC_TENTHS, h->met);
            put_numbers(w, VC_TENTHS, h->p);
            put(w, "]");
            first = false;
        }
    put(w, "\n],\n");
}

static void put_alarms(writer *w, const vc_track *t) {
    put(w, "\"alarms\": [");
    for (size_t i = 0; i < t->n_alarms; i++) {
        const vc_track_alarm *a = &t->alarms[i];
        put(w, "%s[%zu,%u,%d,%zu,%zu", i ? ",\n" : "\n", a->target, a->level, a->year,
            a->n_met, a->n_missed);
        put_sizes(w, VC_ALARMS, a->n_false);
        put_sizes(w, VC_ALARMS, a->n_silent);
        put_sizes(w, VC_ALARMS, a->n_flips);
        put_sizes(w, VC_ALARMS, a->n_lead);
        put_numbers(w, VC_ALARMS, a->lead);
        put(w, "]");
    }
    put(w, "\n],\n");
}

vc_status vci_track_text_write(const vc_track *track, char **text, size_t *n) {
    vc_status st = VC_OK;
    writer w = {.capacity = 4096};
    VC_NEW(w.text, w.capacity);
    put_head(&w, track);
    put_lists(&w, track);
    put_cells(&w, track);
    put_hits(&w, track);
    put_alarms(&w, track);
    if (w.st != VC_OK) VC_FAIL(w.st, "record");
    *text = w.text;
    *n = w.n;
    w.text = NULL;
out:
    vci_free(w.text);
    return st;
}
