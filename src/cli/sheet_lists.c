/* The three lists of the meeting: problems, tasks, responsibilities. */
#include <string.h>

#include "chart/indicator_text_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_section_internal.h"
#include "core/memory_internal.h"

/* To date and gap. */
static vc_status add_standing(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_result *result = vci_section_result(sheet, r);
    vci_cell_state to_date = (vci_cell_state)sheet->cells.state[r][VCI_CELL_TO_DATE];
    vci_cell_state gap =
        vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND);
    VC_TRY(vci_grid_add(grid,
                        vci_sheet_figure(sheet, r, to_date, result->to_date, false).text));
    VC_TRY(vci_grid_add(grid, vci_sheet_figure(sheet, r, gap, result->gap, true).text));
out:
    return st;
}

/* --- problems ---------------------------------------------------------------------------
 */

static const vc_problem *problem_of(const vci_sheet *sheet, size_t r) {
    for (size_t i = 0; i < sheet->problems.n; i++)
        if (sheet->problems.list[i].result == r) return &sheet->problems.list[i];
    return NULL;
}

static vc_status fill_problems(const vci_sheet *sheet, size_t begin, size_t end,
                               vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,     VCI_TEXT_CLI_COLUMN_INDICATOR,
        VCI_TEXT_CLI_COLUMN_TARGET,   VCI_TEXT_CLI_COLUMN_TO_DATE,
        VCI_TEXT_CLI_COLUMN_GAP,      VCI_TEXT_CLI_COLUMN_P_MET,
        VCI_TEXT_LISTS_COLUMN_VERDICT};
    grid->n_columns = sizeof columns / sizeof *columns;
    VC_TRY(vci_section_add_words(sheet, grid, grid->n_columns, columns));
    for (size_t i = begin; i < end; i++) {
        size_t r = sheet->rows[i];
        const vc_problem *problem = problem_of(sheet, r);
        if (!problem || problem->watch) continue;
        VC_TRY(vci_grid_add(grid, vci_section_unit(sheet, r)));
        VC_TRY(vci_section_add_indicator(sheet, r, grid));
        VC_TRY(vci_section_add_target(sheet, r, grid));
        VC_TRY(add_standing(sheet, r, grid));
        VC_TRY(vci_section_add_p_met(sheet, r, grid));
    }
out:
    return st;
}

/* The units that one indicator watches; rows begin .. end - 1 are its. */
static vc_status watch_indicator(const vci_sheet *sheet, size_t begin, size_t end,
                                 FILE *out) {
    vc_status st = VC_OK;
    char *names = NULL, *indicator = NULL;
    const char *comma = vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, sheet->language);
    for (size_t i = begin; i < end; i++) {
        const vc_problem *problem = problem_of(sheet, sheet->rows[i]);
        if (!problem || !problem->watch) continue;
        char *longer = vci_text_format("%s%s%s", names ? names : "", names ? comma : "",
                                       vci_section_unit(sheet, sheet->rows[i]));
        if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(names);
        names = longer;
    }
    if (!names) goto out;
    indicator = vci_indicator_text(sheet->run,
                                   vci_section_target(sheet, sheet->rows[begin])->indicator,
                                   sheet->language);
    if (!indicator) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, sheet->language, VCI_TEXT_LISTS_WATCH, indicator, names);
out:
    vci_free(names);
    vci_free(indicator);
    return st;
}

static vc_status print_watch(const vci_sheet *sheet, size_t begin, size_t end, FILE *out) {
    vc_status st = VC_OK;
    for (size_t i = begin, next; i < end; i = next) {
        const char *indicator = vci_section_target(sheet, sheet->rows[i])->indicator;
        for (next = i; next < end; next++)
            if (strcmp(vci_section_target(sheet, sheet->rows[next])->indicator,
                       indicator) != 0)
                break;
        VC_TRY(watch_indicator(sheet, i, next, out));
    }
out:
    return st;
}

/* --- tasks and responsibilities ---------------------------------------------------------
 */

static const vc_task *task_of(const vci_sheet *sheet, size_t r) {
    for (size_t i = 0; i < sheet->tasks.n; i++)
        if (sheet->tasks.list[i].result == r) return &sheet->tasks.list[i];
    return NULL;
}

static const char *department_of(const vci_sheet *sheet, const vc_task *task) {
    const char *department = sheet->run->panel.progress[task->series].department;
    return department ? department : VCI_NO_FIGURE;
}

/* Heading of the periods first .. last, and how many there are. */
static vc_status add_periods(const vci_sheet *sheet, vc_period first, vc_period last,
                             vci_grid *grid) {
    vc_status st = VC_OK;
    for (vc_period p = first; p <= last; p++) {
        char text[VC_PERIOD_TEXT];
        vc_period_format(p, sheet->run->panel.frequency, text);
        VC_TRY(vci_grid_add(grid, text));
        grid->n_columns++;
    }
out:
    return st;
}

static vc_status add_task(const vci_sheet *sheet, const vc_task *task, size_t n_periods,
                          vci_grid *grid) {
    vc_status st = VC_OK;
    VC_TRY(vci_grid_add(grid, vci_section_unit(sheet, task->result)));
    VC_TRY(vci_section_add_indicator(sheet, task->result, grid));
    VC_TRY(vci_grid_add(grid, department_of(sheet, task)));
    VC_TRY(vci_section_add_amount(grid, task->done, task->scale));
    VC_TRY(vci_section_add_amount(grid, task->goal, task->scale));
    VC_TRY(vci_section_add_amount(grid, task->remaining, task->scale));
    for (size_t p = 0; p < n_periods; p++) {
        if (p < task->n)
            VC_TRY(vci_section_add_amount(grid, task->plan[p], task->scale));
        else
            VC_TRY(vci_grid_add(grid, VCI_NO_FIGURE));
    }
out:
    return st;
}

static vc_status fill_tasks(const vci_sheet *sheet, size_t begin, size_t end,
                            vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,         VCI_TEXT_CLI_COLUMN_INDICATOR,
        VCI_TEXT_LISTS_COLUMN_DEPARTMENT, VCI_TEXT_LISTS_COLUMN_DONE,
        VCI_TEXT_LISTS_COLUMN_GOAL,       VCI_TEXT_LISTS_COLUMN_REMAINING};
    vc_year year = vc_target_term(vci_section_target(sheet, sheet->rows[begin]),
                                  sheet->run->panel.frequency);
    vc_period as_of = sheet->run->as_of, last = year.end;
    vc_period first = as_of + 1 > year.first ? as_of + 1 : year.first;
    size_t fixed = sizeof columns / sizeof *columns;
    grid->n_columns = fixed;
    VC_TRY(vci_section_add_words(sheet, grid, fixed, columns));
    VC_TRY(add_periods(sheet, first, last, grid));
    for (size_t i = begin; i < end; i++) {
        const vc_task *task = task_of(sheet, sheet->rows[i]);
        if (task && task->remaining != 0)
            VC_TRY(add_task(sheet, task, grid->n_columns - fixed, grid));
    }
out:
    return st;
}

static vc_status add_responsibility(const vci_sheet *sheet, const vc_task *task,
                                    vci_grid *grid) {
    vc_status st = VC_OK;
    size_t r = task->result;
    vci_text status = task->closed ? VCI_TEXT_LISTS_CLOSED : VCI_TEXT_LISTS_OPEN;
    VC_TRY(vci_grid_add(grid, department_of(sheet, task)));
    VC_TRY(vci_grid_add(grid, vci_section_unit(sheet, r)));
    VC_TRY(vci_section_add_indicator(sheet, r, grid));
    VC_TRY(vci_section_add_target(sheet, r, grid));
    VC_TRY(add_standing(sheet, r, grid));
    if (task->counted)
        VC_TRY(vci_section_add_amount(grid, task->remaining, task->scale));
    else
        VC_TRY(vci_grid_add(grid, VCI_NO_FIGURE));
    VC_TRY(vci_section_add_p_met(sheet, r, grid));
    VC_TRY(vci_grid_add(grid, vci_text_get(status, sheet->language)));
out:
    return st;
}

/* Departments in the order in which they first appear. */
static vc_status fill_responsibilities(const vci_sheet *sheet, size_t begin, size_t end,
                                       vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_LISTS_COLUMN_DEPARTMENT, VCI_TEXT_CLI_COLUMN_UNIT,
        VCI_TEXT_CLI_COLUMN_INDICATOR,    VCI_TEXT_CLI_COLUMN_TARGET,
        VCI_TEXT_CLI_COLUMN_TO_DATE,      VCI_TEXT_CLI_COLUMN_GAP,
        VCI_TEXT_LISTS_COLUMN_REMAINING,  VCI_TEXT_CLI_COLUMN_P_MET,
        VCI_TEXT_LISTS_COLUMN_VERDICT,    VCI_TEXT_LISTS_COLUMN_STATUS};
    grid->n_columns = sizeof columns / sizeof *columns;
    VC_TRY(vci_section_add_words(sheet, grid, grid->n_columns, columns));
    for (size_t i = begin; i < end; i++) {
        const vc_task *first = task_of(sheet, sheet->rows[i]);
        bool told = !first;
        for (size_t j = begin; j < i && !told; j++) {
            const vc_task *task = task_of(sheet, sheet->rows[j]);
            told = task && !strcmp(department_of(sheet, task), department_of(sheet, first));
        }
        for (size_t j = i; j < end && !told; j++) {
            const vc_task *task = task_of(sheet, sheet->rows[j]);
            if (task && !strcmp(department_of(sheet, task), department_of(sheet, first)))
                VC_TRY(add_responsibility(sheet, task, grid));
        }
    }
out:
    return st;
}

vc_status vci_sheet_print_lists(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    static const vci_section problems = {.heading = VCI_TEXT_LISTS_PROBLEMS,
                                         .fill = fill_problems,
                                         .after = print_watch,
                                         .left = 3,
                                         .always = true};
    static const vci_section tasks = {
        .heading = VCI_TEXT_LISTS_TASKS, .fill = fill_tasks, .left = 7};
    static const vci_section responsibilities = {.heading = VCI_TEXT_LISTS_RESPONSIBILITIES,
                                                 .fill = fill_responsibilities,
                                                 .left = 7};
    VC_TRY(vci_section_print(sheet, &problems, out));
    VC_TRY(vci_section_print(sheet, &tasks, out));
    VC_TRY(vci_section_print(sheet, &responsibilities, out));
    if (sheet->tasks.n > 0) vci_say_line(out, sheet->language, VCI_TEXT_LISTS_TASK_NOTE);
out:
    return st;
}
