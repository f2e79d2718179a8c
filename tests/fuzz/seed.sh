#!/bin/sh
# Builds the seed corpora from the fixtures; run it in this folder before the first `cargo fuzz run`.
set -eu
cd "$(dirname "$0")"
root=../..
mkdir -p corpus/source corpus/zip_intake corpus/redact corpus/document corpus/incident_toml

# A byte beyond the number of formats in front: the content decides.
number=0
find "$root/fixtures/sources" -type f ! -name expected.json | LC_ALL=C sort | while read -r file; do
    number=$((number + 1))
    { printf '\377'; head -c 20000 "$file"; } > "corpus/source/fixture-$number"
    gzip -nc "$file" > "corpus/zip_intake/fixture-$number.gz"
done
find "$root/fixtures/sources" -mindepth 2 -maxdepth 2 -type d | LC_ALL=C sort | while read -r folder; do
    name=$(echo "$folder" | sed "s|$root/fixtures/sources/||; s|/|-|g")
    python3 - "$folder" "corpus/zip_intake/$name.zip" <<'PY'
import pathlib, sys, zipfile
folder, target = pathlib.Path(sys.argv[1]), sys.argv[2]
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "expected.json":
            archive.writestr(zipfile.ZipInfo(str(path.relative_to(folder))), path.read_bytes())
PY
done
for file in "$root"/fixtures/redact/*.txt; do cp "$file" corpus/redact/; done
for file in "$root"/fixtures/history/*.md "$root"/evals/redaction/documents/*; do cp "$file" corpus/document/; done
find "$root/fixtures/incidents" -name incident.toml | LC_ALL=C sort | while read -r file; do
    cp "$file" "corpus/incident_toml/$(basename "$(dirname "$file")").toml"
done
