/* P(met) in the words of the leaders' page. */
#ifndef VITALCAST_VERDICT_H
#define VITALCAST_VERDICT_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/*
 * Verdicts: X(constant, name in JSON). P(met) is rounded to 5 % first, halves upwards; then
 * each edge belongs to the word above it: 95 and 100 are `practically certain`, 80 to 90
 * `likely`, 60 to 75 `rather likely`, 40 to 55 `open`, 20 to 35 `rather unlikely`, 5 to 15
 * `unlikely`, 0 `practically out of reach`. `met` and `not met` are facts: years whose
 * records are all final.
 */
#define VC_VERDICT_LIST(X)                                                                 \
    X(VC_VERDICT_NONE, "none")                                                             \
    X(VC_VERDICT_MET, "met")                                                               \
    X(VC_VERDICT_CERTAIN, "practically_certain")                                           \
    X(VC_VERDICT_LIKELY, "likely")                                                         \
    X(VC_VERDICT_RATHER_LIKELY, "rather_likely")                                           \
    X(VC_VERDICT_OPEN, "open")                                                             \
    X(VC_VERDICT_RATHER_UNLIKELY, "rather_unlikely")                                       \
    X(VC_VERDICT_UNLIKELY, "unlikely")                                                     \
    X(VC_VERDICT_OUT_OF_REACH, "practically_out_of_reach")                                 \
    X(VC_VERDICT_NOT_MET, "not_met")

typedef enum vc_verdict {
#define X(constant, name) constant,
    VC_VERDICT_LIST(X)
#undef X
        VC_VERDICTS
} vc_verdict;

/** "practically_certain", "likely", ... */
VC_API const char *vc_verdict_name(vc_verdict verdict);

/**
 * The word for a probability. settled: nothing can change any more.
 *
 * VC_VERDICT_NONE for NaN.
 */
VC_API vc_verdict vc_verdict_of(double p_met, bool settled);

VC_END_DECLS

#endif
