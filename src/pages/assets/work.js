// The editor of the workbench: what is written is saved while it is written, Markdown is shown as its page will show it,
// and nobody leaves with something unsaved. Everything works without it, by the buttons.
"use strict";

const form = document.getElementById("edit");
if (form) begin(form);

function begin(form) {
  const words = form.dataset;
  const saved = document.getElementById("saved");
  const said = document.getElementById("said");
  const language = document.documentElement.lang;
  const ago = new Intl.RelativeTimeFormat(language === "ar" ? "ar-u-nu-latn" : language, { numeric: "auto" });
  let [timer, at, isChanged, isSaving, isStopped] = [0, 0, false, false, false];

  const tell = (text, aloud) => {
    saved.textContent = text;
    if (aloud) said.textContent = text;
  };

  // How long ago it was saved is told to eyes alone; that it was saved, to ears too.
  const age = () => {
    if (!at || isChanged || isSaving) return;
    const seconds = Math.round((Date.now() - at) / 1000);
    const when = seconds < 90 ? ago.format(-seconds, "second") : ago.format(-Math.round(seconds / 60), "minute");
    tell(words.saved.replace("%when%", when), false);
  };
  setInterval(age, 10000);

  const save = async () => {
    if (!isChanged || isSaving || isStopped) return;
    [isSaving, isChanged] = [true, false];
    tell(words.saving, false);
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "autosave");
    let answer, told;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
      told = await answer.json();
    } catch {
      // A line that is down comes back; a page that asks to sign in is no JSON.
      [isSaving, isChanged] = [false, true];
      tell(words.failed, true);
      timer = setTimeout(save, 15000);
      return;
    }
    isSaving = false;
    if (answer.ok) {
      form.elements.revision.value = told.revision;
      form.elements.seen.value = told.seen;
      document.getElementById("checks").innerHTML = told.checks;
      at = Date.now();
      if (isChanged) wait();
      else tell(words.saved.replace("%when%", ago.format(0, "second")), true);
    } else if (answer.status === 409) {
      isStopped = true;
      isChanged = true;
      conflict(told);
    } else {
      isChanged = true;
      tell(told.said, true);
    }
  };

  // The button sends the form as it is: the page that comes shows both versions.
  const conflict = ({ said: sentence, see }) => {
    const note = document.createElement("div");
    note.className = "note bad";
    note.setAttribute("role", "alert");
    const [line, button] = [document.createElement("p"), document.createElement("button")];
    line.textContent = sentence;
    Object.assign(button, { className: "btn line", name: "do", value: "save", textContent: see });
    button.setAttribute("form", "edit");
    note.append(line, button);
    form.parentElement.before(note);
    tell(words.unsaved, false);
  };

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  };

  form.addEventListener("input", (event) => {
    if (event.target.name === "from" || event.target.name === "to") return;
    isChanged = true;
    tell(words.unsaved, false);
    if ("autosave" in words) wait();
    preview(event.target, 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isChanged = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });

  const previews = new Map();
  for (const box of form.querySelectorAll("textarea[data-markdown]")) {
    const details = document.createElement("details");
    const [summary, shown] = [document.createElement("summary"), document.createElement("div")];
    summary.textContent = words.preview;
    shown.className = "shown";
    details.append(summary, shown);
    box.after(details);
    previews.set(box, { details, shown, timer: 0 });
    details.addEventListener("toggle", () => preview(box, 0));
  }

  function preview(box, pause) {
    const it = previews.get(box);
    if (!it?.details.open) return;
    clearTimeout(it.timer);
    it.timer = setTimeout(async () => {
      const body = new URLSearchParams({ text: box.value, language: box.lang });
      const answer = await fetch(words.markdown, { method: "POST", body }).catch(() => null);
      // The server has taken out of it whatever could act.
      if (answer?.ok) it.shown.innerHTML = await answer.text();
    }, pause);
  }
}
