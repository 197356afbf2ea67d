/*
 * Writes the synthetic workspace datasets/example-county: units.csv, monthly.csv,
 * progress.csv. make_example_county DIR
 *
 * Nothing in it is real. One county, 13 townships in two classes, 104 villages, 2008-01 to
 * 2013-07. Births and deaths of a village and month are Poisson with the rates below; a
 * birth is a boy with the township's share. Afterwards a few counts are moved by fixed
 * rules, so that the county stands on 2013-07 exactly where the text of README.md says:
 *
 *   sex ratio of 2013-01..07    125.5         settle_sex_ratio
 *   check-ups below 80 % quota  2 townships   checkup_share
 *   identity numbers entered    84.71 %, lowest township 73.15 %   settle_shares
 *   duplicate records           0.86 %                             settle_shares
 *
 * The random numbers are ours (splitmix64, Steele, Lea and Flood 2014): the same seed gives
 * the same files.
 */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED 20130731u
#define COUNTY "990101"
#define FIRST_YEAR 2008
#define MONTHS 67        /* 2008-01 .. 2013-07 */
#define THIS_YEAR 60     /* index of 2013-01 */
#define PROGRESS_FROM 48 /* index of 2012-01 */

enum { TOWNS = 13, VILLAGES = 8 };

typedef struct town {
    const char *stem, *kind;
    int class_number;
    double birth_rate, death_rate; /* per 1000 and year, in 2008 */
    double boys;                   /* share of boys among births before 2013 */
    double checked;                /* check-ups to 2013-07, percent of the year's quota */
    double entered;                /* identity numbers on 2013-07, percent of records */
} town;

static const town towns[TOWNS] = {
    {"松河", "镇", 1, 12.1, 6.0, 0.541, 91.4, 88.3},
    {"柳湾", "镇", 1, 12.6, 5.9, 0.538, 88.2, 86.9},
    {"石桥", "镇", 1, 13.0, 6.2, 0.545, 93.7, 90.1},
    {"白杨", "镇", 1, 12.8, 6.1, 0.549, 76.4, 83.5},
    {"南塘", "镇", 1, 11.9, 5.8, 0.536, 86.0, 87.2},
    {"北坪", "乡", 2, 13.4, 6.4, 0.547, 84.8, 82.6},
    {"清溪", "乡", 2, 13.1, 6.5, 0.543, 89.5, 85.4},
    {"竹园", "乡", 2, 12.4, 6.3, 0.540, 90.3, 84.0},
    {"望山", "乡", 2, 13.8, 6.7, 0.552, 82.1, 73.15},
    {"青石", "乡", 2, 13.6, 6.6, 0.548, 85.7, 81.8},
    {"长岭", "乡", 2, 13.2, 6.4, 0.544, 78.9, 80.7},
    {"沙湖", "镇", 1, 12.2, 6.0, 0.537, 92.6, 89.0},
    {"三里", "乡", 2, 12.9, 6.2, 0.542, 87.3, 85.1},
};
enum { LOWEST_ENTRY = 8 }; /* 望山乡 */

/* Births by calendar month, relative to an even year; adds to 12. */
static const double season[12] = {1.02, 0.93, 0.94, 0.93, 0.95, 0.94,
                                  0.97, 1.01, 1.06, 1.12, 1.08, 1.05};
#define BIRTH_TREND (-0.006)   /* change of the log birth rate per year */
#define NET_MIGRATION (-0.001) /* of the population per year */

typedef struct village {
    int town;
    int births_male[MONTHS], births_female[MONTHS], deaths[MONTHS], population[MONTHS];
} village;

static uint64_t next_bits(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform in (0, 1). */
static double next_uniform(uint64_t *state) {
    return ((double)(next_bits(state) >> 12) + 0.5) * 0x1p-52;
}

/* Poisson by multiplication; means here are below 10. */
static int next_poisson(uint64_t *state, double mean) {
    double limit = exp(-mean), product = next_uniform(state);
    int n = 0;
    while (product > limit) {
        product *= next_uniform(state);
        n++;
    }
    return n;
}

static int next_binomial(uint64_t *state, int n, double p) {
    int k = 0;
    for (int i = 0; i < n; i++) k += next_uniform(state) < p;
    return k;
}

static void simulate_village(village *v, uint64_t *state) {
    const town *t = &towns[v->town];
    double population = floor(700 + 1700 * next_uniform(state));
    for (int m = 0; m < MONTHS; m++) {
        double births =
            population * t->birth_rate / 12000 * season[m % 12] * exp(BIRTH_TREND * m / 12);
        int born = next_poisson(state, births);
        v->births_male[m] = next_binomial(state, born, t->boys);
        v->births_female[m] = born - v->births_male[m];
        v->deaths[m] = next_poisson(state, population * t->death_rate / 12000);
        int moved = next_poisson(state, 2) -
                    next_poisson(state, 2 - NET_MIGRATION * population / 12);
        population += born - v->deaths[m] + moved;
        v->population[m] = (int)population;
    }
}

/*
 * Makes the county's sex ratio of 2013-01..07 125.5 to one decimal: finds the fewest extra
 * births with which a whole number of boys gives it, adds them to the first villages in
 * July, then turns girls into boys (or back), in villages and months by turns.
 */
static void settle_sex_ratio(village villages[], size_t n) {
    int males = 0, females = 0;
    for (size_t i = 0; i < n; i++)
        for (int m = THIS_YEAR; m < MONTHS; m++) {
            males += villages[i].births_male[m];
            females += villages[i].births_female[m];
        }
    int wanted = 0;
    for (size_t extra = 0; wanted == 0; extra++) {
        if (extra > 0) {
            villages[extra - 1].births_female[MONTHS - 1]++;
            females++;
        }
        int births = males + females;
        int boys = (int)lround(births * 125.5 / 225.5);
        if (lround(1000.0 * boys / (births - boys)) == 1255) wanted = boys;
    }
    for (size_t k = 0; males != wanted; k++) {
        village *v = &villages[k * 37 % n];
        size_t m = THIS_YEAR + k % (MONTHS - THIS_YEAR);
        int step = males < wanted ? 1 : -1;
        if ((step > 0 ? v->births_female[m] : v->births_male[m]) == 0) continue;
        v->births_male[m] += step;
        v->births_female[m] -= step;
        males += step;
    }
}

/* Numerator and denominator of a township's indicator, by month from PROGRESS_FROM on. */
typedef struct share {
    int numerator[TOWNS][MONTHS], denominator[TOWNS][MONTHS];
} share;

static int town_population(const village villages[], int t, int month) {
    int sum = 0;
    for (int i = 0; i < VILLAGES; i++) sum += villages[t * VILLAGES + i].population[month];
    return sum;
}

/*
 * Check-ups: the year's quota is a tenth of the population at its beginning; done is
 * cumulated from January. 2012 ended at 96 to 99 %; by 2013-07 the share is the table's.
 */
static void checkup_share(const village villages[], share *s) {
    for (int t = 0; t < TOWNS; t++)
        for (int m = PROGRESS_FROM; m < MONTHS; m++) {
            int january = m / 12 * 12;
            int quota = town_population(villages, t, january) / 10;
            double done = m < THIS_YEAR
                              ? (96 + t % 4) * (1 - pow(1 - (m % 12 + 1) / 12.0, 2))
                              : towns[t].checked * (m % 12 + 1) / 7.0;
            s->denominator[t][m] = quota;
            s->numerator[t][m] = (int)lround(quota * done / 100);
        }
}

/*
 * Moves the last month's numerators, one township after the other by one, until the
 * county's share is as near to `percent` as whole numbers allow; the township `but` keeps
 * its own.
 */
static void settle_shares(share *s, double percent, int but) {
    int m = MONTHS - 1, numerator = 0, denominator = 0;
    for (int t = 0; t < TOWNS; t++) {
        numerator += s->numerator[t][m];
        denominator += s->denominator[t][m];
    }
    int wanted = (int)lround(denominator * percent / 100);
    for (int t = 0; numerator != wanted; t = (t + 1) % TOWNS) {
        if (t == but) continue;
        int step = numerator < wanted ? 1 : -1;
        s->numerator[t][m] += step;
        numerator += step;
    }
}

/* Identity numbers entered, of all records; 0.3 to 0.7 points better each month. */
static void entry_share(const village villages[], share *s) {
    for (int t = 0; t < TOWNS; t++)
        for (int m = PROGRESS_FROM; m < MONTHS; m++) {
            int records = town_population(villages, t, m);
            double percent =
                towns[t].entered - (0.3 + 0.05 * (t * 4 % 9)) * (MONTHS - 1 - m);
            s->denominator[t][m] = records;
            s->numerator[t][m] = (int)lround(records * percent / 100);
        }
    settle_shares(s, 84.71, LOWEST_ENTRY);
}

/* Duplicate records, of all records; 0.03 to 0.07 points fewer each month. */
static void duplicate_share(const village villages[], share *s) {
    for (int t = 0; t < TOWNS; t++)
        for (int m = PROGRESS_FROM; m < MONTHS; m++) {
            int records = town_population(villages, t, m);
            double percent =
                0.62 + 0.08 * (t * 5 % 7) + (0.03 + 0.01 * (t * 3 % 5)) * (MONTHS - 1 - m);
            s->denominator[t][m] = records;
            s->numerator[t][m] = (int)lround(records * percent / 100);
        }
    settle_shares(s, 0.86, -1);
}

static FILE *open_table(const char *dir, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    if (!file) fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return file;
}

/* True if all that was written has reached the file. */
static bool close_table(FILE *file) {
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}

static bool write_units(const char *dir) {
    static const char *const numerals[VILLAGES] = {"一", "二", "三", "四",
                                                   "五", "六", "七", "八"};
    FILE *f = open_table(dir, "units.csv");
    if (!f) return false;
    fprintf(f, "code,name,parent,class\n" COUNTY ",示例县,,\n");
    for (int t = 0; t < TOWNS; t++) {
        fprintf(f, COUNTY "%03d,%s%s," COUNTY ",%s\n", t + 1, towns[t].stem, towns[t].kind,
                towns[t].class_number == 1 ? "一类" : "二类");
        for (int i = 0; i < VILLAGES; i++)
            fprintf(f, COUNTY "%03d%03d,%s%s村," COUNTY "%03d,\n", t + 1, 200 + i,
                    towns[t].stem, numerals[i], t + 1);
    }
    return close_table(f);
}

static bool write_monthly(const char *dir, const village villages[], int n) {
    FILE *f = open_table(dir, "monthly.csv");
    if (!f) return false;
    fprintf(f, "unit,month,births_male,births_female,deaths,population\n");
    for (int m = 0; m < MONTHS; m++)
        for (int i = 0; i < n; i++) {
            const village *v = &villages[i];
            fprintf(f, COUNTY "%03d%03d,%d-%02d,%d,%d,%d,%d\n", v->town + 1,
                    200 + i % VILLAGES, FIRST_YEAR + m / 12, m % 12 + 1, v->births_male[m],
                    v->births_female[m], v->deaths[m], v->population[m]);
        }
    return close_table(f);
}

static void write_share(FILE *f, const share *s, const char *indicator, const char *kind,
                        const char *cumulative, const char *department) {
    for (int m = PROGRESS_FROM; m < MONTHS; m++)
        for (int t = 0; t < TOWNS; t++)
            fprintf(f, COUNTY "%03d,%d-%02d,%s,%s,%d,%d,%s,%s,%s\n", t + 1,
                    FIRST_YEAR + m / 12, m % 12 + 1, indicator, kind, s->numerator[t][m],
                    s->denominator[t][m], cumulative,
                    m < THIS_YEAR ? "final" : "provisional", department);
}

static bool write_progress(const char *dir, const village villages[]) {
    FILE *f = open_table(dir, "progress.csv");
    if (!f) return false;
    share s;
    fprintf(
        f,
        "unit,month,indicator,kind,numerator,denominator,cumulative,status,department\n");
    checkup_share(villages, &s);
    write_share(f, &s, "孕检完成率", "quota", "yes", "服务站");
    entry_share(villages, &s);
    write_share(f, &s, "身份证号录入率", "stock", "no", "信息科");
    duplicate_share(villages, &s);
    write_share(f, &s, "重复率", "stock", "no", "信息科");
    return close_table(f);
}

int main(int argc, char **argv) {
    enum { N = TOWNS * VILLAGES };
    if (argc != 2) {
        fprintf(stderr, "usage: make_example_county DIR\n");
        return 64;
    }
    village *villages = calloc(N, sizeof *villages);
    if (!villages) return 4;
    uint64_t state = SEED;
    for (int i = 0; i < N; i++) {
        villages[i].town = i / VILLAGES;
        simulate_village(&villages[i], &state);
    }
    settle_sex_ratio(villages, N);
    bool good = write_units(argv[1]) && write_monthly(argv[1], villages, N) &&
                write_progress(argv[1], villages);
    free(villages);
    return good ? 0 : 4;
}
