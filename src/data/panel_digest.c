/*
 * SHA-256 over what a panel says, in one canonical form: units and indicators by code and
 * name, numbers as little-endian doubles. The order of rows, the encoding and the line ends
 * of the files, and the order of units.csv leave no trace.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "data/others_internal.h"
#include "data/panel_internal.h"

typedef struct digester {
    const vc_panel *panel;
    vci_sha256_state sha;
    size_t *order;    /* units by code */
    size_t n_periods; /* that count */
} digester;

static void put_integer(digester *d, int64_t number) {
    uint64_t bits = (uint64_t)number;
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(bits >> (8 * i));
    vci_sha256_add(&d->sha, bytes, sizeof bytes);
}

/* One NaN and one zero: missing is missing. */
static void put_number(digester *d, double number) {
    int64_t bits = INT64_MAX;
    if (number == 0) number = 0;
    if (!isnan(number)) memcpy(&bits, &number, sizeof bits);
    put_integer(d, bits);
}

static void put_text(digester *d, const char *text) {
    size_t n = text ? strlen(text) : 0;
    put_integer(d, text ? (int64_t)n : -1);
    if (n > 0) vci_sha256_add(&d->sha, text, n);
}

static void put_array(digester *d, const double *array) {
    const vc_panel *panel = d->panel;
    put_integer(d, array != NULL);
    for (size_t i = 0; array && i < panel->tree.n; i++)
        for (size_t t = 0; t < d->n_periods; t++)
            put_number(d, array[d->order[i] * panel->n_periods + t]);
}

static int compare_codes(const void *a, const void *b, void *context) {
    const vc_unit *units = context;
    return strcmp(units[*(const size_t *)a].code, units[*(const size_t *)b].code);
}

static void put_units(digester *d) {
    const vc_unit_tree *tree = &d->panel->tree;
    put_integer(d, (int64_t)tree->n);
    for (size_t i = 0; i < tree->n; i++) {
        const vc_unit *u = &tree->units[d->order[i]];
        put_text(d, u->code);
        put_text(d, u->name);
        put_text(d, u->class_name);
        put_text(d, u->parent == VC_NO_UNIT ? NULL : tree->units[u->parent].code);
        put_integer(d, u->valid_from);
        put_integer(d, u->valid_to);
    }
}

/* Nothing where nobody has one: a digest says what is there. */
static void put_second_classes(digester *d) {
    const vc_unit *units = d->panel->tree.units;
    bool any = false;
    for (size_t i = 0; i < d->panel->tree.n; i++) any = any || units[i].second_class;
    for (size_t i = 0; any && i < d->panel->tree.n; i++)
        put_text(d, units[d->order[i]].second_class);
}

static void put_peers(digester *d) {
    const vc_peers *peers = &d->panel->peers;
    put_text(d, "peers");
    for (size_t i = 0; i < peers->n; i++) {
        const vc_peer *peer = &peers->list[i];
        put_text(d, peer->code);
        put_text(d, peer->name);
        put_text(d, peer->class_name);
        put_text(d, peer->second_class);
    }
    for (size_t i = 0; i < peers->n_figures; i++) {
        const vc_peer_figure *figure = &peers->figures[i];
        put_text(d, peers->list[figure->peer].code);
        put_text(d, peers->indicators[figure->indicator]);
        put_integer(d, figure->year_end);
        put_integer(d, figure->as_of);
        put_number(d, figure->value);
        put_number(d, figure->rank);
    }
}

static void put_others_of(digester *d, size_t source, size_t unit) {
    const vc_others *others = &d->panel->others;
    vc_other_count first = {.source = source, .unit = unit, .period = INT32_MIN};
    for (size_t i = vci_others_place(others, &first); i < others->n_counts; i++) {
        const vc_other_count *count = &others->counts[i];
        if (count->source != source || count->unit != unit) return;
        put_text(d, others->list[source].name);
        put_text(d, d->panel->tree.units[unit].code);
        put_integer(d, count->event);
        put_integer(d, count->period);
        put_number(d, count->count);
    }
}

static int compare_names(const void *a, const void *b, void *context) {
    const vc_other_source *list = context;
    return strcmp(list[*(const size_t *)a].name, list[*(const size_t *)b].name);
}

static vc_status put_others(digester *d) {
    vc_status st = VC_OK;
    const vc_others *others = &d->panel->others;
    size_t *order = NULL;
    VC_NEW(order, others->n);
    for (size_t i = 0; i < others->n; i++) order[i] = i;
    qsort_r(order, others->n, sizeof *order, compare_names, others->list);
    put_text(d, "others");
    for (size_t i = 0; i < others->n; i++)
        for (size_t k = 0; k < d->panel->tree.n; k++)
            put_others_of(d, order[i], d->order[k]);
out:
    vci_free(order);
    return st;
}

/* Changes as pairs of codes, in the order of those that ended. */
static void put_changes(digester *d) {
    const vc_panel *panel = d->panel;
    const vc_unit *units = panel->tree.units;
    put_integer(d, (int64_t)panel->n_changes);
    for (size_t i = 0; panel->n_changes > 0 && i < panel->tree.n; i++)
        for (size_t k = 0; k < panel->n_changes; k++) {
            const vc_change *change = &panel->changes[k];
            if (change->from != d->order[i]) continue;
            put_text(d, units[change->from].code);
            put_text(d, units[change->to].code);
            put_number(d, change->share);
        }
}

static void put_series(digester *d) {
    const vc_panel *panel = d->panel;
    put_integer(d, (int64_t)panel->n_progress);
    for (size_t i = 0; i < panel->n_progress; i++) {
        const vc_progress *progress = &panel->progress[i];
        put_text(d, progress->indicator);
        put_integer(d, progress->kind);
        put_text(d, progress->department);
        put_array(d, progress->numerator);
        put_array(d, progress->denominator);
        put_array(d, progress->sample_size);
    }
    put_integer(d, (int64_t)panel->n_values);
    for (size_t i = 0; i < panel->n_values; i++) {
        put_text(d, panel->values[i].indicator);
        put_array(d, panel->values[i].value);
    }
}

static vc_status begin(digester *d) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &d->panel->tree;
    VC_NEW(d->order, tree->n);
    for (size_t i = 0; i < tree->n; i++) d->order[i] = i;
    qsort_r(d->order, tree->n, sizeof *d->order, compare_codes, tree->units);
    vci_sha256_begin(&d->sha);
out:
    return st;
}

/* What was known when, of which the shares reported are estimated. */
static void put_triangles(digester *d) {
    const vc_panel *panel = d->panel;
    for (size_t event = 0; event < VC_EVENTS; event++) {
        const vc_triangle *triangle = &panel->triangle[event];
        if (!triangle->seen) continue;
        put_text(d, "triangle");
        put_integer(d, (int64_t)event);
        put_integer(d, panel->reported_until);
        for (size_t i = 0; i < panel->n_periods * VC_DELAYS; i++) {
            put_number(d, triangle->seen[i]);
            put_number(d, triangle->next[i]);
            put_number(d, triangle->seen_square[i]);
            put_number(d, triangle->seen_change[i]);
            put_number(d, triangle->change_square[i]);
        }
    }
}

vc_status vci_panel_digest(vc_panel *panel) {
    vc_status st = VC_OK;
    digester d = {.panel = panel, .n_periods = panel->n_periods};
    VC_TRY(begin(&d));
    put_text(&d, "vitalcast panel 1");
    put_integer(&d, panel->frequency);
    put_integer(&d, panel->first);
    put_integer(&d, (int64_t)panel->n_periods);
    put_units(&d);
    if (panel->n_changes > 0) put_changes(&d);
    for (size_t event = 0; event < VC_EVENTS; event++) put_array(&d, panel->count[event]);
    put_array(&d, panel->population);
    for (size_t i = 0; panel->status && i < panel->tree.n; i++)
        vci_sha256_add(&d.sha, panel->status + d.order[i] * panel->n_periods,
                       panel->n_periods);
    put_series(&d);
    put_second_classes(&d);
    if (panel->peers.n > 0) put_peers(&d);
    if (panel->others.n_counts > 0) VC_TRY(put_others(&d));
    put_triangles(&d);
    vci_sha256_end(&d.sha, panel->digest);
out:
    vci_free(d.order);
    return st;
}

vc_status vci_panel_digest_until(const vc_panel *panel, vc_period last,
                                 uint8_t digest[32]) {
    vc_status st = VC_OK;
    digester d = {.panel = panel, .n_periods = panel->n_periods};
    if (last < panel->first + (vc_period)panel->n_periods - 1)
        d.n_periods = last < panel->first ? 0 : (size_t)(last - panel->first) + 1;
    VC_TRY(begin(&d));
    put_text(&d, "vitalcast counts 1");
    put_integer(&d, panel->frequency);
    put_integer(&d, panel->first);
    put_integer(&d, (int64_t)d.n_periods);
    for (size_t i = 0; i < panel->tree.n; i++)
        put_text(&d, panel->tree.units[d.order[i]].code);
    for (size_t event = 0; event < VC_EVENTS; event++) put_array(&d, panel->count[event]);
    put_array(&d, panel->population);
    put_series(&d);
    vci_sha256_end(&d.sha, digest);
out:
    vci_free(d.order);
    return st;
}
