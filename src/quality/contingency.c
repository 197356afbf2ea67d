#include "quality/contingency_internal.h"

#include <gsl/gsl_cdf.h>

/* Margins: how many are above 0, and the sum of 1 / margin over them. */
typedef struct margin {
    double n, inverse;
} margin;

static double line_sum(size_t n, size_t step, const double *count) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += count[i * step];
    return sum;
}

static void count_margin(margin *m, double sum) {
    if (!(sum > 0)) return;
    m->n++;
    m->inverse += 1 / sum;
}

/* The two factors that a side of the table has in the variance. */
static void side(const margin *m, double total, double *v, double *w) {
    *v = (m->n - 1) * (total - m->n) / (total - 1);
    *w = (total * m->inverse - m->n * m->n) / (total - 2);
}

vci_contingency vci_contingency_make(size_t rows, size_t columns, const double *counts) {
    vci_contingency table = {0};
    margin by_row = {0}, by_column = {0};
    double total = line_sum(rows * columns, 1, counts), share = 0, v[2], w[2];
    for (size_t i = 0; i < rows; i++)
        count_margin(&by_row, line_sum(columns, 1, counts + i * columns));
    for (size_t j = 0; j < columns; j++)
        count_margin(&by_column, line_sum(rows, columns, counts + j));
    if (by_row.n < 2 || by_column.n < 2 || total < 4) return table;
    for (size_t i = 0; i < rows; i++) {
        double row = line_sum(columns, 1, counts + i * columns);
        for (size_t j = 0; j < columns && row > 0; j++) {
            double x = counts[i * columns + j];
            if (x > 0) share += x * x / (row * line_sum(rows, columns, counts + j));
        }
    }
    side(&by_row, total, &v[0], &w[0]);
    side(&by_column, total, &v[1], &w[1]);
    table.chi_square = total * (share - 1);
    table.mean = (by_row.n - 1) * (by_column.n - 1) * total / (total - 1);
    table.variance = 2 * total / (total - 3) * (v[0] - w[0]) * (v[1] - w[1]) +
                     total * total / (total - 1) * w[0] * w[1];
    return table;
}

void vci_contingency_add(vci_contingency *sum, const vci_contingency *more) {
    sum->chi_square += more->chi_square;
    sum->mean += more->mean;
    sum->variance += more->variance;
}

double vci_contingency_lower(const vci_contingency *table, double inflation) {
    return gsl_cdf_gamma_P(table->chi_square / inflation,
                           table->mean * table->mean / table->variance,
                           table->variance / table->mean);
}

double vci_contingency_quantile(const vci_contingency *table, double inflation,
                                double level) {
    double shape = table->mean * table->mean / table->variance;
    return inflation * gsl_cdf_gamma_Pinv(level, shape, 1 / shape);
}
