// The front matter as a form in a dialog: only what was changed is sent, and what is wrong is said at its field.
import { post, say, version } from "./server.js";
import { refresh, show } from "./refresh.js";

const dialog = document.getElementById("details");
let begun = "";

/** Opens the form, with the focus in the first field or in the one that is asked for. */
export function openDetails(key = "title") {
  begun = version();
  dialog.showModal();
  document.getElementById(`head-${key}`)?.focus();
}

function inputs() {
  return [...dialog.querySelectorAll("[data-was]")];
}

function complain(problems) {
  for (const input of inputs()) {
    const note = document.getElementById(`head-${input.name}-note`);
    const found = problems.filter((problem) => problem.field === input.name).map((problem) => problem.message);
    note.dataset.hint ??= note.textContent;
    note.textContent = found.join("; ") || note.dataset.hint;
    if (found.length) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (note.textContent) input.setAttribute("aria-describedby", note.id);
  }
  inputs().find((input) => input.matches("[aria-invalid]"))?.focus();
}

async function save() {
  const fields = inputs().filter((input) => input.value !== input.dataset.was).map((input) => [input.name, input.value]);
  if (!fields.length) {
    dialog.close();
    return;
  }
  say("Saving", "busy");
  try {
    const answer = await post("/api/edit", { base: begun, edit: { do: "head", fields } });
    if (answer.outcome === "invalid") {
      say("Some details need another look", "failed");
      complain(answer.problems);
      return;
    }
    if (answer.outcome === "written" || answer.outcome === "merged") {
      begun = answer.view.version;
      dialog.close();
      show(answer.view);
      say(answer.outcome === "merged" ? "Saved, together with changes made elsewhere" : "Details saved", "done");
      return;
    }
    begun = answer.view.version;
    say("The head of the file was changed at the same time; save again to put yours in its place", "failed");
  } catch (error) {
    say(error.message, "failed");
  }
}

export function startDetails() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("#edit-details")) openDetails();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  dialog.addEventListener("close", () => {
    document.getElementById("edit-details")?.focus();
    // Fields that were given up show the file again.
    for (const input of inputs()) input.value = input.dataset.was;
    complain([]);
    if (begun !== version()) refresh();
  });
}
