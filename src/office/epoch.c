/*
 * Dates of a workbook count days from 1900, or from 1904 where xl/workbook.xml says so.
 * xlsx2csv 0.8 takes every value of date1904 but "false" for a yes, also the "0" that
 * ECMA-376 (part 1, 18.2.28; xsd:boolean) lets stand for a no: such dates would come out
 * four years late.
 */
#include <string.h>
#include <zlib.h>

#include "core/memory_internal.h"
#include "office/container_internal.h"

#define DEFLATED 8

/* The part as text with an end mark; NULL where it cannot be unpacked. */
static vc_status unpack(const vci_part *part, char **text) {
    vc_status st = VC_OK;
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)part->bytes,
                       .avail_in = (uInt)part->packed};
    bool good = part->method == 0 && part->packed == part->size, begun = false;
    VC_NEW(*text, part->size + 1);
    if (good) memcpy(*text, part->bytes, part->size);
    if (part->method == DEFLATED) {
        stream.next_out = (Bytef *)*text;
        stream.avail_out = (uInt)part->size;
        begun = inflateInit2(&stream, -MAX_WBITS) == Z_OK;
        good = begun && inflate(&stream, Z_FINISH) == Z_STREAM_END;
    }
    if (good) goto out;
    vci_free(*text);
    *text = NULL;
out:
    if (begun) inflateEnd(&stream);
    return st;
}

static bool says_zero(const char *text) {
    const char *at = strstr(text, "date1904");
    if (!at) return false;
    at += strlen("date1904");
    at += strspn(at, " \t\r\n");
    if (*at++ != '=') return false;
    at += strspn(at, " \t\r\n");
    return (at[0] == '"' || at[0] == '\'') && at[1] == '0' && at[2] == at[0];
}

vc_status vci_epoch_check(const char *file, const unsigned char *bytes, size_t n,
                          vc_findings *findings, bool *sound) {
    vc_status st = VC_OK;
    vci_part part;
    char *text = NULL;
    *sound = true;
    if (!vci_container_part(bytes, n, "xl/workbook.xml", &part)) goto out;
    VC_TRY(unpack(&part, &text));
    if (!text || !says_zero(text)) goto out;
    *sound = false;
    VC_TRY(vci_finding_add(findings, VC_FAULT, "I18", (vci_place){file, 0, 0},
                           vci_text_get(VCI_TEXT_IMPORT_SAVE_AGAIN, findings->language),
                           VCI_TEXT_IMPORT_EPOCH));
out:
    vci_free(text);
    return st;
}
