#include "chart/file_name_internal.h"

#include <stdio.h>
#include <string.h>

#include "chart/label_internal.h"
#include "vitalcast/chart.h"

#define FIRST_LETTER 0xC0 /* of those beyond ASCII */

static bool is_plain(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || code == '-' || code == '_' ||
           code >= FIRST_LETTER;
}

bool vci_name_part(const char *text, char part[VC_DIM(VCI_NAME_PART + 1)]) {
    bool exact = true;
    size_t n = strlen(text), used = 0;
    for (size_t i = 0; i < n;) {
        uint32_t code;
        size_t size = vci_label_next(text + i, n - i, &code);
        if (used + size > VCI_NAME_PART) {
            exact = false;
            break;
        }
        if (is_plain(code)) {
            memcpy(part + used, text + i, size);
            used += size;
        } else {
            part[used++] = '_';
            exact = false;
        }
        i += size;
    }
    part[used] = '\0';
    return exact;
}

/* --- names of charts -------------------------------------------------------------------
 */

/* "-part" behind a name; nothing for NULL. Its n-th caller tells whether it was exact. */
static void join(char name[VC_DIM(VC_CHART_NAME)], const char *text, bool *exact) {
    char part[VCI_NAME_PART + 1];
    if (!text) return;
    *exact = vci_name_part(text, part) && *exact;
    size_t n = strlen(name);
    snprintf(name + n, VC_CHART_NAME - n, "-%s", part);
}

/* What a chart is about, of what it knows: the target says more than the indicator. */
static void join_subject(const vc_run *run, const vc_chart *chart,
                         char name[VC_DIM(VC_CHART_NAME)], bool *exact) {
    char level[24];
    if (chart->kind == VC_CHART_RANKS) {
        join(name, run->rankings[chart->subject].name, exact);
        join(name, run->rankings[chart->subject].class_name, exact);
    } else if (chart->result != SIZE_MAX) {
        join(name, run->targets.list[run->results[chart->result].target].id, exact);
    } else {
        join(name, chart->indicator, exact);
    }
    if (chart->kind != VC_CHART_FUNNEL) return;
    snprintf(level, sizeof level, "level%zu", chart->subject);
    join(name, level, exact);
}

void vc_chart_file_name(const vc_run *run, const vc_chart *chart, vc_chart_format format,
                        char name[VC_DIM(VC_CHART_NAME)]) {
    char end[VC_PERIOD_TEXT];
    bool exact = true;
    snprintf(name, VC_CHART_NAME, "%s", vc_chart_kind_name(chart->kind));
    if (chart->year_end != VC_NO_PERIOD) {
        vc_period_format(chart->year_end, run->panel.frequency, end);
        join(name, end, &exact);
    }
    join_subject(run, chart, name, &exact);
    if (chart->unit != VC_NO_UNIT)
        join(name, run->panel.tree.units[chart->unit].code, &exact);
    size_t n = strlen(name);
    /* Two changed names may have become the same. */
    if (!exact)
        n += (size_t)snprintf(name + n, VC_CHART_NAME - n, "-%zu",
                              chart->result != SIZE_MAX ? chart->result : chart->unit);
    snprintf(name + n, VC_CHART_NAME - n, ".%s", vc_chart_format_name(format));
}
