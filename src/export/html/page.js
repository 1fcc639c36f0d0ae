"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const find = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => Array.from(root.querySelectorAll(query));
  const details = JSON.parse(find("#peel-details").textContent);
  const [box, count, card, peelBar, zoomText] = [".find input", ".find output", ".card", ".peel", ".zoom output"].map(q => find(q));
  const clamp = (v, least, most) => Math.min(Math.max(v, least), most);
  // Letters without their accents, so that “Muller” finds “Müller”.
  const plain = text => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  document.documentElement.classList.add("live");

  const pages = all(".page").map(section => {
    const svg = find(".drawing", section);
    const { x, y, width, height } = svg.viewBox.baseVal;
    const page = { section, svg, stage: find(".stage", section), home: { x, y, width, height }, at: null, things: new Map(), peel: 0 };
    for (const group of all("g[data-subject]", svg)) {
      const name = group.dataset.subject;
      const [title, about] = ["title", "desc"].map(kind => find(kind, group));
      let thing = page.things.get(name);
      if (!thing) {
        thing = { name, title: title ? title.textContent : "", about: about ? about.textContent : "", groups: [] };
        group.setAttribute("aria-label", [thing.title, thing.about].filter(Boolean).join(". "));
        group.setAttribute("role", "button");
        page.things.set(name, thing);
      }
      thing.groups.push(group);
      if (title) title.remove(); // the card tells more than a tooltip
    }
    const layered = all("g[data-layer]", svg).map(group => [group, Number(group.dataset.layer)]);
    page.deepest = layered.reduce((most, [, layer]) => Math.max(most, layer || 0), -1);
    // What is in no layer comes with the last one.
    page.layered = layered.map(([group, layer]) => [group, Number.isNaN(layer) ? page.deepest : layer]);
    page.peel = page.deepest;
    if (page.things.size < 4000) all('g[data-subject^="h-"] > path[fill="none"]', svg).forEach(widen);
    page.marks = svg.appendChild(document.createElementNS(SVG, "g"));
    page.marks.setAttribute("class", "marks");
    return page;
  });

  let now = pages[0];
  let pinned = null;
  let hits = [];
  let hit = -1;

  /** A line that is easy to point at. */
  function widen(path) {
    const wide = path.cloneNode();
    wide.setAttribute("stroke", "transparent");
    wide.setAttribute("stroke-width", "16");
    wide.removeAttribute("stroke-dasharray");
    wide.setAttribute("pointer-events", "stroke");
    path.before(wide);
  }

  // Where one looks: the middle of the view in map units, and pixels per unit.

  function look() {
    const { width: w, height: h } = now.stage.getBoundingClientRect();
    if (!w || !h) return;
    if (!now.at) now.at = home(w, h);
    const { x, y, scale } = now.at;
    now.svg.setAttribute("viewBox", [x - w / scale / 2, y - h / scale / 2, w / scale, h / scale].join(" "));
    zoomText.textContent = Math.round(scale * 100) + " %";
  }

  function home(w, h) {
    const { x, y, width, height } = now.home;
    const bar = now.deepest < 0 ? 0 : 60;
    const scale = clamp(Math.min(w / width, (h - bar) / height), 0.005, 1.6);
    return { x: x + width / 2, y: y + height / 2 + bar / 2 / scale, scale, fitted: true };
  }

  function fit() {
    now.at = null;
    look();
  }

  /** Zooms so that the point at (px, py), in pixels from the middle of the window, stays where it is. */
  function zoom(factor, px = 0, py = 0) {
    const { x, y, scale } = now.at;
    const next = clamp(scale * factor, 0.005, 20);
    now.at = { x: x + px / scale - px / next, y: y + py / scale - py / next, scale: next };
    look();
  }

  function pan(dx, dy) {
    const { x, y, scale } = now.at;
    now.at = { x: x - dx / scale, y: y - dy / scale, scale };
    look();
  }

  /** Where a thing is: its words when it is a line that has some. */
  function place(thing) {
    return (thing.name.startsWith("h-") ? thing.groups.at(-1) : thing.groups[0]).getBBox();
  }

  /** Moves so that a thing can be seen. */
  function reveal(thing, near) {
    const b = place(thing);
    const [w, h] = [now.stage.clientWidth, now.stage.clientHeight];
    const { x, y, scale } = now.at;
    const [mx, my] = [b.x + b.width / 2, b.y + b.height / 2];
    const larger = near && scale < 0.6 ? 0.9 : scale;
    const isIn = Math.abs(mx - x) * scale < w / 2 - 60 && Math.abs(my - y) * scale < h / 2 - 60;
    if (!isIn || larger !== scale) {
      now.at = { x: mx, y: my, scale: larger };
      look();
    }
  }

  function mark() {
    now.marks.replaceChildren();
    const add = (thing, kind) => {
      const b = place(thing);
      const rect = document.createElementNS(SVG, "rect");
      const around = { x: b.x - 5, y: b.y - 5, width: b.width + 10, height: b.height + 10, rx: 8, class: kind };
      Object.entries(around).forEach(([name, value]) => rect.setAttribute(name, value));
      now.marks.append(rect);
    };
    hits.slice(0, 1000).forEach((thing, i) => isPeeled(thing) || add(thing, i === hit ? "hit now" : "hit"));
    if (pinned && !isPeeled(pinned)) add(pinned, "picked");
  }

  // Layers.

  const isPeeled = thing => layerOf(thing) > now.peel;
  const layerOf = thing => {
    const layer = Number(thing.groups[0].dataset.layer ?? -1);
    return Number.isNaN(layer) ? now.deepest : layer;
  };

  function peel(layer) {
    if (now.deepest < 0) return;
    now.peel = clamp(layer, 0, now.deepest);
    for (const [group, own] of now.layered) group.classList.toggle("peeled", own > now.peel);
    if (pinned && isPeeled(pinned)) tell(null);
    mark();
    showPeel();
    note();
  }

  function showPeel() {
    peelBar.classList.toggle("on", now.deepest >= 0);
    const words = ["the external customers", "who hands to them directly"][now.peel] || now.peel + " handoffs away from them";
    find("b", peelBar).textContent = `Layer ${now.peel} of ${now.deepest}`;
    find("small", peelBar).textContent = words;
    const [less, more] = all("button", peelBar);
    [less.disabled, more.disabled] = [now.peel <= 0, now.peel >= now.deepest];
  }

  // Details.

  function tell(thing, pin = false) {
    if (pin || !thing) pinned = thing;
    card.classList.toggle("on", Boolean(thing));
    card.classList.toggle("pinned", Boolean(pinned));
    if (thing) {
      find("h3", card).textContent = thing.title;
      find("p", card).textContent = thing.about;
      find("dl", card).replaceChildren(...(details[thing.name] || []).flatMap(([name, value]) => {
        const [dt, dd] = ["dt", "dd"].map(kind => document.createElement(kind));
        [dt.textContent, dd.textContent] = [name, value];
        return [dt, dd];
      }));
    }
    if (thing) keepClear(thing);
    if (pin || !thing) mark();
  }

  /** The card goes to the other side when it would cover what it is about. */
  function keepClear(thing) {
    card.classList.remove("left");
    const [a, b] = [card, thing.groups[0]].map(e => e.getBoundingClientRect());
    const overlaps = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    card.classList.toggle("left", overlaps);
  }

  const thingAt = target => {
    const group = target instanceof Element ? target.closest("g[data-subject]") : null;
    return group ? now.things.get(group.dataset.subject) : null;
  };

  // Search.

  function search(words) {
    const wanted = plain(words.trim());
    // A handoff is found by its item; its ends are found themselves.
    const own = thing => (thing.name.startsWith("h-") ? thing.title.slice(thing.title.indexOf(": ") + 1) : thing.title);
    hits = wanted ? [...now.things.values()].filter(thing => plain(own(thing)).includes(wanted)) : [];
    hits.sort((a, b) => b.name.startsWith("p-") - a.name.startsWith("p-"));
    hit = -1;
    showHits();
    note();
  }

  function showHits() {
    const number = hits.length ? (hit < 0 ? `${hits.length} found` : `${hit + 1} of ${hits.length}`) : "none";
    count.textContent = box.value.trim() ? number : "";
    mark();
  }

  function next(step) {
    if (!hits.length) return;
    hit = (hit + step + hits.length + (hit < 0 && step < 0 ? 1 : 0)) % hits.length;
    const thing = hits[hit];
    if (isPeeled(thing)) peel(layerOf(thing));
    reveal(thing, true);
    tell(thing, true);
    showHits();
  }

  // Pages, and the address that leads back to what is seen.

  function open(index) {
    now = pages[clamp(index, 0, pages.length - 1)];
    pages.forEach(page => page.section.classList.toggle("open", page === now));
    all(".tabs button").forEach((tab, i) => {
      tab.setAttribute("aria-selected", pages[i] === now);
      tab.tabIndex = pages[i] === now ? 0 : -1;
    });
    const notes = find(".notes", now.section);
    find("main").style.setProperty("--foot", (notes ? notes.offsetHeight : 0) + "px");
    tell(null);
    look();
    showPeel();
    search(box.value);
  }

  let isNoting = false;
  function note() {
    if (!isNoting) return;
    const parts = new URLSearchParams();
    if (now !== pages[0]) parts.set("page", pages.indexOf(now) + 1);
    if (now.deepest >= 0 && now.peel < now.deepest) parts.set("peel", now.peel);
    if (box.value.trim()) parts.set("search", box.value.trim());
    try {
      history.replaceState(null, "", "#" + parts);
    } catch { /* some places have no addresses */ }
  }

  function go() {
    isNoting = false;
    const parts = new URLSearchParams(location.hash.slice(1));
    const number = name => (/^\d{1,6}$/.test(parts.get(name) || "") ? Number(parts.get(name)) : null);
    box.value = parts.get("search") || "";
    open((number("page") ?? 1) - 1);
    peel(number("peel") ?? now.deepest);
    isNoting = true;
  }

  // What people do.

  const fingers = new Map();
  let moved = 0;
  const middle = e => {
    const r = now.stage.getBoundingClientRect();
    return [e.clientX - r.left - r.width / 2, e.clientY - r.top - r.height / 2];
  };

  for (const { stage } of pages) {
    stage.addEventListener("wheel", e => {
      e.preventDefault();
      const lines = e.deltaMode === 1 ? 30 : 1;
      zoom(Math.exp(clamp(-e.deltaY * lines, -300, 300) * (e.ctrlKey ? 0.01 : 0.0016)), ...middle(e));
    }, { passive: false });
    stage.addEventListener("pointerdown", e => {
      if (e.button > 0) return;
      fingers.set(e.pointerId, [e.clientX, e.clientY]);
      if (fingers.size === 1) moved = 0;
    });
    stage.addEventListener("pointermove", e => {
      const before = fingers.get(e.pointerId);
      if (!before) {
        if (!pinned && e.pointerType === "mouse") tell(thingAt(e.target));
        return;
      }
      const here = [e.clientX, e.clientY];
      const others = [...fingers].filter(([id]) => id !== e.pointerId).map(([, at]) => at);
      moved += Math.hypot(here[0] - before[0], here[1] - before[1]);
      if (moved > 4 && !stage.classList.contains("held")) {
        stage.classList.add("held");
        try { stage.setPointerCapture(e.pointerId); } catch { /* it is gone already */ }
      }
      if (others.length === 1) {
        const apart = at => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
        const between = { clientX: (here[0] + others[0][0]) / 2, clientY: (here[1] + others[0][1]) / 2 };
        pan((here[0] - before[0]) / 2, (here[1] - before[1]) / 2);
        zoom(apart(here) / apart(before), ...middle(between));
      } else if (moved > 4 && !others.length) {
        pan(here[0] - before[0], here[1] - before[1]);
      }
      fingers.set(e.pointerId, here);
    });
    const leave = e => {
      fingers.delete(e.pointerId);
      if (fingers.size) return;
      stage.classList.remove("held");
      setTimeout(() => (moved = 0)); // after the click that ends a drag
    };
    ["pointerup", "pointercancel"].forEach(kind => stage.addEventListener(kind, leave));
    stage.addEventListener("pointerleave", () => pinned || tell(null));
    stage.addEventListener("click", e => {
      if (moved <= 4) tell(thingAt(e.target), true);
    });
    stage.addEventListener("focusin", e => {
      const thing = thingAt(e.target);
      if (!thing || !e.target.matches(":focus-visible")) return;
      reveal(thing, false);
      tell(thing, true);
    });
    // The browser would scroll what is focussed into view; that is done by moving the view.
    stage.addEventListener("scroll", () => stage.scrollTo(0, 0));
  }

  const typing = e => e.target === box;
  const keys = {
    ArrowRight: () => step(1), ArrowUp: () => step(1), ArrowLeft: () => step(-1), ArrowDown: () => step(-1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, "/": () => box.focus(),
    Escape: () => (pinned ? tell(null) : clear()),
  };

  const step = by => peel(now.peel + by);

  function clear() {
    box.value = "";
    search("");
    tell(null);
  }

  document.addEventListener("keydown", e => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "f" && !typing(e)) {
      e.preventDefault();
      box.focus();
      box.select();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (typing(e)) {
      if (e.key === "Enter") next(e.shiftKey ? -1 : 1);
      if (e.key === "Escape") { clear(); box.blur(); }
      return;
    }
    const tab = e.target.closest?.(".tabs button");
    const way = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (tab && way) {
      open((pages.indexOf(now) + way + pages.length) % pages.length);
      all(".tabs button")[pages.indexOf(now)].focus();
      return;
    }
    const thing = thingAt(e.target);
    if (thing && (e.key === "Enter" || e.key === " ")) {
      e.preventDefault();
      tell(thing, true);
    } else if (Object.hasOwn(keys, e.key)) {
      e.preventDefault();
      keys[e.key]();
    }
  });

  box.addEventListener("input", () => search(box.value));
  all(".tabs button").forEach((tab, i) => tab.addEventListener("click", () => open(i)));
  const press = (query, acts) => all(query).forEach((button, i) => button.addEventListener("click", acts[i]));
  press(".peel button", [() => step(-1), () => step(1)]);
  press(".zoom button", [() => zoom(0.8), fit, () => zoom(1.25)]);
  press(".card button", [() => tell(null)]);
  window.addEventListener("hashchange", go);
  window.addEventListener("resize", () => (now.at?.fitted ? fit() : look()));
  window.addEventListener("beforeprint", () => pages.forEach(page => {
    const { x, y, width, height } = page.home;
    page.svg.setAttribute("viewBox", [x, y, width, height].join(" "));
  }));
  window.addEventListener("afterprint", look);
  go();
})();
