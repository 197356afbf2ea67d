/* `scoring:` of workspace.yaml: named rules of how points follow from figures. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/remedy_internal.h"
#include "data/workspace_internal.h"

#define MOST_POINTS 1e6

static const char *const RULES[] = {"all_or_none", "linear", "proportional", "tiers"};
static const char *const PARTS[] = {"proportional", "ignored", "whole"};

/* The keys that a rule may have, `rule` first. */
static const struct {
    size_t n;
    const char *const keys[7];
} KEYS[] = {
    [VC_ALL_OR_NONE] = {1, {"rule"}},
    [VC_LINEAR] = {7, {"rule", "per", "deduct", "part", "floor", "cap", "bonus"}},
    [VC_PROPORTIONAL] = {3, {"rule", "floor", "cap"}},
    [VC_TIERS] = {3, {"rule", "tiers", "floor"}},
};

static void fault(vci_yaml_reader *reader, const vci_yaml *at, vci_text message,
                  const char *name) {
    vci_yaml_fault(reader, at, "S15", NULL, message, vci_quote(name, strlen(name)).text);
}

/* Best tier first: points fall, and the bounds go one way. */
static void check_order(vci_yaml_reader *reader, const vci_yaml *list, const char *name,
                        const vc_scoring *s) {
    for (size_t k = 1; k < s->n_tiers; k++) {
        bool upwards = s->tier_to[1] > s->tier_to[0];
        double step = s->tier_to[k] - s->tier_to[k - 1];
        bool ordered = upwards ? step > 0 : step < 0;
        if (ordered && s->tier_points[k] < s->tier_points[k - 1]) continue;
        fault(reader, &list->items[k], VCI_TEXT_SCORING_ORDER, name);
        return;
    }
    if (s->n_tiers > 0 && s->tier_points[s->n_tiers - 1] < s->floor)
        fault(reader, list, VCI_TEXT_SCORING_FLOOR, name);
}

/* One tier, {to: 107, points: 10}; false after a fault. */
static bool read_tier(vci_yaml_reader *reader, vci_yaml *item, const char *name,
                      vc_scoring *s) {
    static const char *const keys[] = {"to", "points"};
    size_t before = reader->findings->n_faults;
    double to = NAN, points = NAN;
    if (item->kind == VCI_MAPPING) {
        vci_yaml_number(reader, item, "to", -INFINITY, INFINITY, &to);
        vci_yaml_number(reader, item, "points", 0, MOST_POINTS, &points);
        vci_yaml_unknown(reader, item, 2, keys);
    }
    if (reader->findings->n_faults > before) return false;
    if (isnan(to) || isnan(points)) {
        fault(reader, item, VCI_TEXT_SCORING_TIER, name);
        return false;
    }
    s->tier_to[s->n_tiers] = to;
    s->tier_points[s->n_tiers++] = points;
    return true;
}

static void read_tiers(vci_yaml_reader *reader, vci_yaml *mapping, const char *name,
                       vc_scoring *s) {
    vci_yaml *list = vci_yaml_get(mapping, "tiers");
    bool good = true;
    if (!list || list->kind != VCI_SEQUENCE || list->n == 0 || list->n > VC_SCORING_TIERS) {
        vci_yaml_fault(reader, list ? list : mapping, "S15", NULL, VCI_TEXT_SCORING_TIERS,
                       vci_quote(name, strlen(name)).text, VC_SCORING_TIERS);
        return;
    }
    for (size_t k = 0; k < list->n; k++)
        good = read_tier(reader, &list->items[k], name, s) && good;
    if (good) check_order(reader, list, name, s);
}

static void read_numbers(vci_yaml_reader *reader, vci_yaml *mapping, const char *name,
                         vc_scoring *s) {
    size_t part = 0;
    vci_yaml_number(reader, mapping, "floor", 0, MOST_POINTS, &s->floor);
    if (s->rule == VC_TIERS) return;
    vci_yaml_number(reader, mapping, "cap", 0, MOST_POINTS, &s->cap);
    if (s->cap < s->floor)
        fault(reader, vci_yaml_get(mapping, "cap"), VCI_TEXT_SCORING_CAP, name);
    if (s->rule != VC_LINEAR) return;
    if (!vci_yaml_get(mapping, "deduct"))
        fault(reader, mapping, VCI_TEXT_SCORING_DEDUCT, name);
    vci_yaml_number(reader, mapping, "per", 1e-9, 1e9, &s->per);
    vci_yaml_number(reader, mapping, "deduct", 0, MOST_POINTS, &s->deduct);
    vci_yaml_number(reader, mapping, "bonus", 0, MOST_POINTS, &s->bonus);
    if (vci_yaml_choice(reader, mapping, "part", 3, PARTS, &part))
        s->part = (vc_scoring_part)part;
}

static void read_rule(vci_yaml_reader *reader, vci_yaml *mapping, vc_named_scoring *named) {
    vc_scoring *s = &named->scoring;
    size_t rule = 0;
    *s = (vc_scoring){.per = 1, .cap = NAN};
    if (mapping->kind != VCI_MAPPING || !vci_yaml_get(mapping, "rule")) {
        fault(reader, mapping, VCI_TEXT_SCORING_NO_RULE, named->name);
        return;
    }
    if (!vci_yaml_choice(reader, mapping, "rule", 4, RULES, &rule)) return;
    s->rule = (vc_scoring_rule)rule;
    if (s->rule != VC_ALL_OR_NONE) read_numbers(reader, mapping, named->name, s);
    if (s->rule == VC_TIERS) read_tiers(reader, mapping, named->name, s);
    vci_yaml_unknown(reader, mapping, KEYS[rule].n, KEYS[rule].keys);
}

static vc_status read_rules(vci_yaml_reader *reader, vci_yaml *rules, vc_workspace *w) {
    vc_status st = VC_OK;
    VC_NEW(w->scoring, rules->n);
    for (size_t i = 0; i < rules->n; i++) {
        vci_yaml *item = &rules->items[i];
        vc_named_scoring *named = &w->scoring[w->n_scoring];
        VC_COPY_TEXT(named->name, item->key);
        w->n_scoring++;
        item->used = true;
        read_rule(reader, item, named);
    }
out:
    return st;
}

void vci_workspace_scoring_read(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    vci_yaml *rules = vci_yaml_mapping(reader, root, "scoring");
    if (rules) {
        vc_status st = read_rules(reader, rules, w);
        if (reader->st == VC_OK) reader->st = st;
    }
    if (!vci_yaml_number(reader, root, "total_points", 0.01, MOST_POINTS, &w->total_points))
        return;
    const vci_yaml *total = vci_yaml_get(root, "total_points");
    w->total_points_line = total->line;
    w->total_points_column = total->column;
}

void vci_workspace_scoring_free(vc_workspace *w) {
    for (size_t i = 0; i < w->n_scoring; i++) vci_free(w->scoring[i].name);
    vci_free(w->scoring);
}
