// Measures the three linters; started by compare-linters.sh, which installs the other two beside this file.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const [unblame, folder, ...sets] = process.argv.slice(2);
const bin = (name) => join(folder, "node_modules", ".bin", name);
const run = (program, args) => spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });

// --- time: one process for all documents, several copies so that start-up does not decide
const copies = Number(process.env.COPIES ?? 10);
const many = join(folder, "many");
mkdirSync(many);
const names = readdirSync(join(folder, "documents"));
for (let copy = 0; copy < copies; copy += 1) {
  for (const name of names) writeFileSync(join(many, `${copy}-${name}`), readFileSync(join(folder, "documents", name)));
}
const files = readdirSync(many).map((name) => join(many, name));
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
const timed = (program, args) => {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const start = process.hrtime.bigint();
    run(program, args);
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return Math.min(...times);
};
const speed = {
  unblame: timed(unblame, ["lint", "--format", "json", ...files]),
  alex: timed(bin("alex"), ["--quiet", ...files]),
  "write-good": timed(bin("write-good"), files),
};

// --- accuracy: does the tool say anything about a sentence?
const sentences = sets.flatMap((set) => readFileSync(set, "utf8").trim().split("\n").map((line) => JSON.parse(line)));
const require = createRequire(join(folder, "index.js"));
const writeGood = require("write-good");
const { markdown } = await import(join(folder, "node_modules", "alex", "index.js"));
const headings = {
  summary: "Summary", impact: "Impact", timeline: "Timeline", root_cause: "Root cause", factors: "Contributing factors",
  action: "Action items", lesson: "Lessons learned", improve: "What could be improved", well: "What went well",
};
const blame = new Set([
  "names-individual-as-cause", "human-error", "counterfactual", "judgement", "punitive", "single-root-cause",
  "vague-action", "hindsight-certainty", "five-whys-person",
]);
const single = join(folder, "single");
mkdirSync(single);
sentences.forEach((one, index) => {
  const people = one.names?.length ? `---\nparticipants: [${one.names.join(", ")}]\n---\n` : "";
  const list = ["timeline", "factors", "action", "lesson", "improve", "well"].includes(one.context) ? "- " : "";
  const text = `${people}## ${headings[one.context] ?? "Notes"}\n\n${list}${one.text}\n`;
  writeFileSync(join(single, `${String(index).padStart(5, "0")}.md`), text);
});
const report = JSON.parse(run(unblame, ["lint", "--format", "json", single]).stdout);
const ours = new Set(
  report.findings
    .filter((finding) => finding.severity !== "info" && blame.has(finding.category))
    .map((finding) => Number(finding.path.match(/(\d+)\.md$/)[1])),
);
const flagged = {
  unblame: (_, index) => ours.has(index),
  alex: (one) => markdown(one.text).messages.length > 0,
  "write-good": (one) => writeGood(one.text).length > 0,
};
const score = (says) => {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  sentences.forEach((one, index) => {
    const said = says(one, index);
    counts[one.label === 1 ? (said ? "tp" : "fn") : said ? "fp" : "tn"] += 1;
  });
  const { tp, fp, fn, tn } = counts;
  return [tp / (tp + fp), tp / (tp + fn), (2 * tp) / (2 * tp + fp + fn), fp / (fp + tn)];
};

console.log("unblame's shipped model was trained on these sentences; its held-out figures stand in evals/blame/README.md.");
console.log(`${files.length} documents, ${(bytes / 1e6).toFixed(2)} MB, one process; ${sentences.length} sentences\n`);
console.log("| | MB/s | precision | recall | F1 | clean flagged |\n|---|---|---|---|---|---|");
for (const name of Object.keys(speed)) {
  const figures = score(flagged[name]).map((figure) => figure.toFixed(2)).join(" | ");
  console.log(`| ${name} | ${(bytes / 1e6 / speed[name]).toFixed(2)} | ${figures} |`);
}
