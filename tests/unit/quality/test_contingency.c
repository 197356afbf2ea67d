/* Moments of chi-square against all tables with the same margins. */
#include "quality/contingency_internal.h"

#include <math.h>

#include "support/harness.h"

static double log_factorial(double n) { return lgamma(n + 1); }

typedef struct moments {
    double weight, mean, square;
} moments;

/* A table's probability given its margins, up to the margins' factor. */
static void take(moments *m, size_t cells, size_t rows, size_t columns, const double *t) {
    double weight = 0;
    for (size_t i = 0; i < cells; i++) weight -= log_factorial(t[i]);
    weight = exp(weight);
    vci_contingency table = vci_contingency_make(rows, columns, t);
    m->weight += weight;
    m->mean += weight * table.chi_square;
    m->square += weight * table.chi_square * table.chi_square;
}

static void check(const moments *m, const double *any, size_t rows, size_t columns) {
    vci_contingency table = vci_contingency_make(rows, columns, any);
    double mean = m->mean / m->weight;
    CHECK_CLOSE(table.mean, mean, 1e-12, 0);
    CHECK_CLOSE(table.variance, m->square / m->weight - mean * mean, 1e-11, 0);
}

START_TEST(two_rows_of_three) {
    const double column[] = {3, 4, 9}, row = 7;
    double any[6] = {0};
    moments m = {0};
    for (double a = 0; a <= column[0]; a++)
        for (double b = 0; b <= column[1]; b++) {
            double c = row - a - b;
            if (c < 0 || c > column[2]) continue;
            double t[] = {a, b, c, column[0] - a, column[1] - b, column[2] - c};
            take(&m, 6, 2, 3, t);
            for (int i = 0; i < 6; i++) any[i] = t[i];
        }
    check(&m, any, 2, 3);
}
END_TEST

START_TEST(three_rows_of_three) {
    const double row[] = {5, 4, 6}, column[] = {3, 7, 5};
    double any[9] = {0};
    moments m = {0};
    for (double a = 0; a <= 3; a++)
        for (double b = 0; b <= 5 - a; b++)
            for (double d = 0; d <= 3 - a; d++)
                for (double e = 0; e <= 4 - d; e++) {
                    double t[] = {a,
                                  b,
                                  row[0] - a - b,
                                  d,
                                  e,
                                  row[1] - d - e,
                                  column[0] - a - d,
                                  column[1] - b - e,
                                  0};
                    t[8] = row[2] - t[6] - t[7];
                    bool possible = true;
                    for (int i = 0; i < 9; i++) possible = possible && t[i] >= 0;
                    if (!possible) continue;
                    take(&m, 9, 3, 3, t);
                    for (int i = 0; i < 9; i++) any[i] = t[i];
                }
    check(&m, any, 3, 3);
}
END_TEST

/* By hand: 2 x 2 with rows 10, 10 and columns 10, 10; all expected 5. */
START_TEST(pearsons_statistic) {
    const double t[] = {7, 3, 3, 7}, empty[] = {7, 0, 3, 3, 0, 7};
    CHECK_CLOSE(vci_contingency_make(2, 2, t).chi_square, 4 * 4. / 5, 1e-14, 0);
    CHECK_CLOSE(vci_contingency_make(2, 3, empty).chi_square, 4 * 4. / 5, 1e-14, 0);
}
END_TEST

START_TEST(tables_that_say_nothing) {
    const double row[] = {5, 6, 7}, few[] = {1, 0, 1, 1};
    CHECK_CLOSE(vci_contingency_make(1, 3, row).mean, 0, 0, 0);
    CHECK_CLOSE(vci_contingency_make(2, 2, few).mean, 0, 0, 0);
}
END_TEST

/* The median is at a probability of one half, whatever the inflation. */
START_TEST(quantiles_and_tail_agree) {
    vci_contingency table = {.mean = 88, .variance = 160};
    for (double inflation = 1; inflation < 3; inflation += 0.7) {
        table.chi_square = table.mean * vci_contingency_quantile(&table, inflation, 0.31);
        CHECK_CLOSE(vci_contingency_lower(&table, inflation), 0.31, 1e-9, 0);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(two_rows_of_three), VCT(three_rows_of_three),
                                     VCT(pearsons_statistic), VCT(tables_that_say_nothing),
                                     VCT(quantiles_and_tail_agree)};
    return vct_run("quality/contingency", tests, VCT_COUNT(tests));
}
