#include "report/compose_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/listed_run.h"
#include "support/small_run.h"

static vc_datadirs source_tree(void) {
    static const char *dirs[1];
    dirs[0] = vct_source(".");
    return (vc_datadirs){1, dirs};
}

/* A run and what was composed of it. */
typedef struct composed {
    vc_run run;
    vci_facts facts;
    vci_sentences sentences;
    vci_run_track track;
    vci_document document;
} composed;

static void compose(vc_language language, composed *c) {
    vc_findings findings;
    vc_datadirs dirs = source_tree();
    vc_findings_init(&findings, language);
    ck_assert_int_eq(vci_sentences_read(&dirs, &findings, &c->sentences), VC_OK);
    ck_assert_int_eq(vci_facts_find(&c->run, language, &c->facts), VC_OK);
    ck_assert_int_eq(vci_report_compose(&c->facts, &c->sentences, &c->track, &c->document),
                     VC_OK);
    vc_findings_free(&findings);
}

static void forget(composed *c) {
    vci_document_free(&c->document);
    vci_sentences_free(&c->sentences);
    vci_facts_free(&c->facts);
}

static void release(composed *c) {
    forget(c);
    vc_run_free(&c->run);
}

/* The heading of level 1 that begins so; its place. */
static size_t find_heading(const vci_document *d, const char *text) {
    for (size_t i = 0; i < d->n; i++)
        if (d->blocks[i].kind == VCI_BLOCK_HEADING && d->blocks[i].level == 1 &&
            strstr(d->blocks[i].text, text))
            return i;
    ck_abort_msg("no heading %s", text);
    return 0;
}

static bool has_text(const vci_document *d, const char *text) {
    for (size_t i = 0; i < d->n; i++) {
        const vci_block *b = &d->blocks[i];
        if (b->text && strstr(b->text, text)) return true;
        for (size_t k = 0; k < b->table.n; k++)
            if (strstr(b->table.cells[k].text, text)) return true;
    }
    return false;
}

static void check_sections(const vci_document *d, size_t n, const char *const *sections) {
    size_t before = 0;
    for (size_t i = 0; i < n; i++) {
        size_t place = find_heading(d, sections[i]);
        ck_assert(i == 0 ? place == 0 : place > before);
        before = place;
    }
}

static void check_tables(const vci_document *d) {
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const vci_table *table = &d->blocks[i].table;
        if (d->blocks[i].kind != VCI_BLOCK_TABLE) continue;
        n++;
        ck_assert_uint_eq(table->n % table->n_columns, 0);
        ck_assert_uint_ge(table->n, 2 * table->n_columns);
    }
    ck_assert_uint_ge(n, 4);
}

/* Chinese headings are numbered as official documents have them. */
START_TEST(both_languages_have_every_section) {
    static const char *const sections[VC_LANGUAGES][7] = {
        [VC_ENGLISH] = {"1. Overall", "2. By indicator", "3. Problems", "4. Data quality",
                        "5. How right", "6. Method", "7. Sources"},
        [VC_CHINESE] = {"一、总体研判", "二、分指标分析", "三、问题", "四、数据质量",
                        "五、以往预测", "六、方法说明", "七、资料来源"}};
    composed c = {0};
    vct_small_run(NULL, &c.run);
    for (int l = 0; l < VC_LANGUAGES; l++) {
        compose((vc_language)l, &c);
        check_sections(&c.document, 7, sections[l]);
        check_tables(&c.document);
        ck_assert(has_text(&c.document, l == VC_CHINESE ? "（一）出生人数" : "2.1 Births"));
        forget(&c);
    }
    release(&c);
}
END_TEST

START_TEST(the_boundary_is_the_one_of_the_design) {
    composed c = {0};
    vct_listed_run(&c.run);
    compose(VC_CHINESE, &c);
    ck_assert_str_eq(c.document.boundary, "本结果用于研判形势和改进服务，不作为下达生育数量"
                                          "、否决、问责或评优的依据。");
    release(&c);
}
END_TEST

/* Data as of 2020-07 and, cut shorter, other months. */
START_TEST(the_title_names_the_part_of_the_year) {
    static const struct {
        int month;
        const char *chinese, *english;
    } cases[] = {{0, "2020年1月", "Jan 2020"},
                 {5, "2020年上半年", "first half of 2020"},
                 {6, "2020年1月至7月", "Jan to Jul 2020"},
                 {11, "2020年人口", "2020"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int l = 0; l < VC_LANGUAGES; l++) {
            composed c = {0};
            vct_listed_run(&c.run);
            c.run.as_of = 2020 * 12 + cases[i].month;
            compose((vc_language)l, &c);
            const char *want = l == VC_CHINESE ? cases[i].chinese : cases[i].english;
            ck_assert_msg(strstr(c.document.title, want), "%s", c.document.title);
            release(&c);
        }
}
END_TEST

START_TEST(a_file_name_stays_in_its_folder) {
    composed c = {0};
    vct_listed_run(&c.run);
    vci_free(c.run.settings.name);
    c.run.settings.name = vci_text_copy("../../a\\b:c*?\"<>|d\n", 19);
    compose(VC_ENGLISH, &c);
    char *name = vci_report_name(&c.facts, &c.sentences);
    ck_assert_ptr_null(strpbrk(name, "/\\:*?\"<>|\n"));
    ck_assert(name[0] != '.');
    vci_free(name);
    release(&c);
}
END_TEST

/* Boundary 2: services have tasks and a department that answers; vital events have none. */
START_TEST(vital_events_have_no_task) {
    composed c = {0};
    vct_listed_run(&c.run);
    vct_listed_progress(&c.run, "checks", VC_QUOTA, 30, 100);
    vct_listed_result(&c.run, "checks", VC_AT_LEAST, (vc_fraction){80, 1}, 0, 30, 0.4);
    vct_listed_result(&c.run, "births", VC_AT_MOST, (vc_fraction){100, 1}, 0, 130, 0.1);
    compose(VC_ENGLISH, &c);
    bool found = false;
    for (size_t i = 0; i < c.document.n; i++) {
        const vci_table *table = &c.document.blocks[i].table;
        if (c.document.blocks[i].kind != VCI_BLOCK_TABLE || !strstr(table->title, "Task"))
            continue;
        found = true;
        for (size_t k = 0; k < table->n; k++)
            ck_assert_str_ne(table->cells[k].text, "births");
    }
    ck_assert(found);
    ck_assert(has_text(&c.document, "Check the data, look for the causes"));
    ck_assert(has_text(&c.document, "The department in charge"));
    release(&c);
}
END_TEST

START_TEST(without_targets_there_is_still_a_report) {
    composed c = {0};
    vct_listed_run(&c.run);
    compose(VC_ENGLISH, &c);
    ck_assert(has_text(&c.document, "has no targets"));
    find_heading(&c.document, "Method");
    release(&c);
}
END_TEST

START_TEST(what_is_supposed_is_no_forecast) {
    composed c = {0};
    vct_listed_run(&c.run);
    c.run.settings.synthetic = true;
    compose(VC_ENGLISH, &c);
    ck_assert_ptr_nonnull(strstr(c.document.notice, "SYNTHETIC"));
    release(&c);
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(both_languages_have_every_section),
                              VCT(the_boundary_is_the_one_of_the_design),
                              VCT(the_title_names_the_part_of_the_year),
                              VCT(a_file_name_stays_in_its_folder),
                              VCT(vital_events_have_no_task),
                              VCT(without_targets_there_is_still_a_report),
                              VCT(what_is_supposed_is_no_forecast)};
    return vct_run("report/compose", tests, VCT_COUNT(tests));
}
