/* Columns of services and records: what is due, what is done, and the rate of the two. */
#ifndef VCI_SERVICE_INTERNAL_H
#define VCI_SERVICE_INTERNAL_H

#include "office/layout_internal.h"

typedef enum vci_share {
    VCI_SHARE_NONE,
    VCI_SHARE_DUE,  /* 应录入数, 任务数 */
    VCI_SHARE_DONE, /* 已录入数, 完成数 */
    VCI_SHARE_RATE, /* 录入率 */
    VCI_SHARE_TWIN  /* 本月完成数 beside the sum since the year began */
} vci_share;

/* The part that a column has in an indicator of progress.csv. */
typedef struct vci_service {
    vci_share share;
    vci_kind kind;   /* VCI_KIND_NONE: the words do not tell */
    char *stem;      /* what both columns name: 身份证号录入; owned */
    char *indicator; /* NULL: they name nothing; owned */
} vci_service;

/*
 * Finds what is due and what is done by pairs of headers that name the same thing; a column
 * without a partner has no part in anything. services: [layout->n_columns], free with
 * vci_services_free.
 */
vc_status vci_services_find(const vci_layout *layout, vci_service **services);
void vci_services_free(size_t n, vci_service *services);

#endif
