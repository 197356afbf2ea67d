/* targets: the rows of targets.csv as they were read. */
#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_target, member)

/* The members of a target's value, lower or upper. */
#define VALUE(prefix, member)                                                                \
    {prefix "_kind",                                                                         \
     VCI_MEMBER_INT,                                                                         \
     AT(member.kind),                                                                        \
     NULL,                                                                                   \
     "0 fixed, 1 previous year, 2 class mean",                                               \
     "0 固定值，1 上年实际，2 同类平均"},                                                    \
        {prefix "_num", VCI_MEMBER_INT64, AT(member.value.num), NULL, "numerator", "分子"},  \
        {prefix "_den", VCI_MEMBER_INT64, AT(member.value.den),                              \
         NULL,          "denominator",    "分母"},                                           \
        {prefix "_factor_num", VCI_MEMBER_INT64, AT(member.factor.num), NULL, NULL, NULL},   \
        {prefix "_factor_den", VCI_MEMBER_INT64, AT(member.factor.den), NULL, NULL, NULL},   \
        {prefix "_summand_num", VCI_MEMBER_INT64, AT(member.summand.num), NULL, NULL, NULL}, \
    {                                                                                        \
        prefix "_summand_den", VCI_MEMBER_INT64, AT(member.summand.den), NULL, NULL, NULL    \
    }

static const vci_column COLUMNS[] = {
    {"id", VCI_MEMBER_TEXT, AT(id), NULL, "target", "目标"},
    {"year_end", VCI_MEMBER_INT, AT(year_end), NULL,
     "year end, counted in periods from year 0", "考核年度截止期（自公元 0 年起的期数）"},
    {"selector", VCI_MEMBER_INT, AT(selector), NULL, "0 one unit, 1 all, 2 level, 3 class",
     "0 单个单位，1 全部，2 层级，3 类别"},
    {"unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit", "单位序号"},
    {"level", VCI_MEMBER_UNSIGNED, AT(level), NULL, "level", "层级"},
    {"class", VCI_MEMBER_TEXT_OR_NONE, AT(class_name), NULL, "class", "考核类别"},
    {"indicator", VCI_MEMBER_TEXT, AT(indicator), NULL, "indicator", "指标"},
    {"direction", VCI_MEMBER_INT, AT(direction), NULL, "0 at most, 1 at least, 2 between",
     "0 不高于，1 不低于，2 介于"},
    VALUE("value", value),
    VALUE("value_high", value_high),
    {"decimals", VCI_MEMBER_INT, AT(decimals), NULL, "published digits, -1: exact",
     "公布小数位数，-1 为不取舍"},
    {"points", VCI_MEMBER_DOUBLE, AT(points), NULL, "points", "分值"},
    {"scoring", VCI_MEMBER_TEXT_OR_NONE, AT(scoring), NULL, "scoring", "计分办法"},
    {"veto", VCI_MEMBER_FLAG, AT(veto), NULL, "veto", "一票否决"},
    {"deadline", VCI_MEMBER_INT, AT(deadline), NULL, "deadline", "完成期限"},
    {"line", VCI_MEMBER_SIZE, AT(line), NULL, "line in the table", "所在行"},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)

vc_status vci_targets_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_create(file, "targets", &group));
    VC_TRY(vci_h5_dimension(group, "target", run->targets.n));
    VC_TRY(vci_columns_write(group, "target", N_COLUMNS, COLUMNS, run->targets.n,
                             sizeof *run->targets.list, run->targets.list));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_targets_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_targets *t = &run->targets;
    VC_TRY(vci_h5_group_open(file, "targets", &group));
    VC_TRY(vci_h5_length(group, "target", &t->n));
    VC_NEW(t->list, t->n);
    VC_TRY(vci_columns_read(group, N_COLUMNS, COLUMNS, t->n, sizeof *t->list, t->list));
out:
    vci_h5_close(group);
    return st;
}
