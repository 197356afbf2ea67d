#!/bin/sh
# import: sheets of services and records, into progress.csv; workbooks by import/progress_books.py.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

if ! command -v xlsx2csv >/dev/null || ! command -v python3 >/dev/null; then
    skip import_progress/books "no xlsx2csv"
    finish
fi
python3 "$source_tree/tests/cli/import/progress_books.py" books || exit 1
head='unit,month,indicator,kind,numerator,denominator,cumulative'

# gives NAME WANTED: accepted as it stands, import makes that progress.csv.
gives() {
    run import "books/$1.xlsx" --into "$1" --accept --lang en
    expect "import_progress/${1}_is_accepted" 0
    if cmp -s "$2" "$1/progress.csv"; then
        pass "import_progress/${1}_gives"
    else
        fail "import_progress/${1}_gives" "$(diff "$2" "$1/progress.csv")"
    fi
}

# row NAME ROW: the same of one row.
row() {
    printf '%s\n%s\n' "$head" "$2" >want
    gives "$1" want
}

# asks NAME TEXT: it is not accepted before that is answered.
asks() {
    run import "books/$1.xlsx" --into "$1" --accept --lang en
    expect "import_progress/${1}_is_asked" 2
    has "import_progress/${1}_says_what" err "$2"
}

# Records: what both headers name is a stock; the rate beside them is left out, events stay events.
gives stock books/stock.csv
has import_progress/proposed stock/import.yaml 'D: {to: numerator, indicator: "身份证号录入率", kind: stock}  # D3 身份证号已录入数'
has import_progress/denominator stock/import.yaml 'C: {to: denominator, indicator: "身份证号录入率"}'
has import_progress/the_rate_is_left_out stock/import.yaml 'E: ignore  # E3 身份证号录入率（%）: formed of the counts beside it'
has import_progress/events_stay stock/monthly.csv '松河镇,2013-06,37'
has import_progress/counted out 'progress.csv 12 rows'
has import_progress/recorded stock/import-record.csv \
    'progress numerator,松河镇,2013-06,,身份证号录入率,1203,read,1,stock.xlsx,6月,D4'
has import_progress/totals_compared err '10 figures agree, 0 differ'
printf '%s\n' id,year_end,unit,indicator,direction,value 't,2013-12,*,身份证号录入率,at_least,90' >stock/targets.csv
run check stock
expect import_progress/reads_without_settings 0
# A quota: the sum since January, not the month beside it.
gives quota books/quota.csv
has import_progress/the_month_is_left_out quota/import.yaml "C3 孕前检查本月完成数: the month's own figure"
row range '松河镇,2013-07,孕检完成率,quota,216,432,yes'
row own '松河镇,2013-07,孕检完成率,quota,31,432,no'
row survey '松河镇,2013-07,满意率,survey,45,50,no'
row scores '松河镇,2013-07,知晓率,survey,45,50,no'
row events '松河镇,2013-07,录入出生率,stock,45,50,no'
printf '%s\n' "$head" '松河镇,2013-07,信息录入率,stock,,50,no' '柳林乡,2013-07,信息录入率,stock,7,,no' >want
gives blank want

# What the words do not tell is asked.
asks alone 'cumulative: yes | no'
sed -i 's/cumulative: "?"/cumulative: yes/' alone/import.yaml
row alone '松河镇,2013-07,孕检完成率,quota,31,432,yes'
asks kind 'kind: quota | stock | survey'
has import_progress/kinds_are_told kind/import.yaml 'kind: quota (done, of the year'
sed -i 's/kind: "?", cumulative: "?"/kind: stock/' kind/import.yaml
row kind '松河镇,2013-07,检查率,stock,401,432,no'
asks must 'kind: quota | stock | survey'
sed -i 's/kind: "?", cumulative: "?"/kind: quota, cumulative: yes/' must/import.yaml
row must '松河镇,2013-07,孕检完成率,quota,401,432,yes'
run import books/kind.xlsx --into kind-quota --lang en
sed -i 's/kind: "?"/kind: quota/' kind-quota/import.yaml
run import books/kind.xlsx --into kind-quota --accept --lang en
has import_progress/a_quota_needs_more err 'cumulative: yes | no'
asks name 'indicator: 孕检完成率'
run import books/name.xlsx --into chinese --accept --lang zh
has import_progress/chinese err '“indicator”尚未回答'
has import_progress/chinese_note chinese/import.yaml '表头未写明'
sed -i 's/indicator: "?"/indicator: 孕检完成率/' name/import.yaml
row name '松河镇,2013-07,孕检完成率,quota,216,432,yes'

# Without a partner a column is none of these.
asks lonely 'B` is still a question'
lacks import_progress/no_partner lonely/import.yaml 'numerator'
# Counts are whole and not negative; totals are compared.
asks half 'C3 "45.5" is not a whole number'
has import_progress/no_negative_count err 'C4 "-3" is not a whole number'
run import books/total.xlsx --into total --lang en
has import_progress/a_total_differs err 'warning I16: 表!C5 ("合计") says 97; the 2 rows that were read for it add up to 96'
# Quarters; of a quota what was done in the quarter alone.
printf '%s\n' "$head" '松河镇,2013-Q2,信息录入率,stock,45,50,no' '松河镇,2013-Q2,孕检完成率,quota,101,432,no' >want
gives quarter want

# Settings that contradict themselves.
run import books/range.xlsx --into denominator --lang en
sed -i 's/C: {to: numerator.*}/C: ignore/' denominator/import.yaml
run import books/range.xlsx --into denominator --accept --lang en
has import_progress/no_numerator err 'fault V02: 孕检完成率 has a denominator and no numerator'
run import books/stock.xlsx --into kinds --lang en
sed -i '0,/kind: stock/s//kind: survey/' kinds/import.yaml
run import books/stock.xlsx --into kinds --accept --lang en
has import_progress/two_kinds err 'fault V02: 身份证号录入率 is of two kinds'
finish
