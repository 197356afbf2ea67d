#include "cli/completeness_internal.h"

#include "cli/say_internal.h"
#include "core/memory_internal.h"
#include "data/panel_internal.h"

static const vc_event EVENTS[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
enum { N_EVENTS = sizeof EVENTS / sizeof *EVENTS };

/* How many of the last periods of an event are incomplete. */
static size_t n_incomplete(const vc_run *run, vc_event event) {
    const vc_settings *s = &run->settings;
    size_t n = run->panel.has[event] ? s->n_completeness : 0;
    while (n > 0 && s->completeness_mean[event][n - 1] == 1 &&
           s->completeness_sd[event][n - 1] == 0)
        n--;
    return n;
}

/* "2013-07 93.1 % (sd 2.0)", the last period first; NULL when there is no memory. */
static char *shares_text(const vc_run *run, vc_event event, vc_language language) {
    const vc_settings *s = &run->settings;
    char *list = vci_text_copy("", 0);
    for (size_t k = 0; list && k < n_incomplete(run, event); k++) {
        char *longer = vci_text_format(
            "%s%s%s %.1f %% (sd %.1f)", list,
            k > 0 ? vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, language) : "",
            vci_period_label_of(run->as_of - (vc_period)k, run->panel.frequency).text,
            100 * s->completeness_mean[event][k], 100 * s->completeness_sd[event][k]);
        vci_free(list);
        list = longer;
    }
    return list;
}

static bool is_widened(const vc_run *run) {
    const vc_others *others = &run->panel.others;
    for (size_t i = 0; i < others->n; i++)
        if (others->list[i].widens) return true;
    return false;
}

/* How the shares are known. */
static vci_text text_of(const vc_run *run) {
    if (is_widened(run)) return VCI_TEXT_COMPLETENESS_WIDENED;
    return run->settings.nowcast ? VCI_TEXT_COMPLETENESS_ESTIMATED
                                 : VCI_TEXT_COMPLETENESS_DECLARED;
}

vc_status vci_completeness_print(FILE *out, const vc_run *run, vc_language language) {
    vc_status st = VC_OK;
    char *shares = NULL;
    vci_text text = text_of(run);
    for (size_t e = 0; e < N_EVENTS; e++) {
        if (n_incomplete(run, EVENTS[e]) == 0) continue;
        vci_free(shares);
        shares = shares_text(run, EVENTS[e], language);
        if (!shares) VC_FAIL(VC_NO_MEMORY, "text");
        vci_say_line(out, language, text,
                     vci_column_word(vci_event_column(EVENTS[e]), language), shares);
    }
out:
    vci_free(shares);
    return st;
}

void vci_completeness_json(vci_json *json, const vc_run *run) {
    const vc_settings *s = &run->settings;
    vci_json_object(json, "completeness", false);
    vci_json_text(json, "source",
                  s->n_completeness == 0 ? NULL
                  : s->nowcast           ? "estimated"
                                         : "declared");
    for (size_t e = 0; e < N_EVENTS; e++) {
        size_t n = n_incomplete(run, EVENTS[e]);
        if (n == 0) continue;
        vci_json_array(json, vc_event_name(EVENTS[e]), false);
        for (size_t k = 0; k < n; k++) {
            vci_json_object(json, NULL, false);
            vci_json_text(
                json, "period",
                vci_period_label_of(run->as_of - (vc_period)k, run->panel.frequency).text);
            vci_json_number(json, "share", s->completeness_mean[EVENTS[e]][k]);
            vci_json_number(json, "sd", s->completeness_sd[EVENTS[e]][k]);
            vci_json_close(json);
        }
        vci_json_close(json);
    }
    vci_json_close(json);
}
