/* Arrays of records as one variable per member. */
#ifndef VCI_COLUMNS_INTERNAL_H
#define VCI_COLUMNS_INTERNAL_H

#include "store/h5_internal.h"

typedef enum vci_member {
    VCI_MEMBER_DOUBLE,
    VCI_MEMBER_INT, /* int, or an enum */
    VCI_MEMBER_UNSIGNED,
    VCI_MEMBER_SIZE, /* size_t; SIZE_MAX is -1 in the file */
    VCI_MEMBER_INT64,
    VCI_MEMBER_FLAG,
    VCI_MEMBER_TEXT /* char *, never NULL */,
    VCI_MEMBER_TEXT_OR_NONE /* char *; NULL is "" in the file */
} vci_member;

typedef struct vci_column {
    const char *name;
    vci_member member;
    size_t offset;
    const char *units, *en, *zh;
} vci_column;

/*
 * records: array of n structs of a size; dim: name of the group's dimension they lie along.
 */
vc_status vci_columns_write(hid_t group, const char *dim, size_t n_columns,
                            const vci_column *columns, size_t n, size_t size,
                            const void *records);
vc_status vci_columns_read(hid_t group, size_t n_columns, const vci_column *columns,
                           size_t n, size_t size, void *records);

#endif
