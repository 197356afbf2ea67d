/* A fit's lessons, sentence by sentence. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/wording_internal.h"
#include "cli/fit_words_internal.h"
#include "cli/learned_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/role.h"

#define MOST_NAMED 10
#define MOST_SHOCKS 3
#define LOW_SHARE 0.1
#define EQUALLY_GOOD 0.1 /* log units */

static vci_text unit_text(const vci_lesson *s) {
    vc_family family = s->fit->model.family;
    if (vc_role_find(s->fit->role) == VC_ROLE_SEX) return VCI_TEXT_LEARNED_POINTS;
    if (family == VC_BINOMIAL || family == VC_BETA_BINOMIAL || family == VC_LOGIT_NORMAL)
        return VCI_TEXT_LEARNED_SHARE_POINTS;
    return family == VC_NORMAL ? VCI_TEXT_LEARNED_UNITS : VCI_TEXT_LEARNED_PERCENT;
}

static const char *word(const vci_lesson *s, vci_text text) {
    return vci_text_get(text, s->language);
}

/* "+1.2 % (80 %: …; 95 %: …)"; release with vci_free. */
static char *estimate_text(const vci_lesson *s, const vc_estimate *e) {
    return vci_text_say(s->language, VCI_TEXT_LEARNED_ESTIMATE, e->mean,
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

/* Counts whose exposure grows with the days of a month have a season of their daily rate.
 */
static const char *season_word(const vci_lesson *s) {
    vc_exposure exposure = s->fit->model.exposure;
    bool daily = exposure == VC_EXPOSURE_DAYS || exposure == VC_EXPOSURE_POPULATION;
    return word(s, daily ? VCI_TEXT_LEARNED_SEASON_DAILY : VCI_TEXT_LEARNED_SEASON);
}

static vc_status say_place(const vci_lesson *s, FILE *out, vci_text text, size_t place) {
    vc_status st = VC_OK;
    char *figures = estimate_text(s, &s->learned->season[place]);
    vci_text form = s->learned->n_season == VC_MONTHLY ? VCI_TEXT_LEARNED_MONTH
                                                       : VCI_TEXT_LEARNED_QUARTER;
    char *name = vci_text_say(s->language, form, (int)place + 1);
    if (!name || !figures) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, s->language, text, season_word(s), name, figures);
out:
    vci_free(name);
    vci_free(figures);
    return st;
}

/* All months in one line; a star where the 80 % interval leaves out the mean. */
static vc_status print_places(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    char *list = NULL;
    for (size_t i = 0; i < l->n_season; i++) {
        char *longer =
            vci_text_format("%s%s%zu %+.1f%s", list ? list : "",
                            list ? word(s, VCI_TEXT_CLI_LIST_SEPARATOR) : "", i + 1,
                            l->season[i].mean, vc_estimate_clear(&l->season[i]) ? "*" : "");
        if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(list);
        list = longer;
    }
    vci_say_line(out, s->language,
                 l->n_season == VC_MONTHLY ? VCI_TEXT_LEARNED_MONTHS
                                           : VCI_TEXT_LEARNED_QUARTERS,
                 season_word(s), list);
out:
    vci_free(list);
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
    VC_TRY(print_places(s, out));
out:
    return st;
}

/* The largest clear shock that is not yet told; n_shocks if there is none. */
static size_t largest_shock(const vc_learned *l, size_t n_told, const size_t *told) {
    size_t best = l->n_shocks;
    for (size_t t = 0; t < l->n_shocks; t++) {
        bool known = !vc_estimate_clear(&l->shock[t]);
        for (size_t i = 0; i < n_told; i++) known = known || told[i] == t;
        if (!known &&
            (best == l->n_shocks || fabs(l->shock[t].mean) > fabs(l->shock[best].mean)))
            best = t;
    }
    return best;
}

static vc_status print_shocks(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    size_t told[MOST_SHOCKS], n = 0;
    char name[VC_PERIOD_TEXT];
    vci_text text = l->n_leaves > 1 ? VCI_TEXT_LEARNED_SHOCK : VCI_TEXT_LEARNED_SHOCK_ALONE;
    for (; n < MOST_SHOCKS; n++) {
        told[n] = largest_shock(l, n, told);
        if (told[n] == l->n_shocks) break;
        vc_period_format(l->first + (vc_period)told[n], s->run->panel.frequency, name);
        VC_TRY(say(s, out, text, name, &l->shock[told[n]]));
    }
    if (l->n_shocks && n == 0) vci_say_line(out, s->language, VCI_TEXT_LEARNED_NO_SHOCK);
out:
    return st;
}

/* A log effect, in percent of the count. */
static void say_percent(const vci_lesson *s, FILE *out, vci_text text,
                        const vc_estimate *effect) {
    vci_say_line(out, s->language, text, 100 * (exp(effect->mean) - 1),
                 100 * (exp(effect->low80) - 1), 100 * (exp(effect->high80) - 1));
}

static void print_calendar(const vci_lesson *s, FILE *out) {
    const vc_learned *l = s->learned;
    const vc_estimate *days = &l->calendar[VC_LOG_WEEKDAYS];
    if (l->has_calendar[VC_LOG_WEEKDAYS])
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_CALENDAR, days->mean, days->low80,
                     days->high80);
    if (l->has_calendar[VC_SATURDAYS])
        say_percent(s, out, VCI_TEXT_LEARNED_SATURDAYS, &l->calendar[VC_SATURDAYS]);
    if (l->has_calendar[VC_LUNAR_NEW_YEAR])
        say_percent(s, out, VCI_TEXT_LEARNED_FESTIVAL, &l->calendar[VC_LUNAR_NEW_YEAR]);
}

static vc_status print_effects(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    const vc_learned *l = s->learned;
    if (l->has_ratio)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_RATIO, l->ratio.mean,
                     l->ratio.low80, l->ratio.high80, l->ratio.low95, l->ratio.high95,
                     VC_USUAL_SEX_RATIO, 100 * l->p_above_usual);
    if (l->has_drift) VC_TRY(say(s, out, VCI_TEXT_LEARNED_DRIFT, NULL, &l->drift));
    if (l->has_last_year)
        VC_TRY(say(s, out, VCI_TEXT_LEARNED_LAST_YEAR, NULL, &l->last_year));
    VC_TRY(print_season(s, out));
    VC_TRY(print_shocks(s, out));
    print_calendar(s, out);
    for (size_t i = 0; i < l->n_events; i++) {
        const vc_model_event *event = &s->fit->model.events[i];
        const char *name = *event->from ? event->from : word(s, VCI_TEXT_LEARNED_ZODIAC);
        vci_text text =
            event->kind == VC_STEP_EVENT ? VCI_TEXT_LEARNED_STEP : VCI_TEXT_LEARNED_PULSE;
        VC_TRY(say(s, out, text, name, &l->event[i]));
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
    if (!strcmp(name, "drift_sd")) return VCI_TEXT_LEARNED_DRIFT_SD;
    if (!strcmp(name, "drift_change_sd")) return VCI_TEXT_LEARNED_DRIFT_CHANGE_SD;
    if (!strcmp(name, "shock_sd")) return VCI_TEXT_LEARNED_SHOCK_SD;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(name, kinds[i].end))
            return strncmp(name, "leaf", 4) == 0 ? kinds[i].leaf : kinds[i].middle;
    return VCI_TEXT_LEARNED_DISPERSION;
}

static vc_status add_number(vci_grid *grid, double number) {
    vc_status st = VC_OK;
    char text[32] = "-";
    if (!isnan(number)) snprintf(text, sizeof text, "%.3g", number);
    VC_TRY(vci_grid_add(grid, text));
out:
    return st;
}

/* A dispersion that is not an effect on eta has no unit. */
static bool has_unit(const vci_lesson *s, const vc_learned_hyper *hyper) {
    return strcmp(hyper->name, "dispersion") != 0 ||
           s->fit->model.family != VC_BETA_BINOMIAL;
}

static vc_status add_hyper(const vci_lesson *s, const vc_learned_hyper *h, vci_grid *grid) {
    vc_status st = VC_OK;
    double by = has_unit(s, h) ? s->learned->effect_of_sd : 1;
    VC_TRY(vci_grid_add(grid, ""));
    VC_TRY(vci_grid_add(grid, word(s, hyper_text(h->name))));
    VC_TRY(add_number(grid, by * h->sd.mean));
    VC_TRY(add_number(grid, by * h->sd.low80));
    VC_TRY(add_number(grid, by * h->sd.high80));
    VC_TRY(add_number(grid, by * h->prior_upper));
out:
    return st;
}

static vc_status print_hypers(const vci_lesson *s, FILE *out) {
    vc_status st = VC_OK;
    static const vci_text heads[] = {VCI_TEXT_LEARNED_HEAD_SD, VCI_TEXT_LEARNED_HEAD_MEAN,
                                     VCI_TEXT_LEARNED_HEAD_LOW, VCI_TEXT_LEARNED_HEAD_HIGH,
                                     VCI_TEXT_LEARNED_HEAD_PRIOR};
    vci_grid grid = {.n_columns = 6, .right = ~3u};
    if (s->learned->n_hypers == 0) goto out;
    vci_say_line(out, s->language, VCI_TEXT_LEARNED_SDS, word(s, unit_text(s)));
    VC_TRY(vci_grid_add(&grid, ""));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        VC_TRY(vci_grid_add(&grid, word(s, heads[i])));
    for (size_t i = 0; i < s->learned->n_hypers; i++)
        VC_TRY(add_hyper(s, &s->learned->hypers[i], &grid));
    vci_grid_print(&grid, out);
out:
    vci_grid_free(&grid);
    return st;
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

static bool unique_name(const vc_unit_tree *tree, size_t unit) {
    for (size_t u = 0; u < tree->n; u++)
        if (u != unit && !strcmp(tree->units[u].name, tree->units[unit].name)) return false;
    return true;
}

/* Units of one name are told apart by the unit above. */
static vc_status say_unit(const vci_lesson *s, FILE *out, size_t unit,
                          const vc_estimate *difference) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &s->run->panel.tree;
    const vc_unit *u = &tree->units[unit];
    bool unique = unique_name(tree, unit) || u->parent == VC_NO_UNIT;
    char *name = unique ? vci_text_copy(u->name, strlen(u->name))
                        : vci_text_format("%s (%s)", u->name, tree->units[u->parent].name);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(say(s, out, VCI_TEXT_LEARNED_UNIT, name, difference));
out:
    vci_free(name);
    return st;
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
        VC_TRY(say_unit(s, out, list[i].unit, list[i].difference));
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
    double lower = fit->log_marginal - fit->second_start;
    if (fit->n_theta == 0)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_EXACT);
    else if (fit->confirmed)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_CONFIRMED);
    else if (lower < EQUALLY_GOOD)
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_TWO_HILLS);
    else
        vci_say_line(out, s->language, VCI_TEXT_LEARNED_UNCONFIRMED, lower);
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
    VC_TRY(print_hypers(s, out));
    print_computation(s, out);
    fputc('\n', out);
out:
    return st;
}
