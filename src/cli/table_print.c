#include "cli/table_print_internal.h"

#include <string.h>

#include "cli/say_internal.h"
#include "core/memory_internal.h"

#define GAP 2 /* columns between two columns */

typedef struct range {
    unsigned first, last;
} range;

/*
 * Blocks that terminals show two columns wide (Unicode Standard Annex 11, East Asian Wide
 * and Fullwidth) and marks that take none. wcwidth() would need a locale.
 */
static const range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};
static const range narrowest[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200D},   {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
};

static bool among(unsigned code, const range *ranges, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    return false;
}

size_t vci_display_width(const char *text) {
    size_t width = 0;
    while (*text) {
        unsigned code = vci_utf8_next(&text);
        if (among(code, narrowest, sizeof narrowest / sizeof *narrowest)) continue;
        width += among(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
    }
    return width;
}

vc_status vci_grid_add(vci_grid *grid, const char *text) {
    vc_status st = VC_OK;
    VC_GROW(grid->cells, grid->n, grid->capacity);
    VC_GROW(grid->shade, grid->n, grid->shade_capacity);
    char *copy;
    VC_COPY_TEXT(copy, text);
    grid->shade[grid->n] = VCI_PLAIN;
    grid->cells[grid->n++] = copy;
out:
    return st;
}

void vci_grid_shade(vci_grid *grid, vci_shade shade) { grid->shade[grid->n - 1] = shade; }

static void print_blanks(FILE *out, size_t n) {
    for (; n > 0; n--) fputc(' ', out);
}

/* A cell may not break its line. */
static void print_cell(FILE *out, const char *text) {
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, "\n");
        char piece[256];
        for (size_t done = 0; done < n;) { /* pieces end at whole characters */
            size_t size = n - done < sizeof piece - 1 ? n - done : sizeof piece - 1;
            while (done + size < n && size > 1 && (s[done + size] & 0xC0) == 0x80) size--;
            memcpy(piece, s + done, size);
            piece[size] = '\0';
            vci_say_plain(out, piece);
            done += size;
        }
        s += n;
        if (*s == '\n') fputc('?', out), s++;
    }
}

static void print_row(const vci_grid *grid, FILE *out, size_t first, const size_t *width) {
    char *const *row = grid->cells + first;
    const vci_shade *shade = grid->shade + first;
    size_t last = grid->n_columns;
    while (last > 0 && !*row[last - 1]) last--; /* no blanks at the end of a line */
    for (size_t c = 0; c < last; c++) {
        size_t blank = width[c] - vci_display_width(row[c]);
        bool right = grid->right >> c & 1u;
        if (right) print_blanks(out, blank);
        fputs(vci_colour_begin(shade[c]), out);
        print_cell(out, row[c]);
        if (shade[c] != VCI_PLAIN) fputs(vci_colour_end(), out);
        if (c + 1 < last) print_blanks(out, GAP + (right ? 0 : blank));
    }
    fputc('\n', out);
}

void vci_grid_print(const vci_grid *grid, FILE *out) {
    size_t width[32] = {0}, total = 0;
    for (size_t i = 0; i < grid->n; i++) {
        size_t w = vci_display_width(grid->cells[i]), c = i % grid->n_columns;
        if (w > width[c]) width[c] = w;
    }
    for (size_t c = 0; c < grid->n_columns; c++) total += width[c] + (c > 0 ? GAP : 0);
    for (size_t i = 0; i + grid->n_columns <= grid->n; i += grid->n_columns) {
        print_row(grid, out, i, width);
        if (i > 0) continue;
        for (size_t c = 0; c < total; c++) fputc('-', out);
        fputc('\n', out);
    }
}

void vci_grid_free(vci_grid *grid) {
    for (size_t i = 0; i < grid->n; i++) vci_free(grid->cells[i]);
    vci_free(grid->cells);
    vci_free(grid->shade);
    grid->cells = NULL;
    grid->shade = NULL;
    grid->n = grid->capacity = grid->shade_capacity = 0;
}
