/* The store: a folder of run files and their sidecars; nothing is written in place. */
#ifndef VITALCAST_STORE_H
#define VITALCAST_STORE_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/**
 * Stores a run as DIR/<id>.h5 with sidecar DIR/<id>.json (DESIGN.md section 5) and sets
 * run->id and run->file. id = as-of period + "-" + first 12 hex digits of the file's
 * SHA-256.
 *
 * threads, wall_seconds  for the sidecar only
 * already                [out] an identical run was stored before; nothing was written
 */
VC_API VC_CHECKED vc_status vc_store_save(const char *dir, vc_run *run, unsigned threads,
                                          double wall_seconds, bool *already);

/**
 * Loads a run. name is a run id in dir, or a path of a run file. The digest is compared
 * with the sidecar before HDF5 sees a byte; a file without a sidecar is VC_STORE_FOREIGN.
 */
VC_API VC_CHECKED vc_status vc_store_load(const char *dir, const char *name, vc_run *run);

typedef struct vc_store_entry {
    char id[VC_RUN_ID];
    char *file;      /* path */
    char *created;   /* ISO 8601, UTC, from the sidecar */
    char *workspace; /* name */
    uint64_t bytes;
    vc_status state; /* VC_OK, or what vc_store_verify found */
} vc_store_entry;

typedef struct vc_store_list {
    size_t n;
    vc_store_entry *entries; /* sorted by id */
} vc_store_list;

/** Runs of a store: listed iff file and sidecar are both there and agree in size. */
VC_API VC_CHECKED vc_status vc_store_runs(const char *dir, vc_store_list *list);

/** Reads every byte of the listed runs, compares digests, sets each entry's state. */
VC_API VC_CHECKED vc_status vc_store_verify(const char *dir, vc_store_list *list);

/** Removes what a killed process left behind (temporary files whose writer is gone). */
VC_API VC_CHECKED vc_status vc_store_clean(const char *dir, size_t *removed);

VC_API void vc_store_list_free(vc_store_list *list);

VC_END_DECLS

#endif
