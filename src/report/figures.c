/* Drawing the figures of a report: several gnuplots at a time, each picture by itself. */
#include <omp.h>
#include <stdlib.h>

#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/writer_internal.h"

#define LARGEST_PICTURE (1u << 28)

typedef struct drawing {
    const vc_run *run;
    vc_chart_options options;
    vci_figure_format format;
    const char *folder;
} drawing;

static const char *extension_of(vci_figure_format format) {
    return format == VCI_FIGURE_PNG ? "png" : "svg";
}

static vc_status take_pages(const drawing *d, const char *path, size_t n,
                            vci_drawn *figure) {
    vc_status st = VC_OK;
    char *full = NULL;
    if (n > VCI_FIGURE_PAGES) n = VCI_FIGURE_PAGES;
    for (size_t i = 0; i < n; i++) {
        vci_figure_bytes *page = &figure->page[d->format][i];
        free(full);
        full = NULL;
        VC_TRY(vc_chart_page_path(path, i, &full));
        vci_free(page->bytes); /* of a first try that failed later */
        VC_TRY(vci_folder_read(full, LARGEST_PICTURE, &page->bytes, &page->n));
        figure->n_pages[d->format] = i + 1;
    }
out:
    free(full);
    return st;
}

static vc_status draw_one(const drawing *d, size_t block, vci_drawn *figure) {
    vc_status st = VC_OK;
    size_t n = 0;
    char *path =
        vci_text_format("%s/figure%zu.%s", d->folder, block, extension_of(d->format));
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vc_chart_draw(d->run, &figure->chart, &d->options, path, &n));
    VC_TRY(take_pages(d, path, n, figure));
out:
    vci_free(path);
    return st;
}

static bool is_missing(const vci_block *block, vci_figure_format format) {
    return block->kind == VCI_BLOCK_FIGURE && block->figure.n_pages[format] == 0;
}

static bool is_cancelled(const vc_observer *observer) {
    return observer && observer->cancelled && observer->cancelled(observer->context);
}

static void tell(const vc_observer *observer, vci_figure_format format, double share) {
    if (observer && observer->progress)
        observer->progress(observer->context,
                           format == VCI_FIGURE_PNG ? "draw png" : "draw svg", share);
}

/*
 * One thread for each gnuplot, as it waits for its own; a status for each figure. The first
 * one is told, drawn again on this thread, which then has its detail.
 */
static vc_status draw_all(const drawing *d, vci_document *document,
                          const vc_observer *observer) {
    vc_status st = VC_OK, *one = NULL;
    VC_NEW(one, document->n);
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < document->n; i++) {
        if (!is_missing(&document->blocks[i], d->format)) continue;
        one[i] = is_cancelled(observer) ? VC_INTERRUPTED
                                        : draw_one(d, i, &document->blocks[i].figure);
        if (omp_get_thread_num() == 0) /* progress comes from one thread */
            tell(observer, d->format, (double)(i + 1) / (double)document->n);
    }
    for (size_t i = 0; i < document->n; i++) {
        if (one[i] == VC_INTERRUPTED) VC_FAIL(VC_INTERRUPTED, "%s", "");
        if (one[i] != VC_OK) VC_TRY(draw_one(d, i, &document->blocks[i].figure));
    }
out:
    vci_free(one);
    return st;
}

vc_status vci_figures_draw(vci_document *document, const vc_run *run,
                           const vc_report_options *options, const vc_observer *observer,
                           vci_figure_format format) {
    vc_status st = VC_OK;
    char *folder = NULL;
    vc_chart_font font;
    drawing d = {.run = run, .format = format, .options = vc_chart_options_default()};
    VC_TRY(vci_folder_create(&folder));
    d.folder = folder;
    d.options.language = options->language;
    d.options.format = format == VCI_FIGURE_PNG ? VC_PNG : VC_SVG;
    d.options.dirs = options->dirs;
    d.options.gnuplot = options->gnuplot;
    d.options.timeout_seconds = options->timeout_seconds;
    VC_TRY(vc_chart_font_find(options->timeout_seconds, &font));
    d.options.font = &font;
    VC_TRY(draw_all(&d, document, observer));
    tell(observer, format, 1);
out:
    vci_folder_remove(folder);
    vci_free(folder);
    return st;
}
