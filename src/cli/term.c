#include "cli/term_internal.h"

#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "core/memory_internal.h"

typedef struct span {
    char first[VC_PERIOD_TEXT], end[VC_PERIOD_TEXT];
    bool year, single;
} span;

static span span_of(const vc_run *run, const vc_target *target) {
    vc_frequency f = run->panel.frequency;
    vc_year term = vc_target_term(target, f);
    span text = {.year = target->length == 0, .single = term.first == term.end};
    vc_period_format(term.first, f, text.first);
    vc_period_format(term.end, f, text.end);
    return text;
}

char *vci_term_text(const vc_run *run, const vc_target *target, vc_language language) {
    span text = span_of(run, target);
    if (text.year) return vci_text_say(language, VCI_TEXT_CLI_TERM_YEAR, text.end);
    if (text.single) return vci_text_say(language, VCI_TEXT_CLI_TERM_SINGLE, text.end);
    return vci_text_say(language, VCI_TEXT_CLI_TERM_SPAN, text.first, text.end);
}

char *vci_term_short(const vc_run *run, const vc_target *target, vc_language language) {
    span text = span_of(run, target);
    if (text.year || text.single) return vci_text_copy(text.end, strlen(text.end));
    return vci_text_say(language, VCI_TEXT_CLI_SPAN, text.first, text.end);
}

char *vci_target_text(const vc_run *run, const vc_target *target, vc_language language) {
    char deadline[VC_PERIOD_TEXT];
    vc_period end = vc_target_window(target, run->panel.frequency).end;
    char *indicator = vci_indicator_text(run, target->indicator, language), *text;
    if (!indicator || end == target->year_end) return indicator;
    vc_period_format(end, run->panel.frequency, deadline);
    text = vci_text_say(language, VCI_TEXT_CLI_BY_DEADLINE, indicator, deadline);
    vci_free(indicator);
    return text;
}

const char *vci_term_name(const vc_run *run, const vc_target *target) {
    switch (target->length * (12 / (int)run->panel.frequency)) {
    case 0:
        return "year";
    case 1:
        return "month";
    case 3:
        return "quarter";
    case 6:
        return "half";
    default:
        return "years";
    }
}
