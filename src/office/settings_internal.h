/* import.yaml: how the sheets of workbooks are read. */
#ifndef VCI_SETTINGS_INTERNAL_H
#define VCI_SETTINGS_INTERNAL_H

#include "core/finding_internal.h"
#include "office/words_internal.h"
#include "vitalcast/period.h"

typedef struct vci_mapping {
    size_t column; /* of the sheet, from 0 */
    vci_to to;
    char *indicator;       /* of values and progress; NULL else */
    vci_kind kind;         /* of progress; of a denominator that of its numerator */
    bool cumulative;       /* of the numerator of a quota: since the year began */
    vci_basis basis;       /* NONE: that of the sheet */
    vc_period first, last; /* months that its figures count; VC_NO_PERIOD: as the row or
                              sheet says */
    double times;          /* figures are multiplied by it */
    size_t line, at;       /* in import.yaml */
} vci_mapping;

/* Does it count whole people or records? Scores of surveys and plain values do not. */
bool vci_mapping_is_count(const vci_mapping *m);

/* What a mark in place of a figure means. */
typedef struct vci_mark {
    char *text;
    bool zero; /* else missing */
} vci_mark;

typedef struct vci_sheet_settings {
    char *file, *sha256, *sheet; /* base name; sheet "" of a text file */
    char *encoding;              /* NULL: UTF-8 or a workbook */
    size_t first_row, last_row;  /* rows of figures, from 0 */
    size_t n_skip;
    size_t *skip; /* rows among them that are not read */
    size_t n_fill;
    size_t *fill; /* columns whose blank cells repeat the one above */
    size_t n_foot;
    char **foot; /* footnote marks behind names and figures */
    size_t n_marks;
    vci_mark *marks;
    bool thousands;
    int year;              /* of months without one; 0: none */
    vc_period first, last; /* months of the whole sheet; VC_NO_PERIOD: none */
    bool cumulative;       /* since the first month of the year */
    int first_month;       /* 1-12: where the sums begin */
    vci_basis basis;
    size_t n_columns;
    vci_mapping *columns;
    size_t line, at;
} vci_sheet_settings;

/* What is done with the figure of several months together. */
typedef enum vci_joint { VCI_JOINT_ASK, VCI_JOINT_LEAVE_OUT, VCI_JOINT_SPLIT } vci_joint;
/* And with a month whose figure is negative. */
typedef enum vci_negative { VCI_NEGATIVE_ASK, VCI_NEGATIVE_EARLIER } vci_negative;

typedef struct vci_renamed {
    char *name, *earlier; /* earlier: "no" where they are two units */
} vci_renamed;

typedef struct vci_settings {
    char *file; /* for messages */
    bool accepted;
    vc_frequency frequency; /* of the workspace */
    vci_joint joint;
    vci_negative negative;
    size_t n_renamed;
    vci_renamed *renamed;
    size_t n;
    vci_sheet_settings *sheets;
    size_t n_questions; /* answers that are still to be given */
} vci_settings;

/*
 * Reads the text of import.yaml. Faults: S01, S02 as of workspace.yaml, and I07 for each
 * question that has no answer yet. settings: zeroed before, vci_settings_free after.
 */
vc_status vci_settings_read(const char *file, const char *text, size_t n,
                            vc_findings *findings, vci_settings *settings);
void vci_settings_free(vci_settings *settings);

#endif
