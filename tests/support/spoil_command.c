/* The command line: numbers of `project` that are none, or beyond what it takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/spoil.h"
#include "vitalcast/store.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *program(void) {
    const char *path = getenv("VITALCAST");
    if (!path) path = vct_source("build/vitalcast");
    ck_assert_msg(path && access(path, X_OK) == 0, "no program: see $VITALCAST");
    return path;
}

static int store_of(char *path, size_t size) {
    return snprintf(path, size, "%s/stored", vct_scratch());
}

/* Runs it; what it says on stderr, and its exit code. */
static int run_program(const vct_world *w, vc_language language, char *said, size_t size) {
    char line[2048], store[512];
    store_of(store, sizeof store);
    snprintf(line, sizeof line,
             "'%s' project '%s' --store '%s' --lang %s %s 2>&1 >/dev/null", program(),
             vct_scratch(), store, language == VC_CHINESE ? "zh" : "en", w->other.options);
    FILE *pipe = popen(line, "r");
    ck_assert_ptr_nonnull(pipe);
    said[fread(said, 1, size - 1, pipe)] = '\0';
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static vc_status tell(vc_findings *findings, const char *kind, const char *remedy,
                      const char *message) {
    return vci_finding_add(findings, VC_FAULT, kind, (vci_place){"project", 0, 0}, remedy,
                           VCI_TEXT_AS_IT_IS, message);
}

/* The first line of what was said is the message, the next one says what to do. */
static vc_status tell_refusal(vc_findings *findings, int code, char *said) {
    char kind[16];
    char *end = strchr(said, '\n');
    if (end) *end = '\0';
    char *remedy = end ? end + 1 : said + strlen(said);
    remedy[strcspn(remedy, "\n")] = '\0';
    snprintf(kind, sizeof kind, "exit %d", code);
    return tell(findings, kind, remedy, said);
}

/* The one run of the store has the seed; the store is taken away again. */
static vc_status check_stored(const vct_world *w, const char *store,
                              vc_findings *findings) {
    vc_store_list list = {0};
    vc_run run = {0};
    vc_status st = vc_store_runs(store, &list);
    if (st == VC_OK && list.n == 1) st = vc_store_load(store, list.entries[0].id, &run);
    if (st == VC_OK && (list.n != 1 || run.seed != w->other.seed))
        st = tell(findings, "seed", "-", "no run with the seed is stored");
    for (size_t i = 0; i < list.n; i++) {
        char path[1024];
        unlink(list.entries[i].file);
        snprintf(path, sizeof path, "%s/%s.json", store, list.entries[i].id);
        unlink(path);
    }
    rmdir(store);
    vc_run_free(&run);
    vc_store_list_free(&list);
    return st;
}

static vc_status read_command(const vct_world *w, const vc_panel *panel,
                              vc_findings *findings) {
    char said[4096], store[512];
    struct stat info;
    (void)panel;
    store_of(store, sizeof store);
    int code = run_program(w, findings->language, said, sizeof said);
    if (code == 0) return check_stored(w, store, findings);
    vc_status st = tell_refusal(findings, code, said);
    if (st == VC_OK && stat(store, &info) == 0)
        st = tell(findings, "written", "-", "something was written");
    return st == VC_OK ? VC_BAD_INPUT : st;
}

/* What is fitted does not matter here: models without anything to search for. */
static void write_models(vct_world *w) {
    static const char *const names[] = {"births", "deaths", "sex", "compliance"};
    mkdir(vct_path(w, "models"), 0700);
    for (size_t i = 0; i < COUNT(names); i++) {
        FILE *f = fopen(vct_path(w, vct_text(w, "models/%s.yaml", names[i])), "w");
        ck_assert_ptr_nonnull(f);
        fprintf(f, "name: %s\nfamily: %s\nlevel: {mean: auto, sd: 2}\n", names[i],
                i < 2 ? "poisson" : "binomial");
        ck_assert_int_eq(fclose(f), 0);
    }
}

/* Numbers at the edges of what is taken; a seed that is not given is 1. */
void vct_command_make(vct_world *w) {
    static const struct {
        const char *text;
        uint64_t seed;
    } seeds[] = {{"", 1},
                 {"--seed 0", 0},
                 {"--seed=18446744073709551615", UINT64_MAX},
                 {"--seed 0000000000000000000000042", 42}};
    size_t seed = w->turn % COUNT(seeds);
    w->other.file = "project";
    w->other.read = read_command;
    w->other.refusal = VC_BAD_INPUT;
    w->other.seed = seeds[seed].seed;
    w->other.options =
        vct_text(w, "--draws %d --keep %d --threads %d %s", 100 + (int)vct_below(w, 3),
                 (int)vct_below(w, 2), 1 + (int)vct_below(w, 2), seeds[seed].text);
    write_models(w);
}

/* An option of `project`, what it takes, and what it was given. */
typedef struct bad_number {
    const char *option, *low, *high, *given;
} bad_number;

#define MOST_SEED "18446744073709551615"
static const bad_number numbers[] = {{"--seed", "0", MOST_SEED, "-1"},
                                     {"--draws", "100", "10000000", "0"},
                                     {"--threads", "1", "1024", "0"},
                                     {"--keep", "0", "10000000", "-5"},
                                     {"--seed", "0", MOST_SEED, "1.5"},
                                     {"--draws", "100", "10000000", "10000001"},
                                     {"--threads", "1", "1024", "many"},
                                     {"--seed", "0", MOST_SEED, "18446744073709551616"},
                                     {"--draws", "100", "10000000", "1e4"},
                                     {"--keep", "0", "10000000", "99999999999999999999999"},
                                     {"--seed", "0", MOST_SEED, "0x10"},
                                     {"--draws", "100", "10000000", "-20000"},
                                     {"--threads", "1", "1024", "1025"},
                                     {"--seed", "0", MOST_SEED, ""},
                                     {"--draws", "100", "10000000", "１００"},
                                     {"--keep", "0", "10000000", " 7"},
                                     {"--seed", "0", MOST_SEED, "+3"},
                                     {"--threads", "1", "1024", "-1"}};

void vct_spoil_command(vct_world *w) {
    const bad_number *bad = &numbers[w->turn % COUNT(numbers)];
    w->other.options = vct_text(w, "%s %s='%s'", w->other.options, bad->option, bad->given);
    snprintf(w->note, sizeof w->note, "%s=%s", bad->option, bad->given);
    vct_expected *e = vct_expect_at(w, VC_FAULT, "exit 64", VCT_OTHER, 0, 0);
    e->message = bad->option;
    e->also[0] = vct_text(w, "%s", bad->given);
    e->said[VC_ENGLISH] = vct_text(w, "from %s to %s", bad->low, bad->high);
    e->said[VC_CHINESE] = vct_text(w, "%s 至 %s", bad->low, bad->high);
}
