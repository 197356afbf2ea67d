/* Priors of standard deviations as they are written: models/README.md documents them. */
#include "model/scale_read_internal.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { FIXED, HALF_NORMAL, MIXTURE, PC, FORMS };

/* The key that tells a form, and what else may stand beside it (block: in a trend). */
static const char *const words[FORMS][4] = {
    [FIXED] = {"fixed", "block"},
    [HALF_NORMAL] = {"half_normal", "start", "block"},
    [MIXTURE] = {"mixture", "weight", "start", "block"},
    [PC] = {"upper", "probability", "start", "block"}};

bool vci_prior_number(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                      double low, double high, double *value) {
    reader->range_kind = "S08";
    bool good = vci_yaml_number(reader, mapping, key, low, high, value);
    reader->range_kind = NULL;
    return good;
}

/* The only form in a mapping; FORMS after a fault: none, or a second one. */
static int form_of(vci_yaml_reader *reader, vci_yaml *node) {
    int form = FORMS;
    for (int i = 0; i < FORMS; i++) {
        const vci_yaml *key = vci_yaml_get(node, words[i][0]);
        if (key && form < FORMS) {
            vci_yaml_fault(reader, key, "S08", NULL, VCI_TEXT_MODEL_SCALE_TWO,
                           words[form][0], words[i][0]);
            return FORMS;
        }
        if (key) form = i;
    }
    if (form == FORMS) vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_SCALE_FORM);
    return form;
}

/* The narrow part is what "none to speak of" means: below the wide one, or they swap. */
static void read_mixture(vci_yaml_reader *reader, vci_yaml *node, vc_scale *scale) {
    static const char *const known[] = {"spike", "slab"};
    vci_yaml *pair = vci_yaml_mapping(reader, node, "mixture");
    if (!pair) return;
    scale->weight = 0.5;
    bool both = vci_prior_number(reader, pair, "spike", 1e-6, 10, &scale->spike);
    both = vci_prior_number(reader, pair, "slab", 1e-6, 10, &scale->upper) && both;
    vci_prior_number(reader, node, "weight", 0.001, 0.999, &scale->weight);
    if (!vci_yaml_get(pair, "spike") || !vci_yaml_get(pair, "slab"))
        vci_yaml_fault(reader, pair, "S08", NULL, VCI_TEXT_MODEL_SCALE_FORM);
    else if (both && scale->spike >= scale->upper)
        vci_yaml_fault(reader, vci_yaml_get(pair, "spike"), "S08", NULL,
                       VCI_TEXT_MODEL_SPIKE, scale->spike, scale->upper);
    vci_yaml_unknown(reader, pair, COUNT(known), known);
}

static void read_pc(vci_yaml_reader *reader, vci_yaml *node, vc_scale *scale) {
    vci_prior_number(reader, node, "upper", 1e-6, 10, &scale->upper);
    vci_prior_number(reader, node, "probability", 1e-6, 0.999, &scale->probability);
    if (!vci_yaml_get(node, "probability"))
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_SCALE_FORM);
}

static void read_numbers(vci_yaml_reader *reader, vci_yaml *node, int form,
                         vc_scale *scale) {
    static const vc_scale_kind kinds[] = {[FIXED] = VC_SCALE_FIXED,
                                          [HALF_NORMAL] = VC_SCALE_HALF_NORMAL,
                                          [MIXTURE] = VC_SCALE_MIXTURE,
                                          [PC] = VC_SCALE_PC};
    scale->kind = kinds[form];
    if (form == FIXED) vci_prior_number(reader, node, "fixed", 0, 10, &scale->start);
    if (form == HALF_NORMAL)
        vci_prior_number(reader, node, "half_normal", 1e-6, 10, &scale->upper);
    if (form == MIXTURE) read_mixture(reader, node, scale);
    if (form == PC) read_pc(reader, node, scale);
    if (form == FIXED) return;
    scale->start = scale->upper / (form == HALF_NORMAL ? 2 : 4);
    vci_prior_number(reader, node, "start", 1e-6, 10, &scale->start);
}

void vci_scale_read_form(vci_yaml_reader *reader, vci_yaml *node, vc_scale *scale) {
    int form = form_of(reader, node);
    if (form == FORMS) return;
    read_numbers(reader, node, form, scale);
    size_t n = 0;
    while (n < COUNT(words[form]) && words[form][n]) n++;
    vci_yaml_unknown(reader, node, n, words[form]);
}

void vci_scale_read(vci_yaml_reader *reader, vci_yaml *parent, const char *key,
                    vc_scale *scale) {
    vci_yaml *node = vci_yaml_get(parent, key);
    if (!node || (node->kind == VCI_SCALAR && node->text && !strcmp(node->text, "none")))
        return;
    if (node->kind == VCI_MAPPING)
        vci_scale_read_form(reader, node, scale);
    else
        vci_yaml_fault(reader, node, "S08", NULL, VCI_TEXT_MODEL_NOT_MAPPING);
}
