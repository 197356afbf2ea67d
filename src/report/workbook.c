/* The workbook as a whole: its sheets in their order, its properties, the file. */
#include "vitalcast/workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "assess/row_order_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"

#define SECONDS_PER_DAY 86400

/* --- what is shown, in which order ---------------------------------------------------- */

static vc_status sort_rows(vci_book *book) {
    vc_status st = VC_OK;
    size_t n = book->run->n_results;
    VC_NEW(book->rows, n);
    for (size_t r = 0; r < n; r++) book->rows[r] = r;
    VC_TRY(vci_row_order(book->run, n, book->rows));
out:
    return st;
}

/* --- the file ------------------------------------------------------------------------- */

/* The day after the data end, so that the same run gives the same bytes. */
static void set_properties(const vci_book *book, char *title) {
    const vc_run *run = book->run;
    lxw_doc_properties properties = {.title = title};
    properties.created =
        (time_t)SECONDS_PER_DAY * vc_period_first_day(run->as_of + 1, run->panel.frequency);
    workbook_set_properties(book->file, &properties);
}

static vc_status read_back(int fd, unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    struct stat state;
    size_t got = 0;
    if (fstat(fd, &state) != 0) VC_FAIL(VC_IO_FAILED, "fstat: %s", strerror(errno));
    *n = (size_t)state.st_size;
    VC_NEW(*bytes, *n + 1);
    while (got < *n) {
        ssize_t more = pread(fd, *bytes + got, *n - got, (off_t)got);
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) VC_FAIL(VC_IO_FAILED, "read: %s", strerror(errno));
        got += (size_t)more;
    }
out:
    return st;
}

static vc_status add_sheets(vci_book *book) {
    vc_status st = VC_OK;
    VC_TRY(vci_book_add_verdict(book));
    VC_TRY(vci_book_add_periods(book));
    VC_TRY(vci_book_add_ranks(book));
    VC_TRY(vci_book_add_lists(book));
    VC_TRY(vci_book_add_paths(book));
    VC_TRY(vci_book_add_notes(book));
out:
    return st;
}

/*
 * The library closes a workbook only by writing it, after a failure too. A cell fails for
 * want of memory alone: what it is given was made to fit.
 */
static vc_status close_file(vci_book *book, vc_status st) {
    if (!book->file) return st;
    lxw_error error = workbook_close(book->file);
    bool memory = error == LXW_NO_ERROR || error == LXW_ERROR_MEMORY_MALLOC_FAILED;
    book->file = NULL;
    if (st != VC_OK || (error == LXW_NO_ERROR && !book->failed)) return st;
    return vci_fail(memory ? VC_NO_MEMORY : VC_IO_FAILED, __FILE__, __LINE__, "xlsx: %s",
                    lxw_strerror(error));
}

/*
 * The library writes to a name: one in memory, so that nothing is left behind whenever the
 * program ends.
 */
vc_status vc_workbook_write(const vc_run *run, vc_language language, const char *path) {
    vc_status st = VC_OK;
    vci_book book = {.run = run, .language = language};
    unsigned char *bytes = NULL;
    size_t n = 0;
    char name[40], *title = NULL;
    int fd = memfd_create("vitalcast.xlsx", MFD_CLOEXEC);
    if (fd < 0) VC_FAIL(VC_IO_FAILED, "memfd_create: %s", strerror(errno));
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    VC_TRY(vc_suppression_find(run, &book.suppression));
    VC_NEW(book.grades, run->n_results);
    vc_run_grades(run, book.grades);
    VC_TRY(sort_rows(&book));
    book.file = workbook_new(name);
    if (!book.file) VC_FAIL(VC_NO_MEMORY, "xlsx");
    VC_COPY_TEXT(title, run->id);
    set_properties(&book, title);
    VC_TRY(add_sheets(&book));
    VC_TRY(close_file(&book, VC_OK));
    VC_TRY(read_back(fd, &bytes, &n));
    VC_TRY(vci_book_check(bytes, n));
    VC_TRY(vci_file_write_atomic(path, bytes, n));
out:
    st = close_file(&book, st);
    if (fd >= 0) close(fd);
    vci_free(title);
    vci_free(bytes);
    vci_free(book.rows);
    vci_free(book.grades);
    vc_suppression_free(&book.suppression);
    return st;
}
