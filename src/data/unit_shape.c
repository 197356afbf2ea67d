/* Drafts of units become a tree: cycles are found and cut, several tops get a root. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/unit_internal.h"
#include "num/random_internal.h"

#define ARROW " → "

void vci_unit_drafts_free(vci_unit_drafts *drafts) {
    for (size_t i = 0; i < drafts->n; i++) {
        vci_free(drafts->list[i].code);
        vci_free(drafts->list[i].name);
        vci_free(drafts->list[i].class_name);
        vci_free(drafts->list[i].second_class);
        vci_free(drafts->list[i].former_names);
    }
    vci_free(drafts->list);
    *drafts = (vci_unit_drafts){0};
}

void vci_units_free(vci_units *units) {
    for (size_t i = 0; units->former_names && i < units->n; i++)
        vci_free(units->former_names[i]);
    vci_free(units->former_names);
    vci_free(units->lines);
    vci_free(units->changes);
    vci_free(units->file);
    vci_text_map_free(&units->codes);
    vc_unit_tree_free(&units->tree);
}

char *vci_cell_copy(const vci_cell *cell, vc_status *st) {
    if (!cell || cell->n == 0) return NULL;
    char *copy = vci_text_copy(cell->text, cell->n);
    if (!copy && *st == VC_OK)
        *st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%zu bytes", cell->n);
    return copy;
}

bool vci_cells_equal(const vci_cell *a, const vci_cell *b) {
    size_t n_a = a ? a->n : 0, n_b = b ? b->n : 0;
    return n_a == n_b && (n_a == 0 || memcmp(a->text, b->text, n_a) == 0);
}

static vci_place place_of(const vci_unit_drafts *drafts, size_t i) {
    return (vci_place){drafts->file, drafts->list[i].line, drafts->list[i].column};
}

/* "A → B → A" of the cycle through a draft; NULL when there is no memory. */
static char *cycle_text(const vci_unit_drafts *drafts, size_t begin) {
    size_t size = 1, n = 0, at = begin;
    do {
        size += sizeof(vci_quoted) + strlen(ARROW);
        at = drafts->list[at].parent;
    } while (at != begin);
    char *text = vci_alloc(size + sizeof(vci_quoted), 1);
    if (!text) return NULL;
    for (bool whole = false; !whole; whole = at == begin && n > 0) {
        const char *code = drafts->list[at].code;
        vci_quoted shown = vci_quote(code, strlen(code));
        n = (size_t)(stpcpy(stpcpy(text + n, shown.text), ARROW) - text);
        at = drafts->list[at].parent;
    }
    const char *code = drafts->list[begin].code;
    stpcpy(text + n, vci_quote(code, strlen(code)).text);
    return text;
}

/* Every cycle is told once and cut, so that the rest can still be read. */
static vc_status cut_cycles(vci_unit_drafts *drafts, vc_findings *findings) {
    vc_status st = VC_OK;
    size_t *walk = NULL; /* number of the walk that came by first, from 1 */
    char *text = NULL;
    VC_NEW(walk, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) {
        size_t at = i;
        while (at != VC_NO_UNIT && walk[at] == 0) {
            walk[at] = i + 1;
            at = drafts->list[at].parent;
        }
        if (at == VC_NO_UNIT || walk[at] != i + 1) continue;
        text = cycle_text(drafts, at);
        if (!text) VC_FAIL(VC_NO_MEMORY, "cycle");
        VC_TRY(vci_finding_add(findings, VC_FAULT, "U04", place_of(drafts, at), NULL,
                               VCI_TEXT_UNIT_CYCLE, text));
        vci_free(text);
        text = NULL;
        drafts->list[at].parent = VC_NO_UNIT;
    }
out:
    vci_free(text);
    vci_free(walk);
    return st;
}

/* Two names below one parent, or two codes, that people cannot tell apart (F13). */
static vc_status check_alike(const vci_unit_drafts *drafts, bool codes,
                             vc_findings *findings) {
    vc_status st = VC_OK;
    vci_text_map seen = {0};
    size_t *first = NULL, number = 0;
    char *plain = NULL, *key = NULL;
    VC_NEW(first, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) {
        const vci_unit_draft *draft = &drafts->list[i];
        const char *text = codes ? draft->code : draft->name;
        VC_TRY(vci_text_normalise(text, strlen(text), &plain));
        key = vci_text_format("%zu %s", codes ? 0 : draft->parent, plain);
        if (!key) VC_FAIL(VC_NO_MEMORY, "name");
        size_t n_before = seen.n;
        VC_TRY(vci_text_map_add(&seen, key, strlen(key), &number));
        vci_free(plain);
        vci_free(key);
        plain = key = NULL;
        if (seen.n > n_before) {
            first[number] = i;
            continue;
        }
        const vci_unit_draft *other = &drafts->list[first[number]];
        const char *other_text = codes ? other->code : other->name;
        if (strcmp(text, other_text) == 0) continue;
        VC_TRY(vci_finding_add(findings, VC_FAULT, "F13", place_of(drafts, i),
                               vci_text_get(VCI_TEXT_UNIT_ALIKE_REMEDY, findings->language),
                               VCI_TEXT_UNIT_ALIKE, vci_quote(text, strlen(text)).text,
                               vci_quote(other_text, strlen(other_text)).text,
                               other->line));
    }
out:
    vci_free(plain);
    vci_free(key);
    vci_free(first);
    vci_text_map_free(&seen);
    return st;
}

/* Codes that even the random streams could not tell apart. */
static vc_status check_keys(const vci_unit_drafts *drafts, vc_findings *findings) {
    vc_status st = VC_OK;
    const char **codes = NULL;
    size_t clash[2];
    VC_NEW(codes, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) codes[i] = drafts->list[i].code;
    VC_TRY(vci_unit_keys_clash(drafts->n, codes, clash));
    if (clash[0] == drafts->n) goto out;
    const char *a = codes[clash[0]], *b = codes[clash[1]];
    VC_TRY(vci_finding_add(findings, VC_FAULT, "F13", place_of(drafts, clash[1]),
                           vci_text_get(VCI_TEXT_UNIT_KEY_REMEDY, findings->language),
                           VCI_TEXT_UNIT_KEY, vci_quote(b, strlen(b)).text,
                           vci_quote(a, strlen(a)).text, drafts->list[clash[0]].line));
out:
    vci_free(codes);
    return st;
}

/* A code for a root that has to be made: "root", or "root2" … where that is taken. */
static char *root_code(const vci_unit_drafts *drafts) {
    for (size_t k = 1;; k++) {
        char *code = k == 1 ? vci_text_format("root") : vci_text_format("root%zu", k);
        bool taken = false;
        for (size_t i = 0; code && i < drafts->n && !taken; i++)
            taken = strcmp(drafts->list[i].code, code) == 0;
        if (!taken) return code;
        vci_free(code);
    }
}

/* Puts a root before all drafts. */
static vc_status make_root(const vc_workspace *workspace, vci_unit_drafts *drafts) {
    vc_status st = VC_OK;
    VC_GROW(drafts->list, drafts->n, drafts->capacity);
    memmove(drafts->list + 1, drafts->list, drafts->n * sizeof *drafts->list);
    vci_unit_draft *root = &drafts->list[0];
    *root = (vci_unit_draft){
        .parent = VC_NO_UNIT, .valid_from = VC_NO_PERIOD, .valid_to = VC_NO_PERIOD};
    drafts->n++;
    for (size_t i = 1; i < drafts->n; i++)
        if (drafts->list[i].parent == VC_NO_UNIT)
            drafts->list[i].parent = 0;
        else
            drafts->list[i].parent++;
    root->code =
        root_code(&(vci_unit_drafts){.n = drafts->n - 1, .list = drafts->list + 1});
    if (!root->code) VC_FAIL(VC_NO_MEMORY, "root");
    VC_COPY_TEXT(root->name, workspace->name ? workspace->name : root->code);
out:
    return st;
}

/* Moves the texts of the drafts into the tree. */
static vc_status move_drafts(vci_unit_drafts *drafts, vci_units *units) {
    vc_status st = VC_OK;
    size_t number = 0;
    VC_COPY_TEXT(units->file, drafts->file);
    VC_NEW(units->tree.units, drafts->n);
    VC_NEW(units->lines, drafts->n);
    VC_NEW(units->former_names, drafts->n);
    units->n = units->tree.n = drafts->n;
    for (size_t i = 0; i < drafts->n; i++) {
        vci_unit_draft *draft = &drafts->list[i];
        units->tree.units[i] = (vc_unit){.code = draft->code,
                                         .name = draft->name,
                                         .class_name = draft->class_name,
                                         .second_class = draft->second_class,
                                         .parent = draft->parent,
                                         .valid_from = draft->valid_from,
                                         .valid_to = draft->valid_to};
        units->former_names[i] = draft->former_names;
        units->lines[i] = draft->line;
        draft->code = draft->name = draft->former_names = NULL;
        draft->class_name = draft->second_class = NULL;
    }
    for (size_t i = 0; i < units->tree.n; i++) {
        const char *code = units->tree.units[i].code;
        VC_TRY(vci_text_map_add(&units->codes, code, strlen(code), &number));
    }
out:
    return st;
}

vc_status vci_units_arrange(const vc_workspace *workspace, vci_unit_drafts *drafts,
                            vc_findings *findings, vci_units *units) {
    vc_status st = VC_OK;
    size_t n_tops = 0;
    if (drafts->n == 0) goto out;
    VC_TRY(cut_cycles(drafts, findings));
    VC_TRY(check_alike(drafts, false, findings));
    VC_TRY(check_alike(drafts, true, findings));
    VC_TRY(check_keys(drafts, findings));
    for (size_t i = 0; i < drafts->n; i++) n_tops += drafts->list[i].parent == VC_NO_UNIT;
    if (n_tops > 1) VC_TRY(make_root(workspace, drafts));
    VC_TRY(move_drafts(drafts, units));
    VC_TRY(vci_unit_tree_arrange(&units->tree));
out:
    return st;
}
