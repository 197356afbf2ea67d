/* Which workbooks have dates that would be read four years late: stored, deflated, damaged.
 */
#include <stdlib.h>
#include <zlib.h>

#include "office/container_internal.h"
#include "support/harness.h"

#define NAME "xl/workbook.xml"

static unsigned char bytes[4096];
static size_t n;

static void put(size_t at, size_t value, int width) {
    for (int i = 0; i < width; i++) bytes[at + (size_t)i] = (unsigned char)(value >> 8 * i);
}

static size_t pack(const char *text, bool deflated, unsigned char *to, size_t room) {
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)text, .avail_in = (uInt)strlen(text)};
    if (!deflated) {
        memcpy(to, text, strlen(text));
        return strlen(text);
    }
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, 0), Z_OK);
    stream.next_out = to;
    stream.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t packed = room - stream.avail_out;
    deflateEnd(&stream);
    return packed;
}

/* A zip file with one part; its own header has an extra field, the directory has none. */
static void make(const char *text, bool deflated) {
    size_t name = strlen(NAME), extra = 4;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "PK\3\4", 4);
    put(26, name, 2);
    put(28, extra, 2);
    size_t data = 30 + name + extra, packed = pack(text, deflated, bytes + data, 1024);
    size_t at = data + packed;
    memcpy(bytes + at, "PK\1\2", 4);
    put(at + 10, deflated ? 8 : 0, 2);
    put(at + 20, packed, 4);
    put(at + 24, strlen(text), 4);
    put(at + 28, name, 2);
    memcpy(bytes + at + 46, NAME, name);
    n = at + 46 + name;
    memcpy(bytes + n, "PK\5\6", 4);
    put(n + 8, 1, 2);
    put(n + 10, 1, 2);
    put(n + 16, at, 4);
    n += 22;
}

static bool is_sound(void) {
    vc_findings findings;
    bool sound;
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_epoch_check("a.xlsx", bytes, n, &findings, &sound), VC_OK);
    ck_assert_uint_eq(findings.n_faults, !sound);
    if (!sound) ck_assert_str_eq(findings.list[0].kind, "I18");
    vc_findings_free(&findings);
    return sound;
}

START_TEST(only_a_zero_is_misread) {
    static const char *const right[] = {"<workbookPr/>",
                                        "<workbookPr date1904=\"1\"/>",
                                        "<workbookPr date1904='true'/>",
                                        "<workbookPr date1904=\"false\"/>",
                                        "<workbookPr date1904/>",
                                        ""};
    static const char *const wrong[] = {"<workbookPr date1904=\"0\"/>",
                                        "<workbookPr a=\"1\" date1904 = '0' b=\"2\"/>"};
    for (int deflated = 0; deflated < 2; deflated++) {
        for (size_t i = 0; i < VCT_COUNT(right); i++) {
            make(right[i], deflated);
            ck_assert_msg(is_sound(), "%s", right[i]);
        }
        for (size_t i = 0; i < VCT_COUNT(wrong); i++) {
            make(wrong[i], deflated);
            ck_assert_msg(!is_sound(), "%s", wrong[i]);
        }
    }
}
END_TEST

/* A part that lies outside, is cut or of another method says nothing; nothing is overrun.
 */
START_TEST(damaged) {
    static const char text[] = "<workbookPr date1904=\"0\"/>";
    for (size_t i = 0; i < 100; i++) {
        make(text, i % 2);
        size_t directory = n - 22 - 46 - strlen(NAME);
        switch (i / 2 % 5) {
        case 0:
            put(directory + 42, 1000 * (i + 1), 4);
            break;
        case 1:
            put(directory + 20, 0xFFFFFFFF, 4);
            break;
        case 2:
            put(directory + 10, 99, 2);
            break;
        case 3:
            put(directory + 24, 3, 4);
            break;
        default:
            memset(bytes + 30 + strlen(NAME) + 4, (int)(i + 0x80), 12);
            break;
        }
        unsigned char *copy = malloc(n); /* of its own size, for the sanitizer */
        vc_findings findings;
        bool sound;
        memcpy(copy, bytes, n);
        vc_findings_init(&findings, VC_ENGLISH);
        ck_assert_int_eq(vci_epoch_check("a.xlsx", copy, n, &findings, &sound), VC_OK);
        vc_findings_free(&findings);
        free(copy);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(only_a_zero_is_misread), VCT(damaged)};
    return vct_run("office/epoch", tests, VCT_COUNT(tests));
}
