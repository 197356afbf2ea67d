/* Charts of a run, drawn by gnuplot from plots/<kind>.gp. */
#ifndef VITALCAST_CHART_H
#define VITALCAST_CHART_H

#include "vitalcast/api.h"
#include "vitalcast/datadir.h"
#include "vitalcast/run.h"
#include "vitalcast/track.h"

VC_BEGIN_DECLS

typedef enum vc_chart_format { VC_SVG, VC_PNG, VC_CHART_FORMATS } vc_chart_format;

typedef struct vc_chart_options {
    vc_language language;
    vc_chart_format format;
    vc_datadirs dirs;       /* where plots/ is found */
    double timeout_seconds; /* of gnuplot; default 30 */
    const char *gnuplot;    /* program; NULL: "gnuplot" found on PATH */
} vc_chart_options;

VC_API vc_chart_options vc_chart_options_default(void);

/**
 * Fan chart of one result: the year so far, the prediction bands to the year end, last
 * year's path, the target; of a yearly series its whole history. Written to path
 * (atomically; nothing is left behind after a failure). A result of vital events whose year
 * to date, year end or bound may not be told (vitalcast/suppression.h) is drawn without any
 * number; single points that may not be told are left out.
 *
 * Without a font that has Chinese characters the labels are English, VC_OK is returned and
 * vc_status_detail() says so.
 *
 * Returns VC_OK; VC_NO_GNUPLOT; VC_CHART_FAILED (script error, time-out, damaged output,
 * no plots/fan.gp); VC_IO_FAILED; VC_NO_SPACE.
 */
VC_API VC_CHECKED vc_status vc_chart_fan(const vc_run *run, size_t result,
                                         const vc_chart_options *options, const char *path);

/**
 * Heat map units x targets of the probability that the target is met, for one year end. Of
 * more than 60 units only the root and its children are shown, which a note says. A page
 * has at most 60 units and 12 targets: the first is written to path, the next ones to
 * path-2, path-3 … (before the extension), all or none.
 */
VC_API VC_CHECKED vc_status vc_chart_verdict(const vc_run *run, vc_period year_end,
                                             const vc_chart_options *options,
                                             const char *path);

/**
 * Reliability of a target's probabilities on one level: what was said, in tenths, against
 * how often it came true; each year by itself is a faint line, all years together the
 * points, with the number of cases.
 *
 * target  index into track->targets
 * Returns as vc_chart_fan; VC_BAD_ARGUMENT where nothing was forecast.
 */
VC_API VC_CHECKED vc_status vc_chart_reliability(const vc_track *track, size_t target,
                                                 unsigned level,
                                                 const vc_chart_options *options,
                                                 const char *path);

/**
 * Skill on one level: how much lower our mean CRPS is than that of each rule of thumb, all
 * years together and each year by itself.
 *
 * indicator  index into track->indicators
 * Returns as vc_chart_reliability.
 */
VC_API VC_CHECKED vc_status vc_chart_skill(const vc_track *track, size_t indicator,
                                           unsigned level, const vc_chart_options *options,
                                           const char *path);

VC_END_DECLS

#endif
