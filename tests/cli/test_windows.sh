#!/bin/sh
# Months, quarters, several years, deadlines and class means from the tables to the lists.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# Three towns of one class; births of a town are the same every month, but one of June.
mkdir county
printf 'name: County\nlanguage: en\nyear_ends: [2013-12]\nmin_cell: 5\n' >county/workspace.yaml
printf 'code,name,parent,class\nC,County,,\nA,Alder,C,towns\nB,Birch,C,towns\nD,Dogwood,C,towns\n' \
    >county/units.csv
{
    echo "unit,month,births_male,births_female,population,status"
    for year in 2010 2011 2012 2013; do
        for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
            [ "$year$month" -gt 201307 ] && break
            boys=20
            [ "$year$month" = 201306 ] && boys=30
            echo "A,$year-$month,$boys,20,36500,final"
            echo "B,$year-$month,25,25,50000,final"
            echo "D,$year-$month,15,15,30000,final"
        done
    done
} >county/monthly.csv
cat >county/targets.csv <<'END'
id,year_end,unit,indicator,direction,value,decimals,points,period,deadline
year,2013-12,C,births,at_most,1500,0,,,
june,2013-06,level:1,births,at_most,45,0,2,month,
rate,2013-06,A,birth_rate,at_most,16.6,1,,月,
quarter,2013-09,level:1,births,at_most,130,0,5,季,
spring,2013-12,C,births,at_most,610,0,,,2013-05
class,2013-12,level:1,births,at_most,class_mean,0,,,
END

run project county --quiet --draws 400
expect windows/project 0
has windows/heading_of_a_month out "County: period 2013-06, data as of 2013-07"
has windows/heading_of_a_quarter out "County: period 2013-07 to 2013-09, data as of 2013-07"
has windows/heading_of_the_year out "County: assessment year 2013-01 to 2013-12, data as of 2013-07"
has windows/deadline out "births, by 2013-05"
has windows/digits_are_told out "digits after the point: births 0, birth rate (‰) 1"
has windows/periods_are_explained out "rates are per head and year"
has windows/class_is_explained out "median of the class's mean"
# 50 of 45 at most; 50 births of 36,500 people in 30 of 365 days: 16.67, published 16.7.
if grep -E '^Alder +births +50 +50 +40 .* ≤ 45 +100.0% +\+5 +not met' out >/dev/null &&
    grep -E '^Alder +birth rate \(‰\) +16.67 +16.67 +13.3[0-9] .* not met' out >/dev/null; then
    pass windows/a_month_that_is_over
else
    fail windows/a_month_that_is_over "$(cat out)"
fi
# Five months of 40, 50 and 30.
if grep -E '^County +births, by 2013-05 +[0-9]+ +600 +600 .* ≤ 610 +100.0% +-10 +met' out >/dev/null; then
    pass windows/a_deadline_that_is_over
else
    fail windows/a_deadline_that_is_over "$(cat out)"
fi
# The year is over for nobody: Dogwood's 360 or so against a mean of about 480.
if grep -E '^Dogwood +births .* ≤ 4[789][0-9] .* > 99.9%' out >/dev/null &&
    grep -E '^Birch +births .* ≤ 4[789][0-9] .* < 0.1%' out >/dev/null; then
    pass windows/class_mean
else
    fail windows/class_mean "$(cat out)"
fi

run show county/runs/*.h5
expect windows/show 0
has windows/lists_of_a_month out "Problem list, period 2013-06"
has windows/lists_of_the_year out "Problem list, year ending 2013-12"
has windows/points_of_a_quarter out "Points at the end of the period 2013-07 to 2013-09"

run show county/runs/*.h5 --json
expect windows/json 0
if command -v python3 >/dev/null; then
    if python3 -c '
import json
d = json.load(open("out"))
assert d["year_ends"] == ["2013-12"], d["year_ends"]
r = {x["target_id"]: x for x in d["results"]}
assert [r["quarter"][k] for k in ("period", "first", "end", "decimals")] == [
    "quarter", "2013-07", "2013-09", 0], r["quarter"]
assert [r["spring"][k] for k in ("period", "year_end", "end")] == [
    "year", "2013-12", "2013-05"], r["spring"]
assert r["class"]["value"] == "class_mean" and 470 < r["class"]["target"] < 500, r["class"]
assert abs(r["rate"]["median"] - 50 * 1000 * 365 / 30 / 36500) < 1e-12, r["rate"]
assert r["rate"]["final"] and r["rate"]["p_met"] == 0, r["rate"]
assert sorted({(c["period"], c["points"]) for c in d["scorecards"]}) == [
    ("month", 2), ("quarter", 5)], d["scorecards"]' 2>err; then
        pass windows/json_has_windows
    else
        fail windows/json_has_windows "$(cat err)"
    fi
else
    skip windows/json_has_windows "no python3"
fi

# The answer about the year does not depend on what else is asked, to the last digit.
grep -o '"target_id": "year", "unit": "C".*"history"' out >with.txt
sed -i '/^june\|^rate\|^quarter\|^spring\|^class/d' county/targets.csv
run project county --quiet --draws 400 --store alone --json
grep -o '"target_id": "year", "unit": "C".*"history"' out >alone.txt
if [ -s alone.txt ] && cmp -s with.txt alone.txt; then
    pass windows/the_year_alone
else
    fail windows/the_year_alone "$(cat with.txt alone.txt)"
fi

# Children's targets above their parent's, both places named.
cat >>county/targets.csv <<'END'
low,2013-12,level:1,births,at_least,600,0,,,
END
run check county
expect windows/family 2
has windows/family_places out "targets.csv:2: fault S06: target year: unit C"
has windows/family_other out "1800 together (target low in line 3)"
finish
