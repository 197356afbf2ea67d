/*
 * The few things that a run file needs from HDF5, in the shape that netCDF-4 readers
 * understand: groups, dimension scales, variables with their dimensions attached,
 * attributes. Images live in memory: what cannot be written is VC_NO_MEMORY or VC_BUG, what
 * cannot be read VC_NO_MEMORY or VC_STORE_DAMAGED. h5.c: files and groups, h5_variable.c,
 * h5_attribute.c.
 */
#ifndef VCI_H5_INTERNAL_H
#define VCI_H5_INTERNAL_H

#include <hdf5.h>

#include "core/memory_internal.h"
#include "core/status_internal.h"

/* Element types of variables. VCI_H5_TEXT: char pointers, stored as UTF-8. */
typedef enum vci_h5_type {
    VCI_H5_DOUBLE,
    VCI_H5_FLOAT,
    VCI_H5_INT32,
    VCI_H5_INT64,
    VCI_H5_UINT64,
    VCI_H5_BYTE,
    VCI_H5_TEXT
} vci_h5_type;

#define VCI_H5_RANK 3

/*
 * A variable: where, how large, along which dimensions (names of scales in the same group).
 */
typedef struct vci_h5_variable {
    const char *name;
    vci_h5_type type;
    size_t rank, size[VCI_H5_RANK];
    const char *dim[VCI_H5_RANK];
    const char *units;    /* NULL: none */
    const char *en, *zh;  /* long_name, long_name_zh; NULL: none */
    const char *calendar; /* time axes */
    bool scale;           /* is the coordinate of the dimension of its own name */
} vci_h5_variable;

/*
 * HDF5's last failure as ours: VC_NO_MEMORY when it had none left, else `otherwise`. Called
 * before any other call of HDF5, which would forget it.
 */
vc_status vci_from_hdf5(vc_status otherwise, const char *what, const char *file, int line);

#define VCI_H5_FAIL(otherwise, what)                                                       \
    do {                                                                                   \
        st = vci_from_hdf5((otherwise), (what), __FILE__, __LINE__);                       \
        goto out;                                                                          \
    } while (0)

/* Silences HDF5's own error printer until _resume; calls pair. */
typedef struct vci_h5_silence {
    H5E_auto2_t function;
    void *data;
} vci_h5_silence;
vci_h5_silence vci_h5_silence_begin(void);
void vci_h5_silence_end(vci_h5_silence silence);

/*
 * A file image in memory: created empty, turned into bytes; or opened from bytes
 * (borrowed).
 */
vc_status vci_h5_image_create(hid_t *file);
vc_status vci_h5_image_bytes(hid_t file, unsigned char **bytes, size_t *n);
vc_status vci_h5_image_open(void *bytes, size_t n, hid_t *file);

vc_status vci_h5_group_create(hid_t parent, const char *name, hid_t *group);
vc_status vci_h5_group_open(hid_t parent, const char *name, hid_t *group);
bool vci_h5_has(hid_t parent, const char *name);
bool vci_h5_is_here(hid_t parent, const char *name); /* not a link to elsewhere */
void vci_h5_close(hid_t object); /* any object; negative ids are ignored */

/*
 * A creation property list of a class with what all our objects have; a type in the file.
 */
hid_t vci_h5_creation(hid_t class_id);
hid_t vci_h5_type_in_file(vci_h5_type type);

/* Number of elements of a variable. */
size_t vci_h5_count(const vci_h5_variable *variable);

/* Writes a variable and attaches its dimensions. */
vc_status vci_h5_write(hid_t group, const vci_h5_variable *variable, const void *data);

/* A dimension without coordinate: its scale counts 0, 1, … */
vc_status vci_h5_dimension(hid_t group, const char *name, size_t n);

/*
 * Is a variable there, with type and size as given, its data in this very file and as many
 * as it says? VC_STORE_DAMAGED if not. To be asked before memory is made for it.
 */
vc_status vci_h5_expect(hid_t group, const vci_h5_variable *variable);

/*
 * Reads a variable whose type and size must be as given. Texts become copies owned by the
 * caller, array data[size] of char pointers.
 */
vc_status vci_h5_read(hid_t group, const vci_h5_variable *variable, void *data);

/* pointer = fresh memory with the data of a variable; not for texts. */
#define VCI_H5_TAKE(pointer, group, variable)                                              \
    do {                                                                                   \
        VC_TRY(vci_h5_expect((group), (variable)));                                        \
        VC_NEW((pointer), vci_h5_count(variable));                                         \
        VC_TRY(vci_h5_read((group), (variable), (pointer)));                               \
    } while (0)

/* Length of a variable along its first dimension. */
vc_status vci_h5_length(hid_t group, const char *name, size_t *n);

vc_status vci_h5_put_text(hid_t object, const char *name, const char *text);
vc_status vci_h5_put_number(hid_t object, const char *name, vci_h5_type type,
                            const void *value);
/* NULL stays NULL: an absent text attribute is a NULL text. */
vc_status vci_h5_get_text(hid_t object, const char *name, char **text);
vc_status vci_h5_get_number(hid_t object, const char *name, vci_h5_type type, void *value);

#endif
