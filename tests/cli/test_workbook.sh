#!/bin/sh
# The workbook: every number in it is one of the run, withheld ones are not there, texts of the data
# are texts. The cells are read back from the XML.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# numbers SHEET [COLUMNS]: numbers in the cells of a sheet, of these columns (A-Z: all).
numbers() {
    unzip -p book.xlsx "xl/worksheets/sheet$1.xml" | sed 's/<c r=/\n&/g' |
        sed -n '/t="s"/d; s/^<c r="['"${2:-A-Z}"'][0-9]*"[^>]*><v>\([^<]*\)<.*/\1/p'
}

# keys: each number with twelve digits, to be compared as text.
keys() { awk '{ printf "%.12g\n", $1 }' | sort -u; }

# all_in NAME SET: every line of the file found stands in the file SET, and there are some.
all_in() {
    strange=$(comm -23 found "$2")
    if [ -s found ] && [ -z "$strange" ]; then
        pass "$1"
    else
        fail "$1" "$(wc -l <found) numbers, not in the run: $strange"
    fi
}

# book LANGUAGE: book.xlsx of the county's run.
book() {
    run report "$id" --store county/runs --to xlsx --output book.xlsx --lang "$1"
}

make_workspace county
cat >>county/workspace.yaml <<'END'
commendation:
  - {name: honours, year_end: 2013-12, class: "*", by: births, quota: 1, rounding: up, ties: share, better: low}
END
cat >county/units.csv <<'END'
code,name,parent,class
C,测试县,,
C1,东镇,C,towns
C2,西镇,C,towns
C3,小乡,C,towns
END
cat >county/progress.csv <<'END'
unit,month,indicator,kind,numerator,denominator,cumulative,status,department
C1,2013-06,录入率,stock,812,1000,no,final,信息科
C1,2013-07,录入率,stock,833,1000,no,final,信息科
C2,2013-07,录入率,stock,955,1000,no,final,信息科
C3,2013-07,录入率,stock,461,500,no,final,信息科
END
echo 'entry,2013-12,*,录入率,at_least,95,2' >>county/targets.csv
run project county --draws 400 --threads 1 --quiet
expect workbook/project 0
id=$(basename "$(ls county/runs/*.h5)" .h5)
run show "$id" --store county/runs --json
grep -oE '[-]?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?' out | keys >shown
h5dump -y -m '%.17g' -d /assessment/path "county/runs/$id.h5" | tr -s ', ' '\n' |
    grep -E '^-?[0-9]' | keys | sort -u - shown >stored

for language in en zh; do
    book "$language"
    expect "workbook/$language/report" 0
    for sheet in 1:verdict 3:ranks 4:problems 5:tasks 6:responsibilities 7:required; do
        numbers "${sheet%:*}" | keys >found
        all_in "workbook/$language/${sheet#*:}/every_number_is_shown" shown
    done
    # Columns G to N: quantiles and target.
    numbers 8 G-N | keys >found
    all_in "workbook/$language/paths/every_number_is_stored" stored
done

# Figures of the periods: those of monthly.csv, and what comes of them.
awk -F, 'NR > 1 {
    births[$1, $2] += $3 + $4; births["C", $2] += $3 + $4
    boys[$1, $2] += $3; boys["C", $2] += $3
    girls[$1, $2] += $4; girls["C", $2] += $4
    deaths[$1, $2] += $5; deaths["C", $2] += $5
}
function compare(now, other) {
    print other
    if (other > 0) printf "%.17g\n", 100 * (now / other - 1)
}
function tell(count, unit,    m, now) {
    for (m = 1; m <= 7; m++) {
        now = count[unit, sprintf("2013-%02d", m)]
        print now
        compare(now, count[unit, sprintf("2012-%02d", m)])
        compare(now, count[unit, m > 1 ? sprintf("2013-%02d", m - 1) : "2012-12"])
    }
}
function tell_all(unit) { tell(births, unit); tell(boys, unit); tell(girls, unit); tell(deaths, unit) }
END { tell_all("C"); tell_all("C1"); tell_all("C2") }' county/monthly.csv | keys >counted
numbers 2 | keys >found
all_in workbook/periods/every_number_is_counted counted

# Headings that stay, the sheet of paper and the line of what it is for, on every sheet but the charts'.
good=0
for sheet in 1 2 3 4 5 6 7 8 10; do
    case $(unzip -p book.xlsx "xl/worksheets/sheet$sheet.xml") in
    *'state="frozen"'*'orientation="landscape"'*'不作为下达生育数量'*) good=$((good + 1)) ;;
    esac
done
if [ "$good" = 9 ]; then pass workbook/print; else fail workbook/print "$good of 9 sheets"; fi
unzip -p book.xlsx xl/workbook.xml >workbook.xml
has workbook/repeated_rows workbook.xml '_xlnm.Print_Titles'

# Nothing half-written: a folder that is not there.
run report "$id" --store county/runs --to xlsx --output nowhere/book.xlsx
expect workbook/no_folder 4
no_run workbook/nothing_written nowhere
run report "$id" --store county/runs --to csv
expect workbook/other_format 64
finish
