#include "chart/frame_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SOURCE_COLUMNS 60

void vci_frame_join(vci_label *line, const char *part) {
    vci_label before = *line;
    if (!*part) return;
    if (*before.text)
        snprintf(line->text, sizeof line->text, "%.250s · %.120s", before.text, part);
    else
        snprintf(line->text, sizeof line->text, "%.380s", part);
}

void vci_frame_join_page(vci_label *line, size_t page, size_t n_pages,
                         vc_language language) {
    if (n_pages > 1)
        vci_frame_join(
            line, vci_chart_say(language, VCI_TEXT_CHART_PAGE, page + 1, n_pages).text);
}

static vci_label provenance(const vc_run *run, vc_language language) {
    vci_label line = {""},
              as_of = vci_period_words(run->as_of, run->panel.frequency, language);
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, run->seed);
    if (run->settings.source)
        vci_frame_join(
            &line, vci_chart_say(language, VCI_TEXT_CHART_SOURCE,
                                 vci_label_fit(run->settings.source, SOURCE_COLUMNS).text)
                       .text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    if (run->settings.basis)
        vci_frame_join(&line, vci_text_get(strcmp(run->settings.basis, "resident") == 0
                                               ? VCI_TEXT_CLI_RESIDENT
                                               : VCI_TEXT_CLI_REGISTERED,
                                           language));
    if (*run->id)
        vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_RUN, run->id).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_SEED, seed).text);
    vci_frame_join(&line, "vitalcast " VC_VERSION_STRING);
    return line;
}

void vci_frame_lines(vci_script *script, bool synthetic, vc_language language,
                     const char *heading, const char *subheading, const char *caveat,
                     const char *provenance) {
    vci_script_set_text(script, "heading", heading);
    vci_script_set_text(script, "subheading", subheading);
    vci_script_set_text(script, "notice",
                        synthetic ? vci_text_get(VCI_TEXT_CHART_SYNTHETIC, language) : "");
    vci_script_set_text(script, "caveat", caveat);
    vci_script_set_text(script, "provenance", provenance);
    vci_script_set_text(script, "boundary",
                        vci_text_get(VCI_TEXT_CHART_BOUNDARY, language));
}

/* What is supposed comes first: such a picture must not pass for a forecast. */
static vci_label scenario_notice(const vc_run *run, vc_language language) {
    vci_label line = vci_chart_say(language, VCI_TEXT_SCENARIO_HEADING,
                                   vci_label_fit(run->scenario.name, SOURCE_COLUMNS).text);
    if (run->settings.synthetic)
        vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_SYNTHETIC, language));
    return line;
}

void vci_frame_set(vci_script *script, const vc_run *run, vc_language language,
                   const char *heading, const char *subheading, const char *caveat) {
    vci_frame_lines(script, run->settings.synthetic, language, heading, subheading, caveat,
                    provenance(run, language).text);
    if (run->scenario.n > 0)
        vci_script_set_text(script, "notice", scenario_notice(run, language).text);
}
