/*
 * posterior/<role>_<number>: hyper-parameter points and modes; sample_stats: how the
 * searches went.
 */
#include <stdio.h>
#include <string.h>

#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "store/groups_internal.h"

#define AT(member) offsetof(vc_fit, member)

static const vci_column STATS[] = {
    {"log_marginal", VCI_MEMBER_DOUBLE, AT(log_marginal), NULL,
     "log Laplace marginal posterior at its optimum", "拉普拉斯边际后验对数（最优点）"},
    {"second_start", VCI_MEMBER_DOUBLE, AT(second_start), NULL,
     "the same where a second search from elsewhere ended", "另一起点搜索结束处的同一数值"},
    {"confirmed", VCI_MEMBER_FLAG, AT(confirmed), NULL,
     "a second search from elsewhere came to the same optimum",
     "另一起点是否得到同一最优点"},
    {"effective_points", VCI_MEMBER_DOUBLE, AT(effective_points), NULL,
     "effective number of hyper-parameter points", "超参数点的有效个数"},
    {"surrogate_error", VCI_MEMBER_DOUBLE, AT(surrogate_error), NULL,
     "sd of log (marginal / its interpolant) at the points",
     "各点边际后验与插值之比的对数的标准差"},
    {"log_weight_sd", VCI_MEMBER_DOUBLE, AT(log_weight_sd), NULL,
     "sd of log (true density / Gaussian) over draws of the latent field",
     "潜在场样本的真实密度与高斯近似之比的对数的标准差"},
    {"effective_share", VCI_MEMBER_DOUBLE, AT(effective_share), NULL,
     "effective share of those draws when weighed by it", "按此加权后样本的有效比例"},
    {"gradient_norm", VCI_MEMBER_DOUBLE, AT(gradient_norm), NULL,
     "largest gradient component", "最大梯度分量"},
    {"iterations", VCI_MEMBER_UNSIGNED, AT(iterations), NULL, "iterations", "迭代次数"},
    {"evaluations", VCI_MEMBER_UNSIGNED, AT(evaluations), NULL,
     "evaluations of the marginal", "边际似然计算次数"},
    {"converged", VCI_MEMBER_FLAG, AT(converged), NULL, "converged", "是否收敛"},
};
#define N_STATS (sizeof STATS / sizeof *STATS)

/* What a fit is a fit of; its sizes are those of the group's dimensions. */
typedef struct fit_numbers {
    int64_t series, unit, frequency, first, n, h, family;
} fit_numbers;

static const struct {
    const char *name;
    size_t offset;
} NUMBERS[] = {{"series", offsetof(fit_numbers, series)},
               {"unit", offsetof(fit_numbers, unit)},
               {"frequency", offsetof(fit_numbers, frequency)},
               {"first", offsetof(fit_numbers, first)},
               {"n", offsetof(fit_numbers, n)},
               {"h", offsetof(fit_numbers, h)},
               {"family", offsetof(fit_numbers, family)}};
#define N_NUMBERS (sizeof NUMBERS / sizeof *NUMBERS)

static vc_status write_numbers(hid_t group, const vc_fit *fit) {
    vc_status st = VC_OK;
    fit_numbers f = {
        (int64_t)fit->series,      fit->unit == VC_NO_UNIT ? -1 : (int64_t)fit->unit,
        (int64_t)fit->frequency,   fit->first,
        (int64_t)fit->n,           (int64_t)fit->h,
        (int64_t)fit->model.family};
    VC_TRY(vci_h5_put_text(group, "role", fit->role));
    for (size_t i = 0; i < N_NUMBERS; i++)
        VC_TRY(vci_h5_put_number(group, NUMBERS[i].name, VCI_H5_INT64,
                                 (const char *)&f + NUMBERS[i].offset));
out:
    return st;
}

static vc_status read_numbers(hid_t group, vc_fit *fit) {
    vc_status st = VC_OK;
    fit_numbers f = {0};
    char *role = NULL;
    VC_TRY(vci_h5_get_text(group, "role", &role));
    if (!role) VC_FAIL(VC_STORE_DAMAGED, "a fit has no role");
    snprintf(fit->role, sizeof fit->role, "%s", role);
    for (size_t i = 0; i < N_NUMBERS; i++)
        VC_TRY(vci_h5_get_number(group, NUMBERS[i].name, VCI_H5_INT64,
                                 (char *)&f + NUMBERS[i].offset));
    fit->series = (size_t)f.series;
    fit->unit = f.unit < 0 ? VC_NO_UNIT : (size_t)f.unit;
    fit->frequency = (vc_frequency)f.frequency;
    fit->first = (vc_period)f.first;
    fit->n = (size_t)f.n;
    fit->h = (size_t)f.h;
    fit->model.family = (vc_family)f.family;
out:
    vci_free(role);
    return st;
}

static vc_status write_sizes(hid_t group, const vc_fit *fit) {
    vc_status st = VC_OK;
    VC_TRY(vci_h5_dimension(group, "point", fit->n_points));
    VC_TRY(vci_h5_dimension(group, "parameter", fit->n_theta));
    VC_TRY(vci_h5_dimension(group, "root_value", fit->n_root));
    VC_TRY(vci_h5_dimension(group, "node_unit", fit->n_units));
    VC_TRY(vci_h5_dimension(group, "node_value", fit->n_node));
    VC_TRY(vci_h5_dimension(group, "proposal", fit->pool_size));
out:
    return st;
}

static vc_status read_sizes(hid_t group, vc_fit *fit) {
    vc_status st = VC_OK;
    VC_TRY(vci_h5_length(group, "point", &fit->n_points));
    VC_TRY(vci_h5_length(group, "parameter", &fit->n_theta));
    VC_TRY(vci_h5_length(group, "root_value", &fit->n_root));
    VC_TRY(vci_h5_length(group, "node_unit", &fit->n_units));
    VC_TRY(vci_h5_length(group, "node_value", &fit->n_node));
    VC_TRY(vci_h5_length(group, "proposal", &fit->pool_size));
out:
    return st;
}

/* One variable of all points: [point][a][b], gathered from and scattered to the points. */
typedef struct points_variable {
    const char *name, *dim[2];
    size_t rank, size[2], offset; /* of the pointer within vc_fit_point */
    const char *en, *zh;
} points_variable;

static double **array_of(vc_fit_point *point, size_t offset) {
    return (double **)(void *)((char *)point + offset);
}

static vci_h5_variable variable_of(const vc_fit *fit, const points_variable *p) {
    vci_h5_variable v = {.name = p->name,
                         .type = VCI_H5_DOUBLE,
                         .rank = 1 + p->rank,
                         .size = {fit->n_points, p->size[0], p->size[1]},
                         .dim = {"point", p->dim[0], p->dim[1]},
                         .en = p->en,
                         .zh = p->zh};
    return v;
}

static size_t elements(const points_variable *p) {
    return p->size[0] * (p->rank == 2 ? p->size[1] : 1);
}

static vc_status write_points(hid_t group, const vc_fit *fit, const points_variable *p) {
    vc_status st = VC_OK;
    double *all = NULL;
    size_t n = elements(p);
    vci_h5_variable v = variable_of(fit, p);
    VC_NEW(all, fit->n_points * n);
    for (size_t i = 0; n > 0 && i < fit->n_points; i++)
        memcpy(all + i * n, *array_of(&fit->points[i], p->offset), n * sizeof *all);
    VC_TRY(vci_h5_write(group, &v, all));
out:
    vci_free(all);
    return st;
}

static vc_status read_points(hid_t group, vc_fit *fit, const points_variable *p) {
    vc_status st = VC_OK;
    double *all = NULL;
    size_t n = elements(p);
    vci_h5_variable v = variable_of(fit, p);
    VCI_H5_TAKE(all, group, &v);
    for (size_t i = 0; i < fit->n_points; i++) {
        double **array = array_of(&fit->points[i], p->offset);
        VC_NEW(*array, n);
        if (n > 0) memcpy(*array, all + i * n, n * sizeof *all);
    }
out:
    vci_free(all);
    return st;
}

static void describe_points(const vc_fit *fit, points_variable p[3]) {
    p[0] = (points_variable){
        "theta",           {"parameter", NULL},           1,
        {fit->n_theta, 0}, offsetof(vc_fit_point, theta), "log standard deviations",
        "标准差的对数"};
    p[1] = (points_variable){"root",
                             {"root_value", NULL},
                             1,
                             {fit->n_root, 0},
                             offsetof(vc_fit_point, root),
                             "mode: level, drift, calendar, season, trend, shocks",
                             "众数：水平、漂移、日历、季节、趋势、冲击"};
    p[2] = (points_variable){"node",
                             {"node_unit", "node_value"},
                             2,
                             {fit->n_units, fit->n_node},
                             offsetof(vc_fit_point, node),
                             "mode: deviations of the units",
                             "众数：各单位偏差"};
}

static const vci_column WEIGHT = {"weight",
                                  VCI_MEMBER_DOUBLE,
                                  offsetof(vc_fit_point, weight),
                                  NULL,
                                  "posterior weight of the point",
                                  "该点后验权重"};

static vc_status write_names(hid_t group, const vc_fit *fit) {
    vc_status st = VC_OK;
    const char **names = NULL;
    vci_h5_variable v = {.name = "parameter_name",
                         .type = VCI_H5_TEXT,
                         .rank = 1,
                         .size = {fit->n_theta},
                         .dim = {"parameter"}};
    VC_NEW(names, fit->n_theta);
    for (size_t i = 0; i < fit->n_theta; i++) names[i] = fit->theta_names[i];
    VC_TRY(vci_h5_write(group, &v, names));
out:
    vci_free(names);
    return st;
}

static vc_status read_names(hid_t group, vc_fit *fit) {
    vc_status st = VC_OK;
    char **names = NULL;
    vci_h5_variable v = {
        .name = "parameter_name", .type = VCI_H5_TEXT, .rank = 1, .size = {fit->n_theta}};
    VC_NEW(fit->theta_names, fit->n_theta);
    VC_NEW(names, fit->n_theta);
    VC_TRY(vci_h5_read(group, &v, names));
    for (size_t i = 0; i < fit->n_theta; i++) {
        snprintf(fit->theta_names[i], VC_FIT_NAME, "%s", names[i]);
        vci_free(names[i]);
    }
out:
    vci_free(names);
    return st;
}

static vci_h5_variable optimum_of(const vc_fit *fit) {
    return (vci_h5_variable){.name = "optimum",
                             .type = VCI_H5_DOUBLE,
                             .rank = 1,
                             .size = {fit->n_theta},
                             .dim = {"parameter"},
                             .en = "log standard deviations where the marginal is highest",
                             .zh = "边际后验最大处的标准差对数"};
}

static vci_h5_variable pool_of(const vc_fit *fit) {
    return (vci_h5_variable){.name = "pool",
                             .type = VCI_H5_INT32,
                             .rank = 2,
                             .size = {fit->n_points, fit->pool_size},
                             .dim = {"point", "proposal"},
                             .en = "proposals of the latent field, drawn by weight",
                             .zh = "按权重抽取的潜在场建议样本编号"};
}

static const vci_h5_variable MODEL_TEXT = {.name = "model_text",
                                           .type = VCI_H5_TEXT,
                                           .en = "model specification as read",
                                           .zh = "读入的模型说明原文"};

static vc_status write_fit(hid_t posterior, size_t number, const vc_fit *fit) {
    vc_status st = VC_OK;
    hid_t group = -1;
    char name[64];
    points_variable variables[3];
    vci_h5_variable v;
    snprintf(name, sizeof name, "fit_%zu", number);
    VC_TRY(vci_h5_group_create(posterior, name, &group));
    VC_TRY(write_numbers(group, fit));
    VC_TRY(write_sizes(group, fit));
    VC_TRY(vci_columns_write(group, "point", 1, &WEIGHT, fit->n_points, sizeof *fit->points,
                             fit->points));
    VC_TRY(write_names(group, fit));
    v = optimum_of(fit);
    VC_TRY(vci_h5_write(group, &v, fit->optimum));
    v = pool_of(fit);
    if (fit->pool_size) VC_TRY(vci_h5_write(group, &v, fit->pool));
    describe_points(fit, variables);
    for (size_t i = 0; i < 3; i++) VC_TRY(write_points(group, fit, &variables[i]));
    VC_TRY(vci_h5_write(group, &MODEL_TEXT, &fit->model.text));
out:
    vci_h5_close(group);
    return st;
}

/* A specification that was good when the run was made is good now. */
static vc_status read_model(hid_t group, vc_model *model) {
    vc_status st = VC_OK;
    char *text = NULL;
    vc_findings findings;
    vc_findings_init(&findings, VC_ENGLISH);
    VC_TRY(vci_h5_read(group, &MODEL_TEXT, &text));
    st = vc_model_parse("model_text", text, strlen(text), &findings, model);
    if (st == VC_BAD_MODEL) VC_FAIL(VC_STORE_DAMAGED, "model_text");
out:
    vc_findings_free(&findings);
    vci_free(text);
    return st;
}

static vc_status read_fit(hid_t posterior, size_t number, vc_fit *fit) {
    vc_status st = VC_OK;
    hid_t group = -1;
    char name[64];
    points_variable variables[3];
    vci_h5_variable v;
    snprintf(name, sizeof name, "fit_%zu", number);
    VC_TRY(vci_h5_group_open(posterior, name, &group));
    VC_TRY(read_model(group, &fit->model));
    VC_TRY(read_numbers(group, fit));
    VC_TRY(read_sizes(group, fit));
    VC_NEW(fit->points, fit->n_points);
    VC_TRY(vci_columns_read(group, 1, &WEIGHT, fit->n_points, sizeof *fit->points,
                            fit->points));
    VC_TRY(read_names(group, fit));
    v = optimum_of(fit);
    VCI_H5_TAKE(fit->optimum, group, &v);
    v = pool_of(fit);
    if (fit->pool_size) VCI_H5_TAKE(fit->pool, group, &v);
    describe_points(fit, variables);
    for (size_t i = 0; i < 3; i++) VC_TRY(read_points(group, fit, &variables[i]));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_fits_write(hid_t parent, hid_t posterior, size_t n, const vc_fit *fits) {
    vc_status st = VC_OK;
    hid_t stats = -1;
    for (size_t i = 0; i < n; i++) VC_TRY(write_fit(posterior, i, &fits[i]));
    VC_TRY(vci_h5_group_create(parent, "sample_stats", &stats));
    VC_TRY(vci_h5_dimension(stats, "fit", n));
    VC_TRY(vci_columns_write(stats, "fit", N_STATS, STATS, n, sizeof *fits, fits));
out:
    vci_h5_close(stats);
    return st;
}

vc_status vci_fits_read(hid_t parent, hid_t posterior, size_t *n, vc_fit **fits) {
    vc_status st = VC_OK;
    hid_t stats = -1;
    VC_TRY(vci_h5_group_open(parent, "sample_stats", &stats));
    VC_TRY(vci_h5_length(stats, "fit", n));
    VC_NEW(*fits, *n);
    VC_TRY(vci_columns_read(stats, N_STATS, STATS, *n, sizeof **fits, *fits));
    for (size_t i = 0; i < *n; i++) VC_TRY(read_fit(posterior, i, &(*fits)[i]));
out:
    vci_h5_close(stats);
    return st;
}

vc_status vci_posterior_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_create(file, "posterior", &group));
    VC_TRY(vci_h5_write(group, &MODEL_TEXT, &run->population.text));
    VC_TRY(vci_fits_write(file, group, run->n_fits, run->fits));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_posterior_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    VC_TRY(vci_h5_group_open(file, "posterior", &group));
    VC_TRY(read_model(group, &run->population));
    VC_TRY(vci_fits_read(file, group, &run->n_fits, &run->fits));
out:
    vci_h5_close(group);
    return st;
}
