/* Which models a run needs, and their fits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/indicator_internal.h"
#include "assess/peer_internal.h"
#include "assess/run_internal.h"
#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "fit/family_internal.h"
#include "fit/scope_internal.h"

/* A value series shorter than this has nothing to extrapolate. */
#define FEWEST_VALUES 3

static const char *const STANDARD[VC_ROLES] = {
#define X(constant, name, file) file,
    VC_ROLE_LIST(X)
#undef X
};

/* Families that can describe a role, as they are called in specifications. */
static const char *needed(vc_role role) {
    if (role == VC_ROLE_SEX || role == VC_ROLE_COMPLIANCE || role == VC_ROLE_SURVEY)
        return "binomial, beta_binomial";
    if (role == VC_ROLE_VALUE || role == VC_ROLE_POPULATION) return "normal, log_normal";
    return role == VC_ROLE_STOCK ? "logit_normal" : "poisson, negative_binomial";
}

static bool suits(vc_role role, const vc_model *model) {
    const vci_family *family = vci_family_of(model->family);
    bool quota = model->exposure == VC_EXPOSURE_QUOTA || model->cap > 0;
    if (quota && role != VC_ROLE_QUOTA) return false;
    if (role == VC_ROLE_SEX || role == VC_ROLE_COMPLIANCE || role == VC_ROLE_SURVEY)
        return family->trials;
    if (role == VC_ROLE_STOCK) return model->family == VC_LOGIT_NORMAL;
    if (role == VC_ROLE_VALUE || role == VC_ROLE_POPULATION)
        return model->family == VC_NORMAL || model->family == VC_LOG_NORMAL;
    return !family->trials && !family->plain;
}

static vc_status read_file(const vc_datadirs *dirs, const char *file, vc_role role,
                           vc_findings *findings, vc_model *model) {
    vc_status st = VC_OK;
    char *path = NULL, *name = vci_text_format("models/%s", file);
    if (!name) VC_FAIL(VC_NO_MEMORY, "model name");
    VC_TRY(vc_datadirs_find(dirs, name, &path));
    if (!path) {
        VC_TRY(vci_finding_add(findings, VC_FAULT, "S05", (vci_place){0}, NULL,
                               VCI_TEXT_RUN_MODEL_ABSENT, name));
        VC_FAIL(VC_BAD_MODEL, "%s", name);
    }
    VC_TRY(vc_model_read(path, findings, model));
    if (!suits(role, model)) {
        VC_TRY(vci_finding_add(findings, VC_FAULT, "S08", (vci_place){path, 0, 0}, NULL,
                               VCI_TEXT_RUN_MODEL_UNSUITED, vc_role_name(role),
                               needed(role)));
        VC_FAIL(VC_BAD_MODEL, "%s", name);
    }
out:
    free(path);
    vci_free(name);
    return st;
}

static const char ANNUAL[] = "annual.yaml";

static vc_status read_model(const vc_workspace *workspace, const vc_datadirs *dirs,
                            vc_role role, vc_findings *findings, vc_model *model) {
    bool yearly = role == VC_ROLE_VALUE && workspace->frequency == VC_YEARLY;
    const char *standard = yearly ? ANNUAL : STANDARD[role];
    const char *chosen = workspace->models[role];
    return read_file(dirs, chosen ? chosen : standard, role, findings, model);
}

/* Peers' figures are yearly, whatever the workspace's are. */
static vc_status read_peer_model(const vc_workspace *workspace, const vc_datadirs *dirs,
                                 vc_findings *findings, vc_model *model) {
    const char *chosen = workspace->models[VC_ROLE_VALUE];
    bool yearly = workspace->frequency == VC_YEARLY;
    return read_file(dirs, yearly && chosen ? chosen : ANNUAL, VC_ROLE_VALUE, findings,
                     model);
}

typedef struct fit_job {
    const vc_workspace *workspace; /* NULL: specifications are those of the donors */
    const vc_datadirs *dirs;
    const vc_run *donors[2]; /* the first that has a role counts */
    const vc_observer *observer;
    vc_findings *findings;
    vc_dating dating;
    const vc_panel *panel;
    const vci_population *population;
    size_t *n_fits; /* those done */
    vc_fit *fits;   /* room for the rest */
} fit_job;

static const vc_fit *fit_of_role(const vc_run *run, vc_role role) {
    for (size_t i = 0; run && i < run->n_fits; i++)
        if (vci_role_fitted(&run->fits[i]).id == role) return &run->fits[i];
    return NULL;
}

/*
 * The specification of a role as it was written: a fit to a series may have changed its
 * family. Without one (model->text is NULL) no donor had anything to fit.
 */
static vc_status find_model(const fit_job *job, vc_role role, vc_model *model) {
    vc_status st = VC_OK;
    const vc_fit *fit = fit_of_role(job->donors[0], role);
    *model = (vc_model){0};
    if (job->workspace)
        return read_model(job->workspace, job->dirs, role, job->findings, model);
    if (!fit) fit = fit_of_role(job->donors[1], role);
    if (fit)
        VC_TRY(vc_model_parse(vc_role_name(role), fit->model.text, fit->model.text_size,
                              job->findings, model));
out:
    return st;
}

/* Fits one role; a role without data is said and left out. */
static vc_status fit_role(const fit_job *job, const vci_role *role, const vc_model *model) {
    vc_status st = VC_OK;
    vci_scope scope = {0};
    vc_observations o = {0};
    vc_fit *fit = &job->fits[*job->n_fits];
    if (!model->text) goto out;
    st = vci_observations_build(job->panel, *role, model, job->population, job->dating, 0,
                                &o);
    if (st == VC_TOO_FEW_DATA) {
        st = vci_finding_add(job->findings, VC_WARNING, "S09", (vci_place){0}, NULL,
                             VCI_TEXT_RUN_TOO_FEW, vc_role_name(role->id));
        goto out;
    }
    VC_TRY(st);
    VC_TRY(vci_scope_init(job->panel, role, &scope));
    ++*job->n_fits;
    VC_TRY(vc_fit_run(vc_role_name(role->id), model, scope.tree, &o, NULL, job->observer,
                      fit));
    VC_TRY(vc_fit_weigh(fit, scope.tree, &o, job->observer));
    fit->series = role->series;
    fit->unit = role->unit;
out:
    vc_observations_free(&o);
    vci_scope_free(&scope);
    return st;
}

/* Has the panel what a role of events counts? */
static bool has_events(const vc_panel *panel, const vci_role *role) {
    return role->event != VC_EVENTS && panel->has[role->event] &&
           (role->trials == VC_EVENTS || panel->has[role->trials]);
}

static vc_status fit_events(const fit_job *job) {
    vc_status st = VC_OK;
    vc_model model = {0};
    for (int id = 0; id < VC_ROLES; id++) {
        vci_role role = vci_role_of((vc_role)id);
        if (!has_events(job->panel, &role)) continue;
        VC_TRY(find_model(job, role.id, &model));
        VC_TRY(fit_role(job, &role, &model));
        vc_model_free(&model);
    }
out:
    vc_model_free(&model);
    return st;
}

/* One series of progress.csv: all reporters together, surveys of units above them alone. */
static vc_status fit_progress(const fit_job *job, size_t series) {
    vc_status st = VC_OK;
    static const vc_role roles[] = {[VC_QUOTA] = VC_ROLE_QUOTA,
                                    [VC_STOCK] = VC_ROLE_STOCK,
                                    [VC_SURVEY] = VC_ROLE_SURVEY};
    const vc_panel *panel = job->panel;
    vc_role id = roles[panel->progress[series].kind];
    vc_model model = {0};
    unsigned char *standing = NULL;
    vci_role role = vci_role_series(id, series, VC_NO_UNIT);
    VC_NEW(standing, panel->tree.n);
    vci_standing_find(panel, series, standing);
    VC_TRY(find_model(job, id, &model));
    VC_TRY(fit_role(job, &role, &model));
    for (size_t u = 0; u < panel->tree.n; u++) {
        if (standing[u] != VCI_ALONE) continue;
        role.unit = u;
        VC_TRY(fit_role(job, &role, &model));
    }
out:
    vci_free(standing);
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

static vc_status fit_value(const fit_job *job, size_t series, size_t unit,
                           vc_model *model) {
    vc_family family = model->family;
    vci_role role = vci_role_series(VC_ROLE_VALUE, series, unit);
    if (!positive(job->panel, series, unit)) model->family = VC_NORMAL;
    vc_status st = fit_role(job, &role, model);
    model->family = family;
    return st;
}

static vc_status fit_values(const fit_job *job) {
    vc_status st = VC_OK;
    vc_model model = {0};
    const vc_panel *panel = job->panel;
    if (panel->n_values == 0) goto out;
    VC_TRY(find_model(job, VC_ROLE_VALUE, &model));
    for (size_t i = 0; i < panel->n_values; i++) {
        vci_indicator form;
        bool formed = vci_indicator_find(panel, panel->values[i].indicator, &form) &&
                      form.less != SIZE_MAX;
        for (size_t u = 0; !formed && u < panel->tree.n; u++) {
            if (n_figures(panel, i, u) < FEWEST_VALUES) continue;
            VC_TRY(fit_value(job, i, u, &model));
        }
    }
out:
    vc_model_free(&model);
    return st;
}

static bool same_text(const vc_model *a, const vc_model *b) {
    return a->text_size == b->text_size && memcmp(a->text, b->text, a->text_size) == 0;
}

vc_status vc_run_models_current(const vc_workspace *workspace, const vc_datadirs *dirs,
                                vc_findings *findings, const vc_run *run, bool *current) {
    vc_status st = VC_OK;
    vc_model model = {0};
    VC_TRY(read_model(workspace, dirs, VC_ROLE_POPULATION, findings, &model));
    *current = same_text(&model, &run->population);
    vc_model_free(&model);
    for (size_t i = 0; *current && i < run->n_fits; i++) {
        vci_role role = vci_role_fitted(&run->fits[i]);
        VC_TRY(read_model(workspace, dirs, role.id, findings, &model));
        *current = same_text(&model, &run->fits[i].model);
        vc_model_free(&model);
    }
    for (size_t i = 0; *current && i < run->n_peer_fits; i++) {
        VC_TRY(read_peer_model(workspace, dirs, findings, &model));
        *current = same_text(&model, &run->peer_fits[i].model);
        vc_model_free(&model);
    }
out:
    vc_model_free(&model);
    return st;
}

/* Everything that a run's panel has; whose specifications count is the asker's. */
static vc_status fit_all(const fit_job *asked, vc_run *run) {
    vc_status st = VC_OK;
    vci_population population = {0};
    const vc_panel *panel = &run->panel;
    fit_job all = *asked;
    const fit_job *job = &all;
    all.dating = run->settings.dating;
    all.panel = panel;
    all.population = &population;
    all.n_fits = &run->n_fits;
    VC_TRY(vci_population_fill(panel, &run->population, 0, &population));
    VC_NEW(run->fits, VC_ROLES + (panel->n_values + panel->n_progress) * panel->tree.n);
    all.fits = run->fits;
    VC_TRY(fit_events(job));
    for (size_t i = 0; i < panel->n_progress; i++) VC_TRY(fit_progress(job, i));
    VC_TRY(fit_values(job));
out:
    vci_population_free(&population);
    return st;
}

vc_status vci_run_fit(const vc_workspace *workspace, const vc_datadirs *dirs,
                      const vc_observer *observer, bool fit, vc_findings *findings,
                      vc_run *run) {
    vc_status st = VC_OK;
    fit_job job = {
        .workspace = workspace, .dirs = dirs, .observer = observer, .findings = findings};
    VC_TRY(read_model(workspace, dirs, VC_ROLE_POPULATION, findings, &run->population));
    if (fit) VC_TRY(fit_all(&job, run));
out:
    return st;
}

vc_status vci_run_fit_like(const vc_run *donor, const vc_run *other,
                           const vc_observer *observer, vc_run *run) {
    vc_status st = VC_OK;
    vc_findings findings;
    fit_job job = {.donors = {donor, other}, .observer = observer, .findings = &findings};
    vc_findings_init(&findings, VC_ENGLISH);
    VC_TRY(vc_model_copy(&donor->population, &run->population));
    VC_TRY(fit_all(&job, run));
out:
    vc_findings_free(&findings);
    return st;
}

/* Roles that only one of them fitted say nothing: they had other data. */
bool vci_run_same_models(const vc_run *a, const vc_run *b) {
    if (!same_text(&a->population, &b->population)) return false;
    for (int role = 0; role < VC_ROLES; role++) {
        const vc_fit *x = fit_of_role(a, (vc_role)role), *y = fit_of_role(b, (vc_role)role);
        if (x && y && !same_text(&x->model, &y->model)) return false;
    }
    return true;
}

/* --- peers --------------------------------------------------------------------------- */

/* Does a ranking need a series of a peer? */
static bool is_ranked(const vc_run *run, const vci_peer_panel *years, size_t series,
                      size_t peer) {
    for (size_t i = 0; i < run->n_rankings; i++) {
        const vc_ranking *r = &run->rankings[i];
        if (vci_peer_series(years, &run->panel.peers, run->panel.frequency, r->by,
                            r->year_end) != series)
            continue;
        for (size_t k = r->n_units; k < r->n; k++)
            if (r->units[k].peer == peer) return true;
    }
    return false;
}

vc_status vci_run_fit_peers(const vc_workspace *workspace, const vc_datadirs *dirs,
                            const vc_observer *observer, vc_findings *findings,
                            vc_run *run) {
    vc_status st = VC_OK;
    vci_population population = {0};
    vci_peer_panel years = {0};
    vc_model model = {0};
    fit_job job = {.workspace = workspace,
                   .dirs = dirs,
                   .observer = observer,
                   .findings = findings,
                   .dating = run->settings.dating,
                   .panel = &years.panel,
                   .population = &population,
                   .n_fits = &run->n_peer_fits};
    VC_TRY(vci_peer_panel_init(run, &years));
    size_t n_peers = run->panel.peers.n;
    if (years.panel.n_periods == 0) goto out;
    VC_TRY(read_peer_model(workspace, dirs, findings, &model));
    VC_TRY(vci_population_fill(&years.panel, &run->population, 0, &population));
    VC_NEW(run->peer_fits, years.panel.n_values * n_peers);
    job.fits = run->peer_fits;
    for (size_t i = 0; i < years.panel.n_values; i++)
        for (size_t p = 0; p < n_peers; p++)
            if (is_ranked(run, &years, i, p)) VC_TRY(fit_value(&job, i, p + 1, &model));
out:
    vc_model_free(&model);
    vci_population_free(&population);
    vci_peer_panel_free(&years);
    return st;
}
