#include "chart/format_internal.h"

#include <string.h>

/* 800 CSS pixels are 16 cm on paper, whatever the format. */
#define MICROMETRES_PER_PIXEL 200

/*
 * gnuplot's terminals take the same sizes differently. All of these make a picture look
 * like the SVG: PNG has two pixels per CSS pixel, and points of 1/72 inch at cairo's 96
 * pixels per inch.
 */
#define PNG_SCALE 2
#define PNG_FONT_SCALE "1.5"
#define PNG_POINT_SCALE 3 /* cairo's points are smaller than those of SVG */
#define PDF_SCALES "fontscale 0.425 linewidth 1.2 pointscale 1.2 dashlength 0.8"
#define EMF_SCALES " fontscale 0.85"
#define EMF_FONT "Microsoft YaHei" /* on every computer with a Chinese office program */

static const char *const names[] = {"svg", "png", "pdf", "emf"};

const char *vc_chart_format_name(vc_chart_format format) { return names[format]; }

bool vc_chart_format_parse(const char *word, vc_chart_format *format) {
    for (int i = 0; i < VC_CHART_FORMATS; i++)
        if (strcmp(word, names[i]) == 0) {
            *format = (vc_chart_format)i;
            return true;
        }
    return false;
}

const char *vci_format_font(vc_chart_format format, const char *font) {
    return format == VC_EMF ? EMF_FONT : font;
}

void vci_format_terminal(vc_chart_format format, int width, int height, const char *font,
                         vci_script *script) {
    const char *family = vci_format_font(format, font);
    vci_script_add(script, "set terminal %s%s noenhanced ", names[format],
                   format == VC_PNG || format == VC_PDF ? "cairo" : "");
    switch (format) {
    case VC_PNG:
        vci_script_add(script,
                       "size %d,%d fontscale %s linewidth %d pointscale %d dashlength %d",
                       PNG_SCALE * width, PNG_SCALE * height, PNG_FONT_SCALE, PNG_SCALE,
                       PNG_POINT_SCALE, PNG_SCALE);
        break;
    case VC_PDF:
        vci_script_add(script, "size %d.%02dcm,%d.%02dcm " PDF_SCALES,
                       width * MICROMETRES_PER_PIXEL / 10000,
                       width * MICROMETRES_PER_PIXEL / 100 % 100,
                       height * MICROMETRES_PER_PIXEL / 10000,
                       height * MICROMETRES_PER_PIXEL / 100 % 100);
        break;
    case VC_SVG:
    case VC_EMF:
    case VC_CHART_FORMATS:
        vci_script_add(script, "size %d,%d%s", width, height,
                       format == VC_EMF ? EMF_SCALES : "");
        break;
    }
    vci_script_add(script, " background rgb 'white' font '%s,12'\n", family);
}
