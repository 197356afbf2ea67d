/* The times of a sheet: of the whole, of its columns, of its rows; sums since January. */
#include <string.h>

#include "core/memory_internal.h"
#include "office/propose_internal.h"

/* Two places that say different things: a question. */
static bool differ(int a, int b) { return a > 0 && b > 0 && a != b; }

static void find_year(vci_proposing *p) {
    if (differ(p->title.year, p->tab.year)) return;
    p->year = p->title.year ? p->title.year : p->tab.year ? p->tab.year : p->name.year;
}

/* Each time that stands in the column of months or quarters. */
static vc_status row_times(const vci_proposing *p,
                           void (*take)(void *what, const vci_when *when), void *what) {
    vc_status st = VC_OK;
    char *plain = NULL;
    vci_when when;
    for (size_t c = 0; c < p->layout.n_columns; c++) {
        vci_to to = p->layout.meanings[c].to;
        vci_bare bare = to == VCI_TO_QUARTER ? VCI_BARE_QUARTER : VCI_BARE_MONTH;
        for (size_t row = p->layout.first_row;
             vci_to_is_time(to) && row <= p->layout.last_row; row++) {
            if (p->layout.rows[row] != VCI_ROW_FIGURES) continue;
            VC_TRY(vci_cell_plain(vci_worksheet_cell(p->sheet, row, c), &plain));
            if (vci_when_read(plain, bare, &when)) take(what, &when);
            vci_free(plain);
            plain = NULL;
        }
    }
out:
    vci_free(plain);
    return st;
}

static void take_need(void *need, const vci_when *when) {
    if (when->year == 0) *(bool *)need = true;
}

static bool columns_need_year(const vci_proposing *p) {
    for (size_t c = 0; c < p->layout.n_columns; c++) {
        const vci_when *when = &p->layout.meanings[c].when;
        if (when->last > 0 && when->year == 0) return true;
    }
    return false;
}

static void write_cumulative(vci_proposing *p, bool cumulative, int first) {
    if (!cumulative && p->steady) {
        vci_page_add(p->page, "    cumulative: \"?\"");
        vci_propose_note(p, VCI_TEXT_IMPORT_ASK_STEADY);
        return;
    }
    vci_page_add(p->page, "    cumulative: %s\n", cumulative ? "yes" : "no");
    if (cumulative && first > 1) vci_page_add(p->page, "    from_month: %d\n", first);
}

vci_when vci_propose_sheet_time(const vci_proposing *p, bool *doubt) {
    vci_when when = p->title.last ? p->title : p->tab.last ? p->tab : p->name;
    *doubt = differ(p->title.last, p->tab.last) || p->year == 0 || when.last == 0;
    return when;
}

bool vci_propose_is_whole(const vci_proposing *p, const vci_when *when, bool state) {
    if (p->frequency == VC_MONTHLY) return true;
    return state ? when->last % 3 == 0 : vci_when_is_whole(when);
}

bool vci_propose_is_range(const vci_proposing *p, const vci_when *when) {
    const int step = 12 / (int)p->frequency;
    return (when->first - 1) / step < (when->last - 1) / step;
}

void vci_propose_write_period(vci_proposing *p, int year, int month) {
    char period[VC_PERIOD_TEXT];
    const int step = 12 / (int)p->frequency;
    vc_period_format(year * (vc_period)p->frequency + (month - 1) / step, p->frequency,
                     period);
    vci_page_add(p->page, "%s", year > 0 ? period : strchr(period, '-') + 1);
}

static bool has_events(const vci_proposing *p) {
    bool events = false;
    for (size_t c = 0; c < p->layout.n_columns; c++)
        events = events || vci_to_is_event(p->layout.meanings[c].to);
    return events;
}

/* The whole sheet is of one time. */
static void write_sheet_period(vci_proposing *p) {
    bool doubt = false, state = p->cumulative || !has_events(p);
    const vci_when when = vci_propose_sheet_time(p, &doubt);
    doubt = doubt || !vci_propose_is_whole(p, &when, state);
    if (doubt) {
        vci_page_add(p->page, "    period: \"?\"");
        vci_propose_note(p, p->frequency == VC_MONTHLY ? VCI_TEXT_IMPORT_ASK_PERIOD
                                                       : VCI_TEXT_IMPORT_ASK_QUARTER);
    } else {
        const char *tab = vci_quote(p->sheet->name, strlen(p->sheet->name)).text;
        vci_page_add(p->page, "    period: ");
        vci_propose_write_period(p, p->year, when.last);
        vci_propose_note(p, VCI_TEXT_IMPORT_NOTE_FROM,
                         p->title.last ? p->title_at.text
                         : p->tab.last ? tab
                                       : vci_base_name(p->source->file));
    }
    bool range = vci_propose_is_range(p, &when) && !p->this_period;
    write_cumulative(p, p->cumulative || range, range ? when.first : 1);
}

vc_status vci_propose_time(vci_proposing *p) {
    vc_status st = VC_OK;
    bool need = false;
    find_year(p);
    if (!p->month_column && !p->months_in_columns) {
        write_sheet_period(p);
        goto out;
    }
    VC_TRY(row_times(p, take_need, &need));
    if ((need || columns_need_year(p)) && p->year > 0) {
        vci_page_add(p->page, "    year: %d", p->year);
        vci_propose_note(p, VCI_TEXT_IMPORT_NOTE_FROM,
                         p->title.year ? p->title_at.text
                         : p->tab.year ? p->sheet->name
                                       : vci_base_name(p->source->file));
    } else if (need || columns_need_year(p)) {
        vci_page_add(p->page, "    year: \"?\"");
        vci_propose_note(p, VCI_TEXT_IMPORT_ASK_YEAR);
    }
    write_cumulative(p, p->cumulative, 1);
out:
    return st;
}

/* --- of which times it speaks -------------------------------------------------------- */

/* A whole year says nothing of the periods within it. */
static void take_seen(void *what, const vci_when *when) {
    vci_seen *seen = what;
    if (when->last == 0 || (when->first == 1 && when->last == 12 && !when->quarter)) return;
    if (when->quarter)
        seen->n_quarters++;
    else if (when->first < when->last && vci_when_is_whole(when))
        seen->n_whole++;
    else
        seen->n_months++;
}

vc_status vci_propose_times(const vci_proposing *p, vci_seen *seen) {
    vc_status st = VC_OK;
    for (size_t c = 0; c < p->layout.n_columns; c++) {
        const vci_meaning *m = &p->layout.meanings[c];
        if (p->months_in_columns) take_seen(seen, &m->when);
        seen->n_quarters += m->this_quarter;
        seen->n_months += m->this_month;
    }
    if (p->month_column)
        VC_TRY(row_times(p, take_seen, seen));
    else if (!p->months_in_columns)
        take_seen(seen, p->title.last ? &p->title : p->tab.last ? &p->tab : &p->name);
out:
    return st;
}
