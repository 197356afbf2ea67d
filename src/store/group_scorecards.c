/* scorecards: one entry per unit and year end, and their targets. */
#include <math.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_scorecard, member)

static const vci_column COLUMNS[] = {
    {"unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit", "单位序号"},
    {"year_end", VCI_MEMBER_INT, AT(year_end), NULL,
     "year end, counted in periods from year 0", "考核年度截止期（自公元 0 年起的期数）"},
    {"n_items", VCI_MEMBER_SIZE, AT(n_items), NULL, "number of targets", "目标数"},
    {"points", VCI_MEMBER_DOUBLE, AT(points), NULL, "points of the targets", "分值合计"},
    {"p_all_met", VCI_MEMBER_DOUBLE, AT(p_all_met), NULL,
     "probability that every target is met", "全部达标的可能性"},
    {"p_open", VCI_MEMBER_DOUBLE, AT(p_open), NULL,
     "share of draws in which a target is open", "有目标无法判定的模拟占比"},
    {"p_veto", VCI_MEMBER_DOUBLE, AT(p_veto), NULL,
     "probability that a veto target is missed", "触发一票否决的可能性"},
    {"p_veto_open", VCI_MEMBER_DOUBLE, AT(p_veto_open), NULL,
     "share of draws in which the veto is open", "一票否决无法判定的模拟占比"},
    {"p_total_open", VCI_MEMBER_DOUBLE, AT(p_total_open), NULL,
     "share of draws in which the total is open", "总分无法判定的模拟占比"},
    {"expected", VCI_MEMBER_DOUBLE, AT(expected), NULL, "expected total points",
     "预期总分"},
    {"median", VCI_MEMBER_DOUBLE, AT(median), NULL, "median of total points", "总分中位数"},
    {"low80", VCI_MEMBER_DOUBLE, AT(low80), NULL, "10 % quantile of total points",
     "总分 10% 分位数"},
    {"high80", VCI_MEMBER_DOUBLE, AT(high80), NULL, "90 % quantile of total points",
     "总分 90% 分位数"},
    {"low95", VCI_MEMBER_DOUBLE, AT(low95), NULL, "2.5 % quantile of total points",
     "总分 2.5% 分位数"},
    {"high95", VCI_MEMBER_DOUBLE, AT(high95), NULL, "97.5 % quantile of total points",
     "总分 97.5% 分位数"},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)

/* Absent when all are of years. */
static const vci_column LENGTH = {"period_length",
                                  VCI_MEMBER_INT,
                                  AT(length),
                                  NULL,
                                  "periods that are judged, up to the year end; 0: a year",
                                  "考核期数（至截止期），0 为一年"};

static bool has_lengths(const vc_run *run) {
    bool any = false;
    for (size_t c = 0; c < run->n_scorecards; c++)
        any = any || run->scorecards[c].length > 0;
    return any;
}

#define OF(member) offsetof(vc_scorecard_item, member)

static const vci_column ITEM_COLUMNS[] = {
    {"item_result", VCI_MEMBER_SIZE, OF(result), NULL, "index into assessment",
     "测算结果序号"},
    {"item_expected", VCI_MEMBER_DOUBLE, OF(expected), NULL, "expected points", "预期得分"},
    {"item_at_stake", VCI_MEMBER_DOUBLE, OF(at_stake), NULL, "points less expected ones",
     "预期失分"},
    {"item_total_if_met", VCI_MEMBER_DOUBLE, OF(total_if_met), NULL,
     "mean total if the target is met", "该目标达标时的平均总分"},
    {"item_total_if_missed", VCI_MEMBER_DOUBLE, OF(total_if_missed), NULL,
     "mean total if the target is missed", "该目标未达标时的平均总分"},
};
#define N_ITEM_COLUMNS (sizeof ITEM_COLUMNS / sizeof *ITEM_COLUMNS)

static size_t count_items(const vc_run *run) {
    size_t n = 0;
    for (size_t c = 0; c < run->n_scorecards; c++) n += run->scorecards[c].n_items;
    return n;
}

static vci_h5_variable tier_variable(size_t n) {
    return (vci_h5_variable){.name = "item_tier",
                             .type = VCI_H5_DOUBLE,
                             .rank = 2,
                             .size = {n, VC_SCORING_TIERS + 1},
                             .dim = {"item", "tier"},
                             .en = "probability of each tier, then of none",
                             .zh = "各计分档的可能性（其后一列为未达任何一档）"};
}

/* All items in one row, those of the first scorecard first. */
static vc_status write_items(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    size_t n = count_items(run), k = 0;
    vc_scorecard_item *items = NULL;
    double(*tier)[VC_SCORING_TIERS + 1] = NULL;
    vci_h5_variable variable = tier_variable(n);
    VC_NEW(items, n);
    VC_NEW(tier, n);
    for (size_t c = 0; c < run->n_scorecards; c++)
        for (size_t i = 0; i < run->scorecards[c].n_items; i++, k++) {
            items[k] = run->scorecards[c].items[i];
            memcpy(tier[k], items[k].tier, sizeof tier[k]);
        }
    VC_TRY(vci_h5_dimension(group, "item", n));
    VC_TRY(vci_h5_dimension(group, "tier", VC_SCORING_TIERS + 1));
    VC_TRY(vci_columns_write(group, "item", N_ITEM_COLUMNS, ITEM_COLUMNS, n, sizeof *items,
                             items));
    VC_TRY(vci_h5_write(group, &variable, tier));
out:
    vci_free(items);
    vci_free(tier);
    return st;
}

vc_status vci_scorecards_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    if (run->n_scorecards == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "scorecards", &group));
    VC_TRY(vci_h5_dimension(group, "scorecard", run->n_scorecards));
    VC_TRY(vci_columns_write(group, "scorecard", N_COLUMNS, COLUMNS, run->n_scorecards,
                             sizeof *run->scorecards, run->scorecards));
    if (has_lengths(run))
        VC_TRY(vci_columns_write(group, "scorecard", 1, &LENGTH, run->n_scorecards,
                                 sizeof *run->scorecards, run->scorecards));
    VC_TRY(write_items(group, run));
out:
    vci_h5_close(group);
    return st;
}

/* Hands the items out; all indices must be in range. */
static vc_status deal_items(size_t n, const vc_scorecard_item *items, vc_run *run) {
    vc_status st = VC_OK;
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        if (items[i].result >= run->n_results)
            VC_FAIL(VC_STORE_DAMAGED, "result of scorecard item %zu", i);
    for (size_t c = 0; c < run->n_scorecards; c++) {
        vc_scorecard *card = &run->scorecards[c];
        if (card->n_items > n - at || card->unit >= run->panel.tree.n)
            VC_FAIL(VC_STORE_DAMAGED, "scorecard %zu", c);
        VC_NEW(card->items, card->n_items);
        memcpy(card->items, items + at, card->n_items * sizeof *items);
        at += card->n_items;
    }
    if (at != n) VC_FAIL(VC_STORE_DAMAGED, "%zu scorecard items, expected %zu", n, at);
out:
    return st;
}

static vc_status read_items(hid_t group, vc_run *run) {
    vc_status st = VC_OK;
    size_t n = 0;
    vc_scorecard_item *items = NULL;
    double *tier = NULL;
    VC_TRY(vci_h5_length(group, "item", &n));
    vci_h5_variable variable = tier_variable(n);
    VCI_H5_TAKE(tier, group, &variable);
    VC_NEW(items, n);
    VC_TRY(vci_columns_read(group, N_ITEM_COLUMNS, ITEM_COLUMNS, n, sizeof *items, items));
    for (size_t i = 0; i < n; i++)
        memcpy(items[i].tier, tier + i * (VC_SCORING_TIERS + 1), sizeof items[i].tier);
    VC_TRY(deal_items(n, items, run));
out:
    vci_free(items);
    vci_free(tier);
    return st;
}

vc_status vci_scorecards_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    if (!vci_h5_has(file, "scorecards")) goto out;
    VC_TRY(vci_h5_group_open(file, "scorecards", &group));
    VC_TRY(vci_h5_length(group, "scorecard", &run->n_scorecards));
    VC_NEW(run->scorecards, run->n_scorecards);
    VC_TRY(vci_columns_read(group, N_COLUMNS, COLUMNS, run->n_scorecards,
                            sizeof *run->scorecards, run->scorecards));
    if (vci_h5_has(group, LENGTH.name))
        VC_TRY(vci_columns_read(group, 1, &LENGTH, run->n_scorecards,
                                sizeof *run->scorecards, run->scorecards));
    VC_TRY(read_items(group, run));
out:
    vci_h5_close(group);
    return st;
}
