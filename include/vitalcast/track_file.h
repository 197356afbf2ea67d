/* Track records in a store: what the reports of a workspace say about themselves. */
#ifndef VITALCAST_TRACK_FILE_H
#define VITALCAST_TRACK_FILE_H

#include "vitalcast/api.h"
#include "vitalcast/track.h"

VC_BEGIN_DECLS

/**
 * Stores a record as DIR/track.json, of a basis as DIR/track-<basis>.json, in place of the
 * one before; whole or not at all. Equal records have equal bytes
 * (docs/FILE_FORMATS.md, "Track record").
 *
 * dir  the store of the back-test; it exists
 *
 * Returns VC_OK; VC_NO_SPACE or VC_IO_FAILED (then the one before is still there);
 * VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_track_file_save(const char *dir, const vc_track *track);

/**
 * Loads the record of a basis (NULL: of none), bit for bit as it was saved.
 *
 * track  [out] release with vc_track_free, also after a failure
 *
 * Returns VC_OK; VC_NO_RUN: there is none; VC_STORE_FOREIGN: not a track record, or one of
 * another format; VC_STORE_DAMAGED: it is not what was written; VC_IO_FAILED;
 * VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_track_file_load(const char *dir, const char *basis,
                                               vc_track *track);

VC_END_DECLS

#endif
