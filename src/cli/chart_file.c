#include "cli/chart_file_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/say_internal.h"
#include "core/memory_internal.h"

bool vci_name_part(const char *text, char part[VC_DIM(VCI_NAME_PART + 1)]) {
    bool exact = true;
    size_t n = 0;
    while (*text) {
        const char *start = text;
        unsigned code = vci_utf8_next(&text);
        size_t size = (size_t)(text - start);
        bool plain = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
                     (code >= 'A' && code <= 'Z') || code == '-' || code == '_' ||
                     (code >= 0xC0 && code != 0xFFFD && !vci_steers(code));
        if (n + size > VCI_NAME_PART) {
            exact = false;
            break;
        }
        exact = exact && plain;
        if (plain)
            memcpy(part + n, start, size);
        else
            part[n] = '_';
        n += plain ? size : 1;
    }
    part[n] = '\0';
    return exact;
}

vc_status vci_folder_make(const char *path) {
    vc_status st = VC_OK;
    char *copy = NULL;
    VC_COPY_TEXT(copy, path);
    for (char *s = copy; *s; s++) {
        if (*s != '/' || s == copy) continue;
        *s = '\0';
        mkdir(copy, 0777); /* whether it is there now shows below */
        *s = '/';
    }
    if (mkdir(copy, 0777) != 0 && errno != EEXIST)
        VC_FAIL(VC_IO_FAILED, "%s: %s", path, strerror(errno));
out:
    vci_free(copy);
    return st;
}
