#include "office/service_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"

#define SHORTEST_STEM 6 /* two characters: a name that says something */

/* Takes every occurrence of a word out of a text. */
static bool take_out(char *text, const char *word) {
    bool found = false;
    const size_t n = strlen(word);
    for (char *at = strstr(text, word); at; at = strstr(at, word)) {
        memmove(at, at + n, strlen(at + n) + 1);
        found = true;
    }
    return found;
}

static bool take_end(char *text, const char *word) {
    const size_t n = strlen(text), length = strlen(word);
    if (n < length || strcmp(text + n - length, word) != 0) return false;
    text[n - length] = '\0';
    return true;
}

/* The first of some words (the list ends with NULL) that stands at the end goes. */
static bool take_ends(char *text, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        if (take_end(text, words[i])) return true;
    return false;
}

static bool holds(const char *text, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        if (strstr(text, words[i])) return true;
    return false;
}

/* 应录入数: a part of the whole that is due, without 数 and the sign 应. */
static bool take_sign(char *text, const char *sign) {
    static const char *const counts[] = {"人数", "户数", "份数", "例数",
                                         "条数", "数",   NULL};
    char *at = strstr(text, sign);
    if (!at || at[strlen(sign)] == '\0') return false;
    memmove(at, at + strlen(sign), strlen(at + strlen(sign)) + 1);
    take_ends(text, counts);
    take_end(text, "完成");
    return true;
}

/* Reads a header without its time and unit of measure; text becomes its stem. */
static void read_share(char *text, vci_service *s) {
    static const char *const tasks[] = {"年度任务数", "目标任务数", "任务数", "计划数",
                                        "定额数",     "定额",       "任务",   NULL};
    static const char *const done[] = {"实际完成数", "已完成数", "完成人数", "完成例数",
                                       "完成任务数", "完成数",   "完成量",   NULL};
    static const char *const asked[] = {"被调查人数", "调查人数", "抽查人数",
                                        "调查数",     "抽查数",   NULL};
    static const char *const content[] = {"满意人数", "知晓人数", "满意数", "知晓数", NULL};
    static const char *const rates[] = {"完成率", "满意率", "知晓率", "率", NULL};
    s->kind = VCI_KIND_NONE;
    if (take_ends(text, tasks)) {
        *s = (vci_service){.share = VCI_SHARE_DUE, .kind = VCI_KIND_QUOTA};
    } else if (take_ends(text, asked)) {
        *s = (vci_service){.share = VCI_SHARE_DUE, .kind = VCI_KIND_SURVEY};
    } else if (take_sign(text, "应")) {
        s->share = VCI_SHARE_DUE;
    } else if (take_ends(text, content)) {
        *s = (vci_service){.share = VCI_SHARE_DONE, .kind = VCI_KIND_SURVEY};
    } else if (take_ends(text, done) || take_sign(text, "已") || take_sign(text, "实")) {
        s->share = VCI_SHARE_DONE;
    } else if (take_ends(text, rates)) {
        s->share = VCI_SHARE_RATE;
    }
}

/* What is kept in files is a stock: it may only grow with what there is to be kept. */
static vci_kind kind_of(const vci_service *s) {
    static const char *const records[] = {"录入", "建档", "入库", "建卡", NULL};
    return s->kind == VCI_KIND_NONE && holds(s->stem, records) ? VCI_KIND_STOCK : s->kind;
}

static vc_status read_head(const char *head, vci_service *s) {
    static const char *const times[] = {"本月", "当月", "本季度", "当季度", "本季", "当季",
                                        "本年", "累计", "累計",   "年度",   NULL};
    vc_status st = VC_OK;
    char *plain = NULL;
    const char *rest = NULL;
    vci_when when;
    VC_TRY(vci_text_normalise(head, strlen(head), &plain));
    char *bracket = strchr(plain, '(');
    if (bracket) *bracket = '\0';
    if (vci_when_find(plain, &when, &rest) && *rest) memmove(plain, rest, strlen(rest) + 1);
    for (size_t i = 0; times[i]; i++) take_out(plain, times[i]);
    read_share(plain, s);
    if (s->share == VCI_SHARE_NONE) goto out;
    s->stem = plain;
    plain = NULL;
    s->kind = kind_of(s);
out:
    vci_free(plain);
    return st;
}

/* --- pairs ------------------------------------------------------------------------------
 */

static bool same_time(const vci_meaning *a, const vci_meaning *b) {
    return a->when.year == b->when.year && a->when.first == b->when.first &&
           a->when.last == b->when.last;
}

/* Do two columns name the same thing of the same time? */
static bool belong(const vci_layout *layout, const vci_service *services, size_t a,
                   size_t b) {
    return services[a].share && services[b].share &&
           strcmp(services[a].stem, services[b].stem) == 0 &&
           same_time(&layout->meanings[a], &layout->meanings[b]);
}

/* The only column with a part in the same thing; SIZE_MAX if there is none, or several. */
static size_t partner(const vci_layout *layout, const vci_service *services, size_t column,
                      vci_share share) {
    size_t found = SIZE_MAX;
    for (size_t c = 0; c < layout->n_columns; c++) {
        if (services[c].share != share || !belong(layout, services, column, c)) continue;
        if (found != SIZE_MAX) return SIZE_MAX;
        found = c;
    }
    return found;
}

/* 本月完成数 beside 累计完成数: progress.csv has one of them, the sum. */
static void find_twins(const vci_layout *layout, vci_service *services) {
    for (size_t a = 0; a < layout->n_columns; a++)
        for (size_t b = 0; b < layout->n_columns && services[a].share == VCI_SHARE_DONE;
             b++)
            if (services[b].share == VCI_SHARE_DONE && layout->meanings[b].cumulative &&
                !layout->meanings[a].cumulative && belong(layout, services, a, b))
                services[a].share = VCI_SHARE_TWIN;
}

/* A header without its unit of measure. */
static size_t bytes_before_unit(const char *head) {
    const char *end = strstr(head, "（"), *plain = strchr(head, '(');
    if (!end || (plain && plain < end)) end = plain;
    return end ? (size_t)(end - head) : strlen(head);
}

/* The header of the rate, without its unit of measure; else what both name, and 率. */
static vc_status name_indicator(const vci_layout *layout, vci_service *services, size_t due,
                                size_t done) {
    vc_status st = VC_OK;
    const size_t rate = partner(layout, services, due, VCI_SHARE_RATE);
    const char *stem = services[due].stem;
    char *name = NULL;
    if (rate != SIZE_MAX && layout->meanings[rate].when.last == 0) {
        const char *head = layout->heads[rate];
        name = vci_text_copy(head, bytes_before_unit(head));
        if (name && strcmp(name, "完成率") == 0) name[0] = '\0';
    } else if (strlen(stem) >= SHORTEST_STEM) {
        name = vci_text_format("%s%s", stem,
                               services[due].kind == VCI_KIND_QUOTA ? "完成率" : "率");
    } else {
        name = vci_text_copy("", 0);
    }
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    if (!*name) goto out;
    VC_COPY_TEXT(services[done].indicator, name);
    services[due].indicator = name;
    name = NULL;
out:
    vci_free(name);
    return st;
}

/* What is due belongs to one column of what is done, and the other way round. */
static vc_status pair_up(const vci_layout *layout, vci_service *services) {
    vc_status st = VC_OK;
    bool *paired = NULL;
    VC_NEW(paired, layout->n_columns);
    for (size_t c = 0; c < layout->n_columns; c++) {
        if (services[c].share != VCI_SHARE_DUE) continue;
        const size_t done = partner(layout, services, c, VCI_SHARE_DONE);
        if (done == SIZE_MAX || partner(layout, services, done, VCI_SHARE_DUE) != c)
            continue;
        paired[c] = paired[done] = true;
        services[done].kind = services[c].kind;
        VC_TRY(name_indicator(layout, services, c, done));
    }
    for (size_t c = 0; c < layout->n_columns; c++)
        for (size_t k = 0; k < layout->n_columns && !paired[c]; k++)
            paired[c] = paired[k] && services[k].share == VCI_SHARE_DUE &&
                        services[c].share >= VCI_SHARE_RATE &&
                        belong(layout, services, c, k);
    for (size_t c = 0; c < layout->n_columns; c++)
        if (!paired[c]) services[c].share = VCI_SHARE_NONE;
out:
    vci_free(paired);
    return st;
}

vc_status vci_services_find(const vci_layout *layout, vci_service **services) {
    vc_status st = VC_OK;
    VC_NEW(*services, layout->n_columns);
    for (size_t c = 0; c < layout->n_columns; c++)
        if (!vci_layout_is_key(layout, c))
            VC_TRY(read_head(layout->heads[c], &(*services)[c]));
    find_twins(layout, *services);
    VC_TRY(pair_up(layout, *services));
out:
    return st;
}

void vci_services_free(size_t n, vci_service *services) {
    for (size_t i = 0; services && i < n; i++) {
        vci_free(services[i].stem);
        vci_free(services[i].indicator);
    }
    vci_free(services);
}
