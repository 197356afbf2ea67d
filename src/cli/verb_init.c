/* vitalcast init DIR: a workspace from the templates. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli_internal.h"
#include "cli/datadirs_internal.h"
#include "cli/say_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"

/* Makes a folder, or takes one that is there and empty. */
static vc_status take_folder(const char *dir, bool *made, bool *empty) {
    vc_status st = VC_OK;
    DIR *folder = NULL;
    *empty = true;
    *made = mkdir(dir, 0777) == 0;
    if (*made) return VC_OK;
    if (errno != EEXIST) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    folder = opendir(dir);
    if (!folder && errno == ENOTDIR) *empty = false;
    if (!folder && errno != ENOTDIR) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *empty = false;
out:
    if (folder) closedir(folder);
    return st;
}

static vc_status write_all(int file, const char *name, const char *bytes, size_t n) {
    vc_status st = VC_OK;
    while (n > 0) {
        ssize_t done = write(file, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0)
            VC_FAIL(errno == ENOSPC || errno == EDQUOT ? VC_NO_SPACE : VC_IO_FAILED,
                    "%s: %s", name, strerror(errno));
        bytes += done;
        n -= (size_t)done;
    }
out:
    return st;
}

static vc_status copy_file(const char *from, const char *to) {
    vc_status st = VC_OK;
    char bytes[8192];
    ssize_t n;
    int in = open(from, O_RDONLY | O_CLOEXEC), out_file = -1;
    if (in < 0) VC_FAIL(VC_IO_FAILED, "%s: %s", from, strerror(errno));
    out_file = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out_file < 0) VC_FAIL(VC_IO_FAILED, "%s: %s", to, strerror(errno));
    while ((n = read(in, bytes, sizeof bytes)) > 0)
        VC_TRY(write_all(out_file, to, bytes, (size_t)n));
    if (n < 0) VC_FAIL(VC_IO_FAILED, "%s: %s", from, strerror(errno));
out:
    if (in >= 0) close(in);
    if (out_file >= 0 && close(out_file) != 0 && st == VC_OK)
        st = vci_fail(VC_IO_FAILED, __FILE__, __LINE__, "%s: %s", to, strerror(errno));
    return st;
}

/* Does something with each plain file of a template: copies it, or removes the copy. */
static vc_status each_file(const char *template, const char *dir, bool remove_copy) {
    vc_status st = VC_OK;
    char *from = NULL, *to = NULL;
    DIR *folder = opendir(template);
    if (!folder) VC_FAIL(VC_IO_FAILED, "%s: %s", template, strerror(errno));
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat info;
        vci_free(from);
        vci_free(to);
        from = vci_text_format("%s/%s", template, entry->d_name);
        to = vci_text_format("%s/%s", dir, entry->d_name);
        if (!from || !to) VC_FAIL(VC_NO_MEMORY, "text");
        if (stat(from, &info) != 0 || !S_ISREG(info.st_mode)) continue;
        if (remove_copy)
            unlink(to);
        else
            VC_TRY(copy_file(from, to));
    }
out:
    vci_free(from);
    vci_free(to);
    if (folder) closedir(folder);
    return st;
}

static vc_status find_template(vc_language language, char **template) {
    vc_status st = VC_OK;
    vci_datadirs datadirs;
    const char *name = language == VC_CHINESE ? "datasets/template-zh/workspace.yaml"
                                              : "datasets/template-en/workspace.yaml";
    *template = NULL;
    VC_TRY(vci_datadirs_find(NULL, &datadirs));
    VC_TRY(vc_datadirs_find(&datadirs.dirs, name, template));
    if (!*template)
        VC_FAIL(VC_IO_FAILED, "%s: %s", name,
                vci_text_get(VCI_TEXT_CLI_NO_TEMPLATE, language));
    *strrchr(*template, '/') = '\0';
out:
    vci_datadirs_free(&datadirs);
    return st;
}

/* All files or none: what was begun is taken away again. */
static vc_status make_workspace(const char *template, const char *dir, bool *empty) {
    bool made;
    vc_status st = take_folder(dir, &made, empty);
    if (st != VC_OK || !*empty) return st;
    st = each_file(template, dir, false);
    if (st != VC_OK) {
        vc_status ignored = each_file(template, dir, true);
        (void)ignored; /* the failure to report is the first one */
        if (made) rmdir(dir);
    }
    return st;
}

static void print_next(const vci_cli *cli, const char *dir) {
    char *word = vci_shell_word(dir);
    vci_say_line(stdout, cli->language, VCI_TEXT_CLI_INIT_DONE, dir);
    fputs("  vitalcast check ", stdout);
    vci_say_plain(stdout, word ? word : dir);
    fputs("\n  vitalcast project ", stdout);
    vci_say_plain(stdout, word ? word : dir);
    fputc('\n', stdout);
    vci_free(word);
}

int vci_verb_init(vci_cli *cli) {
    const char *dir = cli->words[0];
    char *template = NULL;
    bool empty = true;
    vc_status st = find_template(cli->language, &template);
    if (st == VC_OK) st = make_workspace(template, dir, &empty);
    int code = vci_say_failure(cli->language, st);
    free(template);
    if (st == VC_OK && !empty) {
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_NOT_EMPTY, dir);
        return vc_status_exit_code(VC_BAD_INPUT);
    }
    if (st == VC_OK && !cli->quiet) print_next(cli, dir);
    return code;
}
