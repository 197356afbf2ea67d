#include "store/bytes_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"

static vc_status read_all(int fd, const char *path, char *bytes, size_t n) {
    vc_status st = VC_OK;
    for (size_t done = 0; done < n;) {
        ssize_t got = read(fd, bytes + done, n - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) VC_FAIL(VC_IO_FAILED, "%s: %s", path, strerror(errno));
        if (got == 0) VC_FAIL(VC_STORE_DAMAGED, "%s: shorter than its size", path);
        done += (size_t)got;
    }
out:
    return st;
}

/* O_NONBLOCK: a pipe must not keep us waiting before it is refused. */
vc_status vci_bytes_read(const char *path, size_t limit, char **bytes, size_t *n) {
    vc_status st = VC_OK;
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *bytes = NULL;
    *n = 0;
    if (fd < 0)
        VC_FAIL(errno == ENOENT ? VC_NO_RUN : VC_IO_FAILED, "%s: %s", path,
                strerror(errno));
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
        VC_FAIL(VC_NO_RUN, "%s: not a file", path);
    if ((uint64_t)s.st_size > limit) VC_FAIL(VC_STORE_FOREIGN, "%s: too large", path);
    VC_NEW(*bytes, (size_t)s.st_size + 1);
    VC_TRY(read_all(fd, path, *bytes, (size_t)s.st_size));
    *n = (size_t)s.st_size;
out:
    if (fd >= 0) close(fd);
    if (st != VC_OK) {
        vci_free(*bytes);
        *bytes = NULL;
    }
    return st;
}
