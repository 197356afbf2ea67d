/* Dated events of a specification. */
#ifndef VCI_MODEL_EVENT_INTERNAL_H
#define VCI_MODEL_EVENT_INTERNAL_H

#include "data/yaml_internal.h"
#include "vitalcast/model.h"

/* `steps`, `pulses` and `zodiac` of a specification into model->events. */
void vci_model_read_events(vci_yaml_reader *reader, vci_yaml *root, vc_model *model);

#endif
