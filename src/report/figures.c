/* Drawing the figures of a report: several gnuplots at a time, each picture by itself. */
#include <omp.h>
#include <stdlib.h>

#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/writer_internal.h"

#define LARGEST_PICTURE (1u << 28)

typedef struct drawing {
    const vc_run *run;
    const vc_report_options *options;
    const vc_chart_font *font;
    const char *folder;
} drawing;

/* A figure that is to be drawn in a format. */
typedef struct work {
    vci_figure_format format;
    size_t block;
} work;

static const char *extension_of(vci_figure_format format) {
    return format == VCI_FIGURE_PNG ? "png" : "svg";
}

static vc_status take_pages(const char *path, size_t n, vci_figure_format format,
                            vci_drawn *figure) {
    vc_status st = VC_OK;
    char *full = NULL;
    if (n > VCI_FIGURE_PAGES) n = VCI_FIGURE_PAGES;
    for (size_t i = 0; i < n; i++) {
        vci_figure_bytes *page = &figure->page[format][i];
        free(full);
        full = NULL;
        VC_TRY(vc_chart_page_path(path, i, &full));
        vci_free(page->bytes); /* of a first try that failed later */
        VC_TRY(vci_folder_read(full, LARGEST_PICTURE, &page->bytes, &page->n));
        figure->n_pages[format] = i + 1;
    }
out:
    free(full);
    return st;
}

static vc_status draw_one(const drawing *d, const work *w, vci_drawn *figure) {
    vc_status st = VC_OK;
    size_t n = 0;
    vc_chart_options options = vc_chart_options_default();
    char *path =
        vci_text_format("%s/figure%zu.%s", d->folder, w->block, extension_of(w->format));
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    options.language = d->options->language;
    options.format = w->format == VCI_FIGURE_PNG ? VC_PNG : VC_SVG;
    options.dirs = d->options->dirs;
    options.gnuplot = d->options->gnuplot;
    options.timeout_seconds = d->options->timeout_seconds;
    options.font = d->font;
    VC_TRY(vc_chart_draw(d->run, &figure->chart, &options, path, &n));
    VC_TRY(take_pages(path, n, w->format, figure));
out:
    vci_free(path);
    return st;
}

static bool is_cancelled(const vc_observer *observer) {
    return observer && observer->cancelled && observer->cancelled(observer->context);
}

static void tell(const vc_observer *observer, double share) {
    if (observer && observer->progress)
        observer->progress(observer->context, "draw figures", share);
}

/* What is wanted and not there yet: those that take longest first. */
static size_t find_work(const vci_document *document, const bool wanted[VCI_FIGURE_FORMATS],
                        work *list) {
    static const vci_figure_format formats[] = {VCI_FIGURE_PNG, VCI_FIGURE_SVG};
    size_t n = 0;
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
        for (size_t i = 0; wanted[formats[f]] && i < document->n; i++)
            if (document->blocks[i].kind == VCI_BLOCK_FIGURE &&
                document->blocks[i].figure.n_pages[formats[f]] == 0)
                list[n++] = (work){formats[f], i};
    return n;
}

/*
 * One thread for each gnuplot, as it waits for its own; a status for each figure. The first
 * one is told, drawn again on this thread, which then has its detail.
 */
static vc_status draw_all(const drawing *d, vci_document *document, size_t n,
                          const work *list, const vc_observer *observer) {
    vc_status st = VC_OK, *one = NULL;
    VC_NEW(one, n);
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < n; i++) {
        one[i] = is_cancelled(observer)
                     ? VC_INTERRUPTED
                     : draw_one(d, &list[i], &document->blocks[list[i].block].figure);
        if (omp_get_thread_num() == 0) /* progress comes from one thread */
            tell(observer, (double)(i + 1) / (double)n);
    }
    for (size_t i = 0; i < n; i++) {
        if (one[i] == VC_INTERRUPTED) VC_FAIL(VC_INTERRUPTED, "%s", "");
        if (one[i] != VC_OK)
            VC_TRY(draw_one(d, &list[i], &document->blocks[list[i].block].figure));
    }
out:
    vci_free(one);
    return st;
}

vc_status vci_figures_draw(vci_document *document, const vc_run *run,
                           const vc_report_options *options, const vc_observer *observer,
                           const bool wanted[VCI_FIGURE_FORMATS]) {
    vc_status st = VC_OK;
    char *folder = NULL;
    work *list = NULL;
    vc_chart_font font;
    VC_NEW(list, VCI_FIGURE_FORMATS * document->n);
    size_t n = find_work(document, wanted, list);
    if (n == 0) goto out;
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(vc_chart_font_find(options->timeout_seconds, &font));
    drawing d = {.run = run, .options = options, .font = &font, .folder = folder};
    VC_TRY(draw_all(&d, document, n, list, observer));
    tell(observer, 1);
out:
    vci_folder_remove(folder);
    vci_free(folder);
    vci_free(list);
    return st;
}
