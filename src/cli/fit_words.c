#include "cli/fit_words_internal.h"

#include "vitalcast/role.h"

const char *vci_fit_subject(const vc_run *run, const vc_fit *fit, vc_language language) {
    static const vci_text texts[] = {
        [VC_ROLE_BIRTHS] = VCI_TEXT_CLI_BIRTHS,
        [VC_ROLE_SEX] = VCI_TEXT_CLI_SEX_RATIO,
        [VC_ROLE_DEATHS] = VCI_TEXT_CLI_DEATHS,
        [VC_ROLE_COMPLIANCE] = VCI_TEXT_CLI_COMPLIANCE,
        [VC_ROLE_ARRIVALS] = VCI_TEXT_CLI_ARRIVALS,
        [VC_ROLE_DEPARTURES] = VCI_TEXT_CLI_DEPARTURES,
    };
    const char *series = vc_run_fit_series(run, fit);
    return series ? series : vci_text_get(texts[vc_role_find(fit->role)], language);
}
