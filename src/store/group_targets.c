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

/* Of targets that are judged by another period than a year; absent when there is none. */
static const vci_column LENGTH = {"period_length",
                                  VCI_MEMBER_INT,
                                  AT(length),
                                  NULL,
                                  "periods that are judged, up to the year end; 0: a year",
                                  "考核期数（至截止期），0 为一年"};

static bool has_lengths(const vc_targets *t) {
    bool any = false;
    for (size_t i = 0; i < t->n; i++) any = any || t->list[i].length > 0;
    return any;
}

/* The rule that `scoring` names. */
static const vci_column RULE_COLUMNS[] = {
    {"rule", VCI_MEMBER_INT, AT(rule.rule), NULL,
     "0 all or none, 1 linear, 2 proportional, 3 tiers",
     "计分规则：0 达标得满分否则不得分，1 按差距扣分，2 按完成率计分，3 分档计分"},
    {"rule_part", VCI_MEMBER_INT, AT(rule.part), NULL,
     "part of a step: 0 its share, 1 ignored, 2 a whole one",
     "不足一个单位的部分：0 按比例，1 不计，2 按一个单位计"},
    {"rule_per", VCI_MEMBER_DOUBLE, AT(rule.per), NULL, "step", "扣分单位"},
    {"rule_deduct", VCI_MEMBER_DOUBLE, AT(rule.deduct), NULL, "points off for each step",
     "每单位扣分"},
    {"rule_bonus", VCI_MEMBER_DOUBLE, AT(rule.bonus), NULL, "points on for each step",
     "每单位加分"},
    {"rule_floor", VCI_MEMBER_DOUBLE, AT(rule.floor), NULL, "fewest points", "最低分"},
    {"rule_cap", VCI_MEMBER_DOUBLE, AT(rule.cap), NULL, "most points", "最高分"},
    {"rule_n_tiers", VCI_MEMBER_SIZE, AT(rule.n_tiers), NULL, "number of tiers",
     "计分档数"},
};
#define N_RULE_COLUMNS (sizeof RULE_COLUMNS / sizeof *RULE_COLUMNS)

/* to and points of each tier. */
static vci_h5_variable tiers_variable(size_t n) {
    return (vci_h5_variable){.name = "rule_tiers",
                             .type = VCI_H5_DOUBLE,
                             .rank = 3,
                             .size = {n, VC_SCORING_TIERS, 2},
                             .dim = {"target", "tier", "to_points"},
                             .en = "tiers: reached by a figure not worse than, points",
                             .zh = "计分档：界限、得分"};
}

static vc_status write_rules(hid_t group, const vc_targets *t) {
    vc_status st = VC_OK;
    double(*tiers)[VC_SCORING_TIERS][2] = NULL;
    vci_h5_variable variable = tiers_variable(t->n);
    VC_NEW(tiers, t->n);
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < VC_SCORING_TIERS; k++) {
            tiers[i][k][0] = t->list[i].rule.tier_to[k];
            tiers[i][k][1] = t->list[i].rule.tier_points[k];
        }
    VC_TRY(vci_columns_write(group, "target", N_RULE_COLUMNS, RULE_COLUMNS, t->n,
                             sizeof *t->list, t->list));
    VC_TRY(vci_h5_dimension(group, "tier", VC_SCORING_TIERS));
    VC_TRY(vci_h5_dimension(group, "to_points", 2));
    VC_TRY(vci_h5_write(group, &variable, tiers));
out:
    vci_free(tiers);
    return st;
}

static bool within(int value, int most) { return value >= 0 && value <= most; }

static bool good_rule(const vc_scoring *s) {
    return within((int)s->rule, VC_TIERS) && within((int)s->part, VC_PART_WHOLE) &&
           s->n_tiers <= VC_SCORING_TIERS;
}

static vc_status read_rules(hid_t group, vc_targets *t) {
    vc_status st = VC_OK;
    double *tiers = NULL;
    vci_h5_variable variable = tiers_variable(t->n);
    VC_TRY(vci_columns_read(group, N_RULE_COLUMNS, RULE_COLUMNS, t->n, sizeof *t->list,
                            t->list));
    VCI_H5_TAKE(tiers, group, &variable);
    for (size_t i = 0; i < t->n; i++) {
        vc_scoring *s = &t->list[i].rule;
        if (!good_rule(s)) VC_FAIL(VC_STORE_DAMAGED, "scoring rule of target %zu", i);
        for (size_t k = 0; k < VC_SCORING_TIERS; k++) {
            s->tier_to[k] = tiers[(i * VC_SCORING_TIERS + k) * 2];
            s->tier_points[k] = tiers[(i * VC_SCORING_TIERS + k) * 2 + 1];
        }
    }
out:
    vci_free(tiers);
    return st;
}

vc_status vci_targets_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_create(file, "targets", &group));
    VC_TRY(vci_h5_dimension(group, "target", run->targets.n));
    VC_TRY(vci_columns_write(group, "target", N_COLUMNS, COLUMNS, run->targets.n,
                             sizeof *run->targets.list, run->targets.list));
    if (has_lengths(&run->targets))
        VC_TRY(vci_columns_write(group, "target", 1, &LENGTH, run->targets.n,
                                 sizeof *run->targets.list, run->targets.list));
    VC_TRY(write_rules(group, &run->targets));
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
    if (vci_h5_has(group, LENGTH.name))
        VC_TRY(vci_columns_read(group, 1, &LENGTH, t->n, sizeof *t->list, t->list));
    if (vci_h5_has(group, "rule")) VC_TRY(read_rules(group, t));
out:
    vci_h5_close(group);
    return st;
}
