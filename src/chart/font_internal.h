/* Which font the charts are set in. */
#ifndef VCI_FONT_INTERNAL_H
#define VCI_FONT_INTERNAL_H

#include "core/status_internal.h"

#define VCI_FONT_NAME 80

typedef struct vci_font {
    char name[VCI_FONT_NAME];
    bool chinese; /* it has the Chinese characters */
} vci_font;

/*
 * Noto Sans CJK SC if fontconfig finds it, else the first of the families that it lists for
 * Chinese, else "Sans" without Chinese. A missing font is silent in gnuplot, so it is
 * looked for before. folder: a private folder (see folder_internal.h).
 */
vc_status vci_font_find(const char *folder, double seconds, vci_font *font);

#endif
