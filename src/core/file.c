/* Files: see the header. */
#include "core/file_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "core/staged_internal.h"

static vc_status fault(vc_findings *findings, const char *kind, const char *path,
                       vci_text message) {
    return vci_finding_add(findings, VC_FAULT, kind, (vci_place){path, 0, 0}, NULL,
                           message);
}

typedef struct signature {
    const char *bytes;
    size_t n;
    vci_text message;
} signature;

/* What people hand in instead of text, by its first bytes; letters in lower case. */
static const signature SIGNATURES[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, VCI_TEXT_FILE_IS_OLE},
    {"pk\x03\x04", 4, VCI_TEXT_FILE_IS_ZIP},
    {"pk\x05\x06", 4, VCI_TEXT_FILE_IS_ZIP},
    {"\x1F\x8B\x08", 3, VCI_TEXT_FILE_IS_ZIP},
    {"%pdf-", 5, VCI_TEXT_FILE_IS_PDF},
    {"<!doctype", 9, VCI_TEXT_FILE_IS_HTML},
    {"<html", 5, VCI_TEXT_FILE_IS_HTML},
    {"<table", 6, VCI_TEXT_FILE_IS_HTML},
    {"<?xml", 5, VCI_TEXT_FILE_IS_XML},
    {"\x89hdf\r\n\x1A\n", 8, VCI_TEXT_FILE_IS_HDF5},
};

static bool begins_with(const unsigned char *bytes, const signature *s) {
    for (size_t i = 0; i < s->n; i++) {
        unsigned char c = bytes[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + ('a' - 'A'));
        if (c != (unsigned char)s->bytes[i]) return false;
    }
    return true;
}

/* A byte-order mark and blanks may stand before markup. */
static const signature *find_signature(const unsigned char *bytes, size_t n) {
    size_t begin = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (begin < n && memchr(" \t\r\n", bytes[begin], 4)) begin++;
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++)
        if (n - begin >= SIGNATURES[i].n && begins_with(bytes + begin, &SIGNATURES[i]))
            return &SIGNATURES[i];
    return NULL;
}

static vc_status read_all(int fd, size_t size, unsigned char *bytes, size_t *n) {
    vc_status st = VC_OK;
    *n = 0;
    while (*n < size) {
        ssize_t got = read(fd, bytes + *n, size - *n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) VC_FAIL(VC_IO_FAILED, "read: %s", strerror(errno));
        if (got == 0) break;
        *n += (size_t)got;
    }
out:
    return st;
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static vc_status read_open(int fd, const char *path, size_t limit, vc_findings *findings,
                           unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    struct stat before, after;
    unsigned char *all = NULL;
    if (fstat(fd, &before) != 0) VC_FAIL(VC_IO_FAILED, "%s: %s", path, strerror(errno));
    if (!S_ISREG(before.st_mode)) {
        st = fault(findings, "F02", path, VCI_TEXT_FILE_NOT_REGULAR);
        goto out;
    }
    if ((uint64_t)before.st_size > limit) {
        st = vci_finding_add(findings, VC_FAULT, "F14", (vci_place){path, 0, 0}, NULL,
                             VCI_TEXT_FILE_TOO_LARGE, limit);
        goto out;
    }
    VC_NEW(all, (size_t)before.st_size + 1);
    VC_TRY(read_all(fd, (size_t)before.st_size, all, n));
    if (fstat(fd, &after) != 0 || !same_file(&before, &after) ||
        *n != (size_t)before.st_size) {
        st = fault(findings, "F02", path, VCI_TEXT_FILE_CHANGING);
        goto out;
    }
    const signature *kind = find_signature(all, *n);
    if (kind) {
        st = fault(findings, "F03", path, kind->message);
        goto out;
    }
    *bytes = all;
    all = NULL;
out:
    if (!*bytes) *n = 0;
    vci_free(all);
    return st;
}

/* O_NONBLOCK: a pipe must not keep us waiting before it is refused. */
vc_status vci_file_read(const char *path, size_t limit, vc_findings *findings,
                        unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    *bytes = NULL;
    *n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        st = fault(findings, "F02", path, VCI_TEXT_FILE_MISSING);
        goto out;
    }
    if (fd < 0) {
        st = vci_finding_add(findings, VC_FAULT, "F02", (vci_place){path, 0, 0}, NULL,
                             VCI_TEXT_FILE_UNREADABLE, strerror(errno));
        goto out;
    }
    VC_TRY(read_open(fd, path, limit, findings, bytes, n));
out:
    if (fd >= 0) close(fd);
    return st;
}

vc_status vci_file_write_atomic(const char *path, const void *bytes, size_t n) {
    vc_status st = VC_OK;
    vci_staged staged = {0};
    const char *slash = strrchr(path, '/');
    char *dir = slash ? vci_text_copy(path, slash == path ? 1 : (size_t)(slash - path))
                      : vci_text_copy(".", 1);
    if (!dir) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(vci_staged_write(dir, slash ? slash + 1 : path, bytes, n, &staged));
    VC_TRY(vci_staged_commit(&staged));
out:
    vci_free(dir);
    vci_staged_free(&staged);
    return st;
}
