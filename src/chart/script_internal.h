/* A gnuplot script in the making: the only way by which anything gets into gnuplot. */
#ifndef VCI_SCRIPT_INTERNAL_H
#define VCI_SCRIPT_INTERNAL_H

#include "core/status_internal.h"

/*
 * Adding never fails by itself: what did not fit is remembered and vci_script_check tells.
 * Texts of other people reach the script through vci_script_text alone.
 */
typedef struct vci_script {
    char *text;
    size_t n, capacity;
    bool failed;
} vci_script;

/* Our own words and whole numbers; never a text of others and never a double. */
void vci_script_add(vci_script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* All of another script behind it. */
void vci_script_append(vci_script *script, const vci_script *other);

/* A number with a point, whatever the locale; NaN as gnuplot reads it. */
void vci_script_number(vci_script *script, double number);

/* Comes before the first text. */
void vci_script_begin_texts(vci_script *script);

/*
 * A text as a gnuplot string that shows it literally: broken UTF-8, control and direction
 * characters are dropped, a backslash becomes U+FF3C, the length is capped.
 */
void vci_script_text(vci_script *script, const char *text);

/* The same as a tic label, where gnuplot takes % for a number format. */
void vci_script_tic(vci_script *script, const char *text);

/* Lines `name = value`. */
void vci_script_set_number(vci_script *script, const char *name, double number);
void vci_script_set_text(vci_script *script, const char *name, const char *text);

/* A data block of numbers: a row per line, columns of a row given as an array. */
void vci_script_begin_data(vci_script *script, const char *name);
void vci_script_row(vci_script *script, size_t n, const double numbers[VC_DIM(n)]);
void vci_script_end_data(vci_script *script);

/* VC_NO_MEMORY if anything is missing. */
vc_status vci_script_check(const vci_script *script);

void vci_script_free(vci_script *script);

#endif
