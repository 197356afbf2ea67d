#!/bin/sh
# The main job on 182 real townships: time, memory, the same bits for every number of threads,
# nothing but the run file needed to look at it again. Data: Ministry of the Interior, Taiwan.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"
shared=${VITALCAST_SHARED:-$source_tree/../shared}
data=$shared/data/taiwan_township_monthly/townships_dev.csv
if [ ! -r "$data" ]; then
    skip taiwan "no data/taiwan_township_monthly in the shared folder"
    finish
fi

mkdir townships
cp "$data" townships/monthly.csv
cat >townships/workspace.yaml <<'EOF'
name: 182 townships
language: en
source: Ministry of the Interior, Taiwan (Open Government Data License v1.0)
units: {from_columns: [county_code, town_code], names: [county, town]}
tables:
  monthly:
    columns:
      month: ym
      births_male: births_m
      births_female: births_f
      deaths: [deaths_m, deaths_f]
      population: [pop_m, pop_f]
EOF
cat >townships/targets.csv <<'EOF'
id,year_end,unit,indicator,direction,value,decimals
births,2019-12,*,births,at_most,previous_year,0
growth,2019-12,*,natural_growth_rate,at_least,previous_year,2
ratio,2019-12,*,sex_ratio_at_birth,at_most,107,1
EOF

# A sanitized program is slow and large; its limits are nobody's promise.
if [ -n "${VCT_SANITIZE:-}" ]; then draws=1000; else draws=20000; fi
measured=
if [ -x /usr/bin/time ] && [ -z "${VCT_SANITIZE:-}" ]; then measured='/usr/bin/time -o spent -f %M,%U,%S'; fi
begin=$(date +%s)
# shellcheck disable=SC2086 # words
if $measured "$vitalcast" project townships --as-of 2019-07 --draws "$draws" --threads 2 --store two \
    >out 2>err; then
    pass taiwan/runs
else
    fail taiwan/runs "$(tail -1 err)"
fi
seconds=$(($(date +%s) - begin))
echo "# 182 townships, $draws draws, 2 threads: $seconds s"
# Two cores of its own would have taken half its processor time: others may be at work here.
if [ -n "$measured" ]; then
    seconds=$(tail -n 1 spent | awk -F, '{ printf "%d", ($2 + $3) / 2 + 0.5 }')
    echo "# of processor time, halved: $seconds s"
fi
if [ -n "${VCT_SANITIZE:-}" ] || [ "$seconds" -le 60 ]; then
    pass taiwan/within_a_minute
else
    fail taiwan/within_a_minute "$seconds s"
fi
if [ -z "$measured" ]; then
    skip taiwan/within_a_gibibyte "no /usr/bin/time, or a sanitized program"
elif [ "$(tail -n 1 spent | cut -d, -f1)" -le 1048576 ]; then
    pass taiwan/within_a_gibibyte
else
    fail taiwan/within_a_gibibyte "$(cut -d, -f1 spent) KiB"
fi

# Two runs more, of minutes: only where a skipped test is a failure (make test-long). That threads
# change no bit is tested on smaller panels in tests/unit/assess/test_run.c.
if [ "${STRICT:-0}" = 1 ]; then
    run project townships --as-of 2019-07 --draws "$draws" --threads 1 --store one --quiet
    run project townships --as-of 2019-07 --draws "$draws" --threads 4 --store four --quiet
    if cmp -s one/*.h5 two/*.h5 && cmp -s two/*.h5 four/*.h5; then
        pass taiwan/same_bytes_for_1_2_4_threads
    else
        fail taiwan/same_bytes_for_1_2_4_threads "$(sha256sum one/*.h5 two/*.h5 four/*.h5)"
    fi
fi

rm -r townships
run show two/*.h5 --all
expect taiwan/shown_without_its_inputs 0
has taiwan/names_intact out 臺北市
finish
