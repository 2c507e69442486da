// The keys of the desk. Every page works without this file; nothing here decides anything.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector) => document.querySelector(selector);
  const dialog = $("#keys");
  const decide = $("#decide");

  const typing = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const choose = (radio) => {
    radio.checked = true;
    const reasons = [...decide.querySelectorAll(`.of-${radio.value} input`)];
    const reason = reasons.find((r) => r.checked) || reasons[0];
    if (reason) {
      reason.checked = true;
      reason.focus();
      reason.closest("fieldset").scrollIntoView({ block: "nearest" });
    }
  };

  const walk = (step) => {
    const links = [...document.querySelectorAll(".claim-link")];
    const at = links.indexOf(document.activeElement);
    const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + step))];
    if (next) next.focus();
  };

  const press = (selector) => {
    const button = $(selector);
    if (button && !button.disabled) button.click();
    return Boolean(button);
  };

  const onCase = (key) => {
    const verdict = decide.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (verdict) { choose(verdict); return true; }
    const passage = $(`[data-n="${CSS.escape(key)}"]`);
    if (passage) return passage.click(), passage.scrollIntoView({ block: "nearest" }), true;
    if (key === "g") return $("#note").focus(), true;
    if (key === "h") return press("#park");
    if (key === "enter") return press($("#sure") ? "#sure" : "#record");
    return false;
  };

  const anywhere = (key) => {
    if (key === "?") return dialog.showModal(), true;
    if (key === "z") return press("#undo") || press(".history form button");
    if (key === ".") return press("#take-next");
    if (key === "/" && $("#search")) return $("#search").focus(), true;
    if (key === "j" && !decide) return walk(1), true;
    if (key === "k" && !decide) return walk(-1), true;
    if (key === "q") return $(".mark").click(), true;
    return false;
  };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!dialog || dialog.open) return;
    if (key === "Escape" && typing(target)) return target.blur();
    if (typing(target) || root.dataset.keys === "off") return;
    if (key === "Enter" && target.closest("a, button, summary")) return;
    const low = key.toLowerCase();
    if ((decide && onCase(low)) || anywhere(low)) event.preventDefault();
  });

  // Ctrl+Enter sends from inside the note, where Enter makes a new line
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "note") press("#record");
  });

  if (decide) {
    decide.addEventListener("change", (event) => {
      if (event.target.name === "verdict") choose(event.target);
    });
    decide.addEventListener("submit", (event) => {
      if (decide.dataset.sent) event.preventDefault();
      decide.dataset.sent = "1";
    });
    const problem = decide.querySelector("#sure") || decide.querySelector(".problem");
    if (problem) problem.focus();
    const keys = $("#show-keys");
    keys.hidden = false;
    keys.addEventListener("click", () => dialog.showModal());

    // while somebody works, the case stays theirs
    let worked = false;
    for (const kind of ["keydown", "pointerdown", "scroll"]) {
      document.addEventListener(kind, () => { worked = true; }, { passive: true });
    }
    setInterval(() => {
      if (!worked) return;
      worked = false;
      const body = new URLSearchParams({ seal: decide.seal.value, quiet: "1" });
      fetch(decide.dataset.hold, { method: "POST", body }).catch(() => {});
    }, 120000);
  }
  window.addEventListener("pageshow", () => { if (decide) delete decide.dataset.sent; });

  const live = $("#live");
  if (live) {
    setInterval(async () => {
      if (document.hidden) return;
      const query = new URLSearchParams({ after: live.dataset.after, lane: live.dataset.lane });
      const answer = await fetch(`/live?${query}`).then((r) => (r.ok ? r.json() : null)).catch(() => null);
      if (answer && answer.new) {
        live.textContent = answer.text;
        live.hidden = false;
      }
    }, 30000);
  }
  for (const select of document.querySelectorAll(".filters select")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }

  const pause = Number(document.body.dataset.break || 0);
  if (pause) {
    const began = Number(sessionStorage.getItem("began") || Date.now());
    sessionStorage.setItem("began", began);
    setTimeout(() => {
      const note = document.createElement("div");
      note.className = "toast";
      note.setAttribute("role", "status");
      note.textContent = document.body.dataset.breakWords;
      document.body.append(note);
      sessionStorage.removeItem("began");
      setTimeout(() => note.remove(), 20000);
    }, Math.max(0, began + pause * 60000 - Date.now()));
  }
})();
