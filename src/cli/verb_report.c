/* vitalcast report RUN: a stored run as a file for the meeting. */
#include <string.h>

#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/stored_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/workbook.h"

/* Formats that a report can be written in: one row each. */
static const struct {
    const char *name; /* of --to, and of the file's ending */
    vc_status (*write)(const vc_run *run, vc_language language, const char *path);
} formats[] = {
    {"xlsx", vc_workbook_write},
};

static int write_format(const vci_cli *cli, const vc_run *run, size_t format) {
    char *path = cli->output ? vci_text_copy(cli->output, strlen(cli->output))
                             : vci_text_format("%s.%s", run->id, formats[format].name);
    vc_status st = path ? formats[format].write(run, cli->language, path) : VC_NO_MEMORY;
    if (st == VC_OK) {
        vci_say_plain(stdout, path);
        fputc('\n', stdout);
    }
    vci_free(path);
    return vci_say_failure(cli->language, st);
}

int vci_verb_report(vci_cli *cli) {
    vc_run run;
    memset(&run, 0, sizeof run);
    vc_status st = vci_stored_load(cli, cli->words[0], &run);
    int code = vc_status_exit_code(st); /* said already */
    for (size_t i = 0; st == VC_OK && i < sizeof formats / sizeof *formats; i++)
        if (!cli->to || strcmp(cli->to, formats[i].name) == 0)
            code = write_format(cli, &run, i);
    vc_run_free(&run);
    return code;
}
