#include "office/figures_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "office/aliases_internal.h"
#include "office/totals_internal.h"
#include "office/unit_row_internal.h"

void vci_figures_free(vci_figures *figures) {
    for (size_t i = 0; i < figures->n_units; i++) {
        vci_free(figures->units[i].name);
        vci_free(figures->units[i].parent);
        vci_free(figures->units[i].former);
    }
    vci_free(figures->units);
    vci_text_map_free(&figures->codes);
    vci_text_map_free(&figures->indicators);
    vci_free(figures->list);
    memset(figures, 0, sizeof *figures);
}

/* Is it a sum of what happened in its time, or a state at the end of it? */
static bool is_sum(const vci_mapping *m) {
    return vci_to_is_event(m->to) ||
           (m->to == VCI_TO_NUMERATOR && m->kind == VCI_KIND_QUOTA && !m->cumulative);
}

/* The months that a figure counts: as its column says, or its row, or its sheet. */
static void set_months(const vci_reading *r, const vci_mapping *m, const vci_subject *s,
                       vci_figure *figure) {
    const vci_sheet_settings *sheet = r->sheet_settings;
    const vc_period step = 12 / (vc_period)r->settings->frequency;
    figure->first = m->last != VC_NO_PERIOD ? m->first : s->first;
    figure->last = m->last != VC_NO_PERIOD ? m->last : s->last;
    if (figure->last == VC_NO_PERIOD) {
        figure->first = sheet->first;
        figure->last = sheet->last;
    }
    if (figure->last == VC_NO_PERIOD) return;
    bool one = figure->first / step == figure->last / step;
    vc_period begun = figure->last - figure->last % 12 + sheet->first_month - 1;
    if (!is_sum(m))
        figure->first = figure->last;
    else if (vci_to_is_event(m->to) && sheet->cumulative && one && begun <= figure->last)
        figure->first = begun;
}

/* Its months as periods of the workspace; false if they are not whole ones. A state is that
 * of the last month. */
static bool set_periods(const vci_reading *r, const vci_mapping *m, vci_figure *figure) {
    const vc_period step = 12 / (vc_period)r->settings->frequency;
    if ((is_sum(m) && figure->first % step != 0) || figure->last % step != step - 1)
        return false;
    figure->first /= step;
    figure->last /= step;
    return true;
}

static vc_status add_figure(vci_reading *r, size_t row, const vci_mapping *m,
                            const vci_subject *s, double value) {
    vc_status st = VC_OK;
    vci_figures *f = r->figures;
    vci_import_unit *unit = &f->units[s->unit];
    vci_figure figure = {.unit = s->unit,
                         .to = m->to,
                         .kind = m->kind,
                         .cumulative = m->cumulative,
                         .value = value,
                         .sheet = r->sheet,
                         .row = row,
                         .column = m->column,
                         .times = m->times};
    figure.basis = m->basis ? m->basis : s->basis ? s->basis : r->sheet_settings->basis;
    if (vci_to_is_progress(m->to)) figure.basis = VCI_BASIS_NONE;
    set_months(r, m, s, &figure);
    bool known = figure.last != VC_NO_PERIOD;
    if (!known || !set_periods(r, m, &figure)) {
        VC_TRY(
            vci_reading_fault(r, row, m->column, "I10",
                              known ? VCI_TEXT_IMPORT_NO_QUARTER : VCI_TEXT_IMPORT_NO_TIME,
                              VCI_TEXT_IMPORT_NO_TIME_REMEDY));
        goto out;
    }
    if (!vci_to_is_monthly(m->to)) {
        const char *name = m->indicator ? m->indicator : "";
        VC_TRY(vci_text_map_add(&f->indicators, name, strlen(name), &figure.indicator));
    }
    if (unit->first == VC_NO_PERIOD || figure.last < unit->first) unit->first = figure.last;
    if (figure.last > unit->last) unit->last = figure.last;
    VC_GROW(f->list, f->n, f->capacity);
    f->list[f->n++] = figure;
out:
    return st;
}

/* --- rows -------------------------------------------------------------------------------
 */

/* The period by which the names of a row are dated. */
static vc_period dated(const vci_reading *r, const vci_subject *s) {
    vc_period latest = s->last != VC_NO_PERIOD ? s->last : r->sheet_settings->last;
    for (size_t i = 0; i < r->sheet_settings->n_columns; i++)
        if (r->sheet_settings->columns[i].last > latest)
            latest = r->sheet_settings->columns[i].last;
    return latest;
}

static vc_status read_row(vci_reading *r, size_t row) {
    vc_status st = VC_OK;
    vci_subject s = {.first = VC_NO_PERIOD, .last = VC_NO_PERIOD};
    bool good = true, found = true, blank = false, number = true;
    VC_TRY(vci_reading_time(r, row, &s, &good));
    VC_TRY(vci_reading_basis(r, row, &s, &good));
    if (!good) goto out;
    VC_TRY(vci_unit_row_read(r, row, &s.unit, dated(r, &s), &found));
    for (size_t i = 0; found && i < r->sheet_settings->n_columns; i++) {
        const vci_mapping *m = &r->sheet_settings->columns[i];
        double value = 0;
        if (!vci_to_is_figure(m->to)) continue;
        VC_TRY(vci_reading_number(r, row, m, &value, &blank, &number));
        if (!blank && number) VC_TRY(add_figure(r, row, m, &s, value));
    }
out:
    return st;
}

static vc_status read_rows(vci_reading *r) {
    vc_status st = VC_OK;
    const size_t begin = r->figures->n, faults = r->findings->n_faults;
    VC_NEW(r->filled, r->sheet->n_columns);
    VC_NEW(r->filled_bytes, r->sheet->n_columns);
    for (size_t row = r->sheet_settings->first_row;
         row <= r->sheet_settings->last_row && row < r->sheet->records.n; row++)
        if (vci_reading_takes(r, row))
            VC_TRY(read_row(r, row));
        else
            VC_TRY(vci_reading_carry(r, row));
    if (r->findings->n_faults == faults) VC_TRY(vci_totals_compare(r, begin));
out:
    vci_free(r->filled);
    vci_free(r->filled_bytes);
    return st;
}

/* --- sheets -----------------------------------------------------------------------------
 */

static const vci_worksheet *find_sheet(const vci_sheet_settings *s, size_t n,
                                       const vci_book *sources) {
    const char *name = s->sheet ? s->sheet : "";
    for (size_t i = 0; i < n; i++) {
        if (!s->sha256 || strcmp(sources[i].sha256, s->sha256) != 0) continue;
        for (size_t k = 0; k < sources[i].n_sheets; k++)
            if (strcmp(sources[i].sheets[k].name, name) == 0) return &sources[i].sheets[k];
    }
    return NULL;
}

static vc_status no_sheet(const vci_settings *settings, const vci_sheet_settings *s,
                          vc_findings *findings) {
    const char *name = s->file ? s->file : "", *sheet = s->sheet ? s->sheet : "";
    return vci_finding_add(findings, VC_FAULT, "I08",
                           (vci_place){settings->file, s->line, s->at},
                           vci_text_get(VCI_TEXT_IMPORT_CHANGED_REMEDY, findings->language),
                           VCI_TEXT_IMPORT_CHANGED, vci_quote(name, strlen(name)).text,
                           vci_quote(sheet, strlen(sheet)).text);
}

vc_status vci_figures_read(const vci_settings *settings, const vci_known_units *known,
                           size_t n_sources, const vci_book *sources, vc_findings *findings,
                           vci_figures *figures) {
    vc_status st = VC_OK;
    vci_text_map aliases = {0};
    char **new_names = NULL;
    size_t capacity = 0;
    vci_reading r = {.settings = settings,
                     .known = known,
                     .aliases = &aliases,
                     .new_names = &new_names,
                     .new_capacity = &capacity,
                     .findings = findings,
                     .figures = figures};
    figures->frequency = settings->frequency;
    VC_TRY(vci_aliases_declared(&r));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < settings->n; i++) {
            r.sheet_settings = &settings->sheets[i];
            r.sheet = find_sheet(r.sheet_settings, n_sources, sources);
            if (r.sheet)
                VC_TRY(pass == 0 ? vci_aliases_read(&r) : read_rows(&r));
            else if (pass == 0)
                VC_TRY(no_sheet(settings, r.sheet_settings, findings));
        }
    VC_TRY(vci_totals_say(&r));
    VC_TRY(vci_unit_rows_check_renamed(&r));
out:
    for (size_t i = 0; new_names && i < aliases.n; i++) vci_free(new_names[i]);
    vci_free(new_names);
    vci_text_map_free(&aliases);
    return st;
}
