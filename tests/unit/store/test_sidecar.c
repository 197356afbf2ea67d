/* Sidecars: what is written is read, what is not ours is damage. */
#include <stdio.h>
#include <sys/stat.h>

#include "core/memory_internal.h"
#include "store/sidecar_internal.h"
#include "support/harness.h"
#include "support/small_run.h"

static const char DIGEST[] =
    "dddecae024c94b6384fb47a1f9c8784f4b6caf9c393679c0501b3cd5baceef0a";

static vc_status read_text(const char *text, vci_sidecar *sidecar) {
    char path[512];
    snprintf(path, sizeof path, "%s/x.json", vct_scratch());
    vct_write_file(vct_scratch(), "x.json", text);
    return vci_sidecar_read(path, sidecar);
}

START_TEST(what_is_written_is_read) {
    char name[] = "县 \"甲\"\\乙\n\x01\t", *text = NULL;
    vc_run run = {
        .settings.name = name, .as_of = 2013 * 12 + 6, .id = "2013-07-dddecae024c9"};
    vci_sidecar sidecar;
    run.panel.frequency = VC_MONTHLY;
    ck_assert_int_eq(vci_sidecar_format(&run, DIGEST, 113104, 2, 0.2271, &text), VC_OK);
    ck_assert_ptr_nonnull(strstr(text, "\\\"甲\\\"\\\\乙\\u000a\\u0001\\u0009"));
    ck_assert_ptr_nonnull(strstr(text, "\"threads\": 2,"));
    ck_assert_ptr_nonnull(strstr(text, "\"wall_seconds\": 0.227,"));
    ck_assert_ptr_nonnull(strstr(text, "\"as_of\": \"2013-07\","));
    ck_assert_int_eq(read_text(text, &sidecar), VC_OK);
    ck_assert_str_eq(sidecar.id, run.id);
    ck_assert_str_eq(sidecar.sha256, DIGEST);
    ck_assert_str_eq(sidecar.workspace, name);
    ck_assert_uint_eq(sidecar.bytes, 113104);
    ck_assert_ptr_null(sidecar.scenario);
    ck_assert_ptr_null(strstr(text, "scenario")); /* a forecast's sidecar is as it was */
    /* 2026-11-23T06:38:15Z */
    ck_assert_uint_eq(strlen(sidecar.created), 20);
    ck_assert_int_eq(sidecar.created[10], 'T');
    ck_assert_int_eq(sidecar.created[19], 'Z');
    vci_sidecar_free(&sidecar);
    vci_free(text);
}
END_TEST

START_TEST(scenarios_are_marked) {
    char name[] = "补录 \"加强\"", *text = NULL;
    vc_effect effect = {0};
    vc_run run = {.as_of = 2013 * 12 + 6, .id = "2013-07-dddecae024c9"};
    vci_sidecar sidecar;
    run.panel.frequency = VC_MONTHLY;
    run.scenario = (vc_scenario){.name = name, .n = 1, .effects = &effect};
    ck_assert_int_eq(vci_sidecar_format(&run, DIGEST, 7, 2, 0.2, &text), VC_OK);
    ck_assert_int_eq(read_text(text, &sidecar), VC_OK);
    ck_assert_str_eq(sidecar.scenario, name);
    vci_sidecar_free(&sidecar);
    vci_free(text);
}
END_TEST

#define START "{\n\"id\": \"x\",\n\"sha256\": \""
#define END "\"created\": \"\",\n\"workspace\": \"\"\n}\n"

START_TEST(anything_else_is_damage) {
    static const char *const texts[] = {
        "",
        "{}",
        "\n",
        "{\n\"id\"",
        "{\n\"id\": ",
        "{\n\"id\": \"\\",
        "{\n\"id\": \"\\u12",
        START "dddecae0\",\n\"bytes\": 7,\n" END,
        START "dddecae024c94b6384fb47a1f9c8784f4b6caf9c393679c0501b3cd5baceef0a\",\n"
              "\"bytes\": ,\n" END,
        START "dddecae024c94b6384fb47a1f9c8784f4b6caf9c393679c0501b3cd5baceef0a\",\n"
              "\"bytes\": 7x,\n" END,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        vci_sidecar sidecar;
        vc_status st = read_text(texts[i], &sidecar);
        ck_assert_msg(st == VC_STORE_DAMAGED, "text %zu: %s", i, vc_status_name(st));
        vci_sidecar_free(&sidecar);
    }
}
END_TEST

START_TEST(what_is_no_small_file_is_not_read) {
    char path[512];
    vci_sidecar sidecar;
    snprintf(path, sizeof path, "%s/none.json", vct_scratch());
    ck_assert_int_eq(vci_sidecar_read(path, &sidecar), VC_NO_RUN);
    vci_sidecar_free(&sidecar);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(vci_sidecar_read(path, &sidecar), VC_NO_RUN);
    vci_sidecar_free(&sidecar);
    static char large[70000];
    memset(large, ' ', sizeof large - 1);
    ck_assert_int_eq(read_text(large, &sidecar), VC_STORE_DAMAGED);
    vci_sidecar_free(&sidecar);
}
END_TEST

START_TEST(lack_of_memory_is_an_answer) {
    char name[] = "县", *text = NULL;
    vc_run run = {.settings.name = name, .id = "2013-07-dddecae024c9"};
    run.panel.frequency = VC_MONTHLY;
    vc_status st = VC_NO_MEMORY;
    for (long calls = 0; st != VC_OK; calls++) {
        vci_memory_fail_at(calls);
        st = vci_sidecar_format(&run, DIGEST, 1, 1, 1, &text);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
    }
    st = VC_NO_MEMORY;
    for (long calls = 0; st != VC_OK; calls++) {
        vci_sidecar sidecar;
        vct_write_file(vct_scratch(), "x.json", text);
        vci_memory_fail_at(calls);
        st = read_text(text, &sidecar);
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        vci_sidecar_free(&sidecar);
    }
    vci_free(text);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(what_is_written_is_read), VCT(scenarios_are_marked),
        VCT(anything_else_is_damage), VCT(what_is_no_small_file_is_not_read),
        VCT(lack_of_memory_is_an_answer)};
    return vct_run("store/sidecar", tests, VCT_COUNT(tests));
}
