/* What the files that fill a vc_learned share: draws of one fit's latent values. */
#ifndef VCI_LEARNING_INTERNAL_H
#define VCI_LEARNING_INTERNAL_H

#include "assess/learned_internal.h"
#include "assess/run_internal.h"

#define VCI_LEARNING_DRAWS ((size_t)4096)

/* How eta's effects are told. */
typedef enum vci_effect {
    VCI_EFFECT_PERCENT, /* of a count or a positive value */
    VCI_EFFECT_RATIO,   /* points of the odds: boys per 100 girls */
    VCI_EFFECT_SHARE,   /* percentage points of a share */
    VCI_EFFECT_UNITS    /* of the series itself */
} vci_effect;

typedef struct vci_learning {
    const vci_part *part;
    vci_sampler_work *work;
    vci_effect effect;
    double unit;  /* VCI_EFFECT_UNITS: of the series, what eta is 1 of */
    double *root; /* [n_root][VCI_LEARNING_DRAWS] */
    double *node; /* [n_units][2][VCI_LEARNING_DRAWS] value in the latest block, change in a
                     year */
    double *level; /* [VCI_LEARNING_DRAWS] eta that all units share now, without season and
                      shocks */
    double *draws; /* [VCI_LEARNING_DRAWS] scratch */
    bool changes;  /* the units' walks take steps that make up a year */
} vci_learning;

/* An estimate of g->draws, changes of eta from the common level on, as an effect. */
vc_status vci_learning_tell(vci_learning *g, vc_estimate *estimate);

/* Mean square of a component over the points; 0 if there is none (VCI_NONE). */
double vci_learning_mean_square(const vci_learning *g, int component);

/* Standard deviations: estimates, extra variance, what a mixture prior has become. */
vc_status vci_learned_hypers(vci_learning *g, vc_learned *l);

/* Units against their siblings, and which of them stand out. */
vc_status vci_learned_units(vci_learning *g, vc_learned *l);

#endif
