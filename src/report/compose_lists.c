/* The lists of the meeting: problems, tasks, responsibilities. */
#include "core/memory_internal.h"
#include "report/compose_internal.h"

static void add_problems(vci_composer *c, size_t begin, size_t end) {
    static const vci_fact columns[] = {
        VCI_FACT_UNIT, VCI_FACT_INDICATOR, VCI_FACT_TO_DATE, VCI_FACT_TARGET,
        VCI_FACT_GAP,  VCI_FACT_P_MET,     VCI_FACT_VERDICT};
    enum { N = sizeof columns / sizeof *columns };
    const vci_facts *facts = c->facts;
    vci_label term = vci_fact_term(facts, vci_fact_target(facts, facts->rows[begin]));
    bool begun = false;
    for (size_t i = begin; i < end; i++) {
        const vc_problem *problem = vci_fact_problem(facts, facts->rows[i]);
        if (!problem || problem->watch) continue;
        if (!begun)
            vci_compose_table(
                c,
                vci_sentence_fill(c->sentences, VCI_SAID_PROBLEMS, "term", term.text, NULL),
                NULL, N, columns);
        begun = true;
        vci_compose_row(c, facts->rows[i], N, columns);
    }
    if (!begun)
        vci_document_paragraph(c->document, 1,
                               vci_sentence_fill(c->sentences, VCI_SAID_PROBLEMS_NONE,
                                                 "term", term.text, NULL));
}

/* The units that one indicator watches, on one line. */
static void add_watch(vci_composer *c, size_t begin, size_t end) {
    const vci_facts *facts = c->facts;
    for (size_t i = begin, next; i < end; i = next) {
        size_t first = facts->rows[i];
        const char *indicator = vci_fact_target(facts, first)->indicator;
        vci_markup names = {0};
        for (next = i; next < end; next++) {
            size_t r = facts->rows[next];
            const vc_problem *problem = vci_fact_problem(facts, r);
            if (strcmp(vci_fact_target(facts, r)->indicator, indicator) != 0) break;
            if (problem && problem->watch)
                vci_compose_name(c, &names, vci_fact_text(facts, r, VCI_FACT_UNIT).text);
        }
        if (names.n > 0)
            vci_document_paragraph(
                c->document, 2,
                vci_sentence_fill(c->sentences, VCI_SAID_WATCH, "indicator",
                                  vci_fact_text(facts, first, VCI_FACT_INDICATOR).text,
                                  "term",
                                  vci_fact_term(facts, vci_fact_target(facts, first)).text,
                                  "units", names.text, NULL));
        vci_markup_free(&names);
    }
}

/* Departments answer for services and records only: vital events have no task. */
static void add_tasks(vci_composer *c, size_t begin, size_t end) {
    static const vci_fact columns[] = {
        VCI_FACT_DEPARTMENT, VCI_FACT_UNIT,  VCI_FACT_INDICATOR,
        VCI_FACT_TARGET,     VCI_FACT_DONE,  VCI_FACT_GOAL,
        VCI_FACT_REMAINING,  VCI_FACT_P_MET, VCI_FACT_STATUS};
    enum { N = sizeof columns / sizeof *columns };
    const vci_facts *facts = c->facts;
    vci_label term = vci_fact_term(facts, vci_fact_target(facts, facts->rows[begin]));
    bool begun = false;
    for (size_t i = begin; i < end; i++) {
        if (!vci_fact_task(facts, facts->rows[i])) continue;
        if (!begun)
            vci_compose_table(
                c, vci_sentence_fill(c->sentences, VCI_SAID_TASKS, "term", term.text, NULL),
                NULL, N, columns);
        begun = true;
        vci_compose_row(c, facts->rows[i], N, columns);
    }
}

void vci_compose_lists(vci_composer *c) {
    const vci_facts *facts = c->facts;
    if (facts->n_rows == 0) return;
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_LISTS, NULL), false);
    for (size_t t = 0; t < facts->n_terms; t++) {
        size_t begin = facts->terms[t], end = vci_term_end(facts, begin);
        add_problems(c, begin, end);
        add_watch(c, begin, end);
    }
    vci_compose_note(c, VCI_SAID_PROBLEMS_NOTE);
    if (facts->tasks.n == 0) {
        vci_compose_say(c, VCI_SAID_TASKS_NONE);
        return;
    }
    for (size_t t = 0; t < facts->n_terms; t++)
        add_tasks(c, facts->terms[t], vci_term_end(facts, facts->terms[t]));
    vci_compose_note(c, VCI_SAID_TASKS_NOTE);
}
