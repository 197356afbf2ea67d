/* What is normal and clearly off, among the settings of constant_data. */
#include "store/groups_internal.h"

static vci_h5_variable sex_ratio(void) {
    return (vci_h5_variable){.name = "grade_sex_ratio",
                             .type = VCI_H5_DOUBLE,
                             .rank = 1,
                             .size = {2},
                             .dim = {"grade_reference"},
                             .en = "sex ratio at birth: normal, clearly off",
                             .zh = "出生人口性别比：正常值，明显偏离值"};
}

static vci_h5_variable margin(void) {
    return (vci_h5_variable){.name = "grade_margin",
                             .type = VCI_H5_DOUBLE,
                             .rank = 1,
                             .size = {VC_GRADED},
                             .dim = {"graded"},
                             .units = "percent",
                             .en = "margin around the target by indicator",
                             .zh = "各指标围绕目标值的界限"};
}

vc_status vci_grade_write(hid_t group, const vc_settings *settings) {
    vc_status st = VC_OK;
    double pair[] = {settings->grade.normal, settings->grade.off};
    vci_h5_variable v = sex_ratio(), m = margin();
    VC_TRY(vci_h5_dimension(group, "grade_reference", 2));
    VC_TRY(vci_h5_dimension(group, "graded", VC_GRADED));
    VC_TRY(vci_h5_write(group, &v, pair));
    VC_TRY(vci_h5_write(group, &m, settings->grade.margin));
out:
    return st;
}

vc_status vci_grade_read(hid_t group, vc_settings *settings) {
    vc_status st = VC_OK;
    double pair[2];
    vci_h5_variable v = sex_ratio(), m = margin();
    settings->grade = vc_grade_rules_default();
    if (!vci_h5_has(group, v.name)) goto out; /* stored before there were grades */
    VC_TRY(vci_h5_read(group, &v, pair));
    VC_TRY(vci_h5_read(group, &m, settings->grade.margin));
    settings->grade.normal = pair[0];
    settings->grade.off = pair[1];
out:
    return st;
}
