/* Keys for the review of a plan. The page works without them; they act only while the focus is
   within the list of elements and not in a field, so that no screen reader loses its own keys. */
(() => {
  const list = document.querySelector("[data-review]");
  if (!list) return;
  const elements = [...list.querySelectorAll("[data-element]")];
  const current = () => document.activeElement.closest("[data-element]");
  const go = (element) => {
    if (!element) return;
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => go(elements[elements.indexOf(current()) + by]);
  const nextDoubt = () => {
    const at = elements.indexOf(current());
    const turned = [...elements.slice(at + 1), ...elements.slice(0, at + 1)];
    go(turned.find((one) => one.hasAttribute("data-doubt")));
  };
  const press = (where, what) => where && where.querySelector(what)?.click();
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: nextDoubt,
    a: () => press(current(), "[data-accept]"),
    e: () => press(current(), "[data-open]"),
    u: () => press(document, "[data-undo]"),
    r: () => press(document, "[data-redo]"),
  };
  list.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const typing = event.target.closest("input, textarea, select");
    const act = keys[event.key.toLowerCase()];
    if (!act || !plain || typing || !current()) return;
    event.preventDefault();
    act();
  });
  /* After a step the address names the element: the focus goes there, so that keys go on. */
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && named.hasAttribute("data-element") && !document.querySelector("#problems")) named.focus();
})();
