/* CHECK_CLOSE(got, want, rel, abs): |got - want| <= max(abs, rel * |want|), NaN-aware. */
#ifndef VCT_CLOSE_H
#define VCT_CLOSE_H

#include <check.h>

/*
 * Check writes a note of each assertion that holds, so that a crash can name the last one.
 * In loops over thousands of draws that takes most of a test's time; where a crash came
 * from, the sanitizers say.
 */
#undef ck_assert_msg
#define ck_assert_msg(expression, ...)                                                     \
    ((expression) ? (void)0                                                                \
                  : _ck_assert_failed(__FILE__, __LINE__,                                  \
                                      "Assertion '" #expression "' failed", __VA_ARGS__))
#include <stdbool.h>

/* NaN is close to NaN only, an infinity to itself only. */
bool vct_close(double got, double want, double rel, double abs);

#define CHECK_CLOSE(got, want, rel, abs)                                                   \
    do {                                                                                   \
        double got_ = (got), want_ = (want), rel_ = (rel), abs_ = (abs);                   \
        if (!vct_close(got_, want_, rel_, abs_))                                           \
            ck_abort_msg("%s is %.17g, want %.17g (rel %g, abs %g)", #got, got_, want_,    \
                         rel_, abs_);                                                      \
    } while (0)

#endif
