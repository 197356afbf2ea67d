/* From where the grade of an indicator measures: what is normal, what is clearly off. */
#ifndef VITALCAST_GRADE_RULE_H
#define VITALCAST_GRADE_RULE_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/* The indicators of vital events that are graded: X(constant, name). */
#define VC_GRADED_LIST(X)                                                                  \
    X(VC_GRADED_SEX_RATIO, "sex_ratio_at_birth")                                           \
    X(VC_GRADED_COMPLIANCE, "policy_compliance_rate")                                      \
    X(VC_GRADED_BIRTHS, "births")                                                          \
    X(VC_GRADED_DEATHS, "deaths")                                                          \
    X(VC_GRADED_INCREASE, "natural_increase")                                              \
    X(VC_GRADED_BIRTH_RATE, "birth_rate")                                                  \
    X(VC_GRADED_DEATH_RATE, "death_rate")                                                  \
    X(VC_GRADED_GROWTH_RATE, "natural_growth_rate")

typedef enum vc_graded {
#define X(name, indicator) name,
    VC_GRADED_LIST(X)
#undef X
        VC_GRADED
} vc_graded;

/** The name of a graded indicator in tables and files. */
VC_API const char *vc_graded_name(vc_graded graded);

/* `grade:` of workspace.yaml. */
typedef struct vc_grade_rules {
    double normal, off;       /* sex ratio: males per 100 females; 0 < normal < off */
    double margin[VC_GRADED]; /* all others: percent around the target, in (0, 50] */
} vc_grade_rules;

/** 106 and 115, and 5 percent. */
VC_API vc_grade_rules vc_grade_rules_default(void);

VC_END_DECLS

#endif
