/* rankings: one entry per rule and class, and one per unit in it. Absent without rules. */
#include <string.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_ranking, member)
static const vci_column RANKINGS[] = {
    {"name", VCI_MEMBER_TEXT, AT(name), NULL, "rule of commendation", "表彰规则"},
    {"class", VCI_MEMBER_TEXT, AT(class_name), NULL, "class", "考核类别"},
    {"by", VCI_MEMBER_TEXT_OR_NONE, AT(by), NULL, "indicator; empty: points",
     "排名指标（空为得分）"},
    {"year_end", VCI_MEMBER_INT, AT(year_end), NULL,
     "year end, counted in periods from year 0", "考核年度截止期（自公元 0 年起的期数）"},
    {"low_is_best", VCI_MEMBER_FLAG, AT(low_is_best), NULL, "the lowest figure is best",
     "数值低者在前"},
    {"quota", VCI_MEMBER_SIZE, AT(quota), NULL, "places", "名额"},
    {"units", VCI_MEMBER_SIZE, AT(n), NULL, "members of the class, peers among them",
     "本类单位数（含对照单位）"},
    {"own_units", VCI_MEMBER_SIZE, AT(n_units), NULL, "units of the workspace among them",
     "其中本工作区单位数"},
    {"second_class", VCI_MEMBER_FLAG, AT(second_class), NULL,
     "the class is one of the second division", "按第二类别划分"},
    {"quota_percent", VCI_MEMBER_DOUBLE, AT(quota_percent), "percent",
     "share that the places were made of, NaN: a number", "名额比例，NaN 为直接给定名额"},
    {"rounding", VCI_MEMBER_INT, AT(rounding), NULL, "0 down, 1 up, 2 nearest",
     "取整方式：0 舍去，1 进位，2 四舍五入"},
    {"compare_with", VCI_MEMBER_TEXT_OR_NONE, AT(compare_with), NULL,
     "earlier rule compared with", "与之比较的规则"},
    {"weights", VCI_MEMBER_DOUBLE, AT(weights), "1", "share by which weights move",
     "权重变动幅度"},
    {"p_winners_change", VCI_MEMBER_DOUBLE, AT(p_winners_change), NULL,
     "probability that moved weights change the winners", "权重变动后表彰名单改变的概率"},
};
#undef AT
#define N_RANKINGS (sizeof RANKINGS / sizeof *RANKINGS)

#define AT(member) offsetof(vc_ranked, member)
static const vci_column RANKED[] = {
    {"unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit, -1: a peer",
     "单位序号，-1 为对照单位"},
    {"peer", VCI_MEMBER_SIZE, AT(peer), NULL, "index of the peer, -1: a unit",
     "对照单位序号，-1 为本工作区单位"},
    {"target", VCI_MEMBER_SIZE, AT(target), NULL, "index into targets, -1: none",
     "目标序号，-1 为无"},
    {"result", VCI_MEMBER_SIZE, AT(result), NULL, "index into assessment, -1: none",
     "测算结果序号，-1 为无"},
    {"p_ranked", VCI_MEMBER_DOUBLE, AT(p_ranked), NULL, "probability of having a rank",
     "有名次的概率"},
    {"mean_rank", VCI_MEMBER_DOUBLE, AT(mean), NULL, "mean rank, 1 is best",
     "平均名次，1 为最优"},
    {"median_rank", VCI_MEMBER_DOUBLE, AT(median), NULL, "median rank", "名次中位数"},
    {"rank_q10", VCI_MEMBER_DOUBLE, AT(low_80), NULL, "80% interval of the rank",
     "名次 80% 区间"},
    {"rank_q90", VCI_MEMBER_DOUBLE, AT(high_80), NULL, "80% interval of the rank",
     "名次 80% 区间"},
    {"rank_q025", VCI_MEMBER_DOUBLE, AT(low_95), NULL, "95% interval of the rank",
     "名次 95% 区间"},
    {"rank_q975", VCI_MEMBER_DOUBLE, AT(high_95), NULL, "95% interval of the rank",
     "名次 95% 区间"},
    {"rank_set_low", VCI_MEMBER_DOUBLE, AT(set_low), NULL,
     "90% set of ranks of all units at once", "各单位名次的 90% 同时区间"},
    {"rank_set_high", VCI_MEMBER_DOUBLE, AT(set_high), NULL,
     "90% set of ranks of all units at once", "各单位名次的 90% 同时区间"},
    {"p_quota", VCI_MEMBER_DOUBLE, AT(p_quota), NULL, "probability of a place",
     "表彰可能性"},
    {"monte_carlo_se", VCI_MEMBER_DOUBLE, AT(monte_carlo_se), NULL,
     "Monte Carlo standard error of p_quota", "表彰可能性的模拟标准误"},
    {"p_first", VCI_MEMBER_DOUBLE, AT(p_first), NULL, "probability of the first place",
     "居首的概率"},
    {"p_veto", VCI_MEMBER_DOUBLE, AT(p_veto), NULL, "probability of a veto",
     "一票否决的概率"},
    {"p_quota_moved", VCI_MEMBER_DOUBLE, AT(p_quota_moved), NULL,
     "probability of a place when weights move", "权重变动时的表彰可能性"},
    {"rank_before", VCI_MEMBER_DOUBLE, AT(rank_before), NULL,
     "rank to date one period before", "上期累计名次"},
    {"rank_now", VCI_MEMBER_DOUBLE, AT(rank_now), NULL, "rank to date", "本期累计名次"},
    {"p_movement", VCI_MEMBER_DOUBLE, AT(p_movement), NULL,
     "how often chance alone moves some unit of the class as far",
     "仅凭偶然本类有单位变动至此的概率"},
};
#undef AT
#define N_RANKED (sizeof RANKED / sizeof *RANKED)

static size_t n_ranked(const vc_run *run) {
    size_t n = 0;
    for (size_t i = 0; i < run->n_rankings; i++) n += run->rankings[i].n;
    return n;
}

static vc_status write_ranked(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    size_t n = n_ranked(run), at = 0;
    vc_ranked *all = NULL;
    hid_t units = -1;
    VC_NEW(all, n);
    for (size_t i = 0; i < run->n_rankings; at += run->rankings[i++].n)
        memcpy(all + at, run->rankings[i].units, run->rankings[i].n * sizeof *all);
    VC_TRY(vci_h5_group_create(group, "ranked", &units));
    VC_TRY(vci_h5_dimension(units, "ranked", n));
    VC_TRY(vci_columns_write(units, "ranked", N_RANKED, RANKED, n, sizeof *all, all));
out:
    vci_h5_close(units);
    vci_free(all);
    return st;
}

vc_status vci_rankings_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    if (run->n_rankings == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "rankings", &group));
    VC_TRY(vci_h5_dimension(group, "ranking", run->n_rankings));
    VC_TRY(vci_columns_write(group, "ranking", N_RANKINGS, RANKINGS, run->n_rankings,
                             sizeof *run->rankings, run->rankings));
    VC_TRY(write_ranked(group, run));
out:
    vci_h5_close(group);
    return st;
}

/* Deals the entries out to their rankings, which must take them all. */
static vc_status read_ranked(hid_t group, vc_run *run) {
    vc_status st = VC_OK;
    size_t n, at = 0;
    vc_ranked *all = NULL;
    hid_t units = -1;
    VC_TRY(vci_h5_group_open(group, "ranked", &units));
    VC_TRY(vci_h5_length(units, "unit", &n));
    VC_NEW(all, n);
    VC_TRY(vci_columns_read(units, N_RANKED, RANKED, n, sizeof *all, all));
    for (size_t i = 0; i < run->n_rankings; at += run->rankings[i++].n) {
        vc_ranking *ranking = &run->rankings[i];
        if (ranking->n > n - at) VC_FAIL(VC_STORE_DAMAGED, "units of ranking %zu", i);
        VC_NEW(ranking->units, ranking->n);
        memcpy(ranking->units, all + at, ranking->n * sizeof *all);
    }
    if (at != n) VC_FAIL(VC_STORE_DAMAGED, "%zu ranked units", n);
out:
    vci_h5_close(units);
    vci_free(all);
    return st;
}

vc_status vci_rankings_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    if (!vci_h5_has(file, "rankings")) goto out;
    VC_TRY(vci_h5_group_open(file, "rankings", &group));
    VC_TRY(vci_h5_length(group, "name", &run->n_rankings));
    VC_NEW(run->rankings, run->n_rankings);
    VC_TRY(vci_columns_read(group, N_RANKINGS, RANKINGS, run->n_rankings,
                            sizeof *run->rankings, run->rankings));
    VC_TRY(read_ranked(group, run));
out:
    vci_h5_close(group);
    return st;
}

static bool is_place(size_t place, size_t n) { return place == SIZE_MAX || place < n; }

vc_status vci_rankings_check(const vc_run *run) {
    for (size_t i = 0; i < run->n_rankings; i++) {
        const vc_ranking *ranking = &run->rankings[i];
        bool good = ranking->quota <= ranking->n && ranking->n_units <= ranking->n &&
                    (unsigned)ranking->rounding <= VC_ROUND_NEAREST;
        for (size_t k = 0; k < ranking->n; k++) {
            const vc_ranked *ranked = &ranking->units[k];
            bool own = k < ranking->n_units;
            good = good &&
                   (own ? ranked->unit < run->panel.tree.n : ranked->unit == SIZE_MAX) &&
                   (own ? ranked->peer == SIZE_MAX : ranked->peer < run->panel.peers.n) &&
                   is_place(ranked->target, run->targets.n) &&
                   is_place(ranked->result, run->n_results);
        }
        if (!good) return vci_fail(VC_STORE_DAMAGED, __FILE__, __LINE__, "ranking %zu", i);
    }
    return VC_OK;
}
