/* Attributes of the file itself. Nothing here may differ between identical runs. */
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/text_internal.h"
#include "store/groups_internal.h"

/* Raised when an old program could misread a new file. */
#define FORMAT 6

static vc_status write_identity(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    const vc_settings *s = &run->settings;
    char as_of[VC_PERIOD_TEXT];
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    VC_TRY(vci_h5_put_text(file, "Conventions", "CF-1.8"));
    VC_TRY(vci_h5_put_text(file, "program", "vitalcast"));
    VC_TRY(vci_h5_put_text(file, "version", VC_VERSION_STRING));
    VC_TRY(vci_h5_put_text(file, "title", vci_text_get(VCI_TEXT_STORE_TITLE, VC_ENGLISH)));
    VC_TRY(
        vci_h5_put_text(file, "title_zh", vci_text_get(VCI_TEXT_STORE_TITLE, VC_CHINESE)));
    VC_TRY(
        vci_h5_put_text(file, "notice", vci_text_get(VCI_TEXT_STORE_NOTICE, VC_ENGLISH)));
    VC_TRY(vci_h5_put_text(file, "notice_zh",
                           vci_text_get(VCI_TEXT_STORE_NOTICE, VC_CHINESE)));
    VC_TRY(vci_h5_put_text(file, "confidentiality",
                           vci_text_get(VCI_TEXT_STORE_INTERNAL, VC_ENGLISH)));
    VC_TRY(vci_h5_put_text(file, "confidentiality_zh",
                           vci_text_get(VCI_TEXT_STORE_INTERNAL, VC_CHINESE)));
    VC_TRY(vci_h5_put_text(file, "as_of", as_of));
    VC_TRY(vci_h5_put_text(file, "workspace", s->name ? s->name : ""));
    VC_TRY(vci_h5_put_text(file, "source", s->source));
    VC_TRY(vci_h5_put_text(file, "basis", s->basis));
out:
    return st;
}

vc_status vci_root_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    int32_t format = FORMAT, frequency = (int32_t)run->panel.frequency, as_of = run->as_of;
    int32_t first = run->panel.first;
    uint64_t draws = run->n_draws;
    unsigned char synthetic = run->settings.synthetic;
    char digest[65];
    for (int i = 0; i < 32; i++) snprintf(digest + 2 * i, 3, "%02x", run->panel.digest[i]);
    VC_TRY(write_identity(file, run));
    VC_TRY(vci_h5_put_number(file, "format", VCI_H5_INT32, &format));
    VC_TRY(vci_h5_put_number(file, "frequency", VCI_H5_INT32, &frequency));
    VC_TRY(vci_h5_put_number(file, "as_of_period", VCI_H5_INT32, &as_of));
    VC_TRY(vci_h5_put_number(file, "first_period", VCI_H5_INT32, &first));
    VC_TRY(vci_h5_put_number(file, "seed", VCI_H5_UINT64, &run->seed));
    VC_TRY(vci_h5_put_number(file, "draws", VCI_H5_UINT64, &draws));
    VC_TRY(vci_h5_put_number(file, "synthetic", VCI_H5_BYTE, &synthetic));
    VC_TRY(vci_h5_put_text(file, "data_sha256", digest));
out:
    return st;
}

static vc_status read_digest(hid_t file, uint8_t digest[32]) {
    vc_status st = VC_OK;
    char *text = NULL;
    VC_TRY(vci_h5_get_text(file, "data_sha256", &text));
    if (!text || strlen(text) != 64) VC_FAIL(VC_STORE_DAMAGED, "data_sha256");
    for (size_t i = 0; i < 32; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1)
            VC_FAIL(VC_STORE_DAMAGED, "data_sha256");
        digest[i] = (uint8_t)byte;
    }
out:
    vci_free(text);
    return st;
}

vc_status vci_root_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    int32_t format, frequency;
    uint64_t draws;
    unsigned char synthetic;
    char *program = NULL;
    VC_TRY(vci_h5_get_text(file, "program", &program));
    if (!program || strcmp(program, "vitalcast"))
        VC_FAIL(VC_STORE_FOREIGN, "not written by vitalcast");
    VC_TRY(vci_h5_get_number(file, "format", VCI_H5_INT32, &format));
    if (format != FORMAT)
        VC_FAIL(VC_STORE_FOREIGN, "format %d, expected %d", format, FORMAT);
    VC_TRY(vci_h5_get_number(file, "frequency", VCI_H5_INT32, &frequency));
    if (frequency != VC_MONTHLY && frequency != VC_QUARTERLY && frequency != VC_YEARLY)
        VC_FAIL(VC_STORE_DAMAGED, "frequency %d", frequency);
    run->panel.frequency = (vc_frequency)frequency;
    VC_TRY(vci_h5_get_number(file, "as_of_period", VCI_H5_INT32, &run->as_of));
    VC_TRY(vci_h5_get_number(file, "first_period", VCI_H5_INT32, &run->panel.first));
    VC_TRY(vci_h5_get_number(file, "seed", VCI_H5_UINT64, &run->seed));
    VC_TRY(vci_h5_get_number(file, "draws", VCI_H5_UINT64, &draws));
    VC_TRY(vci_h5_get_number(file, "synthetic", VCI_H5_BYTE, &synthetic));
    VC_TRY(vci_h5_get_text(file, "workspace", &run->settings.name));
    VC_TRY(vci_h5_get_text(file, "source", &run->settings.source));
    VC_TRY(vci_h5_get_text(file, "basis", &run->settings.basis));
    VC_TRY(read_digest(file, run->panel.digest));
    run->n_draws = (size_t)draws;
    run->settings.synthetic = synthetic != 0;
out:
    vci_free(program);
    return st;
}
