/* Decimal numbers as people write them in tables and settings, whatever the locale. */
#ifndef VCI_NUMBER_INTERNAL_H
#define VCI_NUMBER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Reads [sign]digits[.digits][e[sign]digits], with at least one digit before the exponent
 * and nothing else around it. False if the text is not of that form or the number is not
 * finite.
 */
bool vci_number_parse(const char *text, size_t n, double *number);

#endif
