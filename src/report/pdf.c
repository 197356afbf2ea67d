/*
 * PDF by weasyprint, from the HTML; its SVG does not know all that gnuplot writes. To cut a
 * Chinese font down to the characters used takes it six seconds each: where hb-subset is
 * installed (package libharfbuzz-bin), that is done before, at once.
 */
#include <stdlib.h>

#include "core/child_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/writer_internal.h"

#define FAMILY "Noto Sans CJK SC"
#define LONGEST_ANSWER (1u << 16)

/* Runs a program that may be missing; *done says whether it did what was asked. */
static vc_status try_program(const vci_writing *w, const char *folder,
                             char *const arguments[], bool *done) {
    vci_child child = {
        .arguments = arguments, .folder = folder, .seconds = w->options->timeout_seconds};
    vci_child_end end;
    vc_status st = vci_child_run(&child, &end);
    *done = st == VC_OK && end == VCI_CHILD_DONE;
    return st;
}

/* Takes a line off a text. */
static char *take_line(char **text) {
    char *line = *text, *end = strchr(line, '\n');
    if (end) *end = '\0';
    *text = end ? end + 1 : line + strlen(line);
    return line;
}

/* File and place in it of the family in a weight; *file is NULL if there is none. */
static vc_status find_font(const vci_writing *w, const char *folder, const char *weight,
                           char **file, unsigned *place) {
    vc_status st = VC_OK;
    char match[] = "fc-match", format[] = "--format=%{family}\n%{file}\n%{index}\n";
    char *wanted = vci_text_format(FAMILY ":%s", weight), *path = NULL, *answer = NULL;
    char *arguments[] = {match, format, wanted, NULL};
    bool done;
    size_t n;
    *file = NULL;
    path = vci_text_format("%s/out", folder);
    if (!wanted || !path) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(try_program(w, folder, arguments, &done));
    if (!done) goto out;
    VC_TRY(vci_folder_read(path, LONGEST_ANSWER, &answer, &n));
    char *rest = answer;
    if (!strstr(take_line(&rest), FAMILY)) goto out;
    VC_COPY_TEXT(*file, take_line(&rest));
    *place = (unsigned)strtoul(take_line(&rest), NULL, 10) & 0xFFFF;
out:
    vci_free(wanted);
    vci_free(path);
    vci_free(answer);
    return st;
}

/* folder/<weight>.otf: the font with the characters of report.html alone. */
static vc_status cut_font(const vci_writing *w, const char *folder, const char *weight,
                          bool *done) {
    vc_status st = VC_OK;
    unsigned place = 0;
    char subset[] = "hb-subset", text[] = "--text-file=report.html";
    char *file = NULL, *font = NULL, *face = NULL, *output = NULL;
    *done = false;
    VC_TRY(find_font(w, folder, weight, &file, &place));
    if (!file) goto out;
    font = vci_text_format("--font-file=%s", file);
    face = vci_text_format("--face-index=%u", place);
    output = vci_text_format("--output-file=%s.otf", weight);
    if (!font || !face || !output) VC_FAIL(VC_NO_MEMORY, "text");
    char *arguments[] = {subset, font, face, text, output, NULL};
    VC_TRY(try_program(w, folder, arguments, done));
out:
    vci_free(file);
    vci_free(font);
    vci_free(face);
    vci_free(output);
    return st;
}

/* The page again, with the fonts that were cut. */
static vc_status use_cut_fonts(const vci_writing *w, const char *folder) {
    static const char style[] =
        "@font-face { font-family: Cut; src: url(regular.otf); font-weight: 400 }\n"
        "@font-face { font-family: Cut; src: url(bold.otf); font-weight: 700 }\n"
        "* { font-family: Cut, sans-serif !important }\n"
        "@page { @bottom-center { font-family: Cut } @bottom-right { font-family: Cut } "
        "}\n";
    vc_status st = VC_OK;
    vci_writing styled = *w;
    vci_markup html = {0};
    bool regular, bold = false;
    VC_TRY(cut_font(w, folder, "regular", &regular));
    if (regular) VC_TRY(cut_font(w, folder, "bold", &bold));
    if (!bold) goto out;
    styled.style = style;
    VC_TRY(vci_write_html(&styled, &html));
    VC_TRY(vci_markup_check(&html));
    VC_TRY(vci_folder_write(folder, "report.html", html.text, html.n));
out:
    vci_markup_free(&html);
    return st;
}

vc_status vci_write_pdf(const vci_writing *w, vci_markup *out) {
    vc_status st = VC_OK;
    vci_markup html = {0};
    char *folder = NULL, *program = NULL;
    char input[] = "report.html", output[] = "report.pdf";
    VC_TRY(vci_write_html(w, &html));
    VC_TRY(vci_markup_check(&html));
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(vci_folder_write(folder, input, html.text, html.n));
    VC_TRY(use_cut_fonts(w, folder));
    VC_COPY_TEXT(program, w->options->weasyprint ? w->options->weasyprint : "weasyprint");
    char *arguments[] = {program, input, output, NULL};
    vci_tool tool = {arguments, folder, output, w->options->timeout_seconds,
                     VC_NO_WEASYPRINT};
    VC_TRY(vci_tool_run(&tool, out));
out:
    vci_folder_remove(folder);
    vci_free(folder);
    vci_free(program);
    vci_markup_free(&html);
    return st;
}
