#!/bin/sh
# Births of 172 municipalities in 12 health regions of Santa Catarina, Brazil, 2016 to 2023; many
# have fewer than five a month.
# shellcheck disable=SC1090,SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
. "$source_tree/tests/accuracy/places.sh"
need santa_catarina brazil_sc_municipal_monthly/sc_births_dev.csv

mkdir -p santa_catarina
cp "$shared/brazil_sc_municipal_monthly/sc_births_dev.csv" santa_catarina/monthly.csv
cat >santa_catarina/workspace.yaml <<'END'
name: Santa Catarina, 172 municipalities
language: en
source: SINASC, DataSUS
dating: event
units: {from_columns: [health_region, mun_code], names: [health_region, municipality]}
tables:
  monthly:
    columns: {month: ym, births: births}
END
printf 'id,year_end,unit,indicator,direction,value\nat_most_98_percent,2024-12,*,births,at_most,previous_year*0.98\n' \
    >santa_catarina/targets.csv
backtest santa_catarina --years 2016-2023
awk -F, -v OFS=, 'NR == 1 { print "unit,month,y"; next } { print $2, $1, $5 }' \
    santa_catarina/monthly.csv >santa_catarina.csv
ets santa_catarina santa_catarina.csv 2016-2023
judge santa_catarina 2 2016 2023
finish
