/* From a run and a result to its grade: sizes, references and the record to date. */
#include "vitalcast/grade.h"

#include <math.h>
#include <string.h>

#include "assess/grade_internal.h"
#include "assess/indicator_internal.h"
#include "data/standard_internal.h"

/* Bounds that are worked out have no more digits than this. */
#define BOUND_SCALE 1000000

const char *vc_grade_level_name(vc_grade_level level) {
    static const char *const names[] = {"none", "not_decidable", "weak", "decidable"};
    return names[level];
}

bool vc_grade_coloured(const vc_grade *grade) {
    return grade->level == VC_GRADE_DECIDABLE || grade->beyond_chance;
}

/* What chance is in a formula: the parts of a whole are binomial, counts Poisson. */
typedef enum form { NO_FORM, PARTS, SHARE, EVENTS } form;

/* One result and what is known about it. */
typedef struct cell {
    const vc_run *run;
    const vc_result *result;
    const vc_target *target;
    vci_indicator indicator;
    form form;
    double margin; /* share of the target */
    vc_year year;
    vc_period last;       /* of the record */
    double elapsed;       /* share of the year's days */
    int64_t events, rest; /* to date: males, compliant births, births or deaths; deaths */
    int64_t trials;       /* to date: births */
    vc_fraction per_year; /* rates: times events per head of the window */
    vc_fraction mean;     /* rates: mean population of the year so far */
} cell;

static const vc_grade NOTHING = {
    .normal = (double)NAN,
    .off = (double)NAN,
    .n = (double)NAN,
    .alpha = (double)NAN,
    .beta = (double)NAN,
    .needed = (double)NAN,
    .years = (double)NAN,
    .p_value = (double)NAN,
    .p_beyond = (double)NAN,
    .pooled = {{(double)NAN, (double)NAN}, {(double)NAN, (double)NAN}}};

static bool is_share(const cell *c) { return c->form == PARTS || c->form == SHARE; }

/* Is the bad side of the target above? */
static bool bad_above(const cell *c) { return c->target->direction == VC_AT_MOST; }

/* --- counts and people --------------------------------------------------------------- */

/* Population at a period's end; a gap holds the figure before it, the start the first. */
static int64_t heads(const vc_panel *panel, size_t unit, vc_period period) {
    const double *row = panel->population + unit * panel->n_periods;
    vc_period n = (vc_period)panel->n_periods, t = period - panel->first;
    for (vc_period i = t < n ? t : n - 1; i >= 0; i--)
        if (!isnan(row[i])) return (int64_t)row[i];
    for (vc_period i = t > 0 ? t : 0; i < n; i++)
        if (!isnan(row[i])) return (int64_t)row[i];
    return 0;
}

/* Mean population over first .. last by the workspace's rule. */
static vc_fraction mean_population(const vc_run *run, size_t unit, vc_period first,
                                   vc_period last) {
    const vc_panel *panel = &run->panel;
    vc_fraction mean = {0, last - first + 1};
    switch (run->settings.average_population) {
    case VC_TWO_YEAR_ENDS:
        return (vc_fraction){heads(panel, unit, first - 1) + heads(panel, unit, last), 2};
    case VC_MID_YEAR:
        return (vc_fraction){heads(panel, unit, first - 1 + (last - first + 2) / 2), 1};
    case VC_MONTHLY_MEAN:
        break;
    }
    for (vc_period p = first; p <= last; p++) mean.num += heads(panel, unit, p);
    return mean;
}

/* Events, deaths beside births, and births as trials, of first .. last; false: unknown. */
static bool add_up(const cell *c, vc_period first, vc_period last, int64_t *events,
                   int64_t *rest, int64_t *trials) {
    const vc_panel *panel = &c->run->panel;
    size_t unit = c->result->unit;
    int64_t over = 0;
    *rest = *trials = 0;
    if (!vci_event_sum(panel, c->indicator.plus, unit, first, last, events)) return false;
    if (c->indicator.minus != VC_EVENTS &&
        !vci_event_sum(panel, c->indicator.minus, unit, first, last, rest))
        return false;
    if (c->indicator.over != VC_EVENTS &&
        !vci_event_sum(panel, c->indicator.over, unit, first, last, &over))
        return false;
    if (is_share(c)) *trials = c->form == PARTS ? *events + over : over;
    return true;
}

static bool is_poisson(vc_event event) {
    return event != VC_ARRIVALS && event != VC_DEPARTURES;
}

/*
 * Moves come in households and campaigns, far from Poisson; what is left of an event after
 * a part of it is neither; a ratio of two events that do not make up one whole has no fixed
 * number of trials.
 */
static form form_of(const vc_formula *f) {
    switch (f->kind) {
    case VC_INDICATOR_RATIO:
        return vci_formula_parts(f) ? PARTS : NO_FORM;
    case VC_INDICATOR_SHARE:
        return SHARE;
    case VC_INDICATOR_COUNT:
    case VC_INDICATOR_RATE:
        if (f->minus == VC_EVENTS) return is_poisson(f->plus) ? EVENTS : NO_FORM;
        return f->plus == VC_BIRTHS && f->minus == VC_DEATHS ? EVENTS : NO_FORM;
    case VC_INDICATOR_PROGRESS:
    case VC_INDICATOR_VALUE:
        break;
    }
    return NO_FORM;
}

/* Percent around the target: of `grade:`, or as declared with the formula. */
static double margin_of(const vc_run *run, const char *indicator) {
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    if (declared && declared->declared == VC_DECLARED_FORMULA) return declared->margin;
    for (int i = 0; i < VC_GRADED; i++)
        if (!strcmp(vc_graded_name((vc_graded)i), indicator))
            return run->settings.grade.margin[i];
    return NAN;
}

/* False: not an indicator, target or record to be graded. */
static bool look(const vc_run *run, const vc_result *result, cell *c) {
    const vc_panel *panel = &run->panel;
    vc_frequency frequency = panel->frequency;
    *c = (cell){.run = run, .result = result, .target = &run->targets.list[result->target]};
    const vc_formula *formula = vci_formula_find(panel, c->target->indicator);
    if (c->target->direction == VC_BETWEEN || isnan(result->bound) || !formula ||
        !vci_indicator_find(panel, c->target->indicator, &c->indicator) ||
        c->indicator.plus == VC_EVENTS)
        return false;
    c->form = form_of(formula);
    if (c->form == NO_FORM) return false;
    c->margin = margin_of(run, c->target->indicator) / 100;
    c->year = vc_target_window(c->target, frequency);
    c->per_year = vc_target_per_year(c->target, frequency, 0);
    c->last = run->as_of < c->year.end ? run->as_of : c->year.end;
    if (c->last < c->year.first ||
        !add_up(c, c->year.first, c->last, &c->events, &c->rest, &c->trials))
        return false;
    c->elapsed = (double)vc_period_span_days(c->year.first, c->last, frequency) /
                 vc_period_span_days(c->year.first, c->year.end, frequency);
    if (c->indicator.kind == VC_INDICATOR_RATE)
        c->mean = mean_population(run, result->unit, c->year.first, c->last);
    return c->indicator.kind != VC_INDICATOR_RATE || c->mean.num > 0;
}

/* --- the size ------------------------------------------------------------------------ */

/*
 * The median of another result of the same unit and year that is an event's count, or its
 * rate; *each is how much one of the events, or of a population of 1, counts in it. NaN if
 * there is none.
 */
static double median_of(const cell *c, vc_indicator_kind kind, vc_event event,
                        double *each) {
    const vc_run *run = c->run;
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_result *other = &run->results[r];
        const vc_target *target = &run->targets.list[other->target];
        vci_indicator i;
        if (other->unit != c->result->unit || !vc_target_same_term(target, c->target) ||
            target->deadline != c->target->deadline ||
            !vci_indicator_find(&run->panel, target->indicator, &i) || i.kind != kind ||
            i.plus != event || i.minus != VC_EVENTS)
            continue;
        *each = (double)i.scale;
        return other->quantile[VC_MEDIAN];
    }
    return NAN;
}

/* Events of the year: of the run's own forecast where it has one, else at the pace. */
static double year_events(const cell *c, vc_event event, int64_t to_date) {
    double each = 1, n = median_of(c, VC_INDICATOR_COUNT, event, &each);
    if (isnan(n) && c->run->panel.population)
        n = median_of(c, VC_INDICATOR_RATE, event, &each) / each *
            vci_fraction_value(
                mean_population(c->run, c->result->unit, c->year.first, c->last)) /
            vci_fraction_value(c->per_year);
    return isnan(n) ? (double)to_date / c->elapsed : n;
}

/* The trials of both shares and ratios are births. */
static double size_of(const cell *c) {
    if (is_share(c)) return year_events(c, VC_BIRTHS, c->trials);
    return year_events(c, c->indicator.plus, c->events);
}

/* --- the rule ------------------------------------------------------------------------ */

static vc_fraction bound_of(const cell *c) {
    if (c->target->value.kind == VC_FIXED) return c->target->value.value;
    return (vc_fraction){(int64_t)llround(c->result->bound * BOUND_SCALE), BOUND_SCALE};
}

static vci_grade_rule rule_of(const cell *c, int64_t less) {
    vci_grade_rule rule = {.target = *c->target,
                           .bound = bound_of(c),
                           .trials = is_share(c),
                           .ratio = c->form == PARTS,
                           .scale = c->indicator.scale,
                           .less = less,
                           .each = {1, 1}};
    if (c->indicator.kind == VC_INDICATOR_RATE)
        rule.each = vci_per_year(
            &c->indicator, (vc_fraction){c->indicator.scale * c->mean.den, c->mean.num},
            c->per_year);
    return rule;
}

/* What one search serves: results of one target, and of both its year ends. */
typedef struct search {
    bool done;
    vc_fraction bound;
    vc_direction direction;
    int decimals;
    form form;
    int64_t scale;
    double normal, off, needed;
} search;

static double needed(const cell *c, const vci_grade_rule *rule, double normal, double off,
                     search *last) {
    const vc_target *t = c->target;
    if (last->done && last->bound.num == rule->bound.num &&
        last->bound.den == rule->bound.den && last->direction == t->direction &&
        last->decimals == rule->target.decimals && last->form == c->form &&
        last->scale == rule->scale && last->normal == normal && last->off == off)
        return last->needed;
    *last = (search){true,
                     rule->bound,
                     t->direction,
                     rule->target.decimals,
                     c->form,
                     rule->scale,
                     normal,
                     off,
                     vci_grade_needed(rule, normal, off)};
    return last->needed;
}

/* Length of the window in years. */
static double years_of(const cell *c) {
    return (double)(c->year.end - c->year.first + 1) / (double)c->run->panel.frequency;
}

/* at_bound: the n that decides; the bound expects `size` events here in so many years. */
static void set_size(vci_grade_errors errors, double at_bound, double size, double years,
                     vc_grade *g) {
    g->alpha = errors.alpha;
    g->beta = errors.beta;
    g->level = vci_grade_of(errors);
    g->needed = ceil(at_bound * (g->n / size) - 1e-9);
    g->years = ceil(at_bound / size * years - 1e-9);
}

/* --- births by sex, shares ----------------------------------------------------------- */

/* A share moves by the margin, but at most half the way to 100. */
static double upwards(double share, double margin) {
    return fmin(share * (1 + margin), (share + 100) / 2);
}

/* Births by sex are measured from the same two ratios, whichever way round they stand. */
static void set_sex_reference(const cell *c, vc_grade *g) {
    const vc_grade_rules *rules = &c->run->settings.grade;
    double scale = (double)c->indicator.scale;
    bool males = c->indicator.plus == VC_BIRTHS_MALE, more_males = bad_above(c) == males;
    double off = more_males ? rules->off : 2 * rules->normal - rules->off;
    g->normal = males ? rules->normal * scale / 100 : scale * 100 / rules->normal;
    g->off = males ? off * scale / 100 : scale * 100 / off;
}

static void set_share_reference(const cell *c, vc_grade *g) {
    double bound = c->result->bound;
    double low = bound * (1 - c->margin), high = upwards(bound, c->margin);
    if (c->form == PARTS) {
        set_sex_reference(c, g);
    } else {
        g->normal = bad_above(c) ? low : high;
        g->off = bad_above(c) ? high : low;
    }
}

static double as_probability(const cell *c, double figure) {
    double scale = (double)c->indicator.scale;
    return figure / (c->form == PARTS ? scale + figure : scale);
}

static bool is_probability(double p) { return p > 0 && p < 1; }

static bool grade_share(const cell *c, search *last, vc_grade *g) {
    vci_grade_rule rule = rule_of(c, 0);
    set_share_reference(c, g);
    double normal = as_probability(c, g->normal), off = as_probability(c, g->off);
    double reference = c->form == PARTS ? normal : as_probability(c, c->result->bound);
    int64_t n = (int64_t)llround(fmin(g->n, INT32_MAX));
    if (n < 1 || !is_probability(normal) || !is_probability(off)) return false;
    set_size(vci_grade_test(&rule, n, normal, off), needed(c, &rule, normal, off, last),
             g->n, years_of(c), g);
    if (c->trials < 1 || !is_probability(reference)) return true;
    g->p_value = vci_grade_p_binomial(c->events, c->trials, reference);
    g->p_beyond = vci_grade_beyond_binomial(c->events, c->trials, reference, bad_above(c));
    return true;
}

/* --- counts and rates ---------------------------------------------------------------- */

/*
 * Both are whole numbers of events against those that the target allows; natural growth
 * allows as many births as there are deaths besides.
 */
static bool grade_count(const cell *c, search *last, vc_grade *g) {
    double deaths =
        c->indicator.minus == VC_EVENTS ? 0 : year_events(c, VC_DEATHS, c->rest);
    vci_grade_rule rule = rule_of(c, (int64_t)llround(deaths)), whole = rule;
    double each = vci_fraction_value(rule.each), change = c->result->bound / each;
    double allowed = change + (double)rule.less, margin = c->margin;
    double low = 1 - margin, high = 1 + margin;
    double normal = bad_above(c) ? low : high, off = bad_above(c) ? high : low;
    if (!(allowed > 0 && allowed < INT32_MAX)) return false;
    g->normal = (allowed * normal - (double)rule.less) * each;
    g->off = (allowed * off - (double)rule.less) * each;
    if (c->indicator.kind == VC_INDICATOR_COUNT || c->indicator.minus != VC_EVENTS) {
        whole.bound = (vc_fraction){1, 1};
        whole.target.decimals = -1;
    }
    set_size(vci_grade_test(&rule, 0, allowed * normal, allowed * off),
             needed(c, &whole, normal, off, last), allowed, years_of(c), g);
    double expected = change * c->elapsed + (double)c->rest;
    if (!(expected > 0)) return true;
    g->p_value = vci_grade_p_poisson(c->events, expected);
    g->p_beyond = vci_grade_beyond_poisson(c->events, expected, bad_above(c));
    return true;
}

/* --- several years together ---------------------------------------------------------- */

static vc_pooled pool(const cell *c, int years) {
    vc_period length = (vc_period)c->run->panel.frequency;
    vc_period first = c->last - years * length + 1;
    int64_t events, rest, trials;
    double people = 0;
    if (!add_up(c, first, c->last, &events, &rest, &trials))
        return (vc_pooled){(double)NAN, (double)NAN};
    double n = (double)(is_share(c) ? trials : events), change = (double)(events - rest);
    if (is_share(c)) {
        int64_t over = c->form == PARTS ? trials - events : trials;
        return (vc_pooled){
            over > 0 ? (double)c->indicator.scale * change / (double)over : (double)NAN, n};
    }
    if (c->indicator.kind == VC_INDICATOR_COUNT) /* beside a year's count only */
        return (vc_pooled){years_of(c) == 1 ? change / years : (double)NAN, n};
    for (vc_period p = first; p < c->last; p += length)
        people +=
            vci_fraction_value(mean_population(c->run, c->result->unit, p, p + length - 1));
    return (vc_pooled){
        people > 0 ? (double)c->indicator.scale * change / people : (double)NAN, n};
}

/* --- the grade ----------------------------------------------------------------------- */

static bool grade_one(const vc_run *run, const vc_result *result, search *last,
                      vc_grade *grade) {
    cell c;
    *grade = NOTHING;
    if (!look(run, result, &c)) return false;
    vc_grade g = NOTHING;
    g.n = size_of(&c);
    if (!(g.n > 0)) return false;
    if (!(is_share(&c) ? grade_share(&c, last, &g) : grade_count(&c, last, &g)))
        return false;
    g.beyond_chance = g.p_beyond >= VCI_BEYOND_CHANCE;
    g.pooled[0] = pool(&c, 3);
    g.pooled[1] = pool(&c, 5);
    *grade = g;
    return true;
}

bool vc_grade_formed(const vc_run *run, const char *indicator) {
    const vc_formula *formula = vci_formula_find(&run->panel, indicator);
    return formula && form_of(formula) != NO_FORM;
}

bool vc_run_grade(const vc_run *run, const vc_result *result, vc_grade *grade) {
    search last = {0};
    return grade_one(run, result, &last, grade);
}

void vc_run_grades(const vc_run *run, vc_grade *grades) {
    search last = {0};
    for (size_t r = 0; r < run->n_results; r++)
        grade_one(run, &run->results[r], &last, &grades[r]);
}
