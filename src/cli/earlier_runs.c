#include "cli/earlier_runs_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"

static const char *or_empty(const char *text) { return text ? text : ""; }

static int by_time(const void *a, const void *b) {
    const vci_earlier_run *x = a, *y = b;
    if (x->as_of != y->as_of) return x->as_of < y->as_of ? -1 : 1;
    int order = strcmp(or_empty(y->entry->created), or_empty(x->entry->created));
    return order ? order : strcmp(x->entry->id, y->entry->id);
}

static bool parse_as_of(const vc_store_entry *entry, vc_frequency frequency,
                        vc_period *as_of) {
    char text[VC_RUN_ID];
    const char *dash = strrchr(entry->id, '-');
    if (!dash) return false;
    snprintf(text, sizeof text, "%.*s", (int)(dash - entry->id), entry->id);
    return vc_period_parse(text, frequency, as_of);
}

vc_status vci_earlier_runs_choose(const vc_store_list *list, const char *workspace,
                                  vc_frequency frequency, vc_period from, vc_period before,
                                  size_t *n, vci_earlier_run **runs) {
    vc_status st = VC_OK;
    vc_period as_of;
    *n = 0;
    VC_NEW(*runs, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const vc_store_entry *e = &list->entries[i];
        if (e->scenario || !parse_as_of(e, frequency, &as_of) || as_of < from ||
            as_of >= before || strcmp(or_empty(e->workspace), or_empty(workspace)) != 0)
            continue;
        (*runs)[(*n)++] = (vci_earlier_run){as_of, e};
    }
    qsort(*runs, *n, sizeof **runs, by_time);
out:
    return st;
}

/* A run that cannot be read is none; only memory must not run out. */
static vc_status load(const vc_store_entry *entry, const char *basis, vc_run *run,
                      bool *found) {
    vc_status st = vc_store_load("", entry->file, run);
    *found = st == VC_OK && strcmp(or_empty(run->settings.basis), or_empty(basis)) == 0;
    if (!*found) vc_run_free(run);
    return st == VC_NO_MEMORY ? st : VC_OK;
}

vc_status vci_earlier_run_last(const char *store, const char *workspace, const char *basis,
                               vc_frequency frequency, vc_period before, vc_run *run,
                               bool *found) {
    vc_status st = VC_OK;
    vc_store_list list = {0};
    vci_earlier_run *runs = NULL;
    size_t n = 0, begin;
    *found = false;
    *run = (vc_run){0};
    VC_TRY(vc_store_runs(store, &list));
    VC_TRY(vci_earlier_runs_choose(&list, workspace, frequency, VC_NO_PERIOD, before, &n,
                                   &runs));
    for (size_t end = n; end > 0 && !*found; end = begin) {
        for (begin = end; begin > 0 && runs[begin - 1].as_of == runs[end - 1].as_of;)
            begin--;
        for (size_t i = begin; i < end && !*found; i++)
            VC_TRY(load(runs[i].entry, basis, run, found));
    }
out:
    vci_free(runs);
    vc_store_list_free(&list);
    return st;
}
