/* A computed run of the hand-made panel, small enough for every test. */
#ifndef VCT_SMALL_RUN_H
#define VCT_SMALL_RUN_H

#include "vitalcast/run.h"

typedef struct vct_small {
    size_t months, draws; /* data from 2019-01 on; targets for the end of 2020 */
    unsigned threads;
    uint64_t seed;  /* 0: the standard one */
    bool estimated; /* standard deviations are estimated, else fixed */
    /* May change the panel and add targets (the list has room for eight). */
    void (*change)(vc_panel *panel, vc_targets *targets);
    void (*declare)(vc_workspace *workspace); /* may add what its file would say */
} vct_small;

/*
 * small: NULL for 19 months (data as of 2020-07), 600 draws. Targets of all units: 0 births
 * at most 220, 1 sex ratio at most 107.
 */
void vct_small_run(const vct_small *small, vc_run *run);

vc_target vct_target_at_most(const char *id, const char *indicator, int64_t value);

void vct_write_file(const char *dir, const char *name, const char *text);

#endif
