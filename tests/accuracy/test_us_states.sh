#!/bin/sh
# Births of 51 states of the United States, 2010 to 2024: each state has a season of its own.
# shellcheck disable=SC1090,SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
. "$source_tree/tests/accuracy/places.sh"
need us_states us_states_monthly/us_states_births_2003_2024.csv

mkdir -p us_states
cp "$shared/us_states_monthly/us_states_births_2003_2024.csv" us_states/monthly.csv
cat >us_states/workspace.yaml <<'END'
name: United States, 51 states
language: en
source: CDC/NCHS Natality
dating: event
units: {from_columns: [state_fips], names: [state]}
tables:
  monthly:
    columns: {month: ym, births: births}
END
printf 'id,year_end,unit,indicator,direction,value\nat_most_98_percent,2025-12,*,births,at_most,previous_year*0.98\n' \
    >us_states/targets.csv
backtest us_states --years 2010-2024
awk -F, -v OFS=, 'NR == 1 { print "unit,month,y"; next } { print $2, $1, $4 }' \
    us_states/monthly.csv >us_states.csv
ets us_states us_states.csv 2010-2024
judge us_states 1 2010 2024
finish
