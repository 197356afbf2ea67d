#include "office/book_internal.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "data/remedy_internal.h"
#include "office/words_internal.h"

#define MAX_BOOK ((size_t)64 << 20)
#define MAX_TEXT ((size_t)256 << 20)

typedef enum shape { SHAPE_TEXT, SHAPE_ZIP, SHAPE_OLE } shape;

/* By the first bytes; what cannot be opened is left to core/file to explain. */
static shape look(const char *file) {
    unsigned char head[8] = {0};
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    ssize_t n = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode)
                    ? read(fd, head, sizeof head)
                    : 0;
    if (fd >= 0) close(fd);
    if (n == 8 && memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0) return SHAPE_OLE;
    if (n >= 4 && memcmp(head, "PK\3\4", 4) == 0) return SHAPE_ZIP;
    return SHAPE_TEXT;
}

void vci_book_free(vci_book *source) {
    for (size_t i = 0; i < source->n_sheets; i++) vci_worksheet_free(&source->sheets[i]);
    vci_free(source->sheets);
    vci_free(source->file);
    vci_free(source->encoding);
    memset(source, 0, sizeof *source);
}

vc_status vci_book_add(vci_book *source, const char *name, char *text, size_t n,
                       char separator, vc_findings *findings) {
    vc_status st = VC_OK;
    vci_worksheet sheet = {.text = text};
    VC_COPY_TEXT(sheet.file, source->file);
    VC_COPY_TEXT(sheet.name, name);
    VC_TRY(vci_records_read(source->file, text, n, separator, 1, findings, &sheet.records));
    for (size_t i = 0; i < sheet.records.n; i++) {
        size_t width = vci_record_size(&sheet.records, i);
        if (width > sheet.n_columns) sheet.n_columns = width;
    }
    VC_GROW(source->sheets, source->n_sheets, source->capacity);
    source->sheets[source->n_sheets++] = sheet;
    return VC_OK;
out:
    vci_worksheet_free(&sheet);
    return st;
}

/* The line among the first that holds most of the separators of all lines. */
static vc_status find_separator(vci_book *source, const char *text, size_t n,
                                vc_findings *findings) {
    static const char candidates[] = ",\t;|";
    size_t most = 0, line = 1, n_line = 0;
    bool tie = false;
    source->separator = ',';
    for (const char *at; line <= 20 && (at = vci_line_find(text, n, line, &n_line)); line++)
        for (size_t c = 0; c < 4; c++) {
            size_t count = 0;
            for (size_t i = 0; i < n_line; i++) count += at[i] == candidates[c];
            if (count == 0 || count < most) continue;
            tie = count == most && candidates[c] != source->separator;
            most = count;
            source->separator = candidates[c];
        }
    if (!tie) return VC_OK;
    return vci_finding_add(findings, VC_FAULT, "T01", (vci_place){source->file, 0, 0},
                           vci_text_get(VCI_TEXT_IMPORT_SAVE_COMMA, findings->language),
                           VCI_TEXT_TABLE_SEPARATORS);
}

/* The beginning of what a text is in an encoding; how many of our words it then holds. */
static vc_status try_encoding(const vci_book *source, const unsigned char *bytes, size_t n,
                              const char *encoding, size_t *n_words, vci_quoted *sample) {
    vc_status st = VC_OK;
    char *text = NULL;
    size_t n_text = 0;
    vc_findings scratch;
    vc_findings_init(&scratch, VC_ENGLISH);
    VC_TRY(vci_decode(source->file, bytes, n, encoding, &scratch, &text, &n_text));
    *n_words = text ? vci_words_count(text, n_text) : 0;
    size_t n_sample = text ? strcspn(text, "\n") : 0;
    *sample = vci_quote(text ? text : "?", text ? n_sample : 1);
out:
    vc_findings_free(&scratch);
    vci_free(text);
    return st;
}

/* Which encoding makes our words of a text that is not UTF-8; a question if not just one.
 */
static vc_status propose_encoding(vci_book *source, const unsigned char *bytes, size_t n,
                                  vc_findings *findings) {
    static const char *const names[2] = {"gb18030", "big5"};
    vc_status st = VC_OK;
    vci_quoted samples[2];
    size_t words[2] = {0};
    for (size_t i = 0; i < 2; i++)
        VC_TRY(try_encoding(source, bytes, n, names[i], &words[i], &samples[i]));
    if ((words[0] > 0) != (words[1] > 0)) {
        VC_COPY_TEXT(source->encoding, names[words[1] > 0]);
        goto out;
    }
    VC_TRY(vci_finding_add(findings, VC_FAULT, "I05", (vci_place){source->file, 0, 0},
                           "--encoding gb18030 | big5", VCI_TEXT_IMPORT_ENCODING,
                           samples[0].text, samples[1].text));
out:
    return st;
}

static bool is_utf8(const char *file, const unsigned char *bytes, size_t n) {
    vc_findings scratch;
    char *text = NULL;
    size_t n_text = 0, i = 0;
    vc_findings_init(&scratch, VC_ENGLISH);
    bool good = vci_decode(file, bytes, n, NULL, &scratch, &text, &n_text) == VC_OK;
    for (; i < scratch.n; i++) good = good && strcmp(scratch.list[i].kind, "F06") != 0;
    vc_findings_free(&scratch);
    vci_free(text);
    return good;
}

static vc_status read_text(vci_book *source, const unsigned char *bytes, size_t n,
                           const char *encoding, vc_findings *findings) {
    vc_status st = VC_OK;
    char *text = NULL;
    size_t n_text = 0, faults = findings->n_faults;
    VC_COPY_TEXT(source->encoding, encoding);
    if (!encoding && !is_utf8(source->file, bytes, n))
        VC_TRY(propose_encoding(source, bytes, n, findings));
    if (findings->n_faults > faults) goto out;
    VC_TRY(vci_decode(source->file, bytes, n, source->encoding, findings, &text, &n_text));
    if (!text) goto out;
    VC_TRY(find_separator(source, text, n_text, findings));
    if (findings->n_faults > faults) goto out;
    char *given = text;
    text = NULL;
    VC_TRY(vci_book_add(source, "", given, n_text, source->separator, findings));
out:
    vci_free(text);
    return st;
}

/* The bytes of a workbook, within its limit. */
static vc_status book_bytes(const vci_book *source, vc_findings *findings, char **bytes,
                            size_t *n) {
    struct stat info;
    *bytes = NULL;
    if (stat(source->file, &info) == 0 && (uint64_t)info.st_size > MAX_BOOK)
        return vci_finding_add(findings, VC_FAULT, "F14", (vci_place){source->file, 0, 0},
                               NULL, VCI_TEXT_FILE_TOO_LARGE, MAX_BOOK);
    return vci_folder_read(source->file, MAX_BOOK, bytes, n);
}

static void take_digest(vci_book *source, const void *bytes, size_t n) {
    uint8_t digest[32];
    vci_sha256(bytes, n, digest);
    vci_sha256_hex(digest, source->sha256);
}

vc_status vci_book_read(const char *file, const char *encoding, vc_findings *findings,
                        vci_book *source) {
    vc_status st = VC_OK;
    char *book = NULL;
    unsigned char *bytes = NULL;
    size_t n = 0;
    shape kind = look(file);
    VC_COPY_TEXT(source->file, file);
    if (kind == SHAPE_OLE) {
        VC_TRY(vci_finding_add(findings, VC_FAULT, "I04", (vci_place){file, 0, 0},
                               vci_text_get(VCI_TEXT_IMPORT_SAVE_XLSX, findings->language),
                               VCI_TEXT_IMPORT_XLS));
    } else if (kind == SHAPE_ZIP) {
        VC_TRY(book_bytes(source, findings, &book, &n));
        if (!book) goto out;
        take_digest(source, book, n);
        VC_TRY(vci_workbook_read(source, (const unsigned char *)book, n, findings));
    } else {
        VC_TRY(vci_file_read(file, MAX_TEXT, findings, &bytes, &n));
        if (!bytes) goto out;
        take_digest(source, bytes, n);
        VC_TRY(read_text(source, bytes, n, encoding, findings));
    }
out:
    vci_free(book);
    vci_free(bytes);
    return st;
}
