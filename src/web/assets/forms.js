// Actions, answers and the next stage: small forms, written to the file as soon as they change.
import { post, say, version } from "./server.js";
import { show } from "./refresh.js";

async function change(edit, done) {
  say("Saving", "busy");
  try {
    const answer = await post("/api/edit", { base: version(), edit });
    settle(answer, done);
  } catch (error) {
    say(error.message, "failed");
  }
}

function settle(answer, done) {
  show(answer.view);
  if (answer.outcome === "written") say(done, "done");
  else if (answer.outcome === "merged") say("Saved, together with changes made elsewhere", "done");
  else if (answer.outcome === "not_ready") say("Something still stands in the way; see Readiness", "failed");
  else say("The file was changed at the same place; look again, then repeat", "failed");
}

function fieldChanged(event) {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  const row = Number(field.closest("[data-row]").dataset.row);
  change({ do: "action", row, fields: [[field.dataset.field, field.value]] }, "Saved");
}

function submitted(event) {
  const form = event.target;
  if (form.matches("[data-question]")) {
    event.preventDefault();
    change({ do: "answer", question: form.dataset.question, answer: form.querySelector("textarea").value }, "Answer saved");
  } else if (form.matches(".add-action")) {
    event.preventDefault();
    const action = form.elements.action.value;
    form.elements.action.value = "";
    change({ do: "action", row: Number(form.dataset.row), fields: [["action", action]] }, "Action added");
  }
}

async function promote(button) {
  say("Saving", "busy");
  try {
    settle(await post("/api/stage", { base: version(), stage: button.dataset.stage }), `Marked ${button.dataset.stage}`);
  } catch (error) {
    say(error.message, "failed");
  }
}

export function startForms() {
  document.addEventListener("change", fieldChanged);
  document.addEventListener("submit", submitted);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#promote");
    if (button) promote(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("form")?.requestSubmit();
  });
}
