/* The yearly figures of peers as a panel. */
#include <math.h>
#include <string.h>

#include "assess/peer_internal.h"
#include "core/memory_internal.h"
#include "data/unit_internal.h"

static vc_period year_of(vc_period year_end, vc_frequency frequency) {
    return (vc_period)vc_period_year(year_end, frequency);
}

/* A figure of a year that is over, and not beyond what is asked for. */
static bool counts(const vc_run *run, const vci_peer_panel *years,
                   const vc_peer_figure *figure) {
    return figure->as_of >= figure->year_end &&
           year_of(figure->year_end, run->panel.frequency) <= years->horizon;
}

/* A root and a unit for each peer. */
static vc_status make_tree(const vc_peers *peers, vc_unit_tree *tree) {
    vc_status st = VC_OK;
    VC_NEW(tree->units, peers->n + 1);
    for (size_t u = 0; u <= peers->n; u++) {
        vc_unit *unit = &tree->units[tree->n++];
        const char *code = u > 0 ? peers->list[u - 1].code : "";
        *unit = (vc_unit){.parent = u > 0 ? 0 : VC_NO_UNIT};
        unit->valid_from = unit->valid_to = VC_NO_PERIOD;
        VC_COPY_TEXT(unit->code, code);
        VC_COPY_TEXT(unit->name, code);
    }
    VC_TRY(vci_unit_tree_arrange(tree));
out:
    return st;
}

/* First to last year that is wanted of the run; first and last year that is known. */
static void find_years(const vc_run *run, vci_peer_panel *years, vc_period *first,
                       vc_period *last) {
    vc_frequency frequency = run->panel.frequency;
    const vc_peers *peers = &run->panel.peers;
    *first = *last = VC_NO_PERIOD;
    years->wanted = years->horizon = year_of(run->year_ends[0], frequency);
    for (size_t i = 1; i < run->n_year_ends; i++) {
        vc_period year = year_of(run->year_ends[i], frequency);
        if (year < years->wanted) years->wanted = year;
        if (year > years->horizon) years->horizon = year;
    }
    for (size_t i = 0; i < peers->n_figures; i++) {
        vc_period year = year_of(peers->figures[i].year_end, frequency);
        if (!counts(run, years, &peers->figures[i])) continue;
        if (*first == VC_NO_PERIOD || year < *first) *first = year;
        if (*last == VC_NO_PERIOD || year > *last) *last = year;
    }
}

static size_t find_series(const vci_peer_panel *years, size_t indicator, int place) {
    for (size_t i = 0; i < years->panel.n_values; i++)
        if (years->indicator[i] == indicator && years->place[i] == place) return i;
    return SIZE_MAX;
}

/* The series that a figure belongs to, made if it is the first one. */
static vc_status take_series(const vc_peers *peers, const vc_peer_figure *figure, int place,
                             vci_peer_panel *years, size_t *series) {
    vc_status st = VC_OK;
    vc_panel *panel = &years->panel;
    *series = find_series(years, figure->indicator, place);
    if (*series != SIZE_MAX) goto out;
    *series = panel->n_values++;
    years->indicator[*series] = figure->indicator;
    years->place[*series] = place;
    vc_value_series *made = &panel->values[*series];
    made->indicator =
        vci_text_format("%s@%d", peers->indicators[figure->indicator], place + 1);
    if (!made->indicator) VC_FAIL(VC_NO_MEMORY, "series");
    VC_NEW(made->value, panel->tree.n * panel->n_periods);
    for (size_t i = 0; i < panel->tree.n * panel->n_periods; i++) made->value[i] = NAN;
out:
    return st;
}

/* The last publication about a year stands: figures come in that order. */
static vc_status fill(const vc_run *run, vci_peer_panel *years) {
    vc_status st = VC_OK;
    vc_panel *panel = &years->panel;
    const vc_peers *peers = &run->panel.peers;
    vc_frequency frequency = run->panel.frequency;
    size_t most = peers->n_indicators * (size_t)frequency;
    VC_NEW(panel->values, most);
    VC_NEW(years->indicator, most);
    VC_NEW(years->place, most);
    for (size_t i = 0; i < peers->n_figures; i++) {
        const vc_peer_figure *figure = &peers->figures[i];
        size_t series = 0;
        if (!counts(run, years, figure)) continue;
        VC_TRY(take_series(peers, figure, vc_period_in_year(figure->year_end, frequency),
                           years, &series));
        vc_period t = year_of(figure->year_end, frequency) - panel->first;
        panel->values[series].value[(figure->peer + 1) * panel->n_periods + (size_t)t] =
            figure->value;
    }
out:
    return st;
}

vc_status vci_peer_panel_init(const vc_run *run, vci_peer_panel *years) {
    vc_status st = VC_OK;
    vc_panel *panel = &years->panel;
    vc_period first, last;
    *years = (vci_peer_panel){.panel.frequency = VC_YEARLY};
    if (run->n_year_ends == 0) goto out;
    find_years(run, years, &first, &last);
    if (first == VC_NO_PERIOD) goto out;
    if (last < years->wanted - 1) last = years->wanted - 1;
    panel->first = first;
    panel->n_periods = (size_t)(last - first) + 1;
    /* Some have the figure of a wanted year and some have not: drawn from there on. */
    panel->n_late = last < years->wanted ? 0 : (size_t)(last - years->wanted) + 1;
    VC_TRY(make_tree(&run->panel.peers, &panel->tree));
    VC_TRY(fill(run, years));
out:
    return st;
}

void vci_peer_panel_free(vci_peer_panel *years) {
    vc_panel_free(&years->panel);
    vci_free(years->indicator);
    vci_free(years->place);
    *years = (vci_peer_panel){0};
}

size_t vci_peer_series(const vci_peer_panel *years, const vc_peers *peers,
                       vc_frequency frequency, const char *indicator, vc_period year_end) {
    size_t number = vc_peers_indicator(peers, indicator);
    if (number == SIZE_MAX) return SIZE_MAX;
    return find_series(years, number, vc_period_in_year(year_end, frequency));
}
