/*
 * Writing all or nothing: O_EXCL temporary, fsync, rename, fsync of the folder. The writer
 * holds a lock (flock) on its temporary file until the rename. The system drops the lock
 * when the writer ends, however it ends, so a temporary file without a lock is abandoned;
 * process numbers alone cannot tell, they are used again.
 */
#include "core/staged_internal.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"

static vc_status write_failed(const char *what, const char *path) {
    bool space = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return vci_fail(space ? VC_NO_SPACE : VC_IO_FAILED, __FILE__, __LINE__, "%s: %s: %s",
                    path, what, strerror(errno));
}

/* The process number of a temporary file's name; 0 if it is not such a name. */
static pid_t writer_of(const char *name) {
    char *end;
    const char *mark = strrchr(name, '.');
    if (name[0] != '.' || !mark || mark - name < 5 || strncmp(mark - 4, ".tmp", 4))
        return 0;
    if (!isdigit((unsigned char)mark[1])) return 0;
    long pid = strtol(mark + 1, &end, 10);
    return *end == 0 && pid > 0 && pid <= INT32_MAX ? (pid_t)pid : 0;
}

/* Nobody holds the lock; where there are no locks, nobody has the number. */
static bool is_abandoned(int fd, pid_t writer) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    return errno != EWOULDBLOCK && writer > 0 && kill(writer, 0) != 0 && errno == ESRCH;
}

/* Is a name still the name of an open file? */
static bool is_named(int fd, int folder, const char *name) {
    struct stat file, there;
    return fstat(fd, &file) == 0 &&
           fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
           file.st_ino == there.st_ino && file.st_dev == there.st_dev;
}

/* Removes a temporary file under its lock, so that no new writer of that name is hit. */
static bool remove_abandoned(int folder, const char *name) {
    int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool removed = fd >= 0 && is_abandoned(fd, writer_of(name)) &&
                   is_named(fd, folder, name) && unlinkat(folder, name, 0) == 0;
    if (fd >= 0) close(fd);
    return removed;
}

/* Opens and locks; a cleaner that came in between has unlinked the file, then once more. */
static vc_status create_temporary(const char *path, int *fd) {
    vc_status st = VC_OK;
    const char *name = strrchr(path, '/') + 1;
    char *dir = vci_text_copy(path, (size_t)(name - path));
    int folder = dir ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    *fd = -1;
    if (!dir) VC_FAIL(VC_NO_MEMORY, "path");
    if (folder < 0) VC_TRY(write_failed("open", dir));
    for (int attempt = 0; attempt < 8; attempt++) {
        *fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (*fd < 0 && errno == EEXIST && remove_abandoned(folder, name)) continue;
        if (*fd < 0) VC_TRY(write_failed("open", path));
        flock(*fd, LOCK_EX);
        if (is_named(*fd, folder, name)) goto out;
        close(*fd);
        *fd = -1;
    }
    errno = EBUSY;
    VC_TRY(write_failed("open", path));
out:
    if (folder >= 0) close(folder);
    vci_free(dir);
    return st;
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

vc_status vci_folder_sync(const char *dir) {
    vc_status st = VC_OK;
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) st = write_failed("fsync", dir);
    if (fd >= 0) close(fd);
    return st;
}

vc_status vci_staged_write(const char *dir, const char *name, const void *bytes, size_t n,
                           vci_staged *staged) {
    vc_status st = VC_OK;
    char *temporary = vci_text_format("%s/.%s.tmp.%ld", dir, name, (long)getpid());
    VC_COPY_TEXT(staged->dir, dir);
    staged->path = vci_text_format("%s/%s", dir, name);
    if (!temporary || !staged->path) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(create_temporary(temporary, &staged->fd));
    staged->temporary = temporary;
    temporary = NULL;
    VC_TRY(write_all(staged->fd, staged->path, bytes, n));
out:
    if (st != VC_OK) vci_staged_free(staged);
    vci_free(temporary);
    return st;
}

vc_status vci_staged_commit(vci_staged *staged) {
    vc_status st = VC_OK;
    if (rename(staged->temporary, staged->path) != 0)
        VC_TRY(write_failed("rename", staged->path));
    close(staged->fd); /* fsync has already said that all of it is on the disk */
    vci_free(staged->temporary);
    staged->temporary = NULL;
    VC_TRY(vci_folder_sync(staged->dir));
out:
    return st;
}

void vci_staged_free(vci_staged *staged) {
    if (staged->temporary) {
        unlink(staged->temporary);
        close(staged->fd);
    }
    vci_free(staged->temporary);
    vci_free(staged->path);
    vci_free(staged->dir);
    *staged = (vci_staged){0};
}

vc_status vci_staged_clean(const char *dir, size_t *removed) {
    vc_status st = VC_OK;
    DIR *folder = opendir(dir);
    *removed = 0;
    if (!folder && errno == ENOENT) goto out;
    if (!folder) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    for (struct dirent *d = readdir(folder); d; d = readdir(folder))
        if (writer_of(d->d_name) > 0 && remove_abandoned(dirfd(folder), d->d_name))
            (*removed)++;
out:
    if (folder) closedir(folder);
    return st;
}
