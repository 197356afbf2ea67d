#!/bin/sh
# Every test that docs/METHODS.md names exists.
set -u
source_tree=${VCT_SOURCE:-$(pwd)}
missing=$(grep -o 'tests/[a-z_/]*\.\(c\|py\|sh\)' "$source_tree/docs/METHODS.md" | sort -u |
    while read -r file; do
        [ -f "$source_tree/$file" ] || echo "$file"
    done)
if [ -z "$missing" ]; then
    echo "ok api/methods/tests_exist"
else
    echo "not ok api/methods/tests_exist: $(echo "$missing" | tr '\n' ' ')"
    exit 1
fi
