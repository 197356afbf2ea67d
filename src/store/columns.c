/* One member of all records at a time, through a plain array. */
#include "store/columns_internal.h"

#include <string.h>

#include "core/memory_internal.h"

static vci_h5_type type_of(vci_member member) {
    switch (member) {
    case VCI_MEMBER_DOUBLE:
        return VCI_H5_DOUBLE;
    case VCI_MEMBER_INT:
    case VCI_MEMBER_UNSIGNED:
        return VCI_H5_INT32;
    case VCI_MEMBER_SIZE:
    case VCI_MEMBER_INT64:
        return VCI_H5_INT64;
    case VCI_MEMBER_FLAG:
        return VCI_H5_BYTE;
    case VCI_MEMBER_TEXT:
    case VCI_MEMBER_TEXT_OR_NONE:
        break;
    }
    return VCI_H5_TEXT;
}

/* Room for one element of any member. */
typedef union element {
    double number;
    int32_t small;
    int64_t large;
    unsigned char flag;
    char *text;
} element;

static size_t size_of(vci_h5_type type) {
    element e;
    switch (type) {
    case VCI_H5_DOUBLE:
        return sizeof e.number;
    case VCI_H5_INT32:
        return sizeof e.small;
    case VCI_H5_INT64:
        return sizeof e.large;
    case VCI_H5_BYTE:
        return sizeof e.flag;
    default:
        return sizeof e.text;
    }
}

static void take(vci_member member, const char *from, element *e) {
    size_t place;
    bool flag;
    switch (member) {
    case VCI_MEMBER_DOUBLE:
        memcpy(&e->number, from, sizeof e->number);
        break;
    case VCI_MEMBER_INT:
    case VCI_MEMBER_UNSIGNED:
        memcpy(&e->small, from, sizeof e->small);
        break;
    case VCI_MEMBER_SIZE:
        memcpy(&place, from, sizeof place);
        e->large = place == SIZE_MAX ? -1 : (int64_t)place;
        break;
    case VCI_MEMBER_INT64:
        memcpy(&e->large, from, sizeof e->large);
        break;
    case VCI_MEMBER_FLAG:
        memcpy(&flag, from, sizeof flag);
        e->flag = flag;
        break;
    case VCI_MEMBER_TEXT:
    case VCI_MEMBER_TEXT_OR_NONE:
        memcpy(&e->text, from, sizeof e->text);
        if (!e->text) e->text = (char *)(uintptr_t) "";
        break;
    }
}

static void put(vci_member member, const element *e, char *to) {
    size_t place;
    bool flag;
    char *text;
    switch (member) {
    case VCI_MEMBER_DOUBLE:
        memcpy(to, &e->number, sizeof e->number);
        break;
    case VCI_MEMBER_INT:
    case VCI_MEMBER_UNSIGNED:
        memcpy(to, &e->small, sizeof e->small);
        break;
    case VCI_MEMBER_SIZE:
        place = e->large < 0 ? SIZE_MAX : (size_t)e->large;
        memcpy(to, &place, sizeof place);
        break;
    case VCI_MEMBER_INT64:
        memcpy(to, &e->large, sizeof e->large);
        break;
    case VCI_MEMBER_FLAG:
        flag = e->flag != 0;
        memcpy(to, &flag, sizeof flag);
        break;
    case VCI_MEMBER_TEXT:
    case VCI_MEMBER_TEXT_OR_NONE:
        text = e->text;
        if (member == VCI_MEMBER_TEXT_OR_NONE && !*text) {
            vci_free(text);
            text = NULL;
        }
        memcpy(to, &text, sizeof text);
        break;
    }
}

vc_status vci_columns_write(hid_t group, const char *dim, size_t n_columns,
                            const vci_column *columns, size_t n, size_t size,
                            const void *records) {
    vc_status st = VC_OK;
    char *array = NULL;
    VC_NEW(array, (n + 1) * sizeof(element));
    for (size_t c = 0; c < n_columns; c++) {
        const vci_column *column = &columns[c];
        vci_h5_variable v = {.name = column->name,
                             .type = type_of(column->member),
                             .rank = 1,
                             .size = {n},
                             .dim = {dim},
                             .units = column->units,
                             .en = column->en,
                             .zh = column->zh};
        size_t width = size_of(v.type);
        for (size_t i = 0; i < n; i++) {
            element e;
            take(column->member, (const char *)records + i * size + column->offset, &e);
            memcpy(array + i * width, &e, width);
        }
        VC_TRY(vci_h5_write(group, &v, array));
    }
out:
    vci_free(array);
    return st;
}

vc_status vci_columns_read(hid_t group, size_t n_columns, const vci_column *columns,
                           size_t n, size_t size, void *records) {
    vc_status st = VC_OK;
    char *array = NULL;
    VC_NEW(array, (n + 1) * sizeof(element));
    for (size_t c = 0; c < n_columns; c++) {
        const vci_column *column = &columns[c];
        vci_h5_variable v = {
            .name = column->name, .type = type_of(column->member), .rank = 1, .size = {n}};
        size_t width = size_of(v.type);
        VC_TRY(vci_h5_read(group, &v, array));
        for (size_t i = 0; i < n; i++) {
            element e;
            memcpy(&e, array + i * width, width);
            put(column->member, &e, (char *)records + i * size + column->offset);
        }
    }
out:
    vci_free(array);
    return st;
}
