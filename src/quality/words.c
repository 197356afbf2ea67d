#include "quality/words_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"

#define NONE "—"
#define LEAST_CHANCE 1e-15 /* below it laws are cut off */

/* By kind: the words (of bunching: of the sex ratio) and the digits of its figures. */
static const struct {
    vci_text text;
    int digits;
} kinds[VC_QUALITY_KINDS] = {
    [VC_QUALITY_POPULATION_SUM] = {VCI_TEXT_QUALITY_POPULATION_SUM, 0},
    [VC_QUALITY_STOCK_FLOW] = {VCI_TEXT_QUALITY_STOCK_FLOW, 0},
    [VC_QUALITY_EVEN_COUNTS] = {VCI_TEXT_QUALITY_EVEN_COUNTS, 2},
    [VC_QUALITY_EVEN_SEX_RATIO] = {VCI_TEXT_QUALITY_EVEN_SEX_RATIO, 2},
    [VC_QUALITY_EVEN_UNIT_RATIOS] = {VCI_TEXT_QUALITY_EVEN_UNIT_RATIOS, 2},
    [VC_QUALITY_BUNCHING] = {VCI_TEXT_QUALITY_BUNCHING_RATIO, 0},
    [VC_QUALITY_LAST_DIGITS] = {VCI_TEXT_QUALITY_LAST_DIGITS, 1},
    [VC_QUALITY_SHIFT] = {VCI_TEXT_QUALITY_SHIFT, 2},
    [VC_QUALITY_ZEROS] = {VCI_TEXT_QUALITY_ZEROS, 0},
    [VC_QUALITY_SOURCE] = {VCI_TEXT_QUALITY_SOURCE, 1},
};

static const char *event_words(vc_event event, vc_language language) {
    const vci_standard *standard =
        event < VC_EVENTS ? vci_standard_find(vc_event_name(event)) : NULL;
    return standard ? vci_text_get(standard->chart, language) : "";
}

static char *bunching_words(const vc_quality_check *check, vc_language language) {
    char limit[32];
    snprintf(limit, sizeof limit, "%.10g", check->limit);
    return vci_text_say(language,
                        check->event == VC_BIRTHS ? VCI_TEXT_QUALITY_BUNCHING_RATE
                                                  : VCI_TEXT_QUALITY_BUNCHING_RATIO,
                        limit, check->n);
}

char *vci_quality_words(const vc_quality_check *check, vc_language language) {
    vci_text text = kinds[check->kind].text;
    switch (check->kind) {
    case VC_QUALITY_BUNCHING:
        return bunching_words(check, language);
    case VC_QUALITY_POPULATION_SUM:
    case VC_QUALITY_STOCK_FLOW:
        return vci_text_say(language, text, check->n);
    case VC_QUALITY_SOURCE:
        return vci_text_say(language, text, event_words(check->event, language),
                            vci_quote(check->source, strlen(check->source)).text);
    default:
        return vci_text_say(language, text, event_words(check->event, language), check->n);
    }
}

/* A p or q value; a dash where there is none. */
static void write_chance(char text[VC_DIM(32)], double p) {
    if (isnan(p))
        snprintf(text, 32, NONE);
    else if (p < LEAST_CHANCE)
        snprintf(text, 32, "<%.0e", LEAST_CHANCE);
    else
        snprintf(text, 32, p < 0.001 ? "%.0e" : "%.3f", p);
}

/* A rounded figure; what rounds to nothing has no sign. */
static void write_figure(char text[VC_DIM(32)], int digits, double x) {
    double scale = pow(10, digits);
    snprintf(text, 32, "%.*f", digits, round(x * scale) / scale + 0.0);
}

vci_quality_figures vci_quality_figures_make(const vc_quality_check *check,
                                             vc_frequency frequency) {
    vci_quality_figures f;
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    int digits = kinds[check->kind].digits;
    bool single = check->first == check->last, exact = check->low == check->high;
    vc_period_format(check->first, frequency, first);
    vc_period_format(check->last, frequency, last);
    snprintf(f.period, sizeof f.period, "%s%s%s", first, single ? "" : "–",
             single ? "" : last);
    write_figure(f.seen, digits, check->seen);
    if (exact && isnan(check->p))
        snprintf(f.honest, sizeof f.honest, "%.*f", digits, check->expected);
    else
        snprintf(f.honest, sizeof f.honest, "%.*f (%.*f–%.*f)", digits ? digits : 1,
                 check->expected, digits, check->low, digits, check->high);
    write_chance(f.p, check->p);
    write_chance(f.q, check->q);
    return f;
}
