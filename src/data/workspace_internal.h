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
/* How a period is written: "2013-12". */
const char *vci_period_example(vc_frequency frequency);

/* Defaults of all tables, then `tables:` of workspace.yaml. */
vc_status vci_workspace_tables_default(vc_workspace *workspace);
void vci_workspace_tables_read(vci_yaml_reader *reader, vci_yaml *root,
                               vc_workspace *workspace);
void vci_workspace_tables_free(vc_workspace *workspace);

/* `warnings:` of workspace.yaml; defaults where it says nothing. */
void vci_workspace_warnings_read(vci_yaml_reader *reader, vci_yaml *root,
                                 vc_workspace *workspace);
/* `indicators:`; the list is that of a workspace or of a panel. */
void vci_workspace_indicators_read(vci_yaml_reader *reader, vci_yaml *root,
                                   vc_workspace *workspace);
void vci_indicators_free(size_t n, vc_indicator *indicators);
/* `sources:`. */
void vci_workspace_sources_read(vci_yaml_reader *reader, vci_yaml *root,
                                vc_workspace *workspace);
/* `scoring:` and `total_points:`. */
void vci_workspace_scoring_read(vci_yaml_reader *reader, vci_yaml *root,
                                vc_workspace *workspace);
void vci_workspace_scoring_free(vc_workspace *workspace);
/* `commendation:` of workspace.yaml. */
void vci_workspace_commendations_read(vci_yaml_reader *reader, vci_yaml *root,
                                      vc_workspace *workspace);
void vci_workspace_commendations_free(vc_workspace *workspace);

/* Faults S05 and S06: what a rule names does not exist, or it cannot be followed. */
vc_status vci_commendations_check(const vc_workspace *workspace, const vc_panel *panel,
                                  const vc_targets *targets, vc_findings *findings);

/*
 * The target whose figure ranks a unit under a rule: that of the id, else the first one of
 * the indicator; SIZE_MAX if there is none.
 */
size_t vci_commendation_target(const vc_commendation *rule, const vc_unit_tree *tree,
                               const vc_targets *targets, size_t unit);

/* The class of a unit that a rule goes by; NULL if none. */
const char *vci_commendation_class(const vc_commendation *rule, const vc_unit *unit);

/* Is a unit, or a peer, in a class of a rule? */
bool vci_peer_in_class(const vc_commendation *rule, const vc_peer *peer,
                       const char *class_name);
bool vci_in_class(const vc_commendation *rule, const vc_unit *unit, const char *class_name);

#endif
