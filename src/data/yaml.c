/*
 * Text to tree, on the event interface of libyaml. Events carry their place, so that every
 * fault can be shown where it stands; what lies outside the subset is refused here.
 */
#include "data/yaml_internal.h"

#include <string.h>
#include <yaml.h>

#include "core/memory_internal.h"

#define MAX_DEPTH 16
#define MAX_BYTES 1000000
#define MAX_ITEMS 4096

typedef struct parse {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    const char *file, *text;
    size_t n;
    vc_findings *findings;
    bool
        refused; /* something outside the subset was met: the tree is given up in the end */
} parse;

static vci_place place_of_mark(const parse *p, yaml_mark_t mark) {
    return (vci_place){p->file, mark.line + 1, mark.column + 1};
}

static vci_place place_of_byte(const parse *p, size_t offset) {
    vci_place place = {p->file, 1, 1};
    for (size_t i = 0; i < offset && i < p->n; i++) {
        if (p->text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)p->text[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

/* Outside the subset: goes on, so that the other faults of the file are found as well. */
static vc_status refuse(parse *p, yaml_mark_t mark, vci_text message, vci_text remedy) {
    p->refused = true;
    return vci_finding_add(p->findings, VC_FAULT, "S02", place_of_mark(p, mark),
                           vci_text_get(remedy, p->findings->language), message);
}

/* The parser has given up: the one fault that ends the reading (as VC_BAD_INPUT). */
static vc_status syntax_fault(parse *p) {
    const yaml_parser_t *parser = &p->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", p->file);
    vci_place place = parser->error == YAML_READER_ERROR
                          ? place_of_byte(p, parser->problem_offset)
                          : place_of_mark(p, parser->problem_mark);
    const char *problem = parser->problem ? parser->problem : "";
    vc_status st =
        vci_finding_add(p->findings, VC_FAULT, "S01", place,
                        vci_text_get(VCI_TEXT_YAML_SYNTAX_REMEDY, p->findings->language),
                        VCI_TEXT_YAML_SYNTAX, problem);
    return st == VC_OK ? VC_BAD_INPUT : st;
}

static vc_status next_event(parse *p) {
    if (p->has_event) yaml_event_delete(&p->event);
    p->has_event = yaml_parser_parse(&p->parser, &p->event) != 0;
    return p->has_event ? VC_OK : syntax_fault(p);
}

/* Anchors and tags of the current event. */
static vc_status check_ornaments(parse *p) {
    const yaml_event_t *event = &p->event;
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    vc_status st = VC_OK;
    if (anchor || event->type == YAML_ALIAS_EVENT)
        VC_TRY(refuse(p, event->start_mark, VCI_TEXT_YAML_ANCHOR, VCI_TEXT_YAML_WRITE_OUT));
    if (tag) VC_TRY(refuse(p, event->start_mark, VCI_TEXT_YAML_TAG, VCI_TEXT_YAML_NO_TAG));
out:
    return st;
}

static vc_status read_value(parse *p, size_t depth, vci_yaml *node);

/* A fresh last child; the limits on depth and number end the reading. */
static vc_status new_child(parse *p, size_t depth, vci_yaml *node, size_t *capacity,
                           vci_yaml **child) {
    vc_status st = VC_OK;
    if (depth > MAX_DEPTH || node->n == MAX_ITEMS) {
        VC_TRY(refuse(p, p->event.start_mark,
                      depth > MAX_DEPTH ? VCI_TEXT_YAML_TOO_DEEP : VCI_TEXT_YAML_TOO_MANY,
                      VCI_TEXT_YAML_SIMPLIFY));
        return VC_BAD_INPUT;
    }
    VC_GROW(node->items, node->n, *capacity);
    *child = &node->items[node->n++];
    memset(*child, 0, sizeof **child);
out:
    return st;
}

static vc_status read_sequence(parse *p, size_t depth, vci_yaml *node) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    for (;;) {
        VC_TRY(next_event(p));
        if (p->event.type == YAML_SEQUENCE_END_EVENT) break;
        vci_yaml *child = NULL;
        VC_TRY(new_child(p, depth + 1, node, &capacity, &child));
        VC_TRY(read_value(p, depth + 1, child));
    }
out:
    return st;
}

static vc_status check_duplicate(parse *p, const vci_yaml *mapping, const vci_yaml *child) {
    for (const vci_yaml *other = mapping->items; other < child; other++) {
        if (strcmp(other->key, child->key) != 0) continue;
        p->refused = true;
        return vci_finding_add(
            p->findings, VC_FAULT, "S01",
            (vci_place){p->file, child->key_line, child->key_column},
            vci_text_get(VCI_TEXT_YAML_DUPLICATE_REMEDY, p->findings->language),
            VCI_TEXT_YAML_DUPLICATE, vci_quote(child->key, strlen(child->key)).text,
            other->key_line);
    }
    return VC_OK;
}

/*
 * Escapes such as "\\a" can smuggle control characters in; a line break alone is let
 * through.
 */
static vc_status copy_scalar(parse *p, char **copy) {
    vc_status st = VC_OK;
    const char *value = (const char *)p->event.data.scalar.value;
    size_t n = p->event.data.scalar.length;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)value[i];
        if ((c >= 0x20 && c != 0x7F) || c == '\n') continue;
        VC_TRY(refuse(p, p->event.start_mark, VCI_TEXT_YAML_CONTROL, VCI_TEXT_YAML_PLAIN));
        break;
    }
    *copy = vci_text_copy(value, n);
    if (!*copy) VC_FAIL(VC_NO_MEMORY, "%zu bytes", n);
out:
    return st;
}

static vc_status read_key(parse *p, vci_yaml *child) {
    vc_status st = VC_OK;
    if (p->event.type != YAML_SCALAR_EVENT) {
        VC_TRY(refuse(p, p->event.start_mark, VCI_TEXT_YAML_KEY, VCI_TEXT_YAML_KEY_REMEDY));
        return VC_BAD_INPUT;
    }
    VC_TRY(check_ornaments(p));
    child->key_line = p->event.start_mark.line + 1;
    child->key_column = p->event.start_mark.column + 1;
    VC_TRY(copy_scalar(p, &child->key));
out:
    return st;
}

static vc_status read_mapping(parse *p, size_t depth, vci_yaml *node) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    for (;;) {
        VC_TRY(next_event(p));
        if (p->event.type == YAML_MAPPING_END_EVENT) break;
        vci_yaml *child = NULL;
        VC_TRY(new_child(p, depth + 1, node, &capacity, &child));
        VC_TRY(read_key(p, child));
        VC_TRY(check_duplicate(p, node, child));
        VC_TRY(next_event(p));
        VC_TRY(read_value(p, depth + 1, child));
    }
out:
    return st;
}

/* The value that begins with the current event. */
static vc_status read_value(parse *p, size_t depth, vci_yaml *node) {
    vc_status st = VC_OK;
    const yaml_event_t *event = &p->event;
    node->line = event->start_mark.line + 1;
    node->column = event->start_mark.column + 1;
    VC_TRY(check_ornaments(p));
    if (event->type == YAML_SEQUENCE_START_EVENT) {
        node->kind = VCI_SEQUENCE;
        VC_TRY(read_sequence(p, depth, node));
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        node->kind = VCI_MAPPING;
        VC_TRY(read_mapping(p, depth, node));
    } else if (event->type == YAML_SCALAR_EVENT) {
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        VC_TRY(copy_scalar(p, &node->text));
    }
out:
    return st;
}

static vc_status read_document(parse *p, vci_yaml *root) {
    vc_status st = VC_OK;
    VC_TRY(next_event(p)); /* stream start */
    VC_TRY(next_event(p));
    if (p->event.type == YAML_STREAM_END_EVENT) goto out;
    if (p->event.data.document_start.version_directive ||
        p->event.data.document_start.tag_directives.start !=
            p->event.data.document_start.tag_directives.end)
        VC_TRY(refuse(p, p->event.start_mark, VCI_TEXT_YAML_DIRECTIVE,
                      VCI_TEXT_YAML_NO_DIRECTIVE));
    VC_TRY(next_event(p));
    VC_TRY(read_value(p, 1, root));
    VC_TRY(next_event(p)); /* document end */
    VC_TRY(next_event(p));
    if (p->event.type != YAML_STREAM_END_EVENT)
        VC_TRY(refuse(p, p->event.start_mark, VCI_TEXT_YAML_DOCUMENTS,
                      VCI_TEXT_YAML_ONE_DOCUMENT));
out:
    return st;
}

/* Tabs, which libyaml would not name well: the first of each line. */
static vc_status check_tabs(parse *p) {
    vc_status st = VC_OK;
    vci_place place = {p->file, 1, 1};
    bool told = false;
    for (size_t i = 0; i < p->n; i++) {
        if (p->text[i] == '\t' && !told) {
            told = p->refused = true;
            VC_TRY(vci_finding_add(
                p->findings, VC_FAULT, "S01", place,
                vci_text_get(VCI_TEXT_YAML_TAB_REMEDY, p->findings->language),
                VCI_TEXT_YAML_TAB));
        }
        if (p->text[i] == '\n') {
            place.line++;
            place.column = 1;
            told = false;
        } else if (((unsigned char)p->text[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
out:
    return st;
}

static vc_status check_size(parse *p) {
    if (p->n <= MAX_BYTES) return VC_OK;
    p->refused = true;
    return vci_finding_add(p->findings, VC_FAULT, "S02", (vci_place){p->file, 0, 0},
                           vci_text_get(VCI_TEXT_YAML_SIMPLIFY, p->findings->language),
                           VCI_TEXT_YAML_TOO_BIG);
}

vc_status vci_yaml_parse(const char *file, const char *text, size_t n,
                         vc_findings *findings, vci_yaml *root) {
    vc_status st = VC_OK;
    bool has_parser = false;
    parse p = {.file = file, .text = text, .n = n, .findings = findings};
    memset(root, 0, sizeof *root);
    VC_TRY(check_size(&p));
    if (p.refused) goto out;
    VC_TRY(check_tabs(&p));
    if (p.refused) goto out;
    has_parser = yaml_parser_initialize(&p.parser) != 0;
    if (!has_parser) VC_FAIL(VC_NO_MEMORY, "%s", file);
    yaml_parser_set_encoding(&p.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p.parser, (const unsigned char *)text, n);
    st = read_document(&p, root);
    if (st == VC_BAD_INPUT) {
        p.refused = true;
        st = VC_OK;
    }
out:
    if (p.has_event) yaml_event_delete(&p.event);
    if (has_parser) yaml_parser_delete(&p.parser);
    if (p.refused || st != VC_OK) vci_yaml_free(root);
    return st;
}

void vci_yaml_free(vci_yaml *root) {
    for (size_t i = 0; i < root->n; i++) vci_yaml_free(&root->items[i]);
    vci_free(root->items);
    vci_free(root->key);
    vci_free(root->text);
    memset(root, 0, sizeof *root);
}
