/* Reading priors of specifications: every number of one has the kind of fault S08. */
#ifndef VCI_SCALE_READ_INTERNAL_H
#define VCI_SCALE_READ_INTERNAL_H

#include "data/yaml_internal.h"
#include "vitalcast/model.h"

/* vci_yaml_number for a number of a prior. */
bool vci_prior_number(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                      double low, double high, double *value);

/* {fixed: x} | {upper: u, probability: p} | {half_normal: s} | {mixture: {...}} */
void vci_scale_read_form(vci_yaml_reader *reader, vci_yaml *node, vc_scale *scale);

/* The same at a key; "none" or an absent key switches the component off. */
void vci_scale_read(vci_yaml_reader *reader, vci_yaml *parent, const char *key,
                    vc_scale *scale);

#endif
