// The browser speaks the answers of a conversation and listens, where it can. Off until it is turned on.
"use strict";

const voice = document.querySelector("[data-voice]");
const say = document.getElementById("say");
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const canSpeak = Boolean(window.speechSynthesis && window.SpeechSynthesisUtterance);
const BEFORE = "clova-console-said-after";
const part = (name) => voice.querySelector(`[data-voice-${name}]`);
const tell = (text) => { part("status").textContent = text ?? ""; };
let playing = null;
let hearing = null;

// A switch whose position this browser remembers.
const remembered = (name) => {
  const input = part(name);
  const key = `clova-console-${name}`;
  input.checked = localStorage.getItem(key) === "on";
  input.addEventListener("change", () => localStorage.setItem(key, input.checked ? "on" : "off"));
  return input;
};

const speakText = (text, lang) => new Promise((resolve) => {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = lang;
  utterance.onend = () => resolve();
  utterance.onerror = (event) => {
    if (event.error === "not-allowed") {
      tell(voice.dataset.press);
    }
    resolve();
  };
  window.speechSynthesis.speak(utterance);
});

const playAudio = (url) => new Promise((resolve) => {
  playing = new Audio(url);
  playing.onended = playing.onerror = playing.onpause = () => resolve();
  playing.play().catch(() => { tell(voice.dataset.press); resolve(); });
});

// What is spoken is one thing after another; another beginning ends it.
let turn = 0;
const stop = () => {
  turn += 1;
  playing?.pause();
  if (canSpeak) {
    window.speechSynthesis.cancel();
  }
  hearing?.abort();
};

const speak = async () => {
  stop();
  const mine = turn;
  tell();
  for (const one of voice.querySelectorAll("[data-voice-spoken] li")) {
    if (mine !== turn) {
      return false;
    }
    if (one.dataset.url) {
      await playAudio(one.dataset.url);
    } else if (canSpeak) {
      await speakText(one.textContent, one.lang || voice.dataset.lang);
    }
  }
  return mine === turn;
};

const listen = () => {
  stop();
  hearing = new Recognition();
  hearing.lang = voice.dataset.lang;
  hearing.interimResults = true;
  hearing.onresult = (event) => {
    const heard = Array.from(event.results);
    say.value = heard.map((result) => result[0].transcript).join("").trim();
    if (say.value && heard.every((result) => result.isFinal)) {
      hearing = null;
      say.form.requestSubmit();
    }
  };
  hearing.onerror = (event) => {
    if (event.error !== "aborted") {
      tell(`${voice.dataset.failed} (${event.error})`);
    }
  };
  hearing.onend = () => { hearing = null; part("listen").setAttribute("aria-pressed", "false"); };
  part("listen").setAttribute("aria-pressed", "true");
  tell(voice.dataset.listening);
  hearing.start();
};

const begin = async (speaks, listens) => {
  const said = sessionStorage.getItem(BEFORE);
  sessionStorage.removeItem(BEFORE);
  if (said === null || said === voice.dataset.turn) {
    return; // the page was opened or read again, and nothing was said
  }
  const isDone = speaks.checked ? await speak() : true;
  if (isDone && listens.checked && Recognition && voice.dataset.open === "yes") {
    listen();
  }
};

if (voice && (canSpeak || Recognition)) {
  const speaks = remembered("speaks");
  const listens = remembered("listens");
  for (const only of voice.querySelectorAll("[data-needs=speech]")) {
    only.hidden = !canSpeak;
  }
  for (const only of voice.querySelectorAll("[data-needs=recognition]")) {
    only.hidden = !Recognition;
  }
  voice.hidden = false;
  part("speak").addEventListener("click", speak);
  part("listen").addEventListener("click", () => (hearing ? stop() : listen()));
  part("stop").addEventListener("click", () => { stop(); tell(); });
  speaks.addEventListener("change", () => { if (!speaks.checked) { stop(); } });
  for (const form of document.querySelectorAll("form[data-says]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(BEFORE, voice.dataset.turn));
  }
  begin(speaks, listens);
}
