/*
 * The program without complementary suppression, linked with --wrap=vc_suppression_find:
 * what test_attack.sh has to find small cells in.
 */
#include "assess/suppression_internal.h"

vc_status __wrap_vc_suppression_find(const vc_run *run, vc_suppression *suppression);

vc_status __wrap_vc_suppression_find(const vc_run *run, vc_suppression *suppression) {
    return vci_suppression_find(run, false, suppression);
}
