/* Caterpillar chart: one target, every unit's interval beside it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/axis_internal.h"
#include "chart/caterpillar_internal.h"
#include "chart/rows_internal.h"
#include "chart/verdict_internal.h"

static vci_text word_of(vci_interval_mark mark) {
    static const vci_text words[] = {
        [VCI_INTERVAL_RIGHT] = VCI_TEXT_CHART_INTERVAL_RIGHT,
        [VCI_INTERVAL_WRONG] = VCI_TEXT_CHART_INTERVAL_WRONG,
        [VCI_INTERVAL_SMALL] = VCI_TEXT_GRADE_NOT_DECIDABLE,
        [VCI_INTERVAL_HIDDEN] = VCI_TEXT_CHART_INTERVAL_HIDDEN,
    };
    return words[mark];
}

static bool has_word(vci_interval_mark mark) {
    return mark != VCI_INTERVAL_OPEN && mark != VCI_INTERVAL_NOTHING;
}

/* "31%† · not decidable" */
static vci_label note_of(const vci_view *view, const vci_interval *row) {
    const vc_result *result = &view->run->results[row->result];
    vci_label note = {""}, p = vci_probability_signs(result->p_met);
    if (!isnan(result->p_met) && vci_result_is_known(view->run, result))
        p = vci_chart_say(view->language, result->p_met > 0.5 ? VCI_TEXT_CHART_MET
                                                              : VCI_TEXT_CHART_NOT_MET);
    else if (!isnan(result->p_met) && !result->validated)
        snprintf(p.text + strlen(p.text), sizeof p.text - strlen(p.text), " †");
    vci_frame_join(&note, p.text);
    if (has_word(row->mark))
        vci_frame_join(&note, vci_text_get(word_of(row->mark), view->language));
    return note;
}

/* --- words ------------------------------------------------------------------------- */

static vci_label make_heading(const vci_view *view, const vci_caterpillar *c) {
    vci_label name = vci_indicator_name(view->run, c->target->indicator, view->language);
    if (c->n_assessed == 0)
        return vci_chart_say(view->language, VCI_TEXT_CHART_VERDICT_NOTHING, name.text);
    vci_label line = vci_chart_say(view->language, VCI_TEXT_CHART_CATERPILLAR_HEADING,
                                   name.text, c->n_likely, c->n_assessed);
    if (c->n_undecidable == 0) return line;
    return vci_chart_say(view->language, VCI_TEXT_CHART_CATERPILLAR_SMALL, line.text,
                         c->n_undecidable);
}

static vci_label make_subheading(const vci_view *view, const vci_caterpillar *c,
                                 const vci_rows *rows) {
    vc_language language = view->language;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language);
    double bound = c->one_bound && !c->relative ? c->shown_bound : (double)NAN;
    vci_frame_join(
        &line,
        c->relative
            ? vci_chart_say(language, VCI_TEXT_CHART_OF_TARGET).text
            : vci_indicator_year_unit(view->run, c->target->indicator, language).text);
    vci_frame_join(
        &line,
        vci_span_words(vc_target_window(c->target, frequency), frequency, language).text);
    vci_frame_join(
        &line, vci_chart_say(language, VCI_TEXT_CHART_TARGET,
                             vci_target_signs(view->run, c->target, bound,
                                              c->one_bound ? c->rows[0].bound_high : bound,
                                              language)
                                 .text)
                   .text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    vci_frame_join_page(&line, view->page, rows->n_pages, language);
    return line;
}

static vci_label make_caveat(const vci_view *view, const vci_caterpillar *c) {
    vci_label line = vci_chart_say(view->language, VCI_TEXT_CHART_CATERPILLAR_NOTE);
    bool marked = false;
    for (size_t i = 0; i < c->n; i++) {
        const vc_result *result = &view->run->results[c->rows[i].result];
        marked = marked || (!isnan(result->p_met) && !result->validated);
    }
    if (c->n_small > 0)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_NOTE_SMALL, view->language));
    if (marked)
        vci_frame_join(&line,
                       vci_text_get(VCI_TEXT_CHART_NOTE_NOT_VALIDATED, view->language));
    return line;
}

/* --- the script -------------------------------------------------------------------- */

/* Row, quantiles, mark, bound, bound_high: in gnuplot NaN where there is none. */
static void set_rows(const vci_view *view, const vci_caterpillar *c, vci_rows *rows,
                     vci_script *script) {
    const vc_unit_tree *tree = &view->run->panel.tree;
    vci_rows_begin(rows, script);
    for (size_t i = 0; i < rows->n; i++) {
        const vci_interval *row = &c->rows[rows->first + i];
        size_t unit = view->run->results[row->result].unit;
        vci_rows_set(rows, i, tree->units[unit].name, note_of(view, row).text,
                     unit == tree->root, script);
    }
    vci_script_begin_data(script, "rows");
    for (size_t i = 0; i < rows->n; i++) {
        const vci_interval *row = &c->rows[rows->first + i];
        double numbers[VC_QUANTILES + 4] = {(double)(i + 1)};
        memcpy(numbers + 1, row->quantile, sizeof row->quantile);
        numbers[VC_QUANTILES + 1] = (double)row->mark;
        numbers[VC_QUANTILES + 2] = row->bound;
        numbers[VC_QUANTILES + 3] = row->bound_high;
        vci_script_row(script, VC_QUANTILES + 4, numbers);
    }
    vci_script_end_data(script);
}

static void set_target(const vci_view *view, const vci_caterpillar *c, vci_script *script) {
    bool one = c->one_bound && !isnan(c->shown_bound);
    bool two = one && !c->relative && !isnan(c->rows[0].bound_high);
    vci_script_add(script, "one_bound = %d\ntwo_bounds = %d\n", one, two);
    vci_script_set_number(script, "bound", c->shown_bound);
    vci_script_set_number(script, "bound_high", c->rows[0].bound_high);
    vci_script_set_text(script, "target",
                        vci_text_get(VCI_TEXT_CHART_TARGET_LINE, view->language));
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    vci_caterpillar c = {.run = NULL};
    VC_TRY(vci_caterpillar_collect(view->run, view->chart->result, view->suppression, &c));
    vci_rows rows = vci_rows_of_page(c.n, view->page);
    vci_range x = vci_range_with_room(c.low, c.high, 1);
    plate->heading = make_heading(view, &c);
    plate->subheading = make_subheading(view, &c, &rows);
    plate->caveat = make_caveat(view, &c);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_CATERPILLAR, view->language));
    vci_axis_set_range(&plate->body, 'x', &x);
    set_target(view, &c, &plate->body);
    set_rows(view, &c, &rows, &plate->body);
    vci_rows_end(&rows, plate);
out:
    vci_caterpillar_free(&c);
    return st;
}

/* --- finding ------------------------------------------------------------------------- */

/* Does an earlier row of targets.csv say the same? Its chart has this one's units. */
static bool is_said_before(const vc_run *run, size_t target) {
    const vc_target *list = run->targets.list;
    for (size_t t = 0; t < target; t++)
        if (vc_target_same_term(&list[t], &list[target]) &&
            vci_targets_say_the_same(&list[t], &list[target]))
            return true;
    return false;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    for (size_t r = 0, drawn = SIZE_MAX; r < run->n_results; r++) {
        size_t target = run->results[r].target;
        if (target == drawn || !isfinite(run->results[r].quantile[VC_MEDIAN]) ||
            vc_suppression_forecast(listing->suppression, r) != VC_MARK_SHOWN)
            continue;
        drawn = target;
        if (is_said_before(run, target)) continue;
        vc_chart chart = vci_chart_of_result(run, VC_CHART_CATERPILLAR, r);
        chart.unit = VC_NO_UNIT;
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_caterpillar = {list, compose};
