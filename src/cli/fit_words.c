#include "cli/fit_words_internal.h"

#include <string.h>

vci_text vci_family_text(vc_family family) {
    static const vci_text texts[] = {
        [VC_POISSON] = VCI_TEXT_CLI_FAMILY_POISSON,
        [VC_NEGATIVE_BINOMIAL] = VCI_TEXT_CLI_FAMILY_NEGATIVE_BINOMIAL,
        [VC_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BINOMIAL,
        [VC_BETA_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BETA_BINOMIAL,
        [VC_NORMAL] = VCI_TEXT_CLI_FAMILY_NORMAL,
        [VC_LOG_NORMAL] = VCI_TEXT_CLI_FAMILY_LOG_NORMAL,
    };
    return texts[family];
}

const char *vci_fit_subject(const vc_run *run, const vc_fit *fit, vc_language language) {
    if (fit->unit != VC_NO_UNIT) return run->panel.values[fit->series].indicator;
    if (strcmp(fit->role, "births") == 0)
        return vci_text_get(VCI_TEXT_CLI_BIRTHS, language);
    if (strcmp(fit->role, "deaths") == 0)
        return vci_text_get(VCI_TEXT_CLI_DEATHS, language);
    if (strcmp(fit->role, "sex") == 0)
        return vci_text_get(VCI_TEXT_CLI_SEX_RATIO, language);
    return fit->role;
}
