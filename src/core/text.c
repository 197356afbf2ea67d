/* The table of texts. */
#include "core/text_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"

static const char *const TEXTS[][VC_LANGUAGES] = {
#define X(id, en, zh) {en, zh},
#include "core/text/all.def"
#undef X
};

const char *vci_text_get(vci_text id, vc_language language) {
    if ((size_t)id >= VCI_TEXTS) return "";
    return TEXTS[id][language == VC_CHINESE ? VC_CHINESE : VC_ENGLISH];
}

const char *vci_text_remedy(vci_text message, vc_language language) {
    static const struct {
        vci_text message;
        const char *remedy[VC_LANGUAGES];
    } remedies[] = {
#define X(id, en, zh) {id, {en, zh}},
#include "core/text/remedy.def"
#undef X
    };
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (remedies[i].message == message)
            return remedies[i].remedy[language == VC_CHINESE ? VC_CHINESE : VC_ENGLISH];
    return NULL;
}

/* Texts of the table are formats; that both languages take the same arguments is tested. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *vci_text_say_list(vc_language language, vci_text id, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, vci_text_get(id, language), arguments);
    char *text = n < 0 ? NULL : vci_alloc((size_t)n + 1, 1);
    if (text) vsnprintf(text, (size_t)n + 1, vci_text_get(id, language), again);
    va_end(again);
    return text;
}
#pragma GCC diagnostic pop

char *vci_text_say(vc_language language, vci_text id, ...) {
    va_list arguments;
    va_start(arguments, id);
    char *text = vci_text_say_list(language, id, arguments);
    va_end(arguments);
    return text;
}

bool vc_language_parse(const char *word, vc_language *language) {
    bool english = !strcmp(word, "en"), chinese = !strcmp(word, "zh");
    if (english || chinese) *language = english ? VC_ENGLISH : VC_CHINESE;
    return english || chinese;
}
