/*
 * A track record as JSON: one member or row a line, written and read by one pair of
 * functions only.
 */
#ifndef VCI_TRACK_TEXT_INTERNAL_H
#define VCI_TRACK_TEXT_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/track.h"

/* What every such text begins with; another format has another number. */
#define VCI_TRACK_BEGIN "{\n\"kind\": \"vitalcast track\",\n\"format\": 1,\n"

/* All but the last member, which is the digest of this; owned by the caller. */
vc_status vci_track_text_write(const vc_track *track, char **text, size_t *n);

/*
 * Reads what vci_track_text_write wrote, up to `end`; VC_STORE_DAMAGED for anything else.
 * track: release with vc_track_free, also after a failure.
 */
vc_status vci_track_text_read(const char *text, const char *end, vc_track *track);

#endif
