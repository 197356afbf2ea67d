/* indicators: what the workspace declares about them; no group where it declares nothing.
 */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "store/groups_internal.h"

/* More is no county's list of indicators, and no formula's factor. */
#define MOST_INDICATORS 100000
#define MOST_TIMES 1000000

#define AT(member) offsetof(vc_indicator, member)

static const vci_column COLUMNS[] = {
    {"name", VCI_MEMBER_TEXT, AT(name), NULL, "name in the tables", "表中名称"},
    {"declared", VCI_MEMBER_INT, AT(declared), NULL,
     "0 a name, 1 a formula, 2 quota, 3 stock, 4 survey, 5 value",
     "0 仅名称，1 公式，2 定额，3 存量，4 调查，5 一般数值"},
    {"label_en", VCI_MEMBER_TEXT_OR_NONE, AT(label[VC_ENGLISH]), NULL, "shown as",
     "显示名称（英文）"},
    {"label_zh", VCI_MEMBER_TEXT_OR_NONE, AT(label[VC_CHINESE]), NULL,
     "shown as, in Chinese", "显示名称（中文）"},
    {"department", VCI_MEMBER_TEXT_OR_NONE, AT(department), NULL, "department", "责任部门"},
    {"kind", VCI_MEMBER_INT, AT(formula.kind), NULL, "0 count, 1 rate, 2 ratio, 3 share",
     "0 人数，1 率，2 比，3 占比"},
    {"plus", VCI_MEMBER_INT, AT(formula.plus), NULL, "event; 7: none", "事件，7 为无"},
    {"minus", VCI_MEMBER_INT, AT(formula.minus), NULL, "event that is taken off; 7: none",
     "减去的事件，7 为无"},
    {"over", VCI_MEMBER_INT, AT(formula.over), NULL, "event below the line; 7: none",
     "分母事件，7 为无"},
    {"times", VCI_MEMBER_INT64, AT(formula.scale), NULL, "factor", "倍数"},
    {"cap", VCI_MEMBER_DOUBLE, AT(cap), "percent", "counts at most; 0: no cap",
     "封顶值，0 为不封顶"},
    {"margin", VCI_MEMBER_DOUBLE, AT(margin), "percent", "of the grade, around the target",
     "分级所用的目标上下幅度"},
    {"line", VCI_MEMBER_SIZE, AT(line), NULL, "line of workspace.yaml",
     "workspace.yaml 行号"},
    {"column", VCI_MEMBER_SIZE, AT(column), NULL, "column of workspace.yaml",
     "workspace.yaml 列号"},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)

vc_status vci_declared_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    const vc_panel *p = &run->panel;
    if (p->n_indicators == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "indicators", &group));
    VC_TRY(vci_h5_dimension(group, "declared_indicator", p->n_indicators));
    VC_TRY(vci_columns_write(group, "declared_indicator", N_COLUMNS, COLUMNS,
                             p->n_indicators, sizeof *p->indicators, p->indicators));
out:
    vci_h5_close(group);
    return st;
}

static bool is_event(vc_event event) { return (int)event >= 0 && event < VC_EVENTS; }

static bool is_event_or_none(vc_event event) {
    return event == VC_EVENTS || is_event(event);
}

/* Could a workspace have declared this? */
static bool is_formula(const vc_formula *f) {
    bool over = f->kind == VC_INDICATOR_RATIO || f->kind == VC_INDICATOR_SHARE;
    if ((int)f->kind < 0 || f->kind > VC_INDICATOR_SHARE || !is_event(f->plus) ||
        !is_event_or_none(f->minus) || !is_event_or_none(f->over) || f->scale < 1 ||
        f->scale > MOST_TIMES || over != (f->over != VC_EVENTS) ||
        (over && f->minus != VC_EVENTS))
        return false;
    return f->kind != VC_INDICATOR_SHARE || vci_event_within(f->plus, f->over);
}

static bool is_sound(const vc_indicator *i) {
    if ((int)i->declared < 0 || i->declared > VC_DECLARED_VALUE || !(i->cap >= 0) ||
        !isfinite(i->cap))
        return false;
    return i->declared != VC_DECLARED_FORMULA ||
           (is_formula(&i->formula) && i->margin > 0 && i->margin <= 100);
}

vc_status vci_declared_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_panel *p = &run->panel;
    size_t n = 0;
    if (!vci_h5_has(file, "indicators")) goto out;
    VC_TRY(vci_h5_group_open(file, "indicators", &group));
    VC_TRY(vci_h5_length(group, "declared_indicator", &n));
    if (n == 0 || n > MOST_INDICATORS) VC_FAIL(VC_STORE_DAMAGED, "%zu indicators", n);
    VC_NEW(p->indicators, n);
    p->n_indicators = n;
    VC_TRY(vci_columns_read(group, N_COLUMNS, COLUMNS, n, sizeof *p->indicators,
                            p->indicators));
    for (size_t i = 0; i < n; i++)
        if (!is_sound(&p->indicators[i])) VC_FAIL(VC_STORE_DAMAGED, "indicator %zu", i);
out:
    vci_h5_close(group);
    return st;
}
