#include "cli/progress_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/say_internal.h"
#include "cli/signal_internal.h"

#define BAR_WIDTH 30
#define REDRAW_SECONDS 0.2

double vci_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void vci_progress_init(vci_progress *progress, vc_language language, bool quiet) {
    const char *terminal = getenv("TERM");
    *progress = (vci_progress){.language = language, .quiet = quiet, .tenth = -1};
    progress->terminal = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

/* What the library calls a stage, in words for people; unknown ones as they are. */
static const char *stage_text(const char *stage, vc_language language) {
    static const struct {
        const char *stage;
        vci_text text;
    } known[] = {
        {"fit births", VCI_TEXT_CLI_STAGE_FIT_BIRTHS},
        {"fit deaths", VCI_TEXT_CLI_STAGE_FIT_DEATHS},
        {"fit sex", VCI_TEXT_CLI_STAGE_FIT_SEX},
        {"fit compliance", VCI_TEXT_CLI_STAGE_FIT_COMPLIANCE},
        {"fit arrivals", VCI_TEXT_CLI_STAGE_FIT_ARRIVALS},
        {"fit departures", VCI_TEXT_CLI_STAGE_FIT_DEPARTURES},
        {"fit quota", VCI_TEXT_CLI_STAGE_FIT_PROGRESS},
        {"fit stock", VCI_TEXT_CLI_STAGE_FIT_PROGRESS},
        {"fit survey", VCI_TEXT_CLI_STAGE_FIT_PROGRESS},
        {"fit value", VCI_TEXT_CLI_STAGE_FIT_VALUE},
        {"backtest", VCI_TEXT_CLI_STAGE_BACKTEST},
        {"simulate", VCI_TEXT_CLI_STAGE_SIMULATE},
        {"draw figures", VCI_TEXT_REPORT_STAGE_FIGURES},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(stage, known[i].stage) == 0)
            return vci_text_get(known[i].text, language);
    return stage;
}

static void draw_bar(vci_progress *progress, const char *stage, double share) {
    double now = vci_seconds();
    if (progress->drawn && now - progress->drawn_at < REDRAW_SECONDS) return;
    int full = (int)(share * BAR_WIDTH);
    fputs("\r\033[K[", stderr);
    for (int i = 0; i < BAR_WIDTH; i++) fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %3d %% ", (int)(share * 100));
    vci_say_plain(stderr, stage);
    fflush(stderr);
    progress->drawn = true;
    progress->drawn_at = now;
}

static void show(void *context, const char *stage, double share) {
    vci_progress *progress = context;
    if (progress->quiet) return;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    const char *text = stage_text(stage, progress->language);
    if (progress->terminal) {
        draw_bar(progress, text, share);
        return;
    }
    if (!progress->stage || strcmp(progress->stage, stage) != 0) progress->tenth = 0;
    progress->stage = stage;
    int tenth = (int)(share * 10);
    if (tenth <= progress->tenth) return;
    progress->tenth = tenth;
    vci_say_line(stderr, progress->language, VCI_TEXT_CLI_PROGRESS, text, tenth * 10);
}

static void log_line(void *context, const char *line) {
    vci_progress *progress = context;
    if (progress->quiet) return;
    vci_progress_clear(progress);
    vci_say_plain(stderr, line);
    fputc('\n', stderr);
}

vc_observer vci_progress_observer(vci_progress *progress) {
    return (vc_observer){.context = progress,
                         .log = log_line,
                         .progress = show,
                         .cancelled = vci_signal_pending};
}

void vci_progress_clear(vci_progress *progress) {
    if (!progress->drawn) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->drawn = false;
}
