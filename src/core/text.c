/* The table of texts. */
#include "core/text_internal.h"

#include <string.h>

static const char *const TEXTS[][VC_LANGUAGES] = {
#define X(id, en, zh) {en, zh},
#include "core/text/all.def"
#undef X
};

const char *vci_text_get(vci_text id, vc_language language) {
    if ((size_t)id >= VCI_TEXTS) return "";
    return TEXTS[id][language == VC_CHINESE ? VC_CHINESE : VC_ENGLISH];
}

bool vc_language_parse(const char *word, vc_language *language) {
    bool english = !strcmp(word, "en"), chinese = !strcmp(word, "zh");
    if (english || chinese) *language = english ? VC_ENGLISH : VC_CHINESE;
    return english || chinese;
}
