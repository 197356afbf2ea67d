#!/bin/sh
# Every example of docs/CLI.md runs, in the order of the page and in one folder.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

PATH=$(dirname "$vitalcast"):$PATH
export PATH
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$source_tree/docs/CLI.md" >examples
count=$(grep -c '^vitalcast ' examples)
if [ "$count" -lt 10 ]; then
    fail examples/are_found "only $count commands in docs/CLI.md"
else
    pass examples/are_found
fi
if ! command -v gnuplot >/dev/null; then
    skip examples/run "no gnuplot"
    finish
fi
if problem=$(sh -eu examples 2>&1 </dev/null); then
    pass examples/run
else
    fail examples/run "$(printf '%s' "$problem" | tail -5)"
fi
finish
