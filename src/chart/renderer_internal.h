/* Making pictures: a script of ours and a plot script of plots/, drawn by gnuplot. */
#ifndef VCI_RENDERER_INTERNAL_H
#define VCI_RENDERER_INTERNAL_H

#include "chart/font_internal.h"
#include "chart/picture_internal.h"
#include "chart/script_internal.h"

typedef struct vci_renderer {
    const vc_chart_options *options; /* borrowed */
    vc_language language;            /* English where no font has Chinese characters */
    vc_chart_font font;
    char *folder; /* private; gone with the renderer */
} vci_renderer;

vc_status vci_renderer_init(const vc_chart_options *options, vci_renderer *renderer);
void vci_renderer_free(vci_renderer *renderer);

/* The first lines of every script: terminal and font; width and height are CSS pixels. */
void vci_renderer_begin(const vci_renderer *renderer, int width, int height,
                        vci_script *script);

/*
 * Runs the script, which then loads plots/<plot> ("fan.gp"); plots/frame.gp is there to be
 * loaded by it. title, alt: see vci_picture_finish. VC_NO_GNUPLOT, VC_CHART_FAILED (the
 * detail says what gnuplot said).
 */
vc_status vci_renderer_draw(const vci_renderer *renderer, const char *plot,
                            const char *title, const char *alt, vci_script *script,
                            vci_picture *picture);

/* path for page 0, path-2, path-3 … (before the extension) for the next; owned, or NULL. */
char *vci_page_path(const char *path, size_t page);

/* Writes pictures to their pages' paths: all or none. */
vc_status vci_pictures_write(size_t n, const vci_picture pictures[VC_DIM(n)],
                             const char *path);

#endif
