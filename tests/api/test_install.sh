#!/bin/sh
# `make install DESTDIR= PREFIX=`: a stranger's program builds through pkg-config, and the installed
# program runs from another folder without the source tree.
set -u
source=${VCT_SOURCE:-.}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
status=0

report() {
    name=$1 outcome=$2
    if [ "$outcome" = 0 ]; then
        echo "ok api/install/$name"
    else
        echo "not ok api/install/$name: $(cat "$scratch/log")"
        status=1
    fi
}

if [ "${VCT_SANITIZE:-0}" = 1 ]; then
    echo "skipped api/install: a sanitized library wants a sanitized program"
    exit 0
fi

"${MAKE:-make}" -C "$source" --no-print-directory BUILD="${VCT_BUILD:?}" CC="${CC:-cc}" PREFIX=/usr \
    DESTDIR="$root" install >"$scratch/log" 2>&1
report installs $?

cat >"$scratch/user.c" <<'END'
#include <stdio.h>
#include <vitalcast/status.h>
int main(void) {
    puts(vc_status_name(VC_OK));
    return vc_status_exit_code(VC_BAD_INPUT) != 2;
}
END
flags=$(PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$root/usr/lib/pkgconfig \
    pkg-config --cflags --libs vitalcast)
# shellcheck disable=SC2086 # flags are words
{ ${CC:-cc} "$scratch/user.c" $flags -o "$scratch/user" &&
    [ "$(LD_LIBRARY_PATH=$root/usr/lib "$scratch/user")" = VC_OK ]; } >"$scratch/log" 2>&1
report serves_a_strangers_program $?

share=$root/usr/share
grep -q 'How likely each year' "$share/man/man1/vitalcast.1" &&
    grep -q 达标可能性 "$share/man/zh_CN/man1/vitalcast.1" &&
    grep -q 'complete -F _vitalcast vitalcast' "$share/bash-completion/completions/vitalcast" &&
    grep -q '#compdef vitalcast' "$share/zsh/site-functions/_vitalcast" &&
    grep -q 'complete -c vitalcast' "$share/fish/vendor_completions.d/vitalcast.fish" >"$scratch/log" 2>&1
report has_its_manual_and_completions $?

cp -R "$root/usr/share/vitalcast/datasets/denmark-births" "$scratch/workspace"
(cd "$scratch" && "$root/usr/bin/vitalcast" check workspace) >"$scratch/log" 2>&1
report checks_a_workspace_from_elsewhere $?
exit $status
