/* JSON out: one place that puts commas, escapes texts and writes numbers. */
#ifndef VCI_JSON_INTERNAL_H
#define VCI_JSON_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define VCI_JSON_DEPTH 8

typedef struct vci_json {
    FILE *out;
    unsigned depth;
    struct {
        char close;
        bool lines; /* each member on a line of its own */
        bool begun;
    } level[VCI_JSON_DEPTH];
} vci_json;

/* Zeroed but for out is ready. key NULL: a member of an array, or the whole. */
void vci_json_object(vci_json *json, const char *key, bool lines);
void vci_json_array(vci_json *json, const char *key, bool lines);
void vci_json_close(vci_json *json); /* the innermost; the outermost ends the line */

/* Text in UTF-8 (a byte that is not becomes U+FFFD); NULL gives null. */
void vci_json_text(vci_json *json, const char *key, const char *text);

/* The shortest digits that read back as the same number; NaN and infinities give null. */
void vci_json_number(vci_json *json, const char *key, double number);
void vci_json_whole(vci_json *json, const char *key, uint64_t number);
void vci_json_flag(vci_json *json, const char *key, bool flag);

#endif
