#include "support/attack.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/*
 * Unknowns: events of each leaf in each stretch of time between two points at which a span
 * begins or ends. Births: boys, girls, and those of them in line with policy; the births
 * that are not in line are a slack.
 */
enum { BOYS, GIRLS, IN_LINE, NOT_IN_LINE, BIRTH_KINDS };

size_t vct_spans_told(const vc_run *run, vct_told *told, size_t room) {
    static const vc_span spans[] = {VC_SPAN_PERIOD, VC_SPAN_TO_DATE, VC_SPAN_LAST_YEAR,
                                    VC_SPAN_PREVIOUS_YEAR};
    vc_period length = (vc_period)run->panel.frequency, end = run->as_of;
    vc_period begin = run->panel.first;
    size_t n = 0;
    for (size_t i = 0; i < run->targets.n; i++) {
        const vc_target *t = &run->targets.list[i];
        vc_period whole = t->length > 0 ? t->length : length;
        vc_year window = {t->year_end - whole + 1, t->year_end};
        vc_period last = end < window.end ? end : window.end, first = window.first;
        const vc_year years[] = {{last, last},
                                 {first, last},
                                 {first - length, last - length},
                                 {first - length, window.end - length}};
        for (size_t s = 0; s < 4; s++)
            if (years[s].first >= begin && years[s].first <= years[s].end)
                told[n++] = (vct_told){spans[s], window, years[s]};
        for (vc_period k = 1; k <= 5; k += 2)
            if (last - k * length + 1 >= begin)
                told[n++] =
                    (vct_told){VC_SPAN_YEARS, window, {last - k * length + 1, last}};
        for (vc_period p = t->year_end - 2 * length + 1; p <= last; p++)
            if (p >= begin) told[n++] = (vct_told){VC_SPAN_EACH_PERIOD, window, {p, p}};
        ck_assert_uint_le(n, room);
    }
    return n;
}

static void find_stretches(vct_attack *a, const vct_told *told, size_t n) {
    const vc_panel *panel = &a->run->panel;
    a->begin = calloc(panel->n_periods + 2, sizeof *a->begin);
    for (vc_period p = panel->first; p <= a->run->as_of + 1; p++) {
        bool cut = p == panel->first || p == a->run->as_of + 1;
        for (size_t i = 0; i < n && !cut; i++)
            cut = told[i].periods.first == p || told[i].periods.end + 1 == p;
        if (cut) a->begin[a->n_stretches++] = p;
    }
    a->n_stretches--;
}

static bool is_below(const vc_unit_tree *tree, size_t unit, size_t above) {
    while (unit != above && unit != VC_NO_UNIT) unit = tree->units[unit].parent;
    return unit == above;
}

static void add(const vct_attack *a, vct_count c, size_t kind, double *row) {
    const vc_unit_tree *tree = &a->run->panel.tree;
    for (size_t l = 0; l < tree->n_leaves; l++)
        for (size_t s = 0; s < a->n_stretches; s++)
            if (is_below(tree, tree->leaves[l], c.unit) && a->begin[s] >= c.periods.first &&
                a->begin[s + 1] <= c.periods.end + 1)
                row[(l * a->n_stretches + s) * a->kinds + kind] += 1;
}

static void form_of(const vct_attack *a, vct_count c, double *row) {
    switch (c.event) {
    case VC_BIRTHS:
        add(a, c, BOYS, row);
        add(a, c, GIRLS, row);
        break;
    case VC_BIRTHS_COMPLIANT:
        add(a, c, IN_LINE, row);
        break;
    case VC_BIRTHS_FEMALE:
        add(a, c, GIRLS, row);
        break;
    case VCT_OTHER_BIRTHS:
        add(a, c, NOT_IN_LINE, row);
        break;
    default: /* deaths are alone */
        add(a, c, BOYS, row);
    }
}

static double count_of(const vct_attack *a, vc_event event, vct_count c) {
    const vc_panel *panel = &a->run->panel;
    double sum = 0;
    for (vc_period p = c.periods.first; p <= c.periods.end; p++)
        sum += panel->count[event][c.unit * panel->n_periods + (size_t)(p - panel->first)];
    return sum;
}

double vct_attack_true(const vct_attack *a, vct_count c) {
    if (c.event != VCT_OTHER_BIRTHS) return count_of(a, c.event, c);
    return count_of(a, VC_BIRTHS, c) - count_of(a, VC_BIRTHS_COMPLIANT, c);
}

static void tell(vct_attack *a, vct_count c) {
    double *row = vct_simplex_row(&a->lp);
    form_of(a, c, row);
    row[a->lp.n] = vct_attack_true(a, c);
}

/* "<10": the count and a slack are 9. */
static void tell_below(vct_attack *a, vct_count c, size_t slack) {
    double *row = vct_simplex_row(&a->lp);
    form_of(a, c, row);
    row[slack] = 1;
    row[a->lp.n] = a->run->settings.min_cell - 1;
}

bool vct_attack_shows(const vc_suppression *s, const char *indicator, size_t unit,
                      vct_told t) {
    return vc_suppression_tells(s, indicator, unit, t.periods.first, t.periods.end) ||
           vc_suppression_shows(s, indicator, unit, t.span, t.window) == VC_MARK_SHOWN;
}

static void tell_all(const vc_suppression *s, bool deaths, vct_attack *a,
                     const vct_told *told, size_t n, size_t slack) {
    const char *indicator = deaths ? "deaths" : "births";
    for (size_t u = 0; u < a->run->panel.tree.n; u++)
        for (size_t i = 0; i < n; i++) {
            vct_count c = {deaths ? VC_DEATHS : VC_BIRTHS, u, told[i].periods};
            vc_mark mark =
                vc_suppression_shows(s, indicator, u, told[i].span, told[i].window);
            if (vct_attack_shows(s, indicator, u, told[i])) tell(a, c);
            if (mark == VC_MARK_BELOW) tell_below(a, c, slack++);
            if (!deaths && vct_attack_shows(s, "sex_ratio_at_birth", u, told[i])) {
                tell(a, (vct_count){VC_BIRTHS_MALE, u, told[i].periods});
                tell(a, (vct_count){VC_BIRTHS_FEMALE, u, told[i].periods});
            }
            if (a->kinds == BIRTH_KINDS &&
                vct_attack_shows(s, "policy_compliance_rate", u, told[i])) {
                tell(a, (vct_count){VC_BIRTHS_COMPLIANT, u, told[i].periods});
                tell(a, (vct_count){VCT_OTHER_BIRTHS, u, told[i].periods});
            }
        }
}

/* Births that are in line and that are not are all births. */
static void tell_parts(vct_attack *a) {
    size_t n = a->run->panel.tree.n_leaves * a->n_stretches;
    for (size_t i = 0; i < n; i++) {
        double *row = vct_simplex_row(&a->lp);
        row[i * BIRTH_KINDS + BOYS] = row[i * BIRTH_KINDS + GIRLS] = 1;
        row[i * BIRTH_KINDS + IN_LINE] = row[i * BIRTH_KINDS + NOT_IN_LINE] = -1;
    }
}

void vct_attack_init(const vc_suppression *s, bool deaths, vct_attack *a) {
    vct_told told[256];
    *a = (vct_attack){.run = s->run, .kinds = 1};
    if (!deaths) a->kinds = s->run->panel.has[VC_BIRTHS_COMPLIANT] ? BIRTH_KINDS : 2;
    size_t n = vct_spans_told(s->run, told, 256), n_below = 0;
    find_stretches(a, told, n);
    for (size_t u = 0; u < s->run->panel.tree.n; u++)
        for (size_t i = 0; i < n; i++)
            n_below += vc_suppression_shows(s, deaths ? "deaths" : "births", u,
                                            told[i].span, told[i].window) == VC_MARK_BELOW;
    size_t n_events = s->run->panel.tree.n_leaves * a->n_stretches * a->kinds;
    a->form = calloc(n_events + n_below + 1, sizeof *a->form);
    vct_simplex_init(&a->lp, n_events + n_below);
    tell_all(s, deaths, a, told, n, n_events);
    if (a->kinds == BIRTH_KINDS) tell_parts(a);
    ck_assert(vct_simplex_start(&a->lp));
}

void vct_attack_range(vct_attack *a, vct_count c, double *low, double *high) {
    memset(a->form, 0, a->lp.n * sizeof *a->form);
    form_of(a, c, a->form);
    *low = vct_simplex_least(&a->lp, a->form);
    for (size_t j = 0; j < a->lp.n; j++) a->form[j] = -a->form[j];
    *high = -vct_simplex_least(&a->lp, a->form);
}

void vct_attack_free(vct_attack *a) {
    vct_simplex_free(&a->lp);
    free(a->begin);
    free(a->form);
    *a = (vct_attack){0};
}
