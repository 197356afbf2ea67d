#include "chart/font_internal.h"

#include <stdio.h>

#include "core/child_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"

/* SC: without it fontconfig may choose the Japanese forms of characters. */
#define WANTED "Noto Sans CJK SC"

#define LONGEST_LIST (1u << 20)

/* What a fontconfig program prints; NULL if it is not there or fails. */
static vc_status ask(const char *folder, double seconds, char *const arguments[],
                     char **answer) {
    vc_status st = VC_OK;
    char *path = NULL;
    size_t n;
    vci_child_end end;
    vci_child child = {.arguments = arguments, .folder = folder, .seconds = seconds};
    *answer = NULL;
    VC_TRY(vci_child_run(&child, &end));
    if (end != VCI_CHILD_DONE) goto out;
    path = vci_text_format("%s/out", folder);
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_folder_read(path, LONGEST_LIST, answer, &n));
out:
    vci_free(path);
    return st;
}

/* A name that needs no quoting anywhere: not in gnuplot, not in SVG. */
static bool is_plain(const char *name, size_t n) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789 -_";
    return n > 0 && n < VC_CHART_FONT && strspn(name, letters) >= n;
}

/* The first plain family name of the list, in the order of bytes: the list has none. */
static void choose(const char *list, vc_chart_font *font) {
    for (const char *line = list; *line;
         line += strcspn(line, "\n"), line += *line == '\n') {
        char name[VC_CHART_FONT];
        size_t n = strcspn(line, ",\n");
        if (!is_plain(line, n)) continue;
        snprintf(name, sizeof name, "%.*s", (int)n, line);
        if (font->chinese && strcmp(font->name, name) <= 0) continue;
        memcpy(font->name, name, sizeof name);
        font->chinese = true;
    }
}

/* A missing font is silent in gnuplot, so it is looked for before. */
vc_status vc_chart_font_find(double timeout_seconds, vc_chart_font *font) {
    vc_status st = VC_OK;
    char *folder = NULL, *answer = NULL;
    char match[] = "fc-match", format[] = "--format=%{family}", wanted[] = WANTED;
    char list[] = "fc-list", chinese[] = ":lang=zh-cn", family[] = "family";
    char *first[] = {match, format, wanted, NULL},
         *second[] = {list, chinese, family, NULL};
    *font = (vc_chart_font){.name = "Sans"};
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(ask(folder, timeout_seconds, first, &answer));
    if (answer && strstr(answer, WANTED)) {
        *font = (vc_chart_font){.name = WANTED, .chinese = true};
        goto out;
    }
    vci_free(answer);
    VC_TRY(ask(folder, timeout_seconds, second, &answer));
    if (answer) choose(answer, font);
out:
    vci_folder_remove(folder);
    vci_free(folder);
    vci_free(answer);
    return st;
}

bool vci_font_is_plain(const vc_chart_font *font) {
    return is_plain(font->name, strnlen(font->name, VC_CHART_FONT));
}
