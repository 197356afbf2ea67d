/*
 * A workspace written into the scratch folder and read: for the tests of units, panel,
 * targets.
 */
#ifndef VCT_WORLD_H
#define VCT_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "support/harness.h"
#include "vitalcast/workspace.h"

typedef struct world {
    vc_findings findings;
    vc_workspace workspace;
    vc_panel panel;
    vc_targets targets;
} world;

/* A file of the scratch folder. */
static inline void put(const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

static inline void world_free(world *w) {
    vc_targets_free(&w->targets);
    vc_panel_free(&w->panel);
    vc_workspace_free(&w->workspace);
    vc_findings_free(&w->findings);
}

static inline const char *all_findings(const vc_findings *findings) {
    static char all[16384];
    size_t used = 0;
    all[0] = '\0';
    for (size_t i = 0; i < findings->n && used < sizeof all - 1100; i++) {
        char *line = vc_finding_format(&findings->list[i], findings->language);
        used += (size_t)snprintf(all + used, sizeof all - used, "\n  %.1000s", line);
        free(line);
    }
    return all;
}

/* Reads the workspace of the scratch folder; the settings must be sound. */
static inline vc_status world_read(world *w, vc_language language) {
    memset(w, 0, sizeof *w);
    vc_findings_init(&w->findings, language);
    vc_status st = vc_workspace_read(vct_scratch(), &w->findings, &w->workspace);
    ck_assert_msg(st == VC_OK, "workspace: %s", all_findings(&w->findings));
    return vc_panel_read(&w->workspace, &w->findings, &w->panel);
}

static inline vc_status world_targets(world *w) {
    return vc_targets_read(&w->workspace, &w->panel, &w->findings, &w->targets);
}

/* The first finding of a kind and severity; NULL if there is none. */
static inline const vc_finding *found(const world *w, vc_severity severity,
                                      const char *kind) {
    for (size_t i = 0; i < w->findings.n; i++)
        if (w->findings.list[i].severity == severity &&
            strcmp(w->findings.list[i].kind, kind) == 0)
            return &w->findings.list[i];
    return NULL;
}

/* There is such a finding, in this file at this place. */
static inline const vc_finding *expect(const world *w, vc_severity severity,
                                       const char *kind, const char *file, size_t line,
                                       size_t column) {
    const vc_finding *finding = found(w, severity, kind);
    ck_assert_msg(finding != NULL, "no %s among:%s", kind, all_findings(&w->findings));
    size_t n = strlen(finding->file), n_name = strlen(file);
    ck_assert_msg(n >= n_name && strcmp(finding->file + n - n_name, file) == 0 &&
                      finding->line == line && finding->column == column,
                  "%s in %s:%zu:%zu, want %s:%zu:%zu:%s", kind, finding->file,
                  finding->line, finding->column, file, line, column,
                  all_findings(&w->findings));
    return finding;
}

/* So many faults and warnings in all. */
static inline void expect_numbers(const world *w, size_t n_faults, size_t n_warnings) {
    ck_assert_msg(w->findings.n_faults == n_faults && w->findings.n_warnings == n_warnings,
                  "%zu faults, %zu warnings; want %zu, %zu:%s", w->findings.n_faults,
                  w->findings.n_warnings, n_faults, n_warnings, all_findings(&w->findings));
}

static inline void expect_in(const char *part, const char *text) {
    ck_assert_msg(text && strstr(text, part), "\"%s\" is not in \"%s\"", part,
                  text ? text : "(none)");
}

/* A figure of a panel array. */
static inline double figure(const world *w, const double *array, const char *code,
                            const char *period) {
    vc_period p = 0;
    size_t unit = vc_unit_find(&w->panel.tree, code);
    ck_assert(vc_period_parse(period, w->panel.frequency, &p));
    ck_assert_uint_ne(unit, VC_NO_UNIT);
    ck_assert_int_ge(p, w->panel.first);
    ck_assert_uint_lt((size_t)(p - w->panel.first), w->panel.n_periods);
    return array[unit * w->panel.n_periods + (size_t)(p - w->panel.first)];
}

#endif
