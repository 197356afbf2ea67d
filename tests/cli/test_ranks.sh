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
has ranks/how_little_ranks_say out 'shows how little ranks of vital events say'
has ranks/no_honours out 'not a basis for birth quotas, vetoes, sanctions or honours'
has ranks/a_unit_alone out 'class rural: no peers of this class, no probability of commendation'
run show "$id" --store county/runs --lang zh
has ranks/chinese_heading out '表彰“honours”：类别 towns'
has ranks/chinese_alone out '本类对照数据缺失，不计算表彰概率'

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

finish
