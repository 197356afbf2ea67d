#!/bin/sh
# Births of the United States by sex, 1979 to 2008, a single series of 40 years: better than the
# seasonal naive and the straight line at every origin, and calibrated.
# shellcheck disable=SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
need us_national us_national_monthly/us_births_by_sex_1969_2008.csv

mkdir -p us_national
cat >us_national/workspace.yaml <<'END'
name: United States
language: en
source: CDC/NCHS
dating: event
tables:
  monthly:
    columns: {unit: unit, month: ym, births_male: births_m, births_female: births_f}
END
printf 'code,name,parent\nUS,United States,\n' >us_national/units.csv
printf 'id,year_end,unit,indicator,direction,value\nat_most_98_percent,2009-12,US,births,at_most,previous_year*0.98\n' \
    >us_national/targets.csv
awk -F, -v OFS=, 'NR == 1 { print "unit", $0; next } { print "US", $0 }' \
    "$shared/us_national_monthly/us_births_by_sex_1969_2008.csv" >us_national/monthly.csv
backtest us_national --years 1979-2008

table us_national.json births 0
table us_national.json sex_ratio_at_birth 0
for subject in births sex_ratio_at_birth; do
    for months in 3 6 7 9 11; do
        ours=$(score us_national.json crps vitalcast "$subject" 0 all "$months")
        for model in pace seasonal_naive; do
            other=$(score us_national.json crps "$model" "$subject" 0 all "$months")
            echo "# $subject after month $months: $ours, $model $other"
            at_most "us_national/${subject}_${model}_after_month_$months" "$ours" "$other"
        done
    done
    p=$(uniformity us_national.json "$subject" 0)
    echo "# PIT of $subject, bootstrap of years: p = $p"
    at_most "us_national/pit_of_${subject}_is_not_rejected" 0.01 "$p"
done
finish
