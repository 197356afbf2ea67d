#include "cli/warning_history_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/text_map_internal.h"
#include "vitalcast/boundary.h"
#include "vitalcast/grade.h"
#include "vitalcast/store.h"

/* An earlier run that may count. */
typedef struct earlier {
    vc_period as_of;
    const vc_store_entry *entry; /* borrowed */
} earlier;

static const char *or_empty(const char *text) { return text ? text : ""; }

/* By as-of period, of one period the one made last first. */
static int by_time(const void *a, const void *b) {
    const earlier *x = a, *y = b;
    if (x->as_of != y->as_of) return x->as_of < y->as_of ? -1 : 1;
    int order = strcmp(or_empty(y->entry->created), or_empty(x->entry->created));
    return order ? order : strcmp(x->entry->id, y->entry->id);
}

/* First period of the assessment years of a run, or of what else its targets judge. */
static vc_period years_begin(const vc_run *run) {
    vc_period first = run->as_of;
    for (size_t i = 0; i < run->targets.n; i++) {
        vc_year window = vc_target_window(&run->targets.list[i], run->panel.frequency);
        if (window.first < first) first = window.first;
    }
    return first;
}

static bool parse_as_of(const vc_store_entry *entry, vc_frequency frequency,
                        vc_period *as_of) {
    char text[VC_RUN_ID];
    const char *dash = strrchr(entry->id, '-');
    if (!dash) return false;
    snprintf(text, sizeof text, "%.*s", (int)(dash - entry->id), entry->id);
    return vc_period_parse(text, frequency, as_of);
}

static vc_status choose(const vc_run *run, const vc_store_list *list, size_t *n,
                        earlier **runs) {
    vc_status st = VC_OK;
    vc_period begin = years_begin(run), as_of;
    VC_NEW(*runs, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const vc_store_entry *e = &list->entries[i];
        if (!parse_as_of(e, run->panel.frequency, &as_of) || as_of < begin ||
            as_of >= run->as_of ||
            strcmp(or_empty(e->workspace), or_empty(run->settings.name)) != 0)
            continue;
        (*runs)[(*n)++] = (earlier){as_of, e};
    }
    qsort(*runs, *n, sizeof **runs, by_time);
out:
    return st;
}

/* What a result is about: target and unit. NULL when there is no memory. */
static char *name_of(const vc_run *run, size_t r) {
    const vc_target *target = &run->targets.list[run->results[r].target];
    return vci_text_format("%s\n%d\n%d\n%s", target->id, (int)target->year_end,
                           (int)target->length,
                           run->panel.tree.units[run->results[r].unit].code);
}

static vc_status map_names(const vc_run *run, vci_text_map *map) {
    vc_status st = VC_OK;
    char *name = NULL;
    for (size_t r = 0; r < run->n_results; r++) {
        size_t number;
        name = name_of(run, r);
        if (!name) VC_FAIL(VC_NO_MEMORY, "text");
        VC_TRY(vci_text_map_add(map, name, strlen(name), &number));
        vci_free(name);
        name = NULL;
    }
out:
    vci_free(name);
    return st;
}

/* Services and plain values are what they are; events are subject to chance. */
static bool is_tellable(const vc_run *run, size_t r, const vc_grade *grade) {
    return !vc_boundary_vital(run, run->targets.list[run->results[r].target].indicator) ||
           vc_grade_coloured(grade);
}

/* The results of one run, into those of the last one that are about the same. */
static vc_status take(const vc_run *run, const vc_warning_rules *rules,
                      const vci_text_map *map, vci_warning_history *history) {
    vc_status st = VC_OK;
    char *name = NULL;
    vc_grade *grades = NULL;
    VC_NEW(grades, run->n_results);
    vc_run_grades(run, grades);
    for (size_t r = 0; r < run->n_results; r++) {
        name = name_of(run, r);
        if (!name) VC_FAIL(VC_NO_MEMORY, "text");
        size_t at = vci_text_map_find(map, name, strlen(name));
        vci_free(name);
        name = NULL;
        if (at == VCI_NO_TEXT) continue;
        vc_warning_next(rules, run->as_of, run->results[r].p_met,
                        is_tellable(run, r, &grades[r]), &history->of[at]);
    }
    history->n_runs++;
out:
    vci_free(grades);
    vci_free(name);
    return st;
}

/* Its as-of period has no other run yet; it is a forecast, and of the same basis. */
static vc_status take_earlier(const vc_run *run, const earlier *e, const vci_text_map *map,
                              vc_period *taken, vci_warning_history *history) {
    vc_run before = {0};
    vc_status st = VC_OK;
    if (e->as_of == *taken) return VC_OK;
    st = vc_store_load("", e->entry->file, &before);
    if (st == VC_OK && before.scenario.n == 0 &&
        strcmp(or_empty(before.settings.basis), or_empty(run->settings.basis)) == 0) {
        *taken = e->as_of;
        st = take(&before, &run->settings.warnings, map, history);
    }
    vc_run_free(&before);
    return st == VC_NO_MEMORY ? st : VC_OK;
}

vc_status vci_warning_history_find(const vc_run *run, vci_warning_history *history) {
    vc_status st = VC_OK;
    vc_store_list list = {0};
    vci_text_map map = {0};
    earlier *runs = NULL;
    size_t n = 0;
    vc_period taken = VC_NO_PERIOD;
    const char *slash = run->file ? strrchr(run->file, '/') : NULL;
    char *dir = NULL;
    *history = (vci_warning_history){0};
    VC_NEW(history->of, run->n_results);
    dir = slash ? vci_text_copy(run->file, (size_t)(slash - run->file))
                : vci_text_copy(".", 1);
    if (!dir) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(map_names(run, &map));
    VC_TRY(vc_store_runs(dir, &list));
    VC_TRY(choose(run, &list, &n, &runs));
    for (size_t i = 0; i < n; i++)
        VC_TRY(take_earlier(run, &runs[i], &map, &taken, history));
    VC_TRY(take(run, &run->settings.warnings, &map, history));
out:
    vci_free(runs);
    vci_free(dir);
    vci_text_map_free(&map);
    vc_store_list_free(&list);
    return st;
}

void vci_warning_history_free(vci_warning_history *history) {
    vci_free(history->of);
    memset(history, 0, sizeof *history);
}
