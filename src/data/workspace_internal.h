/* What the workspace_*.c files share. */
#ifndef VCI_WORKSPACE_INTERNAL_H
#define VCI_WORKSPACE_INTERNAL_H

#include "data/yaml_internal.h"
#include "vitalcast/workspace.h"

/*
 * A list of texts, or one text alone; *list owns its texts. blank_ok: "" may be among them.
 * False if absent or a fault.
 */
bool vci_workspace_texts(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                         bool blank_ok, size_t *n, char ***list);
void vci_workspace_texts_free(size_t n, char **texts);

/* A copy of a text on one line; false if absent or a fault. */
bool vci_workspace_text(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                        char **copy);

/* `grade:` of workspace.yaml. */
void vci_workspace_grade_read(vci_yaml_reader *reader, vci_yaml *root,
                              vc_workspace *workspace);

/* Defaults of all tables, then `tables:` of workspace.yaml. */
vc_status vci_workspace_tables_default(vc_workspace *workspace);
void vci_workspace_tables_read(vci_yaml_reader *reader, vci_yaml *root,
                               vc_workspace *workspace);
void vci_workspace_tables_free(vc_workspace *workspace);

/* `warnings:` of workspace.yaml; defaults where it says nothing. */
void vci_workspace_warnings_read(vci_yaml_reader *reader, vci_yaml *root,
                                 vc_workspace *workspace);
/* `scoring:` and `total_points:`. */
void vci_workspace_scoring_read(vci_yaml_reader *reader, vci_yaml *root,
                                vc_workspace *workspace);
void vci_workspace_scoring_free(vc_workspace *workspace);

#endif
