#!/bin/sh
# Scoring rules: faults with their exact place, points in `show` and JSON, nothing without them.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# scored: workspace `county` with rules, points and a veto; 60 points at the top, 40 below.
scored() {
    rm -rf county
    make_workspace county
    cat >>county/workspace.yaml <<'END'
scoring:
  ratio: {rule: linear, per: 1, deduct: 0.5}
  growth: {rule: tiers, tiers: [{to: 4.5, points: 20}, {to: 4, points: 12}]}
END
    cat >county/targets.csv <<'END'
id,year_end,unit,indicator,direction,value,decimals,points,scoring,veto
births,2013-12,*,births,at_most,previous_year,,30,,yes
growth,2013-12,C,natural_growth_rate,at_least,4.5,2,20,growth,
ratio,2013-12,*,sex_ratio_at_birth,at_most,112.5,1,10,ratio,
END
}

# refused NAME PLACE WORDS: check ends with 2 and names place and reason.
refused() {
    run check county
    expect "scoring/refuses_$1" 2
    has "scoring/places_$1" out "$2"
    has "scoring/says_why_of_$1" out "$3"
}

scored
run check county
expect scoring/good_rules_pass 0
sed -i '3s/growth,$/grwth,/' county/targets.csv
refused an_unknown_rule targets.csv:3:56: "workspace.yaml declares: ratio, growth"
scored
sed -i '3s/,20,/,15,/' county/targets.csv
refused tiers_beyond_the_points targets.csv:3:56: "more than the target's points"
scored
sed -i '3s/at_least/at_most/' county/targets.csv
refused tiers_of_the_other_direction targets.csv:3:55: "do not go with its direction"
scored
sed -i 's/deduct: 0.5/deduct: -0.5/' county/workspace.yaml
refused a_negative_deduction workspace.yaml:5:41: "deduct"
scored
sed -i 's/{to: 4, points: 12}/{to: 5, points: 12}, {to: 4, points: 5}/' county/workspace.yaml
refused unordered_tiers workspace.yaml:6: "best first"
scored
echo 'total_points: 60' >>county/workspace.yaml
refused points_that_do_not_add_up targets.csv:4: "add up to 40, not to 60 as workspace.yaml:7:15 declares (units: 3)"
run check county --lang zh
has scoring/the_sum_in_chinese out "的分值合计为 40，与 workspace.yaml:7:15 所定的总分 60 不符（涉及 3 个单位）"

scored
run project county --draws 500 --quiet
expect scoring/projects 0
run show county/runs/*.h5 --quiet
expect scoring/shows 0
has scoring/shows_points out "Points at the year's end 2013-12"
has scoring/shows_a_mock_day out "Mock assessment day, year end 2013-12"
has scoring/the_boundary_stays out "not a basis for birth quotas, vetoes, sanctions or honours"
run show county/runs/*.h5 --quiet --lang zh
has scoring/shows_points_in_chinese out "年度末得分（2013-12）"
has scoring/shows_a_mock_day_in_chinese out "模拟测评（考核年度截至2013-12）"
run show county/runs/*.h5 --json
has scoring/json_has_scorecards out '"scorecards": ['
has scoring/json_has_points out '"points": 60'
# The figure of a small cell cannot be told from graded points: 小乡 has a few births a year.
grep -F '"unit": "C3"' out | grep -F '"p_all_met"' >small
has scoring/json_withholds_small_totals small '"expected": null, "median": null'
has scoring/json_withholds_small_mock_points small '"mock_points": null'
lacks scoring/json_shows_no_small_mock_points small '"mock_points": 1'

rm -rf county
make_workspace county
run project county --draws 100 --quiet
run show county/runs/*.h5
lacks scoring/without_points_nothing_new out "Points at"
lacks scoring/without_points_no_mock_day out "Mock assessment"
run show county/runs/*.h5 --json
lacks scoring/without_points_no_scorecards out scorecards
finish
