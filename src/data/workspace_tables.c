/* The `tables:` part of workspace.yaml: how each CSV table is to be read. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/table_parts_internal.h"
#include "data/workspace_internal.h"

static void out_of_memory(vci_yaml_reader *reader) {
    if (reader->st == VC_OK)
        reader->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", reader->file);
}

vc_status vci_workspace_tables_default(vc_workspace *workspace) {
    vc_status st = VC_OK;
    for (size_t role = 0; role < VC_TABLES; role++) {
        vc_table_options *options = &workspace->tables[role];
        options->header_row = 1;
        options->file = vci_text_format("%s.csv", vci_role_key((vc_table_role)role));
        if (!options->file) VC_FAIL(VC_NO_MEMORY, "tables");
    }
out:
    return st;
}

static void read_separator(vci_yaml_reader *reader, vci_yaml *table, char *separator) {
    static const char *const words[] = {"comma", "tab", "semicolon", "pipe"};
    size_t word = 0;
    if (vci_yaml_choice(reader, table, "separator", 4, words, &word))
        *separator = ",\t;|"[word];
}

/* The same source twice would be counted twice. */
static void check_sources(vci_yaml_reader *reader, const vci_yaml *at,
                          const vc_column_map *map) {
    for (size_t i = 0; i < map->n_sources; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(map->sources[i], map->sources[k]) == 0)
                vci_yaml_fault(reader, at, "S01", NULL, VCI_TEXT_WORKSPACE_SOURCE_TWICE,
                               map->column,
                               vci_quote(map->sources[i], strlen(map->sources[i])).text);
}

static void read_columns(vci_yaml_reader *reader, vci_yaml *table,
                         vc_table_options *options) {
    vci_yaml *columns = vci_yaml_mapping(reader, table, "columns");
    if (!columns || columns->n == 0) return;
    options->columns = vci_alloc(columns->n, sizeof *options->columns);
    if (!options->columns) {
        out_of_memory(reader);
        return;
    }
    for (size_t i = 0; i < columns->n; i++) {
        const vci_yaml *item = &columns->items[i];
        vc_column_map map = {.line = item->key_line};
        if (!vci_workspace_texts(reader, columns, item->key, false, &map.n_sources,
                                 &map.sources))
            continue;
        map.column = vci_text_copy(item->key, strlen(item->key));
        if (!map.column) out_of_memory(reader);
        options->columns[options->n_columns++] = map;
        if (map.column) check_sources(reader, item, &map);
    }
}

/* Running totals of the year; a quarter that they begin with begins in that month. */
static void read_cumulative(vci_yaml_reader *reader, vci_yaml *table,
                            vc_frequency frequency, vc_table_options *options) {
    static const char *const words[] = {"split", "missing"};
    static const vc_joint joints[] = {VC_JOINT_SPLIT, VC_JOINT_MISSING};
    int64_t month = 0;
    size_t word = 0;
    const vci_yaml *from = vci_yaml_get(table, "cumulative_from");
    options->said_monthly = from && from->text && strcmp(from->text, "no") == 0;
    if (!options->said_monthly &&
        vci_yaml_integer(reader, table, "cumulative_from", 1, 12, &month))
        options->cumulative_from = (int)month;
    if (vci_yaml_choice(reader, table, "joint_months", 2, words, &word))
        options->joint = joints[word];
    bool begins = frequency != VC_YEARLY && (month - 1) % (12 / (int)frequency) == 0;
    if (month > 0 && !begins)
        vci_yaml_fault(reader, vci_yaml_get(table, "cumulative_from"), "S01", NULL,
                       VCI_TEXT_WORKSPACE_CUMULATIVE, (int)month);
    if (month == 0 && options->joint != VC_JOINT_ASK)
        vci_yaml_fault(reader, vci_yaml_get(table, "joint_months"), "S01", NULL,
                       VCI_TEXT_WORKSPACE_JOINT);
}

static void read_table(vci_yaml_reader *reader, vci_yaml *table, vc_frequency frequency,
                       bool monthly, vc_table_options *options) {
    static const char *const known[] = {
        "file",    "encoding", "separator",  "header_row",      "thousands",   "columns",
        "missing", "zero",     "total_rows", "cumulative_from", "joint_months"};
    size_t n_known = sizeof known / sizeof *known - (monthly ? 0 : 2);
    int64_t header_row = 1;
    options->given = true;
    vci_workspace_text(reader, table, "file", &options->file);
    vci_workspace_text(reader, table, "encoding", &options->encoding);
    read_separator(reader, table, &options->separator);
    if (vci_yaml_integer(reader, table, "header_row", 1, 1000, &header_row))
        options->header_row = (size_t)header_row;
    vci_yaml_flag(reader, table, "thousands", &options->thousands);
    read_columns(reader, table, options);
    vci_workspace_texts(reader, table, "missing", true, &options->n_missing,
                        &options->missing);
    vci_workspace_texts(reader, table, "zero", true, &options->n_zero, &options->zero);
    vci_workspace_texts(reader, table, "total_rows", false, &options->n_total_rows,
                        &options->total_rows);
    if (monthly) read_cumulative(reader, table, frequency, options);
    vci_yaml_unknown(reader, table, n_known, known);
}

void vci_workspace_tables_read(vci_yaml_reader *reader, vci_yaml *root,
                               vc_workspace *workspace) {
    const char *known[VC_TABLES];
    vci_yaml *tables = vci_yaml_mapping(reader, root, "tables");
    if (!tables) return;
    for (size_t role = 0; role < VC_TABLES; role++) {
        known[role] = vci_role_key((vc_table_role)role);
        vci_yaml *table = vci_yaml_mapping(reader, tables, known[role]);
        if (table)
            read_table(reader, table, workspace->frequency, role == VC_TABLE_MONTHLY,
                       &workspace->tables[role]);
    }
    vci_yaml_unknown(reader, tables, VC_TABLES, known);
}

void vci_workspace_tables_free(vc_workspace *workspace) {
    for (size_t role = 0; role < VC_TABLES; role++) {
        vc_table_options *options = &workspace->tables[role];
        for (size_t i = 0; i < options->n_columns; i++) {
            vci_free(options->columns[i].column);
            vci_workspace_texts_free(options->columns[i].n_sources,
                                     options->columns[i].sources);
        }
        vci_free(options->columns);
        vci_free(options->file);
        vci_free(options->encoding);
        vci_workspace_texts_free(options->n_missing, options->missing);
        vci_workspace_texts_free(options->n_zero, options->zero);
        vci_workspace_texts_free(options->n_total_rows, options->total_rows);
    }
}
