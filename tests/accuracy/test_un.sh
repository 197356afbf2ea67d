#!/bin/sh
# United Nations estimates (World Population Prospects 2024) of 237 countries and areas: crude birth
# rate and crude death rate, five years ahead of 2003, 2008, 2013 and 2018. The estimates are
# smoothed, so there is no bar: the table is the result. Their sex ratio at birth is left out: for most
# places it is one constant number, which no standard deviation can be fitted to.
# shellcheck disable=SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
need un un_wpp2024_annual/wpp2024_births_srb.csv

mkdir -p un
printf 'name: World\nlanguage: en\nperiod: year\nsource: UN WPP 2024, CC BY 3.0 IGO\n' >un/workspace.yaml
# A country's name may hold a comma: the last eight columns count.
awk -F, -v OFS=, 'NR == 1 { print "unit,period,indicator,value"; next }
    { print "u" $1, $(NF - 6), "cbr", $(NF - 4); print "u" $1, $(NF - 6), "cdr", $(NF - 2) }' \
    "$shared/un_wpp2024_annual/wpp2024_births_srb.csv" >un/values.csv
{
    printf 'code,name,parent\nall,all,\n'
    tail -n +2 un/values.csv | cut -d, -f1 | sort -u | sed 's/.*/&,&,all/'
} >un/units.csv
printf 'id,year_end,unit,indicator,direction,value\nat_most_10,2023,*,cbr,at_most,10\n' >un/targets.csv
backtest un --years 2008,2013,2018,2023 --ahead 4 --draws 1000
for indicator in cbr cdr; do
    printf '# %s, five years ahead: CRPS\n#   %-12s %9s' "$indicator" model all
    printf ' %9s' 2008 2013 2018 2023
    echo
    for model in vitalcast persistence drift; do
        printf '#   %-12s' "$model"
        for year in all 2008 2013 2018 2023; do
            printf ' %9.4f' "$(score un.json crps "$model" "$indicator" 1 "$year" all)"
        done
        echo
    done
    if [ "$(score un.json n vitalcast "$indicator" 1 all all)" = 948 ]; then
        pass "un/every_country_is_scored_$indicator"
    else
        fail "un/every_country_is_scored_$indicator" \
            "$(score un.json n vitalcast "$indicator" 1 all all) forecasts, not 948"
    fi
done
finish
