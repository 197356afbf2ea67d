#!/bin/sh
# kill -9 at random moments of `project`: what is listed verifies, nothing half-written is listed,
# and the next calculation cleans up. VCT_KILLS: number of kills (12 times $VC_TEST_MULTIPLIER).
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

kills=${VCT_KILLS:-$((12 * ${VC_TEST_MULTIPLIER:-1}))}
make_workspace county

# How long a calculation takes here and now, in milliseconds.
begin=$(date +%s%N)
run project county --draws 1000 --quiet
end=$(date +%s%N)
expect kill/undisturbed 0
whole=$(((end - begin) / 1000000 + 1))

# Moments from the start to a little after the end, the same each time the test is run.
awk -v n="$kills" -v whole="$whole" 'BEGIN {
    srand(20130731)
    for (i = 0; i < n; i++) printf "%.4f\n", rand() * 1.15 * whole / 1000
}' >moments

seed=1 interrupted=0 sound=1
while read -r moment; do
    seed=$((seed + 1))
    "$vitalcast" project county --draws 1000 --quiet --seed "$seed" >out 2>err </dev/null &
    child=$!
    sleep "$moment"
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    [ $? -ne 137 ] || interrupted=$((interrupted + 1))
    run runs verify county/runs --json
    if [ "$code" -ne 0 ]; then
        fail kill/what_is_stored_verifies "seed $seed after $moment s: $(cat out err)"
        sound=0
        break
    fi
done <moments
[ "$sound" -eq 0 ] || pass kill/what_is_stored_verifies
if [ "$interrupted" -gt $((kills / 3)) ]; then
    pass kill/most_calculations_were_interrupted
else
    fail kill/most_calculations_were_interrupted "$interrupted of $kills"
fi

# Every run file is listed, so none lacks its sidecar or differs from it, and opens.
run runs list county/runs --json
expect kill/list 0
listed=$(grep -o '"run":' out | wc -l)
stored=$(find county/runs -name '*.h5' ! -name '.*' | wc -l)
if [ "$listed" -eq "$stored" ] && [ "$listed" -gt 0 ]; then
    pass kill/every_run_file_is_a_run
else
    fail kill/every_run_file_is_a_run "$listed listed, $stored files"
fi
opened=1
for file in county/runs/*.h5; do
    run show "$file"
    [ "$code" -eq 0 ] || opened=0
done
if [ "$opened" -eq 1 ]; then pass kill/runs_open; else fail kill/runs_open "$file: $(cat err)"; fi

# The same calculation again is told from a stored one, and leaves no trace of the dead.
printf 'half' >county/runs/.2013-07-0123456789ab.h5.tmp.1
run project county --draws 1000 --quiet --seed "$seed"
expect kill/the_last_one_again 0
left=$(find county/runs -name '.*.tmp.*' | wc -l)
if [ "$left" -eq 0 ]; then
    pass kill/nothing_half_written_stays
else
    fail kill/nothing_half_written_stays "$(find county/runs -name '.*.tmp.*')"
fi
finish
