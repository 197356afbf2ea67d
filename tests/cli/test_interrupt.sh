#!/bin/sh
# SIGINT and SIGTERM end a calculation with 130 and 143, and nothing is left behind.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
# interrupt SIGNAL CODE: after a second of a calculation that takes much longer. --foreground: one
# signal only; a second one would end the program at once.
interrupt() {
    timeout --foreground --preserve-status -s "$1" 1 "$vitalcast" project county --draws 10000000 \
        >out 2>err </dev/null
    code=$?
    expect "interrupt/$1" "$2"
    no_run "interrupt/${1}_leaves_nothing" county/runs
    empty "interrupt/${1}_prints_no_result" out
    has "interrupt/${1}_is_said" err "interrupted"
}
interrupt INT 130
interrupt TERM 143

# A signal that the caller ignores (nohup and the like) stays ignored.
(
    trap '' INT
    "$vitalcast" project county --draws 200000 --quiet >out 2>err </dev/null &
    sleep 0.3
    kill -INT $! 2>/dev/null
    wait $!
    echo $? >code
)
code=$(cat code)
expect interrupt/an_ignored_signal_stays_ignored 0
finish
