#include "world.h"

#include "data/unit_internal.h"

static const char SETTINGS[] = "name: 示例县\n";

/* One county with two towns, and a month of births for each, so that only units differ. */
static const char MONTHLY[] = "unit,month,births\nA1,2013-01,3\nA2,2013-01,4\n";

static vc_status read_units(world *w, const char *units) {
    put("workspace.yaml", SETTINGS);
    put("units.csv", units);
    put("monthly.csv", MONTHLY);
    return world_read(w, VC_ENGLISH);
}

START_TEST(arranges_a_tree) {
    world w;
    put("workspace.yaml", SETTINGS);
    /* Children before their parent, and the parent last. */
    put("units.csv", "code,name,parent,class,valid_from\nA11,,A1,\"\",\nA2,乙镇,A,二类,\n"
                     "A1,甲镇,A,一类,2012-07\nA12,,A1,,\nA,县,,,\n");
    put("monthly.csv", "unit,month,births\nA11,2013-01,3\nA12,2013-01,4\nA2,2013-01,5\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    const vc_unit_tree *tree = &w.panel.tree;
    static const unsigned levels[] = {2, 1, 1, 2, 0};
    static const size_t down[] = {4, 1, 2, 0, 3}, leaves[] = {0, 1, 3};
    ck_assert_uint_eq(tree->n, 5);
    ck_assert_uint_eq(tree->root, 4);
    ck_assert_uint_eq(tree->n_levels, 3);
    ck_assert_uint_eq(tree->n_leaves, 3);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(tree->units[i].level, levels[i]);
        ck_assert_uint_eq(tree->down[i], down[i]);
    }
    for (size_t i = 0; i < 3; i++) ck_assert_uint_eq(tree->leaves[i], leaves[i]);
    ck_assert_uint_eq(tree->child_begin[4], 2); /* after the two children of A1 */
    ck_assert_uint_eq(tree->children[2], 1);
    ck_assert_uint_eq(tree->children[3], 2);
    ck_assert_str_eq(tree->units[0].name, "A11");
    ck_assert_ptr_null(tree->units[0].class_name);
    ck_assert_str_eq(tree->units[2].class_name, "一类");
    ck_assert_int_eq(tree->units[2].valid_from, 2012 * 12 + 6);
    ck_assert_uint_eq(vc_unit_find(tree, "A12"), 3);
    ck_assert_uint_eq(vc_unit_find(tree, "A3"), VC_NO_UNIT);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(makes_a_root) {
    world w;
    ck_assert_int_eq(read_units(&w, "代码,名称\nA1,甲镇\nA2,root\n"), VC_OK);
    ck_assert_uint_eq(w.panel.tree.n, 3);
    ck_assert_uint_eq(w.panel.tree.root, 0);
    ck_assert_str_eq(w.panel.tree.units[0].code, "root");
    ck_assert_str_eq(w.panel.tree.units[0].name, "示例县");
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "root", "2013-01"), 7, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(a_made_root_gets_a_code_of_its_own) {
    world w;
    put("workspace.yaml", SETTINGS);
    put("units.csv", "code\nroot\nA1\n");
    put("monthly.csv", "unit,month,births\nroot,2013-01,3\nA1,2013-01,4\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_str_eq(w.panel.tree.units[0].code, "root2");
    world_free(&w);
}
END_TEST

START_TEST(takes_units_from_columns) {
    world w;
    put("workspace.yaml",
        "name: 省\nunits: {from_columns: [county, town], names: [cn, tn]}\n");
    put("monthly.csv", "month,county,cn,town,tn,births\n2013-01,2,乙县,22,丁镇,1\n"
                       "2013-01,1,甲县,12,丙镇,2\n2013-02,1,甲县,11,戊镇,3\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    static const char *const codes[] = {"root", "1", "11", "12", "2", "22"};
    const vc_unit_tree *tree = &w.panel.tree;
    ck_assert_uint_eq(tree->n, 6);
    for (size_t i = 0; i < 6; i++) ck_assert_str_eq(tree->units[i].code, codes[i]);
    ck_assert_str_eq(tree->units[2].name, "戊镇");
    ck_assert_uint_eq(tree->units[5].parent, 4);
    ck_assert_uint_eq(tree->n_leaves, 3);
    world_free(&w);
}
END_TEST

START_TEST(prints_a_cycle_whole) {
    world w;
    ck_assert_int_eq(read_units(&w, "code,parent\nA1,A2\nB,A1\nA2,C\nC,A1\n"),
                     VC_BAD_INPUT);
    const vc_finding *finding = expect(&w, VC_FAULT, "U04", "units.csv", 2, 1);
    expect_in("A1 → A2 → C → A1", finding->message);
    world_free(&w);
}
END_TEST

START_TEST(refuses_what_is_no_tree) {
    static const struct {
        const char *units, *kind;
        size_t line, column;
        const char *remedy;
    } cases[] = {
        {"code,parent\nA1,\nA2,A2\n", "U04", 3, 4, NULL},            /* its own parent */
        {"code,parent\nA1,\nA2,A11\n", "U04", 3, 4, "A1"},           /* unknown parent */
        {"code,parent\nA,\nA1,A\nA2,A\nA1,A2\n", "U04", 5, 1, NULL}, /* two parents */
        {"code,name\nA1,甲\nA2,乙\nA1,丙\n", "U02", 4, 1, NULL},     /* two names */
        {"code,name\nA1,甲\nA2,乙\n,丙\n", "N06", 4, 1, NULL},       /* no code */
        {"code,name\nA1,甲村2\nA2,甲村２\n", "F13", 3, 1, NULL},     /* full-width 2 */
        /* Codes of the same FNV-1a hash (a published pair). */
        {"code\nA1\n7mohtcOFVz\nA2\nc1E51sSEyx\n", "F13", 5, 1, NULL},
        {"code,valid_from,valid_to\nA1,,\nA2,2013-02,2013-01\n", "U07", 3, 12, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        ck_assert_int_eq(read_units(&w, cases[i].units), VC_BAD_INPUT);
        const vc_finding *finding = expect(&w, VC_FAULT, cases[i].kind, "units.csv",
                                           cases[i].line, cases[i].column);
        if (cases[i].remedy) expect_in(cases[i].remedy, finding->remedy);
        ck_assert_uint_eq(w.findings.n_faults, 1);
        world_free(&w);
    }
}
END_TEST

START_TEST(a_row_may_stand_there_twice) {
    world w;
    ck_assert_int_eq(read_units(&w, "code,became,share\nA1,,\nA2,,\nA1,,\n"), VC_OK);
    expect(&w, VC_WARNING, "U02", "units.csv", 4, 1);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(contradicting_columns_are_faults) {
    static const struct {
        const char *rows, *kind;
        size_t line, column;
    } cases[] = {
        {"2013-01,1,甲,11,丙,1\n2013-01,2,乙,11,丙,1\n", "U04", 3, 13}, /* two parents */
        {"2013-01,1,甲,11,丙,1\n2013-01,1,丁,12,戊,1\n", "U02", 3, 9},  /* two names */
        {"2013-01,1,甲,11,丙,1\n2013-01,11,丙,12,戊,1\n", "U10", 3, 9}, /* two levels */
        {"2013-01,1,甲,11,丙,1\n2013-01,,,12,戊,1\n", "U04", 3, 11}};   /* no parent */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char table[512];
        snprintf(table, sizeof table, "month,county,cn,town,tn,births\n%s", cases[i].rows);
        put("workspace.yaml",
            "name: 省\nunits: {from_columns: [county, town], names: [cn, tn]}\n");
        put("monthly.csv", table);
        ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
        expect(&w, VC_FAULT, cases[i].kind, "monthly.csv", cases[i].line, cases[i].column);
        world_free(&w);
    }
}
END_TEST

START_TEST(finds_texts_again) {
    vci_text_map map = {0};
    char text[16];
    size_t number = 0;
    ck_assert_uint_eq(vci_text_map_find(&map, "x", 1), VCI_NO_TEXT);
    for (size_t i = 0; i < 1000; i++) {
        int n = snprintf(text, sizeof text, "%zu", i);
        ck_assert_int_eq(vci_text_map_add(&map, text, (size_t)n, &number), VC_OK);
        ck_assert_uint_eq(number, i);
    }
    ck_assert_int_eq(vci_text_map_add(&map, "123456", 3, &number), VC_OK);
    ck_assert_uint_eq(number, 123);
    ck_assert_uint_eq(map.n, 1000);
    ck_assert_uint_eq(vci_text_map_find(&map, "999", 3), 999);
    ck_assert_uint_eq(vci_text_map_find(&map, "1000", 4), VCI_NO_TEXT);
    vci_text_map_free(&map);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(arranges_a_tree),
                                     VCT(makes_a_root),
                                     VCT(a_made_root_gets_a_code_of_its_own),
                                     VCT(takes_units_from_columns),
                                     VCT(prints_a_cycle_whole),
                                     VCT(refuses_what_is_no_tree),
                                     VCT(a_row_may_stand_there_twice),
                                     VCT(contradicting_columns_are_faults),
                                     VCT(finds_texts_again)};
    return vct_run("data/unit", tests, VCT_COUNT(tests));
}
