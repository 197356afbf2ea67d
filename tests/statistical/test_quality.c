/*
 * The tests of a panel's quality on simulated honest counties, 100 times
 * $VC_TEST_MULTIPLIER: each is wrong as often as it says, within one point of 5 %, or four
 * standard errors (false alarm 6e-5) where a kind has too few tests for that; and what they
 * find of what is planted. METHODS.md has the figures of 1,000 counties.
 */
#include <math.h>
#include <stdlib.h>

#include "support/dishonest.h"
#include "support/harness.h"
#include "support/honest_county.h"

#define NOMINAL 0.05
#define POINT 0.01

/* So many times the multiplier. */
static unsigned times(unsigned n) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return n * (unsigned)(factor > 0 && factor <= 100 ? factor : 1);
}

/* Four standard errors of a share. */
static double noise(double share, double n) { return 4 * sqrt(share * (1 - share) / n); }

/* Tests of a kind that count: where no period can be empty nothing can be found. */
static bool counts(const vc_quality_check *c) {
    return !isnan(c->p) && !(c->kind == VC_QUALITY_ZEROS && c->expected < 1);
}

static vc_quality look(const vc_panel *panel) {
    vc_quality quality;
    ck_assert_int_eq(vc_quality_find(panel, NULL, NULL, &quality), VC_OK);
    return quality;
}

typedef struct rates {
    double n[VC_QUALITY_KINDS], wrong[VC_QUALITY_KINDS], counties_with_any;
} rates;

static rates honest_rates(const vct_county_options *options, unsigned counties) {
    rates r = {0};
    for (unsigned seed = 1; seed <= counties; seed++) {
        vc_panel panel;
        vct_honest_county(options, seed, &panel);
        vc_quality quality = look(&panel);
        for (size_t i = 0; i < quality.n; i++) {
            const vc_quality_check *c = &quality.checks[i];
            if (!counts(c)) continue;
            r.n[c->kind]++;
            r.wrong[c->kind] += c->p <= NOMINAL;
        }
        r.counties_with_any += quality.n_found > 0;
        vc_quality_free(&quality);
        vc_panel_free(&panel);
    }
    return r;
}

static void check_rates(const rates *r) {
    for (int kind = VC_QUALITY_EVEN_COUNTS; kind < VC_QUALITY_KINDS; kind++) {
        if (r->n[kind] < 100) continue;
        double rate = r->wrong[kind] / r->n[kind];
        ck_assert_msg(fabs(rate - NOMINAL) <= fmax(POINT, noise(NOMINAL, r->n[kind])),
                      "%s: %.4f of %.0f tests", vc_quality_kind_key((vc_quality_kind)kind),
                      rate, r->n[kind]);
    }
}

/*
 * As the registrations of Taiwan: the rates of all kinds; and of the counties, all of which
 * are honest, about 5 % have any finding (METHODS.md: 6 %).
 */
START_TEST(errors_of_the_first_kind) {
    vct_county_options options = vct_county_options_default();
    unsigned n = times(100);
    rates r = honest_rates(&options, n);
    check_rates(&r);
    ck_assert_double_le(r.counties_with_any / n, 0.06 + noise(0.06, n));
}
END_TEST

START_TEST(errors_without_over_dispersion_and_of_villages) {
    vct_county_options options = vct_county_options_default();
    options.dispersion = 0;
    rates r = honest_rates(&options, times(25));
    check_rates(&r);
    options = vct_county_options_default();
    options.births = 2;
    r = honest_rates(&options, times(25));
    check_rates(&r);
}
END_TEST

typedef struct plant {
    const char *name;
    vc_quality_kind kind;
    size_t unit;
    double births, spread;
    void (*put)(vc_panel *panel);
    double hit; /* power of the single test at 5 % */
    double listed;
} plant;

static void smooth(vc_panel *p) { vct_smooth(p, 1, 0.3); }
static void smooth_more(vc_panel *p) { vct_smooth(p, 1, 0.5); }
static void bunch(vc_panel *p) { vct_bunch(p, 107, 0.5); }
static void bunch_all(vc_panel *p) { vct_bunch(p, 107, 1); }
static void shift(vc_panel *p) { vct_shift(p, 1, 4, 0.15); }
static void shift_more(vc_panel *p) { vct_shift(p, 1, 4, 0.3); }
static void heap(vc_panel *p) { vct_heap(p, 1, 0.3); }

/* Powers are those of METHODS.md. */
static const plant PLANTS[] = {
    {"smooth 0.3", VC_QUALITY_EVEN_COUNTS, 1, 20, 0, smooth, 0.98, 0.64},
    {"smooth 0.5", VC_QUALITY_EVEN_COUNTS, 1, 20, 0, smooth_more, 0.99, 0.99},
    {"bunch 0.5", VC_QUALITY_BUNCHING, 0, 40, 0.3, bunch, 0.67, 0.18},
    {"bunch 1", VC_QUALITY_BUNCHING, 0, 40, 0.3, bunch_all, 0.98, 0.98},
    {"shift 0.15", VC_QUALITY_SHIFT, 1, 100, 0, shift, 0.39, 0},
    {"shift 0.3", VC_QUALITY_SHIFT, 1, 100, 0, shift_more, 0.92, 0.17},
    {"heap 0.3", VC_QUALITY_LAST_DIGITS, 1, 60, 0, heap, 0.99, 0.88},
};

/* The check that a plant is to be found by: of births, of the year that was touched. */
static bool concerns(const plant *p, const vc_quality_check *c) {
    if (c->kind != p->kind || c->unit != p->unit) return false;
    if (c->kind == VC_QUALITY_BUNCHING) return c->event == VC_BIRTHS_MALE;
    if (c->kind == VC_QUALITY_SHIFT && c->first != 2017 * 12 + 11) return false;
    return c->event == VC_BIRTHS;
}

static void check_power(const plant *p) {
    double hit = 0, listed = 0;
    unsigned n = times(20);
    vct_county_options options = vct_county_options_default();
    options.births = p->births;
    options.spread = p->spread;
    for (unsigned seed = 1; seed <= n; seed++) {
        vc_panel panel;
        bool wrong = false, found = false;
        vct_honest_county(&options, 5000 + seed, &panel);
        p->put(&panel);
        vc_quality quality = look(&panel);
        for (size_t i = 0; i < quality.n; i++) {
            if (!concerns(p, &quality.checks[i])) continue;
            wrong = wrong || quality.checks[i].p <= NOMINAL;
            found = found || quality.checks[i].found;
        }
        hit += wrong;
        listed += found;
        vc_quality_free(&quality);
        vc_panel_free(&panel);
    }
    ck_assert_msg(hit / n >= p->hit - noise(p->hit, n) - 0.01 &&
                      listed / n >= p->listed - noise(p->listed, n) - 0.01,
                  "%s: %.3f and %.3f", p->name, hit / n, listed / n);
}

START_TEST(power) {
    for (size_t i = 0; i < sizeof PLANTS / sizeof *PLANTS; i++) check_power(&PLANTS[i]);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(errors_of_the_first_kind),
                                     VCT(errors_without_over_dispersion_and_of_villages),
                                     VCT(power)};
    return vct_run("statistical/quality", tests, VCT_COUNT(tests));
}
