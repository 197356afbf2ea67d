#!/bin/sh
# import: totals of a sheet beside the sums of its rows; workbooks made by import/totals_books.py.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

if ! command -v xlsx2csv >/dev/null || ! command -v python3 >/dev/null; then
    skip import_totals/books "no xlsx2csv"
    finish
fi
python3 "$source_tree/tests/cli/import/totals_books.py" books || exit 1

# totals BOOK AGREE DIFFER UNSURE: what was compared; no warning beyond those, and it is accepted.
totals() {
    run import "books/$1.xlsx" --into "$1" --accept --lang en
    expect "import_totals/${1}_is_accepted" 0
    has "import_totals/${1}_is_counted" err \
        "$2 figures agree, $3 differ; $4 rows of totals not compared"
    if [ "$(grep -c 'warning I16' err)" = "$3" ]; then
        pass "import_totals/${1}_warns"
    else
        fail "import_totals/${1}_warns" "$(cat err)"
    fi
}

totals agree 2 0 0
totals bottom 1 1 0
has import_totals/the_cell_is_named err 'books/bottom.xlsx:6:3: warning I16: 3月!C6 ("合 计") says 75'
has import_totals/sum_and_difference err 'the 3 rows that were read for it add up to 72, a difference of +3'
has import_totals/the_remedy err 'or the total, and mend the workbook'
has import_totals/the_data_stay bottom/monthly.csv '松河镇,2024-03,31,17'
run import books/bottom.xlsx --into zh --lang zh
has import_totals/chinese err '3月!C6（“合 计”）为 75，所读取的 3 行之和为 72，相差 +3'
# Above all rows, with a separator of thousands; 其中 is no total.
totals top 1 1 0
has import_totals/thousands err '3月!B3 ("全县总计") says 1203; the 3 rows'
totals blank 1 1 0
has import_totals/rows_without_a_figure err 'difference of +17 (1 more have no figure there)'
# Subtotals below their groups: one cell is wrong (C8), the grand total is right.
totals below 5 1 0
has import_totals/a_group err '3月!C8 ("小计") says 11; the 2 rows that were read for it add up to 10'
# Above their groups, and where every one contradicts the layout: nothing is said.
totals above 0 0 2
totals framed 0 0 2
totals open 0 0 1
totals shifted 0 0 3
totals parents 0 0 1
totals again 0 0 2
# A unit that a person skips belongs to the total all the same.
run import books/agree.xlsx --into left --lang en
sed -i 's/skip: \[6\]/skip: [4, 6]/' left/import.yaml
run import books/agree.xlsx --into left --accept --lang en
has import_totals/a_skipped_unit err '0 figures agree, 0 differ; 1 rows of totals'
totals middle 0 0 1
# Two blocks, each with a total of its own.
totals blocks 0 0 2
# By the parent, in the row or in the label.
totals parent 5 1 0
has import_totals/of_a_parent err '3月!D3 ("小计") says 8; the 2 rows that were read for it add up to 7'
has import_totals/a_merged_cell_begins_at_its_total parent/units.csv '柳南村,柳南村,柳林乡'
totals named 5 1 0
has import_totals/by_its_label err '3月!D6 ("柳林乡合计") says 11'
# Two levels in one list, by words, codes or sums: not compared.
totals levels 0 0 1
totals codes 0 0 1
totals double 0 0 1
totals months 3 1 0
has import_totals/of_its_month err '3月!D8 ("合计") says 11; the 2 rows that were read for it add up to 10'
# Tens of thousands, each rounded by itself: 5.48 may be 5.49, not 5.58.
totals rounded 2 0 0
totals unrounded 1 1 0
totals rate 1 0 0
finish
