/* Texts numbered in the order in which they came, found again by a hash table. */
#ifndef VCI_TEXT_MAP_INTERNAL_H
#define VCI_TEXT_MAP_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "vitalcast/status.h"

#define VCI_NO_TEXT SIZE_MAX

/* Zeroed, it is an empty map. */
typedef struct vci_text_map {
    size_t n;
    char **texts; /* [n], owns */
    size_t capacity;
    size_t n_slots; /* 0 or a power of two */
    size_t *slots;  /* [n_slots] number + 1; 0 is free */
} vci_text_map;

/* The number of a text of n bytes, which is added when it is new. */
vc_status vci_text_map_add(vci_text_map *map, const char *text, size_t n, size_t *number);

/* The number of a text, VCI_NO_TEXT if it was never added. Cost: O(n) on average. */
size_t vci_text_map_find(const vci_text_map *map, const char *text, size_t n);

void vci_text_map_free(vci_text_map *map);

#endif
