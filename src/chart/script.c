/*
 * The safe way into gnuplot. Single-quoted strings run nothing: no backquotes, no macros,
 * no escapes; a line break would end them and is dropped with the other control characters.
 */
#include "chart/script_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "chart/label_internal.h"
#include "core/memory_internal.h"

#define LONGEST_TEXT 400 /* code points */

/*
 * Ends the string, adds the variable, begins it again. Nothing else does in gnuplot 5.4: it
 * takes a doubled quote for the end of the string where it comes first or behind another
 * one, and behind "'" it expands @name within single quotes, as code.
 */
#define APOSTROPHE "'.apostrophe.'"

static bool make_room(vci_script *script, size_t more) {
    if (script->failed) return false;
    if (script->n + more < script->capacity) return true;
    size_t capacity = 2 * (script->n + more) + 1024;
    char *grown = vci_realloc(script->text, capacity, 1);
    if (!grown) {
        script->failed = true;
        return false;
    }
    script->text = grown;
    script->capacity = capacity;
    return true;
}

static void add_bytes(vci_script *script, const char *bytes, size_t n) {
    if (!make_room(script, n + 1)) return;
    memcpy(script->text + script->n, bytes, n);
    script->n += n;
    script->text[script->n] = '\0';
}

void vci_script_add(vci_script *script, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0 || !make_room(script, (size_t)n + 1)) {
        script->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(script->text + script->n, (size_t)n + 1, format, arguments);
    va_end(arguments);
    script->n += (size_t)n;
}

void vci_script_append(vci_script *script, const vci_script *other) {
    script->failed = script->failed || other->failed;
    if (other->n > 0) add_bytes(script, other->text, other->n);
}

void vci_script_number(vci_script *script, double number) {
    vci_label exact = vci_number_exact(number);
    add_bytes(script, exact.text, strlen(exact.text));
}

void vci_script_begin_texts(vci_script *script) {
    vci_script_add(script, "apostrophe = sprintf('%%c', 39)\n");
}

static void add_quoted(vci_script *script, const char *text, bool tic) {
    size_t n = strlen(text), taken = 0;
    add_bytes(script, "'", 1);
    for (size_t i = 0; i < n && taken < LONGEST_TEXT;) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        if (code == '\\')
            add_bytes(script, "＼", strlen("＼"));
        else if (code == '\'')
            add_bytes(script, APOSTROPHE, strlen(APOSTROPHE));
        else if (tic && code == '%')
            add_bytes(script, "%%", 2);
        else if (code != 0)
            add_bytes(script, text + i, length);
        taken += code != 0;
        i += length;
    }
    add_bytes(script, "'", 1);
}

void vci_script_text(vci_script *script, const char *text) {
    add_quoted(script, text, false);
}

void vci_script_tic(vci_script *script, const char *text) {
    add_quoted(script, text, true);
}

void vci_script_set_number(vci_script *script, const char *name, double number) {
    vci_script_add(script, "%s = ", name);
    vci_script_number(script, number);
    vci_script_add(script, "\n");
}

void vci_script_set_text(vci_script *script, const char *name, const char *text) {
    vci_script_add(script, "%s = ", name);
    vci_script_text(script, text);
    vci_script_add(script, "\n");
}

/* The end mark can stand in no row: rows are numbers. */
void vci_script_begin_data(vci_script *script, const char *name) {
    vci_script_add(script, "$%s << END_OF_NUMBERS\n", name);
}

void vci_script_row(vci_script *script, size_t n, const double numbers[VC_DIM(n)]) {
    for (size_t i = 0; i < n; i++) {
        if (i > 0) vci_script_add(script, " ");
        vci_script_number(script, numbers[i]);
    }
    vci_script_add(script, "\n");
}

void vci_script_end_data(vci_script *script) { vci_script_add(script, "END_OF_NUMBERS\n"); }

vc_status vci_script_check(const vci_script *script) {
    vc_status st = VC_OK;
    if (script->failed) VC_FAIL(VC_NO_MEMORY, "script of %zu bytes", script->n);
out:
    return st;
}

void vci_script_free(vci_script *script) {
    vci_free(script->text);
    *script = (vci_script){0};
}
