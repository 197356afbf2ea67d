#include "vitalcast/verdict.h"

#include <math.h>

#include "assess/verdict_internal.h"

/* Words go by twentieths: what a meeting can tell apart. */
#define STEPS 20

static const struct {
    int at_least; /* twentieths */
    vc_verdict verdict;
} words[] = {
    {19, VC_VERDICT_CERTAIN},        {16, VC_VERDICT_LIKELY},
    {12, VC_VERDICT_RATHER_LIKELY},  {8, VC_VERDICT_OPEN},
    {4, VC_VERDICT_RATHER_UNLIKELY}, {1, VC_VERDICT_UNLIKELY},
    {0, VC_VERDICT_OUT_OF_REACH},
};

const char *vc_verdict_name(vc_verdict verdict) {
    static const char *const names[VC_VERDICTS] = {
#define X(constant, name) name,
        VC_VERDICT_LIST(X)
#undef X
    };
    return names[verdict];
}

vc_verdict vc_verdict_of(double p_met, bool settled) {
    if (isnan(p_met)) return VC_VERDICT_NONE;
    if (settled && p_met >= 1) return VC_VERDICT_MET;
    if (settled && p_met <= 0) return VC_VERDICT_NOT_MET;
    int steps = (int)floor(STEPS * p_met + 0.5);
    size_t i = 0;
    while (steps < words[i].at_least) i++;
    return words[i].verdict;
}

vci_text vci_verdict_words(const vc_result *result) {
    static const vci_text texts[VC_VERDICTS] = {
        [VC_VERDICT_NONE] = VCI_TEXT_LISTS_VERDICT_NONE,
        [VC_VERDICT_MET] = VCI_TEXT_LISTS_VERDICT_MET,
        [VC_VERDICT_CERTAIN] = VCI_TEXT_LISTS_VERDICT_CERTAIN,
        [VC_VERDICT_LIKELY] = VCI_TEXT_LISTS_VERDICT_LIKELY,
        [VC_VERDICT_RATHER_LIKELY] = VCI_TEXT_LISTS_VERDICT_RATHER_LIKELY,
        [VC_VERDICT_OPEN] = VCI_TEXT_LISTS_VERDICT_OPEN,
        [VC_VERDICT_RATHER_UNLIKELY] = VCI_TEXT_LISTS_VERDICT_RATHER_UNLIKELY,
        [VC_VERDICT_UNLIKELY] = VCI_TEXT_LISTS_VERDICT_UNLIKELY,
        [VC_VERDICT_OUT_OF_REACH] = VCI_TEXT_LISTS_VERDICT_OUT_OF_REACH,
        [VC_VERDICT_NOT_MET] = VCI_TEXT_LISTS_VERDICT_NOT_MET,
    };
    return texts[vc_verdict_of(result->p_met, result->settled)];
}
