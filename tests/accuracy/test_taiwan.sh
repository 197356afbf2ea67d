#!/bin/sh
# 182 townships of Taiwan, 2019 to 2022, origins after months 3, 6, 7, 9 and 11: the bars are those
# of a prototype on the same data (reference/backtest_bar.csv of the shared folder; ETS too).
# Settings were chosen on 2019 and 2020 (docs/ACCURACY.md).
# shellcheck disable=SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
need taiwan taiwan_township_monthly/townships_dev.csv

mkdir -p taiwan
cp "$shared/taiwan_township_monthly/townships_dev.csv" taiwan/monthly.csv
cat >taiwan/workspace.yaml <<'END'
name: Taiwan, 182 townships
language: en
source: Department of Household Registration, Ministry of the Interior, Taiwan
average_population: monthly_mean
units: {from_columns: [county_code, town_code], names: [county, town]}
tables:
  monthly:
    columns:
      month: ym
      births_male: births_m
      births_female: births_f
      deaths: [deaths_m, deaths_f]
      population: [pop_m, pop_f]
END
cat >taiwan/targets.csv <<'END'
id,year_end,unit,indicator,direction,value
at_most_107,2022-12,*,sex_ratio_at_birth,at_most,107
at_most_93_percent,2022-12,*,births,at_most,previous_year*0.93
at_most_103_percent,2022-12,*,deaths,at_most,previous_year*1.03
END
begin=$(date +%s)
backtest taiwan --years 2019-2022
echo "# the whole back-test took $(($(date +%s) - begin)) s"

years="2019 2020 2021 2022"
# shellcheck disable=SC2086 # words
for subject in "births 2" "births 1" "deaths 2" "natural_increase 2" "sex_ratio_at_birth 2"; do
    table taiwan.json $subject $years
done
table taiwan.json birth_rate 2 2019 2020 2021

crps() { score taiwan.json crps vitalcast "$1" "$2" all all; }
at_most taiwan/births_of_townships "$(crps births 2)" 8.7
at_most taiwan/births_of_counties "$(crps births 1)" 80
at_most taiwan/deaths_of_townships "$(crps deaths 2)" 10.5
at_most taiwan/natural_increase_of_townships "$(crps natural_increase 2)" 14.5
at_most taiwan/birth_rate_of_townships "$(crps birth_rate 2)" 0.225
# Within 1 % of the prototype: 6.947 and 0.1515.
at_most taiwan/sex_ratio_of_townships "$(crps sex_ratio_at_birth 2)" 7.016
brier=$(grep '"model": "vitalcast", "indicator": "sex_ratio_at_birth", "level": 2, "year": "all", "months_observed": "all"' \
    taiwan.json | head -1 | sed 's/.*"target": "at_most_107", "n": [0-9]*, "brier": \([0-9.]*\).*/\1/')
echo "# Brier score of a sex ratio of at most 107: $brier"
at_most taiwan/brier_of_107 "$brier" 0.1530

# Better than every rule of thumb, by year.
better=0
for year in $years; do
    ours=$(score taiwan.json crps vitalcast births 2 "$year" all)
    won=1
    for model in pace own_share shared_share persistence seasonal_naive climatology; do
        other=$(score taiwan.json crps "$model" births 2 "$year" all)
        awk -v a="$ours" -v b="$other" 'BEGIN { exit !(a < b) }' || won=0
    done
    better=$((better + won))
done
echo "# better than every rule of thumb in $better of 4 years"
at_most taiwan/better_in_three_of_four_years 3 "$better"

p=$(uniformity taiwan.json births 2)
echo "# PIT of births, year-block bootstrap: p = $p"
at_most taiwan/pit_is_not_rejected 0.01 "$p"

# Ranks of townships within their counties. Rates have three years, too few to be rejected at 1 %.
for subject in births natural_increase deaths birth_rate death_rate natural_growth_rate sex_ratio_at_birth; do
    p=$(rank_uniformity taiwan.json "$subject" 2)
    echo "# PIT of ranks within counties, $subject, year-block bootstrap: p = $p"
    case $subject in
    *_rate) ;;
    *) at_most "taiwan/pit_of_ranks_is_not_rejected_$subject" 0.01 "$p" ;;
    esac
done

# P(among the highest 30 % of the county): tenth, cases, mean P, frequency, standard error by year. Four
# years are four: a tenth is off when it is so by 5.84 standard errors (1 % of Student's t, 3).
for subject in births deaths birth_rate sex_ratio_at_birth; do
    for end in top_30_percent bottom_30_percent; do
        echo "# $subject, townships, $end:"
        reliability taiwan.json "$subject" 2 "$end" >reliable
        sed '$d' reliable
        tail -1 reliable | sed 's/^/# /'
        at_most "taiwan/reliable_${end}_$subject" "$(awk 'END { print $5 }' reliable)" 5.84
    done
done
finish
