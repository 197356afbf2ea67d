/*
 * The one error idiom. A function that can fail has one shape: pointers NULL at the top,
 * `vc_status st = VC_OK`, VC_TRY / VC_FAIL / VC_REQUIRE jump to the single label `out:`,
 * which frees everything and returns st. These macros are the only ones that hide control
 * flow.
 */
#ifndef VCI_STATUS_INTERNAL_H
#define VCI_STATUS_INTERNAL_H

#include "vitalcast/status.h"

/* Keeps the detail for vc_status_detail() and returns code. */
vc_status vci_fail(vc_status code, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#define VC_TRY(call)                                                                       \
    do {                                                                                   \
        st = (call);                                                                       \
        if (st != VC_OK) goto out;                                                         \
    } while (0)

#define VC_FAIL(code, ...)                                                                 \
    do {                                                                                   \
        st = vci_fail((code), __FILE__, __LINE__, __VA_ARGS__);                            \
        goto out;                                                                          \
    } while (0)

/* The caller's mistake: condition must hold, else VC_BAD_ARGUMENT with a text. */
#define VC_REQUIRE(condition, ...)                                                         \
    do {                                                                                   \
        if (!(condition)) VC_FAIL(VC_BAD_ARGUMENT, __VA_ARGS__);                           \
    } while (0)

#endif
