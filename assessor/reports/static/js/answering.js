/* What a script adds to a page of questions. Everything works without it: a list to open becomes
   one to type into, places get buttons, parts a running total, a number a thumb. Nothing here
   decides what is asked or what an answer is; the server does, and is asked again by htmx. */
(() => {
  "use strict";
  const say = (element, name, otherwise) => element.dataset[name] || otherwise;

  function make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    return element;
  }

  function tellChange(control) {
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* --- a list to type into: the combobox pattern of the ARIA practices, list and no completion */

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
  const SHOWN = 60;

  function typeAhead(select) {
    if (select.parentElement.querySelector(":scope > .type-ahead")) return;
    const options = [...select.options].filter((option) => option.value);
    if (options.length < 8) return;
    const label = document.getElementById(`${select.id}-label`);
    const box = make("div", { class: "type-ahead" });
    const input = make("input", {
      id: `${select.id}-type`, class: "govuk-input", type: "text", role: "combobox",
      autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": `${select.id}-list`, "aria-labelledby": label.id,
    });
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    const list = make("ul", { id: `${select.id}-list`, class: "type-ahead__list", role: "listbox", "aria-labelledby": label.id });
    list.hidden = true;
    const count = make("p", { class: "visually-hidden", role: "status" });
    box.append(input, list, count);
    select.hidden = true;
    select.after(box);
    label.htmlFor = input.id;
    let active = -1;

    const chosenText = () => (select.value ? select.selectedOptions[0].textContent : "");
    input.value = chosenText();

    function mark(place) {
      const shown = [...list.children];
      shown.forEach((one, n) => one.setAttribute("aria-selected", String(n === place)));
      active = place;
      if (place < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", shown[place].id);
        shown[place].scrollIntoView({ block: "nearest" });
      }
    }

    function open(text) {
      const wanted = plain(text);
      const found = options.filter((option) => plain(option.textContent).includes(wanted));
      found.sort((a, b) => plain(b.textContent).startsWith(wanted) - plain(a.textContent).startsWith(wanted));
      list.replaceChildren(...found.slice(0, SHOWN).map((option, n) => {
        const one = make("li", { id: `${list.id}-${n}`, role: "option", "aria-selected": "false" }, option.textContent);
        one.dataset.value = option.value;
        return one;
      }));
      const none = found.length === 0;
      if (none) list.append(make("li", { class: "type-ahead__none", role: "option", "aria-disabled": "true", "aria-selected": "false", id: `${list.id}-none` }, say(select, "none", "Nothing found")));
      count.textContent = none ? say(select, "none", "Nothing found") : String(found.length);
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(-1);
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function choose(value) {
      const before = select.value;
      select.value = value;
      input.value = chosenText();
      close();
      if (before !== select.value) tellChange(select);
    }

    input.addEventListener("input", () => open(input.value));
    input.addEventListener("click", () => list.hidden && open(""));
    input.addEventListener("keydown", (event) => {
      const last = list.querySelectorAll("[data-value]").length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open("");
        const there = list.querySelectorAll("[data-value]").length - 1;
        if (there < 0) return;
        if (event.key === "ArrowDown") mark(active >= there ? 0 : active + 1);
        else mark(active <= 0 ? there : active - 1);
      } else if (event.key === "Enter") {
        /* Never the button of the form: a list may just have closed under somebody who types. */
        event.preventDefault();
        if (active >= 0 && active <= last) choose(list.children[active].dataset.value);
        else settle();
      } else if (event.key === "Escape") {
        if (list.hidden) choose("");
        else close();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const one = event.target.closest("[data-value]");
      if (one) choose(one.dataset.value);
    });

    /* What was typed counts where it is an option's own words; else it is taken back. */
    function settle() {
      const typed = plain(input.value);
      const exact = options.find((option) => plain(option.textContent) === typed);
      if (exact) choose(exact.value);
      else if (!typed) choose("");
      else { input.value = chosenText(); close(); }
    }
    input.addEventListener("blur", settle);
  }

  /* --- places: buttons that move an option up and down; its list of places stays */

  function ranking(group) {
    const list = group.querySelector(".ranking");
    if (list.dataset.moves) return;
    list.dataset.moves = "yes";
    const status = make("p", { class: "visually-hidden", role: "status" });
    group.append(status);
    const rows = [...list.children];
    const places = rows[0].querySelector("select").options.length - 1;
    const place = (row) => Number(row.querySelector("select").value) || 0;
    const text = (row) => row.querySelector("label").textContent;

    function arrange() {
      const order = [...rows].sort((a, b) => (place(a) || Infinity) - (place(b) || Infinity) || rows.indexOf(a) - rows.indexOf(b));
      if (order.some((row, n) => list.children[n] !== row)) list.append(...order);
    }

    function set(row, wanted) {
      row.querySelector("select").value = wanted ? String(wanted) : "";
    }

    function move(row, step, button) {
      const ranked = rows.filter(place).sort((a, b) => place(a) - place(b));
      let at = ranked.indexOf(row);
      if (at < 0) {
        if (step > 0) return;
        if (ranked.length >= places) set(ranked.pop(), 0);
        ranked.push(row);
      } else if (step > 0 && at === ranked.length - 1) {
        ranked.pop();
        set(row, 0);
      } else if (at + step >= 0) {
        [ranked[at], ranked[at + step]] = [ranked[at + step], ranked[at]];
      }
      ranked.forEach((one, n) => set(one, n + 1));
      arrange();
      button.focus();
      at = ranked.indexOf(row);
      status.textContent = `${text(row)}: ${at < 0 ? say(group, "noPlace", "no place") : at + 1}`;
      tellChange(row.querySelector("select"));
    }

    for (const row of rows) {
      const name = row.querySelector("label");
      name.id = name.id || `${row.querySelector("select").id}-name`;
      const buttons = make("span", { class: "ranking__moves" });
      for (const [step, sign, called] of [[-1, "↑", say(group, "higher", "Higher")], [1, "↓", say(group, "lower", "Lower")]]) {
        const button = make("button", { type: "button", id: `${row.querySelector("select").id}-${step < 0 ? "up" : "down"}`, class: "ranking__move", "aria-label": `${called}: ${name.textContent}` }, sign);
        button.addEventListener("click", () => move(row, step, button));
        buttons.append(button);
      }
      row.append(buttons);
    }
    list.addEventListener("change", (event) => {
      if (event.isTrusted) arrangeKeepingFocus(event.target);
    });
    function arrangeKeepingFocus(control) {
      arrange();
      control.focus();
    }
    arrange();
  }

  /* --- parts: what they add up to, said when one is left */

  function sum(group) {
    const total = group.querySelector("[data-sum-total]");
    const now = group.querySelector("[data-sum-now]");
    total.hidden = false;
    function add() {
      let all = 0;
      for (const input of group.querySelectorAll("input")) all += Number(input.value) || 0;
      const said = String(all);
      if (now.textContent !== said) now.textContent = said;
      total.classList.toggle("sum__total--right", all === Number(group.dataset.sum));
    }
    if (!group.dataset.added) {
      group.dataset.added = "yes";
      group.addEventListener("change", add);
    }
    add();
  }

  /* --- a thumb beside a number; it stands nowhere before it was moved */

  function slider(box) {
    const input = box.querySelector("input[type=text]");
    if (box.querySelector("input[type=range]")) return;
    const { min, max, step, unit } = box.dataset;
    const label = document.getElementById(`${input.id}-label`);
    const range = make("input", { type: "range", min, max, step, class: "slider__range", "aria-labelledby": label.id, id: `${input.id}-range` });
    function show() {
      const value = input.value.trim();
      const isSet = value !== "" && Number.isFinite(Number(value));
      range.classList.toggle("slider__range--unset", !isSet);
      if (isSet) range.value = value;
      range.setAttribute("aria-valuetext", isSet ? `${value} ${unit}`.trim() : box.dataset.unset);
    }
    range.addEventListener("input", () => { input.value = range.value; show(); });
    range.addEventListener("change", () => tellChange(input));
    range.addEventListener("click", () => { if (!input.value) { input.value = range.value; show(); tellChange(input); } });
    range.addEventListener("keydown", (event) => {
      if (!input.value && (event.key === " " || event.key === "Enter")) { event.preventDefault(); input.value = range.value; show(); tellChange(input); }
    });
    input.addEventListener("input", show);
    box.querySelector(".govuk-input__wrapper").before(range);
    show();
  }

  function enhance(root) {
    root.querySelectorAll("select[data-type-ahead]").forEach(typeAhead);
    root.querySelectorAll("[data-ranking]").forEach(ranking);
    root.querySelectorAll("[data-sum]").forEach(sum);
    root.querySelectorAll("[data-slider]").forEach(slider);
  }

  /* --- questions that come and go: focus stays, and how it went is said politely */

  function live(form) {
    const part = document.getElementById("page-questions");
    const status = form.querySelector("[data-more]");
    let before = null;
    const count = () => part.querySelectorAll(".question, .matrix tbody tr, .repeating .govuk-form-group").length;
    document.addEventListener("htmx:before:swap", () => {
      const focused = document.activeElement;
      const open = Boolean(focused) && focused.getAttribute("aria-expanded") === "true";
      before = { number: count(), id: focused && focused.id, value: focused && focused.value, open };
    });
    document.addEventListener("htmx:after:swap", () => {
      for (const list of part.querySelectorAll("[data-moves], [data-added]")) {
        delete list.dataset.moves;
        delete list.dataset.added;
        list.querySelectorAll(".ranking__moves").forEach((one) => one.remove());
      }
      enhance(part);
      if (!before) return;
      const focused = before.id && document.getElementById(before.id);
      if (focused && document.activeElement !== focused) {
        focused.focus();
        if (focused.getAttribute("role") === "combobox") {
          focused.value = before.value;
          if (before.open) focused.dispatchEvent(new Event("input"));
        }
      }
      const now = count();
      if (now !== before.number) status.textContent = now > before.number ? status.dataset.more : status.dataset.fewer;
    });
  }

  enhance(document);
  const form = document.getElementById("page-form");
  if (form && form.hasAttribute("hx-post")) live(form);
  if (form && form.dataset.focus) {
    const wanted = document.getElementById(form.dataset.focus);
    if (wanted) wanted.focus();
  }
})();
