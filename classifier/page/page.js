"use strict";
{
  const all = (selector) => [...document.querySelectorAll(selector)];
  const notes = new Map(all(".note").map((note) => [note.dataset.q, note]));
  const marks = all("mark");
  const bar = document.querySelector(".bar-top");
  const speaker = document.getElementById("speaker");
  const status = document.getElementById("status");
  const boxes = all("input[name=answer]");
  const phone = matchMedia("(max-width: 40rem)");
  const shown = new Set(notes.keys());
  let open = null;
  let pinned = false;
  let timer = 0;

  const chipOf = (q) => notes.get(q).querySelector(".chip");
  const cardOf = (q) => notes.get(q).querySelector(".card");
  const marksOf = (q) => marks.filter((mark) => mark.dataset.q.split(" ").includes(q));
  const first = (mark) => mark.dataset.q.split(" ").find((q) => shown.has(q));

  function quotationAt(target) {
    const found = target.closest(".note, mark");
    return found ? first(found) ?? null : null;
  }

  function put(q) {
    const card = cardOf(q);
    const chip = chipOf(q).getBoundingClientRect();
    card.classList.remove("above");
    card.style.maxHeight = "";
    card.style.left = phone.matches ? "" : "0";
    if (phone.matches) {
      const covered = chip.bottom + 8 - card.getBoundingClientRect().top;
      if (covered > 0) scrollBy(0, covered);
      return;
    }
    const box = card.getBoundingClientRect();
    const column = card.closest(".text, h2").getBoundingClientRect().right;
    const right = Math.min(document.documentElement.clientWidth - 8, column);
    card.style.left = `${Math.max(8, Math.min(box.left, right - box.width)) - box.left}px`;
    const below = innerHeight - chip.bottom - 16;
    const above = chip.top - bar.offsetHeight - 16;
    const up = box.height > below && above > below;
    card.classList.toggle("above", up);
    card.style.maxHeight = `${Math.max(160, up ? above : below)}px`;
  }

  function hide() {
    clearTimeout(timer);
    if (open === null) return;
    cardOf(open).hidden = true;
    chipOf(open).setAttribute("aria-expanded", "false");
    for (const mark of marksOf(open)) mark.classList.remove("hot");
    open = null;
    pinned = false;
  }

  function show(q, pin) {
    clearTimeout(timer);
    if (open !== q) {
      hide();
      open = q;
      cardOf(q).hidden = false;
      chipOf(q).setAttribute("aria-expanded", "true");
      for (const mark of marksOf(q)) mark.classList.add("hot");
      put(q);
    }
    pinned = pin;
  }

  function dismiss() {
    if (open === null) return;
    const chip = chipOf(open);
    const inside = cardOf(open).contains(document.activeElement);
    hide();
    if (inside) {
      chip.focus();
      hide();
    }
  }

  function filter() {
    const answers = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    shown.clear();
    for (const [q, note] of notes) {
      const { answer, speaker: who } = note.dataset;
      const match = answers.has(answer) && (speaker.value === "" || speaker.value === who);
      if (match) shown.add(q);
      note.hidden = !match;
    }
    if (open !== null && !shown.has(open)) hide();
    for (const mark of marks) {
      const q = first(mark);
      mark.className = q ? notes.get(q).dataset.answer : "out";
      if (q && q === open) mark.classList.add("hot");
    }
    for (const row of all(".voice li")) row.hidden = !shown.has(row.dataset.q);
    for (const voice of all(".voice")) voice.hidden = !voice.querySelector("li:not([hidden])");
    for (const button of all(".only[aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.only === speaker.value));
    const whole = shown.size === notes.size;
    const noun = notes.size === 1 ? "quotation" : "quotations";
    status.textContent = whole ? `${notes.size} ${noun}` : `showing ${shown.size} of ${notes.size} ${noun}`;
  }

  function only(number) {
    const chip = open !== null && cardOf(open).contains(document.activeElement) ? chipOf(open) : null;
    speaker.value = speaker.value === number ? "" : number;
    filter();
    if (chip) {
      chip.focus();
      hide();
    }
  }

  document.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest('a[href^="#q"]');
    const button = target.closest(".only");
    if (button) only(button.dataset.only);
    else if (target.closest(".close")) dismiss();
    else if (link) {
      const q = link.hash.slice(2);
      setTimeout(() => {
        chipOf(q).focus({ preventScroll: true });
        show(q, true);
      });
    } else if (!target.closest(".card")) {
      const q = quotationAt(target);
      if (q === null || (q === open && pinned)) hide();
      else if (getSelection().isCollapsed) show(q, true);
    }
  });

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const q = quotationAt(event.target);
    clearTimeout(timer);
    if (q !== null && q !== open) timer = setTimeout(() => show(q, false), 150);
    else if (q === null && open !== null && !notes.get(open).contains(document.activeElement)) timer = setTimeout(hide, 300);
  });

  document.addEventListener("focusin", (event) => {
    const note = event.target.closest(".note");
    if (note && event.target.matches(".chip:focus-visible")) show(note.dataset.q, false);
    else if (!note || note.dataset.q !== open) hide();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dismiss();
  });

  for (const field of all(".controls [disabled]")) field.disabled = false;
  for (const box of boxes) box.addEventListener("change", filter);
  speaker.addEventListener("change", filter);
  document.getElementById("reset").addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    speaker.value = "";
    filter();
  });
  if (phone.matches) document.querySelector(".filters").open = false;
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
  filter();
}
