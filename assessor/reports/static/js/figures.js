/* Draws the figures of a scorecard where scripts run. Without it the still pictures, the sentences
   and the tables stand. Colours are looked up from the style sheet when a figure is drawn, and
   again when the reader changes between light and dark. */
(() => {
  "use strict";
  const figures = [...document.querySelectorAll("[data-figure]")];
  const drawn = new Set();

  const coloured = (value) => {
    if (typeof value === "string") {
      return value.replace(/var\((--[a-z-]+)\)/g, (_, name) =>
        getComputedStyle(document.documentElement).getPropertyValue(name).trim());
    }
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]));
    }
    return value;
  };

  const draw = async (figure) => {
    const live = figure.querySelector("[data-live]");
    const still = figure.querySelector("[data-still]");
    const content = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    live.hidden = false;
    // Never both: the still one goes in the same frame, so nothing moves.
    still.hidden = true;
    try {
      // Only what is drawn has colours; the words for hovering are a reader's and stay as they are.
      const { data, layout } = coloured({ data: content.data, layout: content.layout });
      await window.Plotly.react(live, data, layout, content.config);
    } catch (problem) {
      live.hidden = true;
      still.hidden = false;
      throw problem;
    }
    if (!drawn.has(figure)) {
      drawn.add(figure);
      takeKeyboard(figure, live);
    }
  };

  /* Arrow keys go from value to value, as the pointer would; what is under it is read out. */
  const takeKeyboard = (figure, live) => {
    const curve = live.data.findIndex((trace) => trace.name === "value");
    const points = curve < 0 ? 0 : live.data[curve].x.length;
    if (points < 2) return;
    const said = figure.querySelector("[data-said]");
    let at = -1;
    live.tabIndex = 0;
    live.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") {
        window.Plotly.Fx?.unhover(live);
        return;
      }
      if (!step) return;
      event.preventDefault();
      at = Math.min(points - 1, Math.max(0, at + step));
      window.Plotly.Fx?.hover(live, [{ curveNumber: curve, pointNumber: at }]);
      said.textContent = live.data[curve].hovertext[at].replace(/<br>/g, ", ")
        .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    });
    live.addEventListener("blur", () => window.Plotly.Fx?.unhover(live));
  };

  if (window.Plotly && window.IntersectionObserver) {
    // What nobody looks at is not drawn: a closed part of the page is never on the screen.
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    }, { rootMargin: "300px" });
    figures.forEach((figure) => seen.observe(figure));
    const again = () => drawn.forEach(draw);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    new MutationObserver(again).observe(document.documentElement, {
      attributes: true, attributeFilter: ["data-theme"],
    });
  }

  /* An address that leads into a closed part of the page opens it. */
  const openTarget = () => {
    const name = decodeURIComponent(window.location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    const own = target.querySelector(":scope > details[data-drill]");
    if (own) own.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
