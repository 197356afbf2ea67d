/*
 * What a report may say of a run: its results put in order, and every figure as the text
 * that stands in tables and sentences, or the mark of what may not be told.
 */
#ifndef VCI_FACTS_INTERNAL_H
#define VCI_FACTS_INTERNAL_H

#include "chart/label_internal.h"
#include "core/text_internal.h"
#include "report/document_internal.h"
#include "report/looks_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/grade.h"
#include "vitalcast/problem.h"
#include "vitalcast/required.h"
#include "vitalcast/suppression.h"
#include "vitalcast/task.h"
#include "vitalcast/verdict.h"

/* Above so many results only the root and the level below it have rows. */
#define VCI_FACT_ROWS 60

typedef struct vci_facts {
    const vc_run *run; /* borrowed */
    vc_language language;
    vc_suppression suppression;
    vc_grade *grades; /* [run->n_results] */
    vc_tasks tasks;
    vc_requireds requireds;
    vc_problems problems;
    size_t n_rows, n_hidden; /* results that are shown, and those of lower units */
    size_t *rows;            /* [n_rows] by year end, length, indicator, unit, target */
    size_t n_terms;
    size_t *terms; /* [n_terms] first row of each year end or other period */
    size_t n_indicators;
    const char **indicators; /* [n_indicators] of the rows, in the order of targets.csv */
    unsigned top;            /* highest level that has results: the root's, as a rule */
    size_t n_top;            /* results of it */
    size_t top_unit;         /* its only unit; SIZE_MAX where there are several */
    vc_charts charts;        /* of many units, and of the top unit or the root */
    vci_looks looks;         /* where the figures deserve a second look */
} vci_facts;

/* Release with vci_facts_free, also after a failure. */
vc_status vci_facts_find(const vc_run *run, vc_language language, vci_facts *facts);
void vci_facts_free(vci_facts *facts);

/* Rows begin .. the returned one - 1 are those of a term. */
size_t vci_term_end(const vci_facts *facts, size_t begin);

const vc_result *vci_fact_result(const vci_facts *facts, size_t result);
const vc_target *vci_fact_target(const vci_facts *facts, size_t result);

/* Columns of tables, each a figure or a word about a result: X(constant, heading). */
#define VCI_FACT_LIST(X)                                                                   \
    X(VCI_FACT_UNIT, VCI_TEXT_CLI_COLUMN_UNIT)                                             \
    X(VCI_FACT_YEAR_END, VCI_TEXT_REPORT_YEAR_END)                                         \
    X(VCI_FACT_INDICATOR, VCI_TEXT_CLI_COLUMN_INDICATOR)                                   \
    X(VCI_FACT_TO_DATE, VCI_TEXT_CLI_COLUMN_TO_DATE)                                       \
    X(VCI_FACT_LAST_YEAR, VCI_TEXT_CLI_COLUMN_LAST_YEAR)                                   \
    X(VCI_FACT_CHANGE, VCI_TEXT_CLI_COLUMN_CHANGE)                                         \
    X(VCI_FACT_TARGET, VCI_TEXT_CLI_COLUMN_TARGET)                                         \
    X(VCI_FACT_GAP, VCI_TEXT_CLI_COLUMN_GAP)                                               \
    X(VCI_FACT_MEDIAN, VCI_TEXT_CLI_COLUMN_MEDIAN)                                         \
    X(VCI_FACT_80, VCI_TEXT_CLI_COLUMN_80)                                                 \
    X(VCI_FACT_P_MET, VCI_TEXT_CLI_COLUMN_P_MET)                                           \
    X(VCI_FACT_VERDICT, VCI_TEXT_LISTS_COLUMN_VERDICT)                                     \
    X(VCI_FACT_GRADE, VCI_TEXT_GRADE_COLUMN_LEVEL)                                         \
    X(VCI_FACT_EVENTS, VCI_TEXT_GRADE_COLUMN_N)                                            \
    X(VCI_FACT_ALPHA, VCI_TEXT_GRADE_COLUMN_ALPHA)                                         \
    X(VCI_FACT_BETA, VCI_TEXT_GRADE_COLUMN_BETA)                                           \
    X(VCI_FACT_NEEDED, VCI_TEXT_GRADE_COLUMN_NEEDED)                                       \
    X(VCI_FACT_RECORD, VCI_TEXT_GRADE_COLUMN_RECORD)                                       \
    X(VCI_FACT_DEPARTMENT, VCI_TEXT_LISTS_COLUMN_DEPARTMENT)                               \
    X(VCI_FACT_DONE, VCI_TEXT_LISTS_COLUMN_DONE)                                           \
    X(VCI_FACT_GOAL, VCI_TEXT_LISTS_COLUMN_GOAL)                                           \
    X(VCI_FACT_REMAINING, VCI_TEXT_LISTS_COLUMN_REMAINING)                                 \
    X(VCI_FACT_STATUS, VCI_TEXT_LISTS_COLUMN_STATUS)

typedef enum vci_fact {
#define X(constant, heading) constant,
    VCI_FACT_LIST(X)
#undef X
        VCI_FACTS
} vci_fact;

vci_text vci_fact_heading(vci_fact fact);

/*
 * A figure as tables have it: rounded to the indicator's digits, "—" where there is none,
 * "<10" or "*" where it may not be told.
 */
vci_label vci_fact_text(const vci_facts *facts, size_t result, vci_fact fact);

/* The same in a sentence: "at most 107.0", "less than 0.1%", "12.50 to 12.89". */
vci_label vci_fact_words(const vci_facts *facts, size_t result, vci_fact fact);

/* May it be coloured, and how? Plain where chance explains what it says. */
vci_tone vci_fact_tone(const vci_facts *facts, size_t result, vci_fact fact);

/* Marks of a result's figures. */
vc_mark vci_fact_mark(const vci_facts *facts, size_t result, vc_span span);
/* Of what compares the year so far with its target. */
vc_mark vci_fact_gap_mark(const vci_facts *facts, size_t result);
/* Of sizes and errors of a grade, from which the counts could be worked back. */
vc_mark vci_fact_size_mark(const vci_facts *facts, size_t result);

/* Words. The indicator with its unit, as tables have it; the period of a target. */
vci_label vci_fact_indicator(const vci_facts *facts, const char *indicator);
vci_label vci_fact_term(const vci_facts *facts, const vc_target *target);
vci_label vci_fact_unit(const vci_facts *facts, size_t unit);
vci_label vci_fact_required(const vci_facts *facts, const vc_required *required);

/* What is required as a plain number (or two), without "at least". */
vci_label vci_fact_average(const vci_facts *facts, const vc_required *required);

/* The entry about a result; NULL if there is none. */
const vc_task *vci_fact_task(const vci_facts *facts, size_t result);
const vc_required *vci_fact_required_of(const vci_facts *facts, size_t result);
const vc_problem *vci_fact_problem(const vci_facts *facts, size_t result);

#endif
