/* What a model is a model of. */
#ifndef VITALCAST_ROLE_H
#define VITALCAST_ROLE_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/*
 * Roles: X(constant, name in workspaces and runs, standard specification). Births come
 * before what is a share of them. Values of yearly workspaces go by annual.yaml instead.
 */
#define VC_ROLE_LIST(X)                                                                    \
    X(VC_ROLE_BIRTHS, "births", "births.yaml")                                             \
    X(VC_ROLE_SEX, "sex", "sex.yaml")                                                      \
    X(VC_ROLE_DEATHS, "deaths", "deaths.yaml")                                             \
    X(VC_ROLE_COMPLIANCE, "compliance", "compliance.yaml")                                 \
    X(VC_ROLE_ARRIVALS, "arrivals", "migration.yaml")                                      \
    X(VC_ROLE_DEPARTURES, "departures", "migration.yaml")                                  \
    X(VC_ROLE_QUOTA, "quota", "quota.yaml")                                                \
    X(VC_ROLE_STOCK, "stock", "stock_ratio.yaml")                                          \
    X(VC_ROLE_SURVEY, "survey", "survey.yaml")                                             \
    X(VC_ROLE_VALUE, "value", "value.yaml")                                                \
    X(VC_ROLE_POPULATION, "population", "population.yaml")

typedef enum vc_role {
#define X(constant, name, file) constant,
    VC_ROLE_LIST(X)
#undef X
        VC_ROLES
} vc_role;

/** "births", "sex", ... */
VC_API const char *vc_role_name(vc_role role);

/** The role of a name; VC_ROLES if there is none. */
VC_API vc_role vc_role_find(const char *name);

VC_END_DECLS

#endif
