/* Earlier names of units: declared, or in brackets behind the name. */
#include "office/aliases_internal.h"

#include <string.h>

#include "core/memory_internal.h"

/*
 * 甲镇（原甲乡）: cut to the name; returns the earlier one (n is 0 if there is none).
 */
vci_span vci_alias_earlier(vci_span *name) {
    static const char *const opens[] = {"（原名", "(原名", "（原", "(原"};
    static const char *const closes[] = {"）", ")"};
    for (size_t i = 0; i < 4; i++) {
        const char *open = memmem(name->text, name->n, opens[i], strlen(opens[i]));
        if (!open || open == name->text) continue;
        const char *begin = open + strlen(opens[i]);
        size_t n = (size_t)(name->text + name->n - begin);
        for (size_t k = 0; k < 2; k++) {
            size_t length = strlen(closes[k]);
            if (n <= length || memcmp(begin + n - length, closes[k], length) != 0) continue;
            name->n = (size_t)(open - name->text);
            return (vci_span){begin, n - length};
        }
    }
    return (vci_span){name->text, 0};
}

/* Remembers that a name became another one. */
static vc_status add_alias(vci_reading *r, vci_span earlier, vci_span name) {
    vc_status st = VC_OK;
    size_t number = 0, known = r->aliases->n;
    VC_TRY(vci_text_map_add(r->aliases, earlier.text, earlier.n, &number));
    if (r->aliases->n == known) goto out;
    VC_GROW(*r->new_names, number, *r->new_capacity);
    (*r->new_names)[number] = vci_text_copy(name.text, name.n);
    if (!(*r->new_names)[number]) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}

/* The name that a name has become; chains are followed, a circle only once round. */
vci_span vci_alias_latest(const vci_reading *r, vci_span name) {
    for (size_t i = 0; i <= r->aliases->n; i++) {
        size_t number = vci_text_map_find(r->aliases, name.text, name.n);
        if (number == VCI_NO_TEXT) break;
        name = (vci_span){(*r->new_names)[number], strlen((*r->new_names)[number])};
    }
    return name;
}

/* Earlier names that stand in the sheet itself: 甲镇（原甲乡）. */
vc_status vci_aliases_read(vci_reading *r) {
    vc_status st = VC_OK;
    size_t column = vci_reading_column(r->sheet_settings, VCI_TO_NAME);
    if (vci_reading_column(r->sheet_settings, VCI_TO_UNIT) != SIZE_MAX) goto out;
    for (size_t row = r->sheet_settings->first_row;
         row <= r->sheet_settings->last_row && row < r->sheet->records.n; row++) {
        const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
        if (!cell || !vci_reading_takes(r, row)) continue;
        vci_span name =
            vci_reading_without_mark(r->sheet_settings, (vci_span){cell->text, cell->n});
        vci_span earlier = vci_alias_earlier(&name);
        if (earlier.n > 0) VC_TRY(add_alias(r, earlier, name));
    }
out:
    return st;
}

/* The names that `renamed:` says. */
vc_status vci_aliases_declared(vci_reading *r) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < r->settings->n_renamed; i++) {
        const vci_renamed *pair = &r->settings->renamed[i];
        if (strcmp(pair->earlier, "no") == 0) continue;
        VC_TRY(add_alias(r, (vci_span){pair->earlier, strlen(pair->earlier)},
                         (vci_span){pair->name, strlen(pair->name)}));
    }
out:
    return st;
}
