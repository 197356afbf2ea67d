/* `indicators:` of workspace.yaml: what is read, and every fault with its place. */
#include "data/standard_internal.h"
#include "world.h"

#define MONTHLY                                                                            \
    "unit,month,births_male,births_female,births_compliant,deaths,population\n"            \
    "11,2013-01,10,9,18,5,9000\n11,2013-02,11,9,19,4,9010\n"

static const char PROGRESS[] =
    "unit,month,indicator,kind,numerator,denominator,cumulative,department\n"
    "11,2013-01,录入率,stock,80,100,,信息科\n"
    "11,2013-01,孕检完成率,quota,20,100,yes,\n";

static vc_status read(world *w, const char *indicators) {
    char text[4096];
    snprintf(text, sizeof text, "name: 示例县\nindicators:\n%s", indicators);
    put("workspace.yaml", text);
    put("units.csv", "code,name\n11,甲乡\n");
    put("monthly.csv", MONTHLY);
    put("progress.csv", PROGRESS);
    put("values.csv", "unit,period,indicator,value\n11,2013-01,满意度,91.5\n");
    memset(w, 0, sizeof *w);
    vc_findings_init(&w->findings, VC_ENGLISH);
    vc_status st = vc_workspace_read(vct_scratch(), &w->findings, &w->workspace);
    return st != VC_OK ? st : vc_panel_read(&w->workspace, &w->findings, &w->panel);
}

START_TEST(every_kind_is_read) {
    world w;
    ck_assert_int_eq(
        read(&w, "  birth_rate: {department: 统计局, label: {en: crude, zh: 粗出生率}}\n"
                 "  男婴占比: {kind: share, events: 出生男婴, of: births, margin: 3}\n"
                 "  自增: {kind: rate, events: births, less: deaths, times: 10000}\n"
                 "  \"M:F\": {kind: ratio, events: births_male, to: births_female}\n"
                 "  births_male: {kind: count, events: births_male}\n"
                 "  孕检完成率: {kind: quota, cap: 100, department: 妇幼保健院}\n"
                 "  录入率: {label: 身份证号录入率}\n"
                 "  满意度: {kind: value}\n"),
        VC_OK);
    expect_numbers(&w, 0, 0);
    ck_assert_uint_eq(w.panel.n_indicators, 8);
    const vc_indicator *i = vci_declared_find(&w.panel, "birth_rate");
    ck_assert_str_eq(i->label[VC_CHINESE], "粗出生率");
    ck_assert(i->declared == VC_DECLARED_NAME && i->line == 3 && i->column == 3);
    i = vci_declared_find(&w.panel, "男婴占比");
    ck_assert(i->formula.plus == VC_BIRTHS_MALE && i->formula.over == VC_BIRTHS &&
              i->formula.scale == 100 && i->margin == 3);
    i = vci_declared_find(&w.panel, "自增");
    ck_assert(i->formula.minus == VC_DEATHS && i->formula.scale == 10000 && i->margin == 5);
    ck_assert(vci_declared_find(&w.panel, "M:F")->formula.kind == VC_INDICATOR_RATIO);
    ck_assert_str_eq(vci_progress_named(&w.panel, "孕检完成率")->department, "妇幼保健院");
    ck_assert_str_eq(vci_progress_named(&w.panel, "录入率")->department, "信息科");
    i = vci_declared_find(&w.panel, "录入率");
    ck_assert_str_eq(i->label[VC_ENGLISH], "身份证号录入率");
    world_free(&w);
}
END_TEST

/* In Chinese too, a standard indicator goes by the one name that runs know. */
START_TEST(a_standard_name_means_one_thing) {
    world w;
    ck_assert_int_eq(read(&w, "  出生率: {department: 统计局}\n"), VC_OK);
    ck_assert_str_eq(w.panel.indicators[0].name, "birth_rate");
    world_free(&w);
    ck_assert_int_eq(
        read(&w, "  出生率: {department: 甲}\n  birth_rate: {department: 乙}\n"),
        VC_BAD_INPUT);
    expect(&w, VC_FAULT, "V02", "workspace.yaml", 4, 3);
    world_free(&w);
}
END_TEST

/* One entry, one fault: its kind, place and a word of the message or its remedy. */
START_TEST(faults_have_a_place_and_a_remedy) {
    static const struct {
        const char *entry, *kind;
        size_t column;
        const char *message, *remedy;
    } cases[] = {
        {"甲: {kind: count, events: birth}", "S01", 28, "no event birth", "`births`"},
        {"甲: {kind: count}", "S01", 6, "needs `events`", NULL},
        {"甲: {kind: ratio, events: births}", "S01", 6, "needs `to`", NULL},
        {"甲: {kind: share, events: deaths, of: births}", "S01", 40, "no share",
         "kind: ratio"},
        {"甲: {kind: share, events: births, of: births_male}", "S01", 40, "no share",
         "births_compliant of births"},
        {"甲: {kind: rate, events: births, less: births}", "S01", 41, "against itself",
         NULL},
        {"甲: {kind: rate, events: births, times: 0}", "S01", 42, "times", NULL},
        {"甲: {kind: rate, events: births, to: deaths}", "S01", 35, "unknown key", NULL},
        {"甲: {kind: index}", "S01", 13, "kind", NULL},
        {"甲: 乙", "S01", 6, "keys of its own", "events"},
        {"birth_rate: {kind: rate, events: births}", "V02", 3, "is fixed", "department"},
        {"出生人口性别比: {kind: count, events: births}", "V02", 3, "is fixed",
         "department"},
        {"births_male: {kind: count, events: deaths}", "V02", 3, "name of an event",
         "another name"},
        {"录入率: {kind: count, events: births}", "V02", 3, "progress.csv", "another name"},
        {"满意度: {kind: count, events: births}", "V02", 3, "values.csv", "another name"},
        {"录入率: {kind: quota}", "V02", 3, "another kind", NULL},
        {"满意度: {kind: survey}", "V02", 3, "another kind", NULL},
        {"birth_rate: {cap: 20}", "S01", 3, "`cap`", NULL},
        {"满意度: {cap: 100}", "S01", 3, "`cap`", NULL},
        {"满意度: {kind: value, cap: 100}", "S01", 22, "unknown key", NULL},
        {"妇科病普查: {department: 甲}", "S05", 3, "no indicator", "kind: count"},
        {"birth_rat: {department: 甲}", "S05", 3, "no indicator", "birth_rate"},
        {"录入率: {department: 卫健局}", "V02", 3, "信息科", "one of the two"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char line[256];
        snprintf(line, sizeof line, "  %s\n", cases[i].entry);
        ck_assert_int_eq(read(&w, line), VC_BAD_INPUT);
        expect_numbers(&w, 1, 0);
        const vc_finding *f =
            expect(&w, VC_FAULT, cases[i].kind, "workspace.yaml", 3, cases[i].column);
        expect_in(cases[i].message, f->message);
        if (cases[i].remedy) expect_in(cases[i].remedy, f->remedy);
        world_free(&w);
    }
}
END_TEST

/* Both places: the target, and the cap that it cannot pass. */
START_TEST(a_target_above_the_cap_is_impossible) {
    world w;
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "t,2013-12,11,孕检完成率,at_least,101\n"
                       "u,2013-12,11,孕检完成率,at_most,101\n"
                       "v,2013-12,*,甲,at_least,101\n");
    ck_assert_int_eq(read(&w, "  孕检完成率: {cap: 100}\n"
                              "  甲: {kind: count, events: arrivals, less: departures}\n"),
                     VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
    expect_in("workspace.yaml:3:3",
              expect(&w, VC_FAULT, "S06", "targets.csv", 2, 29)->message);
    expect_in("arrivals", expect(&w, VC_FAULT, "S05", "targets.csv", 4, 13)->message);
    expect_numbers(&w, 2, 0);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(every_kind_is_read), VCT(a_standard_name_means_one_thing),
        VCT(faults_have_a_place_and_a_remedy), VCT(a_target_above_the_cap_is_impossible)};
    return vct_run("data/workspace_indicators", tests, VCT_COUNT(tests));
}
