/* Status codes, their texts, and the detail of the last failure on this thread. */
#include "core/status_internal.h"

#include <stdarg.h>
#include <stdio.h>

#define DETAIL_SIZE 512

/* Per thread, so that parallel loops do not mix their details up. */
static _Thread_local char detail[DETAIL_SIZE];

typedef struct status_row {
    vc_status status;
    int exit_code;
    const char *name, *text[VC_LANGUAGES];
} status_row;

static const status_row ROWS[] = {
#define X(name, value, exit_code, en, zh) {name, exit_code, #name, {en, zh}},
    VC_STATUS_LIST(X)
#undef X
};

static const status_row *find(vc_status status) {
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (ROWS[i].status == status) return &ROWS[i];
    return NULL;
}

const char *vc_status_name(vc_status status) {
    const status_row *row = find(status);
    return row ? row->name : "unknown status";
}

const char *vc_status_text(vc_status status, vc_language language) {
    const status_row *row = find(status);
    if (!row) return "unknown status";
    return row->text[language == VC_CHINESE ? VC_CHINESE : VC_ENGLISH];
}

int vc_status_exit_code(vc_status status) {
    const status_row *row = find(status);
    return row ? row->exit_code : 1;
}

const char *vc_status_detail(void) { return detail; }

/* The place in our own source helps only with our own mistakes. */
vc_status vci_fail(vc_status code, const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    bool ours = code == VC_BAD_ARGUMENT || code == VC_BUG;
    if (ours && n >= 0 && (size_t)n < sizeof detail)
        snprintf(detail + n, sizeof detail - (size_t)n, " (%s:%d)", file, line);
    return code;
}
