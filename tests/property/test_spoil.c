/*
 * The bad-input catalogue (support/catalogue.def): every kind over units, rows, columns and
 * layouts, with its exact place, and what is read beside the tables: models, scenarios, run
 * files, the command line ($VITALCAST is the program); and sound ones of each, which must
 * not be refused. VC_TEST_MULTIPLIER lengthens it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

#define CASES 9     /* of each kind */
#define MOST_TOLD 3 /* wrong cases of each kind that are shown */

typedef struct kind {
    const char *id, *verdict, *words;
    void (*spoil)(vct_world *);
    uint64_t needs;
    const char *reason; /* why it is left out; NULL: it is covered */
} kind;

static const kind kinds[] = {
#define COVERED(id, verdict, function, needs, words)                                       \
    {#id, verdict, words, vct_spoil_##function, needs, NULL},
#define LEFT_OUT(id, words, reason) {#id, "", words, NULL, 0, reason},
#include "support/catalogue.def"
#undef COVERED
#undef LEFT_OUT
};

#define N_KINDS (sizeof kinds / sizeof *kinds)

static double multiplier(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    double factor = text ? strtod(text, NULL) : 1;
    return factor > 0 ? factor : 1;
}

/* VCT_KIND=N07 runs one kind alone. */
static bool is_wanted(const kind *k) {
    const char *only = getenv("VCT_KIND");
    return k->spoil && (!only || strcmp(only, k->id) == 0);
}

static vct_world world;

static bool run_case(const kind *k, size_t turn, char *why, size_t size) {
    uint64_t seed = (uint64_t)(k - kinds) * 100000 + turn;
    vct_world_make(&world, seed, turn, k->needs);
    if (!vct_sound(&world, why, size)) return false;
    k->spoil(&world);
    return vct_answered(&world, why, size);
}

/* All cases of the kinds whose id begins with a letter; the number that were run. */
static void run_section(char letter) {
    size_t n_cases = 0, n_failed = 0, each = (size_t)(CASES * multiplier());
    static char why[4096];
    for (size_t i = 0; i < N_KINDS; i++) {
        if (kinds[i].id[0] != letter || !is_wanted(&kinds[i])) continue;
        size_t n_wrong = 0;
        for (size_t turn = 0; turn < each; turn++, n_cases++) {
            if (run_case(&kinds[i], turn, why, sizeof why)) continue;
            if (n_wrong++ < MOST_TOLD)
                printf("  %s, case %zu (%s): %s\n", kinds[i].id, turn, world.note, why);
        }
        n_failed += n_wrong;
    }
    printf("  section %c: %zu cases, %zu wrong\n", letter, n_cases, n_failed);
    fflush(stdout);
    ck_assert_msg(n_failed == 0, "%zu of %zu cases", n_failed, n_cases);
}

START_TEST(files) { run_section('F'); }
END_TEST
START_TEST(forms_of_tables) { run_section('T'); }
END_TEST
START_TEST(numbers) { run_section('N'); }
END_TEST
START_TEST(periods) { run_section('M'); }
END_TEST
START_TEST(meaning_of_counts) { run_section('C'); }
END_TEST
START_TEST(units_and_hierarchy) { run_section('U'); }
END_TEST
START_TEST(settings_and_targets) { run_section('S'); }
END_TEST

/* Each kind stands in the table once: covered, or left out with a reason. */
START_TEST(every_kind_is_accounted_for) {
    static const char letters[] = "FTNMCUS";
    static const int sizes[] = {14, 14, 14, 15, 14, 11, 14};
    size_t at = 0, n_left = 0;
    for (size_t s = 0; letters[s]; s++)
        for (int number = 1; number <= sizes[s]; number++, at++) {
            char id[8];
            snprintf(id, sizeof id, "%c%02d", letters[s], number);
            ck_assert_msg(at < N_KINDS && strcmp(kinds[at].id, id) == 0, "%s is missing",
                          id);
            ck_assert_msg(kinds[at].spoil || kinds[at].reason[0], "%s has no reason", id);
        }
    ck_assert_uint_eq(at, N_KINDS);
    for (size_t i = 0; i < N_KINDS; i++) n_left += kinds[i].spoil == NULL;
    printf("  %zu kinds: %zu covered, %zu not:\n", N_KINDS, N_KINDS - n_left, n_left);
    for (size_t i = 0; i < N_KINDS; i++)
        if (!kinds[i].spoil)
            printf("    %s %s: %s\n", kinds[i].id, kinds[i].words, kinds[i].reason);
    fflush(stdout);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_kind_is_accounted_for),
                                     VCT(files),
                                     VCT(forms_of_tables),
                                     VCT(numbers),
                                     VCT(periods),
                                     VCT(meaning_of_counts),
                                     VCT(units_and_hierarchy),
                                     VCT(settings_and_targets)};
    return vct_run("property/spoil", tests, VCT_COUNT(tests));
}
