// What saves a round trip, and never adds meaning: every page is whole without it.
"use strict";

// A choice among facets is taken at once; the button stays for those who want it. The page comes again where it was, with
// the focus where it was. Fields without a value stay out of the address.
for (const form of document.querySelectorAll("form[data-submit]")) {
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("[type=checkbox], [type=radio]")) return;
    const open = [...form.querySelectorAll("details")].map((details) => details.open);
    sessionStorage.setItem("choice", JSON.stringify({ name: field.name, value: field.value, at: scrollY, open }));
    form.requestSubmit();
  });
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const values = formData.getAll(name).filter(Boolean);
      formData.delete(name);
      for (const value of values) formData.append(name, value);
    }
  });
  const choice = JSON.parse(sessionStorage.getItem("choice") ?? "null");
  sessionStorage.removeItem("choice");
  const field = choice && [...form.elements].find(({ name, value }) => name === choice.name && value === choice.value);
  if (field) {
    form.querySelector("details.facets").open = choice.open[0] ?? false;
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    field.focus({ preventScroll: true });
    scrollTo(0, choice.at);
  }
}

// A citation is copied whole.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text);
    const said = document.getElementById(button.dataset.said);
    if (said) said.textContent = button.dataset.done;
  });
}
