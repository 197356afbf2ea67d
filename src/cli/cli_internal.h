/* One call of the program: its verb, arguments and options; and the verbs. */
#ifndef VCI_CLI_INTERNAL_H
#define VCI_CLI_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/run.h"

/*
 * Options: X(constant, name, name of the value or NULL, text of the help). Which of them a
 * verb takes stands in its vci_verb.
 */
#define VCI_OPTION_LIST(X)                                                                 \
    X(VCI_OPTION_AS_OF, "as-of", "PERIOD", VCI_TEXT_CLI_HELP_AS_OF)                        \
    X(VCI_OPTION_ALL, "all", NULL, VCI_TEXT_CLI_HELP_ALL)                                  \
    X(VCI_OPTION_SEED, "seed", "N", VCI_TEXT_CLI_HELP_SEED)                                \
    X(VCI_OPTION_DRAWS, "draws", "N", VCI_TEXT_CLI_HELP_DRAWS)                             \
    X(VCI_OPTION_KEEP, "keep", "N", VCI_TEXT_CLI_HELP_KEEP)                                \
    X(VCI_OPTION_THREADS, "threads", "N", VCI_TEXT_CLI_HELP_THREADS)                       \
    X(VCI_OPTION_KIND, "kind", "KIND", VCI_TEXT_CLI_HELP_KIND)                             \
    X(VCI_OPTION_UNIT, "unit", "CODE", VCI_TEXT_CLI_HELP_UNIT)                             \
    X(VCI_OPTION_INDICATOR, "indicator", "NAME", VCI_TEXT_CLI_HELP_INDICATOR)              \
    X(VCI_OPTION_TARGET, "target", "ID", VCI_TEXT_CLI_HELP_TARGET)                         \
    X(VCI_OPTION_YEAR_END, "year-end", "PERIOD", VCI_TEXT_CLI_HELP_YEAR_END)               \
    X(VCI_OPTION_FORMAT, "format", "svg|png|pdf|emf", VCI_TEXT_CLI_HELP_FORMAT)            \
    X(VCI_OPTION_OUT, "out", "DIR", VCI_TEXT_CLI_HELP_OUT)                                 \
    X(VCI_OPTION_TO, "to", "html|docx|pptx|pdf|xlsx|all", VCI_TEXT_REPORT_HELP_TO)         \
    X(VCI_OPTION_OUTPUT, "output", "FILE|DIR", VCI_TEXT_REPORT_HELP_OUTPUT)                \
    X(VCI_OPTION_BASIS, "basis", "BASIS", VCI_TEXT_CLI_HELP_BASIS)                         \
    X(VCI_OPTION_YEARS, "years", "LIST", VCI_TEXT_CLI_HELP_YEARS)                          \
    X(VCI_OPTION_MONTHS, "months", "LIST", VCI_TEXT_CLI_HELP_MONTHS)                       \
    X(VCI_OPTION_AHEAD, "ahead", "N", VCI_TEXT_CLI_HELP_AHEAD)                             \
    X(VCI_OPTION_WHAT, "what", "LIST", VCI_TEXT_LISTS_HELP_WHAT)                           \
    X(VCI_OPTION_SINCE, "since", "RUN|last", VCI_TEXT_CHANGE_HELP_SINCE)                   \
    X(VCI_OPTION_SCENARIO, "scenario", "FILE", VCI_TEXT_SCENARIO_HELP_FILE)                \
    X(VCI_OPTION_NO_STORE, "no-store", NULL, VCI_TEXT_SCENARIO_HELP_NO_STORE)              \
    X(VCI_OPTION_GOAL_SEEK, "goal-seek", "ID", VCI_TEXT_SCENARIO_HELP_GOAL)                \
    X(VCI_OPTION_PROBABILITY, "probability", "P", VCI_TEXT_SCENARIO_HELP_PROBABILITY)      \
    X(VCI_OPTION_VILLAGES, "villages", "N", VCI_TEXT_INSPECT_HELP_VILLAGES)                \
    X(VCI_OPTION_SAMPLE, "sample", "N", VCI_TEXT_INSPECT_HELP_SAMPLE)                      \
    X(VCI_OPTION_AFFECTED, "affected", "N", VCI_TEXT_INSPECT_HELP_AFFECTED)                \
    X(VCI_OPTION_FOUND, "found", "N", VCI_TEXT_INSPECT_HELP_FOUND)                         \
    X(VCI_OPTION_RECORDS, "records", "N", VCI_TEXT_INSPECT_HELP_RECORDS)                   \
    X(VCI_OPTION_OMITTED_SHARE, "omitted-share", "P", VCI_TEXT_INSPECT_HELP_SHARE)         \
    X(VCI_OPTION_CORRELATION, "correlation", "R", VCI_TEXT_INSPECT_HELP_CORRELATION)       \
    X(VCI_OPTION_INTO, "into", "DIR", VCI_TEXT_IMPORT_HELP_INTO)                           \
    X(VCI_OPTION_ACCEPT, "accept", NULL, VCI_TEXT_IMPORT_HELP_ACCEPT)                      \
    X(VCI_OPTION_ENCODING, "encoding", "NAME", VCI_TEXT_IMPORT_HELP_ENCODING)              \
    X(VCI_OPTION_REVISIONS, "revisions", NULL, VCI_TEXT_CLI_HELP_REVISIONS)                \
    X(VCI_OPTION_STORE, "store", "DIR", VCI_TEXT_CLI_HELP_STORE)                           \
    X(VCI_OPTION_LANG, "lang", "zh|en", VCI_TEXT_CLI_HELP_LANG)                            \
    X(VCI_OPTION_JSON, "json", NULL, VCI_TEXT_CLI_HELP_JSON)                               \
    X(VCI_OPTION_COLOR, "color", "always|never|auto", VCI_TEXT_CLI_HELP_COLOR)             \
    X(VCI_OPTION_QUIET, "quiet", NULL, VCI_TEXT_CLI_HELP_QUIET)

typedef enum vci_option {
#define X(constant, name, value, help) constant,
    VCI_OPTION_LIST(X)
#undef X
        VCI_OPTIONS
} vci_option;

#define VCI_BIT(option) (UINT64_C(1) << (option))
#define VCI_WRONG_COMMAND_LINE 64
#define VCI_WORDS 64
#define VCI_NOT_GIVEN (-1)

typedef struct vci_verb vci_verb;

/* What the command line said; texts are borrowed from argv. */
typedef struct vci_cli {
    const vci_verb *verb;
    vc_language language; /* of everything shown; see vci_cli_take_language */
    bool language_given;  /* by --lang */
    size_t n_words;
    const char *words[VCI_WORDS]; /* arguments that are not options */
    bool all, json, quiet;
    const char *as_of, *store, *unit, *indicator, *target, *year_end;
    const char *basis;          /* registered, resident or both; NULL: the workspace's */
    const char *kind;           /* of charts, or all; NULL: see verb_plot.c */
    const char *format;         /* of charts */
    const char *color;          /* always, never or auto; NULL: auto */
    const char *out;            /* folder for the charts */
    const char *to;             /* formats of the report; NULL: html */
    const char *output;         /* file or folder for the report */
    const char *what;           /* problems, tasks or responsibilities */
    const char *since;          /* an earlier run, or "last"; NULL: none */
    const char *years, *months; /* lists: 2019-2022, 3,6,9 */
    unsigned ahead;             /* years */
    const char *scenario;       /* file */
    const char *goal_seek;      /* id of a target */
    const char *probability;    /* of the goal, NULL: 0.8; of finding one, NULL: 0.9 */
    /* Of an inspection; VCI_NOT_GIVEN where it was not. */
    int64_t villages, sample, affected, found, records;
    const char *omitted_share, *correlation;
    bool no_store;
    const char *into;     /* workspace of an import */
    const char *encoding; /* of text files that are imported; NULL: not said */
    bool accept;
    bool revisions; /* check: the table of revisions */
    bool draws_given, keep_given;
    vc_run_options run; /* seed, draws, keep, threads */
} vci_cli;

struct vci_verb {
    const char *name;
    const char *arguments;       /* as the help shows them: "DIR" */
    size_t min_words, max_words; /* how many it takes, at most VCI_WORDS */
    uint64_t options;            /* VCI_BIT of each that it takes */
    vci_text about;
    int (*run)(vci_cli *cli); /* returns the exit code */
};

int vci_verb_init(vci_cli *cli);
int vci_verb_import(vci_cli *cli);
int vci_verb_check(vci_cli *cli);
int vci_verb_project(vci_cli *cli);
int vci_verb_fit(vci_cli *cli);
int vci_verb_backtest(vci_cli *cli);
int vci_verb_show(vci_cli *cli);
int vci_verb_what_if(vci_cli *cli);
int vci_verb_plot(vci_cli *cli);
int vci_verb_report(vci_cli *cli);
int vci_verb_runs(vci_cli *cli);
int vci_verb_inspect(vci_cli *cli);
int vci_verb_generate(vci_cli *cli);

/* The verbs, in the order of the help. */
extern const vci_verb vci_verbs[];
extern const size_t vci_n_verbs;

/* The verb with a name; NULL if there is none. */
const vci_verb *vci_verb_find(const char *name);

#endif
