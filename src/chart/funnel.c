/* Funnel chart: figures by size, and the limits in which chance keeps units that are alike.
 */
#include "vitalcast/funnel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chart/axis_internal.h"
#include "chart/kind_internal.h"
#include "core/memory_internal.h"

#define WIDTH 800
#define HEIGHT 470
#define GRID 80       /* sizes at which limits are worked out */
#define WIDE 8        /* times the smallest size: then the axis is logarithmic */
#define MOST_NAMES 12 /* units beyond chance that are named, the farthest first */
#define NAME_COLUMNS 16

/* --- words ------------------------------------------------------------------------- */

static vci_label make_heading(const vci_view *view, const vc_funnel *f) {
    size_t beyond = 0;
    vci_label name = vci_indicator_name(view->run, view->chart->indicator, view->language);
    for (size_t i = 0; i < f->n; i++) beyond += f->points[i].beyond != 0;
    if (beyond == 0)
        return vci_chart_say(view->language, VCI_TEXT_CHART_FUNNEL_NONE, name.text, f->n);
    return vci_chart_say(view->language, VCI_TEXT_CHART_FUNNEL_HEADING, name.text, beyond,
                         f->n);
}

static vci_label make_subheading(const vci_view *view, const vc_funnel *f) {
    vc_language language = view->language;
    vci_label line = {""};
    vci_text unit = !f->binomial ? VCI_TEXT_CHART_UNIT_VALUE_RATE
                    : f->ratio   ? VCI_TEXT_CHART_UNIT_VALUE_SEX_RATIO
                                 : VCI_TEXT_CHART_FUNNEL_SHARE;
    vci_frame_join(&line, vci_chart_say(language, unit).text);
    vci_frame_join(&line,
                   vci_span_words(f->span, view->run->panel.frequency, language).text);
    vci_frame_join(
        &line,
        vci_chart_say(language, VCI_TEXT_CHART_FUNNEL_LEVEL, view->chart->subject).text);
    if (f->dispersion > 1)
        vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_FUNNEL_DISPERSION,
                                            sqrt(f->dispersion))
                                  .text);
    return line;
}

static vci_label make_caveat(const vci_view *view, const vc_funnel *f) {
    vci_label line = vci_chart_say(view->language, VCI_TEXT_CHART_FUNNEL_NOTE);
    if (f->n_hidden > 0)
        vci_frame_join(
            &line,
            vci_chart_say(view->language, VCI_TEXT_CHART_FUNNEL_HIDDEN, f->n_hidden).text);
    return line;
}

/* --- the script -------------------------------------------------------------------- */

static double shown(const vc_funnel *f, double p) {
    return f->ratio ? f->scale * p / (1 - p) : f->scale * p;
}

/* Size, then the limits from the lowest to the highest; closer where they bend. */
static void set_limits(const vc_funnel *f, double smallest, double largest, double *low,
                       double *high, vci_script *script) {
    vci_script_begin_data(script, "limits");
    for (int i = 0; i <= GRID; i++) {
        double size = smallest * pow(largest / smallest, i / (double)GRID);
        if (f->binomial) size = round(size);
        double row[] = {size, vc_funnel_limit(f, size, VC_FUNNEL_ACTION, false),
                        vc_funnel_limit(f, size, VC_FUNNEL_WARNING, false),
                        vc_funnel_limit(f, size, VC_FUNNEL_WARNING, true),
                        vc_funnel_limit(f, size, VC_FUNNEL_ACTION, true)};
        vci_script_row(script, 5, row);
        vci_range_widen(row[1], low, high);
        vci_range_widen(isfinite(row[4]) ? row[4] : (double)NAN, low, high);
    }
    vci_script_end_data(script);
}

static int by_distance(const void *a, const void *b) {
    const vc_funnel_point *x = a, *y = b;
    if (abs(x->beyond) != abs(y->beyond)) return abs(x->beyond) > abs(y->beyond) ? -1 : 1;
    if (fabs(x->z) != fabs(y->z)) return fabs(x->z) > fabs(y->z) ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* The farthest first: these are named. */
static void set_points(const vci_view *view, const vc_funnel *f, vci_script *script) {
    size_t n_names = 0;
    qsort(f->points, f->n, sizeof *f->points, by_distance);
    vci_script_begin_data(script, "points");
    for (size_t i = 0; i < f->n; i++) {
        const vc_funnel_point *p = &f->points[i];
        vci_script_row(script, 3, (double[]){p->size, p->figure, (double)p->beyond});
    }
    vci_script_end_data(script);
    vci_script_add(script,
                   "array name_x[%d]\narray name_y[%d]\narray name_text[%d]\n"
                   "array name_side[%d]\n",
                   MOST_NAMES, MOST_NAMES, MOST_NAMES, MOST_NAMES);
    for (size_t i = 0; i < f->n && i < MOST_NAMES && f->points[i].beyond; i++) {
        const vc_funnel_point *p = &f->points[i];
        const char *name = view->run->panel.tree.units[p->unit].name;
        vci_script_add(script, "name_x[%zu] = ", ++n_names);
        vci_script_number(script, p->size);
        vci_script_add(script, "\nname_y[%zu] = ", n_names);
        vci_script_number(script, p->figure);
        vci_script_add(script, "\nname_side[%zu] = %d\n", n_names, p->beyond);
        vci_axis_set_element(script, "name_text", i,
                             vci_label_fit(name, NAME_COLUMNS).text);
    }
    vci_script_add(script, "n_names = %zu\n", n_names);
}

static void write_script(const vci_view *view, const vc_funnel *f, vci_script *script) {
    double low = (double)NAN, high = (double)NAN, smallest = (double)INFINITY, largest = 0;
    for (size_t i = 0; i < f->n; i++) {
        smallest = fmin(smallest, f->points[i].size);
        largest = fmax(largest, f->points[i].size);
        vci_range_widen(f->points[i].figure, &low, &high);
    }
    vci_range x = vci_range_around(0.8 * smallest, 1.05 * largest, 0);
    set_limits(f, x.low, x.high, &low, &high, script);
    vci_range y = vci_range_with_room(low, high, 1);
    double reference = shown(f, f->reference);
    vci_axis_set_range(script, 'x', &x);
    vci_script_add(script, "wide = %d\nn_points = %zu\n", x.high > WIDE * x.low, f->n);
    vci_axis_set_range(script, 'y', &y);
    vci_script_set_number(script, "reference", reference);
    vci_script_set_text(script, "reference_text",
                        vci_chart_say(view->language, VCI_TEXT_CHART_FUNNEL_REFERENCE,
                                      vci_number_format(reference, f->ratio ? 1 : 2).text)
                            .text);
    vci_script_set_text(script, "size_text",
                        vci_text_get(f->binomial ? VCI_TEXT_CHART_FUNNEL_BIRTHS
                                                 : VCI_TEXT_CHART_FUNNEL_YEARS,
                                     view->language));
    set_points(view, f, script);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    vc_funnel f = {.n = 0};
    const vc_chart *chart = view->chart;
    VC_REQUIRE(chart->indicator, "no indicator");
    VC_TRY(vc_funnel_find(view->run, view->suppression, chart->indicator,
                          (unsigned)chart->subject, &f));
    VC_REQUIRE(f.n > 0, "no funnel of %s on level %zu", chart->indicator, chart->subject);
    plate->n_pages = 1;
    plate->width = WIDTH;
    plate->height = HEIGHT;
    plate->heading = make_heading(view, &f);
    plate->subheading = make_subheading(view, &f);
    plate->caveat = make_caveat(view, &f);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_FUNNEL, view->language));
    write_script(view, &f, &plate->body);
out:
    vc_funnel_free(&f);
    return st;
}

/* --- finding ------------------------------------------------------------------------- */

/* Is a target the first of its indicator? */
static bool is_first(const vc_targets *targets, size_t t) {
    for (size_t i = 0; i < t; i++)
        if (!strcmp(targets->list[i].indicator, targets->list[t].indicator)) return false;
    return true;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    vc_funnel f = {.n = 0};
    vc_chart chart = vci_chart_blank(VC_CHART_FUNNEL);
    for (size_t t = 0; t < run->targets.n; t++)
        for (unsigned level = 1; level < run->panel.tree.n_levels; level++) {
            if (!is_first(&run->targets, t)) continue;
            chart.indicator = run->targets.list[t].indicator;
            chart.subject = level;
            vc_funnel_free(&f);
            VC_TRY(vc_funnel_find(run, listing->suppression, chart.indicator, level, &f));
            if (f.n > 0) VC_TRY(vci_listing_add(listing, &chart));
        }
out:
    vc_funnel_free(&f);
    return st;
}

const vci_kind vci_kind_funnel = {list, compose};
