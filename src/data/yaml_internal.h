/*
 * A strict reader for the small YAML that people edit here: one document, mappings,
 * sequences and scalars, no anchors, aliases, tags or tabs; depth and size are capped.
 * Scalars stay text: the schema of the caller types them, so that NO, 0110 or 22:30 never
 * surprise. Also read by src/model.
 */
#ifndef VCI_YAML_INTERNAL_H
#define VCI_YAML_INTERNAL_H

#include "core/finding_internal.h"

typedef enum vci_yaml_kind { VCI_SCALAR, VCI_SEQUENCE, VCI_MAPPING } vci_yaml_kind;

typedef struct vci_yaml vci_yaml;
struct vci_yaml {
    vci_yaml_kind kind;
    size_t line, column; /* of the value, 1-based */
    char *key;           /* in a mapping; NULL else */
    size_t key_line, key_column;
    char *text;  /* scalar text; NULL else */
    bool quoted; /* scalar was quoted: always text */
    size_t n;
    vci_yaml *items; /* children of sequences and mappings; owns */
    bool used;       /* asked for by the schema: what was not is unknown */
};

/*
 * Parses text. Syntax faults, duplicate keys and everything outside the subset become
 * findings of kind S01/S02; then root is a null scalar and VC_OK is returned. VC_NO_MEMORY
 * else.
 */
vc_status vci_yaml_parse(const char *file, const char *text, size_t n,
                         vc_findings *findings, vci_yaml *root);
void vci_yaml_free(vci_yaml *root);

/* What a schema reader carries along. */
typedef struct vci_yaml_reader {
    const char *file;
    vc_findings *findings;
    vc_status st;           /* VC_NO_MEMORY sticks; faults are counted in findings */
    const char *range_kind; /* of a number outside of its range; NULL: S01 */
} vci_yaml_reader;

/* The value of a key, marked as used; NULL if absent. */
vci_yaml *vci_yaml_get(vci_yaml *mapping, const char *key);

/* A finding at a value. */
void vci_yaml_fault(vci_yaml_reader *reader, const vci_yaml *at, const char *kind,
                    const char *remedy, vci_text message, ...);

/* Typed members; false leaves *value alone (absent, or a fault was added). */
bool vci_yaml_text(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                   const char **value);
bool vci_yaml_number(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                     double low, double high, double *value);
bool vci_yaml_integer(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                      int64_t low, int64_t high, int64_t *value);
bool vci_yaml_flag(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                   bool *value);
/* One of n words; *value is its index. */
bool vci_yaml_choice(vci_yaml_reader *reader, vci_yaml *mapping, const char *key, size_t n,
                     const char *const *words, size_t *value);
/* A mapping member; NULL if absent or a fault. */
vci_yaml *vci_yaml_mapping(vci_yaml_reader *reader, vci_yaml *mapping, const char *key);

/* Every key that nobody asked for: fault S01 with the nearest of the keys that were. */
void vci_yaml_unknown(vci_yaml_reader *reader, const vci_yaml *mapping, size_t n,
                      const char *const *known);

#endif
