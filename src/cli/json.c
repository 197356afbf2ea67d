#include "cli/json_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say_internal.h"

static void write_text(FILE *out, const char *text) {
    fputc('"', out);
    while (*text) {
        const char *start = text;
        unsigned code = vci_utf8_next(&text);
        if (code == '"' || code == '\\')
            fprintf(out, "\\%c", (char)code);
        else if (code == 0xFFFD)
            fputs("\\ufffd", out);
        else if (vci_steers(code)) /* all of them are below U+10000 */
            fprintf(out, "\\u%04x", code);
        else
            fwrite(start, 1, (size_t)(text - start), out);
    }
    fputc('"', out);
}

/* What stands before a value: comma, line, key. */
static void begin(vci_json *json, const char *key) {
    if (json->depth > 0) {
        unsigned d = json->depth - 1;
        if (json->level[d].begun) fputs(json->level[d].lines ? "," : ", ", json->out);
        json->level[d].begun = true;
        if (json->level[d].lines) {
            fputc('\n', json->out);
            for (unsigned i = 0; i <= d; i++) fputc(' ', json->out);
        }
    }
    if (key) {
        write_text(json->out, key);
        fputs(": ", json->out);
    }
}

static void open_level(vci_json *json, const char *key, char left, char right, bool lines) {
    begin(json, key);
    fputc(left, json->out);
    json->level[json->depth].close = right;
    json->level[json->depth].lines = lines;
    json->level[json->depth].begun = false;
    json->depth++;
}

void vci_json_object(vci_json *json, const char *key, bool lines) {
    open_level(json, key, '{', '}', lines);
}

void vci_json_array(vci_json *json, const char *key, bool lines) {
    open_level(json, key, '[', ']', lines);
}

void vci_json_close(vci_json *json) {
    json->depth--;
    fputc(json->level[json->depth].close, json->out);
    if (json->depth == 0) fputc('\n', json->out);
}

void vci_json_text(vci_json *json, const char *key, const char *text) {
    begin(json, key);
    if (text)
        write_text(json->out, text);
    else
        fputs("null", json->out);
}

void vci_json_number(vci_json *json, const char *key, double number) {
    char digits[40];
    begin(json, key);
    if (!isfinite(number)) {
        fputs("null", json->out);
        return;
    }
    if (number == floor(number) && fabs(number) < 1e15) { /* 100 rather than 1e+02 */
        fprintf(json->out, "%.0f", number == 0 ? 0.0 : number);
        return;
    }
    for (int n = 1; n <= 17; n++) {
        snprintf(digits, sizeof digits, "%.*g", n, number);
        if (strtod(digits, NULL) == number) break;
    }
    fputs(digits, json->out);
}

void vci_json_whole(vci_json *json, const char *key, uint64_t number) {
    begin(json, key);
    fprintf(json->out, "%llu", (unsigned long long)number);
}

void vci_json_flag(vci_json *json, const char *key, bool flag) {
    begin(json, key);
    fputs(flag ? "true" : "false", json->out);
}
