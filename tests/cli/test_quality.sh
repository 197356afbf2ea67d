#!/bin/sh
# Where figures deserve a second look: `check` says so in both languages and as JSON, and stays at 0.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

example_county county
run check county --lang en
expect quality/example_county 0
has quality/nothing_in_the_example out "that honest figures would not show."
lacks quality/nothing_listed out "look here"

# Two towns of one county; the first one's months all have the same number of boys and girls.
mkdir even
fixed_models even
cat >even/workspace.yaml <<'END'
name: even
language: zh
END
cat >even/units.csv <<'END'
code,name,parent
C,县,
A,齐镇,C
B,常镇,C
END
awk 'BEGIN {
    srand(7)
    print "unit,month,births_male,births_female,deaths,population,arrivals,departures"
    for (t = 0; t < 60; t++) {
        month = sprintf("%d-%02d", 2008 + int(t / 12), t % 12 + 1)
        m = f = d = 0
        for (i = 0; i < 400; i++) { m += rand() < 0.065; f += rand() < 0.06; d += rand() < 0.05 }
        printf "A,%s,26,24,20,%d,0,%d\n", month, 50000 + 30 * t, t == 7
        printf "B,%s,%d,%d,%d,50000,0,%d\n", month, m, f, d, m + f - d
    }
}' >even/monthly.csv
cat >even/targets.csv <<'END'
id,year_end,unit,indicator,direction,value
ratio,2012-12,*,sex_ratio_at_birth,at_most,108
END
run check even
expect quality/findings_are_no_fault 0
has quality/look_here out "数据质量：请核实"
has quality/no_accusation out "并非认定数据有误"
has quality/too_even out "出生人数：各期波动过小"
has quality/sexes_too_even out "出生人口性别比：各期波动过小"
has quality/flow out "人口增减与出生、死亡、迁移之差（共 1 期不一致"
run check even --lang en
has quality/english out "Data quality: look here ("
has quality/english_note out "Places to look at, not accusations: on average at most 5% of what is listed"
run check even --quiet
empty quality/quiet out
run check even --json
expect quality/json 0
if python3 - out <<'END'
import json, sys
quality = json.load(open(sys.argv[1]))["quality"]
even = [c for c in quality["found"] if c["kind"] == "even_counts" and c["unit"] == "A"]
flow = [c for c in quality["found"] if c["kind"] == "stock_flow"]
assert quality["tests"] > 10 and even and even[0]["q"] <= 0.05 and even[0]["seen"] < even[0]["low"]
assert len(flow) == 2 and flow[0]["p"] is None and flow[1]["first"] == "2008-08", flow
assert flow[1]["seen"] == 30 and flow[1]["expected"] == 29, flow
END
then pass quality/json_has_all; else fail quality/json_has_all "$(cat out)"; fi

# A run says it too, and the report; figures of units that may not be told are withheld there.
run project even --as-of 2012-06 --draws 100 --quiet
expect quality/project 0
run_file=$(ls even/runs/2012-06-*.h5)
run show "$run_file" --lang en
has quality/show_looks out "Data quality: look here ("
if grep -q '齐镇 .* \*  *\*  *\*  *\*  *births: periods vary too little' out; then
    pass quality/show_withholds
else
    fail quality/show_withholds "$(grep 'vary too little' out)"
fi
run show "$run_file" --json
if python3 - out <<'END'
import json, sys
quality = json.load(open(sys.argv[1]))["quality"]
even = [c for c in quality["found"] if c["kind"] == "even_counts" and c["unit"] == "A"]
names = ("n", "seen", "expected", "low", "high", "p", "q")
assert quality["tests"] > 10 and quality["withheld"] >= 0 and even, quality
assert all(even[0][name] is None for name in names), even
END
then pass quality/json_withholds; else fail quality/json_withholds "$(cat out)"; fi
if command -v gnuplot >/dev/null; then
    run report "$run_file" --lang zh --to html --output even.html --quiet
    expect quality/report 0
    has quality/report_looks even.html "处请核实："
    has quality/report_no_accusation even.html "并非认定数据有误"
    if [ "$(grep -c '齐镇.*2012-06</td><td class="number">\*</td><td class="number">\*</td>' even.html)" -ge 2 ]; then
        pass quality/report_withholds
    else
        fail quality/report_withholds "$(grep -A4 '各期波动过小' even.html)"
    fi
else
    skip quality/report "no gnuplot"
fi

# The top unit's own figures are no small cells.
mkdir alone
fixed_models alone
printf 'code,name,parent\nA,齐镇,\n' >alone/units.csv
grep -v '^B,' even/monthly.csv >alone/monthly.csv
cp even/workspace.yaml even/targets.csv alone
run project alone --as-of 2012-06 --draws 100 --quiet
expect quality/all_told 0
run show alone/runs/2012-06-*.h5 --json
if python3 - out <<'END'
import json, sys
found = json.load(open(sys.argv[1]))["quality"]["found"]
even = [c for c in found if c["kind"] == "even_sex_ratio"]
assert even and even[0]["seen"] < even[0]["low"] and even[0]["q"] <= 0.05, found
END
then pass quality/top_is_told; else fail quality/top_is_told "$(cat out err)"; fi

# Faults come first: what cannot be read is not judged.
sed -i '2s/,26,/,x,/' even/monthly.csv
run check even --lang en
expect quality/faults 2
lacks quality/faults_first out "Data quality"
finish
