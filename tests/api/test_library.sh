#!/bin/sh
# The shared library: its name, what it shows to the outside, and who does its linear algebra.
set -u
library=${VCT_BUILD:?}/libvitalcast.so
status=0

check() {
    name=$1 problem=$2
    if [ -z "$problem" ]; then
        echo "ok api/library/$name"
    else
        echo "not ok api/library/$name: $problem"
        status=1
    fi
}

dynamic=$(readelf -d "$library")
symbols=$(nm -D --defined-only "$library" | awk '{ print $NF }')

problem=
echo "$dynamic" | grep -q 'SONAME.*\[libvitalcast\.so\.0\]' || problem='SONAME is not libvitalcast.so.0'
check soname "$problem"

# GSL brings libgslcblas along by itself; what we link must be OpenBLAS, so that GSL's own calls
# find it first.
problem=
echo "$dynamic" | grep -q 'NEEDED.*\[libopenblas' || problem='libopenblas is not linked'
echo "$dynamic" | grep -q 'NEEDED.*\[libgslcblas' && problem='libgslcblas is linked'
check blas_is_openblas "$problem"

if [ "${VCT_SANITIZE:-0}" = 1 ]; then
    echo "skipped api/library/shows_only_vc: sanitizers add symbols of their own"
else
    check shows_only_vc "$(echo "$symbols" | grep -v '^vc_' | tr '\n' ' ')"
fi

# Every function of a public header is there.
declared=$(cat "${VCT_SOURCE:-.}"/include/vitalcast/*.h |
    awk '/^VC_API/ { text = ""; on = 1 }
         on { text = text " " $0 }
         on && /\(/ { if (match(text, /vc_[a-z0-9_]+\(/)) print substr(text, RSTART, RLENGTH - 1); on = 0 }')
problem=
for name in $declared; do
    echo "$symbols" | grep -qx "$name" || problem="$problem $name"
done
[ -n "$declared" ] || problem='no declaration found'
check has_all_that_is_declared "$problem"
exit $status
