/* Units leave a panel: rows of every array move up, the tree is arranged anew. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/crosswalk_internal.h"
#include "data/others_internal.h"
#include "data/unit_internal.h"

/* Rows of kept units close up, in place: a row never moves down. */
static void close_up(void *array, size_t row_bytes, size_t n, const size_t *place) {
    char *rows = array;
    for (size_t unit = 0; rows && unit < n; unit++)
        if (place[unit] != VC_NO_UNIT && place[unit] != unit)
            memmove(rows + place[unit] * row_bytes, rows + unit * row_bytes, row_bytes);
}

static void close_up_panel(vc_panel *panel, const size_t *place) {
    size_t n = panel->tree.n, row = panel->n_periods * sizeof(double);
    for (size_t event = 0; event < VC_EVENTS; event++)
        close_up(panel->count[event], row, n, place);
    close_up(panel->population, row, n, place);
    close_up(panel->status, panel->n_periods, n, place);
    close_up(panel->starts, sizeof *panel->starts, n, place);
    for (size_t i = 0; i < panel->n_progress; i++) {
        close_up(panel->progress[i].numerator, row, n, place);
        close_up(panel->progress[i].denominator, row, n, place);
        close_up(panel->progress[i].sample_size, row, n, place);
    }
    for (size_t i = 0; i < panel->n_values; i++)
        close_up(panel->values[i].value, row, n, place);
}

/* The tree of the kept units alone; its orders are made anew. */
static vc_status close_up_tree(vc_unit_tree *tree, const size_t *place) {
    vc_unit_tree kept = {.units = tree->units};
    for (size_t unit = 0; unit < tree->n; unit++) {
        vc_unit *u = &tree->units[unit];
        if (place[unit] == VC_NO_UNIT) {
            vci_free(u->code);
            vci_free(u->name);
            vci_free(u->class_name);
            vci_free(u->second_class);
            continue;
        }
        if (u->parent != VC_NO_UNIT) u->parent = place[u->parent];
        kept.units[kept.n++] = *u;
    }
    tree->n = 0;
    tree->units = NULL;
    vc_unit_tree_free(tree);
    *tree = kept;
    return vci_unit_tree_arrange(tree);
}

vc_status vci_panel_keep(vc_panel *panel, const bool *keep, size_t *place) {
    size_t n = 0;
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        place[unit] = keep[unit] ? n++ : VC_NO_UNIT;
    if (n == panel->tree.n) return VC_OK;
    vci_others_keep(&panel->others, place);
    close_up_panel(panel, place);
    return close_up_tree(&panel->tree, place);
}
