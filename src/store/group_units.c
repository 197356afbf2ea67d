/* constant_data: the tree of units, population, record status, settings. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/unit_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_unit, member)

static const vci_column UNITS[] = {
    {"unit_code", VCI_MEMBER_TEXT, AT(code), NULL, "unit code", "单位代码"},
    {"unit_name", VCI_MEMBER_TEXT, AT(name), NULL, "unit name", "单位名称"},
    {"unit_class", VCI_MEMBER_TEXT_OR_NONE, AT(class_name), NULL, "class", "考核类别"},
    {"unit_parent", VCI_MEMBER_SIZE, AT(parent), NULL,
     "index of the parent, -1 at the root", "上级单位序号，顶层为 -1"},
    {"unit_level", VCI_MEMBER_UNSIGNED, AT(level), NULL, "depth, root 0", "层级，顶层为 0"},
    {"unit_leaf", VCI_MEMBER_FLAG, AT(leaf), NULL, "carries counts itself", "直接填报单位"},
    {"unit_valid_from", VCI_MEMBER_INT, AT(valid_from), NULL, "first period of validity",
     "启用时期"},
    {"unit_valid_to", VCI_MEMBER_INT, AT(valid_to), NULL, "last period of validity",
     "停用时期"},
};
#define N_UNITS (sizeof UNITS / sizeof *UNITS)

/* Absent where no unit has one. */
static const vci_column SECOND_CLASS = {"unit_second_class",
                                        VCI_MEMBER_TEXT_OR_NONE,
                                        AT(second_class),
                                        NULL,
                                        "class of the second division",
                                        "第二类别"};

static bool has_second_classes(const vc_unit_tree *tree) {
    for (size_t u = 0; u < tree->n; u++)
        if (tree->units[u].second_class) return true;
    return false;
}

/*
 * The orders of a tree follow from its parents, if these lead from every unit to one root.
 */
static vc_status check_parents(const vc_unit_tree *tree) {
    vc_status st = VC_OK;
    size_t roots = 0;
    for (size_t u = 0; u < tree->n; u++) {
        size_t steps = 0, at = u;
        while (steps <= tree->n && at < tree->n && tree->units[at].parent != VC_NO_UNIT) {
            at = tree->units[at].parent;
            steps++;
        }
        if (at >= tree->n || steps > tree->n)
            VC_FAIL(VC_STORE_DAMAGED, "unit %zu hangs nowhere", u);
        roots += at == u;
    }
    if (roots != 1) VC_FAIL(VC_STORE_DAMAGED, "%zu roots", roots);
out:
    return st;
}

static vc_status read_tree(hid_t group, vc_unit_tree *tree) {
    vc_status st = VC_OK;
    VC_TRY(vci_h5_length(group, "unit_code", &tree->n));
    VC_NEW(tree->units, tree->n);
    VC_TRY(
        vci_columns_read(group, N_UNITS, UNITS, tree->n, sizeof *tree->units, tree->units));
    if (vci_h5_has(group, SECOND_CLASS.name))
        VC_TRY(vci_columns_read(group, 1, &SECOND_CLASS, tree->n, sizeof *tree->units,
                                tree->units));
    VC_TRY(check_parents(tree));
    VC_TRY(vci_unit_tree_arrange(tree));
out:
    return st;
}

/* Attribute names of a warning level's limit. */
static const char *const LIMITS[VC_WARNING_LEVELS] = {
    [VC_WARNING_YELLOW] = "warning_yellow",
    [VC_WARNING_ORANGE] = "warning_orange",
    [VC_WARNING_RED] = "warning_red"};

static vc_status write_warning_rules(hid_t group, const vc_warning_rules *rules) {
    vc_status st = VC_OK;
    for (int l = VC_WARNING_YELLOW; l < VC_WARNING_LEVELS; l++)
        VC_TRY(vci_h5_put_number(group, LIMITS[l], VCI_H5_DOUBLE, &rules->below[l]));
    VC_TRY(vci_h5_put_number(group, "warning_margin", VCI_H5_DOUBLE, &rules->margin));
    VC_TRY(vci_h5_put_number(group, "warning_periods", VCI_H5_INT32, &rules->stands_for));
out:
    return st;
}

static vc_status read_warning_rules(hid_t group, vc_warning_rules *rules) {
    vc_status st = VC_OK;
    *rules = vc_warning_rules_default();
    for (int l = VC_WARNING_YELLOW; l < VC_WARNING_LEVELS; l++)
        VC_TRY(vci_h5_get_number(group, LIMITS[l], VCI_H5_DOUBLE, &rules->below[l]));
    VC_TRY(vci_h5_get_number(group, "warning_margin", VCI_H5_DOUBLE, &rules->margin));
    VC_TRY(vci_h5_get_number(group, "warning_periods", VCI_H5_INT32, &rules->stands_for));
out:
    return st;
}

static vc_status write_settings(hid_t group, const vc_settings *s) {
    vc_status st = VC_OK;
    int32_t numbers[] = {(int32_t)s->language,       s->year_end_in_year,
                         (int32_t)s->dating,         (int32_t)s->average_population,
                         (int32_t)s->n_completeness, s->nowcast};
    static const char *const names[] = {"language",       "year_end_in_year",
                                        "dating",         "average_population",
                                        "n_completeness", "completeness_estimated"};
    vci_h5_variable v = {.name = "completeness_mean",
                         .type = VCI_H5_DOUBLE,
                         .rank = 2,
                         .size = {VC_EVENTS, VC_LATE},
                         .dim = {"event", "recent"}};
    for (size_t i = 0; i < 6; i++)
        VC_TRY(vci_h5_put_number(group, names[i], VCI_H5_INT32, &numbers[i]));
    VC_TRY(vci_h5_put_number(group, "min_cell", VCI_H5_DOUBLE, &s->min_cell));
    VC_TRY(write_warning_rules(group, &s->warnings));
    VC_TRY(vci_h5_dimension(group, "event", VC_EVENTS));
    VC_TRY(vci_h5_dimension(group, "recent", VC_LATE));
    VC_TRY(vci_h5_write(group, &v, s->completeness_mean));
    v.name = "completeness_sd";
    VC_TRY(vci_h5_write(group, &v, s->completeness_sd));
    v.name = "completeness_removed";
    VC_TRY(vci_h5_write(group, &v, s->completeness_removed));
    vci_h5_variable text = {.name = "workspace_text",
                            .type = VCI_H5_TEXT,
                            .en = "workspace.yaml as read",
                            .zh = "读入的 workspace.yaml 原文"};
    VC_TRY(vci_h5_write(group, &text, &s->workspace_text));
    VC_TRY(vci_grade_write(group, s));
out:
    return st;
}

static vc_status read_settings(hid_t group, vc_settings *s) {
    vc_status st = VC_OK;
    int32_t language, dating, rule, completeness, estimated;
    vci_h5_variable v = {.name = "completeness_mean",
                         .type = VCI_H5_DOUBLE,
                         .rank = 2,
                         .size = {VC_EVENTS, VC_LATE}};
    vci_h5_variable text = {.name = "workspace_text", .type = VCI_H5_TEXT};
    VC_TRY(vci_h5_get_number(group, "language", VCI_H5_INT32, &language));
    VC_TRY(
        vci_h5_get_number(group, "year_end_in_year", VCI_H5_INT32, &s->year_end_in_year));
    VC_TRY(vci_h5_get_number(group, "dating", VCI_H5_INT32, &dating));
    VC_TRY(vci_h5_get_number(group, "average_population", VCI_H5_INT32, &rule));
    VC_TRY(vci_h5_get_number(group, "n_completeness", VCI_H5_INT32, &completeness));
    VC_TRY(vci_h5_get_number(group, "completeness_estimated", VCI_H5_INT32, &estimated));
    VC_TRY(vci_h5_get_number(group, "min_cell", VCI_H5_DOUBLE, &s->min_cell));
    VC_TRY(read_warning_rules(group, &s->warnings));
    VC_TRY(vci_h5_read(group, &v, s->completeness_mean));
    v.name = "completeness_sd";
    VC_TRY(vci_h5_read(group, &v, s->completeness_sd));
    v.name = "completeness_removed";
    VC_TRY(vci_h5_read(group, &v, s->completeness_removed));
    VC_TRY(vci_h5_read(group, &text, &s->workspace_text));
    VC_TRY(vci_grade_read(group, s));
    s->language = (vc_language)language;
    s->dating = (vc_dating)dating;
    s->average_population = (vc_average_population)rule;
    s->n_completeness = (size_t)completeness;
    s->nowcast = estimated != 0;
out:
    return st;
}

static vci_h5_variable cells(const vc_panel *panel, const char *name, vci_h5_type type,
                             const char *en, const char *zh) {
    return (vci_h5_variable){.name = name,
                             .type = type,
                             .rank = 2,
                             .size = {panel->tree.n, panel->n_periods},
                             .dim = {"unit", vci_period_dim(panel->frequency)},
                             .en = en,
                             .zh = zh};
}

vc_status vci_units_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    const vc_panel *p = &run->panel;
    vci_column starts = {"unit_starts", VCI_MEMBER_INT,          0,
                         NULL,          "first reported period", "首报时期"};
    vci_h5_variable v =
        cells(p, "population", VCI_H5_DOUBLE, "population at the period's end", "期末人口");
    v.units = "1";
    VC_TRY(vci_h5_group_create(file, "constant_data", &group));
    VC_TRY(vci_unit_scale(group, &p->tree));
    VC_TRY(vci_period_scale(group, p->frequency, p->first, p->n_periods));
    VC_TRY(vci_columns_write(group, "unit", N_UNITS, UNITS, p->tree.n,
                             sizeof *p->tree.units, p->tree.units));
    if (has_second_classes(&p->tree))
        VC_TRY(vci_columns_write(group, "unit", 1, &SECOND_CLASS, p->tree.n,
                                 sizeof *p->tree.units, p->tree.units));
    VC_TRY(vci_columns_write(group, "unit", 1, &starts, p->tree.n, sizeof *p->starts,
                             p->starts));
    if (p->population) VC_TRY(vci_h5_write(group, &v, p->population));
    v = cells(p, "record_status", VCI_H5_BYTE, "0 absent, 1 provisional, 2 final",
              "0 无记录，1 快报数，2 正式数");
    if (p->status) VC_TRY(vci_h5_write(group, &v, p->status));
    VC_TRY(write_settings(group, &run->settings));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_units_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_panel *p = &run->panel;
    vci_column starts = {"unit_starts", VCI_MEMBER_INT, 0, NULL, NULL, NULL};
    VC_TRY(vci_h5_group_open(file, "constant_data", &group));
    VC_TRY(read_tree(group, &p->tree));
    VC_TRY(vci_h5_length(group, vci_period_dim(p->frequency), &p->n_periods));
    VC_NEW(p->starts, p->tree.n);
    VC_TRY(vci_columns_read(group, 1, &starts, p->tree.n, sizeof *p->starts, p->starts));
    vci_h5_variable v = cells(p, "population", VCI_H5_DOUBLE, NULL, NULL);
    if (vci_h5_has(group, v.name)) VCI_H5_TAKE(p->population, group, &v);
    v = cells(p, "record_status", VCI_H5_BYTE, NULL, NULL);
    if (vci_h5_has(group, v.name)) VCI_H5_TAKE(p->status, group, &v);
    VC_TRY(read_settings(group, &run->settings));
out:
    vci_h5_close(group);
    return st;
}
