"use strict";

/* Keeps the page up to date: the server sends whole cards, and this puts them in their place. */
(function () {
  const body = document.body;
  const link = document.getElementById("link");
  const said = document.getElementById("said");
  const words = body.dataset;
  const zone = words.zone;
  const locale = document.documentElement.lang;
  const clockFormat = new Intl.DateTimeFormat(locale, {
    hour: "2-digit", minute: "2-digit", timeZone: zone, hourCycle: "h23",
  });
  let ahead = 0;
  let cutSince = null;

  function now() {
    return Date.now() + ahead;
  }

  function length(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    if (seconds < 60) return seconds + "\u00a0s";
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return minutes + "\u00a0min";
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return hours + "\u00a0h\u00a0" + String(minutes % 60).padStart(2, "0");
    return Math.floor(hours / 24) + "\u00a0" + words.day;
  }

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick() {
    for (const element of document.querySelectorAll("time[data-age]")) {
      put(element, length(now() - Date.parse(element.dateTime)));
    }
    const clock = document.getElementById("clock");
    if (clock) put(clock, clockFormat.format(now()));
    if (cutSince !== null) {
      put(link, words.cut.replace("{0}", clockFormat.format(cutSince)));
    }
  }

  function cut() {
    if (cutSince === null) cutSince = now();
    link.dataset.link = "cut";
    tick();
  }

  function live() {
    cutSince = null;
    link.dataset.link = "live";
    put(link, words.live);
  }

  function tally() {
    for (const element of document.querySelectorAll("[data-tally]")) {
      const state = element.dataset.tally;
      const count = document.querySelectorAll('.card[data-state="' + state + '"]').length;
      put(element.querySelector("b"), String(count));
      element.hidden = count === 0;
    }
  }

  function card(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".card");
    if (!fresh) return;
    const old = document.getElementById(fresh.id);
    if (!old) {
      location.reload();
      return;
    }
    if (old.dataset.state !== fresh.dataset.state) {
      said.textContent =
        fresh.querySelector("h2").textContent + ": " + fresh.querySelector(".state strong").textContent;
    }
    const opened = old.querySelector("details[open]");
    const holes = fresh.querySelector("details");
    if (opened && holes) holes.open = true;
    old.replaceWith(document.adoptNode(fresh));
    tally();
    tick();
  }

  function listen() {
    const source = new EventSource(words.stream);
    source.addEventListener("open", live);
    source.addEventListener("time", (event) => {
      ahead = Date.parse(event.data) - Date.now();
      tick();
    });
    source.addEventListener("card", (event) => card(event.data));
    source.addEventListener("machines", () => location.reload());
    source.addEventListener("error", () => {
      cut();
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(listen, 2000 + Math.random() * 2000);
      }
    });
  }

  ahead = Date.parse(words.now) - Date.now();
  tally();
  tick();
  setInterval(tick, 1000);
  listen();
})();
