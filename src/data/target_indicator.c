/* Which indicator a row of targets.csv means, and whether the data give it. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
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
    VC_NEW(names,
           VCI_STANDARDS + panel->n_indicators + panel->n_progress + panel->n_values);
    n = vci_indicator_names(panel, names);
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

/* An indicator whose events or population the data do not have. */
static vc_status tell_not_formed(vci_target_reader *r, const char *name,
                                 const vc_formula *formula) {
    const vc_event events[] = {formula->plus, formula->minus, formula->over};
    if (vci_formula_has_events(formula, r->panel))
        return vci_finding_add(r->findings, VC_FAULT, "S05",
                               vci_target_place(r, VCI_TARGET_INDICATOR), NULL,
                               VCI_TEXT_TARGET_NO_POPULATION, r->id.text, name);
    char list[128] = "";
    char *end = list;
    for (size_t i = 0; i < 3; i++)
        if (events[i] != VC_EVENTS && !r->panel->has[events[i]])
            end = stpcpy(
                stpcpy(end, end > list ? vci_list_separator(r->findings->language) : ""),
                vci_column_word(vci_event_column(events[i]), r->findings->language));
    return vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_INDICATOR), NULL,
                           VCI_TEXT_TARGET_NO_EVENTS, r->id.text, name, list);
}

/*
 * The name as the data have it; a standard one in Chinese becomes the name of the tables.
 */
vc_status vci_target_read_indicator(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    if (vci_target_blank(r, VCI_TARGET_INDICATOR)) goto out;
    target->indicator = vci_cell_copy(vci_target_cell(r, VCI_TARGET_INDICATOR), &st);
    VC_TRY(st);
    if (vci_indicator_available(r->panel, target->indicator)) goto out;
    const vci_standard *standard = vci_standard_find(target->indicator);
    const char *name = standard ? standard->name : target->indicator;
    const vc_formula *formula = vci_formula_find(r->panel, name);
    if (!formula) {
        VC_TRY(tell_unknown_indicator(r));
    } else if (!vci_indicator_available(r->panel, name)) {
        VC_TRY(tell_not_formed(r, name, formula));
    } else {
        vci_free(target->indicator);
        VC_COPY_TEXT(target->indicator, name);
    }
out:
    return st;
}

vc_status vci_target_check_cap(vci_target_reader *r, const vc_target *target) {
    if (!target->indicator || target->direction == VC_AT_MOST ||
        target->value.kind != VC_FIXED)
        return VC_OK;
    const vc_indicator *declared = vci_declared_find(r->panel, target->indicator);
    double value = (double)target->value.value.num / (double)target->value.value.den;
    if (!declared || !(declared->cap > 0) || value <= declared->cap) return VC_OK;
    return vci_finding_add(r->findings, VC_FAULT, "S06",
                           vci_target_place(r, VCI_TARGET_VALUE), NULL,
                           VCI_TEXT_INDICATOR_BEYOND_CAP, r->id.text,
                           vci_quote(declared->name, strlen(declared->name)).text,
                           declared->cap, declared->line, declared->column);
}
