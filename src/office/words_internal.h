/* What the headers of office tables mean. */
#ifndef VCI_WORDS_INTERNAL_H
#define VCI_WORDS_INTERNAL_H

#include "core/status_internal.h"
#include "office/when_internal.h"

/*
 * What a column is read to: X(constant, word of import.yaml, Chinese header). Those from
 * VCI_TO_BIRTHS_MALE to VCI_TO_POPULATION are columns of monthly.csv, in its order.
 */
#define VCI_TO_LIST(X)                                                                     \
    X(VCI_TO_IGNORE, "ignore", "")                                                         \
    X(VCI_TO_UNIT, "unit", "单位代码")                                                     \
    X(VCI_TO_NAME, "name", "单位名称")                                                     \
    X(VCI_TO_PARENT, "parent", "上级")                                                     \
    X(VCI_TO_MONTH, "month", "月份")                                                       \
    X(VCI_TO_QUARTER, "quarter", "季度")                                                   \
    X(VCI_TO_BASIS, "basis", "口径")                                                       \
    X(VCI_TO_BIRTHS_MALE, "births_male", "出生男婴")                                       \
    X(VCI_TO_BIRTHS_FEMALE, "births_female", "出生女婴")                                   \
    X(VCI_TO_BIRTHS, "births", "出生人数")                                                 \
    X(VCI_TO_BIRTHS_COMPLIANT, "births_compliant", "符合政策出生人数")                     \
    X(VCI_TO_DEATHS, "deaths", "死亡人数")                                                 \
    X(VCI_TO_DEATHS_MALE, "deaths_male", "男性死亡人数")                                   \
    X(VCI_TO_DEATHS_FEMALE, "deaths_female", "女性死亡人数")                               \
    X(VCI_TO_ARRIVALS, "arrivals", "迁入人数")                                             \
    X(VCI_TO_DEPARTURES, "departures", "迁出人数")                                         \
    X(VCI_TO_POPULATION, "population", "期末人口数")                                       \
    X(VCI_TO_VALUE, "value", "")                                                           \
    X(VCI_TO_NUMERATOR, "numerator", "")                                                   \
    X(VCI_TO_DENOMINATOR, "denominator", "")                                               \
    X(VCI_TO_UNKNOWN, "?", "")

typedef enum vci_to {
#define X(constant, word, chinese) constant,
    VCI_TO_LIST(X)
#undef X
        VCI_TOS
} vci_to;

extern const char *const vci_to_words[VCI_TOS];

/* VCI_TOS if there is no such word. */
vci_to vci_to_find(const char *word);

/* Is it a column of monthly.csv? And is it a count of what happened in a time? */
bool vci_to_is_monthly(vci_to to);
bool vci_to_is_event(vci_to to);
/* Is it a part of an indicator of progress.csv? Is it any figure at all? */
bool vci_to_is_progress(vci_to to);
bool vci_to_is_figure(vci_to to);
/* Is it a time: a column of months or of quarters? */
bool vci_to_is_time(vci_to to);

/* Kinds of indicators of progress.csv. */
typedef enum vci_kind {
    VCI_KIND_NONE,
    VCI_KIND_QUOTA,
    VCI_KIND_STOCK,
    VCI_KIND_SURVEY
} vci_kind;

/* "", "quota", "stock", "survey". */
extern const char *const vci_kind_words[4];

typedef enum vci_basis {
    VCI_BASIS_NONE,
    VCI_BASIS_REGISTERED,
    VCI_BASIS_RESIDENT
} vci_basis;

/* "", "registered", "resident". */
extern const char *const vci_basis_words[3];

typedef struct vci_meaning {
    vci_to to; /* VCI_TO_UNKNOWN: nothing that is known here */
    vci_basis basis;
    vci_when when;
    bool cumulative;   /* 累计 */
    bool this_period;  /* 本期, 本月, 本季: without what was before */
    bool this_month;   /* 本月 */
    bool this_quarter; /* 本季 */
    bool percent;      /* the unit of measure is % */
    bool formed;       /* a rate or ratio that is formed of counts */
    double times;      /* 1, or 1000, 10000 where figures are in 千人, 万人 */
} vci_meaning;

/* The meaning of a normalised header text, of all its levels one after the other. */
vci_meaning vci_meaning_read(const char *plain);

vci_basis vci_basis_find(const char *plain);
bool vci_cumulative_find(const char *plain);

/* Does a normalised text begin a footer or a line about the table (注, 填报人, 单位：)? */
bool vci_words_note(const char *plain);
/* A row of totals, by its normalised label (合计, 东镇小计)? */
bool vci_words_total(const char *plain);

/* What the label of a total says that it stands for. */
typedef enum vci_total {
    VCI_TOTAL_NONE, /* no total, or its label says something else beside (合计（户籍）) */
    VCI_TOTAL_PART,  /* 其中: a part of the row before */
    VCI_TOTAL_GROUP, /* 小计, 东镇小计 */
    VCI_TOTAL_NAMED, /* 东镇合计: a group, or all */
    VCI_TOTAL_ALL,   /* 合计 */
    VCI_TOTAL_GRAND  /* 总计, 全县合计: all, beside further 合计 */
} vci_total;

/* *n_name: bytes of the name before the word. */
vci_total vci_words_total_of(const char *plain, size_t *n_name);

/* How many of the words of headers stand in a text. */
size_t vci_words_count(const char *text, size_t n);

#endif
