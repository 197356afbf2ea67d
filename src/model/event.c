/* Reading what happened at a known time: steps, pulses and the zodiac. */
#include "model/event_internal.h"

#include <stdio.h>
#include <string.h>

#include "model/scale_read_internal.h"
#include "vitalcast/period.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const ANIMALS[] = {"rat",    "ox",      "tiger", "rabbit",
                                      "dragon", "snake",   "horse", "goat",
                                      "monkey", "rooster", "dog",   "pig"};

static bool is_period(const char *text) {
    vc_period p;
    return vc_period_parse(text, VC_MONTHLY, &p) ||
           vc_period_parse(text, VC_QUARTERLY, &p) || vc_period_parse(text, VC_YEARLY, &p);
}

static void read_prior(vci_yaml_reader *reader, vci_yaml *node, vc_model_event *event) {
    vci_prior_number(reader, node, "mean", -10, 10, &event->mean);
    vci_prior_number(reader, node, "sd", 1e-6, 10, &event->sd);
    if (!vci_yaml_get(node, "sd"))
        vci_yaml_fault(reader, node, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "sd");
}

static void read_dated(vci_yaml_reader *reader, vci_yaml *node, const char *key,
                       vc_model_event *event) {
    const char *known[] = {key, "name", "mean", "sd"}, *text = NULL, *name = NULL;
    if (!vci_yaml_text(reader, node, key, &text)) {
        vci_yaml_fault(reader, node, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, key);
        return;
    }
    if (!is_period(text))
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_EVENT_PERIOD, text);
    else
        snprintf(event->from, sizeof event->from, "%s", text);
    vci_yaml_text(reader, node, "name", &name);
    read_prior(reader, node, event);
    vci_yaml_unknown(reader, node, COUNT(known), known);
}

static vc_model_event *add(vci_yaml_reader *reader, vci_yaml *node, vc_event_kind kind,
                           vc_model *model) {
    if (model->n_events == VC_MODEL_EVENTS) {
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_EVENTS_MANY,
                       VC_MODEL_EVENTS);
        return NULL;
    }
    vc_model_event *event = &model->events[model->n_events++];
    *event = (vc_model_event){.kind = kind};
    return event;
}

/* A list of mappings, each with its period under `key`. */
static void read_list(vci_yaml_reader *reader, vci_yaml *root, const char *list,
                      const char *key, vc_event_kind kind, vc_model *model) {
    vci_yaml *node = vci_yaml_get(root, list);
    if (!node) return;
    if (node->kind != VCI_SEQUENCE) {
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_EVENT_LIST, key);
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].kind != VCI_MAPPING) {
            vci_yaml_fault(reader, &node->items[i], "S08", NULL, VCI_TEXT_MODEL_EVENT_LIST,
                           key);
            continue;
        }
        vc_model_event *event = add(reader, &node->items[i], kind, model);
        if (event) read_dated(reader, &node->items[i], key, event);
    }
}

static void read_zodiac(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    static const char *const known[] = {"animal", "mean", "sd"};
    vci_yaml *node = vci_yaml_mapping(reader, root, "zodiac");
    size_t animal = 0;
    if (!node) return;
    vc_model_event *event = add(reader, node, VC_ZODIAC_EVENT, model);
    if (!event) return;
    if (!vci_yaml_choice(reader, node, "animal", COUNT(ANIMALS), ANIMALS, &animal) &&
        !vci_yaml_get(node, "animal"))
        vci_yaml_fault(reader, node, "S03", NULL, VCI_TEXT_MODEL_KEY_MISSING, "animal");
    event->animal = (int)animal;
    read_prior(reader, node, event);
    vci_yaml_unknown(reader, node, COUNT(known), known);
}

void vci_model_read_events(vci_yaml_reader *reader, vci_yaml *root, vc_model *model) {
    read_list(reader, root, "steps", "from", VC_STEP_EVENT, model);
    read_list(reader, root, "pulses", "in", VC_PULSE_EVENT, model);
    read_zodiac(reader, root, model);
}
