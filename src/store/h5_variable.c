/* Variables: written with their dimensions attached, read with suspicion. */
#include <hdf5_hl.h>
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "store/h5_internal.h"

hid_t vci_h5_type_in_file(vci_h5_type type) {
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

size_t vci_h5_count(const vci_h5_variable *v) {
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
    size_t n = vci_h5_count(v);
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
            VCI_H5_FAIL(VC_BUG, v->dim[i]);
        H5Dclose(scale);
        scale = -1;
    }
out:
    vci_h5_close(scale);
    return st;
}

static vc_status describe(hid_t dataset, const vci_h5_variable *v) {
    vc_status st = VC_OK;
    const double missing = (double)NAN;
    const float missing_float = NAN;
    if (v->units) VC_TRY(vci_h5_put_text(dataset, "units", v->units));
    if (v->calendar) VC_TRY(vci_h5_put_text(dataset, "calendar", v->calendar));
    if (v->en) VC_TRY(vci_h5_put_text(dataset, "long_name", v->en));
    if (v->zh) VC_TRY(vci_h5_put_text(dataset, "long_name_zh", v->zh));
    if (v->type == VCI_H5_DOUBLE && !v->scale)
        VC_TRY(vci_h5_put_number(dataset, "_FillValue", v->type, &missing));
    if (v->type == VCI_H5_FLOAT)
        VC_TRY(vci_h5_put_number(dataset, "_FillValue", v->type, &missing_float));
out:
    return st;
}

vc_status vci_h5_write(hid_t group, const vci_h5_variable *v, const void *data) {
    vc_status st = VC_OK;
    hid_t type = vci_h5_type_in_file(v->type), space = space_of(v), dataset = -1;
    hid_t create = vci_h5_creation(H5P_DATASET_CREATE);
    if (type < 0 || space < 0 || create < 0) VCI_H5_FAIL(VC_BUG, v->name);
    compress(v, create);
    dataset = H5Dcreate2(group, v->name, type, space, H5P_DEFAULT, create, H5P_DEFAULT);
    if (dataset < 0) VCI_H5_FAIL(VC_BUG, v->name);
    if (vci_h5_count(v) > 0 &&
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
        VCI_H5_FAIL(VC_BUG, v->name);
    if (v->scale && H5DSset_scale(dataset, v->name) < 0) VCI_H5_FAIL(VC_BUG, v->name);
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

/* Shuffle and deflate only: a filter of another kind could be a program of its own. */
static bool has_our_filters(hid_t create) {
    int n = H5Pget_nfilters(create);
    bool ours = n >= 0;
    for (int i = 0; ours && i < n; i++) {
        unsigned flags, config;
        size_t n_values = 0;
        H5Z_filter_t id =
            H5Pget_filter2(create, (unsigned)i, &flags, &n_values, NULL, 0, NULL, &config);
        ours = id == H5Z_FILTER_SHUFFLE || id == H5Z_FILTER_DEFLATE;
    }
    return ours;
}

/* More than deflate can make of the stored bytes is a declaration without data. */
static bool is_backed(hid_t dataset, hid_t type, hid_t space) {
    hssize_t n = H5Sget_simple_extent_npoints(space);
    size_t size = H5Tget_size(type);
    hsize_t stored = H5Dget_storage_size(dataset);
    return n >= 0 && size > 0 && (hsize_t)n <= stored * 1100 / size;
}

/* Opens a variable whose data lie in this file and pass through no filter but ours. */
static hid_t open_sound(hid_t group, const char *name) {
    hid_t dataset = vci_h5_is_here(group, name) ? H5Dopen2(group, name, H5P_DEFAULT) : -1;
    if (dataset < 0) return -1;
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hid_t create = H5Dget_create_plist(dataset);
    bool sound = type >= 0 && space >= 0 && create >= 0 &&
                 H5Pget_external_count(create) == 0 &&
                 H5Pget_layout(create) != H5D_VIRTUAL && has_our_filters(create) &&
                 is_backed(dataset, type, space);
    vci_h5_close(create);
    vci_h5_close(space);
    vci_h5_close(type);
    if (sound) return dataset;
    H5Dclose(dataset);
    return -1;
}

static bool is_as_expected(hid_t dataset, hid_t type, const vci_h5_variable *v) {
    hid_t stored = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hsize_t size[H5S_MAX_RANK] = {0};
    bool fits = stored >= 0 && space >= 0 && H5Tequal(stored, type) > 0 &&
                H5Sget_simple_extent_ndims(space) == (int)v->rank &&
                H5Sget_simple_extent_dims(space, size, NULL) >= 0;
    for (size_t i = 0; fits && i < v->rank; i++) fits = size[i] == v->size[i];
    vci_h5_close(stored);
    vci_h5_close(space);
    return fits;
}

static vc_status open_expected(hid_t group, const vci_h5_variable *v, hid_t *dataset) {
    vc_status st = VC_OK;
    hid_t type = vci_h5_type_in_file(v->type);
    *dataset = open_sound(group, v->name);
    if (*dataset < 0 || !is_as_expected(*dataset, type, v))
        VC_FAIL(VC_STORE_DAMAGED, "%s is not there as expected", v->name);
out:
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_expect(hid_t group, const vci_h5_variable *v) {
    hid_t dataset = -1;
    vc_status st = open_expected(group, v, &dataset);
    vci_h5_close(dataset);
    return st;
}

vc_status vci_h5_read(hid_t group, const vci_h5_variable *v, void *data) {
    vc_status st = VC_OK;
    hid_t type = vci_h5_type_in_file(v->type), space = space_of(v), dataset = -1;
    size_t n = vci_h5_count(v);
    VC_TRY(open_expected(group, v, &dataset));
    if (n == 0) goto out;
    if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
        VCI_H5_FAIL(VC_STORE_DAMAGED, v->name);
    if (v->type == VCI_H5_TEXT) VC_TRY(take_texts(type, space, n, data));
out:
    vci_h5_close(dataset);
    vci_h5_close(space);
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_length(hid_t group, const char *name, size_t *n) {
    vc_status st = VC_OK;
    hid_t dataset = open_sound(group, name), space = -1;
    hsize_t size[H5S_MAX_RANK] = {0};
    if (dataset >= 0) space = H5Dget_space(dataset);
    if (space < 0 || H5Sget_simple_extent_dims(space, size, NULL) < 1)
        VC_FAIL(VC_STORE_DAMAGED, "%s is not there as expected", name);
    *n = (size_t)size[0];
out:
    vci_h5_close(space);
    vci_h5_close(dataset);
    return st;
}
