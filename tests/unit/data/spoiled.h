/* A table in a scratch folder, read with chosen options: for the tests of spoiled input. */
#ifndef VCT_SPOILED_H
#define VCT_SPOILED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/table_internal.h"
#include "support/harness.h"

enum { UNIT, MONTH, MALE, FEMALE, POPULATION, WISHES };

typedef struct spoiled {
    vc_workspace workspace;
    vc_table_options *options; /* of monthly.csv */
    vc_findings findings;
    vci_table table;
    bool present;
    bool given;      /* set by the test: the table is named in workspace.yaml */
    double sum;      /* of all counts that were read */
    size_t n_months; /* period cells that were read */
} spoiled;

/* A file of the scratch folder. */
static inline void write_bytes(const char *name, const char *bytes, size_t n) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void spoiled_init(spoiled *s) {
    static char dir[512], name[] = "monthly.csv";
    memset(s, 0, sizeof *s);
    snprintf(dir, sizeof dir, "%s", vct_scratch());
    s->workspace.dir = dir;
    s->workspace.frequency = VC_MONTHLY;
    s->options = &s->workspace.tables[VC_TABLE_MONTHLY];
    s->options->file = name;
    s->options->header_row = 1;
    vc_findings_init(&s->findings, VC_ENGLISH);
}

static inline void read_cells(spoiled *s) {
    vc_status st = VC_OK;
    for (size_t row = 0; row < s->table.n_rows; row++) {
        vc_period month = VC_NO_PERIOD;
        s->n_months += vci_table_period(&s->table, row, MONTH, VC_MONTHLY, &s->findings,
                                        &month, &st) &&
                       month != VC_NO_PERIOD;
        for (size_t wish = MALE; wish <= POPULATION; wish++) {
            double count = 0;
            if (vci_table_count(&s->table, s->options, row, wish, &s->findings, &count,
                                &st))
                s->sum += count == count ? count : 0;
        }
    }
    ck_assert_int_eq(st, VC_OK);
}

/* Reads what stands in monthly.csv, the cells too. */
static inline void spoiled_read_file(spoiled *s) {
    static const vci_column_wish wishes[WISHES] = {{"unit", "单位", true},
                                                   {"month", "月份", true},
                                                   {"births_male", "出生男", false},
                                                   {"births_female", "出生女", false},
                                                   {"population", "人口数", false}};
    s->options->given = s->given;
    ck_assert_int_eq(vci_table_read(&s->workspace, VC_TABLE_MONTHLY, WISHES, wishes, false,
                                    &s->findings, &s->table, &s->present),
                     VC_OK);
    if (s->present) read_cells(s);
}

static inline void spoiled_read_bytes(spoiled *s, const char *bytes, size_t n) {
    write_bytes("monthly.csv", bytes, n);
    spoiled_read_file(s);
}

static inline void spoiled_read(spoiled *s, const char *text) {
    spoiled_read_bytes(s, text, strlen(text));
}

static inline void spoiled_free(spoiled *s) {
    vci_table_free(&s->table);
    vc_findings_free(&s->findings);
}

static inline const char *findings_text(const vc_findings *findings) {
    static char all[8192];
    size_t used = 0;
    all[0] = '\0';
    for (size_t i = 0; i < findings->n && used < sizeof all - 1024; i++) {
        char *line = vc_finding_format(&findings->list[i], findings->language);
        used += (size_t)snprintf(all + used, sizeof all - used, "\n  %.1000s", line);
        free(line);
    }
    return all;
}

/* The first finding of a kind has this severity and place. */
static inline const vc_finding *expect_finding(const vc_findings *findings,
                                               vc_severity severity, const char *kind,
                                               size_t line, size_t column) {
    for (size_t i = 0; i < findings->n; i++) {
        const vc_finding *finding = &findings->list[i];
        if (strcmp(finding->kind, kind) != 0) continue;
        ck_assert_msg(finding->severity == severity && finding->line == line &&
                          finding->column == column,
                      "%s: severity %d at %zu:%zu, want %d at %zu:%zu%s", kind,
                      (int)finding->severity, finding->line, finding->column, (int)severity,
                      line, column, findings_text(findings));
        return finding;
    }
    ck_abort_msg("no finding %s among:%s", kind, findings_text(findings));
    return NULL;
}

/* So many faults and warnings in all. */
static inline void expect_numbers(const vc_findings *findings, size_t n_faults,
                                  size_t n_warnings) {
    ck_assert_msg(findings->n_faults == n_faults && findings->n_warnings == n_warnings,
                  "%zu faults, %zu warnings; want %zu, %zu:%s", findings->n_faults,
                  findings->n_warnings, n_faults, n_warnings, findings_text(findings));
}

/* One table text, one finding and nothing else that is refused or warned of. */
static inline void spoil(const char *text, vc_severity severity, const char *kind,
                         size_t line, size_t column) {
    spoiled s;
    spoiled_init(&s);
    spoiled_read(&s, text);
    expect_finding(&s.findings, severity, kind, line, column);
    expect_numbers(&s.findings, severity == VC_FAULT, severity == VC_WARNING);
    spoiled_free(&s);
}

#endif
