#!/bin/sh
# vitalcast fit: what was learned, in words of both languages and as JSON; nothing is stored.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
rm -r county/models # the shipped ones, with sds to be learned
run fit county --as-of 2013-07 --lang en --quiet
expect fit/runs 0
has fit/names_the_model out "model births, negative binomial, back-tested"
has fit/drift out "Long-run drift per year"
has fit/season out "Season"
has fit/underlying_ratio out "Underlying ratio now:"
has fit/second_search out "second search from elsewhere"
has fit/points out "Points of the hyper-parameters:"
has fit/no_causes out "they name no causes"
has fit/boundary out "not a basis for birth quotas, vetoes, sanctions or honours"
if [ -e county/runs ] && [ -n "$(ls county/runs)" ]; then
    fail fit/stores_nothing "$(ls county/runs)"
else
    pass fit/stores_nothing
fi

run fit county --as-of 2013-07 --lang zh --quiet
expect fit/runs_in_chinese 0
has fit/back_tested_in_chinese out "已用公开数据回溯检验"
has fit/drift_in_chinese out "长期趋势"

run fit county --as-of 2013-07 --json --quiet
expect fit/json_runs 0
cp out lessons.json
if command -v python3 >/dev/null; then
    if python3 -c 'import json; json.load(open("lessons.json"))' 2>err; then
        pass fit/json_is_json
    else
        fail fit/json_is_json "$(cat err)"
    fi
else
    skip fit/json_is_json "no python3"
fi

run fit nowhere
expect fit/no_such_workspace 2
run fit
expect fit/no_argument 64
finish
