/*
 * Readers against damaged bytes: flips, cuts and doubled pieces of a good table and good
 * settings. Nothing may crash, and whatever is not read must be a fault. VC_TEST_MULTIPLIER
 * lengthens it.
 */
#include <stdlib.h>

#include "core/memory_internal.h"
#include "data/yaml_internal.h"
#include "spoiled.h"

#define CASES 10000 /* of each reader */

static uint64_t state;

/* xorshift64* (Vigna 2016), enough to choose bytes. */
static size_t below(size_t n) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (size_t)((state * 2685821657736338717u) >> 33) % n;
}

static size_t n_cases(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    double factor = text ? strtod(text, NULL) : 1;
    return (size_t)(CASES * (factor > 0 ? factor : 1));
}

/* A damaged copy of a text; the caller's buffer has room for twice its length. */
static size_t damage(const char *text, size_t n, char *copy) {
    static const char signs[] = "\",;\t|\r\n-:[]{}#&*!%'\\\0\032\xEF\xBB\xBF\xFF\xFE";
    memcpy(copy, text, n);
    for (size_t k = below(4) + 1; k > 0; k--) {
        size_t at = below(n), kind = below(5), length = below(n - at) + 1;
        if (kind == 0)
            copy[at] = (char)(copy[at] ^ (1 << below(8)));
        else if (kind == 1)
            copy[at] = signs[below(sizeof signs - 1)];
        else if (kind == 2)
            memmove(copy + at, copy + below(n - length + 1), length);
        else if (kind == 3 && at > 0)
            n = at;
        else
            memset(copy + at, signs[below(sizeof signs - 1)], length < 30 ? length : 30);
    }
    return n;
}

static const char table_text[] =
    "unit,month,births_male,births_female,population\n"
    "\"1001\",2013-01,12,11,5000\n高桥镇,2013-02,９,\"1,0\"\"\",5001\n\n"
    "1002,2013年3月,3,-,\"2\n000\"\n1003,2013-04,#N/A,4,\n";

static const char settings_text[] =
    "name: 示例县 # text\nsynthetic: yes\nyear_ends: [2013-09, \"2013-12\"]\n"
    "reporting_completeness:\n  - [0.97, 0.01]\n  - [0.99, 0.005]\nmodels: {births: "
    "b.yaml}\n"
    "tables:\n  monthly:\n    separator: tab\n    columns: {month: ym, deaths: [a, 'b']}\n"
    "    missing: [\"-\", 缺]\n  units:\n    header_row: 2\n"
    "version: 1\nsources:\n  公安: {births: {ratio: 0.96, sd: 0.02, common: 0.9}, widen: "
    "yes}\n";

START_TEST(damaged_tables_do_no_harm) {
    char copy[2 * sizeof table_text];
    state = 20130731;
    for (size_t i = n_cases(); i > 0; i--) {
        spoiled s;
        spoiled_init(&s);
        spoiled_read_bytes(&s, copy, damage(table_text, sizeof table_text - 1, copy));
        ck_assert_msg(s.table.n_rows > 0 || s.findings.n_faults > 0, "case %zu", i);
        spoiled_free(&s);
    }
}
END_TEST

START_TEST(damaged_settings_do_no_harm) {
    char copy[2 * sizeof settings_text];
    state = 20131231;
    for (size_t i = n_cases(); i > 0; i--) {
        vc_findings findings;
        vc_workspace workspace;
        vc_findings_init(&findings, VC_CHINESE);
        write_bytes("workspace.yaml", copy,
                    damage(settings_text, sizeof settings_text - 1, copy));
        vc_status st = vc_workspace_read(vct_scratch(), &findings, &workspace);
        ck_assert_msg(st == (findings.n_faults ? VC_BAD_INPUT : VC_OK), "case %zu: %d", i,
                      (int)st);
        vc_workspace_free(&workspace);
        vc_findings_free(&findings);
    }
}
END_TEST

#define ALLOCATIONS 400 /* more than either reader makes for these texts */

START_TEST(tables_survive_failed_allocations) {
    static const vci_column_wish wishes[] = {
        {"unit", NULL, true}, {"month", NULL, true}, {"birth_male", NULL, true}};
    size_t n_failed = 0;
    write_bytes("monthly.csv", table_text, sizeof table_text - 1);
    for (long i = 0; i < ALLOCATIONS; i++) {
        spoiled s;
        spoiled_init(&s);
        vci_memory_fail_at(i);
        vc_status st = vci_table_read(&s.workspace, VC_TABLE_MONTHLY, 3, wishes, false,
                                      &s.findings, &s.table, &s.present);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        n_failed += st == VC_NO_MEMORY;
        spoiled_free(&s);
    }
    ck_assert_uint_gt(n_failed, 20);
    ck_assert_uint_lt(n_failed, ALLOCATIONS);
}
END_TEST

START_TEST(settings_survive_failed_allocations) {
    size_t n_failed = 0;
    write_bytes("workspace.yaml", settings_text, sizeof settings_text - 1);
    for (long i = 0; i < ALLOCATIONS; i++) {
        vc_findings findings;
        vc_workspace workspace;
        vc_findings_init(&findings, VC_ENGLISH);
        vci_memory_fail_at(i);
        vc_status st = vc_workspace_read(vct_scratch(), &findings, &workspace);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        n_failed += st == VC_NO_MEMORY;
        vc_workspace_free(&workspace);
        vc_findings_free(&findings);
    }
    ck_assert_uint_gt(n_failed, 20);
    ck_assert_uint_lt(n_failed, ALLOCATIONS);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(damaged_tables_do_no_harm), VCT(damaged_settings_do_no_harm),
        VCT(tables_survive_failed_allocations), VCT(settings_survive_failed_allocations)};
    return vct_run("data/random_bytes", tests, VCT_COUNT(tests));
}
