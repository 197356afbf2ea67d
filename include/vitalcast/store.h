/*
 * The store: a folder of run files and their sidecars; nothing is written in place, so that
 * a run is there whole or not at all, whatever happens to a process or the machine
 * (docs/FILE_FORMATS.md, "Run file"). Several processes may use one store at a time; within
 * a process one thread at a time, as HDF5 is not thread-safe.
 */
#ifndef VITALCAST_STORE_H
#define VITALCAST_STORE_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/**
 * Stores a run as DIR/<id>.h5 with sidecar DIR/<id>.json (DESIGN.md section 5) and sets
 * run->id and run->file. id = as-of period + "-" + first 12 hex digits of the file's
 * SHA-256. Also removes what killed processes left (vc_store_clean).
 *
 * threads, wall_seconds  for the sidecar only
 * already                [out] an identical run was stored before; nothing was written
 *
 * Returns VC_OK; VC_NO_SPACE or VC_IO_FAILED (then nothing was left behind);
 * VC_NO_MEMORY. Cost: two copies of the file's bytes in memory.
 */
VC_API VC_CHECKED vc_status vc_store_save(const char *dir, vc_run *run, unsigned threads,
                                          double wall_seconds, bool *already);

/**
 * Loads a run. name is a run id in dir, or a path of a run file. The digest is compared
 * with the sidecar before HDF5 sees a byte; a file without a sidecar is VC_STORE_FOREIGN.
 *
 * run  [out] release with vc_run_free, also after a failure; run->targets.file is NULL
 *
 * Returns VC_OK; VC_NO_RUN; VC_STORE_DAMAGED; VC_STORE_FOREIGN; VC_IO_FAILED;
 * VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_store_load(const char *dir, const char *name, vc_run *run);

typedef struct vc_store_entry {
    char id[VC_RUN_ID];
    char *file;      /* path */
    char *created;   /* ISO 8601, UTC, from the sidecar; NULL when that cannot be read */
    char *workspace; /* name; same */
    char *version;   /* of vitalcast that made it; same */
    char *scenario;  /* name of the scenario; NULL: a forecast; same */
    uint64_t bytes;
    vc_status state; /* VC_OK, or what vc_store_verify found */
} vc_store_entry;

typedef struct vc_store_list {
    size_t n;
    vc_store_entry *entries; /* sorted by id */
} vc_store_list;

/**
 * Runs of a store: listed iff file and sidecar are both there and agree in id and size. A
 * store that is not there has none.
 */
VC_API VC_CHECKED vc_status vc_store_runs(const char *dir, vc_store_list *list);

/**
 * Lists every run file, also those that vc_store_runs leaves out, reads every byte of them,
 * compares digests and sets each entry's state: VC_OK, VC_STORE_DAMAGED, VC_STORE_FOREIGN
 * (no sidecar) or VC_IO_FAILED.
 */
VC_API VC_CHECKED vc_status vc_store_verify(const char *dir, vc_store_list *list);

/** Removes what a killed process left behind (temporary files whose writer is gone). */
VC_API VC_CHECKED vc_status vc_store_clean(const char *dir, size_t *removed);

VC_API void vc_store_list_free(vc_store_list *list);

VC_END_DECLS

#endif
