/*
 * The bad-input catalogue: a clean workspace of random layout, one fault in it at a known
 * place, and the answer that the catalogue asks for. Each kind is a function named in
 * catalogue.def; it changes the world and says what is to be found and where. The expected
 * answer comes from the catalogue and from where the fault was put, never from the reader.
 */
#ifndef VCT_SPOIL_H
#define VCT_SPOIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vitalcast/workspace.h"

#define VCT_MOST_ROWS 320
#define VCT_MOST_FIELDS 20
#define VCT_MOST_EXPECTED 8
#define VCT_MOST_LINES 40

/*
 * Tables of a world; VCT_SETTINGS stands for workspace.yaml, VCT_OTHER for what is read
 * beside them.
 */
enum {
    VCT_UNITS,
    VCT_MONTHLY,
    VCT_TARGETS,
    VCT_SHEETS,
    VCT_SETTINGS = VCT_SHEETS,
    VCT_OTHER
};

/* Columns of monthly.csv, in the order of the header's words; VCT_EXTRA is nobody's. */
enum {
    VCT_UNIT,
    VCT_NAME,
    VCT_MONTH,
    VCT_MALE,
    VCT_FEMALE,
    VCT_BIRTHS,
    VCT_COMPLIANT,
    VCT_DEATHS,
    VCT_POPULATION,
    VCT_STATUS,
    VCT_REPORTED,
    VCT_SOURCE,
    VCT_EXTRA,
    VCT_COLUMNS
};

/* What a kind needs of the clean world: columns that are there or are not, and these. */
#define VCT_NEED(column) (1ull << (column))
#define VCT_LACK(column) (1ull << (20 + (column)))
#define VCT_PLAIN (1ull << 40)    /* UTF-8 without mark, nothing quoted that need not be */
#define VCT_CHINESE (1ull << 41)  /* names and headers beyond ASCII */
#define VCT_UNMAPPED (1ull << 42) /* no `columns:` in workspace.yaml */
#define VCT_COMMA (1ull << 43)
#define VCT_ZEROS (1ull << 44)  /* codes with leading zeros */
#define VCT_JUDGED (1ull << 49) /* with its last month as the as-of period */

/* What a kind reads beside the tables: a model, a scenario, a run file, a command line. */
#define VCT_MODEL (1ull << 45)
#define VCT_SCENARIO (1ull << 46)
#define VCT_RUN (1ull << 47)
#define VCT_COMMAND (1ull << 48)

/* Codes of units.csv, by field. */
enum { VCT_U_CODE, VCT_U_NAME, VCT_U_PARENT, VCT_U_CLASS };
enum {
    VCT_T_ID,
    VCT_T_YEAR_END,
    VCT_T_UNIT,
    VCT_T_INDICATOR,
    VCT_T_DIRECTION,
    VCT_T_VALUE
};

typedef enum vct_line_end { VCT_LF, VCT_CRLF, VCT_CR, VCT_MIXED } vct_line_end;

typedef struct vct_sheet {
    const char *file;
    size_t n_rows, n_fields;                          /* row 0 is the header */
    const char *cell[VCT_MOST_ROWS][VCT_MOST_FIELDS]; /* NULL: the row ends before it */
    bool as_is[VCT_MOST_ROWS];        /* cells are written without any quotes of ours */
    const char *whole[VCT_MOST_ROWS]; /* stands for the row instead of its cells */
    const char *above;                /* lines before the header, each with its end; "" */
    char separator;
    const char *encoding; /* for iconv */
    vct_line_end ends;
    bool mark, open_end, quoted;
    char *bytes; /* of the file; NULL: to be rendered */
    size_t n;
    size_t line[VCT_MOST_ROWS][VCT_MOST_FIELDS], column[VCT_MOST_ROWS][VCT_MOST_FIELDS];
} vct_sheet;

typedef struct vct_expected {
    vc_severity severity;
    const char *kind;
    int sheet;         /* or VCT_SETTINGS */
    size_t row, field; /* place of a cell; VCT_AT_LINE: line and column instead */
    size_t line, column;
    const char *file;               /* NULL: that of the sheet */
    const char *remedy;             /* part of the remedy; NULL: any */
    const char *message;            /* the same */
    const char *also[2];            /* further parts of the message */
    const char *said[VC_LANGUAGES]; /* the same, by language */
} vct_expected;

typedef struct vct_world vct_world;

/*
 * What is read once the tables are, and by whom. A program's or a store's answer is told as
 * a finding too: its kind is the exit code or the status, its remedy what follows.
 */
typedef struct vct_other {
    const char *file; /* in the workspace's folder; also what findings name */
    size_t n_lines;
    const char *line[VCT_MOST_LINES]; /* of its text; none: it is no text */
    const char *options;              /* of a command line */
    uint64_t seed;                    /* of the run: as made, or to be found in it */
    vc_status refusal;                /* what the reader returns when it finds faults */
    vc_status (*read)(const vct_world *w, const vc_panel *panel, vc_findings *findings);
} vct_other;

#define VCT_AT_LINE SIZE_MAX
#define VCT_WHOLE_ROW (SIZE_MAX - 1) /* as field: the row's line, column 0 */

struct vct_world {
    uint64_t state;
    size_t turn; /* variants of a kind take turns */
    bool chinese, mapped, by_month, old_months;
    size_t n_leaves, n_months;
    int first_year, first_month;
    size_t at[VCT_COLUMNS]; /* field of a column of monthly.csv; VCT_MOST_FIELDS: none */
    vct_sheet sheet[VCT_SHEETS];
    size_t n_top;
    const char *top[VCT_MOST_LINES]; /* lines of workspace.yaml before `tables:` */
    size_t n_option[VCT_SHEETS];
    const char *option[VCT_SHEETS][VCT_MOST_LINES];
    vct_other other;    /* read == NULL: the tables alone */
    vc_period as_of;    /* VC_NO_PERIOD: the last one */
    uint8_t digest[32]; /* of the data before they were spoiled */
    size_t n_expected;
    vct_expected expected[VCT_MOST_EXPECTED];
    bool other_data;    /* accepted, but the data are others */
    bool more_warnings; /* accepted with warnings beside the expected ones */
    bool more_faults;   /* the expected one is the first of many */
    const char *paste;  /* an option of the table `paste_sheet` that makes it readable */
    int paste_sheet;
    uint8_t pasted_digest[32];
    char note[200]; /* what was done, for a failure's message */
};

/* --- spoil_world.c -------------------------------------------------------------------- */

/* A clean world by its seed; needs: VCT_NEED, VCT_LACK and the flags. */
void vct_world_make(vct_world *w, uint64_t seed, size_t turn, uint64_t needs);

size_t vct_below(vct_world *w, size_t n);

/* A text that lives until the next world is made. */
const char *vct_text(vct_world *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *vct_room(vct_world *w, size_t n);

/* Bytes of a sheet with the place of every cell; keeps what is there already. */
void vct_render(vct_world *w, vct_sheet *s);

/* workspace.yaml. */
const char *vct_settings(vct_world *w);

/* The sheet with the fault at hand: rows of data are 1 .. n_rows - 1. */
vct_sheet *vct_monthly(vct_world *w);
size_t vct_some_row(vct_world *w, const vct_sheet *s);
bool vct_has(const vct_world *w, size_t column);
const char *vct_get(const vct_world *w, size_t row, size_t column);
long vct_figure(const vct_world *w, size_t row, size_t column);
void vct_set(vct_world *w, size_t row, size_t column, const char *text);

/* A column of counts that is there; one of `births` forms without a rule of its own. */
size_t vct_count_column(vct_world *w);

/* Room for a row at `row`; the old ones move down. */
void vct_insert_row(vct_sheet *s, size_t row);
void vct_delete_row(vct_sheet *s, size_t row);

/* The cells of a row as one line of the sheet. */
const char *vct_row_text(vct_world *w, const vct_sheet *s, size_t row);

/* Rows of a unit in the order of months: the k-th of leaf `leaf`. */
size_t vct_row_of(const vct_world *w, size_t leaf, size_t month);
const char *vct_month_text(vct_world *w, size_t month, bool chinese);

/* Plain layout for faults that are a matter of bytes. */
void vct_plain_layout(vct_sheet *s);

/* A line of workspace.yaml before `tables:`; its number. */
size_t vct_top(vct_world *w, const char *line);

/* A setting of a table in workspace.yaml. */
void vct_option(vct_world *w, int sheet, const char *line);

/* Lines and places of what is read beside the tables; the number of a line. */
size_t vct_other_add(vct_world *w, const char *line);
size_t vct_other_find(const vct_world *w, const char *begin);

/* Characters of a line up to `at`, plus one; `at` stands in it. */
size_t vct_column_of(const char *line, const char *at);

/* A path below the workspace. */
const char *vct_path(vct_world *w, const char *name);

/* --- spoil_model.c, spoil_scenario.c, spoil_run.c, spoil_command.c: sound ones ---------
 */

void vct_model_make(vct_world *w);
void vct_scenario_make(vct_world *w);
void vct_run_make(vct_world *w);
void vct_command_make(vct_world *w);

/* --- spoil_check.c -------------------------------------------------------------------- */

vct_expected *vct_expect(vct_world *w, vc_severity severity, const char *kind, int sheet,
                         size_t row, size_t field);
vct_expected *vct_expect_at(vct_world *w, vc_severity severity, const char *kind, int sheet,
                            size_t line, size_t column);
vct_expected *vct_expect_count(vct_world *w, vc_severity severity, const char *kind,
                               size_t row, size_t column);

/*
 * The remedy of the last expected finding holds the line `option` for the table; with it
 * the data are read, as they stood when vct_remember was called last (or before).
 */
void vct_pastes(vct_world *w, int sheet, const char *option);
void vct_remember(vct_world *w);

/* Reads the world as it is: false, with the reason in *why, if it is not sound. */
bool vct_sound(vct_world *w, char *why, size_t size);

/* Reads the spoiled world in both languages against what is expected. */
bool vct_answered(vct_world *w, char *why, size_t size);

/* --- kinds ---------------------------------------------------------------------------- */

#define COVERED(id, verdict, function, needs, words)                                       \
    void vct_spoil_##function(vct_world *w);
#define LEFT_OUT(id, words, reason)
#include "support/catalogue.def"
#undef COVERED
#undef LEFT_OUT

#endif
