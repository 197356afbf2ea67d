#!/bin/sh
# The commands of both READMEs run as they stand there (those of quickstart are CI's).
set -u
source=${VCT_SOURCE:-.}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

if ! command -v gnuplot >/dev/null; then
    echo "skipped api/readme: no gnuplot"
    exit 0
fi
for readme in README.md README.zh-CN.md; do
    mkdir "$scratch/$readme"
    ln -s "${VCT_BUILD:?}" "$scratch/$readme/build"
    commands=$scratch/$readme/commands
    awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside && !/quickstart/' \
        "$source/$readme" >"$commands"
    if [ "$(grep -c 'build/vitalcast' "$commands")" -lt 6 ]; then
        echo "not ok api/readme/$readme: commands not found"
        status=1
    elif problem=$(cd "$scratch/$readme" && sh -eu commands 2>&1 </dev/null); then
        echo "ok api/readme/$readme"
    else
        echo "not ok api/readme/$readme: $problem"
        status=1
    fi
done
exit $status
