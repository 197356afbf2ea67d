/* Files, groups and dimension scales. netCDF-4 conventions: HDF5 dimension scales, creation
 * order. */
#include "store/h5_internal.h"

#include <hdf5_hl.h>
#include <string.h>

#include "core/memory_internal.h"

#define CANNOT_WRITE(what) VC_FAIL(VC_NO_MEMORY, "HDF5 cannot make %s", (what))
#define CANNOT_READ(what) VC_FAIL(VC_STORE_DAMAGED, "HDF5 cannot read %s", (what))

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

/* Times off and creation order on: equal runs give equal bytes, netCDF readers keep the
 * order. */
static hid_t creation_list(hid_t class_id) {
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
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = creation_list(H5P_FILE_CREATE);
    *file = -1;
    if (access < 0 || create < 0) CANNOT_WRITE("property lists");
    /*
     * Fixed versions: the same bytes from every later library, readable by old tools. The
     * low bound keeps the oldest superblock: of the newer ones HDF5 1.10 makes images with
     * a stale checksum.
     */
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
    if (H5Pset_fapl_core(access, (size_t)1 << 20, 0) < 0) CANNOT_WRITE("an image");
    *file = H5Fcreate("run", H5F_ACC_TRUNC, create, access);
    if (*file < 0) CANNOT_WRITE("an image");
out:
    vci_h5_close(access);
    vci_h5_close(create);
    return st;
}

vc_status vci_h5_image_bytes(hid_t file, unsigned char **bytes, size_t *n) {
    vc_status st = VC_OK;
    *bytes = NULL;
    if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) CANNOT_WRITE("an image");
    ssize_t size = H5Fget_file_image(file, NULL, 0);
    if (size <= 0) CANNOT_WRITE("an image");
    VC_NEW(*bytes, (size_t)size);
    if (H5Fget_file_image(file, *bytes, (size_t)size) != size) CANNOT_WRITE("an image");
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
        CANNOT_READ("the image");
    *file = H5Fopen("run", H5F_ACC_RDONLY, access);
    if (*file < 0) CANNOT_READ("the image");
out:
    vci_h5_close(access);
    return st;
}

vc_status vci_h5_group_create(hid_t parent, const char *name, hid_t *group) {
    vc_status st = VC_OK;
    hid_t create = creation_list(H5P_GROUP_CREATE);
    *group = create < 0 ? -1 : H5Gcreate2(parent, name, H5P_DEFAULT, create, H5P_DEFAULT);
    if (*group < 0) CANNOT_WRITE(name);
out:
    vci_h5_close(create);
    return st;
}

vc_status vci_h5_group_open(hid_t parent, const char *name, hid_t *group) {
    vc_status st = VC_OK;
    *group = H5Gopen2(parent, name, H5P_DEFAULT);
    if (*group < 0) CANNOT_READ(name);
out:
    return st;
}

bool vci_h5_has(hid_t parent, const char *name) {
    return H5Lexists(parent, name, H5P_DEFAULT) > 0;
}

static hid_t file_type(vci_h5_type type) {
    switch (type) {
    case VCI_H5_DOUBLE:
        return H5Tcopy(H5T_IEEE_F64LE);
    case VCI_H5_FLOAT:
        return H5Tcopy(H5T_IEEE_F32LE);
    case VCI_H5_INT32:
        return H5Tcopy(H5T_STD_I32LE);
    case VCI_H5_INT64:
        return H5Tcopy(H5T_STD_I64LE);
    case VCI_H5_UINT64:
        return H5Tcopy(H5T_STD_U64LE);
    case VCI_H5_BYTE:
        return H5Tcopy(H5T_STD_U8LE);
    case VCI_H5_TEXT:
        break;
    }
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    H5Tset_cset(text, H5T_CSET_UTF8);
    return text;
}

static size_t count(const vci_h5_variable *v) {
    size_t n = 1;
    for (size_t i = 0; i < v->rank; i++) n *= v->size[i];
    return n;
}

static hid_t space_of(const vci_h5_variable *v) {
    hsize_t size[VCI_H5_RANK];
    if (v->rank == 0) return H5Screate(H5S_SCALAR);
    for (size_t i = 0; i < v->rank; i++) size[i] = v->size[i];
    return H5Screate_simple((int)v->rank, size, NULL);
}

/* Small numeric summaries are worth compressing, raw draws are not (PERFORMANCE.md 4.6). */
static void compress(const vci_h5_variable *v, hid_t create) {
    hsize_t chunk[VCI_H5_RANK];
    size_t n = count(v);
    if (v->rank < 2 || n < 1024 || n > (size_t)1 << 18 || v->type == VCI_H5_TEXT) return;
    for (size_t i = 0; i < v->rank; i++) chunk[i] = v->size[i];
    H5Pset_chunk(create, (int)v->rank, chunk);
    H5Pset_shuffle(create);
    H5Pset_deflate(create, 4);
}

static vc_status attach(hid_t group, hid_t dataset, const vci_h5_variable *v) {
    vc_status st = VC_OK;
    hid_t scale = -1;
    for (size_t i = 0; i < v->rank; i++) {
        scale = H5Dopen2(group, v->dim[i], H5P_DEFAULT);
        if (scale < 0 || H5DSattach_scale(dataset, scale, (unsigned)i) < 0)
            CANNOT_WRITE(v->dim[i]);
        H5Dclose(scale);
        scale = -1;
    }
out:
    vci_h5_close(scale);
    return st;
}

static vc_status describe(hid_t dataset, const vci_h5_variable *v) {
    vc_status st = VC_OK;
    if (v->units) VC_TRY(vci_h5_put_text(dataset, "units", v->units));
    if (v->calendar) VC_TRY(vci_h5_put_text(dataset, "calendar", v->calendar));
    if (v->en) VC_TRY(vci_h5_put_text(dataset, "long_name", v->en));
    if (v->zh) VC_TRY(vci_h5_put_text(dataset, "long_name_zh", v->zh));
out:
    return st;
}

vc_status vci_h5_write(hid_t group, const vci_h5_variable *v, const void *data) {
    vc_status st = VC_OK;
    hid_t type = file_type(v->type), space = space_of(v), dataset = -1;
    hid_t create = creation_list(H5P_DATASET_CREATE);
    if (type < 0 || space < 0 || create < 0) CANNOT_WRITE(v->name);
    compress(v, create);
    dataset = H5Dcreate2(group, v->name, type, space, H5P_DEFAULT, create, H5P_DEFAULT);
    if (dataset < 0) CANNOT_WRITE(v->name);
    if (count(v) > 0 && H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
        CANNOT_WRITE(v->name);
    if (v->scale && H5DSset_scale(dataset, v->name) < 0) CANNOT_WRITE(v->name);
    if (!v->scale) VC_TRY(attach(group, dataset, v));
    VC_TRY(describe(dataset, v));
out:
    vci_h5_close(dataset);
    vci_h5_close(create);
    vci_h5_close(space);
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_dimension(hid_t group, const char *name, size_t n) {
    vc_status st = VC_OK;
    int32_t *index = NULL;
    VC_NEW(index, n);
    for (size_t i = 0; i < n; i++) index[i] = (int32_t)i;
    vci_h5_variable v = {
        .name = name, .type = VCI_H5_INT32, .rank = 1, .size = {n}, .scale = true};
    VC_TRY(vci_h5_write(group, &v, index));
out:
    vci_free(index);
    return st;
}

/* HDF5 allocates the texts it reads; ours are copies, so that vci_free may free them. */
static vc_status take_texts(hid_t type, hid_t space, size_t n, char **texts) {
    vc_status st = VC_OK;
    char **own = NULL;
    VC_NEW(own, n);
    for (size_t i = 0; i < n; i++) {
        own[i] = vci_text_copy(texts[i] ? texts[i] : "", texts[i] ? strlen(texts[i]) : 0);
        if (!own[i]) VC_FAIL(VC_NO_MEMORY, "text");
    }
out:
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts);
    for (size_t i = 0; i < n; i++) {
        texts[i] = own ? own[i] : NULL;
        if (st != VC_OK) {
            vci_free(texts[i]);
            texts[i] = NULL;
        }
    }
    vci_free(own);
    return st;
}

/* Type class and extent as expected, data inside this file, no filter but ours. */
static bool is_as_expected(hid_t dataset, hid_t type, const vci_h5_variable *v) {
    hid_t stored = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hid_t create = H5Dget_create_plist(dataset);
    hsize_t size[H5S_MAX_RANK] = {0};
    bool fits = stored >= 0 && space >= 0 && create >= 0 && H5Tequal(stored, type) > 0 &&
                H5Sget_simple_extent_ndims(space) == (int)v->rank &&
                H5Sget_simple_extent_dims(space, size, NULL) >= 0 &&
                H5Pget_external_count(create) == 0 && H5Pget_layout(create) != H5D_VIRTUAL;
    for (size_t i = 0; fits && i < v->rank; i++) fits = size[i] == v->size[i];
    vci_h5_close(stored);
    vci_h5_close(space);
    vci_h5_close(create);
    return fits;
}

vc_status vci_h5_read(hid_t group, const vci_h5_variable *v, void *data) {
    vc_status st = VC_OK;
    hid_t type = file_type(v->type), space = space_of(v);
    hid_t dataset = vci_h5_has(group, v->name) ? H5Dopen2(group, v->name, H5P_DEFAULT) : -1;
    if (dataset < 0 || !is_as_expected(dataset, type, v)) CANNOT_READ(v->name);
    if (count(v) == 0) goto out;
    if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
        CANNOT_READ(v->name);
    if (v->type == VCI_H5_TEXT) VC_TRY(take_texts(type, space, count(v), data));
out:
    vci_h5_close(dataset);
    vci_h5_close(space);
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_length(hid_t group, const char *name, size_t *n) {
    vc_status st = VC_OK;
    hid_t space = -1;
    hid_t dataset = vci_h5_has(group, name) ? H5Dopen2(group, name, H5P_DEFAULT) : -1;
    if (dataset >= 0) space = H5Dget_space(dataset);
    hsize_t size[H5S_MAX_RANK] = {0};
    if (space < 0 || H5Sget_simple_extent_dims(space, size, NULL) < 1) CANNOT_READ(name);
    *n = (size_t)size[0];
out:
    vci_h5_close(space);
    vci_h5_close(dataset);
    return st;
}

static vc_status put_attribute(hid_t object, const char *name, hid_t type,
                               const void *value) {
    vc_status st = VC_OK;
    hid_t space = H5Screate(H5S_SCALAR), attribute = -1;
    if (space >= 0)
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0 || H5Awrite(attribute, type, value) < 0) CANNOT_WRITE(name);
out:
    vci_h5_close(attribute);
    vci_h5_close(space);
    return st;
}

/* Fixed length: netCDF tools show it as plain text. An empty text has one zero byte. */
vc_status vci_h5_put_text(hid_t object, const char *name, const char *text) {
    vc_status st = VC_OK;
    if (!text) return VC_OK;
    hid_t type = H5Tcopy(H5T_C_S1);
    size_t n = strlen(text);
    if (type < 0 || H5Tset_size(type, n ? n : 1) < 0 ||
        H5Tset_cset(type, H5T_CSET_UTF8) < 0)
        CANNOT_WRITE(name);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    VC_TRY(put_attribute(object, name, type, text));
out:
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_put_number(hid_t object, const char *name, vci_h5_type type,
                            const void *value) {
    hid_t stored = file_type(type);
    vc_status st = put_attribute(object, name, stored, value);
    vci_h5_close(stored);
    return st;
}

vc_status vci_h5_get_text(hid_t object, const char *name, char **text) {
    vc_status st = VC_OK;
    hid_t attribute = -1, type = -1;
    *text = NULL;
    if (H5Aexists(object, name) <= 0) goto out;
    attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute >= 0) type = H5Aget_type(attribute);
    if (type < 0 || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0)
        CANNOT_READ(name);
    *text = vci_alloc(H5Tget_size(type) + 1, 1);
    if (!*text) VC_FAIL(VC_NO_MEMORY, "%s", name);
    if (H5Aread(attribute, type, *text) < 0) CANNOT_READ(name);
out:
    vci_h5_close(type);
    vci_h5_close(attribute);
    return st;
}

vc_status vci_h5_get_number(hid_t object, const char *name, vci_h5_type type, void *value) {
    vc_status st = VC_OK;
    hid_t stored = file_type(type), attribute = -1, found = -1;
    if (H5Aexists(object, name) > 0) attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute >= 0) found = H5Aget_type(attribute);
    if (found < 0 || H5Tequal(found, stored) <= 0 || H5Aread(attribute, stored, value) < 0)
        CANNOT_READ(name);
out:
    vci_h5_close(found);
    vci_h5_close(attribute);
    vci_h5_close(stored);
    return st;
}
