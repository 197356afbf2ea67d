#include "vitalcast/warning.h"

const char *vc_warning_level_name(vc_warning_level level) {
    static const char *const names[] = {
#define X(name, key) [name] = key,
        VC_WARNING_LEVEL_LIST(X)
#undef X
    };
    return names[level];
}

vc_warning_rules vc_warning_rules_default(void) {
    return (vc_warning_rules){{1, 0.60, 0.40, 0.20}, 0.05, 2};
}
