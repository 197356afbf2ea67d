#!/bin/sh
# Ranks and commendation: the rules of workspace.yaml, the table, JSON, faults with both places.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# make_classes [RULE]: the county with classes (two towns, one small one alone) and a rule.
make_classes() {
    rm -rf county
    make_workspace county "${2:-en}"
    cat >county/units.csv <<'END'
code,name,parent,class
C,测试县,,
C1,东镇,C,towns
C2,西镇,C,towns
C3,小乡,C,rural
END
    printf 'commendation:\n  - %s\n' "$1" >>county/workspace.yaml
}

rule='{name: honours, year_end: 2013-12, class: "*", by: sex_ratio_at_birth, quota: 30 %, rounding: up, ties: share, better: low}'

make_classes "$rule"
run project county --draws 400 --threads 1 --quiet
expect ranks/project 0
id=$(basename "$(ls county/runs/*.h5)" .h5)
run show "$id" --store county/runs
expect ranks/show 0
has ranks/heading out 'Commendation “honours”, class towns, year end 2013-12'
has ranks/places out 'places 1 of 2'
has ranks/rounding out 'Places: 30 % of 2, rounded up: 1.'
has ranks/no_move_by_chance out 'no move is beyond chance'
has ranks/how_little_ranks_say out 'shows how little ranks of vital events say'
has ranks/no_honours out 'not a basis for birth quotas, vetoes, sanctions or honours'
has ranks/a_unit_alone out 'class rural: no figures of others in this class: no probability of commendation'
run show "$id" --store county/runs --lang zh
has ranks/chinese_heading out '表彰“honours”：类别 towns'
has ranks/chinese_alone out '本类对照数据缺失,不计算表彰概率'

run show "$id" --store county/runs --json
expect ranks/json 0
if python3 - out >why 2>&1 <<'END'; then pass ranks/json_adds_up; else fail ranks/json_adds_up "$(cat why)"; fi
import json, sys
rankings = {r["class"]: r for r in json.load(open(sys.argv[1]))["rankings"]}
towns, rural = rankings["towns"], rankings["rural"]
assert towns["quota"] == 1 and towns["compared"] and towns["better"] == "low"
assert abs(sum(u["p_quota"] for u in towns["units"]) - 1) < 1e-12
big, withheld = towns["units"]  # the second protects the small cell of C3
assert 1 <= big["rank_q025"] <= big["mean_rank"] <= big["rank_q975"] <= 2
assert withheld["suppressed"] and withheld["mean_rank"] is None and withheld["to_date"] is None
assert not rural["compared"] and rural["units"][0]["p_quota"] is None
assert rural["units"][0]["to_date"] is None
END

cp out stored
run project county --draws 400 --threads 4 --json
if [ "$(sed -n '/"rankings"/,$p' out)" = "$(sed -n '/"rankings"/,$p' stored)" ]; then
    pass ranks/fresh_and_stored_are_the_same
else
    fail ranks/fresh_and_stored_are_the_same "$(diff out stored)"
fi
run project county --draws 400 --threads 4
has ranks/threads_change_nothing out "was already stored"

# A rule that names a target gives what its indicator gives; a veto target takes out.
make_classes "$(echo "$rule" | sed 's/sex_ratio_at_birth/ratio/')"
sed -i 's/decimals$/decimals,veto/; s/^ratio,\(.*\)/ratio,\1,yes/; s/^\(births\|growth\)\(.*\)/\1\2,no/' county/targets.csv
run project county --draws 400 --json
expect ranks/veto 0
if python3 - out >why 2>&1 <<'END'; then pass ranks/a_veto_excludes; else fail ranks/a_veto_excludes "$(cat why)"; fi
import json, sys
run = json.load(open(sys.argv[1]))
met = {r["unit"]: r["p_met"] for r in run["results"] if r["target_id"] == "ratio"}
units = [r for r in run["rankings"] if r["class"] == "towns"][0]["units"]
for u in units:
    assert abs(u["p_veto"] - (1 - met[u["unit"]])) < 1e-12, (u, met)
    assert u["p_quota"] <= met[u["unit"]] + 1e-12
assert sum(u["p_veto"] for u in units) > 0
END

# Points rank too: 10 for the sex ratio, the only target that has any.
make_classes "$(echo "$rule" | sed 's/sex_ratio_at_birth/points/; s/low}/high}/')"
sed -i 's/decimals$/decimals,points/; s/^ratio,\(.*\)/ratio,\1,10/; s/^\(births\|growth\)\(.*\)/\1\2,/' county/targets.csv
run project county --draws 400 --json
expect ranks/by_points 0
if python3 - out >why 2>&1 <<'END'; then pass ranks/points_rank; else fail ranks/points_rank "$(cat why)"; fi
import json, sys
run = json.load(open(sys.argv[1]))
met = {r["unit"]: r["p_met"] for r in run["results"] if r["target_id"] == "ratio"}
ranking = [r for r in run["rankings"] if r["class"] == "towns"][0]
a, b = ranking["units"]
assert abs(a["p_quota"] + b["p_quota"] - 1) < 1e-12
# P(a alone) + P(both or neither) / 2, which is 1/2 + (p - q) / 2 however they hang together.
p, q = met[a["unit"]], met[b["unit"]]
assert abs(a["p_quota"] - (0.5 + (p - q) / 2)) < 1e-12, (a["p_quota"], p, q)
END

# Weights of points that move; one target with points cannot be outweighed.
sed -i 's/better: high}/better: high, weights: 20 %}/' county/workspace.yaml
run project county --draws 400 --json
expect ranks/weights 0
if python3 - out >why 2>&1 <<'END'; then pass ranks/one_weight_moves_nothing; else fail ranks/one_weight_moves_nothing "$(cat why)"; fi
import json, sys
ranking = [r for r in json.load(open(sys.argv[1]))["rankings"] if r["class"] == "towns"][0]
assert ranking["weights_percent"] == 20 and ranking["p_winners_change"] == 0
assert all(u["p_quota"] == u["p_quota_moved"] for u in ranking["units"])
END

# Peers compete; an old rule beside a new one by other classes.
make_classes "$rule" zh
cat >>county/workspace.yaml <<'END'
  - {name: new, year_end: 2013-12, class: "*", classes: second, by: sex_ratio_at_birth, quota: 1, better: low, compare_with: honours}
END
cat >county/units.csv <<'END'
code,name,parent,class,second_class
C,测试县,,,
C1,东镇,C,towns,A
C2,西镇,C,towns,B
C3,小乡,C,rural,B
END
cat >county/peers.csv <<'END'
单位,名称,类别,second_class,考核年度,数据截至,指标,数值,名次
P1,邻县,towns,A,2010-12,2011-02,出生人口性别比,113.4,2
P1,邻县,towns,A,2011-12,2012-02,出生人口性别比,111,1
P1,邻县,towns,A,2012-12,2013-02,出生人口性别比,110.2,1
P1,邻县,towns,A,2013-12,2013-06,出生人口性别比,109.2,
P2,远县,rural,B,2012-12,2013-02,出生人口性别比,118,2
P2,远县,rural,B,2012-12,2013-09,出生人口性别比,117,2
END
run project county --draws 400 --quiet
expect ranks/peers 0
mv county/runs kept
rm -rf county
id=$(basename "$(ls kept/*.h5)" .h5)
run show "$id" --store kept --lang en
has ranks/peers_are_named out '1 of them are outside the workspace'
has ranks/too_few_years out '有 1 年正式数据'
has ranks/side_by_side out '“honours” (old) and “new” (new) side by side'
run show "$id" --store kept --lang zh
has ranks/peers_in_chinese out '其中 1 个为工作区外的对照单位'
has ranks/side_by_side_in_chinese out '新旧办法对照：“honours”（旧）与“new”（新）'
run show "$id" --store kept --json
if python3 - out >why 2>&1 <<'END'; then pass ranks/peers_in_json; else fail ranks/peers_in_json "$(cat why)"; fi
import json, sys
rankings = json.load(open(sys.argv[1]))["rankings"]
old = {r["class"]: r for r in rankings if r["name"] == "honours"}
new = {r["class"]: r for r in rankings if r["name"] == "new"}
towns, a = old["towns"], new["A"]
assert towns["members"] == 3 and towns["peers"] == 1 and towns["quota"] == 1
assert towns["quota_percent"] == 30 and towns["rounding"] == "up" and towns["classes"] == "first"
assert [u["peer"] for u in towns["units"]] == [False, False, True]
assert abs(sum(u["p_quota"] for u in towns["units"]) - 1) < 1e-12
assert towns["units"][2]["to_date"] == 109.2 and towns["units"][2]["unit"] == "P1"
assert not old["rural"]["compared"]
assert a["compare_with"] == "honours" and a["classes"] == "second" and a["rounding"] is None
before = {u["unit"]: u["p_quota"] for u in towns["units"]}
for u in a["units"]:
    assert u["p_quota_before"] == before[u["unit"]]
    assert u["p_quota_change"] == u["p_quota"] - before[u["unit"]]
rural = [u for u in new["B"]["units"] if u["unit"] == "C3"][0]
assert rural["p_quota_before"] is None and rural["band_before"] is None
END

# refused NAME PLACE TEXT
refused() {
    run check county
    expect "ranks/refuses_$1" 2
    has "ranks/places_$1" out "$2"
    has "ranks/explains_$1" out "$3"
}

column() { awk -v t="$1" 'index($0, t) { print index($0, t) + length(t) }' county/workspace.yaml; }

make_classes "$(echo "$rule" | sed 's/30 %/3/; s/"\*"/towns/')"
refused a_quota_beyond_the_class "workspace.yaml:5:$(column 'quota: ')" '3 places are more than class towns has units (2 in units.csv)'
make_classes "$(echo "$rule" | sed 's/"\*"/town/')"
refused an_unknown_class "workspace.yaml:5:$(column 'class: ')" 'write towns'
make_classes "$(echo "$rule" | sed 's/sex_ratio_at_birth/sex_ratio_at_brith/')"
refused an_unknown_indicator "workspace.yaml:5:$(column 'by: ')" 'write sex_ratio_at_birth'
make_classes "$(echo "$rule" | sed 's/2013-12/2014-12/')"
refused another_year_end "workspace.yaml:5:$(column 'year_end: ')" 'has no row for this year end in targets.csv'
make_classes "$(echo "$rule" | sed 's/sex_ratio_at_birth/growth/')"
refused units_without_a_figure "workspace.yaml:5:$(column 'by: ')" 'has no row for unit C1 of class towns'
make_classes "$(echo "$rule" | sed 's/sex_ratio_at_birth/points/')"
refused points "workspace.yaml:5:$(column 'by: ')" 'there is no target and no indicator points in'
make_classes "$(echo "$rule" | sed 's/30 %/130 %/')"
refused a_share_above_one "workspace.yaml:5:$(column 'quota: ')" 'takes a share such as 30 %'
make_classes "$(echo "$rule" | sed 's/rounding: up, //')"
refused a_share_without_rounding "workspace.yaml:5:" 'rounding'
make_classes "$(echo "$rule" | sed 's/ties: share/ties: unit_order/')"
refused ties_by_unit_order "workspace.yaml:5:$(column 'ties: ')" 'share'
make_classes "$(echo "$rule" | sed 's/, better: low//')"
refused no_direction "workspace.yaml:5:" 'better'
make_classes "$(echo "$rule" | sed 's/rounding/ruonding/')"
refused an_unknown_key "workspace.yaml:5:" 'ruonding'

make_classes "$(echo "$rule" | sed 's/better: low/better: low, compare_with: others/')"
refused no_rule_to_compare_with "workspace.yaml:5:$(column 'compare_with: ')" 'no rule others stands above it'
make_classes "$(echo "$rule" | sed 's/better: low/better: low, weights: 10 %/')"
refused weights_of_an_indicator "workspace.yaml:5:$(column 'weights: ')" 'weights are those of points'
make_classes "$(echo "$rule" | sed 's/better: low/better: low, weights: 100 %/')"
refused weights_of_all "workspace.yaml:5:$(column 'weights: ')" 'takes a share such as 10 %'

# spoil NAME ROW COLUMN TEXT: a row of peers.csv that is at fault.
head='unit,class,year_end,as_of,indicator,value,rank'
spoil() {
    make_classes "$rule"
    printf '%s\nP1,towns,2012-12,2013-02,sex_ratio_at_birth,110,1\n%s\n' "$head" "$2" >county/peers.csv
    refused "$1" "peers.csv:3:$3" "$4"
}
spoil a_peer_of_an_unknown_class 'P2,town,2012-12,2013-02,sex_ratio_at_birth,111,2' 4 'write towns'
spoil a_peer_that_is_a_unit 'C1,towns,2012-12,2013-02,sex_ratio_at_birth,111,2' 1 'is a unit of the workspace itself'
spoil a_peer_in_two_classes 'P1,rural,2011-12,2013-02,sex_ratio_at_birth,111,2' 4 'peer P1 has another class than in line 2'
spoil other_figures_of_one_peer 'P1,towns,2012-12,2013-02,sex_ratio_at_birth,111,1' 1 'stands here again with other figures than in line 2'
spoil an_indicator_nobody_has 'P2,towns,2012-12,2013-02,sex_ratio_at_brith,111,2' 26 'write sex_ratio_at_birth'
spoil a_value_that_is_no_number 'P2,towns,2012-12,2013-02,sex_ratio_at_birth,many,2' 45 'many'
spoil a_rank_below_one 'P2,towns,2012-12,2013-02,sex_ratio_at_birth,111,0' 49 'a rank is 1 or more'
spoil no_year_end 'P2,towns,,2013-02,sex_ratio_at_birth,111,2' 10 'no year_end in this row'
make_classes "$rule"
cat >county/peers.csv <<END
$head
P1,towns,2012-12,2013-02,sex_ratio_at_birth,110,1
P2,towns,2012-12,2013-02,sex_ratio_at_birth,113,2
P3,towns,2012-12,2013-02,sex_ratio_at_birth,111,3
END
run check county
expect ranks/contradicting_ranks_are_a_warning 0
has ranks/says_which_ranks out 'peers.csv:4:49: warning C15: the rank of P3 and that of P2 (line 3) contradict'

finish
