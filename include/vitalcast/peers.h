/* Peers: units outside the workspace, known by their published figures alone. */
#ifndef VITALCAST_PEERS_H
#define VITALCAST_PEERS_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"

VC_BEGIN_DECLS

typedef struct vc_peer {
    char *code, *name;               /* name: the code where none was given */
    char *class_name, *second_class; /* NULL if none */
} vc_peer;

/* A figure of a year as it was published; final when as_of is not before year_end. */
typedef struct vc_peer_figure {
    size_t peer, indicator;
    vc_period year_end, as_of;
    double value, rank; /* rank NaN: none was given */
} vc_peer_figure;

typedef struct vc_peers {
    size_t n;
    vc_peer *list; /* in the order of peers.csv */
    size_t n_indicators;
    char **indicators; /* names as in targets.csv; "points" for points */
    size_t n_figures;
    vc_peer_figure *figures; /* by peer, indicator, year end and as-of, each once */
} vc_peers;

/** Forgets what was published after a period. Peers stay, also those without a figure. */
VC_API void vc_peers_truncate(vc_peers *peers, vc_period as_of);

/** The last figure of a peer about a year; NULL if there is none. */
VC_API const vc_peer_figure *vc_peers_latest(const vc_peers *peers, size_t peer,
                                             size_t indicator, vc_period year_end);

/** The place of an indicator; SIZE_MAX if no figure is about it. NULL: points. */
VC_API size_t vc_peers_indicator(const vc_peers *peers, const char *indicator);

/** Final yearly figures of a peer whose year ends in the same period of the year. */
VC_API size_t vc_peers_history(const vc_peers *peers, size_t peer, size_t indicator,
                               vc_period year_end, vc_frequency frequency);

VC_API void vc_peers_free(vc_peers *peers);

VC_END_DECLS

#endif
