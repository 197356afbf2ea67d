#include "chart/renderer_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chart/format_internal.h"
#include "chart/label_internal.h"
#include "core/child_internal.h"
#include "core/file_internal.h"
#include "core/folder_internal.h"
#include "core/memory_internal.h"

#define PNG_PIXELS_PER_METRE 10000 /* 1600 pixels are 16 cm */

#define LONGEST_PLOT (1u << 20)
#define LARGEST_PICTURE (1u << 28)

vc_status vci_renderer_init(const vc_chart_options *options, vci_renderer *r) {
    vc_status st = VC_OK;
    *r = (vci_renderer){.options = options, .language = options->language};
    VC_TRY(vci_folder_create(&r->folder));
    if (options->font) {
        VC_REQUIRE(vci_font_is_plain(options->font), "font '%s'", options->font->name);
        r->font = *options->font;
    } else {
        VC_TRY(vc_chart_font_find(options->timeout_seconds, &r->font));
    }
    if (!r->font.chinese && options->format != VC_EMF) {
        r->language = VC_ENGLISH;
        st = vci_fail(VC_OK, __FILE__, __LINE__,
                      "no font with Chinese characters (package fonts-noto-cjk)");
    }
out:
    return st;
}

void vci_renderer_free(vci_renderer *r) {
    vci_folder_remove(r->folder);
    vci_free(r->folder);
    *r = (vci_renderer){0};
}

void vci_renderer_begin(const vci_renderer *r, int width, int height, vci_script *script) {
    vci_script_add(script,
                   "# Written by vitalcast %s: what the plot script below draws.\n"
                   "set encoding utf8\n",
                   VC_VERSION_STRING);
    vci_format_terminal(r->options->format, width, height, r->font.name, script);
    vci_script_add(script, "set termoption noenhanced\nset output 'picture'\n");
    vci_script_begin_texts(script);
    vci_script_set_text(script, "font", vci_format_font(r->options->format, r->font.name));
    vci_script_add(script, "width = %d\nheight = %d\n", width, height);
}

/* The last line that gnuplot wrote, as the detail of a failure. */
static vc_status explain(const vci_renderer *r) {
    char *path = vci_text_format("%s/err", r->folder), *text = NULL;
    size_t n;
    const char *line = "";
    if (path && vci_folder_read(path, LONGEST_PLOT, &text, &n) == VC_OK) {
        while (n > 0 && strchr(" \t\r\n", text[n - 1])) text[--n] = '\0';
        char *last = strrchr(text, '\n');
        line = last ? last + 1 : text;
        while (*line == ' ') line++;
    }
    vc_status st = vci_fail(VC_CHART_FAILED, __FILE__, __LINE__, "gnuplot: %s",
                            vci_label_fit(*line ? line : "no message", 110).text);
    vci_free(path);
    vci_free(text);
    return st;
}

static vc_status run_gnuplot(const vci_renderer *r) {
    vc_status st = VC_OK;
    char *program = NULL;
    char no_defaults[] = "-d", script[] = "chart.gp";
    vci_child_end end;
    VC_COPY_TEXT(program, r->options->gnuplot ? r->options->gnuplot : "gnuplot");
    char *arguments[] = {program, no_defaults, script, NULL};
    vci_child child = {.arguments = arguments,
                       .folder = r->folder,
                       .seconds = r->options->timeout_seconds};
    VC_TRY(vci_child_run(&child, &end));
    switch (end) {
    case VCI_CHILD_DONE:
        break;
    case VCI_CHILD_ABSENT:
        VC_FAIL(VC_NO_GNUPLOT, "%s", program);
    case VCI_CHILD_FAILED:
        VC_TRY(explain(r));
        break;
    case VCI_CHILD_LATE:
        VC_FAIL(VC_CHART_FAILED, "gnuplot took more than %g s",
                r->options->timeout_seconds);
    }
out:
    vci_free(program);
    return st;
}

/* A script of plots/ under a name of ours. */
static vc_status copy_plot(const vci_renderer *r, const char *plot, const char *as) {
    vc_status st = VC_OK;
    char *path = NULL, *bytes = NULL, *name = vci_text_format("plots/%s", plot);
    size_t n;
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vc_datadirs_find(&r->options->dirs, name, &path));
    if (!path) VC_FAIL(VC_CHART_FAILED, "%s is not found", name);
    VC_TRY(vci_folder_read(path, LONGEST_PLOT, &bytes, &n));
    VC_TRY(vci_folder_write(r->folder, as, bytes, n));
out:
    free(path);
    vci_free(name);
    vci_free(bytes);
    return st;
}

static vc_status take_picture(const vci_renderer *r, const char *title, const char *alt,
                              vci_picture *picture) {
    vc_status st = VC_OK;
    char *path = vci_text_format("%s/picture", r->folder);
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    st = vci_folder_read(path, LARGEST_PICTURE, &picture->bytes, &picture->n);
    if (st == VC_IO_FAILED) VC_FAIL(VC_CHART_FAILED, "gnuplot left no picture");
    VC_TRY(st);
    VC_TRY(vci_picture_check(picture, r->options->format));
    if (r->options->format == VC_PNG)
        st = vci_picture_set_scale(picture, PNG_PIXELS_PER_METRE);
    else if (r->options->format == VC_SVG)
        st = vci_picture_finish(picture, title, alt, r->font.name);
out:
    if (path) unlink(path);
    vci_free(path);
    return st;
}

vc_status vci_renderer_draw(const vci_renderer *r, const char *plot, const char *title,
                            const char *alt, vci_script *script, vci_picture *picture) {
    vc_status st = VC_OK;
    vci_script_add(script, "load 'plot.gp'\nset output\n");
    VC_TRY(vci_script_check(script));
    VC_TRY(copy_plot(r, plot, "plot.gp"));
    VC_TRY(copy_plot(r, "frame.gp", "frame.gp"));
    VC_TRY(vci_folder_write(r->folder, "chart.gp", script->text, script->n));
    VC_TRY(run_gnuplot(r));
    VC_TRY(take_picture(r, title, alt, picture));
out:
    return st;
}

char *vci_page_path(const char *path, size_t page) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t stem = dot && (!slash || dot > slash + 1) ? (size_t)(dot - path) : strlen(path);
    if (page == 0) return vci_text_copy(path, strlen(path));
    return vci_text_format("%.*s-%zu%s", (int)stem, path, page + 1, path + stem);
}

static vc_status write_page(const vci_picture *picture, const char *path, size_t page) {
    vc_status st = VC_OK;
    char *full = vci_page_path(path, page);
    if (!full) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_file_write_atomic(full, picture->bytes, picture->n));
out:
    vci_free(full);
    return st;
}

vc_status vci_pictures_write(size_t n, const vci_picture pictures[VC_DIM(n)],
                             const char *path) {
    vc_status st = VC_OK;
    size_t written = 0;
    for (; written < n; written++) VC_TRY(write_page(&pictures[written], path, written));
out:
    for (size_t i = 0; st != VC_OK && i < written; i++) {
        char *full = vci_page_path(path, i);
        if (full) unlink(full);
        vci_free(full);
    }
    return st;
}
