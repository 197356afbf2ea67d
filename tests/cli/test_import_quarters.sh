#!/bin/sh
# import: sheets of quarters, into workspaces of quarters and of months; workbooks by
# import/quarter_books.py.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

if ! command -v xlsx2csv >/dev/null || ! command -v python3 >/dev/null; then
    skip import_quarters/books "no xlsx2csv"
    finish
fi
python3 "$source_tree/tests/cli/import/quarter_books.py" books || exit 1

# workspace DIR PERIOD: a folder whose workspace.yaml says so.
workspace() {
    mkdir "$1"
    cp "books/$2.yaml" "$1/workspace.yaml"
}

# gives NAME WANTED DIR: monthly.csv is that table.
gives() {
    expect "import_quarters/${1}_is_accepted" 0
    if cmp -s "$2" "$3/monthly.csv"; then
        pass "import_quarters/${1}_gives"
    else
        fail "import_quarters/${1}_gives" "$(diff "$2" "$3/monthly.csv")"
    fi
}

# Quarters by their names, without a workspace: proposed with what says so, and one is made.
run import books/said.xlsx --into said --lang en
has import_quarters/seen said/import.yaml 'period: quarter  # the files speak of quarters only'
has import_quarters/of_the_sheet said/import.yaml 'period: 2013-Q2  # from A1'
has import_quarters/no_sum said/import.yaml 'cumulative: no'
run import books/said.xlsx --into said --accept --lang en
gives said books/truth.csv said
has import_quarters/workspace_made said/workspace.yaml 'period: quarter'
has import_quarters/recorded said/import-record.csv 'monthly,松河镇,2013-Q1,,births,97,read'
printf '%s\n' id,year_end,unit,indicator,direction,value 't,2013-Q4,*,births,at_most,9999' >said/targets.csv
run check said
expect import_quarters/reads_without_settings 0
run import books/said.xlsx --into chinese --lang zh
has import_quarters/seen_in_chinese chinese/import.yaml 'period: quarter  # 表中只有季度数据'
run import books/named.xlsx --into named --accept --quiet
gives named books/truth.csv named
run import books/across.xlsx --into across --accept --quiet
gives across books/births.csv across
run import books/down.xlsx --into down --accept --quiet
gives down books/events.csv down

# Without a year it is asked once for all columns.
for name in yearless yearless_months; do
    run import "books/$name.xlsx" --into "$name" --accept --lang en
    expect "import_quarters/${name}_is_asked" 2
    has "import_quarters/${name}_asks_the_year" err 'year: 2013'
    lacks "import_quarters/${name}_asks_nothing_else" err 'fault S01'
    sed -i 's/year: "?"/year: 2013/' "$name/import.yaml"
    run import "books/$name.xlsx" --into "$name" --accept --quiet
    expect "import_quarters/${name}_is_accepted" 0
done
has import_quarters/quarters_of_the_year yearless/monthly.csv '松河镇,2013-Q2,92'
has import_quarters/months_of_the_year yearless_months/monthly.csv '松河镇,2013-02,32'

# Sums since January alone may be either: asked, and either answer is taken.
run import books/sums.xlsx --into sums --accept --lang en
expect import_quarters/sums_are_asked 2
has import_quarters/sums_are_asked_here err 'is still a question — period: month | quarter'
sed 's/^period: "?"/period: quarter/' sums/import.yaml >answered
cp answered sums/import.yaml
run import books/sums.xlsx --into sums --accept --quiet
gives sums books/truth.csv sums
run import books/sums.xlsx --into as-months --lang en
sed -i 's/^period: "?"/period: month/' as-months/import.yaml
run import books/sums.xlsx --into as-months --accept --lang en
expect import_quarters/months_are_joint 2
has import_quarters/months_are_named err 'I12: 1-3月!B3 holds 2013-01 to 2013-03 together'
run import books/mixed.xlsx --into mixed --accept --lang en
has import_quarters/mixed_is_asked err "is still a question — period: month | quarter"

# The workspace says it.
workspace declared quarter
run import books/sums.xlsx --into declared --lang en
has import_quarters/declared declared/import.yaml 'period: quarter  # workspace.yaml'
run import books/sums.xlsx --into declared --accept --quiet
gives declared books/truth.csv declared
# A month in a workspace of quarters: asked for the whole sheet, a column, a cell, 本月.
for name in month months this_month; do
    workspace "$name" quarter
    run import "books/$name.xlsx" --into "$name" --accept --lang en
    expect "import_quarters/${name}_is_asked" 2
    has "import_quarters/${name}_is_a_question" err 'fault I07'
done
has import_quarters/a_month_is_asked month/import.yaml 'period: "?"  # a quarter such as 2013-Q3'
has import_quarters/a_column_is_asked months/import.yaml 'B: {to: births, period: "?"}'
sed -i 's/^    period: "?"/    period: 2013-Q2/' month/import.yaml
run import books/month.xlsx --into month --accept --quiet
gives answered books/june.csv month
workspace cells quarter
run import books/cells.xlsx --into cells --accept --lang en
has import_quarters/a_cell_is_refused err 'cells.xlsx:3:3: fault I10: 分月!C3 "31" is not of whole quarters'
has import_quarters/the_last_month_is_refused err '分月!C5 "35" is not of whole quarters'
lacks import_quarters/a_quarter_is_not err '分月!C4'

# A quarter in a workspace of months: three months together.
workspace monthly month
run import books/second.xlsx --into monthly --accept --lang en
has import_quarters/three_months err 'fault I12: 二季度!B3 holds 2013-04 to 2013-06 together'
sed -i '1i joint_months: split' monthly/import.yaml
run import books/second.xlsx --into monthly --accept --quiet
printf 'unit,month,births\n松河镇,2013-04,30\n松河镇,2013-05,31\n松河镇,2013-06,30\n' >three
gives split three monthly
workspace this month
run import books/this.xlsx --into this --lang en
has import_quarters/this_quarter this/import.yaml 'B: {to: births, from: 2013-04, period: 2013-06}'
workspace this_quarter quarter
run import books/this.xlsx --into this_quarter --accept --quiet
printf 'unit,month,births\n松河镇,2013-Q2,91\n' >one
gives this_quarter one this_quarter

# Workspaces that the settings are not for, and of years.
workspace other quarter
cp answered other/import.yaml
sed -i '/^period/d' other/import.yaml
run import books/sums.xlsx --into other --accept --lang en
expect import_quarters/another_period 2
has import_quarters/another_period_is_named err 'other/import.yaml: fault I17'
workspace years year
run import books/said.xlsx --into years --lang zh
expect import_quarters/years 2
has import_quarters/years_are_named err 'years/workspace.yaml:2:9: 错误 I17'
finish
