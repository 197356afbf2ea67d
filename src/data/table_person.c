/*
 * Only aggregate counts are accepted (DESIGN.md sections 3 and 7): signs of one row per
 * person.
 */
#include <string.h>

#include "core/normalise_internal.h"
#include "data/table_parts_internal.h"

#define LONGEST_HEADER 80

/* Headers in lower case without blanks, _ and -. */
static const char *const whole_names[] = {
    "idnumber",    "idno",        "idcard",      "idcardnumber", "nationalid",
    "personid",    "citizenid",   "ssn",         "passport",     "passportnumber",
    "dateofbirth", "birthdate",   "birthday",    "dob",          "fullname",
    "firstname",   "lastname",    "givenname",   "familyname",   "surname",
    "forename",    "personname",  "mothername",  "fathername",   "mothersname",
    "fathersname", "childname",   "patientname", "patientid",    "motherid",
    "phone",       "phonenumber", "telephone",   "mobile"};

static const char *const chinese_parts[] = {"姓名",     "身份证号", "身份号码", "身份证件",
                                            "证件号码", "出生日期", "出生年月", "生日",
                                            "手机号",   "联系电话", "家庭住址"};

/* Shares and counts of such things are aggregates: 身份证号录入率, 姓名缺失数. */
static const char *const aggregate_ends[] = {"率", "数", "比", "比例", "比重", "%", "％"};

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), n_end = strlen(end);
    return n >= n_end && strcmp(text + n - n_end, end) == 0;
}

static bool header_is_personal(const vci_cell *cell) {
    char name[LONGEST_HEADER + 1];
    size_t n = 0;
    for (size_t i = 0; i < cell->n && n < LONGEST_HEADER; i++) {
        char c = cell->text[i];
        if (c == ' ' || c == '_' || c == '-' || c == '\'') continue;
        name[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    name[n] = '\0';
    for (size_t i = 0; i < sizeof whole_names / sizeof *whole_names; i++)
        if (strcmp(name, whole_names[i]) == 0) return true;
    for (size_t i = 0; i < sizeof aggregate_ends / sizeof *aggregate_ends; i++)
        if (ends_with(name, aggregate_ends[i])) return false;
    for (size_t i = 0; i < sizeof chinese_parts / sizeof *chinese_parts; i++)
        if (strstr(name, chinese_parts[i])) return true;
    return false;
}

static bool number_between(const char *digits, size_t n, int low, int high) {
    int number = 0;
    for (size_t i = 0; i < n; i++) number = 10 * number + (digits[i] - '0');
    return number >= low && number <= high;
}

/* 18 places: region 6, date of birth 8, serial number 3, check digit (GB 11643-1999). */
static bool is_identity_number(const vci_cell *cell) {
    if (cell->n != 18) return false;
    for (size_t i = 0; i < 17; i++)
        if (cell->text[i] < '0' || cell->text[i] > '9') return false;
    char last = cell->text[17];
    if ((last < '0' || last > '9') && last != 'X' && last != 'x') return false;
    return number_between(cell->text + 6, 4, 1850, 2100) &&
           number_between(cell->text + 10, 2, 1, 12) &&
           number_between(cell->text + 12, 2, 1, 31);
}

vc_status vci_person_check(const char *file, const vci_records *records,
                           vc_findings *findings, bool *personal) {
    const vci_cell *sign = NULL;
    for (size_t i = 0; i < records->n_cells && !sign; i++) {
        const vci_cell *cell = &records->cells[i];
        bool in_header = i < records->begin[1];
        if ((in_header && header_is_personal(cell)) || is_identity_number(cell))
            sign = cell;
    }
    *personal = sign != NULL;
    if (!sign) return VC_OK;
    return vci_finding_add(findings, VC_FAULT, "P01",
                           (vci_place){file, sign->line, sign->column},
                           vci_text_get(VCI_TEXT_TABLE_PERSON_REMEDY, findings->language),
                           VCI_TEXT_TABLE_PERSON);
}
