/*
 * P(met) along a chain of runs from the earlier to the later one. Differences of
 * neighbours telescope, so that they add up to the whole change whatever the order; how it
 * is shared out depends on the order, which is therefore fixed and said.
 */
#include "vitalcast/change.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "assess/change_between_internal.h"
#include "assess/change_internal.h"
#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "data/text_map_internal.h"
#include "num/histogram_internal.h"

#define BIT(step) (1u << (step))
/* Draws for what a new period was expected to bring: sd / 64 for a mean is good enough. */
#define NEWS_DRAWS 4096

const char *vc_change_step_name(vc_change_step step) {
    static const char *const names[] = {
#define X(name, key) key,
        VC_CHANGE_LIST(X)
#undef X
    };
    return (unsigned)step < VC_CHANGE_STEPS ? names[step] : "";
}

void vc_changes_free(vc_changes *c) {
    if (!c) return;
    for (size_t i = 0; c->gone && i < c->n_gone; i++) {
        vci_free(c->gone[i].target);
        vci_free(c->gone[i].unit);
    }
    vci_free(c->before);
    vci_free(c->list);
    vci_free(c->new_results);
    vci_free(c->gone);
    vci_free(c->news);
    *c = (vc_changes){0};
}

static bool same_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

vc_comparable vc_changes_comparable(const vc_run *before, const char *name,
                                    const char *basis, vc_frequency frequency,
                                    vc_period as_of) {
    if (!same_text(before->settings.name, name)) return VC_OTHER_WORKSPACE;
    if (before->scenario.n > 0) return VC_SCENARIO_RUN;
    if (before->panel.frequency != frequency) return VC_OTHER_FREQUENCY;
    if (!same_text(before->settings.basis, basis)) return VC_OTHER_BASIS;
    return before->as_of > as_of ? VC_EARLIER_AS_OF : VC_COMPARABLE;
}

/* --- results by what they are about ------------------------------------------------------
 */

/* A result of both runs, as the chain passes: where P(met) and the median stand now. */
typedef struct link {
    double p, median;
} link;

typedef struct chain {
    const vc_run *before, *after;
    const vc_observer *observer;
    unsigned threads;
    vci_text_map names; /* target, year end and unit of the later run's results */
    size_t *result;     /* [n_results of after] number of a name -> result of after */
    size_t *row;        /* [n_results of after] number of a name -> changes->list */
    link *links;        /* [changes->n] */
    vc_changes *changes;
} chain;

static vc_status name_of(const vc_run *run, const vc_result *r, char **name) {
    const vc_target *t = &run->targets.list[r->target];
    *name = vci_text_format("%s\n%d\n%d\n%s", t->id, (int)t->year_end, (int)t->length,
                            run->panel.tree.units[r->unit].code);
    return *name ? VC_OK : vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "text");
}

static vc_status number_of(const chain *c, const vc_run *run, const vc_result *r,
                           size_t *number) {
    char *name = NULL;
    vc_status st = name_of(run, r, &name);
    if (st == VC_OK) *number = vci_text_map_find(&c->names, name, strlen(name));
    vci_free(name);
    return st;
}

static vc_status map_after(chain *c) {
    vc_status st = VC_OK;
    char *name = NULL;
    VC_NEW(c->result, c->after->n_results);
    VC_NEW(c->row, c->after->n_results);
    for (size_t r = 0; r < c->after->n_results; r++) {
        size_t number;
        VC_TRY(name_of(c->after, &c->after->results[r], &name));
        VC_TRY(vci_text_map_add(&c->names, name, strlen(name), &number));
        c->result[number] = r;
        c->row[number] = SIZE_MAX;
        vci_free(name);
        name = NULL;
    }
out:
    vci_free(name);
    return st;
}

static vc_status add_gone(const chain *c, const vc_result *r) {
    vc_status st = VC_OK;
    const vc_target *t = &c->before->targets.list[r->target];
    vc_gone *gone = &c->changes->gone[c->changes->n_gone++];
    gone->year_end = t->year_end;
    VC_COPY_TEXT(gone->target, t->id);
    VC_COPY_TEXT(gone->unit, c->before->panel.tree.units[r->unit].code);
out:
    return st;
}

/* Who is in both: of[] is the earlier result + 1 by number of the name, 0 for none. */
static vc_status find_earlier(const chain *c, size_t *of) {
    vc_status st = VC_OK;
    for (size_t r = 0; r < c->before->n_results; r++) {
        const vc_result *result = &c->before->results[r];
        size_t number;
        if (isnan(result->p_met)) continue;
        VC_TRY(number_of(c, c->before, result, &number));
        if (number != VCI_NO_TEXT && !isnan(c->after->results[c->result[number]].p_met))
            of[number] = r + 1;
        else
            VC_TRY(add_gone(c, result));
    }
out:
    return st;
}

static vc_status pair_up(chain *c) {
    vc_status st = VC_OK;
    vc_changes *changes = c->changes;
    size_t n = c->after->n_results, *of = NULL;
    VC_NEW(of, n);
    VC_NEW(changes->gone, c->before->n_results);
    VC_NEW(changes->list, n);
    VC_NEW(changes->new_results, n);
    VC_NEW(c->links, n);
    VC_TRY(find_earlier(c, of));
    for (size_t number = 0; number < c->names.n; number++) {
        size_t r = c->result[number];
        if (of[number]) {
            const vc_result *b = &c->before->results[of[number] - 1];
            c->row[number] = changes->n;
            c->links[changes->n] = (link){b->p_met, b->quantile[VC_MEDIAN]};
            changes->list[changes->n++] = (vc_changed){
                .result = r, .p_before = b->p_met, .median_before = b->quantile[VC_MEDIAN]};
        } else if (!isnan(c->after->results[r].p_met)) {
            changes->new_results[changes->n_new++] = r;
        }
    }
out:
    vci_free(of);
    return st;
}

/* --- the chain ---------------------------------------------------------------------------
 */

static void move(double to, double *at, double *step) {
    if (isnan(to)) return; /* passed over: its part is in the next step */
    *step = to - *at;
    *at = to;
}

/* A step has led to a run: its results are where the chain stands now. */
static vc_status take_step(chain *c, vc_change_step step, const vc_run *run) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < run->n_results; i++) {
        const vc_result *r = &run->results[i];
        size_t number;
        VC_TRY(number_of(c, run, r, &number));
        if (number == VCI_NO_TEXT || c->row[number] == SIZE_MAX) continue;
        size_t k = c->row[number];
        vc_changed *changed = &c->changes->list[k];
        move(r->p_met, &c->links[k].p, &changed->p_step[step]);
        move(r->quantile[VC_MEDIAN], &c->links[k].median, &changed->median_step[step]);
    }
out:
    return st;
}

static bool is_fatal(vc_status st) {
    return st != VC_OK && st != VC_NOT_CONVERGED && st != VC_TOO_FEW_DATA &&
           st != VC_SINGULAR;
}

static vc_status find_news(const chain *c, const vc_run *expecting);

static vc_status step_between(chain *c, vc_change_step step) {
    vci_between between;
    bool fitted = false;
    vc_changes *changes = c->changes;
    vc_status st = vci_between_make(c->before, c->after, step, changes->differs, c->threads,
                                    c->observer, &fitted, &between);
    if (st == VC_OK) st = take_step(c, step, &between.run);
    if (st == VC_OK && step == VC_CHANGE_BLOCKS) st = find_news(c, &between.run);
    vci_between_free(&between);
    if (fitted)
        changes->n_fitted++;
    else
        changes->n_simulated++;
    if (is_fatal(st)) return st;
    if (st != VC_OK) changes->merged |= BIT(step);
    return VC_OK;
}

static vc_status walk(chain *c) {
    vc_status st = VC_OK;
    unsigned differs = c->changes->differs, last = VC_CHANGE_OTHER;
    while (last-- > 0 && !(differs & BIT(last))) continue;
    if (differs == 0) last = VC_CHANGE_OTHER;
    for (unsigned step = 0; step < last; step++)
        if (differs & BIT(step)) VC_TRY(step_between(c, (vc_change_step)step));
    VC_TRY(take_step(c, (vc_change_step)last, c->after));
out:
    return st;
}

/* A median that either run lacks has no steps. */
static void forget_half_medians(const chain *c) {
    for (size_t i = 0; i < c->changes->n; i++) {
        vc_changed *changed = &c->changes->list[i];
        double after = c->after->results[changed->result].quantile[VC_MEDIAN];
        if (!isnan(changed->median_before) && !isnan(after)) continue;
        changed->median_before = NAN;
        for (int s = 0; s < VC_CHANGE_STEPS; s++) changed->median_step[s] = NAN;
    }
}

/* --- new periods -------------------------------------------------------------------------
 */

/* What is told: girls and compliant births follow from the others, or are for the sheet. */
static const vc_event TOLD[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_DEATHS, VC_ARRIVALS,
                                VC_DEPARTURES};
enum { N_TOLD = sizeof TOLD / sizeof *TOLD };

/* The top unit's counts of the new periods, [n_periods][N_TOLD]. */
typedef struct tally {
    vc_period first;
    size_t n_periods, n, root;
    vci_histogram *counts;
    double *sums;
    bool *drawn;
} tally;

static vc_status add_draws(void *context, const vc_draws *d) {
    tally *t = context;
    double x[VCI_HISTOGRAM_EXACT];
    for (size_t p = 0; p < t->n_periods; p++)
        for (size_t k = 0; k < N_TOLD; k++) {
            vc_period at = t->first + (vc_period)p - d->first;
            const int64_t *count = d->count[TOLD[k]];
            size_t place = p * N_TOLD + k;
            if (!count || at < 0 || at >= (vc_period)d->n_periods) continue;
            count += ((size_t)at * d->n_units + t->root) * d->n_draws;
            t->drawn[place] = true;
            for (size_t i = 0; i < d->n_draws;) {
                size_t m = 0;
                for (; i < d->n_draws && m < VCI_HISTOGRAM_EXACT; i++) {
                    x[m] = (double)count[i];
                    t->sums[place] += x[m++];
                }
                vci_histogram_add(&t->counts[place], m, x);
            }
        }
    t->n += d->n_draws;
    return VC_OK;
}

static void add_news(const chain *c, const tally *t, size_t p, size_t k) {
    const vc_panel *panel = &c->after->panel;
    size_t place = p * N_TOLD + k;
    vc_period period = t->first + (vc_period)p;
    size_t column = (size_t)(period - panel->first);
    if (!t->drawn[place] || !panel->count[TOLD[k]]) return;
    double observed = panel->count[TOLD[k]][t->root * panel->n_periods + column];
    if (isnan(observed)) return;
    c->changes->news[c->changes->n_news++] =
        (vc_news){.event = TOLD[k],
                  .period = period,
                  .observed = observed,
                  .expected = t->sums[place] / (double)t->n,
                  .low_80 = vci_histogram_quantile(&t->counts[place], 0.1),
                  .high_80 = vci_histogram_quantile(&t->counts[place], 0.9),
                  .incomplete = column + panel->n_late >= panel->n_periods};
}

static vc_status find_news(const chain *c, const vc_run *expecting) {
    vc_status st = VC_OK;
    vc_period first = c->before->as_of + 1;
    tally t = {.first = first,
               .n_periods = (size_t)(c->after->as_of - first + 1),
               .root = c->after->panel.tree.root};
    size_t n = t.n_periods * N_TOLD;
    size_t draws = expecting->n_draws < NEWS_DRAWS ? expecting->n_draws : NEWS_DRAWS;
    VC_NEW(t.counts, n);
    VC_NEW(t.sums, n);
    VC_NEW(t.drawn, n);
    VC_NEW(c->changes->news, n);
    for (size_t i = 0; i < n; i++) vci_histogram_init(&t.counts[i], true);
    VC_TRY(vc_run_replay(expecting, 0, draws, c->threads, add_draws, &t));
    for (size_t p = 0; p < t.n_periods; p++)
        for (size_t k = 0; k < N_TOLD; k++) add_news(c, &t, p, k);
out:
    vci_free(t.counts);
    vci_free(t.sums);
    vci_free(t.drawn);
    return st;
}

/* --- all of it ---------------------------------------------------------------------------
 */

vc_status vc_changes_find(const vc_run *before, const vc_run *after, unsigned threads,
                          const vc_observer *observer, vc_changes *changes) {
    vc_status st = VC_OK;
    static const vc_observer nobody = {0};
    int usual = omp_get_max_threads();
    chain c = {.before = before,
               .after = after,
               .observer = observer ? observer : &nobody,
               .threads = vci_threads(threads),
               .changes = changes};
    *changes = (vc_changes){.as_of = before->as_of};
    omp_set_num_threads((int)c.threads);
    if (after->scenario.n > 0 ||
        vc_changes_comparable(before, after->settings.name, after->settings.basis,
                              after->panel.frequency, after->as_of) != VC_COMPARABLE)
        VC_FAIL(VC_BAD_INPUT, "%s and %s cannot be compared", before->id, after->id);
    VC_COPY_TEXT(changes->before, before->id);
    VC_TRY(vci_between_differs(before, after, &changes->differs));
    VC_TRY(map_after(&c));
    VC_TRY(pair_up(&c));
    VC_TRY(walk(&c));
    forget_half_medians(&c);
out:
    omp_set_num_threads(usual);
    vci_text_map_free(&c.names);
    vci_free(c.result);
    vci_free(c.row);
    vci_free(c.links);
    return st;
}

vci_text vci_change_words(vc_change_step step, vc_frequency frequency) {
    static const vci_text names[VC_CHANGE_STEPS] = {
        [VC_CHANGE_SAMPLING] = VCI_TEXT_CHANGE_SAMPLING,
        [VC_CHANGE_TARGETS] = VCI_TEXT_CHANGE_TARGETS,
        [VC_CHANGE_MODEL] = VCI_TEXT_CHANGE_MODEL,
        [VC_CHANGE_UNITS] = VCI_TEXT_CHANGE_UNITS,
        [VC_CHANGE_CORRECTIONS] = VCI_TEXT_CHANGE_CORRECTIONS,
        [VC_CHANGE_POPULATION] = VCI_TEXT_CHANGE_POPULATION,
        [VC_CHANGE_BLOCKS] = VCI_TEXT_CHANGE_BLOCKS,
        [VC_CHANGE_PERIODS] = VCI_TEXT_CHANGE_PERIODS,
        [VC_CHANGE_OTHER] = VCI_TEXT_CHANGE_OTHER,
    };
    if (step != VC_CHANGE_PERIODS || frequency == VC_MONTHLY) return names[step];
    return frequency == VC_QUARTERLY ? VCI_TEXT_CHANGE_QUARTERS : VCI_TEXT_CHANGE_YEARS;
}
