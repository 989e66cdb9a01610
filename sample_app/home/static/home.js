"use strict";

const INTERVAL = 1000;
const link = document.getElementById("link");
const news = document.getElementById("news");
const address = document.body.dataset.state;

let shown = null;

async function follow() {
  if (!document.hidden) {
    try {
      const response = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(5000) });
      if (!response.ok) throw new Error(String(response.status));
      update(await response.text());
      tellLink(true);
    } catch {
      tellLink(false);
    }
  }
  setTimeout(follow, INTERVAL);
}

function update(text) {
  if (text === shown) return;
  const isFirst = shown === null;
  shown = text;
  const devices = JSON.parse(text).homes.flatMap((home) =>
    home.devices.map((device) => ({ ...device, lang: home.lang })));
  if (!areShown(devices)) return location.reload();
  const changes = devices.map((device) => ({ ...device, news: show(device) })).filter(({ news }) => news.length);
  if (changes.length && !isFirst) announce(changes);
}

function areShown(devices) {
  const count = document.querySelectorAll(".card").length;
  return devices.length === count && devices.every((device) => document.getElementById(device.id));
}

/** Write a device into its card; return what has changed, in words. */
function show(device) {
  const card = document.getElementById(device.id);
  const fresh = [];
  if (write(card.querySelector(".status"), device.status_text)) fresh.push(device.status_text);
  card.dataset.status = device.status;
  card.querySelector(".bulb circle")?.setAttribute("fill", device.color);
  for (const reading of device.readings) {
    const place = card.querySelector(`[data-reading="${reading.name}"]`);
    if (write(place.querySelector("dd span"), reading.text)) fresh.push(`${reading.label} ${reading.text}`);
    place.querySelector(".bar rect")?.setAttribute("width", reading.percent);
  }
  if (fresh.length) flash(card);
  return fresh;
}

function write(element, text) {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

function flash(card) {
  card.classList.remove("changed");
  void card.offsetWidth; // so that the animation starts again
  card.classList.add("changed");
}

/** Show what has changed; a screen reader reads this line and nothing else. */
function announce([device, ...others]) {
  const more = others.length ? ` (+${others.length})` : "";
  news.lang = device.lang;
  news.textContent = `${device.name}: ${device.news.join(", ")}${more}`;
}

function tellLink(isThere) {
  link.className = isThere ? "live" : "lost";
  write(link, isThere ? "Live" : "Connection lost");
}

follow();
