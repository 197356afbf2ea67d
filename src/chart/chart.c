#include "vitalcast/chart.h"

vc_chart_options vc_chart_options_default(void) {
    return (vc_chart_options){
        .language = VC_ENGLISH, .format = VC_SVG, .timeout_seconds = 30, .gnuplot = NULL};
}
