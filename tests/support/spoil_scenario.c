/* Scenarios: periods, sizes, units and indicators that cannot be. */
#include <stdio.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"
#include "vitalcast/scenario.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define AHEAD 6 /* periods to come */

static vc_status read_scenario(const vct_world *w, const vc_panel *panel,
                               vc_findings *findings) {
    char path[512];
    vc_scenario scenario;
    vc_period as_of = vc_panel_last(panel);
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), w->other.file);
    vc_status st = vc_scenario_read(path, panel, as_of, as_of + AHEAD, findings, &scenario);
    vc_scenario_free(&scenario);
    return st;
}

/* The k-th month to come; 0 is the last one of the data. */
static const char *month(vct_world *w, size_t k) {
    return vct_month_text(w, w->n_months - 1 + k, false);
}

static const char *effect(vct_world *w, const char *indicator, size_t from, size_t to,
                          const char *rest) {
    return vct_text(w, "  - {indicator: %s, from: %s, to: %s%s}", indicator, month(w, from),
                    month(w, to), rest);
}

void vct_scenario_make(vct_world *w) {
    w->other.file = "scenario.yaml";
    w->other.read = read_scenario;
    w->other.refusal = VC_BAD_INPUT;
    for (size_t i = vct_below(w, 4); i > 0; i--) vct_other_add(w, "# 说明");
    vct_other_add(w, w->chinese ? "name: 补录加强" : "name: catching up");
    if (vct_below(w, 2)) vct_other_add(w, "description: 若集中补录");
    vct_other_add(w, "effects:");
    vct_other_add(w, effect(w, w->chinese ? "出生人数" : "births", 2, 4, ", times: 1.02"));
    vct_other_add(w, effect(w, "deaths", 1, AHEAD, ", times: 0.97"));
}

/* Another effect, with a fault where `at` stands in it. */
static vct_expected *add_bad(vct_world *w, const char *line, const char *at) {
    snprintf(w->note, sizeof w->note, "%s", line);
    size_t number = vct_other_add(w, line);
    return vct_expect_at(w, VC_FAULT, "S14", VCT_OTHER, number, vct_column_of(line, at));
}

/* In the data, beyond what is to come, or backwards. */
static void put_outside(vct_world *w, size_t variant) {
    static const size_t from[] = {0, 1, 6}, to[] = {1, AHEAD + 1, 5};
    const char *line = effect(w, "births", from[variant], to[variant], ", times: 1.1");
    const char *at = variant == 0 ? "from: " : "to: ";
    vct_expected *e = add_bad(w, line, at);
    e->column += strlen(at);
    if (variant < 2) {
        e->message = month(w, variant == 0 ? 0 : AHEAD + 1);
        e->also[0] = month(w, 1);
        e->also[1] = month(w, AHEAD);
    }
}

static void put_sizes(vct_world *w, size_t variant) {
    static const char *const rest[] = {"", ", times: 1.1, add: 2", ", times: -1",
                                       ", add: 5"};
    static const char *const at[] = {"{", "1.1", "-1}", "5}"};
    add_bad(w, effect(w, "births", 5, 6, rest[variant]), at[variant]);
}

static void put_strangers(vct_world *w, size_t variant) {
    static const char *const names[] = {"natural_increase", "happiness", "birthrate"};
    const char *leaf = w->sheet[VCT_UNITS].cell[w->sheet[VCT_UNITS].n_rows - 1][VCT_U_CODE];
    if (variant < 3)
        add_bad(w, effect(w, names[variant], 5, 6, ", times: 1.1"), names[variant]);
    else if (variant == 3)
        add_bad(w, effect(w, "births", 5, 6, ", unit: ZZ9, times: 1.1"), "ZZ9")->message =
            "ZZ9";
    else
        add_bad(w, effect(w, "births", 5, 6, vct_text(w, ", unit: \"%s\", times: 2", leaf)),
                "\"");
}

/* Two effects on one thing: both places are named. */
static void put_overlap(vct_world *w, size_t variant) {
    static const size_t from[] = {4, 1, 3}, to[] = {6, 2, 3};
    size_t first = vct_other_find(w, "  - {");
    vct_expected *e =
        add_bad(w, effect(w, "births", from[variant], to[variant], ", times: 1.1"), "{");
    e->said[VC_ENGLISH] = vct_text(w, "line %zu, column 5", first);
    e->said[VC_CHINESE] = vct_text(w, "第 %zu 行第 5 列", first);
}

void vct_spoil_scenario(vct_world *w) {
    size_t variant = w->turn / 4;
    switch (w->turn % 4) {
    case 0:
        put_outside(w, variant % 3);
        break;
    case 1:
        put_sizes(w, variant % 4);
        break;
    case 2:
        put_strangers(w, variant % 5);
        break;
    default:
        put_overlap(w, variant % 3);
        break;
    }
}
