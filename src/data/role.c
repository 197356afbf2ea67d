#include "vitalcast/role.h"

#include <string.h>

static const char *const names[VC_ROLES] = {
#define X(constant, name, file) name,
    VC_ROLE_LIST(X)
#undef X
};

const char *vc_role_name(vc_role role) { return role < VC_ROLES ? names[role] : ""; }

vc_role vc_role_find(const char *name) {
    int role = 0;
    while (role < VC_ROLES && strcmp(names[role], name) != 0) role++;
    return (vc_role)role;
}
