#include "core/child_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "core/memory_internal.h"

#define POLL_MILLISECONDS 5

/* What is set up for posix_spawn; each call returns an errno value. */
typedef struct setup {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    bool has_actions, has_attributes;
} setup;

static int plan_files(setup *s, const char *folder) {
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_t *actions = &s->actions;
    int error = posix_spawn_file_actions_init(actions);
    s->has_actions = error == 0;
    if (!error) error = posix_spawn_file_actions_addchdir_np(actions, folder);
    if (!error)
        error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (!error) error = posix_spawn_file_actions_addopen(actions, 1, "out", flags, 0600);
    if (!error) error = posix_spawn_file_actions_addopen(actions, 2, "err", flags, 0600);
    return error;
}

/*
 * A group of its own, so that killing it leaves no grandchild; signals as they are by
 * default.
 */
static int plan_process(setup *s) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_init(&s->attributes);
    s->has_attributes = error == 0;
    if (!error) error = posix_spawnattr_setpgroup(&s->attributes, 0);
    if (!error) error = posix_spawnattr_setsigmask(&s->attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(&s->attributes, &all);
    if (!error)
        error = posix_spawnattr_setflags(&s->attributes, POSIX_SPAWN_SETPGROUP |
                                                             POSIX_SPAWN_SETSIGMASK |
                                                             POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* A relative path means our folder, not the one in which the child will be. */
static int start(const vci_child *child, char *const environment[], setup *s, pid_t *pid) {
    char program[PATH_MAX];
    const char *name = child->arguments[0];
    if (strchr(name, '/')) {
        if (!realpath(name, program)) return errno;
        name = program;
    }
    int error = plan_files(s, child->folder);
    if (!error) error = plan_process(s);
    if (error) return error;
    return posix_spawnp(pid, name, &s->actions, &s->attributes, child->arguments,
                        environment);
}

/* It is limited as soon as it runs: it has not come to its own work by then. */
static void limit(pid_t pid, enum __rlimit_resource what, size_t most) {
    const struct rlimit bound = {most, most};
    if (most > 0) prlimit(pid, what, &bound, NULL);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/*
 * Without SIGCHLD (ignored by the caller) nobody knows the status: that is a failure too.
 */
static vci_child_end await(pid_t pid, double seconds) {
    const struct timespec pause = {0, POLL_MILLISECONDS * 1000000L};
    double deadline = now() + seconds;
    int status;
    for (;;) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? VCI_CHILD_DONE
                                                                 : VCI_CHILD_FAILED;
        if (ended < 0 && errno != EINTR) return VCI_CHILD_FAILED;
        if (now() >= deadline) break;
        nanosleep(&pause, NULL);
    }
    kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return VCI_CHILD_LATE;
}

vc_status vci_child_run(const vci_child *child, vci_child_end *end) {
    vc_status st = VC_OK;
    setup s = {.has_actions = false};
    pid_t pid = 0;
    char locale[] = "LC_ALL=C.UTF-8", path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *home = vci_text_format("HOME=%s/home", child->folder);
    char *environment[] = {home, locale, path, NULL};
    *end = VCI_CHILD_FAILED;
    if (!home) VC_FAIL(VC_NO_MEMORY, "text");
    int error = start(child, environment, &s, &pid);
    if (error == ENOENT || error == EACCES || error == ENOTDIR || error == ELOOP)
        *end = VCI_CHILD_ABSENT;
    else if (error == ENOMEM)
        VC_FAIL(VC_NO_MEMORY, "%s: %s", child->arguments[0], strerror(error));
    else if (error)
        VC_FAIL(VC_IO_FAILED, "%s: %s", child->arguments[0], strerror(error));
    if (error) goto out;
    limit(pid, RLIMIT_FSIZE, child->file_bytes);
    limit(pid, RLIMIT_AS, child->memory_bytes);
    *end = await(pid, child->seconds);
out:
    if (s.has_actions) posix_spawn_file_actions_destroy(&s.actions);
    if (s.has_attributes) posix_spawnattr_destroy(&s.attributes);
    vci_free(home);
    return st;
}
