/* The lists as CSV: every unit, the members of the JSON document as columns. */
#include "cli/list_export_internal.h"

#include <math.h>
#include <string.h>

#include "cli/csv_internal.h"
#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/stored_internal.h"
#include "cli/term_internal.h"
#include "vitalcast/verdict.h"

static void write_heading(vci_csv *csv, size_t n, const char *const *columns) {
    static const char *const shared[] = {
        "target_id", "unit", "name", "year_end", "assessment_period", "indicator"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        vci_csv_text(csv, shared[i]);
    for (size_t i = 0; i < n; i++) vci_csv_text(csv, columns[i]);
    vci_csv_end_row(csv);
}

static void write_period(vci_csv *csv, const vc_run *run, vc_period period) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(period, run->panel.frequency, text);
    vci_csv_text(csv, text);
}

/* The cells that say which result a row is about. */
static void begin_row(vci_csv *csv, const vci_sheet *sheet, size_t r) {
    const vc_run *run = sheet->run;
    const vc_target *target = &run->targets.list[run->results[r].target];
    const vc_unit *unit = &run->panel.tree.units[run->results[r].unit];
    vci_csv_text(csv, target->id);
    vci_csv_text(csv, unit->code);
    vci_csv_text(csv, unit->name);
    write_period(csv, run, target->year_end);
    vci_csv_text(csv, vci_term_name(run, target));
    vci_csv_text(csv, target->indicator);
}

/* Small cells are empty. */
static void write_gap(vci_csv *csv, const vci_sheet *sheet, size_t r) {
    bool shown = vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND) ==
                 VCI_SHOWN;
    vci_csv_number(csv, shown ? sheet->run->results[r].gap : nan(""));
}

static void write_verdict(vci_csv *csv, const vci_sheet *sheet, size_t r) {
    const vc_result *result = &sheet->run->results[r];
    vc_verdict verdict = vc_verdict_of(result->p_met, result->settled);
    vci_csv_number(csv, result->p_met);
    vci_csv_text(csv, verdict == VC_VERDICT_NONE ? NULL : vc_verdict_name(verdict));
}

static void write_problems(vci_csv *csv, const vci_sheet *sheet) {
    static const char *const columns[] = {"status", "gap", "p_met", "verdict"};
    write_heading(csv, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < sheet->problems.n; i++) {
        const vc_problem *problem = &sheet->problems.list[i];
        begin_row(csv, sheet, problem->result);
        vci_csv_text(csv, problem->watch ? "watch" : "problem");
        if (problem->watch) {
            vci_csv_text(csv, NULL);
            vci_csv_number(csv, sheet->run->results[problem->result].p_met);
            vci_csv_text(csv, NULL);
        } else {
            write_gap(csv, sheet, problem->result);
            write_verdict(csv, sheet, problem->result);
        }
        vci_csv_end_row(csv);
    }
}

static void write_amount(vci_csv *csv, const vc_task *task, int64_t number) {
    vci_csv_number(csv, task->counted ? (double)number / (double)task->scale : nan(""));
}

static const char *department_of(const vci_sheet *sheet, const vc_task *task) {
    return sheet->run->panel.progress[task->series].department;
}

static void begin_task(vci_csv *csv, const vci_sheet *sheet, const vc_task *task) {
    begin_row(csv, sheet, task->result);
    vci_csv_text(csv, department_of(sheet, task));
    write_amount(csv, task, task->done);
    write_amount(csv, task, task->whole);
    write_amount(csv, task, task->goal);
    write_amount(csv, task, task->remaining);
}

/* One row for each period of the plan; one without a period when none is left. */
static void write_tasks(vci_csv *csv, const vci_sheet *sheet) {
    static const char *const columns[] = {"department", "done",   "denominator", "goal",
                                          "remaining",  "period", "amount"};
    write_heading(csv, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < sheet->tasks.n; i++) {
        const vc_task *task = &sheet->tasks.list[i];
        if (task->remaining == 0) continue;
        for (size_t p = 0; p < task->n; p++) {
            begin_task(csv, sheet, task);
            write_period(csv, sheet->run, task->first + (vc_period)p);
            write_amount(csv, task, task->plan[p]);
            vci_csv_end_row(csv);
        }
        if (task->n > 0) continue;
        begin_task(csv, sheet, task);
        vci_csv_text(csv, NULL);
        vci_csv_text(csv, NULL);
        vci_csv_end_row(csv);
    }
}

static void write_responsibilities(vci_csv *csv, const vci_sheet *sheet) {
    static const char *const columns[] = {"department", "to_date", "gap",   "remaining",
                                          "p_met",      "verdict", "status"};
    write_heading(csv, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < sheet->tasks.n; i++) {
        const vc_task *task = &sheet->tasks.list[i];
        begin_row(csv, sheet, task->result);
        vci_csv_text(csv, department_of(sheet, task));
        vci_csv_number(csv, sheet->run->results[task->result].to_date);
        write_gap(csv, sheet, task->result);
        write_amount(csv, task, task->remaining);
        write_verdict(csv, sheet, task->result);
        vci_csv_text(csv, task->closed ? "closed" : "open");
        vci_csv_end_row(csv);
    }
}

static void write_list(const char *what, const vci_sheet *sheet) {
    vci_csv csv = {.out = stdout};
    if (strcmp(what, "problems") == 0)
        write_problems(&csv, sheet);
    else if (strcmp(what, "tasks") == 0)
        write_tasks(&csv, sheet);
    else
        write_responsibilities(&csv, sheet);
}

int vci_list_export(vci_cli *cli) {
    vc_run run;
    vci_sheet sheet;
    memset(&run, 0, sizeof run);
    memset(&sheet, 0, sizeof sheet);
    if (cli->n_words < 2 || !cli->what) return vci_usage_error(cli, VCI_TEXT_LISTS_EXPORT);
    vc_status st = vci_stored_load(cli, cli->words[1], &run);
    int code = vc_status_exit_code(st); /* said already */
    if (st == VC_OK && run.scenario.n > 0) {
        code = vci_usage_error(cli, VCI_TEXT_SCENARIO_NO_EXPORT, run.id);
    } else if (st == VC_OK) {
        st = vci_sheet_init(&run, cli->language, true, &sheet);
        if (st == VC_OK) write_list(cli->what, &sheet);
        code = vci_say_failure(cli->language, st);
    }
    vci_sheet_free(&sheet);
    vc_run_free(&run);
    return code;
}
