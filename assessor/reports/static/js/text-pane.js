/* The YAML pane: an editor in place of the text area, and the checks' messages at their lines as
   one types. Without this script the text area and the list below it do the same on saving. */
(() => {
  const pane = document.querySelector("[data-text-pane]");
  if (!pane || !window.AssessorEditor) return;
  const { editor, showProblems, goTo } = window.AssessorEditor;
  const area = pane.querySelector("textarea[name=text]");
  const lines = pane.querySelector("[data-lines]");
  const count = pane.querySelector("[data-count]");
  const holder = document.createElement("div");
  area.before(holder);

  const list = (problems) => {
    const entries = problems.map(({ line, severity, mark: words, message, language }) => {
      const entry = document.createElement("li");
      entry.className = `check-lines__${severity}`;
      const mark = document.createElement(line ? "button" : "span");
      mark.className = "check-lines__mark";
      mark.textContent = words;
      if (line) {
        mark.type = "button";
        mark.addEventListener("click", () => goTo(view, line));
      }
      const says = document.createElement("span");
      says.textContent = message;
      if (language) says.lang = language;
      entry.append(mark, " ", says);
      return entry;
    });
    if (!entries.length) {
      const none = document.createElement("li");
      none.textContent = pane.dataset.none;
      entries.push(none);
    }
    lines.replaceChildren(...entries);
  };

  let waiting = 0;
  let asked = 0;
  const check = async () => {
    const number = ++asked;
    const body = new URLSearchParams({
      csrf_token: pane.elements.csrf_token.value,
      text: view.state.doc.toString(),
    });
    const answer = await fetch(pane.dataset.check, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || number !== asked) return;
    const problems = await answer.json();
    showProblems(view, problems);
    list(problems);
    const errors = problems.filter((one) => one.severity === "error").length;
    const { none, toMend } = pane.dataset;
    count.textContent = errors ? toMend.replace("{number}", errors) : none;
  };

  let typed = false;
  const view = editor({
    parent: holder,
    text: area.value,
    label: pane.querySelector("label[for=text]").textContent,
    describedBy: "text-hint",
    nonce: document.querySelector("meta[name=csp-nonce]").content,
    changed: () => {
      typed = true;
      clearTimeout(waiting);
      waiting = setTimeout(check, 600);
    },
  });
  area.hidden = true;
  pane.querySelector("label[for=text]").addEventListener("click", () => view.focus());
  pane.querySelector("[data-scripted]").hidden = false;
  pane.querySelector("[data-plain]").hidden = true;
  pane.addEventListener("submit", () => {
    area.value = view.state.doc.toString();
    typed = false;
  });
  addEventListener("beforeunload", (event) => typed && event.preventDefault());
  const first = JSON.parse(pane.dataset.problems || "[]");
  showProblems(view, first);
  if (pane.hasAttribute("data-later")) check();
  else list(first);
})();
