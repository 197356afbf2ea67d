/* One row of monthly.csv: its figures, and whether they agree with each other. */
#include <math.h>
#include <string.h>

#include "data/panel_internal.h"
#include "data/remedy_internal.h"

/* What the checks of a row need. */
typedef struct row_check {
    vci_panel_reader *reader;
    size_t row;
    vc_status st;
} row_check;

static vci_unit_label unit_of(const row_check *check) {
    const vci_source *source = &check->reader->monthly;
    const vc_unit_tree *tree = &check->reader->units.tree;
    uint32_t unit = source->keys[check->row].unit;
    if (unit < tree->n) return vci_unit_label_of(tree, unit);
    const vci_cell *cell = vci_row_unit_cell(source, check->row);
    vci_unit_label label = {.text = ""};
    stpcpy(label.text, vci_quote(cell->text, cell->n).text);
    return label;
}

static vci_period_label period_of(const row_check *check) {
    return vci_period_label_of(check->reader->monthly.keys[check->row].period,
                               check->reader->workspace->frequency);
}

static bool has(const vci_table *table, size_t wish) { return table->n_sources[wish] > 0; }

bool vci_record_has(const vci_table *table, vc_event event) {
    bool male = has(table, VCI_MONTHLY_BIRTHS_MALE);
    bool female = has(table, VCI_MONTHLY_BIRTHS_FEMALE);
    switch (event) {
    case VC_BIRTHS:
        return has(table, VCI_MONTHLY_BIRTHS) || (male && female);
    case VC_BIRTHS_MALE:
        return male;
    case VC_BIRTHS_FEMALE:
        return female;
    case VC_BIRTHS_COMPLIANT:
        return has(table, VCI_MONTHLY_COMPLIANT);
    case VC_DEATHS:
        return has(table, VCI_MONTHLY_DEATHS) || (has(table, VCI_MONTHLY_DEATHS_MALE) &&
                                                  has(table, VCI_MONTHLY_DEATHS_FEMALE));
    case VC_ARRIVALS:
        return has(table, VCI_MONTHLY_ARRIVALS);
    case VC_DEPARTURES:
        return has(table, VCI_MONTHLY_DEPARTURES);
    case VC_EVENTS:
        break;
    }
    return false;
}

bool vci_record_has_population(const vci_table *table) {
    return has(table, VCI_MONTHLY_POPULATION);
}

static double count_of(row_check *check, size_t wish) {
    const vci_source *source = &check->reader->monthly;
    double count = NAN;
    if (has(&source->table, wish))
        vci_table_count(&source->table, source->options, check->row, wish,
                        check->reader->findings, &count, &check->st);
    return count;
}

static const char *word_of(const row_check *check, size_t wish) {
    return vci_column_word(vci_monthly_column(wish), check->reader->findings->language);
}

static vci_place place_of(const row_check *check, size_t wish) {
    const vci_table *table = &check->reader->monthly.table;
    return vci_cell_place(table, vci_table_cell(table, check->row, wish));
}

static void keep_status(row_check *check, vc_status st) {
    if (check->st == VC_OK) check->st = st;
}

/* A part must not exceed its whole (C02). */
static bool check_part(row_check *check, size_t part_wish, size_t whole_wish, double part,
                       double whole) {
    if (!(part > whole)) return true;
    keep_status(check,
                vci_finding_add(check->reader->findings, VC_FAULT, "C02",
                                place_of(check, part_wish), NULL, VCI_TEXT_PANEL_PART,
                                word_of(check, part_wish), part, word_of(check, whole_wish),
                                whole, unit_of(check).text, period_of(check).text));
    return false;
}

/* The whole from its two parts; a whole that is given as well must agree (C02, C03). */
static double whole_of(row_check *check, double whole, size_t whole_wish, size_t first_wish,
                       size_t second_wish, double first, double second) {
    if (isnan(whole)) return first + second;
    bool good = check_part(check, first_wish, whole_wish, first, whole);
    good = check_part(check, second_wish, whole_wish, second, whole) && good;
    double difference = first + second - whole;
    if (!good || isnan(difference) || difference == 0) return whole;
    keep_status(check, vci_finding_add(check->reader->findings, VC_FAULT, "C03",
                                       place_of(check, whole_wish),
                                       vci_text_get(VCI_TEXT_PANEL_SUM_REMEDY,
                                                    check->reader->findings->language),
                                       VCI_TEXT_PANEL_SUM, word_of(check, first_wish),
                                       word_of(check, second_wish), first + second,
                                       word_of(check, whole_wish), whole, difference,
                                       unit_of(check).text, period_of(check).text));
    return whole;
}

/* Births that are more than boys and girls by just the still births are not live ones. */
static double live_births(row_check *check, double births, double live) {
    double still = count_of(check, VCI_MONTHLY_STILL);
    if (!(still > 0) || live + still != births) return births;
    keep_status(check, vci_finding_add(check->reader->findings, VC_WARNING, "C12",
                                       place_of(check, VCI_MONTHLY_BIRTHS), NULL,
                                       VCI_TEXT_PANEL_STILL,
                                       word_of(check, VCI_MONTHLY_BIRTHS), births, still,
                                       live, unit_of(check).text, period_of(check).text));
    return live;
}

/* Births by order are all births; where one of the three is not known, not more (C11). */
static void check_orders(row_check *check, double births) {
    static const size_t orders[] = {VCI_MONTHLY_FIRST, VCI_MONTHLY_SECOND,
                                    VCI_MONTHLY_THIRD};
    double sum = 0;
    size_t n = 0, first = VCI_MONTHLY_COLUMNS;
    for (size_t i = 0; i < 3; i++) {
        double count = count_of(check, orders[i]);
        if (isnan(count)) continue;
        if (n++ == 0) first = orders[i];
        sum += count;
    }
    if (n == 0 || isnan(births) || (n == 3 ? sum == births : sum <= births)) return;
    keep_status(check, vci_finding_add(check->reader->findings, VC_FAULT, "C11",
                                       place_of(check, first),
                                       vci_text_get(VCI_TEXT_PANEL_ORDERS_REMEDY,
                                                    check->reader->findings->language),
                                       VCI_TEXT_PANEL_ORDERS, sum, births, sum - births,
                                       unit_of(check).text, period_of(check).text));
}

/* Nobody, or fewer people than were born, cannot be (C05). */
static void check_population(row_check *check, double population, double births) {
    vci_text text = VCI_TEXT_PANEL_POPULATION_ZERO;
    if (population == 0)
        text = VCI_TEXT_PANEL_POPULATION_ZERO;
    else if (births > population)
        text = VCI_TEXT_PANEL_POPULATION_SMALL;
    else
        return;
    keep_status(check, vci_finding_add(check->reader->findings, VC_FAULT, "C05",
                                       place_of(check, VCI_MONTHLY_POPULATION),
                                       vci_text_get(VCI_TEXT_PANEL_POPULATION_REMEDY,
                                                    check->reader->findings->language),
                                       text, unit_of(check).text, period_of(check).text));
}

/* provisional | final; not given means final. */
static unsigned char status_of(row_check *check) {
    static const char *const words[][2] = {{"provisional", "快报数"}, {"final", "正式数"}};
    static const unsigned char statuses[] = {VC_PROVISIONAL, VC_FINAL, VC_FINAL};
    const vci_table *table = &check->reader->monthly.table;
    const vci_cell *cell = vci_table_cell(table, check->row, VCI_MONTHLY_STATUS);
    if (!cell || cell->n == 0) return VC_FINAL;
    size_t word = vci_word_find(cell, 2, words);
    if (word == 2)
        keep_status(check,
                    vci_word_fault(table, cell, vci_monthly_column(VCI_MONTHLY_STATUS), 2,
                                   words, check->reader->findings));
    return statuses[word];
}

vc_status vci_record_read(vci_panel_reader *reader, size_t row, vci_record *record) {
    row_check check = {.reader = reader, .row = row};
    double *count = record->count;
    count[VC_BIRTHS_MALE] = count_of(&check, VCI_MONTHLY_BIRTHS_MALE);
    count[VC_BIRTHS_FEMALE] = count_of(&check, VCI_MONTHLY_BIRTHS_FEMALE);
    double births = live_births(&check, count_of(&check, VCI_MONTHLY_BIRTHS),
                                count[VC_BIRTHS_MALE] + count[VC_BIRTHS_FEMALE]);
    count[VC_BIRTHS] =
        whole_of(&check, births, VCI_MONTHLY_BIRTHS, VCI_MONTHLY_BIRTHS_MALE,
                 VCI_MONTHLY_BIRTHS_FEMALE, count[VC_BIRTHS_MALE], count[VC_BIRTHS_FEMALE]);
    check_orders(&check, count[VC_BIRTHS]);
    double deaths_male = count_of(&check, VCI_MONTHLY_DEATHS_MALE);
    double deaths_female = count_of(&check, VCI_MONTHLY_DEATHS_FEMALE);
    count[VC_DEATHS] = whole_of(&check, count_of(&check, VCI_MONTHLY_DEATHS),
                                VCI_MONTHLY_DEATHS, VCI_MONTHLY_DEATHS_MALE,
                                VCI_MONTHLY_DEATHS_FEMALE, deaths_male, deaths_female);
    count[VC_BIRTHS_COMPLIANT] = count_of(&check, VCI_MONTHLY_COMPLIANT);
    check_part(&check, VCI_MONTHLY_COMPLIANT, VCI_MONTHLY_BIRTHS,
               count[VC_BIRTHS_COMPLIANT], count[VC_BIRTHS]);
    count[VC_ARRIVALS] = count_of(&check, VCI_MONTHLY_ARRIVALS);
    count[VC_DEPARTURES] = count_of(&check, VCI_MONTHLY_DEPARTURES);
    record->population = count_of(&check, VCI_MONTHLY_POPULATION);
    check_population(&check, record->population, count[VC_BIRTHS]);
    record->status = status_of(&check);
    record->reported = VC_NO_PERIOD;
    vci_table_period(&reader->monthly.table, row, VCI_MONTHLY_REPORTED, VC_MONTHLY,
                     reader->findings, &record->reported, &check.st);
    return check.st;
}
