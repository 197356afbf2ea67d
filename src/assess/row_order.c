#include "assess/row_order_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/status_internal.h"

typedef struct row {
    vc_period year_end, length;
    size_t indicator, unit, result;
} row;

static int by_place(const void *a, const void *b) {
    const row *x = a, *y = b;
    if (x->year_end != y->year_end) return x->year_end < y->year_end ? -1 : 1;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    if (x->indicator != y->indicator) return x->indicator < y->indicator ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->result > y->result) - (x->result < y->result);
}

/* First target with the same indicator: what stands together. */
static size_t first_place(const vc_targets *targets, size_t target) {
    for (size_t i = 0; i < target; i++)
        if (strcmp(targets->list[i].indicator, targets->list[target].indicator) == 0)
            return i;
    return target;
}

vc_status vci_row_order(const vc_run *run, size_t n, size_t *results) {
    vc_status st = VC_OK;
    row *rows = NULL;
    VC_NEW(rows, n);
    for (size_t i = 0; i < n; i++) {
        const vc_result *result = &run->results[results[i]];
        const vc_target *target = &run->targets.list[result->target];
        rows[i] =
            (row){target->year_end, target->length,
                  first_place(&run->targets, result->target), result->unit, results[i]};
    }
    qsort(rows, n, sizeof *rows, by_place);
    for (size_t i = 0; i < n; i++) results[i] = rows[i].result;
out:
    vci_free(rows);
    return st;
}
