/*
 * A workbook through Debian's xlsx2csv: a copy in a private folder, all sheets to one text,
 * under limits of size, memory and time. Each sheet begins with a line of U+001E, which XML
 * cannot hold, so that no cell can pass for one. Numbers are taken as they are stored,
 * dates as 2013-07-01, formulas as the values stored with them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/child_internal.h"
#include "core/encoding_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "office/book_internal.h"
#include "office/container_internal.h"

#define MARK '\x1E'
#define SECONDS 60
#define OUTPUT_BYTES ((size_t)256 << 20)
#define MEMORY_BYTES ((size_t)4 << 30)

static vc_status refuse(const vci_book *source, vc_findings *findings, vci_text message) {
    return vci_finding_add(findings, VC_FAULT, "I01", (vci_place){source->file, 0, 0},
                           vci_text_get(VCI_TEXT_IMPORT_SAVE_AGAIN, findings->language),
                           message);
}

/* Runs xlsx2csv in the folder; *end says how it went. */
static vc_status convert(const char *folder, vci_child_end *end) {
    char program[] = "xlsx2csv", all[] = "-a", mark[] = "-p", code[] = "x30";
    char dates[] = "-f", date[] = "%Y-%m-%d", raw[] = "--ignore-formats";
    char kind[] = "float", name[] = "book.xlsx";
    char *arguments[] = {program, name, all, mark, code, dates, date, raw, kind, NULL};
    vci_child child = {.arguments = arguments,
                       .folder = folder,
                       .seconds = SECONDS,
                       .file_bytes = OUTPUT_BYTES,
                       .memory_bytes = MEMORY_BYTES};
    return vci_child_run(&child, end);
}

/* One sheet: its line "U+001E, number - name", then its rows. */
static vc_status add_sheet(vci_book *source, const char *at, const char *end,
                           vc_findings *findings) {
    vc_status st = VC_OK;
    char *name = NULL, *text = NULL;
    size_t n = 0;
    const char *rows = memchr(at, '\n', (size_t)(end - at));
    const char *dash = rows ? memmem(at, (size_t)(rows - at), " - ", 3) : NULL;
    if (!dash) {
        VC_TRY(refuse(source, findings, VCI_TEXT_IMPORT_UNREADABLE));
        goto out;
    }
    name = vci_text_copy(dash + 3, (size_t)(rows - dash - 3));
    if (!name) VC_FAIL(VC_NO_MEMORY, "%s", source->file);
    const char *first = ++rows;
    size_t n_first = (size_t)(end - rows);
    vci_trim(&first, &n_first);
    if (n_first == 0) goto out;
    VC_TRY(vci_decode(source->file, (const unsigned char *)rows, (size_t)(end - rows), NULL,
                      findings, &text, &n));
    if (text) {
        char *given = text;
        text = NULL;
        VC_TRY(vci_book_add(source, name, given, n, ',', findings));
    }
out:
    vci_free(name);
    vci_free(text);
    return st;
}

static vc_status add_sheets(vci_book *source, const char *text, size_t n,
                            vc_findings *findings) {
    vc_status st = VC_OK;
    const char *end = text + n, *at = memchr(text, MARK, n);
    if (!at) VC_TRY(refuse(source, findings, VCI_TEXT_IMPORT_UNREADABLE));
    while (at) {
        const char *next = memchr(at + 1, MARK, (size_t)(end - at - 1));
        VC_TRY(add_sheet(source, at, next ? next : end, findings));
        at = next;
    }
out:
    return st;
}

vc_status vci_workbook_read(vci_book *source, const unsigned char *bytes, size_t n,
                            vc_findings *findings) {
    vc_status st = VC_OK;
    char *folder = NULL, *path = NULL, *text = NULL;
    size_t n_text = 0;
    vci_child_end end = VCI_CHILD_FAILED;
    bool sound;
    VC_TRY(vci_container_check(source->file, bytes, n, findings, &sound));
    if (sound) VC_TRY(vci_epoch_check(source->file, bytes, n, findings, &sound));
    if (!sound) goto out;
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(vci_folder_write(folder, "book.xlsx", bytes, n));
    VC_TRY(convert(folder, &end));
    if (end == VCI_CHILD_ABSENT) VC_FAIL(VC_NO_XLSX2CSV, "%s", source->file);
    if (end != VCI_CHILD_DONE) {
        VC_TRY(refuse(source, findings,
                      end == VCI_CHILD_LATE ? VCI_TEXT_IMPORT_LATE
                                            : VCI_TEXT_IMPORT_UNREADABLE));
        goto out;
    }
    path = vci_text_format("%s/out", folder);
    if (!path) VC_FAIL(VC_NO_MEMORY, "%s", source->file);
    VC_TRY(vci_folder_read(path, OUTPUT_BYTES, &text, &n_text));
    VC_TRY(add_sheets(source, text, n_text, findings));
out:
    vci_folder_remove(folder);
    vci_free(folder);
    vci_free(path);
    vci_free(text);
    return st;
}
