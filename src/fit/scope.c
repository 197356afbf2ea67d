/*
 * Who reports a series need not be a leaf: townships may report their work where villages
 * report births. Such a series has a tree of its own, which ends with its reporters.
 */
#include "fit/scope_internal.h"

#include "core/memory_internal.h"
#include "data/unit_internal.h"
#include "fit/progress_internal.h"

static bool any_below(const vc_unit_tree *tree, const unsigned char *standing,
                      size_t unit) {
    for (size_t c = tree->child_begin[unit]; c < tree->child_begin[unit + 1]; c++)
        if (standing[tree->children[c]] != VCI_SILENT) return true;
    return false;
}

void vci_standing_find(const vc_panel *panel, size_t series, unsigned char *standing) {
    const vc_unit_tree *tree = &panel->tree;
    bool survey = panel->progress[series].kind == VC_SURVEY;
    for (size_t i = tree->n; i-- > 0;) {
        size_t u = tree->down[i];
        bool reports = vci_progress_reports(panel, series, u);
        if (!any_below(tree, standing, u))
            standing[u] = reports ? VCI_REPORTER : VCI_SILENT;
        else if (survey)
            standing[u] = reports ? VCI_ALONE : VCI_ABOVE;
        else
            standing[u] = VCI_SUM;
    }
}

static vc_status copy_unit(const vc_unit *from, size_t parent, vc_unit *to) {
    vc_status st = VC_OK;
    *to = (vc_unit){.parent = parent};
    to->valid_from = to->valid_to = VC_NO_PERIOD;
    VC_COPY_TEXT(to->code, from->code);
    VC_COPY_TEXT(to->name, from->name);
out:
    return st;
}

/* The units that are not silent, parents renumbered: at[] is their new place. */
static vc_status prune(const vc_unit_tree *from, const unsigned char *standing, size_t *at,
                       vci_scope *scope) {
    vc_status st = VC_OK;
    vc_unit_tree *own = &scope->own;
    for (size_t u = 0; u < from->n; u++)
        if (standing[u] != VCI_SILENT) at[u] = own->n++;
    if (own->n == 0) VC_FAIL(VC_TOO_FEW_DATA, "nobody reports the series");
    VC_NEW(own->units, own->n);
    VC_NEW(scope->unit, own->n);
    for (size_t u = 0; u < from->n; u++) {
        if (standing[u] == VCI_SILENT) continue;
        size_t parent = from->units[u].parent;
        VC_TRY(copy_unit(&from->units[u], parent == VC_NO_UNIT ? parent : at[parent],
                         &own->units[at[u]]));
        scope->unit[at[u]] = u;
    }
    VC_TRY(vci_unit_tree_arrange(own));
out:
    return st;
}

static vc_status reporters(const vc_panel *panel, size_t series, vci_scope *scope) {
    vc_status st = VC_OK;
    unsigned char *standing = NULL;
    size_t *at = NULL;
    VC_NEW(standing, panel->tree.n);
    VC_NEW(at, panel->tree.n);
    vci_standing_find(panel, series, standing);
    VC_TRY(prune(&panel->tree, standing, at, scope));
out:
    vci_free(standing);
    vci_free(at);
    return st;
}

static vc_status single(const vc_panel *panel, size_t unit, vci_scope *scope) {
    vc_status st = VC_OK;
    VC_NEW(scope->own.units, 1);
    scope->own.n = 1;
    VC_TRY(copy_unit(&panel->tree.units[unit], VC_NO_UNIT, scope->own.units));
    VC_NEW(scope->unit, 1);
    scope->unit[0] = unit;
    VC_TRY(vci_unit_tree_arrange(&scope->own));
out:
    return st;
}

vc_status vci_scope_init(const vc_panel *panel, const vci_role *role, vci_scope *scope) {
    vc_status st = VC_OK;
    *scope = (vci_scope){.tree = &scope->own};
    if (role->unit != VC_NO_UNIT) {
        VC_TRY(single(panel, role->unit, scope));
    } else if (vci_role_progress(role->id)) {
        VC_TRY(reporters(panel, role->series, scope));
    } else {
        scope->tree = &panel->tree;
        VC_NEW(scope->unit, panel->tree.n);
        for (size_t u = 0; u < panel->tree.n; u++) scope->unit[u] = u;
    }
out:
    if (st != VC_OK) vci_scope_free(scope);
    return st;
}

void vci_scope_free(vci_scope *scope) {
    vc_unit_tree_free(&scope->own);
    vci_free(scope->unit);
    *scope = (vci_scope){0};
}
