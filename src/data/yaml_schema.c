/* What a schema asks of a tree: typed members, and whatever was not asked for. */
#include "data/yaml_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/normalise_internal.h"
#include "data/number_internal.h"
#include "data/remedy_internal.h"

/* Whole numbers beyond this are not exact as doubles. */
#define LARGEST_INTEGER 9007199254740992.0

/* The formats are the table of texts: both languages of a text take the same arguments. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void keep_status(vci_yaml_reader *reader, vc_status st) {
    if (reader->st == VC_OK) reader->st = st;
}

static vc_language language_of(const vci_yaml_reader *reader) {
    return reader->findings->language;
}

void vci_yaml_fault(vci_yaml_reader *reader, const vci_yaml *at, const char *kind,
                    const char *remedy, vci_text message, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, message);
    vsnprintf(text, sizeof text, vci_text_get(message, language_of(reader)), arguments);
    va_end(arguments);
    vci_place place = {reader->file, at->line, at->column};
    if (!remedy) remedy = vci_text_remedy(message, language_of(reader));
    keep_status(reader, vci_finding_add(reader->findings, VC_FAULT, kind, place, remedy,
                                        VCI_TEXT_AS_IT_IS, text));
}

vci_yaml *vci_yaml_get(vci_yaml *mapping, const char *key) {
    if (!mapping || mapping->kind != VCI_MAPPING) return NULL;
    for (size_t i = 0; i < mapping->n; i++) {
        vci_yaml *item = &mapping->items[i];
        if (strcmp(item->key, key) != 0) continue;
        item->used = true;
        return item;
    }
    return NULL;
}

/* A scalar with something in it; NULL if absent or a fault. */
static const vci_yaml *get_scalar(vci_yaml_reader *reader, vci_yaml *mapping,
                                  const char *key) {
    const vci_yaml *value = vci_yaml_get(mapping, key);
    if (!value) return NULL;
    vc_language language = language_of(reader);
    if (value->kind != VCI_SCALAR) {
        vci_yaml_fault(reader, value, "S01", NULL, VCI_TEXT_YAML_ONE_VALUE, key);
        return NULL;
    }
    if (value->text[0] == '\0') {
        vci_yaml_fault(reader, value, "S01",
                       vci_text_get(VCI_TEXT_YAML_EMPTY_REMEDY, language),
                       VCI_TEXT_YAML_EMPTY, key);
        return NULL;
    }
    return value;
}

bool vci_yaml_text(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                   const char **value) {
    const vci_yaml *scalar = get_scalar(reader, mapping, key);
    if (!scalar) return false;
    *value = scalar->text;
    return true;
}

/* A number in low .. high; whole narrows the words of the fault. */
static bool get_number(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                       double low, double high, bool whole, double *value) {
    const vci_yaml *scalar = get_scalar(reader, mapping, key);
    if (!scalar) return false;
    size_t n = strlen(scalar->text);
    double number = 0;
    bool is_number = !scalar->quoted && vci_number_parse(scalar->text, n, &number);
    if (is_number && number >= low && number <= high &&
        (!whole || number == floor(number))) {
        *value = number;
        return true;
    }
    vci_quoted shown = vci_quote(scalar->text, n);
    const char *kind = is_number && reader->range_kind ? reader->range_kind : "S01";
    if (isfinite(low) && isfinite(high))
        vci_yaml_fault(reader, scalar, kind, NULL,
                       whole ? VCI_TEXT_YAML_INTEGER_RANGE : VCI_TEXT_YAML_NUMBER_RANGE,
                       key, low, high, shown.text);
    else
        vci_yaml_fault(reader, scalar, "S01", NULL, VCI_TEXT_YAML_NUMBER, key, shown.text);
    return false;
}

bool vci_yaml_number(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                     double low, double high, double *value) {
    return get_number(reader, mapping, key, low, high, false, value);
}

bool vci_yaml_integer(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                      int64_t low, int64_t high, int64_t *value) {
    double number = 0;
    double lowest = fmax((double)low, -LARGEST_INTEGER);
    double highest = fmin((double)high, LARGEST_INTEGER);
    if (!get_number(reader, mapping, key, lowest, highest, true, &number)) return false;
    *value = (int64_t)number;
    return true;
}

bool vci_yaml_flag(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                   bool *value) {
    static const char *const words[] = {"yes", "no", "true", "false"};
    size_t word = 0;
    if (!vci_yaml_choice(reader, mapping, key, 4, words, &word)) return false;
    *value = word % 2 == 0;
    return true;
}

/* "a, b, c", cut where it would not fit. */
static void join(size_t n, const char *const *words, size_t size, char *joined) {
    size_t used = 0;
    joined[0] = '\0';
    for (size_t i = 0; i < n && used + strlen(words[i]) + 3 < size; i++)
        used +=
            (size_t)snprintf(joined + used, size - used, "%s%s", i ? ", " : "", words[i]);
}

bool vci_yaml_choice(vci_yaml_reader *reader, vci_yaml *mapping, const char *key, size_t n,
                     const char *const *words, size_t *value) {
    const vci_yaml *scalar = get_scalar(reader, mapping, key);
    if (!scalar) return false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(scalar->text, words[i]) != 0) continue;
        *value = i;
        return true;
    }
    char allowed[512];
    join(n, words, sizeof allowed, allowed);
    vci_yaml_fault(reader, scalar, "S01", NULL, VCI_TEXT_YAML_CHOICE, key, allowed,
                   vci_quote(scalar->text, strlen(scalar->text)).text);
    return false;
}

vci_yaml *vci_yaml_mapping(vci_yaml_reader *reader, vci_yaml *mapping, const char *key) {
    vci_yaml *value = vci_yaml_get(mapping, key);
    if (!value || value->kind == VCI_MAPPING) return value;
    vci_yaml_fault(reader, value, "S01",
                   vci_text_get(VCI_TEXT_YAML_MAPPING_REMEDY, language_of(reader)),
                   VCI_TEXT_YAML_MAPPING, key);
    return NULL;
}

static void unknown_key(vci_yaml_reader *reader, const vci_yaml *item, size_t n,
                        const char *const *known) {
    char all[512];
    const char *nearest = vci_nearest(item->key, strlen(item->key), known, n);
    join(n, known, sizeof all, all);
    vci_remedy remedy =
        nearest ? vci_remedy_make(reader->findings, VCI_TEXT_YAML_UNKNOWN_NEAR, nearest)
                : vci_remedy_make(reader->findings, VCI_TEXT_YAML_UNKNOWN_FAR, all);
    vci_place place = {reader->file, item->key_line, item->key_column};
    keep_status(reader, vci_finding_add(reader->findings, VC_FAULT, "S01", place,
                                        remedy.text, VCI_TEXT_YAML_UNKNOWN,
                                        vci_quote(item->key, strlen(item->key)).text));
}

void vci_yaml_unknown(vci_yaml_reader *reader, const vci_yaml *mapping, size_t n,
                      const char *const *known) {
    if (!mapping || mapping->kind != VCI_MAPPING) return;
    for (size_t i = 0; i < mapping->n; i++)
        if (!mapping->items[i].used) unknown_key(reader, &mapping->items[i], n, known);
}
