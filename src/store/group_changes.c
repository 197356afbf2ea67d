/* changes: what changed since an earlier run. Absent where none was named. */
#include <math.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_changed, member)
static const vci_column CHANGED[] = {
    {"result", VCI_MEMBER_SIZE, AT(result), NULL, "index into assessment", "测算结果序号"},
    {"p_before", VCI_MEMBER_DOUBLE, AT(p_before), NULL,
     "probability that the target is met, in the earlier run", "上次测算的达标可能性"},
    {"median_before", VCI_MEMBER_DOUBLE, AT(median_before), NULL,
     "median of the year-end figure, in the earlier run", "上次测算的年末中位数"},
};
#undef AT
#define N_CHANGED (sizeof CHANGED / sizeof *CHANGED)

static const vci_column NEW[] = {
    {"new_result", VCI_MEMBER_SIZE, 0, NULL,
     "index into assessment of a result that the earlier run has not",
     "上次测算没有的测算结果序号"},
};

#define AT(member) offsetof(vc_gone, member)
static const vci_column GONE[] = {
    {"gone_target", VCI_MEMBER_TEXT, AT(target), NULL,
     "target of a result that only the earlier run has", "仅上次测算有的结果：目标"},
    {"gone_year_end", VCI_MEMBER_INT, AT(year_end), NULL,
     "year end, counted in periods from year 0", "考核年度截止期（自公元 0 年起的期数）"},
    {"gone_unit", VCI_MEMBER_TEXT, AT(unit), NULL, "code of the unit", "单位代码"},
};
#undef AT
#define N_GONE (sizeof GONE / sizeof *GONE)

#define AT(member) offsetof(vc_news, member)
static const vci_column NEWS[] = {
    {"news_event", VCI_MEMBER_INT, AT(event), NULL,
     "0 births, 1 males, 2 females, 3 compliant, 4 deaths, 5 arrivals, 6 departures",
     "0 出生，1 男婴，2 女婴，3 符合政策出生，4 死亡，5 迁入，6 迁出"},
    {"news_period", VCI_MEMBER_INT, AT(period), NULL,
     "new period, counted in periods from year 0", "新增期（自公元 0 年起的期数）"},
    {"news_observed", VCI_MEMBER_DOUBLE, AT(observed), "1", "count of the top unit",
     "最上级单位实际数"},
    {"news_expected", VCI_MEMBER_DOUBLE, AT(expected), "1",
     "mean expected without knowing the period", "未知该期数据时的预期均值"},
    {"news_q10", VCI_MEMBER_DOUBLE, AT(low_80), "1", "80% prediction interval of the count",
     "80% 预测区间"},
    {"news_q90", VCI_MEMBER_DOUBLE, AT(high_80), "1",
     "80% prediction interval of the count", "80% 预测区间"},
    {"news_incomplete", VCI_MEMBER_FLAG, AT(incomplete), NULL,
     "reports of the period are still to come", "该期报送尚不完整"},
};
#undef AT
#define N_NEWS (sizeof NEWS / sizeof *NEWS)

static vci_h5_variable steps(size_t n, bool p) {
    return (vci_h5_variable){
        .name = p ? "p_step" : "median_step",
        .type = VCI_H5_DOUBLE,
        .rank = 2,
        .size = {n, VC_CHANGE_STEPS},
        .dim = {"changed", "step"},
        .en = p ? "change of the probability by step" : "change of the median by step",
        .zh = p ? "各项变动对达标可能性的影响" : "各项变动对年末中位数的影响"};
}

static vc_status write_step_names(hid_t group) {
    const char *names[VC_CHANGE_STEPS];
    vci_h5_variable v = {.name = "step",
                         .type = VCI_H5_TEXT,
                         .rank = 1,
                         .size = {VC_CHANGE_STEPS},
                         .dim = {"step"},
                         .en =
                             "what changed, in the order in which it is taken into account",
                         .zh = "变动项（按计入次序）",
                         .scale = true};
    for (int s = 0; s < VC_CHANGE_STEPS; s++)
        names[s] = vc_change_step_name((vc_change_step)s);
    return vci_h5_write(group, &v, names);
}

static vc_status write_changed(hid_t group, const vc_changes *c) {
    vc_status st = VC_OK;
    double(*p)[VC_CHANGE_STEPS] = NULL, (*median)[VC_CHANGE_STEPS] = NULL;
    vci_h5_variable p_steps = steps(c->n, true), median_steps = steps(c->n, false);
    VC_NEW(p, c->n);
    VC_NEW(median, c->n);
    for (size_t i = 0; i < c->n; i++) {
        memcpy(p[i], c->list[i].p_step, sizeof *p);
        memcpy(median[i], c->list[i].median_step, sizeof *median);
    }
    VC_TRY(vci_h5_dimension(group, "changed", c->n));
    VC_TRY(write_step_names(group));
    VC_TRY(vci_columns_write(group, "changed", N_CHANGED, CHANGED, c->n, sizeof *c->list,
                             c->list));
    VC_TRY(vci_h5_write(group, &p_steps, p));
    VC_TRY(vci_h5_write(group, &median_steps, median));
out:
    vci_free(p);
    vci_free(median);
    return st;
}

static vc_status write_attributes(hid_t group, const vc_changes *c) {
    vc_status st = VC_OK;
    int32_t as_of = c->as_of, differs = (int32_t)c->differs, merged = (int32_t)c->merged;
    int64_t fitted = (int64_t)c->n_fitted, simulated = (int64_t)c->n_simulated;
    VC_TRY(vci_h5_put_text(group, "before", c->before));
    VC_TRY(vci_h5_put_number(group, "before_as_of_period", VCI_H5_INT32, &as_of));
    VC_TRY(vci_h5_put_number(group, "differs", VCI_H5_INT32, &differs));
    VC_TRY(vci_h5_put_number(group, "merged", VCI_H5_INT32, &merged));
    VC_TRY(vci_h5_put_number(group, "runs_fitted", VCI_H5_INT64, &fitted));
    VC_TRY(vci_h5_put_number(group, "runs_simulated", VCI_H5_INT64, &simulated));
out:
    return st;
}

vc_status vci_changed_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    const vc_changes *c = &run->changes;
    hid_t group = -1;
    if (!c->before) goto out;
    VC_TRY(vci_h5_group_create(file, "changes", &group));
    VC_TRY(write_attributes(group, c));
    VC_TRY(write_changed(group, c));
    VC_TRY(vci_h5_dimension(group, "new", c->n_new));
    VC_TRY(vci_columns_write(group, "new", 1, NEW, c->n_new, sizeof *c->new_results,
                             c->new_results));
    VC_TRY(vci_h5_dimension(group, "gone", c->n_gone));
    VC_TRY(vci_columns_write(group, "gone", N_GONE, GONE, c->n_gone, sizeof *c->gone,
                             c->gone));
    VC_TRY(vci_h5_dimension(group, "news", c->n_news));
    VC_TRY(vci_columns_write(group, "news", N_NEWS, NEWS, c->n_news, sizeof *c->news,
                             c->news));
out:
    vci_h5_close(group);
    return st;
}

static vc_status read_attributes(hid_t group, vc_changes *c) {
    vc_status st = VC_OK;
    int32_t as_of, differs, merged;
    int64_t fitted, simulated;
    VC_TRY(vci_h5_get_text(group, "before", &c->before));
    if (!c->before) VC_FAIL(VC_STORE_DAMAGED, "changes name no run");
    VC_TRY(vci_h5_get_number(group, "before_as_of_period", VCI_H5_INT32, &as_of));
    VC_TRY(vci_h5_get_number(group, "differs", VCI_H5_INT32, &differs));
    VC_TRY(vci_h5_get_number(group, "merged", VCI_H5_INT32, &merged));
    VC_TRY(vci_h5_get_number(group, "runs_fitted", VCI_H5_INT64, &fitted));
    VC_TRY(vci_h5_get_number(group, "runs_simulated", VCI_H5_INT64, &simulated));
    c->as_of = as_of;
    c->differs = (unsigned)differs;
    c->merged = (unsigned)merged;
    c->n_fitted = (size_t)fitted;
    c->n_simulated = (size_t)simulated;
out:
    return st;
}

static vc_status read_changed(hid_t group, vc_changes *c) {
    vc_status st = VC_OK;
    double *p = NULL, *median = NULL;
    size_t n = 0;
    VC_TRY(vci_h5_length(group, "result", &n));
    vci_h5_variable p_steps = steps(n, true), median_steps = steps(n, false);
    VCI_H5_TAKE(p, group, &p_steps);
    VCI_H5_TAKE(median, group, &median_steps);
    VC_NEW(c->list, n);
    c->n = n;
    VC_TRY(vci_columns_read(group, N_CHANGED, CHANGED, n, sizeof *c->list, c->list));
    for (size_t i = 0; i < n; i++) {
        memcpy(c->list[i].p_step, p + i * VC_CHANGE_STEPS, sizeof c->list[i].p_step);
        memcpy(c->list[i].median_step, median + i * VC_CHANGE_STEPS,
               sizeof c->list[i].median_step);
    }
out:
    vci_free(p);
    vci_free(median);
    return st;
}

/* The members that are lists; a length counts only once there is memory for it. */
static vc_status read_lists(hid_t group, vc_changes *c) {
    vc_status st = VC_OK;
    size_t n = 0;
    VC_TRY(vci_h5_length(group, "new_result", &n));
    VC_NEW(c->new_results, n);
    c->n_new = n;
    VC_TRY(vci_columns_read(group, 1, NEW, n, sizeof *c->new_results, c->new_results));
    VC_TRY(vci_h5_length(group, "gone_target", &n));
    VC_NEW(c->gone, n);
    c->n_gone = n;
    VC_TRY(vci_columns_read(group, N_GONE, GONE, n, sizeof *c->gone, c->gone));
    VC_TRY(vci_h5_length(group, "news_event", &n));
    VC_NEW(c->news, n);
    c->n_news = n;
    VC_TRY(vci_columns_read(group, N_NEWS, NEWS, n, sizeof *c->news, c->news));
out:
    return st;
}

vc_status vci_changed_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    if (!vci_h5_has(file, "changes")) goto out;
    VC_TRY(vci_h5_group_open(file, "changes", &group));
    VC_TRY(read_attributes(group, &run->changes));
    VC_TRY(read_changed(group, &run->changes));
    VC_TRY(read_lists(group, &run->changes));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_changed_check(const vc_run *run) {
    vc_status st = VC_OK;
    const vc_changes *c = &run->changes;
    for (size_t i = 0; i < c->n; i++)
        if (c->list[i].result >= run->n_results)
            VC_FAIL(VC_STORE_DAMAGED, "result of change %zu", i);
    for (size_t i = 0; i < c->n_new; i++)
        if (c->new_results[i] >= run->n_results)
            VC_FAIL(VC_STORE_DAMAGED, "new result %zu", i);
    for (size_t i = 0; i < c->n_news; i++)
        if ((unsigned)c->news[i].event >= VC_EVENTS)
            VC_FAIL(VC_STORE_DAMAGED, "event of news %zu", i);
out:
    return st;
}
