/* vitalcast inspect: what a random inspection of villages can find; needs no workspace. */
#include <math.h>
#include <stdlib.h>

#include "cli/figure_internal.h"
#include "cli/json_internal.h"
#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/table_print_internal.h"
#include "core/status_internal.h"
#include "vitalcast/inspection.h"

#define DEFAULT_PROBABILITY 0.9
#define LEVEL 0.95

/* What was asked for, read and checked. */
typedef struct inspection {
    int64_t villages, sample;
    size_t n; /* numbers of affected villages that are looked at */
    int64_t affected[8];
    double probability, share, correlation;
} inspection;

static vci_figure whole(int64_t number) { return vci_figure_format((double)number, 0); }

/* A number of an option; false, with the message said, if it is out of its range. */
static bool take_share(const vci_cli *cli, vci_option option, const char *text, bool zero,
                       double *number) {
    char *end;
    if (!text) return true;
    *number = strtod(text, &end);
    if (end != text && !*end && *number < 1 && (*number > 0 || (zero && *number == 0)))
        return true;
    vci_text range = zero ? VCI_TEXT_INSPECT_FROM : VCI_TEXT_INSPECT_WITHIN;
    vci_usage_error(cli, VCI_TEXT_INSPECT_BAD_SHARE, vci_option_name(option),
                    vci_text_get(range, cli->language), text);
    return false;
}

static bool within(const vci_cli *cli, vci_option option, int64_t number, vci_option other,
                   int64_t most) {
    if (number <= most) return true;
    vci_usage_error(cli, VCI_TEXT_INSPECT_TOO_MANY, vci_option_name(option),
                    whole(number).text, vci_option_name(other), whole(most).text);
    return false;
}

static bool take_numbers(const vci_cli *cli) {
    if (cli->villages == VCI_NOT_GIVEN || cli->sample == VCI_NOT_GIVEN) {
        vci_usage_error(cli, VCI_TEXT_INSPECT_NEEDS);
        return false;
    }
    if ((cli->records == VCI_NOT_GIVEN) != (cli->omitted_share == NULL)) {
        vci_usage_error(cli, VCI_TEXT_INSPECT_NEED_SHARE);
        return false;
    }
    return within(cli, VCI_OPTION_SAMPLE, cli->sample, VCI_OPTION_VILLAGES,
                  cli->villages) &&
           within(cli, VCI_OPTION_AFFECTED, cli->affected, VCI_OPTION_VILLAGES,
                  cli->villages) &&
           within(cli, VCI_OPTION_FOUND, cli->found, VCI_OPTION_SAMPLE, cli->sample);
}

/* The number that was given, or some from one village to a third of all. */
static void choose_affected(const vci_cli *cli, inspection *i) {
    static const int64_t some[] = {1, 2, 5, 10, 20, 50, 100};
    if (cli->affected != VCI_NOT_GIVEN) i->affected[i->n++] = cli->affected;
    for (size_t k = 0; k < sizeof some / sizeof *some && cli->affected < 0; k++)
        if (k == 0 || 3 * some[k] <= i->villages) i->affected[i->n++] = some[k];
}

static bool take(const vci_cli *cli, inspection *i) {
    *i = (inspection){.villages = cli->villages,
                      .sample = cli->sample,
                      .probability = DEFAULT_PROBABILITY};
    if (!take_numbers(cli)) return false;
    choose_affected(cli, i);
    return take_share(cli, VCI_OPTION_PROBABILITY, cli->probability, false,
                      &i->probability) &&
           take_share(cli, VCI_OPTION_OMITTED_SHARE, cli->omitted_share, false,
                      &i->share) &&
           take_share(cli, VCI_OPTION_CORRELATION, cli->correlation, true, &i->correlation);
}

/* --- words -------------------------------------------------------------------------- */

static vc_status add_heading(const vci_cli *cli, const inspection *i, vci_grid *grid) {
    vc_status st = VC_OK;
    char *needed = vci_text_say(cli->language, VCI_TEXT_INSPECT_COLUMN_NEEDED,
                                vci_figure_format_percent(100 * i->probability, 0).text);
    if (!needed) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(
        vci_grid_add(grid, vci_text_get(VCI_TEXT_INSPECT_COLUMN_AFFECTED, cli->language)));
    VC_TRY(vci_grid_add(grid, vci_text_get(VCI_TEXT_INSPECT_COLUMN_FINDS, cli->language)));
    VC_TRY(vci_grid_add(grid, vci_text_get(VCI_TEXT_INSPECT_COLUMN_NONE, cli->language)));
    VC_TRY(vci_grid_add(grid, needed));
out:
    free(needed);
    return st;
}

static vc_status print_table(const vci_cli *cli, const inspection *i) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = 4, .right = 0xF};
    VC_TRY(add_heading(cli, i, &grid));
    for (size_t k = 0; k < i->n; k++) {
        double finds = vc_inspection_finds(i->villages, i->affected[k], i->sample);
        int64_t needed = vc_inspection_sample(i->villages, i->affected[k], i->probability);
        VC_TRY(vci_grid_add(&grid, whole(i->affected[k]).text));
        VC_TRY(vci_grid_add(&grid, vci_figure_format_percent(100 * finds, 1).text));
        VC_TRY(vci_grid_add(&grid, vci_figure_format_percent(100 - 100 * finds, 1).text));
        VC_TRY(vci_grid_add(&grid, whole(needed).text));
    }
    vci_say_line(stdout, cli->language, VCI_TEXT_INSPECT_HEADING, whole(i->sample).text,
                 whole(i->villages).text);
    vci_grid_print(&grid, stdout);
out:
    vci_grid_free(&grid);
    return st;
}

static void say_found(const vci_cli *cli, const inspection *i) {
    vc_inspection_bounds b = vc_inspection_bound(i->villages, i->sample, cli->found, LEVEL);
    if (cli->found == 0)
        vci_say_line(stdout, cli->language, VCI_TEXT_INSPECT_NOTHING_FOUND,
                     whole(b.most).text, whole(i->villages).text);
    else
        vci_say_line(stdout, cli->language, VCI_TEXT_INSPECT_BOUNDS, whole(cli->found).text,
                     whole(i->sample).text, whole(b.low).text, whole(b.high).text,
                     whole(i->villages).text);
}

static void say_records(const vci_cli *cli, const inspection *i) {
    vc_inspection_records r =
        vc_inspection_record(i->sample, cli->records, i->share, i->correlation);
    vci_say_line(stdout, cli->language, VCI_TEXT_INSPECT_RECORDS, whole(cli->records).text,
                 vci_figure_format(i->share, 3).text,
                 vci_figure_format(i->correlation, 2).text,
                 vci_figure_format_percent(100 * r.village_none, 1).text,
                 vci_figure_format_percent(100 * r.sample_none, 1).text,
                 vci_figure_format(r.mean, 1).text, vci_figure_format(r.sd, 1).text);
}

static vc_status print_words(const vci_cli *cli, const inspection *i) {
    vc_status st = VC_OK;
    VC_TRY(print_table(cli, i));
    if (cli->found != VCI_NOT_GIVEN) say_found(cli, i);
    if (cli->records != VCI_NOT_GIVEN) say_records(cli, i);
    if (!cli->quiet) vci_say_line(stdout, cli->language, VCI_TEXT_INSPECT_NOTE);
out:
    return st;
}

/* --- JSON --------------------------------------------------------------------------- */

static void found_json(vci_json *json, const vci_cli *cli) {
    vc_inspection_bounds b =
        vc_inspection_bound(cli->villages, cli->sample, cli->found, LEVEL);
    vci_json_object(json, "result", false);
    vci_json_whole(json, "found", (uint64_t)cli->found);
    vci_json_number(json, "level", LEVEL);
    vci_json_whole(json, "low", (uint64_t)b.low);
    vci_json_whole(json, "high", (uint64_t)b.high);
    vci_json_whole(json, "at_most", (uint64_t)b.most);
    vci_json_close(json);
}

static void records_json(vci_json *json, const vci_cli *cli, const inspection *i) {
    vc_inspection_records r =
        vc_inspection_record(i->sample, cli->records, i->share, i->correlation);
    vci_json_object(json, "records", false);
    vci_json_whole(json, "records", (uint64_t)cli->records);
    vci_json_number(json, "omitted_share", i->share);
    vci_json_number(json, "correlation", i->correlation);
    vci_json_number(json, "p_village_none", r.village_none);
    vci_json_number(json, "p_sample_none", r.sample_none);
    vci_json_number(json, "mean", r.mean);
    vci_json_number(json, "sd", r.sd);
    vci_json_close(json);
}

static void print_json(const vci_cli *cli, const inspection *i) {
    vci_json json = {.out = stdout};
    vci_json_object(&json, NULL, true);
    vci_json_whole(&json, "villages", (uint64_t)i->villages);
    vci_json_whole(&json, "sample", (uint64_t)i->sample);
    vci_json_number(&json, "probability", i->probability);
    vci_json_array(&json, "affected", true);
    for (size_t k = 0; k < i->n; k++) {
        vci_json_object(&json, NULL, false);
        vci_json_whole(&json, "affected", (uint64_t)i->affected[k]);
        vci_json_number(&json, "p_found",
                        vc_inspection_finds(i->villages, i->affected[k], i->sample));
        vci_json_whole(
            &json, "needed",
            (uint64_t)vc_inspection_sample(i->villages, i->affected[k], i->probability));
        vci_json_close(&json);
    }
    vci_json_close(&json);
    if (cli->found != VCI_NOT_GIVEN) found_json(&json, cli);
    if (cli->records != VCI_NOT_GIVEN) records_json(&json, cli, i);
    vci_json_close(&json);
}

int vci_verb_inspect(vci_cli *cli) {
    inspection i;
    if (!take(cli, &i)) return VCI_WRONG_COMMAND_LINE;
    if (cli->json) {
        print_json(cli, &i);
        return 0;
    }
    return vci_say_failure(cli->language, print_words(cli, &i));
}
