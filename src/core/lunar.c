/*
 * Chinese New Year, days after 1 January: Chinese calendar of ICU 78.2 (Unicode,
 * unicode-org/icu).
 */
#include "core/lunar_internal.h"

#define FIRST_YEAR VCI_LUNAR_FIRST
#define YEARS (VCI_LUNAR_LAST - VCI_LUNAR_FIRST + 1)

static const unsigned char NEW_YEAR[YEARS] = {
    30, 49, 38, 28, 46, 34, 24, 43, 32, 21, 40, 29, 48, 36, 25, 44, 33, 22, 41, 31, 50,
    38, 27, 46, 35, 23, 43, 32, 22, 40, 29, 47, 36, 25, 44, 34, 23, 41, 30, 49, 38, 26,
    45, 35, 24, 43, 32, 21, 40, 28, 47, 36, 26, 44, 34, 23, 42, 30, 48, 38, 27, 45, 35,
    24, 43, 32, 20, 39, 29, 47, 36, 26, 45, 33, 22, 41, 30, 48, 37, 27, 46, 35, 24, 43,
    32, 50, 39, 28, 47, 36, 26, 45, 34, 22, 40, 30, 49, 37, 27, 46, 35, 23, 42, 31, 21,
    39, 28, 48, 37, 25, 44, 33, 22, 40, 30, 49, 38, 27, 46, 35, 24, 42, 31, 21, 40, 28,
    47, 37, 25, 43, 32, 22, 41, 30, 49, 38, 27, 45, 34, 23, 42, 31, 21, 40, 29, 47, 36,
    25, 44, 32, 22, 41, 31, 49, 38, 27, 45, 34, 23, 42, 32, 20, 39, 28, 47, 35, 25, 44,
    33, 22, 41, 30, 49, 37, 26, 45, 35, 23, 42, 32, 21, 39, 28, 47, 36, 25, 44, 33, 23,
    40, 29, 48, 37, 26, 45, 35, 24, 42, 31, 20, 39};

int32_t vci_lunar_new_year(int year) {
    int at = year < FIRST_YEAR            ? 0
             : year >= FIRST_YEAR + YEARS ? YEARS - 1
                                          : year - FIRST_YEAR;
    return vc_period_first_day(year, VC_YEARLY) + NEW_YEAR[at];
}
