// What the pages do beyond HTML. Every page works without it.
"use strict";

// A choice that takes effect at once needs no button.
for (const select of document.querySelectorAll("[data-submit-on-change]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
for (const button of document.querySelectorAll("[data-hide-with-script]")) {
  button.hidden = true;
}

// Fields that count only where another is yes.
const isYes = (name) => document.querySelector(`input[name="${name}"][value="yes"]`)?.checked ?? true;
const showDependent = () => {
  for (const field of document.querySelectorAll("[data-when]")) {
    field.hidden = !isYes(field.dataset.when);
  }
};
document.addEventListener("change", showDependent);
showDependent();

// Counters of what has a limit.
for (const input of document.querySelectorAll("[data-limit]")) {
  const limit = Number(input.dataset.limit);
  const counter = document.createElement("div");
  counter.className = "form-text text-end counter";
  const count = () => {
    const length = [...input.value.replaceAll("\r\n", "\n").trim()].length;
    counter.textContent = `${length} / ${limit}`;
    counter.classList.toggle("text-danger", length > limit);
    counter.hidden = input.tagName === "INPUT" && length < limit * 0.8;
  };
  input.after(counter);
  input.addEventListener("input", count);
  count();
}

// Another row for a model, without a way to the server.
for (const button of document.querySelectorAll("[data-add-row]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const rows = button.parentElement.querySelectorAll("[data-model-row]");
    const row = rows[rows.length - 1].cloneNode(true);
    for (const input of row.querySelectorAll("input")) {
      input.value = "";
    }
    rows[rows.length - 1].after(row);
    row.querySelector("input").focus();
  });
}

// The first error is where the user has to go.
document.querySelector("[aria-invalid], .is-invalid")?.focus();

// A conversation is read at its end.
for (const list of document.querySelectorAll(".conversation")) {
  list.scrollTop = list.scrollHeight;
}

// The value of a slider, beside it.
for (const slider of document.querySelectorAll("[data-show-value]")) {
  const shown = document.createElement("output");
  shown.htmlFor = slider.id;
  const show = () => { shown.value = slider.value; };
  slider.after(shown);
  slider.addEventListener("input", show);
  show();
}

// How far something is, until it is done.
if (document.querySelector("[data-reload]")) {
  setTimeout(() => location.reload(), 1500);
}
