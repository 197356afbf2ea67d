/* The track record for people: a table for each indicator and level, then sentences. */
#include <math.h>
#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "cli/track_internal.h"
#include "core/memory_internal.h"
#include "store/run_track_internal.h"

enum { COLUMNS = 9 };

/* A tenth with fewer cases says nothing. */
#define FEWEST_CASES 20

/* Of the limits of alarms the one that is printed: 40 %. */
#define SHOWN_ALARM 2

typedef struct printer {
    const vc_track *track;
    vc_language language;
    FILE *out;
    vc_track_hits *hits; /* [n_targets] */
} printer;

static const char *word(const printer *p, vci_text text) {
    return vci_text_get(text, p->language);
}

static vc_status add(vci_grid *grid, double number, int digits, bool percent) {
    vci_figure figure = percent ? vci_figure_format_percent(number, digits)
                                : vci_figure_format(number, digits);
    return vci_grid_add(grid, figure.text);
}

static vc_status add_heading(const printer *p, vci_grid *grid) {
    vc_status st = VC_OK;
    static const double levels[VC_INTERVALS] = VC_INTERVAL_LEVELS;
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_FORECASTER)));
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_CRPS)));
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_ERROR)));
    for (size_t i = 0; i < VC_INTERVALS; i++) {
        char *text =
            vci_text_say(p->language, VCI_TEXT_TRACK_IN, (int)(100 * levels[i] + 0.5));
        if (!text) VC_FAIL(VC_NO_MEMORY, "text");
        st = vci_grid_add(grid, text);
        vci_free(text);
        VC_TRY(st);
    }
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_BRIER)));
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_DIFFERENCE)));
    VC_TRY(vci_grid_add(grid, word(p, VCI_TEXT_TRACK_YEARS_BETTER)));
out:
    return st;
}

/* Brier score of the first target of the indicator that has any. */
static double brier(const printer *p) {
    for (size_t t = 0; t < p->track->n_targets; t++)
        if (p->hits[t].n) return p->hits[t].brier / (double)p->hits[t].n;
    return NAN;
}

static vc_status add_skill(const printer *p, const vc_track_part *part, vci_grid *grid) {
    vc_status st = VC_OK;
    vc_skill skill = {0};
    char text[64];
    if (part->forecaster != VC_BY_VITALCAST) VC_TRY(vc_track_skill(p->track, part, &skill));
    if (skill.n_years == 0) {
        VC_TRY(vci_grid_add(grid, ""));
        VC_TRY(vci_grid_add(grid, ""));
        goto out;
    }
    snprintf(text, sizeof text, "%+.0f%%", 100 * skill.difference / skill.other);
    VC_TRY(vci_grid_add(grid, text));
    snprintf(text, sizeof text, "%zu/%zu", skill.n_better, skill.n_years);
    VC_TRY(vci_grid_add(grid, text));
out:
    return st;
}

/* Digits after the point, the same for all forecasters of a subject. */
static int digits_of(double crps) { return crps < 1 ? 3 : crps < 100 ? 2 : 0; }

static vc_status add_row(const printer *p, const vc_track_part *part, int digits,
                         vci_grid *grid) {
    vc_status st = VC_OK;
    vc_track_cell cell;
    vc_track_sum(p->track, part, p->hits, &cell);
    if (cell.n == 0) goto out;
    double n = (double)cell.n, crps = cell.crps / n;
    VC_TRY(vci_grid_add(grid, vci_forecaster_text(part->forecaster, p->language)));
    VC_TRY(add(grid, crps, digits, false));
    VC_TRY(add(grid, cell.error / n, digits, false));
    for (size_t i = 0; i < VC_INTERVALS; i++)
        VC_TRY(add(grid, 100 * (double)cell.inside[i] / n, 0, true));
    VC_TRY(add(grid, brier(p), 3, false));
    VC_TRY(add_skill(p, part, grid));
out:
    return st;
}

/* "Four years: of the cells at 70 %, 76 % came true." what: a target, a place */
static void say_tenths(const printer *p, vci_text text, const char *what,
                       const vc_track_hits *h) {
    static const size_t shown[] = {1, 3, 5, 7, 9};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        size_t k = shown[i];
        if (h->count[k] < FEWEST_CASES) continue;
        fputs("  ", p->out);
        vci_say_line(p->out, p->language, text, p->track->n_years, (int)(10 * k), what,
                     100 * (double)h->met[k] / (double)h->count[k], h->met[k], h->count[k]);
    }
}

static void say_reliability(const printer *p) {
    for (size_t t = 0; t < p->track->n_targets; t++)
        say_tenths(p, VCI_TEXT_TRACK_RELIABILITY, p->track->targets[t].id, &p->hits[t]);
}

/* Units among their like; the hits of ranks are the top's, then the bottom's. */
static vc_status say_ranks(const printer *p, vc_track_part part) {
    vc_status st = VC_OK;
    static const vci_text ends[] = {VCI_TEXT_TRACK_TOP, VCI_TEXT_TRACK_BOTTOM};
    vc_track_cell cell;
    double uniform;
    part.what = VC_TRACK_RANK;
    VC_TRY(vc_track_uniform(p->track, &part, &uniform));
    vc_track_sum(p->track, &part, p->hits, &cell);
    if (cell.n == 0) goto out;
    fputs("  ", p->out);
    vci_say_line(p->out, p->language, VCI_TEXT_TRACK_RANKS, cell.n,
                 cell.error / (double)cell.n,
                 100 * (double)cell.inside[1] / (double)cell.n);
    if (!isnan(uniform)) {
        fputs("  ", p->out);
        vci_say_line(p->out, p->language, VCI_TEXT_TRACK_RANKS_UNIFORM, uniform);
    }
    for (size_t t = 0, end = 0; t < p->track->n_targets && end < 2; t++)
        if (p->hits[t].n > 0)
            say_tenths(p, VCI_TEXT_TRACK_RANK_RELIABILITY, word(p, ends[end++]),
                       &p->hits[t]);
out:
    return st;
}

/* What an alarm below 40 % would have been worth, all years together. */
static void say_alarms(const printer *p, size_t indicator, unsigned level) {
    static const double limits[VC_ALARMS] = VC_ALARM_LEVELS;
    const vc_track *track = p->track;
    for (size_t t = 0; t < track->n_targets; t++) {
        size_t met = 0, missed = 0, wrong = 0, silent = 0, stood = 0;
        double lead = 0;
        if (track->targets[t].indicator != indicator) continue;
        for (size_t i = 0; i < track->n_alarms; i++) {
            const vc_track_alarm *a = &track->alarms[i];
            if (a->target != t || a->level != level) continue;
            met += a->n_met;
            missed += a->n_missed;
            wrong += a->n_false[SHOWN_ALARM];
            silent += a->n_silent[SHOWN_ALARM];
            stood += a->n_lead[SHOWN_ALARM];
            lead += a->lead[SHOWN_ALARM];
        }
        if (met + missed < FEWEST_CASES || stood == 0) continue;
        fputs("  ", p->out);
        vci_say_line(p->out, p->language, VCI_TEXT_TRACK_ALARM,
                     (int)(100 * limits[SHOWN_ALARM] + 0.5), track->targets[t].id, wrong,
                     met, silent, missed, lead / (double)stood);
    }
}

static vc_status print_subject(const printer *p, size_t indicator, unsigned level) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = COLUMNS, .right = 0x1FE};
    vc_track_cell cell;
    vc_track_part part = {VC_BY_VITALCAST, indicator, (int)level,     VC_ANY,
                          VC_ANY,          VC_ANY,    VC_TRACK_FIGURE};
    char *name = NULL;
    vc_track_sum(p->track, &part, p->hits, &cell);
    if (cell.n == 0) goto out;
    name = vci_standard_text(p->track->indicators[indicator], p->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    fputc('\n', p->out);
    vci_say_line(p->out, p->language, VCI_TEXT_TRACK_SUBJECT, name, level, cell.n);
    VC_TRY(add_heading(p, &grid));
    int digits = digits_of(cell.crps / (double)cell.n);
    for (int f = 0; f < VC_FORECASTERS; f++) {
        part.forecaster = (vc_forecaster)f;
        VC_TRY(add_row(p, &part, digits, &grid));
    }
    vci_grid_print(&grid, p->out);
    part.forecaster = VC_BY_VITALCAST;
    vc_track_sum(p->track, &part, p->hits, &cell);
    fputs("  ", p->out);
    vci_say_line(p->out, p->language, VCI_TEXT_TRACK_COVERAGE,
                 100 * (double)cell.inside[1] / (double)cell.n);
    say_reliability(p);
    say_alarms(p, indicator, level);
    VC_TRY(say_ranks(p, part));
out:
    vci_grid_free(&grid);
    vci_free(name);
    return st;
}

static void print_head(const printer *p) {
    char months[64] = "", *at = months;
    for (size_t i = 0; i < p->track->n_observed; i++)
        at += snprintf(at, sizeof months - (size_t)(at - months), "%s%d", i ? ", " : "",
                       p->track->observed[i]);
    vci_say_line(p->out, p->language, VCI_TEXT_TRACK_HEAD, p->track->n_years,
                 p->track->years[0], p->track->years[p->track->n_years - 1], months);
    vci_say_line(p->out, p->language, VCI_TEXT_TRACK_YEARS_ARE_SAMPLE);
}

vc_status vci_track_print(const vc_track *track, vc_language language, FILE *out) {
    vc_status st = VC_OK;
    printer p = {track, language, out, NULL};
    unsigned deepest = 0;
    VC_NEW(p.hits, track->n_targets);
    for (size_t i = 0; i < track->n; i++)
        if (track->cells[i].level > deepest) deepest = track->cells[i].level;
    if (track->n_years) print_head(&p);
    for (size_t i = 0; i < track->n_indicators; i++)
        for (unsigned level = 0; level <= deepest; level++)
            VC_TRY(print_subject(&p, i, level));
out:
    vci_free(p.hits);
    return st;
}
