#!/bin/sh
# kill -9 at random moments of `project`: whatever is listed afterwards is whole, what was half
# written is not listed, and a store that was killed into goes on working. $VCT_KILLS kills.
# shellcheck disable=SC1091,SC2154 # support.sh sets what seems unset here
. "${0%/*}/support.sh"
kills=${VCT_KILLS:-20}

cp -r "$source_tree/datasets/denmark-births" workspace

# One undisturbed run: how long it takes in seconds, so that kills hit every stage of it.
begin=$(date +%s.%N)
run project workspace --as-of 2018-07 --quiet
expect kill/an_undisturbed_run 0
lasts=$(echo "$begin $(date +%s.%N)" | awk '{ print $2 - $1 }')

killed=0
i=0
while [ "$i" -lt "$kills" ]; do
    i=$((i + 1))
    "$vitalcast" project workspace --as-of 2018-07 --seed "$i" --quiet >/dev/null 2>&1 &
    victim=$!
    sleep "$(awk -v seed="$i" -v lasts="$lasts" 'BEGIN { srand(seed); print 1.1 * lasts * rand() }')"
    kill -9 "$victim" 2>/dev/null && killed=$((killed + 1))
    wait "$victim" 2>/dev/null
    "$vitalcast" runs verify workspace/runs >verified 2>&1 || {
        fail "kill/verify_after_kill_$i" "$(cat verified)"
        break
    }
done
if [ "$killed" -gt 0 ]; then pass kill/kills_hit; else fail kill/kills_hit "none of $kills"; fi

# Killed at every call that changes the store: the calls are few, so all of them are tried.
points=0
if command -v strace >/dev/null 2>&1 && strace -o /dev/null true 2>/dev/null; then
    for call in write fsync rename; do
        at=0
        while [ "$at" -lt 60 ]; do
            at=$((at + 1))
            strace -f -o /dev/null -e trace=$call \
                -e inject=$call:signal=SIGKILL:when=$at \
                "$vitalcast" project workspace --as-of 2018-07 --seed $((1000 + at)) \
                --draws 200 --quiet >/dev/null 2>&1 && break
            points=$((points + 1))
            "$vitalcast" runs verify workspace/runs >verified 2>&1 ||
                fail "kill/verify_after_${call}_$at" "$(cat verified)"
        done
    done
    pass kill/at_every_call
else
    skip kill/at_every_call "no strace"
fi

run runs verify workspace/runs
expect kill/nothing_listed_is_damaged 0
listed=$(find workspace/runs -name '*.h5' | wc -l)
for file in workspace/runs/*.h5; do
    [ -e "${file%.h5}.json" ] || continue
    run show "$file" --quiet
    [ "$code" = 0 ] || fail kill/every_run_opens "$file: $(cat err)"
done
pass kill/every_run_opens
echo "# $killed of $kills killed at random, $points at a call; $listed runs whole," \
    "$(find workspace/runs -name '.*.tmp.*' | wc -l) cut short"

run runs clean workspace/runs
expect kill/clean 0
if [ -z "$(find workspace/runs -name '.*.tmp.*')" ]; then
    pass kill/nothing_half_written_stays
else
    fail kill/nothing_half_written_stays "$(ls -A workspace/runs)"
fi
run project workspace --as-of 2018-07 --seed 4242 --quiet
expect kill/the_store_goes_on 0
finish
