#include "cli/csv_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say_internal.h"

static void begin_cell(vci_csv *csv) {
    if (csv->begun) fputc(',', csv->out);
    csv->begun = true;
}

static bool is_number(const char *text) {
    char *end;
    strtod(text, &end);
    return end != text && *end == '\0';
}

static bool is_formula(const char *text) {
    return *text && strchr("=+-@\t\r", *text) && !is_number(text);
}

void vci_csv_text(vci_csv *csv, const char *text) {
    begin_cell(csv);
    if (!text) return;
    bool quoted = strpbrk(text, ",\"") != NULL;
    if (quoted) fputc('"', csv->out);
    if (is_formula(text)) fputc('\'', csv->out);
    while (*text) {
        const char *begin = text;
        unsigned code = vci_utf8_next(&text);
        if (code == '"') fputc('"', csv->out);
        if (vci_steers(code))
            fputc('?', csv->out);
        else
            fwrite(begin, 1, (size_t)(text - begin), csv->out);
    }
    if (quoted) fputc('"', csv->out);
}

void vci_csv_number(vci_csv *csv, double number) {
    begin_cell(csv);
    if (!isnan(number)) fprintf(csv->out, "%.15g", number);
}

void vci_csv_end_row(vci_csv *csv) {
    fputc('\n', csv->out);
    csv->begun = false;
}
