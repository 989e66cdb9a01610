// Marks the words that stand for a slot: select them in an expression, and press the slot's name.
"use strict";

for (const marks of document.querySelectorAll("[data-marks]")) {
  const input = document.getElementById(marks.dataset.marks);
  marks.hidden = false;
  for (const button of marks.querySelectorAll("[data-slot]")) {
    // The selection is lost when another element takes the focus by a press of the mouse.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const { selectionStart: start, selectionEnd: end, value } = input;
      const phrase = value.slice(start, end).trim();
      if (!phrase || phrase.includes("\n")) {
        input.focus();
        return;
      }
      const first = start + value.slice(start, end).indexOf(phrase);
      const name = button.dataset.slot;
      const bare = phrase.replaceAll(/<[^<>]*>/g, "");
      input.setRangeText(`<${name}>${bare}</${name}>`, first, first + phrase.length, "end");
      input.focus();
    });
  }
}
