/* A county of two towns and their targets: for the tests of targets against each other. */
#ifndef VCT_FAMILY_H
#define VCT_FAMILY_H

#include "world.h"

/* Births, deaths and population of 2012-01 to 2013-07; one class of two units. */
static inline vc_status read_family(world *w, const char *settings, const char *targets) {
    char monthly[8192] = "unit,month,births,deaths,population\n";
    for (int i = 0; i < 19; i++) {
        size_t n = strlen(monthly);
        snprintf(monthly + n, sizeof monthly - n, "A,%d-%02d,9,2,900\nB,%d-%02d,5,1,500\n",
                 2012 + i / 12, 1 + i % 12, 2012 + i / 12, 1 + i % 12);
    }
    put("workspace.yaml", settings);
    put("units.csv", "code,name,parent,class\nC,县,,\nA,甲镇,C,一类\nB,乙镇,C,一类\n");
    put("monthly.csv", monthly);
    put("progress.csv", "unit,month,indicator,kind,numerator,denominator\n"
                        "A,2013-07,录入率,stock,8,10\nB,2013-07,录入率,stock,9,10\n");
    put("targets.csv", targets);
    ck_assert_int_eq(world_read(w, VC_ENGLISH), VC_OK);
    return world_targets(w);
}

#endif
