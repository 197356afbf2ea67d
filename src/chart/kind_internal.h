/*
 * What a kind of chart is made of. A new kind is a row of VC_CHART_LIST, a file that
 * defines vci_kind_<key>, and plots/<key>.gp.
 */
#ifndef VCI_KIND_INTERNAL_H
#define VCI_KIND_INTERNAL_H

#include "chart/frame_internal.h"
#include "chart/script_internal.h"
#include "chart/wording_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/suppression.h"

/* Finding charts: where they are looked for, and where they go. */
typedef struct vci_listing {
    const vc_run *run;                 /* borrowed */
    size_t unit;                       /* of the kinds that show one unit */
    const vc_suppression *suppression; /* borrowed */
    vc_charts *charts;                 /* borrowed */
} vci_listing;

/* A chart that shows nothing in particular yet. */
vc_chart vci_chart_blank(vc_chart_kind kind);

/* The same of a result: its unit, indicator and year end too. */
vc_chart vci_chart_of_result(const vc_run *run, vc_chart_kind kind, size_t result);

/* Copies the chart into the list. */
vc_status vci_listing_add(const vci_listing *listing, const vc_chart *chart);

/* What is to be shown. */
typedef struct vci_view {
    const vc_run *run; /* borrowed, and so are the next two */
    const vc_chart *chart;
    const vc_suppression *suppression;
    vc_language language;
    size_t page; /* 0-based */
} vci_view;

/* One page of it, composed: release with vci_plate_free. */
typedef struct vci_plate {
    size_t n_pages;                        /* at least 1 */
    int width, height;                     /* CSS pixels */
    vci_label heading, subheading, caveat; /* caveat: "" if there is none */
    char alt[VC_CHART_WORDS];              /* what is shown; the heading follows it */
    vci_script body;                       /* variables and data of plots/<key>.gp */
} vci_plate;

void vci_plate_free(vci_plate *plate);

typedef struct vci_kind {
    vc_status (*list)(const vci_listing *listing);
    vc_status (*compose)(const vci_view *view, vci_plate *plate);
} vci_kind;

#define X(constant, key) extern const vci_kind vci_kind_##key;
VC_CHART_LIST(X)
#undef X

#endif
