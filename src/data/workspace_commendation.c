/* The `commendation:` part of workspace.yaml: who is compared, by what, for how many
 * places. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "data/target_internal.h"
#include "data/workspace_internal.h"

#define MOST_PLACES 1000000

static const char POINTS[] = "points";

size_t vc_commendation_places(const vc_commendation *rule, size_t n) {
    uint64_t part = (uint64_t)rule->share.num * n, whole = (uint64_t)rule->share.den;
    if (rule->share.num == 0) return rule->places;
    uint64_t more = rule->rounding == VC_ROUND_UP        ? whole - 1
                    : rule->rounding == VC_ROUND_NEAREST ? whole / 2
                                                         : 0;
    return (size_t)((part + more) / whole);
}

bool vc_commendation_by_points(const vc_commendation *rule) {
    return strcmp(rule->by, POINTS) == 0;
}

const char *vci_commendation_class(const vc_commendation *rule, const vc_unit *unit) {
    return rule->second_class ? unit->second_class : unit->class_name;
}

bool vci_peer_in_class(const vc_commendation *rule, const vc_peer *peer,
                       const char *class_name) {
    const char *own = rule->second_class ? peer->second_class : peer->class_name;
    return own && strcmp(own, class_name) == 0;
}

bool vci_in_class(const vc_commendation *rule, const vc_unit *unit,
                  const char *class_name) {
    const char *own = vci_commendation_class(rule, unit);
    return own && strcmp(own, class_name) == 0;
}

/* --- reading ------------------------------------------------------------------------- */

static vci_quoted quote(const char *text) { return vci_quote(text, strlen(text)); }

static vc_commendation_place place_of(vci_yaml *mapping, const char *key) {
    const vci_yaml *value = vci_yaml_get(mapping, key);
    return value ? (vc_commendation_place){value->line, value->column}
                 : (vc_commendation_place){mapping->line, mapping->column};
}

static void demand(vci_yaml_reader *reader, vci_yaml *mapping, const char *key) {
    if (!vci_yaml_get(mapping, key))
        vci_yaml_fault(reader, mapping, "S03", NULL, VCI_TEXT_COMMENDATION_ABSENT, key);
}

/* "30 %" or "5"; blanks do not count. */
static bool parse_quota(const char *text, vc_commendation *rule) {
    char digits[24] = "";
    size_t n = 0;
    bool percent = false;
    vc_fraction number;
    for (; *text; text++) {
        if (*text == ' ') continue;
        if (percent || n + 1 >= sizeof digits) return false;
        percent = *text == '%';
        if (!percent) digits[n++] = *text;
    }
    if (!vci_fraction_parse(digits, n, &number) || number.num <= 0) return false;
    if (percent) {
        if (number.den > 1000000 || number.num > 100 * number.den) return false;
        rule->share = (vc_fraction){number.num, 100 * number.den};
    } else {
        if (number.den != 1 || number.num > MOST_PLACES) return false;
        rule->places = (size_t)number.num;
    }
    return true;
}

static void read_quota(vci_yaml_reader *reader, vci_yaml *item, vc_commendation *rule) {
    static const char *const roundings[] = {"down", "up", "nearest"};
    const char *text = NULL;
    size_t word = 0;
    rule->at_quota = place_of(item, "quota");
    if (vci_yaml_text(reader, item, "quota", &text) && !parse_quota(text, rule))
        vci_yaml_fault(reader, vci_yaml_get(item, "quota"), "S01", NULL,
                       VCI_TEXT_COMMENDATION_QUOTA, quote(text).text);
    if (vci_yaml_choice(reader, item, "rounding", 3, roundings, &word))
        rule->rounding = (vc_rounding)word;
    else if (rule->share.num > 0)
        demand(reader, item, "rounding");
}

/* "10 %": above 0 and below 100. */
static void read_weights(vci_yaml_reader *reader, vci_yaml *item, vc_commendation *rule) {
    const char *text = NULL;
    vc_commendation share = {.share = {0, 1}};
    rule->at_weights = place_of(item, "weights");
    if (!vci_yaml_text(reader, item, "weights", &text)) return;
    if (parse_quota(text, &share) && share.share.num > 0 &&
        share.share.num < share.share.den)
        rule->weights = (double)share.share.num / (double)share.share.den;
    else
        vci_yaml_fault(reader, vci_yaml_get(item, "weights"), "S01", NULL,
                       VCI_TEXT_COMMENDATION_WEIGHTS, quote(text).text);
}

static void read_year_end(vci_yaml_reader *reader, vci_yaml *item, const vc_workspace *w,
                          vc_commendation *rule) {
    const char *text = NULL;
    rule->at_year_end = place_of(item, "year_end");
    if (vci_yaml_text(reader, item, "year_end", &text) &&
        !vc_period_parse(text, w->frequency, &rule->year_end))
        vci_yaml_fault(reader, vci_yaml_get(item, "year_end"), "S01", NULL,
                       VCI_TEXT_WORKSPACE_PERIOD, "year_end",
                       vci_period_example(w->frequency), quote(text).text);
}

static void read_words(vci_yaml_reader *reader, vci_yaml *item, vc_commendation *rule) {
    static const char *const better[] = {"high", "low"};
    static const char *const ties[] = {"share"};
    static const char *const columns[] = {"first", "second"};
    size_t word = 0;
    if (vci_yaml_choice(reader, item, "classes", 2, columns, &word))
        rule->second_class = word == 1;
    if (vci_yaml_choice(reader, item, "better", 2, better, &word))
        rule->low_is_best = word == 1;
    vci_yaml_choice(reader, item, "ties", 1, ties, &word);
    vci_workspace_text(reader, item, "class", &rule->class_name);
    vci_workspace_text(reader, item, "by", &rule->by);
    vci_workspace_text(reader, item, "compare_with", &rule->compare_with);
    rule->at_class = place_of(item, "class");
    rule->at_by = place_of(item, "by");
    rule->at_compare = place_of(item, "compare_with");
}

static void read_name(vci_yaml_reader *reader, vci_yaml *item, const vc_workspace *w,
                      vc_commendation *rule) {
    if (!vci_workspace_text(reader, item, "name", &rule->name)) return;
    for (size_t i = 0; i < w->n_commendations; i++)
        if (w->commendations[i].name && strcmp(w->commendations[i].name, rule->name) == 0)
            vci_yaml_fault(reader, vci_yaml_get(item, "name"), "S01", NULL,
                           VCI_TEXT_WORKSPACE_TWICE, "commendation",
                           quote(rule->name).text);
}

static void read_rule(vci_yaml_reader *reader, vci_yaml *item, vc_workspace *w) {
    static const char *const demanded[] = {"name", "year_end", "class",
                                           "by",   "quota",    "better"};
    static const char *const known[] = {"name",    "year_end", "class",       "by",
                                        "quota",   "rounding", "ties",        "better",
                                        "classes", "weights",  "compare_with"};
    vc_commendation *rule = &w->commendations[w->n_commendations];
    *rule = (vc_commendation){.year_end = VC_NO_PERIOD, .share = {0, 1}};
    for (size_t i = 0; i < sizeof demanded / sizeof *demanded; i++)
        demand(reader, item, demanded[i]);
    read_name(reader, item, w, rule);
    read_year_end(reader, item, w, rule);
    read_words(reader, item, rule);
    read_quota(reader, item, rule);
    read_weights(reader, item, rule);
    w->n_commendations++;
    vci_yaml_unknown(reader, item, sizeof known / sizeof *known, known);
}

void vci_workspace_commendations_read(vci_yaml_reader *reader, vci_yaml *root,
                                      vc_workspace *w) {
    vci_yaml *list = vci_yaml_get(root, "commendation");
    if (!list) return;
    if (list->kind != VCI_SEQUENCE) {
        vci_yaml_fault(reader, list, "S01", NULL, VCI_TEXT_COMMENDATION_LIST);
        return;
    }
    w->commendations = vci_alloc(list->n, sizeof *w->commendations);
    if (!w->commendations) {
        reader->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", reader->file);
        return;
    }
    for (size_t i = 0; i < list->n; i++) {
        vci_yaml *item = &list->items[i];
        if (item->kind != VCI_MAPPING)
            vci_yaml_fault(reader, item, "S01", NULL, VCI_TEXT_COMMENDATION_LIST);
        else
            read_rule(reader, item, w);
    }
}

void vci_workspace_commendations_free(vc_workspace *w) {
    for (size_t i = 0; i < w->n_commendations; i++) {
        vci_free(w->commendations[i].name);
        vci_free(w->commendations[i].class_name);
        vci_free(w->commendations[i].by);
        vci_free(w->commendations[i].compare_with);
    }
    vci_free(w->commendations);
}

/* --- against the data ---------------------------------------------------------------- */

/* Does a target go by the name in a rule, as id or as indicator in either language? */
static bool named(const vc_commendation *rule, const vc_target *target) {
    const vci_standard *standard = vci_standard_find(rule->by);
    if (vc_commendation_by_points(rule)) return !isnan(target->points);
    return strcmp(target->id, rule->by) == 0 ||
           strcmp(target->indicator, standard ? standard->name : rule->by) == 0;
}

/* Commendation is by what is judged over the year, not over its months or quarters. */
static bool of_year(const vc_commendation *rule, const vc_target *target) {
    return target->year_end == rule->year_end && target->length == 0;
}

size_t vci_commendation_target(const vc_commendation *rule, const vc_unit_tree *tree,
                               const vc_targets *targets, size_t unit) {
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *target = &targets->list[i];
        if (!of_year(rule, target) || !named(rule, target) ||
            !vc_target_selects(target, tree, unit))
            continue;
        if (strcmp(target->id, rule->by) == 0) return i;
        if (first == SIZE_MAX) first = i;
    }
    return first;
}

typedef struct check {
    const vc_workspace *workspace;
    const vc_panel *panel;
    const vc_targets *targets;
    vc_findings *findings;
    const char *file;
    const vc_commendation *rule;
} check;

static vci_place place(const check *c, vc_commendation_place at) {
    return (vci_place){c->file, at.line, at.column};
}

static vc_status check_class(const check *c) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &c->panel->tree;
    const char *name = c->rule->class_name, **classes = NULL;
    size_t n = 0;
    vci_remedy remedy = {.text = ""};
    bool found = false;
    VC_NEW(classes, tree->n);
    for (size_t u = 0; u < tree->n; u++)
        if (vci_commendation_class(c->rule, &tree->units[u]))
            classes[n++] = vci_commendation_class(c->rule, &tree->units[u]);
    for (size_t i = 0; i < n; i++) found = found || strcmp(classes[i], name) == 0;
    if (found || (n > 0 && strcmp(name, "*") == 0)) goto out;
    const char *near = vci_nearest(name, strlen(name), classes, n);
    if (near) remedy = vci_remedy_make(c->findings, VCI_TEXT_TARGET_USE, quote(near).text);
    VC_TRY(vci_finding_add(c->findings, VC_FAULT, "S05", place(c, c->rule->at_class),
                           near ? remedy.text : NULL, VCI_TEXT_COMMENDATION_NO_CLASS,
                           quote(c->rule->name).text, quote(name).text,
                           c->workspace->tables[VC_TABLE_UNITS].file));
out:
    vci_free(classes);
    return st;
}

/* What a rule ranks by stands in targets.csv, for this year end. */
static vc_status check_by(const check *c, bool *found) {
    vc_status st = VC_OK;
    const vc_commendation *rule = c->rule;
    const char **names = NULL;
    size_t n = 0;
    bool known = false;
    vci_remedy remedy = {.text = ""};
    VC_NEW(names, 2 * c->targets->n);
    for (size_t i = 0; i < c->targets->n; i++) {
        const vc_target *target = &c->targets->list[i];
        if (!target->id || !target->indicator) continue;
        known = known || named(rule, target);
        *found = *found || (named(rule, target) && of_year(rule, target));
        names[n++] = target->id;
        names[n++] = target->indicator;
    }
    if (*found) goto out;
    const char *near = known ? NULL : vci_nearest(rule->by, strlen(rule->by), names, n);
    if (near) remedy = vci_remedy_make(c->findings, VCI_TEXT_TARGET_USE, quote(near).text);
    VC_TRY(vci_finding_add(
        c->findings, VC_FAULT, "S05", place(c, known ? rule->at_year_end : rule->at_by),
        near ? remedy.text : NULL,
        known ? VCI_TEXT_COMMENDATION_NO_YEAR : VCI_TEXT_COMMENDATION_NO_TARGET,
        quote(rule->name).text, quote(rule->by).text,
        c->workspace->tables[VC_TABLE_TARGETS].file));
out:
    vci_free(names);
    return st;
}

/* The first unit of a class that has no figure to be ranked by. */
static vc_status check_units(const check *c, const char *class_name) {
    const vc_unit_tree *tree = &c->panel->tree;
    for (size_t u = 0; u < tree->n; u++)
        if (vci_in_class(c->rule, &tree->units[u], class_name) &&
            vci_commendation_target(c->rule, tree, c->targets, u) == SIZE_MAX)
            return vci_finding_add(c->findings, VC_FAULT, "S05", place(c, c->rule->at_by),
                                   NULL, VCI_TEXT_COMMENDATION_NO_FIGURE,
                                   quote(c->rule->name).text, quote(c->rule->by).text,
                                   quote(tree->units[u].code).text, quote(class_name).text,
                                   c->workspace->tables[VC_TABLE_TARGETS].file);
    return VC_OK;
}

/* Peers of a class with any figure: they take places too. */
static size_t peers_of(const check *c, const char *class_name) {
    const vc_peers *peers = &c->panel->peers;
    size_t n = 0;
    for (size_t i = 0; i < peers->n; i++)
        n += vci_peer_in_class(c->rule, &peers->list[i], class_name);
    return n;
}

static vc_status check_quota(const check *c, const char *class_name) {
    const vc_unit_tree *tree = &c->panel->tree;
    size_t n = 0;
    for (size_t u = 0; u < tree->n; u++)
        n += vci_in_class(c->rule, &tree->units[u], class_name);
    n += peers_of(c, class_name);
    size_t places = vc_commendation_places(c->rule, n);
    if (places <= n || n < 2) return VC_OK;
    return vci_finding_add(c->findings, VC_FAULT, "S06", place(c, c->rule->at_quota), NULL,
                           VCI_TEXT_COMMENDATION_TOO_MANY, quote(c->rule->name).text,
                           places, quote(class_name).text, n,
                           c->workspace->tables[VC_TABLE_UNITS].file);
}

/* Each class that a rule means, once. */
static vc_status check_classes(const check *c) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &c->panel->tree;
    bool found = false, all = strcmp(c->rule->class_name, "*") == 0;
    VC_TRY(check_by(c, &found));
    for (size_t u = 0; u < tree->n; u++) {
        const char *name = vci_commendation_class(c->rule, &tree->units[u]);
        bool seen = false;
        if (!name || (!all && strcmp(name, c->rule->class_name) != 0)) continue;
        for (size_t v = 0; v < u; v++)
            seen = seen || vci_in_class(c->rule, &tree->units[v], name);
        if (seen) continue;
        VC_TRY(check_quota(c, name));
        if (found) VC_TRY(check_units(c, name));
    }
out:
    return st;
}

/* Another rule of the same year end, which stands above this one. */
static vc_status check_compare(const check *c) {
    const vc_commendation *rule = c->rule, *all = c->workspace->commendations;
    if (!rule->compare_with) return VC_OK;
    for (const vc_commendation *other = all; other < rule; other++) {
        if (strcmp(other->name, rule->compare_with) != 0) continue;
        if (other->year_end == rule->year_end) return VC_OK;
        return vci_finding_add(c->findings, VC_FAULT, "S05", place(c, rule->at_compare),
                               NULL, VCI_TEXT_COMMENDATION_OTHER_YEAR,
                               quote(rule->name).text, quote(rule->compare_with).text);
    }
    return vci_finding_add(c->findings, VC_FAULT, "S05", place(c, rule->at_compare), NULL,
                           VCI_TEXT_COMMENDATION_NO_RULE, quote(rule->name).text,
                           quote(rule->compare_with).text);
}

/* An indicator has no weights. */
static vc_status check_weights(const check *c) {
    if (!(c->rule->weights > 0) || vc_commendation_by_points(c->rule)) return VC_OK;
    return vci_finding_add(c->findings, VC_FAULT, "S15", place(c, c->rule->at_weights),
                           NULL, VCI_TEXT_COMMENDATION_NO_POINTS, quote(c->rule->name).text,
                           quote(c->rule->by).text);
}

vc_status vci_commendations_check(const vc_workspace *workspace, const vc_panel *panel,
                                  const vc_targets *targets, vc_findings *findings) {
    vc_status st = VC_OK;
    char *file = vci_text_format("%s/workspace.yaml", workspace->dir);
    if (!file) VC_FAIL(VC_NO_MEMORY, "path");
    for (size_t i = 0; i < workspace->n_commendations; i++) {
        const vc_commendation *rule = &workspace->commendations[i];
        check c = {workspace, panel, targets, findings, file, rule};
        VC_TRY(check_class(&c));
        VC_TRY(check_classes(&c));
        VC_TRY(check_compare(&c));
        VC_TRY(check_weights(&c));
    }
out:
    vci_free(file);
    return st;
}
