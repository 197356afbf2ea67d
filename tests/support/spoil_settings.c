/* 4.7 Settings and targets. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/harness.h"
#include "support/spoil.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TURN(w, list) (list)[(w)->turn % COUNT(list)]

/* A line of workspace.yaml with a fault where `at` stands in it. */
typedef struct bad_line {
    const char *line, *at, *remedy;
} bad_line;

static void fault_at(vct_world *w, const char *kind, const bad_line *bad) {
    size_t line = vct_top(w, bad->line), column = vct_column_of(bad->line, bad->at);
    snprintf(w->note, sizeof w->note, "%s", bad->line);
    vct_expect_at(w, VC_FAULT, kind, VCT_SETTINGS, line, column)->remedy = bad->remedy;
}

void vct_spoil_yaml(vct_world *w) {
    static const bad_line lines[] = {{"basiss: registered", "basiss", "basis"},
                                     {"synthetic: yes", "synthetic", NULL},
                                     {"source:\tx", "\t", NULL},
                                     {"period: monthly", "monthly", NULL},
                                     {"min_cell: many", "many", NULL},
                                     {"source: a: b", ": b", NULL},
                                     {"min_cell: 0", "0", NULL},
                                     {"year_ends: [2013-13]", "2013-13", NULL},
                                     {"dating: [event]", "[", NULL},
                                     {"grade: births", "births", NULL},
                                     {"modells: {births: b.yaml}", "modells", "models"}};
    fault_at(w, "S01", &TURN(w, lines));
}

void vct_spoil_yaml_traps(vct_world *w) {
    static const bad_line lines[] = {{"source: &a x", "&a", NULL},
                                     {"source: !!str x", "!!str", NULL},
                                     {"source: *a", "*a", NULL},
                                     {"source: \"a\\0b\"", "\"a", NULL},
                                     {"? [a, b]", "[a", NULL}};
    static const bad_line values[] = {{"min_cell: 1:30", "1:30", NULL},
                                      {"total_points: 0x10", "0x10", NULL},
                                      {"year_end_month: '12'", "'12'", NULL},
                                      {"year_ends: [2013-12-31]", "2013-12-31", NULL}};
    if (w->turn % 2)
        fault_at(w, "S02", &lines[w->turn / 2 % COUNT(lines)]);
    else
        fault_at(w, "S01", &values[w->turn / 2 % COUNT(values)]);
}

static vct_sheet *targets_of(vct_world *w) { return &w->sheet[VCT_TARGETS]; }

static size_t put(vct_world *w, size_t field, const char *text) {
    size_t row = vct_some_row(w, targets_of(w));
    targets_of(w)->cell[row][field] = text;
    snprintf(w->note, sizeof w->note, "\"%s\" in field %zu of target %zu", text, field,
             row);
    return row;
}

static void fault(vct_world *w, const char *kind, size_t field, const char *text) {
    vct_expect(w, VC_FAULT, kind, VCT_TARGETS, put(w, field, text), field);
}

/* Another target, the fields of the first with some changed. */
static size_t add_target(vct_world *w, const char *id) {
    vct_sheet *s = targets_of(w);
    size_t row = s->n_rows;
    vct_insert_row(s, row);
    memcpy(s->cell[row], s->cell[1], sizeof s->cell[row]);
    s->cell[row][VCT_T_ID] = id;
    return row;
}

void vct_spoil_target_lacks(vct_world *w) {
    static const size_t fields[] = {VCT_T_DIRECTION, VCT_T_VALUE, VCT_T_INDICATOR,
                                    VCT_T_UNIT, VCT_T_YEAR_END};
    size_t row = put(w, TURN(w, fields), "");
    if (w->turn % 2) targets_of(w)->cell[row][VCT_T_VALUE] = "";
    vct_expect(w, VC_FAULT, "S03", VCT_TARGETS, row, VCT_WHOLE_ROW);
}

void vct_spoil_target_time(vct_world *w) {
    static const char *const ends[] = {"1999-12", "2090-12", "1980年12月"};
    if (w->turn % 4 < 3) {
        fault(w, "S04", VCT_T_YEAR_END, ends[w->turn % 4]);
        return;
    }
    const char *end = targets_of(w)->cell[1][VCT_T_YEAR_END];
    vct_top(w, vct_text(w, "year_ends: [%.4s-12]", end));
    fault(w, "S04", VCT_T_YEAR_END, vct_text(w, "%.4s-11", end));
}

void vct_spoil_target_subject(vct_world *w) {
    static const char *const units[] = {"ZZ9", "level:9", "class:Z"};
    static const char *const indicators[] = {"happiness", "births_", "birth_rate",
                                             "出生率"};
    if (w->turn % 2)
        fault(w, "S05", VCT_T_UNIT, units[w->turn / 2 % COUNT(units)]);
    else
        fault(w, "S05", VCT_T_INDICATOR, indicators[w->turn / 2 % COUNT(indicators)]);
}

void vct_spoil_contradiction(vct_world *w) {
    if (w->turn % 2) {
        size_t row = add_target(w, "t2");
        vct_expect(w, VC_FAULT, "S06", VCT_TARGETS, row, VCT_T_ID);
        return;
    }
    size_t row = add_target(w, "t9");
    targets_of(w)->cell[row][VCT_T_DIRECTION] = w->chinese ? "不低于" : "at_least";
    targets_of(w)->cell[row][VCT_T_VALUE] = "9000.5";
    vct_expect(w, VC_FAULT, "S06", VCT_TARGETS, row, VCT_WHOLE_ROW);
}

void vct_spoil_probability(vct_world *w) {
    static const bad_line lines[] = {{"warnings: {yellow: 80}", "80", NULL},
                                     {"warnings: {red: -0.1}", "-0.1", NULL},
                                     {"reporting_completeness: [97, 0.01]", "97", NULL},
                                     {"reporting_completeness: [0.97, 2]", "2]", NULL},
                                     {"warnings: {orange: 1.01}", "1.01", NULL}};
    fault_at(w, "S01", &TURN(w, lines));
}

/* --- paths and versions ----------------------------------------------------------------
 */

/* Two links that lead to each other; a later turn finds them there. */
static void link_in_a_loop(vct_world *w) {
    int k = (int)(w->turn % VCT_SHEETS);
    int done = symlink("second.csv", vct_path(w, "first.csv"));
    done = symlink("first.csv", vct_path(w, "second.csv"));
    (void)done;
    vct_option(w, k, "file: first.csv");
    snprintf(w->note, sizeof w->note, "a loop of links");
    vct_expect_at(w, VC_FAULT, "F02", k, 0, 0)->file = "first.csv";
}

/* Tables may lie anywhere, and are only read. */
void vct_spoil_path(vct_world *w) {
    static const bad_line lines[] = {
        {"models: {births: ../births.yaml}", "../", "models/"},
        {"models: {sex: /etc/sex.yaml}", "/etc", "models/"},
        {"models: {value: a.yaml, deaths: b/../../b.yaml}", "b/..", "models/"},
        {"models: {births: .., sex: s.yaml}", "..", "models/"},
        {"models: {stock: 'a//../../c.yaml'}", "'a", "models/"},
        {"models: {survey: \"//x/survey.yaml\"}", "\"//", "models/"},
        {"models: {quota: ./../出生.yaml, births: 出生.yaml}", "./..", "models/"}};
    if (w->turn % 4 == 3)
        link_in_a_loop(w);
    else
        fault_at(w, "S11", &lines[(w->turn - w->turn / 4) % COUNT(lines)]);
}

/* No key of this version was ever given up: there are no old ones to warn of. */
void vct_spoil_version(vct_world *w) {
    static const bad_line newer[] = {{"version: 2", "2", NULL},
                                     {"version: 999999", "999999", NULL},
                                     {"version:    17 # 新", "17", NULL}};
    static const bad_line wrong[] = {
        {"version: 0", "0", NULL},     {"version: -1", "-1", NULL},
        {"version: 1.5", "1.5", NULL}, {"version: '1'", "'1'", NULL},
        {"version: v2", "v2", NULL},   {"version: [1]", "[1]", NULL}};
    if (w->turn % 3 == 2) {
        vct_top(w, w->turn % 2 ? "version: 1" : "version: 01");
        snprintf(w->note, sizeof w->note, "this version");
    } else if (w->turn % 3 == 1) {
        fault_at(w, "S01", &wrong[w->turn / 3 % COUNT(wrong)]);
    } else {
        const bad_line *bad = &newer[w->turn / 3 % COUNT(newer)];
        fault_at(w, "S12", bad);
        vct_expected *e = &w->expected[w->n_expected - 1];
        e->message = bad->at;
        e->said[VC_ENGLISH] = "up to 1";
        /* The keys of a newer version are not known: none of them is told of. */
        vct_top(w, "forecasts: {horizon: 24}");
    }
}
