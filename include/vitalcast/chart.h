/* Charts of a run, drawn by gnuplot from plots/<kind>.gp. */
#ifndef VITALCAST_CHART_H
#define VITALCAST_CHART_H

#include "vitalcast/api.h"
#include "vitalcast/datadir.h"
#include "vitalcast/run.h"
#include "vitalcast/track.h"

VC_BEGIN_DECLS

typedef enum vc_chart_format {
    VC_SVG,
    VC_PNG, /* 16 cm for each 800 CSS pixels */
    VC_PDF,
    VC_EMF, /* for office programs, which find its font themselves */
    VC_CHART_FORMATS
} vc_chart_format;

/** "svg", "png", "pdf" or "emf": name and file extension. */
VC_API const char *vc_chart_format_name(vc_chart_format format);

/** The reverse; false if the word is none of them. */
VC_API bool vc_chart_format_parse(const char *word, vc_chart_format *format);

#define VC_CHART_FONT 80

/* The family that charts are set in; its name has letters, digits, spaces, "-" and "_". */
typedef struct vc_chart_font {
    char name[VC_CHART_FONT];
    bool chinese; /* it has the Chinese characters */
} vc_chart_font;

typedef struct vc_chart_options {
    vc_language language;
    vc_chart_format format;
    vc_datadirs dirs;          /* where plots/ is found */
    double timeout_seconds;    /* of gnuplot; default 30 */
    const char *gnuplot;       /* program; NULL: "gnuplot" found on PATH */
    const vc_chart_font *font; /* borrowed; NULL: looked for at each chart */
} vc_chart_options;

VC_API vc_chart_options vc_chart_options_default(void);

/**
 * Looks for the font once, for the options of many charts: Noto Sans CJK SC if fontconfig
 * finds it, else the first of the families that it lists for Chinese, else "Sans" without
 * Chinese.
 *
 * timeout_seconds  of the fontconfig programs
 */
VC_API VC_CHECKED vc_status vc_chart_font_find(double timeout_seconds, vc_chart_font *font);

/*
 * Kinds of charts of a run, in the order in which they are listed: X(constant, key). The
 * key stands in file names and on the command line, and plots/<key>.gp draws the kind.
 *   verdict      P(met), units x targets of a year end
 *   fan          one result: the year so far and the prediction bands
 *   caterpillar  one target: every unit's interval beside it
 *   trend        one indicator and unit: all years, fitted trend and bands
 *   pace         one result: cumulative count, last year, the corridor to the target
 *   ranks        one ranking: rank intervals and P(commended)
 *   funnel       one indicator and level: figure against size, limits of chance
 *   seasonal     one event and unit: months, years over each other
 *   tornado      one scorecard: points at stake by target
 *   changes      one result: what changed since the earlier run
 */
#define VC_CHART_LIST(X)                                                                   \
    X(VC_CHART_VERDICT, verdict)                                                           \
    X(VC_CHART_FAN, fan)                                                                   \
    X(VC_CHART_CATERPILLAR, caterpillar)                                                   \
    X(VC_CHART_TREND, trend)                                                               \
    X(VC_CHART_PACE, pace)                                                                 \
    X(VC_CHART_RANKS, ranks)                                                               \
    X(VC_CHART_FUNNEL, funnel)                                                             \
    X(VC_CHART_SEASONAL, seasonal)                                                         \
    X(VC_CHART_TORNADO, tornado)                                                           \
    X(VC_CHART_CHANGES, changes)

typedef enum vc_chart_kind {
#define X(constant, key) constant,
    VC_CHART_LIST(X)
#undef X
        VC_CHART_KINDS
} vc_chart_kind;

/** "verdict", "fan", ... */
VC_API const char *vc_chart_kind_name(vc_chart_kind kind);

/** The reverse; false if the word is none of them. */
VC_API bool vc_chart_kind_parse(const char *word, vc_chart_kind *kind);

/*
 * One chart that a run has something for. What does not apply is SIZE_MAX, NULL or
 * VC_NO_PERIOD.
 */
typedef struct vc_chart {
    vc_chart_kind kind;
    size_t unit;           /* index into run.panel.tree; SIZE_MAX: of many units */
    const char *indicator; /* borrowed from the run */
    vc_period year_end;
    size_t result;  /* index into run.results; caterpillar: the first that it shows */
    size_t subject; /* index into run.rankings (ranks), run.scorecards (tornado) or
                       run.changes.list (changes); level of the tree (funnel) */
} vc_chart;

typedef struct vc_charts {
    size_t n;
    vc_chart *list; /* by kind; owns */
} vc_charts;

/**
 * Every chart that a run has something for: those of many units, and those of one unit.
 *
 * unit    index into run->panel.tree, for the kinds that show one unit
 * charts  [out] release with vc_charts_free; borrows from the run
 *
 * Charts on which nothing might be told (vitalcast/suppression.h) are not listed.
 */
VC_API VC_CHECKED vc_status vc_charts_find(const vc_run *run, size_t unit,
                                           vc_charts *charts);

VC_API void vc_charts_free(vc_charts *charts);

#define VC_CHART_WORDS 640

/* What a chart says, in words: no number in them that may not be told. */
typedef struct vc_chart_words {
    char title[VC_CHART_WORDS]; /* its heading: the message */
    char alt[VC_CHART_WORDS];   /* one sentence for who cannot see it: what is shown, and
                                   the message */
    size_t n_pages;
} vc_chart_words;

VC_API VC_CHECKED vc_status vc_chart_say(const vc_run *run, const vc_chart *chart,
                                         vc_language language, vc_chart_words *words);

#define VC_CHART_NAME 256

/**
 * File name of a chart's first page: kind, year end, target or indicator, unit, extension
 * ("fan-2013-12-births-990101.svg"). In ids and codes everything but letters, digits, "-"
 * and "_" becomes "_", and a number that tells them apart is added.
 */
VC_API void vc_chart_file_name(const vc_run *run, const vc_chart *chart,
                               vc_chart_format format, char name[VC_DIM(VC_CHART_NAME)]);

/**
 * Draws a chart: its first page to path, the next ones to path-2, path-3 ... (before the
 * extension), all or none, each atomically; nothing is left behind after a failure.
 *
 * n_pages  [out] NULL: not wanted
 *
 * Figures that may not be told are left out, and the chart says so. Without a font that has
 * Chinese characters the labels are English, VC_OK is returned and vc_status_detail() says
 * so.
 *
 * Returns VC_OK; VC_NO_GNUPLOT; VC_CHART_FAILED (script error, time-out, damaged output, no
 * plots/<kind>.gp); VC_IO_FAILED; VC_NO_SPACE; VC_BAD_ARGUMENT (no such chart).
 */
VC_API VC_CHECKED vc_status vc_chart_draw(const vc_run *run, const vc_chart *chart,
                                          const vc_chart_options *options, const char *path,
                                          size_t *n_pages);

/** Path of a page, 0-based, of a chart that was drawn to `path`; release with free(). */
VC_API VC_CHECKED vc_status vc_chart_page_path(const char *path, size_t page, char **full);

/**
 * Fan chart of one result: the year so far, the prediction bands to the year end, last
 * year's path, the target; of a yearly series its whole history. A result of vital events
 * whose year to date, year end or bound may not be told is drawn without any number; single
 * points that may not be told are left out. Returns as vc_chart_draw.
 */
VC_API VC_CHECKED vc_status vc_chart_fan(const vc_run *run, size_t result,
                                         const vc_chart_options *options, const char *path);

/**
 * Heat map units x targets of the probability that the target is met, for one year end. Of
 * more than 60 units only the root and its children are shown, which a note says. A page
 * has at most 60 units and 12 targets. Returns as vc_chart_draw.
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
 * Returns as vc_chart_draw; VC_BAD_ARGUMENT where nothing was forecast.
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
