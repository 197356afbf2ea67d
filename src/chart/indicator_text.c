#include "chart/indicator_text_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "core/text_internal.h"
#include "data/standard_internal.h"

/* A name with the unit that its formula gives it. */
static char *with_unit(const char *name, const vc_formula *f, vc_language language) {
    if (f->kind == VC_INDICATOR_SHARE || (f->kind == VC_INDICATOR_RATE && f->scale == 100))
        return vci_text_say(language, VCI_TEXT_CLI_PERCENT_OF, name);
    if (f->kind == VC_INDICATOR_RATE && f->scale == 1000)
        return vci_text_say(language, VCI_TEXT_INDICATOR_PER_THOUSAND, name);
    if (f->kind == VC_INDICATOR_RATE || f->kind == VC_INDICATOR_RATIO)
        return vci_text_say(language, VCI_TEXT_INDICATOR_PER, name, (long long)f->scale);
    return vci_text_copy(name, strlen(name));
}

char *vci_standard_text(const char *indicator, vc_language language) {
    const vci_standard *standard = vci_standard_find(indicator);
    bool named = standard && strcmp(standard->name, indicator) == 0;
    const char *text = named ? vci_text_get(standard->text, language) : indicator;
    return vci_text_copy(text, strlen(text));
}

char *vci_indicator_text(const vc_run *run, const char *indicator, vc_language language) {
    const char *label = vc_run_label(run, indicator, language);
    const vc_formula *formula = vci_formula_find(&run->panel, indicator);
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    bool own = declared && declared->declared == VC_DECLARED_FORMULA;
    if (formula && !own && !label) return vci_standard_text(indicator, language);
    if (!label) label = indicator;
    if (formula) return with_unit(label, formula, language);
    if (vc_run_indicator_kind(run, indicator) == VC_INDICATOR_PROGRESS)
        return vci_text_say(language, VCI_TEXT_CLI_PERCENT_OF, label);
    return vci_text_copy(label, strlen(label));
}
