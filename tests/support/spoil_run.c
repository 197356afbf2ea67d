/* Run files: damaged ones, and those of other programs and versions. */
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/sha256_internal.h"
#include "store/bytes_internal.h"
#include "store/sidecar_internal.h"
#include "support/harness.h"
#include "support/spoil.h"
#include "unit/store/made_run.h"
#include "vitalcast/store.h"

/* A status is told as a finding: its name, what it means, and the values behind it. */
static vc_status read_run(const vct_world *w, const vc_panel *panel,
                          vc_findings *findings) {
    char path[512];
    vc_run run;
    (void)panel;
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), w->other.file);
    vc_status st = vc_store_load(vct_scratch(), path, &run);
    vc_run_free(&run);
    if (st == VC_OK) return st;
    char *kind = vci_text_format("exit %d", vc_status_exit_code(st));
    vc_status told = vci_finding_add(findings, VC_FAULT, kind, (vci_place){path, 0, 0},
                                     vc_status_detail(), VCI_TEXT_AS_IT_IS,
                                     vc_status_text(st, findings->language));
    vci_free(kind);
    return told == VC_OK ? st : told;
}

static void put_bytes(vct_world *w, const char *file, const void *bytes, size_t n) {
    FILE *f = fopen(vct_path(w, file), "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static const char *sidecar_of(vct_world *w) {
    return vct_text(w, "%.*s.json", (int)strlen(w->other.file) - 3, w->other.file);
}

/* Made runs have any shape; their file is the one that the store wrote. */
static void make_run(vct_world *w, uint64_t seed) {
    vc_run run;
    bool already;
    made_run((uint32_t)seed, &run);
    ck_assert_int_eq(vc_store_save(vct_path(w, "runs"), &run, 1, 0, &already), VC_OK);
    w->other.file = vct_text(w, "runs/%s.h5", run.id);
    w->other.seed = seed;
    vc_run_free(&run);
}

void vct_run_make(vct_world *w) {
    w->other.read = read_run;
    make_run(w, 1 + vct_below(w, 500));
}

static void expect_refusal(vct_world *w, vc_status st) {
    const char *name = strrchr(w->other.file, '/') + 1;
    vct_expected *e = vct_expect_at(w, VC_FAULT, "exit 3", VCT_OTHER, 0, 0);
    w->other.refusal = st;
    e->file = name;
    for (int l = 0; l < VC_LANGUAGES; l++) e->said[l] = vc_status_text(st, (vc_language)l);
}

static char *bytes_of(vct_world *w, const char *file, size_t *n) {
    char *bytes = NULL;
    ck_assert_int_eq(vci_bytes_read(vct_path(w, file), (size_t)64 << 20, &bytes, n), VC_OK);
    return bytes;
}

static void flip_bit(vct_world *w) {
    size_t n;
    char *bytes = bytes_of(w, w->other.file, &n);
    size_t at = vct_below(w, n);
    bytes[at] = (char)(bytes[at] ^ (1 << vct_below(w, 8)));
    put_bytes(w, w->other.file, bytes, n);
    snprintf(w->note, sizeof w->note, "a bit of byte %zu of %zu", at, n);
    vci_free(bytes);
}

static void cut(vct_world *w) {
    size_t n;
    char *bytes = bytes_of(w, w->other.file, &n);
    size_t left = w->turn % 2 ? vct_below(w, n) : n - 1;
    put_bytes(w, w->other.file, bytes, left);
    snprintf(w->note, sizeof w->note, "%zu of %zu bytes", left, n);
    vci_free(bytes);
}

/* The digest of the sidecar with one digit changed. */
static void change_digest(vct_world *w) {
    size_t n;
    char *text = bytes_of(w, sidecar_of(w), &n);
    char *digit = strstr(text, "\"sha256\": \"") + 11 + vct_below(w, 64);
    *digit = *digit == '0' ? '1' : '0';
    put_bytes(w, sidecar_of(w), text, n);
    snprintf(w->note, sizeof w->note, "a digit of the sidecar");
    vci_free(text);
}

static void lose_sidecar(vct_world *w) {
    ck_assert_int_eq(unlink(vct_path(w, sidecar_of(w))), 0);
    snprintf(w->note, sizeof w->note, "no sidecar");
}

static void rename_to(vct_world *w, const char *from, const char *to) {
    ck_assert_int_eq(rename(vct_path(w, from), vct_path(w, to)), 0);
    w->other.file = to;
    snprintf(w->note, sizeof w->note, "%s as %s", from, to);
}

static void rename_alone(vct_world *w) {
    rename_to(w, w->other.file, "runs/2013-07-0123456789ab.h5");
}

/* Under the name of another run, whose sidecar is there. */
static void rename_to_another(vct_world *w) {
    const char *from = w->other.file;
    make_run(w, w->other.seed + 1000);
    rename_to(w, from, w->other.file);
}

/* --- with a digest that is right -------------------------------------------------------
 */

/* An attribute of the file itself, in place of the one that it has. */
static void set_attribute(vct_world *w, const char *name, hid_t type, const void *value) {
    hid_t file = H5Fopen(vct_path(w, w->other.file), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t space = H5Screate(H5S_SCALAR);
    ck_assert(file >= 0 && space >= 0 && H5Adelete(file, name) >= 0);
    hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert(attribute >= 0 && H5Awrite(attribute, type, value) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Fclose(file);
}

static void set_text(vct_world *w, const char *name, const char *text) {
    hid_t type = H5Tcopy(H5T_C_S1);
    ck_assert(H5Tset_size(type, strlen(text)) >= 0);
    ck_assert(H5Tset_cset(type, H5T_CSET_UTF8) >= 0);
    ck_assert(H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0);
    set_attribute(w, name, type, text);
    H5Tclose(type);
    snprintf(w->note, sizeof w->note, "%s is %s", name, text);
}

/* The sidecar of the bytes as they are now. */
static void sign(vct_world *w) {
    vc_run run;
    uint8_t digest[32];
    char sha256[65], *text = NULL;
    size_t n;
    char *bytes = bytes_of(w, w->other.file, &n);
    vci_sha256((const unsigned char *)bytes, n, digest);
    vci_sha256_hex(digest, sha256);
    made_run((uint32_t)w->other.seed, &run);
    ck_assert_int_eq(vci_sidecar_format(&run, sha256, n, 1, 0, &text), VC_OK);
    put_bytes(w, sidecar_of(w), text, strlen(text));
    vc_run_free(&run);
    vci_free(text);
    vci_free(bytes);
}

/* Another version of the program may read it, as long as the format is the same. */
static void change_version(vct_world *w) {
    static const char *const versions[] = {"0.0.9", "7.12.0-rc1", "x"};
    set_text(w, "version", versions[w->turn / 9 % 3]);
    sign(w);
}

static void change_program(vct_world *w) {
    set_text(w, "program", "another");
    sign(w);
}

static void change_format(vct_world *w) {
    int32_t format = w->turn / 9 % 2 ? 1 : 1000;
    set_attribute(w, "format", H5T_STD_I32LE, &format);
    sign(w);
    snprintf(w->note, sizeof w->note, "format %d", (int)format);
}

/* Numbers of the other byte order are none that this program writes, on any machine. */
static void turn_around(vct_world *w) {
    static const uint64_t seed = 7;
    set_attribute(w, "seed", H5T_STD_U64BE, &seed);
    sign(w);
    snprintf(w->note, sizeof w->note, "the seed in the other byte order");
}

static void confuse(vct_world *w) {
    if (w->turn / 9 % 2)
        turn_around(w);
    else
        rename_to_another(w);
}

void vct_spoil_run_file(vct_world *w) {
    static const struct {
        void (*spoil)(vct_world *);
        vc_status answer;
    } forms[] = {{flip_bit, VC_STORE_DAMAGED},      {cut, VC_STORE_DAMAGED},
                 {lose_sidecar, VC_STORE_FOREIGN},  {rename_alone, VC_STORE_FOREIGN},
                 {change_version, VC_OK},           {change_format, VC_STORE_FOREIGN},
                 {change_digest, VC_STORE_DAMAGED}, {change_program, VC_STORE_FOREIGN},
                 {confuse, VC_STORE_DAMAGED}};
    size_t form = w->turn % VCT_COUNT(forms);
    forms[form].spoil(w);
    if (forms[form].answer != VC_OK) expect_refusal(w, forms[form].answer);
}
