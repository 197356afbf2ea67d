/* What is counted of people: births, deaths, moves. */
#ifndef VITALCAST_EVENT_H
#define VITALCAST_EVENT_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/*
 * Events: X(constant, column name in tables and files). VC_BIRTHS and VC_DEATHS are always
 * there when their parts by sex are (births = males + females).
 */
#define VC_EVENT_LIST(X)                                                                   \
    X(VC_BIRTHS, "births")                                                                 \
    X(VC_BIRTHS_MALE, "births_male")                                                       \
    X(VC_BIRTHS_FEMALE, "births_female")                                                   \
    X(VC_BIRTHS_COMPLIANT, "births_compliant")                                             \
    X(VC_DEATHS, "deaths")                                                                 \
    X(VC_ARRIVALS, "arrivals")                                                             \
    X(VC_DEPARTURES, "departures")

typedef enum vc_event {
#define X(name, column) name,
    VC_EVENT_LIST(X)
#undef X
        VC_EVENTS
} vc_event;

/** The column name of an event. */
VC_API const char *vc_event_name(vc_event event);

VC_END_DECLS

#endif
