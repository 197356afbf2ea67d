/* Rules of commendation, as workspace.yaml declares them. */
#ifndef VITALCAST_COMMENDATION_H
#define VITALCAST_COMMENDATION_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"
#include "vitalcast/target.h"

VC_BEGIN_DECLS

typedef enum vc_rounding { VC_ROUND_DOWN, VC_ROUND_UP, VC_ROUND_NEAREST } vc_rounding;

/* Where a key stands in workspace.yaml, for messages. */
typedef struct vc_commendation_place {
    size_t line, column;
} vc_commendation_place;

typedef struct vc_commendation {
    char *name;
    vc_period year_end;
    char *class_name;  /* "*": each class by itself */
    bool second_class; /* classes are those of the column second_class */
    char *by;          /* id of a target, indicator, or "points" */
    bool low_is_best;
    vc_fraction share; /* of the class; 0/1: a number of places is given */
    size_t places;
    vc_rounding rounding; /* of a share */
    char *compare_with;   /* name of an earlier rule of the same year end; NULL: none */
    double weights;       /* points: each weight moves by up to this share; 0: none does */
    vc_commendation_place at_year_end, at_class, at_by, at_quota, at_weights, at_compare;
} vc_commendation;

/** share * n, rounded as declared (nearest takes half upwards), or the places given. */
VC_API size_t vc_commendation_places(const vc_commendation *commendation, size_t n);

/** Are units ranked by their points, not by an indicator? */
VC_API bool vc_commendation_by_points(const vc_commendation *commendation);

VC_END_DECLS

#endif
