/* Track records: what is saved is loaded, anything else is refused and never a crash. */
#include "vitalcast/track_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "store/track_text_internal.h"
#include "support/harness.h"
#include "support/small_run.h"
#include "support/small_world.h"

static const char SHA[] =
    "dddecae024c94b6384fb47a1f9c8784f4b6caf9c393679c0501b3cd5baceef0a";

static void add_cell(vc_track *t, vc_forecaster who, size_t indicator, vc_tracked what,
                     int year) {
    vc_track_cell key = {.forecaster = who,
                         .indicator = indicator,
                         .level = 2,
                         .size = 1,
                         .year = year,
                         .observed = year == 2019 ? -5 : 7,
                         .what = what},
                  *cell;
    vc_score score = {.crps = 1.0 / 3, .error = 2e-300, .pit = 0.37, .inside = {1, 0, 1}};
    ck_assert_int_eq(vc_track_cell_of(t, &key, &cell), VC_OK);
    vc_track_add(cell, &score);
    for (size_t k = 0; k < t->n_targets; k++)
        if (t->targets[k].indicator == indicator)
            vc_track_add_hit(t, cell, k, 0.7 + 0.01 * (double)k, k % 2);
}

static void make(const char *basis, vc_track *t) {
    static const char *const indicators[] = {"births", "体检 \"甲\"\\\n"};
    const vc_track_target targets[] = {{.id = (char *)(uintptr_t) "a", .indicator = 0},
                                       {.id = (char *)(uintptr_t) "b", .indicator = 1},
                                       {.id = (char *)(uintptr_t) "c", .indicator = 0}};
    const double p[] = {0.3, NAN, 0.1};
    const unsigned left[] = {9, 5, 1};
    ck_assert_int_eq(vc_track_init(2, indicators, 3, targets, t), VC_OK);
    t->workspace = strdup("示例县");
    t->basis = basis ? strdup(basis) : NULL;
    t->version = strdup("0.0.9");
    t->synthetic = true;
    t->seed = UINT64_MAX;
    t->draws = 2000;
    t->frequency = VC_MONTHLY;
    t->last = 2022 * 12 + 11;
    memcpy(t->data_sha256, SHA, sizeof SHA);
    ck_assert_int_eq(vc_track_add_model(t, "births", NULL, "births", SHA), VC_OK);
    ck_assert_int_eq(vc_track_add_model(t, "births", NULL, "other", SHA), VC_OK);
    ck_assert_int_eq(vc_track_add_model(t, "quota", "体检", "quota", SHA), VC_OK);
    add_cell(t, VC_BY_VITALCAST, 0, VC_TRACK_FIGURE, 2019);
    add_cell(t, VC_BY_PACE, 1, VC_TRACK_FIGURE, 2020);
    add_cell(t, VC_BY_VITALCAST, 0, VC_TRACK_RANK, 2020);
    ck_assert_int_eq(vc_track_add_alarms(t, 2, 1, 2020, 3, p, left, false), VC_OK);
}

static void same_text(const char *a, const char *b) {
    ck_assert((a == NULL) == (b == NULL));
    if (a) ck_assert_str_eq(a, b);
}

static void same_cells(const vc_track *a, const vc_track *b) {
    ck_assert_uint_eq(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        vc_track_cell x = a->cells[i], y = b->cells[i];
        for (size_t k = 0; k < a->n_targets; k++)
            if (a->targets[k].indicator == x.indicator)
                ck_assert_mem_eq(&x.hits[a->targets[k].place], &y.hits[a->targets[k].place],
                                 sizeof *x.hits);
        ck_assert(x.forecaster == y.forecaster && x.indicator == y.indicator);
        ck_assert(x.level == y.level && x.size == y.size && x.year == y.year);
        ck_assert(x.observed == y.observed && x.what == y.what && x.n == y.n);
        ck_assert(x.crps == y.crps && x.error == y.error);
        ck_assert_mem_eq(x.inside, y.inside, sizeof x.inside);
        ck_assert_mem_eq(x.pit, y.pit, sizeof x.pit);
    }
}

static void same_track(const vc_track *a, const vc_track *b) {
    same_text(a->workspace, b->workspace);
    same_text(a->source, b->source);
    same_text(a->basis, b->basis);
    same_text(a->version, b->version);
    ck_assert(a->synthetic == b->synthetic && a->seed == b->seed && a->draws == b->draws);
    ck_assert(a->frequency == b->frequency && a->last == b->last);
    ck_assert_str_eq(a->data_sha256, b->data_sha256);
    ck_assert_uint_eq(a->n_models, b->n_models);
    for (size_t i = 0; i < a->n_models; i++) {
        same_text(a->models[i].role, b->models[i].role);
        same_text(a->models[i].series, b->models[i].series);
        same_text(a->models[i].name, b->models[i].name);
        ck_assert_str_eq(a->models[i].sha256, b->models[i].sha256);
    }
    ck_assert_uint_eq(a->n_indicators, b->n_indicators);
    for (size_t i = 0; i < a->n_indicators; i++)
        same_text(a->indicators[i], b->indicators[i]);
    ck_assert_uint_eq(a->n_targets, b->n_targets);
    for (size_t i = 0; i < a->n_targets; i++) {
        same_text(a->targets[i].id, b->targets[i].id);
        ck_assert_uint_eq(a->targets[i].indicator, b->targets[i].indicator);
        ck_assert_uint_eq(a->targets[i].place, b->targets[i].place);
    }
    ck_assert_uint_eq(a->n_years, b->n_years);
    for (size_t i = 0; i < a->n_years; i++) ck_assert_int_eq(a->years[i], b->years[i]);
    ck_assert_uint_eq(a->n_observed, b->n_observed);
    for (size_t i = 0; i < a->n_observed; i++)
        ck_assert_int_eq(a->observed[i], b->observed[i]);
    same_cells(a, b);
    ck_assert_uint_eq(a->n_alarms, b->n_alarms);
    for (size_t i = 0; i < a->n_alarms; i++)
        ck_assert_mem_eq(&a->alarms[i], &b->alarms[i], sizeof *a->alarms);
}

START_TEST(what_is_saved_is_loaded) {
    vc_track saved, loaded;
    make("resident", &saved);
    ck_assert_uint_eq(saved.n_models, 2); /* one for each role and series */
    ck_assert_int_eq(vc_track_file_save(vct_scratch(), &saved), VC_OK);
    ck_assert_int_eq(vc_track_file_load(vct_scratch(), "resident", &loaded), VC_OK);
    same_track(&saved, &loaded);
    vc_track_free(&loaded);
    ck_assert_int_eq(vc_track_file_load(vct_scratch(), "registered", &loaded), VC_NO_RUN);
    vc_track_free(&loaded);
    vc_track_free(&saved);
}
END_TEST

START_TEST(an_empty_record_is_one_too) {
    vc_track saved, loaded;
    static const char *const indicators[] = {"births"};
    ck_assert_int_eq(vc_track_init(1, indicators, 0, NULL, &saved), VC_OK);
    saved.frequency = VC_YEARLY;
    ck_assert_int_eq(vc_track_file_save(vct_scratch(), &saved), VC_OK);
    ck_assert_int_eq(vc_track_file_load(vct_scratch(), NULL, &loaded), VC_OK);
    same_track(&saved, &loaded);
    vc_track_free(&loaded);
    vc_track_free(&saved);
}
END_TEST

static vc_status load_bytes(const char *bytes, size_t n) {
    char path[512];
    vc_track track;
    snprintf(path, sizeof path, "%s/track.json", vct_scratch());
    FILE *f = fopen(path, "wb");
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    fclose(f);
    vc_status st = vc_track_file_load(vct_scratch(), NULL, &track);
    vc_track_free(&track);
    return st;
}

/* Every single byte counts, and so does the end. */
START_TEST(a_changed_byte_is_found) {
    vc_track track;
    char *text, hex[65], *whole;
    uint8_t digest[32];
    size_t n;
    make(NULL, &track);
    ck_assert_int_eq(vci_track_text_write(&track, &text, &n), VC_OK);
    vci_sha256(text, n, digest);
    vci_sha256_hex(digest, hex);
    whole = vci_text_format("%s\"sha256\": \"%s\"\n}\n", text, hex);
    size_t size = strlen(whole), foreign = sizeof VCI_TRACK_BEGIN - 1;
    ck_assert_int_eq(load_bytes(whole, size), VC_OK);
    for (size_t i = 0; i < size; i += i < foreign ? 1 : 7) {
        whole[i] ^= 1;
        ck_assert_int_eq(load_bytes(whole, size),
                         i < foreign ? VC_STORE_FOREIGN : VC_STORE_DAMAGED);
        whole[i] ^= 1;
    }
    for (size_t i = 0; i < size; i += 13)
        ck_assert_int_eq(load_bytes(whole, i),
                         i < foreign ? VC_STORE_FOREIGN : VC_STORE_DAMAGED);
    ck_assert_int_eq(load_bytes("", 0), VC_STORE_FOREIGN);
    vci_free(whole);
    vci_free(text);
    vc_track_free(&track);
}
END_TEST

static vc_status read_text(const char *text) {
    vc_track track;
    vc_status st = vci_track_text_read(text, text + strlen(text), &track);
    vc_track_free(&track);
    return st;
}

/* A digest that is right does not make a text right: the reader takes nothing on trust. */
START_TEST(any_text_is_read_without_harm) {
    vc_track track;
    char *text;
    size_t n;
    unsigned seed = 5;
    make(NULL, &track);
    ck_assert_int_eq(vci_track_text_write(&track, &text, &n), VC_OK);
    ck_assert_int_eq(read_text(text), VC_OK);
    for (size_t cut = 0; cut < n; cut++) {
        char kept = text[cut];
        text[cut] = 0;
        ck_assert_int_eq(read_text(text), VC_STORE_DAMAGED);
        text[cut] = kept;
    }
    for (int i = 0; i < 20000; i++) {
        size_t at = (size_t)(vct_random(&seed) * (double)n);
        char kept = text[at];
        text[at] = "0123456789-,[]\"\\n}e."[(size_t)(vct_random(&seed) * 20)];
        vc_status st = read_text(text); /* another digit is another record */
        ck_assert(st == VC_OK || st == VC_STORE_DAMAGED);
        text[at] = kept;
    }
    vci_free(text);
    vc_track_free(&track);
}
END_TEST

START_TEST(numbers_out_of_range_are_damage) {
    static const char *const changes[][2] = {
        {"\"frequency\": 12", "\"frequency\": 11"},
        {"\n[0,\"a\"]", "\n[7,\"a\"]"},              /* no such indicator */
        {"\"cells\": [\n[0,", "\"cells\": [\n[99,"}, /* no such forecaster */
        {"\"hits\": [\n[0,0,", "\"hits\": [\n[9,0,"},
        {"\"hits\": [\n[0,0,", "\"hits\": [\n[0,1,"}, /* another indicator's target */
        {"\"alarms\": [\n[2,", "\"alarms\": [\n[3,"},
        {"\"draws\": 2000", "\"draws\": -1"},
        {"\"draws\": 2000", "\"draws\": inf"},
        {"\"synthetic\": true", "\"synthetic\": maybe"},
    };
    vc_track track;
    char *text;
    size_t n;
    make(NULL, &track);
    ck_assert_int_eq(vci_track_text_write(&track, &text, &n), VC_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char *at = strstr(text, changes[i][0]);
        ck_assert_msg(at, "%s", changes[i][0]);
        char *other = vci_text_format("%.*s%s%s", (int)(at - text), text, changes[i][1],
                                      at + strlen(changes[i][0]));
        ck_assert_msg(read_text(other) == VC_STORE_DAMAGED, "%s", changes[i][1]);
        vci_free(other);
    }
    vci_free(text);
    vc_track_free(&track);
}
END_TEST

START_TEST(no_memory_is_said_and_leaves_nothing) {
    vc_track saved, loaded;
    make(NULL, &saved);
    ck_assert_int_eq(vc_track_file_save(vct_scratch(), &saved), VC_OK);
    for (long calls = 0;; calls++) {
        vci_memory_fail_at(calls);
        vc_status st = vc_track_file_load(vct_scratch(), NULL, &loaded);
        vci_memory_fail_at(-1);
        vc_track_free(&loaded);
        if (st == VC_OK) break;
        ck_assert_int_eq(st, VC_NO_MEMORY);
    }
    for (long calls = 0;; calls++) {
        vci_memory_fail_at(calls);
        vc_status st = vc_track_file_save(vct_scratch(), &saved);
        vci_memory_fail_at(-1);
        if (st == VC_OK) break;
        ck_assert_int_eq(st, VC_NO_MEMORY);
    }
    vc_track_free(&saved);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(what_is_saved_is_loaded),         VCT(an_empty_record_is_one_too),
        VCT(a_changed_byte_is_found),         VCT(any_text_is_read_without_harm),
        VCT(numbers_out_of_range_are_damage), VCT(no_memory_is_said_and_leaves_nothing)};
    return vct_run("store/track_file", tests, VCT_COUNT(tests));
}
