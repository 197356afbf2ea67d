/* Attributes: one text or one number each. */
#include <string.h>

#include "core/memory_internal.h"
#include "store/h5_internal.h"

static vc_status put_attribute(hid_t object, const char *name, hid_t type,
                               const void *value) {
    vc_status st = VC_OK;
    hid_t space = H5Screate(H5S_SCALAR), attribute = -1;
    if (space >= 0)
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0 || H5Awrite(attribute, type, value) < 0) VCI_H5_FAIL(VC_BUG, name);
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
        VCI_H5_FAIL(VC_BUG, name);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    VC_TRY(put_attribute(object, name, type, text));
out:
    vci_h5_close(type);
    return st;
}

vc_status vci_h5_put_number(hid_t object, const char *name, vci_h5_type type,
                            const void *value) {
    hid_t stored = vci_h5_type_in_file(type);
    vc_status st = put_attribute(object, name, stored, value);
    vci_h5_close(stored);
    return st;
}

/* Opens an attribute that holds exactly one value; negative if there is none. */
static hid_t open_single(hid_t object, const char *name) {
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    hid_t space = attribute >= 0 ? H5Aget_space(attribute) : -1;
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    vci_h5_close(space);
    if (single) return attribute;
    vci_h5_close(attribute);
    return -1;
}

vc_status vci_h5_get_text(hid_t object, const char *name, char **text) {
    vc_status st = VC_OK;
    hid_t attribute = -1, type = -1;
    *text = NULL;
    if (H5Aexists(object, name) == 0) goto out;
    attribute = open_single(object, name);
    if (attribute >= 0) type = H5Aget_type(attribute);
    if (type < 0 || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0 ||
        H5Aget_storage_size(attribute) != H5Tget_size(type))
        VC_FAIL(VC_STORE_DAMAGED, "attribute %s is not there as expected", name);
    *text = vci_alloc(H5Tget_size(type) + 1, 1);
    if (!*text) VC_FAIL(VC_NO_MEMORY, "%s", name);
    if (H5Aread(attribute, type, *text) < 0) VCI_H5_FAIL(VC_STORE_DAMAGED, name);
out:
    vci_h5_close(type);
    vci_h5_close(attribute);
    return st;
}

vc_status vci_h5_get_number(hid_t object, const char *name, vci_h5_type type, void *value) {
    vc_status st = VC_OK;
    hid_t stored = vci_h5_type_in_file(type), attribute = open_single(object, name);
    hid_t found = attribute >= 0 ? H5Aget_type(attribute) : -1;
    if (found < 0 || H5Tequal(found, stored) <= 0)
        VC_FAIL(VC_STORE_DAMAGED, "attribute %s is not there as expected", name);
    if (H5Aread(attribute, stored, value) < 0) VCI_H5_FAIL(VC_STORE_DAMAGED, name);
out:
    vci_h5_close(found);
    vci_h5_close(attribute);
    vci_h5_close(stored);
    return st;
}
