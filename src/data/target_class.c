/* class_mean needs a class, and somebody else in it whose figure is judged as well. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/target_internal.h"

#define MOST_NAMED 5

/* Units in a few words: the first by name, an ellipsis for the others. */
typedef struct unit_names {
    char text[MOST_NAMED * (sizeof(vci_unit_label) + 3) + 8];
    size_t n;
} unit_names;

static void add_name(unit_names *names, const char *separator, const char *name) {
    char *end = names->text + strlen(names->text);
    if (names->n < MOST_NAMED)
        stpcpy(stpcpy(end, names->n > 0 ? separator : ""), name);
    else if (names->n == MOST_NAMED)
        stpcpy(stpcpy(end, separator), "…");
    names->n++;
}

/* [n_units] which units some target of the same figure selects. */
static void mark_judged(const vc_targets *targets, const vc_unit_tree *tree, size_t at,
                        bool *judged) {
    memset(judged, 0, tree->n * sizeof *judged);
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *other = &targets->list[i];
        if (!vci_target_whole(other) || !vc_target_same_figure(&targets->list[at], other))
            continue;
        for (size_t unit = 0; unit < tree->n; unit++)
            judged[unit] = judged[unit] || vc_target_selects(other, tree, unit);
    }
}

static bool is_alone(const vc_unit_tree *tree, const bool *judged, size_t unit) {
    for (size_t other = 0; other < tree->n; other++)
        if (other != unit && judged[other] && vc_target_peers(tree, unit, other))
            return false;
    return true;
}

static vc_status tell(const vc_targets *targets, const vc_target *target, const char *kind,
                      vci_text text, vci_text remedy, const unit_names *names,
                      vc_findings *findings) {
    if (names->n == 0) return VC_OK;
    return vci_finding_add(
        findings, VC_FAULT, kind, (vci_place){targets->file, target->line, 0},
        vci_text_get(remedy, findings->language), text,
        vci_quote(target->id, strlen(target->id)).text, names->n, names->text);
}

vc_status vci_targets_check_class(const vc_targets *targets, const vc_panel *panel,
                                  vc_findings *findings) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &panel->tree;
    const char *separator = vci_list_separator(findings->language);
    bool *judged = NULL;
    VC_NEW(judged, tree->n);
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *target = &targets->list[i];
        unit_names classless = {0}, alone = {0};
        if (!vci_target_whole(target) || !vc_target_by_class(target)) continue;
        mark_judged(targets, tree, i, judged);
        for (size_t unit = 0; unit < tree->n; unit++) {
            if (!vc_target_selects(target, tree, unit)) continue;
            vci_unit_label label = vci_unit_label_of(tree, unit);
            if (!tree->units[unit].class_name)
                add_name(&classless, separator, label.text);
            else if (is_alone(tree, judged, unit))
                add_name(&alone, separator, label.text);
        }
        VC_TRY(tell(targets, target, "S03", VCI_TEXT_TARGET_NO_CLASS_NAME,
                    VCI_TEXT_TARGET_NO_CLASS_REMEDY, &classless, findings));
        VC_TRY(tell(targets, target, "S05", VCI_TEXT_TARGET_ALONE,
                    VCI_TEXT_TARGET_ALONE_REMEDY, &alone, findings));
    }
out:
    vci_free(judged);
    return st;
}
