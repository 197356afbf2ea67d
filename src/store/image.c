/*
 * HDF5 works in memory only; the bytes are written by our own code. (HDF5 1.10 writing to a
 * full disk by itself crashes in its exit handler, and a killed writer leaves a file that
 * nothing opens.)
 */
#include "store/image_internal.h"

#include "assess/run_internal.h"
#include "store/groups_internal.h"

static vc_status write_groups(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    VC_TRY(vci_root_write(file, run));
    VC_TRY(vci_units_write(file, run));
    VC_TRY(vci_observed_write(file, run));
    VC_TRY(vci_declared_write(file, run));
    VC_TRY(vci_targets_write(file, run));
    VC_TRY(vci_posterior_write(file, run));
    VC_TRY(vci_peers_write(file, run));
    VC_TRY(vci_others_write(file, run));
    VC_TRY(vci_predictions_write(file, run));
    VC_TRY(vci_assessment_write(file, run));
    VC_TRY(vci_scorecards_write(file, run));
    VC_TRY(vci_rankings_write(file, run));
    VC_TRY(vci_changed_write(file, run));
    VC_TRY(vci_scenario_write(file, run));
out:
    return st;
}

static vc_status read_groups(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    VC_TRY(vci_root_read(file, run));
    VC_TRY(vci_units_read(file, run));
    VC_TRY(vci_observed_read(file, run));
    vci_run_tell_panel(run);
    VC_TRY(vci_declared_read(file, run));
    VC_TRY(vci_targets_read(file, run));
    VC_TRY(vci_posterior_read(file, run));
    VC_TRY(vci_peers_read(file, run));
    VC_TRY(vci_others_read(file, run));
    VC_TRY(vci_predictions_read(file, run));
    VC_TRY(vci_assessment_read(file, run));
    VC_TRY(vci_scorecards_read(file, run));
    VC_TRY(vci_rankings_read(file, run));
    VC_TRY(vci_changed_read(file, run));
    VC_TRY(vci_scenario_read(file, run));
    VC_TRY(vci_run_check(run));
out:
    return st;
}

vc_status vci_image_write(const vc_run *run, unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    hid_t file = -1;
    vci_h5_silence silence = vci_h5_silence_begin();
    *bytes = NULL;
    VC_TRY(vci_h5_image_create(&file));
    VC_TRY(write_groups(file, run));
    VC_TRY(vci_h5_image_bytes(file, bytes, n));
out:
    vci_h5_close(file);
    vci_h5_silence_end(silence);
    return st;
}

vc_status vci_image_read(void *bytes, size_t n, vc_run *run) {
    vc_status st = VC_OK;
    hid_t file = -1;
    vci_h5_silence silence = vci_h5_silence_begin();
    *run = (vc_run){0};
    VC_TRY(vci_h5_image_open(bytes, n, &file));
    VC_TRY(read_groups(file, run));
out:
    vci_h5_close(file);
    vci_h5_silence_end(silence);
    return st;
}
