/* Open addressing with linear probing, at most half full; FNV-1a (Fowler, Noll, Vo). */
#include "data/text_map_internal.h"

#include <string.h>

#include "core/memory_internal.h"

static uint64_t hash_of(const char *text, size_t n) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash ^ (hash >> 32);
}

/* The slot that holds a text, or the free one where it belongs. */
static size_t slot_of(const vci_text_map *map, const char *text, size_t n) {
    size_t slot = (size_t)hash_of(text, n) & (map->n_slots - 1);
    while (map->slots[slot] != 0) {
        const char *held = map->texts[map->slots[slot] - 1];
        if (strncmp(held, text, n) == 0 && held[n] == '\0') break;
        slot = (slot + 1) & (map->n_slots - 1);
    }
    return slot;
}

static vc_status widen(vci_text_map *map) {
    vc_status st = VC_OK;
    vci_text_map wide = *map;
    wide.n_slots = map->n_slots ? 2 * map->n_slots : 64;
    VC_NEW(wide.slots, wide.n_slots);
    for (size_t i = 0; i < map->n; i++)
        wide.slots[slot_of(&wide, map->texts[i], strlen(map->texts[i]))] = i + 1;
    vci_free(map->slots);
    *map = wide;
out:
    return st;
}

vc_status vci_text_map_add(vci_text_map *map, const char *text, size_t n, size_t *number) {
    vc_status st = VC_OK;
    if (2 * map->n >= map->n_slots) VC_TRY(widen(map));
    size_t slot = slot_of(map, text, n);
    if (map->slots[slot] == 0) {
        VC_GROW(map->texts, map->n, map->capacity);
        map->texts[map->n] = vci_text_copy(text, n);
        if (!map->texts[map->n]) VC_FAIL(VC_NO_MEMORY, "text");
        map->slots[slot] = ++map->n;
    }
    *number = map->slots[slot] - 1;
out:
    return st;
}

size_t vci_text_map_find(const vci_text_map *map, const char *text, size_t n) {
    if (map->n_slots == 0) return VCI_NO_TEXT;
    size_t slot = slot_of(map, text, n);
    return map->slots[slot] ? map->slots[slot] - 1 : VCI_NO_TEXT;
}

void vci_text_map_free(vci_text_map *map) {
    for (size_t i = 0; i < map->n; i++) vci_free(map->texts[i]);
    vci_free(map->texts);
    vci_free(map->slots);
    *map = (vci_text_map){0};
}
