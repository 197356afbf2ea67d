/* The three lists of the meeting, each on a sheet of its own. */
#include <math.h>
#include <string.h>

#include "assess/lists_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"
#include "vitalcast/problem.h"

#define MOST_PERIODS 120 /* columns of a plan */

static void add_p_met(vci_page *page, size_t r) {
    const vc_result *result = &page->book->run->results[r];
    vci_page_probability(page, result->p_met, result->settled);
    vci_page_text(page, vci_book_verdict(page->book, result));
}

/* To date and gap. */
static void add_standing(vci_page *page, size_t r) {
    const vci_book *book = page->book;
    const vc_result *result = &book->run->results[r];
    vci_page_result(page, r, vci_book_mark(book, r, VC_SPAN_TO_DATE), result->to_date,
                    false);
    vci_page_result(page, r, vci_book_gap(book, r), result->gap, true);
}

/* --- problems --------------------------------------------------------------------------
 */

static const vc_problem *problem_of(const vc_problems *problems, size_t r) {
    for (size_t i = 0; i < problems->n; i++)
        if (problems->list[i].result == r) return &problems->list[i];
    return NULL;
}

/* Units that are watched are named, and nothing more is said of them. */
static vc_status add_watched(vci_page *page, const vc_problems *problems, size_t begin) {
    vc_status st = VC_OK;
    const vci_book *book = page->book;
    const char *comma = vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, book->language);
    const vc_target *first = vci_book_target_of(book, book->rows[begin]);
    char *names = NULL, *indicator = NULL, *line = NULL, term[3 * VC_PERIOD_TEXT];
    for (size_t i = begin; i < book->run->n_results; i++) {
        size_t r = book->rows[i];
        const vc_target *target = vci_book_target_of(book, r);
        if (!vc_target_same_term(target, first) ||
            strcmp(target->indicator, first->indicator) != 0)
            break;
        const vc_problem *problem = problem_of(problems, r);
        if (!problem || !problem->watch) continue;
        char *longer = vci_text_format("%s%s%s", names ? names : "", names ? comma : "",
                                       vci_book_unit_of(book, r));
        if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(names);
        names = longer;
    }
    if (!names) goto out;
    indicator = vci_book_indicator(book, first->indicator);
    if (!indicator) VC_FAIL(VC_NO_MEMORY, "text");
    vci_book_term(book, first, term);
    line = vci_text_say(book->language, VCI_TEXT_LISTS_WATCH_TERM, indicator, term, names);
    if (!line) VC_FAIL(VC_NO_MEMORY, "text");
    vci_page_note(page, line);
out:
    vci_free(names);
    vci_free(indicator);
    vci_free(line);
    return st;
}

/* Does an indicator of a term begin with this row? */
static bool begins(const vci_book *book, size_t i) {
    if (i == 0) return true;
    const vc_target *target = vci_book_target_of(book, book->rows[i]);
    const vc_target *before = vci_book_target_of(book, book->rows[i - 1]);
    return !vc_target_same_term(target, before) ||
           strcmp(target->indicator, before->indicator) != 0;
}

static vc_status add_problems(vci_book *book, const vc_problems *problems) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 18},    {VCI_TEXT_CLI_COLUMN_INDICATOR, 28},
        {VCI_TEXT_BOOK_TERM, 20},          {VCI_TEXT_CLI_COLUMN_TARGET, 13},
        {VCI_TEXT_CLI_COLUMN_TO_DATE, 11}, {VCI_TEXT_CLI_COLUMN_GAP, 11},
        {VCI_TEXT_CLI_COLUMN_P_MET, 12},   {VCI_TEXT_LISTS_COLUMN_VERDICT, 22},
    };
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_PROBLEMS, sizeof columns / sizeof *columns,
                          columns, &page));
    for (size_t i = 0; i < book->run->n_results; i++) {
        size_t r = book->rows[i];
        const vc_problem *problem = problem_of(problems, r);
        if (!problem || problem->watch) continue;
        VC_TRY(vci_page_names(&page, r));
        vci_page_bound(&page, r);
        add_standing(&page, r);
        add_p_met(&page, r);
        vci_page_next(&page);
    }
    vci_page_end(&page, 2);
    for (size_t i = 0; i < book->run->n_results; i++)
        if (begins(book, i)) VC_TRY(add_watched(&page, problems, i));
    vci_page_say_note(&page, VCI_TEXT_CLI_NOTE_CHANCE);
out:
    return st;
}

/* --- tasks and responsibilities ---------------------------------------------------------
 */

static const vc_task *task_of(const vc_tasks *tasks, size_t r) {
    for (size_t i = 0; i < tasks->n; i++)
        if (tasks->list[i].result == r) return &tasks->list[i];
    return NULL;
}

static const char *department_of(const vci_book *book, const vc_task *task) {
    const char *department = book->run->panel.progress[task->series].department;
    return department ? department : "—";
}

/* A whole number of 1/scale. */
static void add_amount(vci_page *page, int64_t amount, int64_t scale) {
    int digits = 0;
    for (int64_t s = scale; s > 1; s /= 10) digits++;
    vci_page_number(page, (double)amount / (double)scale, vci_page_digits(digits, false));
}

/* The periods of all plans together. */
static vc_year plan_span(const vc_tasks *tasks) {
    vc_year span = {0, -1};
    for (size_t i = 0; i < tasks->n; i++) {
        const vc_task *task = &tasks->list[i];
        if (task->remaining == 0 || task->n == 0) continue;
        vc_period last = task->first + (vc_period)task->n - 1;
        if (span.end < span.first) span = (vc_year){task->first, last};
        if (task->first < span.first) span.first = task->first;
        if (last > span.end) span.end = last;
    }
    if (span.end - span.first >= MOST_PERIODS) span.end = span.first + MOST_PERIODS - 1;
    return span;
}

static vc_status add_task(vci_page *page, const vc_task *task, vc_year span) {
    vc_status st = VC_OK;
    VC_TRY(vci_page_names(page, task->result));
    vci_page_text(page, department_of(page->book, task));
    add_amount(page, task->done, task->scale);
    add_amount(page, task->goal, task->scale);
    add_amount(page, task->remaining, task->scale);
    for (vc_period p = span.first; p <= span.end; p++) {
        if (p >= task->first && p - task->first < (vc_period)task->n)
            add_amount(page, task->plan[p - task->first], task->scale);
        else
            vci_page_skip(page);
    }
    vci_page_next(page);
out:
    return st;
}

static vc_status add_tasks(vci_book *book, const vc_tasks *tasks) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 18},
        {VCI_TEXT_CLI_COLUMN_INDICATOR, 24},
        {VCI_TEXT_BOOK_TERM, 20},
        {VCI_TEXT_LISTS_COLUMN_DEPARTMENT, 14},
        {VCI_TEXT_LISTS_COLUMN_DONE, 11},
        {VCI_TEXT_LISTS_COLUMN_GOAL, 11},
        {VCI_TEXT_LISTS_COLUMN_REMAINING, 11},
    };
    vc_year span = plan_span(tasks);
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_TASKS, sizeof columns / sizeof *columns,
                          columns, &page));
    for (vc_period p = span.first; p <= span.end; p++) {
        char text[VC_PERIOD_TEXT];
        vc_period_format(p, book->run->panel.frequency, text);
        vci_page_head(&page, text, 9);
    }
    for (size_t i = 0; i < book->run->n_results; i++) {
        const vc_task *task = task_of(tasks, book->rows[i]);
        if (task && task->remaining != 0) VC_TRY(add_task(&page, task, span));
    }
    vci_page_end(&page, 2);
    vci_page_say_note(&page, VCI_TEXT_LISTS_TASK_NOTE);
out:
    return st;
}

static vc_status add_responsibility(vci_page *page, const vc_task *task) {
    vc_status st = VC_OK;
    vci_page_text(page, department_of(page->book, task));
    VC_TRY(vci_page_names(page, task->result));
    vci_page_bound(page, task->result);
    add_standing(page, task->result);
    if (task->counted)
        add_amount(page, task->remaining, task->scale);
    else
        vci_page_number(page, (double)NAN, "0");
    add_p_met(page, task->result);
    vci_page_say(page, task->closed ? VCI_TEXT_LISTS_CLOSED : VCI_TEXT_LISTS_OPEN);
    vci_page_next(page);
out:
    return st;
}

/* Is a department's first task the one of row i? */
static bool is_first_of(const vci_book *book, const vc_tasks *tasks, size_t i) {
    const vc_task *own = task_of(tasks, book->rows[i]);
    for (size_t j = 0; own && j < i; j++) {
        const vc_task *task = task_of(tasks, book->rows[j]);
        if (task && !strcmp(department_of(book, task), department_of(book, own)))
            return false;
    }
    return own != NULL;
}

/* Departments in the order in which they first appear. */
static vc_status add_responsibilities(vci_book *book, const vc_tasks *tasks) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_LISTS_COLUMN_DEPARTMENT, 14}, {VCI_TEXT_CLI_COLUMN_UNIT, 18},
        {VCI_TEXT_CLI_COLUMN_INDICATOR, 24},    {VCI_TEXT_BOOK_TERM, 20},
        {VCI_TEXT_CLI_COLUMN_TARGET, 11},       {VCI_TEXT_CLI_COLUMN_TO_DATE, 10},
        {VCI_TEXT_CLI_COLUMN_GAP, 10},          {VCI_TEXT_LISTS_COLUMN_REMAINING, 11},
        {VCI_TEXT_CLI_COLUMN_P_MET, 11},        {VCI_TEXT_LISTS_COLUMN_VERDICT, 22},
        {VCI_TEXT_LISTS_COLUMN_STATUS, 10},
    };
    size_t n = book->run->n_results;
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_RESPONSIBILITIES,
                          sizeof columns / sizeof *columns, columns, &page));
    for (size_t i = 0; i < n; i++) {
        if (!is_first_of(book, tasks, i)) continue;
        const char *department = department_of(book, task_of(tasks, book->rows[i]));
        for (size_t j = i; j < n; j++) {
            const vc_task *task = task_of(tasks, book->rows[j]);
            if (task && !strcmp(department_of(book, task), department))
                VC_TRY(add_responsibility(&page, task));
        }
    }
    vci_page_end(&page, 2);
out:
    return st;
}

vc_status vci_book_add_lists(vci_book *book) {
    vc_status st = VC_OK;
    vc_problems problems = {0};
    vc_tasks tasks = {0};
    vc_requireds required = {0};
    VC_TRY(vci_lists_find(book->run, book->grades, &tasks, &required, &problems));
    VC_TRY(add_problems(book, &problems));
    VC_TRY(add_tasks(book, &tasks));
    VC_TRY(add_responsibilities(book, &tasks));
    VC_TRY(vci_book_add_required(book, &required));
out:
    vc_problems_free(&problems);
    vc_tasks_free(&tasks);
    vc_requireds_free(&required);
    return st;
}
