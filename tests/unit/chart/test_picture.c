#include "chart/picture_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"

/* One white pixel, written by Python's zlib and struct. */
static const unsigned char PNG[] = {
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
    0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xDA, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00, 0x1C, 0xB0, 0x8C, 0x99, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82, 0};

#define HEAD                                                                               \
    "<?xml version=\"1.0\"?>\n<svg>\n<title>Gnuplot</title>\n<desc>Produced</desc>\n"

static vci_picture copy(const void *bytes, size_t n) {
    return (vci_picture){vci_text_copy(bytes, n), n};
}

static vci_picture svg(const char *text) { return copy(text, strlen(text)); }

static void check(const void *bytes, size_t n, vc_chart_format format, vc_status expected) {
    vci_picture picture = copy(bytes, n);
    ck_assert_int_eq(vci_picture_check(&picture, format), expected);
    vci_picture_free(&picture);
}

START_TEST(a_whole_png_passes) { check(PNG, sizeof PNG - 1, VC_PNG, VC_OK); }
END_TEST

START_TEST(every_truncated_png_is_refused) {
    for (size_t n = 0; n < sizeof PNG - 1; n++) check(PNG, n, VC_PNG, VC_CHART_FAILED);
    check(PNG, sizeof PNG, VC_PNG, VC_CHART_FAILED); /* one byte behind the end */
}
END_TEST

START_TEST(every_changed_byte_of_a_png_is_found) {
    unsigned char bytes[sizeof PNG - 1];
    for (size_t i = 0; i < sizeof bytes; i++) {
        memcpy(bytes, PNG, sizeof bytes);
        bytes[i] ^= 0x10;
        check(bytes, sizeof bytes, VC_PNG, VC_CHART_FAILED);
    }
}
END_TEST

START_TEST(an_svg_ends_with_its_tag) {
    const char *whole = HEAD "<text>a</text></svg>\n\n";
    for (size_t n = 0; n < strlen(whole) - 2; n++) check(whole, n, VC_SVG, VC_CHART_FAILED);
    check(whole, strlen(whole), VC_SVG, VC_OK);
    check("</svg>", 6, VC_SVG, VC_CHART_FAILED);
    check("<svg>\0</svg>", 12, VC_SVG, VC_CHART_FAILED);
}
END_TEST

START_TEST(a_pdf_ends_with_its_mark) {
    static const char whole[] = "%PDF-1.5\n1 0 obj\nstartxref\n12\n%%EOF\n";
    size_t n = sizeof whole - 1;
    check(whole, n, VC_PDF, VC_OK);
    for (size_t cut = 0; cut < n - 1; cut++) check(whole, cut, VC_PDF, VC_CHART_FAILED);
}
END_TEST

/* A header of 100 bytes that tells the size 140, a record of 20, the last record of 20. */
START_TEST(an_emf_is_as_long_as_it_says) {
    char whole[160] = "\1\0\0\0\x64";
    memcpy(whole + 40, " EMF", 4);
    memcpy(whole + 48, "\x8C\0\0\0", 4);
    memcpy(whole + 120, "\x0E\0\0\0\x14", 5);
    memcpy(whole + 136, "\x14", 1);
    check(whole, 140, VC_EMF, VC_OK);
    for (size_t n = 0; n < 140; n++) check(whole, n, VC_EMF, VC_CHART_FAILED);
    /* A record too many: the end is there, the size is another. */
    memcpy(whole + 140, whole + 120, 20);
    check(whole, 160, VC_EMF, VC_CHART_FAILED);
}
END_TEST

/* The CRC of this chunk: Python's zlib.crc32. */
START_TEST(a_png_gets_its_size_on_paper) {
    static const unsigned char chunk[] =
        "\0\0\0\x09pHYs\0\0\x27\x10\0\0\x27\x10\x01\x94\x69\x51\x19";
    vci_picture picture = copy(PNG, sizeof PNG - 1);
    ck_assert_int_eq(vci_picture_set_scale(&picture, 10000), VC_OK);
    ck_assert_uint_eq(picture.n, sizeof PNG - 1 + 21);
    ck_assert_mem_eq(picture.bytes, PNG, 33);
    ck_assert_mem_eq(picture.bytes + 33, chunk, 21);
    ck_assert_mem_eq(picture.bytes + 54, PNG + 33, sizeof PNG - 1 - 33);
    ck_assert_int_eq(vci_picture_check(&picture, VC_PNG), VC_OK);
    vci_picture_free(&picture);
}
END_TEST

START_TEST(an_svg_gets_title_fonts_and_bold_type) {
    vci_picture picture =
        svg(HEAD "<g font-family=\"F:Bold\" x=\"1\"><g font-family=\"F:Bold\" >"
                 "<g font-family=\"F\" ></svg>");
    ck_assert_int_eq(vci_picture_finish(&picture, "a <b> & 'c'\n", "<d>", "F"), VC_OK);
    ck_assert_str_eq(
        picture.bytes,
        "<?xml version=\"1.0\"?>\n<svg>\n<title>a &lt;b&gt; &amp; 'c'</title>\n"
        "<desc>&lt;d&gt;</desc>\n"
        "<style>text { font-family: 'F', 'Microsoft YaHei', 'PingFang SC', "
        "'SimHei', sans-serif; }</style>\n"
        "<g font-family=\"F\" font-weight=\"bold\" x=\"1\">"
        "<g font-family=\"F\" font-weight=\"bold\" >"
        "<g font-family=\"F\" ></svg>");
    ck_assert_uint_eq(picture.n, strlen(picture.bytes));
    vci_picture_free(&picture);
}
END_TEST

START_TEST(an_svg_of_another_make_stays_as_it_is) {
    vci_picture picture = svg("<svg><text>a</text></svg>");
    ck_assert_int_eq(vci_picture_finish(&picture, "title", "alt", "F"), VC_OK);
    ck_assert_str_eq(picture.bytes, "<svg><text>a</text></svg>");
    vci_picture_free(&picture);
}
END_TEST

START_TEST(lack_of_memory_leaves_the_picture) {
    for (long calls = 0; calls < 7; calls++) {
        vci_picture picture = svg(HEAD "<g font-family=\"F:Bold\" ></svg>");
        vci_memory_fail_at(calls);
        vc_status st = vci_picture_finish(&picture, "title", "alt", "F");
        vci_memory_fail_at(-1);
        ck_assert_int_eq(st, VC_NO_MEMORY);
        ck_assert_int_eq(vci_picture_check(&picture, VC_SVG), VC_OK);
        vci_picture_free(&picture);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_whole_png_passes),
                                     VCT(every_truncated_png_is_refused),
                                     VCT(every_changed_byte_of_a_png_is_found),
                                     VCT(an_svg_ends_with_its_tag),
                                     VCT(a_pdf_ends_with_its_mark),
                                     VCT(an_emf_is_as_long_as_it_says),
                                     VCT(a_png_gets_its_size_on_paper),
                                     VCT(an_svg_gets_title_fonts_and_bold_type),
                                     VCT(an_svg_of_another_make_stays_as_it_is),
                                     VCT(lack_of_memory_leaves_the_picture)};
    return vct_run("chart/picture", tests, VCT_COUNT(tests));
}
