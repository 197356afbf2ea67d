#include "report/document_internal.h"

#include "chart/label_internal.h"
#include "core/memory_internal.h"

#define LONGEST_CELL 400 /* characters */

char *vci_text_shown(const char *text, size_t most) {
    static const char cut[] = "…";
    size_t n = strlen(text), at = 0, characters = 0;
    char *shown = vci_alloc(n + sizeof cut, 1);
    for (size_t i = 0; shown && i < n;) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        bool blank = strchr("\t\r\n", text[i]) != NULL;
        if (characters == most && (code != 0 || blank)) {
            strcpy(shown + at, cut);
            break;
        }
        if (blank)
            shown[at++] = ' ';
        else if (code != 0)
            memcpy(shown + at, text + i, length), at += length;
        characters += code != 0 || blank;
        i += length;
    }
    return shown;
}

/* English sentences, titles and headings of columns begin with a capital. */
static void capitalise(const vci_document *d, char *text) {
    if (d->language == VC_ENGLISH && text && *text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
}

/* --- blocks ------------------------------------------------------------------------- */

static vc_status grow(vci_document *d) {
    vc_status st = VC_OK;
    VC_GROW(d->blocks, d->n, d->capacity);
out:
    return st;
}

/* NULL after a failure; then the text is released. */
static vci_block *add(vci_document *d, vci_block_kind kind, char *text) {
    if (d->st == VC_OK) d->st = grow(d);
    if (d->st != VC_OK) {
        vci_free(text);
        return NULL;
    }
    capitalise(d, text);
    vci_block *block = &d->blocks[d->n++];
    *block = (vci_block){.kind = kind, .text = text};
    return block;
}

static vci_block *add_text(vci_document *d, vci_block_kind kind, char *text) {
    if (!text && d->st == VC_OK) d->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "text");
    return add(d, kind, text);
}

void vci_document_heading(vci_document *d, unsigned level, char *text) {
    vci_block *block = add_text(d, VCI_BLOCK_HEADING, text);
    if (block) block->level = level;
}

void vci_document_paragraph(vci_document *d, unsigned level, char *text) {
    vci_block *block = add_text(d, VCI_BLOCK_PARAGRAPH, text);
    if (block) block->level = level;
}

void vci_document_item(vci_document *d, char *text) { add_text(d, VCI_BLOCK_ITEM, text); }

void vci_document_page(vci_document *d) { add(d, VCI_BLOCK_PAGE, NULL); }

vci_drawn *vci_document_figure(vci_document *d, char *title, char *alt) {
    vci_block *block =
        title ? add(d, VCI_BLOCK_FIGURE, NULL) : add_text(d, VCI_BLOCK_FIGURE, NULL);
    if (!block) {
        vci_free(title);
        vci_free(alt);
        return NULL;
    }
    block->figure = (vci_drawn){.title = title, .alt = alt};
    return &block->figure;
}

vci_table *vci_document_table(vci_document *d, size_t n_columns, unsigned left,
                              char *title) {
    vci_block *block =
        title ? add(d, VCI_BLOCK_TABLE, NULL) : add_text(d, VCI_BLOCK_TABLE, NULL);
    if (!block) {
        vci_free(title);
        return NULL;
    }
    block->table = (vci_table){.title = title, .n_columns = n_columns, .left = left};
    return &block->table;
}

static vc_status add_cell(const vci_document *d, vci_table *table, const char *text,
                          vci_tone tone) {
    vc_status st = VC_OK;
    char *shown = vci_text_shown(text, LONGEST_CELL);
    if (!shown) VC_FAIL(VC_NO_MEMORY, "text");
    if (table->n < table->n_columns) capitalise(d, shown);
    VC_GROW(table->cells, table->n, table->capacity);
    table->cells[table->n++] = (vci_table_cell){shown, tone};
    shown = NULL;
out:
    vci_free(shown);
    return st;
}

void vci_document_toned(vci_document *d, const char *text, vci_tone tone) {
    if (d->st != VC_OK || d->n == 0 || d->blocks[d->n - 1].kind != VCI_BLOCK_TABLE) return;
    d->st = add_cell(d, &d->blocks[d->n - 1].table, text, tone);
}

void vci_document_cell(vci_document *d, const char *text) {
    vci_document_toned(d, text, VCI_TONE_PLAIN);
}

/* --- the end ------------------------------------------------------------------------ */

static void free_block(vci_block *block) {
    vci_free(block->text);
    vci_free(block->table.title);
    vci_free(block->table.unit);
    for (size_t i = 0; i < block->table.n; i++) vci_free(block->table.cells[i].text);
    vci_free(block->table.cells);
    vci_free(block->figure.title);
    vci_free(block->figure.alt);
    for (int f = 0; f < VCI_FIGURE_FORMATS; f++)
        for (size_t i = 0; i < VCI_FIGURE_PAGES; i++)
            vci_free(block->figure.page[f][i].bytes);
}

void vci_document_free(vci_document *d) {
    for (size_t i = 0; i < d->n; i++) free_block(&d->blocks[i]);
    vci_free(d->blocks);
    vci_free(d->title);
    vci_free(d->subtitle);
    vci_free(d->boundary);
    vci_free(d->notice);
    memset(d, 0, sizeof *d);
}
