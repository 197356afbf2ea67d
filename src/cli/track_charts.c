/* Charts of a track record: skill of each indicator, reliability of each target. */
#include <string.h>

#include "chart/file_name_internal.h"
#include "cli/chart_file_internal.h"
#include "cli/say_internal.h"
#include "cli/track_internal.h"
#include "core/memory_internal.h"

/* Fewer forecasts make no chart. */
#define FEWEST 100

static vc_status finish(vc_status st, const char *path, const vci_track_charts *c) {
    if (st == VC_CHART_FAILED) { /* one chart that fails does not keep the others back */
        vci_say_failure(c->options.language, st);
        return VC_OK;
    }
    if (st != VC_OK) return st;
    vci_say_plain(stdout, path);
    fputc('\n', stdout);
    return VC_OK;
}

static vc_status draw_skill(const vci_track_charts *c, size_t indicator, unsigned level) {
    vc_status st = VC_OK;
    char part[VCI_NAME_PART + 1], *path = NULL;
    vci_name_part(c->track->indicators[indicator], part);
    path = vci_text_format("%s/skill-%s-level%u.%s", c->out, part, level,
                           vc_chart_format_name(c->options.format));
    if (!path) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(finish(vc_chart_skill(c->track, indicator, level, &c->options, path), path, c));
out:
    vci_free(path);
    return st;
}

static vc_status draw_reliability(const vci_track_charts *c, size_t target,
                                  unsigned level) {
    vc_status st = VC_OK;
    const vc_track_target *t = &c->track->targets[target];
    char indicator[VCI_NAME_PART + 1], id[VCI_NAME_PART + 1], *path = NULL;
    vci_name_part(c->track->indicators[t->indicator], indicator);
    vci_name_part(t->id, id);
    path = vci_text_format("%s/reliability-%s-%s-level%u.%s", c->out, indicator, id, level,
                           vc_chart_format_name(c->options.format));
    if (!path) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(
        finish(vc_chart_reliability(c->track, target, level, &c->options, path), path, c));
out:
    vci_free(path);
    return st;
}

static vc_status draw_subject(const vci_track_charts *c, size_t indicator, unsigned level,
                              vc_track_hits *hits) {
    vc_status st = VC_OK;
    vc_track_cell cell;
    vc_track_part part = {VC_BY_VITALCAST, indicator, (int)level,     VC_ANY,
                          VC_ANY,          VC_ANY,    VC_TRACK_FIGURE};
    bool drawn[64] = {false};
    size_t n = c->track->n_targets < 64 ? c->track->n_targets : 64;
    vc_track_sum(c->track, &part, hits, &cell);
    if (cell.n < FEWEST) goto out;
    for (size_t t = 0; t < n; t++) drawn[t] = hits[t].n >= FEWEST;
    VC_TRY(draw_skill(c, indicator, level));
    for (size_t t = 0; t < n; t++)
        if (drawn[t]) VC_TRY(draw_reliability(c, t, level));
out:
    return st;
}

vc_status vci_track_draw(const vci_track_charts *c) {
    vc_status st = VC_OK;
    unsigned deepest = 0;
    vc_track_hits *hits = NULL;
    VC_NEW(hits, c->track->n_targets);
    VC_TRY(vci_folder_make(c->out));
    for (size_t i = 0; i < c->track->n; i++)
        if (c->track->cells[i].level > deepest) deepest = c->track->cells[i].level;
    for (size_t i = 0; i < c->track->n_indicators; i++)
        for (unsigned level = 0; level <= deepest; level++)
            VC_TRY(draw_subject(c, i, level, hits));
out:
    vci_free(hits);
    return st;
}
