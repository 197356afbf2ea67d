#!/bin/sh
# Townships that were renamed, merged and split: each run takes the units of its time.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

mkdir county || exit 1
cat >county/workspace.yaml <<'END'
name: County
synthetic: yes
END
cat >county/units.csv <<'END'
code,name,parent,valid_from,valid_to,became,share
1,County,,,,,
11,Oldname,1,,2012-12,12,
12,Newname,1,2013-01,,,
13,Small,1,,2012-12,14,
14,Large,1,,,,
15,Whole,1,,2013-03,16;17,0.6;0.4
16,East,1,2013-04,,,
17,West,1,2013-04,,,
END
cat >county/targets.csv <<'END'
id,year_end,unit,indicator,direction,value
a,2013-12,*,births,at_most,900
END

# months UNIT FIRST LAST MALE FEMALE: rows of months counted from 2010-01, a little uneven.
months() {
    awk -v u="$1" -v a="$2" -v b="$3" -v m="$4" -v f="$5" 'BEGIN {
        for (t = a; t <= b; t++)
            printf "%s,%d-%02d,%d,%d,%d\n", u, 2010 + int(t / 12), t % 12 + 1,
                m + (t * 7 + u) % 5 - 2, f + (t * 3 + u) % 5 - 2, 1000 * (m + f)
    }'
}
{
    echo unit,month,births_male,births_female,population
    months 11 0 35 6 5
    months 12 36 42 6 5
    months 13 0 35 3 3
    months 14 0 35 11 10
    months 14 36 42 14 13
    months 15 0 38 16 15
    months 16 39 42 10 9
    months 17 39 42 6 6
} >county/monthly.csv

run check county
expect units_through_time/check 0
has units_through_time/four_townships_now out "Units: 5 (4 at the lowest level)"
has units_through_time/the_split_is_warned_of out \
    "units.csv:7: warning U07: the history of 16 (East), 17 (West) before 2013-04 is apportioned from 15 (Whole)"

run project county --as-of 2013-07 --draws 500 --all
expect units_through_time/project 0
for name in Newname Large East West; do has "units_through_time/has_$name" out "$name"; done
for name in Oldname Small Whole; do lacks "units_through_time/without_$name" out "$name"; done

run project county --as-of 2013-01 --draws 500 --all
expect units_through_time/project_before_the_split 0
for name in Newname Large Whole; do has "units_through_time/had_$name" out "$name"; done
for name in Oldname Small East; do lacks "units_through_time/had_no_$name" out "$name"; done

# What the county counted since the year began is the same in the table of that time.
sum=$(awk -F, '$2 ~ /^2013/ { n += $3 + $4 } END { print n }' county/monthly.csv)
run project county --as-of 2013-07 --draws 500 --json
if grep -q "\"to_date\": ${sum}[,}]" out; then
    pass units_through_time/the_total_is_that_of_the_table
else
    fail units_through_time/the_total_is_that_of_the_table "no $sum in $(cat out)"
fi

sed 's/^a,2013-12,\*/a,2013-12,15/' county/targets.csv >targets && mv targets county/targets.csv
run project county --as-of 2013-07 --draws 500
expect units_through_time/a_target_of_a_unit_that_ended 2
has units_through_time/names_the_successors err "name its successor instead: 16, 17"

finish
