#!/bin/sh
# sources.csv: what other offices count is compared, in both languages, kept in the run, and widens the
# forecast where that is declared.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# write DIR SHARE: two towns of 100 births a month; the police count nine tenths of ours and SHARE more.
write() {
    mkdir -p "$1"
    fixed_models "$1"
    printf 'code,name,parent\nC,县,\nA,东镇,C\nB,西镇,C\n' >"$1/units.csv"
    printf 'id,year_end,unit,indicator,direction,value\nb,2013-12,C,births,at_most,2600\n' >"$1/targets.csv"
    awk -v share="$2" -v monthly="$1/monthly.csv" -v sources="$1/sources.csv" 'BEGIN {
        srand(5)
        print "unit,month,births,population" >monthly
        print "source,unit,month,births" >sources
        for (t = 0; t < 67; t++)
            for (u = 0; u < 2; u++) {
                month = sprintf("%d-%02d", 2008 + int(t / 12), t % 12 + 1)
                b = y = 0
                for (i = 0; i < 2000; i++)
                    if (rand() < 0.05) { b++; y += rand() < 0.9; y += rand() < share }
                print (u ? "B" : "A") "," month "," b ",100000" >monthly
                print "公安," (u ? "B" : "A") "," month "," y >sources
            }
    }'
}
settings='name: 县
sources:
  公安:
    births: {ratio: 0.96, sd: 0.02, common: 0.9}'

write honest 0.06
echo "$settings" >honest/workspace.yaml
run check honest --lang en
expect sources/honest_figures 0
has sources/honest_figures_show_nothing out "that honest figures would not show."

write apart 0.16
echo "$settings" >apart/workspace.yaml
run check apart --lang zh
expect sources/no_fault 0
has sources/look_here out "出生人数：公安的数与本表数之比（本表=100）"
run check apart --json
expect sources/json 0
if python3 - out <<'END'
import json, sys
found = [c for c in json.load(open(sys.argv[1]))["quality"]["found"] if c["kind"] == "source"]
root = [c for c in found if c["unit"] == "C"]
assert len(root) == 3 and all(c["source"] == "公安" and c["event"] == "births" for c in root), found
assert all(c["seen"] > c["high"] > c["expected"] > c["low"] and round(c["expected"], 6) == 96 for c in root), root
END
then pass sources/json_has_the_comparison; else fail sources/json_has_the_comparison "$(cat out)"; fi

# median RUN: of the county's births.
median() { "$VITALCAST" show "$1"/runs/*.h5 --json | python3 -c '
import json, sys
r = [r for r in json.load(sys.stdin)["results"] if r["unit"] == "C"][0]
print(r["median"], r["q90"] - r["q10"])'; }

run project apart --as-of 2013-07 --draws 4000
expect sources/project 0
lacks sources/nothing_is_widened out "C16"
plain=$(median apart)
rm -r apart/runs
printf '    widen: yes\n' >>apart/workspace.yaml
run project apart --as-of 2013-07 --draws 4000 --lang en
expect sources/project_wider 0
has sources/widening_is_said err "C16"
wide=$(median apart)
if python3 -c "
plain, wide = [list(map(float, x.split())) for x in ('$plain', '$wide')]
assert wide[1] > 1.05 * plain[1], (plain, wide)
assert wide[0] > plain[0], (plain, wide)"; then
    pass sources/forecast_is_wider
else
    fail sources/forecast_is_wider "$plain / $wide"
fi
run show apart/runs/*.h5 --lang en
has sources/shares_say_why out "births that has been reported, with what other offices' counts leave in doubt: 2013-07 9"
has sources/the_run_keeps_them out "births: what 公安 counts, per 100 of ours"

# Without a declared definition an office is compared with itself, unit by unit.
printf 'name: 县\n' >apart/workspace.yaml
awk -F, '$2 == "B" && NR > 1 { $4 = int($4 * 0.8) } { print $1 "," $2 "," $3 "," $4 }' apart/sources.csv >sources.csv
mv sources.csv apart/sources.csv
run check apart --lang en
has sources/among_units out "births: what 公安 counts, per 100 of ours"

printf '%s\n  医院: {births: {ratio: 1, sd: 0.1}}\n' "$settings" >apart/workspace.yaml
run check apart --lang en
expect sources/unknown_office 2
has sources/unknown_office_is_named out "workspace.yaml:5: fault S05: source 医院 is declared"
finish
