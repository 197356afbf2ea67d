#include "office/words_internal.h"

#include <string.h>

const char *const vci_to_words[VCI_TOS] = {
#define X(constant, word, chinese) word,
    VCI_TO_LIST(X)
#undef X
};

static const char *const to_chinese[VCI_TOS] = {
#define X(constant, word, chinese) chinese,
    VCI_TO_LIST(X)
#undef X
};

const char *const vci_basis_words[3] = {"", "registered", "resident"};

const char *const vci_kind_words[4] = {"", "quota", "stock", "survey"};

vci_to vci_to_find(const char *word) {
    size_t i = 0;
    while (i < VCI_TOS && strcmp(vci_to_words[i], word) != 0) i++;
    return (vci_to)i;
}

bool vci_to_is_monthly(vci_to to) {
    return to >= VCI_TO_BIRTHS_MALE && to <= VCI_TO_POPULATION;
}

bool vci_to_is_event(vci_to to) { return vci_to_is_monthly(to) && to != VCI_TO_POPULATION; }

bool vci_to_is_progress(vci_to to) {
    return to == VCI_TO_NUMERATOR || to == VCI_TO_DENOMINATOR;
}

bool vci_to_is_figure(vci_to to) {
    return vci_to_is_monthly(to) || to == VCI_TO_VALUE || vci_to_is_progress(to);
}

bool vci_to_is_time(vci_to to) { return to == VCI_TO_MONTH || to == VCI_TO_QUARTER; }

/* Lists end with NULL. */
static bool holds(const char *plain, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        if (strstr(plain, words[i])) return true;
    return false;
}

static bool is_one(const char *plain, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        if (strcmp(plain, words[i]) == 0) return true;
    return false;
}

static bool begins(const char *plain, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        if (strncmp(plain, words[i], strlen(words[i])) == 0) return true;
    return false;
}

static bool ends(const char *plain, const char *const *words) {
    size_t n = strlen(plain);
    for (size_t i = 0; words[i]; i++) {
        size_t length = strlen(words[i]);
        if (n >= length && strcmp(plain + n - length, words[i]) == 0) return true;
    }
    return false;
}

vci_basis vci_basis_find(const char *plain) {
    static const char *const registered[] = {"户籍", "戶籍", "registered", NULL};
    static const char *const resident[] = {"常住", "resident", NULL};
    bool a = holds(plain, registered), b = holds(plain, resident);
    if (a == b) return VCI_BASIS_NONE;
    return a ? VCI_BASIS_REGISTERED : VCI_BASIS_RESIDENT;
}

bool vci_cumulative_find(const char *plain) {
    static const char *const words[] = {"累计", "累計", "cumulative", NULL};
    return holds(plain, words);
}

bool vci_words_note(const char *plain) {
    static const char *const words[] = {
        "注:",      "注1",      "附注",     "备注:",    "说明:",      "填报",
        "填表",     "制表",     "审核",     "负责人",   "单位负责人", "统计负责人",
        "联系电话", "报出日期", "数据来源", "资料来源", "单位:",      "计量单位",
        "note:",    "source:",  NULL};
    return begins(plain, words);
}

bool vci_words_total(const char *plain) {
    static const char *const words[] = {"全县", "全市", "全区",  "全省",     "全镇", "全乡",
                                        "总数", "共计", "total", "subtotal", "sum",  NULL};
    static const char *const tails[] = {"合计", "合計", "小计", "小計",
                                        "总计", "總計", NULL};
    static const char *const heads[] = {"其中", "ofwhich", "合计", "小计", "总计", NULL};
    return is_one(plain, words) || ends(plain, tails) || begins(plain, heads);
}

vci_total vci_words_total_of(const char *plain, size_t *n_name) {
    static const struct {
        const char *text;
        vci_total alone, named;
    } words[] = {{"小计", VCI_TOTAL_GROUP, VCI_TOTAL_GROUP},
                 {"小計", VCI_TOTAL_GROUP, VCI_TOTAL_GROUP},
                 {"subtotal", VCI_TOTAL_GROUP, VCI_TOTAL_NONE},
                 {"合计", VCI_TOTAL_ALL, VCI_TOTAL_NAMED},
                 {"合計", VCI_TOTAL_ALL, VCI_TOTAL_NAMED},
                 {"总计", VCI_TOTAL_GRAND, VCI_TOTAL_NAMED},
                 {"總計", VCI_TOTAL_GRAND, VCI_TOTAL_NAMED},
                 {"共计", VCI_TOTAL_ALL, VCI_TOTAL_NONE},
                 {"总数", VCI_TOTAL_ALL, VCI_TOTAL_NONE},
                 {"total", VCI_TOTAL_ALL, VCI_TOTAL_NONE},
                 {"sum", VCI_TOTAL_ALL, VCI_TOTAL_NONE}};
    static const char *const wholes[] = {"全县", "全市", "全区", "全省",
                                         "全镇", "全乡", NULL};
    static const char *const parts[] = {"其中", "ofwhich", NULL};
    *n_name = 0;
    if (begins(plain, parts)) return VCI_TOTAL_PART;
    if (is_one(plain, wholes)) return VCI_TOTAL_GRAND;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(plain), length = strlen(words[i].text);
        if (n < length || strcmp(plain + n - length, words[i].text) != 0) continue;
        *n_name = n - length;
        bool whole = begins(plain, wholes) && *n_name == strlen(wholes[0]);
        return *n_name == 0 ? words[i].alone : whole ? VCI_TOTAL_GRAND : words[i].named;
    }
    return VCI_TOTAL_NONE;
}

/* Columns that say where and when a row is from, or nothing at all. */
static vci_to key_of(const char *plain) {
    static const char *const codes[] = {"代码",     "编码",         "单位代码", "单位编码",
                                        "区划代码", "行政区划代码", "地区代码", "code",
                                        "unit",     "unit_code",    NULL};
    static const char *const names[] = {
        "单位",     "单位名称", "乡镇",     "乡镇名称", "镇街",       "街道",
        "乡镇街道", "地区",     "地区名称", "行政区划", "区划名称",   "村",
        "村名",     "社区",     "村居",     "村社区",   "村(社区)",   "村(居)",
        "行政村",   "县区",     "县(区)",   "乡(镇)",   "乡镇(街道)", "乡、镇",
        "name",     "town",     "township", "village",  NULL};
    static const char *const parents[] = {"上级", "上级单位", "所属乡镇", "parent", NULL};
    static const char *const times[] = {"月份", "时间",     "年月", "日期", "统计月份",
                                        "期间", "统计时间", "月",   "月度", "month",
                                        "date", "period",   NULL};
    static const char *const quarters[] = {"季度", "季", "季别", "quarter", NULL};
    static const char *const bases[] = {"口径", "统计口径", "人口口径", "basis", NULL};
    static const char *const others[] = {"序号", "编号",   "备注",   "联系人", "联系电话",
                                         "电话", "填报人", "no",     "no.",    "note",
                                         "说明", "source", "remark", NULL};
    static const char *const sums[] = {"合计", "小计",  "总计", "累计",
                                       "全年", "total", NULL};
    return is_one(plain, codes)      ? VCI_TO_UNIT
           : is_one(plain, names)    ? VCI_TO_NAME
           : is_one(plain, parents)  ? VCI_TO_PARENT
           : is_one(plain, times)    ? VCI_TO_MONTH
           : is_one(plain, quarters) ? VCI_TO_QUARTER
           : is_one(plain, bases)    ? VCI_TO_BASIS
           : is_one(plain, others)   ? VCI_TO_IGNORE
           : is_one(plain, sums)     ? VCI_TO_IGNORE
                                     : VCI_TO_UNKNOWN;
}

static bool is_male(const char *plain) {
    static const char *const words[] = {"男", "male", NULL};
    static const char *const female[] = {"女", "female", NULL};
    return holds(plain, words) && !holds(plain, female);
}

static bool is_female(const char *plain) {
    static const char *const male[] = {"男", NULL};
    static const char *const words[] = {"女", "female", NULL};
    return holds(plain, words) && !holds(plain, male);
}

/* Births by the policy, by sex, or all. What is counted by order of birth is not ours. */
static vci_to births_of(const char *plain) {
    static const char *const compliant[] = {"符合政策", "政策内", "compliant", NULL};
    static const char *const other[] = {"孩次",   "一孩",   "二孩", "三孩",     "多孩",
                                        "政策外", "不符合", "违法", "出生日期", NULL};
    if (holds(plain, other)) return VCI_TO_UNKNOWN;
    if (holds(plain, compliant)) return VCI_TO_BIRTHS_COMPLIANT;
    return is_male(plain)     ? VCI_TO_BIRTHS_MALE
           : is_female(plain) ? VCI_TO_BIRTHS_FEMALE
                              : VCI_TO_BIRTHS;
}

static vci_to event_of(const char *plain) {
    static const char *const births[] = {"出生", "活产", "births", NULL};
    static const char *const deaths[] = {"死亡", "deaths", NULL};
    static const char *const in[] = {"迁入", "arrivals", NULL};
    static const char *const out[] = {"迁出", "departures", NULL};
    static const char *const people[] = {"期末人口",   "年末人口", "月末人口", "总人口",
                                         "户籍人口",   "常住人口", "人口数",   "期末总人口",
                                         "population", NULL};
    static const char *const part[] = {"平均", "流动", "育龄", "自然增长", "净迁", NULL};
    if (holds(plain, part)) return VCI_TO_UNKNOWN;
    if (holds(plain, births)) return births_of(plain);
    if (holds(plain, deaths))
        return is_male(plain)     ? VCI_TO_DEATHS_MALE
               : is_female(plain) ? VCI_TO_DEATHS_FEMALE
                                  : VCI_TO_DEATHS;
    if (is_male(plain) || is_female(plain)) return VCI_TO_UNKNOWN;
    if (holds(plain, in)) return VCI_TO_ARRIVALS;
    if (holds(plain, out)) return VCI_TO_DEPARTURES;
    return holds(plain, people) ? VCI_TO_POPULATION : VCI_TO_UNKNOWN;
}

static bool is_ratio(const char *plain) {
    static const char *const words[] = {"率", "性别比", "比例", "比重",  "占比", "人均",
                                        "‰",  "%",      "rate", "ratio", NULL};
    return holds(plain, words);
}

/* Figures that follow from the counts of the same table. */
static bool is_formed(const char *plain) {
    static const char *const words[] = {"出生率",           "死亡率",    "自然增长",
                                        "性别比",           "净迁",      "birth_rate",
                                        "death_rate",       "sex_ratio", "符合政策生育率",
                                        "natural_increase", NULL};
    return holds(plain, words);
}

static double times_of(const char *plain) {
    static const char *const tenthousands[] = {"(万人)", "(万)", "万人", NULL};
    static const char *const thousands[] = {"(千人)", "千人", NULL};
    return holds(plain, tenthousands) ? 1e4 : holds(plain, thousands) ? 1e3 : 1;
}

vci_meaning vci_meaning_read(const char *plain) {
    static const char *const this_month[] = {"本月", "当月", NULL};
    static const char *const this_quarter[] = {"本季", "当季", NULL};
    vci_meaning m = {.to = key_of(plain), .times = times_of(plain)};
    for (size_t i = VCI_TO_BIRTHS_MALE; m.to == VCI_TO_UNKNOWN && i < VCI_TO_VALUE; i++)
        if (strcmp(plain, vci_to_words[i]) == 0 || strcmp(plain, to_chinese[i]) == 0)
            m.to = (vci_to)i;
    m.basis = vci_basis_find(plain);
    m.cumulative = vci_cumulative_find(plain);
    m.this_month = holds(plain, this_month);
    m.this_quarter = holds(plain, this_quarter);
    m.this_period = m.this_month || m.this_quarter || strstr(plain, "本期");
    vci_when_find(plain, &m.when, NULL);
    if (m.to != VCI_TO_UNKNOWN) return m;
    m.formed = is_formed(plain);
    m.percent = strstr(plain, "%") != NULL;
    m.to = is_ratio(plain) || m.formed ? VCI_TO_VALUE : event_of(plain);
    return m;
}

size_t vci_words_count(const char *text, size_t n) {
    static const char *const words[] = {"单位", "乡镇", "出生", "死亡", "人口", "月份",
                                        "合计", "代码", "迁入", "迁出", "乡鎮", "單位"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        count += memmem(text, n, words[i], strlen(words[i])) != NULL;
    return count;
}
