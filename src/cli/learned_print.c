/* A fit's lessons, sentence by sentence. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fit_words_internal.h"
#include "cli/learned_internal.h"
#include "cli/say_internal.h"
#include "core/memory_internal.h"

#define MOST_NAMED 10
#define MOST_SHOCKS 3
#define LOW_SHARE 0.1

static vci_text unit_text(const vci_lesson *s) {
    vc_family family = s->fit->model.family;
    if (family == VC_BINOMIAL || family == VC_BETA_BINOMIAL) return VCI_TEXT_LEARNED_POINTS;
    return family == VC_NORMAL ? VCI_TEXT_LEARNED_UNITS : VCI_TEXT_LEARNED_PERCENT;
}

static const char *word(const vci_lesson *s, vci_text text) {
    return vci_text_get(text, s->language);
}

/* "+1.2 % (80 %: …; 95 %: …)"; release with vci_free. */
static char *estimate_text(const vci_lesson *s, const vc_estimate *e) {
    return vci_say_text(s->language, VCI_TEXT_LEARNED_ESTIMATE, e->mean,
                        word(s, unit_text(s)), e->low80, e->high80, e->low95, e->high95);
}

/* A sentence that ends in an estimate; name NULL: nothing stands before it. */
static vc_status say(const vci_lesson *s, FILE *out, vci_text text, const char *name,
                     const vc_estimate *e) {
    vc_status st = VC_OK;
    char *figures = estimate_text(s, e);
    if (!figures) VC_FAIL(VC_NO_MEMORY, "text");
    if (name)
        vci_say_line(out, s->language, text, name, figures);
    else
        vci_say_line(out, s->language, text, figures);
out:
    vci_free(figures);
    return st;
}

static vc_status say_place(const vci_lesson *s, FILE *out, vci_text text, size_t place) {
    vc_status st = VC_OK;
    vci_text form = s->learned->n_season == VC_MONTHLY ? VCI_TEXT_LEARNED_MONTH
                                                       : VCI_TEXT_LEARNED_QUARTER;
    char *name = vci_say_text(s->language, form, (int)place + 1);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(say(s, out, text, name, &s->learned->season[place]));
out:
    vci_free(name);
    return st;
}

static vc_status print_season(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    size_t high = 0, low = 0, n_clear = 0;
    for (size_t i = 0; i < l->n_season; i++) {
        if (l->season[i].mean > l->season[high].mean) high = i;
        if (l->season[i].mean < l->season[low].mean) low = i;
        n_clear += vc_estimate_clear(&l->season[i]) ? 1 : 0;
    }
    if (l->n_season && n_clear == 0)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_NO_SEASON);
    if (n_clear == 0) goto out;
    if (vc_estimate_clear(&l->season[high]))
        VC_TRY(say_place(s, out, VCI_TEXT_LEARNED_SEASON_HIGH, high));
    if (vc_estimate_clear(&l->season[low]))
        VC_TRY(say_place(s, out, VCI_TEXT_LEARNED_SEASON_LOW, low));
    for (size_t i = 0; i < l->n_season; i++)
        if (i != high && i != low && vc_estimate_clear(&l->season[i]))
            VC_TRY(say_place(s, out, VCI_TEXT_LEARNED_SEASON_OTHER, i));
out:
    return st;
}

/* The most recent of the shocks that are clear. */
static vc_status print_shocks(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    size_t n = 0;
    char name[VC_PERIOD_TEXT];
    for (size_t t = l->n_shocks; t-- > 0 && n < MOST_SHOCKS;) {
        if (!vc_estimate_clear(&l->shock[t])) continue;
        vc_period_format(l->first + (vc_period)t, s->run->panel.frequency, name);
        VC_TRY(say(s, out, VCI_TEXT_LEARNED_SHOCK, name, &l->shock[t]));
        n++;
    }
    if (l->n_shocks && n == 0) vci_say_line(out, s->language, VCI_TEXT_LEARNED_NO_SHOCK);
out:
    return st;
}

static vc_status print_effects(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    if (l->has_drift) VC_TRY(say(s, out, VCI_TEXT_LEARNED_DRIFT, NULL, &l->drift));
    if (l->has_last_year)
        VC_TRY(say(s, out, VCI_TEXT_LEARNED_LAST_YEAR, NULL, &l->last_year));
    VC_TRY(print_season(s, out));
    VC_TRY(print_shocks(s, out));
    if (l->has_calendar)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_CALENDAR, l->calendar.mean,
                     l->calendar.low80, l->calendar.high80);
    for (size_t i = 0; i < l->n_events; i++) {
        char *figures = estimate_text(s, &l->event[i]);
        if (!figures) VC_FAIL(VC_NO_MEMORY, "text");
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_EVENT, i + 1, figures);
        vci_free(figures);
    }
out:
    return st;
}

/* --- standard deviations ------------------------------------------------------------- */

/* The words for a standard deviation such as "middle1_step_sd". */
static vci_text hyper_text(const char *name) {
    static const struct {
        const char *end;
        vci_text leaf, middle;
    } kinds[] = {
        {"_level_sd", VCI_TEXT_LEARNED_LEAF_LEVEL, VCI_TEXT_LEARNED_MIDDLE_LEVEL},
        {"_step_sd", VCI_TEXT_LEARNED_LEAF_STEP, VCI_TEXT_LEARNED_MIDDLE_STEP},
        {"_season_sd", VCI_TEXT_LEARNED_LEAF_SEASON, VCI_TEXT_LEARNED_MIDDLE_SEASON},
    };
    if (!strcmp(name, "season_sd")) return VCI_TEXT_LEARNED_SEASON_SD;
    if (!strcmp(name, "season_change_sd")) return VCI_TEXT_LEARNED_SEASON_CHANGE_SD;
    if (!strcmp(name, "trend_sd")) return VCI_TEXT_LEARNED_TREND_SD;
    if (!strcmp(name, "drift_change_sd")) return VCI_TEXT_LEARNED_DRIFT_CHANGE_SD;
    if (!strcmp(name, "shock_sd")) return VCI_TEXT_LEARNED_SHOCK_SD;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(name, kinds[i].end))
            return strncmp(name, "leaf", 4) == 0 ? kinds[i].leaf : kinds[i].middle;
    return VCI_TEXT_LEARNED_DISPERSION;
}

static void print_hypers(const vci_lesson *s, FILE *out) {
    const vc_learned *l = s->learned;
    for (size_t i = 0; i < l->n_hypers; i++) {
        const vc_learned_hyper *h = &l->hypers[i];
        vci_text text = hyper_text(h->name);
        bool plain =
            text == VCI_TEXT_LEARNED_DISPERSION && s->fit->model.family == VC_BETA_BINOMIAL;
        double by = plain ? 1 : l->effect_of_sd;
        const char *unit = plain ? "" : word(s, unit_text(s));
        if (isnan(h->prior_upper))
            vci_say_line(out, s->language, VCI_TEXT_LEARNED_SD, word(s, text),
                         by * h->sd.mean, unit, by * h->sd.low80, by * h->sd.high80);
        else
            vci_say_line(out, s->language, VCI_TEXT_LEARNED_SD_PRIOR, word(s, text),
                         by * h->sd.mean, unit, by * h->sd.low80, by * h->sd.high80,
                         by * h->prior_upper);
    }
}

static void print_pooling(const vci_lesson *s, FILE *out) {
    const vc_learned *l = s->learned;
    if (!isnan(l->own_share))
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_OWN_SHARE, 100 * l->own_share);
    if (!isnan(l->extra_variance))
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_EXTRA_VARIANCE, l->extra_variance);
    if (!isnan(l->p_between))
        vci_say_line(out, s->language,
                     l->p_between >= 0.9 ? VCI_TEXT_LEARNED_DIFFER
                                         : VCI_TEXT_LEARNED_NO_DIFFERENCE,
                     100 * l->p_between);
}

/* --- units --------------------------------------------------------------------------- */

bool vci_lesson_names(const vci_lesson *s, const vc_learned_unit *unit, bool change) {
    return (change ? unit->change_stands : unit->level_stands) && !s->hidden[unit->unit];
}

typedef struct named {
    size_t unit;
    const vc_estimate *difference;
} named;

static int by_difference(const void *a, const void *b) {
    double x = ((const named *)a)->difference->mean;
    double y = ((const named *)b)->difference->mean;
    return (x < y) - (x > y);
}

static vc_status print_units(const vci_lesson *s, bool change, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    named *list = NULL;
    size_t n = 0, n_hidden = 0;
    const char *what = word(s, change ? VCI_TEXT_LEARNED_CHANGE : VCI_TEXT_LEARNED_LEVEL);
    VC_NEW(list, l->n_units + 1);
    for (size_t i = 0; i < l->n_units; i++) {
        const vc_learned_unit *unit = &l->units[i];
        bool stands = change ? unit->change_stands : unit->level_stands;
        if (stands && s->hidden[unit->unit]) n_hidden++;
        if (!vci_lesson_names(s, unit, change)) continue;
        list[n++] = (named){unit->unit, change ? &unit->change : &unit->level};
    }
    qsort(list, n, sizeof *list, by_difference);
    if (n + n_hidden == 0)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_NONE_STANDS, what);
    else
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_STAND, what, n + n_hidden,
                     l->n_units);
    for (size_t i = 0; i < n; i++) {
        bool up = list[i].difference->mean > 0;
        if (up ? i >= MOST_NAMED : n - i > MOST_NAMED) continue;
        VC_TRY(say(s, out, VCI_TEXT_LEARNED_UNIT,
                   s->run->panel.tree.units[list[i].unit].name, list[i].difference));
    }
    if (n_hidden) vci_say_line(out, s->language, VCI_TEXT_LEARNED_HIDDEN, n_hidden);
out:
    vci_free(list);
    return st;
}

/* --- all of it ----------------------------------------------------------------------- */

static vc_status print_what(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    const vc_fit *fit = s->fit;
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT], *subject = NULL;
    const char *name = vci_fit_subject(s->run, fit, s->language);
    bool alone = fit->unit == VC_NO_UNIT;
    subject = vci_text_format("%s%s%s", name, alone ? "" : ", ",
                              alone ? "" : s->run->panel.tree.units[fit->unit].name);
    if (!subject) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, s->language, VCI_TEXT_LEARNED_FITTED, subject, fit->model.name,
                 word(s, vci_family_text(fit->model.family)),
                 word(s, fit->model.validated ? VCI_TEXT_CLI_VALIDATED
                                              : VCI_TEXT_CLI_NOT_VALIDATED));
    vc_period_format(l->first, s->run->panel.frequency, first);
    vc_period_format(l->last, s->run->panel.frequency, last);
    vci_say_line(out, s->language, VCI_TEXT_LEARNED_DATA, first, last, l->n_leaves,
                 l->n_observed, l->n_missing);
out:
    vci_free(subject);
    return st;
}

static void print_computation(const vci_lesson *s, FILE *out) {
    const vc_fit *fit = s->fit;
    vci_text outcome = fit->n_theta == 0 ? VCI_TEXT_LEARNED_EXACT
                       : fit->confirmed  ? VCI_TEXT_LEARNED_CONFIRMED
                                         : VCI_TEXT_LEARNED_UNCONFIRMED;
    vci_say_line(out, s->language, outcome);
    vci_say_line(
        out, s->language, VCI_TEXT_LEARNED_POINTS_USED, fit->n_points,
        fit->effective_points, fit->log_weight_sd,
        word(s, fit->pool_size ? VCI_TEXT_LEARNED_WEIGHED : VCI_TEXT_LEARNED_NOT_WEIGHED));
    if (fit->effective_share < LOW_SHARE)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_LOW_SHARE,
                     100 * fit->effective_share);
}

vc_status vci_lesson_print(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    VC_TRY(print_what(s, out));
    VC_TRY(print_effects(s, out));
    print_pooling(s, out);
    if (s->learned->n_units) VC_TRY(print_units(s, false, out));
    if (s->learned->n_units && s->learned->has_change) VC_TRY(print_units(s, true, out));
    print_hypers(s, out);
    print_computation(s, out);
    fputc('\n', out);
out:
    return st;
}
