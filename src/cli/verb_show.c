/* vitalcast show RUN: a stored run. */
#include <string.h>

#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/stored_internal.h"
#include "core/status_internal.h"

static vci_text family_text(vc_family family) {
    static const vci_text texts[] = {
        [VC_POISSON] = VCI_TEXT_CLI_FAMILY_POISSON,
        [VC_NEGATIVE_BINOMIAL] = VCI_TEXT_CLI_FAMILY_NEGATIVE_BINOMIAL,
        [VC_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BINOMIAL,
        [VC_BETA_BINOMIAL] = VCI_TEXT_CLI_FAMILY_BETA_BINOMIAL,
        [VC_NORMAL] = VCI_TEXT_CLI_FAMILY_NORMAL,
        [VC_LOG_NORMAL] = VCI_TEXT_CLI_FAMILY_LOG_NORMAL,
    };
    return texts[family];
}

/* What a fit describes: births, deaths, sex ratio, or the series of values. */
static const char *subject(const vc_run *run, const vc_fit *fit, vc_language language) {
    if (fit->unit != VC_NO_UNIT) return run->panel.values[fit->series].indicator;
    if (strcmp(fit->role, "births") == 0)
        return vci_text_get(VCI_TEXT_CLI_BIRTHS, language);
    if (strcmp(fit->role, "deaths") == 0)
        return vci_text_get(VCI_TEXT_CLI_DEATHS, language);
    if (strcmp(fit->role, "sex") == 0)
        return vci_text_get(VCI_TEXT_CLI_SEX_RATIO, language);
    return fit->role;
}

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
        vci_say_line(stdout, language, VCI_TEXT_CLI_METHOD_FIT, subject(run, fit, language),
                     fit->model.name,
                     vci_text_get(family_text(fit->model.family), language), first, last,
                     vci_text_get(converged, language), vci_text_get(validated, language));
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

static vc_status print(const vci_cli *cli, const vci_sheet *sheet) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    if (cli->json) {
        vci_json json = {.out = stdout};
        vci_sheet_json(sheet, &json);
        return VC_OK;
    }
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_RUN, run->id, run->file);
    fputc('\n', stdout);
    VC_TRY(vci_sheet_print(sheet, stdout));
    VC_TRY(vci_sheet_print_forecast(sheet, stdout));
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NOTE_CHANCE);
    VC_TRY(vci_sheet_print_notes(sheet, stdout));
    fputc('\n', stdout);
    print_method(run, cli->language);
    if (!cli->quiet) print_warnings(run, cli->language);
out:
    return st;
}

int vci_verb_show(vci_cli *cli) {
    vc_run run;
    vci_sheet sheet;
    memset(&run, 0, sizeof run);
    memset(&sheet, 0, sizeof sheet);
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    int code = vc_status_exit_code(st); /* said already */
    if (st == VC_OK) {
        st = vci_sheet_init(&run, cli->language, cli->all, &sheet);
        if (st == VC_OK) st = print(cli, &sheet);
        code = vci_say_failure(cli->language, st);
    }
    vci_sheet_free(&sheet);
    vc_run_free(&run);
    return code;
}
