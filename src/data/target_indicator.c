/* Which indicator a row of targets.csv means, and whether the data give it. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/built_in_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/target_internal.h"

/* S05: not in the data; what is there is listed, the nearest first. */
static vc_status tell_unknown_indicator(vci_target_reader *r) {
    vc_status st = VC_OK;
    const vc_panel *panel = r->panel;
    const char **names = NULL;
    size_t n = 0;
    char list[512] = "";
    char *end = list;
    const char *separator = vci_list_separator(r->findings->language);
    const vci_cell *cell = vci_target_cell(r, VCI_TARGET_INDICATOR);
    VC_NEW(names, VCI_BUILT_INS + panel->n_progress + panel->n_values);
    for (size_t i = 0; i < VCI_BUILT_INS; i++)
        if (vci_built_in_formed(&vci_built_ins[i], panel))
            names[n++] = vci_built_ins[i].name;
    for (size_t i = 0; i < panel->n_progress; i++)
        names[n++] = panel->progress[i].indicator;
    for (size_t i = 0; i < panel->n_values; i++) names[n++] = panel->values[i].indicator;
    for (size_t i = 0; i < n; i++) {
        vci_quoted shown = vci_quote(names[i], strlen(names[i]));
        if ((size_t)(end - list) + strlen(shown.text) + 4 > sizeof list) break;
        end = stpcpy(stpcpy(end, i > 0 ? separator : ""), shown.text);
    }
    const char *near = vci_nearest(cell->text, cell->n, names, n);
    vci_remedy remedy =
        near ? vci_remedy_make(r->findings, VCI_TEXT_TARGET_MEANT,
                               vci_quote(near, strlen(near)).text, list)
             : vci_remedy_make(r->findings, VCI_TEXT_TARGET_INDICATORS, list);
    VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_INDICATOR), remedy.text,
                           VCI_TEXT_TARGET_NO_INDICATOR, r->id.text,
                           vci_target_quoted(r, VCI_TARGET_INDICATOR).text));
out:
    vci_free(names);
    return st;
}

/* A built-in indicator whose events or population the data do not have. */
static vc_status tell_not_formed(vci_target_reader *r, const vci_built_in *built_in) {
    if (vci_built_in_has_events(built_in, r->panel))
        return vci_finding_add(r->findings, VC_FAULT, "S05",
                               vci_target_place(r, VCI_TARGET_INDICATOR), NULL,
                               VCI_TEXT_TARGET_NO_POPULATION, r->id.text, built_in->name);
    char list[128] = "";
    char *end = list;
    for (size_t i = 0; i < built_in->n_events; i++)
        if (!r->panel->has[built_in->events[i]])
            end = stpcpy(
                stpcpy(end, end > list ? vci_list_separator(r->findings->language) : ""),
                vci_column_word(vci_event_column(built_in->events[i]),
                                r->findings->language));
    return vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_INDICATOR), NULL,
                           VCI_TEXT_TARGET_NO_EVENTS, r->id.text, built_in->name, list);
}

/*
 * The name as the data have it; a built-in one in Chinese becomes the name of the tables.
 */
vc_status vci_target_read_indicator(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    if (vci_target_blank(r, VCI_TARGET_INDICATOR)) goto out;
    target->indicator = vci_cell_copy(vci_target_cell(r, VCI_TARGET_INDICATOR), &st);
    VC_TRY(st);
    if (vci_indicator_available(r->panel, target->indicator)) goto out;
    const vci_built_in *built_in = vci_built_in_find(target->indicator);
    if (!built_in) {
        VC_TRY(tell_unknown_indicator(r));
    } else if (!vci_indicator_available(r->panel, built_in->name)) {
        VC_TRY(tell_not_formed(r, built_in));
    } else {
        vci_free(target->indicator);
        VC_COPY_TEXT(target->indicator, built_in->name);
    }
out:
    return st;
}
