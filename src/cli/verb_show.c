/* vitalcast show RUN: a stored run. */
#include <string.h>

#include "chart/wording_internal.h"
#include "cli/changes_internal.h"
#include "cli/fit_words_internal.h"
#include "cli/quality_print_internal.h"
#include "cli/say_internal.h"
#include "cli/scenario_words_internal.h"
#include "cli/sheet_internal.h"
#include "cli/sheet_points_internal.h"
#include "cli/sheet_ranks_internal.h"
#include "cli/stored_internal.h"
#include "core/status_internal.h"

static void print_method(const vc_run *run, vc_language language) {
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)run->seed);
    vci_say_line(stdout, language, VCI_TEXT_CLI_METHOD, run->n_draws, seed);
    for (size_t i = 0; i < run->n_fits; i++) {
        const vc_fit *fit = &run->fits[i];
        char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
        vci_text converged =
            fit->converged ? VCI_TEXT_CLI_CONVERGED : VCI_TEXT_CLI_NOT_CONVERGED;
        vci_text validated =
            fit->model.validated ? VCI_TEXT_CLI_VALIDATED : VCI_TEXT_CLI_NOT_VALIDATED;
        vc_period_format(fit->first, fit->frequency, first);
        vc_period_format(fit->first + (vc_period)fit->n - 1, fit->frequency, last);
        vci_say_line(stdout, language, VCI_TEXT_CLI_METHOD_FIT,
                     vci_fit_subject(run, fit, language), fit->model.name,
                     vci_text_get(vci_family_text(fit->model.family), language), first,
                     last, vci_text_get(converged, language),
                     vci_text_get(validated, language));
    }
}

static void print_warnings(const vc_run *run, vc_language language) {
    if (run->n_warnings == 0) return;
    fputc('\n', stdout);
    vci_say_line(stdout, language, VCI_TEXT_CLI_WARNINGS, run->n_warnings);
    for (size_t i = 0; i < run->n_warnings; i++) {
        fputs("  ", stdout);
        vci_say_plain(stdout, run->warnings[i].text);
        fputc('\n', stdout);
    }
}

static vc_status print_quality(const vci_sheet *sheet) {
    vc_status st = VC_OK;
    vci_looks looks = {0};
    VC_TRY(vci_looks_of_run(&sheet->cells.suppression, &looks));
    fputc('\n', stdout);
    VC_TRY(vci_quality_print(&sheet->run->panel, &looks, sheet->language, stdout));
out:
    vci_looks_free(&looks);
    return st;
}

static vc_status print(const vci_cli *cli, const vci_sheet *sheet) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    if (cli->json) {
        vci_json json = {.out = stdout};
        return vci_sheet_json(sheet, &json);
    }
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_RUN, run->id, run->file);
    fputc('\n', stdout);
    if (run->scenario.n > 0) VC_TRY(vci_scenario_print(run, cli->language, stdout));
    VC_TRY(vci_sheet_print(sheet, stdout));
    VC_TRY(vci_sheet_print_forecast(sheet, stdout));
    VC_TRY(vci_sheet_print_changes(sheet, stdout));
    if (sheet->warnings.of) VC_TRY(vci_sheet_print_warnings(sheet, stdout));
    VC_TRY(vci_sheet_print_required(sheet, stdout));
    VC_TRY(vci_sheet_print_lists(sheet, stdout));
    VC_TRY(vci_sheet_print_grades(sheet, stdout));
    VC_TRY(vci_sheet_print_points(sheet, stdout));
    VC_TRY(vci_sheet_print_ranks(sheet, stdout));
    VC_TRY(vci_sheet_print_track(sheet, stdout));
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_CHANCE);
    VC_TRY(vci_sheet_print_notes(sheet, stdout));
    fputc('\n', stdout);
    print_method(run, cli->language);
    if (cli->quiet) goto out;
    print_warnings(run, cli->language);
    VC_TRY(print_quality(sheet));
out:
    return st;
}

int vci_verb_show(vci_cli *cli) {
    vc_run run;
    vci_sheet sheet;
    vci_run_track track = {0};
    memset(&run, 0, sizeof run);
    memset(&sheet, 0, sizeof sheet);
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    int code = vc_status_exit_code(st); /* said already */
    if (st == VC_OK) {
        st = vci_sheet_init(&run, cli->language, cli->all, &sheet);
        if (st == VC_OK && run.scenario.n == 0) /* nobody is warned of what is supposed */
            st = vci_warning_history_find(&run, &sheet.warnings);
        if (st == VC_OK) st = vci_run_track_find(&run, &track);
        sheet.track = &track;
        sheet.colour = vci_colour_wanted(cli);
        if (st == VC_OK) st = print(cli, &sheet);
        code = vci_say_failure(cli->language, st);
    }
    vci_sheet_free(&sheet);
    vci_run_track_free(&track);
    vc_run_free(&run);
    return code;
}
