/* Files: see the header. */
#include "core/file_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"

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

/* What people hand in instead of text, by its first bytes. */
static const signature SIGNATURES[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, VCI_TEXT_FILE_IS_OLE},
    {"PK\x03\x04", 4, VCI_TEXT_FILE_IS_ZIP},
    {"%PDF-", 5, VCI_TEXT_FILE_IS_PDF},
    {"<!DOCTYPE", 9, VCI_TEXT_FILE_IS_HTML},
    {"<html", 5, VCI_TEXT_FILE_IS_HTML},
    {"<HTML", 5, VCI_TEXT_FILE_IS_HTML},
    {"<table", 6, VCI_TEXT_FILE_IS_HTML},
    {"\x89HDF\r\n\x1A\n", 8, VCI_TEXT_FILE_IS_HDF5},
};

static const signature *find_signature(const unsigned char *bytes, size_t n) {
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++)
        if (n >= SIGNATURES[i].n && !memcmp(bytes, SIGNATURES[i].bytes, SIGNATURES[i].n))
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
    if (fd < 0) {
        st = vci_finding_add(findings, VC_FAULT, "F02", (vci_place){path, 0, 0}, NULL,
                             errno == ENOENT ? VCI_TEXT_FILE_MISSING
                                             : VCI_TEXT_FILE_UNREADABLE,
                             strerror(errno));
        goto out;
    }
    VC_TRY(read_open(fd, path, limit, findings, bytes, n));
out:
    if (fd >= 0) close(fd);
    return st;
}

static vc_status write_failed(const char *what, const char *path) {
    bool space = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return vci_fail(space ? VC_NO_SPACE : VC_IO_FAILED, __FILE__, __LINE__, "%s: %s: %s",
                    path, what, strerror(errno));
}

static vc_status write_all(int fd, const char *path, const char *bytes, size_t n) {
    vc_status st = VC_OK;
    while (n > 0) {
        ssize_t put = write(fd, bytes, n);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) VC_TRY(write_failed("write", path));
        bytes += put;
        n -= (size_t)put;
    }
    if (fsync(fd) != 0) st = write_failed("fsync", path);
out:
    return st;
}

/* Only then does the new name survive a power failure. */
static vc_status sync_folder(const char *dir) {
    vc_status st = VC_OK;
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) st = write_failed("fsync", dir);
    if (fd >= 0) close(fd);
    return st;
}

vc_status vci_file_write_atomic(const char *dir, const char *name, const void *bytes,
                                size_t n) {
    vc_status st = VC_OK;
    int fd = -1;
    char *path = vci_text_format("%s/%s", dir, name);
    char *temporary = vci_text_format("%s/.%s.tmp.%ld", dir, name, (long)getpid());
    if (!path || !temporary) VC_FAIL(VC_NO_MEMORY, "path");
    fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) VC_TRY(write_failed("open", temporary));
    VC_TRY(write_all(fd, path, bytes, n));
    int closed = close(fd);
    fd = -1;
    if (closed != 0) VC_TRY(write_failed("close", path));
    if (rename(temporary, path) != 0) VC_TRY(write_failed("rename", path));
    VC_TRY(sync_folder(dir));
out:
    if (fd >= 0) close(fd);
    if (st != VC_OK && temporary) unlink(temporary);
    vci_free(path);
    vci_free(temporary);
    return st;
}
