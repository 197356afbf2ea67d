#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/say_internal.h"
#include "cli/signal_internal.h"
#include "core/memory_internal.h"

unsigned vci_utf8_next(const char **text) {
    const unsigned char *s = (const unsigned char *)*text;
    unsigned n = s[0] < 0x80 ? 0 : s[0] < 0xC2 ? 4 : s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
    if (n == 4 || s[0] > 0xF4) {
        *text += 1;
        return 0xFFFD;
    }
    unsigned code = n == 0 ? s[0] : s[0] & (0x3Fu >> n);
    for (unsigned i = 1; i <= n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *text += 1;
            return 0xFFFD;
        }
        code = code << 6 | (s[i] & 0x3Fu);
    }
    bool overlong = (n == 2 && code < 0x800) || (n == 3 && code < 0x10000);
    bool impossible = code > 0x10FFFF || (code >= 0xD800 && code < 0xE000);
    *text += overlong || impossible ? 1 : n + 1;
    return overlong || impossible ? 0xFFFD : code;
}

bool vci_steers(unsigned code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void vci_say_plain(FILE *out, const char *text) {
    while (*text) {
        const char *start = text;
        unsigned code = vci_utf8_next(&text);
        if (code == 0xFFFD || (vci_steers(code) && code != '\n'))
            fputc('?', out);
        else
            fwrite(start, 1, (size_t)(text - start), out);
    }
}

void vci_say_line(FILE *out, vc_language language, vci_text text, ...) {
    va_list arguments;
    va_start(arguments, text);
    char *line = vci_text_say_list(language, text, arguments);
    va_end(arguments);
    vci_say_plain(out, line ? line : vc_status_text(VC_NO_MEMORY, language));
    fputc('\n', out);
    vci_free(line);
}

int vci_say_failure(vc_language language, vc_status st) {
    const char *detail = vc_status_detail();
    if (st == VC_OK) return 0;
    if (st == VC_INTERRUPTED) {
        vci_say_line(stderr, language, VCI_TEXT_CLI_ERROR, vc_status_text(st, language));
        return vci_signal_exit_code();
    }
    if (st == VC_BAD_INPUT) return vc_status_exit_code(st);
    if (*detail)
        vci_say_line(stderr, language, VCI_TEXT_CLI_ERROR_DETAIL,
                     vc_status_text(st, language), detail);
    else
        vci_say_line(stderr, language, VCI_TEXT_CLI_ERROR, vc_status_text(st, language));
    return vc_status_exit_code(st);
}
