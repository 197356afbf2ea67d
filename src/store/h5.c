/*
 * Files, groups, failures. netCDF-4 conventions: HDF5 dimension scales, creation order.
 */
#include "store/h5_internal.h"

#include <stdio.h>

#include "core/memory_internal.h"

/* What HDF5 says about its last failure: the innermost entry of its stack. */
typedef struct failure {
    bool found, memory;
    char text[160];
} failure;

static herr_t take_innermost(unsigned n, const H5E_error2_t *entry, void *context) {
    failure *f = context;
    if (n == 0) {
        f->found = true;
        f->memory = entry->maj_num == H5E_RESOURCE &&
                    (entry->min_num == H5E_NOSPACE || entry->min_num == H5E_CANTALLOC);
        snprintf(f->text, sizeof f->text, "%s", entry->desc ? entry->desc : "");
    }
    return 0;
}

vc_status vci_from_hdf5(vc_status otherwise, const char *what, const char *file, int line) {
    failure f = {0};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_innermost, &f);
    return vci_fail(f.memory ? VC_NO_MEMORY : otherwise, file, line, "HDF5: %s%s%s", what,
                    f.found ? ": " : "", f.text);
}

vci_h5_silence vci_h5_silence_begin(void) {
    vci_h5_silence silence = {NULL, NULL};
    H5Eget_auto2(H5E_DEFAULT, &silence.function, &silence.data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return silence;
}

void vci_h5_silence_end(vci_h5_silence silence) {
    H5Eset_auto2(H5E_DEFAULT, silence.function, silence.data);
}

void vci_h5_close(hid_t object) {
    if (object < 0) return;
    switch (H5Iget_type(object)) {
    case H5I_FILE:
        H5Fclose(object);
        break;
    case H5I_GROUP:
        H5Gclose(object);
        break;
    case H5I_DATASET:
        H5Dclose(object);
        break;
    case H5I_DATASPACE:
        H5Sclose(object);
        break;
    case H5I_DATATYPE:
        H5Tclose(object);
        break;
    case H5I_ATTR:
        H5Aclose(object);
        break;
    case H5I_GENPROP_LST:
        H5Pclose(object);
        break;
    default:
        break;
    }
}

/*
 * Times off and creation order on: equal runs give equal bytes, netCDF readers keep the
 * order.
 */
hid_t vci_h5_creation(hid_t class_id) {
    hid_t list = H5Pcreate(class_id);
    unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if (list < 0) return list;
    H5Pset_obj_track_times(list, 0);
    if (class_id != H5P_DATASET_CREATE) H5Pset_link_creation_order(list, order);
    H5Pset_attr_creation_order(list, order);
    return list;
}

vc_status vci_h5_image_create(hid_t *file) {
    vc_status st = VC_OK;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = vci_h5_creation(H5P_FILE_CREATE);
    *file = -1;
    if (access < 0 || create < 0) VCI_H5_FAIL(VC_BUG, "property lists");
    /*
     * Fixed versions: the same bytes from every later library, readable by old tools. The
     * low bound keeps the oldest superblock: of the newer ones HDF5 1.10 makes images with
     * a stale checksum.
     */
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
    if (H5Pset_fapl_core(access, (size_t)1 << 20, 0) < 0) VCI_H5_FAIL(VC_BUG, "an image");
    *file = H5Fcreate("run", H5F_ACC_TRUNC, create, access);
    if (*file < 0) VCI_H5_FAIL(VC_BUG, "an image");
out:
    vci_h5_close(access);
    vci_h5_close(create);
    return st;
}

vc_status vci_h5_image_bytes(hid_t file, unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    *bytes = NULL;
    if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) VCI_H5_FAIL(VC_BUG, "an image");
    ssize_t size = H5Fget_file_image(file, NULL, 0);
    if (size <= 0) VCI_H5_FAIL(VC_BUG, "an image");
    VC_NEW(*bytes, (size_t)size);
    if (H5Fget_file_image(file, *bytes, (size_t)size) != size)
        VCI_H5_FAIL(VC_BUG, "an image");
    *n = (size_t)size;
out:
    return st;
}

vc_status vci_h5_image_open(void *bytes, size_t n, hid_t *file) {
    vc_status st = VC_OK;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    *file = -1;
    if (access < 0 || H5Pset_fapl_core(access, (size_t)1 << 20, 0) < 0 ||
        H5Pset_file_image(access, bytes, n) < 0)
        VCI_H5_FAIL(VC_STORE_DAMAGED, "the image");
    *file = H5Fopen("run", H5F_ACC_RDONLY, access);
    if (*file < 0) VCI_H5_FAIL(VC_STORE_DAMAGED, "the image");
out:
    vci_h5_close(access);
    return st;
}

vc_status vci_h5_group_create(hid_t parent, const char *name, hid_t *group) {
    vc_status st = VC_OK;
    hid_t create = vci_h5_creation(H5P_GROUP_CREATE);
    *group = create < 0 ? -1 : H5Gcreate2(parent, name, H5P_DEFAULT, create, H5P_DEFAULT);
    if (*group < 0) VCI_H5_FAIL(VC_BUG, name);
out:
    vci_h5_close(create);
    return st;
}

bool vci_h5_has(hid_t parent, const char *name) {
    return H5Lexists(parent, name, H5P_DEFAULT) > 0;
}

/* A link that leads elsewhere (soft, external) is not ours. */
bool vci_h5_is_here(hid_t parent, const char *name) {
    H5L_info_t info;
    return vci_h5_has(parent, name) && H5Lget_info(parent, name, &info, H5P_DEFAULT) >= 0 &&
           info.type == H5L_TYPE_HARD;
}

vc_status vci_h5_group_open(hid_t parent, const char *name, hid_t *group) {
    vc_status st = VC_OK;
    *group = vci_h5_is_here(parent, name) ? H5Gopen2(parent, name, H5P_DEFAULT) : -1;
    if (*group < 0) VCI_H5_FAIL(VC_STORE_DAMAGED, name);
out:
    return st;
}
