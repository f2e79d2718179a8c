#!/usr/bin/env bash
# Compares unblame with alex and write-good: time on the same documents, and how well "says anything" tells blameful
# sentences from clean ones. Those two were made for other ends; the figures say what a team gets that uses them for this.
# Needs npm and network once (both go into a temporary folder) and a built unblame: benches/compare-linters.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
unblame=$(realpath "${1:-target/release/unblame}")
command -v npm >/dev/null || { echo "npm is not there; nothing compared"; exit 0; }
[ -x "$unblame" ] || { echo "build first: cargo build --release"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" alex@11 write-good@1 >/dev/null
mkdir "$folder/documents"
cp evals/blame/documents/*.md "$folder/documents"
cp benches/compare-linters.mjs "$folder/"
node "$folder/compare-linters.mjs" "$unblame" "$folder" evals/blame/sentences-a.jsonl evals/blame/sentences-b.jsonl
