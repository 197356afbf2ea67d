#!/bin/sh
# Each public header compiles alone, as C17 and as C++17, without a warning.
set -u
cc=${CC:-cc}
source=${VCT_SOURCE:-.}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

# compile NAME COMPILER FLAGS... FILE
compile() {
    test=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok api/headers/$test"
    else
        echo "not ok api/headers/$test: $(cat "$scratch/log")"
        status=1
    fi
}

cxx=
for candidate in clang++ g++; do
    command -v "$candidate" >/dev/null && cxx=$candidate && break
done

for header in "$source"/include/vitalcast/*.h; do
    name=$(basename "$header" .h)
    printf '#include "vitalcast/%s.h"\n' "$name" >"$scratch/$name.c"
    cp "$scratch/$name.c" "$scratch/$name.cpp"
    compile "${name}_as_c" "$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -I "$source/include" \
        -fsyntax-only "$scratch/$name.c"
    if [ -n "$cxx" ]; then
        compile "${name}_as_cpp" "$cxx" -std=c++17 -Wall -Wextra -Wpedantic -Werror \
            -I "$source/include" -fsyntax-only "$scratch/$name.cpp"
    else
        echo "skipped api/headers/${name}_as_cpp: no C++ compiler"
    fi
done
exit $status
