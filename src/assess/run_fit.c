/* Which models a run needs, and their fits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/indicator_internal.h"
#include "assess/run_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"

/* A value series shorter than this has nothing to extrapolate. */
#define FEWEST_VALUES 3

static vc_status read_model(const vc_datadirs *dirs, const char *chosen,
                            const char *standard, vc_findings *findings, vc_model *model) {
    vc_status st = VC_OK;
    char *path = NULL, *name = vci_text_format("models/%s", chosen ? chosen : standard);
    if (!name) VC_FAIL(VC_NO_MEMORY, "model name");
    VC_TRY(vc_datadirs_find(dirs, name, &path));
    if (!path) {
        VC_TRY(vci_finding_add(findings, VC_FAULT, "S05", (vci_place){0}, NULL,
                               VCI_TEXT_RUN_MODEL_ABSENT, name));
        VC_FAIL(VC_BAD_MODEL, "%s", name);
    }
    VC_TRY(vc_model_read(path, findings, model));
out:
    free(path);
    vci_free(name);
    return st;
}

typedef struct fit_job {
    const vc_workspace *workspace;
    const vc_datadirs *dirs;
    const vc_observer *observer;
    vc_findings *findings;
    vc_run *run;
    const vci_population *population;
} fit_job;

/* Fits one role; a role without data is said and left out. */
static vc_status fit_role(const fit_job *job, const vci_role *role, const vc_model *model) {
    vc_status st = VC_OK;
    vc_run *run = job->run;
    vc_unit_tree single = {0};
    vc_observations o = {0};
    const vc_unit_tree *tree = &run->panel.tree;
    vc_fit *fit = &run->fits[run->n_fits];
    st = vci_observations_build(&run->panel, role, model, job->population,
                                run->settings.dating, 0, &o);
    if (st == VC_TOO_FEW_DATA) {
        st = vci_finding_add(job->findings, VC_WARNING, "S09", (vci_place){0}, NULL,
                             VCI_TEXT_RUN_TOO_FEW, role->name);
        goto out;
    }
    VC_TRY(st);
    if (role->unit != VC_NO_UNIT) {
        VC_TRY(vci_single_unit_tree(tree, role->unit, &single));
        tree = &single;
    }
    run->n_fits++;
    VC_TRY(vc_fit_run(role->name, model, tree, &o, NULL, job->observer, fit));
    VC_TRY(vc_fit_weigh(fit, tree, &o, job->observer));
    fit->series = role->series;
    fit->unit = role->unit;
out:
    vc_observations_free(&o);
    vc_unit_tree_free(&single);
    return st;
}

static vc_status fit_event(const fit_job *job, const vci_role *role, const char *chosen,
                           const char *standard) {
    vc_status st = VC_OK;
    vc_model model = {0};
    VC_TRY(read_model(job->dirs, chosen, standard, job->findings, &model));
    VC_TRY(fit_role(job, role, &model));
out:
    vc_model_free(&model);
    return st;
}

static size_t n_figures(const vc_panel *panel, size_t series, size_t unit) {
    size_t n = 0;
    const double *row = panel->values[series].value + unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++) n += isnan(row[t]) ? 0 : 1;
    return n;
}

/*
 * The log-normal needs positive figures; a series that is not keeps to the normal family.
 */
static bool positive(const vc_panel *panel, size_t series, size_t unit) {
    const double *row = panel->values[series].value + unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++)
        if (row[t] <= 0) return false;
    return true;
}

static vc_status fit_values(const fit_job *job) {
    vc_status st = VC_OK;
    vc_model model = {0};
    const vc_panel *panel = &job->run->panel;
    const char *standard = panel->frequency == VC_YEARLY ? "annual.yaml" : "value.yaml";
    if (panel->n_values == 0) goto out;
    VC_TRY(read_model(job->dirs, job->workspace->models.value, standard, job->findings,
                      &model));
    for (size_t i = 0; i < panel->n_values; i++) {
        vci_indicator form;
        bool formed = vci_indicator_find(panel, panel->values[i].indicator, &form) &&
                      form.less != SIZE_MAX;
        for (size_t u = 0; !formed && u < panel->tree.n; u++) {
            if (n_figures(panel, i, u) < FEWEST_VALUES) continue;
            vc_family family = model.family;
            if (!positive(panel, i, u)) model.family = VC_NORMAL;
            vci_role role = vci_role_value(i, u);
            VC_TRY(fit_role(job, &role, &model));
            model.family = family;
        }
    }
out:
    vc_model_free(&model);
    return st;
}

vc_status vci_run_fit(const vc_workspace *workspace, const vc_datadirs *dirs,
                      const vc_observer *observer, vc_findings *findings, vc_run *run) {
    vc_status st = VC_OK;
    vci_population population = {0};
    const vc_panel *panel = &run->panel;
    const vc_model_choice *models = &workspace->models;
    fit_job job = {workspace, dirs, observer, findings, run, &population};
    VC_TRY(read_model(dirs, models->population, "population.yaml", findings,
                      &run->population));
    VC_TRY(vci_population_fill(panel, &run->population, 0, &population));
    VC_NEW(run->fits, 3 + panel->n_values * panel->tree.n);
    if (panel->has[VC_BIRTHS])
        VC_TRY(fit_event(&job, &vci_role_births, models->births, "births.yaml"));
    if (panel->has[VC_BIRTHS_MALE] && panel->has[VC_BIRTHS_FEMALE])
        VC_TRY(fit_event(&job, &vci_role_sex, models->sex, "sex.yaml"));
    if (panel->has[VC_DEATHS])
        VC_TRY(fit_event(&job, &vci_role_deaths, models->deaths, "deaths.yaml"));
    VC_TRY(fit_values(&job));
out:
    vci_population_free(&population);
    return st;
}
