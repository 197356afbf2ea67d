/* vitalcast runs list|verify|clean|export|diff: the store. */
#include <string.h>

#include "cli/changes_internal.h"
#include "cli/json_internal.h"
#include "cli/list_export_internal.h"
#include "cli/options_internal.h"
#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "cli/stored_internal.h"
#include "cli/table_print_internal.h"
#include "core/status_internal.h"
#include "vitalcast/store.h"

static void print_json(const vc_store_list *list, bool verified) {
    vci_json json = {.out = stdout};
    vci_json_object(&json, NULL, true);
    vci_json_array(&json, "runs", true);
    for (size_t i = 0; i < list->n; i++) {
        const vc_store_entry *entry = &list->entries[i];
        vci_json_object(&json, NULL, false);
        vci_json_text(&json, "run", entry->id);
        vci_json_text(&json, "file", entry->file);
        vci_json_text(&json, "created", entry->created);
        vci_json_text(&json, "workspace", entry->workspace);
        vci_json_text(&json, "scenario", entry->scenario);
        vci_json_whole(&json, "bytes", entry->bytes);
        if (verified) vci_json_text(&json, "state", vc_status_name(entry->state));
        vci_json_close(&json);
    }
    vci_json_close(&json);
    vci_json_close(&json);
}

static const char *or_empty(const char *text) { return text ? text : ""; }

static vc_status print_table(const vci_cli *cli, const vc_store_list *list, bool verified) {
    vc_status st = VC_OK;
    vc_language language = cli->language;
    vci_grid grid = {.n_columns = verified ? 6 : 5, .right = 1u << 4};
    VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_CLI_COLUMN_RUN, language)));
    VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_CLI_COLUMN_CREATED, language)));
    VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_CLI_COLUMN_WORKSPACE, language)));
    VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_SCENARIO_COLUMN, language)));
    VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_CLI_COLUMN_BYTES, language)));
    if (verified)
        VC_TRY(vci_grid_add(&grid, vci_text_get(VCI_TEXT_CLI_COLUMN_STATE, language)));
    for (size_t i = 0; i < list->n; i++) {
        const vc_store_entry *entry = &list->entries[i];
        const char *state = entry->state == VC_OK
                                ? vci_text_get(VCI_TEXT_CLI_STATE_GOOD, language)
                                : vc_status_text(entry->state, language);
        char bytes[24];
        snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)entry->bytes);
        VC_TRY(vci_grid_add(&grid, entry->id));
        VC_TRY(vci_grid_add(&grid, or_empty(entry->created)));
        VC_TRY(vci_grid_add(&grid, or_empty(entry->workspace)));
        VC_TRY(vci_grid_add(&grid, or_empty(entry->scenario)));
        VC_TRY(vci_grid_add(&grid, bytes));
        if (verified) VC_TRY(vci_grid_add(&grid, state));
    }
    vci_grid_print(&grid, stdout);
out:
    vci_grid_free(&grid);
    return st;
}

static vc_status list_runs(const vci_cli *cli, const char *store, bool verify,
                           size_t *damaged) {
    vc_status st = VC_OK;
    vc_store_list list = {0};
    if (verify)
        VC_TRY(vc_store_verify(store, &list));
    else
        VC_TRY(vc_store_runs(store, &list));
    for (size_t i = 0; i < list.n; i++) *damaged += list.entries[i].state != VC_OK;
    if (cli->json)
        print_json(&list, verify);
    else if (list.n == 0)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_NO_RUNS, store);
    else
        VC_TRY(print_table(cli, &list, verify));
    if (verify && list.n > 0 && !cli->json)
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_VERIFIED, list.n, *damaged);
out:
    vc_store_list_free(&list);
    return st;
}

static vc_status clean(const vci_cli *cli, const char *store) {
    size_t removed = 0;
    vc_status st = vc_store_clean(store, &removed);
    if (st != VC_OK) return st;
    vci_json json = {.out = stdout};
    if (!cli->json) {
        vci_say_line(stdout, cli->language, VCI_TEXT_CLI_CLEANED, removed);
        return VC_OK;
    }
    vci_json_object(&json, NULL, false);
    vci_json_whole(&json, "removed", removed);
    vci_json_close(&json);
    return VC_OK;
}

int vci_verb_runs(vci_cli *cli) {
    const char *action = cli->words[0];
    const char *store = cli->n_words > 1 ? cli->words[1] : cli->store;
    size_t damaged = 0;
    vc_status st;
    if (!store) store = VCI_STORE;
    bool diff = strcmp(action, "diff") == 0;
    if (diff && cli->n_words < 3)
        return vci_usage_error(cli, VCI_TEXT_CLI_ARGUMENT_MISSING, cli->verb->arguments);
    if (!diff && cli->n_words > 2)
        return vci_usage_error(cli, VCI_TEXT_CLI_ARGUMENT_MORE, cli->words[2]);
    if (diff) {
        vci_signal_catch();
        return vci_runs_diff(cli);
    }
    if (strcmp(action, "list") == 0)
        st = list_runs(cli, store, false, &damaged);
    else if (strcmp(action, "verify") == 0)
        st = list_runs(cli, store, true, &damaged);
    else if (strcmp(action, "clean") == 0)
        st = clean(cli, store);
    else if (strcmp(action, "export") == 0)
        return vci_list_export(cli);
    else
        return vci_usage_error(cli, VCI_TEXT_CLI_BAD_ACTION, action);
    int code = vci_say_failure(cli->language, st);
    return code == 0 && damaged > 0 ? vc_status_exit_code(VC_STORE_DAMAGED) : code;
}
