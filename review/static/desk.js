// The keys of the desk. Every page works without this file; nothing here decides anything.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector) => document.querySelector(selector);
  const dialog = $("#keys");
  const decide = $("#decide");
  const off = root.dataset.keys === "off";
  const begun = performance.now();
  if (off) for (const one of document.querySelectorAll("[aria-keyshortcuts]")) one.removeAttribute("aria-keyshortcuts");

  const typing = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const reasonsOf = (radio) => [...decide.querySelectorAll(`.of-${radio.value} input`)];

  // the first reason, or one that names how what is ticked differs or, of something independent and no record, what it is
  const fitting = (reasons) => {
    const ticked = [...document.querySelectorAll("[data-role]:checked")], roles = ticked.map((one) => one.dataset.role);
    const fits = ticked.map((one) => ({ number: "wrong_number", actor: "wrong_attribution" })[one.dataset.slot]);
    if (roles.includes("independent") && !roles.includes("primary")) {
      const others = ticked.filter((one) => !one.value.startsWith("decision:"));  // the desk's own word is no other source
      if (others.some((one) => one.dataset.role === "independent")) fits.push("confirmed_by_independent");
      const checked = ticked.some((one) => /^(factcheck|decision):/.test(one.value));
      fits.push(checked ? "repeats_refuted" : "contradicted_by_independent");
    }
    return reasons.find((one) => fits.includes(one.value)) || reasons[0];
  };

  // a key chooses a verdict with a reason, and goes there to be changed by the arrows; what is ticked later fits it anew
  let fitted = null;
  const choose = (radio) => {
    radio.checked = true;
    const reason = reasonsOf(radio).find((r) => r.checked) || (fitted = fitting(reasonsOf(radio)));
    if (reason) {
      reason.checked = true;
      reason.focus();
      reason.closest("fieldset").scrollIntoView({ block: "nearest" });
    }
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // where the keys go on, on the next page
  const goOn = (selector) => sessionStorage.setItem("on", selector);
  const on = $(sessionStorage.getItem("on") || "#on");
  sessionStorage.removeItem("on");
  on?.closest("details")?.setAttribute("open", "");
  on?.focus();

  const walk = (step) => {
    const links = [...document.querySelectorAll(".claim-link")];
    const at = links.indexOf(document.activeElement);
    const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + step))];
    if (next) next.focus();
  };

  // words at the top of the page; what "stays" grows short, and is there till it is taken away
  const say = (words, stays = false) => {
    const note = document.createElement("div");
    note.className = "toast said";
    note.setAttribute("role", "status");
    document.body.append(note);
    setTimeout(() => { note.textContent = words; }, 50);  // what comes full is often not read aloud
    setTimeout(() => (stays ? note.classList.add("short") : note.remove()), 20000);
    return note;
  };

  // what was just done, or a page says of itself, comes once more: a status that comes full is often not read aloud
  const toast = $(".toast"), done = $(".toast p");
  if (done) {
    done.remove();
    setTimeout(() => toast.prepend(done), 50);
    setTimeout(() => toast.classList.add("told"), 20000);  // a phone has no room for it while one reads on
  }
  for (const status of document.querySelectorAll("main p[role=status]:not([autofocus])")) {
    const said = [...status.childNodes];
    status.style.minHeight = `${status.offsetHeight}px`;  // nothing below it moves
    status.replaceChildren();
    setTimeout(() => {
      status.replaceChildren(...said);
      status.style.minHeight = "";
    }, 50);
  }

  // sent without a network, a form would lose its page to the browser's own; a desk on this machine answers all the same
  let reached = null;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || form === reached || form.method !== "post") return;
    event.preventDefault();
    event.stopPropagation();
    const there = fetch("/static/desk.js", { method: "HEAD", cache: "no-store" });
    there.then(() => {
      reached = form;
      form.requestSubmit(event.submitter);
      reached = null;
    }, () => say(document.body.dataset.offline));
  }, true);

  // what is filled in on a form is kept while one types, and when the page is left
  const keeper = (form) => {
    const filled = (how) => {
      const body = new URLSearchParams(new FormData(form));
      body.append(how, "1");
      return body;
    };
    // an answer to a form may hold what no draft has yet
    const answered = "posted" in document.body.dataset;
    let kept = answered ? "" : String(filled("quiet")), timer = 0, trouble = "", told = null, left = false;
    let busy = false, again = false;
    const sent = new Set();  // fields that the desk may have otherwise by now: no answer came yet
    // names what this window hasn't changed: another window of the same person may have, and its words stay
    const changed = (how) => {
      const body = filled(how), before = new URLSearchParams(kept);
      for (const name of new Set([...form.elements].map((field) => field.name))) {
        if (sent.has(name) || String(body.getAll(name)) !== String(before.getAll(name))) sent.add(name);
        else body.append("same", name);
      }
      return body;
    };
    // the desk's own reason why it can write nothing just now
    const why = async (answer) => {
      const page = answer && answer.status === 503 ? await answer.text() : "";
      return new DOMParser().parseFromString(page, "text/html").querySelector(".alone h1")?.textContent;
    };
    // one at a time: on a slow line a later one might come before
    const keep = async () => {
      clearTimeout(timer);
      again = busy;
      if (busy) return;
      busy = true;
      const now = String(filled("quiet")), dead = new AbortController();
      setTimeout(() => dead.abort(), 20000);  // a dead line keeps none waiting
      const asked = fetch(form.dataset.draft, { method: "POST", body: changed("quiet"), signal: dead.signal });
      const answer = await asked.catch(() => null);
      busy = false;
      if (left) return;  // an answer that leaving cut off, or that comes after the form went, says nothing
      if (answer?.ok) {
        kept = now;
        sent.clear();
      }
      if (again) keep();
      tell(answer);
    };
    const tell = async (answer) => {
      const now = !answer ? "unkept" : answer.ok ? "" : answer.status === 409 ? "lost" : "unkept";
      if (now === trouble) return;
      const before = trouble;
      trouble = now;
      const words = now ? await why(answer) || form.dataset[now] : before === "unkept" ? form.dataset.kept : "";
      told?.remove();
      told = words ? say(words, Boolean(now)) : null;
    };
    const leave = (event) => {
      clearTimeout(timer);
      left = true;
      if (form.dataset.sent || (!sent.size && String(filled("quiet")) === kept)) return;
      if (!navigator.sendBeacon(form.dataset.draft, changed("left")) || trouble === "unkept") {
        return event.preventDefault();  // the browser asks whether to leave all the same
      }
      kept = String(filled("quiet"));
      sent.clear();
    };
    document.addEventListener("input", (event) => {
      if (event.target.form !== form) return;
      left = false;
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    });
    let before = kept;
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      clearTimeout(timer);
      before = kept;
      kept = String(filled("quiet"));  // it is on its way, and what waits its turn with it
      sent.clear();
      left = true;
    });
    form.addEventListener("stayed", () => {
      kept = before;
      left = false;
      keep();
    });
    window.addEventListener("beforeunload", leave);  // before the next page is asked for, which may show it
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", () => { if (trouble) keep(); });
    if (answered) keep();
    return keep;
  };

  // a form is sent once; after a while, or once something in it is changed, again: it was stopped, or the line is slow
  const once = (form) => {
    let timer = 0;
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      clearTimeout(timer);  // that of an earlier send
      timer = setTimeout(() => delete form.dataset.sent, 8000);
    });
    document.addEventListener("input", (event) => { if (event.target.form === form) delete form.dataset.sent; });
  };

  // asked whether to leave, somebody stayed, as a hand on the page tells: what was on its way didn't go
  const hands = ["keydown", "pointerdown"];
  const stayed = () => {
    for (const hand of hands) document.removeEventListener(hand, stayed, true);
    for (const form of document.forms) {
      if (form.dataset.sent) form.dispatchEvent(new Event("stayed"));
      delete form.dataset.sent;
    }
  };

  const press = (selector) => {
    const button = $(selector);
    if (button && !button.disabled) button.click();
    return Boolean(button);
  };

  // record what is filled in; after the question whether one passage is enough, say that it is
  const send = () => press($("#sure") ? "#sure" : "#record");

  // the verdict just given, else one's newest on this page, else the list of one's last ten
  const takeBack = () => {
    const own = [...document.querySelectorAll("[data-own]")].sort((a, b) => b.dataset.own - a.dataset.own);
    if ($("#undo")) return press("#undo");
    if (own.length) return own[0].click(), true;
    if ($("nav") && location.pathname !== "/mine") location.assign("/mine");
    return true;
  };

  const onCase = (key) => {
    const verdict = decide.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (verdict) { choose(verdict); return true; }
    const passage = $(`[data-n="${CSS.escape(key)}"]`);
    if (passage) {
      passage.click();
      passage.focus({ preventScroll: true });  // so that what became of it is heard
      return passage.scrollIntoView({ block: "nearest" }), true;
    }
    if (key === "g") return $("#note").focus(), true;
    if (key === "h" && $("#word")) return $("#word").closest("details").open = true, $("#word").focus(), true;
    if (key === "enter") return send();
    return false;
  };

  // a program that types Vietnamese makes one letter of a vowel and the tone's letter after it: the latter was pressed;
  // a tone alone is a key of its own
  const TONES = { "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j" };
  // where the browser says which key was pressed, that one counts: VNI makes "á" of a 1
  const typed = ({ key, code }) => {
    if (/^[ -~]$/.test(key)) return key;  // as the keyboard has it, wherever
    const [, pressed] = code.match(/^(?:Key|Digit)(.)$/) || [];
    return pressed || TONES[key.normalize("NFD").slice(1).slice(-1)] || key;
  };

  const anywhere = (key) => {
    if (key === "?") return dialog.showModal(), true;
    if (key === "z") return takeBack();
    if (key === ".") return press("#take-next");
    if (key === "/" && $("#search")) return $("#search").focus(), $("#search").select(), true;  // what stands there gives way
    if (key === "j" && !decide) return walk(1), true;
    if (key === "k" && !decide) return walk(-1), true;
    if (key === "q") {
      const [here] = location.pathname.match(/^\/case\/\d+/) || [];
      if (here) goOn(`.claim-link[href="${here}"]`);
      return ($(".to-queue") || $(".mark")).click(), true;
    }
    return false;
  };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    // a key held down goes on on the next page, where nobody has looked yet
    if (event.repeat && !typing(target) && ["Enter", "z", "Z", "."].includes(key)) return event.preventDefault();
    // nor does a key pressed twice answer what nobody can have read yet
    if (key === "Enter" && $("#sure") && performance.now() - begun < 800) return event.preventDefault();
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!dialog || dialog.open) return;
    if (key === "Escape" && typing(target)) return target.blur();
    if (typing(target) || off) return;
    if (key === "Enter" && (target.closest("a, button, summary") || (target.form && target.form !== decide))) return;
    const low = typed(event).toLowerCase();
    if ((decide && onCase(low)) || anywhere(low)) event.preventDefault();
  });

  // a browser cuts what is pasted into a full field without a word
  document.addEventListener("beforeinput", ({ target, inputType, data }) => {
    if (!(target.maxLength > 0) || !data || !["insertFromPaste", "insertFromDrop"].includes(inputType)) return;
    const room = target.maxLength - target.value.length + target.selectionEnd - target.selectionStart;
    if (data.replace(/\r\n/g, "\n").length > room) say(document.body.dataset.cut.replace("{most}", target.maxLength));
  });

  // Ctrl+Enter sends from inside what is written, where Enter makes a new line
  document.addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey } = event;
    if (event.defaultPrevented) return;  // pressed twice, see above
    if (key === "Enter" && (ctrlKey || metaKey) && target.form === decide && typing(target)) send();
  });

  if (decide) {
    document.addEventListener("change", ({ target }) => {
      if (target.name !== "evidence" || !fitted?.checked) return;
      fitted = fitting(reasonsOf(decide.querySelector("[name=verdict]:checked")));
      fitted.checked = true;
    });
    decide.addEventListener("change", (event) => {
      if (event.target.name !== "verdict") return;
      const reasons = reasonsOf(event.target);  // another verdict's reason is none of this one's
      for (const other of decide.querySelectorAll("[name=reason]:checked")) if (!reasons.includes(other)) other.checked = false;
    });
    // that one passage alone carries the verdict is told beside the button that records it
    const oneOnly = $("#one-only"), { warned } = decide.elements;
    const tellOne = () => {
      const needs = decide.querySelector("[name=verdict]:checked")?.matches("[value=false], [value=misleading], [value=true]");
      const carry = document.querySelectorAll("[data-role=primary]:checked, [data-role=independent]:checked");
      const words = needs && carry.length === 1 ? oneOnly.dataset.words : "";
      if (oneOnly.textContent !== words) oneOnly.textContent = words;
      warned.value = words && "1";
    };
    document.addEventListener("input", tellOne);
    window.addEventListener("pageshow", tellOne);
    tellOne();
    once(decide);
    const keys = $("#show-keys");
    keys.hidden = off;
    keys.addEventListener("click", () => dialog.showModal());

    // while somebody works, the case stays theirs
    let worked = false;
    for (const kind of ["keydown", "pointerdown", "scroll"]) {
      document.addEventListener(kind, () => { worked = true; }, { passive: true });
    }
    const keep = decide.dataset.draft && keeper(decide);
    setInterval(() => {
      if (worked && keep) keep();
      worked = false;
    }, Number(decide.dataset.renew));
  }
  const passage = $("#passage");
  if (passage) {
    once(passage);
    keeper(passage);
  }

  // what no draft keeps is asked about before the page is left; "changed": what the page came with is kept already
  for (const form of document.querySelectorAll("form[data-unsent]")) {
    once(form);
    const came = form.dataset.unsent === "changed" && !("posted" in document.body.dataset);
    window.addEventListener("beforeunload", (event) => {
      const { value, defaultValue } = form.querySelector("textarea, [name=word]");
      if (form.dataset.sent || !value.trim() || (came && value === defaultValue)) return;
      event.preventDefault();
      for (const hand of hands) document.addEventListener(hand, stayed, true);
    });
  }
  for (const form of document.querySelectorAll("form[data-sure]")) {
    form.addEventListener("submit", (event) => { if (!confirm(form.dataset.sure)) event.preventDefault(); });
  }

  window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

  // the answer to a form can't be had again by going back; its address leads to the page that the form stands on
  if ("posted" in document.body.dataset) history.replaceState(null, "", document.body.dataset.posted);

  const live = $("#live");
  if (live) {
    setInterval(async () => {
      if (document.hidden) return;
      const query = new URLSearchParams({ after: live.dataset.after, lane: live.dataset.lane });
      const answer = await fetch(`/live?${query}`).then((r) => (r.ok ? r.json() : null)).catch(() => null);
      if (answer && answer.new) {
        if (live.textContent !== answer.text) live.textContent = answer.text;  // or it is read aloud again
        live.hidden = false;
      }
    }, 30000);
  }
  // the case of what was brought in opens once it is there; till then nothing on its page moves
  if ($("#waits")) {
    let leaves = false;  // else reading it anew would break off what was sent from it
    window.addEventListener("beforeunload", () => { leaves = true; });
    const look = async () => {
      const asked = { redirect: "manual", cache: "no-store" };
      const answer = document.hidden ? null : await fetch(location.href, asked).catch(() => null);
      if (leaves) return;
      if (answer && answer.status !== 202 && answer.status < 500) return location.reload();
      setTimeout(look, performance.now() < 60000 ? 3000 : 30000);
    };
    setTimeout(look, 3000);
  }
  // a filter chosen by hand is sent at once; by keys Enter or the button sends it: the arrows pass through the others
  for (const select of document.querySelectorAll(".filters select")) {
    let keyed = false;
    select.addEventListener("keydown", (event) => {
      keyed = true;
      if (event.key !== "Enter") return;
      event.preventDefault();
      goOn(`.filters [name="${select.name}"]`);
      select.form.action = "/";  // the focus goes where the keys go on, not to what is found
      select.form.requestSubmit();
    });
    select.addEventListener("pointerdown", () => { keyed = false; });
    select.addEventListener("change", () => { if (!keyed) select.form.requestSubmit(); });
  }

  const pause = Number(document.body.dataset.break || 0);
  if (pause) {
    let timer = 0;
    const active = () => {
      const now = Date.now(), kept = (name) => Number(sessionStorage.getItem(name) || 0);
      const began = now - kept("last") > 600000 ? now : kept("began") || now;  // ten idle minutes were a break already
      sessionStorage.setItem("began", began);
      sessionStorage.setItem("last", now);
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(document.body.dataset.breakWords);
        sessionStorage.removeItem("began");
      }, Math.max(0, began + pause * 60000 - now));
    };
    active();
    for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, active, { passive: true });
  }
})();
