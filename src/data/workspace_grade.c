/* `grade:` of workspace.yaml: what is normal and what is clearly off, by indicator. */
#include "data/workspace_internal.h"

/* Sex ratios at birth beyond these are those of no place. */
#define LOWEST_RATIO 90
#define HIGHEST_RATIO 200
#define LEAST_MARGIN 0.1
#define MOST_MARGIN 50

const char *vc_graded_name(vc_graded graded) {
    static const char *const names[VC_GRADED] = {
#define X(name, indicator) indicator,
        VC_GRADED_LIST(X)
#undef X
    };
    return names[graded];
}

vc_grade_rules vc_grade_rules_default(void) {
    vc_grade_rules rules = {.normal = 106, .off = 115};
    for (int i = 0; i < VC_GRADED; i++) rules.margin[i] = 5;
    return rules;
}

static void read_sex_ratio(vci_yaml_reader *reader, vci_yaml *at, vc_grade_rules *rules) {
    static const char *const known[] = {"normal", "off"};
    double normal = rules->normal, off = rules->off;
    vci_yaml_number(reader, at, known[0], LOWEST_RATIO, HIGHEST_RATIO, &normal);
    vci_yaml_number(reader, at, known[1], LOWEST_RATIO, HIGHEST_RATIO, &off);
    vci_yaml_unknown(reader, at, 2, known);
    if (!(normal < off)) {
        const vci_yaml *place = vci_yaml_get(at, known[1]);
        vci_yaml_fault(reader, place ? place : vci_yaml_get(at, known[0]), "S01", NULL,
                       VCI_TEXT_GRADE_ORDER, off, normal);
        return;
    }
    rules->normal = normal;
    rules->off = off;
}

static void read_margin(vci_yaml_reader *reader, vci_yaml *at, double *margin) {
    static const char *const known[] = {"margin"};
    vci_yaml_number(reader, at, known[0], LEAST_MARGIN, MOST_MARGIN, margin);
    vci_yaml_unknown(reader, at, 1, known);
}

void vci_workspace_grade_read(vci_yaml_reader *reader, vci_yaml *root,
                              vc_workspace *workspace) {
    const char *known[VC_GRADED];
    vci_yaml *grade = vci_yaml_mapping(reader, root, "grade");
    if (!grade) return;
    for (int i = 0; i < VC_GRADED; i++) {
        known[i] = vc_graded_name((vc_graded)i);
        vci_yaml *at = vci_yaml_mapping(reader, grade, known[i]);
        if (at && i == VC_GRADED_SEX_RATIO)
            read_sex_ratio(reader, at, &workspace->grade);
        else if (at)
            read_margin(reader, at, &workspace->grade.margin[i]);
    }
    vci_yaml_unknown(reader, grade, VC_GRADED, known);
}
