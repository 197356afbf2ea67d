#!/bin/sh
# The main job and what it prints, for people and for programs.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"
boundary='not a basis for birth quotas, vetoes, sanctions or honours'

make_workspace county
run project county --as-of 2013-07 --draws 2000 --threads 1
expect project/runs 0
for column in unit indicator "this month" "to date" "same period last year" change target pace gap "P(met)"; do
    has "project/column_$(echo "$column" | tr ' ' _)" out "$column"
done
has project/names_the_year out "assessment year 2013-01 to 2013-12, data as of 2013-07"
has project/shows_the_pace out "58.1%"
has project/says_synthetic out "Synthetic data"
has project/says_what_it_is_not_for out "$boundary"
has project/says_what_to_type_next out "vitalcast show county/runs/2013-07-"
has project/progress_is_logged_in_tenths err "100 %"
run_file=$(ls county/runs/*.h5)
if grep -q "$(printf '\r')" err; then
    fail project/no_bar_in_a_log "carriage return on stderr"
else
    pass project/no_bar_in_a_log
fi

# The rule under a heading is as wide as the heading, whose last column is flush right.
if awk '/P\(met\)/ { want = length($0) } /^-+$/ && length($0) != want { bad = 1 }
    END { exit bad || !want }' out; then
    pass project/the_rule_is_as_wide_as_the_heading
else
    fail project/the_rule_is_as_wide_as_the_heading "$(cat out)"
fi

run project county --as-of 2013-07 --draws 2000 --threads 2 --lang zh
has project/chinese_columns out "达标可能性"
has project/chinese_boundary out "不作为下达生育数量、否决、问责或评优的依据"
has project/the_same_again_is_stored_once out "此前已存入"

# Small cells: the small town has 1 or 2 births a month, 7 or so in the year.
has project/small_counts_are_not_shown out "<10"
has project/small_counts_are_explained out "样本过小"

# Same bytes for any number of threads.
for threads in 1 2 4; do
    run project county --as-of 2013-07 --draws 2000 --threads $threads --store store$threads
    expect "project/with_${threads}_threads" 0
    cmp -s "$run_file" store$threads/*.h5 || fail project/same_bytes "with $threads threads"
done
[ "$failures" -gt 0 ] || pass project/same_bytes
run project county --as-of 2013-07 --draws 2000 --seed 18446744073709551615 --json
has project/largest_seed out '"seed": 18446744073709551615'

run project county --as-of 2013-07 --draws 2000 --quiet
expect project/quiet 0
empty project/quiet_is_silent err
has project/quiet_prints_results out "P(met)"

# show tells the same as project.
run project county --as-of 2013-07 --draws 2000 --json
cp out project.json
has project/json_says_what_it_is_for out "\"notice\": \"For situation analysis and better services; not a basis for birth quotas"
run show "$run_file" --json
expect project/show 0
if cmp -s out project.json; then
    pass project/show_tells_the_same
else
    fail project/show_tells_the_same "$(diff out project.json)"
fi
id=$(basename "$run_file" .h5)
run show "$id" --store county/runs
expect project/show_by_id 0
for text in "$id" "95 % interval" "What chance explains is not failure" "negative binomial" "$boundary"; do
    has "project/show_has_$(echo "$text" | tr -c 'A-Za-z0-9\n' _ | cut -c1-30)" out "$text"
done
(cd county && "$vitalcast" show "$id" >../out 2>../err)
has project/show_finds_runs_here out "$id"
run show 2013-07-000000000000 --store county/runs
expect project/show_of_no_run 2
has project/show_of_no_run_says_where err "county/runs"

python=$(command -v python3 || :)
if [ -z "$python" ]; then
    skip project/json_shape "no python3"
elif problem=$("$python" - project.json 2>&1 <<'END'
import json, math, sys
run = json.load(open(sys.argv[1], encoding="utf-8"))
for key in ("run", "file", "as_of", "year_ends", "seed", "draws", "results"):
    assert key in run, key
assert run["as_of"] == "2013-07" and run["year_ends"] == ["2013-12"]
assert run["seed"] == 1 and run["draws"] == 2000 and run["synthetic"] is True
results = run["results"]
order = {"births": 0, "growth": 1, "ratio": 2}
units = {"C": 0, "C1": 1, "C2": 2, "C3": 3}
places = [(order[r["target_id"]], units[r["unit"]]) for r in results]
assert places == sorted(places) and len(places) == 9, places
for r in results:
    for key in ("name", "level", "year_end", "indicator", "direction", "target", "to_date",
                "annual_basis", "same_period_last_year", "p_met", "monte_carlo_se",
                "p_undefined", "median", "q025", "q10", "q25", "q75", "q90", "q975"):
        assert key in r, key
    assert 0 <= r["p_met"] <= 1, r
    if r["median"] is not None:
        assert r["q025"] <= r["q25"] <= r["median"] <= r["q75"] <= r["q975"], r
births = {r["unit"]: r for r in results if r["target_id"] == "births"}
small = births["C3"]
assert small["suppressed"] and small["current"] is None and small["p_met"] is not None, small
# One hidden child could be worked out from the county's figure: a second one is hidden.
assert births["C"]["current"] is not None
assert sum(births[u]["current"] is None for u in ("C1", "C2", "C3")) == 2, births
# Counts known from the rule of the workspace: births of the county in 2013-07 (t = 66).
def part(size, share, u, scale):
    return int(size * (1 + ((66 * 7 + u * 5) % 11 - 5) / scale) * share)
want = sum(part(s, 0.53, u, 40) + part(s, 0.47, u, -50) for u, s in ((1, 60), (2, 40), (3, 2)))
assert births["C"]["current"] == want, (births["C"]["current"], want)
assert abs(births["C"]["pace"] - 100 * 212 / 365) < 1e-9
END
); then
    pass project/json_shape
else
    fail project/json_shape "$problem"
fi

# A reader that goes away early is no failure, and the run is stored all the same.
{ "$vitalcast" project county --as-of 2013-06 --draws 2000 --json 2>err; echo $? >code; } | :
code=$(cat code)
expect project/closed_pipe 0
lacks project/closed_pipe_is_no_error err "vitalcast:"
if ls county/runs/2013-06-*.h5 >/dev/null 2>&1; then
    pass project/closed_pipe_keeps_the_run
else
    fail project/closed_pipe_keeps_the_run "no run of 2013-06"
fi
if [ -w /dev/full ]; then
    "$vitalcast" show "$run_file" >/dev/full 2>err
    code=$?
    expect project/full_disk_behind_stdout 4
fi

# User text is data: no escape sequence reaches the terminal, JSON stays JSON.
make_workspace odd
sed -i '4s/.*/C2,"西""镇\\",C/' odd/units.csv
run project odd --draws 100 --json --quiet
if [ -n "$python" ]; then
    if "$python" -c 'import json,sys; names=[r["name"] for r in json.load(sys.stdin)["results"]]
assert "西\"镇\\" in names, names' <out 2>err; then
        pass project/quotes_in_names
    else
        fail project/quotes_in_names "$(cat err)"
    fi
fi
# A specification that cannot describe its role.
make_workspace unsuited
echo 'models: {births: sex.yaml}' >>unsuited/workspace.yaml
run project unsuited --quiet
expect project/unsuited_model 2
has project/unsuited_model_says_what_is_needed err "its family must be one of: poisson, negative_binomial"
no_run project/unsuited_model_stores_nothing unsuited/runs
echo 'models: {births: sex.yaml, marriages: x.yaml}' >unsuited/models.txt
sed -i '/^models/d' unsuited/workspace.yaml
cat unsuited/models.txt >>unsuited/workspace.yaml
run check unsuited
expect project/unknown_role 2
has project/unknown_role_is_named out marriages
# Seven months of one unit are answered, and the answer says how little it rests on.
mkdir seven
printf 'name: A\nlanguage: en\n' >seven/workspace.yaml
printf 'code,name\nA,Village\n' >seven/units.csv
printf 'unit,month,births\nA,2013-01,15\nA,2013-02,13\nA,2013-03,16\nA,2013-04,14\nA,2013-05,15\nA,2013-06,18\nA,2013-07,15\n' \
    >seven/monthly.csv
printf 'id,year_end,unit,indicator,direction,value\nb,2013-12,A,births,at_most,185\n' >seven/targets.csv
run project seven --quiet --draws 2000
expect project/seven_months 0
has project/seven_months_are_little out "1 rows rest on less than a year"
run project seven --quiet --draws 2000 --json --store json
has project/seven_months_method out '"method": "brief"'
has project/seven_months_history out '"history": 7'
finish
