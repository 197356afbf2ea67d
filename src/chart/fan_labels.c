/* Labels of a fan chart: which there are, and where they find room. */
#include <math.h>

#include "chart/fan_internal.h"

#define PLOT_LINES 17.0 /* lines of label text in the height of the plot */

static void add(vci_fan *fan, vci_fan_mark mark, double y, vci_label text) {
    if (isnan(y) || fan->n_labels == VCI_FAN_LABELS) return;
    double place = (y - fan->y.low) / (fan->y.high - fan->y.low);
    fan->labels[fan->n_labels++] =
        (vci_fan_label){.mark = mark, .place = place, .lines = 1, .text = text};
}

/* Highest first; there are three at most. */
static void sort(vci_fan *fan) {
    for (size_t i = 1; i < fan->n_labels; i++)
        for (size_t j = i; j > 0 && fan->labels[j].place > fan->labels[j - 1].place; j--) {
            vci_fan_label label = fan->labels[j];
            fan->labels[j] = fan->labels[j - 1];
            fan->labels[j - 1] = label;
        }
}

static double distance(const vci_fan_label *a, const vci_fan_label *b) {
    return 0.5 * (a->lines + b->lines) / PLOT_LINES;
}

/* Downwards until none overlaps the one above, then upwards what fell below the plot. */
static void spread(vci_fan *fan) {
    size_t n = fan->n_labels;
    for (size_t i = 1; i < n; i++)
        fan->labels[i].place =
            fmin(fan->labels[i].place,
                 fan->labels[i - 1].place - distance(&fan->labels[i], &fan->labels[i - 1]));
    if (n > 0)
        fan->labels[n - 1].place =
            fmax(fan->labels[n - 1].place, 0.5 * fan->labels[n - 1].lines / PLOT_LINES);
    for (size_t i = n; i-- > 1;)
        fan->labels[i - 1].place =
            fmax(fan->labels[i - 1].place,
                 fan->labels[i].place + distance(&fan->labels[i], &fan->labels[i - 1]));
}

static void label_median(vci_fan *fan, vc_language language) {
    const double *quantile = fan->result->quantile;
    vci_label median = vci_number_format(quantile[VC_MEDIAN], fan->digits);
    vci_label low = vci_number_format(quantile[VC_Q10], fan->digits);
    vci_label high = vci_number_format(quantile[VC_Q90], fan->digits);
    add(fan, VCI_MARK_MEDIAN, quantile[VC_MEDIAN],
        vci_chart_say(language, VCI_TEXT_CHART_LABEL_MEDIAN, median.text));
    fan->labels[fan->n_labels - 1].lines = 2;
    fan->labels[fan->n_labels - 1].more =
        vci_chart_say(language, VCI_TEXT_CHART_LABEL_INTERVAL, low.text, high.text);
}

void vci_fan_label_all(vci_fan *fan, vc_language language) {
    const vc_result *result = fan->result;
    fan->n_labels = 0;
    if (fan->small) return;
    if (fan->n_bands > 0 && !isnan(result->quantile[VC_MEDIAN]))
        label_median(fan, language);
    bool between = fan->target->direction == VC_BETWEEN;
    vci_label bound = vci_target_signs(fan->run, fan->target, result->bound,
                                       result->bound_high, language);
    add(fan, VCI_MARK_TARGET,
        between ? 0.5 * (result->bound + result->bound_high) : result->bound,
        vci_chart_say(language, VCI_TEXT_CHART_LABEL_TARGET, bound.text));
    if (fan->n_last_year > 0 && fan->last_year[fan->n_last_year - 1].x + 0.5 >
                                    (double)(fan->year.end - fan->origin)) {
        double y = fan->last_year[fan->n_last_year - 1].y;
        add(fan, VCI_MARK_LAST_YEAR, y,
            vci_chart_say(language, VCI_TEXT_CHART_LABEL_LAST_YEAR,
                          vci_number_format(y, fan->digits).text));
    }
    sort(fan);
    spread(fan);
}

/* --- in the script ---------------------------------------------------------------------
 */

void vci_fan_set_mark(vci_script *script, const char *name, double y) {
    vci_script_add(script, "has_%s = %d\n", name, !isnan(y));
    vci_script_set_number(script, name, y);
}

/* Where the line comes from above, its last figure stands below it. */
static bool comes_from_above(const vci_fan *fan) {
    size_t n = fan->n_observed, back = fan->yearly ? n / 8 : 2;
    return n > back && fan->observed[n - 1 - back].y > fan->observed[n - 1].y;
}

static bool adds_up(const vci_fan *fan) {
    const vc_target *target = &fan->run->targets.list[fan->result->target];
    return vci_indicator_adds_up(fan->run, target->indicator);
}

void vci_fan_set_latest(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_point last = {(double)NAN, (double)NAN};
    vci_label text = {""};
    if (fan->n_observed > 0) {
        last = fan->observed[fan->n_observed - 1];
        vci_label figure = vci_number_format(last.y, fan->digits);
        text = fan->yearly ? vci_chart_say(language, VCI_TEXT_CHART_LABEL_LATEST,
                                           figure.text, (int)last.x)
                           : vci_chart_say(language,
                                           adds_up(fan) ? VCI_TEXT_CHART_LABEL_TO_DATE
                                                        : VCI_TEXT_CHART_LABEL_NOW,
                                           figure.text);
    }
    vci_script_set_number(script, "latest_x", last.x);
    vci_fan_set_mark(script, "latest_y", last.y);
    vci_script_add(script, "latest_above = %d\n", !comes_from_above(fan));
    vci_script_set_text(script, "latest", text.text);
}

void vci_fan_set_labels(const vci_fan *fan, vci_script *script) {
    vci_script_add(script, "n_labels = %zu\n", fan->n_labels);
    vci_script_add(script,
                   "array label_mark[%d]\narray label_place[%d]\n"
                   "array label_text[%d]\narray label_more[%d]\n",
                   VCI_FAN_LABELS, VCI_FAN_LABELS, VCI_FAN_LABELS, VCI_FAN_LABELS);
    for (size_t i = 0; i < fan->n_labels; i++) {
        const vci_fan_label *label = &fan->labels[i];
        vci_script_add(script, "label_mark[%zu] = %d\nlabel_place[%zu] = ", i + 1,
                       (int)label->mark, i + 1);
        vci_script_number(script, label->place);
        vci_script_add(script, "\nlabel_text[%zu] = ", i + 1);
        vci_script_text(script, label->text.text);
        vci_script_add(script, "\nlabel_more[%zu] = ", i + 1);
        vci_script_text(script, label->more.text);
        vci_script_add(script, "\n");
    }
}
