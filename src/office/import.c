/* One call: files, proposal, settings, figures, tables. */
#include "vitalcast/import.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "core/staged_internal.h"
#include "office/frequency_internal.h"
#include "office/tables_internal.h"

#define SETTINGS "import.yaml"
#define WORKSPACE "workspace.yaml"
#define MAX_SETTINGS 1000000

/* Everything that one call holds. */
typedef struct importing {
    const char *dir;
    const vc_import_options *options;
    vc_findings *findings;
    vc_import *import;
    size_t n_sources;
    vci_book *sources;
    bool declared;          /* there is a workspace.yaml … */
    vc_frequency frequency; /* … of this frequency */
    vci_settings settings;
    vci_known_units known;
    vci_figures figures;
    vci_months months;
    vci_outputs outputs;
    char *workspace; /* text of a workspace.yaml to be made; NULL: none */
} importing;

static void importing_free(importing *im) {
    for (size_t i = 0; i < im->n_sources; i++) vci_book_free(&im->sources[i]);
    vci_free(im->sources);
    vci_settings_free(&im->settings);
    vci_known_units_free(&im->known);
    vci_figures_free(&im->figures);
    vci_months_free(&im->months);
    vci_outputs_free(&im->outputs);
    vci_free(im->workspace);
}

void vc_import_free(vc_import *import) {
    vci_free(import->settings);
    vci_free(import->text);
    vci_free(import->workspace);
    memset(import, 0, sizeof *import);
}

static vc_status path_in(const char *dir, const char *name, char **path) {
    *path = vci_text_format("%s/%s", dir, name);
    return *path ? VC_OK : vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", name);
}

/* --- the proposal ------------------------------------------------------------------------
 */

static void comment(vci_page *page, vc_language language, vci_text text) {
    vci_page_add(page, "# %s\n", vci_text_get(text, language));
}

static vc_status propose(importing *im) {
    vc_status st = VC_OK;
    vci_page page = {.text = NULL};
    vc_language language = im->findings->language;
    size_t n_found = 0;
    comment(&page, language, VCI_TEXT_IMPORT_HEAD);
    comment(&page, language, VCI_TEXT_IMPORT_HEAD_ANSWERS);
    vci_page_add(&page, "accepted: no\n");
    VC_TRY(vci_frequency_propose(im->n_sources, im->sources, im->declared, language, &page,
                                 &im->frequency));
    vci_page_add(&page, "sheets:\n");
    for (size_t i = 0; i < im->n_sources; i++)
        for (size_t k = 0; k < im->sources[i].n_sheets; k++) {
            bool found = false;
            VC_TRY(vci_propose_sheet(&im->sources[i], &im->sources[i].sheets[k],
                                     im->frequency, language, &page, &found));
            n_found += found;
        }
    if (page.failed) VC_FAIL(VC_NO_MEMORY, "text");
    if (n_found == 0) {
        VC_TRY(vci_finding_add(im->findings, VC_FAULT, "I06",
                               (vci_place){im->sources[0].file, 0, 0},
                               vci_text_get(VCI_TEXT_IMPORT_NO_TABLE_REMEDY, language),
                               VCI_TEXT_IMPORT_NO_TABLE));
        goto out;
    }
    im->import->text = page.text;
    page.text = NULL;
    im->import->proposed = true;
out:
    vci_page_free(&page);
    return st;
}

static vc_status write_proposal(importing *im) {
    vc_status st = VC_OK;
    if (mkdir(im->dir, 0777) != 0 && errno != EEXIST)
        VC_FAIL(VC_IO_FAILED, "%s: %s", im->dir, strerror(errno));
    VC_TRY(vci_file_write_atomic(im->import->settings, im->import->text,
                                 strlen(im->import->text)));
out:
    return st;
}

/* The settings that are there already. */
static vc_status read_settings(importing *im) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    size_t n = 0;
    VC_TRY(vci_file_read(im->import->settings, MAX_SETTINGS, im->findings, &bytes, &n));
    if (bytes)
        VC_TRY(vci_decode(im->import->settings, bytes, n, NULL, im->findings,
                          &im->import->text, &n));
out:
    vci_free(bytes);
    return st;
}

static vc_status read_sources(importing *im, size_t n, const char *const *files) {
    vc_status st = VC_OK;
    VC_NEW(im->sources, n);
    im->n_sources = n;
    for (size_t i = 0; i < n; i++)
        VC_TRY(
            vci_book_read(files[i], im->options->encoding, im->findings, &im->sources[i]));
out:
    return st;
}

/* --- the tables --------------------------------------------------------------------------
 */

static vc_status read_declared(importing *im) {
    vc_status st = VC_OK;
    char *path = NULL;
    VC_TRY(path_in(im->dir, WORKSPACE, &path));
    VC_TRY(vci_frequency_read(path, im->findings, &im->declared, &im->frequency));
out:
    vci_free(path);
    return st;
}

/* Settings for months in a workspace of quarters, or the other way round. */
static vc_status check_frequency(importing *im) {
    if (!im->declared || im->settings.frequency == im->frequency) return VC_OK;
    return vci_finding_add(
        im->findings, VC_FAULT, "I17", (vci_place){im->import->settings, 0, 0},
        vci_text_get(VCI_TEXT_IMPORT_FREQUENCY_REMEDY, im->findings->language),
        VCI_TEXT_IMPORT_FREQUENCY);
}

static vc_status read_known(importing *im) {
    vc_status st = VC_OK;
    char *path = NULL;
    VC_TRY(path_in(im->dir, vci_output_names[VCI_OUTPUT_UNITS], &path));
    if (access(path, F_OK) == 0)
        VC_TRY(vci_known_units_read(path, im->findings, &im->known));
out:
    vci_free(path);
    return st;
}

/* A workspace.yaml for a folder without one: named after the folder. */
static vc_status make_workspace(importing *im) {
    vc_status st = VC_OK;
    vci_page page = {.text = NULL};
    char *path = NULL, *whole = realpath(im->dir, NULL);
    VC_TRY(path_in(im->dir, WORKSPACE, &path));
    if (access(path, F_OK) == 0) goto out;
    const char *name = vci_base_name(whole ? whole : im->dir);
    vci_page_add(&page, "name: ");
    vci_page_yaml(&page, name, strlen(name));
    vci_page_add(&page, "\nlanguage: %s\n%s%s",
                 im->findings->language == VC_CHINESE ? "zh" : "en",
                 im->settings.frequency == VC_QUARTERLY ? "period: quarter\n" : "",
                 im->outputs.both_bases ? "basis: both\n" : "");
    if (page.failed) VC_FAIL(VC_NO_MEMORY, "text");
    im->workspace = page.text;
    page.text = NULL;
    im->import->workspace = path;
    path = NULL;
out:
    free(whole);
    vci_free(path);
    vci_page_free(&page);
    return st;
}

/* Units that are there stay; any other table that is there is a fault. */
static vc_status check_free(importing *im) {
    vc_status st = VC_OK;
    char *path = NULL;
    if (im->known.codes.n > 0) vci_page_free(&im->outputs.pages[VCI_OUTPUT_UNITS]);
    for (size_t i = 0; i < VCI_OUTPUTS; i++) {
        if (!im->outputs.pages[i].text) continue;
        VC_TRY(path_in(im->dir, vci_output_names[i], &path));
        if (access(path, F_OK) == 0)
            VC_TRY(vci_finding_add(
                im->findings, VC_FAULT, "I15", (vci_place){path, 0, 0},
                vci_text_get(VCI_TEXT_IMPORT_THERE_REMEDY, im->findings->language),
                VCI_TEXT_IMPORT_THERE));
        vci_free(path);
        path = NULL;
    }
out:
    vci_free(path);
    return st;
}

/* All aside, then all by their names. */
static vc_status write_tables(importing *im) {
    vc_status st = VC_OK;
    vci_staged staged[VCI_OUTPUTS + 1] = {{.fd = 0}};
    const vci_page workspace = {.text = im->workspace,
                                .n = im->workspace ? strlen(im->workspace) : 0};
    bool begun[VCI_OUTPUTS + 1] = {false};
    for (size_t i = 0; i <= VCI_OUTPUTS; i++) {
        const vci_page *page = i < VCI_OUTPUTS ? &im->outputs.pages[i] : &workspace;
        const char *name = i < VCI_OUTPUTS ? vci_output_names[i] : WORKSPACE;
        if (!page->text) continue;
        begun[i] = true;
        VC_TRY(vci_staged_write(im->dir, name, page->text, page->n, &staged[i]));
    }
    for (size_t i = 0; i <= VCI_OUTPUTS; i++)
        if (begun[i]) VC_TRY(vci_staged_commit(&staged[i]));
    VC_TRY(vci_folder_sync(im->dir));
    im->import->written = true;
out:
    for (size_t i = 0; i <= VCI_OUTPUTS; i++)
        if (begun[i]) vci_staged_free(&staged[i]);
    return st;
}

static void count_rows(importing *im) {
    const vci_outputs *o = &im->outputs;
    im->import->units = o->pages[VCI_OUTPUT_UNITS].text ? o->rows[VCI_OUTPUT_UNITS] : 0;
    im->import->monthly = o->rows[VCI_OUTPUT_MONTHLY];
    im->import->values = o->rows[VCI_OUTPUT_VALUES];
    im->import->progress = o->rows[VCI_OUTPUT_PROGRESS];
    im->import->record = o->rows[VCI_OUTPUT_RECORD];
}

/* By the settings: figures, months, tables in memory; every fault on the way. */
static vc_status make_tables(importing *im) {
    vc_status st = VC_OK;
    const size_t faults = im->findings->n_faults;
    VC_TRY(read_known(im));
    VC_TRY(vci_settings_read(im->import->settings, im->import->text,
                             strlen(im->import->text), im->findings, &im->settings));
    VC_TRY(check_frequency(im));
    if (im->findings->n_faults > faults) goto out;
    VC_TRY(vci_figures_read(&im->settings, &im->known, im->n_sources, im->sources,
                            im->findings, &im->figures));
    VC_TRY(vci_months_form(&im->settings, &im->figures, im->findings, &im->months));
    if (im->findings->n_faults > faults) goto out;
    if (im->months.n == 0)
        VC_TRY(vci_finding_add(im->findings, VC_FAULT, "I06",
                               (vci_place){im->import->settings, 0, 0}, NULL,
                               VCI_TEXT_IMPORT_NO_FIGURES));
    VC_TRY(vci_outputs_make(&im->figures, &im->months, &im->outputs));
    VC_TRY(make_workspace(im));
    VC_TRY(check_free(im));
    count_rows(im);
out:
    return st;
}

vc_status vc_import_files(size_t n, const char *const files[VC_DIM(n)], const char *dir,
                          const vc_import_options *options, vc_findings *findings,
                          vc_import *import) {
    vc_status st = VC_OK;
    const vc_import_options none = {.encoding = NULL};
    importing im = {.dir = dir,
                    .options = options ? options : &none,
                    .findings = findings,
                    .import = import};
    VC_REQUIRE(n > 0 && files && dir && findings, "no file");
    VC_TRY(path_in(dir, SETTINGS, &import->settings));
    VC_TRY(read_declared(&im));
    VC_TRY(read_sources(&im, n, files));
    bool there = access(import->settings, F_OK) == 0;
    if (there)
        VC_TRY(read_settings(&im));
    else if (findings->n_faults == 0)
        VC_TRY(propose(&im));
    if (import->proposed) VC_TRY(write_proposal(&im));
    if (import->text && findings->n_faults == 0) VC_TRY(make_tables(&im));
    if (findings->n_faults > 0) VC_FAIL(VC_BAD_INPUT, "%zu", findings->n_faults);
    if (im.options->accept || im.settings.accepted) VC_TRY(write_tables(&im));
    if (!import->written) {
        vci_free(import->workspace);
        import->workspace = NULL;
    }
out:
    importing_free(&im);
    return st;
}
