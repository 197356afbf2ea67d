/* Scorecards from outcomes, draw by draw: a total is made of targets of the same draw. */
#include "assess/scorecard_internal.h"

#include <math.h>
#include <string.h>

#include "assess/class_mean_internal.h"
#include "core/memory_internal.h"

/* Points are declared with two digits at most, as a rule; totals then lie on a grid. */
#define HUNDREDTHS 100
#define MOST_HUNDREDTHS 1e9
#define MOST_CELLS 4096

/* --- the grid of totals --------------------------------------------------------------- */

static int64_t divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Takes points into the grid; false: they are no whole number of hundredths. */
static bool join_grid(double points, int64_t *grid) {
    double hundredths = round(points * HUNDREDTHS);
    if (fabs(points * HUNDREDTHS - hundredths) > 1e-6 || hundredths > MOST_HUNDREDTHS)
        return false;
    *grid = divisor(*grid, (int64_t)hundredths);
    return true;
}

/* Can a target give these points only: all or none, or those of its tiers? */
static bool join_target(const vc_target *t, int64_t *grid) {
    if (t->rule.rule == VC_ALL_OR_NONE) return join_grid(t->points, grid);
    bool good = t->rule.rule == VC_TIERS && join_grid(t->rule.floor, grid);
    for (size_t k = 0; good && k < t->rule.n_tiers; k++)
        good = join_grid(t->rule.tier_points[k], grid);
    return good;
}

static double most_points(const vc_target *t) {
    return t->rule.rule == VC_TIERS ? fmax(t->rule.tier_points[0], t->rule.floor)
                                    : t->points;
}

static vc_status make_cells(vci_card *card) {
    vc_status st = VC_OK;
    int64_t grid = 0;
    double most = 0;
    for (size_t i = 0; i < card->n_items; i++) {
        const vc_target *t = card->items[i].target;
        if (isnan(t->points)) continue;
        if (!join_target(t, &grid)) goto out;
        most += most_points(t);
    }
    double step = (double)grid / HUNDREDTHS;
    if (grid == 0 || most / step >= MOST_CELLS) goto out;
    card->grid = step;
    card->n_cells = (size_t)round(most / step) + 1;
    VC_NEW(card->cells, card->n_cells);
out:
    return st;
}

vc_status vci_card_begin(vci_card *card) {
    card->points = NAN;
    for (size_t i = 0; i < card->n_items; i++) {
        const vc_target *t = card->items[i].target;
        card->veto = card->veto || t->veto;
        if (isnan(t->points)) continue;
        card->points = (isnan(card->points) ? 0 : card->points) + t->points;
    }
    vci_histogram_init(&card->total, false);
    return make_cells(card);
}

void vci_card_free(vci_card *card) {
    vci_free(card->items);
    vci_free(card->cells);
    *card = (vci_card){0};
}

/* --- a block of draws -------------------------------------------------------------------
 */

/* Which outcomes the targets of a draw have: bit 1 << vci_outcome. */
static void gather(size_t n, const unsigned char *met, unsigned char *seen) {
    for (size_t d = 0; d < n; d++) seen[d] |= (unsigned char)(1u << met[d]);
}

/* Bits to the outcome of all together: first comes before second before met. */
static void decide(size_t n, vci_outcome first, vci_outcome second, unsigned char *seen) {
    unsigned char outcome[8];
    for (unsigned bits = 0; bits < 8; bits++)
        outcome[bits] = (unsigned char)(bits >> first & 1    ? first
                                        : bits >> second & 1 ? second
                                                             : VCI_MET);
    for (size_t d = 0; d < n; d++) seen[d] = outcome[seen[d]];
}

static void add_all_or_none(vci_card_item *item, size_t n, const unsigned char *met,
                            double *total) {
    const double points[] = {
        [VCI_NOT_MET] = 0, [VCI_MET] = item->target->points, [VCI_OPEN] = NAN};
    size_t times[] = {[VCI_NOT_MET] = 0, [VCI_MET] = 0, [VCI_OPEN] = 0};
    for (size_t d = 0; d < n; d++) {
        total[d] += points[met[d]];
        times[met[d]]++;
    }
    item->n_decided += times[VCI_NOT_MET] + times[VCI_MET];
    item->sum += (double)times[VCI_MET] * item->target->points;
}

/* Those of one draw, when they are made of the class's mean. */
static void find_bounds(const vci_card_item *item, size_t d, double *bound,
                        double *bound_high) {
    const vc_target *t = item->target;
    *bound = vci_class_bound(&t->value, item->fixed[0], item->class_mean[d]);
    *bound_high = t->direction == VC_BETWEEN
                      ? vci_class_bound(&t->value_high, item->fixed[1], item->class_mean[d])
                      : *bound;
}

static void add_graded(vci_card_item *item, size_t n, const double *figure,
                       const unsigned char *met, double *total) {
    bool tiers = item->target->rule.rule == VC_TIERS;
    for (size_t d = 0; d < n; d++) {
        if (met[d] == VCI_OPEN) {
            total[d] = NAN;
            continue;
        }
        double bound = item->bound, bound_high = item->bound_high;
        if (item->class_mean) find_bounds(item, d, &bound, &bound_high);
        double points = vc_scoring_points(item->target, bound, bound_high, figure[d],
                                          met[d] == VCI_MET);
        item->n_decided++;
        item->sum += points;
        total[d] += points;
        if (tiers) item->tier[vc_scoring_tier(item->target, figure[d])]++;
    }
}

static void add_points(vci_card_item *item, size_t n, const double *figure,
                       const unsigned char *met, double *total) {
    if (isnan(item->target->points)) return;
    if (item->target->rule.rule == VC_ALL_OR_NONE)
        add_all_or_none(item, n, met, total);
    else
        add_graded(item, n, figure, met, total);
}

/* Totals of the draws in which a target is met, and of those in which it is missed. */
static void add_stakes(vci_card_item *item, size_t n, const unsigned char *met,
                       const double *total) {
    double hit = item->total[VCI_MET], missed = item->total[VCI_NOT_MET];
    size_t n_met = 0, n_known = 0;
    for (size_t d = 0; d < n; d++) {
        if (met[d] == VCI_OPEN || isnan(total[d])) continue;
        bool is_met = met[d] == VCI_MET;
        hit += is_met ? total[d] : 0;
        missed += is_met ? 0 : total[d];
        n_met += is_met;
        n_known++;
    }
    item->total[VCI_MET] = hit;
    item->total[VCI_NOT_MET] = missed;
    item->n_total[VCI_MET] += n_met;
    item->n_total[VCI_NOT_MET] += n_known - n_met;
}

static void count_total(vci_card *card, double total) {
    card->sum += total;
    if (card->grid > 0)
        card->cells[(size_t)round(total / card->grid)]++;
    else
        vci_histogram_add(&card->total, 1, &total);
}

static size_t times(size_t n, const unsigned char *outcome, vci_outcome wanted) {
    size_t sum = 0;
    for (size_t d = 0; d < n; d++) sum += outcome[d] == wanted;
    return sum;
}

static void count(vci_card *card, size_t n, const unsigned char *all,
                  const unsigned char *veto, const double *total) {
    card->n_all_met += times(n, all, VCI_MET);
    card->n_open += times(n, all, VCI_OPEN);
    card->n_veto += times(n, veto, VCI_NOT_MET);
    card->n_veto_open += times(n, veto, VCI_OPEN);
    for (size_t d = 0; d < n; d++)
        if (isnan(total[d]))
            card->n_total_open++;
        else
            count_total(card, total[d]);
    card->n += n;
}

void vci_card_add(vci_card *card, const vci_outcomes *o, unsigned char *all,
                  unsigned char *veto, double *total) {
    size_t n = o->n_draws;
    memset(all, 0, n);
    memset(veto, 0, n);
    for (size_t d = 0; d < n; d++) total[d] = isnan(card->points) ? (double)NAN : 0;
    for (size_t i = 0; i < card->n_items; i++) {
        vci_card_item *item = &card->items[i];
        size_t at = o->row[item->result] * o->capacity;
        gather(n, o->met + at, all);
        if (item->target->veto) gather(n, o->met + at, veto);
        add_points(item, n, o->figure + at, o->met + at, total);
    }
    decide(n, VCI_OPEN, VCI_NOT_MET, all);
    decide(n, VCI_NOT_MET, VCI_OPEN, veto);
    for (size_t i = 0; i < card->n_items; i++) {
        vci_card_item *item = &card->items[i];
        add_stakes(item, n, o->met + o->row[item->result] * o->capacity, total);
    }
    count(card, n, all, veto, total);
}

/* --- the result -------------------------------------------------------------------------
 */

static double share(size_t n, size_t of) {
    return of ? (double)n / (double)of : (double)NAN;
}

static double mean(double sum, size_t n) { return n ? sum / (double)n : (double)NAN; }

static void finish_item(const vci_card *card, const vci_card_item *item,
                        vc_scorecard_item *out) {
    const vc_target *t = item->target;
    bool tiers = !isnan(t->points) && t->rule.rule == VC_TIERS && item->n_decided > 0;
    *out = (vc_scorecard_item){
        .result = item->result,
        .expected = mean(item->sum, item->n_decided),
        .total_if_met = mean(item->total[VCI_MET], item->n_total[VCI_MET]),
        .total_if_missed = mean(item->total[VCI_NOT_MET], item->n_total[VCI_NOT_MET])};
    out->at_stake = t->points - out->expected;
    for (size_t k = 0; k <= VC_SCORING_TIERS; k++)
        out->tier[k] =
            tiers && k <= t->rule.n_tiers ? share(item->tier[k], card->n) : (double)NAN;
}

/* On the grid: the least total with at least a share p of the draws at or below it. */
static double quantile(const vci_card *card, double p) {
    double known = (double)(card->n - card->n_total_open), below = 0;
    size_t k = 0;
    if (card->grid == 0) return vci_histogram_quantile(&card->total, p);
    if (known == 0) return NAN;
    for (below = card->cells[0]; below < p * known - 1e-9 && k + 1 < card->n_cells;)
        below += card->cells[++k];
    return (double)k * card->grid;
}

vc_status vci_card_finish(const vci_card *card, vc_scorecard *out) {
    vc_status st = VC_OK;
    bool decided = card->n_open < card->n, vetoes = card->n_veto_open < card->n;
    *out = (vc_scorecard){
        .unit = card->unit,
        .year_end = card->year_end,
        .length = card->length,
        .points = card->points,
        .p_all_met = decided ? share(card->n_all_met, card->n) : (double)NAN,
        .p_open = share(card->n_open, card->n),
        .p_veto = card->veto && vetoes ? share(card->n_veto, card->n) : (double)NAN,
        .p_veto_open = card->veto ? share(card->n_veto_open, card->n) : (double)NAN,
        .p_total_open =
            isnan(card->points) ? (double)NAN : share(card->n_total_open, card->n),
        .expected = mean(card->sum, card->n - card->n_total_open),
        .median = quantile(card, 0.5),
        .low80 = quantile(card, 0.1),
        .high80 = quantile(card, 0.9),
        .low95 = quantile(card, 0.025),
        .high95 = quantile(card, 0.975)};
    VC_NEW(out->items, card->n_items);
    out->n_items = card->n_items;
    for (size_t i = 0; i < card->n_items; i++)
        finish_item(card, &card->items[i], &out->items[i]);
out:
    return st;
}

void vc_scorecards_free(size_t n, vc_scorecard *cards) {
    for (size_t i = 0; cards && i < n; i++) vci_free(cards[i].items);
    vci_free(cards);
}
