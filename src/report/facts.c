#include "report/facts_internal.h"

#include <stdlib.h>

#include "assess/lists_internal.h"
#include "assess/row_order_internal.h"
#include "core/memory_internal.h"

const vc_result *vci_fact_result(const vci_facts *facts, size_t result) {
    return &facts->run->results[result];
}

const vc_target *vci_fact_target(const vci_facts *facts, size_t result) {
    return &facts->run->targets.list[facts->run->results[result].target];
}

/* --- rows --------------------------------------------------------------------------- */

static unsigned level_of(const vc_run *run, size_t result) {
    return run->panel.tree.units[run->results[result].unit].level;
}

static void find_top(vci_facts *facts) {
    const vc_run *run = facts->run;
    facts->top = run->panel.tree.n_levels;
    for (size_t r = 0; r < run->n_results; r++)
        if (level_of(run, r) < facts->top) facts->top = level_of(run, r);
    facts->top_unit = SIZE_MAX;
    for (size_t r = 0; r < run->n_results; r++) {
        if (level_of(run, r) != facts->top) continue;
        if (facts->n_top++ == 0) facts->top_unit = run->results[r].unit;
        if (run->results[r].unit != facts->top_unit) facts->top_unit = SIZE_MAX;
    }
}

/* The deepest level that has rows. */
static unsigned deepest(const vci_facts *facts) {
    if (facts->run->n_results <= VCI_FACT_ROWS) return facts->run->panel.tree.n_levels;
    return facts->top > 1 ? facts->top : 1;
}

static size_t place_of(vci_facts *facts, const char *indicator) {
    size_t i = 0;
    while (i < facts->n_indicators && strcmp(facts->indicators[i], indicator) != 0) i++;
    return i;
}

static void find_indicators(vci_facts *facts) {
    const vc_targets *targets = &facts->run->targets;
    for (size_t i = 0; i < targets->n; i++)
        if (place_of(facts, targets->list[i].indicator) == facts->n_indicators)
            facts->indicators[facts->n_indicators++] = targets->list[i].indicator;
}

size_t vci_term_end(const vci_facts *facts, size_t begin) {
    size_t end = begin;
    while (end < facts->n_rows &&
           vc_target_same_term(vci_fact_target(facts, facts->rows[end]),
                               vci_fact_target(facts, facts->rows[begin])))
        end++;
    return end;
}

static vc_status find_rows(vci_facts *facts) {
    vc_status st = VC_OK;
    const vc_run *run = facts->run;
    unsigned level = deepest(facts);
    for (size_t r = 0; r < run->n_results; r++) {
        if (level_of(run, r) > level)
            facts->n_hidden++;
        else
            facts->rows[facts->n_rows++] = r;
    }
    VC_TRY(vci_row_order(run, facts->n_rows, facts->rows));
    for (size_t i = 0; i < facts->n_rows; i = vci_term_end(facts, i))
        facts->terms[facts->n_terms++] = i;
out:
    return st;
}

/* --- lists -------------------------------------------------------------------------- */

const vc_task *vci_fact_task(const vci_facts *facts, size_t result) {
    for (size_t i = 0; i < facts->tasks.n; i++)
        if (facts->tasks.list[i].result == result) return &facts->tasks.list[i];
    return NULL;
}

const vc_required *vci_fact_required_of(const vci_facts *facts, size_t result) {
    for (size_t i = 0; i < facts->requireds.n; i++)
        if (facts->requireds.list[i].result == result) return &facts->requireds.list[i];
    return NULL;
}

const vc_problem *vci_fact_problem(const vci_facts *facts, size_t result) {
    for (size_t i = 0; i < facts->problems.n; i++)
        if (facts->problems.list[i].result == result) return &facts->problems.list[i];
    return NULL;
}

/* --- all ---------------------------------------------------------------------------- */

vc_status vci_facts_find(const vc_run *run, vc_language language, vci_facts *facts) {
    vc_status st = VC_OK;
    *facts = (vci_facts){.run = run, .language = language};
    VC_TRY(vc_suppression_find(run, &facts->suppression));
    VC_NEW(facts->grades, run->n_results);
    vc_run_grades(run, facts->grades);
    VC_NEW(facts->rows, run->n_results);
    VC_NEW(facts->terms, run->n_results);
    VC_NEW(facts->indicators, run->targets.n);
    find_indicators(facts);
    find_top(facts);
    VC_TRY(find_rows(facts));
    VC_TRY(vci_lists_find(facts->run, facts->grades, &facts->tasks, &facts->requireds,
                          &facts->problems));
    VC_TRY(vc_charts_find(
        run, facts->top_unit != SIZE_MAX ? facts->top_unit : run->panel.tree.root,
        &facts->charts));
    VC_TRY(vci_looks_of_run(&facts->suppression, &facts->looks));
out:
    return st;
}

void vci_facts_free(vci_facts *facts) {
    vci_looks_free(&facts->looks);
    vc_charts_free(&facts->charts);
    vc_suppression_free(&facts->suppression);
    vci_free(facts->grades);
    vc_tasks_free(&facts->tasks);
    vc_requireds_free(&facts->requireds);
    vc_problems_free(&facts->problems);
    vci_free(facts->rows);
    vci_free(facts->terms);
    vci_free(facts->indicators);
    memset(facts, 0, sizeof *facts);
}
