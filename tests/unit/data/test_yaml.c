/* The YAML subset (S01, S02 of the catalogue) and its typed members. */
#include <stdlib.h>
#include <string.h>

#include "data/yaml_internal.h"
#include "support/harness.h"

static vc_findings findings;
static vci_yaml root;

static void parse(const char *text) {
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_yaml_parse("w.yaml", text, strlen(text), &findings, &root), VC_OK);
}

static void release(void) {
    vci_yaml_free(&root);
    vc_findings_free(&findings);
}

static void expect_fault(const char *kind, size_t line, size_t column) {
    ck_assert_uint_ge(findings.n, 1);
    const vc_finding *found = &findings.list[0];
    ck_assert_msg(strcmp(found->kind, kind) == 0 && found->line == line &&
                      found->column == column && found->severity == VC_FAULT,
                  "%s at %zu:%zu, want %s at %zu:%zu: %s", found->kind, found->line,
                  found->column, kind, line, column, found->message);
}

/* The text is refused with this as its only finding, and the tree is empty. */
static void refuse(const char *text, const char *kind, size_t line, size_t column) {
    parse(text);
    expect_fault(kind, line, column);
    ck_assert_uint_eq(findings.n_faults, 1);
    ck_assert_int_eq(root.kind, VCI_SCALAR);
    ck_assert_ptr_null(root.text);
    release();
}

START_TEST(reads_a_tree) {
    parse("name: 示例县 # a comment\nlist: [a, \"b, c\"]\nin:\n  deep: {x: 1}\n");
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_int_eq(root.kind, VCI_MAPPING);
    ck_assert_uint_eq(root.n, 3);
    ck_assert_str_eq(root.items[0].text, "示例县");
    ck_assert(!root.items[0].quoted);
    ck_assert_uint_eq(root.items[0].column, 7);
    ck_assert_int_eq(root.items[1].kind, VCI_SEQUENCE);
    ck_assert_str_eq(root.items[1].items[1].text, "b, c");
    ck_assert(root.items[1].items[1].quoted);
    const vci_yaml *deep = &root.items[2].items[0];
    ck_assert_uint_eq(deep->key_line, 4);
    ck_assert_uint_eq(deep->key_column, 3);
    ck_assert_str_eq(deep->items[0].key, "x");
    release();
}
END_TEST

START_TEST(keeps_scalars_as_text) {
    parse("a: NO\nb: 0110\nc: 22:30\nd: 2024-03\ne: 1_000\nf: ~\n");
    static const char *const want[] = {"NO", "0110", "22:30", "2024-03", "1_000", "~"};
    for (size_t i = 0; i < 6; i++) ck_assert_str_eq(root.items[i].text, want[i]);
    release();
}
END_TEST

START_TEST(an_empty_text_is_a_null_tree) {
    parse("# nothing\n");
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_ptr_null(root.text);
    release();
}
END_TEST

START_TEST(s01_syntax) {
    refuse("a: [1, 2\nb: 3\n", "S01", 2, 2);
    refuse("a: 'b\n", "S01", 2, 1);
    refuse("a: 1\n  b: 2\n", "S01", 2, 4);
    refuse("a: \x01\n", "S01", 1, 4);
}
END_TEST

START_TEST(s01_tabs) {
    refuse("name: x\nin:\n\ta: 1\n", "S01", 3, 1);
    refuse("县: 甲\t# b\n", "S01", 1, 5);
}
END_TEST

START_TEST(s01_duplicate_key) {
    refuse("a: 1\nb: 2\na: 3\n", "S01", 3, 1);
    refuse("x: {k: 1, k: 2}\n", "S01", 1, 11);
}
END_TEST

START_TEST(s02_outside_the_subset) {
    refuse("a: &x 1\n", "S02", 1, 4);
    refuse("a: !!str 1\n", "S02", 1, 4);
    refuse("a: !x 1\n", "S02", 1, 4);
    refuse("%YAML 1.1\n---\na: 1\n", "S02", 1, 1);
    refuse("a: 1\n---\nb: 2\n", "S02", 2, 1);
    refuse("? [a, b]\n: 1\n", "S02", 1, 3);
    refuse("a: \"x\\ay\"\n", "S02", 1, 4);
    refuse("a: \"x\\0y\"\n", "S02", 1, 4);
}
END_TEST

START_TEST(s02_anchor_and_alias_are_both_named) {
    parse("a: &x 1\nb: *x\n");
    expect_fault("S02", 1, 4);
    ck_assert_uint_eq(findings.n_faults, 2);
    ck_assert_uint_eq(findings.list[1].line, 2);
    release();
}
END_TEST

START_TEST(s02_depth) {
    parse("a: [[[[[[[[[[[[[[1]]]]]]]]]]]]]]\n");
    ck_assert_uint_eq(findings.n, 0);
    release();
    refuse("a: [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n", "S02", 1, 19);
}
END_TEST

START_TEST(s02_size) {
    size_t n = 1000001;
    char *big = malloc(n + 1);
    ck_assert_ptr_nonnull(big);
    memset(big, '#', n);
    big[n] = '\0';
    refuse(big, "S02", 0, 0);
    free(big);
}
END_TEST

START_TEST(s02_brackets_without_end) {
    size_t n = 900000;
    char *big = malloc(n + 1);
    ck_assert_ptr_nonnull(big);
    memset(big, '[', n);
    big[n] = '\0';
    refuse(big, "S02", 1, 17);
    free(big);
}
END_TEST

START_TEST(types_members) {
    const char *text = NULL;
    double number = 0;
    int64_t integer = 0;
    bool flag = false;
    size_t word = 9;
    static const char *const words[] = {"month", "quarter", "year"};
    parse("t: 文字\nn: -2.5e-1\ni: 42\nf: yes\nw: quarter\nm: {x: 1}\n");
    vci_yaml_reader reader = {.file = "w.yaml", .findings = &findings};
    ck_assert(vci_yaml_text(&reader, &root, "t", &text));
    ck_assert_str_eq(text, "文字");
    ck_assert(vci_yaml_number(&reader, &root, "n", -1, 1, &number));
    CHECK_CLOSE(number, -0.25, 0, 0);
    ck_assert(vci_yaml_integer(&reader, &root, "i", 0, INT64_MAX, &integer));
    ck_assert_int_eq(integer, 42);
    ck_assert(vci_yaml_flag(&reader, &root, "f", &flag));
    ck_assert(flag);
    ck_assert(vci_yaml_choice(&reader, &root, "w", 3, words, &word));
    ck_assert_uint_eq(word, 1);
    ck_assert_ptr_nonnull(vci_yaml_mapping(&reader, &root, "m"));
    ck_assert(!vci_yaml_text(&reader, &root, "absent", &text));
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_int_eq(reader.st, VC_OK);
    release();
}
END_TEST

START_TEST(refuses_wrong_types) {
    const char *text = NULL;
    double number = 7;
    int64_t integer = 7;
    bool flag = true;
    size_t word = 9;
    static const char *const words[] = {"month", "year"};
    parse("t: [a]\nn: x\nr: 1.5\ni: 2.5\nf: Yes\nw: day\nm: 3\ne:\nq: \"0.5\"\n");
    vci_yaml_reader reader = {.file = "w.yaml", .findings = &findings};
    ck_assert(!vci_yaml_text(&reader, &root, "t", &text));
    ck_assert(!vci_yaml_number(&reader, &root, "n", 0, 1, &number));
    ck_assert(!vci_yaml_number(&reader, &root, "r", 0, 1, &number));
    ck_assert(!vci_yaml_integer(&reader, &root, "i", 0, 9, &integer));
    ck_assert(!vci_yaml_flag(&reader, &root, "f", &flag));
    ck_assert(!vci_yaml_choice(&reader, &root, "w", 2, words, &word));
    ck_assert_ptr_null(vci_yaml_mapping(&reader, &root, "m"));
    ck_assert(!vci_yaml_text(&reader, &root, "e", &text));
    ck_assert(!vci_yaml_number(&reader, &root, "q", 0, 1, &number));
    ck_assert_uint_eq(findings.n_faults, 9);
    for (size_t i = 0; i < findings.n; i++) {
        ck_assert_str_eq(findings.list[i].kind, "S01");
        ck_assert_uint_eq(findings.list[i].line, i + 1);
    }
    CHECK_CLOSE(number, 7, 0, 0);
    ck_assert_int_eq(integer, 7);
    ck_assert(flag);
    ck_assert_uint_eq(word, 9);
    release();
}
END_TEST

START_TEST(offers_the_nearest_key) {
    static const char *const known[] = {"name", "year_ends", "source"};
    const char *text = NULL;
    parse("name: a\nyear_end: b\nzzzzzz: c\n");
    vci_yaml_reader reader = {.file = "w.yaml", .findings = &findings};
    vci_yaml_text(&reader, &root, "name", &text);
    vci_yaml_unknown(&reader, &root, 3, known);
    ck_assert_uint_eq(findings.n_faults, 2);
    expect_fault("S01", 2, 1);
    ck_assert_ptr_nonnull(strstr(findings.list[0].remedy, "`year_ends`"));
    ck_assert_ptr_nonnull(strstr(findings.list[1].remedy, "name, year_ends, source"));
    release();
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_a_tree),
                                     VCT(keeps_scalars_as_text),
                                     VCT(an_empty_text_is_a_null_tree),
                                     VCT(s01_syntax),
                                     VCT(s01_tabs),
                                     VCT(s01_duplicate_key),
                                     VCT(s02_outside_the_subset),
                                     VCT(s02_anchor_and_alias_are_both_named),
                                     VCT(s02_depth),
                                     VCT(s02_size),
                                     VCT(s02_brackets_without_end),
                                     VCT(types_members),
                                     VCT(refuses_wrong_types),
                                     VCT(offers_the_nearest_key)};
    return vct_run("data/yaml", tests, VCT_COUNT(tests));
}
