/* `sources:` of workspace.yaml: what other offices count, and how definitions differ. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/workspace_internal.h"

/* Figures of the same events do not differ by more than this for their definition. */
#define LEAST_RATIO 0.05
#define MOST_RATIO 20

#define KEYS (VC_EVENTS + 1)

static const char *remedy_of(const vci_yaml_reader *reader) {
    return vci_text_get(VCI_TEXT_SOURCES_REMEDY, reader->findings->language);
}

/* `event: {ratio: 0.96, sd: 0.02, common: 0.9}`; common may be left out: nothing is. */
static void read_offset(vci_yaml_reader *reader, vci_yaml *at, vc_event event,
                        vc_other_source *source) {
    static const char *const known[] = {"ratio", "sd", "common"};
    vci_yaml *offset = vci_yaml_mapping(reader, at, vc_event_name(event));
    double ratio = NAN;
    if (!offset) return;
    for (size_t i = 0; i < 2; i++)
        if (!vci_yaml_get(offset, known[i]))
            vci_yaml_fault(reader, offset, "S01", remedy_of(reader),
                           VCI_TEXT_WORKSPACE_ABSENT, known[i]);
    vci_yaml_number(reader, offset, "ratio", LEAST_RATIO, MOST_RATIO, &ratio);
    vci_yaml_number(reader, offset, "sd", 0, 1, &source->sd[event]);
    vci_yaml_number(reader, offset, "common", 0, 1, &source->common[event]);
    vci_yaml_unknown(reader, offset, 3, known);
    source->ratio[event] = ratio;
    if (source->common[event] > ratio)
        vci_yaml_fault(reader, vci_yaml_get(offset, "common"), "S01", NULL,
                       VCI_TEXT_SOURCES_COMMON, source->common[event], ratio);
}

static void read_source(vci_yaml_reader *reader, vci_yaml *at, vc_other_source *source) {
    const char *known[KEYS];
    *source = (vc_other_source){.line = at->key_line};
    for (int e = 0; e < VC_EVENTS; e++) {
        known[e] = vc_event_name((vc_event)e);
        source->ratio[e] = NAN;
    }
    known[VC_EVENTS] = "widen";
    source->name = vci_text_copy(at->key, strlen(at->key));
    if (!source->name) reader->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "sources");
    if (at->kind != VCI_MAPPING) {
        vci_yaml_fault(reader, at, "S01", remedy_of(reader), VCI_TEXT_SOURCES_ENTRY,
                       vci_quote(at->key, strlen(at->key)).text);
        return;
    }
    for (int e = 0; e < VC_EVENTS; e++) read_offset(reader, at, (vc_event)e, source);
    vci_yaml_flag(reader, at, "widen", &source->widens);
    vci_yaml_unknown(reader, at, KEYS, known);
}

void vci_workspace_sources_read(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    vci_yaml *sources = vci_yaml_mapping(reader, root, "sources");
    if (!sources || sources->n == 0) return;
    w->sources = vci_alloc(sources->n, sizeof *w->sources);
    if (!w->sources) {
        reader->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "sources");
        return;
    }
    for (size_t i = 0; i < sources->n; i++)
        read_source(reader, &sources->items[i], &w->sources[w->n_sources++]);
}
