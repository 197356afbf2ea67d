#include "cli/stored_internal.h"

#include <string.h>
#include <unistd.h>

#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/store.h"

static bool is_path(const char *name) {
    size_t n = strlen(name);
    return strchr(name, '/') || (n > 3 && strcmp(name + n - 3, ".h5") == 0);
}

unsigned vci_thread_count(const vci_cli *cli) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (cli->run.threads > 0) return cli->run.threads;
    return cores > 0 ? (unsigned)cores : 1;
}

vc_status vci_stored_load(vci_cli *cli, const char *name, vc_run *run) {
    const char *store = cli->store ? cli->store : VCI_STORE;
    vc_status st = vc_store_load(store, name, run);
    if (st == VC_OK) {
        vci_cli_take_language(cli, run->settings.language);
        return VC_OK;
    }
    vci_say_failure(cli->language, st);
    if (st == VC_NO_RUN && !is_path(name))
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_STORE_HINT, store);
    return st;
}

vc_status vci_stored_workspace(const vc_run *run, char **workspace) {
    vc_status st = VC_OK;
    *workspace = NULL;
    char *slash = run->file ? strrchr(run->file, '/') : NULL;
    size_t n = slash ? (size_t)(slash - run->file) : 0;
    *workspace = slash ? vci_text_format("%.*s/..", (int)n, run->file)
                       : vci_text_copy("..", strlen(".."));
    if (!*workspace) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}

char *vci_shell_word(const char *text) {
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_./:+,@%-";
    size_t n = strlen(text), i = 0;
    while (i < n && ((text[i] & 0x80) || strchr(harmless, text[i]))) i++;
    if (n > 0 && i == n) return vci_text_copy(text, n);
    char *word = vci_alloc(4 * n + 3, 1), *to = word;
    if (!word) return NULL;
    *to++ = '\'';
    for (i = 0; i < n; i++) {
        if (text[i] == '\'') {
            memcpy(to, "'\\'", 3);
            to += 3;
        }
        *to++ = text[i];
    }
    *to++ = '\'';
    return word;
}
