// Marks the words that stand for a slot: select them in an expression, and press the slot's name, or name a new one.
"use strict";

// What is selected in an input is put between the tags of a slot; tags within it are left out.
const mark = (input, name) => {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const phrase = value.slice(start, end).trim();
  input.focus();
  if (!phrase || phrase.includes("\n")) {
    return;
  }
  const first = start + value.slice(start, end).indexOf(phrase);
  const bare = phrase.replaceAll(/<[^<>]*>/g, "");
  input.setRangeText(`<${name}>${bare}</${name}>`, first, first + phrase.length, "end");
};

for (const marks of document.querySelectorAll("[data-marks]")) {
  const input = document.getElementById(marks.dataset.marks);
  marks.hidden = false;
  for (const button of marks.querySelectorAll("button")) {
    // The selection is not seen any more when another element takes the focus by a press of the mouse.
    button.addEventListener("mousedown", (event) => event.preventDefault());
  }
  for (const button of marks.querySelectorAll("[data-slot]")) {
    button.addEventListener("click", () => mark(input, button.dataset.slot));
  }
  const create = marks.querySelector("[data-new-slot]");
  create?.addEventListener("click", () => {
    const name = document.getElementById(create.dataset.newSlot);
    if (/^[^\s<>/]+$/.test(name.value.trim())) {
      mark(input, name.value.trim());
    } else {
      name.closest("details").open = true;
      name.focus();
    }
  });
}
