/* Members of the JSON document: required averages and the three lists. */
#include <math.h>

#include "cli/sheet_internal.h"
#include "cli/term_internal.h"
#include "vitalcast/verdict.h"

static void period_member(vci_json *json, const char *key, const vci_sheet *sheet,
                          vc_period period) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(period, sheet->run->panel.frequency, text);
    vci_json_text(json, key, text);
}

/* Opens an object that says which result it is about. */
static void open_object(const vci_sheet *sheet, size_t r, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_target *target = &run->targets.list[run->results[r].target];
    const vc_unit *unit = &run->panel.tree.units[run->results[r].unit];
    vci_json_object(json, NULL, false);
    vci_json_text(json, "target_id", target->id);
    vci_json_text(json, "unit", unit->code);
    vci_json_text(json, "name", unit->name);
    period_member(json, "year_end", sheet, target->year_end);
    vci_json_text(json, "period", vci_term_name(sheet->run, target));
    vci_json_text(json, "indicator", target->indicator);
}

static void gap_member(const vci_sheet *sheet, size_t r, vci_json *json) {
    vci_cell_state state =
        vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND);
    vci_json_number(json, "gap", state == VCI_SHOWN ? sheet->run->results[r].gap : nan(""));
}

static void verdict_members(const vci_sheet *sheet, size_t r, vci_json *json) {
    const vc_result *result = &sheet->run->results[r];
    vc_verdict verdict = vc_verdict_of(result->p_met, result->settled);
    vci_json_number(json, "p_met", result->p_met);
    vci_json_text(json, "verdict",
                  verdict == VC_VERDICT_NONE ? NULL : vc_verdict_name(verdict));
}

/* Averages and state of a small cell are null. */
static void required_object(const vci_sheet *sheet, const vc_required *q, vci_json *json) {
    bool shown = vci_small_cells_rest(sheet->run, &sheet->cells, q->result) == VCI_SHOWN;
    open_object(sheet, q->result, json);
    vci_json_text(json, "basis", vc_required_basis_name(q->basis));
    vci_json_text(json, "state", shown ? vc_required_state_name(q->state) : NULL);
    vci_json_number(json, "average", shown ? q->average : nan(""));
    vci_json_number(json, "average_high", shown ? q->average_high : nan(""));
    vci_json_number(json, "so_far", shown ? q->so_far : nan(""));
    period_member(json, "first", sheet, q->first);
    vci_json_whole(json, "periods", q->n);
    vci_json_number(json, "p_met", sheet->run->results[q->result].p_met);
    vci_json_close(json);
}

/* What is watched has neither gap nor word. */
static void problem_object(const vci_sheet *sheet, const vc_problem *p, vci_json *json) {
    open_object(sheet, p->result, json);
    vci_json_text(json, "status", p->watch ? "watch" : "problem");
    if (p->watch) {
        vci_json_number(json, "p_met", sheet->run->results[p->result].p_met);
    } else {
        gap_member(sheet, p->result, json);
        verdict_members(sheet, p->result, json);
    }
    vci_json_close(json);
}

static void amount(vci_json *json, const char *key, const vc_task *task, int64_t number) {
    vci_json_number(json, key, (double)number / (double)task->scale);
}

static void task_object(const vci_sheet *sheet, const vc_task *task, vci_json *json) {
    open_object(sheet, task->result, json);
    vci_json_text(json, "department", sheet->run->panel.progress[task->series].department);
    amount(json, "done", task, task->done);
    amount(json, "denominator", task, task->whole);
    amount(json, "goal", task, task->goal);
    amount(json, "remaining", task, task->remaining);
    vci_json_array(json, "plan", false);
    for (size_t i = 0; i < task->n; i++) {
        vci_json_object(json, NULL, false);
        period_member(json, "period", sheet, task->first + (vc_period)i);
        amount(json, "amount", task, task->plan[i]);
        vci_json_close(json);
    }
    vci_json_close(json);
    vci_json_close(json);
}

static void responsibility_object(const vci_sheet *sheet, const vc_task *task,
                                  vci_json *json) {
    open_object(sheet, task->result, json);
    vci_json_text(json, "department", sheet->run->panel.progress[task->series].department);
    vci_json_number(json, "to_date", sheet->run->results[task->result].to_date);
    gap_member(sheet, task->result, json);
    vci_json_number(json, "remaining",
                    task->counted ? (double)task->remaining / (double)task->scale
                                  : nan(""));
    verdict_members(sheet, task->result, json);
    vci_json_text(json, "status", task->closed ? "closed" : "open");
    vci_json_close(json);
}

void vci_sheet_lists_json(const vci_sheet *sheet, vci_json *json) {
    vci_json_array(json, "required", true);
    for (size_t i = 0; i < sheet->required.n; i++)
        required_object(sheet, &sheet->required.list[i], json);
    vci_json_close(json);
    vci_json_array(json, "problems", true);
    for (size_t i = 0; i < sheet->problems.n; i++)
        problem_object(sheet, &sheet->problems.list[i], json);
    vci_json_close(json);
    vci_json_array(json, "tasks", true);
    for (size_t i = 0; i < sheet->tasks.n; i++)
        if (sheet->tasks.list[i].remaining != 0)
            task_object(sheet, &sheet->tasks.list[i], json);
    vci_json_close(json);
    vci_json_array(json, "responsibilities", true);
    for (size_t i = 0; i < sheet->tasks.n; i++)
        responsibility_object(sheet, &sheet->tasks.list[i], json);
    vci_json_close(json);
}
