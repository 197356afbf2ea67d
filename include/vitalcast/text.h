/* Every sentence of vitalcast in its two languages. */
#ifndef VITALCAST_TEXT_H
#define VITALCAST_TEXT_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

typedef enum vc_language { VC_ENGLISH, VC_CHINESE, VC_LANGUAGES } vc_language;

/** "en" and "zh" to a language; false if the word is neither. */
VC_API bool vc_language_parse(const char *word, vc_language *language);

VC_END_DECLS

#endif
