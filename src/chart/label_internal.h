/* Texts and numbers as they stand on a chart: what may be shown, and how wide it is. */
#ifndef VCI_LABEL_INTERNAL_H
#define VCI_LABEL_INTERNAL_H

#include "vitalcast/api.h"

typedef struct vci_label {
    char text[384];
} vci_label;

/*
 * The next character of UTF-8 text[n]: its length, and its code point, or 0 when it is not
 * to be shown (broken bytes, control characters, line separators, direction marks and other
 * invisible characters that steer).
 */
size_t vci_label_next(const char *text, size_t n, uint32_t *code);

/* Columns of a text: 2 for each Chinese (wide) character, 1 for any other. */
size_t vci_label_width(const char *text);

/*
 * A text without what is not to be shown, cut to a number of columns (at most 120) with
 * "…".
 */
vci_label vci_label_fit(const char *text, size_t columns);

/*
 * Takes a line of at most `columns` columns off a text made by vci_label_fit: breaks at a
 * blank where there is one in its second half. *text moves on behind it.
 */
vci_label vci_label_take_line(const char **text, size_t columns);

#define VCI_FEW_DIGITS (-1)

/*
 * A number for people, with a point whatever the locale, and with a minus sign that is not
 * taken for a dash: digits after the point, or as few as a number typed by hand has. NaN
 * becomes "—".
 */
vci_label vci_number_format(double number, int digits);

/* A number for gnuplot, exact; NaN for what is not finite. */
vci_label vci_number_exact(double number);

#endif
