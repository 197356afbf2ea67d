/* Garbled text is found, real names are not taken for it. */
#include "core/garbled_internal.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "support/harness.h"

static bool garbled(const char *text) {
    size_t at = 0;
    return vci_garbled_find(text, strlen(text), &at);
}

START_TEST(utf8_read_as_gbk_is_found) {
    /* Made with Python: word.encode().decode("gbk", errors="replace" and "ignore"). */
    static const char *const spoilt[] = {
        "鍑虹敓",             /* 出生 */
        "姝讳骸浜烘暟",       /* 死亡人数 */
        "鍩庡叧闀�",          /* 城关镇 */
        "鍩庡叧闀",           /* 城关镇 */
        "鏉炬渤涓�鏉�",       /* 松河一村 */
        "姹熻嫃鐪佸崡浜�甯�", /* 江苏省南京市 */
        "锟斤拷"              /* bytes that were no UTF-8, read and written twice */
    };
    for (size_t i = 0; i < VCT_COUNT(spoilt); i++)
        ck_assert_msg(garbled(spoilt[i]), "%s", spoilt[i]);
}
END_TEST

START_TEST(the_place_is_the_first) {
    const char *text = "unit,deaths\n鍩庡叧闀,3\n姝讳骸,4\n";
    size_t at = 0;
    ck_assert(vci_garbled_find(text, strlen(text), &at));
    ck_assert_uint_eq(at, strlen("unit,deaths\n"));
    ck_assert(vci_garbled_find("a县\xEF\xBF\xBD", 7, &at));
    ck_assert_uint_eq(at, 4);
}
END_TEST

START_TEST(sound_text_is_left_alone) {
    static const char *const sound[] = {
        "",         "unit,month\n", "出生",     "漯河",   "嵊泗县洋山镇",
        "São Tomé", "松山區",       "İstanbul", "𠮷野町", "—— “引号” ……"};
    for (size_t i = 0; i < VCT_COUNT(sound); i++)
        ck_assert_msg(!garbled(sound[i]), "%s", sound[i]);
    /* One odd word among sound ones is somebody's name. */
    ck_assert(!garbled("鍑虹敓,示例县,城关镇\n"));
}
END_TEST

/* What a program makes of UTF-8 that it takes for GBK, dropping what it cannot read. */
static void spoil(const char *text, char *spoilt, size_t room) {
    iconv_t cd = iconv_open("UTF-8", "GBK");
    char copy[256], *in = copy, *out = spoilt;
    size_t left = strlen(text);
    memcpy(copy, text, left);
    while (left > 0 && iconv(cd, &in, &left, &out, &room) == (size_t)-1) {
        in++;
        left--;
    }
    *out = 0;
    iconv_close(cd);
}

/* Each name by itself: the hardest case, as nothing else in the table speaks for it. */
START_TEST(names_of_two_countries) {
    const char *const files[] = {
        vct_source("datasets/example-county/units.csv"),
        vct_shared("data/taiwan_township_monthly/townships_dev.csv"),
        vct_shared("data/taiwan_township_monthly/villages_hualien_dev.csv")};
    size_t names = 0, missed = 0;
    for (size_t f = 0; f < VCT_COUNT(files); f++) {
        FILE *file = files[f] ? fopen(files[f], "r") : NULL;
        char line[512], spoilt[1024];
        while (file && fgets(line, sizeof line, file))
            for (char *name = strtok(line, ",\n"); name; name = strtok(NULL, ",\n")) {
                if (!(name[0] & 0x80)) continue;
                ck_assert_msg(!garbled(name), "%s", name);
                spoil(name, spoilt, sizeof spoilt - 1);
                /* Two characters of three bytes are the least that can be told. */
                if (strlen(name) < 6) continue;
                names++;
                missed += !garbled(spoilt);
            }
        if (file) fclose(file);
    }
    ck_assert_uint_gt(names, 100);
    /*
     * Where bytes were dropped a name cannot be told (39 of 131 in the example county
     * alone, fewer with the shared data); a table goes by most of its names.
     */
    ck_assert_msg(missed * 3 < names, "%zu of %zu spoilt names passed", missed, names);
}
END_TEST

START_TEST(only_the_beginning_is_tried) {
    static char text[200000];
    memset(text, 'a', sizeof text);
    memcpy(text + 150000, "鍑虹敓", strlen("鍑虹敓"));
    size_t at;
    ck_assert(!vci_garbled_find(text, sizeof text, &at));
    memcpy(text + 65533, "鍑虹敓", strlen("鍑虹敓"));
    ck_assert(!vci_garbled_find(text, sizeof text, &at));
    memcpy(text + 100, "鍑虹敓", strlen("鍑虹敓"));
    ck_assert(vci_garbled_find(text, sizeof text, &at));
    ck_assert_uint_eq(at, 100);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(utf8_read_as_gbk_is_found), VCT(the_place_is_the_first),
        VCT(sound_text_is_left_alone), VCT(names_of_two_countries),
        VCT(only_the_beginning_is_tried)};
    return vct_run("core/garbled", tests, VCT_COUNT(tests));
}
