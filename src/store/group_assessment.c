/* assessment: one entry per target and unit, their paths, and the input's warnings. */
#include <math.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_result, member)

static const vci_column COLUMNS[] = {
    {"target", VCI_MEMBER_SIZE, AT(target), NULL, "index into targets", "目标序号"},
    {"unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit", "单位序号"},
    {"bound", VCI_MEMBER_DOUBLE, AT(bound), NULL, "target", "目标值"},
    {"bound_high", VCI_MEMBER_DOUBLE, AT(bound_high), NULL, "upper end of the target",
     "目标值上限"},
    {"current", VCI_MEMBER_DOUBLE, AT(current), NULL, "as-of period alone", "本月"},
    {"to_date", VCI_MEMBER_DOUBLE, AT(to_date), NULL, "to date, not annualised",
     "累计数（未折年）"},
    {"annual_basis", VCI_MEMBER_DOUBLE, AT(annual_basis), NULL, "on an annual basis",
     "折年率"},
    {"same_period_last_year", VCI_MEMBER_DOUBLE, AT(same_period_last_year), NULL,
     "same period last year", "上年同期"},
    {"change", VCI_MEMBER_DOUBLE, AT(change), NULL,
     "change on last year: percent for counts, points else",
     "同比（计数为百分比，其余为百分点）"},
    {"pace", VCI_MEMBER_DOUBLE, AT(pace), "percent", "share of the year that has passed",
     "序时进度"},
    {"gap", VCI_MEMBER_DOUBLE, AT(gap), NULL, "by how much the right side is missed",
     "差距"},
    {"p_met", VCI_MEMBER_DOUBLE, AT(p_met), NULL, "probability that the target is met",
     "达标可能性"},
    {"monte_carlo_se", VCI_MEMBER_DOUBLE, AT(monte_carlo_se), NULL,
     "Monte Carlo standard error of p_met", "达标可能性的模拟标准误"},
    {"p_undefined", VCI_MEMBER_DOUBLE, AT(p_undefined), NULL,
     "share of draws without a denominator", "分母为零的模拟占比"},
    {"path_n", VCI_MEMBER_SIZE, AT(path_n), NULL, "periods of the path", "路径期数"},
    {"path_first", VCI_MEMBER_INT, AT(path_first), NULL, "first period of the path",
     "路径首期"},
    {"validated", VCI_MEMBER_FLAG, AT(validated), NULL, "models have a back-test",
     "模型经过回溯检验"},
    {"settled", VCI_MEMBER_FLAG, AT(settled), NULL, "the year is over, its records final",
     "年度已结束且均为正式数"},
    {"method", VCI_MEMBER_INT, AT(method), NULL,
     "0 none, 1 known, 2 fitted, 3 short history, 4 less than a year of history",
     "方法：0 无，1 已知，2 拟合，3 历史较短，4 历史不足一年"},
    {"history", VCI_MEMBER_SIZE, AT(history), NULL, "periods with data of the unit itself",
     "本单位有数据的期数"},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)

static size_t longest_path(const vc_run *run) {
    size_t longest = 0;
    for (size_t i = 0; i < run->n_results; i++)
        if (run->results[i].path_n > longest) longest = run->results[i].path_n;
    return longest;
}

static size_t path_size(const vc_result *r) {
    return r->path ? r->path_n * VC_QUANTILES : 0;
}

/* Paths, padded with NaN to the longest. */
static vc_status write_paths(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    size_t length = longest_path(run), n = run->n_results;
    double *all = NULL;
    vci_h5_variable v = {.name = "path",
                         .type = VCI_H5_DOUBLE,
                         .rank = 3,
                         .size = {n, length, VC_QUANTILES},
                         .dim = {"result", "path_period", "quantile"},
                         .en = "quantiles of the figure to date",
                         .zh = "累计值分位数路径"};
    VC_NEW(all, n * length * VC_QUANTILES);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < length * VC_QUANTILES; k++)
            all[i * length * VC_QUANTILES + k] =
                k < path_size(&run->results[i]) ? run->results[i].path[k] : (double)NAN;
    VC_TRY(vci_h5_dimension(group, "path_period", length));
    VC_TRY(vci_h5_write(group, &v, all));
out:
    vci_free(all);
    return st;
}

static vc_status write_has_path(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    unsigned char *has_path = NULL;
    vci_h5_variable v = {.name = "has_path",
                         .type = VCI_H5_BYTE,
                         .rank = 1,
                         .size = {run->n_results},
                         .dim = {"result"},
                         .en = "a path was made",
                         .zh = "有路径"};
    VC_NEW(has_path, run->n_results);
    for (size_t i = 0; i < run->n_results; i++) has_path[i] = run->results[i].path != NULL;
    VC_TRY(vci_h5_write(group, &v, has_path));
out:
    vci_free(has_path);
    return st;
}

/* For people and notebooks: what `unit` and `target` stand for. Not read again. */
static vc_status write_labels(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    const char **texts = NULL;
    static const struct {
        const char *name, *en, *zh;
    } labels[] = {{"unit_code", "unit code", "单位代码"},
                  {"unit_name", "unit name", "单位名称"},
                  {"target_id", "target", "目标"},
                  {"indicator", "indicator", "指标"}};
    VC_NEW(texts, run->n_results);
    for (size_t k = 0; k < sizeof labels / sizeof *labels; k++) {
        vci_h5_variable v = {.name = labels[k].name,
                             .type = VCI_H5_TEXT,
                             .rank = 1,
                             .size = {run->n_results},
                             .dim = {"result"},
                             .en = labels[k].en,
                             .zh = labels[k].zh};
        for (size_t i = 0; i < run->n_results; i++) {
            const vc_unit *unit = &run->panel.tree.units[run->results[i].unit];
            const vc_target *target = &run->targets.list[run->results[i].target];
            const char *choice[] = {unit->code, unit->name, target->id, target->indicator};
            texts[i] = choice[k];
        }
        VC_TRY(vci_h5_write(group, &v, texts));
    }
out:
    vci_free(texts);
    return st;
}

static vc_status write_quantiles(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    static const double levels[VC_QUANTILES] = VC_QUANTILE_LEVELS;
    double *all = NULL;
    vci_h5_variable scale = {.name = "quantile",
                             .type = VCI_H5_DOUBLE,
                             .rank = 1,
                             .size = {VC_QUANTILES},
                             .en = "quantile level",
                             .zh = "分位点",
                             .scale = true};
    vci_h5_variable v = {.name = "year_end_quantile",
                         .type = VCI_H5_DOUBLE,
                         .rank = 2,
                         .size = {run->n_results, VC_QUANTILES},
                         .dim = {"result", "quantile"},
                         .en = "quantiles of the year-end figure",
                         .zh = "年末值分位数"};
    VC_TRY(vci_h5_write(group, &scale, levels));
    VC_NEW(all, run->n_results * VC_QUANTILES);
    for (size_t i = 0; i < run->n_results * VC_QUANTILES; i++)
        all[i] = run->results[i / VC_QUANTILES].quantile[i % VC_QUANTILES];
    VC_TRY(vci_h5_write(group, &v, all));
out:
    vci_free(all);
    return st;
}

static const vci_column WARNING = {
    "warning", VCI_MEMBER_TEXT,         offsetof(vc_run_warning, text),
    NULL,      "warnings of the input", "输入数据警告"};
static const vci_column YEAR_END = {"year_end",
                                    VCI_MEMBER_INT,
                                    0,
                                    NULL,
                                    "assessment years, counted in periods from year 0",
                                    "考核年度截止期（自公元 0 年起的期数）"};

vc_status vci_assessment_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_create(file, "assessment", &group));
    VC_TRY(vci_h5_dimension(group, "result", run->n_results));
    VC_TRY(vci_columns_write(group, "result", N_COLUMNS, COLUMNS, run->n_results,
                             sizeof *run->results, run->results));
    VC_TRY(write_quantiles(group, run));
    VC_TRY(write_paths(group, run));
    VC_TRY(write_has_path(group, run));
    VC_TRY(write_labels(group, run));
    VC_TRY(vci_h5_dimension(group, "warning_number", run->n_warnings));
    VC_TRY(vci_columns_write(group, "warning_number", 1, &WARNING, run->n_warnings,
                             sizeof *run->warnings, run->warnings));
    VC_TRY(vci_h5_dimension(group, "year_number", run->n_year_ends));
    VC_TRY(vci_columns_write(group, "year_number", 1, &YEAR_END, run->n_year_ends,
                             sizeof *run->year_ends, run->year_ends));
out:
    vci_h5_close(group);
    return st;
}

static vc_status read_paths(hid_t group, vc_run *run) {
    vc_status st = VC_OK;
    size_t length;
    double *all = NULL;
    unsigned char *has_path = NULL;
    vci_h5_variable has = {
        .name = "has_path", .type = VCI_H5_BYTE, .rank = 1, .size = {run->n_results}};
    VC_TRY(vci_h5_length(group, "path_period", &length));
    VCI_H5_TAKE(has_path, group, &has);
    vci_h5_variable v = {.name = "path",
                         .type = VCI_H5_DOUBLE,
                         .rank = 3,
                         .size = {run->n_results, length, VC_QUANTILES}};
    VCI_H5_TAKE(all, group, &v);
    for (size_t i = 0; i < run->n_results; i++) {
        vc_result *r = &run->results[i];
        if (!has_path[i]) continue;
        if (r->path_n > length) VC_FAIL(VC_STORE_DAMAGED, "path of result %zu", i);
        VC_NEW(r->path, r->path_n * VC_QUANTILES);
        for (size_t k = 0; k < r->path_n * VC_QUANTILES; k++)
            r->path[k] = all[i * length * VC_QUANTILES + k];
    }
out:
    vci_free(has_path);
    vci_free(all);
    return st;
}

static vc_status read_quantiles(hid_t group, vc_run *run) {
    vc_status st = VC_OK;
    double *all = NULL;
    vci_h5_variable v = {.name = "year_end_quantile",
                         .type = VCI_H5_DOUBLE,
                         .rank = 2,
                         .size = {run->n_results, VC_QUANTILES}};
    VCI_H5_TAKE(all, group, &v);
    for (size_t i = 0; i < run->n_results * VC_QUANTILES; i++)
        run->results[i / VC_QUANTILES].quantile[i % VC_QUANTILES] = all[i];
out:
    vci_free(all);
    return st;
}

vc_status vci_assessment_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_open(file, "assessment", &group));
    VC_TRY(vci_h5_length(group, "result", &run->n_results));
    VC_NEW(run->results, run->n_results);
    VC_TRY(vci_columns_read(group, N_COLUMNS, COLUMNS, run->n_results, sizeof *run->results,
                            run->results));
    VC_TRY(read_quantiles(group, run));
    VC_TRY(read_paths(group, run));
    VC_TRY(vci_h5_length(group, "warning", &run->n_warnings));
    VC_NEW(run->warnings, run->n_warnings);
    VC_TRY(vci_columns_read(group, 1, &WARNING, run->n_warnings, sizeof *run->warnings,
                            run->warnings));
    VC_TRY(vci_h5_length(group, "year_end", &run->n_year_ends));
    VC_NEW(run->year_ends, run->n_year_ends);
    VC_TRY(vci_columns_read(group, 1, &YEAR_END, run->n_year_ends, sizeof *run->year_ends,
                            run->year_ends));
out:
    vci_h5_close(group);
    return st;
}
