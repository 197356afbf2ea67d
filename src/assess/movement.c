/* Ranks to date, one period before and now, against shuffled periods. */
#include "assess/movement_internal.h"

#include <math.h>

#include "assess/indicator_internal.h"
#include "assess/ranking_internal.h"
#include "core/memory_internal.h"
#include "num/hypergeometric_internal.h"
#include "num/random_internal.h"

#define BLOCK 250 /* shuffles ranked at once */
#define DRAWS (VCI_SHUFFLES + 1)

enum { PLUS, MINUS, SORTS }; /* of events, or of a ratio: those counted, and those not */

/* A unit that has a figure in both periods. */
typedef struct mover {
    vc_ranked *ranked;
    int64_t to_date[SORTS],
        newest[SORTS]; /* events: all periods, and the last one of them */
    int64_t numerator,
        denominator; /* before: figure = numerator * (plus - minus) / denom. */
} mover;

typedef struct movement {
    const vc_run *run;
    const vci_population *population;
    const vc_ranking *ranking;
    vci_indicator form;
    vc_period first, before, now; /* of the year; the last two periods that are known */
    size_t n;
    mover *movers;
    double *figure_now; /* [n] */
    double *figure;     /* [n][DRAWS] one period before: as observed, then shuffled */
    uint32_t *half;     /* [n][DRAWS] half ranks, 0: none */
} movement;

static bool is_ratio(const movement *m) { return m->form.over != VC_EVENTS; }

/* A share is among all, a sex ratio is males to females. */
static bool is_share(const movement *m) { return m->form.kind == VC_INDICATOR_SHARE; }

/* --- what was counted ---------------------------------------------------------------- */

static bool sums(const movement *m, vc_event event, size_t unit, int64_t *to_date,
                 int64_t *newest) {
    const vc_panel *panel = &m->run->panel;
    *to_date = *newest = 0;
    if (event == VC_EVENTS) return true;
    return vci_event_sum(panel, event, unit, m->first, m->now, to_date) &&
           vci_event_sum(panel, event, unit, m->now, m->now, newest);
}

/* Of a share's events those that are not among the counted. */
static void take_off(mover *u) {
    u->to_date[MINUS] -= u->to_date[PLUS];
    u->newest[MINUS] -= u->newest[PLUS];
}

static double figure_of(const movement *m, const mover *u, int64_t plus, int64_t minus) {
    if (is_ratio(m)) {
        int64_t over = is_share(m) ? plus + minus : minus;
        return over > 0 ? (double)(plus * m->form.scale) / (double)over : (double)NAN;
    }
    return (double)((plus - minus) * u->numerator) / (double)u->denominator;
}

/* Numerator and denominator that go with events up to a period. */
static bool find_scale(const movement *m, size_t unit, vc_period last, mover *u) {
    u->numerator = m->form.scale;
    u->denominator = 1;
    if (m->form.kind != VC_INDICATOR_RATE) return true;
    vci_mean mean = vci_mean_population(m->run->settings.average_population, &m->run->panel,
                                        m->population, unit, m->first, last);
    u->numerator *= mean.count;
    u->denominator = mean.sum;
    return mean.sum > 0;
}

static void add_mover(movement *m, vc_ranked *ranked) {
    mover *u = &m->movers[m->n];
    vc_event minus = is_ratio(m) ? m->form.over : m->form.minus;
    *u = (mover){.ranked = ranked};
    if (!sums(m, m->form.plus, ranked->unit, &u->to_date[PLUS], &u->newest[PLUS]) ||
        !sums(m, minus, ranked->unit, &u->to_date[MINUS], &u->newest[MINUS]) ||
        !find_scale(m, ranked->unit, m->now, u))
        return;
    if (is_share(m)) take_off(u);
    m->figure_now[m->n] = figure_of(m, u, u->to_date[PLUS], u->to_date[MINUS]);
    if (!find_scale(m, ranked->unit, m->before, u)) return;
    m->figure[m->n * DRAWS] = figure_of(m, u, u->to_date[PLUS] - u->newest[PLUS],
                                        u->to_date[MINUS] - u->newest[MINUS]);
    if (!isnan(m->figure_now[m->n]) && !isnan(m->figure[m->n * DRAWS])) m->n++;
}

/* --- shuffling ----------------------------------------------------------------------- */

static void fill_uniform(const movement *m, size_t i, unsigned sort, double *u) {
    const vc_unit *unit = &m->run->panel.tree.units[m->movers[i].ranked->unit];
    vci_stream stream =
        vci_stream_make(vci_mix_text(m->run->seed, m->ranking->name), unit->code,
                        VCI_PLACE(sort, VCI_FOR_SHUFFLE), (uint32_t)m->now);
    vci_fill_uniform(&stream, 0, VCI_SHUFFLES, u);
}

/* Which of a unit's events are its newest period's: as many as there were. */
static void shuffle_ratio(const movement *m, size_t i, double *u) {
    const mover *v = &m->movers[i];
    int64_t taken = v->newest[PLUS] + v->newest[MINUS];
    int64_t total = v->to_date[PLUS] + v->to_date[MINUS];
    fill_uniform(m, i, PLUS, u);
    for (size_t k = 0; k < VCI_SHUFFLES; k++) {
        int64_t plus = vci_hypergeometric(u[k], total, v->to_date[PLUS], taken);
        m->figure[i * DRAWS + 1 + k] =
            figure_of(m, v, v->to_date[PLUS] - plus, v->to_date[MINUS] - (taken - plus));
    }
}

/*
 * Which of the class's events of a sort are the newest period's: unit after unit, each from
 * what is left. newest[n][VCI_SHUFFLES].
 */
static void shuffle_sort(const movement *m, unsigned sort, int64_t *left, double *u,
                         int64_t *newest) {
    int64_t total = 0, taken = 0;
    for (size_t i = 0; i < m->n; i++) {
        total += m->movers[i].to_date[sort];
        taken += m->movers[i].newest[sort];
    }
    for (size_t k = 0; k < VCI_SHUFFLES; k++) left[k] = taken;
    for (size_t i = 0; i < m->n; i++) {
        int64_t own = m->movers[i].to_date[sort], *row = newest + i * VCI_SHUFFLES;
        fill_uniform(m, i, sort, u);
        for (size_t k = 0; k < VCI_SHUFFLES; k++) {
            row[k] = vci_hypergeometric(u[k], total, own, left[k]);
            left[k] -= row[k];
        }
        total -= own;
    }
}

static vc_status shuffle_class(const movement *m, double *u) {
    vc_status st = VC_OK;
    int64_t *left = NULL, *newest[SORTS] = {NULL, NULL};
    VC_NEW(left, VCI_SHUFFLES);
    for (unsigned sort = 0; sort < SORTS; sort++) {
        VC_NEW(newest[sort], m->n * VCI_SHUFFLES);
        shuffle_sort(m, sort, left, u, newest[sort]);
    }
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < VCI_SHUFFLES; k++) {
            const mover *v = &m->movers[i];
            size_t at = i * VCI_SHUFFLES + k;
            m->figure[i * DRAWS + 1 + k] =
                figure_of(m, v, v->to_date[PLUS] - newest[PLUS][at],
                          v->to_date[MINUS] - newest[MINUS][at]);
        }
out:
    vci_free(left);
    for (unsigned sort = 0; sort < SORTS; sort++) vci_free(newest[sort]);
    return st;
}

static vc_status shuffle(const movement *m) {
    vc_status st = VC_OK;
    double *u = NULL;
    VC_NEW(u, VCI_SHUFFLES);
    if (!is_ratio(m)) {
        VC_TRY(shuffle_class(m, u));
        goto out;
    }
    for (size_t i = 0; i < m->n; i++) shuffle_ratio(m, i, u);
out:
    vci_free(u);
    return st;
}

/* --- ranks --------------------------------------------------------------------------- */

/* Half ranks of n draws of figures [n units][stride]. */
static vc_status rank_rows(const movement *m, const double *figure, size_t stride, size_t n,
                           uint32_t *half) {
    vc_status st = VC_OK;
    vci_ranks ranks = {0};
    const double **rows = NULL;
    VC_NEW(rows, m->n);
    VC_TRY(vci_ranks_init(m->n, 0, m->ranking->low_is_best, n, BLOCK, &ranks));
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t more = n - at < BLOCK ? n - at : BLOCK;
        for (size_t i = 0; i < m->n; i++) rows[i] = figure + i * stride + at;
        VC_TRY(vci_ranks_add(&ranks, at, more, rows, NULL));
        for (size_t i = 0; i < m->n; i++)
            for (size_t d = 0; d < more; d++)
                half[i * stride + at + d] = ranks.half[i * BLOCK + d];
    }
out:
    vci_free(rows);
    vci_ranks_free(&ranks);
    return st;
}

/* Mean and standard deviation of a unit's half ranks; sd 0 where it has one rank only. */
static void moments(const uint32_t *half, double *mean, double *sd) {
    double n = 0, sum = 0, squares = 0;
    for (size_t k = 0; k < DRAWS; k++) {
        n += half[k] > 0;
        sum += half[k];
        squares += (double)half[k] * half[k];
    }
    double rest = squares - sum * sum / n;
    *mean = sum / n;
    *sd = rest > 0.5 ? sqrt(rest / n) : 0;
}

static double distance(uint32_t half, double mean, double sd) {
    return half > 0 && sd > 0 ? fabs(half - mean) / sd : 0;
}

/* How many of the draws hold a unit at least as far off as each one is in the first. */
static vc_status judge(const movement *m) {
    vc_status st = VC_OK;
    double *most = NULL, mean, sd;
    VC_NEW(most, DRAWS);
    for (size_t i = 0; i < m->n; i++) {
        const uint32_t *half = m->half + i * DRAWS;
        moments(half, &mean, &sd);
        for (size_t k = 0; k < DRAWS; k++)
            most[k] = fmax(most[k], distance(half[k], mean, sd));
    }
    for (size_t i = 0; i < m->n; i++) {
        const uint32_t *half = m->half + i * DRAWS;
        vc_ranked *ranked = m->movers[i].ranked;
        moments(half, &mean, &sd);
        double own = distance(half[0], mean, sd), n = 0;
        for (size_t k = 0; k < DRAWS; k++) n += most[k] >= own;
        ranked->p_movement = n / DRAWS;
        ranked->rank_before = 0.5 * half[0];
    }
out:
    vci_free(most);
    return st;
}

static vc_status rank_now(const movement *m) {
    vc_status st = VC_OK;
    uint32_t *half = NULL;
    VC_NEW(half, m->n);
    VC_TRY(rank_rows(m, m->figure_now, 1, 1, half));
    for (size_t i = 0; i < m->n; i++) m->movers[i].ranked->rank_now = 0.5 * half[i];
out:
    vci_free(half);
    return st;
}

/* Is there a year to date of two periods at least, and an indicator formed of events? */
static bool applies(movement *m) {
    const vc_ranking *ranking = m->ranking;
    vc_year year = vc_year_ending(ranking->year_end, m->run->panel.frequency);
    m->first = year.first;
    m->now = m->run->as_of;
    m->before = m->now - 1;
    return ranking->by && m->before >= year.first && m->now <= year.end &&
           vci_indicator_find(&m->run->panel, ranking->by, &m->form) &&
           m->form.kind != VC_INDICATOR_VALUE && m->form.kind != VC_INDICATOR_PROGRESS;
}

vc_status vci_movement_find(const vc_run *run, const vci_population *population,
                            vc_ranking *ranking) {
    vc_status st = VC_OK;
    movement m = {.run = run, .population = population, .ranking = ranking};
    if (!applies(&m)) goto out;
    VC_NEW(m.movers, ranking->n_units);
    VC_NEW(m.figure_now, ranking->n_units);
    VC_NEW(m.figure, ranking->n_units * DRAWS);
    for (size_t k = 0; k < ranking->n_units; k++) add_mover(&m, &ranking->units[k]);
    if (m.n < 2) goto out;
    VC_NEW(m.half, m.n * DRAWS);
    VC_TRY(shuffle(&m));
    VC_TRY(rank_rows(&m, m.figure, DRAWS, DRAWS, m.half));
    VC_TRY(judge(&m));
    VC_TRY(rank_now(&m));
out:
    vci_free(m.movers);
    vci_free(m.figure_now);
    vci_free(m.figure);
    vci_free(m.half);
    return st;
}
