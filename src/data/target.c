#include "vitalcast/target.h"

#include <string.h>

#include "core/memory_internal.h"

void vc_targets_free(vc_targets *targets) {
    if (!targets) return;
    for (size_t i = 0; targets->list && i < targets->n; i++) {
        vci_free(targets->list[i].id);
        vci_free(targets->list[i].class_name);
        vci_free(targets->list[i].indicator);
        vci_free(targets->list[i].scoring);
    }
    vci_free(targets->list);
    vci_free(targets->file);
    *targets = (vc_targets){0};
}

bool vc_target_selects(const vc_target *target, const vc_unit_tree *tree, size_t unit) {
    const vc_unit *u = &tree->units[unit];
    switch (target->selector) {
    case VC_ONE_UNIT:
        return unit == target->unit;
    case VC_ALL_UNITS:
        return true;
    case VC_LEVEL:
        return u->level == target->level;
    case VC_CLASS:
        return u->class_name && target->class_name &&
               strcmp(u->class_name, target->class_name) == 0;
    }
    return false;
}
