/* What was read must hold together: indices in range, sizes that belong to each other. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/scope_internal.h"
#include "store/groups_internal.h"

#define MUST(condition, ...)                                                               \
    do {                                                                                   \
        if (!(condition)) VC_FAIL(VC_STORE_DAMAGED, __VA_ARGS__);                          \
    } while (0)

static bool within(int value, int most) { return value >= 0 && value <= most; }

static vc_status check_settings(const vc_settings *s, vc_frequency frequency) {
    vc_status st = VC_OK;
    MUST(within((int)s->language, VC_CHINESE), "language");
    MUST(within((int)s->dating, VC_BY_EVENT), "dating");
    MUST(within((int)s->average_population, VC_MONTHLY_MEAN), "average_population");
    MUST(within(s->year_end_in_year, (int)frequency - 1), "year_end_in_year");
    MUST(s->n_completeness <= VC_LATE, "n_completeness");
out:
    return st;
}

static vc_status check_panel(const vc_run *run) {
    vc_status st = VC_OK;
    const vc_panel *p = &run->panel;
    MUST(p->n_periods > 0, "no periods");
    MUST(p->n_periods < 1000000 && within(p->first, 3000 * VC_MONTHLY), "periods");
    MUST(run->as_of == p->first + (vc_period)p->n_periods - 1, "as_of");
    for (size_t i = 0; i < p->n_progress; i++)
        MUST(within((int)p->progress[i].kind, VC_SURVEY), "progress %zu", i);
out:
    return st;
}

static bool is_fraction(vc_fraction f) { return f.den > 0; }

static bool is_value(const vc_target_value *v) {
    return within((int)v->kind, VC_CLASS_MEAN) && is_fraction(v->value) &&
           is_fraction(v->factor) && is_fraction(v->summand);
}

static vc_status check_targets(const vc_run *run) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < run->targets.n; i++) {
        const vc_target *t = &run->targets.list[i];
        MUST(within((int)t->selector, VC_CLASS), "selector of target %zu", i);
        MUST(within((int)t->direction, VC_BETWEEN), "direction of target %zu", i);
        MUST(t->selector != VC_ONE_UNIT || t->unit < run->panel.tree.n,
             "unit of target %zu", i);
        MUST(t->selector != VC_CLASS || t->class_name, "class of target %zu", i);
        MUST(within(t->length, VC_MOST_YEARS * (int)run->panel.frequency),
             "period of target %zu", i);
        MUST(within(t->year_end, 3000 * VC_MONTHLY), "year end of target %zu", i);
        MUST(t->deadline == VC_NO_PERIOD || within(t->deadline, 3000 * VC_MONTHLY),
             "deadline of target %zu", i);
        MUST(is_value(&t->value) && is_value(&t->value_high), "value of target %zu", i);
    }
out:
    return st;
}

/* A fit needs what it is a fit of. */
static bool has_data(const vc_panel *p, const vc_fit *f) {
    vci_role role = vci_role_fitted(f);
    bool unit = f->unit == VC_NO_UNIT || f->unit < p->tree.n;
    if (role.id == VC_ROLE_VALUE) return f->unit < p->tree.n && f->series < p->n_values;
    if (vci_role_progress(role.id)) return unit && f->series < p->n_progress;
    return role.id < VC_ROLE_POPULATION && f->unit == VC_NO_UNIT && p->has[role.event] &&
           (role.trials == VC_EVENTS || p->has[role.trials]);
}

/* Weights are shares: none below 0, one above. */
static bool weighted(const vc_fit *f) {
    double sum = 0;
    for (size_t i = 0; i < f->n_points; i++) {
        if (!(f->points[i].weight >= 0)) return false;
        sum += f->points[i].weight;
    }
    return sum > 0 && isfinite(sum);
}

/* Proposals have 16 bits. */
static bool pooled(const vc_fit *f) {
    for (size_t i = 0; i < f->n_points * f->pool_size; i++)
        if (f->pool[i] < 0 || f->pool[i] > 0xFFFF) return false;
    return true;
}

static vc_status check_scope(const vc_panel *panel, const vc_fit *f) {
    vc_status st = VC_OK;
    vci_role role = vci_role_fitted(f);
    vci_scope scope = {0};
    st = vci_scope_init(panel, &role, &scope);
    if (st == VC_NO_MEMORY) goto out;
    MUST(st == VC_OK && f->n_units == scope.tree->n, "size of fit %s", f->role);
out:
    vci_scope_free(&scope);
    return st;
}

vc_status vci_fits_check(const vc_panel *panel, size_t n, const vc_fit *fits) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < n; i++) {
        const vc_fit *f = &fits[i];
        MUST(f->frequency == panel->frequency, "frequency of fit %zu", i);
        MUST(within((int)f->model.family, VC_FAMILIES - 1), "family of fit %zu", i);
        MUST(f->n_points > 0 && weighted(f), "points of fit %zu", i);
        MUST(pooled(f), "pool of fit %zu", i);
        MUST(has_data(panel, f), "role of fit %zu", i);
        VC_TRY(check_scope(panel, f));
    }
out:
    return st;
}

static vc_status check_results(const vc_run *run) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < run->n_results; i++) {
        const vc_result *r = &run->results[i];
        MUST(r->target < run->targets.n, "target of result %zu", i);
        MUST(r->unit < run->panel.tree.n, "unit of result %zu", i);
        MUST(within((int)r->method, VC_METHOD_BRIEF), "method of result %zu", i);
    }
out:
    return st;
}

vc_status vci_run_check(const vc_run *run) {
    vc_status st = VC_OK;
    VC_TRY(check_settings(&run->settings, run->panel.frequency));
    VC_TRY(check_panel(run));
    VC_TRY(check_targets(run));
    VC_TRY(vci_fits_check(&run->panel, run->n_fits, run->fits));
    VC_TRY(check_results(run));
    VC_TRY(vci_rankings_check(run));
    VC_TRY(vci_changed_check(run));
    VC_TRY(vci_scenario_check(run));
    VC_TRY(vci_peers_check(run));
    VC_TRY(vci_others_check(run));
out:
    return st;
}
