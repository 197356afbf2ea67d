#!/bin/sh
# Sample inspection: figures of the hypergeometric law, bounds, records, wrong command lines.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# Of 120 villages one: 10 / 120 = 8.3 %; 108 of 120 are 90 %.
run inspect --villages 120 --sample 10 --affected 1 --lang en
expect inspect/one_village 0
has inspect/heading out "A random inspection of 10 of 120 villages"
has inspect/chance out "8.3%"
has inspect/needed out "108"
has inspect/only_at_random out "drawn at random"
run inspect --villages 120 --sample 10 --found 0 --lang en
has inspect/nothing_found out "at most 29 of the 120 villages"
run inspect --villages 120 --sample 10 --found 4 --lang zh
has inspect/bounds out "120 个村（居）中有 16 至 87 个存在漏报"
run inspect --villages 120 --sample 10 --records 30 --omitted-share 0.05 --correlation 0.2 --lang en
has inspect/records out "a village shows none with 63.4%"
run inspect --villages 120 --sample 10 --affected 6 --probability 0.5 --found 1 --records 30 --omitted-share 0.05 --json
expect inspect/json 0
if python3 - out <<'END'
import json, sys
all = json.load(open(sys.argv[1]))
assert abs(all["affected"][0]["p_found"] - 0.41363238734954189) < 1e-12
assert all["affected"][0]["needed"] == 13 and all["result"]["high"] == 51 and all["result"]["at_most"] == 45
assert abs(all["records"]["p_village_none"] - 0.95**30) < 1e-12
END
then pass inspect/json_figures; else fail inspect/json_figures "$(cat out)"; fi

# wrong NAME TEXT ARGUMENT...: exit code 64 and why.
wrong() {
    name=$1
    why=$2
    shift 2
    run inspect --lang en "$@"
    expect "inspect/$name" 64
    has "inspect/${name}_why" err "$why"
}
wrong no_numbers "needs --villages and --sample" --villages 12
wrong too_many "--sample (13) must not be more than --villages (12)" --villages 12 --sample 13
wrong found_more "--found (4) must not be more than --sample (3)" --villages 12 --sample 3 --found 4
wrong no_share "go together" --villages 12 --sample 3 --records 4
wrong share "--omitted-share must be a number above 0 and below 1" --villages 12 --sample 3 --records 4 --omitted-share 5%
wrong no_number "whole number from 1 to 1000000" --villages many --sample 3
finish
