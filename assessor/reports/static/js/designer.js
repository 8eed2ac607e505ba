/* What a script adds to the designer: dragging, answers to choose from as an item is chosen, the
   focus on what was acted on, and what happened read aloud. Everything works without it. */
(() => {
  const designer = document.querySelector("[data-designer]");
  if (!designer) return;
  designer.setAttribute("data-scripted", "");

  /* A live region speaks when its text changes, so what happened is written into it once more. */
  const says = document.querySelector("[data-says]");
  const said = says.textContent.trim();
  if (said) {
    says.textContent = "";
    setTimeout(() => (says.textContent = said), 150);
  }

  /* After an act the address names the button or the part it was done with. */
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && !document.querySelector("#problems")) {
    const can = named.matches(":disabled") ? document.getElementById("panel") : named;
    const field = can.matches("[id^='f-']") && can.querySelector("input:not([type=hidden]), select, textarea");
    (field || can).focus();
  }
  document.querySelector(".outline [aria-current]")?.scrollIntoView({ block: "nearest" });

  /* The list of answers follows the item of its row. */
  const values = JSON.parse(designer.dataset.values || "{}");
  const offer = (row) => {
    const list = row.querySelector("datalist");
    const chosen = row.querySelector("select").value;
    list.replaceChildren(
      ...(values[chosen] || []).map(([code, label]) => {
        const option = document.createElement("option");
        option.value = code;
        option.label = label;
        option.textContent = label;
        return option;
      }),
    );
  };
  designer.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.matches("select")) offer(row);
  });

  /* Nothing typed is lost by leaving without saving. */
  const form = document.getElementById("panel-form");
  let typed = false;
  form?.addEventListener("input", () => (typed = true));
  document.addEventListener("submit", () => (typed = false));
  addEventListener("beforeunload", (event) => typed && event.preventDefault());

  if (!window.Sortable) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drop = document.querySelector("[data-drop]");
  const outline = document.querySelector("[data-outline]");
  outline?.querySelectorAll("[data-items]").forEach((list) => {
    window.Sortable.create(list, {
      group: "items",
      animation: still ? 0 : 150,
      ghostClass: "outline__ghost",
      delay: 200,
      delayOnTouchOnly: true,
      onStart: () => outline.setAttribute("data-dragging", ""),
      onEnd: ({ item, from, to, oldIndex, newIndex }) => {
        outline.removeAttribute("data-dragging");
        if (from === to && oldIndex === newIndex) return;
        drop.elements["drop-item"].value = item.dataset.item;
        drop.elements["drop-page"].value = to.dataset.items;
        drop.elements["drop-to"].value = String(newIndex + Number(to.dataset.first));
        typed = false;
        drop.requestSubmit();
      },
    });
  });
  document.querySelectorAll("[data-parts]").forEach((list) => {
    window.Sortable.create(list, {
      animation: still ? 0 : 150,
      ghostClass: "outline__ghost",
      filter: "input, textarea, select, button, label, summary",
      preventOnFilter: false,
      delay: 200,
      delayOnTouchOnly: true,
      onEnd: ({ item, oldIndex, newIndex }) => {
        if (oldIndex === newIndex) return;
        const button = document.createElement("button");
        button.name = "do";
        button.value = `part|${list.dataset.parts}|${item.dataset.part}|${newIndex}`;
        button.hidden = true;
        form.append(button);
        typed = false;
        form.requestSubmit(button);
      },
    });
  });
})();
