/* `warnings:` of workspace.yaml: limits of P(met), and how slowly a level goes. */
#include "data/workspace_internal.h"

/* Each worse level begins lower. */
static void check_order(vci_yaml_reader *reader, const vci_yaml *warnings,
                        const vc_warning_rules *rules) {
    for (int l = VC_WARNING_ORANGE; l < VC_WARNING_LEVELS; l++)
        if (!(rules->below[l] < rules->below[l - 1]))
            vci_yaml_fault(reader, warnings, "S07", NULL, VCI_TEXT_WARNING_ORDER,
                           vc_warning_level_name((vc_warning_level)l), rules->below[l],
                           vc_warning_level_name((vc_warning_level)(l - 1)),
                           rules->below[l - 1]);
}

void vci_workspace_warnings_read(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    static const char *const known[] = {"yellow", "orange", "red", "margin", "periods"};
    vc_warning_rules *rules = &w->warnings;
    int64_t periods;
    *rules = vc_warning_rules_default();
    vci_yaml *warnings = vci_yaml_mapping(reader, root, "warnings");
    if (!warnings) return;
    periods = rules->stands_for;
    for (int l = VC_WARNING_YELLOW; l < VC_WARNING_LEVELS; l++)
        vci_yaml_number(reader, warnings, vc_warning_level_name((vc_warning_level)l), 0, 1,
                        &rules->below[l]);
    vci_yaml_number(reader, warnings, "margin", 0, 0.5, &rules->margin);
    vci_yaml_integer(reader, warnings, "periods", 1, 12, &periods);
    rules->stands_for = (int32_t)periods;
    check_order(reader, warnings, rules);
    vci_yaml_unknown(reader, warnings, sizeof known / sizeof *known, known);
}
