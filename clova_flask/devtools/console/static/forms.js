// Forms: what is not saved is asked about before it is left, and what was sent is not sent twice.
"use strict";

const saving = [...document.querySelectorAll("form[method=post]:not([data-saves-nothing])")];
const undone = [];
let isLeaving = false;

// What is entered is not what the page came with.
const isChangedControl = (control) => {
  if (!control.name || control.disabled || ["hidden", "submit", "button"].includes(control.type)) {
    return false;
  }
  if (control.type === "checkbox" || control.type === "radio") {
    return control.checked !== control.defaultChecked;
  }
  if (control.tagName === "SELECT") {
    const usual = [...control.options].some((option) => option.defaultSelected);
    return usual ? [...control.options].some((option) => option.selected !== option.defaultSelected)
      : control.selectedIndex > 0;
  }
  return control.type === "file" ? control.files.length > 0 : control.value !== control.defaultValue;
};

// A page that refused a form has what was entered in it, and it is not saved either.
const isUnsaved = (form) => "unsaved" in form.dataset || form.querySelector(".is-invalid") !== null
  || [...form.elements].some(isChangedControl);

addEventListener("beforeunload", (event) => {
  if (!isLeaving && saving.some(isUnsaved)) {
    event.preventDefault();
    event.returnValue = ""; // what browsers of before 2023 look at
  }
});

const showBusy = (form, button) => {
  const buttons = [...form.querySelectorAll("button:not(:disabled)")];
  const content = [...(button?.childNodes ?? [])];
  undone.push(() => {
    button?.replaceChildren(...content);
    button?.removeAttribute("aria-busy");
    buttons.forEach((one) => { one.disabled = false; });
  });
  if (form.dataset.busy && button) {
    const spinner = document.createElement("span");
    spinner.className = "spinner-border spinner-border-sm me-2";
    spinner.setAttribute("aria-hidden", "true");
    button.replaceChildren(spinner, form.dataset.busy);
    button.setAttribute("aria-live", "polite");
  }
  button?.setAttribute("aria-busy", "true");
  buttons.forEach((one) => { one.disabled = true; });
};

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    const others = saving.filter((one) => one !== form && isUnsaved(one));
    if (others.length && !window.confirm(document.body.dataset.unsaved)) {
      event.preventDefault();
      if (form.querySelector("[data-submit-on-change]")) {
        form.reset(); // what was chosen has not taken effect
      }
      return;
    }
    if (event.submitter && "stays" in event.submitter.dataset) {
      return; // a file is downloaded, and the page stays
    }
    isLeaving = true;
    // A button that is disabled at once would not be sent.
    setTimeout(() => showBusy(form, event.submitter ?? form.querySelector("button")));
  });
}

// A page that was gone back to, or whose answer was not waited for, has its buttons again.
const undo = () => {
  isLeaving = false;
  undone.splice(0).forEach((one) => one());
};
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    undo();
  }
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    undo();
  }
});
